"""Two rounds side by side, on people and answers that can be counted by hand."""

import copy
import pickle
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from scipy import stats

from selfassess.definition.comparability import comparability
from selfassess.definition.tables import build
from selfassess.disclosure.cells import Cells
from selfassess.disclosure.compare import compare
from selfassess.disclosure.comparison import LOST, MADE_ANEW, ON_CONDITION
from selfassess.disclosure.matching import Occasion, Pair, Pairs, linked, occasion
from selfassess.disclosure.release_log import Shown
from selfassess.disclosure.thresholds import DISCLOSES
from selfassess.model.comparison import CellChange, Comparison, Everybody, Matched, NodeChange
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round, Rules, Standing, decided
from selfassess.scoring.intervals import Known, largest_p
from tests.scoring import made
from tests.services.made import released

TABLE: dict[str, Any] = {
    "format": 1, "id": "t", "version": "1", "title": "T",
    "groups": [{"id": "board", "title": "Board"}, {"id": "staff", "title": "Staff"}],
    "scales": {"five": {"points": [{"value": value, "label": str(value)} for value in range(1, 6)]}},
    "strands": [
        {
            "id": "s", "title": "S",
            "benchmarks": [
                {"id": "b", "title": "B", "items": [{"id": f"b{n}", "text": f"B {n}."} for n in range(3)]},
                {"id": "c", "title": "C", "items": [{"id": f"c{n}", "text": f"C {n}."} for n in range(3)]},
            ],
        }
    ],
}  # fmt: skip  # a questionnaire at a glance
Who = tuple[str, str, str]
"""Group, code, and the points for the items of b and of c ("-": left open)."""


def reworded(*ids: str) -> dict[str, Any]:
    table = copy.deepcopy(TABLE)
    for benchmark in table["strands"][0]["benchmarks"]:
        for item in benchmark["items"]:
            if item["id"] in ids:
                item["text"] = "Something else altogether."
    return table


SHOWN: dict[bytes, frozenset[Shown]] = {}
"""What the report of a round shows, by its questionnaire, its people and how many were invited: many tests have the
same rounds."""


def held(key: str, people: Sequence[Who], table: dict[str, Any] = TABLE, **invited: int) -> Occasion:
    """A closed round of these people, with its report made."""
    edition = Edition(build(table), b"", key * 64)
    sizes = {group: sum(one == group for one, _, _ in people) for group in ("board", "staff")}
    round = Round(
        id=key, key=key, title=key, questionnaire=edition.sha256, rules=Rules(matching=True), state="closed",
        invited={group: invited.get(group, size + 2) for group, size in sizes.items() if size},
    )  # fmt: skip  # in few lines
    standing: dict[str, Standing] = decided(round, sizes, {})
    round = replace(round, standing=standing)
    rows = [(group, "".join(map(answer, given)), code) for group, code, given in people]
    of = pickle.dumps((table, sorted((group, characters) for group, characters, _ in rows), round.invited))
    if of not in SHOWN:
        SHOWN[of] = released(edition, round, [(group, characters) for group, characters, _ in rows])[1]
    return occasion(round, edition.questionnaire, rows, SHOWN[of])


def answer(point: str) -> str:
    """The character in a sheet for a point from 1 to 5; a blank as it is."""
    return point if point in "-." else chr(ord("0") + int(point) - 1)


def pair(before: Occasion, after: Occasion) -> Pair:
    return Pair(before, after, comparability(before.answers.questionnaire, after.answers.questionnaire))


def side_by_side(before: Occasion, after: Occasion) -> Comparison:
    return compare(pair(before, after))[0]


def cell(comparison: Comparison, id: str = "all") -> CellChange:
    found = comparison.cell(id)
    assert found is not None
    return found


def node(comparison: Comparison, id: str, of: str = "all") -> NodeChange:
    found = cell(comparison, of).node(id)
    assert found is not None
    return found


def board(number: int, points: str = "333333", start: int = 0, code: bool = True) -> list[Who]:
    return [("board", f"b{place}" if code else "", points) for place in range(start, start + number)]


def staff(number: int, points: str = "333333", start: int = 0, code: bool = True) -> list[Who]:
    return [("staff", f"s{place}" if code else "", points) for place in range(start, start + number)]


def test_everybody_found_again_is_compared_with_themselves() -> None:
    comparison = side_by_side(held("1", board(12)), held("2", board(12, "444333")))
    found = node(comparison, "b")
    assert isinstance(found.headline, Matched)
    assert isinstance(found.other_view, Everybody)
    assert (found.matched.n if found.matched else 0, found.headline.mean) == (12, (50, 75))
    assert found.claim is not None
    assert found.claim.says == "moved up"
    assert cell(comparison).not_matched is not None
    assert (cell(comparison).matched, cell(comparison).not_matched.before) == (12, 0)  # type: ignore[union-attr]  # asserted above


def test_few_who_were_not_found_again_are_protected_by_leaving_out_some_who_were() -> None:
    comparison = side_by_side(held("1", board(12)), held("2", board(12, "444333", start=2)))
    found = node(comparison, "b")
    assert found.matched is not None
    assert (found.matched.n, found.matched.points) == (7, 25), "ten were found again, and five count as not found"
    comparison = side_by_side(held("1", board(9)), held("2", board(9, "444333", start=2)))
    found = node(comparison, "b")
    assert found.views == ("everybody",)
    assert "fewer than 5 were not found again" in found.withheld["matched"]
    assert not found.few_matched
    assert cell(comparison).matched is None


def members(*people: tuple[str, int]) -> Cells:
    """The cells of a round: so many sheets of each group, in this order."""
    groups = [group for group, number in people for _ in range(number)]
    flags = {one: np.array([group == one for group in groups]) for one in dict.fromkeys(groups)}
    return Cells({"all": np.ones(len(groups), dtype=np.bool_), **flags}, {"all": (*flags,)}, {})


@given(made.SEEDS)
def test_the_same_people_and_the_others_are_nobody_or_enough_in_each_cell(random: Random) -> None:
    sizes = [[(group, random.randint(5, 14)) for group in ("board", "staff")] for _ in range(2)]
    cells = members(*sizes[0]), members(*sizes[1])
    number = [len(one.members["all"]) for one in cells]
    found = random.randint(0, min(number))
    both = Pairs(*(np.array(random.sample(range(one), found), dtype=np.intp) for one in number))
    for cell, some in linked(both, cells, 5).items():
        for one, people in zip(cells, (some.before, some.after), strict=True):
            assert one.members[cell][people].all()
            others = int(one.members[cell].sum()) - len(people)
            assert len(people) == 0 or (len(people) >= 5 and (others == 0 or others >= 5))


def test_where_fewer_than_half_are_found_again_everybody_speaks() -> None:
    comparison = side_by_side(held("1", board(20)), held("2", board(20, "444333", start=14)))
    found = node(comparison, "b")
    assert found.views == ("everybody", "matched")
    assert found.few_matched


def test_whoever_changed_the_group_is_in_all_alone() -> None:
    before = [*board(12), *staff(12)]
    after = [*board(11, "444333"), ("staff", "b11", "444333"), *staff(12, "444333")]
    comparison = side_by_side(held("1", before), held("2", after))
    everybody = node(comparison, "b")
    assert everybody.matched is not None
    assert everybody.matched.n == 24, "and so the board and the staff are told of without some"
    of_the_board = node(comparison, "b", "board").matched
    assert of_the_board is not None
    assert of_the_board.n == 6, "one was not found again in the board, and five count as not found"


def test_a_code_that_two_people_have_is_nobodys() -> None:
    twice = [*board(10), ("board", "b0", "333333"), ("board", "b1", "333333")]
    before = held("1", twice)
    assert (before.collided, before.with_codes) == (4, 12)
    comparison = side_by_side(before, held("2", board(12)))
    assert comparison.collided == (4, 0)
    assert cell(comparison).matched is None, "eight are matched, and four are not"


def test_codes_are_compared_exactly() -> None:
    upper = [(group, code.upper(), points) for group, code, points in board(12)]
    assert cell(side_by_side(held("1", board(12)), held("2", upper))).matched == 0


def test_a_mean_of_few_at_the_end_is_not_told_nor_what_it_follows_from() -> None:
    """Six were found again, and now all say the best to every item of b."""
    before = [*board(6, "334343"), *board(4, "152151", start=20), *board(4, "514515", start=24)]
    after = [*board(6, "555343"), *board(4, "151151", start=40), *board(4, "335515", start=44)]
    comparison = side_by_side(held("1", before), held("2", after))
    for id in ("b", "c"):
        assert node(comparison, id).views == ("everybody",), id
    assert node(comparison, "s").views == ("everybody", "matched"), "of the strand alone nothing follows"
    assert "end of the scale" in node(comparison, "b").withheld["matched"]
    assert "could be worked out" in node(comparison, "c").withheld["matched"], "twice the strand less this would be b"


def test_whoever_left_a_benchmark_open_the_other_time_changes_nothing_of_who_is_spoken_of() -> None:
    """Of the twelve who were found again one said nothing on c in the later round. The means of the earlier one are of
    all twelve nonetheless: the strand of the twelve, their b, and the c of eleven would tell the twelfth's."""
    then, now = board(8, start=20), board(8, start=40)
    first = held("1", [*board(12), *then])
    comparison = side_by_side(first, held("2", [*board(11), ("board", "b11", "333---"), *now]))
    assert node(comparison, "s").matched is not None
    assert node(comparison, "b").matched is not None
    found = node(comparison, "c").matched
    assert found is not None
    assert found.n == 11


def test_a_reworded_item_is_out_where_ten_people_answered_it() -> None:
    before = held("1", board(20, "343333"))
    comparison = side_by_side(before, held("2", board(20, "335333"), reworded("b2")))
    found = node(comparison, "b")
    assert found.headline is not None
    assert found.headline.mean == (62.5, 50), "b2 is out"
    assert node(comparison, "c").headline is not None
    before = held("1", [*board(9, "343333"), *staff(12)])
    after = held("2", [*board(9, "335333"), *staff(12)], reworded("b2"))
    assert node(side_by_side(before, after), "b", "board").withheld["everybody"] == DISCLOSES.words
    assert node(side_by_side(before, after), "c", "board").views, "none of its items was reworded"


def test_what_is_asked_by_answers_alone_is_not_compared() -> None:
    """How many of the same people were asked about c is how many of them disagreed with b0."""
    table = copy.deepcopy(TABLE)
    for item in table["strands"][0]["benchmarks"][1]["items"]:
        item["show_if"] = "b0 <= 3"
    people = [*board(12), *board(12, "433...", start=12)]
    found = node(side_by_side(held("1", people, table), held("2", people, table)), "c")
    assert found.withheld["matched"] == ON_CONDITION


def test_a_lowest_answer_is_not_made_anew_from_fewer_items() -> None:
    """The lowest of three answers and that of two of them: what these tell of the third is no matter of sums."""
    lowest, later = copy.deepcopy(TABLE), reworded("b2")
    for table in (lowest, later):
        table["strands"][0]["benchmarks"][0]["method"] = "min"
    comparison = side_by_side(held("1", board(20), lowest), held("2", board(20), later))
    assert node(comparison, "b").withheld["everybody"] == MADE_ANEW
    assert node(comparison, "c").views, "that is as it was"


def test_a_group_that_one_round_does_not_show_is_not_in_all() -> None:
    comparison = side_by_side(held("1", [*board(12), *staff(12)]), held("2", [*board(12), *staff(3)]))
    assert comparison.missing == ("staff",)
    assert comparison.apart == {"staff": "it was too small to be shown in the later round"}
    assert cell(comparison).n == (12, 12)
    comparison = side_by_side(held("1", [*board(12), *staff(12)]), held("2", board(12)))
    assert comparison.apart == {"staff": "it took no part in the later round"}


def test_a_third_round_is_held_against_what_the_first_comparison_told() -> None:
    """With ten and with eleven of the same round, the eleventh could be told."""
    first = held("1", board(22))
    second, third = held("2", board(10)), held("3", board(11))
    once = pair(first, second)
    comparison, (shown, _) = compare(once)
    assert node(comparison, "b").matched is not None
    again = Occasion(first.answers, first.round, first.keys, first.shown | shown)
    later = pair(again, third)
    assert node(compare(later, {("1", "2"): once})[0], "b").views == ("everybody",)
    assert node(compare(pair(first, third))[0], "b").matched is not None, "alone it could be told"


def test_of_a_round_that_is_gone_nothing_new_is_told() -> None:
    first = held("1", board(22))
    _, (shown, _) = compare(pair(first, held("2", board(10))))
    again = Occasion(first.answers, first.round, first.keys, first.shown | shown)
    found = node(compare(pair(again, held("3", board(16))))[0], "b")
    assert (found.views, found.withheld["matched"]) == (("everybody",), LOST)


@pytest.mark.parametrize("n", [9, 10])
def test_the_same_people_are_told_of_with_and_without_an_item_where_that_item_is(n: int) -> None:
    first = held("1", board(24))
    once = pair(first, held("2", [*board(n), *board(10, start=50)]))
    _, (shown, _) = compare(once)
    again = Occasion(first.answers, first.round, first.keys, first.shown | shown)
    third = held("3", [*board(n), *board(10, start=80)], reworded("b2"))
    found = node(compare(pair(again, third), {("1", "2"): once})[0], "b")
    assert ("matched" in found.views) == (n == 10)
    assert n == 10 or found.withheld["matched"] == DISCLOSES.words


def test_whether_few_moved_is_not_told() -> None:
    others = [*board(4, "251443", start=20), *board(4, "515443", start=24)]
    before, after = held("1", board(15)), held("2", [*board(7, "434333"), *others])
    found = node(side_by_side(before, after), "b")
    assert found.matched is not None
    assert (found.matched.n, found.matched.up, found.matched.interval) == (7, None, None)
    assert found.claim is not None
    assert found.claim.says in ("too few to tell", "no change we could detect", "moved up")


@pytest.mark.parametrize("n", [10, 14])
def test_many_who_moved_are_counted_in_steps_of_five(n: int) -> None:
    before = held("1", [*board(n, "233333"), *board(10, start=50)])
    after = held("2", [*board(n - 3, "433333"), *board(3, "133333", start=n - 3), *board(10, start=80)])
    found = node(side_by_side(before, after), "b").matched
    assert found is not None
    assert (found.up, found.same, found.down) == (5, 0, 0)


def test_what_is_made_from_few_items_of_one_group_is_told_more_roughly() -> None:
    table = copy.deepcopy(TABLE)
    items = [{"id": f"b{n}", "text": f"B {n}."} | ({"groups": ["board"]} if n > 2 else {}) for n in range(8)]
    table["strands"][0]["benchmarks"][0]["items"] = items
    random = Random(7)

    def people(higher: int) -> list[Who]:
        own = ["".join(str(random.choice((1, 2, 3)) + higher) for _ in range(11)) for _ in range(40)]
        mine = [("board", f"b{place}", points) for place, points in enumerate(own[:20])]
        others = [("staff", f"s{place}", f"{points[:3]}.....{points[-3:]}") for place, points in enumerate(own[20:])]
        return [*mine, *others]

    comparison = side_by_side(held("1", people(0), table), held("2", people(1), table))

    def told(of: str) -> float:
        found = node(comparison, "b", of).matched
        assert found
        assert found.sd
        return found.sd

    assert (told("all") % 15, told("staff") % 15, told("board") % 2) == (0, 0, 0)
    assert told("board") < 15, "it is asked all eight"


# What is said


def wavering(group: str, number: int, *, up: int = 0, code: bool = True) -> list[Who]:
    """People who give 2, 3 or 4 throughout, by turns; `up` of ten one point more the next time, the others as before or
    now and then less."""
    found: list[Who] = []
    for place in range(number):
        point = 2 + place % 3
        point += 1 if place % 10 < up else -1 if up and place % 10 == 9 else 0
        found.append((group, f"{group}{place}" if code else "", str(point) * 6))
    return found


def says(comparison: Comparison, id: str, of: str = "all") -> str:
    claim = node(comparison, id, of).claim
    return claim.says if claim else ""


def test_a_plain_move_is_told_of_the_whole_the_strand_and_then_its_benchmarks() -> None:
    comparison = side_by_side(held("1", wavering("board", 20)), held("2", wavering("board", 20, up=10)))
    assert [says(comparison, id) for id in ("overall", "s", "b", "c")] == ["moved up"] * 4
    # Of the whole and the strand, of all and of the board: four tests come first. Two benchmarks, times four.
    first, below = node(comparison, "s"), node(comparison, "b")
    assert first.matched is not None
    assert first.claim is not None
    assert below.claim is not None
    assert first.claim.p == pytest.approx(4 * (first.matched.p or 0))
    assert below.claim.p == pytest.approx(4 * 2 * (first.matched.p or 0))


def test_the_tests_of_all_and_of_every_group_are_one_family() -> None:
    before, after = wavering("board", 20), wavering("board", 20, up=10)
    alone = side_by_side(held("1", before), held("2", after))
    beside = side_by_side(held("1", [*before, *wavering("staff", 20)]), held("2", [*after, *wavering("staff", 20)]))
    ps = [node(one, "s", "board").claim for one in (alone, beside)]
    assert [claim.p is not None for claim in ps if claim] == [True, True]
    assert (ps[1].p or 0) > (ps[0].p or 0)  # type: ignore[union-attr]  # both are there


def test_a_full_count_is_told_like_any_other() -> None:
    before, after = wavering("board", 20), wavering("board", 20, up=7)
    full = side_by_side(held("1", before, board=20), held("2", after, board=20))
    some = side_by_side(held("1", before, board=40), held("2", after, board=33))
    assert full.cells == some.cells


def test_below_a_strand_that_did_not_move_benchmarks_are_not_tested() -> None:
    before = [("board", f"b{place}", "333" + "234"[place % 3] * 3) for place in range(20)]
    after = [("board", f"b{place}", "44" + "34"[place % 2] + "133"[place % 3] * 3) for place in range(20)]
    comparison = side_by_side(held("1", before), held("2", after))
    assert says(comparison, "s") == "no change to speak of"
    assert says(comparison, "b") == says(comparison, "c") == "not tested"


def test_of_fewer_than_ten_chance_is_spoken_of_by_the_words_for_their_spread() -> None:
    """Nobody gave a code; nine of the board then and now, who are close to each other each time."""
    then = [("board", "", "122"[place % 3] * 6) for place in range(9)]
    now = [("board", "", "455"[place % 3] * 6) for place in range(9)]
    found = node(side_by_side(held("1", then), held("2", now)), "s")
    assert isinstance(found.headline, Everybody)
    assert (found.headline.interval, found.headline.at_top) == (None, None)
    by_words = largest_p(
        Known.in_a_word(9, found.headline.mean[1], "close"), Known.in_a_word(9, found.headline.mean[0], "close")
    )
    assert found.headline.p == by_words
    assert found.claim is not None
    assert (found.claim.says, found.withheld["details"]) == (
        "moved up",
        "with so few, only their averages are shown",
    )


def test_errors_of_measurement_of_all_stand_against_claims_of_groups_too() -> None:
    before, after = wavering("board", 20), wavering("board", 20, up=10)
    both = pair(held("1", [*before, *staff(12)]), held("2", [*after, *staff(12)]))
    for error, said in ((1.0, "moved up"), (60.0, "no change to speak of")):
        comparison, _ = compare(both, errors={"s": (error, error)})
        assert says(comparison, "s", "board") == said


def test_how_large_a_change_must_be_is_told_of_each_cell() -> None:
    comparison = side_by_side(held("1", wavering("board", 20)), held("2", wavering("board", 20, up=5)))
    found = node(comparison, "s").matched
    assert found is not None
    # Four tests at first: the whole and the strand, of all and of the board.
    assert found.sd is not None
    expected = stats.t.ppf(1 - 0.05 / 4 / 2, 19) * found.sd / 20**0.5
    assert cell(comparison).detectable == pytest.approx(expected)
    few = side_by_side(held("1", board(6, "334333")), held("2", board(6, "334433")))
    assert cell(few).detectable is None, "nothing is tested"

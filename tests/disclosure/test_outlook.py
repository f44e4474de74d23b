"""What a round is going to show is told beforehand, by the rules that its report is made by."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from selfassess.definition.tables import build
from selfassess.definition.toml_source import parse
from selfassess.disclosure.outlook import Outlook, half, outlook
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.results import POOL
from selfassess.model.round import EVERYBODY, Round, Rules, SmallGroups, Thresholds, asked_for_consent, decided
from selfassess.model.sheet import Missing, encode
from tests.cli.conftest import SMALL
from tests.services.made import PLAIN, released

TEN = {"board": 10, "staff": 16, "external": 4}


def rules(way: SmallGroups, invited: dict[str, int], thresholds: Thresholds | None = None) -> Rules:
    found = Rules(small_groups=way, thresholds=thresholds or Thresholds())
    return replace(found, asks_consent=asked_for_consent(invited, found))


def seen(questionnaire: Questionnaire, way: SmallGroups, invited: dict[str, int]) -> Outlook:
    """Where everybody answers everything."""
    return outlook(questionnaire, "full", rules(way, invited), invited, blanks=0, times=1)


def told(found: Outlook) -> dict[str, tuple[int, int]]:
    return {one.cell: (one.scores, one.items) for one in found.cells}


def test_four_who_agree_cost_a_board_of_ten_nearly_all_its_items(partnership: Edition) -> None:
    with_four = seen(partnership.questionnaire, "consent", TEN)
    without = seen(partnership.questionnaire, "leave_out", TEN)
    assert told(with_four) == {"all": (21, 44), "board": (21, 2), "staff": (21, 44), "external": (20, 0)}
    assert told(without) == {"all": (21, 44), "board": (21, 44), "staff": (21, 44)}
    external = with_four.cell("external")
    assert external
    assert (external.of_scores, external.of_items) == (20, 42), "what they are asked"
    assert with_four.compared == without.compared == (("board", "staff"),)
    assert without.figures > with_four.figures


def test_four_who_agree_can_also_let_more_be_shown_of_others(partnership: Edition) -> None:
    nine = {"board": 9, "staff": 14, "external": 4}
    assert told(seen(partnership.questionnaire, "consent", nine))["staff"] == (21, 42)
    assert told(seen(partnership.questionnaire, "leave_out", nine))["staff"] == (21, 0)


def test_what_people_leave_open_costs_single_questions_of_a_board_that_is_just_large_enough(
    partnership: Edition,
) -> None:
    found = outlook(partnership.questionnaire, "full", rules("leave_out", TEN), TEN)
    board, whole = found.cell("board"), found.cell("all")
    assert board
    assert whole
    assert board.scores == board.of_scores, "scores of five are shown whoever leaves a question open"
    assert board.items == pytest.approx(44 * 0.97**10, abs=9), "a question is shown where all ten answer it"
    assert whole.items == whole.of_items


def test_the_same_numbers_foretell_the_same(leadership: Edition) -> None:
    some = [outlook(leadership.questionnaire, "full", rules("consent", TEN), TEN) for _ in range(2)]
    assert some[0] == some[1]


def test_joined_groups_are_one() -> None:
    found = seen(small(), "pool", {"board": 12, "staff": 4})
    assert POOL in told(found)
    assert set(found.standing.values()) == {"pooled"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "handed_in"),
    [("leave_out", (10, 16, 4)), ("pool", (9, 14, 4)), ("consent", (10, 16, 4)), ("consent", (20, 30, 8))],
)
def test_it_is_what_the_report_of_such_a_round_shows(
    partnership: Edition, way: SmallGroups, handed_in: tuple[int, ...]
) -> None:
    """Where everybody answers everything, whatever they say."""
    sizes = dict(zip(TEN, handed_in, strict=True))
    questionnaire, made = partnership.questionnaire, rules(way, sizes)
    one = Round(id="r", key="k", title="R", questionnaire=partnership.sha256, invited=sizes, rules=made, state="closed")
    one = replace(one, standing=decided(one, sizes, {}))
    report, _ = released(partnership, one, list(answers(questionnaire, sizes, Random(7))))
    found = outlook(questionnaire, "full", made, sizes, blanks=0, times=1)
    for cell in (report.results.all, *report.groups):
        figures = [*cell.at("strand"), *cell.at("benchmark")]
        scores = sum(figure.mean is not None or bool(figure.coded) for figure in figures)
        items = sum(bool(figure.counts) and figure.n != 0 for figure in cell.at("item"))
        assert told(found)[cell.id] == (scores, items), cell.id
    assert set(found.standing.items()) == set(one.standing.items())
    pairs = Counter(frozenset((one.higher, one.lower)) for one in report.results.differences if one.p is not None)
    assert {frozenset(pair) for pair in found.compared} == set(pairs)


def answers(questionnaire: Questionnaire, sizes: dict[str, int], random: Random) -> list[tuple[str, str]]:
    def given(group: str) -> str:
        return "".join(
            encode(
                item,
                random.choice(questionnaire.scale_of(item).values)
                if item.kind == "choice" and item.asks(group)
                else Missing.SKIPPED if item.asks(group) else Missing.NOT_ASKED,
                questionnaire,
            )
            for item in questionnaire.items
        )  # fmt: skip  # reads as one list

    return [(group, given(group)) for group, size in sizes.items() for _ in range(size)]


def small() -> Questionnaire:
    return build(parse("small.toml", SMALL.encode()).table)


def test_size_beyond_what_decides_changes_nothing() -> None:
    for way in ("consent", "leave_out", "pool"):
        some = [seen(small(), way, {"board": board, "staff": staff}) for board, staff in ((60, 8), (100_000, 8))]
        assert told(some[0]) == told(some[1])
        assert some[0].figures == some[1].figures


def test_nothing_is_shown_where_nobody_can_be() -> None:
    assert told(seen(small(), "leave_out", {"board": 3, "staff": 2})) == {"all": (0, 0)}
    assert seen(small(), "leave_out", {"board": 0, "staff": 0}).cells == ()


def test_without_groups_there_is_one_cell() -> None:
    plain = build(parse("plain.toml", PLAIN.encode()).table)
    assert told(seen(plain, "leave_out", {EVERYBODY: 12})) == {"all": (3, 4)}
    assert told(seen(plain, "leave_out", {EVERYBODY: 6})) == {"all": (3, 0)}
    assert told(seen(plain, "consent", {EVERYBODY: 4})) == {"all": (3, 0)}


def test_thresholds_count() -> None:
    sizes = {"board": 6, "staff": 6}
    strict = outlook(small(), "full", rules("leave_out", sizes, Thresholds(7, 10)), sizes)
    open_ = outlook(small(), "full", rules("leave_out", sizes, Thresholds(3, 5)), sizes)
    assert told(strict) == {"all": (0, 0)}
    assert told(open_) == {"all": (2, 2), "board": (2, 2), "staff": (2, 2)}


def test_the_short_form_shows_what_it_asks(partnership: Edition) -> None:
    found = outlook(partnership.questionnaire, "short", rules("leave_out", TEN), TEN)
    whole = found.cell("all")
    assert whole
    assert whole.of_items == len([item for item in partnership.questionnaire.items if item.short]) < 44


def test_half_is_rounded_up() -> None:
    assert half({"board": 9, "staff": 4}) == {"board": 5, "staff": 2}

"""How much reports and comparisons leave of what one person said, with answers whole and between two ends."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from selfassess.definition.tables import build
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import Rules, Thresholds
from selfassess.scoring.means import Composition
from selfassess.scoring.scores import item_shares
from tests.disclosure.attack_bounds import MOST_WHOLE, WIDEST, Bounds, Left, disclosed, left
from tests.disclosure.exhaustion import Score, TooManyError, tried
from tests.disclosure.made_comparisons import Story, made_story
from tests.disclosure.made_rounds import MadeRound, closed, made_round
from tests.disclosure.printed import Printed, System, systems
from tests.disclosure.printed_rounds import adverse_round, known, odd_round, printed, shipped_round, small_round
from tests.disclosure.printed_stories import as_made, compared
from tests.disclosure.test_comparison_attack import in_some_order
from tests.examples import attack, some_of
from tests.scoring import made

CLOSE = 1e-6


def told(made_round: MadeRound, share: float = WIDEST, *, by_several: bool = False) -> list[str]:
    """What the report of a round tells of single people."""
    document = printed(made_round)
    found = [] if document is None else _left(made_round, document)
    some = disclosed(found, share, by_several=by_several)
    return [str(one) for one in some if not (by_several and _may_be_told(made_round, document or {}, one, share))]


def _may_be_told(made_round: MadeRound, document: dict[str, Any], one: Left, share: float) -> bool:
    """Whether as much is told by what may be told of ten people and more: by the mean of their own group, or by the
    answers of all less those of groups that are counted too."""
    groups = made_round.round.pooled if one.unit == "pool" else (one.unit,)
    people = [group in groups for group in made_round.group_of]
    low, high = _ends_of_many(made_round, one.id, people)
    if high - low < (CLOSE if one.is_answer else share):
        return True
    shares = made_round.results.shares
    answered = [item for item in shares if item in _choices(made_round) and not np.isnan(shares[item][one.person])]
    weights = {one.id: 1.0} if one.is_answer else Composition(_of(made_round), of_one=True).weights(answered)[one.id]
    ends = [
        (weight, _ends(made_round, document, item, one.unit), _ends_of_many(made_round, item, people))
        for item, weight in weights.items()
    ]
    wide = sum(weight * (min(one[1], other[1]) - max(one[0], other[0])) for weight, one, other in ends)
    return wide / sum(weights.values()) < (CLOSE if one.is_answer else share)


def _ends_of_many(made_round: MadeRound, id: str, people: Sequence[bool]) -> tuple[float, float]:
    """Between what the score of one of these people lies by their mean, or the answer by how many of them chose each,
    where they are ten or more."""
    rules = made_round.round.rules.thresholds
    own = [share for share, some in zip(made_round.results.shares[id], people, strict=True)
           if some and not np.isnan(share)]  # fmt: skip  # one for each
    if len(own) < max(rules.min_group, rules.min_detail):
        return 0.0, 1.0
    if id in _choices(made_round):
        return min(own), max(own)
    return max(0.0, 1 - sum(1 - share for share in own)), min(1.0, sum(own))


def _of(made_round: MadeRound) -> Questionnaire:
    return made_round.edition.questionnaire


def _choices(made_round: MadeRound) -> set[str]:
    return {item.id for item in _of(made_round).items if item.kind == "choice"}


def _ends(made_round: MadeRound, document: dict[str, Any], item: str, unit: str) -> tuple[float, float]:
    """Between what an answer lies that is among those of all less those of groups that are counted."""
    (round,) = document["rounds"]
    of_all = _counted(round["all"], item)
    others = [_counted(cell, item) for cell in round["groups"] if (cell["id"] or "") != unit]
    if item not in _choices(made_round) or of_all is None:
        return 0.0, 1.0
    left = of_all - sum((one for one in others if one is not None), Counter())
    asked, shares = _of(made_round).item(item), item_shares(_of(made_round), _of(made_round).item(item))
    codes = [ord(_of(made_round).scale_of(asked).code(float(value))) for value, n in left.items() if n > 0]
    there = [float(shares[code]) for code in codes if code in shares]
    return (min(there), max(there)) if there else (0.0, 1.0)


def _counted(cell: dict[str, Any], item: str) -> Counter[str] | None:
    nodes = [one for strand in cell["strands"] for one in (*strand["benchmarks"], strand)]
    figures = [one for node in nodes for one in node["items"] if one["id"] == item]
    return Counter(figures[0]["counts"]) if figures and figures[0]["counts"] else None


def _left(one: MadeRound, document: dict[str, Any], *, helped: bool = True, most_whole: int = MOST_WHOLE) -> list[Left]:
    shares = one.results.shares if helped else None
    return list(left(document, one.edition.questionnaire, known(one), shares=shares, most_whole=most_whole))


def _system(one: MadeRound, document: dict[str, Any]) -> System:
    (system,) = systems(Printed(document, one.edition.questionnaire), known(one), pooled=True)
    return system


def two_groups(board: list[tuple[int, int]], staff: list[tuple[int, int]]) -> MadeRound:
    """Two groups who answered two items of one benchmark, from 1 to 5."""
    points = [{"value": value, "label": str(value)} for value in range(1, 6)]
    items = [{"id": id, "kind": "choice", "text": "Something to say."} for id in ("a", "b")]
    benchmark = {"id": "one", "title": "One", "method": "mean", "items": items}
    strand = {"id": "strand", "title": "Strand", "method": "mean", "from": "items", "benchmarks": [benchmark]}
    table: made.Table = {
        "format": 1, "id": "two", "version": "1", "title": "Two", "scale": "agree",
        "groups": [{"id": "board", "title": "Board"}, {"id": "staff", "title": "Staff"}],
        "scales": {"agree": {"points": points}}, "strands": [strand],
        "overall": {"method": "mean", "from": "items"},
    }  # fmt: skip  # in few lines
    people = [("board", *one) for one in board] + [("staff", *one) for one in staff]
    rows = [made.Row(group, {"a": a, "b": b}) for group, a, b in people]
    rules = Rules(thresholds=Thresholds(5, 10), small_groups="leave_out")
    sizes = {"board": len(board), "staff": len(staff)}
    return closed(table, sizes, rules, made.answers(build(table), rows), Random(0))


# That the attack is one

ALL_KINDS = (shipped_round, odd_round, made_round, adverse_round)


@pytest.mark.parametrize("kind", some_of(ALL_KINDS, 3))
@attack(40)
@given(random=made.SEEDS)
def test_it_knows_what_totals_and_own_scores_are_made_from(kind: Any, random: Random) -> None:
    one = kind(random)
    document = printed(one)
    if document is None or not (system := _system(one, document)).keys:
        return
    shares = one.results.shares
    bounds = Bounds(system, WIDEST, shares)
    (true,) = bounds.witnesses
    for figure in bounds.figures:
        assert figure.low - CLOSE <= figure.row @ true <= figure.high + CLOSE, str(figure)
    for room, total in zip(bounds.rooms, true, strict=True):
        assert room.least(room.n) <= total <= room.most(room.n)
    for block in range(len(system.blocks)):
        for id in [id for id in system.ids if id in system.printed.nodes]:
            for people, own in bounds.kinds(block, id):
                for person in people:
                    score = sum(float(share) * shares[system.keys[column][1]][person] for column, share in own.items())
                    assert score == pytest.approx(shares[id][person])


@attack(120)
@given(made.SEEDS)
def test_it_finds_what_trying_everything_finds(random: Random) -> None:
    one = small_round(random)
    document = printed(one)
    if document is None:
        return
    system = _system(one, document)
    try:
        every = tried(document, one.edition.questionnaire, known(one), _weights(system))
    except TooManyError:
        return
    found = _left(one, document, most_whole=1000)
    assert {(one.unit, one.id) for one in found if one.is_answer} == {
        key for key, values in every.answers.items() if len(values) == 1
    }
    scores = {(one.unit, one.id, one.person): (one.low, one.high) for one in found if not one.is_answer}
    narrow = {key: ends for key, ends in every.scores.items() if ends[1] - ends[0] < WIDEST - CLOSE}
    assert scores.keys() <= narrow.keys(), "where whole programs are cut short a narrow score may be missed"
    for key, ends in scores.items():
        least, most = narrow[key]
        assert ends[0] <= least + CLOSE, "what is cut short is too wide, and never too narrow"
        assert ends[1] >= most - CLOSE


def _weights(system: System) -> dict[Score, dict[str, Fraction]]:
    bounds = Bounds(system, WIDEST, None)
    return {
        (unit.group, id, people[0]): {system.keys[column][1]: share for column, share in own.items()}
        for block, unit in enumerate(system.blocks)
        for id in system.ids
        if id in system.printed.nodes
        for people, own in bounds.kinds(block, id)
    }


@attack(40)
@given(made.SEEDS)
def test_it_finds_the_same_without_being_told_where_to_look(random: Random) -> None:
    one = small_round(random)
    document = printed(one)
    if document is not None:
        found, again = (_left(one, document, helped=helped, most_whole=1000) for helped in (True, False))
        assert set(map(str, found)) == set(map(str, again))


BOARD = [(5, 5)] * 5
STAFF = [(5, 4), (5, 5), (4, 3), (5, 2), (3, 5), (2, 5), (5, 4), (4, 5), (1, 5), (5, 1), (4, 4)]


def test_it_finds_what_a_board_of_one_mind_said_by_taking_the_staff_from_all() -> None:
    one = two_groups(BOARD, STAFF)
    document = printed(one)
    assert document is not None
    assert list(disclosed(_left(one, document))) == []
    _print_items_of_staff(document, list(zip(*STAFF, strict=True)))
    found = list(disclosed(_left(one, document), by_several=True))
    assert {(one.unit, one.id) for one in found if one.is_answer} == {("board", "a"), ("board", "b")}
    assert {(one.unit, one.id) for one in found if not one.is_answer} == {
        ("board", id) for id in ("one", "strand", "overall")
    }
    assert {(one.low, one.high) for one in found} == {(1, 1)}


def test_it_finds_no_answer_of_a_board_that_is_not_of_one_mind_by_that() -> None:
    board = [(5, 2), (4, 5), (3, 3), (5, 4), (1, 4)]
    one = two_groups(board, STAFF)
    document = printed(one)
    assert document is not None
    _print_items_of_staff(document, list(zip(*STAFF, strict=True)))
    assert list(disclosed(_left(one, document))) == []


def test_what_one_figure_of_ten_people_says_is_not_disclosed_by_several() -> None:
    one = two_groups([(5, 5)] * 12, [(1, 2)] * 12)
    document = printed(one)
    assert document is not None
    found = _left(one, document)
    assert {one.id for one in found} >= {"a", "b", "one"}
    assert list(disclosed(found)) == []


def _print_items_of_staff(document: dict[str, Any], answers: list[Any]) -> None:
    (staff,) = (cell for cell in document["rounds"][0]["groups"] if cell["id"] == "staff")
    for item, given_ in zip(staff["strands"][0]["benchmarks"][0]["items"], answers, strict=True):
        shares = [25 * (value - 1) for value in given_]
        item["counts"] = {str(value): given_.count(value) for value in range(1, 6)}
        item["mean"] = int(sum(shares) / len(shares) + 0.5)


# What it finds


@attack(100)
@given(made.SEEDS)
def test_little_is_left_of_nobody_by_a_report_on_the_shipped_questionnaire(random: Random) -> None:
    assert told(shipped_round(random)) == []


@pytest.mark.attack
@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "seeds"),
    some_of(
        [
            (made_round, some_of((31, 36, 41, 95, 126), 1)),
            (odd_round, some_of((6, 10, 27), 1)),
            (adverse_round, (24, 0, 14, 16)),
        ],
        2,
    ),
)
def test_nor_where_groups_are_of_one_mind(kind: Any, seeds: tuple[int, ...]) -> None:
    """Rounds of which the report once gave single answers away: by a code, by a mean with the answers of all less those
    of the staff, by what a large group can have said at most, by several codes, by many means at once."""
    assert [seed for seed in seeds if told(kind(Random(seed)), by_several=True)] == []


@pytest.mark.attack
@pytest.mark.slow
def test_nor_in_rounds_made_up_to_be_hard() -> None:
    assert [seed for seed in some_of(range(30), 2) if told(made_round(Random(seed)), by_several=True)] == []


@pytest.mark.parametrize("kind", some_of((odd_round, made_round, adverse_round), 2))
@attack(40)
@given(made.SEEDS)
def test_nor_in_any_others(kind: Any, random: Random) -> None:
    assert told(kind(random), by_several=True) == []


# Comparisons


def told_of(story: Story, number: int) -> list[str]:
    """What its report and all comparisons tell of single people in a round of a story."""
    one = as_made(story.rounds[number])
    document = printed(one)
    if document is None:
        return []
    questionnaire = one.edition.questionnaire
    more = list(compared(story, number, Printed(document, questionnaire)))
    found = left(document, questionnaire, known(one), shares=one.results.shares, compared=more)
    some = disclosed(found, by_several=True)
    return [str(each) for each in some if not _may_be_told(one, document, each, WIDEST)]


def compared_story(random: Random) -> Story:
    return in_some_order(random, made_story(random, random.choice((2, 2, 3))))


@attack(40)
@given(made.SEEDS)
def test_it_knows_what_comparisons_are_made_from(random: Random) -> None:
    story = compared_story(random)
    for number, round in enumerate(story.rounds):
        one = as_made(round)
        document = printed(one)
        assert document is not None, "only rounds that were reported are compared"
        read = Printed(document, one.edition.questionnaire)
        (system,) = systems(read, known(one), pooled=True, compared=list(compared(story, number, read)))
        bounds = Bounds(system, WIDEST, one.results.shares)
        (true,) = bounds.witnesses
        for figure in bounds.figures:
            assert figure.low - CLOSE <= figure.row @ true <= figure.high + CLOSE, str(figure)


@pytest.mark.attack
@pytest.mark.slow
@pytest.mark.parametrize("seed", some_of((52, 83, 39), 1))
def test_little_is_left_of_nobody_by_reports_and_comparisons(seed: int) -> None:
    """Stories of which single answers were given away once."""
    story = compared_story(Random(seed))
    assert [told for number in range(len(story.rounds)) for told in told_of(story, number)] == []


@attack(100)
@given(made.SEEDS)
def test_nor_by_any_others(random: Random) -> None:
    story = compared_story(random)
    assert [told for number in range(len(story.rounds)) for told in told_of(story, number)] == []

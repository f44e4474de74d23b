"""Where each group falls short exactly of what section 6 of the 2005 evaluation lists for it, that section's actions
are suggested to it, and no others but our own.

The lists are written down from the evaluation: the benchmark, its section and the number of actions there. They stand
in the order of the gaps of the round below, which is made up: neither that of the evaluation nor that of the file.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

import pytest

from selfassess.model.questionnaire import Edition, Item, Questionnaire
from selfassess.model.reports import RoundReport
from selfassess.model.results import Split, Suggestion
from selfassess.model.round import Round, decided
from tests.services.made import released

LISTED: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "board": (
        ("communication", "6.1.2", 3),
        ("vision", "6.1.1", 2),
        ("equal_say", "6.1.2", 2),
        ("improvement", "6.1.4", 2),
        ("resources", "6.1.3", 3),
        ("support", "6.1.1", 4),
        ("lessons", "6.1.4", 2),
        ("objectives", "6.1.3", 2),
        ("openness", "6.1.2", 3),
        ("structure", "6.1.3", 2),
        ("accountability", "6.1.2", 1),
        ("alignment", "6.1.1", 3),
        ("differences", "6.1.2", 2),
    ),
    "staff": (
        ("vision", "6.2.1", 1),
        ("coordination", "6.2.3", 1),
        ("communication", "6.2.2", 4),
        ("improvement", "6.2.4", 2),
        ("support", "6.2.1", 2),
        ("objectives", "6.2.3", 1),
        ("differences", "6.2.2", 1),
        ("alignment", "6.2.1", 1),
        ("resources", "6.2.3", 2),
    ),
    "external": (
        ("roles", "6.3.3", 2),
        ("communication", "6.3.2", 4),
        ("change", "6.3.4", 3),
        ("vision", "6.3.1", 2),
        ("openness", "6.3.2", 2),
        ("lessons", "6.3.4", 1),
        ("objectives", "6.3.3", 2),
        ("added_value", "6.3.1", 2),
        ("differences", "6.3.2", 3),
        ("improvement", "6.3.4", 1),
    ),
}
SECTIONS = {
    "board": {"6.1.1": 9, "6.1.2": 11, "6.1.3": 7, "6.1.4": 4},
    "staff": {"6.2.1": 4, "6.2.2": 5, "6.2.3": 4, "6.2.4": 2},
    "external": {"6.3.1": 4, "6.3.2": 9, "6.3.3": 4, "6.3.4": 5},
}
TOTALS = {"board": 31, "staff": 15, "external": 22}
PEOPLE = 50
"""In each group: every even number of points is then a mean that 50 answers can have, of 1 to 5 and of yes or no."""
HIGH = 88


def low(place: int) -> int:
    """The points of the benchmark with the widest gap, of the next, and so on."""
    return 10 + 4 * place


def answer(questionnaire: Questionnaire, item: Item, points: int, place: int) -> str:
    """What the person in a place answers, as a character, so that the mean of all is so many points."""
    scale = questionnaire.scale_of(item)
    from_worst = scale.values[::-1] if item.reverse else scale.values
    width = 100 // (len(from_worst) - 1)
    steps, further = divmod(points, width)
    return scale.code(from_worst[steps + (place * width < further * PEOPLE)])


def rows(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Everybody's answers. People of a group differ by one step at most, so that there are no two camps."""
    middle = [benchmark for strand in questionnaire.strands for benchmark in strand.middle]
    home = {item.id: benchmark.id for benchmark in middle for item in benchmark.items}
    for group, listed in LISTED.items():
        points = {benchmark: low(place) for place, (benchmark, _, _) in enumerate(listed)}
        for person in range(PEOPLE):
            codes = ""
            for position, item in enumerate(questionnaire.items):
                if item.kind != "choice" or not item.asks(group):
                    codes += "+" if item.kind == "text" and item.asks(group) else "."
                    continue
                codes += answer(questionnaire, item, points.get(home[item.id], HIGH), (person + position) % PEOPLE)
            yield group, codes


@pytest.fixture(scope="module")
def report(shipped: Edition) -> RoundReport:
    sizes = dict.fromkeys(LISTED, PEOPLE)
    round = Round(id="six", key="k", title="Six", questionnaire=shipped.sha256, invited=sizes, state="closed")
    round = replace(round, standing=decided(round, sizes, {}))
    return released(shipped, round, rows(shipped.questionnaire))[0]


def from_the_evaluation(report: RoundReport, group: str) -> list[Suggestion]:
    return [one for one in report.suggestions[group] if one.action.source != "ours"]


@pytest.mark.parametrize("group", LISTED)
def test_the_round_is_as_it_was_meant(report: RoundReport, group: str) -> None:
    cell = next(cell for cell in report.groups if cell.id == group)
    means = {figure.id: figure.mean for figure in cell.at("benchmark") if figure.n}
    listed = {benchmark: low(place) for place, (benchmark, _, _) in enumerate(LISTED[group])}
    assert means == {id: listed.get(id, HIGH) for id in means}
    assert set(listed) <= set(means)
    assert {split.cell for split in report.splits} <= {"all"}, "people of one group differ by a step at most"


@pytest.mark.parametrize("group", LISTED)
def test_a_group_is_given_its_actions_of_section_six_in_the_order_of_its_gaps(report: RoundReport, group: str) -> None:
    found = [(one.ranked.node.id, one.action.source) for one in from_the_evaluation(report, group)]
    assert [(*one, len(list(same))) for one, same in groupby(found)] == list(LISTED[group])
    gaps = [one.ranked.figure.gap or 0 for one in report.suggestions[group] if one.because is None]
    assert gaps == sorted(gaps, reverse=True)
    assert len(set(gaps)) == len(LISTED[group])


@pytest.mark.parametrize("group", LISTED)
def test_each_of_them_is_called_for_by_its_gap_and_comes_once(report: RoundReport, group: str) -> None:
    found = from_the_evaluation(report, group)
    assert all(one.because is None for one in found)
    assert all(one.action.id.startswith(f"{one.ranked.node.id}_a_") for one in found)
    assert len({one.action.id for one in found}) == TOTALS[group]


@pytest.mark.parametrize("group", LISTED)
def test_the_numbers_in_each_section_are_those_of_the_evaluation(report: RoundReport, group: str) -> None:
    counted = Counter(one.action.source for one in from_the_evaluation(report, group))
    assert counted == SECTIONS[group]
    assert counted.total() == TOTALS[group]


@pytest.mark.parametrize("group", LISTED)
def test_what_else_is_suggested_is_ours_and_marked(report: RoundReport, group: str) -> None:
    ours = [one for one in report.suggestions[group] if one not in from_the_evaluation(report, group)]
    assert {one.action.source for one in ours} == {"ours"}
    assert all(one.action.items for one in ours if one.because is None), "for an item that is low"
    assert {one.because.cell for one in ours if isinstance(one.because, Split)} <= {"all"}

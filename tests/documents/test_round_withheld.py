"""How much of a round is not shown stands on its first page, with the reasons."""

from dataclasses import replace

import pytest

from selfassess.disclosure.thresholds import DISCLOSES
from selfassess.documents.round.finding_wording import OF_FEW, suppressed
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.results import Cell, Figure
from selfassess.services.reports import narrow_report
from tests.documents.test_round_page import flat, section
from tests.services.made import made_report, plain_report


@pytest.fixture(scope="module")
def report(partnership: Edition) -> RoundReport:
    """Of nine, fourteen, and four who agreed to be shown."""
    return made_report(partnership, {"board": 9, "staff": 14, "external": 4})


def hidden(cell: Cell) -> int:
    return sum(one.counts is None for one in cell.at("item") if one.n != 0 and not one.why_none)


def test_what_is_not_shown_of_each_group_is_counted(report: RoundReport) -> None:
    told = suppressed(report)
    board, staff, external = report.groups
    assert (hidden(board), hidden(external)) == (44, 42)
    assert "how Board members answered 44 of 44 items and how External partners answered 42 of 42 items (fewer" in told
    assert f"how Staff answered {hidden(staff)} of 44 items (" in told
    assert "how all answered" not in told, "all of it is shown"
    assert f"Not shown: {told}" in flat(section(report, "who_is_in"))


def test_of_one_group_and_one_strand_only_what_is_in_it_counts(report: RoundReport) -> None:
    assert (
        suppressed(narrow_report(report, "board", None))
        == "how Board members answered 44 of 44 items (fewer than 10 answered)"
    )
    one = narrow_report(report, "external", "learning")
    assert suppressed(one) == "how External partners answered 9 of 9 items (fewer than 10 answered)"


def test_a_score_that_is_not_shown_counts_and_a_coded_one_does_not(report: RoundReport) -> None:
    (board, *others), few = report.results.groups, "fewer than 5 answered"

    def without(figure: Figure) -> Figure:
        changed = replace(figure, parts=tuple(without(part) for part in figure.parts))
        if figure.id == "vision":
            return replace(changed, mean=None, shown=None, withheld={"mean": few})
        if figure.id == "roles":
            return replace(changed, mean=None, shown=None, withheld={"mean": DISCLOSES.words})
        if figure.id == "lessons":
            return replace(changed, mean=None, shown=None, coded="95 or more", withheld={"mean": "coded: 95 or more"})
        return changed

    board = replace(board, strands=tuple(without(one) for one in board.strands))
    said = replace(report.results, groups=(board, *others))
    changed = replace(report, summary=replace(report.summary, rounds=(said,)))
    assert f"2 of 17 scores of Board members ({few}, or {OF_FEW})" in suppressed(changed)


def test_where_everything_is_shown_nothing_is_said() -> None:
    report = plain_report()
    assert suppressed(report) == ""
    assert "Not shown" not in section(report, "who_is_in")

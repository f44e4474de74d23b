"""What a report says where groups are left out, or too small to be compared, and what it calls a strength."""

from dataclasses import replace

import pytest

from selfassess.documents.render_rich import section_page, to_text
from selfassess.documents.round.explanation import explainable
from selfassess.documents.round.order import in_order
from selfassess.documents.round.report import sections
from selfassess.documents.round.scores import strands_in_order as in_order_of_report
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.round import Rules
from selfassess.services.reports import narrow_report
from tests.documents.drawn import page
from tests.services.made import made_report, plain_report

SMALL = {"board": 6, "staff": 5, "external": 4}
CONSENT = Rules(small_groups="consent", asks_consent=("board", "staff", "external"))


def section(report: RoundReport, id: str) -> str:
    (found,) = [one for one in sections(report) if one.id == id]
    return " ".join(to_text(section_page(found), 200).split())


@pytest.fixture(scope="module")
def left_out(partnership: Edition) -> RoundReport:
    """The external partners are left out; everybody answered."""
    return made_report(partnership, SMALL, invited=SMALL, rules=Rules())


def test_a_round_with_a_group_left_out_is_not_everybodys_view(left_out: RoundReport) -> None:
    text = " ".join(to_text(page(left_out)).split())
    assert "External partners (4 handed in) are left out, so this is not everybody's view" in text
    assert "All 11 of those who are shown answered." in text
    assert "the whole picture" not in text
    assert "External partners 4 of 4 (left out)" in text


def test_what_is_suggested_to_a_group_left_out_names_whose_score_it_is(left_out: RoundReport) -> None:
    text = section(left_out, "actions")
    staff, external = text.partition("For External partners")[::2]
    assert "by all who are shown, target 75" in external
    assert "by all who are shown" not in staff


def test_groups_that_are_too_small_are_said_not_to_be_compared(partnership: Edition) -> None:
    few = {"board": 6, "staff": 4, "external": 3}
    left_out = section(made_report(partnership, few, invited=few, rules=Rules()), "differences")
    assert "Not compared: Staff (4) and External partners (3), who are too few." in left_out
    assert "No two groups could be compared." in left_out


def test_small_groups_that_agreed_are_told_by_their_numbers(partnership: Edition) -> None:
    few = {"board": 6, "staff": 4, "external": 3}
    told = " ".join(section(made_report(partnership, few, invited=few, rules=CONSENT), "differences").split())
    assert "for a small group that agreed to be shown, only scores are shown" in told
    assert "Not compared:" not in told
    assert "could be tested; for " in told
    assert "too large for it" not in told, "nothing was looked at"


def test_an_item_stands_in_the_words_that_its_readers_had(partnership: Edition) -> None:
    report = made_report(partnership)
    theirs = "The view of staff carries the same weight"
    assert theirs in section(narrow_report(report, "staff", None), "items")
    whole = section(report, "items")
    assert "other board members. (worded differently for Staff and External partners)" in whole
    assert theirs not in whole


def test_strengths_reached_their_target_and_name_who_sees_them_low(partnership: Edition) -> None:
    report = made_report(partnership)
    assert all((one.figure.gap or 0) <= 0 for one in report.strengths)
    assert all((one.figure.gap or 0) > 0 for one in report.ranking.nearest)
    assert len(report.strengths) + len(report.ranking.nearest) == 3
    assert "Nearest to the target" in section(report, "strengths")
    first, *others = report.results.groups
    low = replace(first, strands=tuple(
        replace(strand, parts=tuple(replace(one, shown=39.0, mean=39.0, band="Act now") for one in strand.parts))
        for strand in first.strands
    ))  # fmt: skip  # in few lines
    said = replace(report.results, groups=(low, *others))
    told = section(replace(report, summary=replace(report.summary, rounds=(said,))), "strengths")
    assert "but Board members: 39" in told


def test_report_and_dashboard_have_one_order(partnership: Edition) -> None:
    report = made_report(partnership)
    strands = in_order(report, report.questionnaire.strands, by_need=True)
    assert [together[0] for together in in_order_of_report(report)] == strands


def test_who_left_too_much_open_is_told_once() -> None:
    text = " ".join(to_text(page(plain_report())).split())
    assert text.count("2 handed in, but answered too little to have a score here.") == 1


def test_without_an_overall_score_it_is_not_said_what_it_is_made_from() -> None:
    assert "The overall score is made" not in to_text(page(plain_report(["----"] * 6)))


def test_all_names_that_can_be_explained_are_listed(partnership: Edition) -> None:
    text = to_text(section_page(explainable(made_report(partnership))), 200)
    assert "overall: The overall score" in text
    assert "vision: We share one picture" in text

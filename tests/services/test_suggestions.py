"""What a round's report suggests for the plan."""

from dataclasses import replace

from selfassess.documents.round.finding_wording import because
from selfassess.model.questionnaire import Edition
from selfassess.services.reports import narrow_report
from selfassess.services.suggestions import offered
from tests.services.made import made_report


def test_a_suggestion_is_offered_once_with_the_groups_that_it_is_for(partnership: Edition) -> None:
    report = made_report(partnership)
    found = offered(report)
    assert len({one.planned.action for one in found}) == len(found)
    gaps = {one.node.id: one.figure.gap for group in ("board", "staff", "external")
            for one in reversed(narrow_report(report, group, None).gaps)}  # fmt: skip  # reads as one table
    assert gaps[found[0].planned.node] == max(gaps.values())
    assert because(report, found[0].suggestion).startswith("the gap: scored ")
    suggested = {(group, one.action.id) for group, some in report.suggestions.items() for one in some}
    everybody = tuple(report.suggestions)
    told = {(group, one.planned.action) for one in found for group in (one.planned.groups or everybody)}
    assert told == suggested
    assert any(not one.planned.groups for one in found)


def test_of_one_group_only_what_is_suggested_to_it_is_offered(partnership: Edition) -> None:
    report = made_report(partnership)
    ids = {one.planned.action for one in offered(report, "staff")}
    assert ids == {one.action.id for one in report.suggestions["staff"]}


def test_what_is_in_the_plan_is_not_offered(partnership: Edition) -> None:
    report = made_report(partnership)
    first, *rest = offered(report)
    assert list(offered(replace(report, plan=(replace(first.planned, id="a1"),)))) == rest

"""The log of actions in the workbook of a round's report, as it comes back filled in."""

import datetime
import io
import warnings
from collections.abc import Mapping
from dataclasses import replace

import openpyxl
import pytest

from selfassess.documents.export.round_sheets import sheets
from selfassess.documents.render_xlsx import to_workbook
from selfassess.errors import PlanError
from selfassess.model.plan import LOG_COLUMNS, Known, Plan, Planned, ordered
from selfassess.model.plan_report import PlanReport
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.services.plan_csv import Back, read_plan_csv
from selfassess.services.suggestions import as_planned, offered
from tests.services.made import made_report

TODAY = datetime.date(2026, 12, 1)
HEADS = tuple(LOG_COLUMNS)
ABOUT_THEM = ("About", "For", "Begin with")
Cells = Mapping[str, object]
"""What is written into a row of the log, by the heads of its columns."""


@pytest.fixture(scope="module")
def report(partnership: Edition) -> RoundReport:
    return made_report(partnership)


def filled_in(report: RoundReport, cells: Mapping[str, Cells], more: tuple[Cells, ...] = ()) -> bytes:
    """The workbook of a report after somebody wrote beside suggestions, by the ids of these, and added rows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what the second program leaves out
        book = openpyxl.load_workbook(io.BytesIO(to_workbook(sheets(report))))
    sheet = book["Actions"]
    rows = {str(row[-1].value).rpartition(" ")[2]: row for row in sheet.iter_rows(min_row=2) if row[-1].value}
    for id, written in cells.items():
        for head, value in written.items():
            rows[id][HEADS.index(head)].value = value
    for one in more:
        sheet.append([one.get(head) for head in HEADS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def back(content: bytes, report: RoundReport, plan: Plan = ()) -> Back:
    asked = report.questionnaire
    nodes = {node.id: node.title for strand in asked.strands for node in (strand, *strand.middle)}
    known = Known(nodes, {group.id: group.title for group in asked.groups}, report.skills)
    return read_plan_csv(
        "autumn.xlsx",
        content,
        PlanReport(plan=plan, known=known, today=TODAY, rounds={"autumn": "Autumn 2026"}),
        lambda round: as_planned(report) if round == "autumn" else {},
    )


def in_plan(found: Back) -> Plan:
    """The plan after what came back, each action with an id."""
    return ordered(one if one.id else replace(one, id=f"a{at}") for at, one in enumerate(found.after, 10))


def wrong(content: bytes, report: RoundReport) -> str:
    with pytest.raises(PlanError) as caught:
        back(content, report)
    return "\n".join(map(str, caught.value.problems))


def test_what_nobody_filled_in_adds_nothing(report: RoundReport) -> None:
    found = back(filled_in(report, {}), report)
    assert (found.new, found.edited, found.after) == ((), (), ())
    assert found.same == len(report.prioritised) > 20
    assert not found.notes


def test_what_was_filled_in_is_in_the_plan_as_if_it_had_been_taken(report: RoundReport) -> None:
    one, two, *_ = (it.planned for it in offered(report))
    due = datetime.datetime.combine(datetime.date(2027, 3, 1), datetime.time())
    content = filled_in(report, {two.action: {"Owner": "the chair", "Due": due, "Status": "agreed"}})
    found = back(content, report)
    (taken,) = found.after
    assert taken == replace(two, owner="the chair", due=due.date(), status="agreed", id="", place=1)
    assert (taken.round, taken.action, taken.skills, taken.node) == ("autumn", two.action, two.skills, two.node)
    assert [line for line in found.new[0].words if "owner" in line] == ["owner: “the chair”"]
    still = offered(replace(report, plan=in_plan(found)))
    assert [it.planned.action for it in still][:1] == [one.action]
    assert two.action not in {it.planned.action for it in still}


@pytest.mark.parametrize(
    "cells",
    [{"Owner": "Sam"}, {"Due": "1.3.2027"}, {"Status": "proposed"}, {"Note": "In spring."}, {"Action": "Ask first."}],
)
def test_any_one_cell_is_enough(report: RoundReport, cells: Cells) -> None:
    suggested = offered(report)[0].planned
    (taken,) = back(filled_in(report, {suggested.action: cells}), report).after
    assert (taken.action, taken.status) == (suggested.action, "proposed")
    assert taken.text == cells.get("Action", suggested.text)


def test_coming_back_again_adds_nothing_again(report: RoundReport) -> None:
    suggested = offered(report)[0].planned
    content = filled_in(report, {suggested.action: {"Owner": "Sam", "Effort": "high"}}, ({"Action": "Our own."},))
    once = in_plan(back(content, report))
    assert len(once) == 2
    with pytest.raises(PlanError, match=r"“Our own\.” is already there"):
        back(content, report, once)
    without_own = filled_in(report, {suggested.action: {"Owner": "Sam", "Effort": "high"}})
    again = back(without_own, report, once)
    assert (again.new, again.edited, again.after, again.left) == ((), (), once, 1)


def test_what_was_filled_in_otherwise_changes_the_action_that_is_there(report: RoundReport) -> None:
    suggested = offered(report)[0].planned
    there = replace(suggested, id="a7", text="In our words.", owner="Sam", effort="high", status="under way")
    content = filled_in(report, {suggested.action: {"Owner": "Kim"}})
    found = back(content, report, ordered([there]))
    assert not found.new
    assert [(one.after.id, one.words) for one in found.edited] == [("a7", ("owner: was “Sam”, now “Kim”",))]
    of_other_round = replace(there, round="spring")
    assert not back(content, report, ordered([of_other_round])).new, "it is planned already, from another round"


def test_what_was_in_the_plan_when_it_went_out_is_found_by_its_id(report: RoundReport) -> None:
    plan = ordered([replace(offered(report)[0].planned, id="a1", owner="Sam", groups=("board",))])
    given_out = replace(report, plan=plan)
    assert not back(filled_in(given_out, {}), given_out, plan).edited
    found = back(filled_in(given_out, {plan[0].action: {"Owner": None, "Status": "done"}}), given_out, plan)
    assert [one.words for one in found.edited] == [
        ("owner: was “Sam”, now nothing", "status: was proposed, now done", "done: was nothing, now 1 December 2026")
    ]
    assert found.after[0].groups == ("board",)


def test_rows_of_ones_own_say_what_they_are_about_and_for_whom(report: RoundReport) -> None:
    node = report.questionnaire.strands[0].middle[0]
    own = {"Action": "Meet the neighbours.", "About": node.title, "For": "Staff, board", "Owner": "Sam"}
    assert back(filled_in(report, {}, (own,)), report).after == (
        Planned(text="Meet the neighbours.", node=node.id, groups=("staff", "board"), owner="Sam", place=1),
    )


def test_whom_a_suggestion_is_for_stays_as_the_report_says(report: RoundReport) -> None:
    suggested = offered(report)[0].planned
    cells = {**dict.fromkeys(ABOUT_THEM, "Somebody else"), "Owner": "Sam"}
    (taken,) = back(filled_in(report, {suggested.action: cells}), report).after
    assert (taken.node, taken.groups) == (suggested.node, suggested.groups)


def test_dropped_needs_a_reason_and_is_suggested_no_more(report: RoundReport) -> None:
    suggested = offered(report)[0].planned
    told = wrong(filled_in(report, {suggested.action: {"Status": "dropped"}}), report)
    assert f"autumn.xlsx:2: error: autumn: {suggested.action} › why: It is dropped, but no reason is given." in told
    found = back(filled_in(report, {suggested.action: {"Status": "dropped", "Note": "Too dear."}}), report)
    assert suggested.action not in {it.planned.action for it in offered(replace(report, plan=in_plan(found)))}


def test_what_does_not_belong_there_is_told_with_its_row(report: RoundReport) -> None:
    suggested = offered(report)[0].planned
    cells: tuple[Cells, ...] = (
        {"Owner": "Sam", "Suggestion": "spring: vision_roles"},
        {"Owner": "Sam", "Suggestion": "autumn: vision_nothing_of_the_kind"},
        {"Owner": "Sam", "Suggestion": suggested.source},
        {"Owner": "Sam", "Suggestion": suggested.source},
    )
    told = wrong(filled_in(report, {}, cells), report)
    assert "This project has no round “spring”." in told
    assert "The report of Autumn 2026 does not suggest “vision_nothing_of_the_kind”." in told
    assert told.count("This action has two rows: the other is in line 2.") == 2


@pytest.mark.parametrize(("head", "name"), [("Suggestion", "suggestion"), ("In the plan as", "in_the_plan_as")])
def test_what_says_which_row_is_which_cannot_be_left_out(report: RoundReport, head: str, name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled_in(report, {})))
    book["Actions"].delete_cols(HEADS.index(head) + 1)
    out = io.BytesIO()
    book.save(out)
    told = wrong(out.getvalue(), report)
    assert told.count("error") == 1
    assert f"There is no column “{name}”." in told

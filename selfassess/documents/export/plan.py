"""The plan as a table to fill in elsewhere: one row an action. `services.plan_csv` reads it back."""

from typing import TYPE_CHECKING

from selfassess import csv_text
from selfassess.model.plan import AMOUNTS, PLAN_COLUMNS, PLAN_SHEET, STATUSES, Planned, plan_cell
from selfassess.model.plan_report import PlanReport

if TYPE_CHECKING:
    from selfassess.documents.render_xlsx import Cell, Sheet

CHOICES = {"status": STATUSES, "effort": AMOUNTS, "effect": AMOUNTS}
"""What can be chosen in a column; owners can also be others than those listed."""
WIDTHS = {"action": 60, "benchmark": 16, "groups": 20, "owner": 20, "why": 40, "skills": 20, "benchmark_title": 40,
          "skills_there": 40, "source": 24}  # fmt: skip  # characters of the columns that need more than the others
ROOM = 200
"""Rows below for new actions."""


def to_csv(report: PlanReport) -> str:
    """The plan as CSV."""
    names, marks = (["made_up"], ["yes"]) if report.made_up else ([], [])
    rows = ([*(_text(report, one, column) for column in PLAN_COLUMNS), *marks] for one in report.plan)
    return csv_text.csv_from_rows([[*PLAN_COLUMNS, *names], *rows])


def sheets(report: PlanReport) -> "tuple[Sheet, ...]":
    """The plan as the sheet of a workbook, with what can be chosen in lists and days as days."""
    from selfassess.documents.render_xlsx import Column, Sheet

    names: tuple[str, ...] = (*PLAN_COLUMNS, "made_up") if report.made_up else PLAN_COLUMNS
    choices = {**CHOICES, "owner": _owners(report)}
    columns = tuple(Column(name, WIDTHS.get(name, 12), choices.get(name, ()), name == "owner") for name in names)
    rows = tuple(tuple(_cell(report, one, name) for name in names) for one in report.plan)
    return (Sheet(PLAN_SHEET, columns, rows, ROOM),)


def _owners(report: PlanReport) -> tuple[str, ...]:
    """Who owns an action already, and the groups, each once."""
    return tuple(dict.fromkeys((*filter(None, (one.owner for one in report.plan)), *report.known.groups.values())))


def _cell(report: PlanReport, planned: Planned, column: str) -> "Cell":
    match column:
        case "made_up":
            return "yes"
        case "place":
            return planned.place
        case "due" | "done":
            return planned.due if column == "due" else planned.done
        case _:
            return _text(report, planned, column)


def _text(report: PlanReport, planned: Planned, column: str) -> str:
    if column == "skills_there":
        return _skills_there(report, planned)
    return plan_cell(report.known, planned, column)


def _skills_there(report: PlanReport, planned: Planned) -> str:
    if report.skills is None or not planned.is_open:
        return ""
    from selfassess.documents.round.stock import needed  # a plan that is told of no skills is there sooner without

    return needed(report.skills, planned)

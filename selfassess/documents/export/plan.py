"""The plan as CSV."""

from selfassess import csv_text
from selfassess.model.plan import PLAN_COLUMNS, PlanReport, plan_cell


def to_csv(report: PlanReport) -> str:
    """The plan as a table to fill in elsewhere: one row an action. `services.plan_csv` reads it back."""
    names, marks = (["made_up"], ["yes"]) if report.made_up else ([], [])
    rows = ([*(plan_cell(report, one, column) for column in PLAN_COLUMNS), *marks] for one in report.plan)
    return csv_text.written([[*PLAN_COLUMNS, *names], *rows])

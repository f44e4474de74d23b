"""The plan as people read it, and what a report suggests for it."""

import csv
import datetime
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.csv_text import BYTE_ORDER_MARK
from selfassess.documents.export.plan import to_csv
from selfassess.documents.plan import EMPTY
from selfassess.documents.render_rich import to_text
from selfassess.model.plan import Known, Planned, ordered
from selfassess.model.plan_report import PlanReport
from selfassess.services.plan_csv import read_plan_csv
from tests.documents.drawn import markdown as to_markdown
from tests.documents.drawn import page
from tests.snapshots import matches

HERE = Path(__file__).parent / "snapshots"
TODAY = datetime.date(2026, 6, 12)
KNOWN = Known(
    {"vision": "We share one picture of the difference we want to make", "roles": "Roles are clear"},
    {"board": "Board members", "staff": "Staff", "external": "External partners"},
    {"consensus": "Building consensus", "listening": "Listening and passing things on"},
)
PLAN = ordered(
    [
        Planned(
            id="a1", text="Write down why each organisation is at the table and what its representative brings.",
            node="vision", groups=("board",), owner="the chair", due=datetime.date(2026, 5, 31), status="under way",
            effort="low", effect="high", skills=("consensus",), round="autumn", action="vision_roles",
        ),
        Planned(id="a2", text="Meet the neighbours.", due=TODAY, status="agreed", owner="Sam", effort="medium"),
        Planned(id="a4", text="Ask *everybody* <b>again</b>.", why="Not before the summer.", groups=("board", "staff")),
        Planned(
            id="a3", text="Name one person on each side who answers questions.", node="roles", status="done",
            done=datetime.date(2026, 5, 5), round="gone", action="roles_name", skills=("listening", "consensus"),
        ),
        Planned(id="a5", text="=1+1 at every meeting", status="dropped", why="Nobody counts.", due=TODAY),
    ]
)  # fmt: skip  # in few lines
REPORT = PlanReport(plan=PLAN, known=KNOWN, today=TODAY, rounds={"autumn": "Autumn 2026"})


def no_round(_: str) -> Mapping[str, Planned]:
    """What is suggested, where a table has no suggestions and no report is asked for them."""
    raise AssertionError


@pytest.mark.parametrize("width", [60, 80])
def test_the_page_reads_well_at_every_width(width: int) -> None:
    text = to_text(page(REPORT), width)
    assert max(map(len, text.splitlines())) <= width
    matches(HERE / f"plan_{width}.txt", text)


def test_markdown_is_ready_for_the_minutes() -> None:
    matches(HERE / "plan.md", to_markdown(REPORT))


def test_csv_is_ready_for_a_spreadsheet() -> None:
    matches(HERE / "plan.csv", to_csv(REPORT))


def test_an_empty_plan_says_so() -> None:
    empty = replace(REPORT, plan=())
    for drawn in (to_text(page(empty)), to_markdown(empty)):
        assert EMPTY in drawn
    assert to_csv(empty).count("\n") == 1


def test_the_mark_of_a_made_up_example_is_in_every_format() -> None:
    made_up = replace(REPORT, made_up=True)
    for drawn in (to_text(page(made_up)), to_markdown(made_up)):
        assert "MADE-UP EXAMPLE" in drawn
    table = list(csv.DictReader(io.StringIO(to_csv(made_up).removeprefix(BYTE_ORDER_MARK))))
    assert {row["made_up"] for row in table} == {"yes"}
    assert not read_plan_csv("plan.csv", to_csv(made_up).encode(), made_up, no_round).edited


def test_what_is_overdue_stands_out_in_words() -> None:
    text = to_text(page(REPORT))
    assert text.count("OVERDUE") == 2  # in the head, and at the one
    assert "OVERDUE by 12 days." in text
    assert "OVERDUE by 1 day." in to_text(page(replace(REPORT, today=datetime.date(2026, 6, 1))))


# What comes back

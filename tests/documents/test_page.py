"""One person's report, read as the person who brings it to the table."""

import datetime
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.documents.export.summary import own_document, to_csv, to_json
from selfassess.documents.personal import document as handout
from selfassess.documents.personal import explanation
from selfassess.documents.render_markdown import escape, to_markdown
from selfassess.documents.render_rich import section_page, to_text
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import OwnReport
from selfassess.model.sheet import Missing, Sheet
from selfassess.services.reports import own_report, own_working
from selfassess.sitting import state
from selfassess.sitting.steps import steps
from tests.documents import drawn
from tests.documents.drawn import page
from tests.services.made import made_report
from tests.snapshots import matches

HERE = Path(__file__).parent / "snapshots"
HOSTILE = "[/] [bold]x[/bold] [@click=app.exit]y[/] | *z* <b> # `q` \n- not a list"


def answered(partnership: Edition, seed: int = 3) -> Sheet:
    """A made-up staff member's sheet."""
    chance = random.Random(seed)
    questionnaire, draft = partnership.questionnaire, state.start(partnership, "staff")
    for step in steps(questionnaire, draft):
        if step.item and step.item.kind == "choice" and chance.random() < 0.85:
            given = chance.choice([1, 2, 3, 4, 5, 5, 4, Missing.DONT_KNOW])
            draft = state.respond(questionnaire, draft, step.id, given)
    draft = state.comment(draft, "vision_say", HOSTILE)
    return state.hand_in(questionnaire, draft, datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC))


@pytest.fixture(scope="module")
def report(partnership: Edition) -> OwnReport:
    return own_report(partnership, answered(partnership))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_page_reads_well_at_every_width(report: OwnReport, width: int) -> None:
    text = to_text(page(report), width)
    assert max(map(len, text.splitlines())) <= width
    matches(HERE / f"page_{width}.txt", text)


def test_markdown_is_ready_for_the_minutes(report: OwnReport) -> None:
    matches(HERE / "page.md", to_markdown(handout(report)))


def test_the_working_names_items_answers_and_the_rule(partnership: Edition) -> None:
    working = own_working(partnership, answered(partnership), "vision")
    matches(HERE / "working.txt", to_text(section_page(explanation(working))))


def test_what_a_person_wrote_is_shown_as_it_is(report: OwnReport) -> None:
    assert "[/] [bold]x[/bold] [@click=app.exit]y[/]" in to_text(page(report))
    assert r"\[/\] \[bold\]x\[/bold\]" in to_markdown(handout(report))
    assert own_document(report)["texts"]["vision_say"] == HOSTILE


def without_targets(edition_: Edition) -> Edition:
    lines = edition_.content.decode().splitlines(keepends=True)
    return edition(parse("a.toml", "".join(line for line in lines if not line.startswith("target")).encode()))


@pytest.mark.slow
def test_a_mark_is_explained_where_there_is_one(partnership: Edition, report: OwnReport) -> None:
    bare = without_targets(partnership)
    assert "The line marks the target." in to_text(page(report))
    assert "upright" not in to_text(page(own_report(bare, answered(bare))))
    assert "The line in a bar marks the target." in to_text(drawn.page(made_report(partnership)))
    assert "upright" not in to_text(drawn.page(made_report(bare)))


def test_a_blank_sheet_has_no_score_anywhere_and_says_so(partnership: Edition) -> None:
    blank = state.hand_in(partnership.questionnaire, state.start(partnership, "board"))
    report = own_report(partnership, blank)
    assert report.strengths == report.gaps == report.suggestions == ()
    text = to_text(page(report))
    assert "Too little was answered for a score." in text
    assert "Overall: no score: too few answered." in text
    assert not [figure for strand in report.cell.strands for figure in strand.walk() if figure.mean is not None]
    assert "NaN" not in to_json(own_document(report))


def test_gaps_are_widest_first_and_each_suggestion_suits_the_group(report: OwnReport) -> None:
    gaps = [one.figure.gap or 0 for one in report.gaps]
    assert gaps == sorted(gaps, reverse=True)
    assert min(gaps) > 0
    assert all("staff" in one.action.groups for one in report.suggestions)
    assert {one.action.when for one in report.suggestions} == {"gap"}


def test_there_are_three_strengths_and_what_is_equal_to_the_third(report: OwnReport) -> None:
    means = [one.figure.mean or 0 for one in report.strengths]
    assert means == sorted(means, reverse=True)
    assert len(means) == 4
    assert means[2] == means[3]
    assert "3 with the same score, 88" in to_text(page(report))


def test_bands_and_gaps_come_from_the_shown_score() -> None:
    small = edition(
        parse(
            "small.toml",
            b"""
format = 1
id = "small"
version = "1"
title = "Small"
bands = [{ from = 0, title = "Act now" }, { from = 38, title = "Build on it" }]
[scales.agree]
points = [{ value = 1, label = "No" }, { value = 3, label = "Partly" }, { value = 5, label = "Yes" }]
[[strands]]
id = "one"
title = "One"
target = 40
  [[strands.items]]
  id = "a"
  text = "A"
  [[strands.items]]
  id = "b"
  text = "B"
  [[strands.items]]
  id = "c"
  text = "C"
  [[strands.items]]
  id = "d"
  text = "D"
""",
        )
    )
    draft = state.start(small, None)
    for id, value in (("a", 3), ("b", 3), ("c", 3), ("d", 1)):
        draft = state.respond(small.questionnaire, draft, id, value)
    report = own_report(small, state.hand_in(small.questionnaire, draft))
    figure = report.cell.figure("one")
    assert (figure.mean, figure.shown, figure.band, figure.gap) == (37.5, 38, "Build on it", 2)
    assert [one.node.id for one in report.gaps] == ["one"]


def test_a_large_number_is_told_in_all_its_figures() -> None:
    small = edition(
        parse(
            "small.toml",
            b"""
format = 1
id = "small"
version = "1"
title = "Small"
[[strands]]
id = "one"
title = "One"
  [[strands.items]]
  id = "budget"
  text = "How much?"
  kind = "number"
  unit = "euros"
""",
        )
    )
    draft = state.respond(small.questionnaire, state.start(small, None), "budget", 1234567.5)
    report = own_report(small, state.hand_in(small.questionnaire, draft))
    assert report.texts == {"budget": "1234567.5 euros"}


def test_a_table_for_a_spreadsheet_begins_with_its_columns(report: OwnReport) -> None:
    assert to_csv(report.edition, report.summary).startswith("\ufeffround,group,level,id,title,n,mean,sd")


@pytest.mark.parametrize(("text", "safe_text"), [("1. x", r"1\. x"), ("- x", r"\- x"), ("a\nb", "a b"), ("*", r"\*")])
def test_markdown_sees_no_marks_in_what_people_wrote(text: str, safe_text: str) -> None:
    assert escape(text) == safe_text


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone can be set on Unix only")
@pytest.mark.parametrize(("zone", "day"), [("EAST-9", 24), ("WEST8", 23)])
def test_the_day_is_that_on_the_clock_of_the_reader(
    partnership: Edition, zone: str, day: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = datetime.datetime(2026, 11, 23, 22, 0, tzinfo=datetime.UTC)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        report = own_report(partnership, replace(answered(partnership), date=late))
        assert f"{day} November 2026" in to_text(page(report))
        assert own_document(report)["date"] == f"2026-11-{day}"
    finally:
        monkeypatch.undo()
        time.tzset()

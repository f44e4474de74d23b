"""The facilitator's week: who has not answered yet, reminders, and the days in a calendar."""

from pathlib import Path

import docx
import icalendar
import pypdfium2
import pytest

from tests.cli.conftest import Command
from tests.cli.rounds_made import made


@pytest.fixture
def invited(selfassess: Command, small: str) -> None:
    """An open round with codes, in which the board has its letters."""
    made(selfassess, small, "--codes", "--small-groups", "leave_out")
    assert selfassess("round", "invite", "autumn", "--group", "board", "--number", "6", "--letters-only").code == 0
    assert selfassess("round", "open", "autumn").code == 0


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("invited")
def test_who_has_not_answered_is_told_by_letter_where_that_is_asked_for(selfassess: Command) -> None:
    plain, asked = selfassess("round", "status").out, selfassess("round", "status", "--letters").out
    assert "board-0" not in plain
    letters = "board-01, board-02, board-03, board-04, board-05 and board-06"
    assert f"Board members: 6 of 6 have not handed in yet. Nothing yet from letters {letters}." in asked
    assert "Staff: 4 of 4 have not handed in yet.\n" in asked


@pytest.mark.usefixtures("invited")
def test_reminders_come_in_the_formats_of_letters(selfassess: Command) -> None:
    options = ("--until", "Friday 6 November 2190", "--contact", "Sam Field, 123")
    done = selfassess("round", "remind", "autumn", *options)
    assert done.code == 0
    assert done.out.count("Reminder for invitation board-0") == 6
    assert done.out.count("Reminder for Staff") == 1
    assert "Please answer by: Friday 6 November 2190" in done.out
    assert "Staff: 4 of 4 have not handed in yet." in done.err
    for ending in ("md", "docx", "pdf"):
        path = f"reminders.{ending}"
        done = selfassess("round", "remind", "autumn", "--group", "board", *options, "--output", path)
        assert (done.code, f"Written: {path}." in done.err, done.out) == (0, True, "")
    assert Path("reminders.md").read_text("utf-8").count("Reminder for invitation") == 6
    text = "\n".join(one.text for one in docx.Document("reminders.docx").paragraphs)
    assert text.count("Reminder for invitation") == 6
    with pypdfium2.PdfDocument("reminders.pdf") as pdf:
        assert len(pdf) == 6
    assert (
        "There is a file reminders.md already"
        in selfassess("round", "remind", "autumn", "--output", "reminders.md").err
    )


@pytest.mark.usefixtures("invited")
def test_reminders_that_cannot_be(selfassess: Command) -> None:
    assert "has already passed" in selfassess("round", "remind", "autumn", "--until", "1 May 2020").err
    assert "There is no group “chairs”." in selfassess("round", "remind", "autumn", "--group", "chairs").err
    assert selfassess("round", "close", "autumn", "--yes").code == 0
    done = selfassess("round", "remind", "autumn")
    assert (done.code, "It is too late to hand in, so nobody is reminded." in done.err) == (2, True)
    assert "It is too late" in selfassess("round", "status", "--letters").err


@pytest.mark.usefixtures("invited")
def test_the_days_of_a_round_go_into_a_calendar(selfassess: Command) -> None:
    done = selfassess("round", "calendar", "autumn", "--until", "2190-11-06", "--remind", "5", "--output", "autumn.ics")
    assert done.code == 0
    assert "6 November 2190: Autumn 2026: the last day to answer" in done.err
    assert "Written: autumn.ics." in done.err
    content = Path("autumn.ics").read_bytes()
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 3
    again = selfassess("round", "calendar", "autumn", "--until", "2190-11-06")
    assert again.out.startswith("BEGIN:VCALENDAR")
    named = selfassess("round", "calendar", "autumn", "--until", "2190-11-06", "--output", "autumn.pdf")
    assert "this can only be written to files that end in .ics." in named.err
    assert "is not a day" in selfassess("round", "calendar", "autumn", "--until", "Friday").err


@pytest.mark.usefixtures("invited")
def test_what_is_due_goes_into_a_calendar(selfassess: Command) -> None:
    done = selfassess("plan", "calendar", "--output", "plan.ics")
    assert (done.code, "Nothing in the plan is due on a day." in done.err) == (2, True)
    assert selfassess("plan", "add", "Meet the neighbours", "--due", "2190-05-31").code == 0
    done = selfassess("plan", "calendar", "--output", "plan.ics")
    assert (done.code, "31 May 2190: Due: Meet the neighbours" in done.err) == (0, True)
    (event,) = icalendar.Calendar.from_ical(Path("plan.ics").read_bytes()).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Due: Meet the neighbours"

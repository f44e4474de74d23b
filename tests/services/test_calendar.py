"""The days of a round and of a plan, read back by another program that knows the format."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.documents.export.calendar import LONGEST_LINE, to_ics
from selfassess.errors import UsageError
from selfassess.model.calendar import Entry
from selfassess.model.plan import Planned
from selfassess.project.plans import Plans
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.calendar import (
    plan_days,
    read_before,
    read_first_day,
    read_last_day,
    round_days,
)
from selfassess.services.plan import read_plan
from selfassess.text import clean
from tests.cli.rounds import add_round, shared

NOW = datetime.datetime(2026, 11, 2, 9, 30, tzinfo=datetime.UTC)
TODAY = NOW.date()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with shared(tmp_path) as project:
        yield project


def day(of: int, month: int = 11) -> datetime.date:
    return datetime.date(2026, month, of)


def read(content: bytes) -> list[icalendar.Event]:
    """The events in a file, as another program reads them."""
    calendar = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    events = calendar.walk("VEVENT")
    assert not any(event.errors for event in events)
    return list(events)


entries = st.builds(
    Entry,
    uid=st.from_regex(r"[0-9a-f]{32}@selfassess", fullmatch=True),
    day=st.dates(datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)),
    title=st.text(min_size=1, max_size=200).map(lambda text: " ".join(clean(text).split())).filter(bool),
    about=st.text(max_size=400).map(lambda text: clean(text.replace("\r", "\n")).strip()),
)


@given(st.lists(entries, max_size=4))
def test_another_program_reads_what_was_written(some: list[Entry]) -> None:
    content = to_ics(some, NOW)
    found = read(content)
    assert [(str(one["UID"]), one.decoded("DTSTART"), str(one["SUMMARY"]), str(one.get("DESCRIPTION", "")))
            for one in found] == [(one.uid, one.day, one.title, one.about) for one in some]  # fmt: skip
    assert all(one.decoded("DTEND") - one.decoded("DTSTART") == datetime.timedelta(1) for one in found)
    assert all(one.decoded("DTSTAMP") == NOW for one in found)
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= LONGEST_LINE for line in lines)
    assert all(line.decode() is not None for line in lines), "no character is cut in two"
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_commas_backslashes_and_lines_are_escaped_as_the_format_says() -> None:
    entry = Entry(uid="a@selfassess", day=TODAY, title="a, b; c\\d", about="one\ntwo: three")
    content = to_ics([entry], NOW)
    assert b"SUMMARY:a\\, b\\; c\\\\d\r\n" in content
    assert b"DESCRIPTION:one\\ntwo: three\r\n" in content
    assert b"DTSTAMP:20261102T093000Z\r\n" in content
    assert b"DTSTART;VALUE=DATE:20261102\r\nDTEND;VALUE=DATE:20261103\r\n" in content


def test_a_round_has_its_first_day_its_last_and_a_reminder_between(project: Project) -> None:
    round, rounds = add_round(project), Rounds(project)
    rounds.open(round.id, day(2))
    found = round_days(rounds, round, day(20), today=day(1))
    assert [(one.day, one.title) for one in found] == [
        (day(2), "Autumn 2026: people can answer"),
        (day(17), "Autumn 2026: remind those who have not answered"),
        (day(20), "Autumn 2026: the last day to answer"),
    ]
    assert [one.about for one in found] == [
        "",
        "Write the reminders: selfassess --project ours.selfassess round remind autumn",
        "Close it afterwards: selfassess --project ours.selfassess round close autumn",
    ]
    assert [one.day for one in round_days(rounds, round, day(20), before=0, today=day(1))] == [day(2), day(20)]
    assert [one.day for one in round_days(rounds, round, day(4), before=3, today=day(1))] == [day(2), day(4)], (
        "it is after the first"
    )


def test_a_round_that_is_not_open_yet_can_say_from_when(project: Project) -> None:
    round, rounds = add_round(project), Rounds(project)
    assert [one.day for one in round_days(rounds, round, day(20), today=day(1))] == [day(17), day(20)]
    new = replace(round, id="spring", key="0" * 32, state="new")
    first, *_ = round_days(rounds, round, day(20), opens=day(9), today=day(1))
    assert (first.day, first.about) == (day(9), "")
    from tests.cli.rounds import EDITION

    rounds.add(new, EDITION)
    first, *_ = round_days(rounds, new, day(20), opens=day(9), today=day(1))
    assert first.about == "Open it: selfassess --project ours.selfassess round open spring"


def test_written_again_an_entry_has_the_same_name_and_no_other_has(project: Project) -> None:
    one, other, rounds = add_round(project), add_round(project, id="spring"), Rounds(project)
    before, after = round_days(rounds, one, day(20), today=day(1)), round_days(rounds, one, day(27), today=day(1))
    assert [entry.uid for entry in before] == [entry.uid for entry in after]
    everything = (*before, *round_days(rounds, other, day(20), today=day(1)))
    assert len({entry.uid for entry in everything}) == len(everything)
    assert not any(one.key in entry.uid for entry in everything), "whoever gets the calendar gets no key"


def test_what_does_not_fit_is_said(project: Project) -> None:
    round, rounds = add_round(project), Rounds(project)
    with pytest.raises(UsageError, match="The last day, 3 November 2026, is before the first, 9 November 2026"):
        round_days(rounds, round, day(3), opens=day(9), today=day(1))
    rounds.close(round.id)
    with pytest.raises(UsageError, match="is closed"):
        round_days(rounds, rounds.get(round.id), day(20), today=day(1))
    for text, said in (("1 November 2026", "already passed"), ("soon", "is not a day"), ("3/4/2027", "can be")):
        with pytest.raises(UsageError, match=said):
            read_last_day(text, TODAY)
    with pytest.raises(UsageError, match="not a number of days"):
        read_before("a few")
    assert read_first_day(" ") is None
    assert (read_last_day("20 November 2026", TODAY), read_before("0")) == (day(20), 0)


def test_the_plan_has_what_is_still_to_be_done_by_a_day(project: Project) -> None:
    Plans(project).add(
        Planned(text="Meet; greet, and talk", due=day(30), owner="the chair", why="they asked"),
        Planned(text="Without a day"),
        Planned(text="Earlier", due=day(9), status="agreed"),
        Planned(text="Done", due=day(9), status="done", done=day(1)),
        Planned(text="Dropped", due=day(9), status="dropped", why="No."),
    )
    found = plan_days(project, read_plan(project, TODAY))
    assert [(one.day, one.title) for one in found] == [
        (day(9), "Due: Earlier"),
        (day(30), "Due: Meet; greet, and talk"),
    ]
    assert found[1].about == "a1, proposed\nOwner: the chair\nThey asked"
    first, second = read(to_ics(found, NOW))
    assert str(second["SUMMARY"]) == "Due: Meet; greet, and talk"
    Plans(project).change(replace(Plans(project).get("a1"), due=day(28)), Plans(project).get("a1"))
    assert [one.uid for one in plan_days(project, read_plan(project, TODAY))] == [first["UID"], second["UID"]]

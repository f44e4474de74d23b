"""Days as people write them. Nothing is guessed."""

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.dates import FIRST_YEAR, LAST_YEAR, day_words, local_day, moment_words, read_day
from selfassess.errors import Problem

MAY = datetime.date(2026, 5, 31)
DAYS = st.dates(datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["2026-05-31", "2026/05/31", "2026.5.31", "31/05/2026", "31.5.2026", "31. 5. 2026", "31-05-2026", "05/31/2026",
     "31 May 2026", "31 may 2026", " 31  May  2026 ", "31. May 2026"],
)  # fmt: skip  # a list to look through
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert read_day(text) == MAY


def test_a_full_stop_says_that_the_day_comes_first() -> None:
    assert read_day("3.4.2026") == datetime.date(2026, 4, 3)


def test_figures_that_could_be_two_days_are_refused() -> None:
    found = read_day("03/04/2026")
    assert isinstance(found, Problem)
    assert found.message == "“03/04/2026” can be 4 March or 3 April."
    assert found.hint == "Write 2026-03-04 or 2026-04-03."
    assert read_day("04/04/2026") == datetime.date(2026, 4, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/02", "There is no 31 February."),
        ("31/02/2026", "There is no 31 February 2026."),
        ("30 Feb 2026", "There is no 30 February 2026."),
        ("2026-02-29", "There is no 29 February 2026."),
        ("31.4.2026", "There is no 31 April 2026."),
        ("0/5/2026", "There is no 0 May 2026."),
        ("31/05", "“31/05” does not say which year."),
        ("31 May", "“31 May” does not say which year."),
        ("31/05/26", "“31/05/26” does not give the year in four digits."),
        ("2026-13-13", "“2026-13-13” is not a day."),
        ("45/45/2026", "“45/45/2026” is not a day."),
        ("31 Mumble 2026", "“31 Mumble 2026” is not a day."),
        ("1026-05-31", "The year 1026 is too far away to plan for."),
        ("soon", "“soon” is not a day."),
        ("", "“” is not a day."),
        ("٣١/٠٥/٢٠٢٦", "“٣١/٠٥/٢٠٢٦” is not a day."),
    ],
)
def test_what_is_no_day_is_said_in_a_sentence(text: str, message: str) -> None:
    found = read_day(text)
    assert isinstance(found, Problem)
    assert found.message == message


@given(DAYS)
def test_a_day_is_read_as_it_is_shown(day: datetime.date) -> None:
    assert read_day(day_words(day)) == day
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.day}.{day.month}.{day.year}") == day


@given(st.text(alphabet="0123456789/.- MayFeb", max_size=12))
def test_nothing_typed_is_a_fault(text: str) -> None:
    assert isinstance(read_day(text), datetime.date | Problem)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_the_first_and_the_last_day_there_is_have_words(text: str) -> None:
    moment = datetime.datetime.fromisoformat(text)
    assert day_words(local_day(moment)) == day_words(moment.date())
    assert moment_words(moment).startswith(day_words(moment.date()))


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone can be set on Unix only")
@pytest.mark.parametrize(
    ("zone", "hour", "day"),
    [("UTC0", 3, 31), ("WEST8", 3, 30), ("EAST-9", 3, 31), ("EAST-9", 15, 1), ("WEST8", 15, 31)],
)
def test_the_day_of_a_moment_is_the_one_on_the_clock_here(
    zone: str, hour: int, day: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert local_day(datetime.datetime(2026, 5, 31, hour, 30, tzinfo=datetime.UTC)).day == day
    finally:
        monkeypatch.undo()
        time.tzset()

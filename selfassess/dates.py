"""Days as people write them, and as we write them: "31 May 2026"."""

import datetime
import re

from selfassess.errors import Problem

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip  # a year in two lines
FIRST_YEAR, LAST_YEAR = 2000, 2199
"""No plan is made for other years: they are slips of the finger."""
HINT = "Write it as 2026-05-31, or as 31 May 2026."

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.]) ?([0-9]{1,2})(?:\2 ?([0-9]{4}))?\.?")
_NAMED = re.compile(r"([0-9]{1,2})\.? ([A-Za-z]{3,9})\.?,?(?: ([0-9]{4}))?")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}")
_LEAP_YEAR = 2000


def today() -> datetime.date:
    """The day it is by the clock of this computer."""
    return datetime.datetime.now().astimezone().date()


def day_words(day: datetime.date) -> str:
    """A day as it is shown: "31 May 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def local_day(moment: datetime.datetime) -> datetime.date:
    """The day on which something happened, by the clock of this computer."""
    return _local(moment).date()


def moment_words(moment: datetime.datetime) -> str:
    """A moment as it is shown, in the time of this computer: "31 May 2026 at 19:15"."""
    local = _local(moment)
    return f"{day_words(local.date())} at {local:%H:%M}"


def _local(moment: datetime.datetime) -> datetime.datetime:
    try:
        return moment.astimezone()
    except OverflowError:  # before the first year, or after the last, that a clock here can show
        return moment


def read_day(text: str) -> datetime.date | Problem:
    """The day that a text means; or what is wrong with it.

    2026-05-31, 31.5.2026, 31/05/2026 and 31 May 2026 are understood. Where the first two figures could be day and month
    as well as month and day, nothing is guessed: full stops alone say that the day comes first.
    """
    text = " ".join(text.split())
    if found := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = found.groups()
        return _only(text, year, [(int(day), int(month))])
    if found := _NAMED.fullmatch(text):
        day, name, year = found.groups()
        month = next((at for at, one in enumerate(MONTHS, 1) if one.lower().startswith(name.lower())), 0)
        return _only(text, year, [(int(day), month)]) if month else _no_day(text)
    if found := _YEAR_LAST.fullmatch(text):
        first, sign, second, year = found.groups()
        readings = [(int(first), int(second))]
        return _only(text, year, readings if sign == "." else [*readings, (int(second), int(first))])
    if _SHORT_YEAR.fullmatch(text):
        return Problem(code="no-year", message=f"“{text}” does not give the year in four digits.", hint=HINT)
    return _no_day(text)


def _only(text: str, year: str | None, readings: list[tuple[int, int]]) -> datetime.date | Problem:
    """The one day that day and month, read in one order or the other, can be in a year."""
    known = _LEAP_YEAR if year is None else int(year)
    if not FIRST_YEAR <= known <= LAST_YEAR:
        return Problem(code="year", message=f"The year {known} is too far away to plan for.", hint=HINT)
    days = sorted({day for one in readings if (day := _day(known, *one))})
    if not days:
        return _not_there(text, year, readings)
    if year is None:
        return Problem(code="no-year", message=f"“{text}” does not say which year.", hint=HINT)
    if len(days) > 1:
        one, other = (f"{day.day} {MONTHS[day.month - 1]}" for day in days)
        hint = f"Write {days[0].isoformat()} or {days[1].isoformat()}."
        return Problem(code="two-days", message=f"“{text}” can be {one} or {other}.", hint=hint)
    return days[0]


def _day(year: int, day: int, month: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _not_there(text: str, year: str | None, readings: list[tuple[int, int]]) -> Problem:
    for day, month in readings:
        if 1 <= month <= len(MONTHS):
            named = " ".join(filter(None, (str(day), MONTHS[month - 1], year)))
            return Problem(code="no-such-day", message=f"There is no {named}.", hint="Please check a calendar.")
    return _no_day(text)


def _no_day(text: str) -> Problem:
    return Problem(code="no-day", message=f"“{text[:40]}” is not a day.", hint=HINT)

"""Days for a calendar, in the format that every calendar program reads: iCalendar (RFC 5545)."""

import datetime
from collections.abc import Iterator, Sequence

from selfassess.model.calendar import Entry
from selfassess.text import clean

LONGEST_LINE = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def to_ics(entries: Sequence[Entry], now: datetime.datetime) -> bytes:
    """A calendar with an event of a whole day for each entry. `now` is when it was written; of two events with one uid
    calendar programs keep the later."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//selfassess//selfassess//EN", "CALSCALE:GREGORIAN"]
    stamp = f"{now.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    for entry in entries:
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + datetime.timedelta(1):%Y%m%d}"  # the day after the last (3.6.1)
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.about:
        yield f"DESCRIPTION:{_text(entry.about)}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy because of it
    yield "END:VEVENT"


def _text(words: str) -> str:
    """Words as a value (3.3.11)."""
    return clean(words, len(words)).translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """A line in parts that are short enough, each but the first behind a blank; no character is cut in two."""
    part = ""
    for character in line:
        if len((part + character).encode()) > LONGEST_LINE:
            yield part
            part = " "
        part += character
    yield part

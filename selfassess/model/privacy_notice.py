"""The notice of a project: who holds people's answers, until when, whom to ask, and what else the partnership says."""

import datetime
from dataclasses import dataclass

from selfassess.dates import LAST_YEAR, day_words, read_day
from selfassess.errors import Problem, UsageError
from selfassess.text import is_clean

LONGEST_LINE = 120
"""Characters of who holds the file, and of whom to ask."""
LONGEST_WORDS = 2_000
"""Characters of the partnership's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyNotice:
    """What people are told of who looks after their answers. Empty where nothing was said."""

    holder: str = ""
    """Who holds the file."""
    contact: str = ""
    """Whom to ask."""
    keep_until: datetime.date | None = None
    """The last day on which the answers are kept."""
    words: str = ""
    """The partnership's own words."""

    def __bool__(self) -> bool:
        return self != NO_NOTICE


NO_NOTICE = PrivacyNotice()
"""Nothing was said."""


def can_be(notice: PrivacyNotice) -> bool:
    """Whether a notice can have been written by this program."""
    lines = (notice.holder, notice.contact)
    return (
        all(len(line) <= LONGEST_LINE and "\n" not in line for line in lines)
        and len(notice.words) <= LONGEST_WORDS
        and all(map(is_clean, (*lines, notice.words)))
        and (notice.keep_until is None or notice.keep_until.year <= LAST_YEAR)
    )


def read_line(text: str) -> str:
    """Who holds the file, or whom to ask, as typed. UsageError where it is no line, or too long."""
    _check_characters(text)
    line = " ".join(text.split())
    if len(line) > LONGEST_LINE:
        raise UsageError(f"This is too long: {len(line):,} characters.", f"Use {LONGEST_LINE} or fewer, on one line.")
    return line


def read_words(text: str) -> str:
    """The partnership's own words. UsageError where there are none, or too many."""
    _check_characters(text)
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise UsageError("There is nothing in this text.", "Write a few sentences, or leave --text out.")
    if len(words) > LONGEST_WORDS:
        raise UsageError(
            f"This text is too long: {len(words):,} characters.",
            f"Use {LONGEST_WORDS:,} or fewer. What matters most is who keeps the answers, why, and until when.",
        )
    return words


def read_keep_until(text: str, today: datetime.date) -> datetime.date | None:
    """The day that was typed; None for nothing. UsageError where it is no day, or has passed."""
    if not text.strip():
        return None
    day = read_day(text)
    if isinstance(day, Problem):
        raise UsageError(day.message, day.hint)
    if day < today:
        raise UsageError(
            f"{day_words(day)} has already passed.", "Choose a day in the future, such as the end of next year."
        )
    return day


def _check_characters(text: str) -> None:
    if not is_clean(text):
        raise UsageError(
            "This text has hidden characters, such as control characters or marks for the direction of writing.",
            "Type it again, or paste it into a plain text editor first and take them out. Letters of any language are "
            "fine.",
        )

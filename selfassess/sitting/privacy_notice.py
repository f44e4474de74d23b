"""What people read of who looks after their answers, and what the facilitator is reminded of."""

import datetime
from collections.abc import Iterator

from selfassess.dates import day_words
from selfassess.model.privacy_notice import PrivacyNotice
from selfassess.text import count

HEADING = "Who looks after your answers"
WHY = "Answers are collected to see how well we work together, and to decide what to do next."
TAKING_BACK = (
    "To delete your answers, use the receipt that you get when you hand in, or give it to the person who invited you. "
    "If you answered on paper, they need the number written on your sheet. You can do this until the round closes."
)
SOON = 30
"""Days before the last one from which on the facilitator is reminded."""
_LONGEST_NAME = 40
"""Characters of a name that are shown where there is little room."""


def sentences(notice: PrivacyNotice) -> tuple[str, ...]:
    """All of the notice, a paragraph each; nothing where there is none. Why answers are collected is left to the
    partnership's own words, where there are some."""
    return tuple(_sentences(notice)) if notice else ()


def _sentences(notice: PrivacyNotice) -> Iterator[str]:
    built = [
        f"The file with everybody's answers is kept by {notice.holder}." if notice.holder else "",
        "" if notice.words else WHY,
        f"Answers are kept until {day_words(notice.keep_until)}, and then deleted." if notice.keep_until else "",
        f"Questions about your answers? Ask: {notice.contact}" if notice.contact else "",
    ]
    if any(built):
        yield " ".join(filter(None, built))
    if notice.words:
        yield notice.words


def in_full(notice: PrivacyNotice) -> list[tuple[str, str]]:
    """The notice as part of what people read before they answer: what it is about, and the words. Nothing where there
    is none."""
    return [(HEADING, "\n\n".join(sentences(notice)))] if notice else []


def summary(notice: PrivacyNotice) -> list[tuple[str, str]]:
    """The notice in two lines of a small window; nothing where there is none."""
    if not notice:
        return []
    by = f" by {_cut(notice.holder)}" if notice.holder else ""
    until = f" until {day_words(notice.keep_until)}" if notice.keep_until else ""
    return [("Your answers", f"kept{by}{until}." if by or until else "how we look after them is explained below.")]


def on_a_page(notice: PrivacyNotice) -> str:
    """All of the notice, and how answers are taken back."""
    return "\n\n".join((*sentences(notice), TAKING_BACK))


def _cut(name: str) -> str:
    if len(name) <= _LONGEST_NAME:
        return name
    start, blank, _ = name[:_LONGEST_NAME].rpartition(" ")
    return f"{start if blank else name[: _LONGEST_NAME - 1]}…"


def reminder(notice: PrivacyNotice, today: datetime.date, command: str) -> str:
    """What the facilitator is reminded of from SOON days before the last one; nothing earlier. `command` is how the
    program is called for the project."""
    day = notice.keep_until
    if day is None or (day - today).days > SOON:
        return ""
    left, delete = (day - today).days, f"{command} project delete"
    if left < 0:
        return f"These answers were to be kept until {day_words(day)}. To delete them: {delete}"
    when = f"{day_words(day)}, in {count(left, 'day')}" if left else "today"
    return f"These answers are kept until {when}. To delete them then: {delete}"

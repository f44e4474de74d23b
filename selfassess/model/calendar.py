"""What is put into a calendar: days, and what happens on them."""

import datetime
from dataclasses import dataclass

USUAL_BEFORE = 3
"""Days before the last one on which the facilitator is reminded, where nothing is said."""
MOST_BEFORE = 60
"""More days before are a slip of the finger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something on a day."""

    uid: str
    """Stays the same whenever the entry is written, so that a calendar that has it changes it in place."""
    day: datetime.date
    title: str
    about: str = ""
    """More about it; may have several lines."""

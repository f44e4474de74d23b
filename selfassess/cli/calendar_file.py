"""Giving out days as a calendar file, and saying which they are."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from selfassess.cli.output import Destination
from selfassess.cli.terminal import say
from selfassess.dates import day_words

if TYPE_CHECKING:
    from selfassess.model.calendar import Entry

CALENDAR = "calendar"
"""The name of the format."""


def deliver(entries: "Sequence[Entry]", goal: Destination) -> None:
    """Give out days as a calendar file, and say which they are."""
    from selfassess.documents.export.calendar import to_ics

    for one in entries:
        say(f"{day_words(one.day)}: {one.title}")
    content = to_ics(entries, datetime.datetime.now(datetime.UTC))
    goal.deliver(content if goal.path else content.decode())

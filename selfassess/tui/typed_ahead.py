"""A page that turned by itself, and what was typed for the page before it.

A key that bounces or is held down, a double click, and an Enter that was on its way are not meant for a question that
nobody has read yet.
"""

from textual import events

SHOWN = 0.25
"""Seconds for which a choice is shown before the page turns by itself."""
STILL = 0.4
"""Seconds after that in which the same key, a click and whatever goes on are left out."""
HELD = 0.15
"""Seconds within which the same key comes again while it is held down."""
ONWARD = ("enter", "right", "pagedown", "space", "tab")


class OwnTurn:
    """One such turn, and the key that answered before it; nothing where that was a click."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._drawn: float | None = None
        self._held = 0.0
        """When the key last came and was left out."""

    def is_drawn(self) -> None:
        """The next page is before the person now."""
        self._drawn = _now()

    @property
    def is_settling(self) -> bool:
        """Whether it is too early for another click."""
        return self._is_early(_now())

    def leaves_out(self, event: events.Key | events.Paste) -> bool:
        """Whether a key or a paste was for the page before."""
        if isinstance(event, events.Paste):
            return self._is_unseen(event)
        key = event.key.lower() if len(event.key) == 1 else event.key
        if key == self.key:
            is_for_before = self._is_early(event.time) or event.time < self._held + HELD
            self._held = event.time if is_for_before else 0.0
            return is_for_before
        if key in ONWARD:
            return self._is_early(event.time)
        return (event.is_printable or key == "delete") and self._is_unseen(event)

    def _is_early(self, time: float) -> bool:
        return self._drawn is None or time < self._drawn + STILL

    def _is_unseen(self, event: events.Event) -> bool:
        return self._drawn is None or event.time < self._drawn


def _now() -> float:
    """By the clock that events are stamped by."""
    return events.Event().time

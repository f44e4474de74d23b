"""The keys at the bottom of a screen. A click on one is the same as pressing it.

Textual's Footer has one line, which scrolls sideways: at 60 columns half of the keys would be out of sight.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does."""

    key: str
    """Textual's name of the key."""
    shown: str
    """Its name on a keyboard."""
    words: str
    about: str = ""
    """More about it, where it stands in the list of everything that a screen can do."""

    @property
    def width(self) -> int:
        return len(self.shown) + len(self.words) + 3


HELP = Key("f1", "F1", "Help", "all keys of this part of the program")
COLOURS = Key("f2", "F2", "Colours", "dark, light or high contrast")
MORE = Key("ctrl+p", "Ctrl+P", "More")
"""Lists everything that a screen can do."""

MOST = 8
"""How many keys are named at most: more are not read."""
LOW = 18
"""Screens with fewer lines have no blank lines, and at most two lines of keys."""


class KeyBar(Widget):
    """Keys on as many lines as they need. The last ones are left out where there are many, and on low screens; the help
    lists them all."""

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, keys: Sequence[Key] = ()) -> None:
        super().__init__()
        self.keys = tuple(keys[:MOST])
        self.hovered: Key | None = None
        """The key that the mouse is on."""
        self.is_pressed = False
        """Whether the mouse button is down on it."""

    def set_keys(self, keys: Sequence[Key]) -> None:
        if (named := tuple(keys[:MOST])) != self.keys:
            width = self.content_size.width
            before = len(self.rows(width)) if width else 0
            self.keys = named
            self.refresh(layout=not width or len(self.rows(width)) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual asks it so
        return len(self.rows(width))

    def rows(self, width: int) -> list[list[Key]]:
        """The keys of each line."""
        rows: list[list[Key]] = [[]]
        for key in self.keys:
            if rows[-1] and sum(each.width + 1 for each in rows[-1]) + key.width > width:
                rows.append([])
            rows[-1].append(key)
        return _on_two_lines(rows, width) if self.app.size.height < LOW else rows

    def render(self) -> Content:
        lines = [Content(" ").join(map(self._chip, row)) for row in self.rows(self.content_size.width)]
        return Content("\n").join(lines)

    def _chip(self, key: Key) -> Content:
        chip = Content.assemble((f" {key.shown}", "bold $primary on $panel"), (f" {key.words} ", "on $panel"))
        if key != self.hovered:
            return chip
        return chip.stylize("reverse" if self.is_pressed else "underline", 1, key.width - 1)

    def on_click(self, event: events.Click) -> None:
        if key := self._key_at(event):
            self.post_message(self.Pressed(key.key))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        key = self._key_at(event)
        self._touch(key, is_pressed=self.is_pressed and key == self.hovered)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._touch(self._key_at(event), is_pressed=True)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self._touch(self._key_at(event), is_pressed=False)

    def on_leave(self) -> None:
        self._touch(None, is_pressed=False)

    def _touch(self, key: Key | None, *, is_pressed: bool) -> None:
        if (key, is_pressed) != (self.hovered, self.is_pressed):
            self.hovered, self.is_pressed = key, is_pressed
            self.refresh()

    def _key_at(self, event: events.MouseEvent) -> Key | None:
        """The key at a place of the bar; None between two."""
        rows = self.rows(self.content_size.width)
        left = 0
        for key in rows[event.y] if event.y < len(rows) else ():
            if left <= event.x < left + key.width:
                return key
            left += key.width + 1
        return None


def _on_two_lines(rows: list[list[Key]], width: int) -> list[list[Key]]:
    """The first two lines; the key that lists everything stays, in place of others."""
    kept = rows[:2]
    if any(MORE in row for row in rows[2:]):
        while sum(key.width + 1 for key in kept[-1]) + MORE.width > width:
            kept[-1].pop()
        kept[-1].append(MORE)
    return kept

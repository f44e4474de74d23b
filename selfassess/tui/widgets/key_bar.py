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

HOVERED, PRESSED = "underline $background on $primary", "bold reverse $background on $primary"
"""Of a key that the mouse is on, and of one that it holds down; without colours they differ too."""
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
        self._under_mouse: Key | None = None
        self._is_pressed = False

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
        drawn = Content.assemble((f" {key.shown}", "bold $primary on $panel"), (f" {key.words} ", "on $panel"))
        if key is not self._under_mouse:
            return drawn
        return Content.styled(drawn.plain, PRESSED if self._is_pressed else HOVERED)

    def _key_at(self, x: int, y: int) -> Key | None:
        rows = self.rows(self.content_size.width)
        left = 0
        for key in rows[y] if 0 <= y < len(rows) else ():
            if left <= x < left + key.width:
                return key
            left += key.width + 1
        return None

    def _show(self, key: Key | None, *, is_pressed: bool) -> None:
        if (key, is_pressed) != (self._under_mouse, self._is_pressed):
            self._under_mouse, self._is_pressed = key, is_pressed
            self.refresh()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._show(self._key_at(event.x, event.y), is_pressed=bool(event.button))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._show(self._key_at(event.x, event.y), is_pressed=True)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self._show(self._key_at(event.x, event.y), is_pressed=False)

    def on_leave(self) -> None:
        self._show(None, is_pressed=False)

    def on_click(self, event: events.Click) -> None:
        if key := self._key_at(event.x, event.y):
            self.post_message(self.Pressed(key.key))


def _on_two_lines(rows: list[list[Key]], width: int) -> list[list[Key]]:
    """The first two lines; the key that lists everything stays, in the place of others."""
    kept = rows[:2]
    if any(MORE in row for row in rows[2:]):
        while sum(key.width + 1 for key in kept[-1]) + MORE.width > width:
            kept[-1].pop()
        kept[-1].append(MORE)
    return kept

"""The options of an item, or the lines of a list: below each other, each with its key, its mark and its text.

Textual's OptionList and RadioSet take keys through the focus, and RadioSet marks a choice by colour alone.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.widget import Widget

Mark = Literal["one", "many", "none"]

MARKS: dict[Mark, tuple[str, str]] = {"one": ("( )", "(*)"), "many": ("[ ]", "[x]"), "none": ("", "")}


@dataclass(frozen=True, slots=True)
class Option:
    """An option to choose."""

    label: str
    key: str = ""
    """The key that chooses it, if there is one."""
    about: str = ""
    """Less prominent text below the label."""
    heading: str = ""
    """A heading above it. A blank only sets it apart."""
    is_chosen: bool = False
    mark: Mark | None = None
    """Its own kind of mark, if it differs from that of the others."""

    @property
    def words(self) -> tuple[str, ...]:
        """The parts that the layout depends on."""
        return self.heading, self.key, self.label, self.about


class Options(Widget):
    """Draws options and a pointer. It never has the focus: its screen moves the pointer, so that keys are handled in
    order."""

    class Clicked(Message):
        """An option was clicked."""

        def __init__(self, options: "Options", index: int) -> None:
            super().__init__()
            self.index = index
            self._of = options
            self._among = options.options

        @property
        def is_still_shown(self) -> bool:
            """Whether the same options are still shown."""
            return self._of.options is self._among

    def __init__(self, options: Sequence[Option] = (), mark: Mark = "none", pointer: int | None = None) -> None:
        super().__init__()
        self.options: tuple[Option, ...] = ()
        self.mark: Mark = mark
        self.pointer: int | None = None
        self.hovered: int | None = None
        """The option that the mouse is on."""
        self.is_pressed = False
        """Whether the mouse button went down on it, and still is."""
        self._held: int | None = None
        """The option on which the mouse button went down last."""
        self._drawn: tuple[int, list[Content], list[int]] | None = None
        self.set_options(options, mark, pointer)

    def set_options(self, options: Sequence[Option], mark: Mark = "none", pointer: int | None = None) -> None:
        """Show other options, or the same with other marks."""
        before = [option.words for option in self.options]
        self.options = tuple(options)
        self.mark = mark
        self.pointer = pointer
        self._drawn = None
        is_other = [option.words for option in self.options] != before
        if is_other:  # the mouse has not touched these yet
            self.hovered, self.is_pressed = None, False
        self.refresh(layout=is_other)

    def index_of(self, key: str) -> int | None:
        """The index of the option that a key chooses."""
        return next((index for index, option in enumerate(self.options) if option.key and option.key == key), None)

    def move(self, by: int) -> None:
        """Move the pointer, and scroll to it."""
        if not self.options:
            return
        at = (0 if by > 0 else len(self.options) - 1) if self.pointer is None else self.pointer + by
        self.pointer = min(max(at, 0), len(self.options) - 1)
        self._drawn = None
        self.refresh()
        self.show_pointer()

    def show_pointer(self) -> None:
        """Scroll to the pointer, or to the cursor, with its heading."""
        _, lines, starts = self._lines(self.content_size.width)
        at = self._at()
        if at is not None and starts:
            top = starts[at - 1] + 1 if at else 0
            bottom = starts[at + 1] if at + 1 < len(starts) else len(lines)
            region = Region(0, top, 1, max(1, bottom - top)).translate(self.virtual_region.offset)
            if isinstance(self.parent, Widget):
                self.parent.scroll_to_region(region, animate=False, immediate=True)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs. Magnifiers and braille displays follow it."""
        _, _, starts = self._lines(self.content_size.width)
        at = self._at()
        inside = 5 if self.mark != "none" else 2
        return self.content_region.offset + Offset(inside, starts[at] if at is not None and starts else 0)

    def _at(self) -> int | None:
        chosen = next((index for index, option in enumerate(self.options) if option.is_chosen), 0)
        return None if not self.options else chosen if self.pointer is None else self.pointer

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual asks it so
        return len(self._lines(width)[1])

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width)[1])

    def on_click(self, event: events.Click) -> None:
        index = self._index_at(event.y)
        if index is not None and index == self._held:  # and was not let go on another one
            self.post_message(self.Clicked(self, index))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        index = self._index_at(event.y)
        self._touch(index, is_pressed=self.is_pressed and index == self._held)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._held = self._index_at(event.y)
        self._touch(self._held, is_pressed=True)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self._touch(self._index_at(event.y), is_pressed=False)

    def on_leave(self) -> None:
        self._touch(None, is_pressed=False)

    def _touch(self, index: int | None, *, is_pressed: bool) -> None:
        if (index, is_pressed) != (self.hovered, self.is_pressed):
            self.hovered, self.is_pressed = index, is_pressed
            self._drawn = None
            self.refresh()

    def _index_at(self, y: int) -> int | None:
        """The option at a line of the widget; None above the first and below the last."""
        _, lines, starts = self._lines(self.content_size.width)
        return bisect_right(starts, y) - 1 if starts and starts[0] <= y < len(lines) else None

    def _lines(self, width: int) -> tuple[int, list[Content], list[int]]:
        """The width that was drawn for, the lines, and the first line of each option."""
        if self._drawn is None or self._drawn[0] != width:
            lines: list[Content] = []
            starts: list[int] = []
            for index, option in enumerate(self.options):
                if option.heading:
                    lines += [Content("")] if index else []
                    heading = Content.styled(option.heading, "bold")
                    lines += heading.wrap(max(8, width)) if option.heading.strip() else []
                starts.append(len(lines))
                lines += self._option(index, option, width)
            self._drawn = width, lines, starts
        return self._drawn

    def _option(self, index: int, option: Option, width: int) -> list[Content]:
        key_width = max((len(each.key) for each in self.options), default=0)
        mark = MARKS[option.mark or self.mark][option.is_chosen]
        pointed = index == self.pointer
        head = f"{'>' if pointed else ' '} {option.key:{key_width}} {mark}{' ' if mark else ''}"
        style = "bold $primary" if option.is_chosen or pointed else ""
        room = max(8, width - len(head))
        first, *more = Content.styled(option.label, style).wrap(room)
        indent = Content(" " * len(head))
        about = Content.styled(option.about, "$quiet").wrap(room) if option.about else []
        lines = [Content.styled(head, style) + first, *(indent + line for line in (*more, *about))]
        return self._touched(index, lines, width)

    def _touched(self, index: int, lines: list[Content], width: int) -> list[Content]:
        """The lines of an option, raised where the mouse is on it, and inverted while its button is down."""
        if index != self.hovered:
            return lines
        touch = "reverse" if self.is_pressed else "on $panel"
        return [line.pad_right(max(0, width - line.cell_length)).stylize(touch) for line in lines]

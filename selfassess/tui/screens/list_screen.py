"""The base class of most screens: a text, and a list to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from selfassess.text import clean
from selfassess.tui.screens.base import LEAVE, BaseScreen, Leaving
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key
from selfassess.tui.widgets.scale_options import Option, Options

FOOT = 4
"""Lines of the key bar, and the blank lines above it and above the list."""

PAGE = 8
"""How far a page key moves in the list."""

Paragraph = str | tuple[str, str]
"""A text, or a label and a text: ("How long", "About ten minutes.")."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """A line of the list, and the value that the screen returns if it is chosen."""

    option: Option
    value: T | Leaving


class ListScreen(BaseScreen[T]):
    """A heading, paragraphs and a list. `back` is what Escape is called, and what it returns. With `is_long` the text
    scrolls and the list stays in view."""

    def __init__(
        self,
        heading: str,
        paragraphs: Sequence[Paragraph],
        lines: Sequence[Line[T]],
        *,
        back: tuple[str, T | Leaving] = ("Leave", LEAVE),
        pointer: int | None = 0,
        is_long: bool = False,
    ) -> None:
        super().__init__()
        self.lines = tuple(lines)
        self.words = VerticalScroll(Static(words_of(heading, paragraphs)), id="words", can_focus=False)
        self.options: Options = Options([line.option for line in lines], pointer=pointer)
        self.back_words, self.back_value = back
        self.set_class(is_long, "-long")
        if is_long:  # else a scrollbar that appears wraps the text, so that it stays necessary
            self.words.styles.scrollbar_gutter = "stable"
        self.show_keys()

    def compose(self) -> ComposeResult:
        yield self.words
        yield VerticalScroll(self.options, id="menu", can_focus=False)
        yield self.bar

    def on_resize(self) -> None:
        if self.has_class("-long"):  # the text gets the room that the list leaves
            menu = self.options.get_content_height(self.size, self.size, self.content_size.width)
            self.words.styles.max_height = max(2, self.content_size.height - menu - self.lines_below)
        self.call_after_refresh(self.show_what_fits)

    def show_what_fits(self) -> None:
        """Say whether there is more to read, and scroll to what is pointed at, which may be far down."""
        self.show_keys(more=self.words.max_scroll_y > 0)
        if self.options.pointer is not None:
            self.options.show_pointer()

    @property
    def lines_below(self) -> int:
        """How many lines there are below the list and above it, where the text gets the room that is left."""
        return FOOT

    def show_keys(self, *, more: bool = False) -> None:
        """Name the keys; Page Down only if there is more to read."""
        read_on = [Key("pagedown", "PgDn", "Read on")] if more else []
        leave = Key("escape", "Esc", self.back_words)
        self.bar.set_keys([Key("enter", "Enter", "Choose"), *read_on, leave, HELP, COLOURS])

    def back(self) -> None:
        self.dismiss(self.back_value)

    def choose(self, index: int) -> None:
        """Return the value of a line."""
        self.dismiss(self.lines[index].value)

    def press(self, key: str) -> bool:
        index = self.options.index_of(key)
        if index is not None:
            self.choose(index)
            return True
        match key:
            case "down" | "tab":
                self.options.move(1)
            case "up" | "shift+tab":
                self.options.move(-1)
            case "enter" | "space":
                self.enter()
            case "pagedown" | "pageup":
                self.page(1 if key == "pagedown" else -1)
            case _:
                return super().press(key)
        return True

    def page(self, by: int) -> None:
        """Move a page: of the text if it scrolls, else of the list."""
        if self.words.max_scroll_y:
            self.words.scroll_relative(y=by * (self.words.size.height - 1), animate=False, immediate=True)
        else:
            self.options.move(by * PAGE)

    def enter(self) -> None:
        """Choose the line that is pointed at. If there is no pointer yet, only show it."""
        if self.options.pointer is None:
            self.options.move(1)
        elif self.lines:
            self.choose(self.options.pointer)

    def on_options_clicked(self, message: Options.Clicked) -> None:
        if self.is_active:
            self.choose(message.index)


def numbered(lines: Sequence[Line[T]]) -> list[Line[T]]:
    """The lines, the first nine each with its number as the key."""
    return [
        Line(replace(line.option, key=str(at) if at < 10 else ""), line.value) for at, line in enumerate(lines, start=1)
    ]


def words_of(heading: str, paragraphs: Sequence[Paragraph]) -> Content:
    """A heading and paragraphs, as they are shown."""
    parts = [Content.styled(heading, "bold $primary")]
    for paragraph in paragraphs:
        match paragraph:
            case (label, words):
                parts.append(Content.assemble((f"{label}: ", "bold"), words))
            case str():
                parts.append(Content(clean(paragraph, len(paragraph))))  # it can name a file
    return Content("\n\n").join(parts)

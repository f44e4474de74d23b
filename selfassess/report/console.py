"""Rich pages on the terminal and as plain text, and what all of them are made of."""

import io

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text

WIDEST_PAGE = 96
"""Columns: longer lines are hard to read."""
REACHED, SHORT_OF = "green", "yellow"
"""Styles of bars at their target and below it."""
DASH = "  - "
"""What stands before an entry of a list."""


def to_text(renderable: RenderableType, width: int = 80) -> str:
    """The page as plain text of a fixed width: the same bytes everywhere."""
    console = Console(
        file=io.StringIO(),
        width=width,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
        _environ={},
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as captured:
        console.print(renderable)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def show(renderable: RenderableType) -> None:
    """The page on the terminal, in colour where there is any, no wider than is easy to read."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(renderable, width=min(console.width, WIDEST_PAGE))


def title(words: str) -> Text:
    """The title of a section."""
    return Text(words, style="bold underline")


class Entry:
    """A dash, and words beside it: what a table of two columns would draw, in a fifth of the time."""

    def __init__(self, words: Text) -> None:
        self.words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines of the words, with the dash before the first."""
        room = options.update(width=max(options.max_width - len(DASH), 1), overflow="fold")
        for place, line in enumerate(console.render_lines(self.words, room, pad=False)):
            yield Segment(DASH if place == 0 else " " * len(DASH))
            yield from line
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as its words."""
        least, most = Measurement.get(console, options, self.words)
        return Measurement(least + len(DASH), most + len(DASH)).with_maximum(options.max_width)


def bullet(words: str | Text) -> RenderableType:
    """An entry of a list."""
    return Entry(words if isinstance(words, Text) else Text(words))

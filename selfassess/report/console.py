"""Rich pages on the terminal and as plain text, and what all of them are made of."""

import io

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

WIDEST_PAGE = 96
"""Columns: longer lines are hard to read."""
REACHED, SHORT_OF = "green", "yellow"
"""Styles of bars at their target and below it."""


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


def bullet(words: str | Text) -> RenderableType:
    """An entry of a list."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=3, justify="right")
    grid.add_column(overflow="fold")
    grid.add_row("-", words if isinstance(words, Text) else Text(words))
    return grid

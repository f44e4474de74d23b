"""A table that fits: what is too wide for the page goes into several tables below each other."""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from selfassess.report.blocks import Grid

NAMES, NUMBERS = 22, 11
"""Columns of the screen that the names of rows, and each column of numbers, need."""


class Fitted:
    """A table. Columns of words wrap; of numbers there are as many at a time as there is room for."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One table, or several."""
        columns = len(self.grid.columns) - 1
        at_once = max(1, (options.max_width - NAMES) // NUMBERS) if self.grid.numbers else columns
        for start in range(1, columns + 1, at_once):
            if start > 1:
                yield Text()
            yield self.table(range(start, min(start + at_once, columns + 1)))

    def table(self, places: Iterable[int]) -> Table:
        """The names of the rows, and some of the columns."""
        table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="dim")
        table.add_column(Text(self.grid.columns[0]), overflow="fold")
        chosen = list(places)
        for place in chosen:
            column = Text(self.grid.columns[place])
            if self.grid.numbers:
                table.add_column(column, justify="right", overflow="fold", vertical="bottom", width=NUMBERS - 2)
            else:
                table.add_column(column, overflow="fold")
        for row in self.grid.rows:
            table.add_row(Text(row[0]), *(Text(row[place]) for place in chosen))
        return table

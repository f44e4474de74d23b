"""What moved between rounds as a Rich page: for the terminal and for plain text."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from selfassess.documents.blocks import Block
from selfassess.documents.charts import Dumbbell, Legend
from selfassess.documents.comparison.markdown import told
from selfassess.documents.comparison.report import Move, Moves, Part
from selfassess.documents.render_rich import blocks_page, mark, title
from selfassess.model.reports import ComparisonReport, OwnChange

ROOMY = 72
"""Columns from which on there is room for long lines."""


def page(report: ComparisonReport | OwnChange) -> RenderableType:
    """The whole of it: of rounds, or of one person's own sittings."""
    lines, found = told(report)
    start = [Text(report.questionnaire.title, style="bold"), Text(lines[0], style="italic")]
    drawn: list[RenderableType] = [*start, *map(mark, lines[1:])]
    for one in found:
        drawn += [Text(), part_page(one)]
    return Group(*drawn)


def part_page(part: Part) -> RenderableType:
    """One section by itself."""
    return Group(title(part.title), *_blocks(part.blocks, with_legend=part.id == "what_moved"))


def _blocks(blocks: Sequence[Block | Moves], *, with_legend: bool) -> Iterator[RenderableType]:
    """The picture stands apart from what is before and after it."""
    for is_picture, some in groupby(blocks, lambda one: isinstance(one, Moves)):
        together = list(some)
        if together[0] is not blocks[0]:
            yield Text()
        if is_picture and with_legend:
            rows = [row for one in together if isinstance(one, Moves) for row in one.rows]
            yield Legend(with_numbers=any(row.n for row in rows))
            yield Text()
        yield from (Lines(one) for one in together if isinstance(one, Moves))
        yield from blocks_page(one for one in together if not isinstance(one, Moves))


class Lines:
    """Changes below each other: the title, and below it the line with its numbers and what is said of it."""

    def __init__(self, moves: Moves) -> None:
        self.moves = moves

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The titles go over the whole width; the lines stand below each other, on one ruler."""
        width = 22 if options.max_width >= ROOMY else 14
        room = max((len(row.told) for row in self.moves.rows if row.then is not None), default=0)
        for row in self.moves.rows:
            indent = 2 if row.level == "benchmark" else 0
            if row.level != "benchmark" and row is not self.moves.rows[0]:
                yield Text()
            yield Padding(Text(row.title, style="" if indent else "bold"), (0, 0, 0, indent))
            yield Padding(_line(row, width, room), (0, 0, 0, 4))


def _line(row: Move, width: int, room: int) -> RenderableType:
    if row.then is None or row.now is None:
        return Text(row.told)
    table = Table.grid(padding=(0, 2), expand=False)
    table.add_column(width=width)
    table.add_column(no_wrap=True, min_width=room)
    table.add_column()
    of = f" ({row.n})" if row.n else ""
    said = Text.assemble((row.says, "bold" if row.moved else ""), (of, "dim"))
    table.add_row(Dumbbell(row.then, row.now, width, moved=row.moved), Text(row.told), said)
    return table

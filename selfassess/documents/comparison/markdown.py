"""What moved between rounds as Markdown, to paste into minutes or a word processor."""

from collections.abc import Iterable

from selfassess.documents.blocks import Block, Grid
from selfassess.documents.comparison import personal as own_change
from selfassess.documents.comparison import report as comparison
from selfassess.documents.comparison.report import Moves, Part
from selfassess.documents.render_markdown import blocks_markdown, escape
from selfassess.model.reports import ComparisonReport, OwnChange

COLUMNS = ("Part or benchmark", "Then and now", "What can be said", "Of how many")


def told(report: ComparisonReport | OwnChange) -> tuple[tuple[str, ...], tuple[Part, ...]]:
    """The lines below the title, and the sections: of rounds, or of one person's own sittings."""
    if isinstance(report, OwnChange):
        return own_change.head(report), own_change.parts(report)
    return comparison.head(report), comparison.parts(report)


def to_markdown(report: ComparisonReport | OwnChange) -> str:
    """The whole of it."""
    (first, *marks), parts = told(report)
    start = [f"# {escape(report.questionnaire.title)}", escape(first), *(f"**{escape(mark)}**" for mark in marks)]
    found = [f"## {escape(one.title)}\n\n{blocks_markdown(tuple(_blocks(one.blocks)))}" for one in parts]
    return "\n\n".join((*start, *found)) + "\n"


def _blocks(blocks: Iterable[Block | Moves]) -> Iterable[Block]:
    """The picture becomes a table."""
    for block in blocks:
        if isinstance(block, Moves):
            yield Grid("", COLUMNS, tuple((row.title, row.told, row.says, row.n) for row in block.rows))
        else:
            yield block

"""Groups side by side as lines of the screen: a column each, in every window."""

from textual.content import Content

from selfassess.documents.blocks import COLOURS, INK, HeatCell, HeatMap
from selfassess.documents.charts import APART_BY, grid_widths

TONES = tuple(f"{ink} on {colour}" for ink, colour in zip(INK, COLOURS, strict=True))
BETWEEN = Content(" " * APART_BY)


def lines(block: HeatMap, width: int) -> list[Content]:
    """What groups are called, then a row for each thing that is told of them; where there is no room for that, what is
    told of each group in words below it. Nothing is said by colour alone."""
    names, widths = grid_widths(block, width)
    if names + sum(widths) + APART_BY * len(widths) > width:
        return _below_each_other(block, width)
    heads = [Content.styled(title, "$quiet").wrap(own) for title, own in zip(block.columns, widths, strict=True)]
    height = max(map(len, heads))
    found = []
    for at in range(height):
        words = [([Content("")] * (height - len(head)) + head)[at] for head in heads]
        found.append(_line(Content(""), words, names, widths))
    for name, cells in block.rows:
        first, *more = Content(name).wrap(names)
        drawn = [_cell(cell, own) for cell, own in zip(cells, widths, strict=True)]
        found += [_line(first, drawn, names, widths), *more]
    return found


def _below_each_other(block: HeatMap, width: int) -> list[Content]:
    found = []
    for name, cells in block.rows:
        told = (f"{column}: {cell.marked}" for column, cell in zip(block.columns, cells, strict=True))
        found += Content.styled(name, "bold").wrap(width)
        found += [Content("  ") + line for line in Content(" · ".join(told)).wrap(max(8, width - 2))]
    return found


def _line(name: Content, cells: list[Content], names: int, widths: tuple[int, ...]) -> Content:
    padded = [cell.pad_left(max(0, own - cell.cell_length)) for cell, own in zip(cells, widths, strict=True)]
    return Content("").join([name.pad_right(max(0, names - name.cell_length)), *(BETWEEN + cell for cell in padded)])


def _cell(cell: HeatCell, width: int) -> Content:
    words = f"{cell.words}{cell.marked.removeprefix(cell.words):<2}"
    return Content.styled(f"{words:>{width}}", "" if cell.tone is None else f"bold {TONES[cell.tone]}")

"""Tables and charts on slides, drawn as native ones that people can edit in their office program."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Mm, Pt

from selfassess.documents import page_layout, slide_words
from selfassess.documents.blocks import (
    COLOURS,
    INK,
    TURNED,
    AnswerChart,
    Block,
    ChangeChart,
    Figure,
    HeatMap,
    ScoreChart,
    Table,
    TopicList,
    tone_of,
)

LONGEST_NAME = 60
"""Characters of a name in a picture, and of a cell of a table that is not made of sentences."""
LONGEST_ITEM = 110
"""Characters of an item beside its answers."""
MOST_COLUMNS, MOST_BARS = 6, 9
THIN, THICK, SEVERAL = 400, 60, 4
"""The room between bars, in per cent of how thick they are: where there is one, and where there are several."""
CELL = (18, 16, 14, 12)
"""Points in which tables are written: the largest in which all rows have room."""
INSET, ABOVE = 2.6, 1.6
"""Millimetres that a cell leaves free at either side, and above and below."""
DARK, LIGHT = COLOURS[4], "#BFBFBF"
"""The colours of what is looked at, and of what it is compared with: they differ in black and white too."""
GAP = 8
"""Millimetres between a heat map and the chart beside it."""
MAP = 0.62
"""The share of a heat map of the room that it has together with its chart."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where a figure is drawn, in millimetres."""

    left: float
    top: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A score to be drawn."""

    title: str
    words: str
    """The printed score, or why there is none."""
    share: float | None
    target: float | None
    aim: str
    """The printed target."""
    colour: str


def is_drawn(block: Block) -> bool:
    """Whether a block is drawn as a table or chart."""
    match block:
        case Table() | HeatMap() | AnswerChart():
            return bool(block.rows)
        case TopicList():
            return bool(block.topics)
        case ScoreChart():
            return any(row.share is not None for row in block.rows)
        case ChangeChart():
            return any(row.then is not None and row.now is not None for row in block.rows)
        case _:
            return False


def draw(slide: Any, figure: Figure, area: Area) -> None:
    """Draw a figure in an area of a slide, as much of it as fits."""
    match figure:
        case Table():
            _draw_table(slide, figure, area)
        case TopicList():
            _draw_sentences(slide, figure.as_table(), area)
        case HeatMap():
            _draw_heat_map(slide, figure, area)
        case ScoreChart():
            above = [row for row in figure.rows if row.level != "benchmark"]
            rows = above if len(above) > 1 else figure.rows
            bars = [Bar(row.title, row.words, row.share, row.target, row.aim, DARK if row.tone is None
                        else COLOURS[row.tone]) for row in rows]  # fmt: skip  # in few lines
            _draw_scores(slide, "Scores from 0 to 100", bars, area)
        case ChangeChart():
            _draw_changes(slide, figure, area)
        case AnswerChart():
            _draw_answers(slide, figure, area)


# Tables


def _draw_heat_map(slide: Any, block: HeatMap, area: Area) -> None:
    """The map; and beside it the scores of its first column as bars, where there is room."""
    bars = [
        Bar(name, cell.marked, cell.share, cell.target, cell.aim, COLOURS[cell.tone or 0])
        for name, (cell, *_) in block.rows
    ]
    has_chart = len(block.columns) < MOST_COLUMNS and any(bar.share is not None for bar in bars)
    wide = area.wide * MAP if has_chart else area.wide
    made = _draw_table(slide, block.as_table(), Area(area.left, area.top, wide, area.high))
    made.horz_banding = False
    heads, *below = made.rows
    for cell in heads.cells:
        cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    for drawn, (_, row) in zip(below, block.rows, strict=False):
        _, *cells = drawn.cells
        for cell, one in zip(cells, row, strict=False):
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
            if one.tone is not None:
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(COLOURS[one.tone])
                cell.text_frame.paragraphs[0].font.color.rgb = _rgb(INK[one.tone])
    if has_chart:
        left = area.left + wide + GAP
        _draw_scores(slide, block.columns[0], bars, Area(left, area.top, area.left + area.wide - left, area.high))


def _draw_sentences(slide: Any, table: Table, area: Area) -> None:
    """A table of sentences: columns of one width, the last somewhat wider, since actions are longest."""
    shares = (*(1.0 for _ in table.columns[1:]), 1.3)
    _draw_table(slide, table, area, slide_words.LONGEST, shares)


def _draw_table(slide: Any, table: Table, area: Area, longest: int = LONGEST_NAME, shares: Sequence[float] = ()) -> Any:
    columns = table.columns[:MOST_COLUMNS]
    cells = [tuple(page_layout.cut(one, longest) for one in row[: len(columns)]) for row in (columns, *table.rows)]
    parts = shares or page_layout.widths(columns, cells)
    wide = [area.wide * share / sum(parts) for share in parts]
    size = next((size for size in CELL if sum(_high(row, wide, size) for row in cells) <= area.high), CELL[-1])
    shown = _that_fit(cells, wide, size, area.high)
    high = [_high(row, wide, size) for row in shown]
    shape = slide.shapes.add_table(
        len(shown), len(columns), Mm(area.left), Mm(area.top), Mm(area.wide), Mm(sum(high))
    )  # fmt: skip  # in few lines
    more = len(table.rows) - len(shown) + 1
    _describe(shape, f"{table.caption}; {more} more rows are not on the slide" if more else table.caption)
    for column, width in zip(shape.table.columns, wide, strict=True):
        column.width = Mm(width)
    for row, height, words in zip(shape.table.rows, high, shown, strict=True):
        row.height = Mm(height)
        for x, (cell, one) in enumerate(zip(row.cells, words, strict=True)):
            cell.text_frame.text = one
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_left = cell.margin_right = Mm(INSET)
            cell.margin_top = cell.margin_bottom = Mm(ABOVE)
            cell.text_frame.paragraphs[0].font.size = Pt(size)
            if x in page_layout.numbers(table):
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    return shape.table


def _that_fit(
    rows: Sequence[Sequence[str]], wide: Sequence[float], size: float, room: float
) -> Sequence[Sequence[str]]:
    """The headings of a table and as many of its rows as fit."""
    found: list[Sequence[str]] = []
    for row in rows:
        room -= _high(row, wide, size)
        if room < 0 and found:
            break
        found.append(row)
    return found


def _high(row: Sequence[str], wide: Sequence[float], size: float) -> float:
    """The height of a row whose words wrap in their columns."""
    lines = max(
        slide_words.rows(words, size, width - 2 * INSET, strong=True) for words, width in zip(row, wide, strict=True)
    )
    return lines * slide_words.LEADING * size * slide_words.POINT + 2 * ABOVE


# Charts


def _draw_scores(slide: Any, about: str, bars: Sequence[Bar], area: Area) -> None:
    """Scores as bars in the colours of their bands, each with its target as a frame."""
    shown = bars[:MOST_BARS][::-1]
    data = CategoryChartData()
    data.categories = [
        page_layout.cut(one.title if one.share is not None else f"{one.title} ({one.words})", LONGEST_NAME)
        for one in shown
    ]
    has_target = any(one.target is not None for one in shown)
    if has_target:
        data.add_series("Target", [_points(one.target) for one in shown])
    data.add_series("Score", [_points(one.share) for one in shown])
    made = _add_chart(slide, data, XL_CHART_TYPE.BAR_CLUSTERED, area)
    told = "; ".join(f"{one.title} {one.words}" + (f", target {one.aim}" if one.aim else "") for one in bars)
    _describe(made, f"{about}: {told}")
    *others, scores = made.chart.plots[0].series
    _colour(scores, DARK)
    for place, one in enumerate(shown):
        if one.share is not None:
            _colour(scores.points[place], one.colour)
    _label(scores, [one.words if one.share is not None else "" for one in shown])
    for series in others:
        series.format.fill.background()
        series.format.line.color.rgb = RGBColor(0, 0, 0)
        series.format.line.width = Pt(0.75)
        _label(series, [one.aim for one in shown])
    _set_title(made.chart, f"{about}; the frame is the target" if has_target else about)
    _set_legend(made.chart, is_shown=False)


def _draw_changes(slide: Any, chart: ChangeChart, area: Area) -> None:
    there = [row for row in chart.rows if row.then is not None and row.now is not None]
    above = [row for row in there if row.level != "benchmark"]
    rows = (above if len(above) > 1 else there)[:MOST_BARS][::-1]
    data = CategoryChartData()
    data.categories = [page_layout.cut(": ".join(filter(None, (row.title, row.says))), LONGEST_NAME) for row in rows]
    data.add_series("Now", [_points(row.now) for row in rows])
    data.add_series("Then", [_points(row.then) for row in rows])
    made = _add_chart(slide, data, XL_CHART_TYPE.BAR_CLUSTERED, area)
    _describe(made, "; ".join(f"{row.title}: {row.told}, {row.says}" for row in rows[::-1]))
    now, then = made.chart.plots[0].series
    _colour(then, LIGHT)
    _colour(now, DARK)
    _label(now, [row.told for row in rows])
    _set_legend(made.chart, is_shown=True)


def _draw_answers(slide: Any, chart: AnswerChart, area: Area) -> None:
    rows = chart.rows[:MOST_BARS][::-1]
    data = CategoryChartData()
    data.categories = [page_layout.cut(row.title, LONGEST_ITEM) for row in rows]
    for place, label in enumerate(chart.labels):
        data.add_series(page_layout.cut(label, LONGEST_NAME), [row.counts[place] or None for row in rows])
    made = _add_chart(slide, data, XL_CHART_TYPE.BAR_STACKED_100, area)
    if chart.reverse:
        _set_title(made.chart, TURNED)
    _describe(made, "; ".join(f"{row.title} {page_layout.in_words(row, chart.labels)}" for row in rows[::-1]))
    for place, one in enumerate(made.chart.plots[0].series):
        tone = tone_of(place, len(chart.labels))
        _colour(one, COLOURS[tone])
        one.data_labels.show_value = True
        one.data_labels.font.size = Pt(12)
        one.data_labels.font.color.rgb = _rgb(INK[tone])
    _set_legend(made.chart, is_shown=True)


def _points(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _add_chart(slide: Any, data: CategoryChartData, kind: Any, area: Area) -> Any:
    made = slide.shapes.add_chart(kind, Mm(area.left), Mm(area.top), Mm(area.wide), Mm(area.high), data)
    chart = made.chart
    chart.has_title = False
    chart.font.size = Pt(14)
    axis = chart.value_axis
    axis.minimum_scale = 0
    axis.maximum_scale = 1 if kind == XL_CHART_TYPE.BAR_STACKED_100 else 100
    axis.visible = axis.has_major_gridlines = kind == XL_CHART_TYPE.BAR_CLUSTERED
    if axis.visible:
        axis.major_unit = 25
        axis.major_gridlines.format.line.color.rgb = _rgb(LIGHT)
        axis.format.line.fill.background()
        axis.tick_labels.font.size = Pt(12)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    lacking = max(SEVERAL - len(data.categories), 0)
    chart.plots[0].gap_width = THICK + (THIN - THICK) * lacking // (SEVERAL - 1)
    return made


def _colour(part: Any, colour: str) -> None:
    part.format.fill.solid()
    part.format.fill.fore_color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour.lstrip("#"))


def _label(series: Any, words: Sequence[str]) -> None:
    """Label each bar with its figure as printed."""
    for place, one in enumerate(words):
        if one:
            label = series.points[place].data_label
            label.text_frame.text = page_layout.cut(one, LONGEST_NAME)
            label.text_frame.paragraphs[0].font.size = Pt(12)
            label.position = XL_LABEL_POSITION.OUTSIDE_END


def _set_title(chart: Any, words: str) -> None:
    chart.has_title = True
    chart.chart_title.text_frame.text = words
    chart.chart_title.text_frame.paragraphs[0].font.size = Pt(14)


def _set_legend(chart: Any, *, is_shown: bool) -> None:
    chart.has_legend = is_shown
    if is_shown:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(12)


def _describe(shape: Any, words: str) -> None:
    """Set the alternative text of a shape."""
    shape.element.nvGraphicFramePr.cNvPr.set("descr", page_layout.cut(words, 1_000))

"""Documents as slides: one for each section, with its first blocks as far as there is room.

What a slide has no room for stands in its notes. Charts are the program's own, so that they can be changed there.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pptx
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Mm, Pt

from selfassess.documents import paper
from selfassess.documents.blocks import (
    COLOURS,
    INK,
    ActionList,
    AnswerChart,
    Block,
    BulletList,
    ChangeChart,
    Command,
    Document,
    Heading,
    HeatMap,
    Key,
    Link,
    Paragraph,
    Printed,
    Question,
    Quotes,
    ScoreChart,
    Section,
    Table,
    TopicList,
    tone_of,
)
from selfassess.documents.office_file import settled

WIDE, HIGH = Mm(338.67), Mm(190.5)
LEFT, TOP, ROOM, BOTTOM = Mm(16), Mm(42), Mm(306), Mm(178)
"""Where what is below the title begins, how wide it is, and where it ends."""
LINE = Mm(9)
"""Height of a line of text, with the room behind a paragraph shared out."""
ALL, ABOVE = 14, 3
"""Lines of text on a slide, and above a picture."""
LETTERS = 88
"""Characters of a line."""
LONGEST, LONGEST_NAME = 260, 60
"""Characters of a paragraph, and of a name in a picture."""
LONGEST_NOTES = 8_000
"""Characters of the notes of a slide."""
MOST_COLUMNS, MOST_BARS = 6, 9
LETTER, MARGIN = Mm(2.4), Mm(2.6)
"""Width of a letter in a table, with what a line loses by whole words; and what a cell leaves free at either side."""
SIZE = Pt(18)
MORE = "More of this is in the notes."
DARK, LIGHT = COLOURS[4], COLOURS[2]
"""The colours of what is looked at, and of what it is held against: they differ in black and white too."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph on a slide."""

    text: str
    strong: bool = False
    dash: bool = False
    heads: bool = False
    """Whether it is about what follows."""

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return -(-len(self.text) // LETTERS)


def to_pptx(*documents: Document) -> bytes:
    """Documents as slides, one behind the other."""
    show = pptx.Presentation()
    _widen(show)
    properties = show.core_properties
    properties.title, properties.author = paper.name(documents[0]), "selfassess"
    properties.language = documents[0].language
    properties.last_modified_by = properties.comments = ""
    for document in documents:
        _Writer(show, document).write()
    out = io.BytesIO()
    show.save(out)
    return settled(out.getvalue())


def picked(document: Document) -> tuple[Section, ...]:
    """The sections that are shown."""
    there = {section.id: section for section in document.sections}
    found = tuple(there[id] for id in document.slides if id in there)
    return found or tuple(one for one in document.sections if one.blocks)


class _Writer:
    """Writes one document at the end of a presentation."""

    def __init__(self, show: Any, document: Document) -> None:
        self.show = show
        self.document = document

    def write(self) -> None:
        self.title()
        for section in picked(self.document):
            self.section(section)

    def title(self) -> None:
        """What it is, and what matters most: who answered, say."""
        document = self.document
        slide = self.show.slides.add_slide(self.show.slide_layouts[0])
        _set_title(slide, document.title)
        first = next((block.text for block in self._first() if isinstance(block, Paragraph)), "")
        said = [document.about, *document.marks, *(document.summary or (first,))]
        below = slide.placeholders[1]
        below.left, below.top, below.width, below.height = LEFT, Mm(104), ROOM, Mm(72)
        frame = below.text_frame
        frame.word_wrap = True
        found, _ = _fitting([Line(paper.cut(one, LONGEST)) for one in said if one], 8)
        _fill(frame, found, Pt(18))

    def _first(self) -> Sequence[Block]:
        return self.document.sections[0].blocks if self.document.sections else ()

    def section(self, section: Section) -> None:
        slide = self.show.slides.add_slide(self.show.slide_layouts[5])
        _set_title(slide, section.title or self.document.title)
        figure = next((block for block in section.blocks if _is_drawn(block)), None)
        every = [line for block in section.blocks for line in _lines(block)]
        shown = [line for block in section.blocks for line in _lines(block) if not _is_aside(block)]
        found, rest = _fitting(shown, ABOVE if figure is not None else ALL)
        if rest and figure is None:
            found.append(Line(MORE))
        used = sum(line.lines for line in found)
        if found:
            box = slide.shapes.add_textbox(LEFT, TOP, ROOM, LINE * used)
            box.text_frame.word_wrap = True
            _fill(box.text_frame, found, SIZE)
        if figure is not None:
            _draw(slide, figure, Emu(TOP + LINE * used + Mm(3)))
        if self.document.marks:
            self.mark(slide)
        notes = "\n".join(line.text for line in every)
        slide.notes_slide.notes_text_frame.text = paper.safe(notes)[:LONGEST_NOTES]

    def mark(self, slide: Any) -> None:
        """The first warning, on every slide: that it is made up, say."""
        box = slide.shapes.add_textbox(LEFT, Mm(179), ROOM, Mm(8))
        _fill(box.text_frame, [Line(paper.cut(self.document.marks[0], LETTERS), strong=True)], Pt(12))


def _widen(show: Any) -> None:
    """Slides as wide as screens are now; what the layouts place is moved with that."""
    before = show.slide_width
    show.slide_width, show.slide_height = WIDE, HIGH
    for page in (show.slide_master, *show.slide_layouts):
        for shape in page.placeholders:
            if shape.element.spPr.xfrm is not None:
                left, width = (Emu(round(one * WIDE / before)) for one in (shape.left, shape.width))
                shape.left, shape.width = left, width


def _set_title(slide: Any, words: str) -> None:
    shape = slide.shapes.title
    shape.text_frame.text = paper.cut(words, 140)
    shape.text_frame.word_wrap = True
    for line in shape.text_frame.paragraphs:
        line.font.size, line.font.bold = Pt(32 if len(words) <= 60 else 24), True


def _fill(frame: Any, lines: Sequence[Line], size: Any) -> None:
    for place, one in enumerate(lines):
        line = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        line.text = f"– {one.text}" if one.dash else one.text
        line.font.size, line.font.bold = size, one.strong
        line.font.color.rgb = RGBColor(0, 0, 0)
        line.space_after = Pt(4)


def _fitting(lines: Sequence[Line], most: int) -> tuple[list[Line], bool]:
    """The first lines, as far as there is room; and whether there are more."""
    found: list[Line] = []
    for line in lines:
        if sum(one.lines for one in found) + line.lines > most:
            break
        found.append(line)
    rest = len(found) < len(lines)
    while rest and found and found[-1].heads:  # a heading with nothing below it
        found.pop()
    return found, rest


def _is_aside(block: Block) -> bool:
    """Whether it is for reading, and not for showing."""
    return isinstance(block, Paragraph) and block.tone == "quiet"


def _is_drawn(block: Block) -> bool:
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


def _lines(block: Block) -> Iterator[Line]:
    """The words of a block."""
    match block:
        case Paragraph():
            yield _line(block.lead, block.text, block.note, strong=block.tone == "strong")
        case Heading():
            yield _line("", block.text, block.note, heads=True)
        case BulletList():
            for one in block.entries:
                lead = ": ".join(filter(None, (one.lead, one.head)))
                yield _line(lead, one.text, "" if block.tasks else one.note, dash=True)
        case ActionList():
            for action in block.entries:
                yield _line("", action.text, action.id, heads=True)
                said = (action.alarm and f"{action.alarm}.", *action.lines[:1])
                yield _line("", " ".join(filter(None, said)), "", dash=True)
        case Quotes():
            yield _line("", block.about, "", heads=True)
            yield from (_line("", text, "", dash=True) for text in block.texts)
        case Command() | Link() | Key() | Question():
            yield _line("", _printed(block), "")
        case _:
            return


def _printed(block: Printed) -> str:
    match block:
        case Command():
            return block.text
        case Link():
            return block.address
        case Key():
            return ", ".join(" = ".join(filter(None, one)) for one in block.entries)
        case Question():
            return paper.numbered(block)


def _line(lead: str, text: str, note: str, *, strong: bool = False, dash: bool = False, heads: bool = False) -> Line:
    return Line(paper.cut(paper.in_a_line(lead, text, note), LONGEST), strong or heads, dash, heads)


# Pictures


def _draw(slide: Any, figure: Block, top: Any) -> None:
    height = Emu(BOTTOM - top)
    match figure:
        case Table():
            _draw_table(slide, figure, top, height)
        case TopicList():
            _draw_table(slide, figure.as_table(), top, height, LONGEST)
        case HeatMap():
            _draw_heat_map(slide, figure, top, height)
        case ScoreChart():
            _draw_scores(slide, figure, top, height)
        case ChangeChart():
            _draw_changes(slide, figure, top, height)
        case AnswerChart():
            _draw_answers(slide, figure, top, height)


def _draw_heat_map(slide: Any, block: HeatMap, top: Any, height: Any) -> None:
    made = _draw_table(slide, block.as_table(), top, height)
    for y, row in enumerate([*made.rows][1:]):
        for cell, one in zip([*row.cells][1:], block.rows[y][1], strict=False):
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
            if one.tone is not None:
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(COLOURS[one.tone])
                cell.text_frame.paragraphs[0].font.color.rgb = _rgb(INK[one.tone])


def _draw_table(slide: Any, table: Table, top: Any, height: Any, longest: int = LONGEST_NAME) -> Any:
    columns = table.columns[:MOST_COLUMNS]
    cells = [tuple(paper.cut(one, longest) for one in row[: len(columns)]) for row in (columns, *table.rows)]
    shares = paper.widths(columns, cells)
    wide = [round(ROOM * share / sum(shares)) for share in shares]
    shown = list(_rows_that_fit(cells, wide, height))
    high = [_height(row, wide) for row in shown]
    shape = slide.shapes.add_table(len(shown), len(columns), LEFT, top, ROOM, Emu(sum(high)))
    more = len(table.rows) - len(shown) + 1
    _describe(shape, f"{table.caption}; {more} more rows are not on the slide" if more else table.caption)
    for column, width in zip(shape.table.columns, wide, strict=True):
        column.width = Emu(width)
    for y, row in enumerate(shown):
        shape.table.rows[y].height = Emu(high[y])
        for x, words in enumerate(row):
            frame = shape.table.cell(y, x).text_frame
            frame.text = words
            frame.paragraphs[0].font.size = Pt(12)
    return shape.table


def _rows_that_fit(rows: Sequence[Sequence[str]], wide: Sequence[int], height: int) -> Iterator[Sequence[str]]:
    """The heads of a table and its first rows, as far as there is room."""
    room = height
    for row in rows:
        room -= _height(row, wide)
        if room < 0:
            return
        yield row


def _height(row: Sequence[str], wide: Sequence[int]) -> int:
    """How high a row is whose words are broken in their columns."""
    lines = max(
        -(-len(words) * LETTER // max(width - 2 * MARGIN, LETTER)) for words, width in zip(row, wide, strict=True)
    )
    return int(max(lines, 1) * Mm(5.2) + Mm(3))


def _draw_scores(slide: Any, chart: ScoreChart, top: Any, height: Any) -> None:
    """The whole and its strands; where there are no strands, what there is."""
    above = [row for row in chart.rows if row.level != "benchmark"]
    rows = (above if len(above) > 1 else list(chart.rows))[:MOST_BARS][::-1]
    data = CategoryChartData()
    data.categories = [paper.cut(row.title if row.share is not None else f"{row.title} ({row.words})", LONGEST_NAME)
                       for row in rows]  # fmt: skip  # in few lines
    has_target = any(row.target is not None for row in rows)
    if has_target:
        data.add_series("Target", [_points(row.target) for row in rows])
    data.add_series("Score", [_points(row.share) for row in rows])
    made = _bars(slide, data, XL_CHART_TYPE.BAR_CLUSTERED, top, height)
    told = "; ".join(f"{row.title} {row.words}" + (f", target {row.aim}" if row.aim else "") for row in rows[::-1])
    _describe(made, f"Scores from 0 to 100: {told}")
    *others, scores = made.chart.plots[0].series
    _colour(scores, DARK)
    _label(scores, [row.words if row.share is not None else "" for row in rows])
    for one in others:
        _colour(one, LIGHT)
        _label(one, [row.aim for row in rows])
    _legend(made.chart, is_shown=has_target)


def _draw_changes(slide: Any, chart: ChangeChart, top: Any, height: Any) -> None:
    there = [row for row in chart.rows if row.then is not None and row.now is not None]
    above = [row for row in there if row.level != "benchmark"]
    rows = (above if len(above) > 1 else there)[:MOST_BARS][::-1]
    data = CategoryChartData()
    data.categories = [paper.cut(row.title, LONGEST_NAME) for row in rows]
    data.add_series("Then", [_points(row.then) for row in rows])
    data.add_series("Now", [_points(row.now) for row in rows])
    made = _bars(slide, data, XL_CHART_TYPE.BAR_CLUSTERED, top, height)
    _describe(made, "; ".join(f"{row.title}: {row.told}, {row.says}" for row in rows[::-1]))
    then, now = made.chart.plots[0].series
    _colour(then, LIGHT)
    _colour(now, DARK)
    _label(now, [f"{row.told}: {row.says}" if row.says else row.told for row in rows])
    _legend(made.chart, is_shown=True)


def _draw_answers(slide: Any, chart: AnswerChart, top: Any, height: Any) -> None:
    rows = chart.rows[:MOST_BARS][::-1]
    data = CategoryChartData()
    data.categories = [paper.cut(row.title, LONGEST_NAME) for row in rows]
    for place, label in enumerate(chart.labels):
        data.add_series(paper.cut(label, LONGEST_NAME), [row.counts[place] or None for row in rows])
    made = _bars(slide, data, XL_CHART_TYPE.BAR_STACKED_100, top, height)
    _describe(made, "; ".join(f"{row.title} {paper.in_words(row, chart.labels)}" for row in rows[::-1]))
    for place, one in enumerate(made.chart.plots[0].series):
        tone = tone_of(place, len(chart.labels))
        _colour(one, COLOURS[tone])
        one.data_labels.show_value = True
        one.data_labels.font.size = Pt(12)
        one.data_labels.font.color.rgb = _rgb(INK[tone])
    _legend(made.chart, is_shown=True)


def _points(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _bars(slide: Any, data: CategoryChartData, kind: Any, top: Any, height: Any) -> Any:
    made = slide.shapes.add_chart(kind, LEFT, top, ROOM, height, data)
    chart = made.chart
    chart.has_title = False
    chart.font.size = Pt(14)
    axis = chart.value_axis
    axis.has_major_gridlines = False
    axis.minimum_scale = 0
    axis.maximum_scale = 1 if kind == XL_CHART_TYPE.BAR_STACKED_100 else 100
    axis.visible = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.plots[0].gap_width = 60
    return made


def _colour(series: Any, colour: str) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour.lstrip("#"))


def _label(series: Any, words: Sequence[str]) -> None:
    """What stands beside each bar: the figure as it is printed."""
    for place, one in enumerate(words):
        if one:
            frame = series.points[place].data_label.text_frame
            frame.text = paper.cut(one, LONGEST_NAME)
            frame.paragraphs[0].font.size = Pt(14)


def _legend(chart: Any, *, is_shown: bool) -> None:
    chart.has_legend = is_shown
    if is_shown:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False


def _describe(shape: Any, words: str) -> None:
    """What a picture shows, for who cannot see it."""
    shape.element.nvGraphicFramePr.cNvPr.set("descr", paper.cut(words, 1_000))

"""Workbooks: sheets of rows as they are, and any document as a sheet a section. No cell is ever a formula."""

import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from selfassess.documents import page_layout
from selfassess.documents.blocks import (
    ActionList,
    AnswerChart,
    Block,
    BulletList,
    ChangeChart,
    Command,
    Contents,
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
)
from selfassess.documents.office_file import without_times
from selfassess.documents.render_markdown import CHANGE_COLUMNS, change_row, score_table, stack_row


@dataclass(frozen=True, slots=True)
class Hidden:
    """A cell that is empty, with the reason in a note: what is suppressed, or cannot be had."""

    why: str


Cell = str | float | datetime.date | Hidden | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    title: str
    width: int = 12
    """In characters."""
    choices: tuple[str, ...] = ()
    """What can be chosen from a list in each cell."""
    is_open: bool = False
    """Whether something else can be written there too."""
    is_bar: bool = False
    """Whether the numbers, from 0 to 100, have bars behind them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the heads of its columns in the first row, and its rows below."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    room: int = 0
    """Rows below that are left for more."""


LONGEST_CELL = 32_000
"""Characters that a cell holds."""
LONGEST_SHEET = 31
"""Characters of the name of a sheet."""
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
WIDE = 100
"""Characters of a column of text."""
NARROWEST, WIDEST = 10, 42
"""Characters of a column of a table."""
LINE = 15
"""Points of a line. Not every program makes a row as high as its text, so each says how high it is."""
HIGHEST = 400
"""Points of a row, at most."""
LETTER = 0.95
"""How much of the width of a column a letter takes, with what a line loses by whole words."""
LONGEST_LIST = 255
"""Characters of all that can be chosen from a list, with commas between."""


def to_workbook(sheets: Iterable[Sheet], document: Document | None = None) -> bytes:
    """Sheets as a workbook; the document says what it is called, and what a first sheet tells of it."""
    writer = _Writer(document)
    for sheet in sheets:
        writer.sheet(sheet)
    if document is not None:
        writer.about(document)
    return writer.content()


def to_xlsx(*documents: Document) -> bytes:
    """Documents as a workbook, a sheet a section."""
    writer = _Writer(documents[0])
    for document in documents:
        writer.about(document)
        for section in document.sections:
            writer.section(section)
    return writer.content()


class _Writer:
    """Writes sheet after sheet."""

    def __init__(self, document: Document | None) -> None:
        self.out = io.BytesIO()
        plain = {f"strings_to_{kind}": False for kind in ("formulas", "numbers", "urls")}
        self.book = xlsxwriter.Workbook(self.out, {"in_memory": True, **plain})
        self.head = ("", "") if document is None else page_layout.head(document)
        title = "" if document is None else page_layout.name(document)
        self.book.set_properties({"title": title, "author": "selfassess"})
        heads: dict[str, object] = {"bold": True, "bottom": 1, "valign": "bottom"}
        # Clear of the next column's words, and a head of the button that filters.
        apart: dict[str, object] = {"align": "right", "indent": 2}
        forms: dict[str, dict[str, object]] = {
            "words": {}, "number": {**apart, "text_wrap": False}, "date": {"num_format": "yyyy-mm-dd", "align": "left"},
            "heads": heads, "number_heads": {**heads, **apart}, "heading": {"bold": True},
            "title": {"bold": True, "font_size": 14, "text_wrap": False}, "quiet": {"font_color": "#4A4A4A"},
        }  # fmt: skip  # a table
        top = {"valign": "top", "text_wrap": True}
        self.formats = {name: self.book.add_format({**top, **more}) for name, more in forms.items()}
        self.names: set[str] = set()

    def content(self) -> bytes:
        self.book.close()
        return without_times(self.out.getvalue())

    def new(self, name: str) -> Any:
        made = self.book.add_worksheet(self.free_name(name))
        made.set_paper(9)  # A4
        made.set_landscape()
        made.fit_to_pages(1, 0)
        title, mark = (one.replace("&", "&&") for one in self.head)
        made.set_header(f"&L{title}&R{mark}")
        made.set_footer("&RPage &P of &N")
        return made

    def free_name(self, wanted: str) -> str:
        plain = page_layout.cut(NOT_IN_NAMES.sub(" ", wanted), LONGEST_SHEET).strip("'") or "Sheet"
        name, number = plain, 1
        while name.casefold() in {*self.names, "history"}:
            number += 1
            end = f" {number}"
            name = plain[: LONGEST_SHEET - len(end)] + end
        self.names.add(name.casefold())
        return name

    def about(self, document: Document) -> None:
        """What the document is, on a sheet of its own."""
        made = self.new("About")
        made.set_column(0, 0, WIDE)
        self.put(made, 0, 0, document.title, "title")
        made.set_row(0, 1.5 * LINE)
        rest = [document.about, *document.marks, *document.summary]
        for place, words in enumerate(filter(None, rest), 1):
            self.words(made, place, words, "heading" if words in document.marks else "words", [WIDE])

    def sheet(self, sheet: Sheet) -> None:
        made = self.new(sheet.name)
        last = len(sheet.rows) + sheet.room
        for x, column in enumerate(sheet.columns):
            made.set_column(x, x, column.width)
            is_number = any(isinstance(row[x], int | float) for row in sheet.rows)
            self.put(made, 0, x, column.title, "number_heads" if is_number else "heads")
            if (choices := _choices(column)) and last:
                rule = {"validate": "list", "source": choices, "show_error": not column.is_open}
                made.data_validation(1, x, last, x, rule)
            if column.is_bar and sheet.rows:
                bar = {"type": "data_bar", "bar_solid": True, "bar_color": "#BFBFBF", "min_type": "num", "min_value": 0,
                       "max_type": "num", "max_value": 100}  # fmt: skip  # in few lines
                made.conditional_format(1, x, len(sheet.rows), x, bar)
        heads = tuple(column.title for column in sheet.columns)
        for y, row in enumerate((heads, *sheet.rows)):
            made.set_row(y, max(_high(cell, one.width) for cell, one in zip(row, sheet.columns, strict=True)))
            for x, cell in enumerate(row if y else ()):
                self.put(made, y, x, cell)
        made.freeze_panes(1, 0)
        made.repeat_rows(0)
        made.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)

    def put(self, sheet: Any, y: int, x: int, cell: Cell, form: str = "") -> None:
        match cell:
            case None | "":
                sheet.write_blank(y, x, None, self.formats[form or "words"])
            case str():
                sheet.write_string(y, x, page_layout.safe(cell)[:LONGEST_CELL], self.formats[form or "words"])
            case datetime.date():
                sheet.write_datetime(y, x, cell, self.formats["date"])
            case Hidden():
                sheet.write_blank(y, x, None, self.formats["words"])
                sheet.write_comment(y, x, page_layout.safe(cell.why)[:LONGEST_CELL], {"x_scale": 2})
            case _:
                sheet.write_number(y, x, cell, self.formats[form or "number"])

    def section(self, section: Section) -> None:
        """A section: its texts as wide as its tables, which stand between them."""
        made = self.new(section.title or section.id)
        widths = _widths(section)
        y = 0
        if section.title:
            self.put(made, y, 0, section.title, "title")
            made.set_row(y, 1.5 * LINE)
            y += 1
        for block in section.blocks:
            for words, form in _lines(block):
                self.words(made, y, words, form, widths)
                y += 1
            table = _table(block)
            if table is not None:
                y = self.table(made, y, table, widths)
        for x, width in enumerate(widths):
            made.set_column(x, x, width)

    def words(self, sheet: Any, y: int, words: str, form: str, widths: Sequence[int]) -> None:
        """A text across all columns."""
        if len(widths) > 1:
            sheet.merge_range(y, 0, y, len(widths) - 1, "", self.formats[form or "words"])
        self.put(sheet, y, 0, words, form)
        sheet.set_row(y, _high(words, sum(widths)))

    def table(self, sheet: Any, y: int, table: Table, widths: Sequence[int]) -> int:
        """A table; the row below it, with one left free."""
        self.put(sheet, y, 0, table.caption, "heading")
        numbers = page_layout.numbers(table)
        for is_head, row in ((True, table.columns), *((False, one) for one in table.rows)):
            y += 1
            sheet.set_row(y, max(map(_high, row, widths)))
            for x, words in enumerate(row):
                if is_head:
                    self.put(sheet, y, x, words, "number_heads" if x in numbers else "heads")
                else:
                    self.put(sheet, y, x, _number(words) if x in numbers else words)
        return y + 2


def _widths(section: Section) -> list[int]:
    """How wide the columns of a section are, in characters."""
    widest: dict[int, int] = {}
    for table in filter(None, map(_table, section.blocks)):
        for row in (table.columns, *table.rows):
            for x, words in enumerate(row):
                spare = 4 if x in page_layout.numbers(table) else 2
                widest[x] = max(widest.get(x, NARROWEST), min(len(words) + spare, WIDEST))
    return [widest[x] for x in sorted(widest)] or [WIDE]


def _high(cell: Cell, width: int) -> float:
    """How high a row has to be for a cell in a column of so many characters, in points."""
    lines = str(cell).splitlines() if isinstance(cell, str) else []
    return min(sum(max(1, -(-int(len(one) * LETTER) // width)) for one in lines or [""]) * LINE, HIGHEST)


def _choices(column: Column) -> list[str]:
    """What can be chosen in a column, as far as a list has room for it: a comma would make two of one."""
    kept: list[str] = []
    for one in column.choices:
        if "," not in one and len(",".join((*kept, one))) <= LONGEST_LIST:
            kept.append(one)
    return kept


def _number(words: str) -> Cell:
    """A number as one; any other words as they are."""
    return float(words) if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]+)?", words) else words


def _table(block: Block) -> Table | None:
    """What there is of a block in rows and columns."""
    match block:
        case Table():
            return block
        case HeatMap() | TopicList():
            return block.as_table()
        case ScoreChart():
            columns, rows, numbers = score_table(block)
            return Table("Scores", columns, tuple(rows), right=frozenset(numbers))
        case AnswerChart():
            columns = ("From worst to best", *block.labels, "Beside")
            places = frozenset(range(1, len(columns) - 1))
            return Table("Answers", columns, tuple(map(stack_row, block.rows)), right=places)
        case ChangeChart():
            return Table("Then and now", CHANGE_COLUMNS, tuple(map(change_row, block.rows)))
        case ActionList():
            told = tuple((one.id, one.text, one.alarm, " ".join(one.lines)) for one in block.entries)
            return Table("Actions", ("Id", "Action", "Overdue", "About it"), told)
        case _:
            return None


def _lines(block: Block) -> Iterator[tuple[str, str]]:
    """The lines of a block that is no table, each with how it is set."""
    match block:
        case Paragraph():
            form = {"strong": "heading", "quiet": "quiet"}.get(block.tone, "")
            yield page_layout.in_a_line(block.lead, block.text, block.note), form
        case Heading():
            yield page_layout.in_a_line("", block.text, block.note), "heading"
        case BulletList():
            yield from ((page_layout.in_a_line(one.lead or one.head, one.text, one.note), "") for one in block.entries)
        case Contents():
            yield from _lines(block.as_list())
        case Quotes():
            yield block.about, "quiet"
            yield from ((text, "") for text in block.texts)
        case Command() | Link() | Key() | Question():
            yield from _printed(block)
        case _:
            return


def _printed(block: Printed) -> Iterator[tuple[str, str]]:
    match block:
        case Command():
            yield block.text, ""
        case Link():
            yield block.address, ""
        case Key():
            yield "   ".join(f"{mark} = {label}" if mark else label for mark, label in block.entries), "quiet"
        case Question():
            yield page_layout.numbered(block), "heading"
            yield from ((note, "quiet") for note in block.notes)
            if told := " / ".join(block.circle) or block.blank:
                yield told, ""

"""Documents as Word files: headings, lists and tables by their styles, so that a look is changed in one place."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx.document import Document as File
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.text.paragraph import Paragraph as Lines

from selfassess.documents import page_layout, picture, word_styles
from selfassess.documents.blocks import (
    COLOURS,
    FILLS,
    INK,
    TURNED,
    ActionList,
    AnswerChart,
    AnswerRow,
    Block,
    BulletList,
    ChangeChart,
    Command,
    Contents,
    Document,
    Figure,
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
from selfassess.documents.charts import marks
from selfassess.documents.office_file import without_times
from selfassess.documents.svg import LEFT, RIGHT, legend, parts
from selfassess.documents.word_styles import (
    ALARM,
    CELL,
    CHOICES,
    COMMAND,
    CONTENTS_LINE,
    GRID,
    KEY,
    MARK,
    NOTE,
    QUESTION,
    QUIET,
    ROW,
    RULED,
    STACK,
    TASK,
    shade,
    xml,
)
from selfassess.text import capital

PICTURE = 48
"""Millimetres of the picture of a score."""
NUMBER = 8
"""Characters of a score, at most: what is longer says why there is none."""
BOX, BULLET = "☐", "•"
LONGEST_BOOKMARK = 40
"""Characters of the name of a place in the file."""
SHORT = 8
"""Rows of a table that stay on one page."""
Grid = Sequence[Sequence[Any]]
"""The cells of a table, row by row."""


def to_docx(*documents: Document, template: bytes | None = None) -> bytes:
    """One document, or several behind each other, each with page numbers of its own. A template gives its styles, its
    page, and what stands at its head and foot."""
    file = word_styles.new_file(documents[0], template)
    word_styles.set_properties(file, documents[0])
    writer = _Writer(file, is_alone=len(documents) == 1, has_template=template is not None)
    for place, document in enumerate(documents):
        writer.write(document, is_first=place == 0)
    word_styles.sort_elements(file.element)
    word_styles.rename(file, file.element)
    for page in file.sections if template is None else ():
        for part in (page.header, page.footer):
            word_styles.sort_elements(xml(part))
    out = io.BytesIO()
    file.save(out)
    return without_times(out.getvalue())


class _Writer:
    """Writes one document after the other at the end of a file."""

    def __init__(self, file: File, *, is_alone: bool, has_template: bool) -> None:
        self.file = file
        self.is_alone = is_alone
        """Whether there is one document only."""
        self.has_template = has_template
        self.has_bullets = file.styles["List Bullet"].element.find(f".//{qn('w:numPr')}") is not None
        self.bookmarks = 0

    def write(self, document: Document, *, is_first: bool) -> None:
        self.set_page(document, is_first=is_first)
        self.line("Title", document.title)
        if document.about:
            self.line("Subtitle", document.about)
        for mark in document.marks:
            self.line(MARK, mark)
        for words in document.summary:
            self.line("Normal", words)
        for section in document.sections:
            self.section(section)

    def set_page(self, document: Document, *, is_first: bool) -> None:
        page = self.file.sections[0] if is_first else self.file.add_section(WD_SECTION.NEW_PAGE)
        if not self.has_template:
            page.page_width, page.page_height = Mm(210), Mm(297)
            page.left_margin, page.right_margin = Mm(25), Mm(18)  # at the left there is room for holes
            page.top_margin, page.bottom_margin = Mm(23), Mm(20)
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        properties = self.file.element.body.sectPr  # of the last part of the file, which this is
        for old in properties.findall(qn("w:pgNumType")):
            properties.remove(old)
        properties.append(start)
        if not self.has_template:
            self.set_head(page, document)
        if not self.has_template or (is_first and _is_blank(page.footer)):
            self.set_foot(page)

    @property
    def wide(self) -> float:
        """Millimetres of a line."""
        return word_styles.line(self.file)

    def set_head(self, page: Any, document: Document) -> None:
        page.header.is_linked_to_previous = False
        title, mark = page_layout.head(document)
        header = page.header.paragraphs[0]
        header.text = title
        if mark:
            _say(header, f"\t{mark}", "Strong")

    def set_foot(self, page: Any) -> None:
        page.footer.is_linked_to_previous = False
        footer = page.footer.paragraphs[0]
        footer.add_run("Page ")
        _field(footer, "PAGE")
        if self.is_alone:  # not every program knows how many pages a part of a file has
            footer.add_run(" of ")
            _field(footer, "NUMPAGES")

    def contents(self, block: Contents) -> None:
        """Links to the sections. The numbers of their pages are filled in by the program that opens it."""
        for id, title in block.entries:
            line = self.line(CONTENTS_LINE)
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _bookmark(id))
            _say(line, title)
            line.add_run("\t")
            _field(line, f"PAGEREF {_bookmark(id)} \\h", is_stale=True)
            link.extend(xml(line).findall("*")[1:])  # behind the properties of the paragraph
            xml(line).append(link)

    def section(self, section: Section) -> None:
        if section.title:
            heading = self.line("Heading 1", section.title)
            heading.paragraph_format.page_break_before = page_layout.starts_page(section) or None
            self.bookmarks += 1
            for place, end in ((1, "Start"), (len(xml(heading)) + 1, "End")):
                mark = OxmlElement(f"w:bookmark{end}")
                mark.set(qn("w:id"), str(self.bookmarks))
                if end == "Start":
                    mark.set(qn("w:name"), _bookmark(section.id))
                xml(heading).insert(place, mark)
        for block, leads_on in zip(section.blocks, page_layout.leading(section.blocks), strict=True):
            self.block(block, leads_on=leads_on)

    def line(self, style: str, words: str = "", aside: str = "") -> Lines:
        """A paragraph; what is an aside stands in brackets."""
        made = self.file.add_paragraph()
        _set_style(made, style)
        if words:
            _say(made, words)
        _aside(made, aside)
        return made

    def block(self, block: Block, *, leads_on: bool) -> None:
        match block:
            case Paragraph():
                self.paragraph(block).paragraph_format.keep_with_next = leads_on or None
            case Heading():
                self.line("Heading 2", block.text, block.note)
            case BulletList():
                self.bullets(block)
            case Contents():
                self.contents(block)
            case ActionList():
                self.actions(block)
            case Quotes():
                self.line(QUIET, block.about).paragraph_format.keep_with_next = True
                for text in block.texts:
                    self.line("Quote", text)
            case Command() | Link() | Key() | Question():
                self.printed(block)
            case _:
                self.figure(block)

    def figure(self, block: Figure) -> None:
        match block:
            case Table():
                for one in page_layout.fitted(block):
                    self.line("Caption", one.caption)
                    self.table(one.caption, one.columns, one.rows, page_layout.numbers(one))
            case HeatMap():
                self.heat_map(block)
            case TopicList():
                table = block.as_table()
                self.table(table.caption, table.columns, table.rows, (), [1] * len(table.columns))
            case ScoreChart():
                self.scores(block)
            case AnswerChart():
                self.answers(block)
            case ChangeChart():
                self.changes(block)

    def paragraph(self, block: Paragraph) -> Lines:
        made = self.line(QUIET if block.tone == "quiet" else "Normal")
        _lead(made, block.lead)
        _say(made, block.text, "Strong" if block.tone == "strong" else "")
        _aside(made, block.note)
        if block.indent:
            made.paragraph_format.left_indent = Mm(2 * block.indent)
        return made

    def bullets(self, block: BulletList) -> None:
        for one in block.entries:
            made = self.line(TASK if block.tasks else "List Bullet")
            if block.tasks:
                made.add_run(f"{BOX}\t")
            elif not self.has_bullets:
                made.add_run(f"{BULLET} ")
            _lead(made, one.lead)
            if one.head:
                _say(made, f"{one.head}{':' if one.text else ''} ", "Strong")
            _say(made, one.text, {"strong": "Strong", "quiet": "Aside", "plain": ""}[block.tone])
            _aside(made, one.note)

    def actions(self, block: ActionList) -> None:
        for one in block.entries:
            made = self.line(TASK, f"{one.number}.\t")
            _say(made, one.text, "Strong")
            _aside(made, one.id)
            if one.alarm:
                made.add_run().add_break()
                _say(made, f" {one.alarm}. ", ALARM)
            for words in one.lines:
                made.add_run().add_break()
                _say(made, words)

    def printed(self, block: Printed) -> None:
        match block:
            case Command():
                self.line(COMMAND, block.text)
            case Link():
                from selfassess.documents import qr_code  # only letters need it, and a library with it

                self.line(COMMAND, block.address)
                _picture(self.line(COMMAND), qr_code.png(block.address), qr_code.ALTERNATIVE, "Code", 35)
            case Key():
                made = self.line(KEY)
                for symbol, label in block.entries:
                    if symbol:
                        _say(made, f"{symbol}\u00a0", "Strong")
                    _say(made, f"{label}    ")
            case Question():
                self.question(block)

    def question(self, block: Question) -> None:
        made = self.line(QUESTION)
        if block.number is not None:
            _say(made, f"{block.number}.\t", "Strong")
        _say(made, block.text)
        below = [self.line(NOTE, note) for note in block.notes]
        if block.blank:
            below.append(self.line(CHOICES, f"{'_' * 24} ({block.blank})"))
        if block.circle:
            below.append(self.line(CHOICES, "\u2003\u2003\u2003".join(block.circle)))
        below += [self.line(RULED, "") for _ in range(block.lines)]
        for one in (made, *below)[:-1]:
            one.paragraph_format.keep_with_next = True

    def table(
        self, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int],
        shares: Sequence[float] = (),
    ) -> Grid:  # fmt: skip  # in few lines
        """A table whose heads are repeated on every page; its cells, row by row."""
        made = self.file.add_table(rows=1 + len(rows), cols=len(columns), style=GRID)
        _describe(made, caption)
        wide = shares or page_layout.widths(columns, rows)
        total = sum(wide)
        to_right = set(right)
        for column, share in zip(made.columns, wide, strict=True):
            column.width = Mm(self.wide * share / total)
        grid = []
        for y, (drawn, row) in enumerate(zip(made.rows, (columns, *rows), strict=True)):
            cells = drawn.cells
            for x, (cell, words) in enumerate(zip(cells, row, strict=True)):
                cell.width = Mm(self.wide * wide[x] / total)
                self.cell(cell, words, is_name=x == 0 and y > 0, is_right=x in to_right)
                if y == 0 or (y < len(rows) <= SHORT):
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
            _add_to_row(drawn, "w:cantSplit")
            grid.append(cells)
        _add_to_row(made.rows[0], "w:tblHeader")
        self.line(CELL)
        return grid

    def cell(self, cell: Any, words: str, *, is_name: bool, is_right: bool) -> None:
        line = cell.paragraphs[0]
        _set_style(line, CELL)
        first, *rest = words.split("\n") if is_name else [words]
        _say(line, first, "Strong" if rest else "")
        for one in rest:
            line.add_run().add_break()
            _say(line, one)
        if is_right:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def heat_map(self, block: HeatMap) -> None:
        table = block.as_table()
        heads, *below = self.table(table.caption, table.columns, table.rows, ())
        for _, *cells in (heads, *below):
            for cell in cells:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        for (_, *cells), (_, row) in zip(below, block.rows, strict=True):
            for cell, one in zip(cells, row, strict=True):
                if one.tone is not None:
                    shade(xml(cell).get_or_add_tcPr(), COLOURS[one.tone])

    def scores(self, block: ScoreChart) -> None:
        self.line(QUIET, legend(block))
        columns = page_layout.score_columns(block)
        rows = [page_layout.score_cells(block, row) for row in block.rows]
        at = len(columns) - 2
        score = page_layout.score_place(block)
        # Why there is no score takes more room than a score: it comes from the columns of words.
        more = 14.0 if any(len(cells[score]) > NUMBER for cells in rows) else 0.0
        narrow = (15 + more * (x == score) for x in range(1, at))
        shares = (56 - more / 2, *narrow, PICTURE + 4, 34 - more / 2)
        _, *below = self.table("Scores", columns, rows, range(1, at), shares)
        for cells, row in zip(below, block.rows, strict=True):
            told = ", ".join(filter(None, (row.words, f"target {row.aim}" if row.aim else "")))
            _strengthen(cells[0], is_strong=row.level != "benchmark")
            if row.tone is not None:
                shade(xml(cells[score]).get_or_add_tcPr(), COLOURS[row.tone])
                for run in cells[score].paragraphs[0].runs:
                    run.font.color.rgb = _rgb(INK[row.tone])
            _draw(cells[at], picture.of_score(row), f"{row.title}: {told}")

    def changes(self, block: ChangeChart) -> None:
        if block.legend:
            self.line(QUIET, marks())
        heads, told = page_layout.change_table(block)
        columns = (heads[0], "○ then, ● now", *heads[1:])
        rows = [(title, "", *rest) for title, *rest in told]
        shares = (48, PICTURE + 4, 27, 40, 20)[: len(columns)]
        _, *below = self.table("Then and now", columns, rows, (), shares)
        for cells, row in zip(below, block.rows, strict=True):
            _strengthen(cells[0], is_strong=row.level != "benchmark")
            _strengthen(cells[3], is_strong=row.moved, indent=False)
            _draw(cells[1], picture.of_change(row), f"{row.title}: {row.told}")

    def answers(self, block: AnswerChart) -> None:
        if block.reverse:
            self.line(QUIET, f"{TURNED}.")
        made = self.line(QUIET)
        made.paragraph_format.keep_with_next = True
        for place, label in enumerate(block.labels):
            tone = tone_of(place, len(block.labels))
            run = made.add_run(f" {FILLS[tone]} ")
            shade(xml(run).get_or_add_rPr(), COLOURS[tone])
            run.font.color.rgb = _rgb(INK[tone])
            _say(made, f" {label}   ")
        for row in block.rows:
            self.answer(row, block.labels)

    def answer(self, row: AnswerRow, labels: Sequence[str]) -> None:
        title = self.line(ROW, row.title)
        if row.camps:
            _say(title, f" {capital(row.camps)}.", "Strong")
        drawn = parts(row, tuple(labels))
        if drawn:
            made = self.file.add_table(rows=1, cols=len(drawn), style=STACK)
            made.autofit = False
            _describe(made, row.title, page_layout.in_words(row, labels))
            for cell, one in zip(made.rows[0].cells, drawn, strict=True):
                cell.width = Mm(self.wide * one.width / (RIGHT - LEFT))
                shade(xml(cell).get_or_add_tcPr(), COLOURS[one.tone])
                line = cell.paragraphs[0]
                _set_style(line, CELL)
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
                line.add_run(one.words).font.color.rgb = _rgb(INK[one.tone])
        self.line(QUIET, page_layout.sentence(row.could_not, row.agreement))


def _is_blank(part: Any) -> bool:
    """Whether nothing stands at the head or the foot of a page."""
    kinds = ("t", "fldSimple", "fldChar", "drawing", "pict", "tbl")
    return next(xml(part).iter(*(qn(f"w:{kind}") for kind in kinds)), None) is None


def _set_style(part: Any, style: str) -> None:
    """Set a style by its id: to look for its name among all styles takes longer than all the rest."""
    xml(part).style = style.replace(" ", "")


def _say(line: Lines, words: str, style: str = "") -> None:
    """Words at the end of a paragraph."""
    run = line.add_run(page_layout.safe(words))
    if style:
        _set_style(run, style)


def _lead(line: Lines, words: str) -> None:
    if words:
        _say(line, f"{words}: ", "Emphasis")


def _aside(line: Lines, words: str) -> None:
    if words:
        _say(line, f" ({words})", "Aside")


def _strengthen(cell: Any, *, is_strong: bool, indent: bool = True) -> None:
    """The name of a row: strong, or set in below one that is."""
    for run in cell.paragraphs[0].runs if is_strong else ():
        _set_style(run, "Strong")
    if indent and not is_strong:
        cell.paragraphs[0].paragraph_format.left_indent = Mm(2)


def _draw(cell: Any, png: bytes | None, told: str) -> None:
    """A picture in a cell, with what it shows for who cannot see it."""
    if png is not None:
        _picture(cell.paragraphs[0], png, told, "Score", PICTURE)


def _picture(line: Any, png: bytes, told: str, name: str, width: int) -> None:
    run = line.add_run()
    run.add_picture(io.BytesIO(png), width=Mm(width))
    (properties,) = xml(run).iter(qn("wp:docPr"))
    properties.set("descr", page_layout.cut(told, page_layout.LONGEST_NAME))
    properties.set("name", name)


def _describe(table: Any, caption: str, words: str = "") -> None:
    for name, said in (("w:tblCaption", caption), ("w:tblDescription", words)):
        if said:
            one = OxmlElement(name)
            one.set(qn("w:val"), page_layout.cut(said, page_layout.LONGEST_NAME))
            xml(table).tblPr.append(one)


def _add_to_row(row: Any, name: str) -> None:
    xml(row).get_or_add_trPr().append(OxmlElement(name))


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#"))


def _field(line: Lines, name: str, *, is_stale: bool = False) -> None:
    """A number that the program fills in which opens the file; at once where what stands there is stale."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    if is_stale:
        field.set(qn("w:dirty"), "true")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "" if is_stale else "1"
    run.append(text)
    field.append(run)
    xml(line).append(field)


def _bookmark(id: str) -> str:
    """The name of the place where a section begins."""
    return re.sub(r"[^A-Za-z0-9_]", "_", f"section_{id}")[:LONGEST_BOOKMARK]

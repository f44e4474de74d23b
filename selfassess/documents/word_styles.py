"""The styles of Word files: our look, or that of somebody's template; and the order that Word wants."""

import copy
import io
import zipfile
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

import docx
from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from selfassess.documents import page_layout
from selfassess.documents.blocks import Document

PAGE = 167
"""Millimetres of a line: A4 less its margins."""
GREY = RGBColor(0x4A, 0x4A, 0x4A)
QUIET, MARK, TASK, KEY, QUESTION, NOTE, CHOICES, RULED, COMMAND, CELL, ROW, ALARM = (
    "Quiet", "Mark", "Task", "Key", "Question", "Question Note", "Choices", "Line to Write On", "Command", "Cell",
    "Answer Row", "Alarm",
)  # fmt: skip  # the names of our own styles
GRID, STACK = "Report Table", "Answers"
CONTENTS_LINE = "toc 1"
LARGEST_TEMPLATE = 50_000_000
"""Bytes of a template that is unpacked."""
BROKEN = (AttributeError, LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile)
"""What the library for Word files raises where one is broken."""


class NotTemplateError(ValueError):
    """The content is not a Word file. The text says why, as a sentence that goes on after its name."""


def check_template(content: bytes) -> None:
    """NotTemplateError where a file cannot be a template: it is no Word file, or it is broken."""
    try:
        _check_size(content)
        _emptied(content)
    except NotTemplateError:
        raise
    except BROKEN:
        raise NotTemplateError("is not a Word file that we can read.") from None


def _check_size(content: bytes) -> None:
    """NotTemplateError where it would take too much room."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_TEMPLATE:
            raise NotTemplateError(f"holds more than {LARGEST_TEMPLATE // 1_000_000} MB.")


def new_file(document: Document, template: bytes | None) -> File:
    """An empty file with all styles. Those that a template has are left as they are; so are its page and what stands at
    the head and the foot of it."""
    own, file = docx.Document(), None if template is None else _emptied(template)
    wide = PAGE if file is None else line(file)
    own.styles.element[:] = copy.deepcopy(_styles(document.language, page_layout.is_right_to_left(document), wide))[:]
    if file is None:
        return own
    there = {style.name for style in file.styles}
    for style in own.styles:
        if style.name not in there:
            added = copy.deepcopy(style.element)
            for numbers in list(added.iter(qn("w:numPr"))):  # the lists that they belong to are not in the template
                numbers.getparent().remove(numbers)
            file.styles.element.append(added)
            rename(file, added)
    return file


@lru_cache(maxsize=8)
def _styles(language: str, is_right_to_left: bool, wide: float) -> Any:
    """All styles, to be copied: there may be a letter for each person, and all of them look the same."""
    file = docx.Document()
    _set_styles(file, language, is_right_to_left, wide)
    sort_elements(file.styles.element)
    return file.styles.element


def _emptied(template: bytes) -> File:
    """A template without its text."""
    file = docx.Document(io.BytesIO(template))
    body = file.element.body
    for part in list(body):
        if part.tag != qn("w:sectPr"):
            body.remove(part)
    if not file.sections:
        raise NotTemplateError("has no page.")
    return file


def line(file: File) -> float:
    """Millimetres of a line on its last page."""
    page = file.sections[-1]
    return float(Emu((page.page_width or Mm(210)) - (page.left_margin or 0) - (page.right_margin or 0)).mm)


def rename(file: File, tree: Any) -> None:
    """Have styles in a tree called as the file calls them: Word calls its own by the language that it speaks."""
    ids = {style.name: style.style_id for style in file.styles}
    called = {name.replace(" ", ""): id for name, id in ids.items() if name.replace(" ", "") != id}
    for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
        for element in tree.iter(qn(f"w:{kind}")):
            element.set(qn("w:val"), called.get(element.get(qn("w:val")), element.get(qn("w:val"))))


def xml(part: Any) -> Any:
    """The element of a paragraph, a piece of text, a cell, a row, a table, or a head: for what has no other way in."""
    return part._element  # noqa: SLF001  # python-docx makes it public for some of these only


def shade(properties: Any, colour: str) -> None:
    """Set the colour that something stands on."""
    one = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour.lstrip("#"))):
        one.set(qn(f"w:{name}"), value)
    properties.append(one)


ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi spacing ind contextualSpacing "
        "jc outlineLvl rPr sectPr"
    ),
    "rPr": ("rStyle rFonts b bCs i iCs caps smallCaps color spacing kern sz szCs u shd vertAlign rtl cs lang"),
    "tblPr": (
        "tblStyle tblStyleRowBandSize tblStyleColBandSize tblW jc tblInd tblBorders tblLayout tblCellMar tblLook "
        "tblCaption tblDescription"
    ),
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
    "trPr": "cantSplit tblHeader",
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
    ),
    "style": (
        "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat locked rsid pPr rPr tblPr trPr tcPr "
        "tblStylePr"
    ),
}
"""The order in which Word wants what stands in these elements."""


def sort_elements(tree: Any) -> None:
    """Put what stands in the elements of a tree in that order."""
    for name, children in ORDER.items():
        order = {qn(f"w:{child}"): place for place, child in enumerate(children.split())}
        for element in tree.iter(qn(f"w:{name}")):
            element[:] = sorted(element, key=partial(_place, order))


def _place(order: Mapping[str, int], child: Any) -> int:
    return order.get(child.tag, len(order))


def set_properties(file: File, document: Document) -> None:
    """Say among the properties of a file what it is."""
    said = file.core_properties
    said.title, said.language, said.author = page_layout.name(document), document.language, "selfassess"
    said.comments = said.last_modified_by = said.keywords = ""


def _set_styles(file: File, language: str, is_right_to_left: bool, wide: float) -> None:
    """All that is about how it looks."""
    normal = file.styles["Normal"]
    _font(normal, 10)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.05
    _set_language(normal, language, is_right_to_left)
    for name, size, before, after in (
        ("Title", 18, 0, 4), ("Subtitle", 10, 0, 6), ("Heading 1", 13, 10, 3), ("Heading 2", 11, 7, 2),
        ("Caption", 9, 6, 3), ("Quote", 10, 0, 4), ("List Bullet", 10, 0, 3),
        ("Header", 8.5, 0, 0), ("Footer", 8.5, 0, 0),
    ):  # fmt: skip  # a table
        style = file.styles[name]
        _font(style, size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        for rule in style.element.findall(f".//{qn('w:pBdr')}"):
            rule.getparent().remove(rule)
    file.styles["Subtitle"].font.italic = True
    file.styles["Quote"].font.italic = False
    file.styles["Quote"].paragraph_format.left_indent = Mm(5)
    file.styles["Header"].paragraph_format.tab_stops.clear_all()
    file.styles["Header"].paragraph_format.tab_stops.add_tab_stop(Mm(wide), WD_TAB_ALIGNMENT.RIGHT)
    file.styles["Footer"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file.styles["Caption"].paragraph_format.keep_with_next = True
    _own_styles(file, wide)
    _table_styles(file)


def _own_styles(file: File, wide: float) -> None:
    for name, size, before, after in (
        (QUIET, 9.5, 0, 4), (MARK, 10, 4, 8), (TASK, 10, 0, 5), (KEY, 9, 8, 6), (QUESTION, 11, 10, 4),
        (NOTE, 9, 0, 3), (CHOICES, 13, 4, 6), (RULED, 14, 8, 0), (COMMAND, 9.5, 0, 6), (CELL, 9.5, 1, 1),
        (ROW, 10, 4, 2), (CONTENTS_LINE, 10, 0, 1),
    ):  # fmt: skip  # a table
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == CONTENTS_LINE)
        style.base_style = file.styles["Normal"]
        style.quick_style = True
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    aside = file.styles.add_style("Aside", WD_STYLE_TYPE.CHARACTER)
    for style in (aside, file.styles[QUIET]):
        style.font.color.rgb = GREY
    alarm = file.styles.add_style(ALARM, WD_STYLE_TYPE.CHARACTER)
    alarm.font.bold, alarm.font.color.rgb = True, RGBColor(255, 255, 255)
    shade(alarm.element.get_or_add_rPr(), "#000000")
    file.styles[MARK].font.bold = True
    file.styles[NOTE].font.italic = True
    file.styles[COMMAND].font.name = "Consolas"
    file.styles[COMMAND].paragraph_format.left_indent = Mm(5)
    for name in (ROW, KEY):
        file.styles[name].paragraph_format.keep_with_next = True
    leader = (WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    file.styles[CONTENTS_LINE].paragraph_format.tab_stops.add_tab_stop(Mm(wide), *leader)
    for name in (NOTE, CHOICES):
        file.styles[name].paragraph_format.left_indent = Mm(8)
    for name in (TASK, QUESTION):
        form = file.styles[name].paragraph_format
        form.keep_together = True
        form.left_indent, form.first_line_indent = Mm(8), Mm(-8)
        form.tab_stops.add_tab_stop(Mm(8))
    for name, sides in ((MARK, ("top", "left", "bottom", "right")), (KEY, ("top", "left", "bottom", "right")),
                        (RULED, ("bottom",))):  # fmt: skip  # a table
        file.styles[name].element.get_or_add_pPr().append(_borders("w:pBdr", sides))


def _table_styles(file: File) -> None:
    for name, sides in ((GRID, ("top", "bottom", "insideH")), (STACK, ("top", "left", "bottom", "right", "insideV"))):
        style = file.styles.add_style(name, WD_STYLE_TYPE.TABLE)
        properties = OxmlElement("w:tblPr")
        properties.append(_borders("w:tblBorders", sides))
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            one = OxmlElement(f"w:{side}")
            one.set(qn("w:w"), "60" if name == GRID else "0")
            one.set(qn("w:type"), "dxa")
            margins.append(one)
        properties.append(margins)
        style.element.append(properties)
    first = OxmlElement("w:tblStylePr")
    first.set(qn("w:type"), "firstRow")
    strong = OxmlElement("w:rPr")
    strong.append(OxmlElement("w:b"))
    first.append(strong)
    file.styles[GRID].element.append(first)


def _borders(kind: str, sides: Iterable[str]) -> Any:
    borders = OxmlElement(kind)
    for side in sides:
        one = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "2" if kind == "w:pBdr" else "0"),
                           ("color", "808080")):  # fmt: skip  # a table
            one.set(qn(f"w:{key}"), value)
        borders.append(one)
    return borders


def _font(style: Any, size: float) -> None:
    style.font.name, style.font.size = "Calibri", Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [one for one in fonts.attrib if "theme" in one.lower()]:
        del fonts.attrib[name]
    fonts.set(qn("w:cs"), "Calibri")
    fonts.set(qn("w:eastAsia"), "Calibri")


def _set_language(normal: Any, language: str, is_right_to_left: bool) -> None:
    properties = normal.element.get_or_add_rPr()
    said = OxmlElement("w:lang")
    for key in ("val", "bidi"):
        said.set(qn(f"w:{key}"), language)
    if is_right_to_left:
        properties.append(OxmlElement("w:rtl"))
        normal.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
    properties.append(said)

"""Documents as slides: one for each section, or for each of its figures, as far as there is room.

What a slide has no room for stands in its notes. The look is that of the master, and is changed there.
"""

import copy
import io
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Mm, Pt

from selfassess.documents import page_layout, slide_figures, slide_words
from selfassess.documents.blocks import COLOURS, Block, Document, Heading, Paragraph, Section
from selfassess.documents.office_file import without_times
from selfassess.documents.slide_figures import Area
from selfassess.documents.slide_words import Line

WIDE, HIGH = 338.67, 190.5
"""Millimetres of a slide, as wide as screens are now."""
LEFT, TOP, ROOM, BOTTOM = 18.0, 38.0, 302.0, 176.0
"""Where what is below the title begins, how wide it is, and where it ends, in millimetres."""
AREAS = {
    PP_PLACEHOLDER.TITLE: Area(LEFT, 10, ROOM, 24),
    PP_PLACEHOLDER.BODY: Area(LEFT, TOP, ROOM, BOTTOM - TOP),
    PP_PLACEHOLDER.OBJECT: Area(LEFT, TOP, ROOM, BOTTOM - TOP),
    PP_PLACEHOLDER.DATE: Area(LEFT, 179, 30, 8),
    PP_PLACEHOLDER.FOOTER: Area(LEFT, 179, ROOM - 30, 8),
    PP_PLACEHOLDER.SLIDE_NUMBER: Area(LEFT + ROOM - 30, 179, 30, 8),
    PP_PLACEHOLDER.CENTER_TITLE: Area(LEFT, 30, ROOM, 58),
    PP_PLACEHOLDER.SUBTITLE: Area(LEFT, 94, ROOM, 78),
}
"""Where the parts of a slide stand, by their kind."""
EDGE = 5.0
"""Width of the strip of colour at the left of each slide."""
ABOVE, BELOW, AIR = 28.0, 24.0, 3.0
"""Millimetres for the words above a figure and for those below it, at most; and between them and the figure."""
INSET = 5.0
"""Millimetres of the width of text that are left free, or taken by dashes."""
TITLES = ((45, 32), (90, 26), (140, 20))
"""Up to so many letters a title is written in so many points."""
SMALL = 12
"""Points of what explains a figure."""
LONGEST_NOTES = 8_000
"""Characters of the notes of a slide."""
MORE = "More of this is in the notes."
OFFICE_COLOUR = b'<a:accent1><a:srgbClr val="4F81BD"/></a:accent1>'
OWN_COLOUR = OFFICE_COLOUR.replace(b"4F81BD", COLOURS[4].lstrip("#").encode())
LAYOUTS = ("Title Slide", "Title and Content", "Title Only")
TITLE_SLIDE, TEXT_SLIDE, FIGURE_SLIDE = range(len(LAYOUTS))
"""The layouts that are used; the others are left out."""
STRIP = (
    '<p:sp {namespaces}><p:nvSpPr><p:cNvPr id="99" name="Strip"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    '</a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp>'
)


def to_pptx(*documents: Document) -> bytes:
    """Documents as slides, one behind the other."""
    show = pptx.Presentation()
    _set_look(show)
    properties = show.core_properties
    properties.title, properties.author = page_layout.name(documents[0]), "selfassess"
    properties.language = documents[0].language
    properties.last_modified_by = properties.comments = ""
    for document in documents:
        _Writer(show, document).write()
    out = io.BytesIO()
    show.save(out)
    return without_times(out.getvalue())


def picked(document: Document) -> tuple[Section, ...]:
    """The sections that are shown."""
    there = {section.id: section for section in document.sections}
    found = tuple(there[id] for id in document.slides if id in there)
    return found or tuple(one for one in document.sections if one.blocks)


def parts(blocks: Sequence[Block]) -> list[Sequence[Block]]:
    """The blocks of a section slide by slide: each has one figure, with what leads to it and what explains it."""
    drawn = [place for place, block in enumerate(blocks) if slide_figures.is_drawn(block)]
    starts = [0, *(_start(blocks, figure, after) for figure, after in pairwise(drawn))]
    return [blocks[start:end] for start, end in pairwise((*starts, len(blocks)))]


def _start(blocks: Sequence[Block], figure: int, after: int) -> int:
    """Where the slide of a figure begins that comes after another: with a heading, or else with the first words that
    are more than an explanation."""
    between = range(figure + 1, after + 1)
    headings = (place for place in between if isinstance(blocks[place], Heading))
    words = (place for place in between if not slide_words.is_aside(blocks[place]))
    return next(headings, None) or next(words)


class _Writer:
    """Writes one document at the end of a presentation."""

    def __init__(self, show: Any, document: Document) -> None:
        self.show = show
        self.document = document

    def write(self) -> None:
        before = len(self.show.slides)
        self.title()
        for section in picked(self.document):
            self.section(section)
        if page_layout.is_right_to_left(self.document):
            for slide in list(self.show.slides)[before:]:
                _turn(slide)

    def add(self, layout: int, title: str) -> Any:
        """A new slide with its title."""
        slide = self.show.slides.add_slide(self.show.slide_layouts[layout])
        words = page_layout.cut(title, TITLES[-1][0])
        slide.shapes.title.text_frame.text = words
        if layout != TITLE_SLIDE:
            _size(slide.shapes.title.text_frame, next(size for longest, size in TITLES if len(words) <= longest))
        return slide

    def foot(self, slide: Any) -> None:
        """The first warning, such as that it is made up, and the number of the slide: what is read last."""
        for one in slide.slide_layout.placeholders:
            kind = one.placeholder_format.type
            if kind == PP_PLACEHOLDER.SLIDE_NUMBER or (kind == PP_PLACEHOLDER.FOOTER and self.document.marks):
                slide.shapes.element.append(copy.deepcopy(one.element))
                if kind == PP_PLACEHOLDER.FOOTER:
                    frame = slide.placeholders[one.placeholder_format.idx].text_frame
                    frame.text = page_layout.cut(self.document.marks[0], page_layout.LONGEST_HEAD)
                    frame.paragraphs[0].font.name = "+mn-lt"  # LibreOffice does not look for it in the master

    def title(self) -> None:
        """What it is, and what matters most: who answered, say."""
        document = self.document
        slide = self.add(TITLE_SLIDE, document.title)
        first = next((block.text for block in self._first() if isinstance(block, Paragraph)), "")
        said = [document.about, *document.marks, *(document.summary or (first,))]
        found = [Line(page_layout.cut(one, slide_words.LONGEST)) for one in said if one]
        below = slide.placeholders[1]
        room = AREAS[PP_PLACEHOLDER.SUBTITLE].high - AIR
        size = slide_words.largest(found, ROOM - INSET, room, (22, 20, 18, 16))
        self.fill(below.text_frame, slide_words.fitting(found, size, ROOM - INSET, room)[0], size)
        self.foot(slide)

    def _first(self) -> Sequence[object]:
        return self.document.sections[0].blocks if self.document.sections else ()

    def section(self, section: Section) -> None:
        if section.on_slide:
            self.part(section.title, section.on_slide, section.blocks)
            return
        for part in parts(section.blocks):
            self.part(section.title or self.document.title, part, part)

    def part(self, title: str, blocks: Sequence[Block], noted: Sequence[Block]) -> None:
        """A slide with one figure at most, and what is in its notes."""
        place = next((at for at, block in enumerate(blocks) if slide_figures.is_drawn(block)), None)
        slide = self.add(TEXT_SLIDE if place is None else FIGURE_SLIDE, title)
        told = [block for block in blocks if not slide_words.is_aside(block)]
        if place is None:
            self.words(slide, _shown(told or blocks))
        else:
            asides = [block for block in blocks[place:] if slide_words.is_aside(block)]
            self.figure(slide, blocks[place], _shown(told), _shown(asides))
        self.foot(slide)
        notes = "\n".join(line.text for block in noted for line in slide_words.lines(block))
        slide.notes_slide.notes_text_frame.text = page_layout.safe(notes)[:LONGEST_NOTES]

    def words(self, slide: Any, lines: Sequence[Line]) -> None:
        """Words alone, as large as there is room."""
        room, wide = BOTTOM - TOP - AIR, ROOM - INSET
        size = slide_words.largest(lines, wide, room)
        found, has_more = slide_words.fitting(lines, size, wide, room)
        if has_more:
            last = Line(MORE)
            found = [*slide_words.fitting(lines, size, wide, room - slide_words.high([last], size, wide))[0], last]
        self.fill(slide.placeholders[1].text_frame, found, size)

    def figure(self, slide: Any, figure: Any, lines: Sequence[Line], asides: Sequence[Line]) -> None:
        """A figure, what there is to say of it above, and what explains it below."""
        top, bottom = TOP, BOTTOM
        size = slide_words.largest(lines, ROOM - INSET, ABOVE, (20, 18, 16))
        if found := slide_words.fitting(lines, size, ROOM - INSET, ABOVE)[0]:
            high = slide_words.high(found, size, ROOM - INSET)
            self.box(slide, found, size, Area(LEFT, top, ROOM, high))
            top += high + AIR
        if told := slide_words.fitting(asides, SMALL, ROOM - INSET, BELOW)[0]:
            high = slide_words.high(told, SMALL, ROOM - INSET)
            bottom -= high
            self.box(slide, told, SMALL, Area(LEFT, bottom, ROOM, high))
            bottom -= AIR
        slide_figures.draw(slide, figure, Area(LEFT, top, ROOM, bottom - top))

    def box(self, slide: Any, lines: Sequence[Line], size: float, area: Area) -> None:
        made = slide.shapes.add_textbox(Mm(area.left), Mm(area.top), Mm(area.wide), Mm(area.high))
        frame = made.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        self.fill(frame, lines, size)

    def fill(self, frame: Any, lines: Sequence[Line], size: float) -> None:
        for place, one in enumerate(lines):
            line = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            line.text = one.text
            line.font.size, line.font.bold = Pt(size), one.strong
            line.space_before, line.space_after = Pt(0), Pt(slide_words.APART)
            _set_dash(line, size if one.dash else 0)


def _turn(slide: Any) -> None:
    """Have the words of a slide run from right to left, and its tables too. Charts stay as they are."""
    for line in slide.shapes.element.iter(qn("a:p")):
        properties = line.get_or_add_pPr()
        properties.set("rtl", "1")
        if properties.get("algn") != "ctr":
            properties.set("algn", "r")
    for table in slide.shapes.element.iter(qn("a:tblPr")):
        table.set("rtl", "1")


def _shown(blocks: Iterable[Block]) -> list[Line]:
    return [line.short for block in blocks for line in slide_words.lines(block)]


def _set_dash(line: Any, size: float) -> None:
    """Set a dash before a line that is written in so many points; none where that is 0."""
    properties = line._p.get_or_add_pPr()  # noqa: SLF001  # python-pptx has no public way to set bullets
    properties.set("marL", str(int(Pt(size))))
    properties.set("indent", str(-int(Pt(size))))
    mark = OxmlElement("a:buChar" if size else "a:buNone")
    if size:
        mark.set("char", "–")
    properties.append(mark)


def _size(frame: Any, size: float) -> None:
    for line in frame.paragraphs:
        line.font.size = Pt(size)


def _set_look(show: Any) -> None:
    """The size of the slides, and all that is about how they look: in the master and the theme."""
    show.slide_width, show.slide_height = Mm(WIDE), Mm(HIGH)
    for layout in [one for one in show.slide_layouts if one.name not in LAYOUTS]:
        show.slide_layouts.remove(layout)
    master = show.slide_master
    for page in (master, *show.slide_layouts):
        for shape in page.placeholders:
            area = AREAS[shape.placeholder_format.type]
            if shape.element.spPr.xfrm is not None:
                shape.left, shape.top = Mm(area.left), Mm(area.top)
                shape.width, shape.height = Mm(area.wide), Mm(area.high)
                shape.text_frame.margin_left = shape.text_frame.margin_right = 0
    strip = STRIP.format(namespaces=nsdecls("p", "a"), wide=int(Mm(EDGE)), high=int(Mm(HIGH)))
    master.shapes.element.insert(2, parse_xml(strip))  # behind everything else
    (heading,) = master.element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr")
    heading.set("algn", "l")
    heading.find(qn("a:defRPr")).set("sz", str(TITLES[0][1] * 100))
    heading.find(qn("a:defRPr")).set("b", "1")
    for foot in master.placeholders:
        if foot.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
            foot.element.xpath(".//a:lvl1pPr")[0].set("algn", "l")
    front = show.slide_layouts[TITLE_SLIDE]
    front.placeholders[0].text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    for level in front.placeholders[1].element.xpath(".//a:lstStyle/*"):
        level.set("algn", "l")
    for page in (master, front):
        for pale in page.element.xpath(".//a:lstStyle//a:tint"):
            pale.getparent().remove(pale)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(OFFICE_COLOUR, OWN_COLOUR)  # noqa: SLF001  # there is no other way in

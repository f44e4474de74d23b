"""Documents as Word, PDF, PowerPoint and Excel files, each read back by a second program."""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import docx
import numpy as np
import openpyxl
import pptx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import etree

from selfassess.documents import media, page_layout, paper_form
from selfassess.documents.blocks import (
    COLOURS,
    INK,
    Bullet,
    BulletList,
    Document,
    Heading,
    Paragraph,
    Question,
    Quotes,
    ScoreChart,
    Section,
    Table,
)
from selfassess.documents.export.round_sheets import sheets
from selfassess.documents.media import MEDIA
from selfassess.documents.picture import of_change, of_score
from selfassess.documents.render_xlsx import Column, Hidden, Sheet, to_workbook
from selfassess.documents.round.report import document as round_document
from selfassess.documents.wording import MADE_UP
from selfassess.model.priorities import first
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.results import Range
from selfassess.services.paper import paper_form as form_of
from selfassess.services.reports import narrow_report
from tests.documents.test_writers import CHANGE, EXAMPLES, SCORE, section
from tests.services.made import made_report

BINARY = [name for name, medium in MEDIA.items() if medium.is_binary]
ODD = (
    "x" * 1_000, "Sentence. " * 400, "العربية من اليمين إلى اليسار", "עברית", "👩‍👩‍👧 ✅ 🎉",
    "a\x00b\x1b[31mc\x0bd\u202ee\ufffe\uffff",
    "=1+1", "]]> & <w:p/> #panic(\"no\") $x$ \\n", "\ud800", "'[]:*?/\\", "", "\n\n", "日本語",
)  # fmt: skip  # what people may write
EVERYTHING = Document(
    title="Everything", about="About", marks=(MADE_UP,), summary=("Summary",), language="en",
    sections=tuple(replace(section(block), id=f"s{place}", title=f"Section {place}")
                   for place, (block, _) in enumerate(EXAMPLES.values())),
)  # fmt: skip  # in few lines


@pytest.fixture(scope="module")
def report(partnership: Edition) -> RoundReport:
    """Of nine, fourteen, and four who agreed to be shown; it is made up."""
    made = made_report(partnership, {"board": 9, "staff": 14, "external": 4})
    return replace(made, made_up=True)


@pytest.fixture(scope="module")
def handout(report: RoundReport) -> Document:
    return round_document(report)


@cache
def written(one: Document, medium: str) -> bytes:
    content = media.write(one, medium)
    assert isinstance(content, bytes)
    return content


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page, with what stands on its lines at one place each."""
    with pypdfium2.PdfDocument(content) as file:
        texts = []
        for page in file:
            read = page.get_textpage()
            texts.append(" ".join(read.get_text_range().replace("\u200b", "").split()))
            read.close()
            page.close()
        return texts


def pdf_text(content: bytes) -> str:
    return " ".join(pdf_pages(content))


def words_of(content: bytes, medium: str) -> str:
    """All words of a file, on one line."""
    match medium:
        case "pdf":
            found = [pdf_text(content)]
        case "docx":
            file = docx.Document(io.BytesIO(content))
            found = ["".join(one.itertext()) for one in file.element.body.iter(qn("w:p"))]
            found += [str(one.get("descr")) for one in file.element.body.iter(qn("wp:docPr"))]
        case "pptx":
            found = [*slide_texts(content)]
        case _:
            found = [
                str(cell) for page in workbook(content) for row in page.iter_rows(values_only=True) for cell in row
            ]
    return " ".join(" ".join(found).split())


def slide_texts(content: bytes) -> Iterator[str]:
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            yield shape.element.xpath(".//p:cNvPr/@descr")[0] if shape.element.xpath(".//p:cNvPr/@descr") else ""
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text


def workbook(content: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it does not know all that is in one
        return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("medium", BINARY)
def test_every_block_is_in_every_file(medium: str) -> None:
    found = words_of(written(EVERYTHING, medium), medium)
    for place, (_, words) in enumerate(EXAMPLES.values()):
        assert words in found, words
        assert f"Section {place}" in found
    assert all(one in found for one in ("Everything", "About", MADE_UP, "Summary", "Before", "After"))


@pytest.mark.parametrize("medium", BINARY)
def test_the_same_document_is_the_same_file_whenever_it_is_written(medium: str) -> None:
    content = written(EVERYTHING, medium)
    assert media.write(EVERYTHING, medium) == content
    today = str(datetime.datetime.now(datetime.UTC).year)
    assert f"D:{today}".encode() not in content
    if medium != "pdf":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            assert {part.date_time[0] for part in parts.infolist()} == {1980}
            core = parts.read("docProps/core.xml").decode()
        assert today not in core
        assert "<dc:title>Everything</dc:title>" in core
        assert "python-" not in core


def odd_section(odd: str) -> Section:
    blocks = (
        Paragraph(odd, note=odd, lead=odd), Heading(odd, odd), BulletList((Bullet(odd, odd, odd, odd),), tasks=True),
        Quotes(odd, (odd,)), Table(odd, (odd, odd), ((odd, odd),), numbers=True),
        ScoreChart((replace(SCORE, title=odd, words=odd, n=odd),)), Question(1, odd, (odd,), (odd,), odd, 2),
    )  # fmt: skip  # in few lines
    return Section("odd", odd, blocks)


@pytest.mark.slow
@pytest.mark.parametrize("medium", BINARY)
@pytest.mark.parametrize("odd", [ODD[1], ODD[5], ""], ids=["long", "controls", "empty"])
def test_whatever_people_write_can_be_opened(medium: str, odd: str) -> None:
    every = (
        tuple(map(odd_section, ODD if odd == ODD[1] else (odd,)))
        if odd
        else (Section("b", "", ()), Section("c", "Empty", ()))
    )
    one = Document(title=odd, about=odd, marks=(odd,), summary=(odd,), name=odd, sections=every)
    content = written(one, medium)
    match medium:
        case "pdf":
            assert content.startswith(b"%PDF")
        case "docx":
            docx.Document(io.BytesIO(content))
        case "pptx":
            pptx.Presentation(io.BytesIO(content))
        case _:
            cells = [cell for page in workbook(content) for row in page.iter_rows() for cell in row]
            assert not [cell for cell in cells if cell.data_type == "f"]
            assert all(len(page.title) <= 31 for page in workbook(content))
    if medium != "pdf":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(parts.read(name))


@pytest.mark.parametrize("medium", BINARY)
def test_a_document_without_anything_is_a_file(medium: str) -> None:
    assert written(Document(title="Nothing", sections=()), medium)


# Word


@pytest.mark.slow
def test_word_has_headings_styles_tables_and_contents(handout: Document) -> None:
    file = docx.Document(io.BytesIO(written(handout, "docx")))
    headings = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    assert headings == [one.title for one in handout.sections if one.title]
    links = list(file.element.iter(qn("w:hyperlink")))
    assert ["".join(text.text for text in one.iter(qn("w:t")) if text.text) for one in links] == headings[
        headings.index("In the annex") + 1 :
    ]
    places = [one.get(qn("w:name")) for one in file.element.iter(qn("w:bookmarkStart"))]
    assert len(set(places)) == len(places) == len(headings)
    assert [one.get(qn("w:anchor")) for one in links] == places[headings.index("In the annex") + 1 :]
    numbers = [one.get(qn("w:instr")) for link in links for one in link.iter(qn("w:fldSimple"))]
    assert numbers == [f"PAGEREF {link.get(qn('w:anchor'))} \\h" for link in links]
    assert len(file.tables) > 5
    heads = [table for table in file.tables if table.style.name == "Report Table"]
    for table in heads:
        first = table.rows[0]._tr
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
    pictures = [one.get("descr") for one in file.element.iter(qn("wp:docPr"))]
    assert pictures
    assert all(pictures)
    footer = etree.tostring(file.sections[0].footer._element).decode()
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    assert file.sections[0].header.paragraphs[0].text == f"{handout.title}\tMADE-UP EXAMPLE"
    assert file.core_properties.title.startswith(handout.name[:50])
    assert file.core_properties.language == "en"


def test_words_look_is_changed_in_its_styles_alone(handout: Document) -> None:
    file = docx.Document(io.BytesIO(written(handout, "docx")))
    sized = list(file.element.body.iter(qn("w:sz")))
    assert not sized, "no size stands beside a text"
    used = {one.style.name for one in file.paragraphs}
    assert {"Heading 1", "Heading 2", "Quiet", "List Bullet", "Task", "Mark", "Title"} <= used


def test_what_stands_in_an_element_of_word_is_in_order(handout: Document) -> None:
    """Word refuses files in which it is not."""
    from selfassess.documents.word_styles import ORDER

    file = docx.Document(io.BytesIO(written(handout, "docx")))
    for tree in (file.element, file.styles.element):
        for name, children in ORDER.items():
            order = [qn(f"w:{one}") for one in children.split()]
            for element in tree.iter(qn(f"w:{name}")):
                tags = [one.tag for one in element]
                assert set(tags) <= set(order), (name, set(tags) - set(order))
                assert [order.index(one) for one in tags] == sorted(order.index(one) for one in tags)


def test_every_style_that_is_used_is_there(handout: Document) -> None:
    for one in (handout, EVERYTHING):
        file = docx.Document(io.BytesIO(written(one, "docx")))
        there = {style.style_id for style in file.styles}
        used = {
            element.get(qn("w:val"))
            for tree in (
                file.element.body,
                *(part._element for page in file.sections for part in (page.header, page.footer)),
            )
            for kind in ("pStyle", "rStyle", "tblStyle")
            for element in tree.iter(qn(f"w:{kind}"))
        }
        assert used <= there


def test_a_language_from_right_to_left_is_set_so() -> None:
    for language, is_so in (("ar", True), ("he-IL", True), ("en", False)):
        file = docx.Document(io.BytesIO(written(replace(EVERYTHING, language=language), "docx")))
        normal = file.styles["Normal"].element
        assert (normal.pPr.find(qn("w:bidi")) is not None) == is_so
        assert normal.rPr.find(qn("w:lang")).get(qn("w:val")) == language


def test_a_small_picture_is_black_and_white_and_differs_where_the_score_does() -> None:
    half = replace(SCORE, likely=Range(0.5, 0.6), possible=Range(0.4, 0.7))
    others = (replace(half, share=0.1), replace(half, target=None), replace(half, camps="two camps", is_split=True))
    drawn = [of_score(one) for one in (half, *others)]
    assert len(set(drawn)) == 4
    assert all(one is not None and one.startswith(b"\x89PNG") for one in drawn)
    assert of_score(replace(half, share=None, likely=None, possible=None)) is None
    assert of_change(CHANGE) != of_change(replace(CHANGE, now=0.4))
    assert of_change(replace(CHANGE, now=None)) is None


# PDF


def test_a_pdf_is_tagged_has_its_fonts_and_says_which_page_it_is(handout: Document) -> None:
    content = written(handout, "pdf")
    pages = pdf_pages(content)
    assert len(pages) > 5
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "MADE-UP EXAMPLE" in text
    for one in sections_with_titles(handout):
        assert one in " ".join(pages)
    assert content.count(b"/Type/FontDescriptor") == content.count(b"/FontFile") > 2, "every font is in it"
    with pypdfium2.PdfDocument(content) as file:
        assert file.is_tagged()
        assert [round(side) for side in file[0].get_size()] == [595, 842], "A4"
        told = file.get_metadata_dict()
    assert (told["Title"], told["CreationDate"]) == (f"{handout.name}", "")
    assert b"pdfuaid" in content, "it says that it keeps to the standard for accessible files"


def sections_with_titles(one: Document) -> list[str]:
    return [section.title for section in one.sections if section.title]


def test_the_contents_of_a_pdf_begin_a_page_and_name_the_pages_of_the_annex(handout: Document) -> None:
    pages = pdf_pages(written(handout, "pdf"))
    (place,) = [place for place, words in enumerate(pages) if "In the annex" in words]
    assert place > 0
    assert "In the annex" in pages[place][:120]
    titles = [one.title for one in handout.sections if one.title]
    for title in titles[titles.index("In the annex") + 1 :]:
        number = re.search(rf"{re.escape(title)}[ .]+(\d+)", pages[place])
        assert number
        assert title in pages[int(number[1]) - 1]


def test_every_page_of_a_pdf_can_be_drawn(handout: Document) -> None:
    with pypdfium2.PdfDocument(written(handout, "pdf")) as file:
        for page in file:
            drawn = page.render(scale=0.1, grayscale=True)
            assert len(set(bytes(drawn.buffer))) > 2, "no page is empty"
            page.close()


def test_several_documents_have_page_numbers_of_their_own(partnership: Edition) -> None:
    forms = [paper_form.document(form_of(partnership, None, group, short=True)) for group in ("board", "staff")]
    text = pdf_text(_together(forms, "pdf"))
    assert text.count("Page 1 of ") == 2
    file = docx.Document(io.BytesIO(_together(forms, "docx")))
    assert len(file.sections) == 2
    assert [one._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for one in file.sections] == ["1", "1"]


def _together(some: list[Document], medium: str) -> bytes:
    content = media.together(some, medium)
    assert isinstance(content, bytes)
    return content


def test_a_form_has_marks_to_circle_and_lines_to_write_on(partnership: Edition) -> None:
    form = paper_form.document(form_of(partnership, None, "board", short=False))
    asked = [block for one in form.sections for block in one.blocks if isinstance(block, Question)]
    flat = " ".join(pdf_text(written(form, "pdf")).split())
    assert flat.count("1 2 3 4 5") >= sum("5" in one.circle for one in asked)
    assert all(one.text in flat for one in asked if one.number is not None)
    file = docx.Document(io.BytesIO(written(form, "docx")))
    assert sum(one.style.name == "Line to Write On" for one in file.paragraphs) == sum(one.lines for one in asked)


@pytest.mark.parametrize("language", ["en-GB", "ar", "de-x-private", "", "klingon", "zh-Hans-CN", '"#'])
def test_whatever_the_language_is_called_it_is_written(language: str) -> None:
    one = Document(title="T", sections=(Section("a", "A", (Paragraph("Words"),)),), language=language)
    assert all(written(one, medium) for medium in BINARY)
    assert "Words" in pdf_text(written(one, "pdf"))


def test_scores_stand_in_the_colours_of_their_bands() -> None:
    tones = (0, 1, 2, 3, 4, None)
    rows = tuple(replace(SCORE, title=f"Benchmark {tone}", tone=tone) for tone in tones)
    one = Document(title="Scores", sections=(Section("scores", "Scores", (ScoreChart(rows),)),))
    (table,) = [it for it in docx.Document(io.BytesIO(written(one, "docx"))).tables if len(it.rows) > 5]
    at = [cell.text for cell in table.rows[0].cells].index("Score")
    for row, tone in zip(table.rows[1:], tones, strict=True):
        cell = row.cells[at]
        fill = next((f"#{shade.get(qn('w:fill'))}" for shade in cell._tc.iter(qn("w:shd"))), None)
        assert fill == (None if tone is None else COLOURS[tone])
        ink = cell.paragraphs[0].runs[0].font.color.rgb
        assert (None if ink is None else f"#{ink}") == (None if tone is None else INK[tone])
        assert row.cells[-1].text.startswith(SCORE.band), "so that it can be read without colour"
    with pypdfium2.PdfDocument(written(one, "pdf")) as file:
        points = file[0].render(rev_byteorder=True).to_numpy().reshape(-1, 3)
        drawn = {f"#{red:02X}{green:02X}{blue:02X}" for red, green, blue in np.unique(points, axis=0)}
    assert set(COLOURS) <= drawn


# Slides


def test_a_round_is_a_few_slides_on_which_nothing_overflows(report: RoundReport, handout: Document) -> None:
    show = pptx.Presentation(io.BytesIO(written(handout, "pptx")))
    slides = list(show.slides)
    titles = [one.shapes.title.text_frame.text for one in slides]
    picked = {one.id: one.title for one in handout.sections}
    assert titles == [handout.title, *(picked[id] for id in handout.slides if id in picked)]
    assert len(titles) == 4, "five where there was a round before"
    assert "27 of" in slides[0].placeholders[1].text_frame.text
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= show.slide_width
            assert shape.top + shape.height <= show.slide_height
    (grid,) = [shape for shape in slides[1].shapes if shape.has_table]
    assert grid.element.xpath(".//p:cNvPr/@descr") == ["Scores"]
    rows = [[cell.text for cell in row.cells] for row in grid.table.rows]
    assert rows[0][:2] == ["", "All"]
    assert [row[0] for row in rows[1:]] == ["Overall", *(one.title for one in report.questionnaire.strands)]
    assert MADE_UP in " ".join(shape.text_frame.text for shape in slides[2].shapes if shape.has_text_frame)


def test_words_and_tables_of_slides_run_from_right_to_left_where_the_language_does(handout: Document) -> None:
    for language, is_so in (("ar", True), ("en", False)):
        for slide in pptx.Presentation(io.BytesIO(written(replace(handout, language=language), "pptx"))).slides:
            lines = slide.shapes.element.xpath(".//a:p")
            assert lines
            assert all(bool(line.xpath("a:pPr[@rtl='1']")) == is_so for line in lines)
            assert all((one.get("rtl") == "1") == is_so for one in slide.shapes.element.xpath(".//a:tblPr"))


def test_sections_can_be_picked_and_what_has_no_room_is_in_the_notes() -> None:
    long = tuple(Paragraph(f"Number {place}. " + "word " * 60) for place in range(40))
    one = Document(
        title="T", sections=(Section("a", "A", long), Section("b", "B", (Paragraph("b"),))), slides=("b", "a")
    )
    slides = list(pptx.Presentation(io.BytesIO(written(one, "pptx"))).slides)
    assert [slide.shapes.title.text_frame.text for slide in slides] == ["T", "B", "A"]
    shown = " ".join(shape.text_frame.text for shape in slides[2].shapes if shape.has_text_frame)
    assert "Number 0." in shown
    assert "Number 20." not in shown
    assert "in the notes" in shown
    assert "Number 20." in slides[2].notes_slide.notes_text_frame.text


def test_each_figure_of_a_section_has_a_slide_with_what_leads_to_it_and_what_explains_it() -> None:
    def table(name: str) -> Table:
        return Table(name, ("", "All"), (("Meetings", "1"),))

    blocks = (
        Paragraph("Before"), table("One"), Paragraph("Of one", "quiet"), Paragraph("More of one"), Heading("Two"),
        table("Two"),
        Paragraph("Of two", "quiet"), Paragraph("After"),
    )  # fmt: skip  # in few lines
    one = Document(title="T", sections=(Section("a", "Both", blocks),))
    _, first_slide, second = pptx.Presentation(io.BytesIO(written(one, "pptx"))).slides
    for slide, caption, there, elsewhere in (
        (first_slide, "One", ("Before", "Of one", "More of one"), ("Two", "Of two", "After")),
        (second, "Two", ("Two", "Of two", "After"), ("Before", "Of one", "More of one")),
    ):
        assert slide.shapes.title.text_frame.text == "Both"
        assert slide.shapes.element.xpath(".//p:graphicFrame//p:cNvPr/@descr") == [caption]
        words = [line.text for shape in slide.shapes if shape.has_text_frame for line in shape.text_frame.paragraphs]
        assert set(there) <= set(words)
        assert not set(elsewhere) & set(words)


def test_a_table_on_a_slide_is_as_long_as_there_is_room_for() -> None:
    rows = tuple(("A name of some length that is broken", "word " * 12, str(place)) for place in range(60))
    one = Document(title="T", sections=(Section("a", "A", (Table("Many", ("Name", "Words", "Number"), rows),)),))
    show = pptx.Presentation(io.BytesIO(written(one, "pptx")))
    (shape,) = [shape for shape in show.slides[1].shapes if shape.has_table]
    assert 4 < len(shape.table.rows) < 20
    assert shape.top + sum(row.height for row in shape.table.rows) <= show.slide_height
    assert "more rows are not on the slide" in shape.element.xpath(".//p:cNvPr/@descr")[0]


# Workbooks


def test_a_round_as_a_workbook_has_its_scores_items_differences_findings_and_actions(report: RoundReport) -> None:
    book = workbook(to_workbook(sheets(report), round_document(report)))
    assert book.sheetnames == ["Scores", "Items", "Differences", "Findings", "Actions", "About"]
    scores = list(book["Scores"].iter_rows(min_row=2, values_only=True))
    cells = {report.results.all.id: "All"} | {cell.id: report.title_of(cell.id) for cell in report.groups}
    for name, cell in (("all", report.results.all), *((one.id, one) for one in report.groups)):
        overall = next(row for row in scores if row[:3] == ("Overall", "overall", cells[name]))
        assert cell.overall is not None
        assert overall[3:9] == (cell.overall.n, cell.overall.invited, cell.overall.coded or cell.overall.shown,
                                cell.overall.band, cell.overall.target, cell.overall.gap)  # fmt: skip  # in few lines
    actions = book["Actions"]
    assert actions.max_row > 10
    lists = {str(one.sqref).split(":")[0]: one.formula1 for one in actions.data_validations.dataValidation}
    assert lists.pop("E2") == '"Board members,Staff,External partners"'
    assert lists == {"G2": '"proposed,agreed,under way,done,dropped"', "H2": '"not said,low,medium,high"'}
    told = list(actions.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in told][: len(report.prioritised)] == [
        one.suggestion.action.text for one in report.prioritised
    ]
    assert sum(row[3] == "yes" for row in told) == len(first(report.prioritised)) > 3
    assert MADE_UP in [row[0].value for row in book["About"].iter_rows()]
    assert all(page.freeze_panes == "A2" for page in book if page.title != "About")


def test_a_suppressed_figure_is_an_empty_cell_with_its_reason_in_a_note(report: RoundReport) -> None:
    """Nothing is in the workbook that the summary, which disclosure made, has not."""
    items = workbook(to_workbook(sheets(report)))["Items"]
    shown: dict[tuple[str, str], int] = {}
    for _, words, group, answer, _, people, why in items.iter_rows(min_row=2):
        if answer.value is None:
            assert (people.value, people.comment.text) == (None, why.value)
            assert why.value
        else:
            key = str(group.value), str(words.value)
            shown[key] = shown.get(key, 0) + int(str(people.value))
    for cell in (report.results.all, *report.groups):
        said = "All" if cell is report.results.all else report.title_of(cell.id)
        counted = sum(sum(one.counts.values()) for one in cell.at("item") if one.counts)
        assert sum(number for (group, _), number in shown.items() if group == said) == counted
    assert report.title_of("board") not in {group for group, _ in shown}, "nine are too few for single answers"


def test_a_narrowed_report_says_no_more_as_a_workbook(report: RoundReport) -> None:
    one = narrow_report(report, "staff", "leadership")
    book = workbook(to_workbook(sheets(one)))
    assert {row[2] for row in book["Scores"].iter_rows(min_row=2, values_only=True)} == {report.title_of("staff")}
    assert len({row[0] for row in book["Scores"].iter_rows(min_row=2, values_only=True)}) == 5


def test_numbers_stand_under_their_heads_and_clear_of_the_words_beside_them(report: RoundReport) -> None:
    whole, made = workbook(to_workbook(sheets(report))), written(round_document(report), "xlsx")
    found = 0
    for page in (*whole.worksheets, *workbook(made).worksheets):
        for column in page.iter_cols():
            is_number = [isinstance(cell.value, int | float) for cell in column]
            for above, cell in ((column[y - 1], column[y]) for y in range(1, len(column)) if is_number[y]):
                assert (cell.alignment.horizontal, cell.alignment.indent) == ("right", 2)
                if above.font.b and above.value:
                    assert (above.alignment.horizontal, above.alignment.indent) == ("right", 2), above.value
                    found += 1
    assert found > 10


def test_sheets_of_one_name_are_told_apart_and_no_cell_is_a_formula() -> None:
    columns = (Column("a"), Column("b"))
    rows = (("=1+1", Hidden("too few")), ("http://x.org", 3.5), ("7", datetime.date(2026, 5, 31)))
    book = workbook(
        to_workbook([Sheet("History", columns, rows), Sheet("HISTORY", columns, ()), Sheet("", columns, ())])
    )
    assert book.sheetnames == ["History 2", "HISTORY 3", "Sheet"]
    page = book.worksheets[0]
    assert [page["A2"].value, page["A2"].data_type, page["A3"].hyperlink, page["A4"].data_type] == [
        "=1+1",
        "s",
        None,
        "s",
    ]
    assert page["B2"].comment.text == "too few"
    assert page["B4"].value == datetime.datetime.combine(datetime.date(2026, 5, 31), datetime.time())


def test_every_section_of_a_report_is_in_the_workbook_of_a_document(report: RoundReport) -> None:
    book = workbook(written(round_document(report), "xlsx"))
    assert len(book.sheetnames) == 1 + len(round_document(report).sections)


def test_what_leads_to_a_figure_or_heads_a_list_stays_with_it() -> None:
    words, strong = Paragraph("Words"), Paragraph("Head", "strong")
    table, points = Table("T", ("", "All"), (("a", "1"),)), BulletList((Bullet("b"),))
    assert page_layout.leading((words, table)) == (True, False)
    assert page_layout.leading((Heading("H"), words, words, table)) == (False, True, True, False)
    assert page_layout.leading((Heading("H"), words, Heading("I"))) == (False, True, False)
    assert page_layout.leading((table, words, table)) == (False, False, False)
    assert page_layout.leading((Heading("H"), *[words] * 4, table)) == (False,) * 6
    assert page_layout.leading((table, words, strong, points)) == (False, False, True, False)
    assert page_layout.leading((table, words, points, words)) == (False,) * 4
    assert page_layout.leading(()) == ()

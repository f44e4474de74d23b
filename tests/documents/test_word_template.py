"""Word files in the look of a template: its styles, its page, and what stands at its head and foot."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor

from selfassess.documents.blocks import (
    Bullet,
    BulletList,
    Contents,
    Document,
    Heading,
    Paragraph,
    Quotes,
    Section,
    Table,
)
from selfassess.documents.media import together
from selfassess.documents.word_styles import NotTemplateError, check_template

ROWS = (("Board", "40"), ("Staff", "60"))
SCORES = (
    Heading("By group"), Paragraph("Quietly", "quiet"), Quotes("Of all", ("Tea",)), BulletList((Bullet("One"),)),
    Table("Scores", ("", "All"), ROWS),
)  # fmt: skip  # in few lines
REPORT = Document(
    title="The report",
    marks=("MADE-UP EXAMPLE: nobody gave these answers.",),
    sections=(
        Section("contents", "In the annex", (Contents((("scores", "Scores"),)),)),
        Section("scores", "Scores", SCORES),
    ),
)
RED = RGBColor(0xC0, 0, 0)


def template(*, foot: str = "") -> bytes:
    """As a German Word writes it: its own styles are called otherwise. Some that we need are not in it."""
    file = docx.Document()
    file.styles["Heading 1"].font.color.rgb = RED
    page = file.sections[0]
    page.page_width, page.left_margin, page.right_margin = Mm(150), Mm(30), Mm(20)
    page.header.paragraphs[0].text = "Our letterhead"
    page.footer.paragraphs[0].text = foot
    file.add_paragraph("Delete this")
    file.add_table(2, 2)
    for name, id in (("Heading 1", "berschrift1"), ("Normal", "Standard"), ("Strong", "Fett")):
        before = file.styles[name].style_id
        file.styles[name].element.set(qn("w:styleId"), id)
        for kind in ("basedOn", "next", "link"):
            for one in file.styles.element.iter(qn(f"w:{kind}")):
                if one.get(qn("w:val")) == before:
                    one.set(qn("w:val"), id)
    for name in ("Quote", "Caption", "List Bullet"):
        file.styles[name].delete()
    return content(file)


def content(file: object) -> bytes:
    out = io.BytesIO()
    file.save(out)  # type: ignore[attr-defined]  # python-docx has no name for it
    return out.getvalue()


def opened(template: bytes, *documents: Document) -> "docx.document.Document":
    made = together(documents, "docx", template)
    assert isinstance(made, bytes)
    return docx.Document(io.BytesIO(made))


def test_the_styles_the_page_and_the_head_are_those_of_the_template() -> None:
    file = opened(template(), REPORT)
    headings = [one for one in file.paragraphs if one.style.name == "Heading 1"]
    assert [one.text for one in headings] == ["In the annex", "Scores"]
    assert headings[0].style.font.color.rgb == RED
    assert round(file.sections[0].page_width.mm) == 150
    assert file.sections[0].header.paragraphs[0].text == "Our letterhead"
    (grid,) = file.tables
    assert sum(column.width for column in grid.columns) <= Mm(100) + len(grid.columns)


def test_what_was_written_in_it_is_left_out_and_all_of_ours_is_there() -> None:
    file = opened(template(), REPORT)
    words = "\n".join(one.text for one in file.paragraphs)
    assert "Delete this" not in words
    assert all(one in words for one in ("The report", *REPORT.marks, "By group", "Quietly", "Tea", "One"))
    assert "• One" in words, "the dots of a list belong to a style that it has not"


def test_styles_that_it_has_not_are_ours_and_lean_on_its_own() -> None:
    file = opened(template(), REPORT)
    there = {style.style_id for style in file.styles}
    for kind in ("pStyle", "rStyle", "tblStyle"):
        assert {one.get(qn("w:val")) for one in file.element.body.iter(qn(f"w:{kind}"))} <= there
    for kind in ("basedOn", "next", "link"):
        assert {one.get(qn("w:val")) for one in file.styles.element.iter(qn(f"w:{kind}"))} <= there
    assert file.styles["Quiet"].base_style == file.styles["Normal"]
    names = [style.name for style in file.styles]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("foot", ["", "Our address"])
def test_pages_have_numbers_unless_something_stands_there(foot: str) -> None:
    file = opened(template(foot=foot), REPORT)
    footer = file.sections[0].footer
    assert footer.paragraphs[0].text.startswith(foot)
    fields = [one.get(qn("w:instr")) for one in footer._element.iter(qn("w:fldSimple"))]
    assert fields == ([] if foot else ["PAGE", "NUMPAGES"])


def test_several_documents_each_begin_a_page_with_the_same_head() -> None:
    file = opened(template(), REPORT, REPORT)
    assert [page.header.is_linked_to_previous for page in file.sections] == [False, True]
    assert [round(page.page_width.mm) for page in file.sections] == [150, 150]


@pytest.mark.parametrize(
    "broken",
    [b"", b"Dear all", b"PK\x03\x04 and no more", b"%PDF-1.7", template()[:2_000]],
    ids=["nothing", "text", "cut zip", "PDF", "cut Word file"],
)
def test_what_is_no_word_file_is_told(broken: bytes) -> None:
    with pytest.raises(NotTemplateError, match="is not a Word file that we can read"):
        check_template(broken)


def test_other_office_files_are_no_templates() -> None:
    for medium in ("xlsx", "pptx"):
        made = together([REPORT], medium)
        assert isinstance(made, bytes)
        with pytest.raises(NotTemplateError):
            check_template(made)
    check_template(template())

"""Files for office programs, opened and drawn by such programs, where they are installed."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from selfassess.documents import media
from selfassess.documents.blocks import Document
from selfassess.documents.export.round_sheets import sheets
from selfassess.documents.render_xlsx import to_workbook
from selfassess.documents.round import board_page
from selfassess.documents.round.report import document as whole
from selfassess.documents.wording import MADE_UP
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from tests.services.made import made_report

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
POPPLER = shutil.which("pdffonts")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(partnership: Edition) -> RoundReport:
    made = made_report(partnership, {"board": 11, "staff": 14, "external": 5})
    return replace(made, made_up=True, partnership="Nowhereton Partnership")


@pytest.fixture(scope="module")
def page(report: RoundReport) -> Document:
    return board_page.document(report)


def content(document: Document, medium: str) -> bytes:
    made = media.write(document, medium)
    assert isinstance(made, bytes)
    return made


@pytest.fixture(scope="module")
def drawn(report: RoundReport, page: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what LibreOffice draws of each of them, as PDF."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    files = {
        "page.docx": content(page, "docx"),
        "slides.pptx": content(page, "pptx"),
        "book.xlsx": to_workbook(sheets(report), page),
        "whole.docx": content(whole(report), "docx"),
    }
    for name, made in files.items():
        (folder / name).write_bytes(made)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *(str(folder / name) for name in files)], check=True, capture_output=True, timeout=180)
    return folder


def pages(path: Path) -> list[str]:
    """The words of each page; all that is written on it lies within it."""
    found = []
    with pypdfium2.PdfDocument(path) as file:
        for page in file:
            width, height = page.get_size()
            text = page.get_textpage()
            for number in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(number)
                assert -1 <= left <= right <= width + 1
                assert -1 <= bottom <= top <= height + 1
            found.append(" ".join(text.get_text_range().split()))
            text.close()
            page.close()
    return found


def test_the_page_for_a_board_is_one_page_of_paper(drawn: Path, page: Document) -> None:
    (words,) = pages(drawn / "page.pdf")
    assert all(section.title in words for section in page.sections)
    assert words.count("Page 1 of 1") == 1
    assert "Nowhereton Partnership" in words


def test_slides_are_drawn_one_for_each_section(drawn: Path, page: Document) -> None:
    shown = pages(drawn / "slides.pdf")
    there = {one.id: one.title for one in page.sections}
    titles = [page.title, *(there[id] for id in page.slides if id in there)]
    for number, (words, title) in enumerate(zip(shown, titles, strict=True), 1):
        assert words.startswith(f"{number} {title}"), "LibreOffice writes the number of a slide first"
        assert MADE_UP in words
    assert "the frame is the target" in shown[1], "a chart stands beside the heat map"


def test_each_sheet_of_a_workbook_is_drawn(drawn: Path) -> None:
    words = " ".join(pages(drawn / "book.pdf"))
    assert all(one in words for one in ("Have a score", "From the worst", "Points", "Owner", "Status"))


def test_the_contents_name_the_pages_on_which_sections_begin(drawn: Path, report: RoundReport) -> None:
    shown = pages(drawn / "whole.pdf")
    (place,) = [place for place, words in enumerate(shown) if "In the annex" in words]
    assert place > 0
    titles = [one.title for one in whole(report).sections if one.title]
    for title in titles[titles.index("In the annex") + 1 :]:
        number = shown[place].partition(title)[2].lstrip(" .").split()[0]
        assert title in shown[int(number) - 1]


def test_the_fonts_of_a_pdf_are_in_it(page: Document, tmp_path: Path) -> None:
    if POPPLER is None:
        pytest.skip("poppler is not installed")
    path = tmp_path / "page.pdf"
    path.write_bytes(content(page, "pdf"))
    listed = subprocess.run([POPPLER, str(path)], check=True, capture_output=True, text=True).stdout.splitlines()
    assert len(listed) > 2
    assert listed[0].split()[-5:] == ["emb", "sub", "uni", "object", "ID"]
    assert {line.split()[-5] for line in listed[2:]} == {"yes"}

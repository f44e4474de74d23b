"""Files for office programs from the commands: where they go, and what is said where they cannot be written."""

import errno
import io
import os
import re
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest

from selfassess.cli import output
from selfassess.documents.media import MEDIA
from selfassess.model.plan import Planned
from selfassess.project.plans import Plans
from selfassess.project.project import create, open_project
from tests.cli.conftest import Command

ANSWERED = "1\n1\n3\n\nTea\n\nresults\n"
BINARY = [name for name, medium in MEDIA.items() if medium.is_binary]
STARTS = {"pdf": b"%PDF"}


@pytest.fixture
def answered(selfassess: Command, small: str) -> str:
    selfassess("take", small, "--plain", typed=ANSWERED)
    return small


def without(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Libraries that are not installed."""
    import importlib.util

    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in modules else found(name))


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("style", BINARY)
def test_a_result_goes_into_a_file_by_its_ending_or_its_format(selfassess: Command, tmp_path: Path, style: str) -> None:
    by_ending, by_format = tmp_path / f"mine.{style}", tmp_path / "mine"
    done = selfassess("report", "--output", str(by_ending))
    assert (done.code, done.out, done.err) == (0, "", f"Written: {by_ending}.\n")
    assert by_ending.read_bytes().startswith(STARTS.get(style, b"PK"))
    assert selfassess("report", "--format", style, "--output", str(by_format)).code == 0
    assert by_format.read_bytes() == by_ending.read_bytes()


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("style", BINARY)
def test_no_terminal_and_no_program_gets_what_is_no_text(selfassess: Command, style: str) -> None:
    done = selfassess("report", "--format", style)
    assert (done.code, done.out) == (2, "")
    assert "output goes into a file, not to a terminal or another program." in done.err
    assert f"Add: --output FILE.{style}" in done.err


@pytest.mark.usefixtures("answered")
def test_a_file_that_the_shell_opens_is_a_file(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.docx"
    with path.open("w", encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdout", file)
        assert selfassess("report", "--format", "docx").code == 0
    assert docx.Document(io.BytesIO(path.read_bytes())).paragraphs[0].text == "Small"


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("style", BINARY)
def test_without_its_library_the_command_is_named_that_installs_it(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    without(monkeypatch, MEDIA[style].needs)
    done = selfassess("report", "--output", str(tmp_path / f"mine.{style}"))
    assert (done.code, done.out) == (2, "")
    assert f"{MEDIA[style].name} files are written with a library that is not installed." in done.err
    assert " -m pip install 'selfassess[office]'" in done.err
    assert not list(tmp_path.glob("mine.??*x*")), "nothing is left half written"


@pytest.mark.usefixtures("answered")
def test_a_folder_that_is_read_only_is_told(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr("selfassess.project.atomic_files.workplace", refuse)  # root may write everywhere
    done = selfassess("report", "--output", str(tmp_path / "mine.pdf"))
    assert (done.code, "mine.pdf cannot be written: permission denied." in done.err) == (2, True)
    assert not (tmp_path / "mine.pdf").exists()


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("style", BINARY)
def test_a_folder_that_is_not_there_is_told(selfassess: Command, tmp_path: Path, style: str) -> None:
    done = selfassess("report", "--output", str(tmp_path / "none" / f"mine.{style}"))
    assert (done.code, "There is no folder" in done.err) == (2, True)


def test_the_form_and_all_letters_come_for_paper(selfassess: Command, small: str, tmp_path: Path) -> None:
    for style in ("pdf", "docx", "html"):
        assert selfassess("round", "form", small, "--output", str(tmp_path / f"form.{style}")).code == 0
    assert selfassess("round", "form", small, "--output", str(tmp_path / "form.pptx")).code == 2
    ours = tmp_path / "ours.selfassess"
    assert selfassess("project", "new", str(ours), "--shared").code == 0
    invited = ("--invited", "board=6", "--invited", "staff=9")
    new = ("round", "new", "autumn", "--questionnaire", small, *invited, "--title", "Autumn", "--yes")
    done = selfassess("--project", str(ours), *new)
    assert done.code == 0, done.err
    folder = tmp_path / "letters"
    invite = ("round", "invite", "autumn", "--group", "board", "--number", "3", "--folder", str(folder))
    done = selfassess("--project", str(ours), *invite, "--format", "pdf")
    assert done.code == 0, done.err
    assert "board-letters-01-to-03.pdf" in done.err
    with pypdfium2.PdfDocument((folder / "board-letters-01-to-03.pdf").read_bytes()) as file:
        assert len(file) >= 3
        page = file[0].get_textpage()
        code = (folder / "board-01.txt").read_text("utf-8").split("Your code: ")[1].split()[0]
        assert code in page.get_text_range()
        page.close()


def test_letters_come_in_a_format_that_can_be_written_here(
    selfassess: Command, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "ours.selfassess"
    assert selfassess("project", "new", str(ours), "--shared").code == 0
    invited = ("--invited", "board=6", "--invited", "staff=9")
    new = ("round", "new", "autumn", "--questionnaire", small, *invited, "--title", "Autumn", "--yes")
    assert selfassess("--project", str(ours), *new).code == 0
    invite = ("--project", str(ours), "round", "invite", "autumn", "--group", "board", "--number", "2", "--folder")
    assert selfassess(*invite, str(tmp_path / "with")).code == 0
    assert (tmp_path / "with" / "board-letters-01-to-02.docx").exists()
    without(monkeypatch, "docx")
    without(monkeypatch, "typst")
    assert selfassess(*invite, str(tmp_path / "bare")).code == 0
    page = (tmp_path / "bare" / "board-letters-03-to-04.html").read_text("utf-8")
    assert page.count("<html") == page.count("</html>") == page.count("<main>") == 1
    assert len(re.findall(r'<h1 class="new-page">', page)) == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len({*ids})
    done = selfassess(*invite, str(tmp_path / "slides"), "--format", "pptx")
    assert (done.code, (tmp_path / "slides").exists()) == (2, False)
    assert "docx" in done.err


def test_letters_are_not_begun_without_the_library(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "typst")
    done = selfassess("round", "invite", "autumn", "--number", "3", "--folder", str(tmp_path / "x"), "--format", "pdf")
    assert (done.code, (tmp_path / "x").exists()) == (2, False)


def test_a_plan_goes_out_as_a_workbook_and_comes_back(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sheet = tmp_path / "mine.selfassess", tmp_path / "plan.xlsx"
    with create(path, "personal") as project:
        Plans(project).add(Planned(text="Meet the neighbours."))
    assert selfassess("plan", "export", "--output", str(sheet)).code == 0
    assert "There is nothing to change." in selfassess("plan", "import", str(sheet)).err
    book = openpyxl.load_workbook(sheet)
    book["Actions"]["F2"] = "the chair"
    book.save(sheet)
    done = selfassess("plan", "import", str(sheet), "--yes")
    assert (done.code, "owner: was nothing, now “the chair”" in done.err) == (0, True), done.err
    with open_project(path, read_only=True) as project:
        assert [one.owner for one in Plans(project).all()] == ["the chair"]
    without(monkeypatch, "openpyxl")
    done = selfassess("plan", "import", str(sheet))
    assert (done.code, "plan.xlsx is read with a library that is not installed." in done.err) == (2, True)


def test_every_medium_says_what_it_needs() -> None:
    assert {one.needs for one in MEDIA.values()} == {"", "docx", "typst", "pptx", "xlsxwriter"}
    assert set(BINARY) <= set(output.PAGES)


@pytest.mark.usefixtures("answered")
def test_a_template_gives_a_word_file_its_look(selfassess: Command, tmp_path: Path) -> None:
    template, path = tmp_path / "ours.docx", tmp_path / "mine.docx"
    ours = docx.Document()
    ours.sections[0].header.paragraphs[0].text = "Our letterhead"
    ours.save(str(template))
    before = template.read_bytes()
    assert selfassess("report", "--output", str(path), "--template", str(template)).code == 0
    assert docx.Document(str(path)).sections[0].header.paragraphs[0].text == "Our letterhead"
    done = selfassess("report", "--output", str(template), "--template", str(template), "--replace")
    assert (done.code, template.read_bytes()) == (2, before), "it is not overwritten"


@pytest.mark.usefixtures("answered")
def test_a_template_that_is_none_is_told_before_anything_is_done(selfassess: Command, tmp_path: Path) -> None:
    letter, folder, path = tmp_path / "letter.txt", tmp_path / "folder", tmp_path / "mine.docx"
    letter.write_text("Dear all", encoding="utf-8")
    folder.mkdir()
    for template, said, cure in (
        (letter, "is not a Word file that we can read.", "Save it from Word as a Word document (.docx)."),
        (folder, "is a folder, not a file.", "Name the file in it."),
        (tmp_path / "none.docx", "cannot be read: no such file or directory.", "Check the name"),
    ):
        done = selfassess("report", "--output", str(path), "--template", str(template))
        assert (done.code, done.out) == (2, "")
        assert f"{template} {said}\n{cure}" in done.err
        assert not path.exists()
    done = selfassess("report", "--output", str(tmp_path / "mine.pdf"), "--template", str(letter))
    assert (done.code, done.err) == (2, "--template is for Word files.\nWrite to a file that ends in .docx.\n")

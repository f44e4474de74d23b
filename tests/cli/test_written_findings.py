"""What a facilitator writes that was found: kept by the command, and in the whole report in every format."""

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from selfassess.text import LONGEST_TEXT
from tests.cli.conftest import Command
from tests.cli.rounds_made import made

FIND = ("round", "finding", "autumn")
ODD = "Nobody could say it. 🙂 שלום عليكم =1+1 <b>| it's | so</b>"
ROWS = "\n".join(f"{number} {key}{key}" for number, key in enumerate("321233", 1))


@pytest.fixture
def closed(selfassess: Command, small: str, tmp_path: Path) -> Path:
    """A round that is closed: six board members answered, and nobody of the staff."""
    made(selfassess, small, "--small-groups", "leave_out")
    selfassess("round", "open", "autumn")
    assert selfassess("round", "enter", "autumn", "--group", "board", typed=ROWS).code == 0
    assert selfassess("round", "close", "autumn", "--yes").code == 0
    return tmp_path / "mine.selfassess"


def kept(path: Path) -> dict[tuple[str, str], str]:
    with open_project(path, read_only=True) as project:
        return {(one.group, one.node): one.text for one in Rounds(project).findings("autumn")}


def test_a_finding_is_kept_replaced_and_taken_back(selfassess: Command, closed: Path) -> None:
    assert selfassess(*FIND, "meeting", "We start late.").code == 0
    assert selfassess(*FIND, "We meet in good time", "We start on time.", "--group", "Board members").code == 0
    assert kept(closed) == {("", "meeting"): "We start late.", ("board", "meeting"): "We start on time."}
    assert "(Board members)" in selfassess(*FIND, "meeting", "Later still.", "--group", "board").err
    assert kept(closed)["board", "meeting"] == "Later still."
    assert "Removed" in selfassess(*FIND, "meeting", "--remove", "--group", "board").err
    assert kept(closed) == {("", "meeting"): "We start late."}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("meeting",), "Say what was found, or --remove."),
        (("meeting", "   "), "Say what was found, or --remove."),
        (("meeting", "Late.", "--remove"), "Say what was found, or --remove."),
        (("meting", "Late."), "Did you mean “meeting”?"),
        (("meeting", "--remove"), "Nothing was written about “We meet in good time”."),
        (("meeting", "--remove", "--group", "board"), "Nothing was written for Board members"),
        (("meeting", "x" * (LONGEST_TEXT + 1)), "too long: 4,001 characters"),
        (("meeting", "Late.", "--group", "staff"), "Staff is left out of this round's figures"),
        (("meeting", "Late.", "--group", "guests"), "There is no group “guests”."),
    ],
)
def test_what_cannot_be_written_says_why_and_changes_nothing(
    selfassess: Command, closed: Path, words: tuple[str, ...], said: str
) -> None:
    done = selfassess(*FIND, *words)
    assert (done.code, said in " ".join(done.err.split())) == (2, True), done.err
    assert kept(closed) == {}


def test_nothing_is_written_of_a_round_that_is_not_closed(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    done = selfassess(*FIND, "meeting", "Late.")
    assert (done.code, "round close autumn" in done.err) == (2, True), done.err


@pytest.mark.usefixtures("closed")
def test_a_whole_strand_is_not_a_finding(selfassess: Command) -> None:
    done = selfassess(*FIND, "one", "Late.")
    assert (done.code, "is a whole strand" in done.err, "meeting" in done.err) == (2, True, True), done.err


def test_it_goes_with_its_round(selfassess: Command, closed: Path) -> None:
    selfassess(*FIND, "meeting", ODD)
    done = selfassess("--project", str(closed), "round", "delete", "autumn", "--yes")
    assert (done.code, "agreed scores and findings" in done.err) == (0, True), done.err
    with open_project(closed, read_only=True) as project:
        assert list(project.database.rows("SELECT * FROM findings")) == []
    assert ODD.encode() not in closed.read_bytes()


def test_a_copy_for_the_next_facilitator_has_it(selfassess: Command, closed: Path, tmp_path: Path) -> None:
    selfassess(*FIND, "meeting", ODD)
    assert selfassess("project", "hand-over", str(tmp_path / "next.selfassess")).code == 0
    assert kept(tmp_path / "next.selfassess") == kept(closed) == {("", "meeting"): ODD}


def flat(text: str) -> str:
    return " ".join(text.split())


def office(content: bytes, inside: str) -> str:
    """All texts in a part of an Office file."""
    with ZipFile(io.BytesIO(content)) as file:
        parts = [file.read(name) for name in file.namelist() if re.fullmatch(inside, name)]
    return flat(" ".join("".join(ElementTree.fromstring(part).itertext()) for part in parts))


@pytest.mark.slow
def test_it_is_in_the_whole_report_in_every_format(selfassess: Command, closed: Path, tmp_path: Path) -> None:
    long = f"{ODD} {'so it goes on ' * 400}"[:LONGEST_TEXT].strip()
    selfassess(*FIND, "meeting", long, "--group", "board")
    written = {}
    for style in ("txt", "md", "html", "json", "docx", "xlsx", "pdf", "pptx"):
        done = selfassess("report", "autumn", "--full", "--output", str(tmp_path / f"r.{style}"))
        assert done.code == 0, done.err
        written[style] = (tmp_path / f"r.{style}").read_bytes()
    assert json.loads(written["json"])["findings"] == [{"group": "board", "id": "meeting", "text": long}]
    assert office(written["docx"], "word/document.xml").count(long) == 1
    assert office(written["xlsx"], "xl/sharedStrings.xml").count(long) == 1
    html = flat(written["html"].decode())
    assert flat(long.replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;").replace("'", "&#39;")) in html
    assert "🙂 שלום عليكم" in written["md"].decode()
    assert "Nobody could say it. 🙂" in flat(written["txt"].decode())
    assert written["pdf"].startswith(b"%PDF")


@pytest.mark.usefixtures("closed")
def test_it_is_on_the_page_for_a_board_beside_its_benchmark(selfassess: Command) -> None:
    assert "We meet in good time (" in selfassess("report", "autumn").out
    selfassess(*FIND, "meeting", "Nobody could say it.")
    assert "Nobody could say it." in selfassess("report", "autumn").out
    assert "Nobody could say it." not in selfassess("report", "autumn", "--group", "board").out
    selfassess(*FIND, "meeting", "And so on. " * 200)
    assert 20 < flat(selfassess("report", "autumn").out).count("And so on.") < 30, "it stays one page"

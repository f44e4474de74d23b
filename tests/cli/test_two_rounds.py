"""Two rounds of a project, by the commands alone: the reports of the first stay as they were."""

from pathlib import Path

import pytest

from tests.cli.conftest import SMALL, Command

pytestmark = pytest.mark.slow

FORMATS = ("text", "markdown", "json", "csv", "html")
FIRST = ("round", "new", "first", "--title", "Autumn 2026", "--invited", "board=12", "--invited", "staff=12")
SINCE = "What we planned, and what happened since"


def ask(selfassess: Command, id: str, answers: str) -> None:
    """Open a round, key in two groups of ten, and close it."""
    assert selfassess("round", "open", id).code == 0
    for group, start in (("board", 1), ("staff", 51)):
        rows = "".join(
            f"{number} {answers[number % len(answers)]}{1 + number % 2}\n" for number in range(start, start + 10)
        )
        assert selfassess("round", "enter", id, "--group", group, typed=f"{rows}\n").code == 0
    assert selfassess("round", "close", id, "--yes").code == 0


def reports(selfassess: Command, id: str, folder: Path) -> dict[str, bytes]:
    """The report in every format, as files; and of a group, a strand, and one number explained."""
    folder.mkdir()
    asked = {style: ("--format", style) for style in FORMATS}
    asked |= {"group": ("--group", "board"), "strand": ("--strand", "one"), "explain": ("--explain", "meeting")}
    for name, options in asked.items():
        full = ("--full",) if name in ("text", "markdown", "html", "group") else ()
        done = selfassess("report", id, *options, *full, "--output", str(folder / name))
        assert done.code == 0, done.err
    return {name: (folder / name).read_bytes() for name in asked}


def test_reports_of_the_first_round_stay_the_same_byte_for_byte(
    selfassess: Command, small: str, tmp_path: Path
) -> None:
    options = ("--questionnaire", small, "--small-groups", "leave_out", "--no-codes", "--matching", "--yes")
    assert selfassess(*FIRST, *options).code == 0
    ask(selfassess, "first", "121")
    before = reports(selfassess, "first", tmp_path / "before")
    assert selfassess("plan", "take", "first", "--all").code == 0
    assert selfassess("plan", "set", "a1", "--status", "done", "--done", "2025-05-12").code == 0
    assert selfassess("plan", "add", "Buy a clock").code == 0
    edited = SMALL.replace('version = "1"', 'version = "2"').replace("Papers come late.", "The papers come too late.")
    edited = edited.replace("target = 75", "target = 90").replace('title = "We meet in good time"', 'title = "Time"')
    Path(small).write_text(edited, encoding="utf-8")
    done = selfassess("round", "new", "second", "--like", "first", "--title", "Spring 2027", "--questionnaire", small)
    assert done.code == 0, done.err
    assert "1 item reworded" in done.err
    assert selfassess("round", "target", "second", "meeting", "80").code == 0
    ask(selfassess, "second", "323")
    later = reports(selfassess, "second", tmp_path / "later")
    assert selfassess("compare", "first", "second").code == 0
    assert selfassess("plan", "take", "second", "--all").code == 0
    Path(small).unlink()

    assert reports(selfassess, "first", tmp_path / "after") == before
    for name in ("text", "markdown", "html", "json"):
        mark = b'"planned": {' if name == "json" else SINCE.encode()
        assert mark in later[name], name
        assert mark not in before[name], name
    assert b"Done in May 2025" in later["text"]
    assert SINCE in selfassess("compare", "first", "second").out
    assert SINCE.encode() in later["group"]
    assert SINCE.encode() in later["strand"]
    assert SINCE.encode() not in later["explain"]


@pytest.mark.parametrize("order", [("first", "second"), ("second", "first")])
def test_deleting_either_round_leaves_the_report_of_the_other(
    selfassess: Command, small: str, order: tuple[str, str]
) -> None:
    options = ("--questionnaire", small, "--small-groups", "leave_out", "--no-codes", "--yes")
    assert selfassess(*FIRST, *options).code == 0
    ask(selfassess, "first", "121")
    assert selfassess("plan", "take", "first", "--all").code == 0
    assert selfassess("round", "new", "second", "--like", "first", "--title", "Spring 2027").code == 0
    ask(selfassess, "second", "323")
    assert SINCE in selfassess("report", "second", "--full").out
    gone, left = order
    assert selfassess("round", "delete", gone, "--yes").code == 0
    done = selfassess("report", left, "--full")
    assert done.code == 0, done.err
    assert SINCE not in done.out


def test_a_report_that_can_only_be_read_is_there_all_the_same(
    selfassess: Command, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--questionnaire", small, "--small-groups", "leave_out", "--no-codes", "--yes")
    assert selfassess(*FIRST, *options).code == 0
    ask(selfassess, "first", "121")
    Path(small).write_text(SMALL.replace("Papers come late.", "The papers come too late."), encoding="utf-8")
    like = ("--like", "first", "--title", "Spring 2027", "--questionnaire", small)
    assert selfassess("round", "new", "second", *like).code == 0
    ask(selfassess, "second", "323")
    assert selfassess("report", "second", "--format", "csv").code == 0, "which does not compare"
    assert selfassess("plan", "take", "first", "--all").code == 0
    before = (tmp_path / "mine.selfassess").read_bytes()
    monkeypatch.setattr("selfassess.project.project.is_writable", lambda *_: False)
    done = selfassess("report", "second", "--full")
    assert done.code == 0, done.err
    assert SINCE in done.out
    assert "We can't say what they did: " in done.out
    assert (tmp_path / "mine.selfassess").read_bytes() == before

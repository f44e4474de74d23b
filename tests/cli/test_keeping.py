"""Commands about what is kept: where it is, whether it is whole, and how it ends."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from selfassess import paths
from selfassess.project.project import open_project
from tests.cli.conftest import Command

ESCAPES = "\x1b]0;mine\x07\x1b[31mred\u202e.selfassess"
"""A name that would set a window's title, turn everything red and write backwards."""


def answer(selfassess: Command, small: str) -> None:
    assert selfassess("take", small, "--plain", "--group", "board", typed="2\ns\n").code == 0


def test_names_do_nothing_to_the_terminal(selfassess: Command, small: str, tmp_path: Path) -> None:
    path = str(tmp_path / ESCAPES)
    for words in (("where",), ("take", small, "--plain", "--group", "board"), ("where",), ("backup", f"{path}.copy")):
        done = selfassess("--project", path, *words, typed="2\ns\n")
        assert done.code == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(done.out + done.err)
    for words in (("project", "new", f"{path}.new"), ("project", "delete", path, "--yes")):
        done = selfassess(*words)
        assert done.code == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(done.out + done.err)


def test_neither_do_those_of_what_is_wrong_with_them(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / ESCAPES
    path.write_bytes(b"something else")
    for words in (("where",), ("backup", "copy"), ("take", "--plain"), ("project", "delete", str(path), "--yes")):
        done = selfassess("--project", str(path), *words)
        assert done.code == 6
        assert not {"\x1b", "\x07", "\u202e"} & set(done.out + done.err)


def test_where_says_when_a_copy_of_the_file_alone_would_not_be_whole(
    selfassess: Command, small: str, tmp_path: Path
) -> None:
    answer(selfassess, small)
    assert "alone" not in selfassess("where").out.replace("yours alone", "")
    with closing(sqlite3.connect(tmp_path / "mine.selfassess", isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM drafts").fetchall()
        assert selfassess("plan", "add", "Meet the neighbours").code == 0
        done = selfassess("where")
        assert done.code == 0
        assert "Some of it is still in mine.selfassess-wal beside it" in done.out
        assert "A copy of this file alone would not be complete." in done.out
        assert "To copy it now: selfassess backup COPY" in done.out
    assert "complete" not in selfassess("where").out
    assert not (tmp_path / "mine.selfassess-wal").exists()


def test_where_tells_a_damaged_project_as_damaged(selfassess: Command, small: str, tmp_path: Path) -> None:
    answer(selfassess, small)
    path = tmp_path / "mine.selfassess"
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    done = selfassess("where")
    assert done.code == 6
    assert "is damaged or incomplete" in done.out
    assert "latest backup copy" in done.out
    assert "Questionnaires:" in done.out


def test_a_pipe_is_no_project(selfassess: Command, tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has none")
    path = tmp_path / "pipe"
    os.mkfifo(path)
    for words in (("where",), ("take", "--plain"), ("project", "delete", str(path), "--yes")):
        assert selfassess("--project", str(path), *words).code == 6


def test_a_network_drive_is_warned_of_where_a_project_is_made_and_in_where(
    selfassess: Command, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfassess.project.drive.is_over_a_network", lambda _: True)
    warning = "This is on a network drive."
    path = str(tmp_path / "ours.selfassess")
    assert selfassess("project", "new", path, "--shared").err.count(warning) == 1
    begin = ("take", small, "--plain", "--group", "board")
    assert selfassess(*begin, typed="2\ns\n").err.count(warning) == 1
    assert warning not in selfassess(*begin, typed="2\ns\n").err
    new = ("round", "new", "autumn", "--questionnaire", small, "--invited", "board=6", "--yes", "--title", "Autumn")
    done = selfassess("--project", str(tmp_path / "theirs.selfassess"), *new)
    assert (done.code, done.err.count(warning)) == (0, 1)
    assert selfassess("where").out.count(warning) == 1


def test_a_disk_of_this_computer_is_not_warned_of(selfassess: Command, tmp_path: Path) -> None:
    assert "network" not in selfassess("project", "new", str(tmp_path / "ours.selfassess"), "--shared").err
    assert "network" not in selfassess("where").out


def test_deleting_a_project_names_and_removes_the_copies_beside_it(
    selfassess: Command, small: str, tmp_path: Path
) -> None:
    answer(selfassess, small)
    left = tmp_path / ".selfassess-0123456789abcdef"
    left.mkdir()
    shutil.copy(tmp_path / "mine.selfassess", left / "copy.selfassess")
    (tmp_path / "mine.selfassess.version-1").write_bytes(b"as it was")
    (tmp_path / "mine.txt").write_text("something else", encoding="utf-8")
    done = selfassess("project", "delete", str(tmp_path / "mine.selfassess"), "--yes")
    assert done.code == 0
    assert "mine.selfassess.version-1 (as it was before an update)" in done.err
    assert f"{left.name} (what was being written when the program was stopped)" in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "small.toml"]


def test_what_a_killed_program_left_goes_with_the_next_start(selfassess: Command, tmp_path: Path) -> None:
    left = tmp_path / "elsewhere" / ".selfassess-0123456789abcdef"
    left.mkdir(parents=True)
    (left / "report.html").write_text("what somebody answered", encoding="utf-8")
    paths.unfinished().mkdir(parents=True)
    note = paths.unfinished() / "0123456789abcdef"
    note.write_text(f'{{"folder": "{left.parent.as_posix()}"}}\n', encoding="utf-8")
    assert selfassess("schema").code == 0
    assert not left.exists()
    assert not note.exists()


def test_a_backup_of_a_damaged_project_is_not_made(selfassess: Command, small: str, tmp_path: Path) -> None:
    answer(selfassess, small)
    path = tmp_path / "mine.selfassess"
    content = bytearray(path.read_bytes())
    at = content.index(b"Meetings begin on the hour.")
    content[at] ^= 1
    path.write_bytes(content)
    assert selfassess("backup", str(tmp_path / "copy")).code == 6
    assert not (tmp_path / "copy").exists()
    path.write_bytes(bytes(content[:at]) + b"M" + bytes(content[at + 1 :]))
    open_project(path).close()

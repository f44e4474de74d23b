"""Whatever is named where a file is read is read, or refused at once and by its name."""

import io
import json
import os
import sys
from pathlib import Path
from typing import cast

import pytest

from selfassess.cli import terminal
from selfassess.content import UnreadError, content_of
from selfassess.errors import UsageError
from tests.cli.conftest import Command
from tests.cli.megabytes import READERS, Reader, laid

FILES = [reader for reader in READERS if reader.ending]
pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has pipes with a name")


@pipes
@pytest.mark.parametrize("reader", FILES, ids=lambda reader: reader.name)
def test_neither_pipes_nor_devices_nor_folders_are_read(selfassess: Command, tmp_path: Path, reader: Reader) -> None:
    table = laid(tmp_path)
    pipe, device, folder = (tmp_path / f"{name}{reader.ending}" for name in ("pipe", "device", "folder"))
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    folder.mkdir()
    for path, what in ((pipe, "a pipe or a device"), (device, "a pipe or a device"), (folder, "a folder, not a file")):
        done = selfassess(*reader.arguments(table, str(path)))
        if reader.name == "sheet" and path == folder:  # of a folder the sheets in it are taken in
            assert done.code == 0
            continue
        assert done.code in (2, 3, 4)
        assert what in done.out + done.err
        assert path.name in done.out + done.err


@pipes
def test_a_pipe_that_takes_the_place_of_a_file_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "file", tmp_path / "other"
    os.mkfifo(path)
    other.write_bytes(b"x")
    status = other.stat()
    monkeypatch.setattr(Path, "stat", lambda _: status)
    with pytest.raises(UnreadError, match="a pipe or a device"):
        content_of(path, 100)


def test_the_size_is_looked_at_before_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 1_000_001)
    assert len(content_of(path, 1_000_001)) == 1_000_001
    with pytest.raises(UnreadError, match="is larger than 1 MB"):
        content_of(path, 1_000_000)


@pytest.mark.parametrize("reader", FILES, ids=lambda reader: reader.name)
def test_what_is_far_too_large_is_refused_with_the_size_there_may_be(
    selfassess: Command, tmp_path: Path, reader: Reader
) -> None:
    table, path = laid(tmp_path), tmp_path / f"large{reader.ending}"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    done = selfassess(*reader.arguments(table, str(path)))
    assert (done.code in (3, 4), "larger than" in done.out + done.err) == (True, True)
    assert " MB" in done.out + done.err
    assert path.name in done.out + done.err


ODD = "\x1b[31mred\x1b]0;title\x07\x9b1m\u202e\nok.toml: no errors.toml"


@pytest.mark.skipif(os.name == "nt", reason="no file there has such a name")
def test_no_name_of_a_file_reaches_the_terminal_as_it_is(
    selfassess: Command, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / ODD
    odd.write_bytes(Path(small).read_bytes() + b'[[strands]]\nid = "one"\n')
    wrong = tmp_path / f"{ODD}.csv"
    wrong.write_text("respondent\n", encoding="utf-8")
    project = str(tmp_path / f"{ODD}.selfassess")
    commands = (
        ("check", str(odd), str(tmp_path / f"{ODD}.gone.toml")),
        ("take", str(odd)),
        ("diff", str(odd), small),
        ("new", str(odd)),
        ("new", str(tmp_path / f"{ODD}2.toml")),
        ("report", small, "--responses", str(wrong)),
        ("schema", "--output", str(tmp_path / f"{ODD}.json")),
        ("project", "new", project),
        ("--project", project, "where"),
        ("--project", project, "round", "list"),
        ("--project", project, "plan"),
        ("--project", project, "plan", "import", str(wrong)),
        ("--project", project, "collect", str(odd), str(tmp_path)),
        ("--project", project, "take", small, "--group", "board"),
        ("--project", project, "report"),
        ("--project", project, "backup", str(tmp_path / f"{ODD}.copy.selfassess")),
        ("--project", project, "project", "delete", "--yes"),
    )
    for command in commands:
        done = selfassess(*command, typed="1\n")
        assert not set(done.out + done.err) & set("\x1b\x07\x9b\u202e"), command
    lines = selfassess("check", str(odd)).out.splitlines()
    assert all(line.startswith((str(tmp_path), " ")) for line in lines)  # none that the name made up
    told = json.loads(selfassess("check", str(odd), "--format", "json").out)
    assert {one["file"] for one in told} == {str(odd)}


class Endless(io.StringIO):
    """An input without an end and without a line end."""

    asked = 0

    def readline(self, size: int | None = -1, /) -> str:
        assert size is not None
        assert 0 < size <= terminal.LONGEST_LINE
        self.asked += size
        return "x" * size


def test_of_a_line_as_much_is_kept_as_anybody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = terminal.LONGEST_LINE
    text = f"{'a' * (longest - 1)}\n{'b' * longest}\nc\n{'d' * 3 * longest}e\nlast"
    assert [len(line) for line in terminal.lines(io.StringIO(text))] == [longest, longest, 2, longest, 4]
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{'b' * 5 * longest}\nnext\n"))
    assert len(terminal.read_line("?")) == longest
    assert terminal.read_line("?") == "next"


def test_a_line_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = Endless()
    with pytest.raises(UsageError, match="more than 100,000,000 characters"):
        list(terminal.lines(endless))
    assert endless.asked <= terminal.LONGEST_LINE * terminal.MOST_PIECES
    monkeypatch.setattr(sys, "stdin", Endless())
    with pytest.raises(UsageError):
        terminal.read_line("?")


def test_a_text_no_longer_grows_once_it_is_as_long_as_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("x" * 3_000 + "\n" + "y\n" * 50_000 + "\nnext\n"))
    texts = list(terminal.lines_on("x" * 3_000))
    assert len(texts) == 2
    assert len(texts[-1]) == 6_001
    assert terminal.read_line("?") == "next"


def test_a_mark_goes_into_a_file_and_neither_to_a_terminal_nor_into_a_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "new.csv").open("w+", encoding="ascii") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        terminal.tell_data("\ufeffa,ü\n")
        terminal.tell_data("\ufeffb\n")  # added to what is there
    assert (tmp_path / "new.csv").read_bytes() == "\ufeffa,ü\nb\n".encode()
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream, os.fdopen(reading, "rb") as other:
        monkeypatch.setattr(sys, "stdout", stream)
        terminal.tell_data("\ufeffa,ü\n")
        stream.close()
        assert other.read() == "a,ü\n".encode()
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", screen)
    terminal.tell_data("\ufeffa,\x1b[31mü\n")
    assert cast("io.StringIO", sys.stdout).getvalue() == "a,ü\n"

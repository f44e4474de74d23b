"""What is being written when a program ends goes with it, or with the next start; and never while it lives."""

import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess import paths
from selfassess.model.round import Rules
from selfassess.project import unfinished_files
from selfassess.project.atomic_files import put_in_place
from selfassess.project.project import create, open_project
from selfassess.project.recovery import recover
from selfassess.project.rounds import Rounds
from selfassess.project.unfinished_files import workplace
from tests.project import asked

pytestmark = pytest.mark.slow
Start = Callable[..., "subprocess.Popen[str]"]

ENDINGS = ["SIGTERM", "SIGHUP", "SIGINT"]


def notes() -> list[Path]:
    return list(paths.unfinished().iterdir()) if paths.unfinished().exists() else []


def number_of(name: str) -> int:
    found = getattr(signal, name, None)
    if found is None or os.name != "posix":
        pytest.skip("only POSIX sends it to another process")
    return int(found)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def writing(out: Path, start: Start) -> "subprocess.Popen[str]":
    """A process in the middle of writing out/page."""
    process = start("write_a_file", out / "page")
    assert process.stdout.readline() == "ready\n"
    assert [unfinished_files.is_workplace(path) for path in out.iterdir()] == [True]
    assert len(notes()) == 1
    return process


@pytest.mark.parametrize("name", ENDINGS)
def test_a_program_that_is_told_to_stop_leaves_nothing(out: Path, writing: "subprocess.Popen[str]", name: str) -> None:
    writing.send_signal(number_of(name))
    writing.communicate()
    assert list(out.iterdir()) == notes() == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_it_says_so_by_its_exit_code(writing: "subprocess.Popen[str]", name: str) -> None:
    number = number_of(name)
    writing.send_signal(number)
    writing.communicate()
    assert writing.returncode == 128 + number


def test_who_was_started_to_outlive_its_window_does(out: Path, start: Start) -> None:
    number = number_of("SIGHUP")
    before = signal.signal(number, signal.SIG_IGN)  # what nohup does
    try:
        process = start("write_a_file", out / "page")
        assert process.stdout.readline() == "ready\n"
    finally:
        signal.signal(number, before)
    process.send_signal(number)
    process.communicate("\n")
    assert process.returncode == 0
    assert (out / "page").exists()


def test_the_next_start_removes_what_a_killed_one_left(out: Path, writing: "subprocess.Popen[str]") -> None:
    writing.kill()
    writing.communicate()
    assert len(list(out.iterdir())) == 1
    recover()
    assert list(out.iterdir()) == notes() == []


def test_and_nothing_of_one_that_lives(out: Path, writing: "subprocess.Popen[str]") -> None:
    recover()
    assert len(list(out.iterdir())) == len(notes()) == 1
    assert unfinished_files.abandoned(out) == []
    writing.communicate("\n")
    assert writing.returncode == 0
    assert [path.name for path in out.iterdir()] == ["page"]
    assert notes() == []


def test_what_cannot_be_reached_is_removed_when_it_can(out: Path, writing: "subprocess.Popen[str]") -> None:
    writing.kill()
    writing.communicate()
    elsewhere = out.rename(out.with_name("a stick in a pocket"))
    recover()
    assert len(notes()) == 1
    elsewhere.rename(out)
    recover()
    assert list(out.iterdir()) == notes() == []


@pytest.mark.parametrize("content", ["", "{", "[]\n", '{"folder": 7}\n', '{"folder": "/nowhere/at/all"}\n{"sums'])
def test_a_note_that_was_cut_short_or_is_none_harms_nobody(content: str) -> None:
    paths.unfinished().mkdir(parents=True)
    (paths.unfinished() / "0123456789abcdef").write_text(content, encoding="utf-8")
    recover()
    recover()


def test_where_no_note_can_be_kept_files_are_written_all_the_same(out: Path) -> None:
    paths.unfinished().parent.mkdir(parents=True)
    paths.unfinished().touch()
    with put_in_place(out / "page", overwrite=False) as new:
        new.write_text("a page", encoding="utf-8")
    assert [path.name for path in out.iterdir()] == ["page"]


def test_where_the_disk_knows_no_locks_too(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> bool:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("selfassess.project.unfinished_files.lock", fail)
    with put_in_place(out / "page", overwrite=False) as new:
        new.write_text("a page", encoding="utf-8")
        assert notes() == []
    assert [path.name for path in out.iterdir()] == ["page"]


def test_whoever_clears_up_at_the_very_moment_takes_no_note_away(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes between the making of a note and its lock."""
    lock, busy = unfinished_files.lock, [False]

    def too_late(descriptor: int) -> bool:
        if not busy[0]:
            busy[0] = True
            recover()
        return lock(descriptor)

    monkeypatch.setattr("selfassess.project.unfinished_files.lock", too_late)
    with workplace(out):
        assert busy[0]
        assert len(notes()) == 1
        recover()
        assert len(list(out.iterdir())) == 1
    assert list(out.iterdir()) == notes() == []


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "ours.selfassess"
    with create(path, "shared") as project:
        rounds = Rounds(project)
        rounds.add(replace(asked.ROUND, rules=Rules(codes=True)), asked.EDITION)
    return path


@pytest.fixture(params=["", " without links"], ids=["links", "no links"])
def disk(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def inviting(ours: Path, out: Path, start: Start, disk: str) -> Callable[[str], "subprocess.Popen[str]"]:
    """A process that has put letters in their places, before or after the project has taken their code in."""

    def begun(when: str) -> "subprocess.Popen[str]":
        process = start("invite", ours, out, f"{when}{disk}")
        assert process.stdout.readline() == "ready\n"
        assert {"board-01.txt", "board-02.txt"} < {path.name for path in out.iterdir()}
        return process

    return begun


def test_letters_whose_codes_are_not_taken_in_are_taken_away(
    ours: Path, out: Path, inviting: Callable[[str], "subprocess.Popen[str]"]
) -> None:
    process = inviting("before")
    process.kill()
    process.communicate()
    recover()
    assert list(out.iterdir()) == notes() == []
    with open_project(ours) as project:
        assert Rounds(project).counts("autumn").codes["board"] == 0


def test_letters_whose_codes_are_taken_in_stay(
    ours: Path, out: Path, inviting: Callable[[str], "subprocess.Popen[str]"]
) -> None:
    process = inviting("after")
    process.kill()
    process.communicate()
    recover()
    assert sorted(path.name for path in out.iterdir()) == ["board-01.txt", "board-02.txt"]
    assert notes() == []
    with open_project(ours) as project:
        assert Rounds(project).admission.admit("autumn", (out / "board-01.txt").read_text("utf-8"))


def test_a_letter_in_whose_place_somebody_put_something_else_stays(
    out: Path, inviting: Callable[[str], "subprocess.Popen[str]"]
) -> None:
    process = inviting("before")
    process.kill()
    process.communicate()
    (out / "board-02.txt").unlink()
    (out / "board-02.txt").write_text("Dear all", encoding="utf-8")
    recover()
    assert [path.name for path in out.iterdir()] == ["board-02.txt"]


@pytest.mark.parametrize("name", ENDINGS)
def test_who_stops_in_the_middle_invites_nobody(
    ours: Path, out: Path, inviting: Callable[[str], "subprocess.Popen[str]"], name: str
) -> None:
    process = inviting("before")
    process.send_signal(number_of(name))
    process.communicate()
    assert list(out.iterdir()) == notes() == []
    with open_project(ours) as project:
        assert Rounds(project).counts("autumn").codes["board"] == 0


def test_while_the_project_is_in_use_letters_wait_for_the_next_start(
    ours: Path, out: Path, start: Start, inviting: Callable[[str], "subprocess.Popen[str]"]
) -> None:
    process = inviting("before")
    process.kill()
    process.communicate()
    using = start("write", ours, "exclusive")
    assert using.stdout.readline() == "ready\n"
    recover()
    assert len(notes()) == 1
    assert len(list(out.iterdir())) == 3
    using.communicate("\n")
    recover()
    assert list(out.iterdir()) == notes() == []

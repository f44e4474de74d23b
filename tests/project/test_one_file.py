"""The project is one file: whoever copies it alone has everything, whatever happened to the program."""

import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft
from selfassess.project.drafts import begin
from selfassess.project.project import Project, open_project

Start = Callable[..., "subprocess.Popen[str]"]


def answered(path: Path) -> int:
    with open_project(path) as project:
        return len(project.drafts()[0].draft.responses)


def copied(path: Path) -> Path:
    """A copy of the file alone, somewhere else."""
    (path.parent / "elsewhere").mkdir(exist_ok=True)
    return Path(shutil.copy(path, path.parent / "elsewhere" / "copy"))


def test_a_copy_of_the_file_alone_is_whole_after_every_answer(
    personal: Project, edition: Edition, draft: Draft
) -> None:
    saver = begin(personal, edition, replace(draft, responses={}))
    for number in range(1, 5):
        saver.save(replace(draft, responses={f"item_{one}": 1.0 for one in range(number)}))
        assert answered(copied(personal.path)) == number
    assert personal.fold()


@pytest.mark.slow
def test_so_it_is_after_a_kill(tmp_path: Path, start: Start) -> None:
    path = tmp_path / "mine.selfassess"
    answering = start("answer", path)
    for line in answering.stdout:
        if int(line) == 20:
            break
    answering.kill()
    answering.communicate()
    assert answered(copied(path)) > 20
    assert answered(path) > 20
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [path.name]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_program_that_is_told_to_stop_leaves_the_one_file(tmp_path: Path, start: Start, name: str) -> None:
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip("this system has no such signal")
    path = tmp_path / "mine.selfassess"
    answering = start("answer", path)
    for line in answering.stdout:
        if int(line) == 5:
            break
    answering.send_signal(number)
    answering.communicate()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert answered(path) > 5


def test_where_somebody_is_in_the_way_it_is_known_to_be_incomplete(
    personal: Project, edition: Edition, draft: Draft
) -> None:
    saver = begin(personal, edition, draft)
    with closing(sqlite3.connect(personal.path, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM drafts").fetchall()
        saver.save(replace(draft, place="trust"))
        assert not personal.fold()
        with open_project(copied(personal.path)) as copy:
            assert copy.drafts()[0].draft == draft
    assert personal.fold()
    with open_project(copied(personal.path)) as copy:
        assert copy.drafts()[0].draft.place == "trust"


def test_what_is_left_beside_the_file_is_folded_in_at_the_next_start(
    personal: Project, edition: Edition, draft: Draft
) -> None:
    saver = begin(personal, edition, draft)
    with closing(sqlite3.connect(personal.path, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM drafts").fetchall()
        saver.save(replace(draft, place="trust"))
        beside = {end: Path(f"{personal.path}{end}").read_bytes() for end in ("", "-wal")}
    left = personal.path.with_name("left")
    for end, content in beside.items():
        Path(f"{left}{end}").write_bytes(content)
    with open_project(left) as project:
        assert project.drafts()[0].draft.place == "trust"
        with open_project(copied(left)) as copy:  # while it is still open
            assert copy.drafts()[0].draft.place == "trust"
    assert not Path(f"{left}-wal").exists()

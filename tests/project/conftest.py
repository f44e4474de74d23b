"""A small questionnaire, a draft and a sheet of it, and projects to put them in."""

import hashlib
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.sheet import Draft, Missing, Sheet
from selfassess.project.project import Project, create

CONTENT = b'format = 1\nid = "small"\n'
NOBODY = 65534


@pytest.fixture(scope="session")
def edition() -> Edition:
    questionnaire = Questionnaire(format=1, id="small", version="1", title="Small", strands=())
    return Edition(questionnaire, CONTENT, hashlib.sha256(CONTENT).hexdigest())


@pytest.fixture(scope="session")
def draft(edition: Edition) -> Draft:
    return Draft(
        questionnaire=edition.sha256,
        group="board",
        form="full",
        place="years",
        responses={"vision_say": 4.0, "years": 3, "services": (1.0, 3.0), "why": "Würde", "trust": Missing.DONT_KNOW},
        comments={"vision": "We never wrote it down."},
    )


@pytest.fixture(scope="session")
def sheet(edition: Edition) -> Sheet:
    return Sheet(
        questionnaire=edition.sha256,
        group="board",
        form="full",
        answers="3++?-~.+",
        beside={"years": 3, "services": (1.0, 3.0)},
        texts={"why": "Würde", "vision": "We never wrote it down."},
    )


@pytest.fixture
def personal(tmp_path: Path, edition: Edition) -> Iterator[Project]:
    with create(tmp_path / "mine.selfassess", "personal") as project:
        project.freeze(edition)
        yield project


@pytest.fixture
def shared(tmp_path: Path, edition: Edition) -> Iterator[Project]:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        project.freeze(edition)
        yield project


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start child.py as a process of its own; whatever still runs at the end of the test is ended."""
    running: list[subprocess.Popen[str]] = []

    def started(*words: str | Path) -> "subprocess.Popen[str]":
        command = [sys.executable, str(Path(__file__).with_name("child.py")), *map(str, words)]
        pipe = subprocess.PIPE
        running.append(subprocess.Popen(command, text=True, encoding="utf-8", stdin=pipe, stdout=pipe, stderr=pipe))
        return running[-1]

    yield started
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def without_power() -> Callable[[Callable[[], object]], None]:
    """Run a function as a user whom file permissions stop. What goes wrong in it fails the test."""

    def run(work: Callable[[], object]) -> None:
        if os.name != "posix":
            pytest.skip("file permissions are POSIX's")
        if os.getuid() != 0:
            work()
            return

        def powerless() -> None:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            work()

        assert _in_a_fork(powerless) == ""

    return run


@pytest.fixture
def in_a_fork() -> Callable[[Callable[[], object]], None]:
    """Run a function in a copy of this process, which it may spoil. What goes wrong in it fails the test."""

    def run(work: Callable[[], object]) -> None:
        if os.name != "posix":
            pytest.skip("only POSIX has limits on a process")
        assert _in_a_fork(work) == ""

    return run


def _in_a_fork(work: Callable[[], object]) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  # the parent is told, whatever it is
            os.write(writing, traceback.format_exc()[-4_000:].encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        text = said.read().decode()
    os.waitpid(child, 0)
    return text

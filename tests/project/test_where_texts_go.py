"""What people wrote is in no file but the project and its copies: nothing of it passes through the system's temporary
folder."""

import ctypes
import os
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("only Linux tells of files that are gone as soon as they are made", allow_module_level=True)

pytestmark = pytest.mark.slow
FROZEN = Path(__file__).with_name("frozen")
LARGE = """
import sys
from pathlib import Path
from selfassess.project import codes
from selfassess.project.project import create
from tests.project import asked

path = Path(sys.argv[1])
with create(path, "shared") as project:
    project.freeze(asked.EDITION)
    texts = {f"about {number}": "x" * 4_000 for number in range(1_500)}
    receipt = codes.new_code(20)
    project.hand_in(asked.sheet(texts=texts, ticket=None), receipt)
    assert project.tidy()
    assert len(project.sheet(receipt).texts) == 1_500
    project.backup(path.with_name("copy"))
    project.forget(receipt)
"""
OLD = """
import sys
from pathlib import Path
from selfassess.project.project import open_project

with open_project(Path(sys.argv[1])) as project:
    assert len(project.sheets()) == 1
"""
PLAIN = """
import sqlite3, sys

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("CREATE TABLE texts (content)")
connection.executemany("INSERT INTO texts VALUES (?)", [("x" * 4_000,)] * 1_500)
connection.execute("VACUUM")
"""
Made = Callable[[], list[str]]


@contextmanager
def watched(folder: Path) -> Iterator[Made]:
    """The names of the files that are made in a folder, also of those that are gone at once."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.inotify_init1(os.O_NONBLOCK)
    created = 0x100
    assert libc.inotify_add_watch(descriptor, os.fsencode(folder), created) > 0

    def made() -> list[str]:
        try:
            told = os.read(descriptor, 1 << 20)
        except BlockingIOError:
            return []
        names = []
        while told:
            _, _, _, length = struct.unpack_from("iIII", told)
            names.append(told[16 : 16 + length].rstrip(b"\0").decode())
            told = told[16 + length :]
        return names

    try:
        yield made
    finally:
        os.close(descriptor)


def run(script: str, path: Path, temporary: Path) -> None:
    kept = {**os.environ, "SQLITE_TMPDIR": str(temporary), "TMPDIR": str(temporary)}
    done = subprocess.run([sys.executable, "-c", script, path], env=kept, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def test_a_large_project_is_tidied_copied_and_forgotten_without_temporary_files(
    tmp_path: Path, temporary: Path
) -> None:
    with watched(temporary) as made:
        run(LARGE, tmp_path / "ours.selfassess", temporary)
        assert made() == []


def test_a_large_old_project_is_brought_up_to_date_without_them(tmp_path: Path, temporary: Path) -> None:
    path = Path(shutil.copy(FROZEN / "version-1-shared.selfassess", tmp_path / "old.selfassess"))
    with closing(sqlite3.connect(path)) as connection:
        (sum,) = connection.execute("SELECT sha256 FROM questionnaires").fetchone()
        rows = [(f"{number:032x}", sum, "about", "x" * 4_000) for number in range(1_500)]
        connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    with watched(temporary) as made:
        run(OLD, path, temporary)
        assert made() == []


def test_sqlite_left_to_itself_makes_them(tmp_path: Path, temporary: Path) -> None:
    """So the tests above would see them."""
    with watched(temporary) as made:
        run(PLAIN, tmp_path / "other", temporary)
        assert len(made()) > 0

"""The end of a project file: it goes with all that stands beside it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from selfassess.storage import schema, trouble
from selfassess.storage.files import BESIDE, beside
from selfassess.storage.trouble import Trouble

_SQLITE = b"SQLite format 3\0"
_HEADER, _WHOSE = 100, slice(68, 72)
"""The header of an SQLite file, and where in it a program puts its own mark."""


def check(path: Path) -> None:
    """ProjectError unless there is a project file at the path, or one that was damaged but for its beginning."""
    with trouble.in_words(path):
        if path.is_dir():
            raise Trouble.FOLDER.at(path)
        with path.open("rb") as file:  # nobody in this process has it open: closing it would end their locks
            header = file.read(_HEADER)
    if not header.startswith(_SQLITE) or header[_WHOSE] != schema.APPLICATION_ID.to_bytes(4, "big"):
        raise Trouble.FOREIGN.at(path)


def copies(path: Path) -> list[Path]:
    """The copies that were made beside a project file whenever it was brought up to date."""
    real = path.resolve()
    return sorted(one for one in real.parent.iterdir() if one.name.startswith(f"{real.name}.version-"))


def remove(path: Path) -> None:
    """Remove a project file and what SQLite keeps beside it. ProjectError where somebody has it open, or it cannot be
    removed."""
    check(path)
    if _is_in_use(path):
        raise Trouble.LOCKED.at(path)
    with trouble.in_words(path):
        real = path.resolve()  # the name may only lead to the file
        # The file goes first: what is beside it is of no use to anybody without it.
        real.unlink()
        for end in BESIDE:
            beside(real, end).unlink(missing_ok=True)
        path.unlink(missing_ok=True)


def _is_in_use(path: Path) -> bool:
    """Whether somebody else has it open, if only to read; False where nobody can tell."""
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except sqlite3.Error:
        return False
    return False

"""The end of a project file: it goes with all that stands beside it."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from selfassess.storage import schema, trouble, unfinished
from selfassess.storage.database import connect
from selfassess.storage.files import BESIDE, beside
from selfassess.storage.trouble import Trouble

_SQLITE = b"SQLite format 3\0"
_HEADER, _WHOSE = 100, slice(68, 72)
"""The header of an SQLite file, and where in it a program puts its own mark."""


def check(path: Path) -> None:
    """ProjectError unless there is a project file at the path, or one that was damaged but for its beginning."""
    with trouble.in_words(path):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Trouble.FOLDER.at(path)
        if not stat.S_ISREG(mode):  # a pipe would keep us waiting for ever
            raise Trouble.FOREIGN.at(path)
        with path.open("rb") as file:  # nobody in this process has it open: closing it would end their locks
            header = file.read(_HEADER)
    if not header.startswith(_SQLITE) or header[_WHOSE] != schema.APPLICATION_ID.to_bytes(4, "big"):
        raise Trouble.FOREIGN.at(path)


def copies(path: Path) -> list[Path]:
    """What stands beside a project file with answers in it: the copies that were made whenever it was brought up to
    date, and what was being written in its folder when the program was killed. ProjectError where nobody can look."""
    with trouble.in_words(path):
        real = path.resolve()
        versions = [one for one in real.parent.iterdir() if one.name.startswith(f"{real.name}.version-")]
        return sorted(versions) + unfinished.abandoned(real.parent)


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


def remove_copy(copy: Path) -> None:
    """Remove one of `copies`. ProjectError where it cannot be."""
    with trouble.in_words(copy):
        if unfinished.is_workplace(copy):
            unfinished.remove(copy)
        else:
            copy.unlink(missing_ok=True)


def _is_in_use(path: Path) -> bool:
    """Whether somebody else has it open, if only to read; False where nobody can tell."""
    try:
        with closing(connect(path, "rw", 0, "PRAGMA locking_mode = EXCLUSIVE")) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except (sqlite3.Error, UnicodeDecodeError):  # the latter of a damaged file
        return False
    return False

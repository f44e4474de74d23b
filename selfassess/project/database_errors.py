"""What can go wrong with a project file. Each error is a ProjectError that says what to do."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from selfassess.errors import NotAProjectError, OlderProjectError, ProjectError, ProjectInUseError
from selfassess.project.atomic_files import exists, shown
from selfassess.text import clean

_LITTLE_ROOM = 1024 * 1024
"""If fewer bytes than this are free, a failed write is attributed to a full disk."""


class UnreadableRowError(ValueError):
    """A row of a project file, or a file of JSON, that this program cannot have written."""


class Trouble(Enum):
    """A situation with a project file: the sentence, and what to do."""

    MISSING = (
        "There is no project file {path}.",
        "Check the name and the folder. If it is on a stick or a network drive, connect that first.",
    )
    NO_FOLDER = ("There is no folder {folder}.", "Make the folder first, or choose another.")
    EXISTS = ("There is already something at {path}.", "Choose another name, or another folder.")
    FOLDER = ("{path} is a folder, not a project file.", "Name the file inside the folder.")
    EMPTY = (
        "{path} is empty, so it is not a project file.",
        "If it is a copy, copy the original again. For a new project choose a name that is not taken.",
    )
    FOREIGN = (
        "{path} is not a project file of this program.",
        "Check that this is the file you mean. It was not changed.",
    )
    NEWER = (
        "The project file {path} was made by a newer version of this program.",
        "Update the program, then open the file again. It was not changed.",
    )
    OLDER = (
        "The project file {path} has an older format, and it is read-only, so it cannot be brought up to date.",
        "Copy it to a folder of your own and open the copy.",
    )
    DAMAGED = (
        "The project file {path} is damaged or incomplete.",
        "Go back to your latest backup copy. Keep the damaged file too: part of it may still be saved.",
    )
    LOCKED = (
        "The project file {path} is in use by another program and did not become free.",
        "Close the other program, or wait a moment, and try again. Nothing that was saved is lost.",
    )
    READ_ONLY = (
        "The project file {path} can be read but not written to: the file or its folder is read-only.",
        "Allow writing to both, or copy the file to a folder of your own and open the copy.",
    )
    FULL = (
        "There is no room on the disk for {path}.",
        "Make some room and try again. What was saved before is still there.",
    )
    FORBIDDEN = (
        "You don't have permission to open or write {path}.",
        "Ask the owner to let you use the file and its folder, or choose a file of your own.",
    )
    FAILING = (
        "The disk failed while {path} was being read or written.",
        "Check that the disk, stick or network drive is connected and has room, then try again.",
    )
    UNUSABLE = ("{path} cannot be used here: {reason}.", "Choose another name, or another folder.")
    MOVED = (
        "The project file {path} was moved, replaced or deleted while it was open.",
        "Put it back, or leave here and open it where it is now.",
    )
    NOT_FROZEN = (
        "The project file {path} does not hold this questionnaire.",
        "Check that this is the project file you mean.",
    )
    OVERTAKEN = (
        "This sitting is also open in another window, which has saved to {path} since.",
        "Carry on in the other window. Or leave both and continue: you come back to what was saved last.",
    )
    GONE = (
        "This sitting is no longer in {path}: it was handed in or forgotten from another window.",
        "Look at your result, or start again.",
    )

    def at(self, path: Path, reason: str = "") -> ProjectError:
        """The error for this file. Names are cleaned: a file's name can hold anything."""
        message, hint = self.value
        said = message.format(path=shown(path), folder=shown(path.parent), reason=clean(reason, 200))
        kinds = {
            Trouble.LOCKED: ProjectInUseError,
            Trouble.FOLDER: NotAProjectError,
            Trouble.EMPTY: NotAProjectError,
            Trouble.FOREIGN: NotAProjectError,
            Trouble.OLDER: OlderProjectError,
        }
        return kinds.get(self, ProjectError)(said, hint)


_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Trouble.LOCKED,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_FORMAT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.FOREIGN,
    sqlite3.SQLITE_PERM: Trouble.FORBIDDEN,
    sqlite3.SQLITE_AUTH: Trouble.FORBIDDEN,
}


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Raise a ProjectError for everything that goes wrong in the block with the file at `path` and that a user can do
    something about."""
    try:
        yield
    except sqlite3.Error as error:
        said = of_sqlite(path, error)
        if said is None:
            raise
        raise said from error
    except OSError as error:
        raise of_system(path, error) from error
    except (UnreadableRowError, UnicodeDecodeError) as error:
        raise Trouble.DAMAGED.at(path) from error
    except ValueError as error:
        if "\0" not in str(path):
            raise
        raise Trouble.UNUSABLE.at(path, "no file can have this name") from error


def of_sqlite(path: Path, error: sqlite3.Error) -> ProjectError | None:
    """The error to show for an error of SQLite; None for a bug of ours."""
    code = primary_code(error)
    is_not_utf8 = code is None and isinstance(error, sqlite3.OperationalError)
    # A missing table or column has the number of a faulty statement: only the message tells it from a bug of ours.
    if is_not_utf8 or "no such" in str(error):
        return Trouble.DAMAGED.at(path)
    match code:
        case sqlite3.SQLITE_IOERR:
            found: Trouble | None = Trouble.FULL if _has_little_room(path) else Trouble.FAILING
        case sqlite3.SQLITE_CANTOPEN:
            found = _not_opened(path)
        case sqlite3.SQLITE_NOTADB if begins_as_sqlite(path):
            found = Trouble.DAMAGED
        case _:
            found = _OF_SQLITE.get(code or 0)
    return found.at(path) if found else None


def primary_code(error: sqlite3.Error) -> int | None:
    """SQLite's number for the kind of error; None for an error of Python's own layer."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def of_system(path: Path, error: OSError) -> ProjectError:
    """The error to show for an error of the operating system."""
    match error:
        case FileNotFoundError():
            return (Trouble.MISSING if exists(path.parent) else Trouble.NO_FOLDER).at(path)
        case FileExistsError():
            return Trouble.EXISTS.at(path)
        case IsADirectoryError():
            return Trouble.FOLDER.at(path)
        case PermissionError():
            return Trouble.FORBIDDEN.at(path)
        case _ if _has_little_room(path):
            return Trouble.FULL.at(path)
    return Trouble.UNUSABLE.at(path, error.strerror or str(error))


def _not_opened(path: Path) -> Trouble:
    if not exists(path):
        return Trouble.MISSING
    if os.access(path, os.R_OK) and not os.access(path.parent, os.W_OK):
        return Trouble.READ_ONLY
    return Trouble.FORBIDDEN


def begins_as_sqlite(path: Path) -> bool:
    """Whether the file begins as an SQLite file does. Only for files that are not open: closing it here would release
    the locks of a connection to it."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return False
    return b"SQLite format 3\0".startswith(start)


def _has_little_room(path: Path) -> bool:
    import shutil  # only needed where something is wrong

    try:
        return shutil.disk_usage(path.parent).free < _LITTLE_ROOM
    except OSError:
        return False

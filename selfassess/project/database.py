"""Waiting for one's turn to write, where many processes want to at once.

Nobody keeps a list of who came first: on every system, and after every kill, there is nothing but the lock of SQLite.
So turns are left to chance, and made fair by three rules. Whoever finds the file busy tries again after pauses of
chance lengths, longer ones the busier it is, so that trying itself takes no time from those who write. Whoever has
waited very long tries more often. And whoever had to wait for a turn lets others go first, for about as long, before
the next one.


A project file as SQLite sees it: connections, transactions, errors in words, and tidying up.

The file is in write-ahead mode and each commit reaches the disk, so that a program that is killed loses
nothing that was saved. One thread uses a Database; any number of processes may use the file.


The end of a project file: it goes with all that stands beside it."""

import math
import os
import random
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path, PurePath
from typing import Any, TypeVar

from selfassess.errors import ProjectError
from selfassess.project import database_errors, integrity, schema, unfinished_files
from selfassess.project.atomic_files import BESIDE, beside, is_writable, put_in_place, size
from selfassess.project.database_errors import Trouble

PATIENCE = 60.0
"""Seconds to wait for another process to finish with the file."""
SOON = 1.5
"""Seconds after which a wait is long enough to say a word of it."""
_FIRST, _LONGEST, _GROWS = 0.004, 0.4, 1.6
"""Seconds that the first pause between two tries lasts at most, those after a while, and how they grow."""
_LONG, _OFTEN = 5.0, 0.05
"""Seconds after which one has waited very long, and that a pause lasts at most when patience is nearly at an end."""
_TRIES = 12
"""How many pauses, at least, there is room for in one's patience."""
_NOTHING = 0.001
"""Seconds that are no time to wait."""
_COURTESY = 3.0
"""Seconds for which others go first, at most."""


class Turns:
    """The turns of one process at one file."""

    def __init__(self, patience: float, waits: Callable[[], object] | None = None) -> None:
        self.patience = patience
        self.waits = waits
        """Called once each time that a wait gets long."""
        self._free = 0.0
        """When others have been let go first for long enough."""

    def take(self, attempt: Callable[[], bool]) -> bool:
        """Try until an attempt succeeds. False where patience is at an end; what an attempt raises ends it too."""
        if (courtesy := self._free - time.monotonic()) > 0:
            time.sleep(min(courtesy, self.patience))
        start = time.monotonic()
        end, word, tries = start + self.patience, start + SOON, 0
        while not attempt():
            now = time.monotonic()
            if end - now < _NOTHING:
                return False
            if now >= word:
                word = math.inf
                if self.waits:
                    self.waits()
            pause = random.uniform(0, longest_pause(tries, now - start, self.patience))  # noqa: S311  # no secret
            time.sleep(min(pause, end - now))
            tries += 1
        now = time.monotonic()
        self._free = now + random.uniform(0, min(now - start, _COURTESY))  # noqa: S311  # likewise
        return True


def longest_pause(tries: int, waited: float, patience: float) -> float:
    """Seconds that the pause after so many tries lasts at most, where somebody has waited for so long."""
    longest = min(_FIRST * _GROWS ** min(tries, 20), _LONGEST, patience / _TRIES)
    if waited <= _LONG:
        return longest
    share = min((waited - _LONG) / max(patience - _LONG, _NOTHING), 1)
    return longest * (1 - share) + min(longest, _OFTEN) * share


Value = str | bytes | float | None
Made = TypeVar("Made")

_SETTINGS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    "PRAGMA synchronous = FULL",  # a commit is on the disk before it counts
    "PRAGMA fullfsync = ON",  # and on macOS truly so
    "PRAGMA wal_autocheckpoint = 1",  # so that a copy of the file alone is whole, however the program ends
    "PRAGMA temp_store = MEMORY",  # what people wrote is in no file but theirs
)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_PROTOCOL)
_LEVEL = (1).to_bytes(4, "big")
_COUNTERS = (24, 40, 92)
"""Where the header of an SQLite file counts its changes, its schema's changes, and the changes once more."""
_HEADER = 100
_SMALLEST = 512
"""Bytes of the smallest SQLite file. SQLite takes some files that are shorter for empty ones."""


class Database:
    """A project file, connected to when it is first used. Every error of SQLite that a person can do something
    about leaves here as a ProjectError, and no error leaves a transaction open."""

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        patience: float = PATIENCE,
        waits: Callable[[], object] | None = None,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self._turns = Turns(patience, waits)
        self._connection: sqlite3.Connection | None = None
        self._file = (0, 0)
        self.is_vouched_for = False
        """Whether the sum of the file said, when it was checked, that every row is as it was written."""
        self._has_changed = False
        """Whether something was written, so that the sum of the file is gone."""

    def wait_no_longer_than(self, seconds: float) -> None:
        """From now on wait so long at most while another process has the file to itself, and call nobody meanwhile."""
        self._turns.patience, self._turns.waits = seconds, None
        if self._connection is not None:
            self._connection.execute(f"PRAGMA busy_timeout = {round(1000 * seconds)}")

    def check(self) -> None:
        """ProjectError unless the file is sound. What a program that was killed left beside it is in it then."""
        with database_errors.in_words(self.path):
            self.is_vouched_for = integrity.check(self._connected(), self.path)
        if size(beside(self.path, "-wal")):
            self.fold()

    def read(self, make: Callable[..., Made], sql: str, *values: Value) -> Iterator[Made]:
        """What `make` makes of each row that a question gives, one after the other."""
        with database_errors.in_words(self.path):
            for row in self._connected().execute(sql, values):
                yield make(*row)

    def rows(self, sql: str, *values: Value) -> Iterator[tuple[Any, ...]]:
        """The rows that a question gives as they are: for very many of them."""
        with database_errors.in_words(self.path):
            yield from self._connected().execute(sql, values)

    def first(self, make: Callable[..., Made], sql: str, *values: Value) -> Made | None:
        """What `make` makes of the first row, or None where there is none."""
        with database_errors.in_words(self.path):
            row = self._connected().execute(sql, values).fetchone()
            return None if row is None else make(*row)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """What is changed inside happens whole or not at all; nobody else writes meanwhile."""
        with database_errors.in_words(self.path):
            connection = self._connected()
            if not self._is_in_place():
                self.close()
                raise Trouble.MOVED.at(self.path)
            try:
                self._begin(connection)
                integrity.take_sum_away(connection)
                yield connection
                connection.execute("COMMIT")
                self._has_changed = True
            except BaseException:
                if connection.in_transaction:
                    with suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
                raise

    def _begin(self, connection: sqlite3.Connection) -> None:
        """Keep everybody else from writing, when it is our turn."""
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            if not self._turns.take(lambda: _is_begun(connection)):
                raise Trouble.LOCKED.at(self.path)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {round(1000 * self._turns.patience)}")

    def copy(self, to: Path, *, overwrite: bool = False) -> None:
        """A tidy copy of the file as it was last committed, while others may be writing. ProjectError if that
        fails; `to` is the whole copy then or as it was."""
        with database_errors.in_words(self.path):
            # A connection of its own: what is in the middle of a transaction cannot be copied from.
            source = _open(self.path, read_only=True, patience=self._turns.patience)
        with closing(source):
            with database_errors.in_words(self.path):
                integrity.check(source, self.path)
            with database_errors.in_words(to), put_in_place(to, overwrite=overwrite) as new:
                with closing(connect(new, "rw", 0)) as copied:
                    source.backup(copied)
                with ExitStack() as after:
                    compact(new, after)

    def tidy(self) -> bool:
        """Leave nothing in the file but what is in its tables: no order of arrival, no trace of what was removed.

        True if that was done. False if somebody else has the file open, or there is no room: the file keeps a
        note, and whoever closes it last does it then. Never an error.
        """
        if self.read_only:
            return False
        try:
            connection = self._connected()
            connection.execute("PRAGMA busy_timeout = 0")
            # Others may be in there but idle: the log with what was deleted goes even so.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self.close()
            with ExitStack() as after:
                compact(self.path, after)
        except (sqlite3.Error, OSError, ProjectError, UnicodeDecodeError):  # the last of a damaged file
            return False
        else:
            self._has_changed = False
            return True
        finally:
            self.close()

    def fold(self) -> bool:
        """Bring what SQLite keeps beside the file into it, as far as nobody is in the way. Whether the file alone holds
        everything now. Never an error."""
        try:
            busy, pages, folded = self._connected().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except (sqlite3.Error, OSError, ProjectError, UnicodeDecodeError):
            return not size(beside(self.path, "-wal"))
        return not busy and pages == folded

    def close(self, *, tidily: bool = False) -> None:
        """Let go of the file, tidily if it needs that. It is connected to when it is next used. Never an error."""
        if self._connection is None:
            return
        if tidily and not self.read_only and not (self._is_untidy(self._connection) and self.tidy()):
            self._put_sum()
            self.fold()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _put_sum(self) -> None:
        """Put the sum of the file back, unless somebody else is at work: then the last one does it."""
        if not self._has_changed or self._connection is None:
            return
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA busy_timeout = 0")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                if not integrity.has_sum(self._connection):
                    integrity.put_sum(self._connection)
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _is_untidy(self, connection: sqlite3.Connection) -> bool:
        try:
            return schema.is_untidy(connection)
        except sqlite3.Error:
            return False

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _open(self.path, read_only=self.read_only, patience=self._turns.patience)
            self._file = _identity(self.path)
        return self._connection

    def _is_in_place(self) -> bool:
        try:
            return _identity(self.path) == self._file
        except OSError:
            return False


def _is_begun(connection: sqlite3.Connection) -> bool:
    """Whether a transaction that writes could be begun at once."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if database_errors.primary_code(error) not in _BUSY:
            raise
        return False
    return True


def compact(path: Path, after: ExitStack) -> None:
    """Rewrite a file that nobody else has open so that its bytes depend on what is in it and on nothing else.

    sqlite3.OperationalError at once if somebody has it open. `after` is left when the caller is done: what is
    opened here beside SQLite's back must not be closed before SQLite's own connection is.
    """
    with closing(connect(path, "rw", 0, "PRAGMA locking_mode = EXCLUSIVE")) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        # The note goes last, so that it is still there if the program is killed in between.
        schema.note_untidy(connection)
        integrity.take_sum_away(connection)
        connection.execute("VACUUM")
        integrity.put_sum(connection)
        schema.note_tidy(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        _level_counters(after.enter_context(path.open("r+b", buffering=0)).fileno())


def _level_counters(file: int) -> None:
    """The counters in the header tell how often the file was written, which depends on the order of what was
    written. Nobody else has the file open, so nobody compares them with what they were."""
    header = bytearray(os.read(file, _HEADER))
    for place in _COUNTERS:
        header[place : place + 4] = _LEVEL
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, header)
    os.fsync(file)


def _open(path: Path, *, read_only: bool, patience: float) -> sqlite3.Connection:
    """A connection to what was found to be a project file; ProjectError, OSError or sqlite3.Error if it is none."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise Trouble.FOLDER.at(path)
    if not stat.S_ISREG(status.st_mode):
        raise Trouble.FOREIGN.at(path)
    if status.st_size < _SMALLEST:
        cut_short = status.st_size and database_errors.begins_as_sqlite(path)
        raise (Trouble.DAMAGED if cut_short else Trouble.FOREIGN if status.st_size else Trouble.EMPTY).at(path)
    writable = is_writable(path)
    if not writable and not read_only:
        raise Trouble.READ_ONLY.at(path) if os.access(path, os.R_OK) else Trouble.FORBIDDEN.at(path)
    # Reading too needs files beside the project file, unless SQLite is told that nobody can change it.
    mode = "rw" if writable else "ro" if size(beside(path, "-wal")) else "ro&immutable=1"
    connection = connect(path, mode, patience)
    try:
        schema.check(connection, path)
        _check_length(connection, path)
        connection.execute("PRAGMA query_only = ON" if read_only else "PRAGMA journal_mode = WAL").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def connect(path: Path, mode: str, patience: float, *first: str) -> sqlite3.Connection:
    """A connection of SQLite to the file that is at a path, with the settings that every one of ours has, and others
    before them. `mode` is one that SQLite's addresses have."""
    address = f"{address_of(path.absolute())}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)
    try:
        for setting in (*first, *_SETTINGS):
            connection.execute(setting)
    except BaseException:
        connection.close()
        raise
    return connection


def address_of(path: PurePath) -> str:
    """The address by which SQLite finds an absolute path. It takes no other computer's name after two strokes, so one
    that begins so has two more."""
    address = path.as_uri()
    return address if address.startswith("file:///") else f"file://{address.removeprefix('file:')}"


def _check_length(connection: sqlite3.Connection, path: Path) -> None:
    """ProjectError if pages at the end of the file are missing. SQLite itself finds that when it comes to them."""
    connection.execute("BEGIN")
    try:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        if not size(beside(path, "-wal")) and size(path) < pages * page_size:
            raise Trouble.DAMAGED.at(path)
    finally:
        connection.execute("ROLLBACK")


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


_SQLITE = b"SQLite format 3\0"
_WHOSE = slice(68, 72)
"""The header of an SQLite file, and where in it a program puts its own mark."""


def check(path: Path) -> None:
    """ProjectError unless there is a project file at the path, or one that was damaged but for its beginning."""
    with database_errors.in_words(path):
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
    with database_errors.in_words(path):
        real = path.resolve()
        versions = [one for one in real.parent.iterdir() if one.name.startswith(f"{real.name}.version-")]
        return sorted(versions) + unfinished_files.abandoned(real.parent)


def remove(path: Path) -> None:
    """Remove a project file and what SQLite keeps beside it. ProjectError where somebody has it open, or it cannot be
    removed."""
    check(path)
    if _is_in_use(path):
        raise Trouble.LOCKED.at(path)
    with database_errors.in_words(path):
        real = path.resolve()  # the name may only lead to the file
        # The file goes first: what is beside it is of no use to anybody without it.
        real.unlink()
        for end in BESIDE:
            beside(real, end).unlink(missing_ok=True)
        path.unlink(missing_ok=True)


def remove_copy(copy: Path) -> None:
    """Remove one of `copies`. ProjectError where it cannot be."""
    with database_errors.in_words(copy):
        if unfinished_files.is_workplace(copy):
            unfinished_files.remove(copy)
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

"""A project file as an SQLite database: connections, transactions, errors in words, tidying up, and deleting the file.

The file is in write-ahead mode and each commit reaches the disk, so a program that is killed loses nothing that was
saved. One thread uses a Database; any number of processes may use the file.

Many processes may want to write at once. There is no queue, since a queue would be one more thing that a killed process
leaves behind: on every system there is only SQLite's lock. So the order of writers is random, and three rules make it
fair. A process that finds the file busy tries again after a random pause, which is longer the busier the file is, so
that retries do not slow down the writer. A process that has waited very long retries more often. And a process that
had to wait for a turn waits about as long again before its next one, so that others come first.
"""

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
"""Seconds after which a wait is long enough to be announced."""
_FIRST, _LONGEST, _GROWS = 0.004, 0.4, 1.6
"""The longest first pause between two attempts and the longest later one, in seconds, and the growth factor."""
_LONG, _OFTEN = 5.0, 0.05
"""Seconds after which a process has waited very long, and the longest pause when its patience is nearly over."""
_TRIES = 12
"""The least number of pauses that fit into the patience."""
_NOTHING = 0.001
"""Seconds that are too short to wait for."""
_COURTESY = 3.0
"""The longest time in seconds for which others go first."""


class Turns:
    """When one process may write to one file."""

    def __init__(self, patience: float, waits: Callable[[], object] | None = None) -> None:
        self.patience = patience
        self.waits = waits
        """Called once each time that a wait gets long."""
        self._free = 0.0
        """When others have gone first for long enough."""

    def take(self, attempt: Callable[[], bool]) -> bool:
        """Try until an attempt succeeds. False when the patience is over. An exception in an attempt ends it too."""
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
    """The longest pause in seconds after this many tries, for a process that has waited this long."""
    longest = min(_FIRST * _GROWS ** min(tries, 20), _LONGEST, patience / _TRIES)
    if waited <= _LONG:
        return longest
    share = min((waited - _LONG) / max(patience - _LONG, _NOTHING), 1)
    return longest * (1 - share) + min(longest, _OFTEN) * share


Value = str | bytes | float | None
Made = TypeVar("Made")
Look = Callable[[Path], object]

_SETTINGS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    "PRAGMA synchronous = FULL",  # a commit is on the disk before it counts
    "PRAGMA fullfsync = ON",  # on macOS, fsync alone does not guarantee that
    "PRAGMA wal_autocheckpoint = 1",  # so that a copy of the file alone is whole, however the program ends
    "PRAGMA temp_store = MEMORY",  # what people wrote must not reach another file
)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_PROTOCOL)
_LEVEL = (1).to_bytes(4, "big")
_COUNTERS = (24, 40, 92)
"""Where the header of an SQLite file counts its changes, its schema's changes, and the changes once more."""
_HEADER = 100
_SMALLEST = 512
"""Bytes of the smallest SQLite file. SQLite takes some files that are shorter for empty ones."""


class Database:
    """A project file. The connection is made on first use. Every SQLite error that a user can do something about is
    raised as a ProjectError, and no error leaves a transaction open."""

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
        """Whether the checksum of the file showed, when it was checked, that every row is as it was written."""
        self._has_changed = False
        """Whether something was written, so that the checksum of the file is gone."""

    def wait_no_longer_than(self, seconds: float) -> None:
        """From now on wait at most this long while another process has locked the file, and do not call `waits`."""
        self._turns.patience, self._turns.waits = seconds, None
        if self._connection is not None:
            self._connection.execute(f"PRAGMA busy_timeout = {round(1000 * seconds)}")

    def check(self) -> None:
        """ProjectError unless the file is sound. Folds in what a killed program left in the write-ahead log."""
        with database_errors.in_words(self.path):
            self.is_vouched_for = integrity.check(self._connected(), self.path)
        if size(beside(self.path, "-wal")):
            self.fold()

    def read(self, make: Callable[..., Made], sql: str, *values: Value) -> Iterator[Made]:
        """What `make` returns for each row of a query, one after the other."""
        with database_errors.in_words(self.path):
            for row in self._connected().execute(sql, values):
                yield make(*row)

    def rows(self, sql: str, *values: Value) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, unchanged: for very many of them."""
        with database_errors.in_words(self.path):
            yield from self._connected().execute(sql, values)

    def first(self, make: Callable[..., Made], sql: str, *values: Value) -> Made | None:
        """What `make` returns for the first row, or None if there is none."""
        with database_errors.in_words(self.path):
            row = self._connected().execute(sql, values).fetchone()
            return None if row is None else make(*row)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Changes in the block are committed together or not at all, and no other process writes meanwhile."""
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
        """Lock the file for writing when it is our turn."""
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            if not self._turns.take(lambda: _is_begun(connection)):
                raise Trouble.LOCKED.at(self.path)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {round(1000 * self._turns.patience)}")

    def copy(self, to: Path, *, overwrite: bool = False, look: Look | None = None) -> None:
        """A tidy copy of the file as last committed, even while others are writing. `look` is called with the copy
        before it takes its place, and an error in it leaves `to` unchanged. ProjectError if the copy fails; `to` is
        then either the whole copy or unchanged."""
        with database_errors.in_words(self.path):
            # A separate connection, because SQLite cannot copy from one that is in a transaction.
            source = _open(self.path, read_only=True, patience=self._turns.patience)
        with closing(source):
            with database_errors.in_words(self.path):
                integrity.check(source, self.path)
            with database_errors.in_words(to), put_in_place(to, overwrite=overwrite) as new:
                with closing(connect(new, "rw", 0)) as copied:
                    source.backup(copied)
                with ExitStack() as after:
                    compact(new, after)
                if look is not None:
                    look(new)

    def tidy(self) -> bool:
        """Leave nothing in the file but the contents of its tables: no order of arrival, no trace of deleted rows.

        False, and never an error, if another process has the file open or the disk is full. The file keeps a note
        then, and the last process to close it tidies it.
        """
        if self.read_only:
            return False
        try:
            connection = self._connected()
            connection.execute("PRAGMA busy_timeout = 0")
            # Works while other processes are connected but idle, and removes the log with the deleted rows.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self.close()
            with ExitStack() as after:
                compact(self.path, after)
        except (sqlite3.Error, OSError, ProjectError, UnicodeDecodeError):  # the last comes from damaged files
            return False
        else:
            self._has_changed = False
            return True
        finally:
            self.close()

    def fold(self) -> bool:
        """Move the contents of the write-ahead log into the file, as far as no other process prevents it. Whether the
        file alone is now complete. Never an error."""
        try:
            busy, pages, folded = self._connected().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except (sqlite3.Error, OSError, ProjectError, UnicodeDecodeError):
            return not size(beside(self.path, "-wal"))
        return not busy and pages == folded

    def close(self, *, tidily: bool = False) -> None:
        """Close the connection, and tidy the file if it needs that. The next use connects again. Never an error."""
        if self._connection is None:
            return
        if tidily and not self.read_only and not (self._is_untidy(self._connection) and self.tidy()):
            self._put_sum()
            self.fold()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _put_sum(self) -> None:
        """Store the checksum of the file again, unless another process is writing: the last one does it then."""
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
    """Whether a write transaction could be begun at once."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if database_errors.primary_code(error) not in _BUSY:
            raise
        return False
    return True


def compact(path: Path, after: ExitStack) -> None:
    """Rewrite a file that no other process has open, so that its bytes depend only on the contents of its tables.

    sqlite3.OperationalError at once if another process has it open. The caller closes `after` last: closing the file
    that is opened here before SQLite closes its own would release SQLite's locks.
    """
    with closing(connect(path, "rw", 0, "PRAGMA locking_mode = EXCLUSIVE")) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        # The note is removed last, so that it is still there if the program is killed in between.
        schema.note_untidy(connection)
        integrity.take_sum_away(connection)
        connection.execute("VACUUM")
        integrity.put_sum(connection)
        schema.note_tidy(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        _level_counters(after.enter_context(path.open("r+b", buffering=0)).fileno())


def _level_counters(file: int) -> None:
    """Reset the counters in the header. They show how often the file was written, which depends on the order of the
    writes. No other process has the file open, so none relies on their values."""
    header = bytearray(os.read(file, _HEADER))
    for place in _COUNTERS:
        header[place : place + 4] = _LEVEL
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, header)
    os.fsync(file)


def _open(path: Path, *, read_only: bool, patience: float) -> sqlite3.Connection:
    """A connection to a file that was checked to be a project file; ProjectError, OSError or sqlite3.Error if not."""
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
    # Even reading creates files beside the project file, unless SQLite is told that the file is immutable.
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
    """An SQLite connection to the file at a path, with the settings that all our connections have, and `first` before
    them. `mode` is one that SQLite's URIs know."""
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
    """The URI by which SQLite finds an absolute path. SQLite accepts no host name after the two slashes, so a path on
    another computer gets two more."""
    address = path.as_uri()
    return address if address.startswith("file:///") else f"file://{address.removeprefix('file:')}"


def _check_length(connection: sqlite3.Connection, path: Path) -> None:
    """ProjectError if pages at the end of the file are missing. SQLite notices only when it reads them."""
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
"""How an SQLite file begins, and where in its header an application stores its id."""


def check(path: Path) -> None:
    """ProjectError unless there is a project file at the path. Only its beginning has to be intact."""
    with database_errors.in_words(path):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Trouble.FOLDER.at(path)
        if not stat.S_ISREG(mode):  # opening a pipe would block for ever
            raise Trouble.FOREIGN.at(path)
        with path.open("rb") as file:  # nothing in this process has it open, or closing it would release their locks
            header = file.read(_HEADER)
    if not header.startswith(_SQLITE) or header[_WHOSE] != schema.APPLICATION_ID.to_bytes(4, "big"):
        raise Trouble.FOREIGN.at(path)


def copies(path: Path) -> list[Path]:
    """Files beside a project file that hold answers too: the copies made before each migration, and what was being
    written in its folder when the program was killed. ProjectError if the folder cannot be read."""
    with database_errors.in_words(path):
        real = path.resolve()
        versions = [one for one in real.parent.iterdir() if one.name.startswith(f"{real.name}.version-")]
        return sorted(versions) + unfinished_files.abandoned(real.parent)


def remove(path: Path) -> None:
    """Delete a project file and what SQLite keeps beside it. ProjectError if another process has it open, or if it
    cannot be deleted."""
    check(path)
    if _is_in_use(path):
        raise Trouble.LOCKED.at(path)
    with database_errors.in_words(path):
        real = path.resolve()  # the path may be a symbolic link
        # The file goes first: what is beside it cannot be read without it.
        real.unlink()
        for end in BESIDE:
            beside(real, end).unlink(missing_ok=True)
        path.unlink(missing_ok=True)


def remove_copy(copy: Path) -> None:
    """Delete one of `copies`. ProjectError if that fails."""
    with database_errors.in_words(copy):
        if unfinished_files.is_workplace(copy):
            unfinished_files.remove(copy)
        else:
            copy.unlink(missing_ok=True)


def _is_in_use(path: Path) -> bool:
    """Whether another process has it open, if only to read; False if that cannot be found out."""
    try:
        with closing(connect(path, "rw", 0, "PRAGMA locking_mode = EXCLUSIVE")) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except (sqlite3.Error, UnicodeDecodeError):  # UnicodeDecodeError comes from damaged files
        return False
    return False

"""Whether a project file is as this program left it: SQLite's own checks, and a checksum over all rows.

Every change deletes the checksum in its own transaction, and the last process to close the file stores it again. So it
is there while no process works on the file, and damage on a disk, on a USB stick or by mail is noticed.
"""

import hashlib
import sqlite3
from pathlib import Path

from selfassess.project import database_errors, schema
from selfassess.project.database_errors import Trouble

LARGEST = 16 * 1024 * 1024
"""The size in bytes of the largest file that has a checksum: tens of thousands of sheets, read in 0.1 seconds."""

LOOKED_AT = 50_000
"""The most rows of a table whose types are checked in a file above that size: checking millions would take longer than
their report. The others are checked when they are read."""

_TYPES = {"TEXT": ("text",), "INTEGER": ("integer",), "REAL": ("real", "integer"), "BLOB": ("blob",)}
"""The types of values that are allowed in a column of a declared type."""


def check(connection: sqlite3.Connection, path: Path) -> bool:
    """ProjectError unless the file is sound. True if it has the checksum too, so that every row is as it was written.
    Takes a millisecond for some hundred sheets."""
    connection.execute("BEGIN")  # or another process could write between one query and the next
    try:
        if not _is_sound(connection):
            raise Trouble.DAMAGED.at(path)
        return has_sum(connection)
    except sqlite3.Error as error:
        if database_errors.primary_code(error) != sqlite3.SQLITE_ERROR:
            raise
        raise Trouble.DAMAGED.at(path) from error  # a query that is right for the tables of a sound file
    finally:
        connection.execute("ROLLBACK")


def has_sum(connection: sqlite3.Connection) -> bool:
    """Whether the file has its checksum."""
    return connection.execute("SELECT 1 FROM project WHERE key = ?", (schema.SUM,)).fetchone() is not None


def put_sum(connection: sqlite3.Connection) -> None:
    """Store the checksum of the file, inside a transaction or with the file locked. Files of an older version and very
    large ones have none."""
    take_sum_away(connection)
    if schema.version_of(connection) == schema.VERSION and _bytes(connection) <= LARGEST:
        connection.execute("INSERT INTO project (key, value) VALUES (?, ?)", (schema.SUM, _sum(connection)))


def take_sum_away(connection: sqlite3.Connection) -> None:
    """Delete the checksum, because something is about to change."""
    connection.execute("DELETE FROM project WHERE key = ?", (schema.SUM,))


def _is_sound(connection: sqlite3.Connection) -> bool:
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        return False
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        return False
    if schema.version_of(connection) == schema.VERSION and not schema.is_whole(connection):
        return False
    kept = connection.execute("SELECT value FROM project WHERE key = ?", (schema.SUM,)).fetchone()
    if kept is None:
        return all(_has_its_types(connection, table) for table in _tables(connection))
    return bool(kept[0] == _sum(connection))


def _has_its_types(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the values in a table have the types of their columns, which SQLite does not enforce."""
    wrong = []
    for _, name, type, must_be, _, _ in connection.execute(f"PRAGMA table_info({_quoted(table)})"):
        is_wrong = f"typeof({_quoted(name)}) NOT IN ({', '.join(map(repr, _TYPES.get(type, ('',))))})"
        # Most optional values are missing, and checking for NULL is faster than checking a type.
        wrong.append(is_wrong if must_be else f"({_quoted(name)} IS NOT NULL AND {is_wrong})")
    some = f" LIMIT {LOOKED_AT}" if _bytes(connection) > LARGEST else ""
    question = f"SELECT 1 FROM (SELECT * FROM {_quoted(table)}{some}) WHERE {' OR '.join(wrong)}"  # noqa: S608  # quoted
    return connection.execute(question).fetchone() is None


def _sum(connection: sqlite3.Connection) -> str:
    """The SHA-256 of the version and of every row except the checksum itself and the UNTIDY note, in the order of
    tables and keys. It covers the tables that exist, so that a later version computes the same."""
    digest = hashlib.sha256(str(schema.version_of(connection)).encode())
    tables = _tables(connection)
    before, connection.text_factory = (
        connection.text_factory,
        bytearray,
    )  # keeps text apart from blobs, and text may be invalid UTF-8
    try:
        for table in tables:
            digest.update(table.encode())
            but = f" WHERE key NOT IN ('{schema.SUM}', '{schema.UNTIDY}')" if table == "project" else ""
            for row in connection.execute(f"SELECT * FROM {_quoted(table)}{but}"):  # noqa: S608  # quoted
                digest.update(repr(row).encode())
    finally:
        connection.text_factory = before
    return digest.hexdigest()


def _tables(connection: sqlite3.Connection) -> list[str]:
    question = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    return [name for (name,) in connection.execute(question)]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _bytes(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages * page_size)

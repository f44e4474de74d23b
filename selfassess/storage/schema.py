"""The tables of a project file, their version, and the way from an older version to this one."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from selfassess.storage.trouble import Trouble

APPLICATION_ID = 0x53656C41
"""Stands in the header of every project file ("SelA"), so that another program's file is told from ours."""
VERSION = 1
"""The version of the tables below."""

TABLES = (
    # kind: personal or shared. salt: goes into the hashes of codes. untidy: see Database.tidy.
    "CREATE TABLE project (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE questionnaires (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID",
    # In a shared project the id is derived from the resume code. saved: in a personal project only.
    """CREATE TABLE drafts (
        id TEXT PRIMARY KEY,
        questionnaire TEXT NOT NULL REFERENCES questionnaires (sha256),
        content TEXT NOT NULL,
        revision INTEGER NOT NULL,
        saved TEXT
    ) WITHOUT ROWID""",
    # The id is derived from the receipt, and so random. date and receipt: in a personal project only.
    """CREATE TABLE sheets (
        id TEXT PRIMARY KEY,
        questionnaire TEXT NOT NULL REFERENCES questionnaires (sha256),
        group_id TEXT,
        form TEXT NOT NULL,
        answers TEXT NOT NULL,
        beside TEXT NOT NULL,
        date TEXT,
        receipt TEXT
    ) WITHOUT ROWID""",
    # Nothing here leads to a sheet. The id is derived from the receipt and from what the text is about.
    """CREATE TABLE texts (
        id TEXT PRIMARY KEY,
        questionnaire TEXT NOT NULL REFERENCES questionnaires (sha256),
        about TEXT NOT NULL,
        content TEXT NOT NULL
    ) WITHOUT ROWID""",
)
"""Without row ids, which would count up and so keep the order of arrival."""

MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {}
"""What makes a file of a version into one of the next, by the version it starts from. Each runs inside the one
transaction of `migrate`; a frozen file of every released version stands in tests/storage/frozen/."""


def build(connection: sqlite3.Connection) -> None:
    """Make an empty file a project file of this version."""
    for table in TABLES:
        connection.execute(table)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def note_untidy(connection: sqlite3.Connection) -> None:
    """Note that the file holds traces to take out. Being in the file, the note outlives a program that is killed."""
    connection.execute("INSERT INTO project (key, value) VALUES ('untidy', '') ON CONFLICT DO NOTHING")


def note_tidy(connection: sqlite3.Connection) -> None:
    """Take that note away."""
    connection.execute("DELETE FROM project WHERE key = 'untidy'")


def is_untidy(connection: sqlite3.Connection) -> bool:
    """Whether that note is there."""
    return connection.execute("SELECT 1 FROM project WHERE key = 'untidy'").fetchone() is not None


def check(connection: sqlite3.Connection, path: Path) -> None:
    """ProjectError unless the file is a project file that this program can read."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise Trouble.FOREIGN.at(path)
    version = version_of(connection)
    if version > VERSION:
        raise Trouble.NEWER.at(path)
    if version < 1 or connection.execute("SELECT 1 FROM project").fetchone() is None:
        raise Trouble.DAMAGED.at(path)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the file's tables."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables up to this version, inside a transaction that the caller holds."""
    for version in range(version_of(connection), VERSION):
        MIGRATIONS[version](connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")

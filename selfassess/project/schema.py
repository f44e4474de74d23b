"""The tables of a project file, their version, and the migrations from older versions."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from selfassess.project.database_errors import Trouble

APPLICATION_ID = 0x53656C41
"""The id in the header of every project file ("SelA"), by which it differs from files of other programs."""
VERSION = 4
"""The version of the tables below."""
UNTIDY, SUM = "untidy", "sum"
"""The keys of two settings that are about the file itself: see `Database.tidy` and `integrity`."""

_SHEETS = """CREATE TABLE sheets (
        id TEXT PRIMARY KEY,
        questionnaire TEXT NOT NULL REFERENCES questionnaires (sha256),
        group_id TEXT,
        form TEXT NOT NULL,
        answers TEXT NOT NULL,
        beside TEXT NOT NULL,
        date TEXT,
        receipt TEXT,
        round TEXT REFERENCES rounds (key),
        matching TEXT,
        revision INTEGER NOT NULL,
        proof TEXT
    ) WITHOUT ROWID"""
_SHEETS_2 = """CREATE TABLE sheets (
        id TEXT PRIMARY KEY,
        questionnaire TEXT NOT NULL REFERENCES questionnaires (sha256),
        group_id TEXT,
        form TEXT NOT NULL,
        answers TEXT NOT NULL,
        beside TEXT NOT NULL,
        date TEXT,
        receipt TEXT,
        round TEXT REFERENCES rounds (key),
        matching TEXT,
        revision INTEGER NOT NULL
    ) WITHOUT ROWID"""
"""As it was in version 2."""
_TEXTS = """CREATE TABLE texts (
        id TEXT PRIMARY KEY,
        questionnaire TEXT NOT NULL REFERENCES questionnaires (sha256),
        about TEXT NOT NULL,
        content TEXT NOT NULL,
        round TEXT REFERENCES rounds (key)
    ) WITHOUT ROWID"""
_OF_ROUNDS = (
    # fixed: whether somebody can have read the rules. invited, rules, standing and targets are JSON.
    """CREATE TABLE rounds (
        key TEXT PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        questionnaire TEXT NOT NULL REFERENCES questionnaires (sha256),
        form TEXT NOT NULL,
        invited TEXT NOT NULL,
        rules TEXT NOT NULL,
        state TEXT NOT NULL,
        standing TEXT NOT NULL,
        targets TEXT NOT NULL,
        fixed INTEGER NOT NULL
    ) WITHOUT ROWID""",
    # The key is derived from an admission code. Nothing here leads to a sheet or a draft.
    """CREATE TABLE admissions (
        key TEXT PRIMARY KEY,
        round TEXT NOT NULL REFERENCES rounds (key),
        group_id TEXT NOT NULL,
        used INTEGER NOT NULL
    ) WITHOUT ROWID""",
    # That somebody does not agree that their small group is shown. The key is derived from the receipt.
    """CREATE TABLE refusals (
        key TEXT PRIMARY KEY,
        round TEXT NOT NULL REFERENCES rounds (key),
        group_id TEXT NOT NULL
    ) WITHOUT ROWID""",
    # Sheets that were withdrawn, by their random keys, so that a copy in a file is not accepted again. The rows are
    # deleted when a report is made.
    """CREATE TABLE withdrawn (
        key TEXT PRIMARY KEY,
        round TEXT NOT NULL REFERENCES rounds (key)
    ) WITHOUT ROWID""",
    # Sheets entered from paper can be corrected, with their texts, so their receipts are stored until a report is
    # made. Until then a closed round can be opened again.
    """CREATE TABLE papers (
        round TEXT NOT NULL REFERENCES rounds (key),
        number TEXT NOT NULL,
        receipt TEXT NOT NULL,
        PRIMARY KEY (round, number)
    ) WITHOUT ROWID""",
    """CREATE TABLE released (
        round TEXT NOT NULL REFERENCES rounds (key),
        cell TEXT NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (round, cell, id, kind)
    ) WITHOUT ROWID""",
    """CREATE TABLE agreed (
        round TEXT NOT NULL REFERENCES rounds (key),
        node TEXT NOT NULL,
        score REAL NOT NULL,
        why TEXT NOT NULL,
        PRIMARY KEY (round, node)
    ) WITHOUT ROWID""",
)
# The plan belongs to the project and stays when a round is deleted. group_ids and skill_ids are JSON; due and done
# are days.
_PLAN = """CREATE TABLE plan (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        content TEXT NOT NULL,
        node TEXT NOT NULL,
        group_ids TEXT NOT NULL,
        owner TEXT NOT NULL,
        due TEXT,
        status TEXT NOT NULL,
        why TEXT NOT NULL,
        effort TEXT NOT NULL,
        effect TEXT NOT NULL,
        skill_ids TEXT NOT NULL,
        round TEXT NOT NULL,
        action TEXT NOT NULL,
        done TEXT
    ) WITHOUT ROWID"""
# What a facilitator writes was found. group_id: as in `model.round.OwnFinding`.
_FINDINGS = """CREATE TABLE findings (
        round TEXT NOT NULL REFERENCES rounds (key),
        group_id TEXT NOT NULL,
        node TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (round, group_id, node)
    ) WITHOUT ROWID"""
# In a personal project: the sheets that were sent in answer to an invitation. Their rows in sheets are copies.
_SENT = "CREATE TABLE sent (id TEXT PRIMARY KEY REFERENCES sheets (id)) WITHOUT ROWID"
TABLES = (
    # kind: personal or shared. salt: goes into the hashes of codes. made_up: present where all answers are invented.
    # planned: the number of the last id that was given to an action of the plan. See also UNTIDY, SUM and
    # `round_queries`.
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
    *_OF_ROUNDS,
    # The id is derived from the receipt, and so random. date and receipt: in a personal project only. revision: how
    # often the same person has answered again. It shows neither when nor whose sheet it is.
    # proof: in a round, what the proof of a later revision has to lead to; NULL if the sheet came without one.
    _SHEETS,
    # Nothing here leads to a sheet. The id is derived from the receipt and from what the text is about.
    _TEXTS,
    _PLAN,
    _SENT,
    _FINDINGS,
)
"""Without row ids, which would count up and so keep the order of arrival."""


def _to_2(connection: sqlite3.Connection) -> None:
    """Rounds, and the plan. Tables are recreated rather than altered, so that they are the same as in a new file."""
    for table in (*_OF_ROUNDS, _PLAN):
        connection.execute(table)
    _recreate(connection, "sheets", _SHEETS_2, "*, NULL, NULL, 0")
    _recreate(connection, "texts", _TEXTS, "*, NULL")
    note_untidy(connection)


def _to_3(connection: sqlite3.Connection) -> None:
    """Marks copies of sheets that were sent, and lets people prove that a later revision is theirs."""
    _recreate(connection, "sheets", _SHEETS, "*, NULL")
    connection.execute(_SENT)
    note_untidy(connection)


def _to_4(connection: sqlite3.Connection) -> None:
    """What facilitators write was found."""
    connection.execute(_FINDINGS)


def _recreate(connection: sqlite3.Connection, name: str, table: str, values: str) -> None:
    """Replace a table by one with other columns, filled with these values of the old one."""
    connection.execute(f"ALTER TABLE {name} RENAME TO {name}_before")
    connection.execute(table)
    connection.execute(f"INSERT INTO {name} SELECT {values} FROM {name}_before")  # noqa: S608  # all of it is above
    connection.execute(f"DROP TABLE {name}_before")


MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _to_2, 2: _to_3, 3: _to_4}
"""The steps from one version to the next, by the version they start from. All run in the one transaction of `migrate`.
A file of every released version is in tests/project/frozen/."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Make an empty file a project file of this version."""
    for table in TABLES:
        connection.execute(table)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def note_untidy(connection: sqlite3.Connection) -> None:
    """Note that the file holds traces to remove. The note is in the file, so it survives if the program is killed."""
    connection.execute("INSERT INTO project (key, value) VALUES (?, '') ON CONFLICT DO NOTHING", (UNTIDY,))


def note_tidy(connection: sqlite3.Connection) -> None:
    """Delete that note."""
    connection.execute("DELETE FROM project WHERE key = ?", (UNTIDY,))


def is_untidy(connection: sqlite3.Connection) -> bool:
    """Whether that note is there."""
    return connection.execute("SELECT 1 FROM project WHERE key = ?", (UNTIDY,)).fetchone() is not None


def is_whole(connection: sqlite3.Connection) -> bool:
    """Whether every table of this version is there, as it was made."""
    there = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")}
    return there.issuperset(TABLES)


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

"""Every query and every change of the table that holds the plan."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from selfassess.model.plan import Planned
from selfassess.project.database import Database
from selfassess.project.database_errors import UnreadableRowError
from selfassess.project.records import PLANNED
from selfassess.text import clean


def planned(database: Database) -> Iterator[Planned]:
    """Every action, in the order of the plan."""
    return database.read(
        PLANNED.read_row,
        "SELECT id, place, content, node, group_ids, owner, due, status, why, effort, effect, skill_ids, round, action,"
        " done FROM plan ORDER BY place, id",
    )


def put(connection: sqlite3.Connection, planned: Planned) -> None:
    """Store an action, in place of the one with its id."""
    remove(connection, planned.id)
    cleaned = replace(planned, text=clean(planned.text), owner=clean(planned.owner), why=clean(planned.why))
    connection.execute(
        "INSERT INTO plan (id, place, content, node, group_ids, owner, due, status, why, effort, effect, skill_ids,"
        " round, action, done) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        PLANNED.write_row(cleaned),
    )


def remove(connection: sqlite3.Connection, id: str) -> None:
    """Delete an action."""
    connection.execute("DELETE FROM plan WHERE id = ?", (id,))


def last_number(connection: sqlite3.Connection) -> int:
    """The number of the last id that was given out; 0 before the first."""
    row = connection.execute("SELECT value FROM project WHERE key = 'planned'").fetchone()
    return 0 if row is None else _number(row[0])


def note_number(connection: sqlite3.Connection, number: int) -> None:
    """Store the number of the last id, so that no id is given out twice."""
    connection.execute("DELETE FROM project WHERE key = 'planned'")
    connection.execute("INSERT INTO project (key, value) VALUES ('planned', ?)", (str(number),))


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(value) from error

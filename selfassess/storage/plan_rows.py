"""The plan as it stands in its table, and back. Like `rows`, a door: what comes in is checked."""

import datetime
import json
import sqlite3
from collections.abc import Iterator
from typing import Any, TypeVar

from selfassess.model.plan import AMOUNTS, STATUSES, Planned
from selfassess.model.text import clean
from selfassess.storage.database import Database
from selfassess.storage.trouble import UnreadableRowError

Name = TypeVar("Name", bound=str)
_COLUMNS = (
    "id, place, content, node, group_ids, owner, due, status, why, effort, effect, skill_ids, round, action, done"
)


def planned(database: Database) -> Iterator[Planned]:
    """Every action, in the order of the plan."""
    return database.read(_unpack, f"SELECT {_COLUMNS} FROM plan ORDER BY place, id")  # noqa: S608  # names from above


def put(connection: sqlite3.Connection, planned: Planned) -> None:
    """Keep an action, in place of how it was."""
    remove(connection, planned.id)
    row = _pack(planned)
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO plan ({_COLUMNS}) VALUES ({marks})", row)  # noqa: S608  # likewise


def remove(connection: sqlite3.Connection, id: str) -> None:
    """Take an action out."""
    connection.execute("DELETE FROM plan WHERE id = ?", (id,))


def last_number(connection: sqlite3.Connection) -> int:
    """The number of the last id that was given out; 0 before the first."""
    found = connection.execute("SELECT value FROM project WHERE key = 'planned'").fetchone()
    return 0 if found is None else _number(found[0])


def note_number(connection: sqlite3.Connection, number: int) -> None:
    """Note the number of the last id, so that none is ever given out twice."""
    connection.execute("DELETE FROM project WHERE key = 'planned'")
    connection.execute("INSERT INTO project (key, value) VALUES ('planned', ?)", (str(number),))


def _pack(planned: Planned) -> tuple[str | int | None, ...]:
    return (
        planned.id, planned.place, clean(planned.text), planned.node, json.dumps(list(planned.groups)),
        clean(planned.owner), _day_text(planned.due), planned.status, clean(planned.why), planned.effort,
        planned.effect, json.dumps(list(planned.skills)), planned.round, planned.action, _day_text(planned.done),
    )  # fmt: skip  # the columns in their order


def _unpack(
    id: Any, place: Any, text: Any, node: Any, groups: Any, owner: Any, due: Any, status: Any, why: Any, effort: Any,
    effect: Any, skills: Any, round: Any, action: Any, done: Any,
) -> Planned:  # fmt: skip  # likewise
    """The action in a row. UnreadableRowError if the row is not one of ours."""
    if not isinstance(place, int):
        raise UnreadableRowError(place)
    return Planned(
        id=_text(id),
        place=place,
        text=_text(text),
        node=_text(node),
        groups=_texts(groups),
        owner=_text(owner),
        due=_day(due),
        status=_one_of(STATUSES, status),
        why=_text(why),
        effort=_one_of(AMOUNTS, effort),
        effect=_one_of(AMOUNTS, effect),
        skills=_texts(skills),
        round=_text(round),
        action=_text(action),
        done=_day(done),
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return clean(value)
    raise UnreadableRowError(value)


def _texts(value: Any) -> tuple[str, ...]:
    try:
        found = json.loads(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnreadableRowError(value) from error
    if not isinstance(found, list):
        raise UnreadableRowError(value)
    return tuple(map(_text, found))


def _day_text(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(value: Any) -> datetime.date | None:
    try:
        return None if value is None else datetime.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(value) from error


def _one_of(names: tuple[Name, ...], value: Any) -> Name:
    for name in names:
        if name == value:
            return name
    raise UnreadableRowError(value)


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(value) from error

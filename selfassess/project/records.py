"""Drafts and sheets as they stand in the tables, and back. What comes out of a file is checked and cleaned:
a file is a door like any other.

Rounds as they stand in the tables and in invitations, and back. Like `rows`, a door: what comes in is checked.

The plan as it stands in its table, and back. Like `rows`, a door: what comes in is checked."""

import dataclasses
import datetime
import json
import math
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from selfassess.errors import UsageError
from selfassess.model.plan import AMOUNTS, STATUSES, Planned
from selfassess.model.round import Agreed, Round, Rules, SmallGroups, Standing, State, Thresholds, can_be
from selfassess.model.sheet import Draft, Form, Missing, Response, Sheet, Ticket
from selfassess.project import codes
from selfassess.project.database import Database
from selfassess.project.database_errors import UnreadableRowError
from selfassess.text import clean

_MISSING = {missing.key: missing for missing in Missing}
NOTHING_BESIDE = "{}"
"""What stands in the column of what is beside the characters of a sheet, where nothing is."""
_LARGEST = sys.float_info.max


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft as it stands in the project file."""

    id: str
    draft: Draft
    saved: datetime.datetime | None
    """When it was last saved (UTC), in a personal project; None in a shared one."""
    revision: int
    """How often it was saved. Tells whether another window has saved it since."""


def pack_draft(draft: Draft, receipt: str = "") -> str:
    """The content of a draft as JSON; its questionnaire stands in a column. `receipt` is that of the sheet that it is
    being sent off as."""
    sending = {"receipt": receipt} if receipt else {}
    ticket = {"ticket": dataclasses.asdict(draft.ticket)} if draft.ticket else {}
    return to_json(
        {
            "group": draft.group,
            "form": draft.form,
            "place": draft.place,
            "responses": {id: _packed(response) for id, response in draft.responses.items()},
            "comments": dict(draft.comments),
            **ticket,
            **sending,
        }
    )


def unpack_draft(questionnaire: str, content: str) -> Draft:
    """The draft in a row. UnreadableRowError if the row is not one of ours."""
    table = table_of(content)
    return Draft(
        questionnaire=questionnaire,
        group=_text_or_none(table.get("group")),
        form=_form(table.get("form")),
        place=_text(table.get("place")),
        responses={id: _unpacked(value) for id, value in _inner(table, "responses").items()},
        comments={id: clean(_text(text)) for id, text in _inner(table, "comments").items()},
        ticket=_ticket(_inner(table, "ticket")) if "ticket" in table else None,
    )


def unpack_receipt(content: str) -> str:
    """The receipt of the sheet that a draft was being sent off as; "" where that was not begun."""
    receipt = table_of(content).get("receipt")
    with suppress(UsageError):
        return codes.normalise(receipt) if isinstance(receipt, str) else ""
    return ""


def unpack_saved(id: str, questionnaire: str, content: str, saved: str | None, revision: int) -> SavedDraft:
    """The draft in a row, and what is known of it. UnreadableRowError as in `unpack_draft`."""
    return SavedDraft(id, unpack_draft(questionnaire, content), unpack_moment(saved), revision)


def pack_beside(sheet: Sheet) -> str:
    """A sheet's numbers and choose-many answers as JSON, in an order that does not depend on the sitting."""
    return to_json(dict(sorted(sheet.beside.items())))


def unpack_sheet(
    questionnaire: str | None,
    group: str | None,
    form: str | None,
    answers: str | None,
    beside: str | None,
    date: str | None,
) -> Sheet:
    """The sheet in a row, without its texts. UnreadableRowError if the row is not one of ours."""
    return Sheet(
        questionnaire=_text(questionnaire),
        group=_text_or_none(group),
        form=_form(form),
        answers=_text(answers),
        beside={}
        if beside == NOTHING_BESIDE
        else {id: _unpacked_beside(value) for id, value in table_of(beside).items()},
        date=unpack_moment(date),
    )


def unpack_text(content: str) -> str:
    """The text in a row. UnreadableRowError if it is none."""
    return clean(_text(content))


def pack_moment(moment: datetime.datetime | None) -> str | None:
    """A moment as text that sorts as time does. One without a zone is taken for local time."""
    return None if moment is None else moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def unpack_moment(text: str | None) -> datetime.datetime | None:
    """The moment, in UTC. UnreadableRowError if the text is none."""
    if text is None:
        return None
    try:
        found = datetime.datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(text) from error
    if found.tzinfo is None:
        raise UnreadableRowError(text)
    return found


def to_json(table: dict[str, Any]) -> str:
    """A table as JSON, for a column."""
    # Escaped to ASCII, so that even half a character survives until it is cleaned.
    return json.dumps(table, separators=(",", ":"))


def _packed(response: Response) -> Any:
    return {"missing": response.key} if isinstance(response, Missing) else response


def _unpacked(value: Any) -> Response:
    match value:
        case str():
            return clean(value)
        case {"missing": str(key)} if key in _MISSING:
            return _MISSING[key]
        case _:
            return _unpacked_beside(value)


def _unpacked_beside(value: Any) -> float | tuple[float, ...]:
    return tuple(map(_number, value)) if isinstance(value, list) else _number(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
        raise UnreadableRowError(value)
    return value


def table_of(content: Any) -> dict[str, Any]:
    """The table that JSON in a column says. UnreadableRowError if it says none."""
    try:
        table = json.loads(content)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnreadableRowError(content) from error
    if not isinstance(table, dict):
        raise UnreadableRowError(content)
    return table


def _inner(table: dict[str, Any], key: str) -> dict[str, Any]:
    inner = table.get(key)
    if not isinstance(inner, dict):
        raise UnreadableRowError(key)
    return inner


def _ticket(table: dict[str, Any]) -> Ticket:
    agrees = table.get("agrees")
    if agrees is not None and not isinstance(agrees, bool):
        raise UnreadableRowError(agrees)
    return Ticket(
        round=_text(table.get("round")),
        admission=_text(table.get("admission")),
        agrees=agrees,
        matching=_text(table.get("matching")),
    )


def _form(value: Any) -> Form:
    if value == "full" or value == "short":
        return "full" if value == "full" else "short"
    raise UnreadableRowError(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise UnreadableRowError(value)


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


Name = TypeVar("Name", bound=str)
Numbers = Mapping[str, tuple[int, ...]]
"""Numbers of people, by group, in the order in which they were said."""
TOO_MANY = 10**9
"""People, or whatever else is counted."""
_SMALL_GROUPS: tuple[SmallGroups, ...] = get_args(SmallGroups)
_STATES: tuple[State, ...] = get_args(State)
_STANDINGS: tuple[Standing, ...] = get_args(Standing)
_FORMS: tuple[Form, ...] = get_args(Form)


def pack_round(round: Round) -> tuple[str, ...]:
    """The row of a round, as `unpack_round` reads it. UnreadableRowError where it could not read it back."""
    row = (
        round.key,
        round.id,
        round.title,
        round.questionnaire,
        round.form,
        to_json(dict(round.invited)),
        to_json(plain_rules(round.rules)),
        round.state,
        to_json(dict(round.standing)),
        pack_targets(round.targets),
    )
    unpack_round(*row)
    return row


def pack_targets(targets: Mapping[str, Mapping[str, float]]) -> str:
    """The targets of a round as JSON, in an order that does not depend on when each was set."""
    return to_json({node: dict(sorted(targets[node].items())) for node in sorted(targets) if targets[node]})


def plain_rules(rules: Rules) -> dict[str, Any]:
    """The rules as a table of plain values."""
    return {
        "min_group": rules.thresholds.min_group,
        "min_detail": rules.thresholds.min_detail,
        "small_groups": rules.small_groups,
        "asks_consent": list(rules.asks_consent),
        "codes": rules.codes,
        "matching": rules.matching,
    }


def plain_round(round: Round) -> dict[str, Any]:
    """A round as a table of plain values: what everybody may know of it, so neither its state nor its standing."""
    return {
        "id": round.id,
        "key": round.key,
        "title": round.title,
        "questionnaire": round.questionnaire,
        "form": round.form,
        "invited": dict(round.invited),
        "rules": plain_rules(round.rules),
    }


def read_round(table: Mapping[str, Any]) -> Round:
    """The round that `plain_round` made such a table of. UnreadableRowError if it is none."""
    exactly(table, "id", "key", "title", "questionnaire", "form", "invited", "rules")
    found = Round(
        id=_text(table["id"]),
        key=key_of(table["key"]),
        title=_text(table["title"]),
        questionnaire=key_of(table["questionnaire"]),
        form=_one_of(_FORMS, table["form"]),
        invited=_invited(table["invited"]),
        rules=_rules(table["rules"]),
    )
    return _checked(found)


def unpack_round(
    key: str, id: str, title: str, questionnaire: str, form: str, invited: str, rules: str, state: str, standing: str,
    targets: str,
) -> Round:  # fmt: skip  # the columns in their order
    """The round in a row. UnreadableRowError if the row is not one of ours."""
    found = Round(
        id=_text(id),
        key=key_of(key),
        title=_text(title),
        questionnaire=key_of(questionnaire),
        form=_one_of(_FORMS, form),
        invited=_invited(table_of(invited)),
        rules=_rules(table_of(rules)),
        state=_one_of(_STATES, state),
        standing={group: _one_of(_STANDINGS, value) for group, value in table_of(standing).items()},
        targets={node: _targets(inner(by_group)) for node, by_group in table_of(targets).items()},
    )
    if set(found.standing) != (set(found.invited) if found.state == "closed" else set()):
        raise UnreadableRowError(standing)
    return _checked(found)


def unpack_reported(content: str) -> dict[str, tuple[int, ...]]:
    """The numbers of people that reports had. UnreadableRowError if the row is not one of ours."""
    found: dict[str, tuple[int, ...]] = {}
    for group, numbers in table_of(content).items():
        if not isinstance(numbers, list) or not numbers:
            raise UnreadableRowError(content)
        found[group] = tuple(_count(number) for number in numbers)
    return found


def unpack_agreed(node: str, score: float, why: str) -> Agreed:
    """The score that a meeting agreed on. UnreadableRowError if the row is not one of ours."""
    if not isinstance(score, int | float):
        raise UnreadableRowError(score)
    return Agreed(node=_text(node), score=score, why=clean(_text(why)))


def exactly(table: Any, *keys: str) -> None:
    """UnreadableRowError unless this is a table with these keys and no others."""
    if not isinstance(table, dict) or set(table) != set(keys):
        raise UnreadableRowError(keys)


def inner(table: Any) -> dict[str, Any]:
    """The same, where it is a table. UnreadableRowError where it is none."""
    if not isinstance(table, dict):
        raise UnreadableRowError(table)
    return table


def key_of(value: Any, *, may_be_empty: bool = False) -> str:
    """The key, or sum. UnreadableRowError where it is none."""
    if isinstance(value, str) and (codes.is_key(value) or (may_be_empty and not value)):
        return value
    raise UnreadableRowError(value)


def _checked(round: Round) -> Round:
    if not can_be(round):
        raise UnreadableRowError(round.key)
    return round


def _invited(table: Any) -> dict[str, int]:
    return {group: _count(number) for group, number in inner(table).items()}


def _rules(table: Any) -> Rules:
    exactly(table, "min_group", "min_detail", "small_groups", "asks_consent", "codes", "matching")
    if not isinstance(table["asks_consent"], list):
        raise UnreadableRowError(table)
    return Rules(
        thresholds=Thresholds(min_group=_count(table["min_group"]), min_detail=_count(table["min_detail"])),
        small_groups=_one_of(_SMALL_GROUPS, table["small_groups"]),
        asks_consent=tuple(_text(group) for group in table["asks_consent"]),
        codes=_flag(table["codes"]),
        matching=_flag(table["matching"]),
    )


def _targets(table: Mapping[str, Any]) -> dict[str, float]:
    for value in table.values():
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise UnreadableRowError(value)
    return dict(table)


def _count(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < TOO_MANY:
        return value
    raise UnreadableRowError(value)


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise UnreadableRowError(value)


def _one_of(names: tuple[Name, ...], value: Any) -> Name:
    for name in names:
        if name == value:
            return name
    raise UnreadableRowError(value)


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
    return 0 if found is None else _whole(found[0])


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
        id=_cleaned(id),
        place=place,
        text=_cleaned(text),
        node=_cleaned(node),
        groups=_texts(groups),
        owner=_cleaned(owner),
        due=_day(due),
        status=_one_of(STATUSES, status),
        why=_cleaned(why),
        effort=_one_of(AMOUNTS, effort),
        effect=_one_of(AMOUNTS, effect),
        skills=_texts(skills),
        round=_cleaned(round),
        action=_cleaned(action),
        done=_day(done),
    )


def _cleaned(value: Any) -> str:
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
    return tuple(map(_cleaned, found))


def _day_text(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(value: Any) -> datetime.date | None:
    try:
        return None if value is None else datetime.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(value) from error


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(value) from error

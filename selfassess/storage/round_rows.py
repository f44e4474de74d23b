"""Rounds as they stand in the tables and in invitations, and back. Like `rows`, a door: what comes in is checked."""

import math
from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from selfassess.model.round import Agreed, Round, Rules, SmallGroups, Standing, State, Thresholds, can_be
from selfassess.model.sheet import Form
from selfassess.model.text import clean
from selfassess.storage import codes, rows
from selfassess.storage.trouble import UnreadableRowError

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
        rows.to_json(dict(round.invited)),
        rows.to_json(plain_rules(round.rules)),
        round.state,
        rows.to_json(dict(round.standing)),
        pack_targets(round.targets),
    )
    unpack_round(*row)
    return row


def pack_targets(targets: Mapping[str, Mapping[str, float]]) -> str:
    """The targets of a round as JSON, in an order that does not depend on when each was set."""
    return rows.to_json({node: dict(sorted(targets[node].items())) for node in sorted(targets) if targets[node]})


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
        invited=_invited(rows.table_of(invited)),
        rules=_rules(rows.table_of(rules)),
        state=_one_of(_STATES, state),
        standing={group: _one_of(_STANDINGS, value) for group, value in rows.table_of(standing).items()},
        targets={node: _targets(inner(by_group)) for node, by_group in rows.table_of(targets).items()},
    )
    if set(found.standing) != (set(found.invited) if found.state == "closed" else set()):
        raise UnreadableRowError(standing)
    return _checked(found)


def unpack_reported(content: str) -> dict[str, tuple[int, ...]]:
    """The numbers of people that reports had. UnreadableRowError if the row is not one of ours."""
    found: dict[str, tuple[int, ...]] = {}
    for group, numbers in rows.table_of(content).items():
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


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise UnreadableRowError(value)

"""A table mended enough to look further, so that one wrong key does not hide what is wrong elsewhere."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import MISSING, dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from selfassess.definition import explain
from selfassess.definition.finding import Finding
from selfassess.definition.toml import Keys, look_up
from selfassess.model.questionnaire import Band, Questionnaire
from selfassess.model.scale import Point, Table

PLACEHOLDER = "\ue000"
"""Stands for a text that is missing. Nobody types it."""

ROUNDS = 8
"""What is filled in can itself lack something; deeper than this nothing can."""

NO_TABLES = ("no-strands", "no-items", "no-benchmarks")
HOLD_ITEMS = ("benchmarks", "skills", "items", "questions")
"""Keys of tables without which a node may seem to ask nothing."""
UNKNOWN_NAMES = ("unknown-group", "unknown-scale", "unknown-item", "unused-wording")
"""Codes of what may be lacking, or unknown, only because a table was left out."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A copy of a table that has the right shape everywhere."""

    table: dict[str, Any]
    touched: set[Keys] = field(default_factory=set)
    """What was left out or filled in."""
    lost: list[Keys] = field(default_factory=list)
    """Tables that were left out with all that they may define."""

    def explains(self, finding: Finding) -> bool:
        """Whether a finding may only be there because of what was mended: that is told, and enough."""
        keys = finding.keys
        if any(keys[:length] in self.touched for length in range(1, len(keys) + 1)):
            return True
        if PLACEHOLDER in finding.message or (self.lost and finding.code in UNKNOWN_NAMES):
            return True
        # What seems to be lacking may be what did not fit.
        if finding.code in NO_TABLES and any(way[-1] in HOLD_ITEMS for way in self.lost):
            return True
        left_out = self.lost if finding.code in NO_TABLES else self.touched
        lacks = finding.code.startswith(("no-", "not-"))
        return lacks and any(way[:-1] in (keys, keys[:-1]) for way in left_out)


def mended(table: Mapping[str, Any]) -> Mended:
    """The table without unknown and wrong keys, and with a stand-in for each that it needs."""
    result = Mended(deepcopy(dict(table)))
    for _ in range(ROUNDS):
        errors = explain.errors(result.table)
        if not errors:
            return result
        for error in errors:
            _mend(result, explain.existing(result.table, error["loc"]), error)
    for error in explain.errors(result.table):  # no case is known; then a whole part of the file is left out
        _fill_in(result, Questionnaire, result.table, error["loc"][:1])
    return result


def _mend(result: Mended, keys: Keys, error: ErrorDetails) -> None:
    if not keys:
        return
    way, key = keys[:-1], keys[-1]
    holder = look_up(result.table, way)
    kind = explain.kind_of(way)
    if isinstance(key, int):
        _mend_entry(result, keys, kind)
    elif not isinstance(holder, dict):
        return  # it was left out a moment ago
    elif error["type"] == explain.SAYS_UNKNOWN or kind is None or key not in explain.keys_of(kind):
        if isinstance(holder.pop(key, None), dict | list):
            result.lost.append(keys)
        result.touched.add(keys)
    else:
        _fill_in(result, kind, holder, keys)


def _mend_entry(result: Mended, keys: Keys, kind: type[Table] | None) -> None:
    """An entry of a list is never taken out: those after it would be counted wrongly."""
    *way, position = keys
    holder = look_up(result.table, tuple(way))
    if kind and isinstance(holder, list) and isinstance(position, int) and position < len(holder):
        holder[position] = {}
        result.touched.add(keys)
    elif way:
        holder = look_up(result.table, tuple(way[:-1]))
        if isinstance(holder, dict):
            holder.pop(way[-1], None)
            result.touched.add(tuple(way))


def _fill_in(result: Mended, kind: type[Table], holder: dict[str, Any], keys: Keys) -> None:
    """The nearest that fits, else nothing where the key can be left out, else a stand-in."""
    key = str(keys[-1])
    held = holder.pop(key, None)
    result.touched.add(keys)
    if isinstance(held, dict | list):
        result.lost.append(keys)
    expected = explain.wanted(kind, key)
    if isinstance(held, str) and (near := get_close_matches(held.lower(), explain.options(kind, key), n=1)):
        holder[key] = near[0]
    elif isinstance(held, str) and expected == "a list of texts":
        holder[key] = [held]
    elif kind in (Point, Band):
        _drop_list(result, keys[:-2])
    elif _required(kind, key):
        holder[key] = _stand_in(key, expected)


def _drop_list(result: Mended, keys: Keys) -> None:
    """Points and bands say little one by one: where one does not fit, nothing is said of the others."""
    holder = look_up(result.table, keys[:-1])
    if isinstance(holder, dict):
        holder.pop(keys[-1], None)
        result.touched.add(keys)


def _required(kind: type[Table], key: str) -> bool:
    held = explain.fields_of(kind)[key]
    return held.default is MISSING and held.default_factory is MISSING


def _stand_in(key: str, expected: str) -> object:
    if key == "format":
        return 1
    return PLACEHOLDER if expected.startswith("text") else []

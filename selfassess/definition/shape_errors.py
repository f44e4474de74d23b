"""What pydantic finds in a table, in the author's words; and a repaired copy, so that the other checks can go on."""

import datetime
import json
import math
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import MISSING, Field, dataclass, field, fields
from difflib import get_close_matches
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from selfassess.definition.findings import MANY, Finding
from selfassess.definition.tables import PARTS
from selfassess.definition.toml_source import Keys, look_up
from selfassess.model.questionnaire import (
    Action,
    Band,
    Benchmark,
    Defaults,
    Item,
    Overall,
    Point,
    Questionnaire,
    Scale,
    Scoring,
    Skill,
    Strand,
    Table,
)
from selfassess.text import did_you_mean, listed, nearest_or_all

NAMES = {
    "Questionnaire": "the head of the file",
    "Action": "an action",
    "Benchmark": "a benchmark",
    "Defaults": "[defaults]",
    "Item": "an item",
    "Overall": "[overall]",
    "Scoring": "[scoring]",
    "Skill": "a skill",
}
"""How a kind of table is called; the others by their own name."""

EITHER = ("dont_know", "not_applicable")
"""Keys whose value is of one kind or another: pydantic reports each on its own, below the key."""

FREE_TABLES = {
    "scales": "Begin each scale with [scales.agree] or another id.",
    "wording": 'Such as wording = { staff = "…" }.',
    "targets": "Such as targets = { staff = 70 }.",
}
"""Keys of tables in which the author names the keys, with an example."""

WORDS: Mapping[Any, str] = {
    str: "text in quotation marks",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}
"""What a value is called, by its type."""

WORDS_OF_LISTS: Mapping[Any, str] = {str: "a list of texts", float: "a list of numbers"}
"""What a list is called, by the type of its entries."""

NUMBERS = ("a number", "a whole number")

EXAMPLES = {
    "text in quotation marks": '"…"',
    "text in quotation marks, or false": '"…"',
    "true or false": "true",
    "a list of texts": '["board", "staff"]',
    "a list of numbers": "[0, 9]",
    "a number": "1",
    "a whole number": "1",
}
"""By what a key holds."""

EXAMPLES_BY_KEY = {
    "allow": '["double-barrelled"]',
    "skills": '["consensus"]',
    "same_as": '"starts"',
    "was": '["starts", "ends"]',
    "show_if": '"vision_say <= 2"',
    "comment_if": '"vision_say <= 2"',
    "scale": '"agree"',
}

MOST = 2_000
"""Errors that are looked at: twice as many as are told, since several can be about one key."""

HEADS: Mapping[type[Table], tuple[str, ...]] = {
    Scale: ("scales.agree",),
    Scoring: ("scoring",),
    Defaults: ("defaults",),
    Overall: ("overall",),
    Strand: ("strands",),
    Benchmark: ("strands.benchmarks",),
    Skill: ("strands.skills",),
    Item: ("strands.items", "strands.benchmarks.items"),
    Action: ("strands.benchmarks.actions",),
}
"""How the tables begin into which a key of the wrong table can be moved."""

LONGEST_WORD = 100
"""Characters of a value that are compared with those that it can be."""

SAYS_MISSING = ("missing", "missing_argument", "missing_keyword_only_argument")
SAYS_UNKNOWN = "unexpected_keyword_argument"


@cache
def adapter() -> TypeAdapter[Questionnaire]:
    """The strict reader of a questionnaire's table."""
    return TypeAdapter(Questionnaire)


def misfits(table: Mapping[str, Any]) -> Iterator[Finding]:
    """Every key that is unknown, missing, or holds the wrong kind of value."""
    found: dict[Keys, Finding] = {}
    for error in shape_errors(table)[:MOST]:
        keys = existing(table, error["loc"])
        if keys not in found:
            found[keys] = _finding(table, keys, error)
    misspelt = {(finding.keys[:-1], finding.hint) for finding in found.values() if finding.code == "unknown-key"}
    for keys, finding in found.items():
        meant = finding.code == "missing-key" and did_you_mean(str(keys[-1]), [str(keys[-1])])
        if (keys[:-1], meant) not in misspelt:
            yield finding


def shape_errors(table: Mapping[str, Any]) -> list[ErrorDetails]:
    """What pydantic says of a table."""
    # Strict JSON takes lists for tuples and tables for dataclasses, as TOML writes them; strict Python does not.
    try:
        adapter().validate_json(json.dumps(table, default=lambda _date: [[]]))  # no key holds lists of lists
    except ValidationError as error:
        return error.errors(include_url=False, include_context=False)
    return []


def existing(table: Mapping[str, Any], loc: Keys) -> Keys:
    """The way as far as the table has it, and one key further where that is missing."""
    keys: Keys = ()
    value: Any = table
    for key in loc:
        if keys and keys[-1] in EITHER:
            break
        if isinstance(value, Mapping):
            value = value.get(str(key))
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            break
        keys = (*keys, key)
    return keys


def _finding(table: Mapping[str, Any], keys: Keys, error: ErrorDetails) -> Finding:
    key = keys[-1] if keys else ""
    kind = kind_of(keys[:-1])
    what = _name(kind) if kind else "this table"
    if error["type"] == SAYS_UNKNOWN:
        known = keys_of(kind) if kind else ()
        needed = _needed(table, keys, kind)
        hint = needed or nearest_or_all(str(key), known, "key", most=MANY)
        unknown = Finding("unknown-key", keys, f"“{key}” is not a key of {what}.", hint)
        return unknown if needed else _misplaced(table, keys, what, known) or unknown
    if error["type"] in SAYS_MISSING:
        return Finding("missing-key", keys, f"{what[0].upper()}{what[1:]} needs “{key}”.", _example(str(key)))
    value = look_up(table, keys)
    if key == "format" and kind is Questionnaire:
        return _format(keys, value)
    if choices := options(kind, str(key)):
        message = f"“{key}” cannot be {_say(value)}."
        hint = did_you_mean(str(value)[:LONGEST_WORD], choices) or f"It can be: {', '.join(choices)}."
        return Finding("unknown-value", keys, message, hint)
    expected = wanted(kind, key, error["type"])
    name = f"“{key}”" if isinstance(key, str) else f"Each entry of “{keys[-2]}”"
    return Finding("wrong-type", keys, f"{name} must be {expected}, not {_say(value)}.", _cure(expected, keys, value))


def _needed(table: Mapping[str, Any], keys: Keys, kind: type[Table] | None) -> str:
    """That the one text is meant that a table needs and has not got, where a title or text stands in it instead."""
    if kind is None or keys[-1] not in ("title", "text"):
        return ""
    there = look_up(table, keys[:-1])
    lacking = [key for key in ("title", "text") if key in keys_of(kind) and key not in there]
    return f"Did you mean “{lacking[0]}”?" if lacking else ""


def _misplaced(table: Mapping[str, Any], keys: Keys, what: str, known: tuple[str, ...]) -> Finding | None:
    """A key that other tables have: which they are, and where it is likely to be meant. None where a key of this table
    is more likely."""
    key, value = str(keys[-1]), look_up(table, keys)
    owners = [kind for kind in _kinds() if key in keys_of(kind) and _could_hold(kind, key, value)]
    if not owners:
        return None
    named = [kind for kind in owners if not any(kind is not one and issubclass(kind, one) for one in owners)]
    message = f"“{key}” is not a key of {what}, but of {listed([_name(owner) for owner in named])}."
    for length in range(len(keys) - 2, -1, -1):
        above, kind = look_up(table, keys[:length]), kind_of(keys[:length])
        if kind in owners and isinstance(above, Mapping) and (_is_tables(value) or key not in above):
            return _to_move(keys, value, keys[:length], what, message)
    if any(meant not in look_up(table, keys[:-1]) for meant in get_close_matches(key, known, n=1)):
        return None
    heads = [head for owner in named for head in HEADS.get(owner, ())]
    if _is_tables(value):
        hint = f"Write {listed([f'[[{head}.{key}]]' for head in heads], 'or')}." if heads else ""
    else:
        hint = f"Write it below {listed([_brackets(head) for head in heads], 'or')}." if heads else ""
    return Finding("misplaced-key", keys, message, hint)


def _to_move(keys: Keys, value: object, way: Keys, what: str, message: str) -> Finding:
    names = [str(part) for part in (*way, keys[-1]) if isinstance(part, str)]
    if _is_tables(value):
        return Finding("misplaced-key", keys, message, f"Begin it with [[{'.'.join(names)}]].")
    if not way:
        hint = "Move it up to the head of the file, above the first line in square brackets."
        return Finding("misplaced-key", keys, message, hint)
    here = ".".join(str(part) for part in keys[:-1] if isinstance(part, str))
    hint = f"Everything below [[{here}]] is part of {what}. Move it up to just below [[{'.'.join(names[:-1])}]]."
    return Finding("misplaced-key", keys, message, hint, see=way)


def _name(kind: type[Table]) -> str:
    return NAMES.get(kind.__name__, f"a {kind.__name__.lower()}")


def _brackets(head: str) -> str:
    return f"[[{head}]]" if head.startswith("strands") else f"[{head}]"


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _could_hold(kind: type[Table], key: str, value: object) -> bool:
    match wanted(kind, key):
        case "a list of tables":
            return _is_tables(value)
        case "a table" if not options(kind, key):
            return isinstance(value, Mapping)
        case _:
            return not isinstance(value, Mapping) and not _is_tables(value)


@cache
def _kinds() -> tuple[type[Table], ...]:
    """Every kind of table, those nearest to the head first."""
    found: list[type[Table]] = [Questionnaire]
    for kind in found:
        found += [part for part in PARTS.get(kind, {}).values() if part not in found]
    return tuple(dict.fromkeys(found))


def _format(keys: Keys, value: object) -> Finding:
    if isinstance(value, int) and value > 1:
        hint = "Upgrade selfassess, or ask the author of the file for one of format 1."
        return Finding("newer-format", keys, f"The file's format is {value}; this program reads format 1.", hint)
    return Finding("unknown-value", keys, f"“format” must be 1, not {_say(value)}.", "Write format = 1.")


def kind_of(keys: Keys) -> type[Table] | None:
    """The kind of table at a way; None where the table is free (scales, wording, targets)."""
    kind: type[Table] | None = Questionnaire
    for position, key in enumerate(keys):
        if isinstance(key, int) or kind is None or keys[:position] == ("scales",):
            continue
        kind = PARTS.get(kind, {}).get(key)
    return None if keys == ("scales",) else kind


def keys_of(kind: type[Table]) -> tuple[str, ...]:
    """The keys of a kind of table, as the file spells them."""
    return tuple(fields_of(kind))


def fields_of(kind: type[Table]) -> dict[str, Field[Any]]:
    """The fields of a kind of table, by their keys as the file spells them."""
    return {field.name.rstrip("_"): field for field in fields(cast(Any, kind))}  # every Table is a dataclass


def _annotation(kind: type[Table] | None, key: str) -> Any:
    return fields_of(kind)[key].type if kind and key in keys_of(kind) else None


def options(kind: type[Table] | None, key: str) -> list[str]:
    """The words that a key can hold, where it cannot hold just any."""
    annotation = _annotation(kind, key)
    sides = [annotation, *get_args(annotation)]
    words = [word for side in sides for word in get_args(side) or [side] if isinstance(word, str)]
    return list(dict.fromkeys(words))


def wanted(kind: type[Table] | None, key: str | int, error: str = "") -> str:
    """What a key holds, in words; told by the error where the table is free."""
    sides = _sides(_annotation(kind, str(key)))
    if Literal[False] in sides:
        return "text in quotation marks, or false"
    if sides and (words := _words_of(sides[0])):
        return words
    return {"string_type": WORDS[str], "float_type": WORDS[float], "finite_number": WORDS[float]}.get(error, "a table")


def _sides(annotation: Any) -> tuple[Any, ...]:
    """The types that a key can hold, but for None, which TOML has not got."""
    is_union = get_origin(annotation) in (Union, UnionType)
    return tuple(side for side in (get_args(annotation) if is_union else (annotation,)) if side not in (None, NoneType))


def _words_of(type: Any) -> str | None:
    """What a value of a type is called; None for a kind of table and for choices."""
    type = _plain(type)
    if get_origin(type) is Mapping:
        return "a table"
    if get_origin(type) is tuple:
        return WORDS_OF_LISTS.get(_plain(get_args(type)[0]), "a list of tables")
    return WORDS.get(type)


def _plain(type: Any) -> Any:
    """What the values of a type are in the file: ids are texts."""
    return getattr(type, "__supertype__", type)


def _say(value: object) -> str:
    match value:
        case bool():
            return f"{value}".lower()
        case str():
            return f"“{value[:40]}{'…' if len(value) > 40 else ''}”"
        case int() | float():
            return f"the number {value}" if math.isfinite(value) else str(value)
        case list():
            return "a list"
        case Mapping():
            return "a table"
        case _:
            return "a date or time"


def _cure(expected: str, keys: Keys, value: object) -> str:
    key = next(key for key in reversed(keys) if isinstance(key, str))
    start = f"{key} = " if key == keys[-1] else ""
    if key in FREE_TABLES:
        return FREE_TABLES[key]
    if expected in ("a table", "a list of tables"):
        return _head(keys, many=expected != "a table" or isinstance(keys[-1], int))
    match value:
        case datetime.date() | datetime.time() if expected.startswith("text"):
            return f'Put it in quotation marks: {start}"{value}".'
        case False if key in EITHER:
            return "Leave it out: then it is not offered."
        case int() | float() if expected.startswith("text") and math.isfinite(value) and not isinstance(value, bool):
            return f'Put it in quotation marks: {start}"{value}".'
        case str() if expected == "a list of texts":
            return f"Put it in square brackets: {start}[{json.dumps(value[:40], ensure_ascii=False)}]."
        case int() | float() if expected == "a list of numbers" and math.isfinite(value):
            return f"Put it in square brackets: {start}[{value}]."
        case str() if expected in NUMBERS and value.replace(".", "", 1).isdecimal():
            return f"Write it without quotation marks: {start}{value}"
        case str() if expected == "true or false" and value.lower() in ("true", "false"):
            return f"Write it without quotation marks: {start}{value.lower()}"
    return f"Such as {start}{EXAMPLES_BY_KEY.get(key, EXAMPLES[expected])}."


def _head(keys: Keys, many: bool) -> str:
    names = [str(key) for key in keys if isinstance(key, str)]
    if names[-1] == "points":
        return _example("points")
    if many:
        return f"Begin each of them with [[{'.'.join(names)}]]."
    return f"Begin it with [{'.'.join(names)}]."


def _example(key: str) -> str:
    examples = {
        "id": 'An id is written by hand and never changed again: id = "vision".',
        "format": "Write format = 1 in the first line.",
        "strands": "Write at least one [[strands]].",
        "points": 'Such as points = [{ value = 1, label = "No" }, { value = 2, label = "Yes" }].',
        "value": 'Such as { value = 1, label = "No" }.',
        "from": "The lowest score of the band: from = 50.",
        "version": 'A label of your own: version = "1".',
    }
    return examples.get(key, f'Write {key} = "…".')


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
        """Whether a finding may only follow from a repair, which is reported itself."""
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
        errors = shape_errors(result.table)
        if not errors:
            return result
        for error in errors:
            _mend(result, existing(result.table, error["loc"]), error)
    for error in shape_errors(result.table):  # no case is known; then a whole part of the file is left out
        _fill_in(result, Questionnaire, result.table, error["loc"][:1])
    return result


def _mend(result: Mended, keys: Keys, error: ErrorDetails) -> None:
    if not keys:
        return
    way, key = keys[:-1], keys[-1]
    holder = look_up(result.table, way)
    kind = kind_of(way)
    if isinstance(key, int):
        _mend_entry(result, keys, kind)
    elif not isinstance(holder, dict):
        return  # it was left out a moment ago
    elif error["type"] == SAYS_UNKNOWN or kind is None or key not in keys_of(kind):
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
    expected = wanted(kind, key)
    if isinstance(held, str) and (near := get_close_matches(held.lower(), options(kind, key), n=1)):
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
    held = fields_of(kind)[key]
    return held.default is MISSING and held.default_factory is MISSING


def _stand_in(key: str, expected: str) -> object:
    if key == "format":
        return 1
    return PLACEHOLDER if expected.startswith("text") else []

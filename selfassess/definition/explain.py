"""What pydantic finds in a table, said in the author's words, and a table mended enough to look further."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any, cast, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from selfassess.definition.build import PARTS
from selfassess.definition.finding import Finding, did_you_mean
from selfassess.definition.toml import Keys
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.scale import Table

NAMES = {"Benchmark": "a benchmark or skill"}
PLACEHOLDER = "_"
"""Stands for a text that is missing, so that the rest of the file can be checked."""


@cache
def adapter() -> TypeAdapter[Questionnaire]:
    """The strict reader of a questionnaire's table."""
    return TypeAdapter(Questionnaire)


def misfits(table: Mapping[str, Any]) -> Iterator[Finding]:
    """Every key that is unknown, missing, or holds the wrong kind of value."""
    said: set[Keys] = set()
    for error in _errors(table):
        keys = _existing(table, error["loc"])
        if keys not in said:
            said.add(keys)
            yield _finding(table, keys, error)


def mended(table: Mapping[str, Any]) -> dict[str, Any]:
    """A copy without what does not fit: unknown and wrong optional keys left out, the others filled in."""
    copy: dict[str, Any] = deepcopy(dict(table))
    for _ in range(8):  # what is filled in can itself lack something
        errors = _errors(copy)
        if not errors:
            break
        for keys, kind in {_existing(copy, error["loc"]): error["type"] for error in errors}.items():
            _mend(copy, keys, kind)
    return copy


def _errors(table: Mapping[str, Any]) -> list[ErrorDetails]:
    # Strict JSON takes lists for tuples and tables for dataclasses, as TOML writes them; strict Python does not.
    try:
        adapter().validate_json(json.dumps(table, default=lambda value: {"date": str(value)}))
    except ValidationError as error:
        return error.errors(include_url=False, include_context=False)
    return []


def _existing(table: Mapping[str, Any], loc: Keys) -> Keys:
    """The way as far as the table has it: pydantic adds words of its own for the sides of a union."""
    keys: Keys = ()
    value: Any = table
    for position, key in enumerate(loc):
        if isinstance(value, Mapping) and key in value:
            value = value[str(key)]
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        elif isinstance(value, Mapping) and position == len(loc) - 1:
            return (*keys, key)
        else:
            break
        keys = (*keys, key)
    return keys


def _finding(table: Mapping[str, Any], keys: Keys, error: ErrorDetails) -> Finding:
    key = keys[-1] if keys else ""
    kind = kind_of(keys[:-1])
    what = NAMES.get(kind.__name__, f"a {kind.__name__.lower()}") if kind else "this table"
    if error["type"] == "unexpected_keyword_argument":
        known = keys_of(kind) if kind else ()
        return Finding("unknown-key", keys, f"“{key}” is not a key of {what}.", did_you_mean(str(key), known))
    if error["type"] in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return Finding("missing-key", keys, f"{what[0].upper()}{what[1:]} needs a “{key}”.", _example(str(key)))
    value = look_up(table, keys)
    if error["type"] == "literal_error" and key == "format":
        return _format(keys, value)
    if options := _options(kind, str(key)):
        message = f"“{key}” cannot be {_say(value)}."
        return Finding("unknown-value", keys, message, did_you_mean(str(value), options))
    wanted = _wanted(kind, key, error["type"])
    name = f"“{key}”" if isinstance(key, str) else "Each entry"
    return Finding("wrong-type", keys, f"{name} must be {wanted}, not {_say(value)}.", _cure(wanted, str(key), value))


def _format(keys: Keys, value: object) -> Finding:
    if isinstance(value, int) and value > 1:
        hint = "Upgrade selfassess, or ask whoever wrote the file for one of format 1."
        return Finding("newer-format", keys, f"The file's format is {value}; this program reads format 1.", hint)
    return Finding("unknown-value", keys, f"“format” must be 1, not {_say(value)}.", "Write format = 1.")


def kind_of(keys: Keys) -> type[Table] | None:
    """The kind of table at a way; None where the table is free (wording, targets)."""
    kind: type[Table] | None = Questionnaire
    for position, key in enumerate(keys):
        if isinstance(key, int) or kind is None or (position and keys[position - 1] == "scales"):
            continue
        kind = PARTS.get(kind, {}).get(key)
    return kind


def keys_of(kind: type[Table]) -> tuple[str, ...]:
    """The keys of a kind of table, as the file spells them."""
    return tuple(_fields(kind))


def _fields(kind: type[Table]) -> dict[str, Field[Any]]:
    return {field.name.rstrip("_"): field for field in fields(cast(Any, kind))}  # every Table is a dataclass


def look_up(table: Any, keys: Keys) -> Any:
    """What stands at a way, or None."""
    for key in keys:
        try:
            table = table[key]
        except (KeyError, IndexError, TypeError):
            return None
    return table


def _annotation(kind: type[Table] | None, key: str) -> Any:
    return _fields(kind)[key].type if kind and key in keys_of(kind) else None


def _options(kind: type[Table] | None, key: str) -> list[str]:
    annotation = _annotation(kind, key)
    sides = [annotation, *get_args(annotation)]
    words = [word for side in sides for word in get_args(side) or [side] if isinstance(word, str)]
    return list(dict.fromkeys(words))


def _wanted(kind: type[Table] | None, key: str | int, error: str) -> str:
    annotation = str(_annotation(kind, str(key)))
    for start, words in (
        ("<class 'str'>", "text in quotation marks"),
        ("<class 'bool'>", "true or false"),
        ("tuple[str", 'a list, such as ["board", "staff"]'),
        ("tuple[float", "a list of numbers, such as [0, 9]"),
        ("tuple[", "a list of tables"),
        ("int", "a whole number"),
        ("<class 'int'>", "a whole number"),
        ("str | Literal", "text in quotation marks, or false"),
        ("typing.Union[str", "text in quotation marks, or false"),
        ("str", "text in quotation marks"),
        ("<class 'float'>", "a number"),
        ("float", "a number"),
        ("collections.abc.Mapping", "a table"),
    ):
        if annotation.startswith(start):
            return words
    return {"string_type": "text in quotation marks", "float_type": "a number", "finite_number": "a number"}.get(
        error, "a table"
    )


def _say(value: object) -> str:
    match value:
        case bool():
            return f"{value}".lower()
        case str():
            return f"“{value[:40]}{'…' if len(value) > 40 else ''}”"
        case int() | float():
            return f"the number {value:g}"
        case list():
            return "a list"
        case Mapping():
            return "a table"
        case _:
            return "a date"


def _cure(wanted: str, key: str, value: object) -> str:
    if wanted.startswith("text") and isinstance(value, int | float) and not isinstance(value, bool):
        return f'Put it in quotation marks: {key} = "{value}".'
    if wanted.startswith("a list, ") and isinstance(value, str):
        return f"Put it in square brackets: {key} = [{json.dumps(value, ensure_ascii=False)}]."
    if wanted in ("a number", "a whole number", "true or false") and isinstance(value, str):
        number = value if value.replace(".", "", 1).isdigit() else "…"
        return f"Write it without quotation marks: {key} = {number}"
    return ""


def _example(key: str) -> str:
    examples = {
        "id": 'An id is written by hand and never changed again: id = "vision".',
        "format": "Write format = 1 in the first line.",
        "strands": "Write at least one [[strands]].",
        "points": 'Such as points = [{ value = 1, label = "No" }, { value = 2, label = "Yes" }].',
        "from": "The lowest score of the band: from = 50.",
    }
    return examples.get(key, f'Write {key} = "…".')


def _mend(table: dict[str, Any], keys: Keys, error: str) -> None:
    if not keys:
        return
    *way, key = keys
    holder = look_up(table, tuple(way))
    kind = kind_of(keys[:-1])
    if isinstance(key, int):
        holder[key] = {} if kind_of(keys) else PLACEHOLDER
    elif not isinstance(holder, dict):
        return
    elif kind is None or error == "unexpected_keyword_argument" or not _required(kind, key):
        holder.pop(key, None)
    else:
        holder[key] = _stand_in(kind, key)


def _required(kind: type[Table], key: str) -> bool:
    field = _fields(kind)[key]
    return field.default is MISSING and field.default_factory is MISSING


def _stand_in(kind: type[Table], key: str) -> object:
    wanted = _wanted(kind, key, "")
    if key == "format":
        return 1
    return PLACEHOLDER if wanted.startswith("text") else [] if wanted.startswith("a list") else 0

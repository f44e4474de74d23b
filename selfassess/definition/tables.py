"""A checked table becomes a Questionnaire. What was checked once (a shipped file, a round's frozen
copy) is only built again: pydantic, which checks, takes longer to import than the rest of the start."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from selfassess.definition.toml_source import Keys, Source
from selfassess.model.questionnaire import (
    Action,
    Band,
    Benchmark,
    Defaults,
    Edition,
    Group,
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
from selfassess.text import clean

PARTS: Mapping[type[Table], Mapping[str, type[Table]]] = {
    Questionnaire: {
        "groups": Group,
        "scales": Scale,
        "scoring": Scoring,
        "defaults": Defaults,
        "bands": Band,
        "overall": Overall,
        "strands": Strand,
    },
    Scale: {"points": Point},
    Defaults: {"bands": Band},
    Overall: {"bands": Band},
    Strand: {
        "bands": Band,
        "benchmarks": Benchmark,
        "skills": Skill,
        "items": Item,
        "questions": Item,
        "actions": Action,
    },
    Benchmark: {"bands": Band, "items": Item, "actions": Action},
    Skill: {"bands": Band, "items": Item, "actions": Action},
}
"""Which keys hold tables, and of what kind."""

FOR_ONE_METHOD = {"met": "ladder", "na": "ladder", "when_missing": "sum"}
"""Keys of a node that mean something for one method alone."""

IN_UNITS = ("bands", "decimals", "target", "targets")
"""Keys of a node that are in the units of its score."""

ATTRIBUTES = {"from": "from_", "min": "min_", "max": "max_"}
"""Keys that Python cannot have as names."""


def edition(source: Source) -> Edition:
    """The edition of a source whose table is known to be sound."""
    return Edition(build(source.table), source.content, source.sha256)


def build(table: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire that a sound table says: each item with the scale that it has or inherits, each node with the
    defaults that hold for it."""
    questionnaire: Questionnaire = _table(Questionnaire, _with_defaults(table))
    only = next(iter(questionnaire.scales)) if len(questionnaire.scales) == 1 else None
    default = questionnaire.scale or only
    return replace(questionnaire, strands=tuple(_with_scales(strand, default) for strand in questionnaire.strands))


def walk(part: Any, keys: Keys = ()) -> Iterator[tuple[Keys, Table]]:
    """Every table of a questionnaire with the way to it, in the order of the model."""
    yield keys, part
    for key in PARTS.get(type(part), {}):
        held = getattr(part, ATTRIBUTES.get(key, key))
        if isinstance(held, Mapping):
            for name, table in held.items():
                yield from walk(table, (*keys, key, name))
        elif isinstance(held, tuple):
            for position, table in enumerate(held):
                yield from walk(table, (*keys, key, position))
        elif held is not None:
            yield from walk(held, (*keys, key))


def _with_defaults(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table, in which every strand, benchmark and skill says for itself what [defaults] says for it."""
    defaults = table.get("defaults")
    if not defaults:
        return table
    strands = [
        _inheriting(strand, defaults)
        | {
            key: [_inheriting(node, defaults) for node in strand[key]]
            for key in ("benchmarks", "skills")
            if key in strand
        }
        for strand in table["strands"]
    ]
    return {**table, "strands": strands}


def _inheriting(node: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    whole = {**defaults, **node}
    method, units = whole.get("method", "mean"), whole.get("units", "points")

    def holds(key: str) -> bool:
        if key in FOR_ONE_METHOD:
            return bool(method == FOR_ONE_METHOD[key])
        if key == "targets" and "target" in node:  # the node's own target is for every group
            return False
        return key not in IN_UNITS or bool(method != "none" and units == defaults.get("units", "points"))

    return {key: value for key, value in whole.items() if key in node or holds(key)}


def _table(kind: type[Any], table: Mapping[str, Any]) -> Any:
    parts = PARTS.get(kind, {})
    return kind(**{ATTRIBUTES.get(key, key): _value(parts.get(key), value, key) for key, value in table.items()})


def _value(part: type[Table] | None, value: Any, key: str) -> Any:
    match value:
        case str():
            return clean(value)
        case list():
            tables = [{"kind": "text", **one} for one in value] if key == "questions" else value
            return tuple(_table(part, one) if part else _value(None, one, key) for one in tables)
        case dict() if part is Scale:
            return {name: _table(part, one) for name, one in value.items()}
        case dict() if part:
            return _table(part, value)
        case dict():
            return {name: _value(None, one, name) for name, one in value.items()}
        case _:
            return value


def _with_scales(strand: Strand, default: str | None) -> Strand:
    default = strand.scale or default
    return replace(
        strand,
        benchmarks=tuple(replace(node, items=_items(node.items, node.scale or default)) for node in strand.benchmarks),
        skills=tuple(replace(node, items=_items(node.items, node.scale or default)) for node in strand.skills),
        items=_items(strand.items, default),
    )


def _items(items: tuple[Item, ...], default: str | None) -> tuple[Item, ...]:
    return tuple(replace(item, scale=item.scale or default) if item.has_points else item for item in items)

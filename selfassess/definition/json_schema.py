"""The JSON Schema of questionnaire files, with which an editor completes keys and says what each is for."""

import ast
import inspect
import json
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from selfassess.definition.check_scoring import MOST_DECIMALS
from selfassess.definition.findings import ID
from selfassess.definition.shape_errors import adapter, keys_of
from selfassess.definition.tables import PARTS
from selfassess.model.questionnaire import POINT_CODES, Questionnaire, Scale, Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID_PATTERN = f"^{ID.pattern}$"

LIMITS: Mapping[str, Mapping[str, Any]] = {
    "id": {"pattern": ID_PATTERN},
    "skills_from": {"pattern": ID_PATTERN},
    "same_as": {"pattern": ID_PATTERN},
    "was": {"items": {"type": "string", "pattern": ID_PATTERN}},
    "weight": {"exclusiveMinimum": 0},
    "level": {"minimum": 1},
    "min_answered": {"minimum": 0, "maximum": 1},
    "decimals": {"minimum": 0, "maximum": MOST_DECIMALS},
}
"""What the models leave to the checks, as far as it can be seen from a key alone."""

OWN_LIMITS: Mapping[tuple[type[Table], str], Mapping[str, Any]] = {
    (Questionnaire, "scales"): {"propertyNames": {"pattern": ID_PATTERN}},
    (Questionnaire, "strands"): {"minItems": 1},
    (Scale, "points"): {"minItems": 2, "maxItems": len(POINT_CODES)},
}
"""The same, for a key of one kind of table."""


def written() -> str:
    """The schema as it stands in its file (schema_file.py)."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> dict[str, Any]:
    """The schema, from the models and their docstrings."""
    whole: dict[str, Any] = adapter().json_schema(by_alias=True)
    kinds = {kind.__name__: kind for kind in tables()}
    for name, part in (("Questionnaire", whole), *whole["$defs"].items()):
        _describe(part, kinds[name])
    return {"$schema": DIALECT, **whole, "title": "A selfassess questionnaire"}


@cache
def tables() -> tuple[type[Table], ...]:
    """Every kind of table there is in a questionnaire file, each after those that hold it."""
    found: list[type[Table]] = []
    to_see: list[type[Table]] = [Questionnaire]
    while to_see:
        kind = to_see.pop(0)
        if kind not in found:
            found.append(kind)
            to_see += PARTS.get(kind, {}).values()
    return tuple(found)


def key_docs(kind: type[Table]) -> dict[str, str]:
    """What each key of a kind of table is for: the docstrings below its attributes, the inherited ones too."""
    docs: dict[str, str] = {}
    for part in reversed(kind.__mro__):
        module = inspect.getmodule(part)
        if module and issubclass(part, Table):
            docs |= _attribute_docs(module).get(part.__name__, {})
    return {key: docs[key] for key in keys_of(kind)}


@cache
def _attribute_docs(module: ModuleType) -> dict[str, dict[str, str]]:
    """The docstrings below the attributes of a module's classes.

    Python does not keep them, so they are read from the source, when a schema or the documentation is written and never
    else. So what a key is for stands once, beside the key, where an editor shows it to engineers too.
    """
    tree = ast.parse(inspect.getsource(module))
    return {part.name: dict(_docs(part)) for part in tree.body if isinstance(part, ast.ClassDef)}


def _docs(part: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, following in zip(part.body, part.body[1:], strict=False):
        match statement, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name.rstrip("_"), " ".join(text.split())


def _describe(part: dict[str, Any], kind: type[Table]) -> None:
    """Put the descriptions in; take out what pydantic makes up from names, and null, which TOML has not got."""
    part.pop("title", None)
    part["description"] = " ".join((inspect.getdoc(kind) or "").split())
    docs = key_docs(kind)
    for key, held in part["properties"].items():
        held.pop("title", None)
        if not isinstance(held.get("default"), str | bool | int | float | list):
            held.pop("default", None)
        sides = [side for side in held.pop("anyOf", ()) if side != {"type": "null"}]
        held |= {"anyOf": sides} if len(sides) > 1 else {} if not sides else sides[0]
        held |= {"description": docs[key], **LIMITS.get(key, {}), **OWN_LIMITS.get((kind, key), {})}

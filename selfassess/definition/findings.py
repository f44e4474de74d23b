"""What checks find, before it is known where in the text it stands, and how their sentences are made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from selfassess.definition.toml_source import Keys
from selfassess.errors import Severity
from selfassess.model.questionnaire import Band, Point
from selfassess.text import ID

MANY = 30
"""Choices that can still be listed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the author, at a key of the file."""

    code: str
    keys: Keys
    """The way to the key, as far as the file has it."""
    message: str
    hint: str = ""
    severity: Severity = "error"
    see: Keys = ()
    """The way to the table that the hint ends with, so that its line can be told."""


def in_words(value: object) -> str | None:
    """The value in words; None where the key holds nothing."""
    match value:
        case None | "":
            return None
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case int() | float():
            return f"{value:g}"
        case Band():
            return " ".join(filter(None, (f"from {value.from_:g}:", value.title, value.about and f"({value.about})")))
        case Point():
            return f"{value.value:g} {value.label}".rstrip()
        case tuple():
            return ", ".join(filter(None, map(in_words, value))) or None
        case Mapping():
            return "; ".join(f"{key}: {in_words(held)}" for key, held in value.items()) or None
    raise TypeError(type(value))


__all__ = ["ID", "RESERVED", "suggested_id"]

RESERVED = frozenset({"respondent", "group", "round", "overall", "all", "pool", "and", "or", "not", "has"})
"""Words that mean something else in a file of responses, in a report or in a condition."""


def suggested_id(text: str) -> str:
    """An id like the text, or nothing where the text has no letter to begin with."""
    return re.sub(r"[^a-z0-9_]+", "_", text.lower()).strip("_0123456789")[:24].strip("_")

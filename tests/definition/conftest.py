"""What several tests of this room need: the codes that occur in its source."""

import ast
from pathlib import Path

import pytest

from selfassess import definition
from selfassess.definition.lint import WARNINGS
from selfassess.model import item_kinds
from tests.source import everything_in

FIRST = {"Finding": 0, "warning": 0, "_refused": 1}
"""Calls that make a problem, and which argument is its code."""


@pytest.fixture(scope="session")
def craft_codes() -> frozenset[str]:
    """The warnings about wording, which an item can allow."""
    return frozenset(WARNINGS)


@pytest.fixture(scope="session")
def codes(craft_codes: frozenset[str]) -> frozenset[str]:
    """Every code that the source of the definition room, or a kind of item, can give a problem."""
    found = set(craft_codes)
    kinds = Path(str(item_kinds.__file__))
    for path in (*Path(str(definition.__file__)).parent.glob("*.py"), kinds):
        for node in everything_in(path):
            if isinstance(node, ast.Call):
                found |= set(_codes(node))
    return frozenset(found)


def _codes(call: ast.Call) -> list[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    if name in FIRST and len(call.args) > FIRST[name]:
        given.append(call.args[FIRST[name]])
    return [value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)]

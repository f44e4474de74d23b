"""The program's own source, read once in a process for all tests that look for something in it."""

import ast
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import selfassess

HOUSE = Path(selfassess.__file__).parent


@cache
def everything_in(path: Path) -> Sequence[ast.AST]:
    """All nodes of a module, from the outside to the inside."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))

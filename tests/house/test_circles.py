"""No module imports another that leads back to it: not when it is loaded, not later in a function, not for types."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.source import HOUSE, everything_in


def name_of(path: Path) -> str:
    parts = path.relative_to(HOUSE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in HOUSE.rglob("*.py")}


def imports(name: str) -> Iterator[str]:
    """The modules that a module imports, wherever in it."""
    for node in everything_in(MODULES[name]):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports by a relative name, which this test does not follow"
            found = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [one if one in MODULES else str(node.module) for one in found]
        else:
            continue
        yield from (one for one in found if one in MODULES and one != name)


@pytest.mark.slow
def test_there_is_no_circle_of_imports() -> None:
    graph = {name: set(imports(name)) for name in MODULES}
    assert sum(map(len, graph.values())) > len(MODULES), "imports are found"
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise AssertionError(f"These modules import each other in a circle: {circle}") from None

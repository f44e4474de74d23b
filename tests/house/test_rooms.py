"""The house stands as docs/house.md draws it: who imports whom, and what is loaded when."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import selfassess

HOUSE = Path(selfassess.__file__).parent
MAY_IMPORT = {
    "model": {"errors", "model"},
    "definition": {"errors", "model", "definition", "paths", "content"},
    "sitting": {"errors", "model", "sitting"},
    "scoring": {"errors", "model", "scoring", "content"},
    "disclosure": {"errors", "model", "scoring", "disclosure"},
    "storage": {"errors", "model", "storage", "paths", "system", "content"},
    "report": {"errors", "model", "definition", "sitting", "scoring", "disclosure", "storage", "report", "paths"},
    "tui": {
        "errors",
        "model",
        "definition",
        "sitting",
        "scoring",
        "disclosure",
        "storage",
        "report",
        "tui",
        "paths",
        "system",
    },
}
LIBRARIES = {
    "model": set(),
    "definition": {"tomli", "pydantic", "pydantic_core"},
    "sitting": set(),
    "scoring": {"numpy"},
    "disclosure": {"numpy"},
    "storage": set(),
    "report": {"rich", "jinja2"},
    "tui": {"textual", "rich"},
    "cli": {"click", "rich"},
}


def imported(room: str) -> set[str]:
    found: set[str] = set()
    for path in (HOUSE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= (
                    {f"{node.module}.{name.name}" for name in node.names}
                    if node.module == "selfassess"
                    else {node.module}
                )
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_from_where_the_data_comes(room: str) -> None:
    rooms = {name.split(".")[1] for name in imported(room) if name.startswith("selfassess.")}
    assert rooms <= MAY_IMPORT[room]


@pytest.mark.parametrize("room", LIBRARIES)
def test_a_room_uses_only_its_own_libraries(room: str) -> None:
    outside = {name.split(".")[0] for name in imported(room)} - {"selfassess"} - sys.stdlib_module_names
    assert outside <= LIBRARIES[room]


def loaded_after(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_core_stands_without_textual_and_rich() -> None:
    rooms = [
        f"{path.relative_to(HOUSE.parent).with_suffix('')}".replace("/", ".").replace("\\", ".")
        for room in ("model", "definition", "sitting", "scoring", "storage")
        for path in sorted((HOUSE / room).glob("*.py"))
    ]
    loaded = loaded_after("\n".join(f"import {room}" for room in rooms))
    assert not {"textual", "rich"} & loaded


def test_help_loads_nothing_heavy() -> None:
    loaded = loaded_after("from selfassess.cli.main import run\nrun(['--help'])")
    assert not {"textual", "rich", "pydantic", "numpy", "tomli", "sqlite3", "scipy"} & loaded


def test_the_way_to_the_first_question_loads_neither_pydantic_nor_numpy() -> None:
    code = """
from selfassess.definition.library import find
from selfassess.definition.reader import read
from selfassess.tui.app import run
read(find("partnership"))
"""
    assert not {"pydantic", "numpy", "scipy"} & loaded_after(code)

"""The house stands as docs/house.md draws it: who imports whom, and what is loaded when."""

import ast
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import get_type_hints

import pytest

from selfassess.definition.library import find
from selfassess.scoring.figures import Unreleased, cell
from tests.conftest import Once
from tests.goldens.projects import later_version
from tests.source import HOUSE, everything_in

QUESTIONNAIRE = find("partnership")
PLAIN = {"errors", "text", "csv_text", "dates", "numbers"}
"""Modules beside the rooms that know nothing of the computer."""
MAY_IMPORT = {
    "model": {*PLAIN, "model"},
    "definition": {*PLAIN, "model", "definition", "paths", "content"},
    "sitting": {*PLAIN, "model", "sitting"},
    "scoring": {*PLAIN, "model", "scoring", "content"},
    "disclosure": {*PLAIN, "model", "scoring", "disclosure"},
    "project": {*PLAIN, "model", "project", "paths", "system", "content"},
    "services": {
        *PLAIN,
        "model",
        "definition",
        "sitting",
        "scoring",
        "disclosure",
        "project",
        "services",
        "paths",
        "content",
    },
    "documents": {*PLAIN, "model", "documents"},
}
MAY_IMPORT["web"] = MAY_IMPORT["services"] | {"web"}
MAY_IMPORT["tui"] = MAY_IMPORT["services"] | {"documents", "tui", "web", "system"}
LIBRARIES = {
    "model": set(),
    "definition": {"tomli", "pydantic", "pydantic_core"},
    "sitting": set(),
    "scoring": {"numpy"},
    "disclosure": {"numpy", "highspy"},
    "project": set(),
    "services": {"openpyxl"},
    "documents": {"rich", "jinja2", "docx", "pptx", "segno", "typst", "xlsxwriter"},
    "web": {"cryptography", "jinja2", "starlette"},
    "tui": {"textual", "rich"},
    "cli": {"click", "rich", "uvicorn"},
}


@pytest.mark.slow
@cache
def imported(room: str) -> set[str]:
    found: set[str] = set()
    for path in (HOUSE / room).rglob("*.py"):
        for node in everything_in(path):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= (
                    {f"{node.module}.{name.name}" for name in node.names}
                    if node.module == "selfassess"
                    else {node.module}
                )
    return found


def test_figures_leave_only_by_disclosure() -> None:
    """A document takes a Cell, and scoring gives out an Unreleased: to forget suppression does not type-check."""
    users = {
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*.py")
        for node in everything_in(path)
        if isinstance(node, ast.ImportFrom) and node.module == "selfassess.scoring.figures"
        if {"cell", "Unreleased"} & {name.name for name in node.names}
    }
    assert users == {"disclosure/release.py"}
    assert get_type_hints(cell)["return"] is Unreleased


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
        for room in ("model", "definition", "sitting", "scoring", "disclosure", "project")
        for path in sorted((HOUSE / room).glob("*.py"))
    ]
    loaded = loaded_after("\n".join(f"import {room}" for room in rooms))
    assert not {"textual", "rich", "highspy"} & loaded


def test_help_loads_nothing_heavy() -> None:
    loaded = loaded_after("from selfassess.cli.main import run\nrun(['--help'])")
    assert not {"textual", "rich", "pydantic", "numpy", "tomli", "sqlite3", "scipy"} & loaded


def test_the_way_to_the_first_question_loads_neither_pydantic_nor_numpy() -> None:
    code = """
from selfassess.definition.library import find
from selfassess.definition.loader import read
from selfassess.tui.app import run
read(find("partnership"))
"""
    assert not {"pydantic", "numpy", "scipy"} & loaded_after(code)


@pytest.fixture(scope="module")
def project(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("loaded") / "ours.selfassess"
    shutil.copyfile(once("later_version.selfassess", later_version), path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("commands", "heavy"),
    [
        ([["where"], ["round", "status", "spring"], ["round", "list"]], {"numpy", "pydantic", "rich", "textual"}),
        ([["schema"]], {"numpy", "pydantic", "rich", "textual", "sqlite3"}),
        ([["check", str(QUESTIONNAIRE)]], {"numpy", "rich", "textual", "sqlite3"}),
        ([["plan"], ["diff", "autumn", "spring"]], {"numpy", "pydantic", "textual"}),
        (
            [["compare", "autumn", "spring"], ["report", "spring"]],
            {"pydantic", "textual", "jinja2", "numpy.fft"},  # the last is for what chance reaches
        ),
    ],
    ids=["where and rounds", "schema", "check", "plan and diff", "compare and report"],
)
def test_a_command_loads_no_more_than_it_needs(project: Path, commands: list[list[str]], heavy: set[str]) -> None:
    """Nor do several, one after the other: what none of them needs none of them has loaded."""
    code = f"""
from contextlib import redirect_stdout
from io import StringIO
from selfassess.cli.main import run
for command in {commands}:
    with redirect_stdout(StringIO()):
        assert run(["--project", {str(project)!r}, *command]) in (0, 7)
"""
    assert not heavy & loaded_after(code)


def test_the_first_picture_of_a_dashboard_and_a_comparison_loads_no_numpy() -> None:
    code = """
from selfassess.cli import compare, dashboard
from selfassess.services.plan import previous_round_ids
from selfassess.services.projects import check_closed
from selfassess.project.rounds import Rounds
from selfassess.tui.app import run
from selfassess.tui import comparison_navigation, dashboard_navigation
from selfassess.tui.screens.waiting import Waiting
"""
    assert not {"pydantic", "numpy", "scipy"} & loaded_after(code)

"""The project files in the current folder, among which a command or the home screen finds the one that is meant."""

from pathlib import Path

from selfassess.errors import SelfAssessError
from selfassess.model.sheet import ProjectKind

ENDING = ".selfassess"
"""The ending of project files."""
PATIENCE = 1.0
"""Seconds to wait for a project file that we only look into."""


def project_files() -> "dict[Path, ProjectKind | SelfAssessError]":
    """The project files of this folder and what kind each is, or why that cannot be read."""
    try:
        found = sorted(Path().glob(f"*{ENDING}"))
    except OSError:
        found = []
    return {path: _kind(path) for path in found}


def shared_files() -> tuple[Path, ...]:
    """The project files of this folder that several people share."""
    return tuple(path for path, kind in project_files().items() if kind == "shared")


def _kind(path: Path) -> ProjectKind | SelfAssessError:
    from selfassess.project.project import kind_of  # most commands need no database to say which file is meant

    try:
        return kind_of(path, patience=PATIENCE)
    except SelfAssessError as error:
        return error

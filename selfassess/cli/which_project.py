"""Which project a command about rounds is for: what is said where none was named, or one that has no rounds."""

from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.text import clean
from selfassess.paths import named, quoted

if TYPE_CHECKING:
    from selfassess.cli.sittings import Place
    from selfassess.model.sheet import ProjectKind
    from selfassess.storage.project import Project

ENDING = ".selfassess"
MAKE_ONE = f"selfassess project new ours{ENDING} --shared"
MOST = 20
"""More files are not looked into."""


def open_shared(place: "Place", *, read_only: bool = False) -> "Project":
    """The shared project. UsageError where none is named, or the file is one person's own; ProjectError where there is
    no such file."""
    from selfassess.storage.project import open_project

    if not place.is_named and not place.path.exists():
        raise which_project(place)
    project = open_project(place.path, read_only=read_only, waits=place.waits)
    if project.kind == "personal":
        project.close()
        raise which_project(place)
    return project


def which_project(place: "Place") -> UsageError:
    """The error where nobody can tell which project is meant: with the project files of this folder, and the whole
    command where there is only one that can be."""
    asked = "Which project?"
    if place.is_named:
        asked = f"{place.path} is one person's own project, so it has no rounds. {asked}"
    here = project_files()
    shared = [name for name, kind in here.items() if kind == "shared"]
    if len(shared) == 1:
        return UsageError(
            f"{asked} Put --project {quoted(shared[0])} after selfassess:", f"  {_command(place, shared[0])}"
        )
    if shared:
        return UsageError(
            f"{asked} Put --project and one of these after selfassess: {', '.join(shared)}.",
            f"Such as: {_command(place, shared[0])}",
        )
    there = f"In this folder are only {', '.join(here)}, with no rounds in them." if here else "There is none here."
    return UsageError(
        f"{asked} Put --project and its file after selfassess, such as --project ours{ENDING}.",
        f"{there} Go to the folder that yours is in, or make one: {MAKE_ONE}",
    )


def project_files() -> "dict[str, ProjectKind | None]":
    """The project files of this folder, by name; None for one that cannot be read."""
    try:
        names = sorted(clean(path.name) for path in Path().glob(f"*{ENDING}"))
    except OSError:
        names = []
    return {name: _kind(Path(name)) for name in names[:MOST]}


def _kind(path: Path) -> "ProjectKind | None":
    from selfassess.storage.project import open_project

    try:
        with open_project(path, read_only=True, patience=0) as project:
            return project.kind
    except SelfAssessError:
        return None


def _command(place: "Place", file: str) -> str:
    """What was typed, with a project file."""
    return " ".join([named(file), *map(quoted, place.said)])

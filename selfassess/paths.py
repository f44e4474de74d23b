"""Where things live on this computer."""

import os
from pathlib import Path

from selfassess.errors import ProjectError

PROJECT = "SELFASSESS_PROJECT"
"""The environment variable that names the project file."""


def default_project() -> Path:
    """The project file that is used when none is named: one person's own, where they can see it."""
    named = os.environ.get(PROJECT)
    if named:
        return Path(named)
    try:
        return Path.home() / "selfassess" / "personal.selfassess"
    except RuntimeError:
        hint = "Name a project file: selfassess --project FILE."
        raise ProjectError("This computer does not say where your home folder is.", hint=hint) from None


def program(project: str) -> str:
    """How the command is called for a project file: plain `selfassess`, where that leads to it by itself."""
    if not project or Path(project) == default_project():
        return "selfassess"
    return named(project)


def named(project: str) -> str:
    """How the command is called with a project file named, in whatever window it is typed."""
    return f'selfassess --project "{project}"' if " " in project else f"selfassess --project {project}"


def log_file() -> Path:
    """Where a fault of the program itself is written down; never with answers in it."""
    import platformdirs  # only when something went wrong, or somebody asks

    return platformdirs.user_log_path("selfassess", appauthor=False) / "faults.log"

"""Where things live on this computer."""

import os
import shlex
from pathlib import Path

from selfassess.errors import ProjectError
from selfassess.model.text import clean

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
    """How the command is called with a project file named, in whatever window it is typed. FILE stands for a name that
    cannot be shown as it is."""
    can_be_shown = "\n" not in project and clean(project, len(project)) == project
    return f"selfassess --project {quoted(project) if can_be_shown else 'FILE'}"


def quoted(word: str) -> str:
    """A word of a command as it is typed, so that no shell makes anything else of it."""
    if os.name == "posix":
        return shlex.quote(word)
    return f'"{word}"' if not word or set(word) & set(" &|<>^();,=") else word


def unfinished() -> Path:
    """Where is noted which files are being written at this moment: see `storage.unfinished`."""
    import platformdirs  # as below

    return platformdirs.user_state_path("selfassess", appauthor=False) / "unfinished"


def log_file() -> Path:
    """Where a fault of the program itself is written down; never with answers in it."""
    import platformdirs  # only when something went wrong, or somebody asks

    return platformdirs.user_log_path("selfassess", appauthor=False) / "faults.log"

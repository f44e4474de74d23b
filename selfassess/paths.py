"""Where things live on this computer, the program itself too: every command that is shown to be typed begins here."""

import os
import shlex
import sys
from pathlib import Path

from selfassess.errors import ProjectError
from selfassess.text import clean

NAME = "selfassess"
"""What the program is called. Letters and files that are read on other computers call it so."""
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
        hint = f"Name a project file: {called()} --project FILE."
        raise ProjectError("This computer does not say where your home folder is.", hint=hint) from None


def questionnaires() -> Path:
    """The folder of the shipped questionnaires: in the package once installed, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "questionnaires"
    return installed if installed.is_dir() else package.parent / "questionnaires"


def called() -> str:
    """How this program was called, as it can be typed again in the same window: by its name where the window finds it
    by that, else by the way to it, or as a module of the Python that runs it."""
    import shutil  # only where a command is shown

    typed = sys.argv[0]
    if Path(typed).name == "__main__.py":
        return f"{quoted(python())} -m {NAME}" if Path(typed).parent.name == NAME else NAME
    if Path(typed).stem.lower() != NAME or Path(typed).is_dir():
        return NAME  # not from a command line, but from another program
    found = shutil.which(NAME)
    if found and _are_same(found, typed):
        return NAME
    return quoted(typed if os.path.dirname(typed) else os.path.join(os.curdir, typed))  # noqa: PTH118, PTH120  # a Path would lose the "./"


def python() -> str:
    """The Python that runs this, as it was typed where that leads to it."""
    import shutil

    typed = sys.orig_argv[0]
    found = shutil.which(typed)
    is_this = found and os.path.normcase(Path(found).absolute()) == os.path.normcase(sys.executable)
    return typed if is_this else sys.executable


def _are_same(one: str, other: str) -> bool:
    """Whether two ways lead to the same program. Windows leaves ".exe" out of how it was called."""
    plain, known = (os.path.normcase(Path(way).absolute()).removesuffix(".exe") for way in (one, other))
    try:
        return plain == known or Path(one).samefile(other)
    except OSError:
        return False


def started(*arguments: str) -> list[str]:
    """The words with which another process runs this program."""
    is_frozen = getattr(sys, "frozen", False)  # by packaging/build.py
    return [sys.executable, *([] if is_frozen else ["-m", NAME]), *arguments]


def program(project: str) -> str:
    """How the program is called for a project file: without naming it where it leads to it by itself."""
    if not project or Path(project) == default_project():
        return called()
    return named(project)


def named(project: str, by: str = "") -> str:
    """How the program is called with a project file named, in whatever window it is typed; `by` is what stands first
    where that is not how it was called here. FILE stands for a name that cannot be shown as it is."""
    can_be_shown = "\n" not in project and clean(project, len(project)) == project
    return f"{by or called()} --project {quoted(project) if can_be_shown else 'FILE'}"


def quoted(word: str) -> str:
    """A word of a command as it is typed, so that no shell makes anything else of it."""
    if os.name == "posix":
        return shlex.quote(word)
    return f'"{word}"' if not word or set(word) & set(" &|<>^();,=") else word


def unfinished() -> Path:
    """Where is noted which files are being written at this moment: see `project.unfinished_files`."""
    import platformdirs  # as below

    return platformdirs.user_state_path("selfassess", appauthor=False) / "unfinished"


def preferences() -> Path:
    """Where is noted what the person chose for the screens: see `tui.preferences`."""
    import platformdirs

    return platformdirs.user_state_path("selfassess", appauthor=False) / "preferences.json"


def log_file() -> Path:
    """Where a fault of the program itself is written down; never with answers in it."""
    import platformdirs  # only when something went wrong, or somebody asks

    return platformdirs.user_log_path("selfassess", appauthor=False) / "faults.log"

"""What every command about rounds needs: the rounds of the shared project, and how the program is called for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from selfassess.cli.project_choice import open_shared
from selfassess.paths import program

if TYPE_CHECKING:
    from selfassess.cli.place import Place
    from selfassess.project.rounds import Rounds


@contextmanager
def opened(place: "Place", *, to_look: bool = False) -> Iterator["Rounds"]:
    """The rounds of the project; `to_look` where a file that can only be read will do. UsageError where none is named
    or it is one person's own, ProjectError where there is no such file."""
    from selfassess.project.rounds import Rounds

    with open_shared(place, to_look=to_look) as project:
        yield Rounds(project)


def called(place: "Place") -> str:
    """How the command is called for this project: "selfassess --project ours.selfassess"."""
    return program(str(place.path))

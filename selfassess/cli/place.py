"""What was said before the command, which every command is given: the project file, and whether to go line by line."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess import paths
from selfassess.cli.terminal import say

if TYPE_CHECKING:
    from selfassess.model.sheet import ProjectKind
    from selfassess.project.project import Project

MAIN = "partnership"
"""The questionnaire that is taken when none is named."""


@dataclass(frozen=True, slots=True)
class Place:
    """What was said before the command: the project file, and whether to go line by line."""

    project: Path | None
    plain: bool
    said: tuple[str, ...] = ()
    """The command and what was said after it."""
    is_found: bool = False
    """Whether nobody named the project, and it is the one that was found in this folder."""

    @property
    def is_named(self) -> bool:
        """Whether somebody said which project file: the command line, or the window."""
        return self.project is not None or bool(os.environ.get(paths.PROJECT))

    @property
    def path(self) -> Path:
        return self.project or paths.default_project()

    @property
    def command(self) -> str:
        """How the program is called for this project: "selfassess --project ours.selfassess"."""
        return paths.program(str(self.path))

    def open(self, kind: "ProjectKind" = "personal") -> "Project":
        """The project; one of this kind is made where there is none yet."""
        from selfassess.project.project import open_or_create

        is_there = self.path.exists()
        project = open_or_create(self.path, kind, waits=self.waits)
        if not is_there:
            from selfassess.project.drive import warning  # once, where it is made

            if said := warning(self.path):
                say(said)
        return project

    def waits(self) -> None:
        """Say that the project file is in use, and that this is why nothing happens."""
        say(f"Another program is using {self.path}. Waiting until it is free; Ctrl+C stops.")

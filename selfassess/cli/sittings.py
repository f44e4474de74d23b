"""Commands that lead to a sitting: the home screen and `take`."""

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess import paths
from selfassess.cli.streams import say, wants_plain
from selfassess.errors import UsageError, near

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Edition
    from selfassess.model.sheet import Form
    from selfassess.storage.project import Project

MAIN = "partnership"
"""The questionnaire that is taken when none is named."""
PATIENCE, SCREEN_PATIENCE = 10.0, 1.0
"""Seconds to wait for a project file that is in use: line by line, and on screen, where nothing moves meanwhile."""


@dataclass(frozen=True, slots=True)
class Place:
    """What was said before the command: the project file, and whether to go line by line."""

    project: Path | None
    plain: bool

    @property
    def path(self) -> Path:
        return self.project or paths.default_project()

    def open(self, patience: float) -> "Project":
        """The project; a personal one is made where there is none yet. `patience` is in seconds, as for a project."""
        from selfassess.storage.project import open_or_create

        return open_or_create(self.path, patience=patience)


def home(place: Place) -> int:
    """The home screen, or the plain sitting where screens cannot be drawn."""
    if wants_plain(place.plain):
        from selfassess.cli.plain_start import home as plain_home

        with place.open(PATIENCE) as project:
            return plain_home(project)
    with place.open(SCREEN_PATIENCE) as project:
        return _on_screen(project)


@click.command()
@click.argument("questionnaire", default=MAIN)
@click.option("--group", metavar="GROUP", help="Your group, such as board; asked for if left out.")
@click.option("--short", is_flag=True, help="The short form: fewer items.")
@click.option("--try", "only_try", is_flag=True, help="Try it out: nothing is saved.")
@click.option("--code", metavar="CODE", help="Go on with a sitting in a shared project.")
@click.option("--plain", is_flag=True, help="Line by line, without drawing screens.")
@click.pass_obj
def take(
    place: Place, questionnaire: str, group: str | None, short: bool, only_try: bool, code: str | None, plain: bool
) -> int:
    """Answer a questionnaire, or go on where you stopped.

    QUESTIONNAIRE is the name of a shipped one (partnership, skills) or a TOML file.
    Every answer is saved at once. Leave when you like: the same command brings you back.
    """
    from selfassess.definition.library import find
    from selfassess.definition.reader import read

    edition = read(find(questionnaire))
    check_group(edition, group)
    if only_try and code:
        raise UsageError("--try saves nothing, so there is nothing to go on with by a code.", hint="Leave one out.")
    form: Form | None = "short" if short else None
    is_plain = wants_plain(plain or place.plain)
    with nullcontext() if only_try else place.open(PATIENCE if is_plain else SCREEN_PATIENCE) as project:
        if is_plain:
            from selfassess.cli.plain_start import sit

            return sit(project, edition, group, form, code)
        return _on_screen(project, edition, group, form, code)


def _on_screen(
    project: "Project | None",
    edition: "Edition | None" = None,
    group: str | None = None,
    form: "Form | None" = None,
    code: str | None = None,
) -> int:
    import gc

    # The start makes much and throws little away. The app turns this on again once it is drawn.
    gc.disable()
    from selfassess.tui.app import run
    from selfassess.tui.opening import Opening

    opening = Opening(project=project, edition=edition, group=group, form=form, save=project is not None, code=code)
    return run(opening, say)


def check_group(edition: "Edition", group: str | None) -> None:
    """UsageError for a group that the questionnaire does not have."""
    known = [one.id for one in edition.questionnaire.groups]
    if group is not None and group not in known:
        hint = near(group, known) or (f"There is: {', '.join(known)}." if known else "It has no groups: leave it out.")
        raise UsageError(f"This questionnaire has no group “{group}”.", hint=hint)


COMMANDS = (take,)

"""Which project a command is for. Where none was named it is the one shared project of the folder one is in, or one's
own; which of them is said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess import paths
from selfassess.cli.prompts import without_codes
from selfassess.cli.terminal import say
from selfassess.errors import NotAProjectError, ProjectError, SelfAssessError, TooLittleError, UsageError
from selfassess.paths import called, named, quoted
from selfassess.project.atomic_files import shown
from selfassess.services.project_files import ENDING, project_files, shared_files
from selfassess.text import clean, did_you_mean, listed

if TYPE_CHECKING:
    from selfassess.cli.place import Place
    from selfassess.project.project import Project
    from selfassess.project.rounds import Rounds

MOST = 20
"""More files are not named one by one."""

Command = Callable[..., Any]


def for_facilitators(found: "Callable[[Place], Place]") -> Callable[[Command], Command]:
    """Makes a command one of the facilitator: its place is what `found` makes of what was said, and what cannot be done
    is told with the cure for the facilitator."""

    def made(command: Command) -> Command:
        @click.pass_obj
        @wraps(command)
        def with_place(place: "Place", /, *arguments: Any, **options: Any) -> Any:
            try:
                return command(found(place), *arguments, **options)
            except SelfAssessError as error:
                error.hint = error.facilitator
                raise

        return with_place

    return made


def as_said(place: "Place") -> "Place":
    """The place as it was said, for a command that finds out for itself what is meant."""
    return place


def of_rounds(command: Command) -> Command:
    """Makes a command one of the facilitator about the rounds of the shared project that is meant."""
    return for_facilitators(for_rounds)(command)


def for_rounds(place: "Place") -> "Place":
    """The place of the shared project that is meant: the one that was named, else the only one in this folder, which is
    said. UsageError where there are several."""
    found = of_this_folder(place)
    if found:
        say_using(found)
    return found or place


def of_this_folder(place: "Place") -> "Place | None":
    """The place of the only shared project in this folder, or else of a file there that cannot be read; None where a
    project was named, or where there is neither. UsageError where there are several shared ones."""
    if place.is_named:
        return None
    here = project_files()
    shared = [path for path, kind in here.items() if kind == "shared"]
    if len(shared) > 1:
        raise which_project(place)
    # A file that cannot be read counts too: opening it says why, and “there is none” would be wrong.
    meant = shared or [path for path, kind in here.items() if not isinstance(kind, str | NotAProjectError)]
    return replace(place, project=meant[0], is_found=True) if meant else None


def for_own_or_rounds(place: "Place", is_meant: "Callable[[Project], bool]") -> "Place":
    """The place of the project that is meant where one's own can be meant too: the one that was named; one's own, if it
    is there and `is_meant` finds there what is asked for; else the only shared one in this folder. It is said wherever
    it could have been another. ProjectError where the file that was named is not there; UsageError where one's own is
    not meant and there are several shared ones."""
    from selfassess.project.project import open_to_look

    if place.is_named:
        check_there(place)
        return place
    if place.path.exists():
        with open_to_look(place.path, waits=place.waits) as project:
            if is_meant(project):
                _say_own(place)
                return place
    return for_rounds(place)


def say_using(place: "Place") -> None:
    """Say which project is used, since nobody named it."""
    say(f"Using {shown(place.path)} in this folder.")


def _say_own(place: "Place") -> None:
    shared = shared_files()
    if shared:
        say(f"Using your own project. For {shown(shared[0])} in this folder: {_command(place, shared[0])}")


def is_shared(path: Path) -> bool:
    """Whether there is a shared project in a file. ProjectError where it cannot be opened."""
    from selfassess.project.project import kind_of

    return path.exists() and kind_of(path) == "shared"


def check_there(place: "Place") -> None:
    """ProjectError where the project file that was named is not there."""
    if place.is_named and not place.path.exists():
        raise _not_there(place)


def open_shared(place: "Place", *, to_look: bool = False) -> "Project":
    """The shared project; `to_look` where nothing need be written to it. UsageError where none is named, or the file is
    one person's own; ProjectError where there is no such file."""
    from selfassess.project.project import open_project, open_to_look

    check_there(place)
    if not place.path.exists():
        raise which_project(place)
    opened = open_to_look if to_look else open_project
    project = opened(place.path, waits=place.waits)
    if project.kind == "personal":
        project.close()
        raise which_project(place)
    return project


@contextmanager
def open_rounds(place: "Place", *, to_look: bool = False) -> Iterator["Rounds"]:
    """The rounds of the shared project, as `open_shared` opens it."""
    from selfassess.project.rounds import Rounds

    with open_shared(place, to_look=to_look) as project:
        yield Rounds(project)


@contextmanager
def own_project(place: "Place", name: str | None) -> Iterator["Project"]:
    """A person's own project, to look up what they handed in of the questionnaire of that name. TooLittleError where
    there is no project yet, or nothing in it; UsageError where that can only be the name of a round."""
    from selfassess.definition.library import is_known
    from selfassess.project.project import open_to_look
    from selfassess.services.sittings import nothing_yet

    may_be_round = not place.is_named and not (name is None or is_known(name))
    if not place.path.exists():
        raise no_project_of(place, name or "") if may_be_round else nothing_yet(place.path)
    with open_to_look(place.path) as project:
        try:
            yield project
        except TooLittleError as error:
            if may_be_round:
                raise no_project_of(place, name or "", error.hint) from None
            raise


def which_project(place: "Place") -> UsageError:
    """The error where nobody can tell which project is meant: with the shared projects of this folder, and the whole
    command for each."""
    asked = "Which project?"
    if place.is_named:
        asked = f"{shown(place.path)} is one person's own project, so it has no rounds. {asked}"
    here = project_files()
    shared = [path for path, kind in here.items() if kind == "shared"]
    if shared:
        here_are = f"In this folder {'is' if len(shared) == 1 else 'are'} {listed(map(shown, shared), most=MOST)}."
        commands = "\n".join(f"  {_command(place, path)}" for path in shared[:MOST])
        return UsageError(f"{asked} {here_are}", f"Type:\n{commands}")
    there = (
        f"In this folder {'is' if len(here) == 1 else 'are'} only {listed(map(shown, here), most=MOST)}: no rounds."
        if here
        else "This folder does not have one."
    )
    return UsageError(
        f"{asked} {there}",
        f"Go to the folder that yours is in, or name its file: {called()} --project FILE …\n"
        f"To make one: {called()} project new ours{ENDING} --shared",
    )


def no_project_of(place: "Place", name: str, near: str = "") -> UsageError:
    """The error for a name that is no questionnaire's, where there is no project that could have a round of that name.
    `near` says what else could have been meant."""
    name = clean(name, 100)
    cure = f"To see a round, go to the folder of its project, or name its file: {_command(place, Path('FILE'))}"
    return UsageError(
        f"There is no questionnaire “{name}”, and no shared project in this folder that could have a round “{name}”.",
        "\n".join(filter(None, (near, cure))),
    )


def _not_there(place: "Place") -> ProjectError:
    """The error for a project file that was named and is not there."""
    here = project_files()
    name = shown(place.path)
    if close := did_you_mean(name, map(shown, here)):
        cure = close
    elif here:
        cure = f"The project files in this folder are: {listed(map(shown, here), most=MOST)}."
    else:
        cure = "Check the name and the folder. If it is on a stick or a network drive, connect that first."
    if place.project is None:
        cure = f"{paths.PROJECT} names it. {cure}\nYour first answer makes it: {called()} take"
    make = f"To make it: {called()} project new {quoted(str(place.path))} --shared"
    return ProjectError(f"There is no project file {name}.", cure, facilitator=f"{cure}\n{make}")


def _command(place: "Place", file: Path) -> str:
    """What was typed, with a project file. A code that stood there is left out: it is asked for."""
    return " ".join([named(str(file)), *map(quoted, without_codes(place.said))])

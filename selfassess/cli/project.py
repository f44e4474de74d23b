"""Commands about what is kept: where, forget, backup, project."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess import paths
from selfassess.cli.lazy_group import LazyGroup
from selfassess.cli.place import Place
from selfassess.cli.project_choice import (
    check_there,
    for_own_or_rounds,
    of_rounds,
    of_this_folder,
    which_project,
)
from selfassess.cli.prompts import ask_code
from selfassess.cli.terminal import confirm, say, tell
from selfassess.errors import OlderProjectError, ProjectError, UsageError
from selfassess.paths import called, named, program
from selfassess.project.atomic_files import shown
from selfassess.services.privacy_notice import reminder_of
from selfassess.services.project_files import ENDING, PATIENCE, project_files

if TYPE_CHECKING:
    from selfassess.model.round import Round
    from selfassess.project.project import Project


OLDER = "Made by an earlier version of this program. It is brought up to date when you next use it."
KINDS = {"personal": "personal: yours alone", "shared": "shared"}


@click.command()
@click.pass_obj
def where(place: Place) -> int:
    """Print where everything is."""
    from selfassess.project.drive import warning

    state, code = _state(place.path)
    tell(f"Project file:    {shown(place.path)} ({state[0]})")
    for line in filter(None, (*state[1:], warning(place.path))):
        tell(f"                 {line}")
    for path, kind in project_files().items():
        if path.absolute() != place.path.absolute():
            tell(f"In this folder:  {shown(path)} ({KINDS[kind] if isinstance(kind, str) else 'cannot be read'})")
            if kind == "shared" and (said := _reminder(path)):
                tell(f"                 {said}")
    tell(f"Questionnaires:  {shown(paths.questionnaires())}")
    tell(f"On screen:       {shown(paths.preferences())} (colours, and how answers go on; never holds answers)")
    tell(f"Faults:          {shown(paths.log_file())} (written only if the program fails; never holds answers)")
    return code


def _state(path: Path) -> tuple[list[str], int]:
    """What the project file is, with what else is to be said of it, and the exit code that goes with that."""
    if not path.exists():
        return ["not there yet: it is made when you first answer"], 0
    from selfassess.project.project import kind_of, open_project

    try:
        with open_project(path, read_only=True) as project:
            incomplete = "" if project.fold() else _incomplete(path)
            return [KINDS[project.kind], *filter(None, (incomplete, reminder_of(project)))], 0
    except OlderProjectError:
        return [KINDS[kind_of(path)], OLDER], 0
    except ProjectError as error:
        return [error.message, error.hint], error.exit_code


def _reminder(path: Path) -> str:
    """What is to be said of the day until which another project file is kept; nothing where it cannot be read."""
    from selfassess.project.project import open_project

    try:
        with open_project(path, read_only=True, patience=PATIENCE) as project:
            return reminder_of(project)
    except ProjectError:
        return ""


def _incomplete(path: Path) -> str:
    from selfassess.project.atomic_files import beside

    name, copy = shown(beside(path, "-wal").name), f"{program(str(path))} backup COPY"
    return (
        f"Some of it is still in {name} beside it, because it is in use or cannot be written to. A copy of this file "
        f"alone would not be complete. To copy it now: {copy}"
    )


@click.command()
@click.argument("code", required=False, metavar="[CODE]")
@click.option("--draft", metavar="QUESTIONNAIRE", help="Remove the unfinished sitting of a questionnaire.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.pass_obj
def forget(place: Place, code: str | None, draft: str | None, yes: bool) -> None:
    """Delete answers. This cannot be undone.

    You are asked for the receipt that you were shown when you handed in; or in a shared project for the code of a
    sitting that you have not finished. You can also give it as CODE, but a shell remembers what is typed.
    """
    from selfassess.project.codes import is_resume_code, normalise
    from selfassess.project.project import open_project
    from selfassess.services import participation

    if code is not None and draft is not None:
        raise UsageError("Name one thing to forget.", "Leave out the code, or --draft.")
    check_there(place)
    known = "" if draft is not None else ask_code("Your receipt, or your code:") if code is None else normalise(code)
    place = _chosen(place, lambda project: draft is not None or participation.has_sheet(project, known))
    with open_project(place.path, waits=place.waits) as project:
        if draft is not None:
            from selfassess.services.sittings import forget_unfinished, unfinished_of

            found = unfinished_of(project, draft)
            which = "this unfinished sitting" if len(found) == 1 else f"these {len(found)} unfinished sittings"
            confirm(f"Delete {which}? This cannot be undone.", yes, "Nothing was deleted.")
            forget_unfinished(project, found)
            say("Deleted.")
        else:
            what = "the unfinished sitting with the code" if is_resume_code(known) else "the answers with the receipt"
            confirm(f"Delete {what} {known} from {place.path}? This cannot be undone.", yes, "Nothing was deleted.")
            gone = participation.forget(project, known)
            is_draft = gone.what == "draft"
            say("Deleted: the unfinished sitting." if is_draft else "Deleted: your answers and comments.")
            if gone.round:
                say(_whether_again(gone.round, place.command))


def _chosen(place: Place, is_meant: "Callable[[Project], bool]") -> Place:
    """The place of the project that is meant. UsageError where none was named and there is none."""
    chosen = for_own_or_rounds(place, is_meant)
    if not chosen.path.exists():
        raise which_project(chosen)
    return chosen


def _whether_again(round: "Round", command: str) -> str:
    """Whether a person who has taken their answers back can answer after all."""
    if round.rules.codes:
        return "Your code stays used. To answer after all, you need a new invitation: ask the person who invited you."
    return f"You can still answer until the round closes: {command} take --round {round.id}"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--replace", is_flag=True, help="Replace an existing file.")
@click.pass_obj
def backup(place: Place, file: Path, replace: bool) -> None:
    """Copy the project file safely, even while it is in use."""
    from selfassess.project.project import open_project

    place = _chosen(place, lambda _: True)
    with open_project(place.path, read_only=True) as project:
        project.backup(file, overwrite=replace)
    say(f"Copied {place.path} to {file}.")


ELSEWHERE = {"hand-over": "hand_over", "notice": "notice"}
"""By command, the module that has it; the others are here."""


@click.group(cls=LazyGroup, modules=ELSEWHERE)
def project() -> None:
    """Make, look after, hand over or delete a project file."""


@project.command("new")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--shared", is_flag=True, help="For several people: each needs a code to carry on, or to see their result."
)
@click.option("--name", metavar="NAME", help="For a shared one: what the partnership is called.")
def new_project(file: Path, shared: bool, name: str | None) -> None:
    """Make a project file: one person's own, or shared by several people."""
    from selfassess.project.drive import warning
    from selfassess.project.project import create
    from selfassess.services.projects import make_shared

    if name is not None and not shared:
        raise UsageError("--name is for a project that several people share.", "Add --shared, or leave it out.")
    (make_shared(file, name or "") if shared else create(file, "personal")).close()
    if said := warning(file):
        say(said)
    if shared:
        say(f"Made {file}. Next, make a round in it: {named(str(file))} round new")
    else:
        say(f"Made {file}. Use it with: {named(str(file))} take")


@project.command("name")
@click.argument("name", required=False)
@of_rounds
def name_project(place: Place, name: str | None) -> None:
    """Say what the partnership is called, for reports and letters; or print it."""
    from selfassess.project.project import open_project, open_to_look

    if name is None:
        with open_to_look(place.path) as project:
            said = project.partnership
        tell(said) if said else say(f'No name was given. Give one: {place.command} project name "Our Partnership"')
        return
    with open_project(place.path, waits=place.waits) as project:
        project.call_partnership(name)
        said = project.partnership
    say(f"Reports and letters now say “{said}”." if said else "Reports and letters now have no name on them.")


@project.command("delete")
@click.argument("file", type=click.Path(path_type=Path, readable=False), required=False)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.pass_obj
def delete_project(place: Place, file: Path | None, yes: bool) -> None:
    """Delete a project file, with everything in it. This cannot be undone.

    Leave out FILE for the one that --project names, or the only shared one in this folder.
    """
    from selfassess.project.database import copies, remove, remove_copy

    if file is None and place.project is None:
        place = of_this_folder(place) or place
        if yes or not place.is_found:
            raise UsageError("Say which project file to delete.", f"Such as: {called()} project delete ours{ENDING}")
    path = file or place.path
    content, beside = _content(path), copies(path)
    say(f"This deletes {shown(path)}: {content}.")
    if beside:
        say("This also deletes copies that this program left in the same folder:")
        for one in beside:
            say(f"  {shown(one.name)} ({_what(one)})")
    confirm(f"Delete {shown(path)}? This cannot be undone.", yes, "Nothing was deleted.")
    remove(path)
    for one in beside:
        remove_copy(one)
    say(f"Deleted: {', '.join(str(one) for one in (path, *beside))}.")
    say("Backups that you made, invitations and sheet files are still where you put them. Delete those too.")


def _what(copy: Path) -> str:
    from selfassess.project.unfinished_files import is_workplace

    return "what was being written when the program was stopped" if is_workplace(copy) else "as it was before an update"


def _content(path: Path) -> str:
    """What there is in a project file, in words. ProjectError where there is none; a damaged one can be removed."""
    from selfassess.project.database import check
    from selfassess.project.project import open_project
    from selfassess.project.rounds import Rounds

    check(path)
    try:
        with open_project(path, read_only=True) as project:
            if project.kind == "personal":
                sheets, drafts = len(project.sheets()), len(project.drafts())
                return f"one person's own project, with {sheets} handed in and {drafts} begun"
            rounds = [round.title for round in Rounds(project).all()]
            return f"a shared project, with {'no round' if not rounds else 'the rounds ' + ', '.join(rounds)}"
    except OlderProjectError:
        return "a project file of an earlier version of this program"
    except ProjectError:
        return "a project file that cannot be read"


COMMANDS = (where, forget, backup, project)

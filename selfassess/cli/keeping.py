"""Commands about what is kept: where, forget, backup, project."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess import paths
from selfassess.cli.sittings import Place
from selfassess.cli.streams import confirm, say, tell
from selfassess.errors import ProjectError, UsageError
from selfassess.paths import named, program

if TYPE_CHECKING:
    from selfassess.model.round import Round
    from selfassess.storage.project import Project


@click.command()
@click.pass_obj
def where(place: Place) -> int:
    """Print where everything is."""
    from selfassess.definition.library import folder
    from selfassess.storage.drive import warning
    from selfassess.storage.files import shown

    state, code = _state(place.path)
    tell(f"Project file:    {shown(place.path)} ({state[0]})")
    for line in filter(None, (*state[1:], warning(place.path))):
        tell(f"                 {line}")
    tell(f"Questionnaires:  {shown(folder())}")
    tell(f"Faults:          {shown(paths.log_file())} (written only if the program fails; never holds answers)")
    return code


def _state(path: Path) -> tuple[list[str], int]:
    """What the project file is, with what else is to be said of it, and the exit code that goes with that."""
    from selfassess.storage.project import open_project

    if not path.exists():
        return ["not there yet: it is made when you first answer"], 0
    try:
        with open_project(path, read_only=True) as project:
            kind = "personal: yours alone" if project.kind == "personal" else "shared"
            return [kind, *([] if project.fold() else [_incomplete(path)])], 0
    except ProjectError as error:
        return [error.message, error.hint], error.exit_code


def _incomplete(path: Path) -> str:
    from selfassess.storage.files import beside, shown

    name, copy = shown(beside(path, "-wal").name), f"{program(str(path))} backup COPY"
    return (
        f"Some of it is still in {name} beside it, because it is in use or cannot be written to. A copy of this file "
        f"alone would not be complete. To copy it now: {copy}"
    )


@click.command()
@click.argument("code", required=False)
@click.option("--draft", metavar="QUESTIONNAIRE", help="Remove the unfinished sitting of a questionnaire.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.pass_obj
def forget(place: Place, code: str | None, draft: str | None, yes: bool) -> None:
    """Remove answers for good.

    CODE is the receipt you were shown when you handed in, or in a shared project the code of a sitting you
    have not finished.
    """
    from selfassess.storage.codes import normalise
    from selfassess.storage.project import open_project

    if (code is None) == (draft is None):
        raise UsageError("Say what to forget.", hint="A receipt: selfassess forget CODE; or --draft QUESTIONNAIRE.")
    with open_project(place.path, waits=place.waits) as project:
        if draft is not None:
            from selfassess.cli.continuing import drafts_of

            found = drafts_of(project, draft)
            if not found:
                raise UsageError(f"There is no unfinished sitting of “{draft}” in {place.path}.")
            which = "this unfinished sitting" if len(found) == 1 else f"these {len(found)} unfinished sittings"
            confirm(f"Remove {which} for good?", yes, "Nothing was removed.")
            for id, _ in found:
                project.remove_draft(id)
            say("Gone.")
        else:
            known = normalise(code or "")
            confirm(f"Remove what {known} stands for from {place.path}, for good?", yes, "Nothing was removed.")
            round = _round_of(project, known)
            gone = project.forget(known)
            say(
                "Gone: the sitting that was not finished." if gone == "draft" else "Gone: your answers, and your words."
            )
            if round:
                say(_whether_again(round, program(str(place.path))))


def _round_of(project: "Project", receipt: str) -> "Round | None":
    """The round that a sheet was handed in to; None where it is outside rounds."""
    from selfassess.storage.rounds import Rounds

    found = Rounds(project).of_receipt(receipt) if project.kind == "shared" else None
    return found[0] if found else None


def _whether_again(round: "Round", command: str) -> str:
    """Whether somebody who has taken their answers back can answer after all."""
    if round.rules.codes:
        return "Your code stays used. To answer after all you need a new invitation: ask whoever runs the round."
    return f"You can answer after all until the round closes: {command} take --round {round.id}"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--replace", is_flag=True, help="Replace a file that is there already.")
@click.pass_obj
def backup(place: Place, file: Path, replace: bool) -> None:
    """Copy the project file safely, even while it is in use."""
    from selfassess.storage.project import open_project

    with open_project(place.path, read_only=True) as project:
        project.backup(file, overwrite=replace)
    say(f"Copied {place.path} to {file}.")


@click.group()
def project() -> None:
    """Make a project file, or delete it."""


@project.command("new")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--shared", is_flag=True, help="For several people: each needs a code to go on, or to see their result.")
def new_project(file: Path, shared: bool) -> None:
    """Make a project file: one person's own, or shared by several people."""
    from selfassess.storage.drive import warning
    from selfassess.storage.project import create

    create(file, "shared" if shared else "personal").close()
    if said := warning(file):
        say(said)
    if shared:
        say(f"Made {file}. Next, make a round in it: {named(str(file))} round new")
    else:
        say(f"Made {file}. Use it with: {named(str(file))} take")


@project.command("delete")
@click.argument("file", type=click.Path(path_type=Path, readable=False), required=False)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.pass_obj
def delete_project(place: Place, file: Path | None, yes: bool) -> None:
    """Remove a project file for good, with everything in it.

    FILE is left out for the one that --project names.
    """
    from selfassess.storage.removing import copies, remove, remove_copy

    path = file or place.path
    if file is None and place.project is None:
        raise UsageError("Say which project file to remove.", "Such as: selfassess project delete ours.selfassess.")
    content, beside = _content(path), copies(path)
    say(f"This deletes {path}: {content}.")
    if beside:
        say("With it go copies that this program left in the same folder:")
        for one in beside:
            say(f"  {one.name} ({_what(one)})")
    confirm("Delete it for good?", yes, "Nothing was deleted.")
    remove(path)
    for one in beside:
        remove_copy(one)
    say(f"Deleted: {', '.join(str(one) for one in (path, *beside))}.")
    say("Backups that you made, invitations and sheet files are still where you put them. Delete those too.")


def _what(copy: Path) -> str:
    from selfassess.storage.unfinished import is_workplace

    return "what was being written when the program was stopped" if is_workplace(copy) else "as it was before an update"


def _content(path: Path) -> str:
    """What there is in a project file, in words. ProjectError where there is none; a damaged one can be removed."""
    from selfassess.storage.project import open_project
    from selfassess.storage.removing import check
    from selfassess.storage.rounds import Rounds

    check(path)
    try:
        with open_project(path, read_only=True) as project:
            if project.kind == "personal":
                sheets, drafts = len(project.sheets()), len(project.drafts())
                return f"one person's own project, with {sheets} handed in and {drafts} begun"
            rounds = [round.title for round in Rounds(project).all()]
            return f"a shared project, with {'no round' if not rounds else 'the rounds ' + ', '.join(rounds)}"
    except ProjectError:
        return "a project file that cannot be read"


COMMANDS = (where, forget, backup, project)

"""Commands about what is kept: where, forget, backup, project."""

from pathlib import Path

import click

from selfassess import paths
from selfassess.cli.sittings import Place
from selfassess.cli.streams import confirm, say, tell
from selfassess.errors import ProjectError, UsageError


@click.command()
@click.pass_obj
def where(place: Place) -> None:
    """Print where everything is."""
    from selfassess.definition.library import folder

    tell(f"Project file:    {place.path} ({_state(place)})")
    tell(f"Questionnaires:  {folder()}")
    tell(f"Faults:          {paths.log_file()} (written only if the program fails; never holds answers)")


def _state(place: Place) -> str:
    from selfassess.storage.project import open_project

    if not place.path.exists():
        return "not there yet: it is made when you first answer"
    try:
        with open_project(place.path, read_only=True) as project:
            return "personal: yours alone" if project.kind == "personal" else "shared"
    except ProjectError as error:
        return error.message


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
    with open_project(place.path) as project:
        if draft is not None:
            from selfassess.cli.continuing import drafts_of

            found = drafts_of(project, draft)
            if not found:
                raise UsageError(f"There is no unfinished sitting of “{draft}” in {place.path}.")
            which = "this unfinished sitting" if len(found) == 1 else f"these {len(found)} unfinished sittings"
            confirm(f"Remove {which} for good?", yes)
            for id, _ in found:
                project.remove_draft(id)
            say("Gone.")
        else:
            known = normalise(code or "")
            confirm(f"Remove what {known} stands for from {place.path}, for good?", yes)
            gone = project.forget(known)
            say(
                "Gone: the sitting that was not finished." if gone == "draft" else "Gone: your answers, and your words."
            )


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
    from selfassess.storage.project import create

    create(file, "shared" if shared else "personal").close()
    say(f"Made {file}. Use it with: selfassess --project {file} take")


@project.command("delete")
@click.argument("file", type=click.Path(path_type=Path, readable=False), required=False)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.pass_obj
def delete_project(place: Place, file: Path | None, yes: bool) -> None:
    """Remove a project file for good, with everything in it.

    FILE is left out for the one that --project names.
    """
    from selfassess.storage.removing import copies, remove

    path = file or place.path
    if file is None and place.project is None:
        raise UsageError("Say which project file to remove.", "Such as: selfassess project delete ours.selfassess.")
    say(f"Gone will be {path}: {_content(path)}.")
    confirm("Remove it for good?", yes)
    left = copies(path)
    remove(path)
    say(f"Gone: {path}.")
    if left:
        say(f"Still there, as it was before it was brought up to date: {', '.join(map(str, left))}. Delete these too.")
    say("Backups that you made, invitations and sheet files are still where you put them. Delete those too.")


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

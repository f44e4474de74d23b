"""The command `project hand-over`: a checked copy for the next facilitator, and what both of them have to do then."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_shared
from selfassess.cli.terminal import say
from selfassess.errors import UsageError
from selfassess.paths import NAME, named
from selfassess.project.atomic_files import exists, shown
from selfassess.text import count, listed

if TYPE_CHECKING:
    from selfassess.services.hand_over import Contents


@click.command("hand-over", short_help="Make a checked copy for the next facilitator.")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--replace", is_flag=True, help="Replace an existing file.")
@of_rounds
def hand_over(place: Place, file: Path, replace: bool) -> None:
    """Make a checked copy of the project for the person who looks after it next, and say what is left to do.

    FILE is where the copy goes, such as a file on a memory stick. The copy is opened and compared with the project
    before it is put there. Nothing is deleted.
    """
    from selfassess.services.hand_over import hand_over as handed_over

    if exists(file) and not replace:
        raise UsageError(
            f"There is already something at {shown(file)}.", "Choose another name, or add --replace to replace it."
        )
    with open_shared(place, to_look=True) as project:
        contents = handed_over(project, file, replace=replace)
    for line in (*_held(place.path, file, contents), *_for_old(place, file, contents), *_for_new(file, contents)):
        say(line)


def _held(path: Path, file: Path, contents: "Contents") -> Iterator[str]:
    parts = [
        count(len(contents.rounds), "round"),
        f"{count(contents.handed_in, 'sheet')} handed in",
        f"{count(len(contents.plan), 'action')} in the plan",
    ]
    yield f"Copied and checked: {shown(file)} holds the same as {shown(path)}: {listed(parts)}."
    if titles := [f"“{round.title}”" for round in contents.open_rounds]:
        yield (
            f"Still open: {listed(titles)}. Answers that come into {shown(path)} after this are not in the copy: let "
            "people answer only in the copy, or close the round first and copy again."
        )
    yield "It holds everybody's answers: hand it over in person, or send it so that only that person can open it."


def _for_old(place: Place, file: Path, contents: "Contents") -> Iterator[str]:
    """What the old facilitator has to delete, with what is found of it."""
    from selfassess.project.database import copies

    yield ""
    yield "When the copy has arrived and opens there, delete what is left with you:"
    yield f"  - {shown(place.path)}: {place.command} project delete"
    for one in copies(place.path):
        yield f"  - {shown(one.name)} beside it (that deletes it too)"
    for folder in dict.fromkeys(_invitation_folders(place.path, contents)):
        yield f"  - the folder {shown(folder)}, with its letters and invitations"
    yield "  - other folders with letters and invitations, and printed letters that hold a code"
    yield "  - sheet files (their names end in .sheet), also in your mail, and paper sheets that have been typed in"
    yield "  - backups that you made, also on sticks and in online storage"
    yield f"  - {shown(file)} itself, wherever it passed through: on a stick, in your sent mail"


def _invitation_folders(path: Path, contents: "Contents") -> Iterator[Path]:
    from selfassess.services.invitations import usual_folder

    for round, _ in contents.rounds:
        for folder in (Path(), path.parent):
            if exists(found := folder / usual_folder(round)):
                yield found


def _for_new(file: Path, contents: "Contents") -> Iterator[str]:
    """What the next facilitator does first."""
    command = named(file.name, NAME)  # on a computer of which nothing else is known
    yield ""
    yield "The person who takes over does this first, in the folder that the copy is in:"
    yield f"  {command} where"
    if contents.rounds:
        which = f" {contents.rounds[-1][0].id}" if len(contents.rounds) > 1 else ""
        yield f"  {command} round status{which}"
    yield f'  {command} project notice --holder "NAME" --contact "NAME, PHONE"'
    yield "The last one tells people who looks after their answers now."


COMMANDS = (hand_over,)

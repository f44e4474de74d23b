"""The command `collect`: takes in the sheets that came back as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.param_types import OneOf
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds
from selfassess.cli.round.lookup import opened
from selfassess.cli.terminal import Told, say, tell, tell_data
from selfassess.errors import ProjectError, ResponsesError, UsageError

if TYPE_CHECKING:
    from selfassess.services.collection import Collection


@click.command(short_help="Take in sheets that came back as files.")
@click.argument("names", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(readable=False))
@click.option("--format", "style", type=OneOf(["text", "json"]), default="text", help="How to show it.")
@of_rounds
def collect(place: Place, names: tuple[str, ...], style: str) -> int:
    """Take in the sheets that people sent back: files whose names end in .sheet, or a folder of them.

    Do it as often as you like: what was taken in before is not counted twice. Ends with exit code 4 if a sheet was
    refused.

    \b
    selfassess --project ours.selfassess collect returned
    """
    if not all(names):  # which would be the folder one is in
        raise UsageError("One of the files named has an empty name.", "Name files, or a folder of them.")
    from selfassess.services.collection import Collection, lines, summary
    from selfassess.services.collection import collect as take_in

    collection = Collection()
    with opened(place) as rounds:
        try:
            take_in(rounds, map(Path, names), collection)
        except (ProjectError, KeyboardInterrupt) as stopped:
            say(f"Stopped at {collection.next_file}. Before it: {summary(collection)}")
            say("What was taken in stays. Collect again afterwards: nothing is counted twice.")
            if isinstance(stopped, KeyboardInterrupt):
                raise Told from None
            raise
    if style == "json":
        import json

        tell_data(json.dumps(_document(collection), indent=2, ensure_ascii=False) + "\n")
    else:
        for line in lines(collection):
            tell(line)
    return ResponsesError.exit_code if collection.refused else 0


def _document(collection: "Collection") -> dict[str, Any]:
    return {
        "new": collection.new,
        "here": collection.already_here,
        "replaced": collection.replaced,
        "refused": [{"file": one.file, "why": one.reason, "cure": one.cure} for one in collection.refused],
        "passed_over": collection.passed_over,
    }


COMMANDS = (collect,)

"""The command `collect`: takes in the sheets that came back as files."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.param_types import OneOf
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds
from selfassess.cli.round.lookup import opened
from selfassess.cli.terminal import Told, say, tell, tell_data
from selfassess.errors import ProjectError, ResponsesError, UsageError
from selfassess.text import count

if TYPE_CHECKING:
    from selfassess.services.collection import Collection

NAMED = 5
"""How many files are named that were refused for the same reason."""


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
    from selfassess.services.collection import Collection
    from selfassess.services.collection import collect as take_in

    collection = Collection()
    with opened(place) as rounds:
        try:
            take_in(rounds, map(Path, names), collection)
        except (ProjectError, KeyboardInterrupt) as stopped:
            say(f"Stopped at {collection.next_file}. Before it: {_summary(collection)}")
            say("What was taken in stays. Collect again afterwards: nothing is counted twice.")
            if isinstance(stopped, KeyboardInterrupt):
                raise Told from None
            raise
    if style == "json":
        import json

        tell_data(json.dumps(_document(collection), indent=2, ensure_ascii=False) + "\n")
    else:
        for line in _lines(collection):
            tell(line)
    return ResponsesError.exit_code if collection.refused else 0


def _summary(collection: "Collection") -> str:
    new, here, replaced = collection.new, collection.already_here, collection.replaced
    return f"{new} new, {here} already here, {replaced} replaced, {len(collection.refused)} refused."


def _lines(collection: "Collection") -> Iterator[str]:
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in collection.refused:
        alike[one.reason, one.cure].append(one.file)
    for (reason, cure), files in alike.items():
        named = files if len(files) <= NAMED else files[: NAMED - 1]
        yield f"Refused: {reason}"
        for file in named:
            yield f"  {file}"
        if len(files) > len(named):
            yield f"  and {len(files) - len(named)} more"
        if cure:
            yield f"  {cure}"
    if collection.passed_over:
        others = count(collection.passed_over, "other file was", "other files were")
        yield f"{others} skipped: not named like sheets."
    yield _summary(collection)


def _document(collection: "Collection") -> dict[str, Any]:
    return {
        "new": collection.new,
        "here": collection.already_here,
        "replaced": collection.replaced,
        "refused": [{"file": one.file, "why": one.reason, "cure": one.cure} for one in collection.refused],
        "passed_over": collection.passed_over,
    }


COMMANDS = (collect,)

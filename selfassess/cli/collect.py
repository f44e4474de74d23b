"""The command `collect`: takes in the sheets that came back as files."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.options import with_options
from selfassess.cli.param_types import OneOf
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.terminal import Cancelled, say, tell, tell_data
from selfassess.errors import ProjectError, ResponsesError, UsageError
from selfassess.text import listed

if TYPE_CHECKING:
    from selfassess.services.collection import Collection

OF_EXPORTS = (
    click.option(
        "--from",
        "service",
        type=OneOf(["auto", "microsoft-forms", "google-forms", "surveymonkey", "limesurvey", "csv"]),
        help="For a table: the service it comes from. [default: auto]",
    ),
    click.option("--round", "round_name", metavar="ROUND", help="For a table: the round. [default: the only open one]"),
    click.option("--group", metavar="GROUP", help="For a table: everybody in it is in this group."),
    click.option(
        "--map", "map_file", type=click.Path(path_type=Path, readable=False), metavar="FILE",
        help="For a table: the file that keeps what you decide about its columns. It is made if it isn't there.",
    ),
    click.option("--all-new", is_flag=True, help="For a table without ids: none of these people is in the round yet."),
    click.option("--yes", is_flag=True, help="For a table: take it in without asking."),
)  # fmt: skip  # in few lines
NAMES_OF = {
    "service": "--from", "round_name": "--round", "group": "--group", "map_file": "--map", "all_new": "--all-new",
    "yes": "--yes",
}  # fmt: skip  # in few lines


@click.command(short_help="Take in sheets that came back as files.")
@click.argument("names", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(readable=False))
@click.option("--format", "style", type=OneOf(["text", "json"]), default="text", help="How to show it.")
@with_options(OF_EXPORTS)
@of_rounds
def collect(place: Place, names: tuple[str, ...], style: str, **said: Any) -> int:
    """Take in the sheets that people sent back: files whose names end in .sheet, or a folder of them.

    Do it as often as you like: what was taken in before is not counted twice. Ends with exit code 4 if a sheet was
    refused.

    A table (.csv or .xlsx) that Microsoft Forms, Google Forms, SurveyMonkey or LimeSurvey exports becomes sheets of an
    open round: you see what would come in first, and then all of it does or nothing. Names, addresses and times are
    never stored.

    \b
    selfassess --project ours.selfassess collect returned
    selfassess --project ours.selfassess collect answers.xlsx --round autumn_2026 --map forms.toml
    """
    if not all(names):  # which would be the folder one is in
        raise UsageError("One of the files named has an empty name.", "Name files, or a folder of them.")
    if is_export(names, said):
        from selfassess.cli.collect_export import collect_export

        return collect_export(place, names, style, **said)
    if options := [name for name, value in said.items() if value]:
        raise UsageError(
            f"{listed(NAMES_OF[name] for name in options)} {'goes' if len(options) == 1 else 'go'} with a table.",
            "Name one that ends in .csv or .xlsx.",
        )
    from selfassess.services.collection import Collection, lines, summary
    from selfassess.services.collection import collect as take_in

    collection = Collection()
    with open_rounds(place) as rounds:
        try:
            take_in(rounds, map(Path, names), collection)
        except (ProjectError, KeyboardInterrupt) as stopped:
            say(f"Stopped at {collection.next_file}. Before it: {summary(collection)}")
            say("What was taken in stays. Collect again afterwards: nothing is counted twice.")
            if isinstance(stopped, KeyboardInterrupt):
                raise Cancelled from None
            raise
    if style == "json":
        import json

        tell_data(json.dumps(_document(collection), indent=2, ensure_ascii=False) + "\n")
    else:
        for line in lines(collection):
            tell(line)
    return ResponsesError.exit_code if collection.refused else 0


def is_export(names: tuple[str, ...], said: Mapping[str, Any]) -> bool:
    """Whether a table is named, or said to be one, and not files with sheets."""
    from selfassess.services.survey_export import is_table

    return said["service"] is not None or any(map(is_table, names))


def _document(collection: "Collection") -> dict[str, Any]:
    return {
        "new": collection.new,
        "here": collection.already_here,
        "replaced": collection.replaced,
        "refused": [{"file": one.file, "why": one.reason, "cure": one.cure} for one in collection.refused],
        "passed_over": collection.passed_over,
    }


COMMANDS = (collect,)

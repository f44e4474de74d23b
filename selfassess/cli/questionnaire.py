"""Commands for those who write questionnaires: check, new, schema."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.diff import named
from selfassess.cli.output import destination, into_a_file
from selfassess.cli.param_types import OneOf
from selfassess.cli.place import Place
from selfassess.cli.terminal import say, tell, tell_data
from selfassess.errors import Problem, QuestionnaireError, UsageError
from selfassess.paths import called, quoted
from selfassess.text import count, on_one_line

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Questionnaire


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "style", type=OneOf(["text", "json"]), default="text", help="How to show it.")
@click.option("--errors-only", is_flag=True, help="Leave the warnings out.")
@click.option(
    "--against", "old", metavar="OLD", help="Warn where a question changed since OLD and the version did not."
)
@click.pass_obj
def check(place: Place, files: tuple[str, ...], style: str, errors_only: bool, old: str | None) -> int:
    """Find everything wrong with questionnaire files, all at once.

    FILE is a TOML file, or the name of a shipped questionnaire. Errors must be corrected before the file can be
    used; warnings are advice. OLD is an earlier file, a shipped questionnaire or a round. Ends with exit code 3 if
    there is an error.
    """
    from dataclasses import asdict

    if old is not None and len(files) > 1:
        raise UsageError("--against goes with one FILE.", hint="Check the others separately.")
    before = None if old is None else named(place, old)[0].questionnaire
    problems = {file: _problems(file, before) for file in files}
    if errors_only:
        problems = {file: [one for one in each if one.severity == "error"] for file, each in problems.items()}
    found = [problem for each in problems.values() for problem in each]
    if style == "json":
        import json

        tell_data(json.dumps([asdict(problem) for problem in found], indent=2, ensure_ascii=False) + "\n")
    else:
        for file, each in problems.items():
            for problem in each:
                tell(str(problem))
            errors = sum(problem.severity == "error" for problem in each)
            warnings = "" if errors_only else f", {_count(len(each) - errors, 'warning')}"
            tell(f"{on_one_line(file)}: {_count(errors, 'error')}{warnings}.")
    return QuestionnaireError.exit_code if any(problem.severity == "error" for problem in found) else 0


def _problems(file: str, old: "Questionnaire | None") -> list[Problem]:
    from selfassess.definition.library import find
    from selfassess.definition.loader import check as check_file

    try:
        return check_file(find(file), old)
    except QuestionnaireError as error:
        return [Problem(code="not-readable", message=error.message, hint=error.hint, file=file)]


def _count(number: int, noun: str) -> str:
    from selfassess.definition.loader import MOST_TOLD

    more = " or more" if number == MOST_TOLD else ""
    return f"{count(number, noun)}{more}" if number else f"no {noun}s"


@click.command(short_help="Write a questionnaire to start from.")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
def new(file: Path) -> None:
    """Write a questionnaire to start from, with comments that explain it."""
    from selfassess.definition.starter import template
    from selfassess.project.atomic_files import write_whole

    if file.suffix != ".toml":
        such_as = quoted(f"{file.stem or 'ours'}.toml")
        raise UsageError(f"{file} does not end in .toml.", f"Such as: {called()} new {such_as}")
    write_whole(file, template(file.stem), overwrite=False)
    say(f"Written: {file}. Edit it, then: {called()} check {quoted(str(file))}")


@click.command(short_help="Print the JSON Schema of questionnaire files.")
@into_a_file
def schema(output: Path | None, *, replace: bool) -> None:
    """Print the JSON Schema of questionnaire files, so that an editor can complete the keys."""
    from selfassess.definition.schema_file import schema_text

    goal = destination(output, None, ("json",), replace=replace)
    goal.deliver(schema_text())


COMMANDS = (check, new, schema)

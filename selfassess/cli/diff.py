"""What changed between two versions of a questionnaire."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.output import PAGES, destination, in_format, into_a_file
from selfassess.cli.place import Place
from selfassess.cli.terminal import show_result
from selfassess.errors import QuestionnaireError

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Edition
    from selfassess.model.reports import VersionReport
    from selfassess.model.round import Round

FORMATS = (*PAGES, "json")
TOUCHED = 7
"""The exit code where something changed that touches a comparison of scores."""


@click.command(short_help="Show what changed between two versions of a questionnaire.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@in_format(FORMATS)
@into_a_file
@click.pass_obj
def diff(place: Place, old: str, new: str, style: str | None, output: Path | None, replace: bool) -> int:
    """Show what changed between two versions of a questionnaire, and what can still be compared.

    OLD and NEW are TOML files, names of shipped questionnaires, or rounds of the project, whose questionnaire is as it
    was asked. Ends with exit code 0 where nothing changed that touches a comparison of scores, else with 7.

    \b
    selfassess diff ours-2025.toml ours.toml
    selfassess --project ours.selfassess diff autumn_2025 ours.toml
    """
    from selfassess.documents.render_rich import page
    from selfassess.documents.versions import document
    from selfassess.services.versions import version_report

    goal = destination(output, style, FORMATS, (Path(old), Path(new), place.path), replace=replace)
    (before, then), (after, now) = named(place, old), named(place, new)
    # A file has no form of its own: it is looked at as the round beside it was asked.
    forms = [round.form for round in (then, now) if round] or ["full"]
    report = version_report((old, new), (before, after), (forms[0], forms[-1]))
    if goal.is_drawn:
        show_result(page(document(report)))
    else:
        goal.deliver(_text(report, goal.style))
    return TOUCHED if report.touched else 0


def _text(report: "VersionReport", style: str) -> str | bytes:
    from selfassess.documents import media
    from selfassess.documents.versions import document

    if style == "json":
        from selfassess.documents.export.summary import to_json
        from selfassess.documents.export.versions import as_document

        return to_json(as_document(report))
    return media.write(document(report), style)


def named(place: Place, name: str) -> tuple["Edition", "Round | None"]:
    """The edition that a name means: of a file or a shipped questionnaire, else as it was frozen for a round, with that
    round. QuestionnaireError where it is broken, or where there is none."""
    from selfassess.definition.library import find
    from selfassess.definition.loader import read

    try:
        path = find(name)
    except QuestionnaireError as error:
        found = _of_round(place, name)
        if found is None:
            raise QuestionnaireError(error.message, hint=f"{error.hint} Or name a round of a project.") from None
        return found
    return read(path), None


def _of_round(place: Place, name: str) -> tuple["Edition", "Round"] | None:
    """A round of the project, by its id or title, with its frozen questionnaire; None if there is none. UsageError if
    several have that title."""
    from selfassess.cli.project_choice import check_there, is_shared, of_this_folder, open_rounds, say_using
    from selfassess.project.round_rules import NoRoundError
    from selfassess.services.projects import edition_of_round

    here = of_this_folder(place) or place
    check_there(here)
    if not is_shared(here.path):
        return None
    with open_rounds(here, to_look=True) as rounds:
        try:
            round = rounds.get(name)
        except NoRoundError:
            return None
        if here.is_found:
            say_using(here)
        return edition_of_round(rounds, round), round


COMMANDS = (diff,)

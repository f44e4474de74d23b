"""The command `compare`: what moved between closed rounds, or between one's own sittings."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.output import PAGES, destination, in_format, into_a_file, with_template
from selfassess.cli.place import Place
from selfassess.cli.project_choice import (
    check_there,
    for_own_or_rounds,
    for_rounds,
    is_shared,
    open_rounds,
    own_project,
    which_project,
)
from selfassess.cli.prompts import ASKED, ask_code
from selfassess.cli.terminal import say, show_result, wants_plain
from selfassess.errors import UsageError

if TYPE_CHECKING:
    from selfassess.documents.blocks import Document
    from selfassess.model.reports import ComparisonReport, OwnChange
    from selfassess.model.round import Round
    from selfassess.project.project import Project
    from selfassess.project.rounds import Rounds
    from selfassess.tui.navigator import Navigator

FORMATS = (*PAGES, "json", "csv")


@click.command(short_help="Show what moved between rounds, or between your own sittings.")
@click.argument("names", nargs=-1, metavar="[ROUND ROUND… | QUESTIONNAIRE]")
@click.option("--group", metavar="GROUP", help="For rounds: only this group.")
@click.option("--strand", metavar="STRAND", help="For rounds: only this strand.")
@click.option("--all", "every", is_flag=True, help="For your own sittings: all of them, not the last two.")
@click.option(
    "--receipt", "receipts", multiple=True, metavar="[RECEIPT]", is_flag=False, flag_value=ASKED,
    help="Your own change in a shared project. You are asked for two receipts of yours.",
)  # fmt: skip  # in few lines
@click.option("--screen", is_flag=True, help="For rounds: look at it on screen.")
@in_format(FORMATS)
@into_a_file
@with_template
@click.pass_obj
def compare(
    place: Place,
    names: tuple[str, ...],
    group: str | None,
    strand: str | None,
    every: bool,
    receipts: tuple[str, ...],
    screen: bool,
    style: str | None,
    output: Path | None,
    replace: bool,
    template: Path | None,
) -> int:
    """Show what moved between closed rounds of a shared project: the earlier first.

    Of more than two rounds the first and the last are compared, and all are shown as a trend. With --receipt you see
    how your own answers changed, for your eyes only: you are asked for the receipts of two rounds. In a project of
    your own this compares your last two sittings of a questionnaire.

    \b
    selfassess --project ours.selfassess compare autumn_2025 autumn_2026
    selfassess --project ours.selfassess compare autumn_2025 autumn_2026 --screen
    selfassess --project ours.selfassess compare --receipt
    selfassess compare
    """
    from selfassess.services.projects import rounds_to_compare

    goal = destination(output, style, FORMATS, replace=replace, template=template)
    of_rounds = len(names) > 1 or bool(receipts) or screen or group is not None or strand is not None
    place = for_rounds(place) if of_rounds else for_own_or_rounds(place, partial(_has, names, every))
    check_there(place)
    shared = is_shared(place.path)
    if of_rounds and not shared and not place.is_named:
        raise which_project(place)
    if screen:
        _check_screen(is_of_rounds=shared and not receipts, is_drawn=not style and output is None)
    if shared and not receipts:
        if every:
            raise UsageError("--all is for your own sittings.", "Name all the rounds, the earlier first.")
        with open_rounds(place, to_look=True) as rounds:
            chosen = rounds_to_compare(rounds, names)
            _say_backwards(rounds, chosen)
            if screen and not wants_plain(place.plain):
                return _on_screen(rounds, chosen, group, strand)
            report: ComparisonReport | OwnChange = _of_rounds(rounds, chosen, group, strand)
        if screen:
            say("Screens need a terminal to draw on. This is the comparison as a page instead.")
    else:
        if group is not None or strand is not None:
            raise UsageError("--group and --strand are for rounds, in a shared project.")
        report = _of_receipts(place, names, receipts) if receipts else _of_own(place, names, every)
    if goal.is_drawn:
        from selfassess.documents.render_rich import page

        show_result(page(_document(report)))
    else:
        goal.deliver(_text(report, goal.style, goal.template))
    return 0


def _has(names: tuple[str, ...], every: bool, project: "Project") -> bool:
    """Whether somebody's own project has what is asked for: what is for own sittings alone, or any of the questionnaire
    that is named."""
    from selfassess.services.sittings import has_kept

    return has_kept(project, names[0] if names else None) or every


def _check_screen(*, is_of_rounds: bool, is_drawn: bool) -> None:
    """UsageError where a screen does not go with what else was asked for."""
    if not is_of_rounds:
        raise UsageError("--screen is for rounds, in a shared project.", "Leave it out: your own change is a page.")
    if not is_drawn:
        raise UsageError("--screen draws on the terminal, and nothing else.", "Leave out --format and --output.")


def _on_screen(rounds: "Rounds", chosen: "list[Round]", group: str | None, strand: str | None) -> int:
    """Nothing is on the first screen but that it is worked out: what is shown is noted down before."""
    from selfassess.project.plans import Plans
    from selfassess.services.projects import check_rounds
    from selfassess.tui.app import run
    from selfassess.tui.comparison_navigation import WAITING, show_comparison
    from selfassess.tui.deferred_start import DeferredStart
    from selfassess.tui.launch import LaunchOptions

    check_rounds(chosen, str(rounds.project.path))

    async def show(navigator: "Navigator", report: "ComparisonReport") -> None:
        await show_comparison(navigator, report, Plans(rounds.project))

    begin = DeferredStart(WAITING, lambda: _of_rounds(rounds, chosen, group, strand), show)
    return run(LaunchOptions(project=rounds.project), say, begin)


def _of_rounds(rounds: "Rounds", chosen: "list[Round]", group: str | None, strand: str | None) -> "ComparisonReport":
    """The comparison. What it shows is noted down in the project before anybody sees it; a file that can only be read
    will do where all of it was shown before."""
    from selfassess.services.comparisons import compare_with_plan

    return compare_with_plan(rounds, chosen, group, strand)


def _say_backwards(rounds: "Rounds", chosen: "list[Round]") -> None:
    """Rounds can be held against each other either way; but if the later comes first, that may not be meant."""
    from selfassess.services.plan import reads_backwards

    if reads_backwards(rounds, chosen):
        first, last = chosen[0], chosen[-1]
        say(f"“{first.title}” came after “{last.title}”, so this is the wrong way round. Name the earlier first.")


def _of_receipts(place: Place, names: tuple[str, ...], receipts: tuple[str, ...]) -> "OwnChange":
    """How the answers of one person changed from round to round, for that person."""
    from selfassess.project.project import open_to_look
    from selfassess.services.comparisons import compare_sittings, sittings_of_receipts

    if not is_shared(place.path):
        raise UsageError("In a project of your own no receipt is needed.", "Leave out --receipt.")
    if names:
        raise UsageError("Receipts say which rounds are meant.", "Leave out the names of rounds.")
    receipts = _said_or_asked(receipts)
    with open_to_look(place.path) as project:
        return compare_sittings(sittings_of_receipts(project, receipts), made_up=project.is_made_up)


def _said_or_asked(receipts: tuple[str, ...]) -> tuple[str, ...]:
    """The receipts that stand on the command line, or else are typed: those of two rounds at least."""
    said = [one for one in receipts if one != ASKED]
    asked = ["Your receipt of the earlier round:", "Your receipt of the later round:"]
    return (*said, *map(ask_code, asked[len(said) :]))


def _of_own(place: Place, names: tuple[str, ...], every: bool) -> "OwnChange":
    """How one's own answers changed, in a project of one's own."""
    from selfassess.services.comparisons import compare_sittings, own_sittings

    if len(names) > 1:
        raise UsageError(
            "In a project of your own there are no rounds.",
            "Name one questionnaire, or none. Or name a shared project.",
        )
    name = names[0] if names else None
    with own_project(place, name) as project:
        sittings = own_sittings(project, name)
        return compare_sittings(sittings if every else sittings[-2:], made_up=project.is_made_up)


def _text(report: "ComparisonReport | OwnChange", style: str, template: bytes | None) -> str | bytes:
    match style:
        case "json":
            from selfassess.documents.export.comparison import as_document
            from selfassess.documents.export.summary import to_json

            return to_json(as_document(report))
        case "csv":
            from selfassess.documents.export.comparison import as_csv

            return as_csv(report)
    from selfassess.documents import media

    return media.write(_document(report), style, template)


def _document(report: "ComparisonReport | OwnChange") -> "Document":
    from selfassess.documents.comparison import personal
    from selfassess.documents.comparison import report as of_rounds
    from selfassess.model.reports import OwnChange

    return personal.document(report) if isinstance(report, OwnChange) else of_rounds.document(report)


COMMANDS = (compare,)

"""The command `dashboard`: a closed round's results on screen."""

from typing import TYPE_CHECKING

import click

from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.terminal import say, show_result, wants_plain
from selfassess.services.privacy_notice import reminder_of

if TYPE_CHECKING:
    from selfassess.model.reports import RoundReport
    from selfassess.model.round import Round
    from selfassess.project.rounds import Rounds
    from selfassess.tui.navigator import Navigator


@click.command(short_help="Look at a closed round on screen.")
@click.argument("round", required=False)
@click.option("--plain", is_flag=True, help="Print the report instead.")
@of_rounds
def dashboard(place: Place, round: str | None, plain: bool) -> int:
    """Look at the results of a closed round, and bring them to the meeting.

    ROUND is its name; it can be left out where there is one round only. Strands open into benchmarks and items. Press M
    for the meeting view: one benchmark a screen, with what people answered hidden until the room has talked.
    """
    import gc

    is_plain = wants_plain(plain or place.plain)
    if not is_plain:
        # The start makes much and throws little away. The app turns this on again once it is drawn.
        gc.disable()
    with open_rounds(place, to_look=True) as rounds:
        chosen = rounds.get(round)
        if not is_plain:
            return _on_screen(chosen, rounds)
        from selfassess.services.comparisons import release_with_follow_up

        _printed(release_with_follow_up(rounds, chosen), place.command)
        if reminder := reminder_of(rounds.project):
            say(reminder)
        return 0


def _printed(report: "RoundReport", command: str) -> None:
    from selfassess.documents.render_rich import page
    from selfassess.documents.round.board_page import document

    again = f"{command} report {report.round.id}"
    say(f"The dashboard needs a terminal to draw on. This is the report instead: {again}")
    show_result(page(document(report)))


def _on_screen(round: "Round", rounds: "Rounds") -> int:
    """What the report shows is noted down in the project before anybody sees it: nothing of it is on the first screen,
    which says that it is worked out."""
    from selfassess.project.plans import Plans
    from selfassess.services.projects import check_closed
    from selfassess.tui.app import run
    from selfassess.tui.dashboard_navigation import WAITING, show_dashboard
    from selfassess.tui.deferred_start import DeferredStart
    from selfassess.tui.launch import LaunchOptions

    check_closed(round, str(rounds.project.path))

    async def show(navigator: "Navigator", report: "RoundReport") -> None:
        await show_dashboard(navigator, report, rounds, Plans(rounds.project))

    begin = DeferredStart(f"{round.title}\n\n{WAITING}", lambda: _released(round, rounds), show)
    return run(LaunchOptions(project=rounds.project), say, begin)


def _released(round: "Round", rounds: "Rounds") -> "RoundReport":
    from selfassess.services.comparisons import release_for_meeting

    return release_for_meeting(rounds, round)


COMMANDS = (dashboard,)

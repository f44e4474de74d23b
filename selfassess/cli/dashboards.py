"""The command `dashboard`: a closed round's results on screen."""

from typing import TYPE_CHECKING

import click

from selfassess.cli.round_place import called, opened
from selfassess.cli.sittings import Place
from selfassess.cli.streams import say, show_result, wants_plain
from selfassess.cli.which_project import of_rounds

if TYPE_CHECKING:
    from selfassess.report.round import RoundReport
    from selfassess.storage.rounds import Rounds


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
    from selfassess.report.released import released, with_plan_now

    with opened(place, to_look=True) as rounds:
        report = released(rounds, rounds.get(round))
        if not is_plain:
            return _on_screen(with_plan_now(rounds, report), rounds)
        from selfassess.report.since_of import with_since

        return _printed(with_since(rounds, report), called(place))


def _printed(report: "RoundReport", command: str) -> int:
    from selfassess.report.round_page import page

    again = f"{command} report {report.round.id}"
    say(f"The dashboard needs a terminal to draw on. This is the report instead: {again}")
    show_result(page(report))
    return 0


def _on_screen(report: "RoundReport", rounds: "Rounds") -> int:
    from selfassess.storage.plans import Plans
    from selfassess.tui.app import run
    from selfassess.tui.dashboard.flow import Dashboard
    from selfassess.tui.opening import Opening

    opening = Opening(project=rounds.project)
    plans = Plans(rounds.project)
    return run(opening, say, lambda opening, stage: Dashboard(opening, stage, report, rounds, plans=plans))


COMMANDS = (dashboard,)

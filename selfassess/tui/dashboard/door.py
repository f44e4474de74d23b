"""The way from the home screen to the results of a closed round, and back."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from selfassess.model.round import Round
from selfassess.storage.plans import Plans
from selfassess.storage.project import Project
from selfassess.storage.rounds import Rounds

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


def closed_rounds(project: Project) -> Iterator[Round]:
    """The rounds of a shared project whose results can be looked at."""
    yield from (round for round in Rounds(project).all() if round.state == "closed")


def present(flow: "Flow", project: Project, round: Round) -> None:
    """The dashboard of a round, with the home screen behind it."""

    def show() -> None:
        from selfassess.services.reports import release_report as released
        from selfassess.services.reports import with_current_plan as with_plan_now
        from selfassess.tui.dashboard.flow import Dashboard

        rounds = Rounds(project)
        report = with_plan_now(rounds, released(rounds, round))
        Dashboard(flow.opening, flow.stage, report, rounds, flow.home, Plans(project)).board()

    flow.attempt(show)

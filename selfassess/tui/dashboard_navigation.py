"""The results of a round on screen: the dashboard, the meeting view, and what the meeting agrees."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.round import Agreed, Round
from selfassess.storage.plans import Plans
from selfassess.storage.project import Project
from selfassess.storage.rounds import Rounds
from selfassess.tui.help_texts import dashboard_help
from selfassess.tui.session import Session

if TYPE_CHECKING:
    from selfassess.report.round import RoundReport
    from selfassess.tui.pages.dashboard import RoundView


class Keeper(Protocol):
    """What keeps the scores that a meeting agrees on: the rounds of a project."""

    def agree(self, id: str, agreed: Agreed) -> None:
        """Keep, or replace, a score of a round."""

    def disagree(self, id: str, node: str) -> None:
        """Take a score away."""


async def open_dashboard(session: Session, project: Project, round: Round) -> None:
    """The dashboard of a closed round. What it shows is noted down before."""
    from selfassess.report.released import released, with_plan_now

    rounds = Rounds(project)
    report = await session.patiently(lambda: with_plan_now(rounds, released(rounds, round)))
    await show_dashboard(session, report, rounds, Plans(project))


async def show_dashboard(
    session: Session, report: "RoundReport", keeper: Keeper | None, plans: Plans | None = None
) -> None:
    """The dashboard of a report. Without a keeper nothing can be agreed, without plans there is no plan to go to."""
    from selfassess.tui.pages.dashboard import RoundView

    with session.help_on(dashboard_help(f"{session.command} report {report.round.id}")):
        await _Dashboard(session, RoundView(report), keeper, plans).show()


class _Dashboard:
    """Goes from the pages of a round to what lies beside them, and back."""

    def __init__(self, session: Session, view: "RoundView", keeper: Keeper | None, plans: Plans | None) -> None:
        self.session = session
        self.view = view
        self.keeper = keeper
        self.plans = plans

    async def show(self) -> None:
        """The pages, until the person leaves them."""
        from selfassess.tui.comparison_navigation import can_compare, choose_other_round
        from selfassess.tui.screens.round_dashboard import RoundDashboard

        session, view = self.session, self.view
        project = session.project
        compares = project is not None and can_compare(project)
        said = ""
        while True:
            screen = RoundDashboard(view, said, has_plan=self.plans is not None, can_compare=compares)
            choice, said = await session.ask(screen), ""
            try:
                match choice:
                    case "meeting":
                        await self.meet()
                    case "agree" if view.node is not None:
                        said = await self.agree(view.node)
                    case "plan" if self.plans:
                        await self.plan(self.plans)
                    case "compare" if project:
                        await choose_other_round(session, project, view.whole.round)
                    case _:
                        return
            except SelfAssessError as error:
                await session.explain(error)

    async def meet(self) -> None:
        """The meeting view, from where one is."""
        from selfassess.tui.screens.meeting import Meeting

        node, is_revealed, said = self.view.topic, False, ""
        while True:
            screen = Meeting(self.view, node, is_revealed=is_revealed, said=said)
            if await self.session.ask(screen) is None:
                return
            node, is_revealed = screen.node, screen.is_revealed
            said = await self.agree(node)

    async def agree(self, node: Strand | Benchmark) -> str:
        """Ask for the score that the meeting agreed. What was done, in words."""
        from selfassess.tui.screens.agreed_score import AgreedScore

        return await self.session.ask(AgreedScore(self.view.whole, node, partial(self.keep, node.id)))

    def keep(self, node: str, agreed: Agreed | None) -> None:
        """Keep what the meeting agreed, or take it away. SelfAssessError where that cannot be kept."""
        whole = self.view.whole
        if self.keeper is None:
            raise SelfAssessError("There is no project to keep this in.")
        others = {id: one for id, one in whole.agreed.items() if id != node}
        if agreed is None:
            self.keeper.disagree(whole.round.id, node)
            self.view.whole = replace(whole, agreed=others)
        else:
            self.keeper.agree(whole.round.id, agreed)
            self.view.whole = replace(whole, agreed={**whole.agreed, node: agreed})

    async def plan(self, plans: Plans) -> None:
        """The plan, and back to the pages with the plan as it is then."""
        from selfassess.report.plan_before import plan_about
        from selfassess.tui.plan_navigation import show_plan

        await show_plan(self.session, plans, back_words="Back")
        whole = self.view.whole
        plan = await self.session.patiently(partial(plan_about, plans.project, whole.questionnaire))
        self.view.whole = replace(whole, plan=plan)

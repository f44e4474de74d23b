"""Which screen follows which in the results of a round: its pages, the meeting view, and the scores agreed there."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from selfassess.dates import today
from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.round import Agreed, OwnFinding, Round
from selfassess.project.plans import Plans
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.tui.help_texts import dashboard_help
from selfassess.tui.navigator import Navigator

if TYPE_CHECKING:
    from selfassess.model.reports import RoundReport
    from selfassess.model.results import Cell
    from selfassess.tui.round_view import RoundView


WAITING = "One moment: the results are being worked out."


class Keeper(Protocol):
    """Stores what a meeting agrees on and what a facilitator writes, as the rounds of a project do."""

    def agree(self, id: str, agreed: Agreed) -> None:
        """Store, or replace, a score of a round."""

    def disagree(self, id: str, node: str) -> None:
        """Delete a score."""

    def write_finding(self, id: str, finding: OwnFinding) -> None:
        """Store, or replace, what was found in a round; an empty text deletes it."""


async def open_dashboard(navigator: Navigator, project: Project, round: Round) -> None:
    """Show the dashboard of a closed round. What it shows goes into the release log first."""
    from selfassess.services.comparisons import release_for_meeting

    rounds = Rounds(project)
    report = await navigator.work_out(WAITING, lambda: release_for_meeting(rounds, round))
    await show_dashboard(navigator, report, rounds, Plans(project))


async def show_dashboard(
    navigator: Navigator, report: "RoundReport", keeper: Keeper | None, plans: Plans | None = None
) -> None:
    """Show the dashboard of a report. Without a keeper no score can be agreed; without plans no plan can be opened."""
    from selfassess.tui.round_view import RoundView

    with navigator.help_on(dashboard_help(f"{navigator.command} report {report.round.id}")):
        await _Dashboard(navigator, RoundView(report), keeper, plans).show()


class _Dashboard:
    """Shows the pages of a round, and opens other screens from them."""

    def __init__(self, navigator: Navigator, view: "RoundView", keeper: Keeper | None, plans: Plans | None) -> None:
        self.navigator = navigator
        self.view = view
        self.keeper = keeper
        self.plans = plans

    async def show(self) -> None:
        """Show the pages until the person leaves them."""
        from selfassess.tui.comparison_navigation import can_compare, choose_other_round, show_comparison
        from selfassess.tui.screens.round_dashboard import RoundDashboard

        navigator, view = self.navigator, self.view
        project = navigator.project
        compares = project is not None and can_compare(project)
        said = navigator.reminder
        while True:
            on_day = today() if self.plans is not None else None
            screen = RoundDashboard(view, said, today=on_day, can_compare=compares)
            choice, said = await navigator.ask(screen), ""
            try:
                match choice:
                    case "meeting":
                        await self.meet()
                    case "agree" if view.node is not None:
                        said = await self.agree(view.node)
                    case "write" if (found := view.finding) is not None:
                        said = await self.write(*found)
                    case "plan" if self.plans:
                        await self.plan(self.plans)
                    case "moved" if view.whole.moved:
                        moved = replace(view.whole.moved, group=view.group)
                        await show_comparison(navigator, moved, self.plans, back_words="Back")
                    case "compare" if project:
                        await choose_other_round(navigator, project, view.whole.round)
                    case _:
                        return
            except SelfAssessError as error:
                await navigator.explain(error)

    async def meet(self) -> None:
        """Show the meeting view, beginning with the current benchmark."""
        from selfassess.tui.screens.meeting import Meeting

        node, is_revealed, said = self.view.topic, False, ""
        while True:
            screen = Meeting(self.view, node, is_revealed=is_revealed, said=said)
            if await self.navigator.ask(screen) is None:
                return
            node, is_revealed = screen.node, screen.is_revealed
            said = await self.agree(node)

    async def agree(self, node: Strand | Benchmark) -> str:
        """Ask for the score that the meeting agreed. Returns a message about what was done."""
        from selfassess.tui.screens.agreed_score import AgreedScore

        return await self.navigator.ask(AgreedScore(self.view.whole, node, partial(self.keep, node.id)))

    async def write(self, cell: "Cell | None", node: Strand | Benchmark) -> str:
        """Ask what was found, and first whose view it is where that is not known. Returns a message about what was
        done."""
        from selfassess.tui.screens.own_finding import WhoseFinding, WriteFinding

        whole = self.view.whole
        cell = cell or await self.navigator.ask(WhoseFinding(whole, node))
        return await self.navigator.ask(WriteFinding(whole, cell, node, self.keep_finding)) if cell else ""

    def keep_finding(self, finding: OwnFinding) -> None:
        """Store what was found, or delete it. SelfAssessError if that fails."""
        whole = self.view.whole
        if self.keeper is None:
            raise SelfAssessError("There is no project to save this in.")
        self.keeper.write_finding(whole.round.id, finding)
        kept = {**whole.findings, (finding.group, finding.node): finding.text}
        self.view.whole = replace(whole, findings={key: text for key, text in kept.items() if text})

    def keep(self, node: str, agreed: Agreed | None) -> None:
        """Store the agreed score, or delete it. SelfAssessError if that fails."""
        whole = self.view.whole
        if self.keeper is None:
            raise SelfAssessError("There is no project to save this in.")
        others = {id: one for id, one in whole.agreed.items() if id != node}
        if agreed is None:
            self.keeper.disagree(whole.round.id, node)
            self.view.whole = replace(whole, agreed=others)
        else:
            self.keeper.agree(whole.round.id, agreed)
            self.view.whole = replace(whole, agreed={**whole.agreed, node: agreed})

    async def plan(self, plans: Plans) -> None:
        """Show the plan, and update the pages with what was changed in it."""
        from selfassess.services.plan import plan_about
        from selfassess.tui.plan_navigation import show_plan

        await show_plan(self.navigator, plans, back_words="Back")
        whole = self.view.whole
        plan = await self.navigator.patiently(partial(plan_about, plans.project, whole.questionnaire))
        self.view.whole = replace(whole, plan=plan)

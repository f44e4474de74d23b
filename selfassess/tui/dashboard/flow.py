"""The way through the dashboard: where one is, what it is narrowed to, and what the meeting agrees."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from textual.screen import Screen

from selfassess.documents.round import order
from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.round import Agreed
from selfassess.services.plan import plan_about
from selfassess.services.reports import narrow_report as narrowed
from selfassess.storage.plans import Plans
from selfassess.tui.dashboard.blocks import Spot
from selfassess.tui.dashboard.pages import node_of
from selfassess.tui.flow import Flow
from selfassess.tui.opening import Opening
from selfassess.tui.stage import Stage

TOP = Spot("strands")


class Keeper(Protocol):
    """What keeps the scores that a meeting agrees on: the rounds of a project."""

    def agree(self, id: str, agreed: Agreed) -> None:
        """Keep, or replace, a score of a round."""

    def disagree(self, id: str, node: str) -> None:
        """Take a score away."""


class Dashboard(Flow):
    """A flow of its own: it begins with the strands of a round, and asks a project only to keep what is agreed."""

    def __init__(
        self,
        opening: Opening,
        stage: Stage,
        report: RoundReport,
        keeper: Keeper | None,
        back: Callable[[], None] | None = None,
        plans: Plans | None = None,
    ) -> None:
        super().__init__(opening, stage)
        self.whole = report
        """The report of all."""
        self.keeper = keeper
        """None: nothing can be kept."""
        self.way_back = back or self.leave
        self.plans = plans
        """None: there is no plan to go to."""
        self.group: str | None = None
        """The group that everything is narrowed to."""
        self.by_need = True
        """Whether what needs talk comes first."""
        self.trail: list[tuple[Spot, int | None]] = [(TOP, None)]
        """Where one is, and what one came through: each with what was pointed at."""

    # What there is to see

    @property
    def report(self) -> RoundReport:
        """The report, of the group that was chosen."""
        return self.whole if self.group is None else narrowed(self.whole, self.group, None)

    @property
    def spot(self) -> Spot:
        return self.trail[-1][0]

    @property
    def node(self) -> Strand | Benchmark | None:
        """The strand or benchmark that one is at, if any."""
        return node_of(self.whole, self.spot) if self.spot.kind in ("strand", "benchmark", "item") else None

    @property
    def topics(self) -> list[Strand | Benchmark]:
        """What the meeting goes through, in the order that was chosen."""
        return order.in_order(self.whole, order.benchmarks(self.whole), by_need=self.by_need)

    @cached_property
    def can_compare(self) -> bool:
        """Whether there is another closed round to compare this one with."""
        from selfassess.tui.comparison.door import can_compare

        return self.project is not None and can_compare(self.project)

    def next_group(self) -> None:
        """Go on to the next group that is shown by itself; after the last one to all."""
        groups: list[str | None] = [None, *(cell.id for cell in self.whole.groups if len(self.whole.groups) > 1)]
        self.group = groups[(groups.index(self.group) + 1) % len(groups)]

    # Which screen comes next

    def first(self) -> Screen[None]:
        return self._board()

    def _board(self, said: str = "") -> Screen[None]:
        from selfassess.tui.dashboard.board import Board

        return Board(self, said)

    def board(self, said: str = "") -> None:
        """Where one was; `said` is news about it."""
        self.stage.show(self._board(said))

    def meeting(self, node: Strand | Benchmark | None = None, *, is_revealed: bool = False, said: str = "") -> None:
        """The meeting view, at a benchmark or at what comes first."""
        from selfassess.tui.dashboard.meeting import Meeting

        self.stage.show(Meeting(self, node or self.topics[0], is_revealed=is_revealed, said=said))

    def ask_agreed(self, node: Strand | Benchmark, back: Callable[[str], None]) -> None:
        """Ask for the score that the meeting agreed."""
        from selfassess.tui.dashboard.agree import Agree

        self.stage.show(Agree(self, node, back))

    def plan(self) -> None:
        """The plan, with this page behind it."""
        from selfassess.tui.planning.door import present

        if self.plans:
            present(self, self.plans, self._back_from_plan)

    def _back_from_plan(self) -> None:
        """Where one was, with the plan as it is now."""

        def show() -> None:
            if self.plans:
                self.whole = replace(self.whole, plan=plan_about(self.plans.project, self.whole.questionnaire))
            self.board()

        self.attempt(show)

    def compare(self) -> None:
        """What moved between this round and another, with this page behind it."""
        from selfassess.tui.comparison.door import ask_other

        if self.project and self.can_compare:
            ask_other(self, self.project, self.whole.round, self.board)

    def agree(self, agreed: Agreed) -> None:
        """Keep what the meeting agreed. SelfAssessError where it cannot be kept."""
        if self.keeper is None:
            raise SelfAssessError("There is no project to keep this in.")
        self.keeper.agree(self.whole.round.id, agreed)
        self.whole = replace(self.whole, agreed={**self.whole.agreed, agreed.node: agreed})

    def disagree(self, node: str) -> None:
        """Take away what the meeting agreed. SelfAssessError where that cannot be kept."""
        if self.keeper is None:
            raise SelfAssessError("There is no project to keep this in.")
        self.keeper.disagree(self.whole.round.id, node)
        self.whole = replace(self.whole, agreed={id: one for id, one in self.whole.agreed.items() if id != node})

    def home_or_leave(self) -> None:
        self.way_back()

    def help(self) -> None:
        from selfassess.tui.dashboard.help import HELP_KEYS, help_words
        from selfassess.tui.screens.help import Help

        self.stage.lay_over(Help(self, HELP_KEYS, help_words(f"{self.command} report {self.whole.round.id}")))

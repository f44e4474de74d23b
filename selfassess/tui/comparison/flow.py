"""The way through a comparison: where one is, and what it is narrowed to."""

from collections.abc import Callable
from dataclasses import replace

from textual.screen import Screen

from selfassess.model.reports import ComparisonReport
from selfassess.storage.plans import Plans
from selfassess.tui.comparison.blocks import TOP, Spot
from selfassess.tui.flow import Flow
from selfassess.tui.opening import Opening
from selfassess.tui.stage import Stage


class Comparing(Flow):
    """A flow of its own: it begins with the strands, and asks a project for nothing."""

    def __init__(
        self,
        opening: Opening,
        stage: Stage,
        report: ComparisonReport,
        back: Callable[[], None] | None = None,
        plans: Plans | None = None,
    ) -> None:
        super().__init__(opening, stage)
        self.report = report
        """The comparison, of the group that was chosen."""
        self.way_back = back or self.leave
        self.way_back_words = "Back" if back else "Leave"
        self.plans = plans
        """None: there is no plan to go to."""
        self.trail: list[tuple[Spot, int | None]] = [(TOP, None)]
        """Where one is, and what one came through: each with what was pointed at."""

    @property
    def spot(self) -> Spot:
        return self.trail[-1][0]

    @property
    def groups(self) -> list[str | None]:
        """What it can be narrowed to; None is all."""
        return [None, *(cell.id for cell in self.report.comparison.cells if cell.id != "all")]

    def next_group(self) -> None:
        """Go on to the next group that has a comparison of its own; after the last one to all."""
        at = self.groups.index(self.report.group) + 1
        self.report = replace(self.report, group=self.groups[at % len(self.groups)])

    # Which screen comes next

    def first(self) -> Screen[None]:
        from selfassess.tui.comparison.board import Board

        return Board(self)

    def board(self) -> None:
        """Where one was."""
        self.stage.show(self.first())

    def plan(self) -> None:
        """The plan, with this page behind it."""
        from selfassess.tui.planning.door import present

        if self.plans:
            present(self, self.plans, self.board)

    def home_or_leave(self) -> None:
        self.way_back()

    def help(self) -> None:
        from selfassess.tui.comparison.help import HELP_KEYS, help_words
        from selfassess.tui.screens.help import Help

        names = " ".join(one.id for one in self.report.rounds)
        self.stage.lay_over(Help(self, HELP_KEYS, help_words(f"{self.command} compare {names}")))

"""What was planned before a round, from the plan and a comparison with the round before."""

from collections.abc import Container, Sequence
from dataclasses import replace

from selfassess.errors import SelfAssessError
from selfassess.model.comparison import Named
from selfassess.model.plan import Planned
from selfassess.model.round import Round
from selfassess.report.closed import Closed
from selfassess.report.compared import ComparisonReport, compared
from selfassess.report.comparison_words import since
from selfassess.report.plan_before import earlier, planned_before, round_before
from selfassess.report.round import RoundReport
from selfassess.report.since import Followed, Since
from selfassess.storage.plans import Plans
from selfassess.storage.rounds import Rounds


def with_since(rounds: Rounds, report: RoundReport, closed: Closed | None = None) -> RoundReport:
    """The report of a round with what was planned before it, where something was and the round before is closed;
    `closed` is what was read of the rounds already. What the comparison shows is noted down before anybody sees it."""
    plan = Plans(rounds.project).all()
    before = round_before(rounds, report.round, plan) if plan else None
    if before is None:
        return report
    actions = planned_before(plan, earlier(rounds, before, plan))
    return replace(report, since=_since(rounds, before, report, actions, closed) if actions else None)


def with_plan(rounds: Rounds, report: ComparisonReport) -> ComparisonReport:
    """A comparison of rounds with what was planned after any but the last of them."""
    actions = planned_before(Plans(rounds.project).all(), [one.id for one in report.rounds[:-1]])
    if not actions:
        return report
    found = tuple(_followed(report, one) for one in actions)
    return replace(report, since=Since(before=report.comparison.rounds[0], actions=found))


def _since(
    rounds: Rounds, before: Round, after: RoundReport, actions: Sequence[Planned], closed: Closed | None
) -> Since:
    named = Named(before.id, before.title)
    try:
        report = compared(rounds, (before, after.round), known=after, closed=closed)
    except SelfAssessError as error:  # the report of the round is there all the same
        return Since(before=named, actions=tuple(Followed(planned=one) for one in actions), why_none=error.message)
    return Since(before=named, actions=tuple(_followed(report, one) for one in actions))


def _followed(report: ComparisonReport, planned: Planned) -> Followed:
    cell = _cell(planned, [one.id for one in report.comparison.cells])
    if not planned.node:
        return Followed(planned=planned, cell=cell)
    words = since(report, planned.node, cell)
    return Followed(planned=planned, cell=cell, words=words if cell == "all" else f"{report.title_of(cell)}: {words}")


def _cell(planned: Planned, cells: Container[str]) -> str:
    """The one group that an action is for, where it has a comparison of its own; else all."""
    return planned.groups[0] if len(planned.groups) == 1 and planned.groups[0] in cells else "all"

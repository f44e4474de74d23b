"""What the plan has already of what a report would suggest, and about what it speaks of, in words."""

from collections.abc import Iterator, Sequence

from selfassess.model.finding import Settled, Suggestion
from selfassess.model.plan import Plan, Planned, dropped_before
from selfassess.report.since import ORDER, state
from selfassess.report.wording import Report, notes

SETTLED = "Already in the plan, so not suggested again"


def on(plan: Plan, node: str, group: str | None) -> tuple[Planned, ...]:
    """The actions that are about a node, what is done first; of one group those that are for it, or for everybody."""
    found = [one for one in plan if one.node == node and (group is None or not one.groups or group in one.groups)]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.status)))


def settled(some: Sequence[Settled]) -> tuple[Planned, ...]:
    """The actions of the plan that suggestions are settled by, each once, what is done first."""
    found = {one.planned.id: one.planned for one in some}
    return tuple(sorted(found.values(), key=lambda one: ORDER.index(one.status)))


def stands(planned: Planned) -> str:
    """How an action stands, to be read in brackets: "done in May 2026", "dropped: no money for it"."""
    if planned.status == "dropped" and planned.why:
        return f"dropped: {planned.why.rstrip('.')}"
    return state(planned)


def how(planned: Planned) -> str:
    """The same, and who sees to it: "under way; owner: the chair"."""
    owner = f"owner: {planned.owner}" if planned.owner and planned.is_open else ""
    return "; ".join(filter(None, (stands(planned), owner)))


def why_nothing(settled_by: Sequence[Settled]) -> str:
    """What is said where nothing is suggested."""
    if settled_by:
        return "Nothing new is suggested: all that the results call for is in the plan already."
    return "Nothing is suggested: no gap, split or difference calls for an action."


def asides(report: Report, plan: Plan, round: str, one: Suggestion) -> str:
    """Where a suggestion comes from, which skills it needs, and that it was dropped before."""
    return "; ".join(filter(None, (*_dropped(plan, round, one), notes(report, one))))


def _dropped(plan: Plan, round: str, one: Suggestion) -> Iterator[str]:
    if before := dropped_before(plan, round, one.action.id):
        yield f"it was in the plan before, and {stands(before)}"

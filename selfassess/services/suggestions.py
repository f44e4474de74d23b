"""Take what a round's report suggests into the plan, each suggestion once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from selfassess.errors import UsageError, near
from selfassess.model.attainment import in_points
from selfassess.model.plan import Plan, Planned, one_line
from selfassess.model.reports import RoundReport
from selfassess.model.results import Suggestion
from selfassess.paths import program
from selfassess.project.plans import Plans
from selfassess.project.rounds import Rounds
from selfassess.services.groups import invited_group
from selfassess.services.reports import ClosedRounds, release_for_planning
from selfassess.text import all_there_are

NAMED = 12
"""How many suggestions are named at most where one of them has to be chosen."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A suggestion of a report, as it would stand in the plan."""

    planned: Planned
    suggestion: Suggestion
    """With what calls for it most."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the report of a round suggests now."""

    report: RoundReport
    suggestions: tuple[Offered, ...]
    """What the plan does not have."""


def offer(rounds: Rounds, name: str | None, group: str | None = None) -> Offer:
    """Release the report of a closed round, and find what it suggests; to one group alone where it is named. UsageError
    where the round is not closed, or the group takes no part."""
    round, closed = rounds.get(name), ClosedRounds(rounds)
    whose = None
    if group is not None:
        questionnaire = closed.edition(round).questionnaire
        rounds.check_fits(round, questionnaire)
        whose = invited_group(round, questionnaire, group)
    report = release_for_planning(rounds, round, closed)
    return Offer(report, offered(report, whose))


def offered(report: RoundReport, group: str | None = None) -> tuple[Offered, ...]:
    """What a round's report suggests and the plan does not have, each action once, with what calls for it most; first
    what is about the widest gap of any group. Of one group only what is suggested to it."""
    found: dict[str, list[tuple[float, str, Suggestion]]] = {}
    widest: dict[str, float] = {}
    for whom, suggestions in report.suggestions.items():
        for one in suggestions:
            gap, node = in_points(report.questionnaire, one.ranked), one.ranked.node.id
            found.setdefault(one.action.id, []).append((gap, whom, one))
            widest[node] = max(gap, widest.get(node, gap))
    wanted = [some for some in found.values() if group is None or group in [whom for _, whom, _ in some]]
    most = [(max(some, key=lambda one: one[0])[2], [whom for _, whom, _ in some]) for some in wanted]
    most.sort(key=lambda one: (-widest[one[0].ranked.node.id], one[0].ranked.node.id))
    return tuple(Offered(_planned(report, one, groups), one) for one, groups in most)


def _planned(report: RoundReport, one: Suggestion, groups: Sequence[str]) -> Planned:
    return Planned(
        text=one_line(one.action.text),
        node=one.ranked.node.id,
        groups=() if len(groups) == len(report.suggestions) else tuple(groups),
        skills=one.action.skills,
        round=report.round.id,
        action=one.action.id,
    )


def named(plans: Plans, there: Offer, actions: Sequence[str], standing: Callable[[Planned], str]) -> list[Offered]:
    """The suggestions with these ids. UsageError for one that there is not, or that is in the plan already; `standing`
    puts into words how that stands."""
    settled = {one.suggestion.action.id: one.planned for some in there.report.settled.values() for one in some}
    by_id = {one.planned.action: one for one in there.suggestions}
    wanted = list(dict.fromkeys(actions))
    for id in wanted:
        if id in settled:
            command = program(str(plans.project.path))
            hint = f"It is {settled[id].id}: {standing(settled[id])}. See: {command} plan"
            raise UsageError(f"“{id}” is in the plan already.", hint)
        if id not in by_id:
            hint = near(id, by_id) or (there_is(there.suggestions) if by_id else "Nothing is suggested.")
            raise UsageError(f"The report does not suggest “{id}”.", hint)
    return [by_id[id] for id in wanted]


def there_is(suggestions: Sequence[Offered]) -> str:
    """Which suggestions there are to choose from."""
    return all_there_are("suggestion", [one.planned.action for one in suggestions], most=NAMED)


def take(plans: Plans, chosen: Sequence[Offered]) -> Plan:
    """Take suggestions into the plan, all of them or none. Returns them as they stand there."""
    return plans.add(*(one.planned for one in chosen))


def taken(plans: Plans, chosen: Sequence[Offered], before: Collection[str]) -> list[Planned]:
    """What is in the plan of these suggestions, and is none of the actions that were there before, by their ids."""
    ids = {(one.planned.round, one.planned.action) for one in chosen}
    return [one for one in plans.all() if one.id not in before and (one.round, one.action) in ids]

"""Take what a round's report suggests into the plan, each suggestion once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from selfassess.errors import UsageError
from selfassess.model import priorities
from selfassess.model.plan import Plan, Planned, one_line
from selfassess.model.priorities import Prioritised
from selfassess.model.reports import RoundReport
from selfassess.model.results import Suggestion
from selfassess.paths import program
from selfassess.project.plans import Plans
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.groups import invited_group
from selfassess.services.reports import ClosedRounds, release_for_planning
from selfassess.text import all_there_are, did_you_mean

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
    """What a round's report suggests and the plan does not have, each action once, the most pressing first. Of one
    group only what is suggested to it."""
    return tuple(_offered(report, one) for one in report.prioritised if group is None or group in one.groups)


def all_of(project: Project, round: str) -> Mapping[str, Planned]:
    """All that the report of the closed round with this id suggests: see `as_planned`. UsageError where the round is
    not closed, or there is none."""
    rounds = Rounds(project)
    return as_planned(release_for_planning(rounds, rounds.get(round)))


def as_planned(report: RoundReport) -> Mapping[str, Planned]:
    """All that a round's report suggests, as it would stand in the plan, by the ids of its actions; also what the plan
    has already."""
    every = priorities.prioritised(report.questionnaire, report.called_for)
    return {one.planned.action: one.planned for one in (_offered(report, it) for it in every)}


def first(there: Offer) -> list[Offered]:
    """Of an offer the few to begin with: of all that the report suggests, so that they are the report's."""
    ids = [one.suggestion.action.id for one in priorities.first(there.report.prioritised)]
    return [one for one in there.suggestions if one.planned.action in ids]


def _offered(report: RoundReport, one: Prioritised) -> Offered:
    action = one.suggestion.action
    planned = Planned(
        text=one_line(action.text),
        node=one.suggestion.ranked.node.id,
        groups=() if len(one.by) == len(report.suggestions) else one.by,
        effort=action.effort or "not said",
        skills=action.skills,
        round=report.round.id,
        action=action.id,
    )
    return Offered(planned, one.suggestion)


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
            hint = did_you_mean(id, by_id) or (choices(there.suggestions) if by_id else "Nothing is suggested.")
            raise UsageError(f"The report does not suggest “{id}”.", hint)
    return [by_id[id] for id in wanted]


def choices(suggestions: Sequence[Offered]) -> str:
    """Which suggestions there are to choose from."""
    return all_there_are("suggestion", [one.planned.action for one in suggestions], most=NAMED)


def take(plans: Plans, chosen: Sequence[Offered]) -> Plan:
    """Take suggestions into the plan, all of them or none. Returns them as they stand there."""
    return plans.add(*(one.planned for one in chosen))


def actions_added(plans: Plans, chosen: Sequence[Offered], before: Collection[str]) -> list[Planned]:
    """What is in the plan of these suggestions, and is none of the actions that were there before, by their ids."""
    ids = {(one.planned.round, one.planned.action) for one in chosen}
    return [one for one in plans.all() if one.id not in before and (one.round, one.action) in ids]

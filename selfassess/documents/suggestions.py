"""What a round's report suggests for the plan."""

from dataclasses import dataclass

from selfassess.documents.round.finding_wording import because
from selfassess.model.plan import Planned, one_line
from selfassess.model.priorities import Prioritised, prioritised
from selfassess.model.reports import RoundReport


@dataclass(frozen=True, slots=True)
class Offered:
    """A suggestion of a report, as it would stand in the plan."""

    planned: Planned
    because: str
    """What calls for it."""


def offered(report: RoundReport, group: str | None = None) -> tuple[Offered, ...]:
    """What a round's report suggests and the plan does not have, each action once, the most pressing first. Of one
    group only what is suggested to it."""
    found = prioritised(report.questionnaire, report.suggestions)
    return tuple(_offered(report, one) for one in found if group is None or group in one.groups)


def _offered(report: RoundReport, found: Prioritised) -> Offered:
    one, groups = found.suggestion, found.by
    round, action = report.round.id, one.action
    planned = Planned(
        text=one_line(action.text),
        node=one.ranked.node.id,
        groups=() if len(groups) == len(report.suggestions) else groups,
        effort=action.effort or "not said",
        skills=action.skills,
        round=round,
        action=action.id,
    )
    return Offered(planned, because(report, one))

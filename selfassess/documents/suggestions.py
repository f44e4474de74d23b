"""What a round's report suggests for the plan."""

from dataclasses import dataclass

from selfassess.documents.round.finding_wording import because
from selfassess.model.attainment import in_points
from selfassess.model.plan import Planned, one_line
from selfassess.model.reports import RoundReport
from selfassess.model.results import Suggestion


@dataclass(frozen=True, slots=True)
class Offered:
    """A suggestion of a report, as it would stand in the plan."""

    planned: Planned
    because: str
    """What calls for it."""


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
    return tuple(_offered(report, one, groups) for one, groups in most)


def _offered(report: RoundReport, one: Suggestion, groups: list[str]) -> Offered:
    round, action = report.round.id, one.action
    planned = Planned(
        text=one_line(action.text),
        node=one.ranked.node.id,
        groups=() if len(groups) == len(report.suggestions) else tuple(groups),
        skills=action.skills,
        round=round,
        action=action.id,
    )
    return Offered(planned, because(report, one))

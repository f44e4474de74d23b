"""The plan of a project with what it takes to read it; and what a round's report suggests for it."""

import datetime
from dataclasses import dataclass

from selfassess.definition.library import skill_titles
from selfassess.model.finding import Suggestion
from selfassess.model.plan import Planned
from selfassess.model.plan_fields import Known, one_line
from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
from selfassess.model.round import Round
from selfassess.model.units import has_score
from selfassess.report.edition import edition_of
from selfassess.report.plan import PlanReport
from selfassess.report.round import RoundReport
from selfassess.report.round_seen import because
from selfassess.scoring.gaps import in_points
from selfassess.storage.plans import Plans
from selfassess.storage.project import Project
from selfassess.storage.rounds import Rounds


def plan_of(project: Project, today: datetime.date) -> PlanReport:
    """The plan that is kept in a project."""
    rounds = Rounds(project).all() if project.kind == "shared" else ()
    return PlanReport(
        plan=Plans(project).all(),
        known=_known(project, rounds),
        today=today,
        rounds={round.id: round.title for round in rounds},
        made_up=project.is_made_up,
    )


def _known(project: Project, rounds: tuple[Round, ...]) -> Known:
    """Everything that the questionnaires of a project ask about. Where two of them have a thing with the same id, it is
    called as in the round whose name comes last."""
    frozen, of_rounds = project.frozen_all(), [round.questionnaire for round in rounds]
    nodes: dict[str, str] = {}
    groups: dict[str, str] = {}
    skills: dict[str, str] = {}
    for sha256 in (*(one for one in sorted(frozen) if one not in of_rounds), *of_rounds):
        questionnaire = edition_of(project, sha256).questionnaire
        nodes |= _titles(questionnaire)
        groups |= {group.id: group.title for group in questionnaire.groups}
        skills |= skill_titles(questionnaire)
        skills |= {one.id: one.title for strand in questionnaire.strands for one in strand.skills}
    return Known(nodes, groups, skills)


def _titles(questionnaire: Questionnaire) -> dict[str, str]:
    found: list[Strand | Benchmark] = []
    for strand in questionnaire.strands:
        found += [strand, *strand.middle]
    return {node.id: node.title for node in found if has_score(questionnaire, node)}


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

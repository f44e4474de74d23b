"""The plan of a project with what it takes to read it."""

import datetime

from selfassess.definition.library import skill_titles
from selfassess.model.plan_fields import Known
from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
from selfassess.model.round import Round
from selfassess.model.units import has_score
from selfassess.report.edition import edition_of
from selfassess.report.plan import PlanReport
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

"""Read a round about skills and a round about the partnership together with the plan."""

from collections.abc import Callable
from dataclasses import replace

from selfassess.definition.comparability import comparability
from selfassess.errors import SelfAssessError
from selfassess.model.comparison import Named
from selfassess.model.coverage import KnownSkills
from selfassess.model.learning import Learning, StockBefore, learning_needs, stock_before
from selfassess.model.plan import needing_skills
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.reports import ComparisonReport, RoundReport
from selfassess.model.round import Round
from selfassess.project.plans import Plans
from selfassess.project.rounds import Rounds
from selfassess.services.plan import previous_round
from selfassess.services.projects import last_reported, why_unreported
from selfassess.services.reports import ClosedRounds, release_report


def with_learning(rounds: Rounds, report: RoundReport, closed: ClosedRounds) -> RoundReport:
    """Add to the report of a round what there is to learn: to one about skills which of them fall short and what hangs
    on that; to one about the partnership whether the skills are there that the plan needs. The other round is the last
    of the project that was reported on already: nothing is published of it that was not."""
    if report.stock is not None:
        return replace(report, learning=_of_skills(rounds, report, closed))
    if report.questionnaire.skills_from is not None:
        return replace(report, learning=_of_partnership(rounds, report, closed))
    return report


def with_skills(rounds: Rounds, report: ComparisonReport, closed: ClosedRounds) -> ComparisonReport:
    """Add to a comparison of two rounds about skills which of them were covered then and are now, as their own reports
    tell it."""
    if not report.questionnaire.needed_skills:
        return report
    first, last = report.comparison.rounds
    then, now = (release_report(rounds, rounds.get(one.id), closed).stock for one in (first, last))
    if then is None or now is None:
        return report
    return replace(report, skills=stock_before(first, then, now, report.comparison.comparability.same))


def _of_skills(rounds: Rounds, report: RoundReport, closed: ClosedRounds) -> Learning | None:
    id = report.questionnaire.id
    partner, why = _other(rounds, report.round, closed, lambda asked: asked.skills_from == id, "the partnership")
    found = _learning(rounds, report, partner)
    return found and replace(found, why_alone=why, before=_before(rounds, report, closed))


def _of_partnership(rounds: Rounds, report: RoundReport, closed: ClosedRounds) -> Learning | None:
    """None where no round about these skills was reported on."""
    id = report.questionnaire.skills_from
    about_skills, _ = _other(
        rounds, report.round, closed, lambda asked: asked.id == id and bool(asked.needed_skills), "skills"
    )
    return None if about_skills is None else _learning(rounds, about_skills, report)


def _learning(rounds: Rounds, about_skills: RoundReport, partner: RoundReport | None) -> Learning | None:
    skills = known_skills(about_skills)
    if skills is None:
        return None
    plan = Plans(rounds.project).all()
    return Learning(
        skills=skills,
        needs=learning_needs(skills.stock, plan, partner.gaps if partner else ()),
        planned=needing_skills(plan),
        beside=None if partner is None else Named(partner.round.id, partner.round.title),
    )


def known_skills(about_skills: RoundReport) -> KnownSkills | None:
    """What the report of a round about skills tells of them; None where no skill says who needs it."""
    if about_skills.stock is None:
        return None
    asked = about_skills.questionnaire
    cells = ("all", *(one.id for one in about_skills.groups))
    return KnownSkills(
        asked=Named(about_skills.round.id, about_skills.round.title),
        stock=about_skills.stock,
        cells={id: about_skills.title_of(id) for id in cells},
        titles={skill.id: skill.title for strand in asked.strands for skill in strand.skills},
    )


def _other(
    rounds: Rounds, here: Round, closed: ClosedRounds, suits: Callable[[Questionnaire], bool], about: str
) -> tuple[RoundReport | None, str]:
    """The report of the last round beside this one that suits; where there is none, why, in a sentence."""
    found = [one for one in rounds.all() if one.id != here.id and suits(closed.edition(one).questionnaire)]
    if not found:
        return None, f"There is no round about {about} in this project yet."
    last = last_reported(rounds, found)
    if last is None:
        return (
            None,
            f"{why_unreported(found)}, so we can't say here which gaps of the partnership depend on these skills.",
        )
    try:
        return release_report(rounds, last, closed), ""
    except SelfAssessError as error:  # this report is there all the same
        return None, error.message


def _before(rounds: Rounds, report: RoundReport, closed: ClosedRounds) -> StockBefore | None:
    """The stock-take of the round before, where that was reported on."""
    before = previous_round(rounds, report.round, Plans(rounds.project).all())
    if before is None or report.stock is None or not rounds.released(before.id):
        return None
    asked = closed.edition(before).questionnaire
    if asked.id != report.questionnaire.id:
        return None
    then = release_report(rounds, before, closed).stock
    if then is None:
        return None
    same = comparability(asked, report.questionnaire, forms=(before.form, report.round.form)).same
    return stock_before(Named(before.id, before.title), then, report.stock, same)

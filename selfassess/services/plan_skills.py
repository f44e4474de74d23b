"""Whether the skills are there that a plan needs.

Most plans need none, or no round tells of any: then nothing is loaded that computes.
"""

from dataclasses import replace

from selfassess.errors import SelfAssessError
from selfassess.model.plan import needing_skills
from selfassess.model.plan_report import PlanReport
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.projects import edition_of, last_reported, why_unreported


def with_skills_there(project: Project, report: PlanReport) -> PlanReport:
    """Add to a plan whether the skills are there that its actions need, by the last round about skills that was
    reported on: nothing is published of one that was not. Answers are read only where there is such a round, and
    something that is still to be done needs a skill."""
    if project.kind == "personal" or not needing_skills(report.plan):
        return report
    rounds = Rounds(project)
    found = [one for one in rounds.all() if edition_of(project, one.questionnaire).questionnaire.needed_skills]
    if not found:
        return report
    last = last_reported(rounds, found)
    if last is None:
        unsaid = f"{why_unreported(found)}, so we can't say whether the plan has the skills that it needs."
        return replace(report, why_no_skills=unsaid)
    from selfassess.services.learning import known_skills  # they load numpy
    from selfassess.services.reports import release_report

    try:
        return replace(report, skills=known_skills(release_report(rounds, last)))
    except SelfAssessError as error:  # the plan is there all the same
        return replace(report, why_no_skills=error.message)

"""A closed round of a project as a report, noted down as released before anybody sees it."""

from dataclasses import replace

from selfassess.errors import TooLittleError, UsageError
from selfassess.model.round import Round
from selfassess.paths import program
from selfassess.report.edition import edition_of
from selfassess.report.plan_before import plan_about, plan_before
from selfassess.report.round import RoundReport, round_report
from selfassess.storage.rounds import Rounds


def released(rounds: Rounds, round: Round) -> RoundReport:
    """The report of a round, made from everything in its project. UsageError where it is not closed, TooLittleError
    where there is too little to report; nothing is noted down then."""
    command = program(str(rounds.project.path))
    if round.state != "closed":
        raise UsageError(
            f"The round “{round.title}” is not closed, and before that nothing is told but how many are in.",
            f"See how many: {command} round status {round.id}\nClose it: {command} round close {round.id}",
        )
    project = rounds.project
    edition = edition_of(project, round.questionnaire)
    rounds.check_fits(round, edition.questionnaire)
    before = rounds.released(round.id)
    try:
        report, shown = round_report(
            edition,
            round,
            rounds.answers_by_group(round.id),
            rounds.texts(round.id),
            rounds.agreed(round.id),
            before,
            plan=plan_before(rounds, round, edition.questionnaire),
            reported=rounds.reported(round.id),
            made_up=project.is_made_up,
        )
    except TooLittleError as error:
        hint = f"Nothing was shown, so the round can be opened again: {command} round reopen {round.id}"
        raise TooLittleError(error.message, error.hint if before else hint) from None
    rounds.release(round.id, shown)
    return report


def with_plan_now(rounds: Rounds, report: RoundReport) -> RoundReport:
    """A report with all of the plan as it is now, with what was taken from it: for whoever goes on planning."""
    return replace(report, plan=plan_about(rounds.project, report.questionnaire))

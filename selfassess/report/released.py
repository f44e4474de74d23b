"""A closed round of a project as a report, noted down as released before anybody sees it."""

from dataclasses import replace

from selfassess.errors import TooLittleError
from selfassess.model.round import Round
from selfassess.paths import program
from selfassess.report.closed import Closed
from selfassess.report.plan_before import plan_about, plan_before
from selfassess.report.reportable import check_closed
from selfassess.report.round import RoundReport, report_of
from selfassess.storage.rounds import Rounds


def released(rounds: Rounds, round: Round, closed: Closed | None = None) -> RoundReport:
    """The report of a round, made from everything in its project; `closed` is what was read of that already. UsageError
    where it is not closed, TooLittleError where there is too little to report; nothing is noted down then."""
    check_closed(round, str(rounds.project.path))
    closed = closed or Closed(rounds)
    edition = closed.edition(round)
    rounds.check_fits(round, edition.questionnaire)
    before = rounds.released(round.id)
    try:
        report, shown = report_of(
            edition,
            round,
            closed.results(round),
            rounds.texts(round.id),
            rounds.agreed(round.id),
            before,
            plan=plan_before(rounds, round, edition.questionnaire),
            reported=rounds.reported(round.id),
            made_up=rounds.project.is_made_up,
        )
    except TooLittleError as error:
        command = program(str(rounds.project.path))
        hint = f"Nothing was shown, so the round can be opened again: {command} round reopen {round.id}"
        raise TooLittleError(error.message, error.hint if before else hint) from None
    rounds.release(round.id, shown)
    return report


def with_plan_now(rounds: Rounds, report: RoundReport) -> RoundReport:
    """A report with all of the plan as it is now, with what was taken from it: for whoever goes on planning."""
    return replace(report, plan=plan_about(rounds.project, report.questionnaire))

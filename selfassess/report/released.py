"""A closed round of a project as a report, noted down as released before anybody sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from selfassess.disclosure.cells import ALL
from selfassess.disclosure.release import release_all
from selfassess.disclosure.release_log import Shown
from selfassess.errors import TooLittleError
from selfassess.model.round import Round
from selfassess.model.summary import Cell
from selfassess.paths import program
from selfassess.report.closed import Closed
from selfassess.report.plan_before import plan_about, plan_before
from selfassess.report.precision import cell_as_told
from selfassess.report.reportable import check_closed
from selfassess.report.round import RoundReport, check_enough, report_of
from selfassess.storage.rounds import Rounds


def released(rounds: Rounds, round: Round, closed: Closed | None = None) -> RoundReport:
    """The report of a round, made from everything in its project; `closed` is what was read of that already. UsageError
    where it is not closed, TooLittleError where there is too little to report; nothing is noted down then."""
    check_closed(round, str(rounds.project.path))
    closed = closed or Closed(rounds)
    edition = closed.edition(round)
    rounds.check_fits(round, edition.questionnaire)
    before = rounds.released(round.id)
    with _said_how_to_reopen(rounds, round, before):
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
            decided=closed.decided(round),
        )
    closed.release(round, shown)
    return report


def all_released(rounds: Rounds, round: Round, closed: Closed) -> Cell:
    """The figures of all in the report of a closed round, but for their agreement, for whoever needs no others. As much
    of the round is noted down as released as by that report. TooLittleError where there is too little to report;
    nothing is noted down then."""
    rounds.check_fits(round, closed.edition(round).questionnaire)
    before, results, decided = rounds.released(round.id), closed.results(round), closed.decided(round)
    cells, _ = decided
    with _said_how_to_reopen(rounds, round, before):
        check_enough(round, int(cells.members[ALL].sum()), len(results.answers))
    found, shown = release_all(round, results, before, decided)
    closed.release(round, shown)
    return cell_as_told(results.answers.questionnaire, found)


@contextmanager
def _said_how_to_reopen(rounds: Rounds, round: Round, before: frozenset[Shown]) -> Iterator[None]:
    """Where too few handed in and nothing was shown, say that more can."""
    try:
        yield
    except TooLittleError as error:
        command = program(str(rounds.project.path))
        hint = f"Nothing was shown, so the round can be opened again: {command} round reopen {round.id}"
        raise TooLittleError(error.message, error.hint if before else hint) from None


def with_plan_now(rounds: Rounds, report: RoundReport) -> RoundReport:
    """A report with all of the plan as it is now, with what was taken from it: for whoever goes on planning."""
    return replace(report, plan=plan_about(rounds.project, report.questionnaire))

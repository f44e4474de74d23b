"""A closed round of a project as a report, noted down as released before anybody sees it."""

from selfassess.definition.reader import restore
from selfassess.errors import UsageError
from selfassess.model.round import Round
from selfassess.report.round import RoundReport, round_report
from selfassess.storage.rounds import Rounds


def released(rounds: Rounds, round: Round) -> RoundReport:
    """The report of a round, made from everything in its project. UsageError where it is not closed, TooLittleError
    where there is too little to report; nothing is noted down then."""
    if round.state != "closed":
        raise UsageError(
            f"The round “{round.title}” is not closed, and before that nothing is told but how many are in.",
            f"See how many: selfassess round status {round.id}. Close it: selfassess round close {round.id}.",
        )
    project = rounds.project
    edition = restore(str(project.path), project.frozen(round.questionnaire))
    rounds.check_fits(round, edition.questionnaire)
    report, shown = round_report(
        edition,
        round,
        rounds.answers(round.id),
        rounds.texts(round.id),
        rounds.agreed(round.id),
        rounds.released(round.id),
        made_up=project.is_made_up,
    )
    rounds.release(round.id, shown)
    return report

"""Decide what a round will show once it is closed, so that nobody waits for it at its first report.

Nothing is shown by that, so nothing is written to the release log, and the round can still be opened again.
"""

from contextlib import suppress

from selfassess.disclosure.cells import ALL
from selfassess.disclosure.compare import foresee
from selfassess.disclosure.matching import Occasion, Pair
from selfassess.disclosure.release import log_after
from selfassess.errors import SelfAssessError
from selfassess.model.round import Foreseen, Round
from selfassess.project.plans import Plans
from selfassess.project.rounds import Rounds
from selfassess.services import stored_decisions
from selfassess.services.comparisons import Versions, has_something_in_common
from selfassess.services.plan import previous_round
from selfassess.services.reports import ClosedRounds, check_enough_respondents


def decide_ahead(rounds: Rounds, round: Round) -> None:
    """Decide what the report of a closed round will show, and what its comparison with the round before it will, where
    that is closed too. Does nothing for a round of which a report was made, or that has none."""
    closed = ClosedRounds(rounds)
    with suppress(SelfAssessError):  # what is wrong is said by the report
        if rounds.released(round.id):
            return
        after = _as_reported(closed, round)
        rounds.foresee(round.id, "report", Foreseen(stored_decisions.basis(round, after.answers), (after.shown,)))
        before = previous_round(rounds, round, Plans(rounds.project).all())
        if before is None:
            return
        versions = Versions(rounds, closed)
        whole = versions.comparability(before, round)
        pair = Pair(_as_reported(closed, before), after, whole)
        if has_something_in_common(whole) and pair.cells[1].groups[ALL]:
            earlier = versions.earlier(pair)
            found = Foreseen(stored_decisions.basis_of_pair(pair, earlier), foresee(pair, earlier))
            rounds.foresee(round.id, "comparison", found)


def _as_reported(closed: ClosedRounds, round: Round) -> Occasion:
    """A round as it will be once its report was made. TooLittleError where there is none to be made."""
    found, decided = closed.occasion(round), closed.decided(round)
    check_enough_respondents(round, int(decided[0].members[ALL].sum()), len(found.answers))
    return found.after(log_after(found.results, decided, found.shown), decided)

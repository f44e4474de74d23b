"""How far a round is, and what the person who runs it does next."""

from dataclasses import dataclass
from typing import Literal

from selfassess.model.round import Counts, Round
from selfassess.project.plans import Plans
from selfassess.project.rounds import Rounds

Step = Literal["invite", "others", "open", "wait", "close", "report", "plan", "ask again"]
"""What comes next: people are invited, then those of the groups that have no codes yet, the round is opened, one waits
until enough are in, it is closed, its report is made, something is decided, and after some time the same is asked
again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a round is. Nothing in it says what anybody answered."""

    round: Round
    counts: Counts
    is_released: bool
    """Whether a report has been made."""
    next: Step

    @property
    def handed_in(self) -> int:
        """How many people have handed in."""
        return sum(self.counts.handed_in.values())

    @property
    def invited(self) -> int:
        """How many people are invited."""
        return sum(self.round.invited.values())


def progress_of(rounds: Rounds, round: Round) -> Progress:
    """How far a round is."""
    counts, is_released = rounds.counts(round.id), bool(rounds.released(round.id))
    return Progress(
        round=round, counts=counts, is_released=is_released, next=_next(rounds, round, counts, is_released=is_released)
    )


def running(rounds: Rounds) -> tuple[Progress, ...]:
    """The progress of every round that is not closed; open rounds come first."""
    found = [progress_of(rounds, one) for one in rounds.all() if one.state != "closed"]
    return tuple(sorted(found, key=lambda one: one.round.state != "open"))


def _next(rounds: Rounds, round: Round, counts: Counts, *, is_released: bool) -> Step:
    match round.state:
        case "closed":
            return "report" if not is_released else "ask again" if Plans(rounds.project).all() else "plan"
        case _ if not rounds.is_fixed(round.id):  # so nobody was invited, and no form was printed
            return "invite"
        case "new":
            return "others" if _some_have_codes(round, counts) else "open"
    everybody = all(counts.handed_in[group] >= number for group, number in round.invited.items())
    return "close" if everybody else "wait"


def _some_have_codes(round: Round, counts: Counts) -> bool:
    """Whether codes were issued to some groups and not to others, who can only answer on paper."""
    return round.rules.codes and len({counts.codes.get(group, 0) > 0 for group in round.invited}) > 1

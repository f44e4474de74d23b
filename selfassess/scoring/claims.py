"""What may be said of several changes that are looked at together, such as those of all strands.

Whoever looks at eight strands in which nothing happened finds "something" in one of three rounds. So each test is
held to the number of tests.
"""

from collections.abc import Mapping, Sequence

from selfassess.model.change import Change, Claim, Everybody, Matched
from selfassess.scoring.welch import ALIKE_FROM, LEVEL

LEAST = 0.5
"""Points: a change below this is shown as 0, so it is not told as a move."""
TOP_PERCENT = 40
TOP = f"more than {TOP_PERCENT} % were at the top already"


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """Probabilities after Holm, in the same order: that any of the tests would look like this where nothing is.

    The smallest of m times m, the next times m - 1, and so on, each at least as large as the one before and at most 1
    (S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979),
    65-70).
    """
    adjusted, highest = [0.0] * len(ps), 0.0
    for place, which in enumerate(sorted(range(len(ps)), key=lambda one: ps[one])):
        highest = max(highest, min((len(ps) - place) * ps[which], 1.0))
        adjusted[which] = highest
    return tuple(adjusted)


def claims(changes: Mapping[str, Change]) -> dict[str, Claim]:
    """What may be said of each change, by id. They are one family: give all strands of one group (or of all) together,
    in the view that is the headline; benchmarks are a family of their own.

    A complete count and a change that is told in words need no test, and too few people can have none; none of these
    makes it harder for the others. Only where nobody moved a test counts that finds nothing. Of what is `bare` nothing
    is claimed but facts: a claim that rests on a test tells how differently people moved.
    """
    tested = {id: p for id, change in changes.items() if (p := tested_by(change)) is not None}
    adjusted = dict(zip(tested, holm(list(tested.values())), strict=True))
    return {id: _claim(change, adjusted.get(id), len(tested)) for id, change in changes.items()}


def tested_by(change: Change) -> float | None:
    """The probability that a claim rests on: of the paired t or Welch's test. Of people who all moved alike, for whom
    there is no t test, of their ranks, which for n of them is 2 in 2ⁿ; 1 where nobody moved. None where none is due."""
    if change.few or change.complete:
        return None
    if isinstance(change, Matched) and change.alike:
        return 1.0 if change.alike == "nobody moved" else 2 * 0.5**change.n
    return change.p


def _claim(change: Change, p: float | None, family: int) -> Claim:
    if isinstance(change, Matched) and change.alike and change.n >= ALIKE_FROM:
        return _alike(change)
    why = _grounds(change, p)
    if not why:
        return Claim(says="too few to tell", because=_why_too_few(change))
    why_not = _why_not(change, p, family)
    if why_not:
        stuck = _is_at_top(change) and change.points > -LEAST
        return Claim(
            says="cannot rise" if stuck else "no change we could detect", because=TOP if stuck else why_not, p=p
        )
    return Claim(says="moved up" if change.points > 0 else "moved down", because=why, p=p)


def _alike(change: Matched) -> Claim:
    """Of enough people who all changed by the same amount, or not at all."""
    if change.alike == "all moved alike":
        return Claim(says="all moved alike", because=f"all {change.n} changed by the same amount")
    if _is_at_top(change):
        return Claim(says="cannot rise", because=TOP)
    return Claim(says="nobody moved", because=f"all {change.n} have the same score as before")


def _grounds(change: Change, p: float | None) -> str:
    """Why a move could be told, in words; "" where it could not be, however large."""
    if change.complete:
        whom = "both times" if isinstance(change, Matched) else "in either round"
        return f"all who were invited {whom} are counted, so it is a fact about these people"
    if p is not None:
        return "chance alone would seldom make it so large"
    if isinstance(change, Everybody) and change.one_mind and min(change.n) >= ALIKE_FROM:
        return "all said the same before, and all said the same after"
    return ""


def _why_too_few(change: Change) -> str:
    if change.few:
        return "among so few, chance alone could have made any change"
    if change.at_top is None:
        return "so few that nothing is told beyond their mean"
    if isinstance(change, Everybody) and 1 in change.n:
        return "one person alone has a score in one of the rounds"
    return "all said the same in one of the rounds, so nobody knows how far chance reaches"


def _why_not(change: Change, p: float | None, family: int) -> str:
    """Why nothing is made of a change, in words; "" where it is a move."""
    if abs(change.points) < LEAST:
        return "unrounded, it is less than half a point"
    if change.noise is not None and abs(change.points) <= change.noise:
        return "errors of measurement alone could have made it"
    if p is None or p < LEVEL:
        return ""
    alone = tested_by(change)
    if alone is not None and alone < LEVEL:
        return f"among {family} that are looked at together, chance alone could have made one such change"
    return "chance alone could have made it"


def _is_at_top(change: Change) -> bool:
    """Whether more than 40 % had the highest score before. In whole numbers: 2 of 5 are 40 %, whatever floats make
    of it."""
    n = change.n if isinstance(change, Matched) else change.n[0]
    return change.at_top is not None and 100 * change.at_top > TOP_PERCENT * n

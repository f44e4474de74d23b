"""What changed between two rounds: among those who were found in both, and among all who answered.

Scores come as shares (0 to 1; nan: no score) on the items that both rounds asked alike; all that goes out is in points
(0 to 100). Nothing is withheld here: that is for the privacy stage.
"""

import math
from dataclasses import replace
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from selfassess.model.change import Everybody, Matched, NotMatched, View
from selfassess.model.summary import Range
from selfassess.scoring.ranks import signed_ranks
from selfassess.scoring.score import Shares
from selfassess.scoring.welch import DIGITS, LEVEL, Side, Tested, can_tell, student, unseen, welch

Two = tuple[int | None, int | None]
"""How many were invited before, and after; None where nobody knows."""
Alphas = tuple[float | None, float | None]
"""Alpha of the node before, and after; None where there is none."""


def matched(
    before: Shares, after: Shares, invited: Two = (None, None), alphas: Alphas = (None, None)
) -> Matched | None:
    """How the people who have a score in both rounds changed; None where there is nobody.

    The same place in both arrays is the same person. ValueError where they are not equally long.

    The interval is that of the mean change d of all M who were invited both times: d ± t(0.975; n - 1) times
    s/√n · √(1 - n/M), s being the standard deviation of the changes (Student, The probable error of a mean, Biometrika
    6 (1908), 1-25, with Cochran's finite population correction), cut to -100 to 100. M itself is not known, since
    nobody keeps who was invited: taken for it is the smaller number invited, which it cannot pass. So the interval is
    wider than it need be, never narrower. Where as many are matched as that, they are all there are; where more are,
    the number is wrong and nothing is gained from it. As with one round, it holds where it is chance who was silent in
    one of the rounds or gave no code.
    """
    if before.shape != after.shape:
        raise ValueError("the same place in both must be the same person")
    both = ~np.isnan(before) & ~np.isnan(after)
    n = int(both.sum())
    if not n:
        return None
    # The change first, then rounded: otherwise 1/3 to 2/3 would not be as far as 0 to 1/3.
    changes = np.round(100 * after[both] - 100 * before[both], DIGITS)
    sides = Side.of(before[both], n), Side.of(after[both], n)
    most = min((number for number in invited if number is not None), default=None)
    points = round(math.fsum(changes.tolist()) / n, DIGITS)
    is_alike = n > 1 and float(np.ptp(changes)) == 0
    sd = None if n < 2 else 0.0 if is_alike else _deviation(changes, points)
    test = student(points, unseen(n, most) * sd**2 / n, n - 1) if sd and n != most else None
    return Matched(
        n=n,
        mean=(sides[0].mean, sides[1].mean),
        points=points,
        sd=None if sd is None else round(sd, DIGITS),
        interval=_interval(test, points, n == most),
        up=int((changes > 0).sum()),
        same=int((changes == 0).sum()),
        down=int((changes < 0).sum()),
        at_top=sides[0].at_top,
        complete=n == most,
        few=2 * 0.5**n >= LEVEL,
        alike=None if not is_alike else "all moved alike" if points else "nobody moved",
        p=test.p if test else None,
        p_by_ranks=signed_ranks(changes),
        noise=_noise(sides, alphas),
    )


def everybody(
    before: Shares, after: Shares, invited: Two = (None, None), alphas: Alphas = (None, None)
) -> Everybody | None:
    """How the mean of all who answered changed; None where a round has no score at all.

    Welch's interval takes both rounds for different people. Many will be the same and much like themselves, so that
    it is wider than it need be: it errs on the side of finding nothing. Where all who were invited answered, in both
    rounds, the change is a fact about these people and the interval nothing but the change.
    """
    sides = Side.of(before, invited[0]), Side.of(after, invited[1])
    then, now = sides
    if not then.n or not now.n:
        return None
    points = round(now.mean - then.mean, DIGITS)
    complete = then.is_complete and now.is_complete
    test = None if complete else welch(now, then)
    return Everybody(
        n=(then.n, now.n),
        mean=(then.mean, now.mean),
        points=points,
        interval=_interval(test, points, complete),
        at_top=then.at_top,
        complete=complete,
        few=not can_tell(then.n, now.n),
        one_mind=then.is_constant and now.is_constant,
        p=test.p if test else None,
        noise=_noise(sides, alphas),
    )


Found = TypeVar("Found", Matched, Everybody)


def bare(change: Found) -> Found:
    """The same, with nothing but how many, their means and the change: all that is shown of fewer people than details
    need. A fact stays one."""
    if isinstance(change, Everybody):
        return replace(change, interval=None, at_top=None, one_mind=False, p=None, noise=None)
    return replace(
        change,
        sd=None,
        interval=None,
        up=None,
        same=None,
        down=None,
        at_top=None,
        alike=None,
        p=None,
        p_by_ranks=None,
        noise=None,
    )


def _interval(test: Tested | None, points: float, complete: bool) -> Range | None:
    return Range(points, points) if complete else test.interval if test else None


def _deviation(values: NDArray[np.float64], mean: float) -> float:
    return math.sqrt(math.fsum(((values - mean) ** 2).tolist()) / (len(values) - 1))


def _noise(sides: tuple[Side, Side], alphas: Alphas) -> float | None:
    """What errors of measurement alone could make of the difference of two means, in 95 of 100 cases.

    1.96 times √(e₁²/n₁ + e₂²/n₂), e = s √(1 - alpha) being the standard error of measurement (F. M. Lord and M. R.
    Novick, Statistical Theories of Mental Test Scores, 1968, ch. 3) in each round. That is at the least: alpha knows
    what differs from item to item, not what differs from day to day. An alpha below 0 counts as 0. None without both
    alphas, and for one person.
    """
    if alphas[0] is None or alphas[1] is None or min(side.n for side in sides) < 2:
        return None
    errors = [side.variance * (1 - max(alpha or 0, 0)) / side.n for side, alpha in zip(sides, alphas, strict=True)]
    return round(NormalDist().inv_cdf(1 - LEVEL / 2) * math.sqrt(math.fsum(errors)), DIGITS)


# Which of the two is told


def not_matched(matched: int, before: int, after: int) -> NotMatched:
    """How many of each round were not found in the other. ValueError where more are matched than there are."""
    if not 0 <= matched <= min(before, after):
        raise ValueError("more are matched than answered")
    return NotMatched(before - matched, after - matched)


def headline(matched: int, before: int, after: int) -> View:
    """Which view speaks for the change: those who are matched, where they are at least half of the smaller round;
    else everybody, and then it has to be said that fewer than half could be found again."""
    return "matched" if matched and 2 * matched >= min(before, after) else "everybody"


def stands_beside_everybody(matched: int, before: int, after: int, least: int) -> bool:
    """Whether those who are matched may be told of beside everybody, whom the rounds' own reports tell of: from how
    many have a score in both rounds, before, after. They are at least `least`, and those not matched are nobody or as
    many, in each round: the mean of everybody less that of the matched is the mean of the rest."""
    rest = not_matched(matched, before, after)
    return matched >= max(least, 1) and all(not few or few >= least for few in (rest.before, rest.after))

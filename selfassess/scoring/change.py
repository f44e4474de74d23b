"""What changed between two rounds, among linked respondents and among everybody, with the exact signed-rank test.

Scores come as shares (0 to 1; nan: no score) on the items that both rounds asked alike; all that goes out is in points
(0 to 100). Nothing is suppressed here: that is for `disclosure`.
"""

import math
from dataclasses import replace
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from selfassess.model.comparison import Everybody, Matched, NotMatched, View
from selfassess.scoring.columns import Tally
from selfassess.scoring.intervals import DIGITS, LEVEL, Known, Side, can_tell, student, welch
from selfassess.scoring.scores import Shares

RANKS_TO = 400
"""Up to how many people it is worked out: the time grows with their third power."""


def signed_ranks(changes: NDArray[np.float64]) -> float | None:
    """The probability, by chance alone, of signed ranks as one-sided as those of `changes` (no nan; equal changes are
    equal numbers) or more so, towards either side. None where nobody changed, and for more than RANKS_TO people.

    Changes are ranked by their size, those of 0 among them, ties sharing the mean of their ranks; then the zeros are
    dropped (J. W. Pratt, Remarks on zeros and ties in the Wilcoxon signed rank procedures, Journal of the American
    Statistical Association 54 (1959), 655-667). Each rank that is left is above or below 0 with equal chances, and
    the sum of those above is as far from its middle as it is, or further, in this share of all the ways.
    """
    moved = changes != 0
    if not moved.any() or len(changes) > RANKS_TO:
        return None
    doubled = doubled_ranks(np.abs(changes))
    chances = _chances(doubled[moved])
    # The distribution is the same from either end.
    above, below = int(doubled[changes > 0].sum()), int(doubled[changes < 0].sum())
    return min(1.0, 2 * float(chances[: min(above, below) + 1].sum()))


def doubled_ranks(sizes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Twice the rank of each size, from the smallest up: whole numbers, even where ties share the mean of theirs."""
    _, which, times = np.unique(sizes, return_inverse=True, return_counts=True)
    last = np.cumsum(times)
    doubled: NDArray[np.int64] = (2 * last - times + 1)[which].astype(np.int64)
    return doubled


def _chances(doubled: NDArray[np.int64]) -> NDArray[np.float64]:
    """By sum, the chance of it where each of these numbers is added or left out with equal chances."""
    chances = np.zeros(int(doubled.sum()) + 1)
    chances[0], reached = 1.0, 0
    for number in sorted(doubled.tolist()):
        with_it = np.zeros(reached + number + 1)
        with_it[: reached + 1] += chances[: reached + 1] / 2
        with_it[number:] += chances[: reached + 1] / 2
        reached += number
        chances[: reached + 1] = with_it
    return chances


Errors = tuple[float | None, float | None]
"""The standard error of measurement of one person's score, in points, before and after; None where nobody knows."""
Means = tuple[float | None, float | None]


def matched(
    before: Shares, after: Shares, errors: Errors = (None, None), means: Means = (None, None)
) -> Matched | None:
    """How the people who have a score in both rounds changed; None where there is nobody.

    The same place in both arrays is the same person. ValueError where they are not equally long. `means` (shares) are
    those of all that they answered, before and after; None: those of their scores.

    The interval is that of their mean change d: d ± t(0.975; n - 1) · s/√n, s being the standard deviation of the
    changes (Student, The probable error of a mean, Biometrika 6 (1908), 1-25), cut to -100 to 100.
    """
    if before.shape != after.shape:
        raise ValueError("the same place in both must be the same person")
    both = ~np.isnan(before) & ~np.isnan(after)
    n = int(both.sum())
    if not n:
        return None
    # The change first, then rounded: otherwise 1/3 to 2/3 would not be as far as 0 to 1/3.
    changes = np.round(100 * after[both] - 100 * before[both], DIGITS)
    then, now = Side.of(before[both], means[0]), Side.of(after[both], means[1])
    own = math.fsum(changes.tolist()) / n
    points = round(own if None in means else now.mean - then.mean, DIGITS)
    is_alike = n > 1 and float(np.ptp(changes)) == 0
    sd = None if n < 2 else 0.0 if is_alike else _deviation(changes, own)
    test = student(points, sd**2 / n, n - 1) if sd else None
    return Matched(
        n=n,
        mean=(then.mean, now.mean),
        points=points,
        sd=None if sd is None else round(sd, DIGITS),
        interval=test.interval if test else None,
        up=int((changes > 0).sum()),
        same=int((changes == 0).sum()),
        down=int((changes < 0).sum()),
        at_top=then.at_top,
        few=2 * 0.5**n >= LEVEL,
        alike=None if not is_alike else "all moved alike" if round(own, DIGITS) else "nobody moved",
        p=test.p if test else None,
        error=test.error if test else None,
        df=test.df if test else None,
        p_by_ranks=signed_ranks(changes),
        noise=_noise((n, n), errors),
    )


def everybody(
    before: Shares | Tally,
    after: Shares | Tally,
    errors: Errors = (None, None),
    means: Means = (None, None),
    known: tuple[Known, Known] | None = None,
) -> Everybody | None:
    """How the mean of all who answered changed; None where a round has no score at all. `means` are as above. `known`:
    what may be known of either round; None: everything.

    Welch's interval takes both rounds for different people. Many will be the same and much like themselves, so that
    it is wider than it need be: it errs on the side of finding nothing.
    """
    then, now = Side.of(before, means[0]), Side.of(after, means[1])
    if not then.n or not now.n:
        return None
    of_then, of_now = known or (Known.of(then), Known.of(now))
    test = welch(of_now, of_then)
    return Everybody(
        n=(then.n, now.n),
        mean=(then.mean, now.mean),
        points=round(now.mean - then.mean, DIGITS),
        interval=test.interval if test else None,
        at_top=then.at_top,
        few=not can_tell(then.n, now.n),
        one_mind=of_then.variances == of_now.variances == (0.0,),
        p=test.p if test else None,
        error=test.error if test else None,
        df=test.df if test else None,
        noise=_noise((then.n, now.n), errors),
    )


Found = TypeVar("Found", Matched, Everybody)


def bare(change: Found) -> Found:
    """The same, with nothing but how many, their means and the change: all that is shown of fewer people than details
    need. What errors of measurement make stays: it is known from elsewhere."""
    if isinstance(change, Everybody):
        return replace(change, interval=None, at_top=None, one_mind=False, p=None, error=None, df=None)
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
        error=None,
        df=None,
        p_by_ranks=None,
    )


def _deviation(values: NDArray[np.float64], mean: float) -> float:
    return math.sqrt(math.fsum(((values - mean) ** 2).tolist()) / (len(values) - 1))


def error_of_measurement(sd: float, alpha: float) -> float:
    """The standard error of measurement, s √(1 - alpha): how far a person's score is off, as a rule (F. M. Lord and M.
    R. Novick, Statistical Theories of Mental Test Scores, 1968, ch. 3). That is at the least: alpha knows what differs
    from item to item, not what differs from day to day. An alpha below 0 counts as 0."""
    return sd * math.sqrt(1 - max(alpha, 0))


def _noise(n: tuple[int, int], errors: Errors) -> float | None:
    """What errors of measurement alone could make of the difference of two means, in 95 of 100 cases: 1.96 times
    √(e₁²/n₁ + e₂²/n₂). None where these errors are not known of both rounds."""
    if errors[0] is None or errors[1] is None:
        return None
    found = errors[0] ** 2 / n[0] + errors[1] ** 2 / n[1]
    return round(NormalDist().inv_cdf(1 - LEVEL / 2) * math.sqrt(found), DIGITS)


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

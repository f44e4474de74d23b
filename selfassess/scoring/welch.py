"""Two means, of groups of a known size or of two rounds: how far apart they may be, and whether it may be chance."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from selfassess.model.summary import Range
from selfassess.scoring.columns import Shares, Tally, tallied
from selfassess.scoring.quantiles import t_quantile, t_tails

DIGITS = 10
"""Decimals that are kept: beyond them there is only float noise."""
ALIKE_FROM = 10
"""From how many people on it means something that everybody in a group says the same."""
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Tested:
    """An interval (95 %) of a difference in points, and the probability of one as large by chance alone."""

    interval: Range
    p: float


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two: how many have each score, in points (0 to 100), and how many were invited."""

    points: Tally
    invited: int | None

    @classmethod
    def of(cls, shares: Shares | Tally, invited: int | None) -> "Side":
        """From shares: 0 to 1, one of each person (nan: no score), or how many have each."""
        found = tallied(shares)
        return cls(Tally(np.round(100 * found.values, DIGITS), found.counts), invited)

    @cached_property
    def n(self) -> int:
        return self.points.n

    @cached_property
    def mean(self) -> float:
        return round(self.points.mean, DIGITS)

    @cached_property
    def at_top(self) -> int:
        """How many have the highest score there is."""
        return int(self.points.counts[self.points.values >= 100].sum())

    @cached_property
    def is_complete(self) -> bool:
        return self.n == self.invited

    @cached_property
    def is_constant(self) -> bool:
        return float(np.ptp(self.points.values)) == 0

    @cached_property
    def variance(self) -> float:
        """s² (n - 1), exactly 0 where all say the same; nan for one person."""
        return 0.0 if self.n > 1 and self.is_constant else self.points.variance

    @cached_property
    def error(self) -> float:
        """The variance of the mean: (1 - n/N) s²/n. 0 where everybody answered; nan for one of several."""
        return 0.0 if self.is_complete else unseen(self.n, self.invited) * self.variance / self.n


def unseen(n: int, invited: int | None) -> float:
    """Which share of those invited has not been heard, 1 - n/N: Cochran's finite population correction of a variance.

    1 where N is unknown, and for n > N: that number is wrong, so nothing is gained from it.
    """
    return 1 - n / invited if invited and n <= invited else 1.0


def welch(a: Side, b: Side) -> Tested | None:
    """The interval (95 %) of the mean of `a` less that of `b`, for groups of a known size, and its test; None where
    none can be trusted.

    The difference plus and minus t(0.975; df) times √(vₐ + v_b), v = (1 - n/N) s²/n, and df after Satterthwaite from
    the same terms: (vₐ + v_b)²/(vₐ²/(nₐ - 1) + v_b²/(n_b - 1)). B. L. Welch, The generalization of Student's problem
    when several different population variances are involved, Biometrika 34 (1947), 28-35, with Cochran's finite
    population correction. A group that all answered adds no error.
    """
    error = a.error + b.error
    if math.isnan(error) or error == 0 or not can_tell(a.n, b.n):
        return None
    terms = [side.error**2 / (side.n - 1) for side in (a, b) if side.error]
    return student(a.mean - b.mean, error, error**2 / math.fsum(terms))


def student(middle: float, error: float, df: float) -> Tested:
    """Student's interval around `middle`, cut to what differences can be, and his test of it against 0; `error` is
    the variance of it, above 0."""
    root = math.sqrt(error)
    reach = t_quantile(1 - LEVEL / 2, df) * root
    interval = Range(round(max(middle - reach, -100), DIGITS), round(min(middle + reach, 100), DIGITS))
    return Tested(interval, t_tails(middle / root, df))


def can_tell(n: int, m: int) -> bool:
    """Whether any ranking of n against m people is rarer than 1 in 20 by chance: the rarest two of all, where one group
    is wholly above the other, have 2 in (n + m over n)."""
    return n >= 1 and m >= 1 and (min(n, m) > 3 or 2 / math.comb(n + m, n) < LEVEL)

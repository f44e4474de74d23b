"""Two means, of two groups or of two rounds: how far apart they may be, and whether chance could make it.

Chance is that the same people might have answered otherwise, and others in their place too. So nothing is taken off for
how many of those invited are in: also where all are, they answer otherwise on another day.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from selfassess.model.summary import CLOSE, WIDE, Figure, Range, Spread
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
    error: float
    """The standard error of the difference."""
    df: float


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two: how many have each score, in points (0 to 100)."""

    points: Tally
    told: float | None = None
    """Their mean in points, where that is not the mean of these scores."""

    @classmethod
    def of(cls, shares: Shares | Tally, mean: float | None = None) -> "Side":
        """From shares: 0 to 1, one of each person (nan: no score), or how many have each. `mean`: that of all their
        answers, where it is told in place of that of their scores."""
        found = tallied(shares)
        return cls(Tally(np.round(100 * found.values, DIGITS), found.counts), None if mean is None else 100 * mean)

    @cached_property
    def n(self) -> int:
        return self.points.n

    @cached_property
    def mean(self) -> float:
        return round(self.points.mean if self.told is None else self.told, DIGITS)

    @cached_property
    def at_top(self) -> int:
        """How many have the highest score there is."""
        return int(self.points.counts[self.points.values >= 100].sum())

    @cached_property
    def is_constant(self) -> bool:
        return float(np.ptp(self.points.values)) == 0

    @cached_property
    def variance(self) -> float:
        """s² (n - 1), exactly 0 where all say the same; nan for one person."""
        return 0.0 if self.n > 1 and self.is_constant else self.points.variance


@dataclass(frozen=True, slots=True)
class Known:
    """What may be known of one of the two: how many, their mean in points, and the variances (n - 1) between which
    theirs lies. One where their standard deviation is shown, two where a word for it is."""

    n: int
    mean: float
    variances: tuple[float, ...]

    @classmethod
    def of(cls, side: Side) -> "Known":
        """From everything."""
        return cls(side.n, side.mean, (side.variance,))

    @classmethod
    def told(cls, figure: Figure) -> "Known | None":
        """From what is told of a score; None where its mean is not."""
        if figure.mean is None or not figure.n:
            return None
        if figure.sd is not None:
            return cls(figure.n, figure.mean, (figure.sd**2,))
        if figure.spread is not None:
            return cls.in_a_word(figure.n, figure.mean, figure.spread)
        return cls(figure.n, figure.mean, (_widest(figure.n, figure.mean) ** 2,))

    @classmethod
    def in_a_word(cls, n: int, mean: float, spread: Spread) -> "Known":
        """From the word for how far apart they are. The most that can be is that all are at either end."""
        ends = {"close": (0.0, CLOSE), "mixed": (CLOSE, WIDE), "wide": (WIDE, max(WIDE, _widest(n, mean)))}
        return cls(n, mean, tuple(end**2 for end in ends[spread]))


def _widest(n: int, mean: float) -> float:
    """The largest standard deviation (n - 1) that scores from 0 to 100 with this mean have."""
    return math.sqrt(mean * (100 - mean) * n / (n - 1)) if n > 1 else 0.0


def welch(a: Side, b: Side) -> Tested | None:
    """The interval (95 %) of the mean of `a` less that of `b`, and its test; None where none can be trusted.

    The difference plus and minus t(0.975; df) times √(vₐ + v_b), v = s²/n, and df after Satterthwaite from the same
    terms: (vₐ + v_b)²/(vₐ²/(nₐ - 1) + v_b²/(n_b - 1)). B. L. Welch, The generalization of Student's problem when
    several different population variances are involved, Biometrika 34 (1947), 28-35.
    """
    if not can_tell(a.n, b.n) or min(a.n, b.n) < 2:
        return None
    error, df = _error((a.n, b.n), (a.variance, b.variance))
    return student(a.mean - b.mean, error, df) if error else None


def largest_p(a: Known, b: Known) -> float | None:
    """The largest probability that Welch's test can have, by what is known of both; None where there is no test. It is
    largest where each variance is at an end of what it may be. Where nothing is known but words, it therefore tells no
    more than these do."""
    if not can_tell(a.n, b.n) or min(a.n, b.n) < 2:
        return None
    found = [_error((a.n, b.n), variances) for variances in product(a.variances, b.variances)]
    ps = [t_tails((a.mean - b.mean) / math.sqrt(error), df) for error, df in found if error]
    return max(ps, default=None)


def critical(a: Known, b: Known, level: float) -> float | None:
    """The difference in points from which on Welch's test is below `level`, by what is known of both; None where there
    is no test. It is also the true difference that is found half of the time."""
    if not can_tell(a.n, b.n) or min(a.n, b.n) < 2:
        return None
    found = [_error((a.n, b.n), variances) for variances in product(a.variances, b.variances)]
    return max((found_from(math.sqrt(error), df, level) for error, df in found if error), default=None)


def found_from(error: float, df: float, level: float) -> float:
    """From which difference on a test with this standard error is below `level`."""
    return t_quantile(1 - level / 2, df) * error


def _error(n: Sequence[int], variances: Sequence[float]) -> tuple[float, float]:
    """The variance of a difference of means, and its degrees of freedom; 0 and 0 where nobody varies."""
    terms = [variance / number for number, variance in zip(n, variances, strict=True)]
    error = math.fsum(terms)
    if not error:
        return 0.0, 0.0
    return error, error**2 / math.fsum(term**2 / (number - 1) for number, term in zip(n, terms, strict=True))


def student(middle: float, error: float, df: float) -> Tested:
    """Student's interval around `middle`, cut to what differences can be, and his test of it against 0; `error` is
    the variance of it, above 0."""
    root = math.sqrt(error)
    reach = t_quantile(1 - LEVEL / 2, df) * root
    interval = Range(round(max(middle - reach, -100), DIGITS), round(min(middle + reach, 100), DIGITS))
    return Tested(interval, t_tails(middle / root, df), root, df)


def can_tell(n: int, m: int) -> bool:
    """Whether any ranking of n against m people is rarer than 1 in 20 by chance: the rarest two of all, where one group
    is wholly above the other, have 2 in (n + m over n)."""
    return n >= 1 and m >= 1 and (min(n, m) > 3 or 2 / math.comb(n + m, n) < LEVEL)

"""How sure a mean is, and the difference of two.

Of one mean: a board or a staff is a finite population, of which n of N have a score; where the mean of all who were
invited lies, and what those who are silent could change. Of two means, of groups or of rounds, chance is that the same
people might have answered otherwise, and others in their place too. So nothing is taken off for how many of those
invited are in. Means and standard deviations are on 0 to 100 unless a docstring says shares. None stands for "not
known" and for "there is none", never for a zero.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product
from typing import Literal

import numpy as np

from selfassess.model.questionnaire import Band, Questionnaire
from selfassess.model.results import CLOSE, WIDE, Figure, Flip, Range, Spread
from selfassess.model.score_tree import POINTS, Node, band, bands, decimals, shown, span
from selfassess.scoring.columns import Shares, Tally, tallied
from selfassess.scoring.distributions import t_quantile, t_tails

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


def welch(a: Known, b: Known) -> Tested | None:
    """The interval (95 %) of the mean of `a` less that of `b`, and its test; None where none can be trusted.

    The difference plus and minus t(0.975; df) times √(vₐ + v_b), v = s²/n, and df after Satterthwaite from the same
    terms: (vₐ + v_b)²/(vₐ²/(nₐ - 1) + v_b²/(n_b - 1)). Of each it takes the first variance that is known. B. L. Welch,
    The generalization of Student's problem when several different population variances are involved, Biometrika 34
    (1947), 28-35.
    """
    if not can_tell(a.n, b.n) or min(a.n, b.n) < 2:
        return None
    error, df = _error((a.n, b.n), (a.variances[0], b.variances[0]))
    return student(a.mean - b.mean, error, df) if error else None


def largest_p(a: Known, b: Known) -> float | None:
    """The largest probability that Welch's test can have, by what is known of both; None where there is no test. It is
    largest where each variance is at an end of its range. Where nothing is known but words, it therefore tells no
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


"""Decimals that are kept: beyond them there is only float noise."""
NO_SPREAD = 1e-9
"""A standard deviation (0 to 100) below this is float noise: everybody said the same."""
FLIPS_FROM = 10
"""From how many scores on flips are counted: below, a count and a mean come too close to single answers."""
Towards = Literal["lowest", "highest"]


def likely(n: int, mean: float, sd: float | None, invited: int | None) -> Range | None:
    """Where the mean of all who were invited lies if the others think like those who answered (95 %), 0 to 100.

    The mean plus and minus t(0.975; n - 1) times s/√n · √(1 - n/N): Student's interval with the finite population
    correction (Cochran, Sampling Techniques, 3rd ed. 1977, 2.6 and 2.8). Where N is unknown, without the correction.
    It is cut to `possible`, or to 0 to 100, since the mean cannot lie beyond.

    None below two scores; for n = N (complete: there is no sampling error); for n > N (the number invited is wrong);
    and where everybody said the same, for the formula would claim certainty that nobody has.
    """
    if n < 2 or sd is None or sd < NO_SPREAD or (invited is not None and n >= invited):
        return None
    unseen = 1.0 if invited is None else 1 - n / invited
    reach = t_quantile(0.975, n - 1) * sd / math.sqrt(n) * math.sqrt(unseen)
    ends = possible(n, mean, invited) or Range(0, 100)
    return Range(round(max(mean - reach, ends.low), DIGITS), round(min(mean + reach, ends.high), DIGITS))


def possible(n: int, mean: float, invited: int | None) -> Range | None:
    """Where the mean of all who were invited lies whatever the silent think, 0 to 100.

    From n·mean/N, if all the silent are at the lowest end, to (n·mean + (N - n)·100)/N, if all are at the highest:
    the no-assumption bounds of Manski (Partial Identification of Probability Distributions, 2003, ch. 1). For n = N
    it is the mean itself. None without any score, for N unknown, and for n > N (the number invited is wrong).
    """
    if n < 1 or invited is None or n > invited:
        return None
    return Range(_with_silent(n, mean, invited - n, 0), _with_silent(n, mean, invited - n, 100))


def spread(sd: float | None) -> Spread | None:
    """How far apart people are, in a word, from their standard deviation on 0 to 100; None where there is none.

    "close" up to 15: three people or more who are all on two neighbouring points of a five-point scale stay below it
    (14.4 at most). "wide" from 25, a whole step of that scale: half who disagree (25 points) and half who agree (75)
    have that much, and its square is half the variance of answers spread evenly over the five points (whose standard
    deviation is 35.4). "mixed" between. The ends are ours.
    """
    if sd is None:
        return None
    return "close" if sd <= CLOSE else "wide" if sd >= WIDE else "mixed"


def flips(questionnaire: Questionnaire, node: Node, n: int, mean: float, invited: int | None) -> tuple[Flip, ...]:
    """How few of the silent could bring a node's shown score into another band: at most one flip down and one up.

    `mean` is a share (0 to 1) over `n` people. k silent people at one end make it (n·mean + k·end)/(n + k), end
    being 0 or 1; the band is taken from the score as shown, rounded half up, in the node's units. The smallest such k
    of the N - n is found. Nothing below FLIPS_FROM scores, where nobody is silent, where the number invited is unknown
    or too small, and where the node has no bands.
    """
    named = bands(questionnaire, node)
    if n < FLIPS_FROM or invited is None or invited <= n or not named:
        return ()
    ends, places = span(questionnaire, node) if node.units == "own" else POINTS, decimals(node)

    def band_with(silent: int, end: float) -> Band | None:
        share = (n * mean + silent * end) / (n + silent)
        return band(named, shown(ends.value(share), places))

    def moves(end: float, silent: int) -> bool:
        return band_with(silent, end) != now

    now, most, found = band_with(0, 0), invited - n, []
    towards: tuple[Towards, Towards] = ("lowest", "highest")
    for end, name in enumerate(towards):
        # The more of them, the further the score moves: so the first that changes the band can be looked up.
        silent = 1 + bisect_left(range(1, most + 1), True, key=partial(moves, end))
        there = band_with(silent, end)
        if silent <= most and now and there:
            found.append(Flip(silent, name, there.title))
    return tuple(found)


def _with_silent(n: int, mean: float, silent: int, end: float) -> float:
    return round((n * mean + silent * end) / (n + silent), DIGITS)

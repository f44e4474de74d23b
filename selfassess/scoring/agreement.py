"""How alike people see something: an index for an item and one for a node, what chance alone reaches, and two camps.

Points of a scale are shares from 0 to 1 of the way between its declared ends. Reversal changes none of these figures.
Missing answers (nan, or not counted) play no part.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from selfassess.model.summary import Agreement
from selfassess.scoring.columns import Shares, Tally, tallied
from selfassess.scoring.score import TOLERANCE

DIGITS = 10
"""Decimals that are kept: beyond them there is only float noise."""
TRIES = 30_000
"""How many times answers at random are tried: what 5 of a hundred reach is then reached by 4.75 to 5.25."""
SEED = 2005
SPLIT_BELOW = 0.5
"""Consensus below which there can be two camps."""

Points = tuple[float, ...]
"""The points of a scale, each as its share; for chance, in any order."""


def item_agreement(points: Points, counts: Sequence[int]) -> Agreement | None:
    """Consensus on one item, beside what chance reaches among as many people; None below two answers.

    `counts` says how many chose each of `points`.
    """
    index = consensus(points, counts)
    if index is None:
        return None
    chance, high = chance_consensus(sum(counts), points)
    return Agreement(index, chance, high, is_split(points, counts))


def node_agreement(columns: Sequence[Shares | Tally], points: Sequence[Points]) -> Agreement | None:
    """r*wg over the items of a node, beside what chance reaches with as many answers to each; None without an item
    that two people answered.

    Each item has a column of shares (one a person, nan where there is no answer), or a tally of one, and the points of
    its scale.
    """
    index = rwg_star(columns, [uniform_variance(one) for one in points])
    if index is None:
        return None
    answered = [tallied(column).n for column in columns]
    chance = chance_rwg_star(answered, points)
    return None if chance is None else Agreement(index, *chance)


def consensus(points: Sequence[float], counts: Sequence[int]) -> float | None:
    """Tastle and Wierman's consensus: 1 where all say the same, 0 where half are at each end; None below two answers.

    1 + Σ p log₂(1 - |x - μ|/(max - min)), over the points that somebody chose, μ being the mean and max and min the
    declared ends of the scale, which are 1 and 0 in shares. W. J. Tastle and M. J. Wierman, Consensus and dissention:
    a measure of ordinal dispersion, International Journal of Approximate Reasoning 45 (2007), 531-545.
    """
    n = sum(counts)
    if n < 2:
        return None
    chosen = [(point, count / n) for point, count in zip(points, counts, strict=True) if count]
    mean = math.fsum(point * share for point, share in chosen)
    return round(1 + math.fsum(share * math.log2(1 - abs(point - mean)) for point, share in chosen), DIGITS)


def is_split(points: Sequence[float], counts: Sequence[int]) -> bool:
    """Whether there are two camps: a quarter of the answers or more in each outer third of the scale, and consensus
    below 0.5.

    Exactly one third counts as outer: on four and on seven points that is the mildest "no", and it belongs to that
    side. So on scales of up to five points, and on seven, everything but a neutral middle is outer. The rule is ours.
    """
    index = consensus(points, counts)
    if index is None or index >= SPLIT_BELOW:
        return False
    pairs = list(zip(points, counts, strict=True))
    low = sum(count for point, count in pairs if point <= 1 / 3 + TOLERANCE)
    high = sum(count for point, count in pairs if point >= 2 / 3 - TOLERANCE)
    return 4 * min(low, high) >= sum(counts)


def uniform_variance(points: Sequence[float]) -> float:
    """The variance of answers spread evenly over the declared points, in shares: (A² - 1)/12 steps squared for A
    equally spaced points, 1/8 for five."""
    return float(np.var(points))


def rwg_star(columns: Sequence[Shares | Tally], variances: Sequence[float]) -> float | None:
    """r*wg of several items: 1 where all say the same, 0 as far apart as chance would have them, below 0 further.

    1 - the mean over items of s²/σ²ᵤ, s² being the variance (n - 1) of the answers to an item and σ²ᵤ its uniform
    variance. Each item has its own here, since scales may differ; where they do not, it is r*wg(J) of M. K. Lindell,
    C. J. Brandt and D. J. Whitney, A revised index of interrater agreement for multi-item ratings of a single target,
    Applied Psychological Measurement 23 (1999), 127-135. Items that fewer than two people answered are left out; None
    if there are no others.
    """
    ratios = [
        tally.variance / uniform
        for column, uniform in zip(columns, variances, strict=True)
        if (tally := tallied(column)).n > 1
    ]
    return round(1 - math.fsum(ratios) / len(ratios), DIGITS) if ratios else None


# What chance alone reaches


def chance_consensus(n: int, points: Points) -> tuple[float, float]:
    """The consensus that `n` people answering at random reach: the median, and the 95th percentile.

    At random means that every declared point is equally likely. Found by trying TRIES times, from a fixed seed.
    """
    return _chance_consensus(_near(n), tuple(sorted(points)))


@lru_cache(maxsize=1024)
def _chance_consensus(n: int, points: Points) -> tuple[float, float]:
    shares = _random_shares(n, points)
    apart = np.abs(np.array(points) - (shares @ np.array(points))[:, None])
    # Nobody at a point that is a whole scale away from the mean: 0 · log 0 counts as 0.
    return _middle_and_high(1 + np.sum(shares * np.log2(np.where(shares > 0, 1 - apart, 1)), axis=1))


def chance_rwg_star(answered: Sequence[int], points: Sequence[Points]) -> tuple[float, float] | None:
    """The r*wg that people answering every item at random reach: the median, and the 95th percentile.

    By item, how many answered it and the points of its scale; items with fewer than two answers are left out. Answers
    to different items have nothing to do with each other, so the more items there are the closer chance keeps to 0.
    """
    items = sorted((_near(n), tuple(sorted(one))) for n, one in zip(answered, points, strict=True) if n > 1)
    return _chance_rwg_star(tuple(items)) if items else None


@lru_cache(maxsize=1024)
def _chance_rwg_star(items: tuple[tuple[int, Points], ...]) -> tuple[float, float]:
    shuffled, total = np.random.RandomState(SEED), np.zeros(TRIES)
    for n, points in items:
        # Every item its own order of the same tries: as good as trying anew, and much quicker.
        total += shuffled.permutation(_random_ratios(n, points))
    return _middle_and_high(1 - total / len(items))


@lru_cache(maxsize=256)
def _random_ratios(n: int, points: Points) -> NDArray[np.float64]:
    """s²/σ²ᵤ of n random answers to one item, TRIES times."""
    shares, values = _random_shares(n, points), np.array(points)
    apart = values - (shares @ values)[:, None]
    variance = np.sum(shares * apart**2, axis=1) * n / (n - 1)
    return np.asarray(variance / uniform_variance(points), dtype=np.float64)


def _near(n: int) -> int:
    """From 100 people on, the number to two digits: what chance reaches changes by less than 0.003, and very many items
    that nearly the same number answered need to be tried once only."""
    step = 10 ** (len(str(n)) - 2)
    return n if n < 100 else round(n / step) * step


def _random_shares(n: int, points: Points) -> NDArray[np.float64]:
    """How the answers of n people fall on the points, as shares of n; a row a try."""
    # RandomState and not Generator: its numbers are promised to stay the same, and so do those in a report.
    counts = np.random.RandomState(SEED).multinomial(n, [1 / len(points)] * len(points), size=TRIES)
    return np.asarray(counts / n, dtype=np.float64)


def _middle_and_high(tries: NDArray[np.float64]) -> tuple[float, float]:
    middle, high = np.quantile(tries, (0.5, 0.95))
    return round(float(middle), DIGITS), round(float(high), DIGITS)

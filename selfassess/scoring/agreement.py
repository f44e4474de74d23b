"""How alike people see something: an index for an item and one for a node, and what chance alone reaches.

Points of a scale are shares from 0 to 1 of the way between its declared ends. Reversal changes none of these figures.
Missing answers (nan, or not counted) play no part. Chance is people who answer at random, each point equally likely: of
few people every way to answer is gone through with its probability, of more many are tried.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from selfassess.model.results import Agreement
from selfassess.scoring.camps import opinions
from selfassess.scoring.columns import Shares, Tally, tallied

MOST = 60_000
"""Ways to answer that are still gone through: up to 32 people on five points."""
TRIES = 30_000
"""How many are tried beyond: what 5 of a hundred reach is then reached by 4.75 to 5.25."""
SEED = 2005
STEP = 1 / 500
"""How fine the ratio of variances of one item is told apart, where those of several are added up."""
BINS = 1024
"""Into which values from 0 to 1 are put to find those near a percentile."""
NOISE = 1e-9
"""Probabilities below this are float noise."""

Points = tuple[float, ...]
Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Ways in which some people can answer, a column a way."""

    shares: NDArray[np.float64]
    """By point, how large a part of them is there."""
    chances: Column | None
    """The probability of each way; together 1. None where all are equally likely."""


def of_consensus(n: int, points: Points) -> tuple[float, float]:
    """The consensus that `n` people reach: the median, and the 95th percentile."""
    return _of_consensus(near(n), tuple(sorted(points)))


@lru_cache(maxsize=1024)
def _of_consensus(n: int, points: Points) -> tuple[float, float]:
    ways = _ways(n, len(points))
    middles, reached = _middles(ways, points), np.ones(ways.shares.shape[1])
    for point, shares in zip(points, ways.shares, strict=True):
        # Nobody is at a point that is a whole scale away from the mean: 0 · log 0 counts as 0.
        reached += shares * np.log2(np.maximum(1 - np.abs(point - middles), NOISE))
    if ways.chances is None:
        places = [math.ceil(len(reached) * (share - NOISE)) - 1 for share in (0.5, 0.95)]
        middle, high = np.partition(reached, places)[places].tolist()
    else:
        middle, high = _percentiles(reached, ways.chances, (0.5, 0.95))
    return round(middle, 10), round(high, 10)


def _percentiles(values: Column, chances: Column, shares: Sequence[float]) -> Sequence[float]:
    """The least of some values from 0 to 1 that is not exceeded, with a probability of each share. Only those near it
    are put in order, which takes a tenth of the time."""
    bins = np.clip((values * BINS).astype(np.intp), 0, BINS - 1)
    likely = np.bincount(bins, chances, minlength=BINS)
    below = np.cumsum(likely)
    found = []
    for share in shares:
        at = int(np.searchsorted(below, share - NOISE))
        inside = np.flatnonzero(bins == at)
        order = inside[np.argsort(values[inside], kind="stable")]
        reached = below[at] - likely[at] + np.cumsum(chances[order])
        place = min(int(np.searchsorted(reached, share - NOISE)), len(order) - 1)  # rounding may leave a little
        found.append(float(values[order[place]]))
    return found


def _middles(ways: Ways, points: Points) -> Column:
    """The mean of each way."""
    return np.asarray(np.array(points) @ ways.shares)


def of_rwg_star(answered: Sequence[int], points: Sequence[Points]) -> tuple[float, float] | None:
    """The r*wg that people reach who answer several items, by item how many answer it and its points: the median, and
    the 95th percentile. Items that fewer than two answer are left out; None if there are no others.

    Answers to different items have nothing to do with each other, so the more items there are the closer chance keeps
    to 0. The ratios of variances are added up as probabilities are, by way of their Fourier transforms.
    """
    items = _answered(answered, points)
    return _of_rwg_star(items) if items else None


def _answered(answered: Iterable[int], points: Sequence[Points]) -> tuple[tuple[int, Points], ...]:
    """The items that two people answered, each with how many did and its points, in an order of their own."""
    found = ((near(n), tuple(sorted(one))) for n, one in zip(answered, points, strict=True) if n > 1)
    return tuple(sorted(found))


@lru_cache(maxsize=1024)
def _of_rwg_star(items: tuple[tuple[int, Points], ...]) -> tuple[float, float]:
    largest = math.fsum(0.25 * n / (n - 1) / uniform_variance(points) for n, points in items)
    length = 1 << math.ceil(largest / STEP + len(items) + 1).bit_length()
    product = np.ones(length // 2 + 1, dtype=np.complex128)
    for n, points in items:
        product *= _transform(n, points, length)
    below = np.cumsum(np.fft.irfft(product, length))
    # A high r*wg is a low sum of ratios.
    middle, low = (float(np.argmax(below > share + NOISE)) * STEP for share in (0.5, 0.05))
    return round(1 - middle / len(items), 10), round(1 - low / len(items), 10)


@lru_cache(maxsize=256)
def _transform(n: int, points: Points, length: int) -> NDArray[np.complex128]:
    """Of how likely each ratio s²/σ²ᵤ of n answers to one item is."""
    return np.asarray(np.fft.rfft(_likely(n, points), length), dtype=np.complex128)


@lru_cache(maxsize=256)
def _likely(n: int, points: Points) -> Column:
    """How likely each ratio s²/σ²ᵤ of n answers to one item is, in steps of STEP."""
    ways = _ways(n, len(points))
    middles, ratios = _middles(ways, points), np.zeros(ways.shares.shape[1])
    for point, shares in zip(points, ways.shares, strict=True):
        ratios += shares * (point - middles) ** 2
    ratios = ratios * n / (n - 1) / uniform_variance(points)
    chances = np.full(len(ratios), 1 / len(ratios)) if ways.chances is None else ways.chances
    return np.asarray(np.bincount(np.rint(ratios / STEP).astype(np.int64), chances), dtype=np.float64)


@lru_cache(maxsize=1024)
def uniform_variance(points: Points) -> float:
    """The variance of answers spread evenly over the declared points, in shares: (A² - 1)/12 steps squared for A
    equally spaced points, 1/8 for five."""
    return float(np.var(points))


def near(n: int) -> int:
    """From 100 people on, the number to two digits: what chance reaches changes by less than 0.003, and very many items
    that nearly the same number answered need to be tried once only."""
    step = 10 ** (len(str(n)) - 2)
    return n if n < 100 else round(n / step) * step


@lru_cache(maxsize=64)
def _ways(n: int, points: int) -> Ways:
    if math.comb(n + points - 1, points - 1) > MOST:
        # RandomState and not Generator: its numbers are promised to stay the same, and so do those in a report.
        counts = np.random.RandomState(SEED).multinomial(n, [1 / points] * points, size=TRIES)
        return Ways(np.ascontiguousarray(counts.T) / n, None)
    columns = every_way(n, points)
    factorials = np.cumsum(np.log(np.maximum(np.arange(n + 1), 1)))
    chances = np.full(columns.shape[1], factorials[n] - n * math.log(points))
    for here in columns:
        chances -= factorials[here]
    np.exp(chances, out=chances)
    return Ways(columns / n, chances / chances.sum())


def every_way(n: int, points: int) -> NDArray[np.intp]:
    """Every way in which n people can be spread over so many points, a column a way."""
    columns: list[NDArray[np.intp]] = []
    left = np.array([n])
    for _ in range(points - 1):
        here = np.arange(int((left + 1).sum())) - np.repeat(np.cumsum(left + 1) - left - 1, left + 1)
        columns = [np.repeat(column, left + 1) for column in columns] + [here]
        left = np.repeat(left, left + 1) - here
    return np.array([*columns, left])


DIGITS = 10
"""Decimals that are kept: beyond them there is only float noise."""


@dataclass(frozen=True, slots=True)
class _OneItem:
    """What answers at random to an item reach."""

    n: int
    points: Points

    def __call__(self) -> tuple[float, float]:
        return of_consensus(self.n, self.points)


@dataclass(frozen=True, slots=True)
class _SeveralItems:
    """What answers at random to the items of a node reach."""

    answered: tuple[tuple[int, Points], ...]

    def __call__(self) -> tuple[float, float]:
        return _of_rwg_star(self.answered)


def item_agreement(points: Points, counts: Sequence[int]) -> Agreement | None:
    """Consensus on one item, beside what chance reaches among as many people, and whether there are two camps; None
    below two answers.

    `counts` says how many chose each of `points`.
    """
    index = consensus(points, counts)
    if index is None:
        return None
    return Agreement(index, _OneItem(sum(counts), points), opinions(points, counts))


def node_agreement(columns: Sequence[Shares | Tally], points: Sequence[Points]) -> Agreement | None:
    """r*wg over the items of a node, beside what chance reaches with as many answers to each; None without an item
    that two people answered.

    Each item has a column of shares (one a person, nan where there is no answer), or a tally of one, and the points of
    its scale.
    """
    index = rwg_star(columns, [uniform_variance(one) for one in points])
    if index is None:
        return None
    return Agreement(index, _SeveralItems(_answered((tallied(column).n for column in columns), points)))


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

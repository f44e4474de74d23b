"""Two camps on an item: two humps in its answers, with a valley between them that is no accident.

Points of a scale are shares from 0 to 1 of the way between its declared ends. The rule is ours; benchmarks/claims.py
shows how often it is wrong, and docs/scores.md has the figures.
"""

import math
from collections.abc import Iterator, Sequence

from selfassess.model.results import LEAST_POINTS, Opinions
from selfassess.scoring.sums import TOLERANCE

SIDE = 0.25
"""The share of the answers that either side must hold."""
APART = 0.5
"""How far apart the two sides must be on average, as a share of the scale."""
TIMES = 20
"""How many times as likely the answers must be with two humps as with the best single one."""
FIFTHS = 5
"""Scales with more points are looked at in as many parts, since few answers to many points leave holes by chance."""
SPREAD = 0.25
"""The standard deviation, as a share of the scale, from which on opinions on both sides are spread widely."""

Hump = tuple[Sequence[int], Sequence[int]]
"""How many answers are in each part of a scale, from its low end on, and how many points each part has."""


def opinions(points: Sequence[float], counts: Sequence[int]) -> Opinions | None:
    """What the answers to an item look like: "two camps", "spread widely", or neither.

    Either has a quarter of the answers or more in each outer third of the scale. Exactly one third counts as outer: on
    four and on seven points that is the mildest "no", and it belongs to that side. Two camps lie on average half the
    scale apart or more, with fewer people between them than in either, and two humps account for the answers at least
    TIMES times as well as any single hump. Spread widely: the standard deviation is a quarter of the scale or more.

    None on scales of fewer than LEAST_POINTS points, where the counts say it all.
    """
    answers = sorted(zip(points, counts, strict=True))
    low = [(point, count) for point, count in answers if point <= 1 / 3 + TOLERANCE]
    high = [(point, count) for point, count in answers if point >= 2 / 3 - TOLERANCE]
    n, below, above = (sum(count for _, count in some) for some in (answers, low, high))
    if len(answers) < LEAST_POINTS or n < 2 or min(below, above) < SIDE * n:
        return None
    is_apart = _mean(high) - _mean(low) >= APART - TOLERANCE
    if is_apart and n - below - above < min(below, above) and are_two_humps(*parts(points, counts)):
        return "two camps"
    return "spread widely" if _deviation(answers) >= SPREAD - TOLERANCE else None


def parts(points: Sequence[float], counts: Sequence[int]) -> Hump:
    """The points of a scale from its low end on; where it has more than FIFTHS, each with the nearest of 0, a quarter,
    half, three quarters and 1 (the one nearer to the middle, where two are equally near)."""
    if len(points) <= FIFTHS:
        return [count for _, count in sorted(zip(points, counts, strict=True))], [1] * len(points)
    found: dict[int, list[int]] = {}
    for point, count in sorted(zip(points, counts, strict=True)):
        found.setdefault(_fifth(point), []).append(count)
    return [sum(some) for some in found.values()], [len(some) for some in found.values()]


def _fifth(point: float) -> int:
    steps = point * (FIFTHS - 1)
    return math.floor(steps + 0.5 + TOLERANCE) if point < 0.5 else math.ceil(steps - 0.5 - TOLERANCE)


def _mean(answers: Sequence[tuple[float, int]]) -> float:
    return math.fsum(point * count for point, count in answers) / sum(count for _, count in answers)


def _deviation(answers: Sequence[tuple[float, int]]) -> float:
    """With n - 1."""
    mean, n = _mean(answers), sum(count for _, count in answers)
    return math.sqrt(math.fsum(count * (point - mean) ** 2 for point, count in answers) / (n - 1))


# How well humps account for answers


def are_two_humps(counts: Sequence[int], widths: Sequence[int]) -> bool:
    """Whether two humps account for the answers at least TIMES times as well as one."""
    # Nothing accounts for them better than the answers themselves: mostly that is not TIMES times as well.
    at_best = math.fsum(count * math.log(count / width) for count, width in zip(counts, widths, strict=True) if count)
    return (
        at_best - _one_hump(counts, widths) >= math.log(TIMES) - TOLERANCE and times_as_likely(counts, widths) >= TIMES
    )


def times_as_likely(counts: Sequence[int], widths: Sequence[int]) -> float:
    """How many times as likely the answers are with the best two humps as with the best one: 1 or more; inf where that
    is more than a float can hold.

    The ratio of the likelihoods of the most likely bimodal and the most likely unimodal distribution over the parts.
    These rise or fall from part to part by the answers a point; each is found by pooling neighbours that are in the
    wrong order (R. E. Barlow, D. J. Bartholomew, J. M. Bremner and H. D. Brunk, Statistical Inference under Order
    Restrictions, 1972, ch. 1 and 5).
    """
    halves = range(1, len(counts))
    two = max((_one_hump(counts[:at], widths[:at]) + _one_hump(counts[at:], widths[at:]) for at in halves), default=0.0)
    return math.exp(min(two - _one_hump(counts, widths), 700)) if counts else 1.0


def _one_hump(counts: Sequence[int], widths: Sequence[int]) -> float:
    """The log likelihood, but for a constant, of the best distribution that rises to some part and falls from there."""
    return max(
        _rising(counts[:top], widths[:top]) + _rising(counts[top:][::-1], widths[top:][::-1])
        for top in range(len(counts) + 1)
    )


def _rising(counts: Sequence[int], widths: Sequence[int]) -> float:
    """The same of the best that never falls."""
    return math.fsum(count * math.log(count / width) for count, width in _pooled(counts, widths) if count)


def _pooled(counts: Sequence[int], widths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbours put together until the answers a point never fall: the answers in each, and its points."""
    blocks: list[tuple[int, int]] = []
    for count, width in zip(counts, widths, strict=True):
        block = count, width
        while blocks and blocks[-1][0] * block[1] > block[0] * blocks[-1][1]:
            before = blocks.pop()
            block = before[0] + block[0], before[1] + block[1]
        blocks.append(block)
    yield from blocks

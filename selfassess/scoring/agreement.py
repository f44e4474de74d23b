"""How alike people see something: an index for an item and one for a node.

Points of a scale are shares from 0 to 1 of the way between its declared ends. Reversal changes none of these figures.
Missing answers (nan, or not counted) play no part.
"""

import math
from collections.abc import Sequence

from selfassess.model.summary import Agreement
from selfassess.scoring import chance
from selfassess.scoring.camps import opinions
from selfassess.scoring.chance import Points, uniform_variance
from selfassess.scoring.columns import Shares, Tally, tallied

DIGITS = 10
"""Decimals that are kept: beyond them there is only float noise."""


def item_agreement(points: Points, counts: Sequence[int]) -> Agreement | None:
    """Consensus on one item, beside what chance reaches among as many people, and whether there are two camps; None
    below two answers.

    `counts` says how many chose each of `points`.
    """
    index = consensus(points, counts)
    if index is None:
        return None
    return Agreement(index, *chance.of_consensus(sum(counts), points), opinions(points, counts))


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
    by_chance = chance.of_rwg_star(answered, points)
    return None if by_chance is None else Agreement(index, *by_chance)


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

"""How different two groups are on a node: in points, in pairs of people, and how likely chance is to make it."""

import math
from collections.abc import Mapping
from statistics import NormalDist

import numpy as np

from selfassess.model.results import Claim, Difference, Level, Range, Spread
from selfassess.model.score_tree import shown
from selfassess.scoring.columns import Counts, Shares, Tally, tallied
from selfassess.scoring.distributions import t_quantile
from selfassess.scoring.intervals import ALIKE_FROM, DIGITS, LEVEL, Known, Side, largest_p, welch
from selfassess.scoring.means import Weights

Scores = Shares | Tally
"""A score of each person, or how many have each."""
KnownSpread = float | Spread | None
"""How far apart people of a group are, as it is told: by the standard deviation (0 to 100), by a word, not at all."""


def difference(
    id: str,
    level: Level,
    groups: tuple[str, str],
    scores: tuple[Scores | Side, Scores | Side],
    told: tuple[KnownSpread, KnownSpread] | None = None,
    places: int = 0,
) -> Difference | None:
    """How two groups differ on a node, from the shares (0 to 1; nan: no score) of each, or its side; None where a group
    has no score at all. It is that of the group with the higher mean, or of the first if they are equal. `places` are
    the decimals that the means are shown with.

    `told` is what is known of how far apart people are; then everything follows from that and from the means: interval
    and pairs where both standard deviations are told, and `p` as the largest that it can be (see `largest_p`). None:
    everything may be told, so pairs are counted, and delta has its interval.

    Without a p the claim is "not shown", or "too few" where there is no test that could be trusted: one person of
    several; groups so small that no ranking of them could reach p < .05, such as 3 against 3; nothing but constant
    groups. Only groups of 10 or more that are each of one mind are "all alike". With a p the claim is "not tested"
    until it is seen beside those that it is looked at with.
    """
    a, b = (one if isinstance(one, Side) else Side.of(one) for one in scores)
    if not a.n or not b.n:
        return None
    if a.mean < b.mean:
        a, b, groups, told = b, a, groups[::-1], told and told[::-1]
    one, other = (Known.of(a), Known.of(b)) if told is None else (known_of(a, told[0]), known_of(b, told[1]))
    both = (one, other) if one and other and (told is None or all(isinstance(of, float) for of in told)) else None
    tested = welch(*both) if both else None
    p = largest_p(one, other) if one and other else None
    claim: Claim = "not tested" if p is not None else "too few" if one and other else "not shown"
    if both and both[0].variances == both[1].variances == (0.0,) and min(a.n, b.n) >= ALIKE_FROM:
        claim, p = ("all alike", None) if a.mean != b.mean else ("not tested", 1.0)
    pairs = of_hundred(*pairs_won(a.points, b.points), a.n * b.n) if told is None else both and expected_pairs(*both)
    return Difference(
        id=id,
        level=level,
        higher=groups[0],
        lower=groups[1],
        n=(a.n, b.n),
        points=round(a.mean - b.mean, DIGITS),
        shown=shown(shown(a.mean, places) - shown(b.mean, places), 0),
        interval=tested.interval if tested else None,
        delta=_delta(a, b) if told is None else pairs and round((pairs[0] - pairs[1]) / 100, DIGITS),
        delta_interval=feng_cliff(a.points, b.points) if tested and told is None else None,
        pairs=pairs,
        p=p,
        claim=claim,
    )


def known_of(side: Side, told: KnownSpread) -> Known | None:
    """What is known of a group by what is told of it; None where it is not told how far apart its people are."""
    if told is None:
        return None
    return Known(side.n, side.mean, (told**2,)) if isinstance(told, float) else Known.in_a_word(side.n, side.mean, told)


def deviation_of_some(whole: float, parts: Mapping[str, float], before: Weights, after: Weights) -> float:
    """About how far apart people are on a score when it is made from some of its parts alone: its standard deviation,
    from that of the score as it is (`whole`) and those of its parts, in points. `before` and `after` are the weights of
    the parts in both. No smaller than `whole`.

    The parts that are left are taken to go together as all of them do on average. Of weights w that are 1 together,
    s² = Σ w² sᵢ² + (1 - Σ w²) c, which gives c; then the same with the weights that are left. Of items that weigh and
    vary alike it is what C. Spearman, Correlation calculated from faulty data, and W. Brown, Some experimental results
    in the correlation of mental abilities, British Journal of Psychology 3 (1910), 271-295 and 296-322, take for
    granted of a test that is made shorter. A score of fewer items varies more, so the deviation as it is would be too
    small, and chance would be taken for a difference too often.
    """
    own, alone = _moment(parts, before)
    left, alone_left = _moment(parts, after)
    if alone >= 1:
        return whole
    together = (whole**2 - own) / (1 - alone)
    return math.sqrt(max(whole**2, left + (1 - alone_left) * together))


def _moment(parts: Mapping[str, float], weights: Weights) -> tuple[float, float]:
    """Σ w² sᵢ² and Σ w², of weights that are 1 together."""
    total = math.fsum(weights.values())
    squares = {id: (weight / total) ** 2 for id, weight in weights.items()}
    return math.fsum(square * parts[id] ** 2 for id, square in squares.items()), math.fsum(squares.values())


# Pairs of one person from each group


def pairs_won(a: Scores, b: Scores) -> tuple[int, int]:
    """Of all pairs of one from `a` and one from `b`, in how many the first is higher, and lower. The rest are ties."""
    a, b = tallied(a), tallied(b)
    less, greater = _below_and_above(a, b)
    return int(less @ a.counts), int(greater @ a.counts)


def _delta(a: Side, b: Side) -> float:
    """Cliff's delta: how much more often one of `a` is higher than lower, of all pairs."""
    higher, lower = pairs_won(a.points, b.points)
    return round((higher - lower) / (a.n * b.n), DIGITS)


def expected_pairs(a: Known, b: Known) -> tuple[int, int]:
    """In how many of 100 pairs of one from each the first is higher, and lower, by means and variances alone: Φ of the
    difference of means over √(sₐ² + s_b²), as if scores were normally distributed. (K. O. McGraw and S. P. Wong, A
    common language effect size statistic, Psychological Bulletin 111 (1992), 361-365.) Where nobody varies and the
    means are the same, none."""
    apart, deviation = a.mean - b.mean, math.sqrt(a.variances[0] + b.variances[0])
    if not deviation:
        return (100, 0) if apart > 0 else (0, 100) if apart < 0 else (0, 0)
    higher = int(shown(100 * NormalDist().cdf(apart / deviation), 0))
    return higher, 100 - higher


def of_hundred(higher: int, lower: int, pairs: int) -> tuple[int, int]:
    """The same of 100 pairs, in whole numbers that add up to 100 together with the ties (largest remainders; where
    these are equal, ties go first and the higher ones last, so that rounding never makes more of a difference)."""
    parts = {"ties": pairs - higher - lower, "lower": lower, "higher": higher}
    whole = {name: 100 * part // pairs for name, part in parts.items()}
    for name in sorted(parts, key=lambda name: -(100 * parts[name] % pairs))[: 100 - sum(whole.values())]:
        whole[name] += 1
    return whole["higher"], whole["lower"]


def feng_cliff(a: Scores, b: Scores) -> Range | None:
    """Feng and Cliff's interval (95 %) of Cliff's delta, which is not symmetric; None where a group is one person.

    (d - d³ ± t s √((1 - d²)² + t² s²)) / (1 - d² + t² s²), t with n + m - 2 degrees of freedom, s² the unbiased
    estimate of the variance of d, no smaller than (1 - d²)/(nm - 1). Where one group is wholly above the other, from
    (k - t²)/(k + t²) to 1, k being the smaller group. D. Feng and N. Cliff, Monte Carlo evaluation of ordinal d with
    improved confidence interval, Journal of Modern Applied Statistical Methods 3 (2004), 322-332. The size of the
    groups plays no part: among few people it is wider than it need be.
    """
    a, b = tallied(a), tallied(b)
    n, m = a.n, b.n
    if min(n, m) < 2:
        return None
    t2 = t_quantile(1 - LEVEL / 2, n + m - 2) ** 2
    higher, lower = pairs_won(a, b)
    d = (higher - lower) / (n * m)
    if abs(d) == 1:
        near = (min(n, m) - t2) / (min(n, m) + t2)
        return Range(round(near, DIGITS), 1.0) if d > 0 else Range(-1.0, round(-near, DIGITS))
    v = max(_delta_variance(a, b, d), (1 - d * d) / (n * m - 1))
    middle, reach = d - d**3, math.sqrt(t2 * v * ((1 - d * d) ** 2 + t2 * v))
    below = 1 - d * d + t2 * v
    return Range(round((middle - reach) / below, DIGITS), round((middle + reach) / below, DIGITS))


def _delta_variance(a: Tally, b: Tally, d: float) -> float:
    """The unbiased estimate: (m² Σ(dᵢ. - d)² + n² Σ(d.ⱼ - d)² - ΣΣ(dᵢⱼ - d)²) / (nm (n - 1)(m - 1))."""
    n, m = a.n, b.n
    higher, lower = pairs_won(a, b)
    rows, columns = _row_sums(a, b), _row_sums(b, a)
    of_rows = math.fsum((a.counts * (rows - m * d) ** 2).tolist())
    of_columns = math.fsum((b.counts * (columns + n * d) ** 2).tolist())
    of_all = higher * (1 - d) ** 2 + lower * (1 + d) ** 2 + (n * m - higher - lower) * d * d
    return (of_rows + of_columns - of_all) / (n * m * (n - 1) * (m - 1))


def _row_sums(a: Tally, b: Tally) -> Counts:
    """For each score of `a`, how many more of `b` are below than above."""
    less, greater = _below_and_above(a, b)
    return less - greater


def _below_and_above(a: Tally, b: Tally) -> tuple[Counts, Counts]:
    """For each score of `a`, how many of `b` are below and above it: never as a table of all pairs."""
    up_to = np.concatenate(([0], np.cumsum(b.counts)))
    less = up_to[np.searchsorted(b.values, a.values, side="left")]
    return less, b.n - up_to[np.searchsorted(b.values, a.values, side="right")]

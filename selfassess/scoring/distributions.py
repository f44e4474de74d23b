"""Quantiles and tails of Student's t, and quantiles of F, by way of the beta distribution.

Scipy has them, but loading it takes longer than all the rest of a small round's report, and installing it longer than
all the rest of the program. tests/scoring/test_quantiles.py holds these to it: to 1e-9 of the value up to 2,000 degrees
of freedom, and those by way of beta to 1e-7 with a million, where logarithms of the gamma function have fewer digits
left.
"""

import math
from functools import lru_cache
from statistics import NormalDist

DIGITS = 1e-14
"""How far the last step may be off, relative to the value: about what a float can hold."""
_NORMAL = NormalDist()
TINY = 1e-300
"""Stands for 0 where that would be divided by."""


MANY, FAR = 200, 5.5
"""From so many degrees of freedom on, and up to so far from the middle, t is near enough to the normal distribution for
a few corrections to it to have all digits but the last three."""


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """The value that Student's t with `df` degrees of freedom stays below with probability `p`."""
    z = _NORMAL.inv_cdf(0.5 + abs(p - 0.5)) if df >= MANY and 0 < p < 1 else math.inf
    if z <= FAR:
        return math.copysign(_corrected(z, df), p - 0.5)
    # t² / (df + t²) has a beta distribution, and t lies on either side with the same probability.
    odds = beta_odds(abs(2 * p - 1), 0.5, df / 2) if p != 0.5 else 0.0
    return math.copysign(math.sqrt(df * odds), p - 0.5)


def _corrected(z: float, df: float) -> float:
    """The quantile of t where that of the normal distribution is `z` (Abramowitz and Stegun, 26.7.5)."""
    x, found = z * z, 0.0
    for term in (
        (((((27 * x + 339) * x + 930) * x - 1782) * x - 765) * x + 17955) / 368640,
        ((((79 * x + 776) * x + 1482) * x - 1920) * x - 945) / 92160,
        (((3 * x + 19) * x + 17) * x - 15) / 384,
        ((5 * x + 16) * x + 3) / 96,
        (x + 1) / 4,
    ):
        found = (found + term) / df
    return z + z * found


def t_tails(t: float, df: float) -> float:
    """The probability that Student's t with `df` degrees of freedom is as far from 0 as `t`, or further."""
    if t * t < 1:  # the side on which it has more digits
        return 1 - beta_probability(t * t / (df + t * t), 0.5, df / 2)
    return beta_probability(df / (df + t * t), df / 2, 0.5)


@lru_cache(maxsize=4096)
def f_quantile(p: float, above: float, below: float) -> float:
    """The value that F with `above` and `below` degrees of freedom stays below with probability `p`."""
    # above·F / (above·F + below) has a beta distribution.
    return below / above * beta_odds(p, above / 2, below / 2)


def beta_odds(p: float, a: float, b: float) -> float:
    """The quantile of a beta distribution, divided by what it lacks to 1: from the side on which it has more digits."""
    share = beta_quantile(p, a, b)
    if share <= 0.5:
        return share / (1 - share)
    rest = beta_quantile(1 - p, b, a)
    return (1 - rest) / rest


def beta_quantile(p: float, a: float, b: float) -> float:
    """The value from 0 to 1 that a beta distribution stays below with probability `p`: by Newton's steps, which are
    halved towards the ends wherever they would leave what is still possible."""
    low, high, x = 0.0, 1.0, _near_quantile(p, a, b)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    for _ in range(200):
        above = beta_probability(x, a, b) - p
        low, high = (low, x) if above > 0 else (x, high)
        density = math.exp(scale + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x))
        step = above / density if density else math.inf
        if abs(step) <= DIGITS * x:
            return x - step
        after = x - step if low < x - step < high else (low + high) / 2
        if abs(after - x) <= DIGITS * after or not low < after < high:
            return after
        x = after
    return x


def _near_quantile(p: float, a: float, b: float) -> float:
    """A value near the quantile to begin at, so that few steps are needed (Abramowitz and Stegun, 26.5.22; where it is
    that of Student's t, 26.7.5)."""
    if a == 0.5 and b > 1 and 0 < p < 1:
        z, df = NormalDist().inv_cdf((1 + p) / 2), 2 * b
        t = z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        return t * t / (df + t * t) or a / (a + b)
    if min(a, b) <= 1 or not 0 < p < 1:
        return a / (a + b)
    y, of_a, of_b = _NORMAL.inv_cdf(1 - p), 1 / (2 * a - 1), 1 / (2 * b - 1)
    part, h = (y * y - 3) / 6, 2 / (of_a + of_b)
    w = y * math.sqrt(max(h + part, 0)) / h - (of_b - of_a) * (part + 5 / 6 - 2 / (3 * h))
    near = a / (a + b * math.exp(min(2 * w, 700)))
    return near if 0 < near < 1 else a / (a + b)


def beta_probability(x: float, a: float, b: float) -> float:
    """The probability that a beta distribution stays below `x` (0 to 1): the regularized incomplete beta function, by
    its continued fraction (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.5.8)."""
    if x <= 0 or x >= 1:
        return float(x > 0)
    if x > (a + 1) / (a + b + 2):  # from the other side it converges sooner
        return 1 - beta_probability(1 - x, b, a)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(scale + a * math.log(x) + b * math.log1p(-x)) / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d₁x / (1 + d₂x / (1 + …)), by Lentz's method."""
    value, over, under = 1.0, 1.0, 0.0
    for m in range(5_000):
        for part in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)) if m else None,
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            if part is None:
                continue
            under = 1 / ((1 + part * under) or TINY)
            over = (1 + part / over) or TINY
            value *= over * under
            if abs(over * under - 1) < DIGITS / 10:
                return value
    return value

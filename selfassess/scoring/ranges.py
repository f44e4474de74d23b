"""How sure a mean is: where the mean of all who were invited lies, and what those who are silent could change.

A board or a staff is a finite population: n of N have a score. Means and standard deviations are on 0 to 100 unless
a docstring says shares. None stands for "nobody knows" and for "there is none"; nothing here ever stands for a zero.
"""

import math
from bisect import bisect_left
from functools import partial
from typing import Literal

from selfassess.model.questionnaire import Band, Questionnaire
from selfassess.model.summary import CLOSE, WIDE, Flip, Range, Spread
from selfassess.model.units import Node, band, bands, decimals, shown, span
from selfassess.scoring.quantiles import t_quantile

DIGITS = 10
"""Decimals that are kept: beyond them there is only float noise."""
NO_SPREAD = 1e-9
"""A standard deviation (0 to 100) below this is float noise: everybody said the same."""
FLIPS_FROM = 10
"""From how many scores on flips are counted: below, a count and a mean come too close to single answers."""
Towards = Literal["lowest", "highest"]


def likely(n: int, mean: float, sd: float | None, invited: int | None) -> Range | None:
    """Where the mean of all who were invited lies if the silent are like the rest (95 %), 0 to 100.

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
    ends, places = span(questionnaire, node), decimals(node)

    def band_with(silent: int, end: float) -> Band | None:
        share = (n * mean + silent * end) / (n + silent)
        return band(named, shown(ends.value(share) if node.units == "own" else 100 * share, places))

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

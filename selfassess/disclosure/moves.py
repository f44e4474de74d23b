"""How the same people moved, told roughly. docs/privacy.md says the rule in words.

A standard deviation of changes, and how many went up, stayed and went down, are of people's own scores in two rounds at
once. Told exactly they can tell a single sheet: one of ten moved, and by how far apart the changes are it was the one
who left an item open. So nothing of it is told where one person makes up most of it (the dominance rule of official
statistics: A. Hundepool and others, Statistical Disclosure Control, 2012, ch. 4). Elsewhere standard deviations are
rounded up, the more where a score is made from few answers, and never down to nobody having moved; and people are
counted in steps. What rests on either is worked out from it as it is told: ranges are a little wider then, and claims a
little fewer.
"""

import math
from dataclasses import replace

import numpy as np

from selfassess.model.comparison import Matched
from selfassess.model.round import Thresholds
from selfassess.scoring.change import bare
from selfassess.scoring.columns import Shares
from selfassess.scoring.intervals import DIGITS, student

NOISE = 1e-9
FEW_ITEMS = 8
"""A score made from fewer items is one of few."""
OF_FEW, OF_MANY = 15.0, 2.0
"""Points: standard deviations of changes of scores that are made from few items, and from more, are told in such steps.
In steps of 10 the attack in tests/disclosure still finds scores of single people."""
DOMINANT = 0.5
"""The largest part that one person may have in how far apart changes are, as squares."""
PEOPLE = 5
"""People are counted in steps of so many, or of the smallest group where that is larger."""


def told_roughly(change: Matched, means: tuple[float, float], items: int, thresholds: Thresholds) -> Matched:
    """A change of two or more people as it is published. `means` are as they are published, before and after, in points
    (0 to 100); `items`: from how many a score is made, of those who are asked fewest."""
    step = OF_FEW if items < FEW_ITEMS else OF_MANY
    sd = step * max(1, math.ceil(round((change.sd or 0.0) / step, DIGITS)))
    test = student(means[1] - means[0], sd**2 / change.n, change.n - 1)
    people = max(PEOPLE, thresholds.min_group)
    up, same, down = (_at_least(number, change.n, people) for number in (change.up, change.same, change.down))
    return replace(
        bare(change),
        sd=sd,
        interval=test.interval,
        up=up,
        same=same,
        down=down,
        at_top=change.at_top,
        p=test.p,
        error=test.error,
        df=test.df,
    )


def is_dominated(before: Shares, after: Shares) -> bool:
    """Whether one person makes up most of how far apart changes are. The same place in both is the same person, who has
    a score both times."""
    squares = (after - before - np.mean(after - before)) ** 2
    return bool(squares.max(initial=0.0) > DOMINANT * squares.sum() + NOISE)


def _at_least(number: int | None, people: int, step: int) -> int:
    """In whole steps, and so that a step of people may always have moved otherwise."""
    return max(0, min(number or 0, people - step) // step * step)

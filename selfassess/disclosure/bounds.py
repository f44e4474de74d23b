"""Bounds: what everything that is published leaves of single people's answers, since these lie between two ends.

Nothing follows by adding and subtracting (audit.py), and still little may be left: of five people with a mean of 94 on
two items, nobody gave less than 40 on either. So the totals of every class of people on every item, benchmark and
strand are narrowed down to what agrees with each other and with each published mean, over and over, until nothing
changes; and then asked what one person can have said, whatever the others did.

    the total of n people lies between a and b   ->   an answer of each lies between a - (n - 1) and b

on items and nodes alike, in shares from 0 to 1; the total of an item is a whole number of steps of its scale.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selfassess.disclosure.audit import DIGITS, Figure, Quantity
from selfassess.disclosure.census import Numbers
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.units import POINTS, Node, decimals, shown, span
from selfassess.scoring.means import Weights

Reals = NDArray[np.float64]
Place = tuple[int, Quantity]
"""A class, and what it is asked about."""
SHARE = 0.25
"""Of a scale: within less than that nobody's score must be known. The mean of five people that is just not coded leaves
as much of each (docs/privacy.md)."""
NOISE = 1e-7
MOST_ROUNDS = 60
"""Narrowed down so many times at most: what is left then changes by less than anybody could tell."""


@dataclass(frozen=True, slots=True, eq=False)
class Mean:
    """A mean that is published: between which shares it lies, from 0 to 1."""

    figure: Figure
    low: float
    high: float


def as_told(questionnaire: Questionnaire, node: Node, share: float) -> tuple[float, float]:
    """Between which shares the mean of a node lies, where it is told as precisely as it is shown."""
    ends, places = span(questionnaire, node) if node.units == "own" else POINTS, decimals(node)
    told = shown(ends.value(share), places)
    half = 0.5 / 10.0**places
    return max(0.0, ends.share(told - half)), min(1.0, ends.share(told + half))


@dataclass(frozen=True, slots=True, eq=False)
class Equations:
    """Sums of unknown totals that lie between two numbers each. Three arrays, one entry for each total in a sum."""

    row: NDArray[np.intp]
    total: NDArray[np.intp]
    times: Reals
    low: Reals
    high: Reals

    def narrowed(self, low: Reals, high: Reals, step: Reals) -> tuple[Reals, Reals]:
        """What is left between the ends of each total, which is a whole number of `step` (0: any number)."""
        row, total, times = self.row, self.total, self.times
        up = times > 0
        for _ in range(MOST_ROUNDS):
            ends = low[total], high[total]
            least, most = times * np.where(up, *ends), times * np.where(up, *ends[::-1])
            of_row = [np.bincount(row, one, minlength=len(self.low)) for one in (least, most)]
            above = (self.high[row] - of_row[0][row] + least) / times
            below = (self.low[row] - of_row[1][row] + most) / times
            first, last = low.copy(), high.copy()
            np.maximum.at(first, total, np.where(up, below, above))
            np.minimum.at(last, total, np.where(up, above, below))
            whole = step > 0
            first[whole] = np.ceil(first[whole] / step[whole] - NOISE) * step[whole]
            last[whole] = np.floor(last[whole] / step[whole] + NOISE) * step[whole]
            if max((first - low).max(initial=0), (high - last).max(initial=0)) < NOISE:
                break
            low, high = first, last
        return low, high


class Bounds:
    """What is known of the totals of every class: nothing but how many answered, to begin with."""

    def __init__(
        self,
        by_class: Mapping[Quantity, Sequence[Weights]],
        numbers: Mapping[str, Numbers],
        steps: Mapping[str, int],
    ) -> None:
        """By quantity and class, what it is made from; by leaf, how many of each class answered it; and by leaf, how
        many steps there are from one end of its scale to the other (of one that is not there, any number)."""
        self.by_class = by_class
        self.numbers = numbers
        self.totals: dict[tuple[int, str | Quantity], int] = {}
        for classes in by_class.values():
            for place, own in enumerate(classes):
                for leaf in own:
                    self.totals.setdefault((place, leaf), len(self.totals))
        self.step = [1 / steps[str(leaf)] if leaf in steps else 0.0 for _, leaf in self.totals]
        self.steps = steps
        self.most = [float(numbers[str(leaf)][place]) for place, leaf in self.totals]
        self.definitions = [*self._defined()]

    def _defined(self) -> Iterator[Mapping[int, float]]:
        """Each total of a node as a sum of others: nothing is what it comes to."""
        for place in range(max(map(len, self.by_class.values()), default=0)):
            rising = sorted(
                ((quantity, classes[place]) for quantity, classes in self.by_class.items() if len(classes[place]) > 1),
                key=lambda one: len(one[1]),
            )
            for at, (quantity, own) in enumerate(rising):
                row = {self.total(place, name): share for name, share in _made_of(own, rising[:at])}
                self.totals[place, quantity] = len(self.totals)
                self.step.append(0.0)
                self.most.append(self.whole(place, own))
                yield {**row, self.total(place, quantity): -1.0}

    def whole(self, place: int, own: Weights) -> float:
        """The total where everybody gave the highest answer."""
        return sum(weight * float(self.numbers[leaf][place]) for leaf, weight in own.items())

    def total(self, place: int, name: str | Quantity) -> int:
        return self.totals[place, name]

    def of(self, place: int, quantity: Quantity) -> tuple[int, float]:
        """Which total that of a quantity is, and how many times."""
        own = self.by_class[quantity][place]
        if len(own) > 1:
            return self.total(place, quantity), 1.0
        ((leaf, weight),) = own.items()
        return self.total(place, leaf), weight

    def equations(self, means: Sequence[Mean]) -> Equations:
        rows: list[Mapping[int, float]] = [*self.definitions]
        low, high = [0.0] * len(rows), [0.0] * len(rows)
        for mean in means:
            classes = self.by_class[mean.figure.quantity]
            inside = [place for place in np.flatnonzero(mean.figure.which).tolist() if classes[place]]
            whole = sum(self.whole(place, classes[place]) for place in inside)
            rows.append(dict(self.of(place, mean.figure.quantity) for place in inside))
            low.append(mean.low * whole)
            high.append(mean.high * whole)
        return Equations(
            row=np.repeat(np.arange(len(rows)), [len(row) for row in rows]),
            total=np.array([total for row in rows for total in row], dtype=np.intp),
            times=np.array([times for row in rows for times in row.values()]),
            low=np.array(low),
            high=np.array(high),
        )

    def disclosed(self, means: Sequence[Mean], may_be_known: Callable[[Place], Mean | None]) -> list[Place]:
        """Of which people on what too little is left, though no mean alone leaves so little: neither one that is
        published nor their own, where it may be known."""
        start = np.zeros(len(self.most)), np.array(self.most), np.array(self.step)
        low, high = self.equations(means).narrowed(*start)
        return [
            (place, quantity)
            for quantity, classes in self.by_class.items()
            for place, own in enumerate(classes)
            if own
            and self.width(place, quantity, low, high) < (least := self.least(own))
            and not any(self.width_alone(place, own, mean) < least for mean in means)
            and not ((mean := may_be_known((place, quantity))) and self.width_alone(place, own, mean) < least)
        ]

    def least(self, own: Weights) -> float:
        """How much must be left: of an answer two values, of a score SHARE."""
        first, *others = own
        return (1 / self.steps[first] if not others and first in self.steps else SHARE) - NOISE

    def width(self, place: int, quantity: Quantity, low: Reals, high: Reals) -> float:
        """How much is left of the score of one who answered everything, from 0 to 1."""
        own = self.by_class[quantity][place]
        total, times = self.of(place, quantity)
        weight = sum(own.values())
        missing, there = times * (self.most[total] - low[total]), times * high[total]
        below = [(share, self.total(place, leaf)) for leaf, share in own.items()]
        missing = min(missing, sum(share * min(1, self.most[at] - low[at]) for share, at in below))
        there = min(there, sum(share * min(1, high[at]) for share, at in below))
        return float(min(there / weight, 1) - max(1 - missing / weight, 0))

    def width_alone(self, place: int, own: Weights, mean: Mean) -> float:
        """The same by nothing but one mean."""
        if not mean.figure.which[place]:
            return 1.0
        classes = self.by_class[mean.figure.quantity]
        if not own.keys() <= classes[place].keys():
            return 1.0
        whole = sum(self.whole(inside, classes[inside]) for inside in np.flatnonzero(mean.figure.which).tolist())
        times = max(weight / classes[place][leaf] for leaf, weight in own.items()) / sum(own.values())
        return min(1.0, times * mean.high * whole) - max(0.0, 1 - times * (1 - mean.low) * whole)


def _made_of(own: Weights, below: Sequence[tuple[Quantity, Weights]]) -> Iterator[tuple[str | Quantity, float]]:
    """A node's weights by nodes below it, the largest first, and what is left by leaves."""
    left = dict(own)
    for quantity, weights in reversed(below):
        if weights.keys() <= left.keys():
            ratios = {round(own[leaf] / weight, DIGITS) for leaf, weight in weights.items()}
            if len(ratios) == 1:
                yield quantity, next(own[leaf] / weight for leaf, weight in weights.items())
                for leaf in weights:
                    del left[leaf]
    yield from left.items()

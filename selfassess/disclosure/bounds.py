"""Bounds: what everything that is published leaves of single people's answers, since these are points of a scale.

Nothing follows by adding and subtracting (audit.py), and still little may be left: of five people with a mean of 94 on
two items, nobody gave less than 40 on either. So the totals of every class of people on every item, benchmark and
strand are narrowed down to what agrees with each other, with each published mean and with the answers that are counted,
over and over, until nothing changes. Then it is asked what one person can have said, whatever the others did.

    the total of n people lies between a and b      ->  an answer lies between a less what the n - 1 others can have
                                                        given at most, and b less what they must have given at least

Answers that are counted are a pile: of all, less those of the groups that are counted too. Whoever is in none of these
groups gave one of what is left.

Propagation like this is quick and finds most. What all means leave together can be less still, and a linear program
says how little (programs.py). It is asked only where it can matter. What people really answered agrees with all that is
published: so where a person could have said much else with every total as it is, enough is left, whatever is published.
That holds of nearly everybody in nearly every round, the larger the more.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from selfassess.disclosure.audit import DIGITS, Figure, Quantity
from selfassess.disclosure.census import Census, Numbers, Pile, Scale
from selfassess.disclosure.programs import Programs, Sum, Unknown
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.score_tree import POINTS, Node, decimals, shown, span
from selfassess.scoring.answers import Flags
from selfassess.scoring.means import Composition, Weights

Reals = NDArray[np.float64]
Place = tuple[int, Quantity]
"""A class, and what it is asked about."""
Way = tuple[int, Quantity, tuple[str, ...]]
"""The same, and which items somebody's score is made from."""
SHARE = 0.25
"""Of a scale: within less than that nobody's score must be known. The mean of five people that is just not coded leaves
as much of each (docs/privacy.md)."""
NOISE = 1e-7
FUZZ = 1e-6
"""How precise what programs say is."""
MOST_PIVOTS = 10_000
"""After so many steps of the simplex method, about a second, no more programs with whole numbers are begun, and Effort
says what their answer counts as. It is steps that are counted and not seconds, so that a slower computer decides the
same."""
MOST = 50
"""Of so many people each way of leaving something open is looked at."""
MOST_ITEMS, MOST_SUMS, MOST_TIMES = 8, 20_000, 4
"""Whole steps are looked at on nodes of so many items, in so many sums of them, so many times."""
MOST_ROUNDS = 60
"""Narrowed down so many times at most: what is left then changes by less than anybody could tell."""


@dataclass(frozen=True, slots=True, eq=False)
class Mean:
    """A mean that is published: between which shares it lies, from 0 to 1."""

    figure: Figure
    low: float
    high: float
    is_code: bool = False
    """Whether nothing but this is told of it: "95 or more"."""


class Room:
    """What the people of a class can have answered to an item, as shares of the scale."""

    def __init__(self, people: int, step: float, piles: Sequence[Pile]) -> None:
        """`step`: of which answers are whole numbers; 0 where they can be anything."""
        self.people = people
        self.step = step
        self.piles = piles
        self.sums: dict[int, tuple[float, float]] = {}

    def of(self, people: int) -> tuple[float, float]:
        """What so many of them gave together, at least and at most."""
        if people not in self.sums:
            least = max(_of_first(pile.items(), people) for pile in self.piles)
            most = min(_of_first([*pile.items()][::-1], people) for pile in self.piles)
            self.sums[people] = least, most
        return self.sums[people]

    @cached_property
    def values(self) -> Sequence[float]:
        """What one of them can have given, whatever the others did."""
        first, *others = self.piles
        return [value for value in first if all(any(abs(one - value) < NOISE for one in pile) for pile in others)]

    @property
    def is_plain(self) -> bool:
        """Whether nothing is known of these answers but the ends of their scale, between which every step is there."""
        return len(self.piles) == 1 and self.widest_gap < 1.5 * self.step

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest of these values; of none, the ends of the scale."""
        return (self.values[0], self.values[-1]) if self.values else (0.0, 1.0)

    @cached_property
    def widest_gap(self) -> float:
        """How far values are apart at most."""
        return max((after - before for before, after in pairwise(self.values)), default=0.0)

    def unknown(self, low: float, high: float) -> Unknown:
        """The total, between these ends, as programs have it."""
        step = self.step or 1.0
        counts = [min(_there(pile, value) for pile in self.piles) for value in self.values]
        return Unknown(
            step=step,
            is_whole=self.step > 0,
            total=(low / step, high / step),
            others=(self.of(self.people - 1)[0] / step, self.of(self.people - 1)[1] / step),
            values=tuple(round(value / step) for value in self.values),
            people=self.people,
            most=tuple(counts),
        )


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
        whole = step > 0
        for _ in range(MOST_ROUNDS):
            ends = low[total], high[total]
            least, most = times * np.where(up, *ends), times * np.where(up, *ends[::-1])
            of_row = [np.bincount(row, one, minlength=len(self.low)) for one in (least, most)]
            above = (self.high[row] - of_row[0][row] + least) / times
            below = (self.low[row] - of_row[1][row] + most) / times
            first, last = low.copy(), high.copy()
            np.maximum.at(first, total, np.where(up, below, above))
            np.minimum.at(last, total, np.where(up, above, below))
            first[whole] = np.ceil(first[whole] / step[whole] - NOISE) * step[whole]
            last[whole] = np.floor(last[whole] / step[whole] + NOISE) * step[whole]
            # Where one number is left, rounding may turn the ends around, and that would grow from row to row.
            turned = first > last
            first[turned] = last[turned] = (first[turned] + last[turned]) / 2
            if max((first - low).max(initial=0), (high - last).max(initial=0)) < NOISE:
                break
            low, high = first, last
        return low, high


@dataclass(slots=True)
class Effort:
    """How much is searched for what whole numbers leave, and what counts where that was not enough to find out."""

    unsettled_is_little: bool = True
    pivots: int = 0
    """How many steps of the simplex method were taken so far."""


class Bounds:
    """What can be known of the totals of every class, and of single people."""

    def __init__(
        self,
        by_class: Mapping[Quantity, Sequence[Weights]],
        numbers: Mapping[str, Numbers],
        scales: Mapping[str, Scale],
        own: Mapping[Quantity, Sequence[Sequence[Weights]]] | None = None,
        cells: Sequence[Flags] = (),
        given: Callable[[int, str], Pile] | None = None,
    ) -> None:
        """By quantity and class, what its mean is made from; by leaf, how many of each class answered it, and what can
        be answered (of one that is not there, anything). `own`: by quantity and class, what people's own scores are
        made from, each way once; where it is not there, from everything that somebody in the class answered. `cells`
        are the classes of which something is published together. `given`: by class and leaf, what was answered. It
        saves work and decides nothing: what happened agrees with all that is published."""
        self.classes = max(map(len, by_class.values()), default=0)
        self.cells = [which for which in cells if np.count_nonzero(which) > 1]
        self.by_class = {of: [*classes, *(_in_all(classes, which, scales) for which in self.cells)]
                         for of, classes in by_class.items()}  # fmt: skip  # one for each
        self.numbers = {leaf: np.array([*some, *(some[which].sum() for which in self.cells)])
                        for leaf, some in numbers.items()}  # fmt: skip  # one for each
        self.scales = scales
        self.own = {
            of: [[_in_all_one(one) for one in own[of][place]] if own and of in own else [_in_all_one(weights)]
                 for place, weights in enumerate(classes)]
            for of, classes in by_class.items()
        }  # fmt: skip  # one for each
        self.given = given
        self.totals: dict[tuple[int, str | Quantity], int] = {}
        for classes in self.by_class.values():
            for place, weights in enumerate(classes):
                for leaf in weights:
                    self.totals.setdefault((place, leaf), len(self.totals))
        leaves = [(place, str(leaf)) for place, leaf in self.totals]
        self.step = [scales[leaf].step if leaf in scales else 0.0 for _, leaf in leaves]
        self.leaves = leaves
        self.definitions = [*self._defined()]

    def _defined(self) -> Iterator[Mapping[int, float]]:
        """Each total of a node as a sum of others, and each of a cell as a sum of those of its classes: nothing is what
        it comes to."""
        for at, which in enumerate(self.cells, self.classes):
            for leaf in [name for place, name in self.totals if place == at]:
                inside = [
                    self.totals[one, leaf] for one in np.flatnonzero(which).tolist() if (one, leaf) in self.totals
                ]
                yield {**dict.fromkeys(inside, 1.0), self.totals[at, leaf]: -1.0}
        for place in range(self.classes + len(self.cells)):
            rising = sorted(
                ((quantity, classes[place]) for quantity, classes in self.by_class.items() if len(classes[place]) > 1),
                key=lambda one: len(one[1]),
            )
            for at, (quantity, weights) in enumerate(rising):
                row = {self.totals[place, name]: share for name, share in _made_of(weights, rising[:at])}
                self.totals[place, quantity] = len(self.totals)
                self.step.append(self._step(weights))
                yield {**row, self.totals[place, quantity]: -1.0}

    def _step(self, weights: Weights) -> float:
        """Of what the total of a node is a whole number, where a step of each item weighs the same; else nothing."""
        steps = [weight * self.scales[leaf].step if leaf in self.scales else 0.0 for leaf, weight in weights.items()]
        return steps[0] if max(steps) - min(steps) < 1e-12 else 0.0

    def whole(self, place: int, weights: Weights) -> float:
        """The total where everybody gave the highest answer."""
        return sum(weight * float(self.numbers[leaf][place]) for leaf, weight in weights.items())

    def of(self, place: int, quantity: Quantity) -> tuple[int, float]:
        """Which total that of a quantity is, and how many times."""
        weights = self.by_class[quantity][place]
        if len(weights) > 1:
            return self.totals[place, quantity], 1.0
        ((leaf, weight),) = weights.items()
        return self.totals[place, leaf], weight

    def room(self, place: int, leaf: str, piles: Mapping[tuple[int, str], Sequence[Pile]]) -> Room:
        people = int(self.numbers[leaf][place])
        anything = dict.fromkeys(self.scales[leaf].values if leaf in self.scales else (0.0, 1.0), people)
        step = self.scales[leaf].step if leaf in self.scales else 0.0
        return Room(people, step, (anything, *piles.get((place, leaf), ())))

    def as_sum(self, mean: Mean) -> Sum:
        """A mean as a sum of the totals of items."""
        classes = self.by_class[mean.figure.quantity]
        inside = [place for place in np.flatnonzero(mean.figure.which).tolist() if classes[place]]
        whole = sum(self.whole(place, classes[place]) for place in inside)
        times = {(place, leaf): weight for place in inside for leaf, weight in classes[place].items()}
        return Sum(times, mean.low * whole, mean.high * whole)

    def equations(self, means: Sequence[Mean]) -> Equations:
        rows: list[Mapping[int, float]] = [*self.definitions]
        low, high = [0.0] * len(rows), [0.0] * len(rows)
        for mean in means:
            classes = self.by_class[mean.figure.quantity]
            inside = [place for place in np.flatnonzero(mean.figure.which).tolist() if classes[place]]
            whole = sum(self.whole(place, classes[place]) for place in inside)
            rows.append(dict(self.of(place, mean.figure.quantity) for place in inside))
            together = [
                at for at, cell in enumerate(self.cells, self.classes) if np.array_equal(cell, mean.figure.which)
            ]
            rows += [dict([self.of(at, mean.figure.quantity)]) for at in together if classes[at]]
            low += [mean.low * whole] * (len(rows) - len(low))
            high += [mean.high * whole] * (len(rows) - len(high))
        return Equations(
            row=np.repeat(np.arange(len(rows)), [len(row) for row in rows]),
            total=np.array([total for row in rows for total in row], dtype=np.intp),
            times=np.array([times for row in rows for times in row.values()]),
            low=np.array(low),
            high=np.array(high),
        )

    def narrowed(
        self, means: Sequence[Mean], piles: Mapping[tuple[int, str], Sequence[Pile]] | None = None
    ) -> "Narrowed":
        """What is left with these means, and answers that were counted, by class and leaf."""
        rooms = {(place, leaf): self.room(place, leaf, piles or {}) for place, leaf in self.leaves}
        low, high = np.full(len(self.totals), -np.inf), np.full(len(self.totals), np.inf)
        for total, room in enumerate(rooms.values()):
            low[total], high[total] = room.of(room.people)
        for (place, name), total in self.totals.items():
            if not isinstance(name, str):
                low[total], high[total] = 0, self.whole(place, self.by_class[name][place])
        equations, step = self.equations(means), np.array(self.step)
        low, high = equations.narrowed(low, high, step)
        for _ in range(MOST_TIMES):
            first, last = self.in_whole_steps(low, high)
            if np.array_equal(first, low) and np.array_equal(last, high):
                break
            low, high = equations.narrowed(first, last, step)
        return Narrowed(self, means, rooms, low, high)

    def in_whole_steps(self, low: Reals, high: Reals) -> tuple[Reals, Reals]:
        """What is left between the ends of totals, where those of the items of a node have to be whole numbers of steps
        and their sum is known to within a few: only such as agree with some of the others."""
        low, high = low.copy(), high.copy()
        for quantity, classes in self.by_class.items():
            for place, weights in enumerate(classes):
                if not 1 < len(weights) <= MOST_ITEMS or not weights.keys() <= self.scales.keys():
                    continue
                node = self.totals[place, quantity]
                if self.step[node]:  # then it is narrowed down in whole steps already
                    continue
                sizes = {self.totals[place, leaf]: weight for leaf, weight in weights.items()}
                if high[node] - low[node] > 2 * max(weight * self.step[total] for total, weight in sizes.items()):
                    continue
                if any(high[total] - low[total] > MOST_SUMS * self.step[total] for total in sizes):
                    continue
                for total, weight in sizes.items():
                    others = _sums(self.steps_of(one, times, low, high) for one, times in sizes.items() if one != total)
                    if others is None:
                        break
                    own = self.steps_of(total, weight, low, high)
                    first = np.searchsorted(others, low[node] - own - NOISE)
                    agrees = first < np.searchsorted(others, high[node] - own + NOISE)
                    if agrees.any():
                        left = own[agrees] / weight
                        low[total], high[total] = left[0], left[-1]
        return low, high

    def steps_of(self, total: int, weight: float, low: Reals, high: Reals) -> Reals:
        """Everything that a total of an item can be, times a weight."""
        step = self.step[total]
        first, last = round(low[total] / step), round(high[total] / step)
        found: Reals = weight * step * np.arange(first, last + 1)
        return found

    def disclosed(
        self,
        means: Sequence[Mean],
        open_mean: Callable[[Place], float | None],
        piles: Mapping[tuple[int, str], Sequence[Pile]] | None = None,
        wide: set[Way] | None = None,
        effort: Effort | None = None,
        among: Collection[Place] | None = None,
    ) -> list[Place]:
        """Of which people on what too little is left, though no mean alone leaves so little: neither one that is
        published nor their own, where it is no secret (`open_mean`, as a share; None where it is one); nor all answers
        that were counted, by themselves. `wide`: ways already found safe with at least this much
        published, to which those found now are added. `effort`: how much was searched so far, which is added to.
        `among`: nothing else is looked at."""
        left, effort = self.narrowed(means, piles), effort or Effort()
        wide = set() if wide is None else wide
        found = []
        spoken_of = np.any([mean.figure.which for mean in means], axis=0) if means else np.zeros(self.classes, np.bool_)
        for quantity, classes in self.by_class.items():
            for place, weights in enumerate(classes[: self.classes]):
                if not weights or not spoken_of[place]:  # no group that is left out may use up the time there is
                    continue
                if among is not None and (place, quantity) not in among:
                    continue
                little = [
                    own
                    for own in self.ways(place, quantity)
                    if way_of(place, quantity, own) not in wide and left.may_be_little(place, quantity, own)
                ]
                share = open_mean((place, quantity)) if little else None
                which = np.arange(self.classes) == place
                alone = [*means, *([] if share is None else [Mean(Figure(quantity, which), share, share)])]
                for own in little:
                    if left.is_little_by_piles(place, quantity, own) or any(
                        left.is_little_by(mean, place, quantity, own) for mean in alone
                    ):
                        continue
                    if left.is_little(place, quantity, own, effort):
                        found.append((place, quantity))
                        break
                    wide.add(way_of(place, quantity, own))
        return found

    def ways(self, place: int, quantity: Quantity) -> Sequence[Weights]:
        """What the own scores of people of a class are made from, 1 together."""
        return self.own[quantity][place]


class Narrowed:
    """What is left of every total."""

    def __init__(
        self, bounds: Bounds, means: Sequence[Mean], rooms: Mapping[tuple[int, str], Room], low: Reals, high: Reals
    ) -> None:
        self.bounds = bounds
        self.means = means
        self.rooms = rooms
        self.low = low
        self.high = high
        self.answers = {
            key: self._answer(room, float(low[bounds.totals[key]]), float(high[bounds.totals[key]]))
            for key, room in rooms.items()
        }
        """By class and leaf, between what one person's answer lies."""
        self.found_given: dict[tuple[int, str], tuple[float, float]] = {}
        """What `_given` found before."""
        self.found_scores: dict[tuple[int, bool, tuple[tuple[str, float], ...]], Reals | None] = {}
        """What `scores` found before."""
        self.found_whole: dict[Mean, float] = {}
        """What `whole_of` found before."""

    def _answer(self, room: Room, low: float, high: float) -> tuple[float, float]:
        (least, most), (least_of_others, most_of_others) = room.of(1), room.of(room.people - 1)
        return max(least, low - most_of_others), min(most, high - least_of_others)

    def may_be_little(self, place: int, quantity: Quantity, own: Weights) -> bool:
        """Whether it would be little of somebody's answer or score, were every total known as it is: else it is not
        little by what is published either."""
        if self.bounds.given is None:
            return True
        ends = {leaf: self._given(place, leaf) for leaf in own}
        return self.is_narrow(place, quantity, own, *_times(own, ends))

    def highest_given(self, place: int, own: Weights) -> float:
        """The most that is known to be possible of one person, from what was answered; -inf where that is not known."""
        if self.bounds.given is None:
            return -np.inf
        return _times(own, {leaf: self._given(place, leaf) for leaf in own})[1]

    def _given(self, place: int, leaf: str) -> tuple[float, float]:
        """Between what one person's answer lies, were their class's total known: somebody gave each answer that there
        is; and where every number of steps can be a total, one person can be as far off as the others make up for."""
        if (place, leaf) not in self.found_given and self.bounds.given is not None:
            room, given = self.rooms[place, leaf], self.bounds.given(place, leaf)
            total = sum(value * n for value, n in given.items())
            ends = self._answer(room, total, total) if room.is_plain else (min(given), max(given))
            self.found_given[place, leaf] = ends
        return self.found_given[place, leaf]

    @cached_property
    def programs(self) -> Programs:
        """Everything that is published, at once."""
        unknowns = {
            key: room.unknown(float(self.low[total]), float(self.high[total]))
            for total, (key, room) in enumerate(self.rooms.items())
            if key[0] < self.bounds.classes
        }
        return Programs(unknowns, [self.bounds.as_sum(mean) for mean in self.means])

    def is_little(self, place: int, quantity: Quantity, own: Weights, effort: Effort) -> bool:
        """Whether it is little of somebody's answer or score."""
        return self.is_little_by_propagation(place, quantity, own) or self.is_little_by_programs(
            place, quantity, own, effort
        )

    def is_little_by_programs(self, place: int, quantity: Quantity, own: Weights, effort: Effort) -> bool:
        """The same by everything that is published at once."""
        weights = {(place, leaf): share for leaf, share in own.items()}
        low, high = self.programs.ends(weights)
        if self.is_narrow(place, quantity, own, low, high, noise=FUZZ):
            return True
        if high - low > self.widest_to_ask(place, quantity, own) + FUZZ:
            return False
        if effort.pivots >= MOST_PIVOTS:
            return effort.unsettled_is_little
        before = self.programs.pivots
        highest = self.highest_given(place, own)
        ends = self.programs.ends(
            weights,
            whole=True,
            is_enough=lambda least: not self.is_narrow(place, quantity, own, least, highest, noise=FUZZ),
        )
        effort.pivots += self.programs.pivots - before
        return self.is_narrow(place, quantity, own, *ends, noise=FUZZ)

    def widest_to_ask(self, place: int, quantity: Quantity, own: Weights) -> float:
        """How wide a range may be so that it is asked what whole numbers leave of it: of a score they hardly take more
        than one answer makes of it, of a single answer they may take all."""
        if quantity[1] == "detail":
            return 1.0
        return SHARE + self.widest_gap(place, own)

    def is_little_by_propagation(self, place: int, quantity: Quantity, own: Weights) -> bool:
        """The same by what is left of every total."""
        ends = {leaf: self.answers[place, leaf] for leaf in own}
        low, high = _times(own, ends)
        weights = self.bounds.by_class[quantity][place]
        if len(weights) > 1 and own.keys() <= weights.keys():
            total, _ = self.bounds.of(place, quantity)
            others = {
                leaf: self.rooms[place, leaf].of(self.rooms[place, leaf].people - (leaf in own)) for leaf in weights
            }
            least, most = _times(weights, others)
            bottom, top = _times({leaf: weights[leaf] for leaf in own}, ends)
            times = max(share / weights[leaf] for leaf, share in own.items())
            low, high = (
                max(low, high - times * max(0.0, top - (float(self.low[total]) - most))),
                min(high, low + times * max(0.0, float(self.high[total]) - least - bottom)),
            )
        return self.is_narrow(place, quantity, own, low, high)

    def is_little_by_piles(self, place: int, quantity: Quantity, own: Weights) -> bool:
        """The same by nothing but the answers that were counted."""
        return self.is_narrow(place, quantity, own, *_times(own, {leaf: self.rooms[place, leaf].of(1) for leaf in own}))

    def is_little_by(self, mean: Mean, place: int, quantity: Quantity, own: Weights) -> bool:
        """The same by nothing but one mean."""
        if not mean.figure.which[place]:
            return False
        weights, whole = self.bounds.by_class[mean.figure.quantity][place], self.whole_of(mean)
        fewer, more = sorted((weights, own), key=len)
        some = [leaf for leaf in fewer if leaf in more]
        if not some:
            return False
        times = max(own[leaf] / weights[leaf] for leaf in some)
        told = sum(own[leaf] for leaf in some)
        low, high = told - times * (1 - mean.low) * whole, 1 - told + times * mean.high * whole
        return self.is_narrow(place, quantity, own, max(0.0, low), min(1.0, high), by_piles=False)

    def whole_of(self, mean: Mean) -> float:
        """The total where everybody whom a mean speaks of gave the highest answer."""
        if mean not in self.found_whole:
            classes = self.bounds.by_class[mean.figure.quantity]
            inside = np.flatnonzero(mean.figure.which).tolist()
            self.found_whole[mean] = sum(self.bounds.whole(one, classes[one]) for one in inside)
        return self.found_whole[mean]

    def is_narrow(
        self,
        place: int,
        quantity: Quantity,
        own: Weights,
        low: float,
        high: float,
        *,
        by_piles: bool = True,
        noise: float = NOISE,
    ) -> bool:
        """Whether two ends leave one answer to an item, or less than SHARE of the scale of a node."""
        if high - low >= 1 - NOISE:
            return False
        if quantity[1] != "detail":
            if by_piles:
                first, last = _times(own, {leaf: self.rooms[place, leaf].ends for leaf in own})
                low, high = max(low, first), min(high, last)
            if high - low >= SHARE + 2 * self.widest_gap(place, own):
                return False  # at either end less than a gap has no score in it
        values = self.scores(place, own, by_piles=by_piles)
        if values is not None:
            there = values[np.searchsorted(values, low - noise) : np.searchsorted(values, high + noise)]
            if quantity[1] == "detail":
                return len(there) < 2
            low, high = (float(there[0]), float(there[-1])) if len(there) else (0.0, 0.0)
        return high - low < SHARE - NOISE

    def widest_gap(self, place: int, own: Weights) -> float:
        """How far apart two scores next to each other can be at most, where every answer is possible."""
        return max(share * self.rooms[place, leaf].widest_gap for leaf, share in own.items())

    def scores(self, place: int, own: Weights, *, by_piles: bool) -> Reals | None:
        """Every score that answers can come to, rising; None where they can be anything, or are too many."""
        if not own.keys() <= self.bounds.scales.keys():
            return None
        key = place, by_piles, tuple(own.items())
        if key not in self.found_scores:
            self.found_scores[key] = _sums(
                share * np.array(self.rooms[place, leaf].values if by_piles else self.bounds.scales[leaf].values)
                for leaf, share in own.items()
            )
        return self.found_scores[key]


def way_of(place: int, quantity: Quantity, own: Weights) -> Way:
    """What `disclosed` remembers it by."""
    return place, quantity, tuple(own)


def own_weights(
    questionnaire: Questionnaire, census: Census, which: Flags
) -> Mapping[Quantity, Sequence[Sequence[Weights]]]:
    """What people's own scores on nodes are made from, each way once, by class. Of large classes only what is made from
    everything: nothing that is left of a few of them is little where it is not of all."""
    composition = Composition(questionnaire, of_one=True)
    leaves = [*census.scales]
    found: dict[Quantity, list[list[Weights]]] = {}
    for place in range(census.number):
        ways = [composition.weights(row) for row in _answered(census, place, leaves)] if which[place] else []
        there = {leaf for id in census.results.columns for leaf in census.weights(place, id)}
        for node in composition.nodes:
            all_of_it = census.weights(place, node.id)
            kinds = [way[node.id] for way in ways if way[node.id].keys() <= there]
            each = {tuple(one.items()): one for one in (all_of_it, *kinds) if one}
            found.setdefault((node.id, "score"), []).append([*each.values()])
    return found


def _answered(census: Census, place: int, leaves: Sequence[str]) -> list[list[str]]:
    """Each set of items that somebody of a class answered, where they are not many."""
    if census.whole[place] >= MOST:
        return []
    people = census.of_person == place
    rows = np.array([census.results.scored[leaf][people] for leaf in leaves]).T
    there = {tuple(row) for row in rows.tolist()}
    return [[leaf for leaf, has in zip(leaves, row, strict=True) if has] for row in sorted(there)]


def as_told(questionnaire: Questionnaire, node: Node, share: float) -> tuple[float, float]:
    """Between which shares the mean of a node lies, where it is told as precisely as it is shown."""
    ends, places = span(questionnaire, node) if node.units == "own" else POINTS, decimals(node)
    told = shown(ends.value(share), places)
    half = 0.5 / 10.0**places
    return max(0.0, ends.share(told - half)), min(1.0, ends.share(told + half))


def _sums(some: Iterable[Reals]) -> Reals | None:
    """Every sum of one of each, rising; None where there are too many."""
    found = np.zeros(1)
    for one in some:
        if len(found) * len(one) > MOST_SUMS:
            return None
        found = np.unique((found[:, None] + one).round(DIGITS))
    return found


def _in_all(classes: Sequence[Weights], which: Flags, items: Collection[str]) -> Weights:
    """What several classes weigh things by, where they weigh them alike; nothing where they do not, or where something
    is an answer of its own to some of them and made from items for others."""
    found: dict[str, float] = {}
    there = [classes[place] for place in np.flatnonzero(which).tolist() if classes[place]]
    for own in there:
        for leaf, weight in own.items():
            if abs(found.setdefault(leaf, weight) - weight) > NOISE:
                return {}
    return {} if any(leaf not in items and leaf not in own for leaf in found for own in there) else found


def _in_all_one(weights: Weights) -> Weights:
    """Weights as a person's own score has them: 1 together, whatever was asked of others."""
    whole = sum(weights.values())
    return {leaf: weight / whole for leaf, weight in weights.items()}


def _there(pile: Pile, value: float) -> int:
    """How many gave a value."""
    return sum(n for one, n in pile.items() if abs(one - value) < NOISE)


def _of_first(pile: Iterable[tuple[float, int]], people: int) -> float:
    """What the answers of the first so many come to."""
    found = 0.0
    for value, there in pile:
        some = min(there, people)
        found += value * some
        people -= some
    return found


def _times(own: Weights, ends: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    low, high = 0.0, 0.0
    for leaf, share in own.items():
        first, last = ends[leaf]
        low += share * first
        high += share * last
    return low, high


def _made_of(weights: Weights, below: Sequence[tuple[Quantity, Weights]]) -> Iterator[tuple[str | Quantity, float]]:
    """A node's weights by nodes below it, the largest first, and what is left by leaves."""
    left = dict(weights)
    for quantity, own in reversed(below):
        if own.keys() <= left.keys():
            ratios = {round(weights[leaf] / weight, DIGITS) for leaf, weight in own.items()}
            if len(ratios) == 1:
                yield quantity, next(weights[leaf] / weight for leaf, weight in own.items())
                for leaf in own:
                    del left[leaf]
    yield from left.items()

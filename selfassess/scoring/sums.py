"""Everything that is told of one round as sums over people and items, and whether new means tell a secret with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from selfassess.scoring.algebra import Matrix, Sum, Told, is_made_of, nothing_told
from selfassess.scoring.answers import Flags
from selfassess.scoring.ledger import in_which, small
from selfassess.scoring.related import Composition, Weights
from selfassess.scoring.score import Results, Shares

Quantity = tuple[str, str]
"""The id of a node or item, and which kind of score it is."""
Known = tuple[Told, ...]
"""What is told; what would be known if the means of all cells were; and if scores that come out the same in two ways
were taken for the same. What follows without anything new is the report's own affair, in each case."""
NODE, ITEM = "score", "detail"
"""The kinds of quantities that a report tells: the score of a node, and everything about an item."""
DECIMALS = 9
"""In which scores are the same, whatever they were added up from first."""
MOST = 40
"""Classes of people that can be looked at in good time."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """How scores are made: as for the report of a round, or as for a comparison."""

    results: Results
    names: Mapping[str, str]
    """What the items are called in the round, by what they are called here."""


@dataclass(frozen=True, slots=True, eq=False)
class Mean:
    """A mean of some people."""

    quantity: Quantity
    people: Flags
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """The means that have to do with a round."""

    of_everybody: Sequence[Mean]
    """One on each node and item of the report."""
    told: Sequence[Mean]
    """By the report, and by comparisons before this one."""
    of_cells: Sequence[Mean]
    """Those of all nodes in all cells. Where they are withheld they may still be known nearly: "95 or more"."""
    perhaps: Sequence[Mean]
    """Those that may be told now."""

    def of(self, quantity: Quantity) -> "Means":
        """Those of one quantity."""
        every = (self.of_everybody, self.told, self.of_cells, self.perhaps)
        one, told, cells, perhaps = ([mean for mean in some if mean.quantity == quantity] for some in every)
        return Means(of_everybody=one, told=told, of_cells=cells, perhaps=perhaps)

    @property
    def sets(self) -> list[Flags]:
        """Everybody that one of them speaks of, or may."""
        return [mean.people for mean in (*self.told, *self.of_cells, *self.perhaps)]


class Classes:
    """People of whom no mean takes some without the others."""

    def __init__(self, sets: Sequence[Flags], *, is_coarse: bool = False) -> None:
        """With `is_coarse`, what some of a class have is taken for theirs."""
        _, self.of_person = in_which(list({one.tobytes(): one for one in sets}.values()))
        self.number = int(self.of_person.max(initial=-1)) + 1
        self.is_coarse = is_coarse
        self.whole = self.sizes(np.ones(len(self.of_person), dtype=np.bool_))

    def sizes(self, people: Flags) -> NDArray[np.intp]:
        """How many of some people are in each."""
        return np.bincount(self.of_person[people], minlength=self.number)

    def which(self, people: Flags) -> Flags:
        """The classes that some people are."""
        sizes = self.sizes(people)
        flags: Flags = sizes > 0 if self.is_coarse else sizes == self.whole
        return flags

    def people(self, which: Flags) -> Flags:
        """Everybody in some classes."""
        flags: Flags = which[self.of_person]
        return flags


def sums(
    means: Means, in_common: Sequence[Flags], is_secret: Callable[[Quantity, Flags], bool], limit: int
) -> list["Sums"]:
    """The sums over some means that have to be looked at together. `in_common`: who is in a group, in a cell, in two
    rounds, whatever they answered. Of `limit` people nothing is secret."""
    classes = Classes(means.sets + list(in_common))
    if classes.number > MOST:
        # Many people left different things open: whoever has cells and rounds in common counts as one.
        classes = Classes(in_common, is_coarse=True)
    # Each quantity by itself as well: there nothing is excused because it follows from what is told of others.
    each = [means.of(quantity) for quantity in {mean.quantity: None for mean in means.perhaps}]
    alone = [Sums(own, Classes(own.sets), is_secret, limit) for own in each]
    return [*alone, Sums(means, classes, is_secret, limit)]


class Sums:
    """What is told of one round, and what follows from it."""

    def __init__(
        self, means: Means, classes: Classes, is_secret: Callable[[Quantity, Flags], bool], limit: int
    ) -> None:
        self.classes = classes
        self.is_secret = is_secret
        self.limit = limit
        every = (*means.told, *means.of_cells, *means.perhaps, *means.of_everybody)
        self.of = {mean.quantity: mean for mean in every}
        self.places = {quantity: place for place, quantity in enumerate(self.of)}
        self.weights: dict[Results, list[Mapping[str, Weights]]] = {}
        nothing = nothing_told([self.made_from(quantity) for quantity in self.of])
        told = nothing.and_told(map(self.sum, means.told))
        supposed = told.and_told(map(self.sum, means.of_cells))
        is_made_anew = len(self.ways) < len(self.of)
        alike = [nothing.and_told(self.sums_alike(means.told))] if is_made_anew else []
        self.known: Known = told, supposed, *alike

    def with_these(self, means: Sequence[Mean]) -> Known | None:
        """What is known when these are told as well; None if more follows then than may be known."""
        there = [mean for mean in means if mean.quantity in self.of]
        sums = [self.sum(mean) for mean in there]
        each = sums, sums, [*self.sums_alike(there)]
        found = tuple(then.and_told(some) for then, some in zip(self.known, each, strict=False))
        return None if any(map(self.more, self.known, found)) else found

    def more(self, then: Told, now: Told) -> bool:
        """Whether something secret follows now that did not before."""
        quantities = list(self.of)
        return any(
            self.more_of(quantities[place], then.follows(place), now.follows(place)) for place in now.may_follow(then)
        )

    def more_of(self, quantity: Quantity, then: Matrix, now: Matrix) -> bool:
        if len(then) == len(now):
            return False
        has = self.has(quantity)
        return any(
            self.is_secret(quantity, self.classes.people(which) & has)
            and not self.is_only_item(quantity, which)
            and not is_made_of(which, then)
            for which in small(now, self.classes.sizes(has), self.limit)
        )

    def is_only_item(self, quantity: Quantity, which: Flags) -> bool:
        """Whether an item is told of under the name of a node of the report, of which it is the only item: that is
        allowed."""
        if quantity[1] != ITEM:
            return False
        rows = self.known[0].made.rows[:, which]
        own = rows[self.places[quantity]]
        return any(np.array_equal(own, rows[place]) for other, place in self.places.items() if other[1] == NODE)

    def has(self, quantity: Quantity) -> Flags:
        return self.of[quantity].way.results.scored[quantity[0]]

    def sum(self, mean: Mean) -> Sum:
        return self.places[mean.quantity], self.classes.which(mean.people)

    def sums_alike(self, means: Iterable[Mean]) -> Iterator[Sum]:
        """The sums of some means, of their own quantities and of what comes out the same in another way."""
        for mean in means:
            place, which = self.sum(mean)
            yield place, which
            id, own = mean.quantity[0], mean.way.results.shares[mean.quantity[0]][mean.people]
            for other in self.ways[id]:
                if other != mean.quantity and _same(own, self.shares(other)[mean.people]):
                    yield self.places[other], which

    @cached_property
    def ways(self) -> Mapping[str, list[Quantity]]:
        """By id, the quantities that there are of a node or item."""
        found: dict[str, list[Quantity]] = {}
        for quantity in self.of:
            found.setdefault(quantity[0], []).append(quantity)
        return found

    def shares(self, quantity: Quantity) -> Shares:
        return self.of[quantity].way.results.shares[quantity[0]]

    def made_from(self, quantity: Quantity) -> list[Weights]:
        """What the scores of each class come from. Where some of a class left an item open, it is taken for answered:
        so it looks from outside. Nothing, where somebody has no score."""
        way, id = self.of[quantity].way, quantity[0]
        there = self.classes.which(self.has(quantity)).tolist()
        if len(self.of) == 1:  # there is nothing that it could hang together with
            return [{id: 1.0} if has else {} for has in there]
        return [
            {self.name(way, leaf, place): weight for leaf, weight in own[id].items()} if has else {}
            for place, (own, has) in enumerate(zip(self.weights_of(way.results), there, strict=True))
        ]

    def name(self, way: Way, leaf: str, place: int) -> str:
        """What something is called that the scores of a class come from: the same where it is the same. A node that
        follows from nothing is, where everybody in the class has the same score on it."""
        if leaf in way.names:
            return way.names[leaf]
        scores = way.results.shares[leaf][self.classes.of_person == place]
        return f"{leaf} {np.round(scores, DECIMALS).tobytes().hex()}"

    def weights_of(self, results: Results) -> list[Mapping[str, Weights]]:
        """Class by class, what all scores come from."""
        if results not in self.weights:
            questionnaire = results.answers.questionnaire
            ids = list(results.columns)
            scored = np.array([self.classes.sizes(results.scored[id]) > 0 for id in ids])
            by_class = [frozenset(compress(ids, own)) for own in scored.T.tolist()]
            composition = Composition(questionnaire)
            found = {some: composition.where_scored(some) for some in {*by_class}}
            self.weights[results] = [found[some] for some in by_class]
        return self.weights[results]


def _same(some: Shares, others: Shares) -> bool:
    return np.array_equal(np.round(some, DECIMALS), np.round(others, DECIMALS))

"""Exchanges: two people give each other what they answered, and what that makes of everybody's scores and figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.scoring.answers import Flags

Reals = NDArray[np.float64]
Places = NDArray[np.intp]
NOISE = 1e-9
"""Shares and variances (of shares) as near as that are the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Something that can be exchanged: the answers to an item, or to everything below a node."""

    leaves: Places
    scores: Places
    """The scores that it is in."""
    is_small: bool
    """Whether it is exchanged as a whole or not at all: an item, or what is below a node that is no sum."""
    is_lowest: bool
    """Whether it is all below a node that has no others below it."""
    own: Places
    """Each of its leaves in each score that this is in: their places in `People.shares`."""
    inside: Places
    into: Places
    """Which of its leaves and of its scores these are."""
    numbers: Reals
    """By cell and score, how many have it; 1 at least."""
    freedom: Reals
    """One less; 1 at least."""

    def with_scores(self, table: Reals, own: Reals) -> Reals:
        """A table by cell and score, with these of this part."""
        found = table.copy()
        found[:, self.scores] = own
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Others:
    """People who exchange nothing. All by cell and score."""

    numbers: NDArray[np.int64]
    sums: Reals
    squares: Reals
    """How many have a score, what these add up to, and their squares."""
    whole: Reals
    totals: Reals
    """What the weights of their answers add up to, and the answers times these."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of people who may exchange something."""

    one: Places
    other: Places
    can: Flags
    """By pair and leaf, whether they can exchange it, where they answered differently."""
    crosses: Flags
    """Who of them are of two groups."""

    def only(self, some: Places) -> "Pairs":
        """Some of them."""
        return Pairs(self.one[some], self.other[some], self.can[some], self.crosses[some])


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Between what some figures lie, as they are printed; infinite where nothing is."""

    low: Reals
    high: Reals
    width: Reals
    """1 where that is infinite."""

    def outside(self, value: Reals) -> Reals:
        """How far something is outside of them, in widths; 0 inside."""
        found: Reals = np.maximum(np.maximum(self.low - value, value - self.high), 0.0)
        found /= self.width
        return found

    def of(self, scores: Places) -> "Ends":
        """Of some of the scores."""
        return Ends(self.low[:, scores], self.high[:, scores], self.width[:, scores])


def between(low: Reals, high: Reals) -> Ends:
    """Those two."""
    width = np.where(np.isfinite(high - low), high - low, 1.0)
    return Ends(low, high, np.maximum(width, NOISE))


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """Between what each figure lies, as it is printed. All by cell and score, as shares."""

    variances: Ends
    means: Ends
    counted: Flags
    """By cell and leaf, whether its answers are counted."""
    found: dict[Part, tuple[Ends, Ends]] = field(default_factory=dict)
    """What `of` found before."""

    def of(self, part: Part) -> tuple[Ends, Ends]:
        """The ends of variances and means of the scores of a part."""
        if part not in self.found:
            self.found[part] = self.variances.of(part.scores), self.means.of(part.scores)
        return self.found[part]


@dataclass(slots=True, eq=False)
class Candidate:
    """One way in which everybody may have answered."""

    answers: Reals
    scores: Reals
    """0 where there is none."""
    sums: Reals
    squares: Reals
    means: Reals
    """These by cell and score: of people's scores, and the mean of all answers."""
    of_spreads: Reals
    of_means: Reals
    """By cell and score, how far spreads and means are off what is printed; 0 where they come out so."""

    @property
    def misses(self) -> Reals:
        """The same of both together."""
        return self.of_spreads + self.of_means


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """Pairs of people who exchange a part, each pair by itself."""

    part: Part
    one: Places
    other: Places
    given: Reals
    """By pair and leaf, what the first gets more; the other has as much less."""
    of_one: Reals
    of_other: Reals
    """By pair and score of the part, by what their own scores change."""
    sums: Reals
    squares: Reals
    means: Reals | None
    """By pair, cell and score of the part, what these are after it; None where no means change."""
    of_spreads: Reals
    of_means: Reals | None
    """In the same way, how far they are off then."""
    missed: Reals
    """By pair, how far all figures together are off then."""

    def after(self, candidate: Candidate, at: int) -> Candidate:
        """The candidate that it was worked out for, after one pair's exchange."""
        part, one, other = self.part, self.one[at], self.other[at]
        answers, scores = candidate.answers.copy(), candidate.scores.copy()
        answers[one, part.leaves] += self.given[at]
        answers[other, part.leaves] -= self.given[at]
        scores[one, part.scores] += self.of_one[at]
        scores[other, part.scores] += self.of_other[at]
        means, of_means = candidate.means, candidate.of_means
        if self.means is not None and self.of_means is not None:
            means, of_means = part.with_scores(means, self.means[at]), part.with_scores(of_means, self.of_means[at])
        return Candidate(
            answers,
            scores,
            part.with_scores(candidate.sums, self.sums[at]),
            part.with_scores(candidate.squares, self.squares[at]),
            means,
            part.with_scores(candidate.of_spreads, self.of_spreads[at]),
            of_means,
        )


@dataclass(frozen=True, eq=False)
class People:
    """Some people, what they answered, and how their scores are made from that. A leaf is an item, or a node that is no
    sum of others (a ladder)."""

    unit: Places
    """By person, the place of their group among `cells`; 0 where there are none."""
    cells: Flags
    """By cell and person, who is in it; everybody first."""
    answers: Reals
    """By person and leaf, from 0 to 1; nan where there is none."""
    scores: Reals
    """By person and score, from 0 to 1; nan where there is none."""
    leads: Sequence[Places]
    """By leaf, which scores it is in, rising."""
    shares: Reals
    """By person, for each leaf and each score that it is in: how much of that score it makes."""
    weights: Reals
    """The same in the mean of a cell."""
    kinds: NDArray[np.int64]
    """By person and leaf: only answers of one kind can be exchanged. -1 where nothing can."""
    bundles: Sequence[Places]
    """Leaves that can be exchanged together only."""
    others: "Others"
    """Who is in these cells too, and exchanges nothing."""

    @cached_property
    def has(self) -> Flags:
        """By person and score, whether there is one."""
        return ~np.isnan(self.scores)

    @cached_property
    def inside(self) -> Reals:
        """By person and cell, 1 for who is in it."""
        return self.cells.T.astype(np.float64)

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """By cell and score, how many have it."""
        found: NDArray[np.int64] = self.cells.astype(np.int64) @ self.has + self.others.numbers
        return found

    @cached_property
    def firsts(self) -> Places:
        """By leaf, where its columns in `shares` begin."""
        return np.cumsum([0, *map(len, self.leads)])

    def columns(self, leaf: int) -> slice:
        """Where a leaf is in `shares`."""
        return slice(self.firsts[leaf], self.firsts[leaf + 1])

    @cached_property
    def whole(self) -> Reals:
        """By cell and score, what all weights in its mean add up to; 1 where there are none."""
        found = self.others.whole.copy()
        for leaf, scores in enumerate(self.leads):
            answered = ~np.isnan(self.answers[:, leaf])
            found[:, scores] += self.cells @ (self.weights[:, self.columns(leaf)] * answered[:, None])
        return np.where(found > 0, found, 1.0)

    # What can be exchanged

    @cached_property
    def parts(self) -> list[Part]:
        """What can be exchanged: each item, and everything below each score."""
        bundled = {leaf for some in self.bundles for leaf in some.tolist()}
        small = [np.array([leaf]) for leaf in range(len(self.leads)) if leaf not in bundled and len(self.leads[leaf])]
        small += self.bundles
        once = {tuple(some.tolist()): some for some in (*small, *self.below) if len(some)}
        return [self.part(some, is_small=at < len(small)) for at, some in enumerate(once.values())]

    def part(self, leaves: Places, *, is_small: bool) -> Part:
        leads = [self.leads[leaf] for leaf in leaves.tolist()]
        into = np.concatenate(leads)
        scores = np.unique(into)
        sizes = self.is_below.sum(axis=1)
        inside = (sizes > 1) & (sizes < len(leaves)) & (self.is_below[:, leaves].sum(axis=1) == sizes)
        numbers = self.numbers[:, scores]
        return Part(
            leaves=leaves,
            scores=scores,
            is_small=is_small,
            is_lowest=not is_small and not inside.any(),
            own=np.concatenate([np.arange(self.firsts[leaf], self.firsts[leaf + 1]) for leaf in leaves.tolist()]),
            inside=np.repeat(np.arange(len(leaves)), [len(own) for own in leads]),
            into=np.searchsorted(scores, into),
            numbers=np.maximum(numbers, 1).astype(np.float64),
            freedom=np.maximum(numbers - 1, 1).astype(np.float64),
        )

    @cached_property
    def parts_of(self) -> list[list[Part]]:
        """By score, what is below it and moves it. (What is exchanged together with that may lead to other scores
        alone.)"""
        found: list[list[Part]] = [[] for _ in self.below]
        for part in self.parts:
            for score in part.scores[self.is_below[part.scores][:, part.leaves].all(axis=1)].tolist():
                found[score].append(part)
        return found

    @cached_property
    def small(self) -> list[list[Part]]:
        """By score, what it is made from, in small parts."""
        return [[part for part in parts if part.is_small] for parts in self.parts_of]

    @cached_property
    def lowest(self) -> list[list[Part]]:
        """By score, what is below the lowest nodes that it is made from: when that is exchanged, their own figures stay
        as they are, as far as may be. In small parts, where it is such a node itself."""
        found = []
        for parts, small, below in zip(self.parts_of, self.small, self.below, strict=True):
            inside = [part for part in parts if part.is_lowest and len(part.leaves) < len(below)]
            found.append(inside or small)
        return found

    def part_below(self, score: int) -> Part:
        """Everything below a score."""
        return next(part for part in self.parts if np.array_equal(part.leaves, self.below[score]))

    def part_of(self, leaf: int) -> Part:
        """What a leaf is exchanged with."""
        return next(part for part in self.parts if part.is_small and leaf in part.leaves)

    @cached_property
    def is_below(self) -> Flags:
        """By score and leaf, whether it is made from it, or from what is exchanged with it."""
        inside = np.zeros((self.scores.shape[1], len(self.leads)), dtype=np.bool_)
        for leaf, scores in enumerate(self.leads):
            inside[scores, leaf] = True
        for bundle in self.bundles:
            inside[np.ix_(inside[:, bundle].any(axis=1), bundle)] = True
        return inside

    @cached_property
    def below(self) -> list[Places]:
        """By score, these leaves."""
        return [np.flatnonzero(row) for row in self.is_below]

    def pairs(self, one: Places, other: Places, counted: Flags) -> Pairs:
        """Some pairs. `counted`: by cell and leaf, whether its answers are counted."""
        kinds = self.kinds[one]
        crosses: Flags = self.unit[one] != self.unit[other]
        can: Flags = (kinds == self.kinds[other]) & (kinds >= 0)
        if crosses.any():
            can &= ~(crosses[:, None] & (counted[self.unit[one]] | counted[self.unit[other]]))
        for bundle in self.bundles:
            can[:, bundle] &= can[:, bundle].all(axis=1)[:, None]
        return Pairs(one, other, can, crosses)

    # What comes of it

    def as_answered(self) -> Candidate:
        """What they did answer. It agrees with all that is printed, since that was made from it."""
        answers, scores = np.nan_to_num(self.answers), np.nan_to_num(self.scores)
        totals, others = self.others.totals.copy(), self.others
        for leaf, places in enumerate(self.leads):
            totals[:, places] += self.cells @ (self.weights[:, self.columns(leaf)] * answers[:, leaf, None])
        sums, squares = self.cells @ scores + others.sums, self.cells @ scores**2 + others.squares
        off = np.zeros(sums.shape)
        return Candidate(answers, scores, sums, squares, totals / self.whole, off, off)

    def variances(self, sums: Reals, squares: Reals) -> Reals:
        """By cell and score, the variance (n - 1) of people's scores."""
        found: Reals = (squares - sums**2 / np.maximum(self.numbers, 1)) / np.maximum(self.numbers - 1, 1)
        return found

    def exchange(
        self,
        candidate: Candidate,
        part: Part,
        pairs: Pairs,
        printed: Printed,
        *,
        fixed: tuple[int, Flags] | None = None,
        towards: tuple[int, bool] | None = None,
    ) -> Exchange:
        """What comes of it where pairs of people exchange all of a part that both answered. Only pairs to whom that
        makes a difference. `fixed`: a person, and which of their answers stay as they are. `towards`: only pairs of
        whom the first has a higher score then, or a lower one; which of those of the part it is, and whether higher."""
        one, other, leaves, scores = pairs.one, pairs.other, part.leaves, part.scores
        given = candidate.answers[other[:, None], leaves] - candidate.answers[one[:, None], leaves]
        can = pairs.can[:, leaves] & (np.abs(given) > NOISE)
        if fixed is not None and (own := fixed[1][leaves]).any():
            can &= ~(((one == fixed[0]) | (other == fixed[0]))[:, None] & own)
        there = np.flatnonzero(can.any(axis=1))
        one, other, given = one[there], other[there], np.where(can[there], given[there], 0.0)
        of_one = self.moved(part, given, one)
        if towards is not None:
            at, is_up = towards
            gain = of_one[:, at]
            better = np.flatnonzero(gain > NOISE if is_up else -gain > NOISE)
            there, one, other, given, of_one = there[better], one[better], other[better], given[better], of_one[better]
        of_other = -self.moved(part, given, other)
        inside_one, inside_other = self.inside[one][:, :, None], self.inside[other][:, :, None]
        before_one, before_other = candidate.scores[one[:, None], scores], candidate.scores[other[:, None], scores]
        squares_one, squares_other = (2 * before_one + of_one) * of_one, (2 * before_other + of_other) * of_other
        sums = candidate.sums[:, scores] + (inside_one * of_one[:, None] + inside_other * of_other[:, None])
        squares = candidate.squares[:, scores] + (
            inside_one * squares_one[:, None] + inside_other * squares_other[:, None]
        )
        of_variances, of_means = printed.of(part)
        of_spreads = of_variances.outside((squares - sums**2 / part.numbers) / part.freedom)
        off, means, means_off = of_spreads, None, None
        if pairs.crosses[there].any():
            means = candidate.means[:, scores] + self.means_moved(part, given, one, other)
            means_off = of_means.outside(means)
            off = of_spreads + means_off
        misses = candidate.misses
        missed = off.sum(axis=(1, 2)) + (misses.sum() - misses[:, scores].sum())
        return Exchange(part, one, other, given, of_one, of_other, sums, squares, means, of_spreads, means_off, missed)

    def moved(self, part: Part, given: Reals, who: Places) -> Reals:
        """By how much scores of a part change where people get more of its leaves."""
        terms = given[:, part.inside] * self.shares[who[:, None], part.own]
        return terms if len(part.leaves) == 1 else _added(terms, part.into, len(part.scores))

    def means_moved(self, part: Part, given: Reals, one: Places, other: Places) -> Reals:
        """By pair, cell and score of a part, by how much the means of cells change."""
        terms, cells = given[:, part.inside], len(self.cells)
        got = self.inside[one][:, :, None] * (terms * self.weights[one[:, None], part.own])[:, None]
        gave = self.inside[other][:, :, None] * (terms * self.weights[other[:, None], part.own])[:, None]
        moved = (got - gave) / self.whole[:, part.scores[part.into]]
        if len(part.leaves) == 1:
            return moved
        found = _added(moved.reshape(-1, moved.shape[2]), part.into, len(part.scores))
        return found.reshape(len(one), cells, len(part.scores))


def _added(terms: Reals, into: Places, number: int) -> Reals:
    """By row, terms that go into the same column added up, one after the other."""
    rows = len(terms)
    places = (np.arange(0, rows * number, number)[:, None] + into).ravel()
    found: Reals = np.bincount(places, terms.ravel(), minlength=rows * number).reshape(rows, number)
    return found

"""Exchanges: two people give each other what they answered, and what that makes of everybody's scores and figures."""

from collections.abc import Mapping, Sequence
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
class Alike:
    """Parts whose leaves lead to as many scores in the same way. All by part."""

    leaves: Places
    scores: Places
    """The scores that it is in."""
    own: Places
    """Each of its leaves in each score that this is in: their places in `People.shares`."""
    inside: Places
    into: Places
    """Which of the leaves and of the scores these are, of every part the same."""
    numbers: Reals
    """By score and cell, how many have it; 1 at least."""
    freedom: Reals
    """One less; 1 at least."""


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
    alike: Alike
    """It and those like it."""
    place: int
    """Which of them it is."""


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

    def of(self, at: Places | int) -> "Ends":
        """Of some of them."""
        return Ends(self.low[at], self.high[at], self.width[at])

    def outside(self, value: Reals) -> Reals:
        """How far something is outside of them, in widths; 0 inside."""
        found: Reals = np.maximum(np.maximum(self.low - value, value - self.high), 0.0)
        found /= self.width
        return found


def between(low: Reals, high: Reals) -> Ends:
    """Those two, by cell and score; to be asked by score and cell."""
    width = np.where(np.isfinite(high - low), high - low, 1.0)
    return Ends(low.T, high.T, np.maximum(width, NOISE).T)


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """Between what each figure lies, as it is printed, as shares."""

    variances: Ends
    means: Ends
    counted: Flags
    """By cell and leaf, whether its answers are counted."""
    found: dict[Alike, tuple[Ends, Ends]] = field(default_factory=dict)
    """What `of` found before."""

    def of(self, parts: Alike) -> tuple[Ends, Ends]:
        """The ends of the variances and means of parts, by part, score and cell."""
        if parts not in self.found:
            self.found[parts] = self.variances.of(parts.scores), self.means.of(parts.scores)
        return self.found[parts]


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
class Exchanges:
    """Pairs of people who exchange a part, each by itself."""

    parts: Alike
    which: Places | int
    """The part of each of them, or that of all."""
    one: Places
    other: Places
    given: Reals
    """By exchange and leaf, what the first gets more; the other has as much less."""
    of_one: Reals
    of_other: Reals
    """By exchange and score of the part, by what their own scores change."""
    sums: Reals
    means: Reals | None
    """By exchange, score and cell, by what these change; None where no means do."""

    def of(self, place: int) -> "Exchanges":
        """Those of one part. They are in the order of parts."""
        some = slice(*np.searchsorted(self.which, (place, place + 1)).tolist())
        return Exchanges(
            self.parts,
            place,
            self.one[some],
            self.other[some],
            self.given[some],
            self.of_one[some],
            self.of_other[some],
            self.sums[some],
            None if self.means is None else self.means[some],
        )

    def part(self, at: int) -> int:
        """The part of one of them."""
        return self.which if isinstance(self.which, int) else int(self.which[at])


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What exchanges make of a candidate's figures."""

    candidate: Candidate
    some: Exchanges
    sums: Reals
    squares: Reals
    means: Reals | None
    of_spreads: Reals
    of_means: Reals | None
    """By exchange, score and cell: what these are after it. None where no means change."""
    missed: Reals
    """By exchange, how far all figures together are off then."""

    def after(self, at: int) -> Candidate:
        """The candidate after one of them."""
        some, before = self.some, self.candidate
        place, one, other = some.part(at), some.one[at], some.other[at]
        leaves, scores = some.parts.leaves[place], some.parts.scores[place]
        answers, own = before.answers.copy(), before.scores.copy()
        answers[one, leaves] += some.given[at]
        answers[other, leaves] -= some.given[at]
        own[one, scores] += some.of_one[at]
        own[other, scores] += some.of_other[at]
        means, of_means = before.means, before.of_means
        if self.means is not None and self.of_means is not None:
            means, of_means = _with(means, scores, self.means[at]), _with(of_means, scores, self.of_means[at])
        return Candidate(
            answers,
            own,
            _with(before.sums, scores, self.sums[at]),
            _with(before.squares, scores, self.squares[at]),
            means,
            _with(before.of_spreads, scores, self.of_spreads[at]),
            of_means,
        )


def _with(table: Reals, scores: Places, own: Reals) -> Reals:
    """A table by cell and score, with these of some scores."""
    found = table.copy()
    found.T[scores] = own
    return found


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
        return [
            self.part(some, alike, place, is_small=at < len(small))
            for at, (some, (alike, place)) in enumerate(zip(once.values(), self.alike([*once.values()]), strict=True))
        ]

    def part(self, leaves: Places, alike: Alike, place: int, *, is_small: bool) -> Part:
        sizes = self.is_below.sum(axis=1)
        inside = (sizes > 1) & (sizes < len(leaves)) & (self.is_below[:, leaves].sum(axis=1) == sizes)
        return Part(leaves, alike.scores[place], is_small, not is_small and not inside.any(), alike, place)

    def alike(self, parts: Sequence[Places]) -> Sequence[tuple[Alike, int]]:
        """By part, those that are like it, and which of them it is."""
        sorts: dict[tuple[object, ...], list[int]] = {}
        into = [np.concatenate([self.leads[leaf] for leaf in leaves.tolist()]) for leaves in parts]
        inside = [np.repeat(np.arange(len(leaves)), [len(self.leads[leaf]) for leaf in leaves.tolist()])
                  for leaves in parts]  # fmt: skip  # one for each
        scores = [np.unique(some) for some in into]
        for at, some in enumerate(into):
            into[at] = np.searchsorted(scores[at], some)
            key = tuple(inside[at].tolist()), tuple(into[at].tolist())
            sorts.setdefault(key, []).append(at)
        found: dict[int, tuple[Alike, int]] = {}
        for places in sorts.values():
            leads = np.array([scores[at] for at in places])
            numbers = self.numbers.T[leads]
            one = Alike(
                leaves=np.array([parts[at] for at in places]),
                scores=leads,
                own=np.array([self.columns_of(parts[at]) for at in places]),
                inside=inside[places[0]],
                into=into[places[0]],
                numbers=np.maximum(numbers, 1).astype(np.float64),
                freedom=np.maximum(numbers - 1, 1).astype(np.float64),
            )
            found |= {at: (one, place) for place, at in enumerate(places)}
        return [found[at] for at in range(len(parts))]

    def columns_of(self, leaves: Places) -> Places:
        """Where some leaves are in `shares`."""
        return np.concatenate([np.arange(self.firsts[leaf], self.firsts[leaf + 1]) for leaf in leaves.tolist()])

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
        return self._by_leaves[tuple(self.below[score].tolist())]

    @cached_property
    def _by_leaves(self) -> Mapping[tuple[int, ...], Part]:
        return {tuple(part.leaves.tolist()): part for part in self.parts}

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
        crosses: Flags = np.not_equal(self.unit[one], self.unit[other])
        can: Flags = (kinds == self.kinds[other]) & (kinds >= 0)
        if crosses.any():
            can &= ~(crosses[:, None] & (counted[self.unit[one]] | counted[self.unit[other]]))
        for bundle in self.bundles:
            can[:, bundle] &= can[:, bundle].all(axis=1, keepdims=True)
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

    def exchanges(
        self,
        candidate: Candidate,
        parts: Alike,
        which: Places | int,
        pairs: Pairs,
        *,
        chosen: Places | None = None,
        fixed: tuple[int, Flags] | None = None,
        towards: tuple[int, bool] | None = None,
    ) -> Exchanges:
        """What comes of it where pairs of people exchange all of a part that both answered: each pair one part, or each
        of some. Only those that make a difference. `chosen`: by part, which of the pairs; `fixed`: a person, and which
        of their answers stay as they are; `towards`: only those after which the first has more of a score, or less."""
        at = np.atleast_1d(which)
        leaves = parts.leaves[at][:, None]
        chosen = np.arange(len(pairs.one))[None] if chosen is None else chosen
        one, other = pairs.one[chosen], pairs.other[chosen]
        given = candidate.answers[other[:, :, None], leaves] - candidate.answers[one[:, :, None], leaves]
        can = pairs.can[chosen[:, :, None], leaves] & (np.abs(given) > NOISE)
        if fixed is not None and (own := fixed[1][leaves]).any():
            can &= ~(((one == fixed[0]) | (other == fixed[0]))[:, :, None] & own)
        part, pair = can.any(axis=2).nonzero()
        given = np.where(can[part, pair], given[part, pair], 0.0)
        chosen_part = part if len(chosen) > 1 else 0
        one, other, crosses = one[chosen_part, pair], other[chosen_part, pair], pairs.crosses[chosen[chosen_part, pair]]
        part = at[part]
        of_one = self.moved(parts, part, given, one)
        if towards is not None:
            score, is_up = towards
            gain = of_one[np.arange(len(part)), (parts.scores == score).argmax(axis=1)[part]]
            (better,) = (gain > NOISE if is_up else -gain > NOISE).nonzero()
            part, one, other, crosses = part[better], one[better], other[better], crosses[better]
            given, of_one = given[better], of_one[better]
        of_other = -self.moved(parts, part, given, other)
        return Exchanges(
            parts,
            which if isinstance(which, int) else part,
            one,
            other,
            given,
            of_one,
            of_other,
            self.inside[one][:, None] * of_one[:, :, None] + self.inside[other][:, None] * of_other[:, :, None],
            self.means_moved(parts, part, given, one, other) if crosses.any() else None,
        )

    def moved(self, parts: Alike, part: Places, given: Reals, who: Places) -> Reals:
        """By how much scores of parts change where people get more of their leaves."""
        terms = given[:, parts.inside] * self.shares[who[:, None], parts.own[part]]
        return terms if given.shape[1] == 1 else _added(terms, parts.into, parts.scores.shape[1])

    def means_moved(self, parts: Alike, part: Places, given: Reals, one: Places, other: Places) -> Reals:
        """By exchange, score and cell, by how much means change."""
        own, terms = parts.own[part], given[:, parts.inside]
        got = self.inside[one][:, :, None] * (terms * self.weights[one[:, None], own])[:, None]
        gave = self.inside[other][:, :, None] * (terms * self.weights[other[:, None], own])[:, None]
        number = parts.scores.shape[1]
        moved = (got - gave) / self.whole.T[parts.scores[part][:, parts.into]].transpose(0, 2, 1)
        if given.shape[1] > 1:
            moved = _added(moved.reshape(-1, moved.shape[2]), parts.into, number).reshape(len(one), -1, number)
        return moved.transpose(0, 2, 1)

    def weighed(self, candidate: Candidate, some: Exchanges, printed: Printed) -> Weighed:
        """What exchanges make of a candidate's figures."""
        parts, which = some.parts, some.which
        scores = parts.scores[which]
        of_variances, of_means = printed.of(parts)
        own = candidate.scores
        squares_one = (2 * own[some.one[:, None], scores] + some.of_one) * some.of_one
        squares_other = (2 * own[some.other[:, None], scores] + some.of_other) * some.of_other
        squares = candidate.squares.T[scores] + (
            self.inside[some.one][:, None] * squares_one[:, :, None]
            + self.inside[some.other][:, None] * squares_other[:, :, None]
        )
        sums = candidate.sums.T[scores] + some.sums
        of_spreads = of_variances.of(which).outside((squares - sums**2 / parts.numbers[which]) / parts.freedom[which])
        off, means, means_off = of_spreads, None, None
        if some.means is not None:
            means = candidate.means.T[scores] + some.means
            means_off = of_means.of(which).outside(means)
            off = of_spreads + means_off
        misses = candidate.misses
        rest = misses.sum() - misses.T[scores].sum(axis=(-2, -1))
        missed = off.sum(axis=(1, 2)) + rest
        return Weighed(candidate, some, sums, squares, means, of_spreads, means_off, missed)


def _added(terms: Reals, into: Places, number: int) -> Reals:
    """By row, terms that go into the same column added up, one after the other."""
    rows = len(terms)
    places = (np.arange(0, rows * number, number)[:, None] + into).ravel()
    found: Reals = np.bincount(places, terms.ravel(), minlength=rows * number).astype(np.float64, copy=False)
    return found.reshape(rows, number)

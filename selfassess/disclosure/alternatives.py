"""Alternatives: what people might have answered instead, with everything that is published as it is.

Standard deviations and the words for them are of people's own scores, so they tell who gave which answers together. No
sum follows from them, and no equations say what they leave. So it is shown by example that enough is left: an
alternative is another way in which all of the people may have answered. Every answer is a point of its scale, everybody
left open what they did, and each published mean, count and spread comes out as it is printed. Whoever holds nothing but
these figures cannot tell it from the truth.

    two people of a group exchange their answers to an item   ->  no mean and no count changes, and hardly a deviation
    they exchange everything below a node                      ->  all the less

Somebody is protected on an item if an alternative has another answer of theirs, and on a node if their scores on it are
at least SHARE of the scale apart in two of them. First all that one exchange comes to is looked at. Whoever is not
protected by that is given another answer, or a score that is far enough, and then others exchange answers until each
figure is back where it was (repair): a local search from a fixed seed. What it finds is so; it may miss something.

Two people of different groups can exchange answers to an item too, where it is published of neither group. That changes
means, which are brought back in the same way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.disclosure.bounds import SHARE
from selfassess.scoring.answers import Flags

Reals = NDArray[np.float64]
Places = NDArray[np.intp]
NOISE = 1e-9
"""Shares and variances (of shares) as near as that are the same."""
SEED = 1987
ALL_PAIRS = 64
"""In larger groups not all pairs of people are looked at, but PARTNERS of each."""
PARTNERS = 3
CROSSING = 150
"""Among more people than so many nobody exchanges answers with other groups: there are enough in each."""
REMEMBERED = 60
"""So many exchanges of one person are remembered while that person is looked at; of more, all would be a lot."""
AT_ONCE = 400
"""Pairs of people that are looked at to repair something."""
TRIES, TIMES, REPAIRS, IDLE, PARTS, MEANS = 4, 4, (6, 12, 20), 5, 2, 12
"""How often somebody is given something else, and that again; how many exchanges may repair that (the first times, and
later), how many of them in vain, and from how many parts each is chosen, for spreads and for means."""
MOST_REPAIRS = 1000
"""After so many in one round, a second or two, no more are tried."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Something that can be exchanged: the answers to an item, or to everything below a node."""

    leaves: Places
    scores: Places
    """The scores that it is in."""
    places: Sequence[Places]
    """By leaf, which of these it is in."""
    is_small: bool
    """Whether it is exchanged as a whole or not at all: an item, or what is below a node that is no sum."""
    is_lowest: bool
    """Whether it is all below a node that has no others below it."""


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
    """By leaf, which scores it is in."""
    shares: Sequence[Reals]
    """By leaf, a row for each person: how much of each of these scores it makes."""
    weights: Sequence[Reals]
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
    def numbers(self) -> NDArray[np.int64]:
        """By cell and score, how many have it."""
        found: NDArray[np.int64] = self.cells.astype(np.int64) @ self.has + self.others.numbers
        return found

    @cached_property
    def whole(self) -> Reals:
        """By cell and score, what all weights in its mean add up to; 1 where there are none."""
        found = self.others.whole.copy()
        for leaf, scores in enumerate(self.leads):
            answered = ~np.isnan(self.answers[:, leaf])
            found[:, scores] += self.cells @ (self.weights[leaf] * answered[:, None])
        return np.where(found > 0, found, 1.0)

    @cached_property
    def parts(self) -> list[Part]:
        """What can be exchanged: each item, and everything below each score."""
        bundled = {leaf for some in self.bundles for leaf in some.tolist()}
        small = [np.array([leaf]) for leaf in range(len(self.leads)) if leaf not in bundled and len(self.leads[leaf])]
        small += self.bundles
        once = {tuple(some.tolist()): some for some in (*small, *self.below) if len(some)}
        return [self.part(some, is_small=at < len(small)) for at, some in enumerate(once.values())]

    def part(self, leaves: Places, *, is_small: bool) -> Part:
        scores = np.unique(np.concatenate([self.leads[leaf] for leaf in leaves.tolist()]))
        places = [np.searchsorted(scores, self.leads[leaf]) for leaf in leaves.tolist()]
        inside = [some for some in self.below if 1 < len(some) < len(leaves) and np.isin(some, leaves).all()]
        return Part(leaves, scores, places, is_small, not is_small and not inside)

    @cached_property
    def small(self) -> list[list[Part]]:
        """By score, what it is made from, in small parts."""
        return [[part for part in self.parts_of(score) if part.is_small] for score in range(len(self.below))]

    def parts_of(self, score: int) -> list[Part]:
        """What is below a score and moves it. (What is exchanged together with that may lead to other scores alone.)"""
        return [part for part in self.parts if score in part.scores and np.isin(part.leaves, self.below[score]).all()]

    @cached_property
    def lowest(self) -> list[list[Part]]:
        """By score, what is below the lowest nodes that it is made from: when that is exchanged, their own figures stay
        as they are, as far as may be. In small parts, where it is such a node itself."""
        found = []
        for score, (small, below) in enumerate(zip(self.small, self.below, strict=True)):
            inside = [part for part in self.parts_of(score) if part.is_lowest]
            found.append([part for part in inside if len(part.leaves) < len(below)] or small)
        return found

    def part_below(self, score: int) -> Part:
        """Everything below a score."""
        return next(part for part in self.parts if np.array_equal(part.leaves, self.below[score]))

    def part_of(self, leaf: int) -> Part:
        """What a leaf is exchanged with."""
        return next(part for part in self.parts if part.is_small and leaf in part.leaves)

    @cached_property
    def below(self) -> list[Places]:
        """By score, the leaves that it is made from, and all that is exchanged with these."""
        inside = np.zeros((self.scores.shape[1], len(self.leads)), dtype=np.bool_)
        for leaf, scores in enumerate(self.leads):
            inside[scores, leaf] = True
        for bundle in self.bundles:
            inside[np.ix_(inside[:, bundle].any(axis=1), bundle)] = True
        return [np.flatnonzero(row) for row in inside]

    def as_answered(self) -> "Candidate":
        """What they did answer."""
        answers, scores = np.nan_to_num(self.answers), np.nan_to_num(self.scores)
        totals, others = self.others.totals.copy(), self.others
        for leaf, places in enumerate(self.leads):
            totals[:, places] += self.cells @ (self.weights[leaf] * answers[:, leaf, None])
        sums, squares = self.cells @ scores + others.sums, self.cells @ scores**2 + others.squares
        return Candidate(answers, scores, sums, squares, totals / self.whole)

    def variances(self, sums: Reals, squares: Reals, scores: Places | slice = slice(None)) -> Reals:
        """By cell and score, the variance (n - 1) of people's scores."""
        n = self.numbers[:, scores]
        found: Reals = (squares - sums**2 / np.maximum(n, 1)) / np.maximum(n - 1, 1)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """Between what each figure lies, as it is printed. All by cell and score, as shares; infinite where nothing is."""

    variances: tuple[Reals, Reals]
    means: tuple[Reals, Reals]
    counted: Flags
    """By cell and leaf, whether its answers are counted."""


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

    def copy(self) -> "Candidate":
        return Candidate(*(one.copy() for one in (self.answers, self.scores, self.sums, self.squares, self.means)))


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
    """By pair, cell and score of the part, by what these change; None where no means do."""

    def only(self, some: Places | Flags) -> "Exchange":
        """Some of the pairs."""
        return Exchange(
            self.part,
            self.one[some],
            self.other[some],
            self.given[some],
            self.of_one[some],
            self.of_other[some],
            self.sums[some],
            self.squares[some],
            None if self.means is None else self.means[some],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """A candidate in which somebody would be protected, were it not for some figures."""

    candidate: Candidate
    misses: Reals
    """By cell and score, how far its spreads are off."""
    is_possible: bool
    """Whether all means come out as they are printed."""


class Alternatives:
    """Looks for alternatives to what people answered."""

    def __init__(self, people: People, printed: Printed) -> None:
        self.people = people
        self.printed = printed
        self.truth = people.as_answered()
        self.differs = np.zeros(people.answers.shape, dtype=np.bool_)
        """By person and leaf, whether an alternative has another answer."""
        self.low, self.high = people.scores.copy(), people.scores.copy()
        """By person and score, the lowest and highest in any alternative."""
        self.random = np.random.RandomState(SEED)
        self.repairs, self.allowed = 0, MOST_REPAIRS
        """How many exchanges were made to repair something, and how many may be."""
        self._at_first: dict[tuple[Part, int, bool], Exchange] = {}
        """What comes of exchanges of the person looked at, where everybody else answered what they did answer."""

    # How far off what is printed

    def misses(self, candidate: Candidate) -> tuple[Reals, Reals]:
        """By cell and score, how far spreads and means are off what is printed; 0 where they come out so."""
        return self._misses(candidate.sums, candidate.squares, candidate.means, slice(None))

    def misses_of_all(self, candidate: Candidate) -> Reals:
        """The same of both together."""
        of_spreads, of_means = self.misses(candidate)
        return of_spreads + of_means

    def _misses(self, sums: Reals, squares: Reals, means: Reals, scores: Places | slice) -> tuple[Reals, Reals]:
        variances = self.people.variances(sums, squares, scores)
        return (
            _outside(variances, *(ends[:, scores] for ends in self.printed.variances)),
            _outside(means, *(ends[:, scores] for ends in self.printed.means)),
        )

    def missed(self, candidate: Candidate, misses: Reals, some: Exchange) -> Reals:
        """By pair, how far all figures together are off after it; `misses` are those of the candidate before."""
        scores = some.part.scores
        sums, squares = candidate.sums[:, scores] + some.sums, candidate.squares[:, scores] + some.squares
        if some.means is None:
            variances = self.people.variances(sums, squares, scores)
            after = _outside(variances, *(ends[:, scores] for ends in self.printed.variances))
        else:
            of_spreads, of_means = self._misses(sums, squares, candidate.means[:, scores] + some.means, scores)
            after = of_spreads + of_means
        found: Reals = after.sum(axis=(1, 2)) + (misses.sum() - misses[:, scores].sum())
        return found

    # Exchanges

    def exchange(
        self, candidate: Candidate, part: Part, one: Places, other: Places, fixed: tuple[int, Flags] | None = None
    ) -> Exchange:
        """What comes of it where pairs of people exchange all of a part that both answered. Only pairs to whom that
        makes a difference. `fixed`: a person, and which of their answers stay as they are."""
        people, leaves = self.people, part.leaves
        given = candidate.answers[other[:, None], leaves] - candidate.answers[one[:, None], leaves]
        kinds = people.kinds[one[:, None], leaves]
        can = (kinds == people.kinds[other[:, None], leaves]) & (kinds >= 0)
        crosses = people.unit[one] != people.unit[other]
        if crosses.any():
            counted = self.printed.counted[:, leaves]
            can &= ~(crosses[:, None] & (counted[people.unit[one]] | counted[people.unit[other]]))
        for bundle in people.bundles:
            if (inside := np.isin(leaves, bundle)).any():
                can[:, inside] &= can[:, inside].all(axis=1)[:, None]
        if fixed is not None:
            can &= ~(((one == fixed[0]) | (other == fixed[0]))[:, None] & fixed[1][leaves])
        given = np.where(can & (np.abs(given) > NOISE), given, 0.0)
        there = given.any(axis=1)
        one, other, given, crosses = one[there], other[there], given[there], crosses[there]
        of_one, of_other = np.zeros((2, len(one), len(part.scores)))
        inside_one, inside_other = people.cells.T[one][:, :, None], people.cells.T[other][:, :, None]
        means = np.zeros((len(one), len(people.cells), len(part.scores))) if crosses.any() else None
        for at, (leaf, places) in enumerate(zip(leaves.tolist(), part.places, strict=True)):
            change = given[:, at, None]
            of_one[:, places] += change * people.shares[leaf][one]
            of_other[:, places] -= change * people.shares[leaf][other]
            if means is not None:
                weights, whole = people.weights[leaf], people.whole[:, people.leads[leaf]]
                moved = (
                    inside_one * (change * weights[one])[:, None] - inside_other * (change * weights[other])[:, None]
                )
                means[:, :, places] += moved / whole
        before_one, before_other = candidate.scores[one][:, part.scores], candidate.scores[other][:, part.scores]
        squares_one, squares_other = (2 * before_one + of_one) * of_one, (2 * before_other + of_other) * of_other
        return Exchange(
            part,
            one,
            other,
            given,
            of_one,
            of_other,
            inside_one * of_one[:, None] + inside_other * of_other[:, None],
            inside_one * squares_one[:, None] + inside_other * squares_other[:, None],
            means,
        )

    def after(self, candidate: Candidate, some: Exchange, at: int) -> Candidate:
        """The candidate after one pair's exchange."""
        then, part, one, other = candidate.copy(), some.part, int(some.one[at]), int(some.other[at])
        then.answers[one, part.leaves] += some.given[at]
        then.answers[other, part.leaves] -= some.given[at]
        then.scores[one, part.scores] += some.of_one[at]
        then.scores[other, part.scores] += some.of_other[at]
        then.sums[:, part.scores] += some.sums[at]
        then.squares[:, part.scores] += some.squares[at]
        if some.means is not None:
            then.means[:, part.scores] += some.means[at]
        return then

    # What is protected

    def unprotected_answers(self) -> Flags:
        """By person and leaf, whether no alternative to an answer was found."""
        return ~np.isnan(self.people.answers) & ~self.differs

    def unprotected_scores(self) -> Flags:
        """By person and score, whether no two alternatives are far enough apart."""
        found: Flags = self.people.has & ~(self.high - self.low >= SHARE - NOISE)
        return found

    def is_unprotected(self, person: int, part: Part, score: int | None) -> bool:
        """Whether somebody is not protected on a score; or on an item, where there is none."""
        if score is None:
            return not self.differs[person, part.leaves].any()
        return not self.high[person, score] - self.low[person, score] >= SHARE - NOISE

    def note(self, candidate: Candidate) -> None:
        """Take in an alternative."""
        self.differs |= np.abs(candidate.answers - self.truth.answers) > NOISE
        scores = np.where(self.people.has, candidate.scores, np.nan)
        self.low, self.high = np.fmin(self.low, scores), np.fmax(self.high, scores)

    def look_around(self) -> None:
        """Take in everything that one exchange comes to."""
        misses = self.misses_of_all(self.truth)
        for part in self.people.parts:
            for one, other in self.pairs:
                some = self.exchange(self.truth, part, one, other)
                some = some.only(self.missed(self.truth, misses, some) <= 0)
                for who, change in ((some.one, some.of_one), (some.other, some.of_other)):
                    pair, leaf = np.nonzero(some.given)
                    self.differs[who[pair], part.leaves[leaf]] = True
                    score = self.truth.scores[who][:, part.scores] + change
                    np.minimum.at(self.low, (who[:, None], part.scores), score)
                    np.maximum.at(self.high, (who[:, None], part.scores), score)

    @cached_property
    def pairs(self) -> list[tuple[Places, Places]]:
        """Whose exchanges are looked at: all pairs of people in a group; in large groups some of each person."""
        all_pairs, some = [], []
        random = np.random.RandomState(SEED)
        for unit in np.unique(self.people.unit).tolist():
            inside = np.flatnonzero(self.people.unit == unit)
            if len(inside) <= ALL_PAIRS:
                one, other = np.triu_indices(len(inside), 1)
                all_pairs.append((inside[one], inside[other]))
            else:
                some += [(inside, random.permutation(inside)) for _ in range(PARTNERS)]
        together = [tuple(np.concatenate(side) for side in zip(*all_pairs, strict=True))] if all_pairs else []
        return [(one, other) for one, other in (*together, *some)]

    @cached_property
    def repairing(self) -> tuple[Places, Places]:
        """The pairs of people who may exchange something to repair others' exchanges."""
        if len(self.people.unit) <= CROSSING:
            one, other = np.triu_indices(len(self.people.unit), 1)
            return one, other
        return np.concatenate([one for one, _ in self.pairs]), np.concatenate([other for _, other in self.pairs])

    @cached_property
    def inside(self) -> tuple[Places, Places]:
        """Those of them who are in one group."""
        one, other = self.repairing
        same = self.people.unit[one] == self.people.unit[other]
        return one[same], other[same]

    @cached_property
    def across(self) -> tuple[Places, Places]:
        """Those of them who are not."""
        one, other = self.repairing
        apart = self.people.unit[one] != self.people.unit[other]
        return one[apart], other[apart]

    def can_cross(self, part: Part) -> bool:
        """Whether people of different groups can exchange any of it."""
        return bool(self.crossing[part.leaves].any())

    @cached_property
    def crossing(self) -> Flags:
        """By leaf, whether it is published of fewer groups than all but one."""
        units = np.unique(self.people.unit)
        found: Flags = (~self.printed.counted[units]).sum(axis=0) > 1
        return found

    # Whoever is not protected by one exchange

    def protect(
        self, person: int, part: Part, score: int | None, nearest: Attempt | None, again: int
    ) -> Attempt | None:
        """Look for an alternative for somebody on a score, or on an item. Where none is found, what comes nearest to
        one (or what came nearest the last times, `again` of them); None where nothing else can be."""
        self._at_first.clear()
        for turn in range(again * TRIES, again * TRIES + TRIES):
            if not self.is_unprotected(person, part, score):
                return None
            if nearest is not None and self.repairs >= self.allowed:
                break
            candidate = self.otherwise(person, part, score, turn)
            if candidate is None or candidate is self.truth:
                continue
            attempt = self.repaired(candidate, person, part, most=REPAIRS[min(again, len(REPAIRS) - 1)])
            if not attempt.is_possible:
                continue
            if not attempt.misses.any():
                self.note(attempt.candidate)
            elif self.would_protect(attempt, person, score) and (
                nearest is None or self.cost(attempt) < self.cost(nearest)
            ):
                nearest = attempt
        return nearest if self.is_unprotected(person, part, score) else None

    def would_protect(self, attempt: Attempt, person: int, score: int | None) -> bool:
        """Whether somebody would be protected with it."""
        if score is None:
            return True
        reached = float(attempt.candidate.scores[person, score])
        low, high = self.low[person, score], self.high[person, score]
        return bool(max(reached, high) - min(reached, low) >= SHARE - NOISE)

    def cost(self, attempt: Attempt) -> float:
        """How much would have to be suppressed for it: less of groups than of all, and of what is below."""
        times = np.where(np.arange(len(self.people.cells)), 1.0, 2.0)[:, None] * np.sqrt(self.sizes)
        return float((times * (attempt.misses > 0)).sum())

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """By score, how many leaves it is made from."""
        return np.array([len(some) for some in self.people.below])

    def otherwise(self, person: int, part: Part, score: int | None, turn: int) -> Candidate | None:
        """A candidate in which somebody has another answer, or a score that is far enough from others, whatever that
        makes of figures; or one that is on the way there."""
        some = self.with_others(self.truth, part, person, crossing=score is None)
        is_last = turn % TRIES == TRIES - 1
        if not len(some.one) and (score is None or not is_last):
            return None
        missed = self.missed(self.truth, self.misses_of_all(self.truth), some) if len(some.one) else np.zeros(0)
        if score is None:
            # Of those who give the same, one of each group, so that everything there is gets its turn.
            sorts = np.column_stack([some.given, self.people.unit[some.other]])[np.argsort(missed, kind="stable")]
            firsts = np.sort(np.unique(sorts, axis=0, return_index=True)[1])
            return self.after(self.truth, some, int(np.argsort(missed, kind="stable")[firsts[turn % len(firsts)]]))
        at = int(np.searchsorted(part.scores, score))
        reached = self.truth.scores[person, score] + some.of_one[:, at]
        low, high = self.low[person, score], self.high[person, score]
        enough = np.flatnonzero((reached >= low + SHARE - NOISE) | (reached <= high - SHARE + NOISE))
        if len(enough) > turn and not is_last:
            return self.after(self.truth, some, int(enough[np.argsort(missed[enough], kind="stable")[turn]]))
        # Half of what is lacking on one side is nearer to what is printed than all of it.
        lacking, is_up = (SHARE - (high - low)) / (1 if turn % 2 else 2), turn % 2 == 0
        if is_last:
            is_up = turn // TRIES % 2 == 0
        candidate = self.truth
        if turn % TRIES < 2:
            candidate = self.after(candidate, some, int(reached.argmax() if is_up else reached.argmin()))
        goal = high + lacking if is_up else low - lacking
        return self.driven(candidate, person, part, score, goal, is_up=is_up, crossing=is_last)

    def driven(
        self, candidate: Candidate, person: int, part: Part, score: int, goal: float, *, is_up: bool, crossing: bool
    ) -> Candidate:
        """The same after somebody took over more of others' answers, until their score is high or low enough."""
        parts = self.people.small[score] if crossing else self.people.lowest[score]
        for place in self.random.permutation(len(parts)).tolist() * 2:
            now = candidate.scores[person, score]
            if now >= goal - NOISE if is_up else now <= goal + NOISE:
                break
            some = self.with_others(candidate, parts[place], person, crossing=crossing)
            gain = some.of_one[:, np.searchsorted(some.part.scores, score)] * (1 if is_up else -1)
            better = some.only(gain > NOISE)
            if len(better.one):
                missed = self.missed(candidate, self.misses_of_all(candidate), better)
                then = self.after(candidate, better, int(missed.argmin()))
                if crossing:
                    repaired = self.repaired(then, person, part, most=REPAIRS[0], only_means=True)
                    then = repaired.candidate if repaired.is_possible else candidate
                candidate = then
        return candidate

    def with_others(self, candidate: Candidate, part: Part, person: int, *, crossing: bool) -> Exchange:
        """The exchanges of one person with each of the others; with those of other groups too, where there are few."""
        key = part, person, crossing
        if candidate is self.truth and key in self._at_first:
            return self._at_first[key]
        people = self.people
        inside = people.unit == people.unit[person]
        if crossing and len(people.unit) <= CROSSING and self.can_cross(part):
            inside = np.ones(len(people.unit), dtype=np.bool_)
        inside[person] = False
        others = np.flatnonzero(inside)
        found = self.exchange(candidate, part, np.full(len(others), person), others)
        if candidate is self.truth and len(found.one) <= REMEMBERED:
            self._at_first[key] = found
        return found

    def repaired(
        self, candidate: Candidate, person: int, part: Part, *, most: int, only_means: bool = False
    ) -> Attempt:
        """A candidate after `most` exchanges that bring its figures (or only its means) nearer to what is printed,
        without touching what somebody answered to a part."""
        fixed = np.zeros(self.people.answers.shape[1], dtype=np.bool_)
        fixed[part.leaves] = True
        misses, idle = self.misses(candidate), 0
        for _ in range(most):
            is_off = misses[1].any() or (misses[0].any() and not only_means)
            if not is_off or idle == IDLE or self.repairs >= self.allowed:
                break
            self.repairs += 1
            idle += 1
            found = [*self.repairs_of(candidate, misses, (person, fixed))]
            if found:
                missed, some, at = min(found, key=lambda one: one[0])
                if missed < (misses[0] + misses[1]).sum() - NOISE:
                    candidate = self.after(candidate, some, at)
                    misses, idle = self.misses(candidate), 0
        return Attempt(candidate, misses[0], is_possible=not misses[1].any())

    def repairs_of(
        self, candidate: Candidate, misses: tuple[Reals, Reals], fixed: tuple[int, Flags]
    ) -> Iterator[tuple[float, Exchange, int]]:
        """Exchanges that may bring figures nearer to what is printed, each with how far they are off then: of the
        smallest node whose mean is off, or else of the smallest whose spread is."""
        of_means = bool(misses[1].any())
        off = np.flatnonzero(misses[int(of_means)].any(axis=0))
        score = int(off[self.sizes[off].argmin()])
        near = [part for part in self.people.small[score] if self.can_cross(part)] if of_means else []
        near = near or self.people.lowest[score]
        for place in self.random.permutation(len(near))[: MEANS if of_means else PARTS].tolist():
            one, other = self.across if of_means else self.inside
            if len(one) > AT_ONCE:
                some_pairs = self.random.randint(len(one), size=AT_ONCE)
                one, other = one[some_pairs], other[some_pairs]
            some = self.exchange(candidate, near[place], one, other, fixed)
            if len(some.one):
                missed = self.missed(candidate, misses[0] + misses[1], some)
                at = int(missed.argmin())
                yield float(missed[at]), some, at


def _outside(value: Reals, low: Reals, high: Reals) -> Reals:
    """How far outside of two ends something is, in widths of what is between them; 0 inside."""
    width = np.where(np.isfinite(high - low), high - low, 1.0)
    found: Reals = np.maximum(np.maximum(low - value, value - high), 0.0) / np.maximum(width, NOISE)
    return found

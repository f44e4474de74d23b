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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.disclosure.bounds import SHARE
from selfassess.disclosure.exchanges import (
    NOISE,
    Alike,
    Candidate,
    Exchanges,
    Pairs,
    Part,
    People,
    Places,
    Printed,
    Weighed,
)
from selfassess.scoring.answers import Flags

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
class Attempt:
    """A candidate in which somebody would be protected, were it not for some figures."""

    candidate: Candidate
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
        self._at_first: dict[tuple[Part, int, bool], Weighed] = {}
        """What comes of exchanges of the person looked at, where everybody else answered what they did answer."""
        self._others: dict[tuple[int, bool], Pairs] = {}
        """That person with others: of one group, and of all."""

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
        people = self.people
        for pairs in self.pairs:
            for part in people.parts:
                some = people.exchanges(self.truth, part.alike, part.place, pairs)
                there = np.flatnonzero(people.weighed(self.truth, some, self.printed).missed <= 0)
                pair, leaf = np.nonzero(some.given[there])
                for who, change in ((some.one[there], some.of_one[there]), (some.other[there], some.of_other[there])):
                    self.differs[who[pair], part.leaves[leaf]] = True
                    score = self.truth.scores[who][:, part.scores] + change
                    np.minimum.at(self.low, (who[:, None], part.scores), score)
                    np.maximum.at(self.high, (who[:, None], part.scores), score)

    @cached_property
    def pairs(self) -> list[Pairs]:
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
        return [self.people.pairs(one, other, self.printed.counted) for one, other in (*together, *some)]

    @cached_property
    def repairing(self) -> Pairs:
        """The pairs of people who may exchange something to repair others' exchanges."""
        if len(self.people.unit) <= CROSSING:
            one, other = np.triu_indices(len(self.people.unit), 1)
        else:
            one, other = (
                np.concatenate(side) for side in zip(*((one.one, one.other) for one in self.pairs), strict=True)
            )
        return self.people.pairs(one, other, self.printed.counted)

    @cached_property
    def inside(self) -> Pairs:
        """Those of them who are in one group."""
        return self.repairing.only(np.flatnonzero(~self.repairing.crosses))

    @cached_property
    def across(self) -> Pairs:
        """Those of them who are not."""
        return self.repairing.only(np.flatnonzero(self.repairing.crosses))

    def can_cross(self, part: Part) -> bool:
        """Whether people of different groups can exchange any of it."""
        return bool(self.crossing[part.leaves].any())

    @cached_property
    def crossing(self) -> Flags:
        """By leaf, whether it is published of fewer groups than all but one."""
        units = np.unique(self.people.unit)
        found: Flags = (~self.printed.counted[units]).sum(axis=0) > 1
        return found

    @cached_property
    def crossing_of(self) -> list[list[Part]]:
        """By score, the small parts of it that people of different groups can exchange."""
        return [[part for part in parts if self.can_cross(part)] for parts in self.people.small]

    # Whoever is not protected by one exchange

    def protect(
        self, person: int, part: Part, score: int | None, nearest: Attempt | None, again: int
    ) -> Attempt | None:
        """Look for an alternative for somebody on a score, or on an item. Where none is found, what comes nearest to
        one (or what came nearest the last times, `again` of them); None where nothing else can be."""
        self._at_first.clear()
        self._others.clear()
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
            if not attempt.candidate.of_spreads.any():
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
        return float((times * (attempt.candidate.of_spreads > 0)).sum())

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """By score, how many leaves it is made from."""
        return np.array([len(some) for some in self.people.below])

    def otherwise(self, person: int, part: Part, score: int | None, turn: int) -> Candidate | None:
        """A candidate in which somebody has another answer, or a score that is far enough from others, whatever that
        makes of figures; or one that is on the way there."""
        weighed = self.with_others(part, person, crossing=score is None)
        some = weighed.some
        is_last = turn % TRIES == TRIES - 1
        if not len(some.one) and (score is None or not is_last):
            return None
        if score is None:
            # Of those who give the same, one of each group, so that everything there is gets its turn.
            nearest = np.argsort(weighed.missed, kind="stable")
            sorts = np.column_stack([some.given, self.people.unit[some.other]])[nearest]
            firsts = np.sort(np.unique(sorts, axis=0, return_index=True)[1])
            return weighed.after(int(nearest[firsts[turn % len(firsts)]]))
        at = int(np.searchsorted(part.scores, score))
        reached = self.truth.scores[person, score] + some.of_one[:, at]
        low, high = self.low[person, score], self.high[person, score]
        enough = np.flatnonzero((reached >= low + SHARE - NOISE) | (reached <= high - SHARE + NOISE))
        if len(enough) > turn and not is_last:
            return weighed.after(int(enough[np.argsort(weighed.missed[enough], kind="stable")[turn]]))
        # Half of what is lacking on one side is nearer to what is printed than all of it.
        lacking, is_up = (SHARE - (high - low)) / (1 if turn % 2 else 2), turn % 2 == 0
        if is_last:
            is_up = turn // TRIES % 2 == 0
        candidate = self.truth
        if turn % TRIES < 2:
            candidate = weighed.after(int(reached.argmax() if is_up else reached.argmin()))
        goal = high + lacking if is_up else low - lacking
        return self.driven(candidate, person, part, score, goal, is_up=is_up, crossing=is_last)

    def driven(
        self, candidate: Candidate, person: int, part: Part, score: int, goal: float, *, is_up: bool, crossing: bool
    ) -> Candidate:
        """The same after somebody took over more of others' answers, until their score is high or low enough."""
        parts = self.people.small[score] if crossing else self.people.lowest[score]
        order = [parts[place] for place in self.random.permutation(len(parts)).tolist()]
        # What people give each other of one part is the same after they exchanged another, but where these overlap.
        is_apart = _are_apart(parts)
        for _ in range(2):
            towards: Mapping[Part, Exchanges] = {}
            for at, one in enumerate(order):
                now = candidate.scores[person, score]
                if now >= goal - NOISE if is_up else now <= goal + NOISE:
                    return candidate
                if one not in towards or not is_apart:
                    ahead = order[at:] if is_apart else [one]
                    towards = self.towards(candidate, ahead, person, (score, is_up), crossing=crossing)
                some = towards[one].of(one.place)
                if not len(some.one):
                    continue
                weighed = self.people.weighed(candidate, some, self.printed)
                then = weighed.after(int(weighed.missed.argmin()))
                if crossing:
                    repaired = self.repaired(then, person, part, most=REPAIRS[0], only_means=True)
                    if not repaired.is_possible:
                        continue
                    if repaired.candidate is not then:
                        towards, then = {}, repaired.candidate
                candidate = then
        return candidate

    def towards(
        self, candidate: Candidate, parts: Sequence[Part], person: int, goal: tuple[int, bool], *, crossing: bool
    ) -> Mapping[Part, Exchanges]:
        """By part, the exchanges of somebody with each of the others after which they have more of a score, or less:
        of it and of parts like it."""
        sorts: dict[tuple[Alike, bool], list[Part]] = {}
        for part in parts:
            sorts.setdefault((part.alike, crossing and self.can_cross(part)), []).append(part)
        found: dict[Part, Exchanges] = {}
        for (alike, _), some in sorts.items():
            pairs = self.others_of(some[0], person, crossing=crossing)
            which = np.sort([part.place for part in some])
            given = self.people.exchanges(candidate, alike, which, pairs, towards=goal)
            found |= dict.fromkeys(some, given)
        return found

    def with_others(self, part: Part, person: int, *, crossing: bool) -> Weighed:
        """The exchanges of one person with each of the others, where everybody answered what they did answer."""
        key = part, person, crossing
        if key in self._at_first:
            return self._at_first[key]
        pairs = self.others_of(part, person, crossing=crossing)
        some = self.people.exchanges(self.truth, part.alike, part.place, pairs)
        found = self.people.weighed(self.truth, some, self.printed)
        if len(some.one) <= REMEMBERED:
            self._at_first[key] = found
        return found

    def others_of(self, part: Part, person: int, *, crossing: bool) -> Pairs:
        """One person with each of the others; with those of other groups too, where there are few."""
        people = self.people
        crosses = crossing and len(people.unit) <= CROSSING and self.can_cross(part)
        if (person, crosses) not in self._others:
            inside = np.ones(len(people.unit), dtype=np.bool_) if crosses else people.unit == people.unit[person]
            inside[person] = False
            others = np.flatnonzero(inside)
            self._others[person, crosses] = people.pairs(np.full(len(others), person), others, self.printed.counted)
        return self._others[person, crosses]

    def repaired(
        self, candidate: Candidate, person: int, part: Part, *, most: int, only_means: bool = False
    ) -> Attempt:
        """A candidate after `most` exchanges that bring its figures (or only its means) nearer to what is printed,
        without touching what somebody answered to a part."""
        fixed = np.zeros(self.people.answers.shape[1], dtype=np.bool_)
        fixed[part.leaves] = True
        idle = 0
        for _ in range(most):
            is_off = candidate.of_means.any() or (candidate.of_spreads.any() and not only_means)
            if not is_off or idle == IDLE or self.repairs >= self.allowed:
                break
            self.repairs += 1
            idle += 1
            nearest = self.repair(candidate, (person, fixed))
            if nearest is not None:
                candidate, idle = nearest, 0
        return Attempt(candidate, is_possible=not candidate.of_means.any())

    def repair(self, candidate: Candidate, fixed: tuple[int, Flags]) -> Candidate | None:
        """The same after the exchange that brings figures nearest to what is printed: of the smallest node whose mean
        is off, or else of the smallest whose spread is. None where none of those looked at does."""
        of_means = bool(candidate.of_means.any())
        off = np.flatnonzero((candidate.of_means if of_means else candidate.of_spreads).any(axis=0))
        score = int(off[self.sizes[off].argmin()])
        near = (self.crossing_of[score] if of_means else []) or self.people.lowest[score]
        pairs = self.across if of_means else self.inside
        sorts: dict[Alike, list[tuple[int, int, Places | None]]] = {}
        for at, place in enumerate(self.random.permutation(len(near))[: MEANS if of_means else PARTS].tolist()):
            number = len(pairs.one)
            chosen = self.random.randint(number, size=AT_ONCE) if number > AT_ONCE else None
            sorts.setdefault(near[place].alike, []).append((at, near[place].place, chosen))
        nearest: tuple[float, int, Weighed, int] | None = None
        for alike, some in sorts.items():
            which = np.array([place for _, place, _ in some])
            chosen = np.array([own for _, _, own in some if own is not None])
            given = self.people.exchanges(
                candidate, alike, which, pairs, chosen=chosen if len(chosen) else None, fixed=fixed
            )
            if len(given.one):
                weighed = self.people.weighed(candidate, given, self.printed)
                best = int(weighed.missed.argmin())
                place = given.part(best)
                rank = next(at for at, own, _ in some if own == place)
                missed = float(weighed.missed[best])
                if nearest is None or (missed, rank) < nearest[:2]:
                    nearest = missed, rank, weighed, best
        if nearest is None or not nearest[0] < candidate.misses.sum() - NOISE:
            return None
        return nearest[2].after(nearest[3])


def _are_apart(parts: Sequence[Part]) -> bool:
    """Whether no leaf is in two of them."""
    leaves = [leaf for part in parts for leaf in part.leaves.tolist()]
    return len(leaves) == len(set(leaves))

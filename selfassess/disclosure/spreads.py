"""Which standard deviations are published, and which words for them. docs/privacy.md says the rule in words.

They are offered when all means and counts are settled. Somebody is protected on an item or a node where there is an
alternative to what they answered (alternatives.py), or where means and counts alone leave as little of it. As long as
somebody is not, one more figure is suppressed: of the lowest node that it is about first the standard deviation of
their group, then that of all, then the words in the same order; then of the nodes around it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from selfassess.disclosure.alternatives import TIMES, Alternatives, Attempt
from selfassess.disclosure.bounds import Narrowed
from selfassess.disclosure.cells import ALL, Cells
from selfassess.disclosure.census import Census
from selfassess.disclosure.exchanges import (
    Candidate,
    Ends,
    Others,
    Part,
    People,
    Places,
    Printed,
    Reals,
    between,
)
from selfassess.disclosure.rounding import ruler
from selfassess.model.conditions import comparisons, holds, parse
from selfassess.model.questionnaire import POINT_CODES, Item, Questionnaire
from selfassess.model.results import CLOSE, WIDE
from selfassess.model.score_tree import Node, has_score, nodes, parts, span
from selfassess.scoring.answers import Flags
from selfassess.scoring.intervals import DIGITS, spread
from selfassess.scoring.means import Weights
from selfassess.scoring.scores import Results, people

Kind = Literal["spread", "word"]
"""A standard deviation, or the word for it."""
KINDS: tuple[Kind, Kind] = ("spread", "word")
Spread = tuple[str, str, Kind]
"""The cell, the node, the kind."""
Unprotected = tuple[int, str]
"""Somebody, and an item or node on which they are not protected."""
ONCE_MORE = 40
"""How many exchanges more may be made to protect somebody after something was suppressed for them."""
MANY = 500
"""In groups of so many nobody is looked at: nothing is published there of which one person makes up too much."""
DOMINANT = 0.02
"""The largest part that somebody may have in the sum of squares there. Without them a standard deviation is 1 % less at
most."""
EDGE = 1e-12
"""What lies exactly between two figures is printed as the higher one: so both ends are moved down by this much."""


@dataclass(frozen=True, eq=False)
class Spreads:
    """Decides it for one round."""

    census: Census
    cells: Cells
    offered: Sequence[Spread]
    """What may be published."""
    means: Mapping[tuple[str, str], tuple[float, float]]
    """By cell and node, between which shares the mean lies, where anything is published of it."""
    counted: Mapping[str, frozenset[str]]
    """By cell, the items of which everything is published."""
    narrowed: Callable[[], Narrowed]
    """Finds out what means and counts leave of single answers."""
    found_shares: dict[str, Mapping[str, Reals]] = field(default_factory=dict)
    """What `shares_of` found before."""

    def suppressed(self) -> frozenset[Spread]:
        """What must not be published of it."""
        dominated = frozenset(one for one in self.offered if self.is_dominated(one))
        if dominated:
            return dominated | replace(self, offered=[of for of in self.offered if of not in dominated]).suppressed()
        if not self.offered or not len(self.examined):
            return frozenset()
        search = Alternatives(self.people, self.printed(self.offered))
        search.look_around()
        # The largest nodes first: whoever exchanges all they answered is mostly protected on what is below as well.
        attempts: dict[Unprotected, Attempt | None] = {}
        for again in range(TIMES):
            for one in reversed(self.unprotected(search)):
                attempts[one] = search.protect(*self.place(one), attempts.get(one), again)
        suppressed: set[Spread] = set()
        for one in self.unprotected(search):
            place, attempt = self.place(one), attempts[one]
            if not search.is_unprotected(*place) or self.is_little(*one):
                continue
            for some in (
                [self.conflicting(attempt.candidate)] if attempt else [self.of_lowest(one[1]), self.around(one[1])]
            ):
                suppressed |= some
                search.printed = self.printed([of for of in self.offered if of not in suppressed])
                if attempt:
                    search.note(attempt.candidate)
                else:
                    search.allowed += ONCE_MORE
                    search.protect(*place, None, 0)
                if not search.is_unprotected(*place):
                    break
        return frozenset(suppressed)

    def is_dominated(self, one: Spread) -> bool:
        """Whether it is of people of whom nobody is looked at, and one of them makes up too much of it."""
        cell, id, _ = one
        if cell in self.in_order[1:] or not self.large[self.cells.members[cell]].any():
            return False
        tally = people(self.results, self.cells.members[cell]).tally(id)
        squares = (tally.values - tally.counts @ tally.values / tally.n) ** 2
        return bool(squares[tally.counts > 0].max() > DOMINANT * (tally.counts @ squares) + EDGE)

    @cached_property
    def large(self) -> Flags:
        """Everybody in a group of whom nobody is looked at."""
        found: Flags = self.cells.members[ALL].copy()
        found[self.examined] = False
        return found

    def place(self, one: Unprotected) -> tuple[int, Part, int | None]:
        """Somebody, what they would have to exchange, and the score that it is about."""
        person, id = one
        if id in self.nodes:
            score = self.scores.index(id)
            return person, self.people.part_below(score), score
        return person, self.people.part_of(self.leaves.index(id)), None

    def conflicting(self, candidate: Candidate) -> set[Spread]:
        """What would have to be suppressed so that a candidate were an alternative."""
        variances = self.people.variances(candidate.sums, candidate.squares)
        return {of for of, (low, high) in self.ends.items() if not low <= variances[self.at(*of[:2])] <= high}

    def of_lowest(self, id: str) -> set[Spread]:
        """What is published of the lowest node that something is in."""
        above = [of for of in self.scores if self.below[id] <= self.below[of]]
        lowest = id if id in self.nodes else min(above, key=lambda of: (len(self.below[of]), of))
        return {of for of in self.offered if of[1] == lowest}

    def around(self, id: str) -> set[Spread]:
        """Everything that says something of an item or node: of the nodes that it is in, and that are in it. In every
        cell, since what is published of all and of one group says something of the others."""
        own = self.below[id]
        return {of for of in self.offered if self.below[of[1]] <= own or own <= self.below[of[1]]}

    # Who answered what

    @property
    def questionnaire(self) -> Questionnaire:
        return self.census.results.answers.questionnaire

    @property
    def results(self) -> Results:
        return self.census.results

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """What somebody can have a score on."""
        return {id: node for id, node in nodes(self.questionnaire).items() if has_score(self.questionnaire, node)}

    @cached_property
    def scores(self) -> list[str]:
        return sorted(self.nodes)

    @cached_property
    def leaves(self) -> list[str]:
        """Scored items, and nodes that are no sum of what is below them."""
        items = sorted(item.id for item in self.questionnaire.items if item.is_scored)
        return items + [id for id in self.scores if not _adds_up(self.nodes[id])]

    @cached_property
    def in_order(self) -> list[str]:
        """The cells that somebody is in who is looked at, ALL first."""
        units = sorted(cell for cell in self.cells.members if cell != ALL)
        small = [cell for cell in units or [ALL] if self.cells.members[cell].sum() < MANY]
        return [ALL, *(cell for cell in small if cell != ALL)] if small else []

    @cached_property
    def examined(self) -> Places:
        """Everybody who is looked at."""
        units = self.in_order[1:] or self.in_order
        if not units:
            return np.array([], int)
        found = np.flatnonzero(np.any([self.cells.members[cell] for cell in units], axis=0))
        columns = [self.results.columns[id] for id in self.leaves]
        own = [np.nan_to_num(one.values[one.places[one.keys[found]]], nan=-1.0) for one in columns]
        groups = [self.cells.members[cell][found] for cell in self.in_order]
        # By what they answered, so that the order of the file decides nothing.
        return found[np.lexsort((*own, *groups))]

    def others(self, scores: Reals) -> Others:
        """Everybody else of whom something is told, from the scores of these."""
        everybody, shape = people(self.results, self.cells.members[ALL]), (len(self.in_order), len(self.scores))
        numbers, (sums, squares, whole, totals) = np.zeros(shape, dtype=np.int64), np.zeros((4, *shape))
        own = np.nan_to_num(scores)
        looked_at = np.bincount(self.census.of_person[self.examined], minlength=self.census.number) > 0
        places = np.flatnonzero(self.census.which(self.cells.members[ALL]) & ~looked_at).tolist()
        for at, id in enumerate(self.scores if places else []):
            tally = everybody.tally(id)
            numbers[0, at] = tally.n - np.count_nonzero(~np.isnan(scores[:, at]))
            sums[0, at] = tally.counts @ tally.values - own[:, at].sum()
            squares[0, at] = tally.counts @ tally.values**2 - (own[:, at] ** 2).sum()
            for place in places:
                for leaf, weight in self.census.weights(place, id).items():
                    total, number = self.census.total(place, leaf)
                    whole[0, at] += weight * number
                    totals[0, at] += weight * total
        return Others(numbers, sums, squares, whole, totals)

    @cached_property
    def people(self) -> People:
        members = np.array([self.cells.members[cell][self.examined] for cell in self.in_order])
        leads, shares, weights = [], [], []
        own = [self.shares_of(id) for id in self.scores]
        of_groups = self.weights[:, self.census.of_person[self.examined]]
        for leaf, of_group in zip(self.leaves, of_groups, strict=True):
            some = [at for at, shares_of in enumerate(own) if leaf in shares_of or of_group[:, at].any()]
            leads.append(np.array(some, dtype=np.intp))
            of_one = np.zeros((len(self.examined), len(some)))
            for place, at in enumerate(some):
                of_one[:, place] = own[at].get(leaf, 0.0)
            shares.append(of_one)
            weights.append(of_group[:, some])
        bundles, scores = [*self.bundles()], self.columns(self.scores)
        return People(
            unit=members[1:].argmax(axis=0) + 1 if len(members) > 1 else np.zeros(len(self.examined), dtype=np.intp),
            cells=members,
            answers=self.columns(self.leaves),
            scores=scores,
            leads=leads,
            shares=np.hstack(shares),
            weights=np.hstack(weights),
            kinds=self.kinds(bundles),
            bundles=bundles,
            others=self.others(scores),
        )

    def columns(self, ids: Sequence[str]) -> Reals:
        """Everybody's shares on some items or nodes."""
        columns = [self.results.columns[id] for id in ids]
        return np.array([one.values[one.places[one.keys[self.examined]]] for one in columns]).T

    def shares_of(self, id: str) -> Mapping[str, Reals]:
        """By leaf, how much of somebody's own score on a node it makes; 0 for who has none."""
        if id not in self.found_shares:
            self.found_shares[id] = self._shares_of(id)
        return self.found_shares[id]

    def _shares_of(self, id: str) -> Mapping[str, Reals]:
        node, has = self.nodes[id], ~np.isnan(self.columns([id])[:, 0])
        if not _adds_up(node):
            return {id: has.astype(np.float64)}
        found: dict[str, Reals] = {}
        whole = np.zeros(len(self.examined))
        for part in parts(self.questionnaire, node):
            weight = part.weight * (span(self.questionnaire, part).width if node.method == "sum" else 1)
            own = weight * ~np.isnan(self.columns([part.id])[:, 0])
            whole += own
            below: Mapping[str, Reals] = (
                {part.id: np.ones(len(self.examined))} if isinstance(part, Item) else self.shares_of(part.id)
            )
            for leaf, share in below.items():
                found[leaf] = found.get(leaf, 0.0) + own * share
        return {leaf: np.where(has, share, 0.0) / np.where(whole > 0, whole, 1.0) for leaf, share in found.items()}

    @cached_property
    def weights(self) -> Reals:
        """By leaf, class and score, the weight of an answer in the mean of a cell."""
        found = np.zeros((len(self.leaves), self.census.number, len(self.scores)))
        places = {leaf: at for at, leaf in enumerate(self.leaves)}
        for at, id in enumerate(self.scores):
            for place in range(self.census.number):
                for leaf, weight in self.census.weights(place, id).items():
                    if leaf in places:
                        found[places[leaf], place, at] = weight
        return found

    def bundles(self) -> Iterator[Places]:
        """The leaves that are exchanged together: each node that is no sum, with everything below it, and with the
        other such nodes that have any of that below them too."""
        joined: list[frozenset[str]] = []
        for id in self.leaves:
            if id in self.nodes:
                some = self._below(id)
                others = [one for one in joined if one & some]
                joined = [*(one for one in joined if not one & some), some.union(*others)]
        for some in joined:
            yield np.array([at for at, leaf in enumerate(self.leaves) if leaf in some])

    def _below(self, id: str) -> frozenset[str]:
        """The leaves below a node, itself among them."""
        found = {id}
        for part in parts(self.questionnaire, self.nodes[id]):
            found |= {part.id} if isinstance(part, Item) else self._below(part.id)
        return frozenset(found)

    def kinds(self, bundles: Sequence[Places]) -> NDArray[np.int64]:
        """By person and leaf, which answers can be exchanged for each other: those after which the same is asked. Below
        a node that is no sum, only where both left the same open in the same way."""
        found = np.where(np.isnan(self.columns(self.leaves)), -1, 0).astype(np.int64)
        asked = [parse(item.show_if) for item in self.questionnaire.items if item.show_if]
        compares = [one for condition in asked for one in comparisons(condition)]
        items = {item.id: item for item in self.questionnaire.items}
        codes = {}
        for at, leaf in enumerate(self.leaves):
            if leaf in self.nodes:
                continue
            codes[at] = self.results.answers.of(leaf)[self.examined]
            here = [one for one in compares if one.item == leaf]
            if here:
                values = self.questionnaire.scale_of(items[leaf]).values
                sorts = [tuple(holds(one, {leaf: value}) for one in here) for value in values]
                table = np.zeros(256, dtype=np.int64)
                for code, sort in zip(POINT_CODES, sorts, strict=False):
                    table[ord(code)] = sorted(set(sorts)).index(sort)
                found[:, at] = np.where(found[:, at] < 0, -1, table[codes[at]])
        for bundle in bundles:
            inside = [at for at in bundle.tolist() if at in codes]
            is_blank = np.isnan(self.columns([self.leaves[at] for at in inside]))
            patterns = np.hstack([np.where(is_blank, np.array([codes[at] for at in inside]).T, 0), found[:, inside]])
            _, which = np.unique(patterns, axis=0, return_inverse=True)
            found[:, bundle] = which.reshape(-1, 1)
        return found

    # What is printed

    def printed(self, there: Sequence[Spread]) -> Printed:
        """With these spreads published."""
        low, high = self.unknown
        for one in there:
            if one in self.ends:
                at, (least, most) = self.at(*one[:2]), self.ends[one]
                low[at], high[at] = max(low[at], least), min(high[at], most)
        return Printed(between(low, high), self.printed_means, self.is_counted)

    @property
    def unknown(self) -> tuple[Reals, Reals]:
        """By cell and score, between what something lies of which nothing is published."""
        return np.full(self.truth.means.shape, -np.inf), np.full(self.truth.means.shape, np.inf)

    @cached_property
    def printed_means(self) -> Ends:
        low, high = self.unknown
        for (cell, id), ends in self.means.items():
            if cell in self.in_order:
                at = self.at(cell, id)
                true = float(self.truth.means[at])
                low[at], high[at] = min(ends[0] - EDGE, true), max(ends[1] - EDGE, true)
        return between(low, high)

    @cached_property
    def is_counted(self) -> Flags:
        """By cell and leaf, whether its answers are counted."""
        return np.array([[leaf in self.counted[cell] for leaf in self.leaves] for cell in self.in_order])

    def at(self, cell: str, id: str) -> tuple[int, int]:
        """The place of a cell and of a node."""
        return self._cell_places[cell], self._score_places[id]

    @cached_property
    def _cell_places(self) -> Mapping[str, int]:
        return {cell: at for at, cell in enumerate(self.in_order)}

    @cached_property
    def _score_places(self) -> Mapping[str, int]:
        return {id: at for at, id in enumerate(self.scores)}

    @cached_property
    def truth(self) -> Candidate:
        return self.people.as_answered()

    @cached_property
    def ends(self) -> Mapping[Spread, tuple[float, float]]:
        """Between which variances (of shares) each figure is printed as it is."""
        found = {}
        variances = self.people.variances(self.truth.sums, self.truth.squares)
        for one in self.offered:
            if one[0] not in self.in_order:
                continue
            true = float(variances[self.at(*one[:2])])
            deviation = round(100 * max(true, 0.0) ** 0.5, DIGITS)
            low, high = _of_word(deviation) if one[2] == "word" else self.of_deviation(one[1], deviation)
            # What was answered agrees with what is printed, whatever floats make of it.
            found[one] = min(low, true), max(high, true)
        return found

    def of_deviation(self, id: str, deviation: float) -> tuple[float, float]:
        """Between which variances (of shares) it lies by the standard deviation (0 to 100) as it is printed."""
        own = ruler(self.questionnaire, self.nodes[id])
        printed = own.size(deviation)
        least = printed - own.step / 2
        return (least / 100) ** 2 - EDGE if least > 0 else -np.inf, ((printed + own.step / 2) / 100) ** 2 - EDGE

    # Who is not protected

    def unprotected(self, search: Alternatives) -> list[Unprotected]:
        """Who is not protected on what: items first, then nodes, the smallest first."""
        found = [
            (person, self.leaves[leaf])
            for person, leaf in np.argwhere(search.unprotected_answers()).tolist()
            if self.leaves[leaf] not in self.nodes and len(self.people.leads[leaf])
        ]
        of_nodes = [(person, self.scores[score]) for person, score in np.argwhere(search.unprotected_scores()).tolist()]
        return found + sorted(of_nodes, key=lambda one: (len(self.below[one[1]]), one[1], one[0]))

    @cached_property
    def feasible(self) -> Narrowed:
        """What means and counts leave of single answers."""
        return self.narrowed()

    def is_little(self, person: int, id: str) -> bool:
        """Whether means and counts alone leave too little of somebody's answer or score."""
        feasible, place = self.feasible, int(self.census.of_person[self.examined[person]])
        quantity, own = (id, "score" if id in self.nodes else "detail"), self.own(person, id)
        if not all((place, leaf) in feasible.rooms for leaf in own):
            return False
        return (
            feasible.is_little_by_piles(place, quantity, own)
            or feasible.is_little_by_propagation(place, quantity, own)
            or any(feasible.is_little_by(mean, place, quantity, own) for mean in feasible.means)
        )

    def own(self, person: int, id: str) -> Weights:
        """What somebody's answer or score is made from."""
        if id not in self.nodes:
            return {id: 1.0}
        shares = {leaf: float(share[person]) for leaf, share in self.shares_of(id).items()}
        return {leaf: share for leaf, share in shares.items() if share}

    @cached_property
    def below(self) -> Mapping[str, frozenset[str]]:
        """By item and node, the leaves that it is made from."""
        return {id: self._below(id) if id in self.nodes else frozenset([id]) for id in (*self.leaves, *self.scores)}


def _of_word(deviation: float) -> tuple[float, float]:
    """Between which variances (of shares) it lies by the word for it."""
    close, wide = (CLOSE / 100) ** 2, (WIDE / 100) ** 2
    match spread(deviation):
        case "close":
            return -np.inf, close + EDGE
        case "mixed":
            return close + EDGE, wide - EDGE
        case _:
            return wide - EDGE, np.inf


def _adds_up(node: Node) -> bool:
    return node.method in ("mean", "sum")

"""An attack on a printed report by how far apart people are, besides means and counts.

Standard deviations, and the words for them, are of people's own scores: so they tell who gave which answers together.
The attacker is that of `attack_bounds`. Unknown is how many people of each class (a group, and what they left open)
answered everything below a node in which way. Means, counts and sums of scores are sums over these numbers, and so are
sums of squared scores: a standard deviation is a line but for the square of a sum, which is held between lines. What is
found is therefore so; there may be more. It is asked what is left of a single person's answers and scores with the
deviations and without.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from selfassess.model.questionnaire import Questionnaire
from selfassess.model.results import CLOSE, WIDE
from selfassess.scoring.scores import item_shares
from tests.disclosure.attack_bounds import WIDEST, Shares
from tests.disclosure.printed import Document, Known, Printed, System
from tests.disclosure.printed import Told as Compared

Row = NDArray[np.float64]
MOST_WAYS = 4000
"""Nodes on which people can have answered in more ways than that are passed over."""
MOST_BRANCHES = 100
"""What takes more branches of a whole program is not found out."""
FUZZ = 1e-6


@dataclass(frozen=True)
class Told:
    """What is left of one person's answer or score on a node."""

    unit: str
    answered: tuple[str, ...]
    """Everything below the node that they answered."""
    people: tuple[int, ...]
    """Who of the unit answered just that: what is told is told of each."""
    id: str
    is_answer: bool
    low: float
    high: float
    before: float
    """How wide it is without deviations."""

    def __str__(self) -> str:
        what = "answer to" if self.is_answer else "score on"
        return (
            f"{what} {self.id} of {len(self.people)} of {self.unit or 'all'} who answered {' '.join(self.answered)}: "
            f"{100 * self.low:.1f} to {100 * self.high:.1f}, and {100 * self.before:.1f} wide by means and counts"
        )


@dataclass(frozen=True)
class Class:
    """People of one unit who left the same things open."""

    unit: str
    answered: tuple[str, ...]
    people: tuple[int, ...]
    first: int
    """The number of the first of its ways to answer."""
    ways: NDArray[np.float64]
    """A row for each way to answer, a column for each item answered: from 0 to 1."""
    own: Mapping[str, Row]
    """By node, the score of each way."""

    @property
    def columns(self) -> slice:
        return slice(self.first, self.first + len(self.ways))


def told(
    document: Document,
    questionnaire: Questionnaire,
    known: Known,
    *,
    widest: float = WIDEST,
    shares: Shares | None = None,
) -> Iterator[Told]:
    """Every answer of which deviations leave one value, and every score of which they leave less than `widest`, though
    means and counts leave more. The true `shares` only save work: of people who are alike, each can have answered what
    another did."""
    printed = Printed(document, questionnaire)
    for id in printed.nodes:
        tree = [one for one in dict.fromkeys(printed.tree(id)) if one in known.has and any(known.has[one])]
        if tree and all(printed.nodes[one].method in ("mean", "sum") for one in tree if one in printed.nodes):
            try:
                spreads = Spreads(printed, known, tree, shares)
            except TooManyWaysError:
                continue
            yield from spreads.told(id, widest)


class TooManyWaysError(Exception):
    """There are too many ways to answer."""


class Spreads:
    """What is printed of everything below one node."""

    def __init__(
        self,
        printed: Printed,
        known: Known,
        tree: Sequence[str],
        shares: Shares | None = None,
        compared: Sequence[Compared] = (),
    ) -> None:
        """`compared` is what comparisons with other rounds tell of this one."""
        self.printed = printed
        self.known = known
        self.true = shares
        self.system = System(printed, known, tree, pooled=True, compared=compared)
        self.items = [id for id in tree if id in printed.items]
        self.nodes = [id for id in tree if id in printed.nodes]
        questionnaire = printed.questionnaire
        shares = {id: item_shares(questionnaire, printed.items[id]) for id in self.items}
        self.shares = {id: sorted(map(float, one.values())) for id, one in shares.items()}
        self.of_value = {
            id: {value: float(one[ord(questionnaire.scale_of(printed.items[id]).code(value))])
                 for value in questionnaire.scale_of(printed.items[id]).values
                 if ord(questionnaire.scale_of(printed.items[id]).code(value)) in one}
            for id, one in shares.items()
        }  # fmt: skip  # one for each
        self.classes = self._classes()
        self.width = sum(len(one.ways) for one in self.classes)

    def _classes(self) -> list[Class]:
        people: dict[tuple[str, tuple[str, ...], tuple[bool, ...]], list[int]] = defaultdict(list)
        for person, group in enumerate(self.known.group_of):
            if group in self.printed.unit_of:
                answered = tuple(id for id in self.items if self.known.has[id][person])
                inside = tuple(person in some for some in self.system.sets)
                people[self.printed.unit_of[group], answered, inside].append(person)
        if sum(prod(len(self.shares[id]) for id in answered) for _, answered, _ in people) > MOST_WAYS:
            raise TooManyWaysError
        found, first = [], 0
        for (unit, answered, _), some in people.items():
            if answered:
                ways = np.array([*product(*(self.shares[id] for id in answered))])
                own = {id: ways @ weights for id in self.nodes
                       if (weights := self._own(id, some[0], answered)) is not None}  # fmt: skip  # one for each
                found.append(Class(unit, answered, tuple(some), first, ways, own))
                first += len(ways)
        return found

    def _own(self, id: str, person: int, answered: Sequence[str]) -> Row | None:
        """The weights of somebody's answers in their own score; None where they have none."""
        if not self.known.has[id][person]:
            return None
        weights = self._weights(id, person)
        return np.array([float(weights.get(item, Fraction(0))) for item in answered])

    def _weights(self, id: str, person: int) -> dict[str, Fraction]:
        if id in self.printed.items:
            return {id: Fraction(1)}
        node = self.printed.nodes[id]
        there = [part for part in self.printed.parts(id) if self.known.has[self.printed.id_of(part)][person]]
        weights = [self.system.weight(node, part) for part in there]
        found: dict[str, Fraction] = defaultdict(Fraction)
        for part, weight in zip(there, weights, strict=True):
            for item, share in self._weights(self.printed.id_of(part), person).items():
                found[item] += weight * share / sum(weights)
        return found

    # What is printed

    @cached_property
    def sums(self) -> list[tuple[Row, float, float]]:
        """How many are in each class, the means, and how many gave each answer."""
        found: list[tuple[Row, float, float]] = []
        for one in self.classes:
            row = np.zeros(self.width)
            row[one.columns] = 1
            found.append((row, len(one.people), len(one.people)))
        for form, told in self.system.told:
            row = np.zeros(self.width)
            for column, share in form.items():
                block, id = self.system.keys[column]
                row += float(share) * self._of_block(self.system.blocks[block].people, id)
            found.append((row, told.low / 100 - FUZZ, told.high / 100 + FUZZ))
        for (cell, id), figure in self.printed.figures.items():
            if id in self.items and figure.get("counts"):
                for value, number in figure["counts"].items():
                    row = self._of_item(self.printed.of(cell), id, self.of_value[id][float(value)])
                    found.append((row, number, number))
        return found

    def _of_block(self, people: frozenset[int], id: str) -> Row:
        """What the answers of some whole classes to an item add up to."""
        row = np.zeros(self.width)
        for one in self.classes:
            if id in one.answered and people.issuperset(one.people):
                row[one.columns] = one.ways[:, one.answered.index(id)]
        return row

    def _of_item(self, units: frozenset[str], id: str, value: float | None = None) -> Row:
        """What some units' answers to an item add up to; or how many of them are this value."""
        row = np.zeros(self.width)
        for one in self.classes:
            if one.unit in units and id in one.answered:
                given = one.ways[:, one.answered.index(id)]
                row[one.columns] = given if value is None else np.abs(given - value) < FUZZ
        return row

    @cached_property
    def deviations(self) -> list[tuple[frozenset[str], str, float, float]]:
        """By units and node, between what the standard deviation lies, 0 to 1."""
        found = []
        for (cell, id), figure in self.printed.figures.items():
            if id not in self.nodes:
                continue
            low, high = 0.0, 1.0
            if figure["sd"] is not None:
                half = self.printed.half(id)
                low, high = max(0.0, figure["sd"] - half) / 100, (figure["sd"] + half) / 100
            word = figure.get("spread")
            low = max(low, {"mixed": CLOSE, "wide": WIDE}.get(word or "", 0.0) / 100)
            high = min(high, {"close": CLOSE, "mixed": WIDE}.get(word or "", 100.0) / 100)
            if (low, high) != (0.0, 1.0):
                found.append((self.printed.of(cell), id, low, high))
        return found

    def squares(self, pieces: Mapping[int, tuple[float, float]]) -> Iterator[tuple[Row, float, float]]:
        """The deviations as lines, where the sum of each lies between two numbers."""
        for number, (units, id, low, high) in enumerate(self.deviations):
            total, square, people = self._scores(units, id)
            first, last = pieces[number]
            # (n - 1) s² = the sum of squares less the square of the sum / n, and that lies above its tangents and
            # below its chord.
            for at in np.linspace(first, last, 5):
                yield square - 2 * at * total / people, (people - 1) * low**2 - at * at / people - FUZZ, np.inf
            chord = square - (first + last) * total / people
            yield chord, -np.inf, (people - 1) * high**2 - first * last / people + FUZZ
            yield total, first - FUZZ, last + FUZZ

    def _scores(self, units: frozenset[str], id: str) -> tuple[Row, Row, int]:
        """The sum of some units' own scores, that of their squares, and how many there are."""
        total, people = np.zeros(self.width), 0
        square = np.zeros(self.width)
        for one in self.classes:
            if one.unit in units and id in one.own:
                total[one.columns], square[one.columns] = one.own[id], one.own[id] ** 2
                people += len(one.people)
        return total, square, people

    # What is left

    @cached_property
    def without(self) -> "Program":
        return Program(self.sums, self.width)

    @cached_property
    def with_deviations(self) -> "Program":
        pieces: dict[int, tuple[float, float]] = {}
        for number, (units, id, _, _) in enumerate(self.deviations):
            total, _, people = self._scores(units, id)
            low, high = self.without.ends(total)
            pieces[number] = max(low, 0.0), min(high, people)
        narrower = Program([*self.sums, *self.squares(pieces)], self.width)
        for number, (units, id, _, _) in enumerate(self.deviations):
            first, last = pieces[number]
            if last - first > FUZZ:
                low, high = narrower.ends(self._scores(units, id)[0])
                pieces[number] = max(low, first), min(high, last)
        return Program([*self.sums, *self.squares(pieces)], self.width)

    def told(self, id: str, widest: float) -> Iterator[Told]:
        if not self.deviations:
            return
        is_lowest = not any(below in self.nodes for below in self.nodes if below != id)
        for one in self.classes:
            about = [(item, one.ways[:, place]) for place, item in enumerate(one.answered)] if is_lowest else []
            about += [(id, one.own[id])] if id in one.own else []
            for what, values in about:
                yield from self._of(one, what, values, widest, is_answer=what in self.items)

    def _of(self, one: Class, id: str, values: Row, widest: float, *, is_answer: bool) -> Iterator[Told]:
        if self.true is not None:
            given = [float(self.true[id][person]) for person in one.people]
            if not is_little(min(given), max(given), widest, is_answer=is_answer):
                return
        low, high = self.with_deviations.left(one.first, values)
        if not is_little(low, high, widest, is_answer=is_answer):
            return
        before = self.without.left(one.first, values)
        if not is_little(*before, widest, is_answer=is_answer):
            width = before[1] - before[0]
            yield Told(one.unit, one.answered, one.people, id, is_answer, low + 0.0, high + 0.0, width)


def is_little(low: float, high: float, widest: float, *, is_answer: bool) -> bool:
    return high - low < (FUZZ if is_answer else widest - FUZZ)


class Program:
    """How many people answered in each way, with some lines that this lies between."""

    def __init__(self, lines: Sequence[tuple[Row, float, float]], width: int) -> None:
        self.width = width
        self.rows = np.array([row for row, _, _ in lines])
        self.low = np.array([low for _, low, _ in lines])
        self.high = np.array([high for _, _, high in lines])

    def ends(self, goal: Row) -> tuple[float, float]:
        """Between what a sum lies."""
        return self._least(goal, csr_array(self.rows)), -self._least(-goal, csr_array(self.rows))

    def left(self, first: int, values: Row) -> tuple[float, float]:
        """Between what the answer or score of one person lies who answered in one of the ways from `first` on."""
        ways = len(values)
        rows = np.hstack([self.rows, np.zeros((len(self.rows), ways))])
        more = np.zeros((1 + ways, self.width + ways))
        more[0, self.width :] = 1
        more[1:, first : first + ways] = np.eye(ways)
        more[1:, self.width :] = -np.eye(ways)
        both = csr_array(np.vstack([rows, more]))
        goal = np.concatenate([np.zeros(self.width), values])
        return self._least(goal, both, ways), -self._least(-goal, both, ways)

    def _least(self, goal: Row, rows: csr_array, ways: int = 0) -> float:
        """The least that a goal can be; where that takes too long to find out, anything."""
        low, high = self.low, self.high
        if ways:
            low, high = np.concatenate([low, [1], np.zeros(ways)]), np.concatenate([high, [1], np.full(ways, np.inf)])
        found = milp(
            goal, integrality=np.ones(len(goal)), bounds=(0, np.inf), constraints=LinearConstraint(rows, low, high),
            options={"node_limit": MOST_BRANCHES, "mip_rel_gap": 0.0},
        )  # fmt: skip  # in few lines
        return float(found.fun) + 0.0 if found.status == 0 else -np.inf

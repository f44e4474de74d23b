"""An attack on two printed reports and a printed comparison by how the same people moved.

The attacker is that of `attack_spreads`, who also knows who stands for the same people. Unknown is how many people of
each class (a group and what they left open, in either round) answered in which way the first time and in which the
second. What each report prints is as there. How many went up, stayed and went down are sums over these numbers; the
standard deviation of the changes is a line but for the square of a sum, which is held between lines. What is found is
therefore so; there may be more. It is asked what is left of a single person's answers and scores in either round, and
what is left without the moves.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from selfassess.model.comparison import Comparison, Matched
from selfassess.model.questionnaire import Questionnaire
from tests.disclosure.attack_bounds import WIDEST, Shares
from tests.disclosure.attack_spreads import (
    FUZZ,
    MOST_WAYS,
    Class,
    Program,
    Row,
    Spreads,
    Told,
    TooManyWaysError,
    is_little,
)
from tests.disclosure.printed import Document, Known, Printed
from tests.disclosure.printed import Told as Compared

BOTH = (0, 1)
STEP, SD = 5, 15.0
"""How many people, and how many points of a standard deviation, are told apart: of scores made from few items."""
MOST_ALIKE = 2
"""Of more people who left the same open both times nothing is looked for: lines say little of them."""


@dataclass(frozen=True)
class Occasion:
    """One of the two rounds, as it is told."""

    document: Document
    known: Known
    compared: Sequence[Compared]
    """The means that the comparison tells of it."""
    shares: Shares
    """The true ones, which save work and nothing else."""


@dataclass(frozen=True)
class Same:
    """The same people of one cell, as the comparison speaks of them: by their places in either round."""

    pairs: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class _Joint:
    """People who are in the same class in both rounds, or in one where they are not the same people."""

    sides: tuple[Class | None, Class | None]
    pairs: tuple[tuple[int | None, int | None], ...]
    first: int

    @property
    def width(self) -> int:
        return int(np.prod([len(side.ways) for side in self.sides if side]))

    @property
    def columns(self) -> slice:
        return slice(self.first, self.first + self.width)

    def spread_out(self, side: int, values: Row) -> Row:
        """What belongs to the ways of one side, by the ways of both."""
        one, other = self.sides
        if one is None or other is None:
            return values
        return np.repeat(values, len(other.ways)) if side == 0 else np.tile(values, len(one.ways))


def told(
    occasions: tuple[Occasion, Occasion],
    questionnaire: Questionnaire,
    same: Mapping[str, Same],
    comparison: Comparison,
    widest: float = WIDEST,
) -> Iterator[tuple[int, Told]]:
    """By round, every answer of which moves leave one value, and every score of which they leave less than `widest`,
    though both reports and the comparison's means leave more."""
    printed = [Printed(one.document, questionnaire) for one in occasions]
    for id in printed[0].nodes:
        tree = [one for one in dict.fromkeys(printed[0].tree(id))
                if all(one in of.known.has and any(of.known.has[one]) for of in occasions)]  # fmt: skip  # one rule
        if id not in tree:
            continue
        try:
            sides = [Spreads(print_, one.known, tree, one.shares, one.compared)
                     for print_, one in zip(printed, occasions, strict=True)]  # fmt: skip  # one for each
            yield from Moves(sides, same, comparison).told(id, widest)
        except TooManyWaysError:
            continue


class Lines(Program):
    """The same without whole numbers: there are many more ways to answer twice than once."""

    def _least(self, goal: Row, rows: csr_array, ways: int = 0) -> float:
        low, high = self.low, self.high
        if ways:
            low, high = np.concatenate([low, [1], np.zeros(ways)]), np.concatenate([high, [1], np.full(ways, np.inf)])
        found = milp(goal, bounds=(0, np.inf), constraints=LinearConstraint(rows, low, high))
        return float(found.fun) + 0.0 if found.status == 0 else -np.inf


class Moves:
    """What is printed of everything below one node, in both rounds and of the same people."""

    def __init__(self, sides: Sequence[Spreads], same: Mapping[str, Same], comparison: Comparison) -> None:
        self.sides = sides
        self.same = same
        self.comparison = comparison
        self.classes = self._classes()
        self.width = sum(one.width for one in self.classes)

    def _classes(self) -> list[_Joint]:
        of_person = [{person: at for at, one in enumerate(side.classes) for person in one.people}
                     for side in self.sides]  # fmt: skip  # one for each
        pairs = {pair for one in self.same.values() for pair in one.pairs}
        linked = {pair for pair in pairs if all(place in of_person[side] for side, place in enumerate(pair))}
        alone = [set(of_person[side]) - {pair[side] for pair in linked} for side in BOTH]
        everybody = [*linked, *((place, None) for place in alone[0]), *((None, place) for place in alone[1])]
        found: dict[tuple[object, ...], list[tuple[int | None, int | None]]] = defaultdict(list)
        for pair in sorted(everybody, key=str):
            own = tuple(None if place is None else of_person[side][place] for side, place in enumerate(pair))
            found[own, tuple(pair in one.pairs for one in self.same.values())].append(pair)
        made, first = [], 0
        for (own, _), some in found.items():
            sides = tuple(None if at is None else self.sides[side].classes[at] for side, at in enumerate(own))
            made.append(_Joint(sides, tuple(some), first))
            first += made[-1].width
        if first > MOST_WAYS:
            raise TooManyWaysError
        return made

    @cached_property
    def alone(self) -> list[Program]:
        """What is printed of either round by itself."""
        return [one.with_deviations for one in self.sides]

    def mapped(self, side: int, row: Row) -> Row:
        """A line over the ways of one round."""
        found = np.zeros(self.width)
        for one in self.classes:
            if own := one.sides[side]:
                found[one.columns] = one.spread_out(side, row[own.columns])
        return found

    @cached_property
    def reports(self) -> list[tuple[Row, float, float]]:
        found: list[tuple[Row, float, float]] = []
        for one in self.classes:
            row = np.zeros(self.width)
            row[one.columns] = 1
            found.append((row, len(one.pairs), len(one.pairs)))
        for side in BOTH:
            program = self.alone[side]
            lines = zip(program.rows, program.low, program.high, strict=True)
            found += [(self.mapped(side, row), low, high) for row, low, high in lines]
        return found

    def moved(self) -> Iterator[tuple[Matched, Row, Row]]:
        """What is told of moves, with the change of each way, and which ways count."""
        nodes = set(self.sides[0].nodes)
        for cell in self.comparison.cells:
            for node in cell.nodes:
                if node.id in nodes and node.matched and node.matched.up is not None:
                    change, counts = np.zeros((2, self.width))
                    for one in self.classes:
                        before, after = one.sides
                        is_same = one.pairs[0] in self.same[cell.id].pairs
                        if is_same and before and after and node.id in before.own and node.id in after.own:
                            change[one.columns] = one.spread_out(1, after.own[node.id])
                            change[one.columns] -= one.spread_out(0, before.own[node.id])
                            counts[one.columns] = 1
                    yield node.matched, change, counts

    @cached_property
    def moves(self) -> list[tuple[Row, float, float]]:
        found: list[tuple[Row, float, float]] = []
        squares: list[tuple[Row, int, float, float]] = []
        for told, change, counts in self.moved():
            for number, row in (
                (told.up, change > FUZZ), (told.same, np.abs(change) <= FUZZ), (told.down, change < -FUZZ)
            ):  # fmt: skip  # one of each
                least = number or 0
                is_most = least == max(0, (told.n - STEP) // STEP * STEP)
                found.append((row * counts, least, told.n if is_most else least + STEP - 1))
            if told.sd is not None:
                squares.append((change, told.n, (told.sd - SD if told.sd > SD else 0.0) / 100, told.sd / 100))
        program = Lines([*self.reports, *found], self.width)
        for change, n, low, high in squares:
            first, last = program.ends(change)
            first, last = max(first, -float(n)), min(last, float(n))
            square = change**2
            for at in np.linspace(first, last, 5):
                found.append((square - 2 * at * change / n, (n - 1) * low**2 - at * at / n - FUZZ, np.inf))
            found.append((square - (first + last) * change / n, -np.inf, (n - 1) * high**2 - first * last / n + FUZZ))
        return found

    def told(self, id: str, widest: float) -> Iterator[tuple[int, Told]]:
        if not any(True for _ in self.moved()):
            return
        everything = Lines([*self.reports, *self.moves], self.width)
        is_lowest = not any(below in self.sides[0].nodes for below in self.sides[0].nodes if below != id)
        for one in self.classes:
            for side in BOTH:
                own = one.sides[side]
                if own is None or None in one.sides or len(one.pairs) > MOST_ALIKE:
                    continue
                about = [(item, own.ways[:, at]) for at, item in enumerate(own.answered)] if is_lowest else []
                about += [(id, own.own[id])] if id in own.own else []
                for what, values in about:
                    is_answer = what in self.sides[side].items
                    people = tuple(pair[side] for pair in one.pairs)
                    given = [float(self.sides[side].true[what][person]) for person in people]
                    if not is_little(min(given), max(given), widest, is_answer=is_answer):
                        continue
                    low, high = everything.left(one.first, one.spread_out(side, values))
                    if not is_little(low, high, widest, is_answer=is_answer):
                        continue
                    before = self.alone[side].left(own.first, values)
                    if not is_little(*before, widest, is_answer=is_answer):
                        width = before[1] - before[0]
                        yield side, Told(own.unit, own.answered, people, what, is_answer, low + 0.0, high + 0.0, width)

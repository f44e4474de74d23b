"""What a printed report leaves of people's answers, found by trying everything that they can have said.

For a dozen people and a few items: what `attack_bounds` works out with linear programs is held against it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement
from typing import NamedTuple

from selfassess.model.questionnaire import Questionnaire
from tests.disclosure.attack_bounds import Piles
from tests.disclosure.printed import Document, Known, Printed, System, systems
from tests.disclosure.ranges import Ranges

MOST = 30_000
"""So many ways are tried before it is given up."""
CLOSE = 1e-6
Pile = tuple[int, ...]
Score = tuple[str, str, int]
"""A group, a node, and somebody of the group who has a score there."""


class Tried(NamedTuple):
    answers: Mapping[tuple[str, str], frozenset[int]]
    """By group and item, what somebody can have said, in steps."""
    scores: Mapping[Score, tuple[float, float]]


class TooManyError(Exception):
    """There are too many ways to try them all."""


def tried(
    document: Document, questionnaire: Questionnaire, known: Known, weights: Mapping[Score, Mapping[str, Fraction]]
) -> Tried:
    """Everything that people can have said so that this is what is printed. The weights are those of answers in
    people's own scores."""
    printed = Printed(document, questionnaire)
    (system,) = systems(printed, known, pooled=True)
    return _Search(system, weights).everything()


class _Search:
    def __init__(self, system: System, weights: Mapping[Score, Mapping[str, Fraction]]) -> None:
        self.system = system
        self.weights = weights
        self.ranges = Ranges(system)
        self.piles = Piles(system)
        self.order = sorted(range(len(system.keys)), key=lambda column: system.keys[column][1])
        self.items = list(dict.fromkeys(system.keys[column][1] for column in self.order))
        self.rest = self._rest()
        self.left = MOST
        self.low = (self.ranges.low - CLOSE).tolist()
        self.high = (self.ranges.high + CLOSE).tolist()
        self.splits = cache(self._splits)

    def _rest(self) -> list[tuple[list[float], list[float]]]:
        """After so many totals, how little and how much the others can add to each figure."""
        found = []
        for place in range(len(self.order) + 1):
            later = self.order[place:]
            ends = self.ranges.rows[:, later] * self.ranges.most[later]
            found.append((ends.clip(max=0).sum(axis=1).tolist(), ends.clip(min=0).sum(axis=1).tolist()))
        return found

    def everything(self) -> Tried:
        answers: dict[tuple[str, str], frozenset[int]] = defaultdict(frozenset)
        scores: dict[Score, tuple[float, float]] = {}
        steps = {id: self.ranges.steps[column] for column, (_, id) in enumerate(self.system.keys)}
        for given in self._ways({}, [0.0] * len(self.ranges.low), 0):
            for key, values in given.items():
                answers[key] |= values
            for score, own in self.weights.items():
                unit, _, _ = score
                low, high = (
                    sum(float(share) * end(given[unit, id]) / steps[id] for id, share in own.items())
                    for end in (min, max)
                )  # fmt: skip  # in few lines
                before = scores.get(score, (low, high))
                scores[score] = min(before[0], low), max(before[1], high)
        return Tried(answers, scores)

    def _ways(
        self, totals: dict[int, int], sums: list[float], place: int
    ) -> Iterator[dict[tuple[str, str], frozenset[int]]]:
        """Every way in which the totals can be: by group and item, what one of them can have said then."""
        self.left -= 1
        if self.left < 0:
            raise TooManyError
        if place == len(self.order):
            found: dict[tuple[str, str], frozenset[int]] = {}
            for id in self.items:
                found |= self.splits(id, self._of_item(totals, id)) or {}
            yield found
            return
        column = self.order[place]
        low, high = self.rest[place + 1]
        row: list[float] = self.ranges.rows[:, column].tolist()
        id = self.system.keys[column][1]
        last_of_item = place + 1 == len(self.order) or self.system.keys[self.order[place + 1]][1] != id
        for total in range(int(self.ranges.most[column]) + 1):
            new = [before + share * total for before, share in zip(sums, row, strict=True)]
            fits = all(
                sum_ + greatest >= first and sum_ + least <= last
                for sum_, least, greatest, first, last in zip(new, low, high, self.low, self.high, strict=True)
            )
            if fits:
                totals[column] = total
                if not last_of_item or self.splits(id, self._of_item(totals, id)) is not None:
                    yield from self._ways(totals, new, place + 1)
                del totals[column]

    def _of_item(self, totals: Mapping[int, int], id: str) -> tuple[tuple[int, int], ...]:
        """The total of each block that has answers to an item."""
        return tuple((self.system.keys[column][0], totals[column]) for column in self.order
                     if self.system.keys[column][1] == id)  # fmt: skip  # in few lines

    def _splits(self, id: str, totals: tuple[tuple[int, int], ...]) -> dict[tuple[str, str], frozenset[int]] | None:
        """What people of each block can have said to an item at these totals, where they can be at all: their answers
        are told one by one for this, as far as it is printed how many chose each."""
        column = next(column for column in self.order if self.system.keys[column][1] == id)
        values = self.piles.bare(column, self.ranges.steps[column]).values
        whole = self.piles.told(None, id)
        seen: dict[int, set[int]] = {block: set() for block, _ in totals}
        for piles in self._all_piles(id, totals, values):
            if whole is None or tuple(sorted(one for pile in piles for one in pile)) == whole:
                for (block, _), pile in zip(totals, piles, strict=True):
                    seen[block] |= set(pile)
        if not all(seen.values()):
            return None
        return {(self.system.blocks[block].group, id): frozenset(some) for block, some in seen.items()}

    def _all_piles(self, id: str, totals: tuple[tuple[int, int], ...], values: Pile) -> Iterator[tuple[Pile, ...]]:
        if not totals:
            yield ()
            return
        (block, total), *others = totals
        own = self.piles.told(self.system.blocks[block].group, id)
        for pile in self._piles(values, self.system.n(block, id), total):
            if own is None or own == pile:
                for rest in self._all_piles(id, tuple(others), values):
                    yield (pile, *rest)

    @staticmethod
    @cache
    def _piles(values: Pile, n: int, total: int) -> tuple[Pile, ...]:
        return tuple(pile for pile in combinations_with_replacement(values, n) if sum(pile) == total)

"""Answers that are made up at random, of people who see things alike or do not, for the simulations of what is said.

Each person leans a little, as a whole, in each strand and on each benchmark, and each answer is off by a little; then
it is rounded to a point of the scale. So the scores of a strand have a standard deviation of some 20 points, as among
the members of a partnership.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from selfassess.definition.library import find
from selfassess.definition.loader import read
from selfassess.model.questionnaire import POINT_CODES, Edition, Item
from selfassess.model.round import Round, Rules, SmallGroups, decided
from selfassess.model.sheet import Missing
from selfassess.scoring.answers import from_characters
from selfassess.scoring.scores import Results, score

PERSON, STRAND, BENCHMARK, ANSWER = 17.0, 11.0, 12.0, 20.0
"""Standard deviations in points: of a person, of what they think of a strand and of a benchmark, of single answers."""
MIDDLE = 60.0
"""The mean of everybody's answers, in points."""
STEP = 25.0
"""From one of the five points of the scale to the next."""

Chance = np.random.RandomState
"""Its numbers are promised to stay the same, and so do those in the documents."""


@lru_cache
def where_stands(mean: float) -> float:
    """Where people stand in the middle whose answers have this mean, in points: answers cannot go beyond the ends of
    the scale, so towards an end people stand further apart than their answers."""
    spread = NormalDist(0, math.hypot(PERSON, STRAND, BENCHMARK, ANSWER))
    low, high = -200.0, 300.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        found = sum(STEP * (1 - spread.cdf(STEP * (point - 0.5) - middle)) for point in range(1, 5))
        low, high = (middle, high) if found < mean else (low, middle)
    return low


@dataclass(frozen=True, eq=False)
class People:
    """Some people, each with where they stand on each item, in points."""

    groups: tuple[str, ...]
    stand: NDArray[np.float64]
    """A row a person, a column an item."""


@dataclass(frozen=True)
class Partnership:
    """The shipped questionnaire, and who is invited to answer it."""

    sizes: Mapping[str, int]

    @cached_property
    def edition(self) -> Edition:
        return read(find("partnership"))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return self.edition.questionnaire.items

    def people(
        self, chance: Chance, middle: float = MIDDLE, higher: Mapping[tuple[str, str], float] | None = None
    ) -> People:
        """Everybody. `middle` is the mean of their answers; `higher` says by how many points a group's answers to a
        benchmark are higher than the others'."""
        groups = tuple(group for group, size in self.sizes.items() for _ in range(size))
        n = len(groups)
        stand = np.full((n, len(self.items)), where_stands(middle)) + chance.normal(0, PERSON, (n, 1))
        place = {item.id: position for position, item in enumerate(self.items)}
        for strand in self.edition.questionnaire.strands:
            of_strand = chance.normal(0, STRAND, n)
            for node in strand.middle:
                means = {group: middle + (higher or {}).get((group, node.id), 0.0) for group in self.sizes}
                more = np.array([where_stands(means[group]) - where_stands(middle) for group in groups])
                columns = [place[item.id] for item in node.items]
                stand[:, columns] += (of_strand + chance.normal(0, BENCHMARK, n) + more)[:, None]
        return People(groups, stand)

    def sheets(self, chance: Chance, people: People) -> list[str]:
        """What each of them answers on some day."""
        points = np.rint((people.stand + chance.normal(0, ANSWER, people.stand.shape)) / STEP)
        points = np.clip(points, 0, 4).astype(int)
        not_asked = Missing.NOT_ASKED.value
        return [
            "".join(
                self._code(item, point) if item.kind == "choice" and item.asks(group) else not_asked
                for item, point in zip(self.items, row, strict=True)
            )
            for group, row in zip(people.groups, points.tolist(), strict=True)
        ]

    def _code(self, item: Item, point: int) -> str:
        """The character of the point of an item that is nearest to one of five, from the worst."""
        last = len(self.edition.questionnaire.scale_of(item).values) - 1
        near = round(point / 4 * last)
        return POINT_CODES[last - near if item.reverse else near]

    def round(self, id: str, there: People, small: SmallGroups = "leave_out") -> Round:
        """The closed round that these people answered."""
        handed_in = {group: there.groups.count(group) for group in self.sizes}
        rules = Rules(small_groups=small, matching=True)
        round = Round(
            id=id, key=id, title=id, questionnaire=self.edition.sha256, invited=dict(self.sizes), rules=rules,
            state="closed",
        )  # fmt: skip  # in few lines
        return replace(round, standing=decided(round, handed_in, {}))

    def scored(self, people: People, sheets: list[str]) -> Results:
        """Their scores."""
        return score(from_characters(self.edition.questionnaire, sheets, list(people.groups), [""] * len(sheets)))


def some(chance: Chance, people: People, share: float) -> tuple[People, NDArray[np.intp]]:
    """Those who answer, each with the same chance, and their places among all; at least five of each group that has so
    many, since a round with fewer has nothing to compare."""
    there = chance.random_sample(len(people.groups)) < share
    for group in dict.fromkeys(people.groups):
        own = np.array([one == group for one in people.groups])
        missing = min(5, own.sum()) - (there & own).sum()
        if missing > 0:
            there[chance.permutation(np.flatnonzero(own & ~there))[:missing]] = True
    places = np.flatnonzero(there)
    return People(tuple(people.groups[place] for place in places), people.stand[places]), places

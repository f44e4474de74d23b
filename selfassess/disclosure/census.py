"""The people of a round by class, and how many of each class there are of whom something is told.

A class is everybody whom no figure tells apart: the same group, and found again in the same other rounds. Who left what
open makes no difference, since means are made from the sums of answers.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.disclosure.span import classes_of
from selfassess.model.score_tree import steps
from selfassess.scoring.answers import MISSING, Flags
from selfassess.scoring.columns import Counts, counted
from selfassess.scoring.means import Units, Weights
from selfassess.scoring.scores import Results, item_shares

Numbers = NDArray[np.int64]
"""One by class."""


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """What can be answered to an item."""

    values: tuple[float, ...]
    """From 0 to 1, rising."""
    step: float
    """Of which each value is a whole number."""


Pile = Mapping[float, int]
"""Answers that were counted: how many gave each, from 0 to 1, rising."""


class Census:
    """The classes of a round, and what there is of each."""

    def __init__(self, results: Results, joined: Collection[str] = (), sets: Sequence[Flags] = ()) -> None:
        """`joined` are the groups that are shown as one; `sets` the people whom figures tell apart, besides groups."""
        self.results = results
        names, groups = results.answers.by_group
        in_group = [groups == place for place in range(len(names))] if sets else []
        inside, of_person = classes_of([*in_group, *sets]) if sets else (np.eye(len(names)) > 0, groups)
        self.of_person = of_person.astype(np.uint32)
        self.is_by_group = not sets
        self.number = inside.shape[1]
        self.group_of = [int(place) for place in inside[: len(names)].argmax(axis=0)] if len(names) else []
        self.units = Units(results, joined)
        self.tables: dict[str, Counts] = {}
        """What `table` found before."""
        self.found_weights: dict[tuple[int, str], Weights] = {}
        """What `weights` found before."""
        self.totals: dict[tuple[int, str], tuple[float, int]] = {}
        """What `total` found before."""

    @cached_property
    def scales(self) -> Mapping[str, Scale]:
        """By item, what can be answered to it."""
        questionnaire = self.results.answers.questionnaire
        found: dict[tuple[object, ...], Scale] = {}
        by_item: dict[str, Scale] = {}
        for item in questionnaire.items:
            if item.has_figures:
                alike = item.scale, item.not_applicable_values, item.reverse
                if alike not in found:
                    shares = sorted(map(float, item_shares(questionnaire, item).values()))
                    found[alike] = Scale(tuple(shares), 1 / steps(questionnaire, item))
                by_item[item.id] = found[alike]
        return by_item

    def which(self, people: Flags) -> Flags:
        """The classes that some people are."""
        return np.bincount(self.of_person[people], minlength=self.number) > 0

    def table(self, id: str) -> Counts:
        """How many of each class have each value of a column."""
        if self.is_by_group:
            return self.results.counts(id)
        if id not in self.tables:
            own = self.results.columns[id]
            self.tables[id] = counted(own.which, len(own.values), self.of_person, self.number)
        return self.tables[id]

    def scored(self, id: str) -> Numbers:
        """How many have a score."""
        found: Numbers = self.table(id)[:, ~np.isnan(self.results.columns[id].values)].sum(axis=1)
        return found

    def asked(self, id: str) -> Numbers:
        """How many were asked any of it."""
        found: Numbers = self.table(id)[:, self.results.columns[id].asked].sum(axis=1)
        return found

    def answered(self, item: str) -> Numbers:
        """How many gave an answer, whatever it was."""
        results = self.results
        counts = (
            results.characters(item)
            if self.is_by_group
            else counted(results.answers.of(item), 256, self.of_person, self.number)
        )
        found: Numbers = counts.sum(axis=1) - counts[:, MISSING].sum(axis=1)
        return found

    @cached_property
    def whole(self) -> Numbers:
        """How many there are."""
        return np.bincount(self.of_person, minlength=self.number)

    def pile(self, item: str, which: Flags) -> Pile:
        """The answers of some classes to an item."""
        values = self.results.columns[item].values
        counts = self.table(item)[which].sum(axis=0)
        return {value: n for value, n in zip(values.tolist(), counts.tolist(), strict=True) if n and value == value}

    def given(self, place: int, item: str) -> Pile:
        """The answers of one class to an item."""
        return self.pile(item, np.arange(self.number) == place)

    def piles(self, item: str, told: Sequence[Flags], everybody: Flags) -> Iterator[tuple[int, list[Pile]]]:
        """By class, the answers to an item among which theirs are, where those of some sets of classes are counted:
        those of each that they are in, and those of everybody less those of others that they are not in."""
        for place in np.flatnonzero(everybody).tolist():
            around = [which for which in told if which[place]]
            if any(np.array_equal(which, everybody) for which in around):
                others = [which for which in told if not which[place]]
                around.append(everybody & ~np.logical_or.reduce([np.zeros_like(everybody), *others]))
            yield place, [self.pile(item, which) for which in around]

    def weights(self, place: int, id: str) -> Weights:
        """What a class's score is made from: of that which somebody in it answered."""
        if (place, id) not in self.found_weights:
            own = self.units.weights[self.group_of[place]][id]
            there = {leaf: weight for leaf, weight in own.items() if self.scored_of[leaf][place]}
            self.found_weights[place, id] = there
        return self.found_weights[place, id]

    @cached_property
    def scored_of(self) -> dict[str, Numbers]:
        return {id: self.scored(id) for id in self.results.columns}

    def total(self, place: int, leaf: str) -> tuple[float, int]:
        """What the answers of a class to an item add up to, and how many there are."""
        if (place, leaf) not in self.totals:
            values, counts = self.results.columns[leaf].values, self.table(leaf)[place]
            has = ~np.isnan(values)
            self.totals[place, leaf] = float(counts[has] @ values[has]), int(counts[has].sum())
        return self.totals[place, leaf]

    def mean(self, id: str, which: Flags) -> float:
        """The mean of some classes, as a share."""
        total, answers = [], []
        for place in np.flatnonzero(which).tolist():
            for leaf, weight in self.weights(place, id).items():
                own, number = self.total(place, leaf)
                total.append(weight * own)
                answers.append(weight * number)
        return math.fsum(total) / math.fsum(answers) if answers else math.nan

"""The means of groups, made from the sums of their answers. docs/scores.md says it in words.

What a group says of a benchmark or a strand is the mean of all answers below it, each with the weight that its item has
there. So everything that is told of a group, on whatever level, follows from the same sums: how many of it answered an
item, and what these answers add up to.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.model.questionnaire import Questionnaire
from selfassess.model.score_tree import OVERALL, Node, items, parts, span
from selfassess.scoring.columns import Counts, counted
from selfassess.scoring.scores import People, Results

Weights = Mapping[str, float]
"""By the id of an item, or of a node that is no sum: the weight of each answer to it in the mean of a node."""


class Composition:
    """What the nodes of a questionnaire are made from in the end: items, and nodes that are no sum of others."""

    def __init__(self, questionnaire: Questionnaire, *, of_one: bool = False) -> None:
        """`of_one`: one person's own scores, of the items that they answered. Then follow-up questions are like any
        other."""
        self.choices = [item.id for item in questionnaire.items if item.has_figures]
        self.on_condition = frozenset(item.id for item in questionnaire.items if item.show_if and not of_one)
        self.nodes = [_Composed(questionnaire, id, node) for id, node in _from_below(questionnaire)]

    def weights(self, asked: Collection[str]) -> dict[str, Weights]:
        """By the id of each node and item, its weights for people who were asked these items.

        They are 1 together, so that somebody who answers everything counts as one person; a follow-up question that
        some were asked adds its own weight to that. A ladder, and the least of several, are answers of their own.
        """
        found: dict[str, Weights] = {id: {id: 1.0} for id in self.choices}
        there, sure = {*asked}, {*asked} - self.on_condition
        there |= {node.id for node in self.nodes if node.items & there}
        sure |= {node.id for node in self.nodes if node.items & sure}
        for node in self.nodes:
            found[node.id] = node.weights(there, sure, found) if node.adds_up_of(there) else {node.id: 1.0}
        return found


def _from_below(questionnaire: Questionnaire) -> Iterator[tuple[str, Node]]:
    """Every node after those that it is made from."""
    for strand in questionnaire.strands:
        yield from ((node.id, node) for node in strand.middle)
        yield strand.id, strand
    yield OVERALL, questionnaire.overall


class _Composed:
    """A node, and what it is made from."""

    def __init__(self, questionnaire: Questionnaire, id: str, node: Node) -> None:
        self.id = id
        self.items = frozenset(item.id for item in items(questionnaire, node))
        self.adds_up = node.method in ("mean", "sum")
        self.is_least = node.method == "min"
        # In a sum a part counts by how far its own ends are apart, in a mean by its weight alone.
        self.parts = [
            (part.id, part.weight * (span(questionnaire, part).width if node.method == "sum" else 1))
            for part in parts(questionnaire, node)
        ]

    def adds_up_of(self, there: Collection[str]) -> bool:
        """Whether its score is a sum of those of its parts that are there: also the least of one is that one."""
        return self.adds_up or (self.is_least and sum(part in there for part, _ in self.parts) == 1)

    def weights(self, there: Collection[str], sure: Collection[str], below: Mapping[str, Weights]) -> Weights:
        total: dict[str, float] = {}
        for part, weight in self.parts:
            if part in there:
                for leaf, share in below[part].items():
                    total[leaf] = total.get(leaf, 0) + weight * share
        whole = sum(weight for part, weight in self.parts if part in (sure or there))
        whole = whole or sum(weight for part, weight in self.parts if part in there)
        # In the order of their ids, so that the order in the file leaves no trace in the last digits.
        return {leaf: total[leaf] / whole for leaf in sorted(total)} if whole else {self.id: 1.0}


class Units:
    """Who is weighted alike in a round: each group, or the groups that are shown as one."""

    def __init__(self, results: Results, joined: Collection[str] = ()) -> None:
        self.results = results
        names, _ = results.answers.by_group
        together = [place for place, name in enumerate(names) if name in joined]
        scored = [item.id for item in results.answers.questionnaire.items if item.is_scored]
        asked = {id: results.counts(id)[:, results.columns[id].asked].sum(axis=1) > 0 for id in scored}
        composition = Composition(results.answers.questionnaire)
        of: dict[frozenset[str], dict[str, Weights]] = {}
        self.weights: list[Mapping[str, Weights]] = []
        """By group, in the order of `Answers.by_group`, the weights of everything."""
        for place in range(len(names)):
            inside = together if place in together else [place]
            some = frozenset(id for id in scored if asked[id][inside].any())
            if some not in of:
                of[some] = composition.weights(some)
            self.weights.append(of[some])


class Means:
    """The means of some people on items and nodes, as shares from 0 to 1."""

    def __init__(self, some: People, units: Units | None) -> None:
        """Without units it is the mean of their own scores."""
        self.people = some
        self.units = units
        self.sums: dict[str, tuple[NDArray[np.float64], Counts]] = {}

    @cached_property
    def groups(self) -> list[int]:
        """Those that have people."""
        _, groups = self.people.results.answers.by_group
        return np.flatnonzero(np.bincount(groups[self.people.members])).tolist()

    def of(self, id: str) -> float:
        """The mean of all answers below an item or node, each with its weight; nan where there are none."""
        if self.units is None:
            return self.people.tally(id).mean
        total, weight = [], []
        for group in self.groups:
            for leaf, share in self.units.weights[group][id].items():
                sums, numbers = self.sums_of(leaf)
                total.append(share * sums[group])
                weight.append(share * numbers[group])
        answers = math.fsum(weight)
        return math.fsum(total) / answers if answers else math.nan

    def sums_of(self, leaf: str) -> tuple[NDArray[np.float64], Counts]:
        """By group, what the answers to an item add up to, and how many there are."""
        if leaf not in self.sums:
            values, counts = self.people.results.columns[leaf].values, self.by_group(leaf)
            has = ~np.isnan(values)
            # Equal answers are taken together, so that the order of people leaves no trace.
            self.sums[leaf] = counts[:, has] @ values[has], counts[:, has].sum(axis=1)
        return self.sums[leaf]

    def by_group(self, id: str) -> Counts:
        """How many of each group have each value of a column."""
        results, some = self.people.results, self.people
        if some.groups is not None:
            found: Counts = np.zeros_like(results.counts(id))
            found[some.groups] = results.counts(id)[some.groups]
            return found
        names, groups = results.answers.by_group
        own = results.columns[id]
        return counted(own.which[some.members], len(own.values), groups[some.members], len(names))

"""What scores are made from, and what can be worked out from totals that are known."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selfassess.model.questionnaire import Questionnaire
from selfassess.model.units import OVERALL, Node, items, parts, span

TOLERANCE = 1e-9
Place = tuple[str, str]
"""A cell (a group, or "all") and the id of a node or item."""
Weights = Mapping[str, float]
"""What a score is made from, by id, each with its weight; together 1."""
Sum = tuple[str | None, str, int]
"""The scores of a group, of a node or item, of so many people, added up."""
Total = Mapping[Sum, float]
"""What the added scores of a cell are made from: such sums, each so many times."""
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Totals that are known, and what can be worked out from them."""

    places: Sequence[Place]
    shown: int
    """How many of these are shown there; the others stand for what is worked out elsewhere."""
    columns: Mapping[Sum, int]
    rows: Matrix
    inverse: Matrix

    def ways(self, wanted: Total) -> list[tuple[Place, bool]]:
        """The places that a total is worked out from, each with whether there is no way without it; none if it
        cannot be."""
        if not all(one in self.columns for one in wanted):
            return []
        target = _row(wanted, self.columns)
        uses = target @ self.inverse
        if np.abs(uses @ self.rows - target).max() > TOLERANCE:
            return []
        alone = np.einsum("ij,ji->i", self.rows, self.inverse) > 1 - TOLERANCE  # no others add up to it
        alone[self.shown :] = False
        used = (np.abs(uses) > TOLERANCE).tolist()
        return [(place, only) for place, only, one in zip(self.places, alone.tolist(), used, strict=True) if one]

    def tells(self, of: Mapping[Sum, Total]) -> list[Total]:
        """What is known of some totals together: how many times each, by name, where such a sum of them is known."""
        there = {name: total for name, total in of.items() if all(one in self.columns for one in total)}
        rows = np.array([_row(total, self.columns) for total in there.values()])
        if not rows.size:
            return []
        unknown = rows - rows @ self.inverse @ self.rows
        wide = np.pad(unknown, ((0, 0), (0, len(unknown))))
        turned, sizes, _ = np.linalg.svd(wide, full_matrices=False)
        return [
            {name: one for name, one in zip(there, times, strict=True) if abs(one) > TOLERANCE}
            for times in turned.T[sizes < TOLERANCE].tolist()
        ]


def known(shown: Iterable[tuple[Place, Total]], told: Iterable[tuple[Place, Total]] = ()) -> Known:
    """What is known when these totals are: those that are shown, and those worked out from others elsewhere."""
    own = list(shown)
    totals = [*own, *told]
    columns = {one: position for position, one in enumerate(dict.fromkeys(one for _, total in totals for one in total))}
    rows = np.array([_row(total, columns) for _, total in totals]).reshape(len(totals), len(columns))
    return Known([place for place, _ in totals], len(own), columns, rows, np.linalg.pinv(rows))


def _row(total: Total, columns: Mapping[Sum, int]) -> Matrix:
    row = np.zeros(len(columns))
    for one, times in total.items():
        if one in columns:
            row[columns[one]] = times
    return row


class Composition:
    """What the scores of a questionnaire come from in the end: items, and nodes that follow from nothing."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.choices = [item.id for item in questionnaire.items if item.kind == "choice"]
        self.nodes = [_Composed(questionnaire, id, node) for id, node in _from_below(questionnaire)]

    def where_asked(self, items: Collection[str]) -> dict[str, Weights]:
        """By id, what the scores of a group come from that was asked these items. A node with an item that may not have
        been asked of everybody follows from nothing."""
        there = {*items, *(node.id for node in self.nodes if node.items & {*items})}
        return self._weights(
            there, {node.id for node in self.nodes if not node.adds_up_of(there) or node.on_condition & there}
        )

    def where_scored(self, ids: Collection[str]) -> dict[str, Weights]:
        """By id, what the scores of people come from who have a score on these items and nodes, and on no others."""
        return self._weights(ids, {node.id for node in self.nodes if not node.adds_up_of(ids)})

    def _weights(self, ids: Collection[str], apart: Collection[str]) -> dict[str, Weights]:
        found: dict[str, Weights] = {id: {id: 1} for id in self.choices}
        for node in self.nodes:
            found[node.id] = {node.id: 1} if node.id in apart else node.weights(ids, found)
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
        below = items(questionnaire, node)
        self.id = id
        self.items = frozenset(item.id for item in below)
        self.on_condition = frozenset(item.id for item in below if item.show_if)
        self.adds_up = node.method in ("mean", "sum")
        self.is_least = node.method == "min"
        self.parts = [
            (part.id, part.weight * (span(questionnaire, part).width if node.method == "sum" else 1))
            for part in parts(questionnaire, node)
        ]

    def adds_up_of(self, ids: Collection[str]) -> bool:
        """Whether its score is a sum of those of these parts: also the least of one is that one."""
        return self.adds_up or (self.is_least and sum(part in ids for part, _ in self.parts) == 1)

    def weights(self, ids: Collection[str], below: Mapping[str, Weights]) -> Weights:
        """What it is made from, of these parts; itself where there is none."""
        total: dict[str, float] = {}
        for part, weight in self.parts:
            if part in ids:
                for leaf, share in below[part].items():
                    total[leaf] = total.get(leaf, 0) + weight * share
        whole = sum(total.values())
        return {leaf: weight / whole for leaf, weight in total.items()} if whole else {self.id: 1}


def folded(weights: Weights, benchmarks: Mapping[str, Weights]) -> Weights:
    """Weights with benchmarks in the place of their items, where the items keep their proportions."""
    left = dict(weights)
    found: dict[str, float] = {}
    for id, own in benchmarks.items():
        within = [left.get(leaf, 0.0) for leaf in own]
        whole = sum(within)
        if whole and all(abs(one - whole * share) < TOLERANCE for one, share in zip(within, own.values(), strict=True)):
            found[id] = whole
            for leaf in own:
                del left[leaf]
    return found | left

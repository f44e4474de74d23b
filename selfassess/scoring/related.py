"""Which means follow from others: a strand's mean is the mean of its benchmarks' means, and all are their groups.

That holds exactly where everybody answered everything that they were asked. From outside it looks so wherever the
same number answered, and is taken to hold there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selfassess.model.questionnaire import Item, Questionnaire
from selfassess.model.units import Node, Part, items, parts, span

TOLERANCE = 1e-9
Place = tuple[str, str]
"""A cell (a group, or "all") and the id of a node or item."""
Weights = Mapping[str, float]
"""What a score is made from in the end, by id, each with its weight; together 1."""
Total = Mapping[tuple[str | None, str, int], float]
"""What the sum of some scores is made from: of a group, of an item, by as many people, so many times."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Sums that are known, and what can be worked out from them."""

    places: Sequence[Place]
    _columns: Mapping[tuple[str | None, str, int], int]
    _rows: NDArray[np.float64]
    _inverse: NDArray[np.float64]

    def ways(self, wanted: Total) -> list[tuple[Place, bool]] | None:
        """The places that a sum is worked out from, each with whether there is no way without it; None if it is not."""
        if any(part not in self._columns for part in wanted):
            return None
        target = _row(wanted, self._columns)
        uses = target @ self._inverse
        if np.abs(uses @ self._rows - target).max() > TOLERANCE:
            return None
        alone = np.einsum("ij,ji->i", self._rows, self._inverse) > 1 - TOLERANCE  # no others add up to it
        used = (np.abs(uses) > TOLERANCE).tolist()
        return [(place, only) for place, only, one in zip(self.places, alone.tolist(), used, strict=True) if one]


def known(totals: Mapping[Place, Total]) -> Known:
    """What is known when the sums at these places are."""
    parts = sorted({part for total in totals.values() for part in total}, key=str)
    columns = {part: position for position, part in enumerate(parts)}
    rows = np.array([_row(total, columns) for total in totals.values()]).reshape(len(totals), len(columns))
    return Known(tuple(totals), columns, rows, np.linalg.pinv(rows))


def _row(total: Total, columns: Mapping[tuple[str | None, str, int], int]) -> NDArray[np.float64]:
    row = np.zeros(len(columns))
    for part, weight in total.items():
        row[columns[part]] = weight
    return row


def weights(questionnaire: Questionnaire, group: str | None) -> dict[str, Weights]:
    """By id, how the scores of people of a group come from their items."""
    found: dict[str, Weights] = {item.id: {item.id: 1} for item in questionnaire.items if item.kind == "choice"}
    for strand in questionnaire.strands:
        for benchmark in strand.middle:
            found[benchmark.id] = _weights(questionnaire, group, benchmark.id, benchmark, found)
        found[strand.id] = _weights(questionnaire, group, strand.id, strand, found)
    found["overall"] = _weights(questionnaire, group, "overall", questionnaire.overall, found)
    return found


def _weights(
    questionnaire: Questionnaire, group: str | None, id: str, node: Node, found: Mapping[str, Weights]
) -> Weights:
    """The weights of a node's items; the node itself where it does not follow from them."""
    if node.method not in ("mean", "sum") or any(item.show_if for item in items(questionnaire, node)):
        return {id: 1}
    total: dict[str, float] = {}
    for part in parts(questionnaire, node):
        if any(item.asks(group) for item in _items(questionnaire, part)):
            weight = part.weight * (span(questionnaire, part).width if node.method == "sum" else 1)
            for leaf, share in found[part.id].items():
                total[leaf] = total.get(leaf, 0) + weight * share
    whole = sum(total.values())
    return {leaf: weight / whole for leaf, weight in total.items()} if whole else {id: 1}


def _items(questionnaire: Questionnaire, part: Part) -> Sequence[Item]:
    return (part,) if isinstance(part, Item) else items(questionnaire, part)

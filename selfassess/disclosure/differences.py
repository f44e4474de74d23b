"""The differences between the groups of a round: each pair of groups on the whole, each strand and each benchmark."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from statistics import median

import numpy as np

from selfassess.disclosure.cells import Cells
from selfassess.disclosure.rounding import ruler
from selfassess.model.questionnaire import Item, Questionnaire, Strand
from selfassess.model.results import Cell, Detectable, Difference, Figure, Level
from selfassess.model.round import FLOOR, Thresholds
from selfassess.model.score_tree import OVERALL, Node, decimals, has_score, items, nodes
from selfassess.scoring.answers import Answers
from selfassess.scoring.group_differences import KnownSpread, deviation_of_some, difference, known_of
from selfassess.scoring.intervals import LEVEL, Known, Side, critical
from selfassess.scoring.means import Means, Units
from selfassess.scoring.multiple_comparisons import in_order
from selfassess.scoring.scores import Results, people, score

BY_NUMBER = "for a small group that agreed to be shown, only scores are shown"
OF_OTHERS = "how far apart people are is known only for scores that include questions the other group was not asked"


def differences(
    results: Results, cells: Cells, shown: Sequence[Cell], thresholds: Thresholds, units: Units | None
) -> tuple[tuple[Difference, ...], tuple[Detectable, ...]]:
    """How each pair of the shown cells differs on the whole and each strand and benchmark, on the items that both were
    asked; and how large a difference between them has to be for it to be told from chance.

    `shown` are as they are published: rounded, but where nothing is protected. Whatever follows from means and
    standard deviations is worked out from these, so that it tells nothing more.

    Only where both scores are shown as they are and at least `min_group` people have one, or FLOOR of a small group
    that agreed. Where some items were asked of one of them alone, the scores are made from the others; these are new
    figures, so they need everything about those items to be shown, and at least `min_detail` people who have such a
    score; how far apart these are follows from the standard deviations of the scores and of their items that are shown
    (see `deviation_of_some`).
    """
    pairs = [_Pair(results, cells, two, thresholds, units) for two in combinations(shown, 2)]
    found = {(place, one.id): one for place, pair in enumerate(pairs) for one in pair.differences()}
    first = _first(results.answers.questionnaire, found)
    told = _claimed(results.answers.questionnaire, found, first)
    tested = [key for key in first if found[key].p is not None]
    level = LEVEL / max(len(tested), 1)
    detectable = (pair.detectable([id for at, id in tested if at == place], level) for place, pair in enumerate(pairs))
    return told, tuple(one for one in detectable if one)


Key = tuple[int, str]
"""A pair of groups, by its place, and a node."""


def _first(questionnaire: Questionnaire, found: Mapping[Key, Difference]) -> dict[Key, Difference]:
    """The differences that are looked at together before all others: on the whole and on strands; and on benchmarks of
    a strand that has no score."""
    alone = {node.id for strand in questionnaire.strands if not has_score(questionnaire, strand)
             for node in strand.middle}  # fmt: skip  # one rule
    return {key: one for key, one in found.items() if one.level != "benchmark" or one.id in alone}


def _claimed(
    questionnaire: Questionnaire, found: Mapping[Key, Difference], first: Collection[Key]
) -> tuple[Difference, ...]:
    """What is said of each: those that come first are one family, and the benchmarks of a strand another, for each pair
    of groups that a difference was found between."""
    below = {
        (place, strand.id): [key for node in strand.middle if (key := (place, node.id)) in found and key not in first]
        for place in {place for place, _ in found}
        for strand in questionnaire.strands
    }
    ps = {key: one.p for key, one in found.items() if one.p is not None}
    passed = in_order(
        {key: ps[key] for key in first if key in ps},
        {key: {one: ps[one] for one in some if one in ps} for key, some in below.items()},
    )
    return tuple(
        replace(one, claim="differ" if passed[key] < LEVEL else "nothing found") if key in passed else one
        for key, one in found.items()
    )


@dataclass(frozen=True, eq=False)
class _Compared:
    """The scores of one pair of cells on one node."""

    sides: tuple[Side, Side]
    told: tuple[KnownSpread, KnownSpread] | None
    """None where everything may be told."""
    least: int

    @property
    def known(self) -> tuple[Known | None, Known | None]:
        one, other = self.sides
        if self.told is None:
            return Known.of(one), Known.of(other)
        return known_of(one, self.told[0]), known_of(other, self.told[1])


class _Pair:
    def __init__(
        self, results: Results, cells: Cells, pair: tuple[Cell, Cell], thresholds: Thresholds, units: Units | None
    ) -> None:
        self.results = results
        self.cells = cells
        self.pair = pair
        self.thresholds = thresholds
        self.questionnaire = results.answers.questionnaire
        self.nodes = nodes(self.questionnaire)
        self.groups = [group or None for cell in pair for group in cells.groups[cell.id]]
        self.common = {item.id for item in self.questionnaire.items if all(item.asks(group) for group in self.groups)}
        self.units = units
        self.means = self.of(results, units)

    def of(self, results: Results, units: Units | None) -> tuple[Means, ...]:
        """The means of each cell."""
        return tuple(Means(people(results, self.cells.members[cell.id]), units) for cell in self.pair)

    def differences(self) -> Iterator[Difference]:
        for id, node in self.nodes.items():
            if self.is_shown(id) and (found := self.on(id, node)):
                yield found

    def detectable(self, ids: Sequence[str], level: float) -> Detectable | None:
        """How large a difference on these nodes has to be for a test at this level; None where there is no test."""
        found: list[float] = []
        for id in ids:
            compared = self.compared(id)
            if compared is None:
                continue
            a, b = compared.known
            if a and b and (points := critical(a, b, level)) is not None:
                found.append(points)
        one, other = self.pair
        return Detectable((one.id, other.id), (one.n, other.n), round(median(found), 10)) if found else None

    def figures(self, id: str) -> list[Figure]:
        return [cell.overall or Figure(id=id, level="overall", n=0) if id == OVERALL else cell.figure(id)
                for cell in self.pair]  # fmt: skip  # one of each

    def is_shown(self, id: str) -> bool:
        return all(
            one.mean is not None and (one.n or 0) >= (FLOOR if self.has_agreed(cell) else self.thresholds.min_group)
            for one, cell in zip(self.figures(id), self.pair, strict=True)
        )

    def has_agreed(self, cell: Cell) -> bool:
        """Whether it is a small group that agreed to be shown."""
        return cell.id in self.cells.consenting

    def on(self, id: str, node: Node) -> Difference | None:
        compared = self.compared(id)
        if compared is None:
            return None
        a, b = self.pair
        level: Level = "overall" if id == OVERALL else "strand" if isinstance(node, Strand) else "benchmark"
        found = difference(
            id,
            level,
            (a.id, b.id),
            compared.sides,
            compared.told,
            decimals(node) if node.units == "points" else 0,
        )
        if found is None or min(found.n) < compared.least:
            return None
        return replace(found, why=self.why(id)) if found.claim == "not shown" else found

    def compared(self, id: str) -> _Compared | None:
        """The scores that are compared on a node; None where these may not be made."""
        node = self.nodes[id]
        below = [item for item in items(self.questionnaire, node) if any(map(item.asks, self.groups))]
        told, least = self.told(id), max(self.thresholds.min_group, self.thresholds.min_detail)
        if {item.id for item in below} <= self.common:
            return _Compared(self.sides(id, [one.mean for one in self.figures(id)], self.means), told, 1)
        if not self.all_shown(below) or not any(item.id in self.common for item in below):
            return None
        told = told and self.of_common(id)
        return _Compared(
            self.sides(id, [self.rounded(id, means.of(id)) for means in self.anew], self.anew), told, least
        )

    def of_common(self, id: str) -> tuple[KnownSpread, KnownSpread]:
        """How far apart the people of each cell are on the items that both were asked, by all that is told; not known
        of either where it is not of both, for then there is no test."""
        one, other = (self.deviation(place, id) for place in range(2))
        return (None, None) if one is None or other is None else (one, other)

    def deviation(self, place: int, id: str) -> float | None:
        """The same of one cell, as a standard deviation. Not known where a word is all that is told, which speaks of
        other scores; nor where a score that is no sum would be made from some of its items."""
        cell, figure = self.pair[place], self.figures(id)[place]
        group = self.means[place].groups[0]
        before, after = (units.weights[group][id] for units in self.weights)
        parts = {leaf: cell.figure(leaf).sd for leaf in before if leaf != id}
        known = {leaf: sd for leaf, sd in parts.items() if sd is not None}
        is_sum_of_some = known.keys() == before.keys() >= after.keys() and all(map(self.is_common, after))
        if figure.sd is None or not is_sum_of_some:
            return None
        return deviation_of_some(figure.sd, known, before, after)

    def is_common(self, leaf: str) -> bool:
        """Whether an item, or a node that is no sum, is the same for both."""
        if leaf not in self.nodes:
            return leaf in self.common
        below = items(self.questionnaire, self.nodes[leaf])
        return all(item.id in self.common for item in below if any(map(item.asks, self.groups)))

    @cached_property
    def weights(self) -> tuple[Units, Units]:
        """Those of the items in each score, as it is shown and made anew."""
        return (self.units or Units(self.results, self.cells.joined), Units(self.scored_anew, self.cells.joined))

    @cached_property
    def scored_anew(self) -> Results:
        """The scores on the items that both were asked."""
        return score(_only(self.results.answers, self.common))

    @cached_property
    def anew(self) -> tuple[Means, ...]:
        """The means of these scores."""
        return self.of(self.scored_anew, self.weights[1] if self.units else None)

    def sides(self, id: str, points: Sequence[float | None], means: Sequence[Means]) -> tuple[Side, Side]:
        """Both groups, with these means."""
        one, other = (
            Side.of(of.people.tally(id), None if mean is None else mean / 100)
            for mean, of in zip(points, means, strict=True)
        )
        return one, other

    def rounded(self, id: str, share: float) -> float:
        """A mean as it is published."""
        return ruler(self.questionnaire, self.nodes[id]).score(100 * share) if self.thresholds.protect else 100 * share

    def told(self, id: str) -> tuple[KnownSpread, KnownSpread] | None:
        """How far apart the people of each cell are, as it is told; None where everything may be."""
        if not self.thresholds.protect:
            return None
        found: list[KnownSpread] = [one.spread if one.sd is None else one.sd for one in self.figures(id)]
        return found[0], found[1]

    def why(self, id: str) -> str:
        """Why it is not told how far apart the people of a cell are."""
        for one, cell in zip(self.figures(id), self.pair, strict=True):
            if self.has_agreed(cell) and (one.n or 0) < self.thresholds.min_group:
                return BY_NUMBER
        figures = self.figures(id)
        if all(one.sd is not None for one in figures):
            return OF_OTHERS
        return next((why for one in figures if (why := one.withheld.get("sd"))), "one person has a score")

    def all_shown(self, below: Sequence[Item]) -> bool:
        """Whether everything about these items is shown, in each cell that was asked them."""
        figures = [cell.figure(item.id) for cell in self.pair for item in below]
        return all(one.counts is not None for one in figures)


def _only(answers: Answers, ids: Collection[str]) -> Answers:
    """The answers to some items of a questionnaire, as those of a questionnaire that has no others."""
    kept = [position for position, item in enumerate(answers.questionnaire.items) if item.id in ids]
    codes = np.ascontiguousarray(answers.codes[kept])
    return replace(answers, questionnaire=answers.questionnaire.with_items(lambda item: item.id in ids), codes=codes)

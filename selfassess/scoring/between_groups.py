"""The differences between the groups of a round: each pair of groups on each strand and benchmark."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from selfassess.model.item import Item
from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
from selfassess.model.round import Thresholds
from selfassess.model.summary import Cell, Difference
from selfassess.model.units import Node, items
from selfassess.scoring.answers import Answers
from selfassess.scoring.cells import Cells
from selfassess.scoring.difference import difference
from selfassess.scoring.score import People, Results, people, score


def differences(
    results: Results, cells: Cells, shown: Sequence[Cell], thresholds: Thresholds
) -> tuple[Difference, ...]:
    """How each pair of the shown cells differs on each strand and benchmark, on the items that both were asked.

    Only where both scores are shown as they are and at least `min_group` people have one. Where some items were asked
    of one of them alone, the scores are made anew from the others; these are new figures, so they need everything about
    those items to be shown, and at least `min_detail` people who have such a score. Intervals and pairs would tell of
    spread: they are there where both standard deviations are.
    """
    pairs = (_Pair(results, cells, two, thresholds) for two in combinations(shown, 2))
    return tuple(one for pair in pairs for one in pair.differences())


class _Pair:
    def __init__(self, results: Results, cells: Cells, pair: tuple[Cell, Cell], thresholds: Thresholds) -> None:
        self.results = results
        self.cells = cells
        self.pair = pair
        self.thresholds = thresholds
        self.questionnaire = results.answers.questionnaire
        self.groups = [group or None for cell in pair for group in cells.groups[cell.id]]
        self.common = {item.id for item in self.questionnaire.items if all(item.asks(group) for group in self.groups)}
        self.people = self.who(results)
        self.anew: tuple[People, ...] | None = None
        self.invited = [cells.invited_to(self.questionnaire, cell.id) for cell in pair]

    def who(self, results: Results) -> tuple[People, ...]:
        """Those of each cell, with their scores."""
        return tuple(people(results, self.cells.members[cell.id]) for cell in self.pair)

    def differences(self) -> Iterator[Difference]:
        for strand in self.questionnaire.strands:
            nodes: tuple[Strand | Benchmark, ...] = (strand, *strand.middle)
            for node in nodes:
                if self.is_shown(node.id) and (found := self.on(node.id, node)):
                    yield found

    def is_shown(self, id: str) -> bool:
        figures = [cell.figure(id) for cell in self.pair]
        return all(one.mean is not None and (one.n or 0) >= self.thresholds.min_group for one in figures)

    def on(self, id: str, node: Node) -> Difference | None:
        below = [item for item in items(self.questionnaire, node) if any(map(item.asks, self.groups))]
        some, least = self.people, self.thresholds.min_group
        if not {item.id for item in below} <= self.common:
            if not self.all_shown(below) or not any(item.id in self.common for item in below):
                return None
            some = self.anew = self.anew or self.who(score(_only(self.results.answers, self.common)))
            least = max(least, self.thresholds.min_detail)
        a, b = self.pair
        found = difference(
            id,
            "strand" if isinstance(node, Strand) else "benchmark",
            (a.id, b.id),
            (some[0].tally(id), some[1].tally(id)),
            (self.invited[0][id], self.invited[1][id]),
            details=all(cell.figure(id).sd is not None for cell in self.pair),
            claims=self.may_claim(id),
        )
        return found if found and min(found.n) >= least else None

    def may_claim(self, id: str) -> bool:
        """Whether it may be told if chance could make a difference, though details are withheld for others' sake: among
        people who are enough for details themselves, where the score is more than one answer."""
        figures = [cell.figure(id) for cell in self.pair]
        return all((one.n or 0) >= self.thresholds.min_detail and one.spread is not None for one in figures)

    def all_shown(self, below: Sequence[Item]) -> bool:
        """Whether everything about these items is shown, in each cell that was asked them."""
        figures = [cell.figure(item.id) for cell in self.pair for item in below]
        return all(one.counts is not None for one in figures)


def _only(answers: Answers, ids: Collection[str]) -> Answers:
    """The answers to some items of a questionnaire, as those of a questionnaire that has no others."""
    kept = [position for position, item in enumerate(answers.questionnaire.items) if item.id in ids]
    codes = np.ascontiguousarray(answers.codes[kept])
    return replace(answers, questionnaire=with_only(answers.questionnaire, ids), codes=codes)


def with_only(questionnaire: Questionnaire, ids: Collection[str]) -> Questionnaire:
    """The questionnaire with no other items."""

    def of(items: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(item for item in items if item.id in ids)

    return replace(
        questionnaire,
        strands=tuple(
            replace(
                strand,
                benchmarks=tuple(replace(node, items=of(node.items)) for node in strand.benchmarks),
                skills=tuple(replace(node, items=of(node.items)) for node in strand.skills),
                items=of(strand.items),
                questions=of(strand.questions),
            )
            for strand in questionnaire.strands
        ),
    )

"""Two rounds side by side: whose answers are held against whose, cell by cell, and which quantities are compared."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from selfassess.model.item import Item
from selfassess.model.questionnaire import Benchmark, Questionnaire
from selfassess.model.round import Standing
from selfassess.model.summary import POOL
from selfassess.model.units import Node, items, min_answered, nodes, parts
from selfassess.model.version import Comparability
from selfassess.scoring.answers import Flags
from selfassess.disclosure.cells import Cells, of_standing
from selfassess.scoring.pairing import Alike, Occasion, Pairs, pairs
from selfassess.scoring.related import Composition
from selfassess.scoring.score import Shares

Kind = str
"""Of a quantity of one round: "score" where it is that of its report, else with a mark of the items it is made from;
"change" for how differently people moved."""


def compared_cells(before: Occasion, after: Occasion) -> tuple[Cells, Cells]:
    """The cells of two rounds that can be held against each other: "all" over the groups that are in it both times, and
    each group (or the same groups joined) that is shown by itself both times."""
    kept = [{group for group, one in side.round.standing.items() if one != "left_out"} for side in (before, after)]
    both = kept[0] & kept[1]
    found = [_cells_of(side, both) for side in (before, after)]
    there = [cell for cell in found[0].members if found[0].groups[cell] == found[1].groups.get(cell)]
    return _only(found[0], there), _only(found[1], there)


def _cells_of(side: Occasion, both: set[str]) -> Cells:
    # In the order of ids, so that both rounds have the same order, whatever the order in which groups were invited.
    standing: dict[str, Standing] = {
        group: side.round.standing[group] if group in both else "left_out" for group in sorted(side.round.standing)
    }
    invited = {group: number for group, number in side.round.invited.items() if group in both}
    joined = [group for group, one in side.round.standing.items() if one == "pooled"]
    cells = of_standing(side.answers, standing, invited, side.round.form)
    # Where a group that was joined with others is missing, the others have no cell of their own.
    return _only(cells, [cell for cell in cells.members if cell != POOL or set(joined) <= both])


def _only(cells: Cells, there: Sequence[str]) -> Cells:
    return Cells(
        members={cell: cells.members[cell] for cell in there},
        groups={cell: cells.groups[cell] for cell in there},
        left_out={},
        consenting=cells.consenting & frozenset(there),
        invited=cells.invited,
        form=cells.form,
    )


class Pair:
    """Two rounds, whom they share, and the sets of people that a comparison of them speaks of."""

    def __init__(self, before: Occasion, after: Occasion, comparability: Comparability) -> None:
        self.sides = before, after
        self.alike = Alike(before, after, comparability)
        self.cells = compared_cells(before, after)
        self.pairs: Pairs = pairs(before.by_key, after.by_key)

    @property
    def name(self) -> str:
        """What the ledgers call it."""
        return ":".join(side.round.key for side in self.sides)

    @cached_property
    def kinds(self) -> dict[tuple[int, str], Kind]:
        return {}

    def kind(self, side: int, id: str) -> Kind:
        """Which quantity of a round a node's score in this comparison is."""
        if (side, id) not in self.kinds:
            reported = self.alike.is_as_reported(side, id)
            self.kinds[side, id] = "score" if reported else f"score {self._made_from(side, id)}"
        return self.kinds[side, id]

    def _made_from(self, side: int, id: str) -> str:
        """A mark of what a score is made from, and how."""
        questionnaire = self.alike.results(id)[side].answers.questionnaire
        node = nodes(questionnaire)[id]
        same = self.alike.same(id)
        own = {item.id: item.id if side else same[item.id] for item in items(questionnaire, node)}
        composition = Composition(questionnaire)
        groups: list[str | None] = [group.id for group in questionnaire.groups]
        made = [
            (group or "", sorted((own[leaf], round(weight, 10)) for leaf, weight in found.items() if leaf in own))
            for group in groups or [None]
            for found in [composition.where_asked([item.id for item in questionnaire.items if item.asks(group)])[id]]
        ]
        counted = sorted((own[leaf], self.alike.fates[leaf].groups) for leaf in own)
        words = repr((list(_rules(questionnaire, node)), counted, made))
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    def shares(self, side: int, id: str) -> Shares:
        return self.alike.results(id)[side].shares[id]

    def everybody(self, side: int, cell: str, id: str) -> Flags:
        """Who of a cell has a score."""
        flags: Flags = self.cells[side].members[cell] & ~np.isnan(self.shares(side, id))
        return flags

    def matched(self, side: int, cell: str, id: str) -> Flags:
        """Who of a cell was found in both rounds and has a score in both."""
        members = self.everybody(0, cell, id), self.everybody(1, cell, id)
        return self.pairs.flags(side, len(self.sides[side].answers), members)

    def both(self, cell: str, id: str) -> Flags:
        """Which of the pairs are in a cell, and have a score, both times."""
        then, now = self.everybody(0, cell, id), self.everybody(1, cell, id)
        flags: Flags = then[self.pairs.before] & now[self.pairs.after]
        return flags

    def found(self, cell: str) -> int:
        """How many of a cell were found in both rounds."""
        then, now = (self.cells[side].members[cell] for side in (0, 1))
        return int(np.count_nonzero(then[self.pairs.before] & now[self.pairs.after]))

    def set_of(self, side: int, view: str, cell: str, id: str) -> Flags:
        """Whom a view of a cell speaks of."""
        return (self.matched if view == "matched" else self.everybody)(side, cell, id)


def _rules(questionnaire: Questionnaire, node: Node) -> Iterator[tuple[object, ...]]:
    """How a node is scored, and all that it is made from."""
    of_a_ladder = (node.na,) if node.method == "ladder" else ()
    yield node.method, min_answered(questionnaire, node), node.met, node.when_missing, *of_a_ladder
    for part in parts(questionnaire, node):
        yield part.id, part.weight, part.level if isinstance(part, Item | Benchmark) else None
        if not isinstance(part, Item):
            yield from _rules(questionnaire, part)


def noted(pair: Pair, view: str, cell: str) -> str:
    """What a set of people is called in the ledger: "matched:KEY:KEY:board"."""
    return f"{view}:{pair.name}:{cell}"


def pair_of(cell: str) -> tuple[str, str] | None:
    """The keys of the two rounds that a cell in the ledger comes from; None for a cell of a report."""
    parts = cell.split(":")
    return (parts[1], parts[2]) if len(parts) == 4 else None

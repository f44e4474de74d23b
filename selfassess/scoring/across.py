"""What may be shown across rounds: whether the means of some people, found in both, tell of too few.

The means that are known of each round are those of its own report, those of comparisons that were made before, and what
this comparison told so far. A new one is told only where nothing secret follows from all of them together (sums.py).
docs/privacy.md says it in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from selfassess.model.change import View
from selfassess.model.round import FLOOR
from selfassess.model.units import OVERALL, nodes
from selfassess.scoring.answers import Flags
from selfassess.disclosure.cells import ALL, Cells
from selfassess.scoring.ledger import Shown, tells_of_few
from selfassess.scoring.pair import Kind, Pair, noted, pair_of
from selfassess.scoring.pairing import Occasion
from selfassess.disclosure.release import withheld
from selfassess.scoring.score import Shares
from selfassess.scoring.sums import ITEM, NODE, Known, Mean, Means, Quantity, Sums, Way, sums
from selfassess.scoring.withholding import FEW, NEAR_THE_END, Reasons, deciding_answers


@dataclass(frozen=True, eq=False)
class Released:
    """One of the two rounds: what its own report shows, and what was shown besides."""

    occasion: Occasion

    @cached_property
    def decided(self) -> tuple[Cells, Mapping[str, Reasons]]:
        """The cells of its report, and what is withheld of each."""
        return withheld(self.occasion.round, self.occasion.results, self.occasion.shown)

    @property
    def cells(self) -> Cells:
        return self.decided[0]

    @property
    def why(self) -> Mapping[str, Reasons]:
        return self.decided[1]

    @cached_property
    def on_condition(self) -> frozenset[str]:
        """The nodes that some are asked only because of what they answered: who has a score there is telling."""
        return frozenset(deciding_answers(self.occasion.answers))

    def has(self, id: str) -> Flags:
        """Who has a score in the round's own report."""
        columns = self.occasion.results.columns
        if id not in columns:
            return np.zeros(len(self.occasion.answers), dtype=np.bool_)
        flags: Flags = ~np.isnan(self.occasion.results.shares[id])
        return flags

    def is_shown(self, cell: str, id: str, kind: str) -> bool:
        """Whether a kind of figure is shown of a cell, in the round's report as it is now."""
        return cell in self.why and (id, kind) not in self.why[cell]

    @cached_property
    def way(self) -> Way:
        results = self.occasion.results
        return Way(results, {item.id: item.id for item in results.answers.questionnaire.items})

    def everything(self) -> Iterator[Mean]:
        """The means of everybody, on each node and item."""
        there = nodes(self.occasion.answers.questionnaire)
        for id, scored in self.occasion.results.scored.items():
            yield Mean((id, NODE if id in there else ITEM), scored, self.way)

    def of_cells(self) -> Iterator[Mean]:
        """The means of all nodes in all cells, shown or not."""
        for mean in self.everything():
            if mean.quantity[1] == NODE:
                for members in self.cells.members.values():
                    yield replace(mean, people=members & mean.people)

    def told(self) -> Iterator[Mean]:
        """The means that were told by reports, now or before."""
        for mean in self.everything():
            id, kind = mean.quantity
            for cell, members in self.cells.members.items():
                if self.is_shown(cell, id, kind) or (cell, id, kind) in self.occasion.shown:
                    yield replace(mean, people=members & mean.people)

    @property
    def details(self) -> int:
        """From how many people on everything is told."""
        thresholds = self.occasion.round.rules.thresholds
        return max(thresholds.min_group, thresholds.min_detail)

    @property
    def enough(self) -> int:
        """Of how many people nothing is secret."""
        return max(FEW, self.details)

    def is_secret(self, quantity: Quantity, shares: Shares, people: Flags) -> bool:
        """Whether the mean of these people on a node or an item must not be known."""
        n = int(np.count_nonzero(people))
        return n > 0 and (n < self.details if quantity[1] == ITEM else self.is_too_few(shares, people))

    def is_too_few(self, shares: Shares, people: Flags) -> bool:
        """Whether the mean of these people must not be known: too few, or few at an end of the scale. Of small groups
        that agreed to be shown each counts as a whole, or not at all."""
        n = int(np.count_nonzero(people))
        if n < self.occasion.round.rules.thresholds.min_group and not self.have_agreed(shares, people):
            return True
        return n < FEW and is_at_an_end(shares, people)

    def have_agreed(self, shares: Shares, people: Flags) -> bool:
        """Whether these people are small groups that agreed, each with all who have a score."""
        groups = [self.cells.members[cell] & ~np.isnan(shares) for cell in self.cells.consenting]
        inside = [one for one in groups if (one & people).any()]
        if not inside or any(np.count_nonzero(one) < FLOOR for one in inside):
            return False
        return np.array_equal(people, np.bitwise_or.reduce(inside))


def is_at_an_end(shares: Shares, people: Flags) -> bool:
    """Whether a mean is so near an end of the scale that it tells what everybody said."""
    return not NEAR_THE_END < round(100 * float(shares[people].mean()), 10) < 100 - NEAR_THE_END


MADE = "made"
"""The kind of the line in a ledger that says that a comparison was made, whatever it told."""


class Ledgers:
    """What is known of both rounds, and what is added to it."""

    def __init__(self, pair: Pair, earlier: Mapping[tuple[str, str], Pair]) -> None:
        self.pair = pair
        self.released = Released(pair.sides[0]), Released(pair.sides[1])
        self.earlier = {**earlier, (pair.sides[0].round.key, pair.sides[1].round.key): pair}
        self.new: tuple[set[Shown], set[Shown]] = (set(), set())
        self.told: tuple[list[Mean], list[Mean]] = ([], [])
        """The means that comparisons told before this one."""
        self.has_lost = [False, False]
        """Whether something was told of a round together with one that is no longer there."""
        self.is_made_again = False
        """Whether these two were compared before: then nothing is told but what was told then."""
        made = noted(pair, "made", ALL), OVERALL, MADE
        for side in (0, 1):
            self.is_made_again |= made in pair.sides[side].shown
            self.new[side].add(made)
            for cell, id, kind in sorted(pair.sides[side].shown):
                if kind != MADE and (keys := pair_of(cell)):
                    self._read(side, keys, cell, id, kind)

    def _read(self, side: int, keys: tuple[str, str], cell: str, id: str, kind: Kind) -> None:
        other = self.earlier.get(keys)
        own = self.pair.sides[side].round.key
        view, _, _, of = cell.split(":")
        place = keys.index(own) if own in keys else 0
        if other is None or of not in other.cells[place].members or not other.alike.same(id):
            self.has_lost[side] = True
            return
        if kind != "change":
            way = self.released[side].way if kind == NODE else way_of(other, place, id)
            self.told[side].append(Mean((id, kind), other.set_of(place, view, of, id), way))

    @cached_property
    def sums(self) -> tuple[list[Sums], list[Sums]]:
        """All that is told of either round."""
        return self._sums(0), self._sums(1)

    def _sums(self, side: int) -> list[Sums]:
        own = self.released[side]
        views: tuple[View, ...] = ("everybody", "matched")
        means = Means(
            of_everybody=[*own.everything()],
            told=[*own.told(), *self.told[side]],
            of_cells=[*own.of_cells()],
            perhaps=[
                self.mean(side, view, cell, id)
                for view in views
                for cell in self.pair.cells[side].members
                for id in nodes(self.pair.alike.questionnaire)
                if self.pair.alike.same(id)
            ],
        )
        shares = {mean.quantity: mean.way.results.shares[mean.quantity[0]]
                  for mean in (*means.of_everybody, *means.told, *means.perhaps)}  # fmt: skip  # one line for each
        return sums(
            means, [*self.in_common(side)], lambda of, people: own.is_secret(of, shares[of], people), own.enough
        )

    def in_common(self, side: int) -> Iterator[Flags]:
        """Who is in a group, in a cell, was asked a follow-up question, and who was found in another round."""
        answers = self.pair.sides[side].answers
        on_condition = [item.id for item in answers.questionnaire.items if item.show_if and item.is_scored]
        yield from (self.pair.sides[side].results.scored[id] for id in on_condition)
        yield from (answers.in_group(group or "") for group in sorted(answers.by_group[0]))
        yield from self.released[side].cells.members.values()
        own = self.pair.sides[side].round.key
        for keys, pair in self.earlier.items():
            for place, key in enumerate(keys):
                if key == own:
                    yield from pair.cells[place].members.values()
                    found = np.zeros(len(pair.sides[place].answers), dtype=np.bool_)
                    found[(pair.pairs.before, pair.pairs.after)[place]] = True
                    yield found

    def mean(self, side: int, view: str, cell: str, id: str) -> Mean:
        """A mean of this comparison."""
        kind = self.pair.kind(side, id)
        way = self.released[side].way if kind == NODE else way_of(self.pair, side, id)
        return Mean((id, kind), self.pair.set_of(side, view, cell, id), way)

    def tell(self, view: str, places: Sequence[tuple[str, str]]) -> bool:
        """Note down that a view of these cells and nodes is told now, unless more could be worked out then than may be
        known. Whether it is told."""
        found: list[tuple[Sums, Known]] = []
        for side in (0, 1):
            means = [self.mean(side, view, cell, id) for cell, id in places]
            for one in self.sums[side]:
                known = one.with_these(means)
                if known is None:
                    return False
                found.append((one, known))
        for one, known in found:
            one.known = known
        for side in (0, 1):
            self.new[side].update(
                (noted(self.pair, view, cell), id, self.pair.kind(side, id))
                for cell, id in places
                if not (view == "everybody" and self.is_reported(side, cell, id))
            )
        return True

    def was_told(self, view: str, cell: str, id: str) -> bool:
        """Whether the reports tell it, or this comparison did when it was made before."""
        row = noted(self.pair, view, cell), id
        return all(
            (view == "everybody" and self.is_reported(side, cell, id))
            or (*row, self.pair.kind(side, id)) in self.pair.sides[side].shown
            for side in (0, 1)
        )

    def note_moves(self, cell: str, id: str) -> None:
        """Note down that it is told now how differently people moved."""
        self.new[1].add((noted(self.pair, "matched", cell), id, "change"))

    def is_reported(self, side: int, cell: str, id: str) -> bool:
        """Whether the mean of everybody is the very one that the round's report shows."""
        own = self.released[side]
        return self.pair.kind(side, id) == NODE and self.is_cell(side, cell) and own.is_shown(cell, id, "score")

    def is_cell(self, side: int, cell: str) -> bool:
        """Whether a cell of the comparison is one of the report: "all" may be fewer groups."""
        return cell != ALL or np.array_equal(self.pair.cells[side].members[ALL], self.released[side].cells.members[ALL])

    def moves(self, id: str) -> list[Flags]:
        """Everybody of whom it was told how differently they moved between these two rounds, as they are in the later
        one."""
        names = {noted(self.pair, "matched", cell): cell for cell in self.pair.cells[1].members}
        rows = self.pair.sides[1].shown | self.new[1]
        return [self.pair.matched(1, names[cell], id) for cell, of, kind in rows
                if of == id and kind == "change" and cell in names]  # fmt: skip  # one row, one set


def way_of(pair: Pair, side: int, id: str) -> Way:
    """How a node is scored in a comparison."""
    same = pair.alike.same(id)
    return Way(pair.alike.results(id)[side], {later: later if side else earlier for later, earlier in same.items()})


def tells_of_few_people(sets: Sequence[Flags], least: int) -> bool:
    """Whether fewer than `least` people can be told apart."""
    return tells_of_few(sets, lambda people: bool(np.count_nonzero(people) < least), least)

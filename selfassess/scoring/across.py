"""What may be shown across rounds: whether the means of some people, found in both, tell of too few.

For each quantity of each round there are the sets of people whose means are known: the cells of the round's own
report, those who were matched in this comparison and in earlier ones, and "all" where a comparison takes fewer groups.
A new set is shown only where no set that is too small follows from them. docs/privacy.md says it in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from selfassess.model.round import FLOOR
from selfassess.scoring.answers import Flags
from selfassess.scoring.cells import ALL, Cells
from selfassess.scoring.ledger import Shown, in_which, tells_of_few
from selfassess.scoring.pair import Kind, Pair, noted, pair_of
from selfassess.scoring.pairing import Occasion
from selfassess.scoring.privacy import withheld
from selfassess.scoring.score import Shares
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

    def reported(self, id: str) -> Iterator[Flags]:
        """Everybody whose mean on a node was told by reports, now or before."""
        for cell, members in self.cells.members.items():
            if self.is_shown(cell, id, "score") or (cell, id, "score") in self.occasion.shown:
                yield members & self.has(id)

    def all_shown(self, cell: str, ids: Sequence[str]) -> bool:
        """Whether everything about some items is shown of a cell."""
        return all(self.is_shown(cell, id, "detail") for id in ids)

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


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """A mean that was told by a comparison: of whom, and which quantity."""

    people: Flags
    kind: Kind


class Ledgers:
    """What is known of both rounds, and what is added to it."""

    def __init__(self, pair: Pair, earlier: Mapping[tuple[str, str], Pair]) -> None:
        self.pair = pair
        self.released = Released(pair.sides[0]), Released(pair.sides[1])
        self.earlier = {**earlier, (pair.sides[0].round.key, pair.sides[1].round.key): pair}
        self.new: tuple[set[Shown], set[Shown]] = (set(), set())
        self.told: tuple[dict[str, list[_Told]], dict[str, list[_Told]]] = ({}, {})
        self.lost: tuple[set[str], set[str]] = (set(), set())
        """Nodes of which something was told together with a round that is no longer there."""
        for side in (0, 1):
            for cell, id, kind in sorted(pair.sides[side].shown):
                if keys := pair_of(cell):
                    self._read(side, keys, cell, id, kind)

    def _read(self, side: int, keys: tuple[str, str], cell: str, id: str, kind: Kind) -> None:
        other = self.earlier.get(keys)
        own = self.pair.sides[side].round.key
        view, _, _, of = cell.split(":")
        place = keys.index(own) if own in keys else 0
        if other is None or of not in other.cells[place].members or not other.alike.same(id):
            self.lost[side].add(id)
            return
        self.told[side].setdefault(id, []).append(_Told(other.set_of(place, view, of, id), kind))

    def is_safe(self, side: int, id: str, people: Flags) -> bool:
        """Whether no set of people that is too small can be told apart with the mean of these as well, whatever the
        report shows of its cells."""
        kind, shares = self.pair.kind(side, id), self.pair.shares(side, id)
        known = self.known(side, id, kind)
        if any(np.array_equal(people, one) for one in known):
            return True
        own = self.released[side]
        limit = max(FEW, own.occasion.round.rules.thresholds.min_group)
        is_too_few = partial(own.is_too_few, shares)
        if tells_of_few([*known, people], is_too_few, limit):
            return False
        # A mean that the report withholds may follow from others, where it tells of nobody small by itself: of all,
        # say, where each group's is withheld. What follows from the cells alone is the report's own affair.
        cells = [members & ~np.isnan(shares) for members in own.cells.members.values()]

        def is_new_and_too_few(some: Flags) -> bool:
            return is_too_few(some) and not _follows(some, cells)

        return not tells_of_few([*cells, *known, people], is_new_and_too_few, limit)

    def is_safe_in_detail(self, side: int, id: str, people: Flags) -> bool:
        """Whether, were it the mean of an item, it would not tell that of fewer than details are shown of."""
        own, has = self.released[side], ~np.isnan(self.pair.shares(side, id))
        thresholds = own.occasion.round.rules.thresholds
        cells = [members & has for members in own.cells.members.values()]
        told = [one.people for one in self.told[side].get(id, ()) if one.kind != "change"]
        return not tells_of_few_people([*cells, *told, people], max(thresholds.min_group, thresholds.min_detail))

    def known(self, side: int, id: str, kind: Kind) -> list[Flags]:
        """Everybody whose mean was told of a quantity."""
        reported = list(self.released[side].reported(id)) if kind == "score" else []
        return [*reported, *(one.people for one in self.told[side].get(id, ()) if one.kind == kind)]

    def hangs_together(self, side: int, id: str, people: Flags) -> tuple[bool, bool]:
        """Whether what is told of these people is tied to the cells of the report, and to what was told of the same
        node made from other items: their sums then hang together, on other nodes too."""
        kind, has = self.pair.kind(side, id), ~np.isnan(self.pair.shares(side, id))
        told = self.told[side].get(id, ())
        own = [people, *(one.people for one in told if one.kind == kind)]
        cells = [members & has for members in self.released[side].cells.members.values()]
        others = [one.people for one in told if one.kind not in (kind, "change")]
        return _meet(own, cells), bool(others) and _meet(own, [*cells, *others])

    def note(self, side: int, view: str, cell: str, id: str, kind: Kind | None = None) -> None:
        """Note down what is told now."""
        kind = kind or self.pair.kind(side, id)
        row = noted(self.pair, view, cell), id, kind
        if row not in self.new[side]:
            self.new[side].add(row)
            people = self.pair.set_of(side, view, cell, id)
            self.told[side].setdefault(id, []).append(_Told(people, kind))

    def moves(self, id: str) -> list[Flags]:
        """Everybody of whom it was told how differently they moved between these two rounds, as they are in the later
        one."""
        names = {noted(self.pair, "matched", cell): cell for cell in self.pair.cells[1].members}
        rows = self.pair.sides[1].shown | self.new[1]
        return [self.pair.matched(1, names[cell], id) for cell, of, kind in rows
                if of == id and kind == "change" and cell in names]  # fmt: skip  # one row, one set


def _meet(some: Sequence[Flags], others: Sequence[Flags]) -> bool:
    """Whether anything follows from the sums over some sets of people that also follows from those over others."""
    together = in_which([*some, *others])[0].astype(float)
    ranks = [int(np.linalg.matrix_rank(one)) for one in (together, together[: len(some)], together[len(some) :])]
    return ranks[0] < ranks[1] + ranks[2]


def _follows(people: Flags, sets: Sequence[Flags]) -> bool:
    """Whether a sum over some people follows from those over other sets."""
    together = in_which([*sets, people])[0].astype(float)
    return int(np.linalg.matrix_rank(together)) == int(np.linalg.matrix_rank(together[:-1]))


def tells_of_few_people(sets: Sequence[Flags], least: int) -> bool:
    """Whether fewer than `least` people can be told apart."""
    return tells_of_few(sets, lambda people: bool(np.count_nonzero(people) < least), least)


def is_everybody(cells: Cells, members: Flags) -> bool:
    """Whether "all" of a comparison are all of the round's report."""
    return np.array_equal(members, cells.members[ALL])

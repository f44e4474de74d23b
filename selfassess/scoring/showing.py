"""What a comparison shows, view by view, cell by cell and node by node, and why it does not show the rest."""

from collections.abc import Sequence

import numpy as np

from selfassess.model.change import View
from selfassess.model.item import Item
from selfassess.model.questionnaire import Benchmark
from selfassess.model.round import Thresholds
from selfassess.model.units import items, nodes, parts
from selfassess.scoring.across import Ledgers, tells_of_few_people
from selfassess.scoring.answers import Flags
from selfassess.disclosure.cells import ALL
from selfassess.scoring.change import stands_beside_everybody
from selfassess.scoring.pair import Pair
from selfassess.scoring.sums import NODE
from selfassess.scoring.withholding import TELLS, only_on_condition

BOTH = (0, 1)
MADE_ANEW = "it would be made anew from some of its items, and what that tells of the others cannot be followed"
LOST = "it was told together with a round that is no longer there"
ON_CONDITION = "who is asked depends on what people answered"
NOBODY = "nobody has a score in one of the rounds"
AT_AN_END = "of few people, a mean at an end of the scale tells what everybody said"
Place = tuple[str, str]
"""A cell and a node."""


class Showing:
    """Decides it for one comparison. What is shown goes into the ledgers as it is decided."""

    def __init__(self, pair: Pair, ledgers: Ledgers) -> None:
        self.pair = pair
        self.ledgers = ledgers
        self.alike = pair.alike
        self.nodes = {id: node for id, node in nodes(pair.alike.questionnaire).items() if pair.alike.same(id)}
        both = [side.round.rules.thresholds for side in pair.sides]
        self.thresholds = Thresholds(max(one.min_group for one in both), max(one.min_detail for one in both))
        self.detail = max(self.thresholds.min_group, self.thresholds.min_detail)
        self.why: dict[View, dict[Place, str]] = {"everybody": {}, "matched": {}}
        self.shown: dict[View, set[Place]] = {"everybody": set(), "matched": set()}
        self.moves: set[Place] = set()

    def decide(self) -> None:
        views: tuple[View, ...] = ("everybody", "matched")
        for view in views:
            whys = {place: self.why_not(view, *place) for place in self.places(view)}
            self.why[view] = {place: why for place, why in whys.items() if why}
            wanted = [place for place, why in whys.items() if not why]
            if self.ledgers.is_made_again:
                self.show_again(view, wanted)
            else:
                self.show(view, wanted)
        for cell, id in self.places("matched"):
            self.decide_moves(cell, id)

    def places(self, view: View) -> list[Place]:
        """The largest cells first; in a cell the whole and the strands before their benchmarks, and of these first
        those on which most have a score: so that it is the smallest of which something is withheld."""
        cells = sorted(self.pair.cells[1].members, key=lambda cell: (cell != ALL, -self.members(cell), cell))
        return [
            (cell, id)
            for cell in cells
            for id in sorted(self.nodes, key=lambda id: (self.is_benchmark(id), -self.size(view, cell, id)))
        ]

    def members(self, cell: str) -> int:
        return int(np.count_nonzero(self.pair.cells[1].members[cell]))

    def is_benchmark(self, id: str) -> bool:
        return isinstance(self.nodes[id], Benchmark)

    def show_again(self, view: View, places: Sequence[Place]) -> None:
        """Show of these what was shown before. What else could be shown now depends on what was told since."""
        for place in places:
            if self.ledgers.was_told(view, *place):
                self.shown[view].add(place)
            else:
                self.why[view][place] = TELLS.words

    def show(self, view: View, places: Sequence[Place]) -> None:
        """Show these but for those with which more could be worked out than may be known, with all before them. Nothing
        follows from some of them that does not follow from all: so most are settled many at a time."""
        if not places:
            return
        if self.ledgers.tell(view, places):
            self.shown[view] |= {*places}
        elif len(places) == 1:
            self.why[view][places[0]] = TELLS.words
        else:
            half = len(places) // 2
            self.show(view, places[:half])
            self.show(view, places[half:])

    def size(self, view: View, cell: str, id: str) -> int:
        return int(np.count_nonzero(self.pair.set_of(0, view, cell, id)))

    def sizes(self, cell: str, id: str) -> tuple[int, int, int]:
        """How many have a score: in both rounds, before, after."""
        then, now = (int(np.count_nonzero(self.pair.everybody(side, cell, id))) for side in BOTH)
        return self.size("matched", cell, id), then, now

    def why_not(self, view: View, cell: str, id: str) -> str:
        """Why a view is not shown, whatever else is known."""
        if view == "matched" and (reason := self.why_too_few(cell, id)):
            return reason
        for side in BOTH:
            one = self.why_not_everybody if view == "everybody" else self.why_not_matched
            if reason := one(side, cell, id):
                return reason
        return ""

    # Everybody

    def why_not_everybody(self, side: int, cell: str, id: str) -> str:
        own, people = self.ledgers.released[side], self.pair.everybody(side, cell, id)
        if not people.any():
            return NOBODY
        if self.ledgers.is_reported(side, cell, id):
            return ""
        if self.pair.kind(side, id) == NODE and self.ledgers.is_cell(side, cell):
            return own.why[cell][id, "score"].words
        return self.why_not_at_all(side, id) or self.why_not_set(side, id, people)

    def why_not_at_all(self, side: int, id: str) -> str:
        """Why nothing new is told of a node: it is on a condition, or made anew from some of its items in a way that
        cannot be followed."""
        if self.is_on_condition(side, id):
            return ON_CONDITION
        if self.ledgers.has_lost[side]:
            return LOST
        if self.pair.kind(side, id) != NODE and not self.adds_up(side, id):
            return MADE_ANEW
        return ""

    def is_on_condition(self, side: int, id: str) -> bool:
        """Whether some group is asked nothing of a node but follow-up questions: in its round, or as it is compared."""
        below = items(self.alike.questionnaire, self.nodes[id])
        compared = [item for item in below if item.id in self.alike.same(id)]
        found = only_on_condition(self.alike.questionnaire, tuple(compared))
        return found or id in self.ledgers.released[side].on_condition

    def adds_up(self, side: int, id: str) -> bool:
        """Whether the scores of everybody are sums over the items of a node, so that it is known what follows."""
        below = [part.id for part in parts(self.alike.questionnaire, self.nodes[id]) if not isinstance(part, Item)]
        is_made_anew = [one for one in below if one in self.nodes and self.pair.kind(side, one) != NODE]
        if any(item.show_if for item in items(self.alike.questionnaire, self.nodes[id])):
            return False
        return self.nodes[id].method in ("mean", "sum") and all(self.adds_up(side, one) for one in is_made_anew)

    def why_not_set(self, side: int, id: str, people: Flags) -> str:
        """Why the mean of a set of people cannot be told by itself."""
        own = self.ledgers.released[side]
        if not own.is_too_few(self.pair.shares(side, id), people):
            return ""
        least = own.occasion.round.rules.thresholds.min_group
        return f"fewer than {least} answered" if np.count_nonzero(people) < least else AT_AN_END

    # Those who were found again

    def why_too_few(self, cell: str, id: str) -> str:
        found, then, now = self.sizes(cell, id)
        least = self.thresholds.min_group
        if found < least:
            return f"fewer than {least} were found again" if found else "nobody was found again"
        if stands_beside_everybody(found, then, now, least):
            return ""
        return f"fewer than {least} were not found again, and what they said could be worked out"

    def why_not_matched(self, side: int, cell: str, id: str) -> str:
        return self.why_not_at_all(side, id) or self.why_not_set(side, id, self.pair.matched(side, cell, id))

    def decide_moves(self, cell: str, id: str) -> None:
        """Whether it is told how differently those who were found again moved."""
        if (cell, id) not in self.shown["matched"]:
            return
        people = self.pair.matched(1, cell, id)
        sets = [*self.ledgers.moves(id), people]
        if np.count_nonzero(people) >= self.detail and not tells_of_few_people(sets, self.detail):
            self.moves.add((cell, id))
            self.ledgers.note_moves(cell, id)

    def has_details(self, cell: str, id: str) -> bool:
        """Whether it is told how far apart everybody is: where both reports tell it of the cell (of every cell, where
        "all" are fewer groups)."""
        for side in BOTH:
            own, has = self.ledgers.released[side], self.ledgers.released[side].has(id)
            cells = [cell] if self.ledgers.is_cell(side, cell) else [
                one for one, members in own.cells.members.items() if (members & has).any()
            ]  # fmt: skip  # one choice
            if self.size_of(side, cell, id) < self.detail:
                return False
            if id in own.occasion.results.columns and not all(own.is_shown(one, id, "detail") for one in cells):
                return False
        return True

    def size_of(self, side: int, cell: str, id: str) -> int:
        return int(np.count_nonzero(self.pair.everybody(side, cell, id)))

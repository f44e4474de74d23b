"""What a comparison shows, view by view, cell by cell and node by node, and why it does not show the rest."""

from collections.abc import Iterator

import numpy as np

from selfassess.model.change import View
from selfassess.model.round import Thresholds
from selfassess.model.units import OVERALL, nodes
from selfassess.scoring.across import Ledgers, is_everybody, tells_of_few_people
from selfassess.scoring.answers import Flags
from selfassess.scoring.cells import ALL
from selfassess.scoring.change import views
from selfassess.scoring.pair import Pair
from selfassess.scoring.related import tells_a_leaf
from selfassess.scoring.withholding import TELLS

BOTH = (0, 1)
FEW_ITEMS = "it would be made from some of its items, and these are not shown one by one"
TOLD_BEFORE = "another comparison told of it with other items"
LOST = "it was told together with a round that is no longer there"
ON_CONDITION = "who is asked depends on what people answered"
NOBODY = "nobody has a score in one of the rounds"
AT_AN_END = "of few people, a mean at an end of the scale tells what everybody said"
ONE_ITEM = "it would tell how few people answered a single question"
ALONE = {FEW_ITEMS, ON_CONDITION, NOBODY}
"""Reasons that hold for every mean that the same could be worked out from, so that no other need be withheld."""
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
        """The largest cells first, so that it is the smallest of which something is withheld."""
        members = self.pair.cells[1].members
        cells = sorted(members, key=lambda cell: (cell != ALL, -int(np.count_nonzero(members[cell])), cell))
        views: tuple[View, ...] = ("everybody", "matched")
        for view in views:
            for bundle in self.bundles():
                for cell in cells:
                    self.decide_bundle(view, cell, bundle)
        for id in self.nodes:
            for cell in cells:
                self.decide_moves(cell, id)

    def bundles(self) -> Iterator[tuple[str, ...]]:
        """The nodes whose means hang together: each strand with its benchmarks; the whole, which comes last, since it
        hangs together with all of them."""
        strands = [(one.id, *(node.id for node in one.middle)) for one in self.alike.questionnaire.strands]
        for ids in [*strands, (OVERALL,)]:
            if there := tuple(id for id in ids if id in self.nodes):
                yield there

    def decide_bundle(self, view: View, cell: str, bundle: tuple[str, ...]) -> None:
        """A new set of people is shown on all nodes of a bundle or on none, where as many of them have a score:
        otherwise what is withheld could be worked out from the means above and below it."""
        why = {id: self.why_not(view, cell, id, bundle) for id in bundle}
        sizes = {id: self.size(view, cell, id) for id in bundle}
        failing = {sizes[id] for id in bundle if why[id] and why[id] not in ALONE}
        if bundle == (OVERALL,):
            failing |= {
                self.size(view, cell, id)
                for (of, id), reason in self.why[view].items()
                if of == cell and reason not in ALONE
            }
        is_new = view == "matched" or not self.is_told_of(cell)
        if is_new:
            there = {id for of, id in self.shown[view] if of == cell} if bundle == (OVERALL,) else set()
            left = {id for id in bundle if not why[id] and sizes[id] not in failing}
            why |= dict.fromkeys(self.telling_items(view, cell, left, there), ONE_ITEM)
        for id in bundle:
            if reason := why[id] or (TELLS.words if is_new and sizes[id] in failing else ""):
                self.why[view][cell, id] = reason
                continue
            self.shown[view].add((cell, id))
            for side in BOTH:
                if not (view == "everybody" and self.is_reported(side, cell, id)):
                    self.ledgers.note(side, view, cell, id)

    def telling_items(self, view: View, cell: str, ids: set[str], there: set[str]) -> Iterator[str]:
        """The nodes that would tell how too few answered a single item: one that is made from one of its items alone;
        and the node above the others, where its mean less theirs is that of an item."""
        made_from = [self.alike.weights(group) for group in self.pair.cells[1].groups[cell]]
        if not all(self.is_safe_in_detail(view, cell, id) for id in ids):
            new = {id for id in ids if any(self.pair.kind(side, id) != "score" for side in BOTH)}
            alone = {id for id in new if any(len(own[id]) == 1 for own in made_from)}
            yield from sorted(alone)
            left = ids - alone  # what is withheld for its one item must not follow from these
            if any(tells_a_leaf({id: own[id] for id in left | there}) for own in made_from):
                yield next((id for id in self.nodes if id in left), OVERALL)  # strands come before their benchmarks

    def is_safe_in_detail(self, view: View, cell: str, id: str) -> bool:
        return all(self.ledgers.is_safe_in_detail(side, id, self.pair.set_of(side, view, cell, id)) for side in BOTH)

    def size(self, view: View, cell: str, id: str) -> int:
        return int(np.count_nonzero(self.pair.set_of(0, view, cell, id)))

    def sizes(self, cell: str, id: str) -> tuple[int, int, int]:
        """How many have a score: in both rounds, before, after."""
        then, now = (int(np.count_nonzero(self.pair.everybody(side, cell, id))) for side in BOTH)
        return self.size("matched", cell, id), then, now

    def why_not(self, view: View, cell: str, id: str, bundle: tuple[str, ...]) -> str:
        if view == "matched" and (reason := self.why_too_few(cell, id)):
            return reason
        for side in BOTH:
            one = self.why_not_everybody if view == "everybody" else self.why_not_matched
            if reason := one(side, cell, id, bundle):
                return reason
        return ""

    # Everybody

    def is_reported(self, side: int, cell: str, id: str) -> bool:
        """Whether it is the very mean that the round's report shows."""
        own = self.ledgers.released[side]
        return self.pair.kind(side, id) == "score" and self.is_cell(side, cell) and own.is_shown(cell, id, "score")

    def is_told_of(self, cell: str) -> bool:
        """Whether everybody of a cell is a set of people that the reports tell of by themselves."""
        return all(self.is_cell(side, cell) for side in BOTH)

    def is_cell(self, side: int, cell: str) -> bool:
        """Whether a cell of the comparison is one of the report: "all" may be fewer groups."""
        return cell != ALL or is_everybody(self.ledgers.released[side].cells, self.pair.cells[side].members[ALL])

    def why_not_everybody(self, side: int, cell: str, id: str, bundle: tuple[str, ...]) -> str:
        own, people = self.ledgers.released[side], self.pair.everybody(side, cell, id)
        if not people.any():
            return NOBODY
        if self.is_reported(side, cell, id):
            return ""
        is_score = self.pair.kind(side, id) == "score"
        if is_score and self.is_cell(side, cell):
            return own.why[cell][id, "score"].words
        if reason := self.why_not_at_all(side, cell, id):
            return reason
        if is_score:  # of fewer groups than the report's
            return self.why_not_set(side, id, people, bundle)
        if np.count_nonzero(people) < self.detail:
            return f"fewer than {self.detail} answered, and it is made from some of its items"
        return "" if self.ledgers.is_safe(side, id, people) else TELLS.words

    def why_not_at_all(self, side: int, cell: str, id: str) -> str:
        """Why nothing new is told of a node: it is on a condition, or made from some of its items, which are not all
        shown."""
        own = self.ledgers.released[side]
        if id in own.on_condition:
            return ON_CONDITION
        if id in self.ledgers.lost[side]:
            return LOST
        if self.pair.kind(side, id) != "score":
            cells = (cell,) if self.is_cell(side, cell) else tuple(own.cells.members)
            if not all(own.all_shown(one, self.alike.below(side, id)) for one in cells):
                return FEW_ITEMS
        return ""

    def why_not_set(self, side: int, id: str, people: Flags, bundle: tuple[str, ...]) -> str:
        """Why the mean of a new set of people cannot be told beside all that is known."""
        own = self.ledgers.released[side]
        if own.is_too_few(self.pair.shares(side, id), people):
            least = own.occasion.round.rules.thresholds.min_group
            return f"fewer than {least} answered" if np.count_nonzero(people) < least else AT_AN_END
        if not self.ledgers.is_safe(side, id, people):
            return TELLS.words
        if any(np.array_equal(people, one) for one in self.ledgers.known(side, id, self.pair.kind(side, id))):
            return ""
        with_report, with_others = self.ledgers.hangs_together(side, id, people)
        if with_others:
            return TOLD_BEFORE
        return TELLS.words if with_report and not all(self.is_whole(side, one) for one in bundle) else ""

    def is_whole(self, side: int, id: str) -> bool:
        """Whether the report shows the mean of every cell with anybody in it, on a node."""
        own = self.ledgers.released[side]
        has = own.has(id)
        return all(
            own.is_shown(cell, id, "score") for cell, members in own.cells.members.items() if (members & has).any()
        )

    # Those who were found again

    def why_too_few(self, cell: str, id: str) -> str:
        found, then, now = self.sizes(cell, id)
        least = self.thresholds.min_group
        if found < least:
            return f"fewer than {least} were found again" if found else "nobody was found again"
        if "matched" in views(found, then, now, least):
            return ""
        return f"fewer than {least} were not found again, and what they said could be worked out"

    def why_not_matched(self, side: int, cell: str, id: str, bundle: tuple[str, ...]) -> str:
        return self.why_not_at_all(side, cell, id) or self.why_not_set(
            side, id, self.pair.matched(side, cell, id), bundle
        )

    def decide_moves(self, cell: str, id: str) -> None:
        """Whether it is told how differently those who were found again moved."""
        if (cell, id) not in self.shown["matched"]:
            return
        people = self.pair.matched(1, cell, id)
        sets = [*self.ledgers.moves(id), people]
        if np.count_nonzero(people) >= self.detail and not tells_of_few_people(sets, self.detail):
            self.moves.add((cell, id))
            self.ledgers.note(1, "matched", cell, id, "change")

    def has_details(self, cell: str, id: str) -> bool:
        """Whether it is told how far apart everybody is: where both reports tell it of the cell (of every cell, where
        "all" are fewer groups)."""
        for side in BOTH:
            own, has = self.ledgers.released[side], self.ledgers.released[side].has(id)
            cells = [cell] if self.is_cell(side, cell) else [
                one for one, members in own.cells.members.items() if (members & has).any()
            ]  # fmt: skip  # one choice
            if self.size_of(side, cell, id) < self.detail:
                return False
            if id in own.occasion.results.columns and not all(own.is_shown(one, id, "detail") for one in cells):
                return False
        return True

    def size_of(self, side: int, cell: str, id: str) -> int:
        return int(np.count_nonzero(self.pair.everybody(side, cell, id)))

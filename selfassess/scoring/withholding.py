"""Which figures of a round are withheld, and why. docs/privacy.md says the rules in words.

Thresholds hold for the base of each cell, quantity by quantity: the same node or item and the same kind of
figure. A cell is a group, or all that are shown. What is withheld only grows: a figure for its own sake, then
others from which it could be worked out, until nothing more can be.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from selfassess.model.asking import deciding
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import FLOOR, Thresholds
from selfassess.model.sheet import Missing
from selfassess.model.summary import POOL
from selfassess.model.units import items, nodes
from selfassess.scoring.answers import Answers, Flags
from selfassess.disclosure.cells import ALL, Cells
from selfassess.scoring.related import Place
from selfassess.scoring.score import Results
from selfassess.scoring.subtraction import Subtraction

FEW = 10
"""Below this many, a mean near an end of the scale tells what everybody said."""
NEAR_THE_END = 5
"""Points from either end of 0 to 100 that count as near."""

Kind = Literal["asked", "missing", "detail", "score"]
"""What is told of a node or item: "asked", that it was asked at all, where answers decide that; "missing", how many
gave no answer; "detail", the spread of a node and everything about an item; "score", a node's mean and what follows."""
Quantity = tuple[str, Kind]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure is not shown as it is."""

    words: str
    coded: str | None = None
    """What is shown instead: "95 or more"."""


TELLS = Reason("what is withheld elsewhere could be worked out from it")
Reasons = Mapping[Quantity, Reason]
"""By quantity, in one cell."""


def reasons(results: Results, thresholds: Thresholds, cells: Cells) -> Mapping[str, Reasons]:
    """By cell, why figures are withheld: in "all" and in the groups that it is made of some, in those left out all,
    even how many answered: of one or two people that tells what they could not say."""
    found = Withholding(results, thresholds, cells)
    found.decide()
    few = Reason(f"fewer than {thresholds.min_group} answered")
    everything = {*found.reasons, *((id, "asked") for id in found.has)}
    return {
        cell: {quantity: by_cell[cell] for quantity, by_cell in found.reasons.items() if cell in by_cell}
        for cell in cells.members
    } | {group: dict.fromkeys(everything, few) for group in cells.left_out}


def least(thresholds: Thresholds, cells: Cells, kind: Kind, members: Flags) -> int:
    """How many there must be for a kind of figure of these people. A small group that agreed is shown from FLOOR up,
    and so is what remains when all others are taken away."""
    if kind != "score":
        return max(thresholds.min_detail, thresholds.min_group)
    for cell in cells.consenting:
        if not (members & ~cells.members[cell]).any():
            return FLOOR
    return thresholds.min_group


class Withholding:
    """Decides what is withheld of one round."""

    def __init__(self, results: Results, thresholds: Thresholds, cells: Cells) -> None:
        self.results = results
        self.thresholds = thresholds
        self.whole = cells
        self.cells = cells.members
        self.questionnaire = results.answers.questionnaire
        self.nodes = nodes(self.questionnaire)
        # In the order of their ids, so that the order in the file decides nothing.
        self.has = {id: results.scored[id] for id in sorted(results.columns)}
        self.deciding = deciding_answers(results.answers)
        self.reasons: dict[Quantity, dict[str, Reason]] = {}

    def decide(self) -> None:
        for quantity in self.quantities():
            self.close(quantity)
        means = Subtraction(self.results, self.cells, self.whole.joined)
        while places := means.to_withhold(self.is_hidden, list(self.secrets(means.places))):
            for cell, id in places:
                # With a pool's mean goes that of all, whose strands tell less of it than those of another group would.
                for one in (cell, ALL) if cell == POOL else (cell,):
                    self.reasons[self.mean_of(id)].setdefault(one, TELLS)
                self.close(self.mean_of(id))
        for id in self.nodes:
            self.withhold_details(id)

    def quantities(self) -> Iterator[Quantity]:
        for id in self.has:
            if id in self.deciding:  # comes first: where that is withheld, all is
                yield id, "asked"
            yield id, "detail"
            yield id, "score" if id in self.nodes else "missing"

    def withhold_details(self, id: str) -> None:
        """The spread of a node where its mean is withheld: some of it (the range if the silent are like the rest) tells
        the mean, and the spreads of two groups and of both together tell how far apart their means are."""
        details = self.reasons[id, "detail"]
        for cell, reason in self.reasons[id, "score"].items():
            details.setdefault(cell, reason)
        self.close((id, "detail"))

    # One quantity in all cells

    def close(self, quantity: Quantity) -> None:
        """Withhold what is unsafe, and what would tell it by subtraction: the groups are the parts of all."""
        id, kind = quantity
        reasons = self.reasons.setdefault(quantity, {})
        reasons.update(self.reasons.get((id, "asked"), {}))
        for cell, members in self.cells.items():
            if cell not in reasons and (reason := self.unsafe(id, kind, members)):
                reasons[cell] = reason
        while (another := self.tells(id, kind, reasons)) is not None:
            reasons[another] = TELLS

    def tells(self, id: str, kind: Kind, reasons: Mapping[str, Reason]) -> str | None:
        """The cell to withhold as well, the smallest group or else all; None where nothing withheld is told."""
        sizes = {cell: int(np.count_nonzero(members & self.base(id, kind))) for cell, members in self.cells.items()}
        groups = sorted((cell for cell in self.cells if cell != ALL and sizes[cell]), key=sizes.__getitem__)
        hidden = [cell for cell in groups if cell in reasons]
        shown = [cell for cell in groups if cell not in reasons]
        if ALL in reasons:
            return shown[0] if shown and not hidden else None
        rest = self.cells[ALL].copy()
        for cell in shown:
            rest &= ~self.cells[cell]
        if len(hidden) == 1 or (hidden and self.unsafe(id, kind, rest)):
            return shown[0] if shown else ALL
        return None

    def base(self, id: str, kind: Kind) -> Flags:
        """Whom a quantity speaks of."""
        if kind == "asked":
            union: Flags = np.bitwise_or.reduce(self.deciding[id])
            return union
        return self.results.asked[id] if kind == "missing" else self.has[id]

    def unsafe(self, id: str, kind: Kind, members: Flags) -> Reason | None:
        """Why a figure of these people cannot be shown as it is; None if it can."""
        enough = self.least(kind, members)
        if kind == "asked":
            few = any(0 < np.count_nonzero(members & answered) < enough for answered in self.deciding[id])
            return Reason(f"who is asked depends on answers that fewer than {enough} gave") if few else None
        if not (members & self.base(id, kind)).any():
            return None
        flags = members & self.has[id]
        n = int(np.count_nonzero(flags))
        if n < enough:
            return Reason(f"fewer than {enough} answered")
        return self.at_an_end(id, flags) if kind == "score" and n < FEW else None

    def least(self, kind: Kind, members: Flags) -> int:
        return least(self.thresholds, self.whole, kind, members)

    def at_an_end(self, id: str, flags: Flags) -> Reason | None:
        """A mean of few at an end of the scale tells what everybody said, so it is coded."""
        mean = round(100 * float(self.results.shares[id][flags].mean()), 10)
        if NEAR_THE_END < mean < 100 - NEAR_THE_END:
            return None
        code = f"{100 - NEAR_THE_END} or more" if mean > 50 else f"{NEAR_THE_END} or less"
        return Reason(f"coded: {code}", code)

    # All means in all cells

    def is_hidden(self, place: Place) -> bool:
        cell, id = place
        return cell in self.whole.joined or cell in self.reasons[self.mean_of(id)]

    def mean_of(self, id: str) -> Quantity:
        return id, "score" if id in self.nodes else "detail"

    def secrets(self, places: Iterable[Place]) -> Iterator[tuple[tuple[str, ...], str]]:
        """What must not be worked out: withheld groups of which nothing may be known, alone or together, each with the
        id. A pool is the groups in it."""
        members = {**self.cells, **self.whole.joined}
        hidden: dict[str, list[str]] = {}
        for cell, id in places:
            if self.is_hidden((cell, id)) and cell != POOL:
                hidden.setdefault(id, []).append(cell)
        for id, cells in hidden.items():
            groups = [cell for cell in cells if cell != ALL] or cells
            for size in sorted({1, 2, 3, len(groups)}):
                for some in combinations(groups, size):
                    if self.unsafe(*self.mean_of(id), np.bitwise_or.reduce([members[cell] for cell in some])):
                        yield some, id


def deciding_answers(answers: Answers) -> dict[str, Flags]:
    """Of the nodes and items that some are asked only because of what they answered: who answered what decides."""
    questionnaire = answers.questionnaire
    missing = [ord(kind.value) for kind in Missing]
    below: dict[str, tuple[Item, ...]] = {item.id: (item,) for item in questionnaire.items if item.kind == "choice"}
    below |= {id: items(questionnaire, node) for id, node in nodes(questionnaire).items()}
    found: dict[str, Flags] = {}
    for id, asked in below.items():
        if only_on_condition(questionnaire, asked):
            deciders = sorted({decider for item in asked for decider in deciding(questionnaire, item)})
            found[id] = np.array([~np.isin(answers.of(decider), missing) for decider in deciders])
    return found


def only_on_condition(questionnaire: Questionnaire, below: tuple[Item, ...]) -> bool:
    """Whether all that some group can be asked of these items depends on answers."""
    groups: list[str | None] = [group.id for group in questionnaire.groups]
    asked = [[item for item in below if item.asks(group)] for group in groups or [None]]
    return any(one and all(item.show_if for item in one) for one in asked)

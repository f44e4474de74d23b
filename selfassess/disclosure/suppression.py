"""Which figures of a report are suppressed, and why. docs/privacy.md says the rules in words.

First what is below a threshold, or coded (thresholds.py). All else is offered in an order that follows from what is
published anyway, and published as long as no secret follows from it with all that was published before (audit.py).
At the end more is suppressed where what is left would narrow single answers down too far (bounds.py). All of this is
decided for the first report of a round; after that it is recalled from the release log.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

import numpy as np

from selfassess.disclosure.audit import Audit, Figure, Quantity, Secrets, benchmarks, nothing_published, settled
from selfassess.disclosure.bounds import Bounds, Effort, Mean, Way, as_told, own_weights
from selfassess.disclosure.cells import ALL, Cells
from selfassess.disclosure.census import Census, Pile
from selfassess.disclosure.release_log import OF_SPREADS, Shown
from selfassess.disclosure.span import small_sets
from selfassess.disclosure.spreads import KINDS, Spreads
from selfassess.disclosure.thresholds import DISCLOSES, Kind, Primary, Reason
from selfassess.model.attainment import of_code
from selfassess.model.round import Thresholds
from selfassess.model.score_tree import OVERALL
from selfassess.scoring.answers import Flags
from selfassess.scoring.means import Weights
from selfassess.scoring.scores import Results

Reasons = Mapping[Quantity, Reason]
"""By quantity, in one cell, why it is suppressed."""
Blocks = Mapping[Quantity, frozenset[str]]
"""By quantity, the blocks of what it is made from."""


def reasons(
    results: Results,
    thresholds: Thresholds,
    cells: Cells,
    before: frozenset[Shown] = frozenset(),
    *,
    with_spreads: bool = True,
) -> Mapping[str, Reasons]:
    """By cell, why figures are suppressed: in "all" and in the groups that it is made of some, in those left out all,
    even how many answered: of one or two people that tells what they could not say.

    `before` is what was published of the round so far. What a round publishes is decided once, for its first report:
    nothing more is published after that, and nothing less. Without spreads it is not looked for those that would tell
    too much, which takes longest.
    """
    found = Suppression(results, thresholds, cells, before)
    found.decide()
    if with_spreads:
        found.decide_spreads()
    few = Reason(f"fewer than {thresholds.min_group} answered")
    everything = [(id, kind) for id in results.columns for kind in get_args(Kind)]
    return dict(found.reasons) | {group: dict.fromkeys(everything, few) for group in cells.left_out}


class Suppression:
    """Decides it for one round."""

    def __init__(self, results: Results, thresholds: Thresholds, cells: Cells, before: frozenset[Shown]) -> None:
        self.questionnaire = results.answers.questionnaire
        self.census = Census(results, cells.joined)
        self.primary = Primary(self.census, thresholds, cells)
        self.before = before
        self.groups = cells
        self.cells = {cell: self.census.which(members) for cell, members in cells.members.items()}
        sizes = {cell: int(self.census.whole[which].sum()) for cell, which in self.cells.items()}
        self.in_order = sorted(self.cells, key=lambda cell: (cell != ALL, -sizes[cell], cell))
        """The largest cells first, so that it is the smallest of which something is suppressed."""
        self.reasons: dict[str, dict[Quantity, Reason]] = {cell: {} for cell in self.cells}
        self.secret: dict[Quantity, bool] = {}
        """What `has_secrets` found before."""
        # In the order of their ids, so that the order in the file decides nothing.
        self.ids = sorted(results.columns)
        self.items = [id for id in self.ids if id not in self.primary.nodes]
        self.all_means: list[Quantity] = [(id, "detail" if id in self.items else "score") for id in self.ids]

    def decide(self) -> None:
        for id in self.ids:
            if id in self.primary.deciders:
                self.decide_asked(id)
        for mean in self.all_means:
            self.decide_alone(mean)
        self.decide_together(self.all_means)
        for id in self.items:
            self.decide_alone((id, "missing"))
        for id in self.primary.nodes:
            for own in self.reasons.values():
                # Some of the details tell the mean, and those of two groups and of both how far apart their means are.
                if (id, "score") in own:
                    own.setdefault((id, "detail"), own[id, "score"])
            self.decide_alone((id, "detail"))
        self.decide_few_spreads()

    def decide_asked(self, id: str) -> None:
        """Where it is suppressed that something was asked at all, everything about it is."""
        self.decide_alone((id, "asked"))
        for own in self.reasons.values():
            if reason := own.get((id, "asked")):
                own.update(dict.fromkeys([(id, kind) for kind in ("missing", "detail", "score")], reason))

    # One quantity in all cells

    def decide_alone(self, quantity: Quantity) -> None:
        """Suppress what is below a threshold, and what would tell that by subtraction between the cells."""
        for cell, which in self.cells.items():
            if quantity not in self.reasons[cell] and (reason := self.reason(quantity, which)):
                self.reasons[cell][quantity] = reason
        if self.before:
            self.recall(quantity)
        elif self.has_secrets(quantity):
            known: set[str] = set()
            for cell, _ in self.offered([quantity]):
                known.add(cell)
                if self.tells(known, quantity):
                    known.remove(cell)
                    self.reasons[cell][quantity] = DISCLOSES

    def recall(self, quantity: Quantity) -> None:
        """Suppress what was not published before."""
        for cell, _ in self.offered([quantity]):
            if (cell, *quantity) not in self.before:
                self.reasons[cell][quantity] = DISCLOSES

    def reason(self, quantity: Quantity, which: Flags) -> Reason | None:
        return self.primary.reason(*quantity, which)

    def has_secrets(self, quantity: Quantity) -> bool:
        """Whether anything must not be known of it: else it is not so of several classes together either."""
        if quantity not in self.secret:
            alone = np.eye(self.census.number, dtype=np.bool_)[self.cells[ALL]]
            self.secret[quantity] = any(self.reason(quantity, one) is not None for one in alone)
        return self.secret[quantity]

    def offered(self, quantities: Iterable[Quantity], cells: Sequence[str] | None = None) -> list[tuple[str, Quantity]]:
        """Which figures of these cells (None: of all) may be published, in order."""
        return [
            (cell, quantity)
            for cell in (self.in_order if cells is None else cells)
            for quantity in quantities
            if quantity not in self.reasons[cell] and (self.cells[cell] & (self.primary.size(*quantity) > 0)).any()
        ]

    def tells(self, cells: Iterable[str], quantity: Quantity) -> bool:
        """Whether a quantity of these cells tells that of classes of which it must not be known."""
        rows = np.array([self.cells[cell] for cell in cells])
        return any(
            self.primary.reason_of(quantity, base, which) is not None
            for base in self.primary.bases(*quantity)
            for which in small_sets((rows & (base > 0)).astype(float), base, self.primary.enough)
        )

    # All means in all cells

    def decide_together(self, means: Sequence[Quantity]) -> None:
        """Suppress the means from which those that are suppressed could be worked out. After a first report only what
        becomes of codes is open: all else was recalled, and they are not in the log."""
        if self.before:
            if any(reason.coded for own in self.reasons.values() for reason in own.values()):
                self.decide_codes(self.bounds(means), self.blocks(means), Effort())
        elif any(map(self.has_secrets, means)):
            self.decide_by_audit(means)
            self.decide_by_bounds(means)

    def by_class(self, means: Iterable[Quantity]) -> Mapping[Quantity, Sequence[Weights]]:
        """What each is made from, class by class."""
        places = range(self.census.number)
        return {(id, kind): [self.census.weights(place, id) for place in places] for id, kind in means}

    # What could be worked out by adding and subtracting

    def decide_by_audit(self, means: Sequence[Quantity]) -> None:
        """Suppress what tells a secret together with all that is published, level by level."""
        primary = self.primary
        audit = nothing_published(self.by_class(means), benchmarks(self.questionnaire), primary.few())
        secrets = Secrets(
            sizes=lambda of: primary.size(*of),
            is_secret=lambda of, which: primary.is_secret(*of, which),
            may_be=self.has_secrets,
            limit=primary.enough,
            least=primary.thresholds.min_group,
            agreed=primary.agreed,
        )
        # In each block the whole comes last, since it tells of all of its parts.
        *below, above = [sorted(block, key=lambda of: (of[0] == OVERALL, of[0])) for block in audit.from_below()]
        scores = [of for block in (above, *below) for of in block if of[1] == "score"]
        groups = [cell for cell in self.in_order if cell != ALL]
        audit = self.publish(audit, self.offered(scores, [ALL]), secrets)
        audit = self.publish(audit, self.offered(above, groups), secrets)
        for block in sorted(below, key=self.of_all):
            audit = self.publish(audit, self.offered([of for of in block if of[1] == "score"], groups), secrets)
            audit = self.publish(audit, self.offered([of for of in block if of[1] != "score"]), secrets)

    def of_all(self, block: Sequence[Quantity]) -> tuple[int, Sequence[Quantity]]:
        """What a block is offered by: what is published of all on it, the lowest first, since plans are made from that.
        In whole points, as everybody reads it."""
        found = [id for id, kind in block if kind == "score" and (id, kind) not in self.reasons[ALL]]
        means = [self.census.mean(id, self.cells[ALL]) for id in found if self.primary.size(id, "score").any()]
        return min((round(100 * mean) for mean in means if not np.isnan(mean)), default=101), block

    def publish(self, audit: Audit, offered: Sequence[tuple[str, Quantity]], secrets: Secrets) -> Audit:
        """With those of some figures that can be published; the others are suppressed."""
        (audit,), published = settled((audit,), [[self.figure(*one)] for one in offered], (secrets,))
        for place, (cell, quantity) in enumerate(offered):
            if place not in published:
                self.reasons[cell][quantity] = DISCLOSES
        return audit

    def figure(self, cell: str, quantity: Quantity) -> Figure:
        return Figure(quantity, self.cells[cell])

    # What is left of single answers

    def decide_by_bounds(self, means: Sequence[Quantity]) -> None:
        """Suppress what would leave too little of somebody's answers together with all else. It goes in all cells at
        once: a single figure that is missing would tell who it was and what they said."""
        bounds, blocks, effort = self.bounds(means), self.blocks(means), Effort()
        self.decide_codes(bounds, blocks, effort)
        wide: set[Way] = set()
        while disclosed := bounds.disclosed([*self.means(means)], self.open_mean, self.piles(), wide, effort):
            given_up = self.given_up_next([quantity for _, quantity in disclosed], blocks)
            if not given_up:  # nothing but codes is left
                return
            for cell, quantity in given_up:
                self.reasons[cell][quantity] = DISCLOSES

    def bounds(self, means: Iterable[Quantity]) -> Bounds:
        census = self.census
        own = own_weights(self.questionnaire, census, self.cells[ALL])
        return Bounds(self.by_class(means), census.scored_of, census.scales, own, [*self.cells.values()], census.given)

    def blocks(self, means: Iterable[Quantity]) -> Blocks:
        block_of = benchmarks(self.questionnaire)
        return {
            quantity: frozenset(block_of.get(leaf, leaf) for weights in classes for leaf in weights)
            for quantity, classes in self.by_class(means).items()
        }

    def decide_codes(self, bounds: Bounds, blocks: Blocks, effort: Effort) -> None:
        """Suppress codes that leave too little together, before anything else is looked at: codes are not in the log,
        so what becomes of them has to be the same in every report of the round. First the code of that on which too
        little is left goes, then those of what is made from least around it."""
        wide: set[Way] = set()
        while len(codes := [mean for mean in self.means(blocks) if mean.is_code]) > 1:
            disclosed = bounds.disclosed(codes, self.open_mean, wide=wide, effort=effort)
            told = {mean.figure.quantity for mean in codes}
            around = [
                (len(blocks[quantity]), quantity, of != quantity, len(blocks[of]), of)
                for _, quantity in disclosed
                for of in told
                if blocks[of] & blocks[quantity]
            ]
            if not around:
                return
            *_, first = min(around)
            for own in self.reasons.values():
                if first in own and own[first].coded:
                    own[first] = DISCLOSES

    def given_up_next(self, disclosed: Sequence[Quantity], blocks: Blocks) -> Sequence[tuple[str, Quantity]]:
        """What is suppressed next where too little is left on some quantities: by those that are made from least, and
        where there is nothing more around any of them, everything that is published of groups, then of all."""
        for number in sorted({len(blocks[quantity]) for quantity in disclosed}):
            some = [quantity for quantity in disclosed if len(blocks[quantity]) == number]
            given_up = [one for quantity in some for one in self.given_up(quantity, blocks)]
            if given_up:
                return given_up
        return self.first_told(([*blocks], cells) for cells in (self.in_order[1:], self.in_order[:1]))

    def given_up(self, quantity: Quantity, blocks: Blocks) -> Sequence[tuple[str, Quantity]]:
        """What is suppressed next where too little is left on a quantity: items before benchmarks, in groups before
        in all, and of strands and the whole first their own mean."""
        own = blocks[quantity]
        below = [of for of in blocks if blocks[of] <= own]
        around = [of for of in blocks if blocks[of] & own]
        groups = [cell for cell in self.in_order if cell != ALL]
        stages: list[tuple[Sequence[Quantity], Sequence[str]]] = [
            *([([quantity], groups), ([quantity], [ALL])] if len(own) > 1 else []),
            *(([of for of in below if of[1] != "score"], cells) for cells in (groups, [ALL])),
            *(
                ([of for of in some if of[1] == "score"], cells)
                for some in (below, around)
                for cells in (groups, [ALL])
            ),
        ]
        return self.first_told(stages)

    def first_told(self, stages: Iterable[tuple[Sequence[Quantity], Sequence[str]]]) -> Sequence[tuple[str, Quantity]]:
        """Of the first stage that has any, the figures that are published."""
        for quantities, cells in stages:
            told = self.is_told(quantities, cells)
            some = [(cell, of) for cell, of in told if of not in self.reasons[cell]]
            if some:
                return some
        return []

    def is_told(self, quantities: Sequence[Quantity], cells: Sequence[str]) -> Iterator[tuple[str, Quantity]]:
        """Which figures of these cells are published, be it as a code."""
        for cell in cells:
            for quantity in quantities:
                reason = self.reasons[cell].get(quantity)
                if (reason is None or reason.coded) and (self.cells[cell] & (self.primary.size(*quantity) > 0)).any():
                    yield cell, quantity

    def means(self, quantities: Iterable[Quantity]) -> Iterator[Mean]:
        """Every mean that is published, as precisely as it is."""
        for cell, quantity in self.is_told([*quantities], self.in_order):
            yield self.mean(cell, quantity)

    def mean(self, cell: str, quantity: Quantity) -> Mean:
        reason = self.reasons[cell].get(quantity)
        share = self.census.mean(quantity[0], self.cells[cell])
        low, high = share, share
        if reason and reason.coded:
            low, high = of_code(reason.coded)
        elif quantity[1] == "score":
            low, high = as_told(self.questionnaire, self.primary.nodes[quantity[0]], share)
        return Mean(self.figure(cell, quantity), low, high, is_code=reason is not None)

    def piles(self) -> Mapping[tuple[int, str], Sequence[Pile]]:
        """By class and item, the answers among which theirs are, as far as they are counted."""
        found: dict[tuple[int, str], Sequence[Pile]] = {}
        for item in self.items:
            told = [self.cells[cell] for cell, _ in self.is_told([(item, "detail")], self.in_order)]
            found |= {(place, item): some for place, some in self.census.piles(item, told, self.cells[ALL])}
        return found

    def open_mean(self, place: tuple[int, Quantity]) -> float | None:
        inside, quantity = place
        return self.primary.open_mean(*quantity, inside)

    # How far apart people are

    def decide_few_spreads(self) -> None:
        """Suppress standard deviations, and the words for them, of too few."""
        for cell, own in self.reasons.items():
            few = self.primary.few_by_a_word(self.groups, cell)
            for id in self.primary.nodes:
                for kind, rests_on in (("spread", "detail"), ("word", "detail" if id in few else "score")):
                    if reason := own.get((id, "score")) or own.get((id, rests_on)):
                        own[id, kind] = Reason(reason.words)

    def decide_spreads(self) -> None:
        """Suppress standard deviations, and the words for them, that would tell what somebody answered."""
        there = [
            (cell, id, kind)
            for cell, own in self.reasons.items()
            for id in self.primary.nodes
            for kind in KINDS
            if (id, kind) not in own and self.census.scored_of[id][self.cells[cell]].sum() > 1
        ]
        if self.before:
            has_spreads = OF_SPREADS in self.before
            gone = frozenset(one for one in there if has_spreads and one not in self.before)
        else:
            means = self.all_means
            scores = [of for of in means if of[1] == "score"]
            told = {(cell, of[0]): self.mean(cell, of) for cell, of in self.is_told(scores, self.in_order)}
            items = {cell: frozenset(of for of in self.items if (of, "detail") not in own)
                     for cell, own in self.reasons.items()}  # fmt: skip  # one for each
            gone = Spreads(
                census=self.census,
                cells=self.groups,
                offered=there,
                means={place: (mean.low, mean.high) for place, mean in told.items()},
                counted=items,
                narrowed=lambda: self.bounds(means).narrowed([*self.means(means)], self.piles()),
            ).suppressed()
        for cell, id, kind in gone:
            self.reasons[cell][id, kind] = DISCLOSES

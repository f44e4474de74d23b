"""What a comparison shows, view by view, cell by cell and node by node, and why it does not show the rest.

What is known of each round is what its report published, what comparisons before this one did, and what this one did so
far. A mean is published where no secret follows from all of it, in either round (audit.py).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from selfassess.disclosure.audit import Audit, Figure, Quantity, Secrets, benchmarks, nothing_published, settled
from selfassess.disclosure.bounds import Bounds, Effort, Mean, Way, as_told, own_weights
from selfassess.disclosure.cells import ALL, Cells
from selfassess.disclosure.census import Census, Numbers, Pile
from selfassess.disclosure.matching import Occasion, Pair
from selfassess.disclosure.moves import is_dominated
from selfassess.disclosure.release_log import Shown, is_of_answers, is_of_report, noted, pair_of
from selfassess.disclosure.span import classes_of, small_sets
from selfassess.disclosure.suppression import Reasons
from selfassess.disclosure.thresholds import DISCLOSES, Primary, deciders, only_on_condition
from selfassess.model.attainment import of_code
from selfassess.model.comparison import View
from selfassess.model.questionnaire import Benchmark, Item, Questionnaire
from selfassess.model.round import Thresholds
from selfassess.model.score_tree import OVERALL, Node, items, nodes, parts
from selfassess.scoring.answers import Flags
from selfassess.scoring.change import stands_beside_everybody
from selfassess.scoring.means import Weights
from selfassess.scoring.scores import Results

BOTH = (0, 1)
VIEWS: tuple[View, View] = ("everybody", "matched")
MADE_ANEW = "it would be recalculated from some of its items, and we can't check what that gives away about the others"
LOST = "it was published together with a round that no longer exists"
ON_CONDITION = "who is asked depends on what people answered"
NOBODY = "nobody has a score in one of the rounds"
AT_AN_END = "with few people, an average at an end of the scale gives away what everybody said"
OF_OLD = "one of the rounds was reported by an earlier version, which worked out averages differently"
TOO_MANY = "there are too many comparisons to check what it would give away together with them"
MOST = 16
"""Classes of people that can be looked at in two seconds: of three groups, as two comparisons of a round tell apart."""
MADE = "made"
"""The kind of the line in a log that says that a comparison was made, whatever it told."""
Place = tuple[str, str]
"""A cell and a node."""
Known = tuple[int, Quantity]
"""A class, and on what too little is left of it."""


class Published:
    """One of the two rounds, and what was published of it."""

    def __init__(self, pair: Pair, side: int, earlier: Mapping[tuple[str, str], Pair]) -> None:
        self.pair = pair
        self.side = side
        self.occasion: Occasion = pair.sides[side]
        self.earlier = earlier
        """The pairs that this round was compared in, this one among them."""
        self.results = self.occasion.results
        self.thresholds = self.occasion.round.rules.thresholds
        self.nodes = nodes(self.occasion.answers.questionnaire)
        self.primaries: dict[Results, Primary] = {}
        self.new: set[Shown] = set()
        """What this comparison adds to the log."""
        self.asked_before: set[Known] = set()
        self.found_before: set[Known] = set()
        """What `disclosed_before` looked at, and what of it it found."""
        self.effort_before = Effort(unsettled_is_little=False)

    @property
    def cells(self) -> Cells:
        """The cells of its report."""
        return self.occasion.cells

    @property
    def why(self) -> Mapping[str, Reasons]:
        """What its report does not show."""
        return self.occasion.why

    @cached_property
    def on_condition(self) -> frozenset[str]:
        """The nodes that some are asked only because of what they answered: who has a score there is telling."""
        return frozenset(deciders(self.occasion.answers.questionnaire))

    def is_shown(self, cell: str, id: str, kind: str) -> bool:
        """Whether a kind of figure is shown of a cell, in the round's report as it is now."""
        return cell in self.why and (id, kind) not in self.why[cell]

    @property
    def detail(self) -> int:
        """From how many people on everything is told."""
        return max(self.thresholds.min_group, self.thresholds.min_detail)

    @cached_property
    def sets(self) -> list[Flags]:
        """The people whom comparisons tell apart, besides groups: this one, and those that told of the same people."""
        told = {pair_of(cell) for cell, _, _ in self.occasion.shown if cell.startswith("matched:")}
        found = [
            pair.members(self.side_in(pair), "matched", cell)
            for keys, pair in self.earlier.items()
            if keys in told or pair is self.pair
            for cell in pair.cells[self.side_in(pair)].members
        ]
        return list({one.tobytes(): one for one in found}.values())

    def side_in(self, pair: Pair) -> int:
        """Which of the two rounds of a pair this is."""
        return [side.round.key for side in pair.sides].index(self.occasion.round.key)

    def primary(self, results: Results) -> Primary:
        """The thresholds, for scores made in one way."""
        if results not in self.primaries:
            census = Census(results, self.occasion.round.pooled, self.sets)
            self.primaries[results] = Primary(census, self.thresholds, self.cells)
        return self.primaries[results]

    def way(self, pair: Pair, id: str) -> tuple[Results, Mapping[str, str]]:
        """How a node's scores are made in a comparison: with the name that each item has in this round."""
        side, same = self.side_in(pair), pair.alike.same(id)
        if pair.kind(side, id) == "score":
            return self.results, {}
        return pair.alike.results(id)[side], {later: later if side else earlier for later, earlier in same.items()}

    @cached_property
    def ways(self) -> dict[Quantity, tuple[str, Results, Mapping[str, str]]]:
        """By quantity, the id of the node or item in the scores that it is of, these, and the names of items there."""
        found: dict[Quantity, tuple[str, Results, Mapping[str, str]]] = {
            (id, "score" if id in self.nodes else "detail"): (id, self.results, {}) for id in self.results.columns
        }
        for pair in self.earlier.values():
            for id in nodes(pair.alike.questionnaire):
                if pair.alike.same(id):
                    found.setdefault((id, pair.kind(self.side_in(pair), id)), (id, *self.way(pair, id)))
        return found

    @cached_property
    def audit(self) -> Audit:
        """What is known of the round before this comparison."""
        few = self.primary(self.results).few()
        audit = nothing_published(self.by_class, benchmarks(self.occasion.answers.questionnaire), few)
        return audit.published(self.known())

    @cached_property
    def by_class(self) -> Mapping[Quantity, Sequence[Weights]]:
        """By quantity and class, what its mean is made from."""
        return {of: [*self.weights(of)] for of in self.ways}

    def weights(self, quantity: Quantity) -> Iterator[Weights]:
        """By class, what its mean is made from."""
        id, results, _ = self.ways[quantity]
        census = self.primary(results).census
        for place in range(census.number):
            yield {self.name(quantity, leaf): weight for leaf, weight in census.weights(place, id).items()}

    def name(self, quantity: Quantity, leaf: str) -> str:
        """What a leaf is called in this round. A ladder that is made anew is not the one of the report."""
        names = self.ways[quantity][2]
        return names.get(leaf, f"{leaf} {quantity[1]}" if names else leaf)

    def known(self) -> Iterator[Figure]:
        for cell, id, kind in sorted(self.occasion.shown):
            people: Flags | None = None
            if is_of_report(cell):
                people = self.cells.members.get(cell)
            elif pair := self.earlier.get(pair_of(cell) or ("", "")):
                view, of = cell.split(":")[0], cell.split(":")[3]
                if kind not in (MADE, "change") and of in pair.cells[0].members:
                    people = pair.members(self.side_in(pair), view, of)
            if people is not None and (id, kind) in self.ways:
                yield self.figure((id, kind), people)

    def figure(self, quantity: Quantity, people: Flags) -> Figure:
        return Figure(quantity, self.primary(self.results).census.which(people))

    @cached_property
    def bounds(self) -> Bounds:
        """What is known of it besides what was published."""
        found: dict[str, tuple[Census, str]] = {}
        for quantity, (id, results, _) in self.ways.items():
            census = self.primary(results).census
            leaves = {leaf for place in range(census.number) for leaf in census.weights(place, id)}
            # The report's own come first: a comparison may leave out groups that were asked an item one time alone.
            found = {self.name(quantity, leaf): (census, leaf) for leaf in leaves} | found
        numbers = {name: census.scored_of[leaf] for name, (census, leaf) in found.items()}
        census = self.primary(self.results).census
        own = own_weights(self.occasion.answers.questionnaire, census, self.everybody)
        cells = [census.which(one) for one in (*self.cells.members.values(), *self.sets)]

        def given(place: int, name: str) -> Pile:
            census, leaf = found[name]
            return census.given(place, leaf)

        return Bounds(self.by_class, numbers, census.scales, own, cells, given)

    @cached_property
    def everybody(self) -> Flags:
        """The classes of which its report tells something."""
        return self.primary(self.results).census.which(self.cells.members[ALL])

    @cached_property
    def piles(self) -> Mapping[tuple[int, str], Sequence[Pile]]:
        """By class and item, the answers among which theirs are, as far as its report counts them."""
        told: dict[str, list[Flags]] = {}
        for figure in self.known():
            id, kind = figure.quantity
            if kind == "detail":
                told.setdefault(id, []).append(figure.which)
        census = self.primary(self.results).census
        return {
            (place, item): some
            for item, which in told.items()
            for place, some in census.piles(item, which, self.everybody)
        }

    def disclosed(
        self,
        figures: Iterable[Figure],
        effort: Effort,
        wide: set[Way] | None = None,
        among: Collection[Known] | None = None,
    ) -> set[Known]:
        """Of which classes on what too little is left with these figures too. `effort`, `wide`, `among`: see Bounds."""
        known = [*map(self.mean, self.known()), *map(self.mean, figures), *self.coded()]
        return {*self.bounds.disclosed(known, self.open_mean, self.piles, wide, effort, among)}

    def disclosed_before(self, places: Collection[Known]) -> set[Known]:
        """Of which of these too little was left before this comparison: only what is sure, since a new figure is not
        held against it."""
        new = {*places} - self.asked_before
        if new:
            self.asked_before |= new
            self.found_before |= self.disclosed([], self.effort_before, among=new)
        return self.found_before.intersection(places)

    def mean(self, figure: Figure) -> Mean:
        """A figure as precisely as it is told, in the report or in a comparison."""
        id, results, _ = self.ways[figure.quantity]
        share = self.primary(results).census.mean(id, figure.which)
        if figure.quantity[1] == "detail":
            return Mean(figure, share, share)
        ranges = [as_told(one, known[id], share) for one, known in self.rulers if id in known]
        return Mean(figure, max(low for low, _ in ranges), min(high for _, high in ranges))

    @cached_property
    def rulers(self) -> Sequence[tuple[Questionnaire, Mapping[str, Node]]]:
        """The questionnaires in whose units its means are told, with their nodes."""
        sides = {side.round.key: side for pair in self.earlier.values() for side in pair.sides}
        return [(side.answers.questionnaire, nodes(side.answers.questionnaire)) for side in sides.values()]

    def meets(self, quantity: Quantity, others: Iterable[Quantity]) -> bool:
        """Whether it is made from something that one of the others is made from too."""
        own = {leaf for weights in self.by_class[quantity] for leaf in weights}
        return any(leaf in own for other in others for weights in self.by_class[other] for leaf in weights)

    def coded(self) -> Iterator[Mean]:
        for cell, why in self.why.items():
            for quantity, reason in why.items():
                if reason.coded and quantity in self.ways:
                    yield Mean(self.figure(quantity, self.cells.members[cell]), *of_code(reason.coded))

    def open_mean(self, place: tuple[int, Quantity]) -> float | None:
        inside, quantity = place
        id, results, _ = self.ways[quantity]
        return self.primary(results).open_mean(id, "detail" if quantity[1] == "detail" else "score", inside)

    @cached_property
    def has_lost(self) -> bool:
        """Whether something was told of it together with a round that is no longer there."""
        rows = [(cell.split(":"), id) for cell, id, kind in self.occasion.shown if pair_of(cell) and kind != MADE]
        pairs = [(self.earlier.get((parts[1], parts[2])), parts[3], id) for parts, id in rows]
        return any(
            pair is None or cell not in pair.cells[self.side_in(pair)].members or not pair.alike.same(id)
            for pair, cell, id in pairs
        )

    @property
    def secrets(self) -> Secrets:
        primary = self.primary(self.results)
        return Secrets(
            sizes=self.size,
            is_secret=self.is_secret,
            may_be=lambda _: True,
            limit=primary.enough,
            least=self.thresholds.min_group,
            agreed=primary.agreed,
        )

    def size(self, quantity: Quantity) -> Numbers:
        id, results, _ = self.ways[quantity]
        return self.primary(results).size(id, "detail" if quantity[1] == "detail" else "score")

    def is_secret(self, quantity: Quantity, which: Flags) -> bool:
        id, results, _ = self.ways[quantity]
        return self.primary(results).is_secret(id, "detail" if quantity[1] == "detail" else "score", which)


class Showing:
    """Decides it for one comparison. What is shown is noted down for the logs of both rounds."""

    def __init__(
        self,
        pair: Pair,
        earlier: Mapping[tuple[str, str], Pair],
        foreseen: Sequence[frozenset[Shown]] | None = None,
    ) -> None:
        """`foreseen`: what it adds to the log of either round, where that was decided beforehand."""
        self.pair = pair
        self.alike = pair.alike
        keys = pair.sides[0].round.key, pair.sides[1].round.key
        known = {**earlier, keys: pair}
        self.rounds = [
            Published(pair, side, {own: one for own, one in known.items() if keys[side] in own}) for side in BOTH
        ]
        self.nodes = {id: node for id, node in nodes(pair.alike.questionnaire).items() if pair.alike.same(id)}
        both = [side.round.rules.thresholds for side in pair.sides]
        self.thresholds = Thresholds(max(one.min_group for one in both), max(one.min_detail for one in both))
        self.detail = max(self.thresholds.min_group, self.thresholds.min_detail)
        self.why: dict[View, dict[Place, str]] = {view: {} for view in VIEWS}
        self.shown: dict[View, set[Place]] = {view: set() for view in VIEWS}
        self.moves: set[Place] = set()
        self.made = noted(pair.name, MADE, ALL), OVERALL, MADE
        self.foreseen = foreseen
        self.is_of_old = not all(is_of_answers(side.shown) for side in pair.sides)
        """Whether means of people's scores were published of a round: then nothing but these is shown of it."""
        self.is_made_again = any(self.made in side.shown for side in pair.sides)
        """Whether these two were compared before: then nothing is shown but what was shown then."""

    def decide(self) -> None:
        for one in self.rounds:
            one.new.add(self.made)
        offered: list[tuple[View, str, str]] = []
        for view in VIEWS:
            for cell, id in self.places(view):
                why = self.why_not(view, cell, id)
                if not why and self.is_of_old and not self.is_known(view, cell, id):
                    why = OF_OLD
                if not why and self.is_made_again and not self.is_in(self.logs, view, cell, id):
                    why = DISCLOSES.words
                if why:
                    self.why[view][cell, id] = why
                else:
                    offered.append((view, cell, id))
        new = [] if self.is_made_again else [one for one in offered if not self.is_known(*one)]
        refused = {*new} - {new[place] for place in self.settled(new)}
        for view, cell, id in offered:
            if (view, cell, id) in refused:
                self.why[view][cell, id] = self.why_refused
            else:
                self.shown[view].add((cell, id))
                self.note(view, cell, id)
        for cell, id in self.places("matched"):
            self.decide_moves(cell, id)

    def settled(self, new: Sequence[tuple[View, str, str]]) -> list[int]:
        """Which of some new means can be published, one after the other."""
        if not new or self.is_too_much:
            return []
        if self.foreseen is not None:
            return [place for place, one in enumerate(new) if self.is_in(self.foreseen, *one)]
        offered = [
            [one.figure((id, self.pair.kind(side, id)), self.pair.members(side, view, cell))
             for side, one in enumerate(self.rounds)]
            for view, cell, id in new
        ]  # fmt: skip  # one line for each
        audits, secrets = [one.audit for one in self.rounds], [one.secrets for one in self.rounds]
        found = settled(audits, offered, secrets)[1]
        for side, one in enumerate(self.rounds):
            wide: set[Way] = set()
            effort = Effort()
            while places := one.disclosed([offered[place][side] for place in found], effort, wide):
                # The rest is known for good.
                disclosed = {quantity for _, quantity in places - one.disclosed_before(places)}
                quantities = [offered[place][side].quantity for place in found]
                meeting = {of for of in quantities if one.meets(of, disclosed)}
                given_up = disclosed & {*quantities} or meeting or ({*quantities} if disclosed else set())
                if not given_up:
                    break
                found = [place for place, of in zip(found, quantities, strict=True) if of not in given_up]
        return found

    @cached_property
    def is_too_much(self) -> bool:
        """Whether comparisons tell more classes of people apart than can be looked at."""
        return any(one.primary(one.results).census.number > MOST for one in self.rounds)

    @property
    def why_refused(self) -> str:
        return TOO_MANY if self.is_too_much else DISCLOSES.words

    def is_known(self, view: View, cell: str, id: str) -> bool:
        """Whether a view is that of both reports."""
        return view == "everybody" and all(self.is_reported(side, cell, id) for side in BOTH)

    def note(self, view: View, cell: str, id: str) -> None:
        for side, one in enumerate(self.rounds):
            if not (view == "everybody" and self.is_reported(side, cell, id)):
                one.new.add((noted(self.pair.name, view, cell), id, self.pair.kind(side, id)))

    @property
    def logs(self) -> Sequence[frozenset[Shown]]:
        """What was shown of either round."""
        return [side.shown for side in self.pair.sides]

    def is_in(self, logs: Sequence[frozenset[Shown]], view: View, cell: str, id: str) -> bool:
        """Whether the reports tell it, or this comparison does by these logs of both rounds."""
        row = noted(self.pair.name, view, cell), id
        return all(
            (view == "everybody" and self.is_reported(side, cell, id)) or (*row, self.pair.kind(side, id)) in logs[side]
            for side in BOTH
        )

    def is_reported(self, side: int, cell: str, id: str) -> bool:
        """Whether the mean of everybody is the very one that the round's report shows."""
        own = self.rounds[side]
        return self.pair.kind(side, id) == "score" and self.is_cell(side, cell) and own.is_shown(cell, id, "score")

    def is_cell(self, side: int, cell: str) -> bool:
        """Whether a cell of the comparison is one of the report: "all" may be fewer groups."""
        return cell != ALL or np.array_equal(self.pair.cells[side].members[ALL], self.rounds[side].cells.members[ALL])

    def places(self, view: View) -> list[Place]:
        """The largest cells first; in a cell the whole and the strands before their benchmarks, and of these first
        those on which most have a score: so that it is the smallest of which something is withheld."""
        cells = sorted(self.pair.cells[1].members, key=lambda cell: (cell != ALL, -self.people(cell), cell))
        return [
            (cell, id)
            for cell in cells
            for id in sorted(self.nodes, key=lambda id: (self.is_benchmark(id), -self.pair.size(0, view, cell, id)))
        ]

    def people(self, cell: str) -> int:
        return int(np.count_nonzero(self.pair.cells[1].members[cell]))

    def is_benchmark(self, id: str) -> bool:
        return isinstance(self.nodes[id], Benchmark)

    def sizes(self, cell: str, id: str) -> tuple[int, int, int]:
        """How many have a score: of the same people in both rounds, and of everybody before and after."""
        then, now = (self.pair.size(side, "everybody", cell, id) for side in BOTH)
        return self.pair.size(0, "matched", cell, id), then, now

    def why_not(self, view: View, cell: str, id: str) -> str:
        """Why a view is not shown, whatever else is known."""
        if view == "matched" and (reason := self.why_too_few(cell, id)):
            return reason
        whys = (self.why_not_in(side, view, cell, id) for side in BOTH)
        return next((why for why in whys if why), "")

    def why_not_in(self, side: int, view: View, cell: str, id: str) -> str:
        own = self.rounds[side]
        if view == "everybody":
            if not self.pair.size(side, view, cell, id):
                return NOBODY
            if self.is_reported(side, cell, id):
                return ""
            if self.pair.kind(side, id) == "score" and self.is_cell(side, cell):
                return own.why[cell][id, "score"].words
        if self.is_on_condition(side, id):
            return ON_CONDITION
        if own.has_lost:
            return LOST
        if self.pair.kind(side, id) != "score" and not self.adds_up(side, id):
            return MADE_ANEW
        primary = own.primary(own.way(self.pair, id)[0])
        reason = primary.reason(id, "score", primary.census.which(self.pair.members(side, view, cell)))
        if reason is None:
            return ""
        return AT_AN_END if reason.coded else reason.words

    def is_on_condition(self, side: int, id: str) -> bool:
        """Whether some group is asked nothing of a node but follow-up questions: in its round, or as it is compared."""
        below = items(self.alike.questionnaire, self.nodes[id])
        compared = [item for item in below if item.id in self.alike.same(id)]
        found = only_on_condition(self.alike.questionnaire, tuple(compared))
        return found or id in self.rounds[side].on_condition

    def adds_up(self, side: int, id: str) -> bool:
        """Whether the scores of everybody are sums over the items of a node, so that it is known what follows."""
        below = [part.id for part in parts(self.alike.questionnaire, self.nodes[id]) if not isinstance(part, Item)]
        is_made_anew = [one for one in below if one in self.nodes and self.pair.kind(side, one) != "score"]
        if any(item.show_if for item in items(self.alike.questionnaire, self.nodes[id])):
            return False
        return self.nodes[id].method in ("mean", "sum") and all(self.adds_up(side, one) for one in is_made_anew)

    def why_too_few(self, cell: str, id: str) -> str:
        found, then, now = self.sizes(cell, id)
        least = self.thresholds.min_group
        if found < least:
            again = self.pair.found(cell)
            if again >= least:
                return f"fewer than {least} were not found again, and what they said could be worked out"
            return f"fewer than {least} were found again" if again else "nobody was found again"
        if stands_beside_everybody(found, then, now, least):
            return ""
        return f"fewer than {least} were not found again, and what they said could be worked out"

    # How people moved, and how far apart they are

    def decide_moves(self, cell: str, id: str) -> None:
        """Whether it is told how differently those who were found again moved."""
        if (cell, id) not in self.shown["matched"]:
            return
        now = self.moved(cell, id)
        sets = [*self.told_moves(id), now]
        inside, of_person = classes_of(sets)
        sizes = np.bincount(of_person, minlength=inside.shape[1])
        few = any(True for _ in small_sets(inside.astype(float), sizes, self.detail))
        people = self.pair.both(cell, id)
        one, other = (
            self.pair.shares(side, id)[at] for side, at in zip(BOTH, (people.before, people.after), strict=True)
        )
        if np.count_nonzero(now) >= self.detail and not few and not is_dominated(one, other):
            self.moves.add((cell, id))
            self.rounds[1].new.add((noted(self.pair.name, "matched", cell), id, "change"))

    def told_moves(self, id: str) -> list[Flags]:
        """Everybody of whom it was told how differently they moved between these two rounds, as they are in the later
        one."""
        names = {noted(self.pair.name, "matched", cell): cell for cell in self.pair.cells[1].members}
        rows = {*self.pair.sides[1].shown, *self.rounds[1].new}
        told = sorted(cell for cell, of, kind in rows if of == id and kind == "change" and cell in names)
        return [self.moved(names[cell], id) for cell in told]

    def moved(self, cell: str, id: str) -> Flags:
        """The same people of a cell who have a score both times, as they are in the later round."""
        flags = np.zeros(len(self.pair.sides[1].answers), dtype=np.bool_)
        flags[self.pair.both(cell, id).after] = True
        return flags

    def has_details(self, cell: str, id: str) -> bool:
        """Whether the reports of both rounds tell how far apart everybody is in these scores."""
        return all(
            self.is_reported(side, cell, id)
            and self.rounds[side].is_shown(cell, id, "detail")
            and self.rounds[side].is_shown(cell, id, "spread")
            for side in BOTH
        )

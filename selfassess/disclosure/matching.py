"""Two rounds side by side: the same items, scored by the same rules, and which sheets are of the same person."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.disclosure.cells import ALL, Cells, of_round, of_standing
from selfassess.disclosure.release_log import Shown, is_of_answers
from selfassess.disclosure.span import classes_of, small_sets
from selfassess.disclosure.suppression import Reasons, reasons
from selfassess.model.questionnaire import Benchmark, GroupKey, Item, Questionnaire
from selfassess.model.results import POOL
from selfassess.model.round import Round, Standing
from selfassess.model.score_tree import Node, items, min_answered, nodes, parts
from selfassess.model.sheet import Missing
from selfassess.model.versions import Comparability
from selfassess.scoring.answers import Answers, Flags, from_characters
from selfassess.scoring.means import Composition, Means, Units
from selfassess.scoring.scores import Results, Shares, people, score

MatchedRow = tuple[GroupKey | None, str, str | None]
"""Group, characters and the key of the matching code (None, or nothing: there is none) of a sheet."""


@dataclass(frozen=True, eq=False)
class Answered:
    """What was answered on one occasion."""

    answers: Answers

    @cached_property
    def results(self) -> Results:
        """The scores by the rules of that occasion, as in its own report."""
        return score(self.answers)


@dataclass(frozen=True, eq=False)
class Occasion(Answered):
    """A closed round with all its sheets, and everything that was shown of it."""

    round: Round
    keys: tuple[str | None, ...]
    """By sheet, the key of the code that the person made up."""
    shown: frozenset[Shown]
    scored: Results | None = None
    """Its results, where they are made already."""
    decided: tuple[Cells, Mapping[str, Reasons]] | None = None
    """Its cells, and why figures of each are withheld, where that is known already."""

    @cached_property
    def results(self) -> Results:
        return self.scored or score(self.answers)

    @cached_property
    def cells(self) -> Cells:
        """The cells of its report."""
        return self.decided[0] if self.decided else of_round(self.answers, self.round)

    @cached_property
    def why(self) -> Mapping[str, Reasons]:
        """What its report does not show, after what was shown so far."""
        if self.decided:
            return self.decided[1]
        return reasons(self.results, self.round.rules.thresholds, self.cells, self.shown)

    def after(self, shown: frozenset[Shown], decided: tuple[Cells, Mapping[str, Reasons]]) -> "Occasion":
        """The same, when all of this was shown of it; and what is withheld then."""
        return replace(self, shown=shown, scored=self.results, decided=decided)

    @cached_property
    def by_key(self) -> dict[str, int]:
        """The places of the sheets whose code no other sheet of the round has."""
        times = Counter(self.keys)
        return {key: place for place, key in enumerate(self.keys) if key and times[key] == 1}

    @property
    def with_codes(self) -> int:
        return sum(bool(key) for key in self.keys)

    @property
    def collided(self) -> int:
        """How many sheets have a code that another has too: nobody knows whose is whose."""
        return self.with_codes - len(self.by_key)


def occasion(
    round: Round, questionnaire: Questionnaire, rows: Iterable[MatchedRow], shown: frozenset[Shown] = frozenset()
) -> Occasion:
    """From what the project file has of a round."""
    there = list(rows)
    groups, characters = [group for group, _, _ in there], [characters for _, characters, _ in there]
    answers = from_characters(questionnaire, characters, groups, [""] * len(groups))
    return Occasion(answers, round, tuple(key or None for _, _, key in there), shown)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Which sheets of two rounds are of the same person. The same place in both is the same person."""

    before: NDArray[np.intp]
    after: NDArray[np.intp]

    def both(self, members: tuple[Flags, Flags]) -> Flags:
        """Which of the pairs are members both times."""
        flags: Flags = members[0][self.before] & members[1][self.after]
        return flags

    def flags(self, side: int, members: tuple[Flags, Flags]) -> Flags:
        """Whom of a round (0: before, 1: after) is matched, and a member both times."""
        found = np.zeros(len(members[side]), dtype=np.bool_)
        found[(self.before, self.after)[side][self.both(members)]] = True
        return found

    def only(self, some: Flags | NDArray[np.intp]) -> "Pairs":
        """Some of them."""
        return Pairs(self.before[some], self.after[some])


def pairs(before: Mapping[str, int], after: Mapping[str, int]) -> Pairs:
    """The places of everybody with the same code in both rounds, in the order of what the codes are known by. Codes are
    compared exactly, never loosely."""
    both = sorted(before.keys() & after.keys())
    return Pairs(
        np.array([before[key] for key in both], dtype=np.intp), np.array([after[key] for key in both], dtype=np.intp)
    )


def linked(found: Pairs, cells: tuple[Cells, Cells], least: int) -> Mapping[str, Pairs]:
    """By cell, those of the pairs who stand for "the same people" there.

    All others of a cell have to be nobody, or at least `least`, in both rounds: else what the few others said would
    follow from the mean of everybody less that of the same people. Where it takes that, some pairs are left out by
    chance. Nor may cells together tell few apart: so either each cell has as many as it can have by itself, or all
    together has those of the groups, whichever tells of more people.
    """
    alone = {cell: _enough(found, _members(cells, cell), least) for cell in cells[1].members}
    groups = [cell for cell in alone if cell != ALL]
    # Of a group all of whom were found again, nobody is left of whom anything could follow.
    inside = [_all_of(found, _members(cells, cell)) or alone[cell] for cell in groups]
    kept = np.isin(found.before, np.concatenate([found.before[:0], *(pairs.before for pairs in inside)]))
    together = {**alone, ALL: found.only(kept)} if groups else alone
    plans = [_safe(plan, cells, least) for plan in (alone, together)]
    return max(plans, key=lambda plan: sum(len(pairs.before) for pairs in plan.values()))


def _members(cells: tuple[Cells, Cells], cell: str) -> tuple[Flags, Flags]:
    return cells[0].members[cell], cells[1].members[cell]


def _all_of(found: Pairs, members: tuple[Flags, Flags]) -> Pairs | None:
    """The pairs of a cell where all others are nobody, in both rounds."""
    there = np.flatnonzero(found.both(members))
    return found.only(there) if all(np.count_nonzero(one) == len(there) for one in members) else None


def _enough(found: Pairs, members: tuple[Flags, Flags], least: int) -> Pairs:
    """As many pairs of a cell as leave nobody, or enough: the first, which by the order of a hash are any."""
    there = np.flatnonzero(found.both(members))
    others = [int(np.count_nonzero(one)) - len(there) for one in members]
    fewer = 0 if all(not one or one >= least for one in others) else least - min(others)
    left = len(there) - fewer
    return found.only(there[: left if left >= least else 0])


def _safe(plan: Mapping[str, Pairs], cells: tuple[Cells, Cells], least: int) -> Mapping[str, Pairs]:
    """The cells of a plan that tell no few apart, the largest first; none of the others."""
    in_order = sorted(plan, key=lambda cell: (cell != ALL, -len(plan[cell].before), cell))
    kept: dict[str, Pairs] = {}
    for cell in in_order:
        more = {**kept, cell: plan[cell]}
        is_safe = not any(_tells_few(more, cells, side, least) for side in (0, 1))
        kept[cell] = plan[cell] if is_safe else plan[cell].only(np.zeros(len(plan[cell].before), dtype=np.bool_))
    return kept


def _tells_few(plan: Mapping[str, Pairs], cells: tuple[Cells, Cells], side: int, least: int) -> bool:
    sets = [*cells[side].members.values()]
    sets += [pairs.flags(side, _members(cells, cell)) for cell, pairs in plan.items()]
    inside, of_person = classes_of(sets)
    sizes = np.bincount(of_person, minlength=inside.shape[1])
    few = small_sets(inside.astype(float), sizes, least)
    # Small groups that agreed are few, and shown.
    return any(not any(np.array_equal(one, inside[place]) for place in range(len(cells[side].members))) for one in few)


class Alike:
    """Both occasions scored by the rules of the later version, on the items that both asked alike.

    `results` hold the nodes as a whole; a node from or into which an item was moved is scored by itself, on the items
    that it has both times.
    """

    def __init__(self, before: Answered, after: Answered, comparability: Comparability) -> None:
        self.sides = before, after
        self.comparability = comparability
        later = after.answers.questionnaire
        self.fates = {one.after: one for one in comparability.items if one.after}
        self.questionnaire = only_in(later, comparability.same)
        self.whole = self._scored(comparability.same)
        self.moved: dict[str, tuple[Results, Results]] = {}
        for id, node in nodes(self.questionnaire).items():
            same = self.same(id)
            if same and {item.id for item in items(self.questionnaire, node)} != set(same):
                self.moved[id] = self._scored(same)

    def same(self, id: str) -> Mapping[str, str]:
        """The items that a node is compared on: the earlier id by the later; none where it cannot be compared."""
        node = self.comparability.node(id)
        return node.same if node.comparable else {}

    def results(self, id: str) -> tuple[Results, Results]:
        """The scores of a node in both rounds."""
        return self.moved.get(id, self.whole)

    def is_as_reported(self, side: int, id: str) -> bool:
        """Whether a node's scores in a round are made as for the round's own report: by the same rules, from the same
        items of the same groups. That the numbers are the same is not enough: it would tell of what was left out."""
        own = self.sides[side]
        there = nodes(own.answers.questionnaire).get(id)
        if there is None or (side == 0 and self.comparability.node(id).new_rules):
            return False
        asked = {one.after if side else one.before for one in self.comparability.items}
        now = {later if side else earlier: later for later, earlier in self.same(id).items()}
        below = [item for item in items(own.answers.questionnaire, there) if item.id in asked]
        if {item.id for item in below} != set(now) or not all(self._asks(now[item.id], item) for item in below):
            return False
        mine, theirs = self.results(id)[side].shares[id], own.results.shares[id]
        return bool(np.array_equal(np.round(mine, 10), np.round(theirs, 10), equal_nan=True))

    def items_asked(self, id: str, group: GroupKey) -> int:
        """From how many items the score of somebody in a group is made at most."""
        below = items(self.questionnaire, nodes(self.questionnaire)[id])
        both_times = (self.fates[item.id].groups for item in below if item.id in self.same(id) and item.asks(group))
        return sum(not groups or group in groups for groups in both_times)

    def _asks(self, later: str, item: Item) -> bool:
        """Whether everybody who was asked an item counts."""
        groups = self.fates[later].groups
        return not groups or (bool(item.groups) and set(item.groups) <= set(groups))

    def _scored(self, same: Mapping[str, str]) -> tuple[Results, Results]:
        later = self.sides[1].answers.questionnaire
        questionnaire = only_in(later, same)
        ids = [item.id for item in questionnaire.items]
        return (
            score(self._answers(0, questionnaire, [same[id] for id in ids], ids)),
            score(self._answers(1, questionnaire, ids, ids)),
        )

    def _answers(
        self, side: int, questionnaire: Questionnaire, own_ids: Sequence[str], later_ids: Sequence[str]
    ) -> Answers:
        own = self.sides[side].answers
        codes = np.array([own.of(id) for id in own_ids], dtype=np.uint8).reshape(len(own_ids), len(own))
        for place, id in enumerate(later_ids):
            groups = self.fates[id].groups
            if groups:  # the others were asked it once only
                others = np.array([group not in groups for group in own.groups], dtype=np.bool_)
                codes[place, others] = ord(Missing.NOT_ASKED.value)
        return replace(own, questionnaire=questionnaire, codes=codes)


def only_in(questionnaire: Questionnaire, same: Mapping[str, str]) -> Questionnaire:
    """The questionnaire with nothing but choices that are the same."""
    choices = {item.id for item in questionnaire.items if item.has_figures}
    there = choices & same.keys()
    return questionnaire.with_items(lambda item: item.id in there)


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


def _cells_of(side: Occasion, both: set[GroupKey]) -> Cells:
    # In the order of ids, so that both rounds have the same order, whatever the order in which groups were invited.
    standing: dict[GroupKey, Standing] = {
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
    """Two rounds, whom they share, and the people that a comparison of them speaks of."""

    def __init__(self, before: Occasion, after: Occasion, comparability: Comparability) -> None:
        self.sides = before, after
        self.alike = Alike(before, after, comparability)
        self.cells = compared_cells(before, after)
        self.all_pairs: Pairs = pairs(before.by_key, after.by_key)
        """Everybody who was found again."""
        least = max(side.round.rules.thresholds.min_group for side in self.sides)
        self.pairs: Mapping[str, Pairs] = linked(self.all_pairs, self.cells, least)
        """By cell, those who stand for the same people."""
        self.kinds: dict[tuple[int, str], Kind] = {}
        self._units: dict[Results, Units] = {}
        self._sizes: dict[tuple[int, str, str, str], int] = {}
        self._means: dict[tuple[Results, int, str, str], Means] = {}

    @property
    def name(self) -> str:
        """What the log calls it."""
        return ":".join(side.round.key for side in self.sides)

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
        groups: list[GroupKey | None] = [group.id for group in questionnaire.groups]
        made = [
            (group or "", sorted((own[leaf], round(weight, 10)) for leaf, weight in found.items() if leaf in own))
            for group in groups or [None]
            for found in [composition.weights([item.id for item in questionnaire.items if item.asks(group)])[id]]
        ]
        counted = sorted((own[leaf], self.alike.fates[leaf].groups) for leaf in own)
        words = repr((list(_rules(questionnaire, node)), counted, made))
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    def shares(self, side: int, id: str) -> Shares:
        return self.alike.results(id)[side].shares[id]

    def members(self, side: int, view: str, cell: str) -> Flags:
        """Whom a view of a cell speaks of."""
        if view == "everybody":
            return self.cells[side].members[cell]
        return self.pairs[cell].flags(side, _members(self.cells, cell))

    def both(self, cell: str, id: str) -> Pairs:
        """The same people of a cell who have a score both times."""
        before, after = (results.scored[id] for results in self.alike.results(id))
        return self.pairs[cell].only(self.pairs[cell].both((before, after)))

    def size(self, side: int, view: str, cell: str, id: str) -> int:
        """How many of them have a score; of the same people, how many have one both times."""
        if (key := (side, view, cell, id)) not in self._sizes:
            self._sizes[key] = self._size(side, view, cell, id)
        return self._sizes[key]

    def _size(self, side: int, view: str, cell: str, id: str) -> int:
        if view == "matched":
            return len(self.both(cell, id).before)
        return int(np.count_nonzero(self.members(side, view, cell) & self.alike.results(id)[side].scored[id]))

    def mean(self, side: int, view: str, cell: str, id: str) -> float:
        """Their mean, as a share."""
        results = self.alike.results(id)[side]
        if (key := (results, side, view, cell)) not in self._means:
            self._means[key] = Means(people(results, self.members(side, view, cell)), self.units(results, side))
        return self._means[key].of(id)

    def units(self, results: Results, side: int) -> Units | None:
        """Who is weighted alike in a round; None where its means are those of people's scores."""
        if not is_of_answers(self.sides[side].shown):
            return None
        if results not in self._units:
            self._units[results] = Units(results, self.sides[side].round.pooled)
        return self._units[results]

    def found(self, cell: str) -> int:
        """How many of a cell were found in both rounds."""
        return int(np.count_nonzero(self.all_pairs.both(_members(self.cells, cell))))


def _rules(questionnaire: Questionnaire, node: Node) -> Iterator[tuple[object, ...]]:
    """How a node is scored, and all that it is made from."""
    of_a_ladder = (node.na,) if node.method == "ladder" else ()
    yield node.method, min_answered(questionnaire, node), node.met, node.when_missing, *of_a_ladder
    for part in parts(questionnaire, node):
        yield part.id, part.weight, part.level if isinstance(part, Item | Benchmark) else None
        if not isinstance(part, Item):
            yield from _rules(questionnaire, part)

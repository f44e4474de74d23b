"""Two rounds made comparable: the same items, scored by the same rules, and which sheets are of the same person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import Round
from selfassess.model.sheet import Missing
from selfassess.model.units import items, nodes
from selfassess.model.version import Comparability
from selfassess.scoring.answers import Answers, Flags, from_characters
from selfassess.disclosure.differences import with_only
from selfassess.scoring.ledger import Shown
from selfassess.scoring.score import Results, score

MatchedRow = tuple[str | None, str, str | None]
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
    """From what storage has of a round."""
    there = list(rows)
    groups, characters = [group for group, _, _ in there], [characters for _, characters, _ in there]
    answers = from_characters(questionnaire, characters, groups, [""] * len(groups))
    return Occasion(answers, round, tuple(key or None for _, _, key in there), shown)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Which sheets of two rounds are of the same person. The same place in both is the same person."""

    before: NDArray[np.intp]
    after: NDArray[np.intp]

    def flags(self, side: int, size: int, members: tuple[Flags, Flags]) -> Flags:
        """Whom of a round (0: before, 1: after; of so many) is matched, and a member both times."""
        there = members[0][self.before] & members[1][self.after]
        found = np.zeros(size, dtype=np.bool_)
        found[(self.before, self.after)[side][there]] = True
        return found


def pairs(before: Mapping[str, int], after: Mapping[str, int]) -> Pairs:
    """The places of everybody with the same code in both rounds. Codes are compared exactly, never loosely."""
    both = sorted(before.keys() & after.keys())
    return Pairs(
        np.array([before[key] for key in both], dtype=np.intp), np.array([after[key] for key in both], dtype=np.intp)
    )


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
    choices = {item.id for item in questionnaire.items if item.kind == "choice"}
    return with_only(questionnaire, choices & same.keys())

"""Several rounds made up at random, of people who join, leave, change their group, and give codes or none."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

import numpy as np

from selfassess.definition.comparability import comparability
from selfassess.definition.tables import build
from selfassess.disclosure.compare import compare
from selfassess.disclosure.matching import Occasion, Pair, occasion
from selfassess.disclosure.release_log import Shown
from selfassess.errors import TooLittleError
from selfassess.model.comparison import Comparison
from selfassess.model.questionnaire import Edition
from selfassess.model.results import RoundSummary
from selfassess.model.round import EVERYBODY, Round, Rules, SmallGroups, Thresholds, asked_for_consent, decided
from selfassess.scoring.scores import Results
from tests.scoring import made
from tests.services.made import released

SIZES = (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 18)


@dataclass(frozen=True)
class Person:
    groups: tuple[str, ...]
    """By round, the group; the same nearly always."""
    code: str
    there: tuple[bool, ...]
    """By round, whether they handed in."""
    mind: int | None
    """1: everything is as good as can be; 0: as bad."""


@dataclass(eq=False)
class Told:
    """A round, who is in it, and everything that was shown of it."""

    table: made.Table
    edition: Edition
    round: Round
    people: tuple[int, ...]
    """By sheet, the place of the person."""
    rows: list[tuple[str | None, str, str | None]]
    said: RoundSummary
    shown: frozenset[Shown]

    @property
    def occasion(self) -> Occasion:
        return occasion(self.round, self.edition.questionnaire, self.rows, self.shown)

    @cached_property
    def results(self) -> Results:
        return self.occasion.results

    def groups_in(self, cell: str) -> frozenset[str]:
        kept = frozenset(group for group, one in self.round.standing.items() if one != "left_out")
        if cell == "all":
            return kept
        return frozenset(self.round.pooled) if cell == "pool" else frozenset([cell])


@dataclass(eq=False)
class Story:
    """What a partnership did: rounds, and comparisons of them in some order."""

    people: list[Person]
    rounds: list[Told]
    comparisons: list[tuple[int, int, Comparison]] = field(default_factory=list)
    pairs: dict[tuple[str, str], Pair] = field(default_factory=dict)

    def compare(self, first: int, second: int) -> Comparison:
        before, after = self.rounds[first], self.rounds[second]
        pair = self.pair(first, second)
        comparison, shown = compare(pair, self.pairs)
        before.shown, after.shown = before.shown | shown[0], after.shown | shown[1]
        self.pairs[before.round.key, after.round.key] = pair
        self.comparisons.append((first, second, comparison))
        return comparison

    def pair(self, first: int, second: int) -> Pair:
        before, after = self.rounds[first], self.rounds[second]
        old, new = before.edition.questionnaire, after.edition.questionnaire
        found = comparability(old, new, forms=(before.round.form, after.round.form))
        return Pair(before.occasion, after.occasion, found)


def made_story(random: Random, rounds: int = 2, *, complete: bool = False, **how: Any) -> Story:
    """The rounds of a story, with their reports; nothing compared yet."""
    while True:
        story = _story(random, rounds, complete=complete, **how)
        if story is not None:
            return story


def _story(random: Random, rounds: int, *, complete: bool, **how: Any) -> Story | None:
    table = made.table_from(random, random.randint(0, 3), **how)
    groups = [group["id"] for group in table["groups"]] or [EVERYBODY]
    people = [one for group in groups for one in _people(random, group, groups, rounds)]
    rules = Rules(thresholds=Thresholds(random.choice((3, 5, 5, 5, 8)), 10), small_groups=_small(random), matching=True)
    blanks = 0 if complete else random.choice((0, 0.05, 0.2))
    found: list[Told] = []
    for number in range(rounds):
        if number and random.random() < 0.4:
            table = _reworded(random, table)
        told = _round(random, table, people, number, rules, blanks)
        if told is None:
            return None
        found.append(told)
    return Story(people, found)


def _small(random: Random) -> SmallGroups:
    choices: Sequence[SmallGroups] = ("consent", "consent", "leave_out", "pool")
    return random.choice(choices)


def _people(random: Random, group: str, groups: Sequence[str], rounds: int) -> Iterator[Person]:
    share = random.choice((0, 0.6, 0.9, 1))
    stays = random.choice((0.6, 0.85, 1))
    mind = random.choice((None, None, None, 0, 1))
    for number in range(random.choice(SIZES)):
        own = tuple(group if random.random() < 0.95 else random.choice(groups) for _ in range(rounds))
        there = tuple(random.random() < stays for _ in range(rounds))
        code = f"{group} {0 if random.random() < 0.05 else number}" if random.random() < share else ""
        yield Person(own, code, there, mind)


def _reworded(random: Random, table: made.Table) -> made.Table:
    table = copy.deepcopy(table)
    item = random.choice(made.items_of(table))
    item["text"] = "Quite another thing to think about and to answer."
    return table


def _round(
    random: Random, table: made.Table, people: Sequence[Person], number: int, rules: Rules, blanks: float
) -> Told | None:
    questionnaire = build(table)
    edition = Edition(questionnaire, b"", f"{number}" * 64)
    there = [place for place, one in enumerate(people) if one.there[number]]
    if not there:
        return None
    lines = [
        made.one_person(random, table, people[place].groups[number] or None, blanks, people[place].mind)
        for place in there
    ]
    answers = made.answers(questionnaire, lines)
    groups = [group["id"] for group in table["groups"]] or [EVERYBODY]
    sizes = {group: sum(people[place].groups[number] == group for place in there) for group in groups}
    invited = {group: sizes[group] + random.choice((0, 0, 1, 3)) for group in groups}
    rules = Rules(
        thresholds=rules.thresholds, small_groups=rules.small_groups, asks_consent=asked_for_consent(invited, rules)
    )
    round = Round(
        id=f"r{number}", key=f"k{number}", title=f"Round {number}", questionnaire=edition.sha256, invited=invited,
        rules=rules, state="closed",
    )  # fmt: skip  # in few lines
    round = Round(**{**_fields(round), "standing": decided(round, sizes, {})})
    rows = [
        (people[place].groups[number] or None, "".join(map(chr, answers.codes[:, at])), people[place].code or None)
        for at, place in enumerate(there)
    ]
    try:
        report, shown = released(edition, round, [(group, row) for group, row, _ in rows])
    except TooLittleError:
        return None
    return Told(table, edition, round, tuple(there), rows, report.results, shown)


def _fields(round: Round) -> Mapping[str, Any]:
    return {name: getattr(round, name) for name in Round.__dataclass_fields__}


def matched_people(story: Story, first: int, second: int) -> dict[int, tuple[int, int]]:
    """By person, the places of their sheets in both rounds: of those whose code nobody else in the round has."""
    places: list[dict[str, list[int]]] = []
    for number in (first, second):
        by_code: dict[str, list[int]] = {}
        for at, place in enumerate(story.rounds[number].people):
            if code := story.people[place].code:
                by_code.setdefault(code, []).append(at)
        places.append(by_code)
    return {
        number: (places[0][code][0], places[1][code][0])
        for number, code in enumerate(sorted(places[0].keys() & places[1].keys()))
        if len(places[0][code]) == len(places[1][code]) == 1
    }


def flags(story: Story, number: int, places: Sequence[int]) -> np.ndarray:
    found = np.zeros(len(story.rounds[number].people), dtype=bool)
    found[list(places)] = True
    return found

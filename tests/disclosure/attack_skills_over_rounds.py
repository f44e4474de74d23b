"""An attack on rounds about skills and their comparisons: what is left of people by everything that is printed of them.

It goes through all ways in which everybody can have answered with the very same documents: by whole programs over how
many of each class gave which answer (printed_skills.py). What is the same in all of them is known. Nothing of the
program is in it but the make of its solver.

`found` tells, of what is known, only what no single figure says that may be told: a mean of as many people as a mean
may be told of, or the answers of as many to one item as these may be. The rest is what docs/privacy.md promises not to
tell, or comes near it; `Found.is_promised` says which.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from tests.disclosure.printed_skills import (
    HAIR,
    Class,
    Comparison,
    Key,
    Occasion,
    Report,
    Respondent,
    Rules,
    figures,
    nodes,
    truth,
    weights,
)
from tests.disclosure.ways import Effort, More, Part, Search, Vector

WIDEST = 0.25
"""Less than that of a scale is little."""
AGREED = 3
"""From how many people on a small group that agreed is told as a whole."""


@dataclass(frozen=True)
class Found:
    """Something that follows from what is printed, and from no single figure that may be told."""

    kind: str
    """"answer" and "score" of one person; "reliably", whether a person shows a behaviour; of several people "count",
    how many of few show one, "total", what few said to an item, "mean", that of few on a node, and "coded", what has a
    code in its place."""
    round: int
    about: str
    """The item or node."""
    whom: str
    n: int
    low: float
    high: float
    by_sums: bool = False
    """Whether it follows by adding and subtracting alone."""

    @property
    def is_promised(self) -> bool:
        """Whether docs/privacy.md says that nobody can find it: one person's answer or score by whatever way, numbers
        of few by adding and subtracting."""
        return self.by_sums or self.kind in ("answer", "score")

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.about} of {self.n} ({self.whom}) in round {self.round}: {self.low:.3f} to "
            f"{self.high:.3f}{', by sums' if self.by_sums else ''}"
        )


def found(
    occasions: Sequence[Occasion],
    reports: Sequence[Report],
    comparisons: Sequence[Comparison],
    effort: Effort | None = None,
) -> list[Found]:
    """Everything that follows. AssertionError where what is true does not fit what is printed: then the attack has
    read it wrongly."""
    effort = effort or Effort()
    rules = Rules(occasions, reports, comparisons)
    true = truth(occasions, comparisons)
    search = Search([*rules.all()], true, effort)
    return [*Attack(rules, search, true).found()]


class Attack:
    def __init__(self, rules: Rules, search: Search, true: Mapping[Key, float]) -> None:
        self.rules = rules
        self.occasions = rules.occasions
        self.search = search
        self.true = true

    def found(self) -> Iterator[Found]:
        for round, one in enumerate(self.occasions):
            shown = {who: people for who, people in one.classes.items() if self._is_shown(round, who[0])}
            for who in shown:
                for item in one.scales:
                    if one.n(who, item):
                        yield from self._of_one(round, who, item)
            yield from self._scores(round, shown)
            for name, some in self._sets(round):
                yield from self._of_few(round, name, some)
            yield from self._coded(round)

    def _is_shown(self, round: int, group: str) -> bool:
        return any(
            group in self.rules.groups_in(report, "all") for report in self.rules.reports if report.round == round
        )

    def _limits(self, round: int) -> tuple[int, int]:
        """From how many people on a node, and an item, may be told."""
        rules = next(report.data["rules"] for report in self.rules.reports if report.round == round)
        return rules["min_group"], max(rules["min_group"], rules["min_detail"])

    def _agreed(self, round: int) -> frozenset[str]:
        report = next(report for report in self.rules.reports if report.round == round)
        return frozenset(one["group"] for one in report.data["attendance"] if one["standing"] == "consent")

    # One person

    def _of_one(self, round: int, who: Class, item: str) -> Iterator[Found]:
        """Whether one answer is left of those who answered, or all that are left are on one side of reliable."""
        one = self.occasions[round]
        self.search.effort.places += 1
        left = self.possible(round, who, item)
        sides = {one.is_reliable(item, value) for value in left}
        if len(sides) > 1:
            return
        kind = "answer" if len(left) == 1 else "reliably"
        if self._is_said(round, [who], item, sides=kind == "reliably"):
            return
        shares = [one.share(item, value) for value in left]
        yield Found(kind, round, item, _named(who), one.n(who, item), min(shares), max(shares))

    def possible(self, round: int, who: Class, item: str) -> set[float]:
        """What somebody of a class can have said. As many of those who can't be told are taken for possible."""
        left = set()
        for value in self.occasions[round].scales[item]:
            key = (round, item, who, value)
            part = self.search.part_of[key]
            place = part.place[key]
            part.look()
            if not any(way[place] >= 1 for way in part.ways):
                goal = np.zeros(len(part.keys))
                goal[place] = -1
                most = part.least(goal)
                if most is not None and most > -0.5:
                    continue
            left.add(value)
        return left

    def _scores(self, round: int, shown: Mapping[Class, Sequence[Respondent]]) -> Iterator[Found]:
        one = self.occasions[round]
        for node in nodes(one.table):
            own = weights(one.table, node)
            for who, people in shown.items():
                for given in {frozenset(own.keys() & person.given.keys()) for person in people}:
                    if given:
                        self.search.effort.places += 1
                        there = {item: own[item] for item in given}
                        low, high = self._score(round, who, there)
                        if high - low < WIDEST - 1e-6 and not self._is_told(round, who, there):
                            number = sum(given == own.keys() & person.given.keys() for person in people)
                            yield Found("score", round, node, _named(who), number, low, high)

    def _score(self, round: int, who: Class, own: Mapping[str, float]) -> tuple[float, float]:
        """Between what the score of somebody of a class lies, 0 to 1, as far as it is looked for: at the least."""
        one, whole = self.occasions[round], sum(own.values())
        parts = {
            id(part): part for part in (self.search.part_of[round, item, who, one.scales[item][0]] for item in own)
        }
        low = high = 0.0
        for part in parts.values():
            part.look()
            some = [item for item in own if (round, item, who, one.scales[item][0]) in part.place]
            ends = [self._ends(part, way, round, who, own, some) for way in part.ways]
            least, most = min(end[0] for end in ends), max(end[1] for end in ends)
            if (most - least) / whole < WIDEST:
                least, most = self._programs(part, round, who, own, some)
            low, high = low + least / whole, high + most / whole
        return low, high

    def _ends(
        self, part: Part, way: Vector, round: int, who: Class, own: Mapping[str, float], some: Sequence[str]
    ) -> tuple[float, float]:
        one, low, high = self.occasions[round], 0.0, 0.0
        for item in some:
            shares = [one.share(item, value) for value in one.scales[item]
                      if way[part.place[round, item, who, value]] >= 1]  # fmt: skip  # one rule
            low, high = low + own[item] * min(shares), high + own[item] * max(shares)
        return low, high

    def _programs(
        self, part: Part, round: int, who: Class, own: Mapping[str, float], some: Sequence[str]
    ) -> tuple[float, float]:
        """What some items of a score add to it at least, and at most; without end where that took too long."""
        one = self.occasions[round]
        theirs = [(item, value) for item in some for value in one.scales[item]]
        width = len(part.keys) + len(theirs)
        rows, least, most, goal = [], [], [], np.zeros(width)
        for number, (item, value) in enumerate(theirs):
            row = np.zeros(width)
            row[len(part.keys) + number], row[part.place[round, item, who, value]] = -1, 1
            rows, least, most = [*rows, row], [*least, 0.0], [*most, np.inf]
            goal[len(part.keys) + number] = own[item] * one.share(item, value)
        for item in some:
            row = np.zeros(width)
            row[[len(part.keys) + number for number, (of, _) in enumerate(theirs) if of == item]] = 1
            rows, least, most = [*rows, row], [*least, 1.0], [*most, 1.0]
        more = More(np.array(rows), np.array(least), np.array(most))
        low, high = part.least(goal, more), part.least(-goal, more)
        return -np.inf if low is None else low, np.inf if high is None else -high

    # Few people

    def _sets(self, round: int) -> list[tuple[str, list[Class]]]:
        """Sets of people that what is printed tells apart: groups and several of them, and those of whom comparisons
        speak or don't."""
        shown = [who for who in self.occasions[round].classes if self._is_shown(round, who[0])]
        marks = sorted({mark for who in shown for mark in who[1]})
        groups = sorted({who[0] for who in shown})
        sets: dict[frozenset[Class], str] = {}
        for number in range(1, len(groups) + 1):
            for some in combinations(groups, number):
                inside, name = [who for who in shown if who[0] in some], "+".join(some)
                sets.setdefault(frozenset(inside), name)
                for mark in marks:
                    sets.setdefault(frozenset(who for who in inside if mark in who[1]), f"{name} in {mark}")
                    sets.setdefault(frozenset(who for who in inside if mark not in who[1]), f"{name} not in {mark}")
        for who in shown:
            sets.setdefault(frozenset([who]), _named(who))
        return [(name, sorted(some, key=repr)) for some, name in sets.items() if some]

    def _of_few(self, round: int, name: str, who: Sequence[Class]) -> Iterator[Found]:
        one = self.occasions[round]
        of_node, of_item = self._limits(round)
        if {each[0] for each in who} <= self._agreed(round) and self._is_whole(one, who):
            of_node = AGREED
        for item in one.scales:
            n = sum(one.n(each, item) for each in who)
            if 1 < n < of_item:
                for kind, value, by_sums in self._of_item(round, who, item, may_be_told=n >= of_node):
                    yield Found(kind, round, item, name, n, value, value, by_sums)
        for node in nodes(one.table):
            own = weights(one.table, node)
            n = _answering(one, who, own)
            if 1 < n < of_node:
                self.search.effort.places += 1
                terms, whole = self.rules.sum_of(round, who, own)
                value = self._known(terms)
                if value is not None and not self._are_said(round, who, own):
                    yield Found("mean", round, node, name, n, value / whole, value / whole, self.search.is_sum(terms))

    def _of_item(
        self, round: int, who: Sequence[Class], item: str, *, may_be_told: bool
    ) -> Iterator[tuple[str, float, bool]]:
        """What is known of few people's answers to an item: how many show it reliably, and all of them added up.
        `may_be_told`: whether they are as many as the mean of a node may be told of."""
        one = self.occasions[round]
        self.search.effort.places += 1
        places = [(round, item, each, value) for each in who for value in one.scales[item]]
        shown: dict[Key, float] = {key: 1.0 for key in places if one.is_reliable(item, key[3])}
        said: dict[Key, float] = {key: one.share(item, key[3]) for key in places}
        for kind, terms in (("count", shown), ("total", said)):
            value = self._known(terms)
            if value is None or self._is_said(round, who, item, sides=kind == "count"):
                continue
            if not may_be_told or not self._follows_from_its_mean(round, who, item, terms):
                yield kind, value, self.search.is_sum(terms)

    def _are_said(self, round: int, who: Sequence[Class], own: Mapping[str, float]) -> bool:
        """Whether single figures leave one answer of each of these people to each item."""
        one = self.occasions[round]
        return all(self._is_said(round, [each], item, sides=False) for each in who for item in own if one.n(each, item))

    def _is_whole(self, one: Occasion, who: Sequence[Class]) -> bool:
        """Whether these are whole groups."""
        groups = {each[0] for each in who}
        return {*who} == {each for each in one.classes if each[0] in groups}

    def _coded(self, round: int) -> Iterator[Found]:
        """What is coded, and known all the same, other than by the code."""
        one = self.occasions[round]
        told = {
            (cell["id"], figure["id"]): (report, figure["coded"])
            for report in self.rules.reports if report.round == round
            for cell in ({**report.data["rounds"][0]["all"], "id": "all"}, *report.data["rounds"][0]["groups"])
            for figure, is_item in figures(cell) if not is_item and figure["coded"]
        }  # fmt: skip  # one for each
        for (cell, node), (report, code) in told.items():
            who, own = self.rules.whom(round, self.rules.groups_in(report, cell)), weights(one.table, node)
            terms, whole = self.rules.sum_of(round, who, own)
            self.search.effort.places += 1
            value = self._known(terms)
            step = min(share for share in terms.values() if share > HAIR)
            if value is not None and _room(whole, code) >= step - HAIR and not self._are_said(round, who, own):
                number = _answering(one, who, own)
                yield Found("coded", round, node, cell, number, value / whole, value / whole, self.search.is_sum(terms))

    def _follows_from_its_mean(self, round: int, who: Sequence[Class], item: str, terms: Mapping[Key, float]) -> bool:
        """Whether it follows from the mean of these people on a node of a single item, which is told as of any node."""
        one = self.occasions[round]
        if not any({*weights(one.table, node)} == {item} for node in nodes(one.table)):
            return False
        n = sum(one.n(each, item) for each in who)
        each = [(one.share(item, value), terms.get((round, item, who[0], value), 0.0)) for value in one.scales[item]]
        ways = {(0.0, 0.0)}
        """What some of them can have said, added up, and what is asked for, added up alike."""
        for _ in range(n):
            ways = {
                (as_equal(said + more, 9), as_equal(asked + also, 9)) for said, asked in ways for more, also in each
            }
        true = sum(self.true.get((round, item, some, value), 0.0) * one.share(item, value)
                   for some in who for value in one.scales[item])  # fmt: skip  # one sum
        return len({as_equal(asked) for said, asked in ways if abs(said - true) < n * 0.005}) == 1

    def _known(self, terms: Mapping[Key, float]) -> float | None:
        """A sum that is the same in all ways; else None."""
        found, parts = 0.0, {id(self.search.part_of[key]): self.search.part_of[key] for key in terms}
        goals = []
        for part in parts.values():
            part.look()
            goal = np.zeros(len(part.keys))
            for key, share in terms.items():
                if key in part.place:
                    goal[part.place[key]] = share
            sums = [goal @ way for way in part.ways]
            if max(sums) - min(sums) > 1e-6:
                return None
            goals.append((part, goal, sums[0]))
        for part, goal, value in goals:
            least = part.least(goal)
            if least is None or least < value - 1e-6:
                return None
            most = part.least(-goal)
            if most is None or -most > value + 1e-6:
                return None
            found += value
        return found

    # What a single figure says

    @cached_property
    def _told(self) -> dict[int, list["_Single"]]:
        """By round, the figures that may be told, whether they are printed or not."""
        return {round: [*self._may_be_told(round)] for round in range(len(self.occasions))}

    def _may_be_told(self, round: int) -> Iterator["_Single"]:
        one = self.occasions[round]
        of_node, of_item = self._limits(round)
        agreed = self._agreed(round)
        for _, some in self._sets(round):
            is_agreed = len({each[0] for each in some}) == 1 and some[0][0] in agreed
            for item in one.scales:
                answers = {value: int(sum(self.true.get((round, item, each, value), 0.0) for each in some))
                           for value in one.scales[item]}  # fmt: skip  # one for each
                if sum(answers.values()) >= of_item:
                    yield _Single(frozenset(some), {item: 1.0}, 0, 0, answers)
            for node in nodes(one.table):
                own = weights(one.table, node)
                if _answering(one, some, own) >= (AGREED if is_agreed else of_node):
                    terms, most = self.rules.sum_of(round, some, own)
                    value = sum(share * self.true.get(key, 0.0) for key, share in terms.items())
                    half = most * 0.005
                    yield _Single(frozenset(some), own, value + half, most - value + half, None)

    def _is_said(self, round: int, who: Sequence[Class], item: str, *, sides: bool) -> bool:
        """Whether a single figure leaves one answer of each of these people; or, with `sides`, tells whether each shows
        the behaviour."""
        one = self.occasions[round]
        for single in self._told[round]:
            if item in single.own and {*who} <= single.who:
                left = single.left(one, item)
                if len({one.is_reliable(item, value) if sides else value for value in left}) == 1:
                    return True
        return False

    def _is_told(self, round: int, who: Class, own: Mapping[str, float]) -> bool:
        """Whether a single figure leaves little of a score, or those of its items do, each by itself."""
        one, whole = self.occasions[round], sum(own.values())
        wide = dict.fromkeys(own, 1.0)
        for single in self._told[round]:
            if who in single.who and own.keys() & single.own.keys():
                if single.answers is None and single.width(one, own) < WIDEST - HAIR:
                    return True
                for item in own.keys() & single.own.keys():
                    shares = [one.share(item, value) for value in single.left(one, item)]
                    wide[item] = min(wide[item], max(shares) - min(shares))
        return sum(weight * wide[item] for item, weight in own.items()) / whole < WIDEST - HAIR


@dataclass(frozen=True)
class _Single:
    """A figure that may be told: of so many people, made from these items."""

    who: frozenset[Class]
    own: Mapping[str, float]
    above: float
    """How far all of it together is above the lowest at most, and below the highest."""
    below: float
    answers: Mapping[float, int] | None
    """Of an item: how many chose each value."""

    def left(self, one: Occasion, item: str) -> list[float]:
        """What somebody can have said to an item."""
        if self.answers is not None:
            return [value for value, n in self.answers.items() if n]
        weight = self.own[item]
        shares = {value: one.share(item, value) for value in one.scales[item]}
        return [value for value, share in shares.items()
                if weight * share <= self.above + HAIR and weight * (1 - share) <= self.below + HAIR]  # fmt: skip

    def width(self, one: Occasion, own: Mapping[str, float]) -> float:
        """How much it leaves of a score that is made from these items, if it is made from all of them too."""
        if not own.keys() <= self.own.keys():
            return 1.0
        ways = {(0.0, 0.0, 0.0)}
        """What somebody can have said: the score, and how far it is above the lowest, and below the highest."""
        for item, weight in own.items():
            each, mine = [one.share(item, value) for value in one.scales[item]], self.own[item]
            ways = {
                (
                    as_equal(score + weight * share, 9),
                    as_equal(up + mine * share, 9),
                    as_equal(down + mine * (1 - share), 9),
                )
                for score, up, down in ways for share in each
            }  # fmt: skip  # one for each
        left = [score for score, up, down in ways if up <= self.above + HAIR and down <= self.below + HAIR]
        return (max(left) - min(left)) / sum(own.values())


def as_equal(value: float, digits: int = 5) -> float:
    """The same of sums that differ by what a computer makes of thirds."""
    return round(value, digits)


def _answering(one: Occasion, who: Sequence[Class], own: Mapping[str, float]) -> int:
    """How many of these people answered something of these items."""
    return len([person for each in who for person in one.classes[each] if own.keys() & person.given.keys()])


def _room(whole: float, code: str) -> float:
    """How far a sum that has a code can be from its end."""
    edge = float(code.split()[0]) / 100
    return whole * (1 - edge if code.endswith("more") else edge)


def _named(who: Class) -> str:
    return f"{who[0]} in {sorted(who[1])}" if who[1] else who[0]

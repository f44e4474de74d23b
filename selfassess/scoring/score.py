"""From answers to each respondent's scores, as docs/scores.md describes.

Inside, a score is a share from 0 to 1 of the way between its lowest and highest value, after reversal;
"no score" is nan. Every method then needs a line or two, and 0-100 and own units are the same number read
on two rulers.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from selfassess.model.item import Item
from selfassess.model.questionnaire import Benchmark, Questionnaire
from selfassess.model.scale import POINT_CODES
from selfassess.model.sheet import Missing
from selfassess.model.units import Node, Part, exact, has_score, items, levels, min_answered, parts, span
from selfassess.scoring.answers import Answers, Flags
from selfassess.scoring.columns import Column, Counts, Fold, States, Tally, Which, column, counted, gathered, looked_up

Shares = NDArray[np.float64]
TOLERANCE = 1e-10
"""Differences below this are float noise."""
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """Every respondent's scores."""

    answers: Answers
    columns: dict[str, Column] = field(default_factory=dict)
    """By the id of an item or node ("overall" for the whole)."""
    found: dict[str, Counts] = field(default_factory=dict)
    """What `counts` and `characters` found before."""

    @property
    def shares(self) -> Mapping[str, Shares]:
        """By the same ids: 0 to 1 after reversal, nan where there is none."""
        return _Each(self.columns, lambda one: one.shares)

    @property
    def scored(self) -> Mapping[str, Flags]:
        """By the same ids: who has a score."""
        return _Each(self.columns, lambda one: one.is_scored)

    @property
    def asked(self) -> Mapping[str, Flags]:
        """By the same ids: who was asked any scored item of it."""
        return _Each(self.columns, lambda one: one.was_asked)

    def counts(self, id: str) -> Counts:
        """How many have each value of a column: a row for each group, as `Answers.by_group` has them."""
        if id not in self.found:
            names, groups = self.answers.by_group
            own = self.columns[id]
            self.found[id] = counted(own.which, len(own.values), groups, len(names))
        return self.found[id]

    def characters(self, item: str) -> Counts:
        """How many have each character of an item, by its code: a row for each group."""
        if (key := f"characters of {item}") not in self.found:
            names, groups = self.answers.by_group
            self.found[key] = counted(self.answers.of(item), 256, groups, len(names))
        return self.found[key]


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Some of the respondents, and how many of them have which score."""

    results: Results
    members: Flags
    groups: NDArray[np.intp] | None
    """The groups that they are, where they are whole groups, as `Answers.by_group` has them."""

    @property
    def n(self) -> int:
        return int(np.count_nonzero(self.members))

    def characters(self, item: str) -> Counts:
        """How many of them have each character of an item, by its code."""
        if self.groups is not None:
            found: Counts = self.results.characters(item)[self.groups].sum(axis=0)
            return found
        return np.bincount(self.results.answers.of(item)[self.members], minlength=256)

    def counts(self, id: str) -> Counts:
        """How many of them have each value of a column."""
        if self.groups is not None:
            found: Counts = self.results.counts(id)[self.groups].sum(axis=0)
            return found
        own = self.results.columns[id]
        return np.bincount(own.which[self.members], minlength=len(own.values))

    def together(self, ids: Sequence[str]) -> tuple[list[Shares], Counts]:
        """What they score on several things: each way once, with how many of them have it; or, where there may be more
        ways than people, that of each of them."""
        columns = [self.results.columns[id] for id in ids]
        ways = math.prod(len(own.values) for own in columns)
        if ways > len(self.members):
            return [own.shares[self.members] for own in columns], np.ones(self.n, dtype=np.int64)
        place = np.zeros(len(self.members), dtype=np.int64)
        for own in columns:
            place *= len(own.values)
            place += own.which
        counts = np.bincount(place[self.members], minlength=ways)
        there = np.flatnonzero(counts)
        places = np.unravel_index(there, [len(own.values) for own in columns])
        return [own.values[at] for own, at in zip(columns, places, strict=True)], counts[there]

    def tally(self, id: str) -> Tally:
        """How many of them have each score."""
        values, counts = self.results.columns[id].values, self.counts(id)
        there = (counts > 0) & ~np.isnan(values)
        return Tally(values[there], counts[there])

    def asked(self, id: str) -> int:
        """How many of them were asked any scored item of it."""
        return int(self.counts(id)[self.results.columns[id].asked].sum())


def people(results: Results, members: Flags) -> People:
    """Those of the respondents whose flag is set."""
    names, groups = results.answers.by_group
    inside = np.bincount(groups[members], minlength=len(names))
    whole = (inside == 0) | (inside == np.bincount(groups, minlength=len(names)))
    return People(results, members, np.flatnonzero(inside) if whole.all() else None)


@dataclass(frozen=True, slots=True, eq=False)
class _Each(Mapping[str, Read]):
    """Something read off each column when it is asked for: kept for all at once it would fill the memory."""

    columns: Mapping[str, Column]
    read: Callable[[Column], Read]

    def __getitem__(self, id: str) -> Read:
        return self.read(self.columns[id])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


def score(answers: Answers) -> Results:
    """The scores of all respondents on every scored item, benchmark, skill, strand and overall."""
    questionnaire = answers.questionnaire
    scoring = _Scoring(Results(answers))
    for item in questionnaire.items:
        if item.kind == "choice":
            scoring.add_item(item)
    for strand in questionnaire.strands:
        for benchmark in strand.middle:
            scoring.add(benchmark.id, benchmark)
        scoring.add(strand.id, strand)
    scoring.add("overall", questionnaire.overall)
    return scoring.results


def item_table(questionnaire: Questionnaire, item: Item) -> Shares:
    """The share that each character stands for, by its code; nan for every kind of missing."""
    table = np.full(256, np.nan)
    ends = span(questionnaire, item)
    start, end = (ends.highest, ends.lowest) if item.reverse else (ends.lowest, ends.highest)
    for position, value in enumerate(questionnaire.scale_of(item).values):
        if value not in item.not_applicable_values:
            # In fractions of what was written: 0.2 on a scale from 0 to 1 is a fifth, from either end.
            table[ord(POINT_CODES[position])] = (exact(value) - exact(start)) / (exact(end) - exact(start))
    return table


@dataclass(frozen=True, slots=True, eq=False)
class _Scoring:
    """Scores one thing after the other, from what is below it."""

    results: Results
    answered: dict[str, tuple[States, Which]] = field(default_factory=dict)
    """By id: of how many items below it people were asked (real part) and answered (imaginary part), each way once, and
    by respondent which of them is theirs."""

    @property
    def questionnaire(self) -> Questionnaire:
        return self.results.answers.questionnaire

    def add_item(self, item: Item) -> None:
        there = np.flatnonzero(self.results.characters(item.id).sum(axis=0))
        asked = there != ord(Missing.NOT_ASKED.value)
        of_each = column(item_table(self.questionnaire, item)[there], asked, np.arange(len(there), dtype=np.uint8))
        places = np.zeros(256, dtype=np.uint8)
        places[there] = of_each.which
        which = looked_up(places, self.results.answers.of(item.id))
        self.results.columns[item.id] = Column(of_each.values, of_each.asked, which)

    def add(self, id: str, node: Node) -> None:
        """A node, when everything below it is there."""
        states, whose = self.answered[id] = self._answering(node)
        least = min_answered(self.questionnaire, node)
        enough = (states.imag > 0) & (states.imag >= least * states.real - TOLERANCE)
        if not has_score(self.questionnaire, node):
            self.results.columns[id] = column(np.full(len(states), np.nan), states.real > 0, whose)
            return
        ways, places = np.unique(enough * 2 + (states.real > 0), return_inverse=True)
        # In the order of their ids, so that the order in the file leaves no trace in the last digits.
        below = tuple(sorted(parts(self.questionnaire, node), key=lambda part: part.id))
        is_folded = node.method != "ladder" and not (node.method == "sum" and node.when_missing == "refuse")
        values, which = self._combined(node, below) if is_folded else gathered(self._one_by_one(node, below))
        self.results.columns[id] = column(
            np.where(ways >= 2, values[:, None], np.nan),
            np.broadcast_to(ways % 2 > 0, (len(values), len(ways))),
            which,
            looked_up(places.astype(np.uint8), whose),
        )

    def _answering(self, node: Node) -> tuple[States, Which]:
        """How many items below a node people were asked, and answered."""
        fold = Fold(0j, len(self.results.answers))
        for part in parts(self.questionnaire, node):
            if isinstance(part, Item):
                own = self.results.columns[part.id]
                fold.take_in(own.asked + 1j * ~np.isnan(own.values), own.which)
            else:
                fold.take_in(*self.answered[part.id])
        return fold.states, fold.which

    def _combined(self, node: Node, below: tuple[Part, ...]) -> tuple[Shares, Which]:
        """Mean, sum or minimum of the parts that have a score."""
        if node.method == "min":
            lowest = Fold(math.nan, len(self.results.answers))
            for part in below:
                own = self.results.columns[part.id]
                lowest.take_in(own.values, own.which, np.fmin)
            return lowest.states.real, lowest.which
        # The sum in the real part, that of the weights in the imaginary one.
        fold = Fold(0j, len(self.results.answers))
        for part in below:
            own = self.results.columns[part.id]
            # In a sum a part counts by how far its own ends are apart, in a mean by its weight alone.
            weight = part.weight * (span(self.questionnaire, part).width if node.method == "sum" else 1)
            fold.take_in(np.where(np.isnan(own.values), 0, weight * own.values + 1j * weight), own.which)
        mean = np.full(len(fold.states), np.nan)
        np.divide(fold.states.real, fold.states.imag, out=mean, where=fold.states.imag > 0)
        return mean, fold.which

    def _one_by_one(self, node: Node, below: tuple[Part, ...]) -> Shares:
        """What does not come about by taking in one part after the other: ladders, and sums that refuse gaps."""
        if node.method == "ladder":
            return _ladder(self.results, node, below)
        values, which = self._combined(node, below)
        columns = [self.results.columns[part.id] for part in below]
        complete = np.all([looked_up(~np.isnan(own.values) | ~own.asked, own.which) for own in columns], axis=0)
        return np.where(complete, np.take(values, which), np.nan)


def _ladder(results: Results, node: Node, below: tuple[Part, ...]) -> Shares:
    """The highest level met with all below it met. What was asked and not answered blocks its level. What was not
    asked neither meets nor blocks, nor does what does not apply (unless that blocks, as the node says); a level with
    nothing else is passed over, and is not reached either."""
    size = len(results.answers)
    reached, open_so_far = np.zeros(size), np.ones(size, dtype=np.bool_)
    scored = np.any([results.scored[part.id] for part in below], axis=0)
    highest = levels(below)
    for level in range(1, highest + 1):
        asked_here = np.zeros(size, dtype=np.bool_)
        for part in below:
            if isinstance(part, Item | Benchmark) and part.level == level:
                shares, asked = results.shares[part.id], results.asked[part.id]
                met = shares >= met_from(results.answers.questionnaire, node, part) - TOLERANCE
                counts = asked if node.na == "blocks" else asked & ~does_not_apply(results, part)
                open_so_far &= met | ~counts
                asked_here |= counts
        reached = np.where(open_so_far & asked_here, level, reached)
    return np.where(scored, reached / highest, np.nan)


def does_not_apply(results: Results, part: Part) -> Flags:
    """By respondent, whether they said of an item, or of every scored item below a node that they were asked, that it
    does not apply."""
    questionnaire = results.answers.questionnaire
    if isinstance(part, Item):
        said = np.zeros(256, dtype=np.bool_)
        said[ord(Missing.NOT_APPLICABLE.value)] = True
        for value in part.not_applicable_values:
            said[ord(questionnaire.scale_of(part).code(value))] = True
        return looked_up(said, results.answers.of(part.id))
    found = results.asked[part.id]
    for item in items(questionnaire, part):
        found = found & (does_not_apply(results, item) | ~results.asked[item.id])
    return found


def met_from(questionnaire: Questionnaire, ladder: Node, part: Item | Benchmark) -> float:
    """The share from which a part of a ladder is met. An item is met by its value after reversal."""
    own = part.met if isinstance(part, Item) and part.met is not None else ladder.met
    if own is None:
        raise ValueError(f"{part.id} has no met")
    if isinstance(part, Benchmark) and part.units == "points":
        return own / 100
    return span(questionnaire, part).share(own)

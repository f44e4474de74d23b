"""From answers to each respondent's scores, as docs/scores.md describes.

Inside, a score is a share from 0 to 1 of the way between its lowest and highest value, after reversal;
"no score" is nan. Every method then needs a line or two, and 0-100 and own units are the same number read
on two rulers.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from selfassess.model.questionnaire import POINT_CODES, Benchmark, Item, Overall, Questionnaire, Strand
from selfassess.model.score_tree import Node, Part, exact, has_score, items, levels, min_answered, parts, span
from selfassess.model.sheet import Missing
from selfassess.scoring.answers import Answers, Flags
from selfassess.scoring.columns import Column, Counts, Fold, Tally, Which, column, gathered, looked_up
from selfassess.scoring.sums import TOLERANCE, Keyed, Rule, counted_by_group, covariances, of_item, paired, weighted

Shares = NDArray[np.float64]
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
            own = self.columns[id]
            self.found[id] = own.by_value(counted_by_group(self.answers, own.keys, len(own.places)))
        return self.found[id]

    def characters(self, item: str) -> Counts:
        """How many have each character of an item, by its code: a row for each group."""
        if (key := f"characters of {item}") not in self.found:
            self.found[key] = counted_by_group(self.answers, self.answers.of(item), 256)
        return self.found[key]


@dataclass(frozen=True, eq=False)
class People:
    """Some of the respondents, and how many of them have which score."""

    results: Results
    members: Flags
    groups: NDArray[np.intp] | None
    """The groups that they are, where they are whole groups, as `Answers.by_group` has them."""
    found: dict[str, Counts] = field(default_factory=dict)
    """What `counts` found before."""
    tallies: dict[str, Tally] = field(default_factory=dict)
    """What `tally` found before."""
    products: dict[tuple[str, ...], tuple[int, NDArray[np.float64]]] = field(default_factory=dict)
    """By the ids of items, what `take_products` found before."""

    @cached_property
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
        if id not in self.found:
            own = self.results.columns[id]
            self.found[id] = (
                self.results.counts(id)[self.groups].sum(axis=0)
                if self.groups is not None
                else np.bincount(own.which[self.members], minlength=len(own.values))
            )
        return self.found[id]

    def covariances(self, items: Sequence[Item]) -> tuple[int, NDArray[np.float64]] | None:
        """How many of them answered all of some items, and the covariances of these, in the order of their ids. None
        where the shares of a scale are fractions that are too long."""
        key = tuple(sorted(item.id for item in items))
        if key not in self.products:
            self.take_products([items])
        return self.products.get(key)

    def take_products(self, sets: Sequence[Sequence[Item]]) -> None:
        """Find the covariances of several sets of items in one go."""
        if not sets:
            return
        answers = self.results.answers
        # In the order of their ids, so that the order in the file leaves no trace in the last digits.
        there = sorted({item.id: item for one in sets for item in one}.values(), key=lambda item: item.id)
        ids = [item.id for item in there]
        places = [sorted(ids.index(item.id) for item in one) for one in sets]
        codes, shares = [answers.of(id) for id in ids], [item_shares(answers.questionnaire, item) for item in there]
        found = covariances(codes, shares, places, None if self.members.all() else self.members)
        for inside, one in zip(places, found or (), strict=False):
            self.products[tuple(ids[at] for at in inside)] = one

    def tally(self, id: str) -> Tally:
        """How many of them have each score."""
        if id not in self.tallies:
            values, counts = self.results.columns[id].values, self.counts(id)
            there = (counts > 0) & ~np.isnan(values)
            self.tallies[id] = Tally(values[there], counts[there])
        return self.tallies[id]

    def asked(self, id: str) -> int:
        """How many of them were asked any scored item of it."""
        return int(self.counts(id)[self.results.columns[id].asked].sum())


def people(results: Results, members: Flags) -> People:
    """Those of the respondents whose flag is set."""
    answers = results.answers
    if answers.runs is not None:
        inside = np.array([np.count_nonzero(members[run]) for run in answers.runs], dtype=np.int64)
    else:
        inside = np.bincount(answers.group_of[members], minlength=len(answers.names))
    whole = (inside == 0) | (inside == answers.sizes)
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
        if item.has_figures:
            scoring.add_item(item)
    for strand in questionnaire.strands:
        for benchmark in strand.middle:
            scoring.add(benchmark.id, benchmark)
        scoring.add(strand.id, strand)
    scoring.add("overall", questionnaire.overall)
    return scoring.results


def item_shares(questionnaire: Questionnaire, item: Item) -> Mapping[int, Fraction]:
    """The share that each character of an answer stands for, by its code."""
    ends = span(questionnaire, item)
    return _shares(
        questionnaire.scale_of(item).values, item.not_applicable_values, (ends.lowest, ends.highest), item.reverse
    )


@lru_cache(maxsize=1024)
def _shares(
    values: tuple[float, ...], without: tuple[float, ...], ends: tuple[float, float], reverse: bool
) -> Mapping[int, Fraction]:
    # In fractions of what was written: 0.2 on a scale from 0 to 1 is a fifth, from either end.
    low, high = map(exact, ends)
    start, end = (high, low) if reverse else (low, high)
    return {
        ord(code): (exact(value) - start) / (end - start)
        for code, value in zip(POINT_CODES, values, strict=False)
        if value not in without
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Scoring:
    """Scores one thing after the other, from what is below it."""

    results: Results
    below: dict[str, Keyed] = field(default_factory=dict)
    """By id, what was scored so far."""

    @property
    def questionnaire(self) -> Questionnaire:
        return self.results.answers.questionnaire

    def add_item(self, item: Item) -> None:
        codes, by_group = self.results.answers.of(item.id), self.results.characters(item.id)
        shares = item_shares(self.questionnaire, item)
        self.keep(item.id, of_item(codes, by_group, shares, ord(Missing.NOT_ASKED.value)))

    def keep(self, id: str, own: Keyed) -> None:
        self.below[id] = own
        found = self.results.columns[id] = column(own.values, own.asked > 0, own.keys, own.there)
        if own.by_group is not None:
            self.results.found[id] = found.by_value(own.by_group[:, : len(found.places)])

    def add(self, id: str, node: Node) -> None:
        """A node, when everything below it is there."""
        questionnaire = self.questionnaire
        # In the order of their ids, so that the order in the file leaves no trace in the last digits.
        below = tuple(sorted(parts(questionnaire, node), key=lambda part: part.id))
        is_scored = has_score(questionnaire, node)
        rule = Rule(min_answered(questionnaire, node), node.method == "sum" and node.when_missing == "refuse")
        found = None
        if node.method in ("mean", "sum") or not is_scored:
            found = self.weighted(node, below, rule, is_scored)
        self.keep(id, found or self.one_by_one(node, below, rule))

    def weighted(self, node: Node, below: tuple[Part, ...], rule: Rule, is_scored: bool) -> Keyed | None:
        weights = [_weight(self.questionnaire, node, part) for part in below] if is_scored else []
        all_items = all(isinstance(part, Item) for part in below)
        found = [self.below[one.id] for one in below]
        if all_items and len(set(weights)) == 1:
            found = self.added_up(node, below)
            weights = weights[:1] * len(found)
        return weighted(self.results.answers, found, weights, rule, all_items=all_items)

    def added_up(self, node: Node, below: tuple[Part, ...]) -> list[Keyed]:
        """Of items that weigh the same those of a benchmark as one, where they were added up for it already."""
        strands = {Strand: (node,), Overall: self.questionnaire.strands}.get(type(node), ())
        found, left = [], {one.id for one in below}
        for benchmark in (one for strand in strands if isinstance(strand, Strand) for one in strand.middle):
            own = self.below[benchmark.id]
            if own.sums and left.issuperset(ids := [one.id for one in parts(self.questionnaire, benchmark)]):
                found.append(replace(own, exact=own.sums))
                left.difference_update(ids)
        return found + [self.below[one.id] for one in below if one.id in left]

    def one_by_one(self, node: Node, below: tuple[Part, ...], rule: Rule) -> Keyed:
        """The least of several, a ladder, and sums of fractions that are too long."""
        answering = self.weighted(node, below, rule, False)
        if answering is None:
            raise ValueError("a questionnaire has fewer items than would make these numbers too large")
        if node.method == "ladder":
            values, which = gathered(_ladder(self.results, node, below))
        else:
            values, which = self.folded(node, below)
        if rule.is_complete:
            columns = [self.results.columns[part.id] for part in below]
            complete = np.all([~np.isnan(own.shares) | ~own.was_asked for own in columns], axis=0)
            values, which = gathered(np.where(complete, np.take(values, which), np.nan))
        return paired(values, which, answering, rule)

    def folded(self, node: Node, below: tuple[Part, ...]) -> tuple[Shares, Which]:
        """Mean, sum or minimum of the parts that have a score."""
        if node.method == "min":
            lowest = Fold((math.nan,), len(self.results.answers))
            for part in below:
                own = self.results.columns[part.id]
                lowest.take_in((own.values,), own.which, np.fmin)
            return lowest.states[0], lowest.which
        fold = Fold((0, 0), len(self.results.answers))
        for part in below:
            own, weight = self.results.columns[part.id], float(_weight(self.questionnaire, node, part))
            is_scored = ~np.isnan(own.values)
            fold.take_in((np.where(is_scored, weight * own.values, 0), np.where(is_scored, weight, 0)), own.which)
        total, weights = fold.states
        mean = np.full(len(total), np.nan)
        np.divide(total, weights, out=mean, where=weights > 0)
        return mean, fold.which


def _weight(questionnaire: Questionnaire, node: Node, part: Part) -> Fraction:
    """In a sum a part counts by how far its own ends are apart, in a mean by its weight alone."""
    weight = exact(part.weight)
    return weight * exact(span(questionnaire, part).width) if node.method == "sum" else weight


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

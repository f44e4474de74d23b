"""The figures of some respondents: how many, their mean, how far apart they are."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from selfassess.model.questionnaire import POINT_CODES, Benchmark, GroupKey, Item, Overall, Questionnaire, Strand
from selfassess.model.results import Agreement, Cell, Figure, Level, Reliability
from selfassess.model.score_tree import (
    OVERALL,
    Node,
    Span,
    band,
    bands,
    decimals,
    has_score,
    items,
    shown,
    span,
    target,
)
from selfassess.model.sheet import Missing
from selfassess.scoring.agreement import item_agreement, node_agreement
from selfassess.scoring.answers import Flags
from selfassess.scoring.columns import Counts, Tally
from selfassess.scoring.intervals import flips, likely, possible, spread
from selfassess.scoring.means import Means, Units
from selfassess.scoring.reliability import of_covariances, reliability
from selfassess.scoring.scores import People, Results, people

DIGITS = 10
"""Decimals that are kept: beyond them there is only float noise."""


@dataclass(frozen=True, slots=True, eq=False)
class Unreleased:
    """Every figure of some respondents, before any is suppressed. No document takes it: `disclosure` alone makes of it
    what may be released."""

    cell: Cell


def cell(
    results: Results,
    id: str,
    members: Flags,
    group: GroupKey | None,
    invited: Mapping[str, int | None] | None = None,
    *,
    units: Units | None = None,
    with_reliability: bool = True,
    with_agreement: bool = True,
    is_own: bool = False,
) -> Unreleased:
    """Every figure of the respondents in `members`, with the targets of `group` (None: of everybody). `invited` says
    how many could have answered, by the id of a node. With `units` a node's mean is that of all answers below it, else
    that of people's own scores. Without reliability or agreement where these are not told:
    they take longest. `is_own`: of one person, for that person.
    """
    questionnaire = results.answers.questionnaire
    some = people(results, members)
    counting = _Counting(some, Means(some, units), group, invited or {}, with_reliability, with_agreement, is_own)
    has_overall = has_score(questionnaire, questionnaire.overall)
    return Unreleased(
        Cell(
            id=id,
            n=some.n,
            overall=counting.node(OVERALL, questionnaire.overall) if has_overall else None,
            strands=tuple(counting.strand(strand) for strand in questionnaire.strands),
        )
    )


def each_group_once(whole: Cell, groups: Sequence[Cell], rounded: Callable[[str, float], float]) -> Cell:
    """Beside the means by head, those in which each of some groups counts once, where there are several and all who
    have a score have a mean. `rounded` says, by the id of a node, how precisely."""

    if len(groups) < 2:
        return whole

    def told(figure: Figure) -> Figure:
        if figure.level == "item":
            return figure
        parts = tuple(map(told, figure.parts))
        if figure.mean is None:
            return replace(figure, parts=parts)
        found = [one for group in groups if (one := group.figure(figure.id)).n != 0]
        means = [one.mean for one in found if one.mean is not None]
        is_of_all = len(means) == len(found) > 1
        return replace(figure, parts=parts, by_group=rounded(figure.id, sum(means) / len(means)) if is_of_all else None)

    return replace(whole, overall=whole.overall and told(whole.overall), strands=tuple(map(told, whole.strands)))


@dataclass(frozen=True, slots=True, eq=False)
class _Counting:
    """Counts one cell."""

    people: People
    means: Means
    group: GroupKey | None
    invited: Mapping[str, int | None]
    with_reliability: bool
    with_agreement: bool
    is_own: bool

    @property
    def questionnaire(self) -> Questionnaire:
        return self.people.results.answers.questionnaire

    def strand(self, strand: Strand) -> Figure:
        if self.with_reliability:
            inside: tuple[Node, ...] = (strand, *strand.middle)
            several = [self.asked_of_all(items(self.questionnaire, node)) for node in inside]
            self.people.take_products([some for some in several if len(some) > 1])
        below = [self.benchmark(benchmark) for benchmark in strand.middle]
        own = [self.item(item) for item in strand.items if item.has_figures]
        return self.node(strand.id, strand, (*below, *own))

    def benchmark(self, benchmark: Benchmark) -> Figure:
        return self.node(
            benchmark.id, benchmark, tuple(self.item(item) for item in benchmark.items if item.has_figures)
        )

    def node(self, id: str, node: Node, below: tuple[Figure, ...] = ()) -> Figure:
        questionnaire, invited = self.questionnaire, self.invited.get(id)
        level: Level = "overall" if isinstance(node, Overall) else "strand" if isinstance(node, Strand) else "benchmark"
        aim = target(questionnaire, node, self.group)
        n, _, sd = _moments(self.people.tally(id))
        mean = self.means.of(id)
        if not n:
            why = _why_none(self.people, id, node)
            return Figure(id=id, level=level, n=0, why_none=why, parts=below, target=aim, invited=invited)
        ends = span(questionnaire, node)
        to_show = shown(ends.value(mean) if node.units == "own" else 100 * mean, decimals(node))
        named = band(bands(questionnaire, node), to_show)
        points, points_sd = round(100 * mean, DIGITS), None if sd is None else round(100 * sd, DIGITS)
        below_it = () if isinstance(node, Overall) else items(questionnaire, node)
        lone = self.is_one_answer(items(questionnaire, node)) if self.is_own else None
        return Figure(
            id=id,
            level=level,
            n=n,
            mean=points,
            sd=points_sd,
            raw_mean=None if ends.mixed else round(ends.value(mean), DIGITS),
            raw_sd=None if ends.mixed or sd is None else round(ends.width * sd, DIGITS),
            shown=to_show,
            one_answer=lone,
            band=named.title if named and not lone else None,
            target=aim,
            gap=None if aim is None else round(aim - to_show, DIGITS),
            invited=invited,
            likely=likely(n, points, points_sd, invited),
            possible=possible(n, points, invited),
            spread=spread(points_sd),
            agreement=self.agreement(below_it),
            flips=flips(questionnaire, node, n, mean, invited),
            reliability=self.reliability(below_it),
            parts=below,
        )

    def is_one_answer(self, below: Sequence[Item]) -> bool:
        """Whether the score of one person comes from one answer, though there are several items."""
        answered = [item for item in below if self.people.tally(item.id).n]
        return len(answered) == 1 < len([item for item in below if item.asks(self.group)])

    def agreement(self, below: Sequence[Item]) -> Agreement | None:
        if not self.with_agreement:
            return None
        tallies = [self.people.tally(item.id) for item in below]
        return node_agreement(tallies, [tuple(self.points(item).values()) for item in below])

    def reliability(self, below: Sequence[Item]) -> Reliability | None:
        """Of the items that all of them were asked: one that is asked of some would leave only these."""
        if not self.with_reliability:
            return None
        asked = self.asked_of_all(below)
        if len(asked) < 2:
            return None
        told = [item.id for item in asked]
        if found := self.people.covariances(asked):
            return of_covariances(told, sorted(told), *found)
        return reliability({id: self.people.results.columns[id].shares[self.people.members] for id in told})

    def asked_of_all(self, below: Sequence[Item]) -> list[Item]:
        return [item for item in below if self.people.asked(item.id) == self.people.n]

    def points(self, item: Item) -> Mapping[float, float]:
        """The points of an item that are an answer, each with its share of the way between the ends."""
        return _points(self.questionnaire.scale_of(item).values, item.not_applicable_values)

    def item(self, item: Item) -> Figure:
        ends = span(self.questionnaire, item)
        counts, missing = _counts(self.questionnaire, item, self.people.characters(item.id))
        n, mean, sd = _moments(self.people.tally(item.id))
        if not n:
            return Figure(id=item.id, level="item", n=0, counts=counts, missing=missing)
        points_sd = None if sd is None else round(100 * sd, DIGITS)
        return Figure(
            id=item.id,
            level="item",
            n=n,
            mean=round(100 * mean, DIGITS),
            sd=points_sd,
            raw_mean=round(ends.value(1 - mean if item.reverse else mean), DIGITS),
            raw_sd=None if sd is None else round(ends.width * sd, DIGITS),
            shown=shown(100 * mean, 0),
            counts=counts,
            missing=missing,
            spread=spread(points_sd),
            agreement=self.item_agreement(item, counts),
        )

    def item_agreement(self, item: Item, counts: Mapping[str, int]) -> Agreement | None:
        if not self.with_agreement:
            return None
        return item_agreement(tuple(self.points(item).values()), list(counts.values()))


def _why_none(people: People, id: str, node: Node) -> str:
    if not has_score(people.results.answers.questionnaire, node):
        return "not scored"
    if not people.n:
        return "nobody answered"
    return "too few answered" if people.asked(id) else "not asked"


def _counts(questionnaire: Questionnaire, item: Item, found: Counts) -> tuple[dict[str, int], dict[str, int]]:
    """How many gave each value, and how many are missing by kind, from how many have each character."""
    numbers = found.tolist()
    named = _named(questionnaire.scale_of(item).values, item.not_applicable_values)
    return {name: numbers[code] for name, code in named}, {kind.key: numbers[ord(kind.value)] for kind in Missing}


@lru_cache(maxsize=1024)
def _points(values: tuple[float, ...], without: tuple[float, ...]) -> Mapping[float, float]:
    answers = [value for value in values if value not in without]
    ends = Span(min(answers), max(answers))
    return {value: ends.share(value) for value in answers}


@lru_cache(maxsize=1024)
def _named(values: tuple[float, ...], without: tuple[float, ...]) -> tuple[tuple[str, int], ...]:
    """The values that are an answer as a file has them, each with the code of its character."""
    codes = zip(POINT_CODES, values, strict=False)
    return tuple((_name(value), ord(code)) for code, value in codes if value not in without)


def _name(value: float) -> str:
    """A value as a file has it: 3 rather than 3.0, and all of its digits."""
    return str(int(value)) if float(value).is_integer() else repr(value)


def _moments(tally: Tally) -> tuple[int, float, float | None]:
    """How many have a score, their mean, and their standard deviation (n - 1) if they are several."""
    return tally.n, tally.mean, math.sqrt(tally.variance) if tally.n > 1 else None

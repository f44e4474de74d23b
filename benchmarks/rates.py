"""How often what is said of a round, and of two, is false, and how often what is true is found: by simulation."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from statistics import NormalDist, mean
from typing import Any

import numpy as np
from answers import MIDDLE, Chance, Partnership, People, some, where_stands
from numpy.typing import NDArray

from selfassess.disclosure.compare import claimed
from selfassess.disclosure.moves import is_dominated, told_roughly
from selfassess.disclosure.release import release_differences, release_round, withheld
from selfassess.disclosure.rounding import rounded_summary
from selfassess.model.comparison import CellChange, Change, NodeChange
from selfassess.model.questionnaire import Strand
from selfassess.model.results import Cell, Detectable, Difference, Level, RoundSummary
from selfassess.model.round import Round, Thresholds
from selfassess.model.score_tree import OVERALL, items, nodes, shown
from selfassess.scoring.agreement import every_way
from selfassess.scoring.camps import opinions
from selfassess.scoring.change import bare, everybody, headline, matched
from selfassess.scoring.findings import contenders, gaps
from selfassess.scoring.intervals import Known, largest_p
from selfassess.scoring.means import Composition
from selfassess.scoring.multiple_comparisons import MOVED
from selfassess.scoring.scores import Results

POINTS = 5
LEVELS = tuple(point / (POINTS - 1) for point in range(POINTS))
DETAIL = 10
"""From how many people on details are told."""
SHIFTS = (10, 15, 25)
"""How far apart groups or rounds truly are, in points, where it is tried how often that is found."""


# Two camps


def one_hump(middle: float, spread: float) -> tuple[float, ...]:
    """The chances of the five points where what people think is spread normally about a middle (1 to 5) and rounded."""
    normal = NormalDist(middle, spread)
    edges = [0.0, *(normal.cdf(point + 0.5) for point in range(1, POINTS)), 1.0]
    return tuple(high - low for low, high in pairwise(edges))


BOOK = tuple(one_hump(middle / 2, spread / 10) for middle in range(4, 10) for spread in range(7, 14))
"""Single humps of all kinds: in the middle and towards an end (2 to 4.5), narrow and broad (.7 to 1.3 points)."""
POPULATIONS: Mapping[str, Sequence[float]] = {
    "a hump in the middle (SD 1.0)": one_hump(3, 1.0),
    "a broad hump in the middle (SD 1.2)": one_hump(3, 1.2),
    "a broad hump to one side (SD 1.2)": one_hump(3.5, 1.2),
    "evenly over the five points": (0.2,) * 5,
    "25 / 20 / 10 / 20 / 25": (0.25, 0.2, 0.1, 0.2, 0.25),
    "45 lowest / 10 middle / 45 highest": (0.45, 0, 0.1, 0, 0.45),
    "half disagree, half agree": (0, 0.5, 0, 0.5, 0),
    "half at each end": (0.5, 0, 0, 0, 0.5),
}


@lru_cache
def ways(n: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Every way in which n people can answer, and which of them are called two camps."""
    counts = np.ascontiguousarray(every_way(n, POINTS).T)
    return counts, np.array([opinions(LEVELS, row) == "two camps" for row in counts.tolist()])


def camps_rate(n: int, chances: Sequence[float]) -> float:
    """How often n people who answer with these chances are called two camps: exactly."""
    counts, are_camps = ways(n)
    found = counts[are_camps]
    if not len(found):
        return 0.0
    logs = np.array([math.log(chance) if chance else -math.inf for chance in chances])
    with np.errstate(invalid="ignore"):
        each = np.where(found > 0, found * logs, 0.0).sum(axis=1)
    factorials = np.cumsum(np.log(np.maximum(np.arange(n + 1), 1)))
    return float(np.exp(factorials[n] - factorials[found].sum(axis=1) + each).sum())


def false_mentions(sizes: Sequence[int], items: int, reports: int) -> float:
    """How many times two camps are told in so many reports of items of the book: of all, and of each group."""
    cells = [sum(sizes), *(size for size in sizes if size >= DETAIL)]
    return reports * items * sum(mean(camps_rate(n, one) for one in BOOK) for n in cells)


# Groups of one round


@dataclass(frozen=True)
class Told:
    """What one report says."""

    differences: tuple[Difference, ...]
    detectable: tuple[Detectable, ...]

    def claims(self) -> Iterator[Difference]:
        """What is said to be more than chance makes."""
        yield from (one for one in self.differences if one.claim in ("differ", "all alike"))


def answered(
    where: Partnership, chance: Chance, share: float, middle: float = MIDDLE, higher: float = 0.0, half: bool = False
) -> tuple[Round, Results]:
    """A round in which the first group's answers are truly higher, by so many points: to everything, or on every other
    benchmark. Half of that is above the middle, and half below."""
    benchmarks = [node.id for strand in where.edition.questionnaire.strands for node in strand.middle]
    first = next(iter(where.sizes))
    on = {
        (group, id): higher / 2 * (1 if group == first else -1)
        for group in where.sizes
        for id in (benchmarks[::2] if half else benchmarks)
    }
    there, _ = some(chance, where.people(chance, middle, on), share)
    return where.round("round", there), where.scored(there, where.sheets(chance, there))


def reported(
    where: Partnership, chance: Chance, share: float, middle: float = MIDDLE, higher: float = 0.0, half: bool = False
) -> Told:
    """The report of such a round."""
    a_round, results = answered(where, chance, share, middle, higher, half)
    summary, _ = release_round(a_round, results, (), frozenset())
    said: RoundSummary = summary.rounds[0]
    return Told(said.differences, said.detectable)


NEAR = 0.02
"""From which exact p on no test of a round passes, however its figures are rounded: it has to be below LEVEL by the
number of tests, and there are at least four."""


def says_what_is_false(
    where: Partnership, chance: Chance, share: float, higher: float = 0.0, *, half: bool = False
) -> bool:
    """Whether the report of a round says anything that is not so.

    What is withheld takes long to find out, and takes tests away or makes their p larger. So it is found out only where
    some p comes near that should not, by the scores that people have on the items that both groups were asked.
    """
    a_round, results = answered(where, chance, share, higher=higher, half=half)
    if smallest_p(where, results, half=half) >= NEAR:
        return False
    told = release_differences(a_round, results, withheld(a_round, results, frozenset()))
    return any_false(Told(told, ()), where, half=half)


def smallest_p(where: Partnership, results: Results, *, half: bool) -> float:
    """The smallest of Welch's tests by exact scores of what truly does not differ: of the whole and the strands, and of
    benchmarks where some strands differ. Everybody answered everything."""
    questionnaire, found = where.edition.questionnaire, []
    composition, first = Composition(questionnaire), next(iter(where.sizes))
    strands = [strand.id for strand in questionnaire.strands]
    benchmarks = [node.id for strand in questionnaire.strands for node in strand.middle]
    for pair in combinations(where.sizes, 2):
        common = {item.id for item in questionnaire.items if item.is_scored and all(map(item.asks, pair))}
        weights = composition.weights(common)
        alike = benchmarks[1::2] if first in pair else [OVERALL, *strands, *benchmarks]
        ids = alike if half else [OVERALL, *strands]
        for id in ids:
            if not common >= weights[id].keys():
                continue
            shares = sum(weight * results.columns[item].shares for item, weight in weights[id].items())
            scores = (100 * shares[results.answers.in_group(group)] for group in pair)
            one, other = (Known(len(own), float(own.mean()), (float(own.var(ddof=1)),)) for own in scores)
            found.append(largest_p(one, other) or 0.0)
    return min(found)


def any_false(told: Told, where: Partnership, *, half: bool = False) -> bool:
    """Whether something is said that is not so: where nothing differs anything, else whatever is said of two groups of
    which neither is the first, and of the benchmarks on which it stands no higher."""
    first = next(iter(where.sizes))
    benchmarks = [node.id for strand in where.edition.questionnaire.strands for node in strand.middle]
    return any(not half or first not in (one.higher, one.lower) or one.id in benchmarks[1::2] for one in told.claims())


def found(told: Told, where: Partnership) -> float:
    """The share of the strands on which the first two groups are said to differ."""
    pair = {*list(where.sizes)[:2]}
    strands = [one for one in told.differences if one.level == "strand" and {one.higher, one.lower} == pair]
    return mean([one.claim == "differ" for one in strands] or [False])


def largest_unseen(told: Told, where: Partnership) -> float | None:
    """From which difference on the report says that one between the first two groups could be found."""
    pair = {*list(where.sizes)[:2]}
    return next((one.points for one in told.detectable if {*one.groups} == pair), None)


# The order of gaps

SCATTER = 10.0
"""The standard deviation of what benchmarks truly have, in points."""


def scattered(where: Partnership, chance: Chance, scatter: float) -> dict[str, float]:
    """By how much the answers to each benchmark are truly higher than the middle, in points."""
    benchmarks = [node.id for strand in where.edition.questionnaire.strands for node in strand.middle]
    return dict(zip(benchmarks, chance.normal(0, scatter, len(benchmarks)).tolist(), strict=True))


def scattered_people(where: Partnership, chance: Chance, higher: Mapping[str, float]) -> People:
    """Everybody, whatever their group, with these answers on the whole."""
    return where.people(chance, MIDDLE, {(group, id): more for group in where.sizes for id, more in higher.items()})


def benchmark_scores(where: Partnership, chance: Chance, people: People, share: float) -> Cell:
    """What a report tells of all who answer on some day."""
    there, _ = some(chance, people, share)
    results = where.scored(there, where.sheets(chance, there))
    summary, _ = release_round(where.round("round", there), results, (), frozenset())
    return rounded_summary(where.edition.questionnaire, summary).rounds[0].all


def in_front(where: Partnership, chance: Chance, share: float, scatter: float) -> tuple[int, int]:
    """The place in the list of gaps of the one that is truly the widest, and how many are said to be in question."""
    higher = scattered(where, chance, scatter)
    cell = benchmark_scores(where, chance, scattered_people(where, chance, higher), share)
    found = gaps(where.edition.questionnaire, cell)
    order = [one.node.id for one in found]
    widest = min(higher, key=lambda id: higher[id]) if scatter else next(iter(higher))
    place = order.index(widest) if widest in order else len(order)
    return place + 1, contenders(where.edition.questionnaire, found)


def moves_of_lowest(where: Partnership, chance: Chance, share: float, lowest: int = 3) -> list[float]:
    """By how many points the lowest benchmarks of a round are higher in the next, as people read it, where nothing
    moved."""
    higher = scattered(where, chance, SCATTER)
    people = scattered_people(where, chance, higher)
    then, now = ({id: shown(100 * float(np.nanmean(shares[id])), 0) for id in higher}
                 for there, _ in (some(chance, people, share) for _ in range(2))
                 for shares in [where.scored(there, where.sheets(chance, there)).shares])  # fmt: skip  # round by round
    return [now[id] - then[id] for id in sorted(then, key=lambda id: then[id])[:lowest]]


# Two rounds


def compared(
    where: Partnership, chance: Chance, share: float, *, codes: bool, higher: float = 0.0, middle: float = MIDDLE
) -> tuple[CellChange, ...]:
    """What is said of two rounds of the same people, whose answers are truly higher in the second by so many points,
    from half below the middle to half above; each time the same share of them answers.

    Everything is told that may be of so many people. No error of measurement is known, so that nothing but five points
    and chance stands against a claim."""
    questionnaire = where.edition.questionnaire
    people = where.people(chance, middle)
    sides = []
    for more in (-higher / 2, higher / 2):
        there, places = some(chance, people, share)
        moved = People(there.groups, there.stand + where_stands(middle + more) - where_stands(middle))
        sides.append((there.groups, places, where.scored(moved, where.sheets(chance, moved)).shares))
    items_of = {id: len(items(questionnaire, node)) for id, node in nodes(questionnaire).items()}
    cells = []
    for cell in ("all", *where.sizes):
        members = [[cell in ("all", group) for group in groups] for groups, _, _ in sides]
        if min(map(sum, members)) < 5:
            continue
        told = []
        for id, node in nodes(questionnaire).items():
            view, change = change_of(sides, members, id, items_of, codes=codes)
            level: Level = "strand" if isinstance(node, Strand) else "benchmark"
            if change is not None:
                told.append(NodeChange(id=id, level=level, views=(view,), **{view: change}))
        unknown: dict[str, Any] = {"n": (0, 0), "matched": None, "not_matched": None, "same_people": 0}
        cells.append(CellChange(id=cell, groups=(), nodes=tuple(told), **unknown))
    return claimed(questionnaire, cells)


def change_of(
    sides: Sequence, members: Sequence[Sequence[bool]], id: str, items_of: Mapping[str, int], *, codes: bool
) -> tuple[str, Change | None]:
    """The change of a node among these people, in the view that speaks for it; None where nobody was asked it."""
    values: list[dict[int, float]] = []
    for (_, places, shares), is_in in zip(sides, members, strict=True):
        own = zip(places.tolist(), shares[id].tolist(), is_in, strict=True)
        values.append({place: share for place, share, is_one in own if is_one and not math.isnan(share)})
    both = sorted(values[0].keys() & values[1].keys()) if codes else []
    view = headline(len(both), len(values[0]), len(values[1]))
    change: Change | None
    if view == "matched":
        before, after = (np.array([one[place] for place in both]) for one in values)
        change = matched(before, after)
        if change is None or len(both) < DETAIL or is_dominated(before, after):
            return view, change and bare(change)
        then, now = map(round, change.mean)
        return view, told_roughly(change, (then, now), items_of[id], Thresholds())
    change = everybody(*(np.array(list(one.values())) for one in values))
    n = min(map(len, values))
    return view, bare(change) if change is not None and n < DETAIL else change


def moved(cells: Sequence[CellChange]) -> list[tuple[str, str]]:
    """What is said to have moved, by cell and node."""
    return [(cell.id, one.id) for cell in cells for one in cell.nodes if one.claim and one.claim.says in MOVED]


def share_moved(where: Partnership, cells: Sequence[CellChange], cell: str) -> float:
    """The share of the strands of a cell that are said to have moved up."""
    strands = {strand.id for strand in where.edition.questionnaire.strands}
    said = [one.claim.says for of in cells if of.id == cell for one in of.nodes if one.id in strands and one.claim]
    return mean([says == "moved up" for says in said] or [False])

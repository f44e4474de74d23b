"""An attack on a printed report: on its JSON, by somebody who never saw an answer.

The attacker has the text of the report and the questionnaire, and knows whom each group is made of and who left which
item open. What they look for is the scores of too few people: a number that is fixed by what is printed, and that comes
from fewer people than the round's rules allow.

Whatever is printed of scores is a weighted sum of unknown totals: of what the people of a *block* said to an item,
added up, from 0 to 1 each. If a node's mean is made from all answers of a group below it (`pooled`), blocks are groups;
groups that are joined are one. If it is made from each person's own score, blocks are of people of one group who left
the same things open, and are therefore weighted alike.

`algebra` takes what is printed for exact, and asks what follows by adding and subtracting. `rounding` takes it for what
it is, rounded, and asks where only one whole number of steps is left.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import ceil, floor, gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, linprog, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.units import OVERALL, Node, Part, decimals, exact, in_units, nodes, parts, span

Document = Mapping[str, Any]
Form = dict[int, Fraction]
"""A weighted sum of the unknown totals: by the number of a total, its weight."""
Weights = dict[str, Fraction]
"""By the id of an item, or of a node that is no sum: the weight of each answer to it."""
Only = frozenset[str] | None
"""The items that count, where they are not all."""
Matrix = NDArray[np.int64]

POOL = "pool"
LEAST_WHO_AGREED = 3
"""From how many people on a small group that agreed may be told as a whole."""
PRIME = 2**31 - 1
"""Equations are solved modulo a prime: exactly, and as fast as with floats. What a prime finds by accident, it finds
once in two thousand million times."""
MOST_SETS = 3000
"""So many sets of people are looked at, the smallest first, where there are more."""
NOISE = 1e-7


@dataclass(frozen=True)
class Known:
    """What the attacker knows of the people: the group of each; who was asked an item; and who has an answer or a
    score, by the id of the item or node. Nobody's answers are in it."""

    group_of: Sequence[str]
    asked: Mapping[str, Sequence[bool]]
    has: Mapping[str, Sequence[bool]]


@dataclass(frozen=True)
class Recovery:
    """Something about too few people that follows from what is printed."""

    people: frozenset[int]
    """By their numbers, whom it is about."""
    ids: tuple[str, ...]
    """The items (and nodes of which nothing but their own score can be known) whose scores are added up."""
    limit: int
    """How many people there would have to be."""
    value: float | None = None
    """What the total is, in steps of the scale (of a node: the mean in points), where rounding leaves one number."""

    def __str__(self) -> str:
        return f"{len(self.people)} of {self.limit} people on {', '.join(self.ids)}"


@dataclass(frozen=True)
class _Told:
    """One printed number: means that are added up, each of an id over some groups, and the range that it stands for."""

    terms: tuple[tuple[Fraction, frozenset[str], str], ...]
    low: float
    high: float
    exact: bool = True
    """Whether it is a number. A coded score is only a range."""
    only: Only = None


@dataclass(frozen=True)
class _Block:
    group: str
    people: frozenset[int]


# What is printed


class _Printed:
    """What a report says, and of whom."""

    def __init__(self, document: Document, questionnaire: Questionnaire) -> None:
        self.document = document
        self.questionnaire = questionnaire
        self.nodes = nodes(questionnaire)
        self.items = {item.id: item for item in questionnaire.items if item.kind == "choice"}
        self.follow_ups = frozenset(item.id for item in questionnaire.items if item.show_if)
        (self.round,) = document["rounds"]
        rules = document["rules"]
        self.min_group: int = rules["min_group"]
        self.min_detail: int = max(rules["min_group"], rules["min_detail"])
        standing = {one["group"] or "": one["standing"] for one in document["attendance"]}
        left_out = {*self.round["left_out"], *(group for group, one in standing.items() if one == "left_out")}
        self.pooled = frozenset(document["pooled"])
        self.unit_of = {group: POOL if group in self.pooled else group for group in standing if group not in left_out}
        self.agreed = frozenset(group for group, one in standing.items() if one == "consent" and group not in left_out)

    @property
    def units(self) -> frozenset[str]:
        return frozenset(self.unit_of.values())

    @cached_property
    def figures(self) -> dict[tuple[str | None, str], Document]:
        """Each table of figures by its cell (None for all) and the id of the item or node."""
        cells = [(None, self.round["all"])] + [(cell["id"] or "", cell) for cell in self.round["groups"]]
        found: dict[tuple[str | None, str], Document] = {}
        for name, cell in cells:
            if name is None or name in self.units:
                found |= {(name, figure["id"]): figure for figure in _figures(cell)}
        return found

    def of(self, cell: str | None) -> frozenset[str]:
        return self.units if cell is None else frozenset([cell])

    def half(self, id: str) -> float:
        """Half a step of what is printed, in points."""
        if id in self.items:
            return 0.5
        node = self.nodes[id]
        half = 0.5 / 10.0 ** decimals(node)
        return half / (in_units(self.questionnaire, node, 100) - in_units(self.questionnaire, node, 0)) * 100

    def points(self, id: str, shown: float) -> float:
        """A number in the units that its node is shown in, on 0 to 100."""
        low, high = (in_units(self.questionnaire, self.nodes[id], end) for end in (0, 100))
        return 100 * (shown - low) / (high - low)

    def told(self) -> Iterator[_Told]:
        """Everything that is printed of a mean, wherever it stands."""
        for (cell, id), figure in self.figures.items():
            yield from self._of_figure(cell, id, figure)
        yield from self._of_lists()
        yield from self._of_differences()

    def _mean(self, cell: str | None, id: str, points: float) -> _Told:
        half = self.half(id)
        return _Told(((Fraction(1), self.of(cell), id),), points - half, points + half)

    def _of_figure(self, cell: str | None, id: str, figure: Document) -> Iterator[_Told]:
        if figure["n"] == 0:
            return
        terms = ((Fraction(1), self.of(cell), id),)
        if figure.get("counts"):
            mean = self._mean_of_counts(self.items[id], figure["counts"])
            yield _Told(terms, mean, mean)
        points = self._points_of(id, figure)
        if points is not None:
            yield self._mean(cell, id, points)
        elif figure.get("possible") or figure.get("likely"):  # either has the mean in it, and the first gives it away
            found = figure.get("possible") or figure["likely"]
            yield _Told(terms, found["low"] - 0.5, found["high"] + 0.5, bool(figure.get("possible")))
        if figure.get("coded"):
            low, high = (94.5, 100.0) if "more" in figure["coded"] else (0.0, 5.5)
            yield _Told(terms, low, high, exact=False)
        yield from self._by_group(id, figure)

    def _by_group(self, id: str, figure: Document) -> Iterator[_Told]:
        if figure.get("by_group") is not None:
            shown = [group for group in sorted(self.units) if self.figures[group, id]["mean"] is not None]
            if shown:
                share = Fraction(1, len(shown))
                half = self.half(id)
                means = tuple((share, frozenset([group]), id) for group in shown)
                yield _Told(means, figure["by_group"] - half, figure["by_group"] + half)

    def _points_of(self, id: str, figure: Document) -> float | None:
        """The mean of a figure, in whatever way it is said."""
        if figure["mean"] is not None:
            return float(figure["mean"])
        if figure["raw_mean"] is not None:
            return self._from_raw(id, figure["raw_mean"])
        if figure.get("shown") is not None:
            return self.points(id, figure["shown"])
        if figure.get("gap") is not None:
            return self.points(id, figure["target"] - figure["gap"])
        return None

    def _from_raw(self, id: str, raw: float) -> float:
        part: Part = self.items[id] if id in self.items else self.nodes[id]  # type: ignore[assignment]
        share = span(self.questionnaire, part).share(raw)
        return 100 * (1 - share if isinstance(part, Item) and part.reverse else share)

    def _mean_of_counts(self, item: Item, counts: Mapping[str, int]) -> float:
        ends = span(self.questionnaire, item)
        given = {float(value): number for value, number in counts.items()}
        given = {value: number for value, number in given.items() if value not in item.not_applicable_values}
        share = sum(ends.share(value) * number for value, number in given.items()) / sum(given.values())
        return 100 * (1 - share if item.reverse else share)

    def _of_lists(self) -> Iterator[_Told]:
        cell = self.document.get("group")
        for name in ("strengths", "nearest", "highest", "gaps", "also_low"):
            for one in self.document[name]:
                if one["shown"] is not None:
                    yield self._mean(cell, one["id"], self.points(one["id"], one["shown"]))
        for one in self.document["suggestions"]:
            shown, group = one["because"].get("shown"), one["group"]
            if shown is not None and (group is None or group in self.units):
                # A group whose own score is not shown is given what follows from the figures of all.
                own = group is not None and self.figures[group, one["benchmark"]]["shown"] == shown
                yield self._mean(group if own else None, one["benchmark"], self.points(one["benchmark"], shown))

    def _of_differences(self) -> Iterator[_Told]:
        for one in self.document["differences"]:
            higher, lower, id = one["higher"], one["lower"], one["id"]
            if one["points"] is None:
                continue
            terms = ((Fraction(1), self.of(higher), id), (Fraction(-1), self.of(lower), id))
            both = self._asked(id, higher) & self._asked(id, lower)
            same = self._asked(id, higher) == self._asked(id, lower) == both
            if not same and not all(self.nodes[below].method in ("mean", "sum") for below in self._nodes_below(id)):
                continue  # made anew from each person's answers, which no total tells
            wide = max(1.0, 2 * self.half(id))  # differences are in whole points, of what is itself rounded
            yield _Told(terms, one["points"] - wide, one["points"] + wide, only=None if same else both)

    def _asked(self, id: str, unit: str) -> frozenset[str]:
        groups = [group for group, one in self.unit_of.items() if one == unit]
        return frozenset(
            item for item in self.below(id) if all(self.items[item].asks(group or None) for group in groups)
        )

    def _nodes_below(self, id: str) -> list[str]:
        return [below for below in self.tree(id) if below not in self.items]

    def below(self, id: str) -> frozenset[str]:
        """The items that a node is made from in the end; of an item, itself."""
        if id in self.items:
            return frozenset([id])
        return frozenset().union(*(self.below(_id(part)) for part in self.parts(id)))

    def parts(self, id: str) -> tuple[Item | Node, ...]:
        return parts(self.questionnaire, self.nodes[id])

    def tree(self, id: str) -> list[str]:
        """A node, and everything that it is made from; of an item, itself."""
        if id in self.items:
            return [id]
        return [id, *(below for part in self.parts(id) for below in self.tree(_id(part)))]


def _id(part: Item | Node) -> str:
    return str(getattr(part, "id", OVERALL))


def _figures(cell: Document) -> Iterator[Document]:
    if cell["overall"]:
        yield {**cell["overall"], "id": OVERALL}
    for strand in cell["strands"]:
        yield strand
        for one in (*strand["benchmarks"], strand):
            if one is not strand:
                yield one
            yield from one["items"]


# What is unknown, and how what is printed is made from it


class _System:
    """The unknown totals of some blocks of people on everything below one node, and what is printed of it."""

    def __init__(self, printed: _Printed, known: Known, ids: Iterable[str], *, pooled: bool) -> None:
        self.printed = printed
        self.known = known
        self.ids = list(dict.fromkeys(ids))
        self.blocks = self._blocks(pooled)
        self.columns: dict[tuple[int, str], int] = {}
        self.pooled = pooled
        self._shares: dict[tuple[int, str, Only], tuple[Form, Fraction]] = {}
        self._asked = [self._asked_of(block) for block in self.blocks]
        there = set(self.ids)
        some = [told for told in printed.told() if all(id in there for _, _, id in told.terms)]
        forms = [(self._form(told), told) for told in some]
        self.told = [(form, told) for form, told in forms if form]
        for block in range(len(self.blocks)):
            for id in self.ids:
                self.share(block, id)  # what nothing is printed of is unknown all the same
        self.keys = list(self.columns)

    def _blocks(self, pooled: bool) -> list[_Block]:
        found: dict[tuple[str, tuple[bool, ...]], set[int]] = defaultdict(set)
        for person, group in enumerate(self.known.group_of):
            if group in self.printed.unit_of:
                sort = () if pooled else tuple(bool(self.known.has[id][person]) for id in self.ids)
                found[self.printed.unit_of[group], sort].add(person)
        return [_Block(group, frozenset(people)) for (group, _), people in found.items()]

    def people(self, block: int, id: str) -> frozenset[int]:
        """Who of a block has an answer or a score."""
        has = self.known.has[id]
        return frozenset(person for person in self.blocks[block].people if has[person])

    def n(self, block: int, id: str) -> int:
        return len(self.people(block, id))

    def _asked_of(self, block: _Block) -> frozenset[str]:
        """The items that anybody of the whole group was asked."""
        return frozenset(id for id in self.printed.items if any(self.known.asked[id][one] for one in block.people))

    def share(self, block: int, id: str, only: Only = None) -> tuple[Form, Fraction]:
        """What a block adds to the mean of an item or node: a sum of totals, and what to divide it by."""
        key = block, id, only
        if key not in self._shares:
            self._shares[key] = self._of_answers(*key) if self.pooled else self._of_people(*key)
        return self._shares[key]

    def _column(self, block: int, id: str) -> tuple[Form, Fraction]:
        n = self.n(block, id)
        return ({self.columns.setdefault((block, id), len(self.columns)): Fraction(1)} if n else {}), Fraction(n)

    def _of_answers(self, block: int, id: str, only: Only) -> tuple[Form, Fraction]:
        """All answers below a node, each with the weight that it has there."""
        asked = self._asked[block] if only is None else self._asked[block] & only
        form: Form = {}
        whole = Fraction()
        for leaf, weight in self._weights(id, asked).items():
            found, n = self._column(block, leaf)
            form |= {column: weight * share for column, share in found.items()}
            whole += weight * n
        return form, whole

    def _weights(self, id: str, asked: frozenset[str]) -> Weights:
        """The weights of everything below a node for people who were asked these items. They are 1 together, but for
        those of follow-up questions, which not everybody was asked."""
        if id in self.printed.items:
            return {id: Fraction(1)}
        node = self.printed.nodes[id]
        there = [part for part in self.printed.parts(id) if self.printed.below(_id(part)) & asked]
        if not there or not (node.method in ("mean", "sum") or (node.method == "min" and len(there) == 1)):
            return {id: Fraction(1)}
        found: Weights = defaultdict(Fraction)
        weights = [self._weight(node, part) for part in there]
        for part, weight in zip(there, weights, strict=True):
            for leaf, share in self._weights(_id(part), asked).items():
                found[leaf] += weight * share
        sure = asked - self.printed.follow_ups
        of_sure = [weight for part, weight in zip(there, weights, strict=True) if self.printed.below(_id(part)) & sure]
        whole = sum(of_sure or weights, Fraction())
        return {leaf: weight / whole for leaf, weight in found.items()}

    def _weight(self, node: Node, part: Item | Node) -> Fraction:
        weight = exact(part.weight)  # type: ignore[union-attr]  # the whole is no part of anything
        width = exact(span(self.printed.questionnaire, part).width) if node.method == "sum" else 1
        return weight * width

    def _of_people(self, block: int, id: str, only: Only) -> tuple[Form, Fraction]:
        """The scores of people who have one, made from those of the parts, which they all have or have not."""
        n = self.n(block, id)
        if id in self.printed.items:
            return self._column(block, id) if only is None or id in only else ({}, Fraction())
        node = self.printed.nodes[id]
        some = [part for part in self.printed.parts(id) if self.n(block, _id(part))]
        if n == 0 or not (node.method in ("mean", "sum") or (node.method == "min" and len(some) == 1)):
            return self._column(block, id)
        form: Form = defaultdict(Fraction)
        whole = Fraction()
        for part in some:
            weight = self._weight(node, part)
            found, number = self.share(block, _id(part), only)
            for column, share in found.items():
                form[column] += weight * share
            whole += weight if number else 0
        return ({column: share / whole for column, share in form.items()}, Fraction(n)) if whole else ({}, Fraction())

    def _form(self, told: _Told) -> Form:
        """A printed number as a sum of totals; empty where nobody is in it."""
        found: Form = defaultdict(Fraction)
        for factor, units, id in told.terms:
            inside = [number for number, block in enumerate(self.blocks) if block.group in units]
            shares = [self.share(block, id, told.only) for block in inside]
            whole = sum((divisor for _, divisor in shares), Fraction())
            for form, _ in shares:
                for column, share in form.items():
                    found[column] += factor * share / whole
        return {column: share for column, share in found.items() if share}

    # Of how few people something may be known

    def whom(self, columns: Iterable[int]) -> frozenset[int]:
        return frozenset().union(*(self.people(*self.keys[column]) for column in columns))

    def least(self, unit: str) -> int:
        """From how many people of a group on something may be told of it, other than single items."""
        return LEAST_WHO_AGREED if unit in self.printed.agreed else self.printed.min_group

    def is_alone(self, block: int, id: str) -> bool:
        """Whether some node of these people is made from this item and nothing else, and is told like any node."""
        unit = self.blocks[block].group
        others = [number for number, one in enumerate(self.blocks) if one.group == unit]
        for node in self.printed.nodes:
            below = self.printed.below(node)
            if id in below and not any(
                self.n(other, item) for other in others for item in below - {id} if item in self.known.has
            ):
                return True
        return False


def _systems(printed: _Printed, known: Known, *, pooled: bool) -> Iterator[_System]:
    """With groups for blocks, everything at once. Where blocks are of people who left the same things open, node by
    node: the fewer things, the fewer blocks."""
    everything = [*printed.items, *(id for id in printed.nodes if any(known.has.get(id, ())))]
    everything = [id for id in everything if id in known.has]
    if pooled:
        yield _System(printed, known, everything, pooled=True)
        return
    for node in (id for id in printed.nodes if id != OVERALL):
        tree = [id for id in printed.tree(node) if id in known.has]
        if tree:
            yield _System(printed, known, tree, pooled=False)


def misread(
    document: Document,
    questionnaire: Questionnaire,
    known: Known,
    shares: Mapping[str, Sequence[float] | NDArray[np.float64]],
    *,
    pooled: bool = True,
) -> list[str]:
    """Printed numbers that are not what the attack takes them for, found by holding the true answers and scores (0 to
    1, by id and person) against its equations. An attack that misreads its document finds nothing."""
    printed = _Printed(document, questionnaire)
    found: dict[str, None] = {}
    for system in _systems(printed, known, pooled=pooled):
        true = [sum(float(shares[id][person]) for person in system.people(block, id)) for block, id in system.keys]
        for form, told in system.told:
            value = 100 * sum(float(share) * true[column] for column, share in form.items())
            if not told.low - NOISE <= value <= told.high + NOISE:
                terms = " ".join(f"{float(factor):+g} {id} of {sorted(units)}" for factor, units, id in told.terms)
                found[f"{terms}: {value:.3f} is not in {told.low:g} to {told.high:g}"] = None
    return list(found)


# Algebra


def algebra(document: Document, questionnaire: Questionnaire, known: Known, *, pooled: bool = True) -> list[Recovery]:
    """Whatever about too few people follows from the printed numbers by adding and subtracting, were they exact."""
    printed = _Printed(document, questionnaire)
    found: dict[tuple[frozenset[int], tuple[str, ...]], Recovery] = {}
    for system in _systems(printed, known, pooled=pooled):
        free = _free(_matrix([form for form, told in system.told if told.exact], len(system.columns)))
        for one in (*_of_few(system, free), *_of_single_items(system, free)):
            found.setdefault((one.people, one.ids), one)
    return list(found.values())


def _of_few(system: _System, free: Matrix) -> Iterator[Recovery]:
    """Sums over any items and nodes, of fewer people than the smallest group."""
    limit = system.printed.min_group
    small = [column for column in range(len(system.keys)) if len(system.whom([column])) < limit]
    sums = _Sums(_determined(free, small), small)
    sets = _unions({column: system.whom([column]) for column in sums.columns}, limit)
    yield from _not_allowed(system, sums, sets, limit)


def _of_single_items(system: _System, free: Matrix) -> Iterator[Recovery]:
    """Sums on one item, of fewer people than its details are told of."""
    by_item: dict[str, list[int]] = defaultdict(list)
    for column, (_, id) in enumerate(system.keys):
        if id in system.printed.items:
            by_item[id].append(column)
    for id, columns in by_item.items():
        small = [column for column in columns if len(system.whom([column])) < system.printed.min_detail]
        sums = _Sums(_determined(free, small), small)
        if not sums.columns:
            continue
        alone = all(system.is_alone(system.keys[column][0], id) for column in columns)
        limit = system.printed.min_group if alone else system.printed.min_detail
        sets = _unions({column: system.whom([column]) for column in sums.columns}, limit)
        yield from _not_allowed(system, sums, sets, limit, single=True)


class _Sums:
    """Weighted sums of totals that are determined, and those among them that are about some of the totals alone."""

    def __init__(self, rows: Matrix, columns: Sequence[int]) -> None:
        used: list[bool] = np.any(rows != 0, axis=0).tolist()
        self.rows = rows[:, used]
        self.columns = [column for column, some in zip(columns, used, strict=True) if some]

    def about(self, columns: Iterable[int]) -> "_Sums":
        inside = np.isin(self.columns, list(columns))
        both = np.hstack([self.rows[:, ~inside], self.rows[:, inside]])
        others = int((~inside).sum())
        reduced, leading = _reduced(both, others)
        return _Sums(
            reduced[len(leading) :, others:], [one for one, may in zip(self.columns, inside, strict=True) if may]
        )

    def __len__(self) -> int:
        return len(self.rows)


def _not_allowed(
    system: _System, sums: _Sums, sets: Mapping[frozenset[int], list[int]], limit: int, *, single: bool = False
) -> Iterator[Recovery]:
    """Where more is determined of so few people than what may be told of the groups among them by themselves."""
    found: list[frozenset[int]] = []
    for people, columns in sets.items():
        if any(one <= people for one in found):
            continue
        about = sums.about(columns)
        if len(about) == 0:
            continue
        if len(about) > sum(len(about.about(own)) for own in _own(system, columns, single=single)):
            whom = system.whom(about.columns)
            found.append(whom)
            yield Recovery(whom, tuple(dict.fromkeys(system.keys[column][1] for column in about.columns)), limit)


def _own(system: _System, columns: Sequence[int], *, single: bool) -> list[list[int]]:
    """The totals of each group of which enough are among them to be told of; groups that agreed are taken together,
    since what each may be told is no secret of two; and so are those for whom an item is all that there is of a node:
    what may be told of the node, several of them together, is told by the name of the item."""
    found: dict[str | None, list[int]] = defaultdict(list)
    for unit in sorted(system.printed.units):
        own = [column for column in columns if system.blocks[system.keys[column][0]].group == unit]
        may = not single or all(system.is_alone(*system.keys[column]) for column in own)
        if may and len(system.whom(own)) >= system.least(unit):
            found[None if unit in system.printed.agreed else unit] += own
    alone = [column for column in columns if single and system.is_alone(*system.keys[column])]
    if len(system.whom(alone)) >= system.printed.min_group:
        found[None] += alone
    return list(found.values())


def _unions(people_of: Mapping[int, frozenset[int]], limit: int) -> dict[frozenset[int], list[int]]:
    """Every set of fewer people than a limit that some columns are about together, the smallest first, with all columns
    that are about nobody else."""
    single = sorted(
        {people for people in people_of.values() if len(people) < limit},
        key=lambda people: (len(people), sorted(people)),
    )
    found = dict.fromkeys(single)
    layer = list(single)
    while layer and len(found) < MOST_SETS:
        joined = {one | other for one in layer for other in single if len(one | other) < limit}
        layer = sorted(joined - found.keys(), key=lambda people: (len(people), sorted(people)))
        found |= dict.fromkeys(layer)
    sets = sorted(found, key=lambda people: (len(people), sorted(people)))[:MOST_SETS]
    return {people: [column for column, whom in people_of.items() if whom <= people] for people in sets}


def _matrix(forms: Sequence[Form], width: int) -> Matrix:
    found = np.zeros((len(forms), width), dtype=np.int64)
    for row, form in enumerate(forms):
        for column, share in form.items():
            found[row, column] = share.numerator * pow(share.denominator, -1, PRIME) % PRIME
    return found


def _reduced(matrix: Matrix, width: int) -> tuple[Matrix, list[int]]:
    """The rows after elimination of the first so many columns, and the columns that lead a row, from the first row."""
    matrix = matrix.copy()
    leading: list[int] = []
    for column in range(width):
        row = len(leading)
        below = np.flatnonzero(matrix[row:, column])
        if len(below) == 0:
            continue
        matrix[[row, row + below[0]]] = matrix[[row + below[0], row]]
        matrix[row] = matrix[row] * pow(int(matrix[row, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(matrix[:, column])
        others = others[others != row]
        matrix[others] = (matrix[others] - matrix[others, column][:, None] * matrix[row]) % PRIME
        leading.append(column)
    return matrix, leading


def _free(matrix: Matrix) -> Matrix:
    """What could be otherwise with the same numbers printed: a row for each total, a column for each way."""
    width = matrix.shape[1]
    reduced, leading = _reduced(matrix, width)
    others = [column for column in range(width) if column not in set(leading)]
    free = np.zeros((width, len(others)), dtype=np.int64)
    free[others, np.arange(len(others))] = 1
    free[leading] = -reduced[: len(leading)][:, others] % PRIME
    return free


def _determined(free: Matrix, columns: Sequence[int]) -> Matrix:
    """All weighted sums of these totals that are the same in whatever way the rest could be otherwise."""
    ways = free.shape[1]
    both = np.hstack([free[list(columns)], np.eye(len(columns), dtype=np.int64)])
    reduced, leading = _reduced(both, ways)
    return reduced[len(leading) :, ways:]


# Rounding


def rounding(document: Document, questionnaire: Questionnaire, known: Known, *, pooled: bool = True) -> list[Recovery]:
    """Totals of too few people of which the printed, rounded numbers leave one whole number of steps, though no single
    one of them does; and scores of too few on a node, as exactly as if they were printed.

    Not counted is what one printed number says alone: where ten people and more all gave the highest answer, each of
    them did."""
    printed = _Printed(document, questionnaire)
    found: dict[tuple[frozenset[int], tuple[str, ...]], Recovery] = {}
    for system in _systems(printed, known, pooled=pooled):
        for one in _Bounds(system).recoveries():
            found.setdefault((one.people, one.ids), one)
    return list(found.values())


class _Bounds:
    """The unknown totals in whole steps, and the ranges that the printed numbers leave them."""

    def __init__(self, system: _System) -> None:
        self.system = system
        self.steps = [self._steps(id) for _, id in system.keys]
        """By column, how many steps lie between the ends; none of a node, whose scores are no whole numbers."""
        self.most = np.array([
            system.n(block, id) * (steps or 1) for (block, id), steps in zip(system.keys, self.steps, strict=True)
        ], dtype=float)  # fmt: skip
        self.rows = self._rows([form for form, _ in system.told])
        self.low = np.array([told.low / 100 for _, told in system.told]) - NOISE / 100
        self.high = np.array([
            told.high / 100 + (NOISE if told.high == told.low else -NOISE) / 100 for _, told in system.told
        ])  # fmt: skip
        self.sides = csr_array(np.vstack([self.rows, -self.rows])) if len(self.rows) else None
        self.limits = np.concatenate([self.high, -self.low])

    def _steps(self, id: str) -> int:
        if id not in self.system.printed.items:
            return 0
        item = self.system.printed.items[id]
        values = [exact(value) for value in self.system.printed.questionnaire.scale_of(item).values]
        values = [value for value in values if float(value) not in item.not_applicable_values]
        gaps = [value - min(values) for value in values]
        common = lcm(*(gap.denominator for gap in gaps))
        whole = [int(gap * common) for gap in gaps]
        return max(whole) // gcd(*whole)

    def _rows(self, forms: Sequence[Form]) -> NDArray[np.float64]:
        found = np.zeros((len(forms), len(self.steps)))
        for row, form in enumerate(forms):
            for column, share in form.items():
                found[row, column] = float(share) / (self.steps[column] or 1)
        return found

    def recoveries(self) -> Iterator[Recovery]:
        yield from self._of_items()
        yield from self._of_nodes()

    def _of_items(self) -> Iterator[Recovery]:
        system = self.system
        for id in system.printed.items:
            columns = [column for column, key in enumerate(system.keys) if key[1] == id]
            alone = bool(columns) and all(system.is_alone(system.keys[column][0], id) for column in columns)
            limit = system.printed.min_group if alone else system.printed.min_detail
            for some in self._sets(columns, limit):
                value = self._one_value(some)
                if value is not None and not self._is_told(some):
                    yield Recovery(system.whom(some), (id,), limit, value)

    def _sets(self, columns: Sequence[int], limit: int) -> Iterator[list[int]]:
        """Columns that are about fewer people than a limit together: any of few columns, else each by itself and
        those of each group."""
        if len(columns) <= 6:
            some = [list(one) for size in range(1, len(columns) + 1) for one in combinations(columns, size)]
        else:
            by_unit: dict[str, list[int]] = defaultdict(list)
            for column in columns:
                by_unit[self.system.blocks[self.system.keys[column][0]].group].append(column)
            some = [[column] for column in columns] + [one for one in by_unit.values() if len(one) > 1]
        for one in some:
            people = len(self.system.whom(one))
            units = {self.system.blocks[self.system.keys[column][0]].group for column in one}
            may = len(units) == 1 and all(self.system.is_alone(*self.system.keys[column]) for column in one)
            if 0 < people < (min(self.system.least(*units), limit) if may else limit):
                yield one

    def _one_value(self, columns: Sequence[int]) -> int | None:
        """The total of some columns on one item, where only one is left."""
        goal = np.zeros(len(self.steps))
        goal[list(columns)] = 1
        low = self._least(goal)
        if low is None:
            return None
        high = self._least(-goal)
        if high is None:
            return None
        first, last = ceil(low - 1e-6), floor(-high + 1e-6)
        if last - first > 3:
            return None
        if first < last:
            first, last = self._whole(goal, first), -self._whole(-goal, -last)
        return first if first == last else None

    def _least(self, goal: NDArray[np.float64]) -> float | None:
        found = linprog(goal, A_ub=self.sides, b_ub=self.limits, bounds=np.column_stack([0 * self.most, self.most]))
        return float(found.fun) if found.status == 0 else None

    def _whole(self, goal: NDArray[np.float64], otherwise: int) -> int:
        whole = np.array([float(steps > 0) for steps in self.steps])
        found = milp(
            goal, integrality=whole, bounds=(0, self.most), options={"time_limit": 10},
            constraints=LinearConstraint(csr_array(self.rows), self.low, self.high),
        )  # fmt: skip
        return round(found.fun) if found.status == 0 else otherwise

    def _is_told(self, columns: Sequence[int]) -> bool:
        """Whether one printed number leaves one total by itself."""
        inside = np.zeros(len(self.steps), dtype=bool)
        inside[list(columns)] = True
        for row, low, high in zip(self.rows, self.low, self.high, strict=True):
            shares = {float(share) for share in row[inside]}
            if len(shares) != 1 or shares == {0.0} or (row < 0).any():
                continue
            (share,) = shares
            others = float(row[~inside] @ self.most[~inside])
            first = max(0, ceil((low - others) / share - 1e-6))
            last = min(self.most[inside].sum(), floor(high / share + 1e-6))
            if first >= last:
                return True
        return False

    def _of_nodes(self) -> Iterator[Recovery]:
        """Scores on a node of fewer people than the smallest group, to within what printing it would say."""
        system = self.system
        for id in system.ids:
            blocks = [
                block for block in range(len(system.blocks)) if id in system.printed.nodes and system.n(block, id)
            ]
            for some in (one for size in range(1, min(len(blocks), 4) + 1) for one in combinations(blocks, size)):
                n = len(frozenset().union(*(system.people(block, id) for block in some)))
                units = {system.blocks[block].group for block in some}
                if n >= (system.least(*units) if len(units) == 1 else system.printed.min_group):
                    continue
                shares = [system.share(block, id) for block in some]
                whole = sum(divisor for _, divisor in shares)
                goal = self._rows([{column: share / whole for form, _ in shares for column, share in form.items()}])[0]
                low, high = self._least(goal), self._least(-goal)
                if low is not None and high is not None and -100 * (high + low) < 2 * system.printed.half(id):
                    people = frozenset().union(*(system.people(block, id) for block in some))
                    yield Recovery(people, (id,), system.printed.min_group, 50 * (low - high))

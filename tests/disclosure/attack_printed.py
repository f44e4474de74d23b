"""An attack on a printed report: on its JSON, by somebody who never saw an answer.

The attacker has the text of the report and the questionnaire, and knows whom each group is made of and who left which
item open. What they look for is the scores of too few people: a number that is fixed by what is printed, and that comes
from fewer people than the round's rules allow.

`algebra` takes what is printed for exact, and asks what follows by adding and subtracting. `rounding` takes it for what
it is, rounded, and asks where only one whole number of steps is left.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from selfassess.model.questionnaire import Questionnaire
from tests.disclosure.printed import Document, Form, Known, Printed, System, systems
from tests.disclosure.ranges import NOISE, Ranges

Matrix = NDArray[np.int64]

PRIME = 2**31 - 1
"""Equations are solved modulo a prime: exactly, and as fast as with floats. What a prime finds by accident, it finds
once in two thousand million times."""
MOST_SETS = 3000
"""So many sets of people are looked at, the smallest first, where there are more."""


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
    printed = Printed(document, questionnaire)
    found: dict[str, None] = {}
    for system in systems(printed, known, pooled=pooled):
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
    printed = Printed(document, questionnaire)
    found: dict[tuple[frozenset[int], tuple[str, ...]], Recovery] = {}
    for system in systems(printed, known, pooled=pooled):
        free = _free(_matrix([form for form, told in system.told if told.exact], len(system.columns)))
        for one in (*_of_few(system, free), *_of_single_items(system, free)):
            found.setdefault((one.people, one.ids), one)
    return list(found.values())


def _of_few(system: System, free: Matrix) -> Iterator[Recovery]:
    """Sums over any items and nodes, of fewer people than the smallest group."""
    limit = system.printed.min_group
    small = [column for column in range(len(system.keys)) if len(system.whom([column])) < limit]
    sums = _Sums(_determined(free, small), small)
    sets = _unions({column: system.whom([column]) for column in sums.columns}, limit)
    yield from _not_allowed(system, sums, sets, limit)


def _of_single_items(system: System, free: Matrix) -> Iterator[Recovery]:
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
    system: System, sums: _Sums, sets: Mapping[frozenset[int], list[int]], limit: int, *, single: bool = False
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


def _own(system: System, columns: Sequence[int], *, single: bool) -> list[list[int]]:
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
    printed = Printed(document, questionnaire)
    found: dict[tuple[frozenset[int], tuple[str, ...]], Recovery] = {}
    for system in systems(printed, known, pooled=pooled):
        for one in _Bounds(system).recoveries():
            found.setdefault((one.people, one.ids), one)
    return list(found.values())


class _Bounds:
    """The totals and scores of too few people, and what the printed numbers leave of them."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.ranges = Ranges(system)

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
        goal = np.zeros(len(self.ranges.steps))
        goal[list(columns)] = 1
        low = self.ranges.least(goal)
        if low is None:
            return None
        high = self.ranges.least(-goal)
        if high is None:
            return None
        first, last = ceil(low - 1e-6), floor(-high + 1e-6)
        if last - first > 3:
            return None
        if first < last:
            first, last = self.ranges.whole(goal, first), -self.ranges.whole(-goal, -last)
        return first if first == last else None

    def _is_told(self, columns: Sequence[int]) -> bool:
        """Whether one printed number leaves one total by itself."""
        inside = np.zeros(len(self.ranges.steps), dtype=bool)
        inside[list(columns)] = True
        for row, low, high in zip(self.ranges.rows, self.ranges.low, self.ranges.high, strict=True):
            shares = {float(share) for share in row[inside]}
            if len(shares) != 1 or shares == {0.0} or (row < 0).any():
                continue
            (share,) = shares
            others = float(row[~inside] @ self.ranges.most[~inside])
            first = max(0, ceil((low - others) / share - 1e-6))
            last = min(self.ranges.most[inside].sum(), floor(high / share + 1e-6))
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
                mean = {column: share / whole for form, _ in shares for column, share in form.items()}
                goal = self.ranges.of_forms([mean])[0]
                low, high = self.ranges.least(goal), self.ranges.least(-goal)
                if low is not None and high is not None and -100 * (high + low) < 2 * system.printed.half(id):
                    people = frozenset().union(*(system.people(block, id) for block in some))
                    yield Recovery(people, (id,), system.printed.min_group, 50 * (low - high))

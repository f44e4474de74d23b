"""An attack on a printed report by bounds: answers are whole numbers between two ends, and so little may be left.

The attacker is that of `attack_printed`. They ask of each person what the printed numbers leave of each answer, and of
the score on each node. `left` finds where that is little, `disclosed` what of it no single figure says by itself: where
ten people have a mean of 100, each one's answers are known, and are meant to be.

Unknown are the totals of each group on each item, in steps of its scale, and one person's own answers; what the others
of the group said has to fit between the ends as well. Linear programs say how far they can go, whole ones where that
may leave less.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil, floor, gcd, inf, lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from selfassess.model.questionnaire import Questionnaire
from selfassess.model.score_tree import exact
from tests.disclosure.printed import Document, Form, Known, Printed, System, Told, systems
from tests.disclosure.ranges import Ranges

Totals = NDArray[np.float64]
Shares = Mapping[str, Sequence[float] | NDArray[np.float64]]
"""True answers and scores, 0 to 1, by id and person."""

WIDEST = 0.25
"""What leaves more than that of a scale is not looked at."""
MOST_WHOLE = 40
"""So many whole programs are solved for a report, and each of them in so many branches at most; what they leave undone
only makes the attack weaker."""
MOST_BRANCHES = 200
FEW = 3
"""Whole programs look for what a single figure leaves of an answer where its total has no more steps than these."""
CLOSE = 1e-6


@dataclass(frozen=True)
class Left:
    """What is left of one person's answer or score by everything that is printed."""

    person: int
    """Their number; of several who are alike, the first."""
    alike: int
    """Of how many people the same is left."""
    unit: str
    id: str
    """An item where it is an answer, else the node."""
    is_answer: bool
    low: float
    """From 0 to 1."""
    high: float
    alone: float
    """How much the most telling single figure leaves of it: of an answer, any that is no code; of a score, a mean or
    code of that node, or the figures of its items, each by itself."""
    by_one: float
    """The same, of any one figure whatsoever."""
    numbers: tuple[str, ...] = ()
    """Some of the printed numbers that it follows from."""

    @property
    def width(self) -> float:
        return max(0.0, self.high - self.low)

    def __str__(self) -> str:
        what = "answer to" if self.is_answer else "score on"
        return (
            f"{what} {self.id} of person {self.person} ({self.alike} alike, {self.unit}): {100 * self.low:.1f} to "
            f"{100 * self.high:.1f}; {100 * self.alone:.1f} wide by its own figure, {100 * self.by_one:.1f} by any one"
        )


def left(
    document: Document,
    questionnaire: Questionnaire,
    known: Known,
    *,
    widest: float = WIDEST,
    shares: Shares | None = None,
    most_whole: int = MOST_WHOLE,
    compared: Sequence[Told] = (),
) -> Iterator[Left]:
    """Every answer of which one value is left, and every score of which less than `widest` is, once for those who are
    alike. The true `shares` only save work: whoever could be elsewhere with the totals as they are is passed over.
    `compared` is what comparisons with other rounds tell of this one."""
    printed = Printed(document, questionnaire)
    (system,) = systems(printed, known, pooled=True, compared=compared)
    if system.keys:
        bounds = Bounds(system, widest, shares, most_whole)
        yield from bounds.answers()
        yield from bounds.scores()


def disclosed(found: Iterable[Left], share: float = WIDEST, *, by_several: bool = False) -> Iterator[Left]:
    """What is told of single people and not by a figure that may tell it: an answer that no single mean or count
    leaves, or a score to within less than a share of the scale that no single figure of the node leaves. `by_several`:
    only what no one figure tells, be it a code or about something else."""
    return (one for one in found if _is_disclosed(one, share, one.by_one if by_several else one.alone))


def _is_disclosed(one: Left, share: float, otherwise: float) -> bool:
    return one.width < CLOSE < otherwise if one.is_answer else one.width < share - CLOSE < otherwise


# What people can have said


class Room(NamedTuple):
    """What the people of a group can have said to an item."""

    n: int
    steps: int
    """From one end to the other."""
    values: tuple[int, ...]
    """What there is to choose, in steps from the lower end."""
    pile: tuple[int, ...] | None
    """Answers that are known, but not whose: theirs are among them. From the lowest."""
    is_whole: bool
    """False of a node that is no sum: its scores are no steps."""

    def least(self, k: int) -> int:
        """What k of them said at least."""
        return k * self.values[0] if self.pile is None else sum(self.pile[:k])

    def most(self, k: int) -> int:
        return k * self.values[-1] if self.pile is None else sum(self.pile[len(self.pile) - k :])

    @property
    def ends(self) -> tuple[int, int]:
        """Of one answer."""
        return self.values[0], self.values[-1]

    @property
    def gap(self) -> int:
        """The widest between two values."""
        return max((high - low for low, high in pairwise(self.values)), default=0)

    def given(self, total: float, *, is_true: bool) -> tuple[float, float]:
        """What one of them can have said at a total, which is a true one if it is of whole steps."""
        if is_true and self.is_whole:
            values = self.possible(round(total), round(total))
            return min(values), max(values)
        low, high = self.ends
        return max(low, total - self.most(self.n - 1)), min(high, total - self.least(self.n - 1))

    def possible(self, first: int, last: int) -> list[int]:
        """What one of them can have said where the total is one of these."""
        return [
            value for value in self.values
            if any(self.fits(total - value) for total in range(first, last + 1))
        ]  # fmt: skip  # in few lines

    def fits(self, others: int) -> bool:
        """Whether the others can have said that much."""
        if not self.least(self.n - 1) <= others <= self.most(self.n - 1):
            return False
        if self.pile is not None or self.gap <= 1:
            return True
        return bool(self._sums >> others & 1)

    @property
    def _sums(self) -> int:
        """Bit by bit, whether the others can have said so many steps."""
        found = 1
        for _ in range(self.n - 1):
            found = _either(found << value for value in self.values)
        return found


def _either(bits: Iterable[int]) -> int:
    found = 0
    for one in bits:
        found |= one
    return found


class Piles:
    """Which answers are known to be among those of a group, from what is printed of how many chose each."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.printed = system.printed

    def bare(self, column: int, steps: int) -> Room:
        """What there is room for between the ends."""
        block, id = self.system.keys[column]
        n = self.system.n(block, id)
        if id not in self.printed.items:
            return Room(n, 1, (0, 1), None, is_whole=False)
        return Room(n, steps, tuple(sorted(self._steps(id).values())), None, is_whole=True)

    def room(self, column: int, steps: int) -> Room:
        block, id = self.system.keys[column]
        room = self.bare(column, steps)
        pile = self.pile(self.system.blocks[block].group, id) if room.is_whole else None
        if pile is None or len(pile) < room.n:  # the latter in a document that was tampered with
            return room
        return room._replace(values=tuple(sorted(set(pile))), pile=pile)

    def pile(self, unit: str, id: str) -> tuple[int, ...] | None:
        """Those of the group, else those of all without the groups of which they are known."""
        own = self.told(unit, id)
        if own is not None:
            return own
        rest = self.told(None, id)
        if rest is None:
            return None
        counter = Counter(rest)
        for other in self.printed.units:
            counter -= Counter(self.told(other, id) or ())
        return tuple(sorted(counter.elements()))

    def told(self, cell: str | None, id: str) -> tuple[int, ...] | None:
        """The answers of a cell, where it is printed how many chose each."""
        counts = self.printed.figures.get((cell, id), {}).get("counts")
        if not counts:
            return None
        steps = self._steps(id)
        return tuple(sorted(
            steps[float(value)] for value, number in counts.items() if float(value) in steps for _ in range(number)
        ))  # fmt: skip  # in few lines

    def _steps(self, id: str) -> dict[float, int]:
        """By value of an item's scale, how many steps it is from the lower end."""
        item = self.printed.items[id]
        scale = self.printed.questionnaire.scale_of(item).values
        values = {value: exact(value) for value in scale if value not in item.not_applicable_values}
        lowest, highest = min(values.values()), max(values.values())
        gaps = {value: highest - one if item.reverse else one - lowest for value, one in values.items()}
        common = lcm(*(gap.denominator for gap in gaps.values()))
        unit = gcd(*(int(gap * common) for gap in gaps.values()))
        return {float(value): int(gap * common) // unit for value, gap in gaps.items()}


# What is left


@dataclass(frozen=True)
class _Figure:
    """One printed number over totals in steps."""

    told: Told
    row: NDArray[np.float64]
    low: float
    high: float

    @property
    def unit_cells(self) -> frozenset[str]:
        return self.told.terms[0][1]

    @property
    def is_of_one(self) -> bool:
        """Whether it is the figure of one cell, and not of several that are put against each other."""
        return len(self.told.terms) == 1 and not (self.row < 0).any()

    def __str__(self) -> str:
        terms = " ".join(
            f"{float(factor):+g} {id} of {'+'.join(sorted(units))}" for factor, units, id in self.told.terms
        )
        return f"{terms} = {self.told.low:g} to {self.told.high:g}{'' if self.told.exact else ' (code)'}"


class _Model:
    """Some figures, and what there is room for beside them."""

    def __init__(self, rooms: Sequence[Room], figures: Sequence[_Figure]) -> None:
        self.rooms = rooms
        self.lowest = np.array([room.least(room.n) for room in rooms], dtype=float)
        self.highest = np.array([room.most(room.n) for room in rooms], dtype=float)
        self.figures = [one for one in figures if self._says_something(one)]

    def _says_something(self, one: _Figure) -> bool:
        least = np.where(one.row > 0, one.row * self.lowest, one.row * self.highest).sum()
        most = np.where(one.row > 0, one.row * self.highest, one.row * self.lowest).sum()
        return bool(least < one.low - CLOSE or most > one.high + CLOSE)


class Bounds:
    """What the printed numbers leave of single people."""

    def __init__(self, system: System, widest: float, shares: Shares | None, most_whole: int = MOST_WHOLE) -> None:
        self.system = system
        self.widest = widest
        ranges = Ranges(system)
        piles = Piles(system)
        self.piles = piles
        self.rooms = [piles.room(column, steps) for column, steps in enumerate(ranges.steps)]
        self.figures = _merged(
            _Figure(told, row, low, high)
            for (_, told), row, low, high in zip(system.told, ranges.rows, ranges.low, ranges.high, strict=True)
        )
        self.model = _Model(self.rooms, self.figures)
        self.bare = [piles.bare(column, steps) for column, steps in enumerate(ranges.steps)]
        self.most = np.array([room.n * room.steps for room in self.rooms], dtype=float)
        self.whole_left = most_whole
        self._found_alone: dict[tuple[int, bool, str | None], list[int]] = {}
        self.shares = shares

    @cached_property
    def witnesses(self) -> list[Totals]:
        """Totals that fit everything that is printed."""
        if self.shares is not None:
            true = [
                sum(float(self.shares[id][person]) for person in self.system.people(block, id)) * room.steps
                for (block, id), room in zip(self.system.keys, self.rooms, strict=True)
            ]
            return [
                np.array(
                    [round(one) if room.is_whole else one for one, room in zip(true, self.rooms, strict=True)],
                    dtype=float,
                )
            ]
        found = _Program(self.model, {}).solve(np.zeros(len(self.rooms)), whole=True)
        return [] if found is None or found.at is None else [found.at]

    # Answers

    def answers(self) -> Iterator[Left]:
        for column, (block, id) in enumerate(self.system.keys):
            room = self.rooms[column]
            if not room.is_whole or any(self._is_open(room, totals[column]) for totals in self.witnesses[:1]):
                continue
            values, numbers = self._answers(self.model, column, at_once=False)
            if len(values) != 1:
                continue
            alone = self._alone(column, codes=False)
            by_code = self._alone(column, codes=True)
            people = sorted(self.system.people(block, id))
            share, widths = values[0] / room.steps, [(max(one) - min(one)) / room.steps for one in (alone, by_code)]
            yield Left(
                people[0], room.n, self.system.blocks[block].group, id, True, share, share,
                widths[0], min(widths), numbers,
            )  # fmt: skip  # in few lines

    def _is_open(self, room: Room, total: float) -> bool:
        return len(room.possible(round(total), round(total))) > 1

    def _answers(self, model: _Model, column: int, *, at_once: bool) -> tuple[list[int], tuple[str, ...]]:
        """The answers that are left, and what that follows from."""
        room = model.rooms[column]
        program = _Program(model, {})
        goal = np.zeros(len(model.rooms))
        goal[column] = 1
        low, high = program.solve(goal), program.solve(-goal)
        if low is None or high is None:
            return list(room.values), ()
        first, last = ceil(low.value - CLOSE), floor(-high.value + CLOSE)
        values = room.possible(first, last)
        if len(values) > 1 and (at_once or self._may_solve()):
            low_, high_ = program.solve(goal, whole=True), program.solve(-goal, whole=True)
            if low_ is not None and high_ is not None:
                values = room.possible(ceil(low_.value - CLOSE), floor(-high_.value + CLOSE))
        return values, tuple(dict.fromkeys(low.numbers + high.numbers))

    def _may_solve(self) -> bool:
        self.whole_left -= 1
        return self.whole_left >= 0

    def _alone(self, column: int, *, codes: bool, only: str | None = None) -> list[int]:
        """The fewest answers that a single figure (of one id only) leaves."""
        key = column, codes, only
        if key not in self._found_alone:
            self._found_alone[key] = self._by_itself(*key)
        return self._found_alone[key]

    def _by_itself(self, column: int, codes: bool, only: str | None) -> list[int]:
        block, id = self.system.keys[column]
        unit = self.system.blocks[block].group
        room = self.bare[column]
        best = list(room.values)
        for cell in () if codes else (unit, None):
            pile = self.piles.told(cell, id)
            if pile:
                best = min(best, sorted(set(pile)), key=len)
        for one in self._own_figures(unit):
            share = one.row[column]
            if share <= 0 or one.told.exact == codes or len(best) == 1 or only not in (None, one.told.terms[0][2]):
                continue
            others = float(one.row @ self.most) - share * self.most[column]
            first = max(0, ceil((one.low - others) / share - CLOSE))
            last = min(int(self.most[column]), floor(one.high / share + CLOSE))
            values = room.possible(first, last)
            if len(values) > 1 and last - first <= FEW * max(1, room.gap):
                model, columns = self._model_of(one)
                values, _ = self._answers(model, columns.index(column), at_once=True)
            best = min(best, values, key=len)
        return best

    def _own_figures(self, unit: str) -> list[_Figure]:
        return [one for one in self.figures if one.is_of_one and unit in one.unit_cells]

    def _model_of(self, one: _Figure) -> tuple[_Model, list[int]]:
        """One figure by itself, and the totals that it is about."""
        columns = np.flatnonzero(one.row).tolist()
        alone = _Figure(one.told, one.row[columns], one.low, one.high)
        return _Model([self.bare[column] for column in columns], [alone]), columns

    # Scores

    def scores(self) -> Iterator[Left]:
        for id in self.system.ids:
            if id in self.system.printed.nodes:
                for block in range(len(self.system.blocks)):
                    yield from self._scores_of(block, id)

    def _scores_of(self, block: int, id: str) -> Iterator[Left]:
        for people, own in self.kinds(block, id):
            grid = self._grid(own)
            if self._is_wide(own, grid):
                continue
            low, high, numbers = self._score(self.model, own, grid, at_once=False)
            if high - low < self.widest:
                alone = self._alone_on(block, id, own, grid)
                by_one = min(alone, self._by_one(block, own, grid, None))
                unit = self.system.blocks[block].group
                yield Left(people[0], len(people), unit, id, False, low, high, alone, by_one, numbers)

    def kinds(self, block: int, id: str) -> Iterator[tuple[list[int], Form]]:
        """Those of a block who have a score on a node, taken together where it is made alike, and how it is made."""
        alike: dict[tuple[tuple[int, Fraction], ...], list[int]] = defaultdict(list)
        for person in sorted(self.system.people(block, id)):
            own = self.own(block, person, id)
            if own:
                alike[tuple(sorted(own.items()))].append(person)
        for key, people in alike.items():
            yield people, dict(key)

    def own(self, block: int, person: int, id: str) -> Form:
        """The weights of a person's answers in their score of a node: by column, 1 together."""
        system = self.system
        weights = self._own(person, id)
        found = {
            system.columns[block, leaf]: share for leaf, share in weights.items() if (block, leaf) in system.columns
        }
        return found if len(found) == len(weights) else {}

    def _own(self, person: int, id: str) -> dict[str, Fraction]:
        printed, has = self.system.printed, self.system.known.has
        if id in printed.items:
            return {id: Fraction(1)}
        node = printed.nodes[id]
        some = [part for part in printed.parts(id) if has[printed.id_of(part)][person]]
        if not (node.method in ("mean", "sum") or (node.method == "min" and len(some) == 1)):
            return {id: Fraction(1)}
        found: dict[str, Fraction] = defaultdict(Fraction)
        weights = [self.system.weight(node, part) for part in some]
        for part, weight in zip(some, weights, strict=True):
            for leaf, share in self._own(person, printed.id_of(part)).items():
                found[leaf] += weight * share / sum(weights)
        return {leaf: share for leaf, share in found.items() if share}

    def _grid(self, own: Form) -> Fraction:
        """Scores are whole numbers of these; 0 where they can be anything."""
        if not all(self.rooms[column].is_whole for column in own):
            return Fraction(0)
        steps = [share / self.rooms[column].steps for column, share in own.items()]
        common = lcm(*(one.denominator for one in steps))
        return Fraction(gcd(*(int(one * common) for one in steps)), common)

    def _is_wide(self, own: Form, grid: Fraction) -> bool:
        """Whether somewhere that fits already leaves much."""
        low, high = inf, -inf
        for number, totals in enumerate(self.witnesses):
            given = {column: self.rooms[column].given(totals[column], is_true=number == 0) for column in own}
            least, most = (
                sum(float(share) * given[column][end] / self.rooms[column].steps for column, share in own.items())
                for end in (0, 1)
            )
            low, high = min(low, least), max(high, most)
            # Those after the first may be no whole numbers.
            if high - low >= self.widest + (self._margin(own, grid) if number else 0):
                return True
        return False

    def _margin(self, own: Form, grid: Fraction) -> float:
        """By how much whole answers may leave less than any."""
        if not grid:
            return 0.0
        if any(self.rooms[column].gap > 1 for column in own):
            return 1.0
        return max(float(share) * self.rooms[column].gap / self.rooms[column].steps for column, share in own.items())

    def _score(
        self, model: _Model, own: Form, grid: Fraction, *, at_once: bool
    ) -> tuple[float, float, tuple[str, ...]]:
        """The range that is left of a score, and what it follows from."""
        program = _Program(model, own)
        low, high = program.solve(program.score), program.solve(-program.score)
        if low is None or high is None:
            return 0.0, 1.0, ()
        if model is self.model:
            self.witnesses += [one.at for one in (low, high) if one.at is not None]
        numbers = tuple(dict.fromkeys(low.numbers + high.numbers))
        least, most = _on_grid(low.value, -high.value, grid)
        may_matter = grid and CLOSE < most - least < self.widest + self._margin(own, grid)
        if may_matter and (at_once or self._may_solve()):
            low, high = program.solve(program.score, whole=True), program.solve(-program.score, whole=True)
            if low is not None and high is not None:
                least, most = _on_grid(max(low.value, least), min(-high.value, most), grid)
        return least, most, numbers

    def _alone_on(self, block: int, id: str, own: Form, grid: Fraction) -> float:
        """How much is left of a score by a single mean or code of the node, or by the figures of its items, each by
        itself."""
        best = 1.0
        if all(self.rooms[column].is_whole for column in own):
            best = 0.0
            for column, share in own.items():
                values = self._alone(column, codes=False, only=self.system.keys[column][1])
                best += float(share) * (max(values) - min(values)) / self.rooms[column].steps
        return max(0.0, min(best, self._by_one(block, own, grid, id)))

    def _by_one(self, block: int, own: Form, grid: Fraction, id: str | None) -> float:
        """How much is left of a score by the most telling single figure, of one id or of any."""
        best = 1.0
        for one in self._own_figures(self.system.blocks[block].group):
            if (id is None or one.told.terms[0][2] == id) and self._may_tell(one, own, grid):
                model, columns = self._model_of(one)
                inside = {columns.index(column): share for column, share in own.items() if column in columns}
                low, high, _ = self._score(model, inside, grid, at_once=True)
                best = min(best, high - low + float(1 - sum(inside.values())))
        return best

    def _may_tell(self, one: _Figure, own: Form, grid: Fraction) -> bool:
        """Whether a figure is near enough to an end to leave little of a score: what it falls short of the end, or has
        at all, can be one person's as far as that goes."""
        own = {column: share for column, share in own.items() if one.row[column] > 0}
        if not own:
            return False
        reach = []
        for budget in (float(one.row @ self.most) - one.low, one.high):
            found = 0.0
            for column, share in sorted(own.items(), key=lambda pair: -float(pair[1]) / one.row[pair[0]]):
                some = min(1.0, max(0.0, budget / one.row[column] / self.rooms[column].steps))
                budget -= some * one.row[column] * self.rooms[column].steps
                found += some * float(share)
            reach.append(found)
        told = float(sum(own.values()))
        return sum(reach) - told + 1 - told < self.widest + self._margin(own, grid)


def _merged(figures: Iterable[_Figure]) -> list[_Figure]:
    """Those that are the same sum, said in several ways, as one."""
    found: dict[bytes, _Figure] = {}
    for one in figures:
        key = np.round(one.row, 12).tobytes()
        other = found.get(key)
        if other is not None:
            narrower = one if one.high - one.low < other.high - other.low else other
            one = _Figure(narrower.told, one.row, max(one.low, other.low), min(one.high, other.high))
        found[key] = one
    return list(found.values())


def _on_grid(low: float, high: float, grid: Fraction) -> tuple[float, float]:
    if not grid:
        return low, high
    return float(ceil(low / float(grid) - CLOSE) * grid), float(floor(high / float(grid) + CLOSE) * grid)


class _Solved(NamedTuple):
    value: float
    at: Totals | None
    numbers: tuple[str, ...]


class _Program:
    """The totals of everybody, and the answers of one person who answered some items."""

    def __init__(self, model: _Model, own: Form) -> None:
        self.figures = model.figures
        self.width = len(model.rooms)
        self.rooms = model.rooms
        self.columns = columns = sorted(own)
        rooms = [model.rooms[column] for column in columns]
        self.rows = np.zeros((len(self.figures) + len(rooms), self.width + len(rooms)))
        for row, one in enumerate(self.figures):
            self.rows[row, : self.width] = one.row
        for number, column in enumerate(columns):
            self.rows[len(self.figures) + number, column] = 1
            self.rows[len(self.figures) + number, self.width + number] = -1
        others = [(room.least(room.n - 1), room.most(room.n - 1)) for room in rooms]
        self.low = np.array([*(one.low for one in self.figures), *(low for low, _ in others)], dtype=float)
        self.high = np.array([*(one.high for one in self.figures), *(high for _, high in others)], dtype=float)
        self.first = np.concatenate([model.lowest, [room.ends[0] for room in rooms]])
        self.last = np.concatenate([model.highest, [room.ends[1] for room in rooms]])
        self.whole = np.array([float(room.is_whole) for room in (*model.rooms, *rooms)])
        self.score = np.zeros(self.width + len(rooms))
        for number, column in enumerate(columns):
            self.score[self.width + number] = float(own[column]) / rooms[number].steps

    @cached_property
    def _sides(self) -> csr_array:
        return csr_array(np.vstack([self.rows, -self.rows]))

    def solve(self, goal: NDArray[np.float64], *, whole: bool = False) -> _Solved | None:
        """The least that a goal can be; of a whole program that was not solved to the end, what it is at least."""
        return self._whole(goal) if whole else self._linear(goal)

    def _linear(self, goal: NDArray[np.float64]) -> _Solved | None:
        ends = np.column_stack([self.first, self.last])
        if not len(self.rows):
            at = np.where(goal > 0, self.first, self.last)
            return _Solved(float(goal @ at), at[: self.width], ())
        limits = np.concatenate([self.high, -self.low])
        found = linprog(goal, A_ub=self._sides, b_ub=limits, bounds=ends, method="highs")
        if found.status != 0:
            return None
        used = np.abs(found.ineqlin.marginals).reshape(2, -1).sum(axis=0)[: len(self.figures)]
        numbers = tuple(str(self.figures[row]) for row in np.argsort(-used) if used[row] > CLOSE)
        return _Solved(float(found.fun), found.x[: self.width], numbers)

    def _whole(self, goal: NDArray[np.float64]) -> _Solved | None:
        rows, low, high, most = self._with_choices
        more = len(most)
        ends = np.concatenate([self.first, np.zeros(more)]), np.concatenate([self.last, most])
        found = milp(
            np.concatenate([goal, np.zeros(more)]),
            integrality=np.concatenate([self.whole, np.ones(more)]),
            bounds=ends,
            constraints=LinearConstraint(rows, low, high) if rows.shape[0] else None,
            options={"node_limit": MOST_BRANCHES, "mip_rel_gap": 0.0},
        )
        bound = found.fun if found.status == 0 else getattr(found, "mip_dual_bound", None)
        at = None if found.x is None else found.x[: self.width]
        return None if bound is None or not np.isfinite(bound) else _Solved(float(bound), at, ())

    @cached_property
    def _with_choices(self) -> tuple[csr_array, list[float], list[float], list[float]]:
        """The rules, and how many chose what where values are not one step apart: then not every total can be."""
        most: list[float] = []
        rules: list[tuple[dict[int, float], float, float]] = []
        width = len(self.first)

        def choices(room: Room, n: int) -> dict[int, float]:
            """So many people who choose: the steps of each value, by the variable for how many choose it."""
            start = width + len(most)
            most.extend([float(n)] * len(room.values))
            rules.append((dict.fromkeys(range(start, start + len(room.values)), 1.0), n, n))
            return {start + place: float(value) for place, value in enumerate(room.values)}

        def is_sum(variable: int, choice: Mapping[int, float], others: Mapping[int, float]) -> None:
            rules.append(({variable: 1.0, **{key: -value for key, value in {**choice, **others}.items()}}, 0, 0))

        for column, room in enumerate(self.rooms):
            if not room.is_whole or room.gap <= 1:
                continue
            if column in self.columns:
                answer = self.width + self.columns.index(column)
                own, others = choices(room, 1), choices(room, room.n - 1)
                is_sum(answer, own, {})
                is_sum(column, others, {answer: 1.0})
            else:
                own, others = {}, choices(room, room.n)
                is_sum(column, others, {})
            for place, value in enumerate(room.values if room.pile is not None else ()):
                some = dict.fromkeys([list(one)[place] for one in (own, others) if one], 1.0)
                rules.append((some, 0, (room.pile or ()).count(value)))
        rows = np.zeros((len(self.rows) + len(rules), width + len(most)))
        rows[: len(self.rows), :width] = self.rows
        for number, (weights, _, _) in enumerate(rules):
            for variable, weight in weights.items():
                rows[len(self.rows) + number, variable] = weight
        low = [*self.low.tolist(), *(least for _, least, _ in rules)]
        high = [*self.high.tolist(), *(greatest for _, _, greatest in rules)]
        return csr_array(rows), low, high, most

"""Programs: the least and the most that one person's answers can come to, by everything that is published at once.

What propagation leaves (bounds.py) is looser than what is known: it looks at one sum at a time. Here all of them hold
together. Unknown are, by class and item, the total t of the n people who answered it, and the answers x of one person:

    a published mean     ->  low <= the sum of its totals, each with its weight <= high
    the n - 1 others     ->  what they gave at least <= t - x <= what they can have given at most
    a score, an answer   ->  the sum of x, each with its weight: made as small as can be, and as large

That is a linear program, and its optimum is exact where totals can be any number. They are whole numbers of steps: so
the true range is no wider, and may be narrower. Where that could matter the same is asked with whole numbers. The
search is cut short after MOST_NODES branches (never after a time: a slower computer must not publish more), and then
the bound that it has proved by then is taken: a range that is too wide, but never too narrow.

Where values of a scale are further apart than a step (1, 2 and 5, say), or the answers are some that were counted, not
every number of steps between the ends can be a total. With whole numbers it is then counted how many gave each value.

All of this is in steps, so that numbers are neither large nor small. The solver keeps to every row within TOLERANCE;
and what is published is known to be possible, since it happened. So each row is wider by SLACK than what it says, more
than rounding makes of it. Should the solver find all the same that nothing agrees with everything, or give up, nothing
is claimed to be known: a range is then without ends. What it finds depends neither on the order of people (there are
only classes) nor on what it was asked before: with whole numbers it begins anew each time, and a linear optimum is the
same from wherever it is reached.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from highspy import Highs

Key = tuple[int, str]
"""A class, and an item."""
TOLERANCE = 1e-9
"""To which the solver keeps to what is published."""
SLACK = 1e-7
"""By which it is known less precisely than it is told, in steps."""
MOST_NODES = 300
MOST_COUNTS = 200
"""Where there are more values than so many to count, only those of the items that are asked about are counted."""
Row = tuple[Mapping[int, float], float, float]
"""A weighted sum of columns, and what it lies between."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The total of the people of a class on an item. All numbers are in steps of its scale, from the lower end."""

    step: float
    """A step, as a share of the scale; 1 where an answer can be anything between the ends."""
    is_whole: bool
    """Whether answers are whole numbers of steps."""
    total: tuple[float, float]
    """Between what the total lies."""
    others: tuple[float, float]
    """Between what it lies without one person's answer."""
    values: tuple[float, ...]
    """What one person can have answered, rising; of what is not whole, the ends."""
    people: int
    most: tuple[int, ...]
    """How many can have given each of these values."""

    def ends(self, *, whole: bool) -> tuple[float, float]:
        """Between what the total lies, and how precisely that is known."""
        low, high = self.total[0] - SLACK, self.total[1] + SLACK
        return (math.ceil(low), math.floor(high)) if whole and self.is_whole else (low, high)

    @property
    def has_gaps(self) -> bool:
        """Whether not every whole number between the ends can be a total."""
        return self.is_whole and any(after - before > 1 for before, after in pairwise(self.values))


@dataclass(frozen=True, slots=True)
class Sum:
    """What a weighted sum of totals lies between, in shares; by total, its weight."""

    times: Mapping[Key, float]
    low: float
    high: float


class Programs:
    """Everything that is published of some unknown totals."""

    def __init__(self, unknowns: Mapping[Key, Unknown], sums: Sequence[Sum]) -> None:
        self.unknowns = unknowns
        self.sums = [one for one in sums if self._says_something(one)]
        self.found: dict[tuple[bool, tuple[tuple[Key, float], ...]], tuple[float, float]] = {}

    @property
    def pivots(self) -> int:
        """How many steps of the simplex method all programs with whole numbers took."""
        return self._whole.pivots if "_whole" in self.__dict__ else 0

    def ends(
        self, own: Mapping[Key, float], *, whole: bool = False, is_enough: Callable[[float], bool] | None = None
    ) -> tuple[float, float]:
        """Between what the answers of one person lie, each times its weight, as shares. (-inf, inf) where the solver
        finds nothing out. `is_enough`: whether it is enough that they can come to so little; then it is not asked what
        they come to at most, which is inf."""
        key = whole, tuple(sorted(own.items()))
        if key not in self.found:
            model = self._whole if whole else self._linear
            least, most = model.ends(own, is_enough)
            if most is None:
                return least, np.inf
            self.found[key] = least, most
        return self.found[key]

    def _says_something(self, one: Sum) -> bool:
        low, high = 0.0, 0.0
        for key, times in one.times.items():
            unknown = self.unknowns[key]
            low += times * unknown.step * unknown.total[0]
            high += times * unknown.step * unknown.total[1]
        return low < one.low - SLACK or high > one.high + SLACK

    @cached_property
    def _linear(self) -> "_Model":
        return _Model(self.unknowns, self.sums, whole=False)

    @cached_property
    def _whole(self) -> "_Model":
        return _Model(self.unknowns, self.sums, whole=True)


class _Added:
    """Columns and rows that are added to a program at once, since one at a time takes longer than to solve it."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.ranges: list[tuple[float, float]] = []
        self.is_whole: list[bool] = []
        self.rows: list[Row] = []

    def column(self, low: float, high: float, *, whole: bool) -> int:
        """A new column between these ends, and which it is."""
        self.ranges.append((low, high))
        self.is_whole.append(whole)
        return self.first + len(self.ranges) - 1

    def row(self, weights: Mapping[int, float], low: float, high: float) -> None:
        """A new row."""
        self.rows.append((weights, low, high))

    def counted(self, sum_of: int, one: Unknown, people: int, *, besides: int | None = None) -> Sequence[int]:
        """The columns of how many people gave each value, where these come to what is in a column, less another."""
        counts = [self.column(0, most, whole=True) for most in one.most]
        self.row(dict.fromkeys(counts, 1.0), people, people)
        rest = {} if besides is None else {besides: 1.0}
        self.row({sum_of: -1.0, **rest, **dict(zip(counts, one.values, strict=True))}, 0, 0)
        return counts

    def to(self, solver: "Highs", *, whole: bool) -> None:
        """Add all of it to a solver; `whole`: what can be whole numbers only, as such."""
        from highspy import HighsVarType

        lows, highs = np.array(self.ranges).T
        solver.addVars(len(self.ranges), lows, highs)
        integers = np.flatnonzero(self.is_whole).astype(np.int32) + self.first
        if whole and len(integers):
            kinds = np.full(len(integers), HighsVarType.kInteger.value, dtype=np.uint8)
            solver.changeColsIntegrality(len(integers), integers, kinds)
        lows, highs = np.array([(low, high) for _, low, high in self.rows]).T
        starts = np.cumsum([0, *(len(row) for row, _, _ in self.rows[:-1])], dtype=np.int32)
        columns = np.array([column for row, _, _ in self.rows for column in row], dtype=np.int32)
        weights = np.array([weight for row, _, _ in self.rows for weight in row.values()], dtype=np.float64)
        solver.addRows(len(self.rows), lows, highs, len(columns), starts, columns, weights)


class _Model:
    """One program as its solver has it: first the totals, then one person's answers."""

    def __init__(self, unknowns: Mapping[Key, Unknown], sums: Sequence[Sum], *, whole: bool) -> None:
        self.unknowns = unknowns
        self.columns = {key: column for column, key in enumerate(unknowns)}
        self.whole = whole
        self.ranges = [one.ends(whole=whole) for one in unknowns.values()]
        self.is_whole = [one.is_whole for one in unknowns.values()]
        self.rows = [self._published(one) for one in sums]
        self.solver = self._solver()
        self.pivots = 0
        """How many steps of the simplex method it took so far."""

    def _published(self, one: Sum) -> Row:
        """What is published, so many times that the largest weight is one."""
        weights = {self.columns[key]: times * self.unknowns[key].step for key, times in one.times.items()}
        largest = max(weights.values())
        return (
            {column: weight / largest for column, weight in weights.items()},
            one.low / largest - SLACK,
            one.high / largest + SLACK,
        )

    def _solver(self) -> "Highs":
        from highspy import Highs, HighsLp, HighsVarType, MatrixFormat

        program = HighsLp()
        program.num_col_, program.num_row_ = len(self.ranges), len(self.rows)
        program.col_cost_ = np.zeros(len(self.ranges))
        program.col_lower_, program.col_upper_ = map(np.array, zip(*self.ranges, strict=True))
        program.row_lower_ = np.array([low for _, low, _ in self.rows])
        program.row_upper_ = np.array([high for _, _, high in self.rows])
        matrix = program.a_matrix_
        matrix.format_ = MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = program.num_col_, program.num_row_
        matrix.start_ = np.cumsum([0, *(len(row) for row, _, _ in self.rows)])
        matrix.index_ = np.array([column for row, _, _ in self.rows for column in row])
        matrix.value_ = np.array([weight for row, _, _ in self.rows for weight in row.values()])
        if self.whole:
            kinds = {True: HighsVarType.kInteger, False: HighsVarType.kContinuous}
            program.integrality_ = [kinds[one] for one in self.is_whole]
        solver = Highs()  # type: ignore[no-untyped-call]  # highspy has no types for it
        for name, value in _OPTIONS.items():
            solver.setOptionValue(name, value)
        solver.passModel(program)
        return solver

    def ends(
        self, own: Mapping[Key, float], is_enough: Callable[[float], bool] | None = None
    ) -> tuple[float, float | None]:
        """The least and the most of one person's answers together, each times a weight. `is_enough`: see Programs; then
        the most is None."""
        solver = self.solver
        columns, rows = solver.getNumCol(), solver.getNumRow()
        added = _Added(columns)
        answers = np.array([self._with_answer(added, key) for key in own], dtype=np.int32)
        for key in self._also_counted(own):
            added.counted(self.columns[key], self.unknowns[key], self.unknowns[key].people)
        added.to(solver, whole=self.whole)
        weights = np.array([weight * self.unknowns[key].step for key, weight in own.items()])
        solver.changeColsCost(len(answers), answers, weights)
        least, most = self._least(), None
        if not (is_enough and self._has_reached() and is_enough(float(solver.getInfo().objective_function_value))):
            solver.changeColsCost(len(answers), answers, -weights)
            most = -self._least()
        solver.deleteCols(solver.getNumCol() - columns, np.arange(columns, solver.getNumCol(), dtype=np.int32))
        solver.deleteRows(solver.getNumRow() - rows, np.arange(rows, solver.getNumRow(), dtype=np.int32))
        return least, most

    def _also_counted(self, own: Mapping[Key, float]) -> Sequence[Key]:
        """Of which totals, besides those of some answers, it is counted how many gave each value."""
        gaps = {key: len(one.values) for key, one in self.unknowns.items() if self.whole and one.has_gaps}
        items = {item for _, item in (own if sum(gaps.values()) > MOST_COUNTS else gaps)}
        return [key for key in gaps if key not in own and key[1] in items]

    def _with_answer(self, added: _Added, key: Key) -> int:
        """The column of what one person answered."""
        one, total = self.unknowns[key], self.columns[key]
        answer = added.column(one.values[0], one.values[-1], whole=one.is_whole)
        added.row({total: 1.0, answer: -1.0}, one.others[0] - SLACK, one.others[1] + SLACK)
        if self.whole and one.has_gaps:
            own = added.counted(answer, one, 1)
            others = added.counted(total, one, one.people - 1, besides=answer)
            for mine, theirs, most in zip(own, others, one.most, strict=True):
                added.row({mine: 1.0, theirs: 1.0}, 0, most)
        return answer

    def _least(self) -> float:
        """The least that the goal can be, or a bound that was proved; -inf where there is none."""
        from highspy import HighsModelStatus

        if self.whole:
            self.solver.clearSolver()
        self.solver.run()
        info, status = self.solver.getInfo(), self.solver.getModelStatus()
        if self.whole:
            self.pivots += int(info.simplex_iteration_count)
            proved = status in (HighsModelStatus.kOptimal, HighsModelStatus.kSolutionLimit)
            return float(info.mip_dual_bound) if proved else -np.inf
        return float(info.objective_function_value) if status == HighsModelStatus.kOptimal else -np.inf

    def _has_reached(self) -> bool:
        """Whether the solver found answers that agree with everything."""
        from highspy import SolutionStatus

        return bool(self.solver.getInfo().primal_solution_status == SolutionStatus.kSolutionStatusFeasible)


_OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "primal_feasibility_tolerance": TOLERANCE,
    "dual_feasibility_tolerance": TOLERANCE,
    "mip_max_nodes": MOST_NODES,
    "mip_rel_gap": 0.0,
    # What is sought is a bound, and not a solution soon: without these it is found in a third of the time.
    "mip_heuristic_run_feasibility_jump": False,
    "mip_detect_symmetry": False,
    "mip_abs_gap": TOLERANCE,
}

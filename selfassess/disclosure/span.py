"""Linear algebra of what is known: which sums follow from others by adding and subtracting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfassess.scoring.answers import Flags

Matrix = NDArray[np.float64]
TOLERANCE = 1e-9
"""A direction is in a space where the square of its part outside, of a length of one, is below this."""
NEARLY = 1e-7
"""What rounding may leave of a whole number."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Some rows, by directions at right angles to each other from which they can be made."""

    directions: Matrix
    """Of length one."""
    times: Matrix
    """How many times each row makes up each direction."""


def rows_of(rows: Matrix) -> Rows:
    """Rows, some of which may be nothing, or follow from the others."""
    lengths = np.linalg.norm(rows, axis=1)
    there = lengths > 0
    times = np.zeros((0, len(rows)))
    if not there.any():
        return Rows(np.empty((0, rows.shape[1])), times)
    scaled = rows[there] / lengths[there, None]
    squares, left = np.linalg.eigh(scaled @ scaled.T)
    some = squares > TOLERANCE
    made = (left[:, some] / np.sqrt(squares[some])).T
    times = np.zeros((len(made), len(rows)))
    times[:, there] = made / lengths[there]
    return Rows(made @ scaled, times)


class Span:
    """Everything that follows from some rows."""

    def __init__(self, columns: int, basis: Matrix | None = None) -> None:
        self.columns = columns
        self.basis = np.empty((0, columns)) if basis is None else basis
        """Rows of length one at right angles to each other."""

    def with_rows(self, rows: Matrix) -> "Span":
        """With these rows too. The very same span where they add nothing."""
        lengths = np.linalg.norm(rows, axis=1)
        there = lengths > TOLERANCE  # else rounding left it
        if not there.any():
            return self
        rest = rows[there] / lengths[there, None]
        for _ in range(2):  # once more, for what rounding left
            rest = rest - (rest @ self.basis.T) @ self.basis
        if not (np.einsum("ij,ij->i", rest, rest) > TOLERANCE).any():
            return self
        _, sizes, directions = np.linalg.svd(rest, full_matrices=False)
        new = directions[sizes > TOLERANCE**0.5]
        return Span(self.columns, np.concatenate([self.basis, new])) if len(new) else self

    def number(self, rows: "Rows") -> int:
        """How many sums of some rows follow, from which all others can be made."""
        return number_inside(self.basis @ rows.directions.T) if len(self.basis) and len(rows.directions) else 0

    def within(self, rows: "Rows") -> Matrix:
        """How many times each of some rows, in every sum of them that follows: a row for each such sum, from which all
        others can be made."""
        inside = rows.directions @ self.basis.T
        shares, turned = np.linalg.eigh(inside @ inside.T)
        found: Matrix = turned[:, shares > 1 - TOLERANCE].T @ rows.times
        return found

    def number_within(self, columns: Sequence[int]) -> int:
        """How many sums of single columns follow, from which all others can be made."""
        return number_inside(self.basis[:, columns])

    def within_columns(self, columns: Sequence[int]) -> Matrix:
        """How many times each of single columns, in every sum of them that follows: as `within`."""
        inside = self.basis[:, columns]
        is_wide = inside.shape[1] > inside.shape[0]
        shares, turned = np.linalg.eigh(inside @ inside.T if is_wide else inside.T @ inside)
        known: Matrix = turned[:, shares > 1 - TOLERANCE].T
        return known @ inside if is_wide else known


def number_inside(some: Matrix) -> int:
    """Of rows of length one at right angles to each other, of which these are some of the columns: how many sums of
    them, from which all others can be made, are nothing in all other columns."""
    is_wide = some.shape[1] > some.shape[0]
    squared = some @ some.T if is_wide else some.T @ some
    if squared.size == 0 or _surely_below(squared):
        return 0
    return int((np.linalg.eigvalsh(squared) > 1 - TOLERANCE).sum())


def _surely_below(squared: Matrix) -> bool:
    """Whether nothing follows from a matrix of products, seen by a bound that costs less than finding out: no share is
    larger than the square root of what all squares add up to."""
    flat = squared.ravel()
    return bool(flat @ flat < 1 - 4 * TOLERANCE)


def relations(rows: Matrix) -> Matrix:
    """How many times each of some rows, in sums of them that are nothing."""
    left, sizes, _ = np.linalg.svd(rows)
    found: Matrix = left[:, int((sizes > TOLERANCE**0.5).sum()) :].T
    return found


def follows(row: NDArray[Any], rows: Matrix) -> bool:
    """Whether a row is a sum of others."""
    if not len(rows):
        return False
    times = np.linalg.lstsq(rows.T, row.astype(float), rcond=None)[0]
    return bool(np.abs(times @ rows - row).max() < NEARLY)


def small_sets(rows: Matrix, sizes: NDArray[np.int64], limit: int) -> Iterator[Flags]:
    """Of classes of people, of so many each, those of fewer than `limit` together of whom a sum follows from `rows`,
    which say how many times each class is in sums that are known: all sums of whole classes, and of such as count
    several times the ones with the fewest classes."""
    # The largest first: few of them fit into a small set.
    classes: list[int] = sorted(np.flatnonzero(rows.any(axis=0)).tolist(), key=lambda one: -int(sizes[one]))
    reduced, pivots = _reduced(rows[:, classes])
    weighted = [row for row in reduced if not _is_whole(row)]
    for vector in (*_whole(reduced, [int(sizes[classes[pivot]]) for pivot in pivots], limit), *weighted):
        found = np.zeros(rows.shape[1], dtype=np.bool_)
        found[classes] = np.abs(vector) > NEARLY
        if sizes[found].sum() < limit:
            yield found


def classes_of(sets: Sequence[Flags]) -> tuple[Flags, NDArray[np.intp]]:
    """The classes of people who are in the very same of some sets: by set, which classes it is made of; and by person
    which class is theirs."""
    which = np.zeros(len(sets[0]), dtype=np.intp)
    for one in sets:
        which = 2 * which + one
        there = np.flatnonzero(np.bincount(which))
        numbers = np.zeros(int(there[-1]) + 1 if len(there) else 0, dtype=np.intp)
        numbers[there] = np.arange(len(there))
        which = numbers[which]
    somebody = np.zeros(int(which.max(initial=-1)) + 1, dtype=np.intp)
    somebody[which] = np.arange(len(which))
    return np.array([one[somebody] for one in sets]), which


def _is_whole(row: Matrix) -> bool:
    return bool(np.all(np.minimum(np.abs(row), np.abs(row - 1)) < NEARLY))


def _whole(rows: Matrix, sizes: Sequence[int], limit: int) -> Iterator[Matrix]:
    """Every 0/1 vector of the row space but zero whose pivots stand for fewer than `limit` people. What is chosen at
    the pivots decides the rest."""
    stack = [(0, 0, np.zeros(rows.shape[1]))]
    while stack:
        depth, size, vector = stack.pop()
        if depth < len(rows):
            stack.append((depth + 1, size, vector))
            if size + sizes[depth] < limit:
                stack.append((depth + 1, size + sizes[depth], vector + rows[depth]))
        elif vector.any() and _is_whole(vector):
            yield vector


def _reduced(matrix: Matrix) -> tuple[Matrix, list[int]]:
    """The reduced row echelon form, and its pivots."""
    rows = matrix.copy()
    pivots: list[int] = []
    for column in range(rows.shape[1]):
        at = len(pivots)
        if at == len(rows):
            break
        best = at + int(np.abs(rows[at:, column]).argmax())
        if abs(rows[best, column]) < TOLERANCE:
            continue
        rows[[at, best]] = rows[[best, at]]
        rows[at] /= rows[at, column]
        others = np.arange(len(rows)) != at
        rows[others] -= np.outer(rows[others, column], rows[at])
        pivots.append(column)
    return rows[: len(pivots)], pivots

"""What can be worked out from means that are told: by adding and subtracting, of all nodes and items at once.

A mean of some people, times how many they are, is a sum over classes of people (of whom no told mean takes some without
the others) and over what the scores are made from, each with its weight. What follows from sums like that is what lies
in the space of their rows. A quantity (a node's score made in one way, an item's) goes by its place here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.scoring.answers import Flags
from selfassess.scoring.related import TOLERANCE, Weights

Matrix = NDArray[np.float64]
Sum = tuple[int, Flags]
"""A sum that is told: of which quantity, and by class whether it is in it."""
NEARLY = 1e-7
"""What rounding may leave of a sum that follows from others."""


@dataclass(frozen=True, eq=False)
class Made:
    """What scores are made from."""

    rows: Matrix
    """By quantity and class, the weight of everything that scores are made from; zeros where nothing is known."""

    @cached_property
    def lengths(self) -> Matrix:
        found: Matrix = np.linalg.norm(self.rows, axis=2)
        return found

    @cached_property
    def of_length_one(self) -> Matrix:
        """The same rows by class, on their sides: to be multiplied with."""
        divided = np.divide(self.rows, self.lengths[:, :, None], out=np.zeros_like(self.rows), where=self.rows != 0)
        return np.ascontiguousarray(divided.transpose(1, 2, 0))


@dataclass(frozen=True, eq=False)
class Told:
    """Sums that are told, and what follows from them."""

    made: Made
    within: Matrix
    """By quantity, how much of the sum over each class lies in the space, as products with those over the others."""
    spaces: tuple[Matrix, ...] = ()
    """Rows at right angles to each other, in which all that is told lies: those before, and those added last."""
    found: dict[int, Matrix] = field(default_factory=dict)
    """What `follows` found before."""

    @cached_property
    def space(self) -> Matrix | None:
        """All these rows."""
        return np.concatenate(self.spaces) if self.spaces else None

    def and_told(self, sums: Iterable[Sum]) -> "Told":
        """These sums as well."""
        rows = [(self.made.rows[quantity] * there[:, None]).ravel() for quantity, there in sums]
        new = _at_right_angles(np.array(rows), self.space) if rows else np.empty((0, 0))
        if not len(new):
            return self
        _, classes, leaves = self.made.rows.shape
        parts = new.reshape(len(new), classes, leaves).transpose(1, 0, 2) @ self.made.of_length_one
        products = parts.transpose(2, 0, 1) @ parts.transpose(2, 1, 0)
        return Told(self.made, self.within + products, (new,) if self.space is None else (self.space, new))

    def follows(self, quantity: int) -> Matrix:
        """The sums over classes that follow, of a quantity: rows from which all of them are made."""
        if quantity not in self.found:
            lengths, (shares, columns) = self.made.lengths[quantity], np.linalg.eigh(self.within[quantity])
            known = columns.T[shares > 1 - TOLERANCE]
            self.found[quantity] = np.divide(known, lengths, out=np.zeros_like(known), where=lengths > 0)
        return self.found[quantity]

    def may_follow(self, before: "Told") -> list[int]:
        """The quantities of which more may follow than before. Of the others it is known that the same does."""
        found: list[int] = []
        differs = np.abs(self.within - before.within).max(axis=(1, 2)) > TOLERANCE
        for quantity, may in enumerate(differs.tolist()):
            if may:
                known = before.follows(quantity) * self.made.lengths[quantity]
                # What follows has a length of one in here, and nothing is longer than either of these.
                rest = self.within[quantity] - known.T @ known
                may = min(np.abs(rest).sum(axis=0).max(), np.linalg.norm(rest)) > 1 - NEARLY
            if may:
                found.append(quantity)
            elif quantity in before.found:
                self.found[quantity] = before.found[quantity]
        return found


def nothing_told(by_class: Sequence[Sequence[Weights]]) -> Told:
    """Where to begin. By quantity and class, what scores are made from."""
    leaves = dict.fromkeys(leaf for own in by_class for one in own for leaf in one)
    places = {leaf: place for place, leaf in enumerate(leaves)}
    classes = len(by_class[0])
    rows = np.zeros((len(by_class), classes, len(places)))
    for quantity, own in enumerate(by_class):
        for number, one in enumerate(own):
            for leaf, weight in one.items():
                rows[quantity, number, places[leaf]] = weight
    return Told(Made(rows), np.zeros((len(by_class), classes, classes)))


def is_made_of(row: Flags, known: Matrix) -> bool:
    """Whether the sum over some classes follows from others of the same quantity."""
    if not len(known):
        return False
    times = np.linalg.lstsq(known.T, row.astype(float), rcond=None)[0]
    return bool(np.abs(times @ known - row).max() < NEARLY)


def _at_right_angles(rows: Matrix, space: Matrix | None) -> Matrix:
    """What some rows add to a space: rows of length one, at right angles to it and to each other."""
    rest = rows[rows.any(axis=1)]
    rest = rest / np.linalg.norm(rest, axis=1, keepdims=True)
    if space is not None:
        for _ in range(2):  # once more, for what rounding left
            rest = rest - rest @ space.T @ space
    turned, triangle = np.linalg.qr(rest.T)
    left, sizes, _ = np.linalg.svd(triangle)
    found: Matrix = (turned @ left[:, : len(sizes)][:, sizes > TOLERANCE]).T
    return found

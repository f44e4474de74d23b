"""The signed-rank test of paired changes, exact whatever ties and zeros there are."""

import numpy as np
from numpy.typing import NDArray

RANKS_TO = 400
"""Up to how many people it is worked out: the time grows with their third power."""


def signed_ranks(changes: NDArray[np.float64]) -> float | None:
    """The probability, by chance alone, of signed ranks as one-sided as those of `changes` (no nan; equal changes are
    equal numbers) or more so, towards either side. None where nobody changed, and for more than RANKS_TO people.

    Changes are ranked by their size, those of 0 among them, ties sharing the mean of their ranks; then the zeros are
    dropped (J. W. Pratt, Remarks on zeros and ties in the Wilcoxon signed rank procedures, Journal of the American
    Statistical Association 54 (1959), 655-667). Each rank that is left is above or below 0 with equal chances, and
    the sum of those above is as far from its middle as it is, or further, in this share of all the ways.
    """
    moved = changes != 0
    if not moved.any() or len(changes) > RANKS_TO:
        return None
    doubled = doubled_ranks(np.abs(changes))
    chances = _chances(doubled[moved])
    # The distribution is the same from either end.
    above, below = int(doubled[changes > 0].sum()), int(doubled[changes < 0].sum())
    return min(1.0, 2 * float(chances[: min(above, below) + 1].sum()))


def doubled_ranks(sizes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Twice the rank of each size, from the smallest up: whole numbers, even where ties share the mean of theirs."""
    _, which, times = np.unique(sizes, return_inverse=True, return_counts=True)
    last = np.cumsum(times)
    doubled: NDArray[np.int64] = (2 * last - times + 1)[which].astype(np.int64)
    return doubled


def _chances(doubled: NDArray[np.int64]) -> NDArray[np.float64]:
    """By sum, the chance of it where each of these numbers is added or left out with equal chances."""
    chances = np.zeros(int(doubled.sum()) + 1)
    chances[0], reached = 1.0, 0
    for number in sorted(doubled.tolist()):
        with_it = np.zeros(reached + number + 1)
        with_it[: reached + 1] += chances[: reached + 1] / 2
        with_it[number:] += chances[: reached + 1] / 2
        reached += number
        chances[: reached + 1] = with_it
    return chances

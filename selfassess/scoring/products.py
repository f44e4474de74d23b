"""Products of the answers to items, over everybody who answered all of them: what covariances are made from.

Shares are whole multiples of some fraction, such as quarters, so that sums and products are whole numbers: they are
exact however many people there are, and need no more than the narrowest floats that hold them.
"""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfassess.scoring.answers import Codes, Flags
from selfassess.scoring.columns import AT_ONCE

Matrix = NDArray[np.float64]
LARGEST = 1 << 62
"""Whole numbers stay below it."""
NARROW, WIDE = 1 << 24, 1 << 53
"""Up to which floats of four bytes, and of eight, hold every whole number."""


def covariances(
    codes: Sequence[Codes],
    shares: Sequence[Mapping[int, Fraction]],
    sets: Sequence[Sequence[int]],
    members: Flags | None,
) -> list[tuple[int, Matrix]] | None:
    """By set of items, each named by its place: how many of some people (None: of all) answered all of them, and the
    covariances (n - 1) among these; zeros below two. By item, `codes` are everybody's characters, and `shares` what a
    character of an answer stands for. None where fractions are too long."""
    below = math.lcm(*(share.denominator for one in shares for share in one.values()))
    size = len(codes[0])
    if AT_ONCE * below**2 > WIDE or (size * below) ** 2 > LARGEST:
        return None
    missing = len(codes) * below + 1  # more than all answers together
    is_narrow = AT_ONCE * max(missing, below**2) <= NARROW
    tables = np.full((len(codes), 256), missing, dtype=np.float32 if is_narrow else np.float64)
    for table, one in zip(tables, shares, strict=True):
        for code, share in one.items():
            table[code] = int(share * below)
    found = [np.zeros((len(places) + 1,) * 2, dtype=np.int64) for places in sets]
    for start in range(0, size, AT_ONCE):
        some = slice(start, start + AT_ONCE)
        answers = np.empty((len(codes) + 1, len(codes[0][some])), dtype=tables.dtype)
        for row, table, own in zip(answers[:-1], tables, codes, strict=True):
            np.take(table, own[some].astype(np.intp), out=row, mode="clip")
        for products, places in zip(found, sets, strict=True):
            inside = answers[[*places, -1]]
            is_in = inside[:-1].sum(axis=0) < missing
            products += _products(inside, is_in if members is None else is_in & members[some])
    return [_covariances(products, below) for products in found]


def _products(answers: NDArray[Any], is_in: Flags) -> NDArray[np.int64]:
    answers[:-1] *= is_in  # those who are not in add nothing
    answers[-1] = is_in
    found: NDArray[np.int64] = (answers @ answers.T).astype(np.int64)
    return found


def _covariances(products: NDArray[np.int64], below: int) -> tuple[int, Matrix]:
    """From the products of items and, in the last row, of a one for everybody: how many they are, and the sums."""
    n, sums = int(products[-1, -1]), products[-1, :-1]
    if n < 2:
        return n, np.zeros((len(sums), len(sums)))
    return n, (n * products[:-1, :-1] - np.outer(sums, sums)) / (n * (n - 1) * below**2)

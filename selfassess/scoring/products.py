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
PIECE = 1 << 11
"""People whose products are taken at a time: of more, linear algebra would begin to wait for several processors."""
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
    if PIECE * below**2 > WIDE or (size * below) ** 2 > LARGEST:
        return None
    missing = len(codes) * below + 1  # more than all answers together
    is_narrow = PIECE * max(missing, below**2) <= NARROW
    tables = np.full((len(codes), 256), missing, dtype=np.float32 if is_narrow else np.float64)
    for table, one in zip(tables, shares, strict=True):
        for code, share in one.items():
            table[code] = int(share * below)
    found = [np.zeros((len(places) + 1,) * 2, dtype=np.int64) for places in sets]
    for start in range(0, size, AT_ONCE):
        some = slice(start, start + AT_ONCE)
        people = len(codes[0][some])
        answers = np.zeros((len(codes) + 1, -(-people // PIECE) * PIECE), dtype=tables.dtype)
        for row, table, own in zip(answers[:-1, :people], tables, codes, strict=True):
            np.take(table, own[some].astype(np.intp), out=row, mode="clip")
        is_member = np.ones(answers.shape[1], dtype=np.bool_)
        is_member[people:] = False
        if members is not None:
            is_member[:people] = members[some]
        for products, places in zip(found, sets, strict=True):
            inside = answers[[*places, -1]]
            products += _products(inside, (inside[:-1].sum(axis=0) < missing) & is_member)
    return [_covariances(products, below) for products in found]


def _products(answers: NDArray[Any], is_in: Flags) -> NDArray[np.int64]:
    answers[-1] = 1
    # Those who are not in add nothing. Twice the same array would be multiplied in another way, which takes longer.
    pieces = answers.reshape(len(answers), -1, PIECE).transpose(1, 2, 0)
    inside = (answers * is_in.astype(answers.dtype)).reshape(len(answers), -1, PIECE).transpose(1, 0, 2)
    found: NDArray[np.int64] = (inside @ pieces).astype(np.int64).sum(axis=0)
    return found


def _covariances(products: NDArray[np.int64], below: int) -> tuple[int, Matrix]:
    """From the products of items and, in the last row, of a one for everybody: how many they are, and the sums."""
    n, sums = int(products[-1, -1]), products[-1, :-1]
    if n < 2:
        return n, np.zeros((len(sums), len(sums)))
    return n, (n * products[:-1, :-1] - np.outer(sums, sums)) / (n * (n - 1) * below**2)

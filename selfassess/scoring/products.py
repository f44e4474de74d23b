"""Products of the answers to items, over everybody who answered all of them: what covariances are made from.

Shares are whole multiples of some fraction, such as quarters, so that sums and products are whole numbers: they are
exact however many people there are, and need no more than the narrowest floats that hold them.
"""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

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
    codes: Sequence[Codes], shares: Sequence[Mapping[int, Fraction]], members: Flags | None
) -> tuple[int, Matrix] | None:
    """How many of some people (None: of all) answered all of some items, and the covariances (n - 1) among these; zeros
    below two. By item, `codes` are everybody's characters, and `shares` what a character of an answer stands for. None
    where fractions are too long."""
    below = math.lcm(*(share.denominator for one in shares for share in one.values()))
    k, size = len(codes), len(codes[0])
    if AT_ONCE * below**2 > WIDE or (size * below) ** 2 > LARGEST:
        return None
    missing = k * below + 1  # more than all answers together
    tables = np.full((k, 256), missing, dtype=np.float32 if AT_ONCE * max(missing, below**2) <= NARROW else np.float64)
    for table, one in zip(tables, shares, strict=True):
        for code, share in one.items():
            table[code] = int(share * below)
    n, sums, products = 0, np.zeros(k, dtype=np.int64), np.zeros((k, k), dtype=np.int64)
    for start in range(0, size, AT_ONCE):
        some = slice(start, start + AT_ONCE)
        found = np.empty((k, len(codes[0][some])), dtype=tables.dtype)
        for row, table, own in zip(found, tables, codes, strict=True):
            np.take(table, own[some].astype(np.intp), out=row, mode="clip")
        is_in = found.sum(axis=0) < missing
        if members is not None:
            is_in &= members[some]
        found *= is_in  # those who are not in add nothing
        n += int(np.count_nonzero(is_in))
        sums += found.sum(axis=1).astype(np.int64)
        products += (found @ found.T).astype(np.int64)
    if n < 2:
        return n, np.zeros((k, k))
    return n, (n * products - np.outer(sums, sums)) / (n * (n - 1) * below**2)

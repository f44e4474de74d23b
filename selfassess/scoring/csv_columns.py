"""Plain CSV texts by column: those of very many rows are read in a fraction of the time that it takes row by row.

Plain is what nearly every program writes of answers: nothing between quotation marks, and the same number of cells in
every row. Whatever is not is left to csv_text, which reads everything and says what is wrong.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selfassess.model.csv_text import DELIMITERS, SAYS_DELIMITER
from selfassess.scoring.answers import AT_ONCE
from selfassess.scoring.columns import Which

LONGEST_PACKED = 8
"""Bytes of cells that are told apart as numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """The cells of a column."""

    cells: list[str]
    """Each once."""
    which: Which
    """By row, which of them it has."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The columns of a plain CSV text."""

    heads: list[str]
    rows: int
    """How many there are below the heads."""
    content: bytes
    """All rows below the heads."""
    data: NDArray[np.uint8]
    """The same."""
    starts: NDArray[np.int32]
    """By row and column, where a cell begins."""
    lengths: NDArray[np.int32]
    """By row and column, how many bytes it has."""
    longest: NDArray[np.int32]
    """By column."""
    firsts: NDArray[np.uint8]
    """By column and row, the first byte of a cell, 0 of an empty one."""

    def cells(self, column: int) -> list[str]:
        """The cell of each row."""
        starts = self.starts[:, column]
        pairs = zip(starts.tolist(), (starts + self.lengths[:, column]).tolist(), strict=True)
        content = self.content
        return [content[start:end].decode() for start, end in pairs]

    def distinct(self, column: int) -> Distinct:
        """Each cell once, and by row which of them it has."""
        longest = int(self.longest[column])
        if longest > LONGEST_PACKED:
            cells = self.cells(column)
            known = {cell: place for place, cell in enumerate(dict.fromkeys(cells))}
            return Distinct(list(known), np.fromiter(map(known.__getitem__, cells), dtype=np.uint32, count=len(cells)))
        keys = self.firsts[column]
        if longest < 2:
            there = np.flatnonzero(np.bincount(keys, minlength=256))
            places = np.zeros(256, dtype=np.uint8)
            places[there] = np.arange(len(there))
            return Distinct([chr(key) if key else "" for key in there.tolist()], np.take(places, keys))
        packed = keys.astype(np.uint64)
        starts, lengths = self.starts[:, column], self.lengths[:, column]
        for at in range(1, longest):
            byte = np.take(self.data, starts + at, mode="clip") * (lengths > at)
            packed |= byte.astype(np.uint64) << np.uint64(8 * at)
        found, which = np.unique(packed, return_inverse=True)
        return Distinct(
            [int(key).to_bytes(8, "little").rstrip(b"\0").decode() for key in found], which.astype(np.uint32)
        )


def table(text: str) -> Table | None:
    """The columns of a CSV text; None where it is not plain."""
    text = text.replace("\r\n", "\n").rstrip("\n")
    heading, _, below = text.partition("\n")
    if any(strange in text for strange in '"\0\r') or not heading.strip() or not below:
        return None
    delimiter = max(DELIMITERS, key=heading.count)
    if SAYS_DELIMITER.fullmatch(heading.strip(" ")):
        return None
    heads = heading.split(delimiter)
    content = below.encode() + b"\n"
    data = np.frombuffer(content, dtype=np.uint8)
    is_end = data == ord("\n")
    rows = int(np.count_nonzero(is_end))
    is_end |= data == ord(delimiter)
    ends = np.flatnonzero(is_end).astype(np.int32)
    if len(ends) != rows * len(heads) or (data[ends[len(heads) - 1 :: len(heads)]] != ord("\n")).any():
        return None
    starts = np.empty_like(ends)
    starts[0] = 0
    np.add(ends[:-1], 1, out=starts[1:])
    ends -= starts
    shape = rows, len(heads)
    starts, lengths = starts.reshape(shape), ends.reshape(shape)
    firsts = np.empty(shape[::-1], dtype=np.uint8)
    for first in range(0, rows, AT_ONCE):
        some = slice(first, first + AT_ONCE)
        firsts[:, some] = (np.take(data, starts[some], mode="clip") * (lengths[some] > 0)).T
    return Table(heads, rows, content, data, starts, lengths, lengths.max(axis=0), firsts)

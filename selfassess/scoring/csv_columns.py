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

BYTES_AT_ONCE = 1 << 18
"""So much is looked through at a time: what is worked on then stays in the processor's own memory."""
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
    bounds: NDArray[np.int32]
    """Where each cell ends, row by row, after -1: the next begins behind that."""
    longest: NDArray[np.int32]
    """By column."""
    firsts: NDArray[np.uint8]
    """By column and row, the first byte of a cell, 0 of an empty one."""

    def cells(self, column: int) -> list[str]:
        """The cell of each row."""
        starts, ends = self.between(column)
        content = self.content
        return [content[start:end].decode() for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    def between(self, column: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """By row, where the cell begins and ends."""
        width = len(self.heads)
        return self.bounds[column:-1:width] + np.int32(1), self.bounds[column + 1 :: width]

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
        starts, ends = self.between(column)
        for at in range(1, longest):
            byte = np.take(self.data, starts + at, mode="clip") * (starts + at < ends)
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
    rows, width = content.count(b"\n"), len(heads)
    if content.count(delimiter.encode()) != rows * (width - 1):
        return None
    data = np.frombuffer(content, dtype=np.uint8)
    bounds = _bounds(data, ord(delimiter), rows * width)
    if (data[bounds[width::width]] != ord("\n")).any():
        return None
    longest, firsts = np.zeros(width, dtype=np.int32), np.empty((width, rows), dtype=np.uint8)
    for first in range(0, rows, AT_ONCE):
        some = bounds[first * width : (first + AT_ONCE) * width + 1]
        starts = some[:-1].reshape(-1, width) + 1
        lengths = some[1:].reshape(-1, width) - starts
        np.maximum(longest, lengths.max(axis=0), out=longest)
        firsts[:, first : first + AT_ONCE] = (np.take(data, starts, mode="clip") * (lengths > 0)).T
    return Table(heads, rows, content, data, bounds, longest, firsts)


def _bounds(data: NDArray[np.uint8], delimiter: int, cells: int) -> NDArray[np.int32]:
    """Where each cell ends, after -1."""
    bounds = np.empty(cells + 1, dtype=np.int32)
    bounds[0] = -1
    at = 1
    for start in range(0, len(data), BYTES_AT_ONCE):
        some = data[start : start + BYTES_AT_ONCE]
        ends = np.flatnonzero((some == delimiter) | (some == ord("\n")))
        bounds[at : at + len(ends)] = ends + start
        at += len(ends)
    return bounds

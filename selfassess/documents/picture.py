"""Small pictures of one score or one change, as PNG: for files that have no other way of drawing a line."""

import struct
import zlib
from collections.abc import Callable

from selfassess.documents.blocks import ChangeRow, ScoreRow

WIDE, HIGH = 440, 40
"""Points of a picture. On paper it is a ninth of that wide, in millimetres."""
EDGE = 16
"""Points left free at both ends, so that a mark at an end is whole."""
WHITE, BLACK, RULE, BAND = 255, 0, 140, 107
"""Shades of grey: what is drawn can be read in black and white."""
MIDDLE = HIGH // 2


class Picture:
    """Points in shades of grey, white at first."""

    def __init__(self) -> None:
        self._lines = [bytearray([WHITE]) * WIDE for _ in range(HIGH)]

    def box(self, left: float, right: float, top: int, bottom: int, shade: int = BLACK) -> None:
        """Fill a rectangle."""
        first, last = max(0, round(left)), min(WIDE, max(round(right), round(left) + 1))
        for line in self._lines[max(0, top) : min(HIGH, bottom)]:
            line[first:last] = bytes([shade]) * (last - first)

    def mark(self, x: float, radius: int, shade: int, half: Callable[[int, int], float]) -> None:
        """Fill a mark in the middle line; `half` says how wide it is on either side at so many points from there."""
        for away in range(-radius, radius + 1):
            wide = half(abs(away), radius)
            self.box(x - wide, x + wide, MIDDLE + away, MIDDLE + away + 1, shade)

    def png(self) -> bytes:
        """The picture as a file."""
        head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 0, 0, 0, 0)
        points = zlib.compress(b"".join(b"\0" + line for line in self._lines), 9)
        return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", points) + _chunk(b"IEND", b"")


def of_score(row: ScoreRow) -> bytes | None:
    """A score on a line, with its ranges and its target; None where there is nothing to draw."""
    if row.share is None and row.likely is None and row.possible is None:
        return None
    drawn = _line()
    if row.likely is not None:
        drawn.box(_x(row.likely.low), _x(row.likely.high), MIDDLE - 7, MIDDLE + 7, BAND)
    if row.possible is not None:
        drawn.box(_x(row.possible.low), _x(row.possible.high), MIDDLE - 1, MIDDLE + 2)
        for end in (row.possible.low, row.possible.high):
            drawn.box(_x(end) - 1, _x(end) + 2, MIDDLE - 10, MIDDLE + 10)
    if row.target is not None:
        for top in range(0, HIGH, 8):
            drawn.box(_x(row.target) - 2, _x(row.target) + 2, top, top + 5)
    if row.share is not None:
        if row.is_apart:
            drawn.mark(_x(row.share), 13, BLACK, _diamond)
            drawn.mark(_x(row.share), 8, WHITE, _diamond)
        else:
            drawn.mark(_x(row.share), 12, WHITE, _disc)
            drawn.mark(_x(row.share), 10, BLACK, _disc)
    return drawn.png()


def of_change(row: ChangeRow) -> bytes | None:
    """A line from then, a ring, to now, a disc; None where either is not shown."""
    if row.then is None or row.now is None:
        return None
    drawn = _line()
    low, high = sorted((_x(row.then), _x(row.now)))
    drawn.box(low, high, MIDDLE - 4, MIDDLE + 4)
    drawn.mark(_x(row.then), 12, BLACK, _disc)
    drawn.mark(_x(row.then), 8, WHITE, _disc)
    drawn.mark(_x(row.now), 5 if _x(row.then) == _x(row.now) else 12, BLACK, _disc)
    return drawn.png()


def _line() -> Picture:
    drawn = Picture()
    drawn.box(EDGE, WIDE - EDGE, MIDDLE - 1, MIDDLE + 1, RULE)
    return drawn


def _x(share: float) -> int:
    return round(EDGE + share * (WIDE - 2 * EDGE))


def _disc(away: int, radius: int) -> float:
    return float((radius * radius - away * away) ** 0.5)


def _diamond(away: int, radius: int) -> float:
    return radius - away


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

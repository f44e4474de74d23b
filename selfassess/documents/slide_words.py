"""Words on slides: the lines of blocks, and how large they can be written so that they fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from selfassess.documents import page_layout
from selfassess.documents.blocks import (
    ActionList,
    Block,
    BulletList,
    Command,
    Contents,
    Heading,
    Key,
    Link,
    Paragraph,
    Printed,
    Question,
    Quotes,
)

LONGEST = 400
"""Characters of a paragraph."""
SIZES = (28, 24, 20, 18, 16)
"""Points in which text is written: the largest that has room."""
POINT = 0.3528
"""Millimetres."""
LETTER, BOLD = 0.53, 0.57
"""How wide a letter is for its size, on average and with what a line loses by whole words: somewhat more than
in Calibri."""
LEADING, APART = 1.2, 6
"""How high a line is for its size, and the points between paragraphs."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph on a slide."""

    text: str
    strong: bool = False
    dash: bool = False
    heads: bool = False
    """Whether it is a heading."""

    @property
    def short(self) -> "Line":
        """The line as it is shown: as much of it as a paragraph holds."""
        return replace(self, text=page_layout.cut(self.text, LONGEST))

    def rows(self, size: float, wide: float) -> int:
        """How many rows it takes at a font size in points, in a width in millimetres."""
        return rows(self.text, size, wide, strong=self.strong)


def rows(words: str, size: float, wide: float, *, strong: bool = False) -> int:
    """How many rows some words take at a font size in points, in a width in millimetres."""
    letters = wide / ((BOLD if strong else LETTER) * size * POINT)
    return max(1, -(-len(words) // max(int(letters), 1)))


def high(lines: Sequence[Line], size: float, wide: float) -> float:
    """The height of some lines together, in millimetres."""
    return sum((line.rows(size, wide) * LEADING * size + APART) * POINT for line in lines)


def largest(lines: Sequence[Line], wide: float, room: float, sizes: Sequence[int] = SIZES) -> int:
    """The largest font size at which all lines fit, in points; the smallest if none does."""
    return next((size for size in sizes if high(lines, size, wide) <= room), sizes[-1])


def fitting(lines: Sequence[Line], size: float, wide: float, room: float) -> tuple[list[Line], bool]:
    """As many of the first lines as fit, and whether there are more."""
    places = range(1, len(lines) + 1)
    found = [*lines[: len([*takewhile(lambda end: high(lines[:end], size, wide) <= room, places)])]]
    rest = len(found) < len(lines)
    while rest and found and found[-1].heads:  # a heading with nothing below it
        found.pop()
    return found, rest


def is_aside(block: Block) -> bool:
    """Whether a block is meant to be read, not shown on a slide."""
    return isinstance(block, Paragraph) and block.tone == "quiet"


def lines(block: Block) -> Iterator[Line]:
    """The words of a block."""
    match block:
        case Paragraph():
            yield _line(block.lead, block.text, block.note, strong=block.tone == "strong")
        case Heading():
            yield _line("", block.text, block.note, heads=True)
        case BulletList():
            for one in block.entries:
                lead = ": ".join(filter(None, (one.lead, one.head)))
                yield _line(lead, one.text, "" if block.tasks else one.note, dash=True)
        case Contents():
            yield from lines(block.as_list())
        case ActionList():
            for action in block.entries:
                yield _line("", action.text, action.id, heads=True)
                said = (action.alarm and f"{action.alarm}.", *action.lines[:1])
                yield _line("", " ".join(filter(None, said)), "", dash=True)
        case Quotes():
            yield _line("", block.about, "", heads=True)
            yield from (_line("", text, "", dash=True) for text in block.texts)
        case Command() | Link() | Key() | Question():
            yield _line("", _printed(block), "")
        case _:
            return


def _printed(block: Printed) -> str:
    match block:
        case Command():
            return block.text
        case Link():
            return block.address
        case Key():
            return ", ".join(" = ".join(filter(None, one)) for one in block.entries)
        case Question():
            return page_layout.numbered(block)


def _line(lead: str, text: str, note: str, *, strong: bool = False, dash: bool = False, heads: bool = False) -> Line:
    said = " ".join(page_layout.safe(page_layout.in_a_line(lead, text, note)).split())
    return Line(said, strong or heads, dash, heads)

"""What pages about a round, and about a comparison, are made of: plain values, worked out before anything is drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal[
    "strands",
    "strand",
    "benchmark",
    "item",
    "findings",
    "actions",
    "comments",
    "who",
    "left out",
    "trend",
    "how to read",
]
Look = Literal["plain", "title", "section", "strong", "quiet", "alarm"]
Shape = Literal["stacked", "row", "large"]
"""A title above its bar, beside it, or a score to be read from the back of a room."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a dashboard or a comparison: a kind of page, and what it is about."""

    kind: Kind
    id: str = ""
    """Of the strand, benchmark or item; in a comparison "overall" is a benchmark."""


TOP = Spot("strands")

Trail = list[tuple[Spot, int | None]]
"""The places from the first page to this one, each with what was pointed at when the next one was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Something on a page, below the one before it."""

    opens: Spot | None = None
    """Where Enter or a click on it leads."""
    key: str = ""
    """The key that opens it."""
    is_apart: bool = False
    """Whether a blank line stands before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Block):
    """A paragraph."""

    text: str
    look: Look = "plain"
    indent: int = 0
    """Columns."""
    mark: str = ""
    """What stands in front of its first line: a bullet, a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Block):
    """A score with its bar, and what belongs to it."""

    title: str
    score: str
    """As people read it: "62", "95 or more", "–"."""
    share: float | None
    """How much of the bar is filled, 0 to 1. None: there is no bar."""
    target: float | None
    """Where the mark stands on it, 0 to 1."""
    falls_short: bool
    band: str
    about: str
    """How many, how far apart, how far from the target; or why there is no score."""
    note: str = ""
    """What must not be overlooked: two camps, groups that differ."""
    shape: Shape = "stacked"
    title_width: int = 0
    """Columns of the title where it stands beside its bar, so that bars stand below each other."""


@dataclass(frozen=True, slots=True)
class Part:
    """The answers to one point of a scale."""

    count: int
    label: str
    tone: int
    """From 0, the least favourable, over 2, the neutral middle, to 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers(Block):
    """How answers fall on a scale: a row of counts, the favourable end at the right, and the same in words."""

    title: str
    """Whose answers."""
    parts: tuple[Part, ...]
    """From the least to the most favourable."""
    words: str
    """The same for those who see no picture."""
    could_not: str = ""
    """How many could not say, or said nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Block):
    """A change: what is said of it, then the line from then to now with its numbers."""

    title: str
    says: str
    """In few words: "moved up"; nothing where nothing is said of it."""
    then: float | None
    """Where it stood, 0 to 1; None where it is not shown."""
    now: float | None
    told: str
    """ "41 to 58 (+17)"; or why it is not shown."""
    moved: bool
    """Whether it stands out."""
    about: str = ""
    """Whose change it is, and what else there is to know."""


AnyBlock = Words | Score | Answers | Change
Blocks = Iterator[AnyBlock]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, ready to be shown."""

    where: str
    """Where one is: whose view, and which strand."""
    blocks: tuple[AnyBlock, ...]


def numbered(blocks: Iterable[AnyBlock]) -> Iterator[AnyBlock]:
    """The blocks, the first nine that open each with its key."""
    number = 0
    for block in blocks:
        number += block.opens is not None
        yield replace(block, key=str(number)) if block.opens and number < 10 else block

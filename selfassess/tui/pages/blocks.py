"""The blocks that pages about rounds consist of, as plain values."""

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
"""The title above its bar, or beside it; or a score large enough for the back of a room."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a dashboard or a comparison: a kind of page, and what it is about."""

    kind: Kind
    id: str = ""
    """Of the strand, benchmark or item; in a comparison "overall" is a benchmark."""


TOP = Spot("strands")

Trail = list[tuple[Spot, int | None]]
"""The places from the first page to the current one, each with the pointer when the next one was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a page."""

    opens: Spot | None = None
    """The place that Enter or a click opens."""
    key: str = ""
    """The key that opens it."""
    is_apart: bool = False
    """Whether there is a blank line before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Block):
    """A paragraph."""

    text: str
    look: Look = "plain"
    indent: int = 0
    """Columns."""
    mark: str = ""
    """What is in front of its first line: a bullet, a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Block):
    """A score with its bar, and what belongs to it."""

    title: str
    score: str
    """As people read it: "62", "95 or more", "–"."""
    share: float | None
    """How much of the bar is filled, 0 to 1. None: there is no bar."""
    target: float | None
    """Where the mark is on it, 0 to 1."""
    falls_short: bool
    band: str
    about: str
    """How many, how far apart, how far from the target; or why there is no score."""
    note: str = ""
    """What must not be overlooked: two camps, groups that differ."""
    shape: Shape = "stacked"
    title_width: int = 0
    """Columns of a title beside its bar, the same for all rows, so that the bars are aligned."""


@dataclass(frozen=True, slots=True)
class Part:
    """The answers to one point of a scale."""

    count: int
    label: str
    tone: int
    """From 0, the least favourable, over 2, the neutral middle, to 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers(Block):
    """The distribution of answers: a row of counts, the favourable end at the right, and the same in words."""

    title: str
    """Whose answers."""
    parts: tuple[Part, ...]
    """From the least to the most favourable."""
    words: str
    """The same, for people who cannot see the row."""
    could_not: str = ""
    """How many could not say, or said nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Block):
    """A change: what is said of it, then the line from then to now with its numbers."""

    title: str
    says: str
    """The claim in few words: "moved up"; "" if there is none."""
    then: float | None
    """The score then, 0 to 1; None if it is not shown."""
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
    """A page and its name."""

    where: str
    """Whose answers it shows, and of which strand."""
    blocks: tuple[AnyBlock, ...]


def numbered(blocks: Iterable[AnyBlock]) -> Iterator[AnyBlock]:
    """The blocks, with keys for the first nine that open."""
    number = 0
    for block in blocks:
        number += block.opens is not None
        yield replace(block, key=str(number)) if block.opens and number < 10 else block

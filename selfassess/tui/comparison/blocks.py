"""What a page of a comparison is made of: plain values, worked out before anything is drawn."""

from dataclasses import dataclass
from typing import Literal

from selfassess.tui.dashboard.blocks import Words

Kind = Literal["strands", "strand", "benchmark", "left out", "who", "trend", "how to read"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one is in a comparison."""

    kind: Kind
    id: str = ""
    """Of the strand or benchmark; "overall" is a benchmark."""


TOP = Spot("strands")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
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
    opens: Spot | None = None
    key: str = ""
    is_apart: bool = False


AnyBlock = Words | Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, ready to be shown."""

    where: str
    """Where one is: whose view, and which strand."""
    blocks: tuple[AnyBlock, ...]

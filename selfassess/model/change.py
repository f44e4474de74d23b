"""Change: what may be said of two rounds, then and now.

Plain numbers on 0 to 100, rounded to 1e-10; "before" is the earlier round, "after" the later. What stands here is
worked out and not yet released: sd, interval, p, and how many went up or were at the top tell of single people.
Where few answered these are withheld (`scoring.change.bare`), and None.
"""

from dataclasses import dataclass
from typing import Literal

from selfassess.model.summary import Range

View = Literal["matched", "everybody"]
"""Those who were found in both rounds; or all who answered then, and all who answered now."""
Alike = Literal["all moved alike", "nobody moved"]
Says = Literal[
    "moved up",
    "moved down",
    "no change to speak of",
    "no change we could detect",
    "not tested",
    "too few to tell",
    "little room to rise",
    "all moved alike",
    "nobody moved",
]
"""What may be said of a change. "No change to speak of": it is too small. "Not tested": it is on a benchmark of a
strand of which no move can be told. "Little room to rise": nothing was found, and many were at the top already."""

LITTLE = 5.0
"""Points: a change below this is none to speak of, whatever chance may have to do with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The same people, as far as they have a score in both rounds: each compared with themselves."""

    n: int
    """How many: one or more."""
    mean: tuple[float, float]
    """Their mean before, and after."""
    points: float
    """How far the mean of their answers moved: above 0 where it went up."""
    sd: float | None
    """Standard deviation (n - 1) of their own changes; None for one person."""
    interval: Range | None
    """The paired t interval (95 %) of their change; None where there is none that can be trusted."""
    up: int | None
    same: int | None
    down: int | None
    """How many went up, stayed, went down. Together n."""
    at_top: int | None
    """How many had the highest score there is before."""
    few: bool
    """Whether they are so few that no ranking of their changes is rarer than 1 in 20: five or fewer."""
    alike: Alike | None
    """Where all of several people changed by the same amount, or not at all: then there is no paired t test."""
    p: float | None
    """Of the paired t test, for claims alone; None where there is none."""
    error: float | None
    """The standard error of that test, in points; None where there is none."""
    df: float | None
    """Its degrees of freedom."""
    p_by_ranks: float | None
    """Of the exact signed-rank test after Pratt, for a footnote at most; None where nobody moved, or for so many that
    it is not worked out."""
    noise: float | None
    """What errors of measurement alone could make of the mean change, in 95 of 100 cases, at the least; None where
    nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Everybody:
    """All who have a score in a round, then and now: not the same people."""

    n: tuple[int, int]
    """How many before, and after: one or more."""
    mean: tuple[float, float]
    points: float
    """The later mean less the earlier."""
    interval: Range | None
    """Welch's interval for it (95 %); None where there is none that can be trusted."""
    at_top: int | None
    """How many had the highest score there is before."""
    few: bool
    """Whether they are so few that no ranking of them is rarer than 1 in 20."""
    one_mind: bool
    """Whether all said the same before, and all said the same after."""
    p: float | None
    """Of Welch's test, for claims alone; where a spread is told in a word, the largest that it can be. None where there
    is none."""
    error: float | None
    """The standard error of that test, in points; None where there is none, or it is not shown."""
    df: float | None
    """Its degrees of freedom."""
    noise: float | None
    """As of those who are matched."""


Change = Matched | Everybody


@dataclass(frozen=True, slots=True)
class NotMatched:
    """How many of each round were not found in the other. They joined or left, stayed silent in one of the rounds, or
    gave no code or another one: these cannot be told apart."""

    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is said of a change, and why."""

    says: Says
    because: str
    """In words that follow on it: "moved up: chance alone would seldom make it this large"."""
    p: float | None = None
    """After Holm, where it rests on a test."""

"""Comparisons: what may be said of two rounds side by side, and the changes in them.

Points on 0 to 100, rounded to 1e-10, of the items that both rounds asked alike. "Before" is the earlier round, "after"
the later; pairs are in that order. Only `disclosure` makes a Comparison. A Change by itself is not released yet: where
few answered, sd, interval, p and how many went up or were at the top are taken out (`scoring.change.bare`) and None.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from selfassess.model.questionnaire import GroupKey
from selfassess.model.results import Level, Range
from selfassess.model.versions import Comparability

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
    """Standard deviation (n - 1) of their own changes; None for one person. Where it is published, it is rounded up."""
    interval: Range | None
    """The paired t interval (95 %) of their change; None where there is none that can be trusted."""
    up: int | None
    same: int | None
    down: int | None
    """How many went up, stayed, went down: together n. Where they are published, at least so many, in steps."""
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
    """Of the exact signed-rank test after Pratt, for a footnote only; None where nobody moved, or for so many that
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
    """Of Welch's test, for claims alone; where a spread is published as a word, the largest that it can be. None where
    there is none."""
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
    """In words that follow on it: "moved up: this is probably not chance"."""
    p: float | None = None
    """After Holm, where it rests on a test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeChange:
    """What is published of one node of a cell."""

    id: str
    level: Level
    views: tuple[View, ...] = ()
    """The views that are shown, the one that speaks for the change first; none where nothing may be told."""
    matched: Matched | None = None
    everybody: Everybody | None = None
    claim: Claim | None = None
    """What is said of the first view; None where no view is shown."""
    few_matched: bool = False
    """Whether everybody speaks for the change because fewer than half of the smaller round could be found again."""
    withheld: Mapping[str, str] = field(default_factory=dict)
    """Why something is not shown: "matched", "everybody" or "details"."""

    @property
    def headline(self) -> Change | None:
        """The view that speaks for the change."""
        if not self.views:
            return None
        return self.matched if self.views[0] == "matched" else self.everybody

    @property
    def other_view(self) -> Change | None:
        """The other view, where both are shown."""
        if len(self.views) < 2:
            return None
        return self.everybody if self.views[0] == "matched" else self.matched


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """A group that is shown by itself in both rounds, or all."""

    id: str
    groups: tuple[GroupKey, ...]
    """The groups that it is made of."""
    n: tuple[int, int]
    """How many handed in."""
    matched: int | None
    """How many were found in both rounds; None where so few are not found that it is not told."""
    not_matched: NotMatched | None
    """How many were not; None as for `matched`."""
    same_people: int
    """How many of these stand for the same people: fewer, where what a few others said would follow else."""
    nodes: tuple[NodeChange, ...]
    """The whole, then strand by strand, each with its benchmarks and skills: those that the later version has."""
    detectable: float | None = None
    """How large a change of the whole or of a strand has to be, as a rule, for a test to tell it from chance: in
    points. A true change as large as that is found half of the time. None where nothing is tested."""

    def node(self, id: str) -> NodeChange | None:
        """What is published of a node; None if there is none with that id."""
        return next((one for one in self.nodes if one.id == id), None)


@dataclass(frozen=True, slots=True)
class Named:
    """A round, by what people call it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLine:
    """A node of a cell over several rounds."""

    id: str
    cell: str
    means: tuple[float | None, ...]
    """By round; None where it is not shown, or was made from other items or other groups."""
    n: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two rounds side by side."""

    rounds: tuple[Named, Named]
    comparability: Comparability
    """What of the two versions of the questionnaire could be compared."""
    cells: tuple[CellChange, ...]
    """All first, then each group that is shown by itself both times."""
    apart: Mapping[GroupKey, str] = field(default_factory=dict)
    """By group, why it has no comparison of its own."""
    missing: tuple[str, ...] = ()
    """The groups that are not in "all", since one of the rounds does not show them."""
    with_codes: tuple[int, int] = (0, 0)
    """How many sheets have a code of their own for being found again."""
    collided: tuple[int, int] = (0, 0)
    """How many sheets have a code that another sheet of the round has too: they are not matched."""

    @property
    def all(self) -> CellChange:
        return self.cells[0]

    def cell(self, id: str) -> CellChange | None:
        """What is published of a cell; None if there is no comparison of it."""
        return next((one for one in self.cells if one.id == id), None)

    def walk(self) -> Iterator[tuple[CellChange, NodeChange]]:
        """Every node of every cell."""
        for cell in self.cells:
            yield from ((cell, node) for node in cell.nodes)

"""Comparisons: what may be said of two rounds side by side. Only the privacy stage makes one.

Everything is in points (0 to 100), of the items that both rounds asked alike. "Before" is the earlier round, "after"
the later; pairs are in that order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selfassess.model.change import Claim, Everybody, Matched, NotMatched, View
from selfassess.model.summary import Level
from selfassess.model.version import Comparability

Change = Matched | Everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeChange:
    """What is told of one node of a cell."""

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
    def beside(self) -> Change | None:
        """The other view, where both are shown."""
        if len(self.views) < 2:
            return None
        return self.everybody if self.views[0] == "matched" else self.matched


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """A group that is shown by itself in both rounds, or all."""

    id: str
    groups: tuple[str, ...]
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
        """What is told of a node; None where there is none of that id."""
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
    apart: Mapping[str, str] = field(default_factory=dict)
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
        """What is told of a cell; None where there is no comparison of it."""
        return next((one for one in self.cells if one.id == id), None)

    def walk(self) -> Iterator[tuple[CellChange, NodeChange]]:
        """Every node of every cell."""
        for cell in self.cells:
            yield from ((cell, node) for node in cell.nodes)

"""Findings: what the numbers support saying, and what is suggested about it."""

from dataclasses import dataclass

from selfassess.model.item import Item
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Action, Benchmark, Strand
from selfassess.model.summary import Difference, Figure


@dataclass(frozen=True, slots=True)
class Ranked:
    """A benchmark or skill with its figure: a strength, or a gap. A strand stands for itself where it has none."""

    node: Benchmark | Strand
    figure: Figure


@dataclass(frozen=True, slots=True)
class Split:
    """Two camps on one item, among the respondents of one cell."""

    node: Benchmark | Strand
    """What the item is part of."""
    item: Item
    figure: Figure
    """The item's."""
    cell: str
    """The id of the group, or "all"."""


@dataclass(frozen=True, slots=True)
class CouldNotSay:
    """An item that more than a fifth of those asked could not answer, among all."""

    node: Benchmark | Strand
    item: Item
    figure: Figure
    could_not: int
    """How many of those asked gave no answer, for whatever reason."""
    asked: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An action, and what calls for it: a gap, a split or a difference."""

    action: Action
    ranked: Ranked
    """The benchmark, with its figure among those whom the action is suggested to."""
    because: Split | Difference | None = None
    """None: the gap."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What would be suggested, and is in the plan already."""

    suggestion: Suggestion
    planned: Planned

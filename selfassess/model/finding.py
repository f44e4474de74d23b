"""Findings: what the numbers support saying, and what is suggested about it."""

from collections.abc import Container
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The benchmarks and skills of a cell, by how they stand. In each list equal ones are in the questionnaire's order;
    where those that end it are equal to others, these are in it too."""

    strengths: tuple[Ranked, ...]
    """What is at its target or above, or without one in the top band: the highest first."""
    nearest: tuple[Ranked, ...]
    """Where there are few strengths, what comes nearest to its target and is neither low nor among the widest gaps."""
    highest: tuple[Ranked, ...]
    """Where there are fewer still, the highest of what has no target and is neither strong nor low."""
    gaps: tuple[Ranked, ...]
    """All that is below its target, the widest gap first."""
    also_low: tuple[Ranked, ...]
    """What is low and no gap, since it has no target, or one that is low itself: the lowest first."""

    def inside(self, ids: Container[str]) -> "Ranking":
        """Only what is about these nodes."""

        def kept(some: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
            return tuple(one for one in some if one.node.id in ids)

        return Ranking(
            strengths=kept(self.strengths),
            nearest=kept(self.nearest),
            highest=kept(self.highest),
            gaps=kept(self.gaps),
            also_low=kept(self.also_low),
        )


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

"""Versions: what changed between two questionnaires, and what can be held against each other for all that.

"Before" is the earlier version and "after" the later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from selfassess.model.questionnaire import GroupKey

Sort = Literal["structure", "scoring", "wording", "cosmetic"]
"""The sort of a change, the gravest first: what is asked and of whom; how a score is made and what it is held against;
what people read when they answer; anything else."""
SORTS: tuple[Sort, ...] = ("structure", "scoring", "wording", "cosmetic")

Fate = Literal[
    "same",
    "reworded",
    "with other options",
    "turned round",
    "of another kind",
    "asked of others",
    "asked on another condition",
    "perhaps something else",
    "new",
    "made from others",
    "gone",
    "split",
    "not in the short form",
    "not in the short form then",
    "not for this group",
    "not for this group then",
]
"""What became of an item. "Perhaps something else": it has an old id and nothing of the old words. "Made from others":
a new item that names what it was. "Split": one that is gone and is named so. The last four are in both versions, and
were asked one time alone: the other time the short form left them out, or a person was in a group that is not asked."""
ONCE: tuple[Fate, ...] = (
    "not in the short form",
    "not in the short form then",
    "not for this group",
    "not for this group then",
)
"""What becomes of an item that both versions have, and that was asked one time alone."""

Aside = Fate | Literal["moved here", "moved away", "no longer scored"]
"""Why an item does not count where a node is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireChange:
    """One thing that is otherwise than before."""

    sort: Sort
    where: tuple[str, ...]
    """The ids on the way to it, from the strand (group, scale) down: of the later version, or of the earlier for what
    is gone. Empty for the head of the file."""
    key: str
    """The key of the file that differs; empty where the whole of it came, went or moved."""
    what: str
    """What changed, as a sentence."""
    before: str | None
    """What it was, as people read it; None where there was nothing."""
    after: str | None
    """What it is."""
    means: str
    """What it means for comparing two rounds, as one sentence or more."""
    touches: bool
    """Whether a comparison of scores is touched by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFate:
    """An item of either version, and what became of it."""

    before: str | None
    """Its id in the earlier version; None where it was not there."""
    after: str | None
    """Its id in the later version; None where it is gone."""
    fate: Fate
    groups: tuple[GroupKey, ...] = ()
    """Of an item that is the same, the groups that are asked it in both versions, where not everybody is."""
    others: tuple[str, ...] = ()
    """The earlier ids that a new item is made from, or the later ones that an item was split into."""

    @property
    def comparable(self) -> bool:
        """Whether its answers then and now can be held against each other."""
        return self.fate == "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeComparability:
    """What of a node (the whole, a strand, a benchmark, a skill) can be compared. Only items in its score count."""

    id: str
    title: str
    same: Mapping[str, str] = field(default_factory=dict)
    """The items that it can be compared on: the earlier id by the later."""
    aside: Mapping[str, Aside] = field(default_factory=dict)
    """The others with the reason, by their later id, or by the earlier for what is gone, split or moved away."""
    comparable: bool
    """Whether a change may be shown. It takes half of the items of the version with fewer; of a ladder, all."""
    new_rules: bool = False
    """Whether these items made a score in another way before: then both rounds are scored in the new one."""
    sentence: str
    """All this, for people: "7 of 8 items the same, 1 reworded: change is shown on the 7."."""

    def left_out(self, reason: Aside) -> tuple[str, ...]:
        """The items that are aside for a reason."""
        return tuple(id for id, why in self.aside.items() if why == reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparability:
    """What of two versions of a questionnaire can be compared."""

    items: tuple[ItemFate, ...]
    """Every item: those of the later version in its order, then those that are gone."""
    overall: NodeComparability
    strands: tuple[NodeComparability, ...]
    """Those of the later version in its order, then those that are gone."""
    benchmarks: tuple[NodeComparability, ...]
    """Benchmarks and skills, in the same way."""

    @property
    def same(self) -> dict[str, str]:
        """The items whose answers can be held against each other: the earlier id by the later."""
        return {one.after: one.before for one in self.items if one.comparable and one.after and one.before}

    def node(self, id: str) -> NodeComparability:
        """The node with that id; KeyError if there is none."""
        for one in (self.overall, *self.strands, *self.benchmarks):
            if one.id == id:
                return one
        raise KeyError(id)

"""Items: what is asked. The docstrings are written into docs/questionnaire-format.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from selfassess.model.scale import Table

Kind = Literal["choice", "many", "number", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Table):
    """One thing that people are asked."""

    id: str
    """The id of the item. Answers are kept under it: never use it again for something else."""
    text: str
    """The words of the item."""
    same_as: str | None = None
    """The id that this very item had in an earlier version. Its answers then and now are held against each other."""
    was: tuple[str, ...] = ()
    """Ids of items of an earlier version that this one is a part of, or is made from. Nothing is held against them."""
    wording: Mapping[str, str] = field(default_factory=dict)
    """Other words for one group: { staff = "…" }. It stays the same item."""
    groups: tuple[str, ...] = ()
    """Who is asked. Left out: everybody."""
    help: str = ""
    """A line that explains the item, shown on request."""
    scale: str | None = None
    """The scale. Left out: that of the benchmark, of the strand, of the file, or the only one there is."""
    kind: Kind = "choice"
    """"choice" (one point of a scale), "many" (any of its points), "number" or "text". Only choices are scored."""
    reverse: bool = False
    """True where agreeing means doing badly: the value is turned round in the scale's own ends."""
    weight: float = 1
    """How much the item counts beside the others in a mean or a sum."""
    scored: bool = True
    """False for an item that is asked and counted but is in no score."""
    level: int | None = None
    """The level that the item belongs to, where a ladder is made of items."""
    met: float | None = None
    """The value from which this item counts as met in a ladder."""
    show_if: str | None = None
    """A condition on earlier items. Where it is not true, the item is not asked."""
    comment_if: str | None = None
    """A condition on this or earlier items. Where it is true, a comment is asked for."""
    dont_know: str | Literal[False] | None = None
    """Other words than the scale's, or false: not offered."""
    not_applicable: str | Literal[False] | None = None
    """Other words than the scale's, or false: not offered."""
    not_applicable_values: tuple[float, ...] = ()
    """Points of the scale that mean "doesn't apply" for this item alone."""
    short: bool = False
    """True: asked in the short form too."""
    about: Literal["self", "partnership"] | None = None
    """What the item is about, where the items of a benchmark differ in this."""
    allow: tuple[str, ...] = ()
    """Warnings that the author has thought about: ["double-barrelled"]."""
    min_: float | None = None
    """For a number: the lowest that is accepted."""
    max_: float | None = None
    """For a number: the highest that is accepted."""
    unit: str = ""
    """For a number: what is counted, such as "years"."""

    @property
    def is_scored(self) -> bool:
        return self.scored and self.kind == "choice"

    @property
    def has_points(self) -> bool:
        return self.kind in ("choice", "many")

    def asks(self, group: str | None) -> bool:
        """Whether a group is asked this item. Without groups everybody is."""
        return group is None or not self.groups or group in self.groups

    def words(self, group: str | None) -> str:
        """The item's text as that group reads it."""
        return self.wording.get(group or "", self.text)

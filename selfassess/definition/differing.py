"""How a difference between two versions is told: of keys, of their order, of what came, went or moved."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from selfassess.definition.said import said
from selfassess.definition.version_keys import KEYS, NOTHING, Key
from selfassess.model.item import Item
from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
from selfassess.model.scale import Table
from selfassess.model.version import QuestionnaireChange, Sort

Way = tuple[str, ...]
"""Ids, from the strand (group, scale) down."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A strand, benchmark, skill or item, and where it stands."""

    part: Strand | Benchmark | Item
    way: Way
    key: str
    """The list that it is in: "benchmarks"."""

    @property
    def home(self) -> tuple[str, str]:
        """What it belongs to: a strand or benchmark (nothing for a strand), and the list there."""
        return (self.way[-2] if len(self.way) > 1 else "", self.key)

    @property
    def is_item(self) -> bool:
        return isinstance(self.part, Item)

    @property
    def is_scored(self) -> bool:
        """Whether it is an item that is in a score."""
        return isinstance(self.part, Item) and self.part.is_scored

    @property
    def words(self) -> str:
        """What it is called, or asks."""
        return self.part.text if isinstance(self.part, Item) else self.part.title


def placed(questionnaire: Questionnaire) -> dict[str, Placed]:
    """Every node and item by its id, in the order of the file."""
    return {one.way[-1]: one for one in _placed(questionnaire)}


def _placed(questionnaire: Questionnaire) -> Iterator[Placed]:
    for strand in questionnaire.strands:
        yield Placed(strand, (strand.id,), "strands")
        for item in strand.items:
            yield Placed(item, (strand.id, item.id), "items")
        for key, nodes in (("benchmarks", strand.benchmarks), ("skills", strand.skills)):
            for node in nodes:
                yield Placed(node, (strand.id, node.id), key)
                for item in node.items:
                    yield Placed(item, (strand.id, node.id, item.id), "items")
        for item in strand.questions:
            yield Placed(item, (strand.id, item.id), "questions")


def whole(
    sort: Sort,
    where: Way,
    what: str,
    means: str,
    *,
    before: str | None = None,
    after: str | None = None,
    touches: bool = True,
) -> QuestionnaireChange:
    """The change of a thing that came, went, moved, or is another altogether."""
    return QuestionnaireChange(
        sort=sort, where=where, key="", what=what, before=before, after=after, means=means, touches=touches
    )


def of_key(where: Way, name: str, key: Key, before: object, after: object) -> QuestionnaireChange:
    """The change of what a key holds."""
    return QuestionnaireChange(
        sort=key.sort,
        where=where,
        key=name.rstrip("_"),
        what=key.what,
        before=said(before),
        after=said(after),
        means=key.means,
        touches=key.touches,
    )


def keys(where: Way, before: Table, after: Table, *, but: Collection[str] = ()) -> Iterator[QuestionnaireChange]:
    """The keys of a table that hold something else, but for those that are told by themselves."""
    for name, key in KEYS[type(after)].items():
        then, now = getattr(before, name), getattr(after, name)
        if name not in but and then != now:
            yield of_key(where, name, key, then, now)


def order(where: Way, key: str, then: Sequence[str], now: Sequence[str]) -> Iterator[QuestionnaireChange]:
    """What is there in both, in another order."""
    before, after = [id for id in then if id in now], [id for id in now if id in then]
    if before != after:
        yield QuestionnaireChange(
            sort="cosmetic",
            where=where,
            key=key,
            what="Another order.",
            before=", ".join(before),
            after=", ".join(after),
            means=NOTHING,
            touches=False,
        )

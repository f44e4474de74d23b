"""What became of each item between two versions of a questionnaire."""

from collections.abc import Iterator, Mapping

from selfassess.definition.matching import (
    asked_both_times,
    asks_the_same,
    common,
    condition,
    matched,
    options,
    read_alike,
    something_else,
)
from selfassess.model.condition import comparisons, parse
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.version import Fate, ItemFate


def fates(old: Questionnaire, new: Questionnaire) -> tuple[ItemFate, ...]:
    """Every item of both versions: those of the later in its order, then those that are gone."""
    return tuple(_fates(old, new))


def _fates(old: Questionnaire, new: Questionnaire) -> Iterator[ItemFate]:
    pairs = Pairs(old, new, matched(old, new))
    kept = set(pairs.earlier.values())
    became: dict[str, list[str]] = {}
    for item in new.items:
        if item.id in pairs.earlier:
            yield pairs.fate(item.id)
            continue
        others = tuple(id for id in item.was if id in pairs.before and id not in kept)
        for id in others:
            became.setdefault(id, []).append(item.id)
        yield ItemFate(before=None, after=item.id, fate="made from others" if others else "new", others=others)
    for id in pairs.before:
        if id not in kept:
            into = tuple(became.get(id, ()))
            yield ItemFate(before=id, after=None, fate="split" if into else "gone", others=into)


class Pairs:
    """The items that are in both versions."""

    def __init__(self, old: Questionnaire, new: Questionnaire, earlier: Mapping[str, str]) -> None:
        self.old, self.new = old, new
        self.earlier = earlier
        """The earlier ids by the later."""
        self.before = {item.id: item for item in old.items}
        self.after = {item.id: item for item in new.items}
        self.known = common(item.text for item in (*old.items, *new.items))
        self.other_ids = {later: id for later, id in earlier.items() if later != id}

    def fate(self, id: str) -> ItemFate:
        """What became of a pair, told by its later id."""
        before, after = self.before[self.earlier[id]], self.after[id]
        fate = self.alike(before, after)
        if fate == "same" and not self.asked_alike(id):
            fate = "asked on another condition"
        groups = asked_both_times(self.old, self.new, before, after)
        if fate == "same" and groups is None:
            fate = "asked of others"
        return ItemFate(before=before.id, after=id, fate=fate, groups=(groups or ()) if fate == "same" else ())

    def alike(self, before: Item, after: Item) -> Fate:
        """The first of the ways in which an item itself can have become another, the gravest first."""
        if before.kind != after.kind:
            return "of another kind"
        if not read_alike(self.old, self.new, before, after) or before.unit != after.unit:
            could_be = before.id == after.id and self.old.language == self.new.language
            is_other = could_be and something_else(before.text, after.text, self.known)
            return "perhaps something else" if is_other else "reworded"
        ends = (before.min_, before.max_) != (after.min_, after.max_)
        if ends or options(self.old, before) != options(self.new, after):
            return "with other options"
        return "same" if before.reverse == after.reverse else "turned round"

    def asked_alike(self, id: str) -> bool:
        """Whether an item is asked on the same condition, and what that speaks of is still the same and asked of the
        same groups."""
        before, after = self.before[self.earlier[id]], self.after[id]
        if condition(before, {}) != condition(after, self.other_ids):
            return False
        named = {compare.item for compare in comparisons(parse(after.show_if))} if after.show_if else set()
        return all(self._decides_alike(one) for one in named if one in self.earlier)

    def _decides_alike(self, id: str) -> bool:
        before, after = self.before[self.earlier[id]], self.after[id]
        is_same = self.alike(before, after) in ("same", "turned round")  # a condition looks at what was chosen
        return is_same and asks_the_same(self.old, self.new, before, after) and self.asked_alike(id)

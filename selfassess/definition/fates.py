"""What became of each item between two versions of a questionnaire."""

from collections.abc import Iterator

from selfassess.definition.matching import (
    asked_both_times,
    common,
    condition,
    matched,
    options,
    read_alike,
    something_else,
)
from selfassess.model.questionnaire import Item, Questionnaire
from selfassess.model.version import Fate, ItemFate


def fates(old: Questionnaire, new: Questionnaire) -> tuple[ItemFate, ...]:
    """Every item of both versions: those of the later in its order, then those that are gone."""
    return tuple(_fates(old, new))


def _fates(old: Questionnaire, new: Questionnaire) -> Iterator[ItemFate]:
    pairs = matched(old, new)
    before = {item.id: item for item in old.items}
    gone = [id for id in before if id not in pairs.values()]
    known = common(item.text for item in (*old.items, *new.items))
    for item in new.items:
        if item.id in pairs:
            yield _pair(old, new, before[pairs[item.id]], item, pairs, known)
        else:
            others = tuple(id for id in item.was if id in gone)
            yield ItemFate(before=None, after=item.id, fate="made from others" if others else "new", others=others)
    for id in gone:
        into = tuple(item.id for item in new.items if id in item.was and item.id not in pairs)
        yield ItemFate(before=id, after=None, fate="split" if into else "gone", others=into)


def _pair(
    old: Questionnaire, new: Questionnaire, before: Item, after: Item, pairs: dict[str, str], known: frozenset[str]
) -> ItemFate:
    fate = _difference(old, new, before, after, pairs, known)
    groups = asked_both_times(old, new, before, after)
    if fate == "same" and groups is None:
        fate = "asked of others"
    return ItemFate(before=before.id, after=after.id, fate=fate, groups=(groups or ()) if fate == "same" else ())


def _difference(
    old: Questionnaire, new: Questionnaire, before: Item, after: Item, pairs: dict[str, str], known: frozenset[str]
) -> Fate:
    """The first of the ways in which an item can have become another, the gravest first."""
    if before.kind != after.kind:
        return "of another kind"
    if not read_alike(old, new, before, after) or before.unit != after.unit:
        could_be = before.id == after.id and old.language == new.language
        is_other = could_be and something_else(before.text, after.text, known)
        return "perhaps something else" if is_other else "reworded"
    ends = (before.min_, before.max_) != (after.min_, after.max_)
    if ends or options(old, before) != options(new, after):
        return "with other options"
    if before.reverse != after.reverse:
        return "turned round"
    earlier_ids = {later: earlier for later, earlier in pairs.items() if later != earlier}
    if condition(before, {}) != condition(after, earlier_ids):
        return "asked on another condition"
    return "same"

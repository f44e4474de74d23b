"""What changed in items and in the scales that they are answered on."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from selfassess.definition.differing import Way, keys, of_key, whole
from selfassess.definition.matching import (
    asked_both_times,
    asks_the_same,
    condition,
    flat,
    offered,
    options,
    read_alike,
)
from selfassess.definition.said import said
from selfassess.definition.version_keys import BY_ITSELF, ITEM, KEYS, LEFT_OUT, NOTHING, OFFERED, Key
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.scale import Point, Scale
from selfassess.model.version import ItemFate, QuestionnaireChange

OWN = ("id", "text", "wording", "groups", "scale", "show_if", "dont_know", "not_applicable", "same_as", "was")
"""Keys of an item whose meaning depends on more than what they hold."""
UNSCORED = "It is in no score."
DECIDES = "It is in no score, but decides who is asked others: these are left out."
SCORE_ALONE = ("weight", "level", "met", "reverse", "scored", "short")
"""Keys that change nothing of who is asked what, where an item decides it."""
UNREAD = "Nobody reads, or is asked, anything else because of it."


@dataclass(frozen=True, slots=True)
class Both:
    """An item that is in both versions of a questionnaire."""

    old: Questionnaire
    new: Questionnaire
    before: Item
    after: Item
    way: Way
    """To the later one."""
    fate: ItemFate
    earlier_ids: Mapping[str, str]
    """Those of all items that are in both, by their later ids."""
    decides: bool
    """Whether it is in a condition on which an item in a score is asked."""

    @property
    def is_scored(self) -> bool:
        return self.before.is_scored or self.after.is_scored

    def change(self, name: str, key: Key) -> QuestionnaireChange:
        """The change of one of its keys."""
        return of_key(self.way, name, key, getattr(self.before, name), getattr(self.after, name))


def item(both: Both) -> Iterator[QuestionnaireChange]:
    """What changed in an item that is in both versions."""
    for change in _item(both):
        if both.is_scored or not change.touches:
            yield change
        elif both.decides and change.key not in SCORE_ALONE:
            yield replace(change, means=DECIDES)
        else:
            yield replace(change, means=UNSCORED, touches=False)


def _item(both: Both) -> Iterator[QuestionnaireChange]:
    before, after = both.before, both.after
    if before.id != after.id:
        yield both.change("id", ITEM["id"])
    else:
        for name in ("same_as", "was"):
            if getattr(before, name) != getattr(after, name):
                yield both.change(name, ITEM[name])
    yield from _words(both)
    yield from _asked(both)
    yield from _scale(both)
    yield from keys(both.way, before, after, but=OWN)


def _words(both: Both) -> Iterator[QuestionnaireChange]:
    """Another text, in general or for single groups; or only another shape of it."""
    is_alike = read_alike(both.old, both.new, both.before, both.after)
    for name in ("text", "wording"):
        then, now = getattr(both.before, name), getattr(both.after, name)
        if then == now:
            continue
        if both.fate.fate == "perhaps something else":
            what = "Perhaps another item under an old id: none of the old words is left."
            means = f"{LEFT_OUT} Ids are never used again for something else: if it is, give it a new one."
            yield replace(both.change(name, ITEM[name]), sort="structure", what=what, means=means)
        elif is_alike or _alike(then, now):
            yield both.change(name, unread("Nobody who was asked before reads other words."))
        else:
            yield both.change(name, ITEM[name])


def _alike(then: str | Mapping[str, str], now: str | Mapping[str, str]) -> bool:
    if isinstance(then, str) or isinstance(now, str):
        return flat(str(then)) == flat(str(now))
    return {group: flat(text) for group, text in then.items()} == {group: flat(text) for group, text in now.items()}


def _asked(both: Both) -> Iterator[QuestionnaireChange]:
    """Other groups, or another condition; or only another way to say so."""
    old, new, before, after = both.old, both.new, both.before, both.after
    if before.groups != after.groups:
        if asks_the_same(old, new, before, after):  # who is asked because a group came or went is told of the group
            yield both.change("groups", unread("Who is asked is said in another way."))
        elif asked_both_times(old, new, before, after) is None:
            yield both.change("groups", replace(ITEM["groups"], means=f"Nobody is asked it both times. {LEFT_OUT}"))
        else:
            yield both.change("groups", ITEM["groups"])
    if before.show_if != after.show_if:
        is_same = condition(before, {}) == condition(after, both.earlier_ids)
        yield both.change("show_if", unread("The same condition in other words.") if is_same else ITEM["show_if"])


def _scale(both: Both) -> Iterator[QuestionnaireChange]:
    """Another scale, or other words than the scale's. What changed in a scale itself is told of the scale."""
    if both.before.scale != both.after.scale:
        is_same = options(both.old, both.before) == options(both.new, both.after)
        yield both.change("scale", unread("The same scale under another id.") if is_same else ITEM["scale"])
    for name in OFFERED:
        if getattr(both.before, name) != getattr(both.after, name):
            then, now = _offers(both.old, both.before, name), _offers(both.new, both.after, name)
            key = unread("It is said in another way.") if then == now else _offered(ITEM[name], name, then, now)
            yield of_key(both.way, name, key, then, now)


def _offers(questionnaire: Questionnaire, one: Item, name: str) -> str | None:
    scale = questionnaire.scale_of(one) if one.has_points else None
    return offered(getattr(one, name), getattr(scale, name, None))


def _offered(key: Key, name: str, before: str | None, after: str | None) -> Key:
    """That an answer can be given at all is of another sort than the words for it."""
    return key if before and after else replace(key, sort="structure", what=OFFERED[name])


def unread(what: str) -> Key:
    """A key that holds something else and means the same."""
    return Key("cosmetic", what, UNREAD)


def scales(old: Questionnaire, new: Questionnaire, deciding: Set[str]) -> Iterator[QuestionnaireChange]:
    """Scales that came or went, and what changed in those that are in both. `deciding` are the ids of the items that
    decide whether one in a score is asked."""
    for name, scale in new.scales.items():
        if name not in old.scales:
            yield whole("structure", (name,), "A new scale.", BY_ITSELF, after=said(scale.points), touches=False)
    every = (*old.items, *new.items)
    used = {one.scale for one in every if one.has_points and (one.is_scored or one.id in deciding)}
    for name, scale in old.scales.items():
        if name not in new.scales:
            yield whole("structure", (name,), "The scale is gone.", BY_ITSELF, before=said(scale.points), touches=False)
            continue
        for change in _in_scale((name,), scale, new.scales[name]):
            yield change if name in used or not change.touches else replace(change, means=NOTHING, touches=False)


def _in_scale(way: Way, before: Scale, after: Scale) -> Iterator[QuestionnaireChange]:
    if before.points != after.points:
        yield of_key(way, "points", _points_key(before.points, after.points), before.points, after.points)
    for name in OFFERED:
        then, now = getattr(before, name), getattr(after, name)
        if then != now:
            same = offered(None, then) == offered(None, now)
            key = unread("It is said in another way.") if same else _offered(KEYS[Scale][name], name, then, now)
            yield of_key(way, name, key, then, now)


def _points_key(before: tuple[Point, ...], after: tuple[Point, ...]) -> Key:
    """What sort of change of a scale's points it is."""
    then, now = [[(point.value, flat(point.label)) for point in points] for points in (before, after)]
    if then == now:
        return unread("The words of the points are the same.")
    if then == now[::-1]:
        return replace(KEYS[Point]["label"], what="The points stand in the opposite order.")
    if [value for value, _ in then] == [value for value, _ in now]:
        return KEYS[Point]["label"]
    if [label for _, label in then] == [label for _, label in now]:
        return KEYS[Point]["value"]
    return KEYS[Scale]["points"]

"""What changed between two versions of a questionnaire, in words."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from selfassess.definition.comparability import (
    answered_alike,
    are_alike,
    asked_both_times,
    asks_the_same,
    condition,
    fates,
    flat,
    offered,
    read_alike,
)
from selfassess.definition.findings import Finding, in_words
from selfassess.definition.key_changes import BY_ITSELF, ITEM, KEYS, LEFT_OUT, NOTHING, OFFERED, Key
from selfassess.definition.tables import walk
from selfassess.model.questionnaire import Action, Benchmark, Group, Item, Point, Questionnaire, Scale, Strand, Table
from selfassess.model.routing import deciding as deciding_of
from selfassess.model.versions import SORTS, ItemFate, QuestionnaireChange, Sort
from selfassess.text import count

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
        before=in_words(before),
        after=in_words(after),
        means=key.means,
        touches=key.touches,
    )


def keys(where: Way, before: Table, after: Table, *, but: Collection[str] = ()) -> Iterator[QuestionnaireChange]:
    """The keys of a table that hold something else, except those that are reported on their own."""
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
            what="A different order.",
            before=", ".join(before),
            after=", ".join(after),
            means=NOTHING,
            touches=False,
        )


OWN = ("id", "text", "wording", "groups", "scale", "show_if", "dont_know", "not_applicable", "same_as", "was")
"""Keys of an item whose meaning depends on more than what they hold."""
UNSCORED = "It is in no score."
DECIDES = "It is in no score, but decides who is asked others: these are left out."
SCORE_ALONE = ("weight", "level", "met", "reverse", "scored", "short")
"""Keys that change nothing of who is asked what, where an item decides it."""
UNREAD = "It does not change what anybody reads or is asked."


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


def item_changes(both: Both) -> Iterator[QuestionnaireChange]:
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
        if asks_the_same(old, new, before, after):  # the change of the group says it already
            yield both.change("groups", unread("Who is asked is worded differently."))
        elif asked_both_times(old, new, before, after) is None:
            yield both.change("groups", replace(ITEM["groups"], means=f"Nobody is asked it both times. {LEFT_OUT}"))
        else:
            yield both.change("groups", ITEM["groups"])
    if before.show_if != after.show_if:
        is_same = condition(before, {}) == condition(after, both.earlier_ids)
        yield both.change("show_if", unread("The same condition, worded differently.") if is_same else ITEM["show_if"])


def _scale(both: Both) -> Iterator[QuestionnaireChange]:
    """Another scale, or other words than the scale's. A change of the scale itself is reported with the scale."""
    if both.before.scale != both.after.scale:
        is_same = answered_alike(both.old, both.new, both.before, both.after)
        yield both.change("scale", unread("The same scale under another id.") if is_same else ITEM["scale"])
    for name in OFFERED:
        if getattr(both.before, name) != getattr(both.after, name):
            then, now = _offers(both.old, both.before, name), _offers(both.new, both.after, name)
            key = unread("It is worded differently.") if then == now else _offered(ITEM[name], name, then, now)
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
            yield whole("structure", (name,), "A new scale.", BY_ITSELF, after=in_words(scale.points), touches=False)
    every = (*old.items, *new.items)
    used = {one.scale for one in every if one.has_points and (one.is_scored or one.id in deciding)}
    for name, scale in old.scales.items():
        if name not in new.scales:
            yield whole(
                "structure", (name,), "The scale was removed.", BY_ITSELF, before=in_words(scale.points), touches=False
            )
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
            key = unread("It is worded differently.") if same else _offered(KEYS[Scale][name], name, then, now)
            yield of_key(way, name, key, then, now)


def _points_key(before: tuple[Point, ...], after: tuple[Point, ...]) -> Key:
    """What sort of change of a scale's points it is."""
    then, now = [[(point.value, flat(point.label)) for point in points] for points in (before, after)]
    if then == now:
        return unread("The words of the points are the same.")
    if are_alike(before, after):
        return replace(KEYS[Point]["earlier"], what="Points have other words, and are said to be the same.")
    if then == now[::-1]:
        return replace(KEYS[Point]["label"], what="The points are in the opposite order.")
    if [value for value, _ in then] == [value for value, _ in now]:
        return KEYS[Point]["label"]
    if [label for _, label in then] == [label for _, label in now]:
        return KEYS[Point]["value"]
    return KEYS[Scale]["points"]


HEAD = ("groups", "scales", "scoring", "defaults", "overall", "strands")
PARTS = ("benchmarks", "skills", "items", "questions", "actions")
"""Keys of the head, and of nodes, whose parts are listed one by one."""
MOST_NAMED = 5
"""How many changes are named under one label."""
NO_EARLIER = "There are no answers to it from before: change is shown on the others."
NO_LATER = "It is no longer asked: change is shown on the others."
WHOM = "The score of everybody is one of other people. Every other group is compared as it was."


def diff(old: Questionnaire, new: Questionnaire) -> tuple[QuestionnaireChange, ...]:
    """Every change, the gravest sort first, each sort in the order of the file."""
    return tuple(sorted(_changes(old, new), key=lambda change: SORTS.index(change.sort)))


def under_the_same_version(
    old: Questionnaire, new: Questionnaire, changes: Iterable[QuestionnaireChange]
) -> tuple[QuestionnaireChange, ...]:
    """Of the changes between two versions of one questionnaire, those of what is asked and how it is scored, where both
    versions have the same label; else none."""
    if (old.id, old.version) != (new.id, new.version):
        return ()
    return tuple(change for change in changes if change.sort != "cosmetic")


def check_version(old: Questionnaire, new: Questionnaire) -> Iterator[Finding]:
    """A label that is still that of another version; or that the other file is no version of this questionnaire."""
    if old.id != new.id:
        message = f"The id is “{new.id}”, and that of the older file is “{old.id}”: these are two questionnaires."
        yield Finding("other-id", ("id",), message, "If it is a new version, keep the id.", severity="warning")
    changed = under_the_same_version(old, new, diff(old, new))
    if changed:
        ways = list(dict.fromkeys(" › ".join(filter(None, (*change.where[-1:], change.key))) for change in changed))
        told = ", ".join(ways[:MOST_NAMED]) + (" …" if len(ways) > MOST_NAMED else "")
        message = f"This is still version “{new.version}”, but it asks or scores differently: {told}."
        hint = "Give it another label: nobody can tell two versions with the same label from each other."
        yield Finding("same-version", ("version",), message, hint, severity="warning")


def _changes(old: Questionnaire, new: Questionnaire) -> Iterator[QuestionnaireChange]:
    yield from keys((), old, new, but=HEAD)
    yield from keys(("scoring",), old.scoring, new.scoring)
    yield from keys(("overall",), old.overall, new.overall)
    yield from _groups(old, new)
    yield from scales(old, new, _deciding(old) | _deciding(new))
    yield from _nodes(placed(old), placed(new))
    yield from _items(old, new, placed(old), placed(new))
    yield from _actions(old, new)
    yield from _ids_of_other_things(old, new)


def _groups(old: Questionnaire, new: Questionnaire) -> Iterator[QuestionnaireChange]:
    before, after = ({group.id: group for group in one.groups} for one in (old, new))
    for id, group in after.items():
        if id in before:
            yield from keys((id,), before[id], group)
        else:
            yield whole("structure", (id,), "A new group.", WHOM, after=group.title)
    for id, group in before.items():
        if id not in after:
            yield whole("structure", (id,), "The group was removed.", WHOM, before=group.title)
    yield from order((), "groups", list(before), list(after))


def _nodes(before: Mapping[str, Placed], after: Mapping[str, Placed]) -> Iterator[QuestionnaireChange]:
    """Strands, benchmarks and skills."""
    for id, one in after.items():
        if one.is_item:
            continue
        earlier = before.get(id)
        if earlier is None or type(earlier.part) is not type(one.part):
            yield _new_node(one, before, after)
        else:
            if earlier.home != one.home:
                means = "It can be compared on its own. The strands that it moved between are compared without it."
                yield whole("structure", one.way, "It moved.", means, before=_home(earlier), after=_home(one))
            yield from keys(one.way, earlier.part, one.part, but=PARTS)
    for id, one in before.items():
        there = after.get(id)
        if not one.is_item and (there is None or type(there.part) is not type(one.part)):
            what = f"The {_called(one)} was removed{_with_items(one)}."
            yield whole("structure", one.way, what, "It cannot be compared.", before=one.words)
    then, now = _by_home(before), _by_home(after)
    for (home, key), ids in now.items():
        yield from order((home,) if home else (), key, then.get((home, key), []), ids)


def _by_home(parts: Mapping[str, Placed]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for id, one in parts.items():
        found.setdefault(one.home, []).append(id)
    return found


def _new_node(one: Placed, before: Mapping[str, Placed], after: Mapping[str, Placed]) -> QuestionnaireChange:
    means = "There is nothing to compare it with."
    here = [id for id, item in after.items() if item.is_item and item.way[: len(one.way)] == one.way]
    homes = Counter(before[id].way[len(one.way) - 1] for id in here if id in before)
    home, count = homes.most_common(1)[0] if homes else ("", 0)
    if home not in after and 2 * count > len(here):
        means += f" Most of its items were in “{home}” before: if it is the same, give it that id, and it is compared."
    return whole("structure", one.way, f"A new {_called(one)}{_with_items(one)}.", means, after=one.words)


def _called(one: Placed) -> str:
    return {"strands": "strand", "benchmarks": "benchmark", "skills": "skill"}[one.key]


def _with_items(one: Placed) -> str:
    match one.part:
        case Strand(all_items=held) | Benchmark(items=held):
            return f", with {count(len(held), 'item')}"
        case _:
            return ""


def _home(one: Placed) -> str:
    return " › ".join((*one.way[:-1], one.key))


def _items(
    old: Questionnaire, new: Questionnaire, before: Mapping[str, Placed], after: Mapping[str, Placed]
) -> Iterator[QuestionnaireChange]:
    all_fates = fates(old, new)
    items = [{item.id: item for item in one.items} for one in (old, new)]
    deciding = _deciding(old) | _deciding(new)
    earlier_ids = {one.after: one.before for one in all_fates if one.after and one.before}
    for fate in all_fates:
        if fate.after is None and fate.before is not None:
            yield from _gone(before[fate.before], fate, after)
        elif fate.before is None and fate.after is not None:
            yield from _new(after[fate.after], fate, before)
        elif fate.before is not None and fate.after is not None:
            then, now = before[fate.before], after[fate.after]
            if then.home != now.home:
                means = "It can be compared on its own. Where it was and where it is now are compared without it."
                ways = {"before": _home(then), "after": _home(now)}
                yield whole("structure", now.way, "The item moved.", means, touches=now.is_scored, **ways)
            both = Both(
                old=old,
                new=new,
                before=items[0][fate.before],
                after=items[1][fate.after],
                way=now.way,
                fate=fate,
                earlier_ids=earlier_ids,
                decides=bool({fate.before, fate.after} & deciding),
            )
            yield from item_changes(both)


def _deciding(questionnaire: Questionnaire) -> frozenset[str]:
    """The ids of items that are in a condition on which an item in a score is asked, through other conditions too."""
    return deciding_of(questionnaire, *(item for item in questionnaire.items if item.is_scored and item.show_if))


def _new(one: Placed, fate: ItemFate, before: Mapping[str, Placed]) -> Iterator[QuestionnaireChange]:
    """A new item, unless its parent is new too."""
    means = NO_EARLIER if one.is_scored else UNSCORED
    what = "An item made from others." if fate.others else "A new item."
    if fate.others or one.home[0] in before:
        earlier = ", ".join(fate.others) or None
        yield whole("structure", one.way, what, means, before=earlier, after=one.words, touches=one.is_scored)


def _gone(one: Placed, fate: ItemFate, after: Mapping[str, Placed]) -> Iterator[QuestionnaireChange]:
    """A removed item, unless its parent was removed too."""
    means = NO_LATER if one.is_scored else UNSCORED
    what = "The item became others." if fate.others else "The item was removed."
    if fate.others or one.home[0] in after:
        later = ", ".join(fate.others) or None
        yield whole("structure", one.way, what, means, before=one.words, after=later, touches=one.is_scored)


def _actions(old: Questionnaire, new: Questionnaire) -> Iterator[QuestionnaireChange]:
    before, after = _actions_of(old), _actions_of(new)
    for id, (way, action) in after.items():
        if id not in before:
            yield whole("cosmetic", way, "A new action.", NOTHING, after=action.text, touches=False)
            continue
        if before[id][0][-2] != way[-2]:
            then, now = before[id][0][-2], way[-2]
            yield whole("cosmetic", way, "The action moved.", NOTHING, before=then, after=now, touches=False)
        yield from keys(way, before[id][1], action)
    for id, (way, action) in before.items():
        if id not in after:
            yield whole("cosmetic", way, "The action was removed.", NOTHING, before=action.text, touches=False)
    for node in dict.fromkeys(way[-2] for way, _ in after.values()):
        lists = ([id for id, (way, _) in each.items() if way[-2] == node] for each in (before, after))
        yield from order((node,), "actions", *lists)


def _actions_of(questionnaire: Questionnaire) -> dict[str, tuple[tuple[str, ...], Action]]:
    return {
        action.id: ((*one.way, action.id), action)
        for one in placed(questionnaire).values()
        if isinstance(one.part, Strand | Benchmark)
        for action in one.part.actions
    }


def _ids_of_other_things(old: Questionnaire, new: Questionnaire) -> Iterator[QuestionnaireChange]:
    """Ids that were those of something of another kind."""
    before, after = _kinds(old), _kinds(new)
    for id, kind in after.items():
        if before.get(id, kind) != kind:
            means = "Ids are never used again for something else: give it a new one."
            what = "An old id for something else."
            yield whole("structure", (id,), what, means, before=before[id], after=kind, touches=False)


def _kinds(questionnaire: Questionnaire) -> dict[str, str]:
    found = dict.fromkeys(questionnaire.scales, "scale")
    for _, part in walk(questionnaire):
        if isinstance(part, Group | Strand | Benchmark | Item | Action):
            found[part.id] = type(part).__name__.lower()
    return found

"""Which items of two versions of a questionnaire are the same one, and whether people read and answer them alike."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from selfassess.model.condition import All, Compare, Condition, Either, Not, parse
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire

SHAPES = {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "..."}
"""Marks that a text editor puts in for others."""
SHORTEST, STEM = 4, 5
"""Letters of a word that can be told from others, and how many of its first ones are looked at: meeting, meetings."""
COMMON, COMMON_SHARE = 3, 0.05
"""A word that is in more items than this, as a number and as a share, is what the whole questionnaire is about."""

Points = tuple[tuple[float, str], ...]
Options = tuple[Points, str | None, str | None, tuple[float, ...]]
"""What an item is answered with: the points, the words for "don't know" and for "doesn't apply" (None: not offered),
and the points that mean the latter."""


def matched(old: Questionnaire, new: Questionnaire) -> dict[str, str]:
    """The earlier ids of the items that are in both, by their later ids.

    An item is the one that `same_as` names, whichever of the files says so, else the one of the same id. Where two
    items claim to be the same as a third, neither is.
    """
    before, after = {item.id: item for item in old.items}, {item.id: item for item in new.items}
    claims = [(item.id, item.same_as) for item in new.items if item.same_as in before]
    claims += [(item.same_as, item.id) for item in old.items if item.same_as in after]
    pairs = list(dict.fromkeys((later, earlier) for later, earlier in claims if later and earlier))
    times = Counter(("after", later) for later, _ in pairs) + Counter(("before", earlier) for _, earlier in pairs)
    found = {later: earlier for later, earlier in pairs if times["after", later] == 1 and times["before", earlier] == 1}
    taken = set(found.values())
    same_id = {id: id for id in after if id in before and id not in found and id not in taken}
    return {id: found.get(id) or same_id[id] for id in after if id in found or id in same_id}


def flat(text: str) -> str:
    """A text as it is read: without line ends and double spaces, and whatever shape its quotation marks have."""
    return " ".join("".join(SHAPES.get(character, character) for character in text).split())


def asked_of(questionnaire: Questionnaire, item: Item) -> tuple[str, ...]:
    """The ids of the groups that are asked an item; empty where there are no groups."""
    return tuple(group.id for group in questionnaire.groups if item.asks(group.id))


def asks_the_same(old: Questionnaire, new: Questionnaire, before: Item, after: Item) -> bool:
    """Whether the groups that are in both versions, and are asked an item, are the same."""
    there = {group.id for group in old.groups} & {group.id for group in new.groups}
    return set(asked_of(old, before)) & there == set(asked_of(new, after)) & there


def asked_both_times(old: Questionnaire, new: Questionnaire, before: Item, after: Item) -> tuple[str, ...] | None:
    """The groups that are asked an item in both versions, where it is not everybody's (else empty); None where nobody
    was asked it twice."""
    if not old.groups or not new.groups or not (before.groups or after.groups):
        return ()
    then = asked_of(old, before)
    both = tuple(group for group in asked_of(new, after) if group in then)
    return both or None


def read_alike(old: Questionnaire, new: Questionnaire, before: Item, after: Item) -> bool:
    """Whether everybody who is asked an item in both versions reads the same words."""
    then, now = (_texts(item) for item in (before, after))
    if not old.groups or not new.groups:
        return len({flat(text) for text in (*then, *now)}) == 1
    groups = [group for group in asked_of(new, after) if group in asked_of(old, before)]
    if not groups:
        return flat(before.text) == flat(after.text)
    return all(flat(before.words(group)) == flat(after.words(group)) for group in groups)


def _texts(item: Item) -> tuple[str, ...]:
    return (item.text, *item.wording.values())


def options(questionnaire: Questionnaire, item: Item) -> Options | None:
    """What an item is answered with; None for one without points."""
    if not item.has_points:
        return None
    scale = questionnaire.scale_of(item)
    points = tuple((point.value, flat(point.label)) for point in scale.points)
    dont_know = offered(item.dont_know, scale.dont_know)
    not_applicable = offered(item.not_applicable, scale.not_applicable)
    return points, dont_know, not_applicable, tuple(sorted(item.not_applicable_values))


def offered(own: object, of_scale: str | None) -> str | None:
    """The words of an answer beside the scale: the item's own, else the scale's; None where it is not offered."""
    words = of_scale if own is None else own
    return flat(words) if isinstance(words, str) else None


def condition(item: Item, ids: Mapping[str, str]) -> Condition | None:
    """On what an item is asked, with the ids of items turned into others where they are given."""
    return None if item.show_if is None else _with_ids(parse(item.show_if), ids)


def _with_ids(part: Condition, ids: Mapping[str, str]) -> Condition:
    match part:
        case Compare():
            return replace(part, item=ids.get(part.item, part.item))
        case Not(inner):
            return Not(_with_ids(inner, ids))
        case All(parts):
            return All(tuple(_with_ids(one, ids) for one in parts))
        case Either(parts):
            return Either(tuple(_with_ids(one, ids) for one in parts))


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text that are long enough to mean something."""
    return frozenset(word[:STEM] for word in re.findall(r"\w+", text.lower()) if len(word) >= SHORTEST)


def common(texts: Iterable[str]) -> frozenset[str]:
    """The beginnings of words that are in so many of the texts that to share them says nothing."""
    each = [stems(text) for text in dict.fromkeys(texts)]
    counts = Counter(stem for one in each for stem in one)
    most = max(COMMON, COMMON_SHARE * len(each))
    return frozenset(stem for stem, count in counts.items() if count > most)


def something_else(before: str, after: str, in_common: frozenset[str]) -> bool:
    """Whether two texts have nothing in common but what is common to all."""
    then, now = stems(before) - in_common, stems(after) - in_common
    return bool(then and now) and not then & now

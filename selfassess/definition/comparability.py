"""What two versions of a questionnaire share: what became of each item, and which scores can still be compared."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from selfassess.model.conditions import All, Compare, Condition, Either, Not, comparisons, parse
from selfassess.model.questionnaire import (
    Benchmark,
    Edition,
    GroupKey,
    Item,
    Overall,
    Point,
    Questionnaire,
    Scale,
    Strand,
)
from selfassess.model.score_tree import OVERALL, Node, has_score, items, min_answered, nodes, parts
from selfassess.model.sheet import Form
from selfassess.model.versions import Aside, Comparability, Fate, ItemFate, NodeComparability
from selfassess.text import count

SHAPES = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "..."}
)
"""Marks that a text editor puts in for others."""
SHORTEST, STEM = 4, 5
"""Letters of a word that can be told from others, and how many of its first ones are looked at: meeting, meetings."""
COMMON, COMMON_SHARE = 3, 0.05
"""A word that is in more items than this, as a number and as a share, is what the whole questionnaire is about."""


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
    return " ".join(text.translate(SHAPES).split())


def asked_of(questionnaire: Questionnaire, item: Item) -> tuple[GroupKey, ...]:
    """The ids of the groups that are asked an item; empty where there are no groups."""
    return tuple(group.id for group in questionnaire.groups if item.asks(group.id))


def asks_the_same(old: Questionnaire, new: Questionnaire, before: Item, after: Item) -> bool:
    """Whether the groups that are in both versions, and are asked an item, are the same."""
    there = {group.id for group in old.groups} & {group.id for group in new.groups}
    return set(asked_of(old, before)) & there == set(asked_of(new, after)) & there


def asked_both_times(old: Questionnaire, new: Questionnaire, before: Item, after: Item) -> tuple[GroupKey, ...] | None:
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


def answered_alike(old: Questionnaire, new: Questionnaire, before: Item, after: Item) -> bool:
    """Whether two items are answered with the same points, and offer the same words beside them."""
    if not (before.has_points and after.has_points):
        return before.has_points == after.has_points
    then, now = old.scale_of(before), new.scale_of(after)
    return are_alike(then.points, now.points) and _beside(then, before) == _beside(now, after)


def are_alike(then: Sequence[Point], now: Sequence[Point]) -> bool:
    """Whether points are the same ones in the same order: of the same values, and of the same words now or earlier."""
    return len(then) == len(now) and all(
        one.value == other.value and not _words(one).isdisjoint(_words(other))
        for one, other in zip(then, now, strict=True)
    )


def _words(point: Point) -> frozenset[str]:
    return frozenset(flat(words) for words in (point.label, point.earlier) if words is not None)


def _beside(scale: Scale, item: Item) -> tuple[str | None, str | None, tuple[float, ...]]:
    """The words for "don't know" and for "doesn't apply" (None: not offered), and the points that mean the latter."""
    dont_know = offered(item.dont_know, scale.dont_know)
    not_applicable = offered(item.not_applicable, scale.not_applicable)
    return dont_know, not_applicable, tuple(sorted(item.not_applicable_values))


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
        has_other_ends = before.answering.ends() != after.answering.ends()
        if has_other_ends or not answered_alike(self.old, self.new, before, after):
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


Forms = tuple[Form, Form]
"""Which form was answered, then and now."""
WHOLE: Forms = ("full", "full")
Groups = tuple[GroupKey | None, GroupKey | None]
"""The group that one person was in, then and now."""
ALL: Groups = (None, None)
"""All groups, or none where there are none."""

NOW: tuple[Aside, ...] = (
    *("reworded", "with other options", "turned round", "of another kind", "perhaps something else"),
    *("asked of others", "asked on another condition", "new", "made from others", "moved here"),
    *("not in the short form then", "not for this group then"),
)
THEN: tuple[Aside, ...] = (
    *("gone", "split", "moved away", "no longer scored", "not in the short form", "not for this group"),
)
"""Reasons why an item of the later version, and of the earlier, is aside; in the order in which they are told."""


def comparability(
    old: Questionnaire, new: Questionnaire, *, forms: Forms = WHOLE, groups: Groups = ALL
) -> Comparability:
    """What can be compared. An item can where its text (for every group that is asked it), its scale, its direction and
    the condition on which it is asked are the same.

    Nodes are matched by their ids. Both rounds are to be scored by the rules of the later version, on the items that
    are the same and are in the node both times; each item in the groups that are asked it both times. With `groups` it
    is about one person, who was asked what these groups are.
    """
    return _comparability(_versions(old, new, forms, groups))


def _comparability(both: "_Versions") -> Comparability:
    before, after = nodes(both.old), nodes(both.new)
    found = {id: _node(both, id, before.get(id), node) for id, node in after.items()}
    found |= {id: _gone(both, id, node) for id, node in before.items() if id not in after}
    strands = {id for id in found if isinstance(after.get(id, before.get(id)), Strand)}
    return Comparability(
        items=both.fates,
        overall=found[OVERALL],
        strands=tuple(node for id, node in found.items() if id in strands),
        benchmarks=tuple(node for id, node in found.items() if id not in strands and id != OVERALL),
    )


def what_changed(before: Edition, after: Edition, *, forms: Forms = WHOLE) -> str:
    """In one line, what changed between two editions: "2 items reworded, 1 new: change can be shown on 42 of 44." """
    if before.sha256 == after.sha256 and forms[0] == forms[1]:
        return "The same questionnaire: change can be shown on every item."
    both = _versions(before.questionnaire, after.questionnaire, forms, ALL)
    held = [frozenset(item.id for item in one.items) for one in (both.old, both.new)]
    same, aside = _sorted(both, _in_scores(both.old), _in_scores(both.new), held[0], held[1])
    total = len(same) + sum(reason not in THEN for reason in aside.values())
    if not aside:
        whole = _comparability(both)
        new_rules = any(node.new_rules for node in (whole.overall, *whole.strands, *whole.benchmarks))
        rules = ", but not all the rules" if new_rules else ""
        return f"The items are the same{rules}: change can be shown on all {total}."
    times = Counter(aside.values())
    first, *others = [(times[reason], reason) for reason in (*NOW, *THEN) if times[reason]]
    counts = [f"{count(first[0], 'item')} {first[1]}"]
    counts += [f"{number} {reason}" for number, reason in others]
    return f"{', '.join(counts)}: change can be shown on {len(same) or 'none'} of {total}."


def _in_scores(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """The items that are in any score."""
    every = nodes(questionnaire).values()
    ids = {item.id for node in every if has_score(questionnaire, node) for item in items(questionnaire, node)}
    return tuple(item for item in questionnaire.items if item.id in ids)


@dataclass(frozen=True, slots=True)
class _Versions:
    """Two versions, each as far as it was asked, and what became of their items."""

    old: Questionnaire
    new: Questionnaire
    fates: tuple[ItemFate, ...]
    before: Mapping[str, ItemFate]
    """By the earlier id."""
    after: Mapping[str, ItemFate]
    """By the later id."""


def _versions(old: Questionnaire, new: Questionnaire, forms: Forms, groups: Groups) -> _Versions:
    whole = fates(old, new)
    short = {item.id for item in old.items if item.short}, {item.id for item in new.items if item.short}
    then, now = _as_asked(old, forms[0], groups[0]), _as_asked(new, forms[1], groups[1])
    found = whole
    if (then, now) != (old, new):
        old, new = then, now
        same = [(one.before, one.after) for one in whole if one.before and one.after]
        later, earlier = dict(same), {after: before for before, after in same}
        found = tuple(_asked_once(one, later, earlier, forms, short) for one in fates(old, new))
    before, after = {one.before: one for one in found if one.before}, {one.after: one for one in found if one.after}
    return _Versions(old, new, found, before, after)


def _asked_once(
    one: ItemFate,
    later: Mapping[str, str],
    earlier: Mapping[str, str],
    forms: Forms,
    short: tuple[set[str], set[str]],
) -> ItemFate:
    """What became of an item that was asked one time alone, though both versions have it: `later` and `earlier` say as
    what. `short` are the items that are in the short form of each."""
    if one.fate == "gone" and (after := later.get(one.before or "")):
        is_left_out = forms[1] == "short" and after not in short[1]
        return replace(one, fate="not in the short form" if is_left_out else "not for this group")
    if one.fate == "new" and (before := earlier.get(one.after or "")):
        is_left_out = forms[0] == "short" and before not in short[0]
        return replace(one, fate="not in the short form then" if is_left_out else "not for this group then")
    return one


def _as_asked(questionnaire: Questionnaire, form: Form, group: GroupKey | None) -> Questionnaire:
    """The questionnaire with the items of a form alone; with a group, those that it is asked."""
    if form == "full" and group is None:
        return questionnaire
    return questionnaire.with_items(lambda item: (form == "full" or item.short) and (group is None or item.asks(group)))


def _node(both: _Versions, id: str, before: Node | None, after: Node) -> NodeComparability:
    title = _title(both.new, after)
    if not has_score(both.new, after):
        return NodeComparability(id=id, title=title, comparable=False, sentence="It has no score to compare.")
    if type(before) is not type(after):
        before = None
    then, now = items(both.old, before) if before else (), items(both.new, after)
    same, aside = _sorted(both, then, now, _held(both.old, before), _held(both.new, after))
    if before is None:
        sentence = "New: there is nothing to compare it with."
        return NodeComparability(id=id, title=title, aside=aside, comparable=False, sentence=sentence)
    broken = after.method == "ladder" and bool(aside)
    by_earlier, by_later = {earlier: later for later, earlier in same.items()}, {later: later for later in same}
    comparable = bool(same) and not broken and 2 * len(same) >= min(len(then), len(now))
    new_rules = comparable and _rules(both.old, before, by_earlier) != _rules(both.new, after, by_later)
    found = NodeComparability(
        id=id, title=title, same=same, aside=aside, comparable=comparable, new_rules=new_rules, sentence=""
    )
    return replace(found, sentence=_sentence(found, is_ladder=after.method == "ladder"))


def _gone(both: _Versions, id: str, node: Node) -> NodeComparability:
    _, aside = _sorted(both, items(both.old, node), (), _held(both.old, node), frozenset())
    sentence = "Removed: there is nothing to compare it with."
    return NodeComparability(id=id, title=_title(both.old, node), aside=aside, comparable=False, sentence=sentence)


def _title(questionnaire: Questionnaire, node: Node) -> str:
    return questionnaire.title if isinstance(node, Overall) else node.title


def _held(questionnaire: Questionnaire, node: Node | None) -> frozenset[str]:
    """The ids of all items below a node, in its score or not."""
    match node:
        case Overall():
            held = questionnaire.items
        case Strand():
            held = node.all_items
        case Benchmark():
            held = node.items
        case _:
            held = ()
    return frozenset(item.id for item in held)


def _sorted(
    both: _Versions, then: Iterable[Item], now: Iterable[Item], held_then: frozenset[str], held_now: frozenset[str]
) -> tuple[dict[str, str], dict[str, Aside]]:
    """The items in a node's score then and now: those that are the same, and the others with the reason."""
    same: dict[str, str] = {}
    aside: dict[str, Aside] = {}
    for item in now:
        one = both.after[item.id]
        if not one.comparable or one.before is None:
            aside[item.id] = one.fate
        elif one.before in held_then:
            same[item.id] = one.before
        else:
            aside[item.id] = "moved here"
    for item in then:
        one = both.before[item.id]
        if one.after is None:
            aside[item.id] = one.fate
        elif one.after not in held_now:
            aside[item.id] = "moved away"
        elif one.after not in same and one.after not in aside:
            aside[item.id] = "no longer scored"
    return same, aside


def _rules(questionnaire: Questionnaire, node: Node, ids: Mapping[str, str]) -> Hashable:
    """How a node's score comes from the items that are given with the ids to tell them by."""
    is_ladder = node.method == "ladder"
    made: list[Hashable] = []
    for part in parts(questionnaire, node):
        level = part.level if is_ladder and not isinstance(part, Strand) else None
        if isinstance(part, Item) and part.id in ids:
            made.append((ids[part.id], part.weight, level, part.met if is_ladder else None))
        elif not isinstance(part, Item) and any(item.id in ids for item in items(questionnaire, part)):
            made.append((part.id, part.weight, level, _rules(questionnaire, part, ids)))
    when_missing = node.when_missing if node.method == "sum" else None
    ladder = (node.met, node.na) if is_ladder else None
    return (node.method, min_answered(questionnaire, node), when_missing, ladder, frozenset(made))


def _total(node: NodeComparability) -> int:
    """How many items of the later version are in the node's score."""
    return len(node.same) + sum(reason not in THEN for reason in node.aside.values())


def _sentence(node: NodeComparability, *, is_ladder: bool) -> str:
    same, total = len(node.same), _total(node)
    now = [f"{len(node.left_out(reason))} {reason}" for reason in NOW if node.left_out(reason)]
    then = [f"{len(node.left_out(reason))} {reason}" for reason in THEN if node.left_out(reason)]
    if now:
        words = ", ".join([f"{same or 'none'} of {count(total, 'item')} the same", *now])
    elif total == 1:
        words = "its one item is the same"
    else:
        words = f"all {total} items the same"
    words = words[0].upper() + words[1:]
    if then:
        words += f"; of those before, {', '.join(then)}"
    if node.comparable:
        shown = f"change is shown on the {same}" if node.aside else "change is shown"
    elif is_ladder and same:
        shown = "levels are compared only where all items are the same"
    else:
        shown = "too few to show a change" if same else "no change is shown"
    rules = " Both rounds are scored by the new rules." if node.new_rules else ""
    return f"{words}: {shown}.{rules}"

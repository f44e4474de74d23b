"""What of two versions of a questionnaire can be compared, item by item and strand by strand."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from selfassess.definition.fates import fates
from selfassess.model.item import Item
from selfassess.model.questionnaire import Benchmark, Edition, Overall, Questionnaire, Strand
from selfassess.model.sheet import Form
from selfassess.model.units import OVERALL, Node, has_score, items, min_answered, nodes, parts
from selfassess.model.version import Aside, Comparability, ItemFate, NodeComparability

Forms = tuple[Form, Form]
"""Which form was answered, then and now."""
WHOLE: Forms = ("full", "full")
Groups = tuple[str | None, str | None]
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
    counts = [f"{first[0]} {'item' if first[0] == 1 else 'items'} {first[1]}"]
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


def _as_asked(questionnaire: Questionnaire, form: Form, group: str | None) -> Questionnaire:
    """The questionnaire with the items of a form alone; with a group, those that it is asked."""
    if form == "full" and group is None:
        return questionnaire

    def kept(held: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(item for item in held if (form == "full" or item.short) and (group is None or item.asks(group)))

    def without(held: tuple[Benchmark, ...]) -> tuple[Benchmark, ...]:
        return tuple(replace(node, items=kept(node.items)) for node in held)

    return replace(
        questionnaire,
        strands=tuple(
            replace(
                strand,
                items=kept(strand.items),
                benchmarks=without(strand.benchmarks),
                skills=without(strand.skills),
            )
            for strand in questionnaire.strands
        ),
    )


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
    sentence = "Gone: there is nothing to compare it with."
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
    now = [f"{len(node.of(reason))} {reason}" for reason in NOW if node.of(reason)]
    then = [f"{len(node.of(reason))} {reason}" for reason in THEN if node.of(reason)]
    if now:
        words = ", ".join([f"{same or 'none'} of {_items(total)} the same", *now])
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


def _items(number: int) -> str:
    return "1 item" if number == 1 else f"{number} items"

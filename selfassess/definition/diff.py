"""What changed between two versions of a questionnaire."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from selfassess.definition import diff_items
from selfassess.definition.build import walk
from selfassess.definition.differing import Placed, keys, order, placed, whole
from selfassess.definition.fates import fates
from selfassess.definition.finding import Finding
from selfassess.definition.version_keys import NOTHING
from selfassess.model.asking import deciding as deciding_of
from selfassess.model.item import Item
from selfassess.model.questionnaire import Action, Benchmark, Group, Questionnaire, Strand
from selfassess.model.version import SORTS, ItemFate, QuestionnaireChange

HEAD = ("groups", "scales", "scoring", "defaults", "overall", "strands")
PARTS = ("benchmarks", "skills", "items", "questions", "actions")
"""Keys of the head, and of nodes, whose parts are told one by one."""
MOST_NAMED = 5
"""How many changes are named under one label."""
NO_EARLIER = "There are no answers to it from before: change is shown on the others."
NO_LATER = "It is not asked any more: change is shown on the others."
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
        hint = "Give it another label: nobody can tell apart two versions with the same label."
        yield Finding("same-version", ("version",), message, hint, severity="warning")


def _changes(old: Questionnaire, new: Questionnaire) -> Iterator[QuestionnaireChange]:
    yield from keys((), old, new, but=HEAD)
    yield from keys(("scoring",), old.scoring, new.scoring)
    yield from keys(("overall",), old.overall, new.overall)
    yield from _groups(old, new)
    yield from diff_items.scales(old, new, _deciding(old) | _deciding(new))
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
            yield whole("structure", (id,), "The group is gone.", WHOM, before=group.title)
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
                means = "It can be compared by itself. The strands that it moved between are compared without it."
                yield whole("structure", one.way, "It moved.", means, before=_home(earlier), after=_home(one))
            yield from keys(one.way, earlier.part, one.part, but=PARTS)
    for id, one in before.items():
        there = after.get(id)
        if not one.is_item and (there is None or type(there.part) is not type(one.part)):
            what = f"The {_called(one)} is gone{_with_items(one)}."
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
            return f", with {len(held)} item{'' if len(held) == 1 else 's'}"
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
                means = "It can be compared by itself. Where it was and where it is now are compared without it."
                ways = {"before": _home(then), "after": _home(now)}
                yield whole("structure", now.way, "The item moved.", means, touches=now.is_scored, **ways)
            both = diff_items.Both(
                old=old,
                new=new,
                before=items[0][fate.before],
                after=items[1][fate.after],
                way=now.way,
                fate=fate,
                earlier_ids=earlier_ids,
                decides=bool({fate.before, fate.after} & deciding),
            )
            yield from diff_items.item(both)


def _deciding(questionnaire: Questionnaire) -> frozenset[str]:
    """The ids of items that are in a condition on which an item in a score is asked, through other conditions too."""
    return deciding_of(questionnaire, *(item for item in questionnaire.items if item.is_scored and item.show_if))


def _new(one: Placed, fate: ItemFate, before: Mapping[str, Placed]) -> Iterator[QuestionnaireChange]:
    """An item that came, unless that is told of what it came with."""
    means = NO_EARLIER if one.is_scored else diff_items.UNSCORED
    what = "An item made from others." if fate.others else "A new item."
    if fate.others or one.home[0] in before:
        earlier = ", ".join(fate.others) or None
        yield whole("structure", one.way, what, means, before=earlier, after=one.words, touches=one.is_scored)


def _gone(one: Placed, fate: ItemFate, after: Mapping[str, Placed]) -> Iterator[QuestionnaireChange]:
    """An item that went, unless that is told of what it went with."""
    means = NO_LATER if one.is_scored else diff_items.UNSCORED
    what = "The item became others." if fate.others else "The item is gone."
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
            yield whole("cosmetic", way, "The action is gone.", NOTHING, before=action.text, touches=False)
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

"""Checks of scales and of what single items say: their scale, their ends, their conditions."""

from collections.abc import Iterator, Mapping, Sequence, Set

from selfassess.definition.build import walk
from selfassess.definition.craft import WARNINGS
from selfassess.definition.finding import Finding, did_you_mean
from selfassess.definition.toml import Keys
from selfassess.model.condition import All, Compare, Condition, ConditionError, Either, Not, comparisons, parse
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.scale import POINT_CODES, Scale


def check_scales(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Scales with too few or too many points, or whose values neither rise nor fall."""
    for name, scale in questionnaire.scales.items():
        keys: Keys = ("scales", name, "points")
        values = list(scale.values)
        if len(values) < 2:
            yield Finding("too-few-points", keys, "A scale needs at least two points.", "Add the other options.")
        elif len(values) > len(POINT_CODES):
            message = f"The scale has {len(values)} points; there is room for {len(POINT_CODES)}."
            yield Finding("too-many-points", keys, message, 'Ask for a number instead: kind = "number".')
        elif len(set(values)) < len(values):
            twice = next(position for position, value in enumerate(values) if value in values[:position])
            spot = (*keys, twice, "value")
            yield Finding(
                "duplicate-value", spot, f"Two points are worth {values[twice]:g}.", "Give each its own value."
            )
        elif values not in (sorted(values), sorted(values, reverse=True)):
            message = "The values of the points must rise or fall from first to last."
            yield Finding("unordered-points", keys, message, "Put the points in the order of their values.")


def check_items(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Items without a scale, values that are off it, numbers that cannot be, conditions that cannot come true."""
    items = {item.id: item for item in questionnaire.items}
    order = {item.id: position for position, item in enumerate(questionnaire.items)}
    if not questionnaire.scales and any(item.has_points for item in questionnaire.items):
        hint = "Write one: [scales.agree], with its points."
        yield Finding("no-scale", ("scales",), "The file defines no scale to answer on.", hint)
    for keys, part in walk(questionnaire):
        if isinstance(part, Item):
            yield from _scale(questionnaire, keys, part)
            yield from _numbers(keys, part)
            for key, text in (("show_if", part.show_if), ("comment_if", part.comment_if)):
                if text is not None:
                    yield from _condition(questionnaire, items, order, (*keys, key), part, text)
            for position, name in enumerate(part.allow):
                if name not in WARNINGS:
                    message = f"There is no warning “{name}” to allow."
                    yield Finding("unknown-warning", (*keys, "allow", position), message, did_you_mean(name, WARNINGS))


def _scale(questionnaire: Questionnaire, keys: Keys, item: Item) -> Iterator[Finding]:
    if not item.has_points or "questions" in keys:  # that a question is answered in words is told elsewhere
        return
    if item.scale is None:
        if questionnaire.scales:
            example = f'scale = "{next(iter(questionnaire.scales))}"'
            hint = f"Write {example} here, or once for the benchmark, the strand or the whole file."
            message = "The item has no scale, and the file defines several."
            yield Finding("no-scale", (*keys, "scale"), message, hint)
        return
    scale = questionnaire.scales.get(item.scale)
    if scale is None or len(scale.points) < 2:
        return
    for position, value in enumerate(item.not_applicable_values):
        if value not in scale.values:
            yield off_scale((*keys, "not_applicable_values", position), value, item.scale, scale)
    if item.not_applicable_values and len(set(scale.values) - set(item.not_applicable_values)) < 2:
        message = "Fewer than two points are left that are an answer."
        yield Finding("too-few-points", (*keys, "not_applicable_values"), message, "Leave at least two.")
    if item.met is not None and not scale.lowest <= item.met <= scale.highest:
        yield off_scale((*keys, "met"), item.met, item.scale, scale)


def off_scale(keys: Keys, value: float, name: str, scale: Scale) -> Finding:
    """A value that is not on a scale, with the values that are."""
    points = ", ".join(f"{value:g}" for value in scale.values)
    return Finding("value-off-scale", keys, f"{value:g} is not on the scale “{name}”.", f"Its values are {points}.")


def _numbers(keys: Keys, item: Item) -> Iterator[Finding]:
    if item.weight <= 0:
        hint = "Use a number above 0, or scored = false to leave the item out of every score."
        yield Finding("bad-weight", (*keys, "weight"), f"A weight cannot be {item.weight:g}.", hint)
    if item.min_ is not None and item.max_ is not None and item.min_ >= item.max_:
        message = f"The lowest number ({item.min_:g}) is not below the highest ({item.max_:g})."
        yield Finding("bad-range", (*keys, "min"), message, "Change min or max.")
    for key, held in (("min", item.min_), ("max", item.max_), ("unit", item.unit or None)):
        if held is not None and item.kind != "number":
            message = f"“{key}” is for numbers, and this item's kind is “{item.kind}”."
            yield Finding("not-a-number", (*keys, key), message, 'Write kind = "number", or take it out.')
    for key, held in (("scale", item.scale), ("reverse", item.reverse or None)):
        if held is not None and not item.has_points:
            message = f"“{key}” is for items with points, and this item's kind is “{item.kind}”."
            yield Finding("no-points", (*keys, key), message, "Take it out.")


def _condition(
    questionnaire: Questionnaire,
    items: Mapping[str, Item],
    order: Mapping[str, int],
    keys: Keys,
    item: Item,
    text: str,
) -> Iterator[Finding]:
    # A comment can be asked for because of the answer it stands beside; whether to ask is decided before.
    latest = order[item.id] - (keys[-1] == "show_if")
    try:
        condition = parse(text)
    except ConditionError as error:
        message = f"The condition cannot be read at character {error.column}: {error}."
        yield Finding("bad-condition", keys, message, f'Such as {keys[-1]} = "vision_say <= 2 and not (years < 1)".')
        return
    for compare in comparisons(condition):
        other = items.get(compare.item)
        if other is None:
            earlier = (id for id, position in order.items() if position <= latest)
            hint = did_you_mean(compare.item, earlier)
            yield Finding("unknown-item", keys, f"There is no item “{compare.item}”.", hint)
        elif order[compare.item] > latest:
            yield _too_early(items, keys, item, other)
        else:
            yield from _comparison(questionnaire, keys, other, compare)
    if keys[-1] == "show_if":
        yield from _never_met(items, [group.id for group in questionnaire.groups], keys, item, condition)


def _too_early(items: Mapping[str, Item], keys: Keys, item: Item, other: Item) -> Finding:
    if item.id in _depends_on(items, other.id):
        circle = "itself" if other is item else f"“{other.id}”, which depends on “{item.id}”"
        return Finding("condition-cycle", keys, f"The item depends on {circle}.", "Take one of these conditions out.")
    message = f"“{other.id}” comes later, so it is not answered yet."
    return Finding("later-item", keys, message, "Use earlier items, or change their order.")


def _depends_on(items: Mapping[str, Item], id: str) -> set[str]:
    """The item and all that its condition leads back to."""
    found: set[str] = set()
    to_see = [id]
    while to_see:
        one = to_see.pop()
        if one in items and one not in found:
            found.add(one)
            to_see += _named_in(items[one])
    return found


def _named_in(item: Item) -> list[str]:
    try:
        return [compare.item for compare in comparisons(parse(item.show_if))] if item.show_if else []
    except ConditionError:
        return []


def _comparison(questionnaire: Questionnaire, keys: Keys, other: Item, compare: Compare) -> Iterator[Finding]:
    if other.kind == "text":
        hint = "Compare an item that is a choice or a number."
        message = f"“{other.id}” is answered in words, so it cannot be compared."
        yield Finding("not-comparable", keys, message, hint)
        return
    if (other.kind == "many") != (compare.sign == "has"):
        message = f"“{other.id}” has several answers, so it is not compared with “{compare.sign}”."
        sign = "has"
        if compare.sign == "has":
            message, sign = f"“{other.id}” has one answer, so it is not compared with “has”.", "=="
        yield Finding("not-comparable", keys, message, f"Such as {other.id} {sign} {compare.value:g}.")
        return
    scale = questionnaire.scales.get(other.scale or "")
    if scale and len(scale.points) > 1:
        exact = compare.sign in ("==", "!=", "has")
        if (exact and compare.value not in scale.values) or not scale.lowest <= compare.value <= scale.highest:
            yield off_scale(keys, compare.value, other.scale or "", scale)


def _never_met(
    items: Mapping[str, Item], groups: Sequence[str], keys: Keys, item: Item, condition: Condition
) -> Iterator[Finding]:
    """Groups, and the short form, in which too little is asked for a condition ever to be true."""
    named = [items[compare.item] for compare in comparisons(condition) if compare.item in items]
    asked = {group: frozenset(other.id for other in named if other.asks(group)) for group in item.groups or groups}
    possible = {ids: _possible(condition, ids) for ids in {*asked.values()}}
    without = [group for group, ids in asked.items() if not possible[ids]]
    if without:
        message = f"“{item.id}” is never asked of {' or '.join(without)}: they are not asked what it depends on."
        hint = "Ask both of the same groups."
        yield Finding("condition-not-asked", keys, message, hint, severity="warning")
    if item.short and not _possible(condition, {other.id for other in named if other.short}):
        message = f"“{item.id}” is never asked in the short form: what it depends on is not in it."
        yield Finding("condition-not-asked", keys, message, "Make both short, or neither.", severity="warning")


def _possible(condition: Condition, asked: Set[str], truth: bool = True) -> bool:
    """Whether a condition can come out true (or false) where only some items are asked."""
    match condition:
        case Compare(item):
            return item in asked
        case Not(part):
            return _possible(part, asked, not truth)
        case All(parts) | Either(parts):
            each = [_possible(part, asked, truth) for part in parts]
            return all(each) if isinstance(condition, All) == truth else any(each)

"""Checks of scales and of what single items say: their scale, their ends, their conditions."""

from collections.abc import Iterator, Mapping

from selfassess.definition.build import walk
from selfassess.definition.craft import WARNINGS
from selfassess.definition.finding import Finding, did_you_mean
from selfassess.definition.toml import Keys
from selfassess.model.condition import Compare, ConditionError, comparisons, parse
from selfassess.model.questionnaire import Item, Questionnaire
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
            twice = next(value for value in values if values.count(value) > 1)
            yield Finding("duplicate-value", keys, f"Two points are worth {twice:g}.", "Give each its own value.")
        elif values not in (sorted(values), sorted(values, reverse=True)):
            message = "The values of the points must rise or fall from first to last."
            yield Finding("unordered-points", keys, message, "Put the points in the order of their values.")


def check_items(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Items without a scale, values that are off it, numbers that cannot be, conditions that cannot come true."""
    items = {part.id: part for _, part in walk(questionnaire) if isinstance(part, Item)}
    order = [item.id for item in questionnaire.items]
    for keys, part in walk(questionnaire):
        if isinstance(part, Item):
            yield from _scale(questionnaire, keys, part)
            yield from _numbers(keys, part)
            for key, text, latest in (
                ("show_if", part.show_if, order.index(part.id)),
                ("comment_if", part.comment_if, order.index(part.id) + 1),
            ):
                if text is not None:
                    yield from _condition(questionnaire, items, (*keys, key), part, text, set(order[:latest]))
            for position, name in enumerate(part.allow):
                if name not in WARNINGS:
                    message = f"There is no warning “{name}” to allow."
                    yield Finding("unknown-warning", (*keys, "allow", position), message, did_you_mean(name, WARNINGS))


def _scale(questionnaire: Questionnaire, keys: Keys, item: Item) -> Iterator[Finding]:
    if not item.has_points:
        return
    if item.scale is None:
        defined = bool(questionnaire.scales)
        message = "The item has no scale, and the file defines " + ("several." if defined else "none.")
        hint = "Name one: scale = " + (f'"{next(iter(questionnaire.scales))}".' if defined else '"…", and define it.')
        yield Finding("no-scale", keys, message, hint)
        return
    scale = questionnaire.scales.get(item.scale)
    if scale is None or len(scale.points) < 2:
        return
    for position, value in enumerate(item.not_applicable_values):
        if value not in scale.values:
            yield off_scale((*keys, "not_applicable_values", position), value, item.scale, scale)
    if len(set(scale.values) - set(item.not_applicable_values)) < 2:
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
    questionnaire: Questionnaire, items: Mapping[str, Item], keys: Keys, item: Item, text: str, known: set[str]
) -> Iterator[Finding]:
    try:
        condition = parse(text)
    except ConditionError as error:
        message = f"The condition cannot be read at character {error.column}: {error}."
        yield Finding("bad-condition", keys, message, f'Such as {keys[-1]} = "vision_say <= 2 and not (years < 1)".')
        return
    for compare in comparisons(condition):
        other = items.get(compare.item)
        if other is None:
            hint = did_you_mean(compare.item, known)
            yield Finding("unknown-item", keys, f"There is no item “{compare.item}”.", hint)
        elif compare.item not in known:
            yield _too_early(items, keys, item, other)
        else:
            yield from _comparison(questionnaire, keys, item, other, compare)


def _too_early(items: Mapping[str, Item], keys: Keys, item: Item, other: Item) -> Finding:
    if item.id in _depends_on(items, other.id):
        circle = "itself" if other is item else f"“{other.id}”, which depends on “{item.id}”"
        return Finding("condition-cycle", keys, f"The item depends on {circle}.", "Break the circle.")
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


def _comparison(
    questionnaire: Questionnaire, keys: Keys, item: Item, other: Item, compare: Compare
) -> Iterator[Finding]:
    if other.kind == "text" or (other.kind == "many") != (compare.sign == "has"):
        say = {"text": "is answered in words", "many": "has several answers: use has"}.get(other.kind, "has one answer")
        hint = "Compare an item that is a choice or a number." if other.kind == "text" else "Such as services has 2."
        hint = hint if other.kind in ("text", "many") else f"Such as {other.id} == {compare.value:g}."
        yield Finding("not-comparable", keys, f"“{other.id}” {say}.", hint)
        return
    scale = questionnaire.scales.get(other.scale or "")
    if scale and len(scale.points) > 1:
        exact = compare.sign in ("==", "!=", "has")
        if (exact and compare.value not in scale.values) or not scale.lowest <= compare.value <= scale.highest:
            yield off_scale(keys, compare.value, other.scale or "", scale)
    if other.groups and (not item.groups or not set(item.groups) <= set(other.groups)):
        unasked = [id for id in item.groups or [group.id for group in questionnaire.groups] if id not in other.groups]
        message = f"“{other.id}” is not asked of {', '.join(unasked)}, who will never meet this item."
        if keys[-1] == "show_if":
            hint = "Ask both of the same groups."
            yield Finding("condition-not-asked", keys, message, hint, severity="warning")

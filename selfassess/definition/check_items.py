"""Checks of ids, of scales, and of what single items say."""

from collections.abc import Iterator

from selfassess.definition.findings import ID, RESERVED, Finding, suggested_id
from selfassess.definition.tables import ATTRIBUTES, walk
from selfassess.definition.toml_source import Keys
from selfassess.model.item_kinds import KINDS
from selfassess.model.questionnaire import POINT_CODES, Action, Benchmark, Group, Item, Questionnaire, Scale, Strand


def check_ids(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Ids that are not well formed, are used twice, or mean something else."""
    yield from _well_formed(("id",), questionnaire.id)
    if questionnaire.skills_from:
        yield from _well_formed(("skills_from",), questionnaire.skills_from)
    seen: dict[str, str] = {}
    for keys, id, name in _ids(questionnaire):
        yield from _well_formed(keys, id)
        if id in RESERVED:
            message = f"“{id}” means something else in files and reports."
            yield Finding("reserved-id", keys, message, "Choose another id.")
        elif id.lower() in seen:
            message = f"The id “{id}” is used twice: here and in {seen[id.lower()]}."
            yield Finding("duplicate-id", keys, message, "Give one of them another id.")
        if id.strip():
            seen.setdefault(id.lower(), name)


def _well_formed(keys: Keys, id: str, *, may_be_blank: bool = True) -> Iterator[Finding]:
    # An empty key is reported as such, but a table can be called "" and have no key for it; nor does an entry of a
    # list.
    if not ID.fullmatch(id) and (id.strip() or keys[0] == "scales" or not may_be_blank):
        message = (
            f"“{id}” cannot be an id. An id starts with a lower-case letter, and has lower-case letters, digits and _, "
        )
        yield Finding("bad-id", keys, f"{message}at most 24.", f"For example “{suggested_id(id) or 'vision'}”.")


def _ids(questionnaire: Questionnaire) -> Iterator[tuple[Keys, str, str]]:
    """Every id with the way to it, and how to call what has it."""
    for name in questionnaire.scales:
        yield ("scales", name), name, f"the scale “{name}”"
    for keys, part in walk(questionnaire):
        match part:
            case Group(id=id, title=words) | Strand(id=id, title=words) | Benchmark(id=id, title=words):
                yield (*keys, "id"), id, f"the {type(part).__name__.lower()} “{_short(words)}”"
            case Action(id=id, text=words) | Item(id=id, text=words):
                yield (*keys, "id"), id, f"the {type(part).__name__.lower()} “{_short(words)}”"


def _short(words: str) -> str:
    return words.rstrip(".") if len(words) <= 60 else f"{words[:57].rstrip()} …"


def check_earlier_ids(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Ids of an earlier version that items name: ill formed, still in use, or said to have become two things."""
    here = {id.lower(): name for _, id, name in _ids(questionnaire)}
    became: dict[str, str] = {}
    for keys, part in walk(questionnaire):
        if not isinstance(part, Item):
            continue
        for way, id in _earlier(part):
            if not ID.fullmatch(id):
                yield from _well_formed((*keys, *way), id, may_be_blank=way == ("same_as",))
            elif id in here:
                message = f"“{id}” is the id of {here[id]}, so it cannot be that of an earlier item too."
                yield Finding(
                    "id-in-use",
                    (*keys, *way),
                    message,
                    "Ids are never used again: give what is different now a new id.",
                )
        if part.same_as is not None and part.was:
            message = "An item is either the same as an earlier one, or made from others."
            yield Finding("same-and-made", (*keys, "was"), message, "Keep same_as, or keep was.")
        if part.same_as and part.same_as in became:
            message = f"“{part.same_as}” is said to be the same as {became[part.same_as]} already."
            hint = f'If it was split, write was = ["{part.same_as}"] in each instead.'
            yield Finding("same-twice", (*keys, "same_as"), message, hint)
        elif part.same_as:
            became[part.same_as] = f"“{part.id}”"


def _earlier(item: Item) -> Iterator[tuple[Keys, str]]:
    if item.same_as is not None:
        yield ("same_as",), item.same_as
    for position, id in enumerate(item.was):
        yield ("was", position), id


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
    """Items without a scale, values that are off it, numbers that cannot be."""
    if not questionnaire.scales and any(item.has_points for item in questionnaire.items):
        hint = "Write one: [scales.agree], with its points."
        yield Finding("no-scale", ("scales",), "The file defines no scale to answer on.", hint)
    for keys, part in walk(questionnaire):
        if isinstance(part, Item):
            yield from _scale(questionnaire, keys, part)
            yield from _numbers(keys, part)


def _scale(questionnaire: Questionnaire, keys: Keys, item: Item) -> Iterator[Finding]:
    if not item.has_points or "questions" in keys:  # that a question is answered in words is reported elsewhere
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
    for kind, own in KINDS.items():
        for wrong in own(item).wrong_keys():
            yield Finding(wrong.code, (*keys, wrong.key), wrong.message, wrong.hint)
        for key in own.keys.names:
            if kind != item.kind and getattr(item, ATTRIBUTES.get(key, key)) not in (None, ""):
                message = f"“{key}” is for {own.keys.what_for}, and this item's kind is “{item.kind}”."
                hint = f'Write kind = "{kind}", or take it out.'
                yield Finding(own.keys.code, (*keys, key), message, hint)
    for key, held in (("scale", item.scale), ("reverse", item.reverse or None)):
        if held is not None and not item.has_points:
            message = f"“{key}” is for items with points, and this item's kind is “{item.kind}”."
            yield Finding("no-points", (*keys, key), message, "Take it out.")

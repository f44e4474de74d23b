"""Checks of ids: those of this file, and those that its items had in an earlier version."""

from collections.abc import Iterator

from selfassess.definition.build import walk
from selfassess.definition.finding import Finding
from selfassess.definition.ids import ID, RESERVED, suggested_id
from selfassess.definition.toml import Keys
from selfassess.model.item import Item
from selfassess.model.questionnaire import Action, Benchmark, Group, Questionnaire, Strand


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
    # An empty key is told as such, but a table can be called "" and have no key for it; nor has an entry of a list.
    if not ID.fullmatch(id) and (id.strip() or keys[0] == "scales" or not may_be_blank):
        message = f"“{id}” cannot be an id. An id starts with a small letter, and has small letters, digits and _, "
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

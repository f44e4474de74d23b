"""Checks of what skills say of who needs them, and from which point of the scale on a behaviour is reliably shown."""

from collections.abc import Iterator

from selfassess.definition.check_items import off_scale
from selfassess.definition.findings import Finding
from selfassess.definition.tables import walk
from selfassess.definition.toml_source import Keys
from selfassess.model.questionnaire import Item, Questionnaire, Skill

MOST_NEEDED = 1_000
"""How many people a need can speak of at most."""


def check_needs(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Needs that cannot be met, or of which nobody can tell whether they are."""
    for keys, part in walk(questionnaire):
        if isinstance(part, Skill):
            yield from _said_in_part(keys, part)
            if part.need is not None:
                yield from _number(keys, part)
                yield from _behaviours(questionnaire, keys, part)


def _said_in_part(keys: Keys, skill: Skill) -> Iterator[Finding]:
    for key, value in (("at_least", skill.at_least), ("shown_from", skill.shown_from)):
        if skill.need is None and value is not None:
            hint = 'Write need = "everyone" or need = "some" above it.'
            yield Finding("no-need", (*keys, key), f"“{key}” is there, but not who needs this skill.", hint)
    if skill.need is not None and skill.shown_from is None:
        hint = "Write shown_from with a value of the scale, such as that of “Most of the time”."
        message = "It isn't said from which answer on a behaviour counts as reliably shown."
        yield Finding("no-shown-from", (*keys, "need"), message, hint)


def _number(keys: Keys, skill: Skill) -> Iterator[Finding]:
    if skill.need == "everyone" and skill.at_least is not None:
        hint = 'Take at_least out, or write need = "some".'
        yield Finding("bad-need", (*keys, "at_least"), "Everyone needs this skill, so there is no number to say.", hint)
    elif skill.need == "some" and skill.at_least is None:
        message = "Some people need this skill, but it isn't said how many."
        yield Finding("bad-need", (*keys, "need"), message, "Write how many, such as at_least = 2.")
    elif skill.at_least is not None and not 1 <= skill.at_least <= MOST_NEEDED:
        message = f"“at_least” cannot be {skill.at_least:,}."
        yield Finding("bad-need", (*keys, "at_least"), message, f"Write a number of people from 1 to {MOST_NEEDED:,}.")


def _behaviours(questionnaire: Questionnaire, keys: Keys, skill: Skill) -> Iterator[Finding]:
    if skill.items and not skill.behaviours:
        message = "Nobody is asked here what they do themselves, so no stock can be taken of this skill."
        hint = 'Add an item about what people do themselves (one without about = "partnership"), or take need out.'
        yield Finding("no-behaviour", (*keys, "need"), message, hint)
    for item in (*skill.behaviours, *skill.shared_behaviours):
        if found := _off_scale(questionnaire, keys, skill, item):
            yield found
            return


def _off_scale(questionnaire: Questionnaire, keys: Keys, skill: Skill, item: Item) -> Finding | None:
    """That the point is not one of those of an item's scale, or is the lowest of them."""
    scale = questionnaire.scales.get(item.scale or "")
    if scale is None or skill.shown_from is None or len(scale.points) < 2:
        return None
    where = (*keys, "shown_from")
    if skill.shown_from not in scale.values:
        return off_scale(where, skill.shown_from, item.scale or "", scale)
    if skill.shown_from == scale.lowest:
        message = f"{skill.shown_from:g} is the lowest value of the scale, so everybody would show this reliably."
        return Finding("bad-need", where, message, "Choose a higher value.")
    return None

"""Straight-lining: the same answer throughout, whatever was asked; as given, before reversal."""

from selfassess.model.questionnaire import Questionnaire, Scale
from selfassess.model.sheet import Missing, decode

LEAST = 10
"""How many answers on long scales have to be the same. They also have to be half of those asked for, or more."""
SHORTEST = 3
"""Points of a long scale. On a shorter one the same answer throughout is nothing odd."""


def is_long(scale: Scale) -> bool:
    """Whether giving the same answer throughout means anything on this scale."""
    return len(scale.points) >= SHORTEST


def can_be(questionnaire: Questionnaire) -> bool:
    """Whether a questionnaire asks enough questions to look for it."""
    asked = [item for item in questionnaire.items if item.has_figures and is_long(questionnaire.scale_of(item))]
    return len(asked) >= LEAST


def one_answer_throughout(questionnaire: Questionnaire, answers: str) -> tuple[str, ...]:
    """The words of the answer given throughout, one for each scale; nothing where answers differ on any scale.

    `answers` are the characters of a sheet. What was left blank is passed over. "Don't know" and "doesn't apply" are
    told apart from points, so somebody with either did not give one answer throughout. `scoring.straight_lining` finds
    the same for many sheets at once."""
    chosen: dict[str, float] = {}
    alike = asked = 0
    for item, code in zip(questionnaire.items, answers, strict=True):
        if not item.has_figures or code == Missing.NOT_ASKED.value:
            continue
        scale = questionnaire.scale_of(item)
        asked += is_long(scale)
        if code == Missing.SKIPPED.value:
            continue
        value = decode(item, code, questionnaire)
        if not isinstance(value, int | float) or chosen.setdefault(item.scale or "", value) != value:
            return ()
        alike += is_long(scale)
    words = tuple(questionnaire.scales[scale].label(value) for scale, value in chosen.items())
    return words if alike >= LEAST and 2 * alike >= asked else ()

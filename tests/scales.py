"""Answers that made-up people give, whatever scale an item has."""

from selfassess.model.questionnaire import Item, Questionnaire

STEPS = 4
"""From the worst of five answers to the best."""


def on_scale(questionnaire: Questionnaire, item: Item, answer: float) -> float:
    """What an answer from 1, the worst, to 5 is among the points of an item."""
    values = questionnaire.scale_of(item).values
    from_worst = values[::-1] if item.reverse else values
    return from_worst[round((answer - 1) / STEPS * (len(values) - 1))]

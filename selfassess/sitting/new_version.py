"""What changed in a questionnaire since a person began to answer it: for that person, in a few plain sentences."""

from collections.abc import Iterator

from selfassess.model.questionnaire import Item, Questionnaire
from selfassess.model.routing import offered
from selfassess.model.sheet import Draft
from selfassess.sitting.choices import choices

NAMED = 3
"""Questions that are quoted of each kind of change."""


def changes(then: Questionnaire, now: Questionnaire, draft: Draft) -> tuple[str, ...]:
    """What this person would be asked otherwise now than when they began: a sentence a kind of change, with examples.
    Nothing where they would be asked the same. A group that there is no more changes everything."""
    if draft.group and draft.group not in {group.id for group in now.groups}:
        return ("Your group is no longer in it.",)
    before = {item.id: item for item in offered(then, draft.group, draft.form)}
    after = {item.id: item for item in offered(now, draft.group, draft.form)}
    kept = [id for id in before if id in after]
    reworded = [id for id in kept if before[id].words(draft.group) != after[id].words(draft.group)]
    other_answers = [id for id in kept if _answers(then, before[id]) != _answers(now, after[id])]
    other_conditions = [id for id in kept if before[id].show_if != after[id].show_if]

    def said() -> Iterator[str]:
        yield from _sentence("worded differently", [after[id].words(draft.group) for id in reworded])
        yield from _sentence("new", [after[id].words(draft.group) for id in after if id not in before])
        yield from _sentence("no longer asked", [before[id].words(draft.group) for id in before if id not in after])
        again = [after[id].words(draft.group) for id in other_answers]
        if again:
            yield f"The answers to choose from have changed for {_many(len(again))}{_quoted(again)}"
        yield from _sentence("asked under another condition", [after[id].words(draft.group) for id in other_conditions])

    return tuple(said())


def _answers(questionnaire: Questionnaire, item: Item) -> object:
    offered = [(choice.response, choice.label) for choice in choices(questionnaire, item)]
    return item.kind, item.answering.ends(), offered


def _sentence(what: str, texts: list[str]) -> Iterator[str]:
    if texts:
        yield f"{_many(len(texts)).capitalize()} {'is' if len(texts) == 1 else 'are'} {what}{_quoted(texts)}"


def _many(number: int) -> str:
    return "one question" if number == 1 else f"{number} questions"


def _quoted(texts: list[str]) -> str:
    named = ", ".join(f"“{text}”" for text in texts[:NAMED])
    return f": {named}{' …' if len(texts) > NAMED else ''}"

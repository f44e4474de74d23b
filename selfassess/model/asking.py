"""Which items a person is asked: by their group, the form, and what they answered before."""

from collections.abc import Mapping

from selfassess.model.condition import holds, parse
from selfassess.model.questionnaire import Item, Questionnaire
from selfassess.model.sheet import Form, Missing, Response


def asked(
    questionnaire: Questionnaire, group: str | None, form: Form, responses: Mapping[str, Response]
) -> tuple[Item, ...]:
    """The items asked, in order. A response to an item that is itself hidden fulfils no condition."""
    seen: dict[str, Response] = {}
    shown: list[Item] = []
    for item in offered(questionnaire, group, form):
        if item.show_if is None or holds(parse(item.show_if), seen):
            shown.append(item)
            seen[item.id] = responses.get(item.id, Missing.SKIPPED)
    return tuple(shown)


def offered(questionnaire: Questionnaire, group: str | None, form: Form) -> tuple[Item, ...]:
    """The items that a group can meet in a form, whatever is answered."""
    open_questions = {question.id for strand in questionnaire.strands for question in strand.questions}
    return tuple(
        item
        for item in questionnaire.items
        if item.asks(group) and (form == "full" or item.short or item.id in open_questions)
    )


def comment_wanted(item: Item, responses: Mapping[str, Response]) -> bool:
    """Whether what was answered is what the author asks for a comment on."""
    return item.comment_if is not None and holds(parse(item.comment_if), responses)

"""Which items a person is asked, by their group, the form, and what they answered before; and which responses an item
offers."""

from collections.abc import Iterable, Mapping

from selfassess.model.conditions import comparisons, holds, parse
from selfassess.model.questionnaire import GroupKey, Item, Questionnaire
from selfassess.model.sheet import Form, Missing, Response


def asked_items(
    questionnaire: Questionnaire, group: GroupKey | None, form: Form, responses: Mapping[str, Response]
) -> tuple[Item, ...]:
    """The items asked, in order."""
    return met(offered(questionnaire, group, form), responses)


def met(items: Iterable[Item], responses: Mapping[str, Response]) -> tuple[Item, ...]:
    """Of items that are offered, those whose condition is true, in order. A response to an item that is itself
    hidden fulfils no condition, and a point that means "doesn't apply" is no answer."""
    seen: dict[str, Response] = {}
    shown: list[Item] = []
    for item in items:
        if item.show_if is None or holds(parse(item.show_if), seen):
            shown.append(item)
            response = responses.get(item.id, Missing.SKIPPED)
            seen[item.id] = Missing.NOT_APPLICABLE if response in item.not_applicable_values else response
    return tuple(shown)


def offered(questionnaire: Questionnaire, group: GroupKey | None, form: Form) -> tuple[Item, ...]:
    """The items that a group can meet in a form, whatever is answered."""
    theirs = tuple(item for item in questionnaire.items if item.asks(group))
    if form == "full":
        return theirs
    in_short = _in_short(questionnaire)
    return tuple(item for item in theirs if item.id in in_short)


def _in_short(questionnaire: Questionnaire) -> frozenset[str]:
    """The ids of what is in the short form: of the open questions those that say so, else all."""
    questions = [question for strand in questionnaire.strands for question in strand.questions]
    chosen = [question for question in questions if question.short] or questions
    others = {item.id for item in questionnaire.items if item.short} - {question.id for question in questions}
    return frozenset(others | {question.id for question in chosen})


def has_short_form(questionnaire: Questionnaire) -> bool:
    """Whether a short form asks some of the questions, and not all."""
    short = [item.short for item in questionnaire.items if not item.is_in_words]
    return any(short) and not all(short)


def dont_know(questionnaire: Questionnaire, item: Item) -> str | None:
    """The words for "don't know", or None where it is not offered."""
    return _offered(item.dont_know, questionnaire.scale_of(item).dont_know if item.has_points else None)


def not_applicable(questionnaire: Questionnaire, item: Item) -> str | None:
    """The words for "doesn't apply", or None where it is not offered."""
    return _offered(item.not_applicable, questionnaire.scale_of(item).not_applicable if item.has_points else None)


def _offered(own: str | bool | None, inherited: str | None) -> str | None:
    return inherited if own is None else own if isinstance(own, str) else None


def offers(questionnaire: Questionnaire, item: Item, response: Response) -> bool:
    """Whether a response is one that the item offers."""
    match response:
        case Missing.DONT_KNOW:
            return dont_know(questionnaire, item) is not None
        case Missing.NOT_APPLICABLE:
            return not_applicable(questionnaire, item) is not None
        case Missing():
            return False
        case _ if item.has_points:
            return item.answering.is_value(response) and questionnaire.scale_of(item).has(response)
        case _:
            return item.answering.accepts(response)


def comment_wanted(item: Item, responses: Mapping[str, Response]) -> bool:
    """Whether what was answered is what the author asks for a comment on."""
    if item.comment_if is None or responses.get(item.id) in item.not_applicable_values:
        return False
    return holds(parse(item.comment_if), responses)


def deciding(questionnaire: Questionnaire, *asked: Item) -> frozenset[str]:
    """The ids of the items whose answers decide whether one of some is asked, through the conditions of these too."""
    items = {one.id: one for one in questionnaire.items}
    found: set[str] = set()
    to_see = list(asked)
    while to_see:
        if condition := to_see.pop().show_if:
            new = {compare.item for compare in comparisons(parse(condition))} - found
            found |= new
            to_see += [items[id] for id in new]
    return frozenset(found)

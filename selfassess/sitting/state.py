"""What a person does in a sitting: each function takes a draft and gives the next one."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from selfassess.model.questionnaire import Edition, GroupKey, Item, Questionnaire
from selfassess.model.routing import asked_items, comment_wanted, offers
from selfassess.model.sheet import PAST, Draft, Form, Missing, Response, Sheet, encode, responses, written_about
from selfassess.sitting.steps import Step, steps
from selfassess.text import clean


class NotAnOptionError(ValueError):
    """The response is not one that the item offers."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sitting is. Comments and open questions are not counted: nobody owes them."""

    answered: int
    asked: int


def start(edition: Edition, group: GroupKey | None, form: Form = "full") -> Draft:
    """A new sitting, before its first step."""
    return Draft(questionnaire=edition.sha256, group=group, form=form)


def respond(questionnaire: Questionnaire, draft: Draft, id: str, response: Response) -> Draft:
    """The draft with this response to an item. NotAnOptionError if the item does not offer it.

    Nothing chosen of many and an empty text are no response; a skipped item is open again.
    """
    item = questionnaire.item(id)
    if isinstance(response, str):
        response = clean(response)
    if response in ("", (), Missing.SKIPPED):
        return clear(draft, id)
    if not offers(questionnaire, item, response):
        raise NotAnOptionError(f"{response!r} is not an option of {id}")
    return replace(draft, place=id, responses={**draft.responses, id: response})


def toggle(questionnaire: Questionnaire, draft: Draft, id: str, value: float) -> Draft:
    """The draft with one point of a choose-many item added or, where it was chosen, taken away. The values
    stand in the order of the options; "don't know" and "doesn't apply" make way."""
    before = draft.responses.get(id)
    chosen = before if isinstance(before, tuple) else ()
    points = questionnaire.scale_of(questionnaire.item(id)).values
    return respond(questionnaire, draft, id, tuple(one for one in points if (one in chosen) != (one == value)))


def clear(draft: Draft, id: str) -> Draft:
    """The draft without a response to an item."""
    others = {key: value for key, value in draft.responses.items() if key != id}
    return replace(draft, place=id, responses=others, past=tuple(one for one in draft.past if one != id))


def put_in_past(draft: Draft, id: str, is_past: bool) -> Draft:
    """The draft with whether the barrier that was written at an open question is in the past, or still the case."""
    past = {*draft.past, id} if is_past else {*draft.past} - {id}
    return replace(draft, place=f"{id}{PAST}", past=tuple(sorted(past)))


def is_past(draft: Draft, step: Step) -> bool:
    """Whether the person said that the barrier a step asks about is in the past."""
    return step.barrier is not None and step.barrier.id in draft.past


def comment(draft: Draft, id: str, text: str) -> Draft:
    """The draft with a comment on an item or benchmark; an empty text takes the comment away."""
    others = {key: value for key, value in draft.comments.items() if key != id}
    kept = clean(text)
    return replace(draft, place=id, comments={**others, id: kept} if kept.strip() else others)


def lacks_comment(draft: Draft, item: Item) -> bool:
    """Whether the author asks for a comment on what was answered to an item, and there is none."""
    return item.id not in draft.comments and comment_wanted(item, draft.responses)


def go_to(draft: Draft, id: str) -> Draft:
    """The draft with the person at another step."""
    return replace(draft, place=id)


def agree(draft: Draft, agrees: bool) -> Draft:
    """The draft with what the person says of their small group being shown. Unchanged outside rounds."""
    return replace(draft, ticket=replace(draft.ticket, agrees=agrees)) if draft.ticket else draft


def change_group(draft: Draft, group: GroupKey, agrees: bool | None = None) -> Draft:
    """The draft of a person who is in another group than they said, from its first step. Answers to questions that only
    the other group is asked are kept, but not handed in. `agrees` is what they say of this group being shown; None
    where that is not asked."""
    ticket = replace(draft.ticket, agrees=agrees) if draft.ticket else None
    return replace(draft, group=group, place="", ticket=ticket)


def progress(questionnaire: Questionnaire, draft: Draft) -> Progress:
    """How many of the items that want an answer have one. "Don't know" is an answer."""
    return progress_along(steps(questionnaire, draft), draft)


def progress_along(open_to_them: Iterable[Step], draft: Draft) -> Progress:
    """The same, where the steps that are open to the person are known."""
    wanted = [step.id for step in open_to_them if step.wants_answer]
    return Progress(sum(id in draft.responses for id in wanted), len(wanted))


def open_steps(questionnaire: Questionnaire, draft: Draft) -> tuple[Step, ...]:
    """The items that want an answer and have none."""
    return tuple(
        step
        for step in steps(questionnaire, draft)
        if step.item and not step.item.is_in_words and step.id not in draft.responses
    )


def hand_in(questionnaire: Questionnaire, draft: Draft, date: datetime.datetime | None = None) -> Sheet:
    """The sheet that a draft becomes. What was answered and then hidden by a condition was not asked; comments
    on it go with it. A date only for a personal project."""
    shown = {item.id for item in asked_items(questionnaire, draft.group, draft.form, draft.responses)}
    given: dict[str, Response] = {
        item.id: draft.responses.get(item.id, Missing.SKIPPED) if item.id in shown else Missing.NOT_ASKED
        for item in questionnaire.items
    }
    reached = {step.id for step in steps(questionnaire, draft)}
    return Sheet(
        questionnaire=draft.questionnaire,
        group=draft.group,
        form=draft.form,
        answers="".join(encode(item, given[item.id], questionnaire) for item in questionnaire.items),
        beside={
            item.id: value
            for item in questionnaire.items
            if item.stands_beside and not isinstance(value := given[item.id], Missing)
        },
        texts=_texts(questionnaire, given, draft, reached),
        date=date,
        ticket=draft.ticket,
    )


def reopen(questionnaire: Questionnaire, sheet: Sheet | Draft) -> Draft:
    """The draft that a sheet with its texts was made of, before its first step: `hand_in` of it is the sheet again,
    but for the date. Which point of several that mean "doesn't apply" was chosen a sheet does not tell. A draft is
    open as it is."""
    if isinstance(sheet, Draft):
        return sheet
    items = {item.id: item for item in questionnaire.items}
    open_questions = {item.id for item in questionnaire.items if item.is_in_words}
    given = responses(sheet, questionnaire)
    return Draft(
        questionnaire=sheet.questionnaire,
        group=sheet.group,
        form=sheet.form,
        responses={
            id: _as_given(questionnaire, items[id], response)
            for id, response in given.items()
            if response not in (Missing.SKIPPED, Missing.NOT_ASKED)
        },
        comments={about: text for about, text in sheet.texts.items() if written_about(about)[0] not in open_questions},
        past=tuple(sorted(about.removesuffix(PAST) for about in sheet.texts if about.endswith(PAST))),
        ticket=sheet.ticket,
    )


def _as_given(questionnaire: Questionnaire, item: Item, response: Response) -> Response:
    is_a_point = response is Missing.NOT_APPLICABLE and not offers(questionnaire, item, response)
    return item.not_applicable_values[0] if is_a_point else response


def _texts(
    questionnaire: Questionnaire, given: Mapping[str, Response], draft: Draft, reached: set[str]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in questionnaire.items:
        if item.is_in_words and isinstance(text := given[item.id], str):
            found[f"{item.id}{PAST}" if item.id in draft.past else item.id] = text
    open_questions = {item.id for item in questionnaire.items if item.is_in_words}
    return found | {id: text for id, text in draft.comments.items() if id in reached - open_questions}

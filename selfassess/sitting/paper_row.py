"""A sheet of paper as a row of keys: what the row says, what in it does not fit, and the sheet that it becomes.

One key a question in the order of the form; what needs more than one key stands between two strokes:

    3 4 5 d - /12.5/ /1 3/
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import Item, Questionnaire
from selfassess.model.routing import comment_wanted, met, offers
from selfassess.model.sheet import (
    ONCE,
    PAST,
    Draft,
    Missing,
    Response,
    RoundKey,
    Sheet,
    Ticket,
    responses,
    written_about,
)
from selfassess.sitting import state
from selfassess.sitting.choices import DONT_KNOW, NOT_APPLICABLE, choice_of, choices, points, range_of, several
from selfassess.text import count

if TYPE_CHECKING:
    from selfassess.model.reports import Layout, Question

BLANK, HIDDEN = Missing.SKIPPED.value, Missing.NOT_ASKED.value
YES, NO = "y", "n"
CONSENT, CODE = -1, -2
"""Where consent and the code at the end stand in a row, whose questions are counted from 0."""
_MATCHING = "="
_STROKE = "/"


@dataclass(frozen=True, slots=True)
class Keyed:
    """What was keyed in of one sheet."""

    keys: tuple[str, ...]
    """One a question."""
    consent: str | None
    """"y", "n" or "-"; nothing where that was forgotten; None where it is not asked."""
    code: str = ""
    """The code that the person made up; nothing where there is none."""

    def put(self, at: int, typed: str) -> "Keyed":
        """With one place typed again."""
        if at == CODE:
            return replace(self, code=typed)
        key = " ".join(typed.strip(f"{_STROKE} ").lower().split()) or BLANK
        if at == CONSENT:
            return replace(self, consent=key)
        return replace(self, keys=(*self.keys[:at], key, *self.keys[at + 1 :]))

    @property
    def in_words(self) -> str:
        """How many questions are answered and how many blank; the other kinds of missing where there are any."""
        kinds = {DONT_KNOW: "don't know", NOT_APPLICABLE: "doesn't apply", HIDDEN: "not to be answered"}
        others = [f"{self.keys.count(key)} {words}" for key, words in kinds.items() if key in self.keys]
        answered = sum(key not in (BLANK, *kinds) for key in self.keys)
        return ", ".join([f"{answered} answered", *others, f"{self.keys.count(BLANK)} blank"])


@dataclass(frozen=True, slots=True)
class Misfit:
    """A key that does not fit its question."""

    at: int
    """Which question, counted from 0; or CONSENT, or CODE."""
    where: str
    typed: str
    fits: str

    def __str__(self) -> str:
        typed = f"“{self.typed}” does not fit" if self.typed else "nothing was typed"
        return f"{self.where}: {typed}. {self.fits}."


class WrongLengthError(ValueError):
    """There are more or fewer keys than questions, so nobody can tell which belongs to which."""


def read_row(layout: "Layout", text: str, *, asks_consent: bool) -> Keyed:
    """The keys of a row. WrongLengthError in words, with the row as it falls into the parts of the form."""
    row, _, code = text.partition(_MATCHING)
    keys = split(row)
    wanted = len(layout.numbered)
    consent: str | None = None
    if asks_consent and keys:
        forgotten = len(keys) == wanted and keys[0] not in (YES, NO, BLANK)
        consent = "" if forgotten else keys.pop(0)
    if len(keys) != wanted or (asks_consent and consent is None):
        asked = f"the form has {wanted} questions" + (" after the y or n of the small group" if asks_consent else "")
        fell = "".join(f"\n  {line}" for line in by_part(layout, tuple(keys)))
        raise WrongLengthError(f"This row has {count(len(keys), 'key')}, and {asked}.{fell}")
    return Keyed(tuple(keys), consent, code.strip())


def split(row: str) -> list[str]:
    """The keys of a row. WrongLengthError for a stroke without its other one."""
    keys: list[str] = []
    for position, part in enumerate(row.lower().split(_STROKE)):
        if position % 2:
            keys.append(" ".join(part.split()) or BLANK)
        else:
            keys += "".join(part.split())
    if row.count(_STROKE) % 2:
        raise WrongLengthError("A stroke (/) is missing its partner: put several keys between two strokes.")
    return keys


def joined(keys: tuple[str, ...]) -> str:
    """The row that says these keys."""
    return "".join(key if len(key) == 1 else f"{_STROKE}{key}{_STROKE}" for key in keys)


def by_part(layout: "Layout", keys: tuple[str, ...]) -> Iterator[str]:
    """A row as it falls into the parts of the form, in fives. What is too much stands by itself."""
    questions = layout.numbered
    strands = list(dict.fromkeys(question.strand.id for question in questions))
    for position, strand in enumerate(strands, 1):
        own = [at for at, question in enumerate(questions) if question.strand.id == strand]
        fives = [joined(keys[at : min(at + 5, own[-1] + 1)]) for at in range(own[0], own[-1] + 1, 5)]
        yield f"Part {position}, questions {own[0] + 1} to {own[-1] + 1}: {' '.join(fives).strip() or 'nothing'}"
    if len(keys) > len(questions):
        yield f"Too much: {joined(keys[len(questions) :])}"


def misfits(layout: "Layout", keyed: Keyed) -> list[Misfit]:
    """Every key that does not fit its question, or stands at one that was not to be answered."""
    found = []
    if keyed.consent is not None and keyed.consent not in (YES, NO, BLANK):
        found.append(Misfit(CONSENT, "The small group", keyed.consent, "Type y, n, or - where it was left blank"))
    known = {item.id for item in met((one.item for one in layout.numbered), _responses(layout, keyed))}
    for at, (question, key) in enumerate(zip(layout.numbered, keyed.keys, strict=True)):
        words = ""
        if question.item.id in known:
            words = "" if response(layout.questionnaire, question.item, key) is not None else fits(layout, question)
        elif key not in (BLANK, HIDDEN):
            words = f"It is only for this: {question.only_if}. Look at that one; if it is right, type - here"
        if words:
            found.append(Misfit(at, where(layout, question), key, words))
    return found


def where(layout: "Layout", question: "Question") -> str:
    """Which question, by its number and how it begins."""
    text = question.item.words(layout.group)
    return f"Question {question.number} ({shorten(text, 40, placeholder=' …')})"


def fits(layout: "Layout", question: "Question") -> str:
    """What can be keyed in at a question."""
    item, questionnaire = question.item, layout.questionnaire
    offered = choices(questionnaire, item)
    circled = [choice for choice in offered if not isinstance(choice.response, Missing)]
    if item.is_typed:
        first = ", ".join(filter(None, (f"{item.answering.noun} between slashes", item.limits)))
    elif item.takes_several:
        example = " ".join(choice.written for choice in circled[:2])
        first = f"{range_of(circled)}, several between slashes, such as /{example}/"
    else:
        first = range_of(circled)
        if long := [choice.written for choice in circled if len(choice.written) > 1]:
            first += f" ({long[-1]} between slashes: /{long[-1]}/)"
    others = [choice.written for choice in offered if isinstance(choice.response, Missing)]
    return f"Type {', '.join([first, *others])}, or {BLANK} where it was left blank"


def response(questionnaire: Questionnaire, item: Item, key: str) -> Response | None:
    """The response that a key says at an item; None where it says none that the item offers."""
    if key == BLANK:
        return Missing.SKIPPED
    if item.is_typed and (typed := item.answering.read(key)) is not None:
        return typed if offers(questionnaire, item, typed) else None
    offered = choices(questionnaire, item)
    if not item.takes_several:
        choice = choice_of(offered, key)
        return choice.response if choice else None
    return several(offered, key)


def _responses(layout: "Layout", keyed: Keyed) -> dict[str, Response]:
    said = {
        question.item.id: response(layout.questionnaire, question.item, key)
        for question, key in zip(layout.numbered, keyed.keys, strict=True)
    }
    return {id: one for id, one in said.items() if one is not None}


def draft_of(layout: "Layout", keyed: Keyed) -> Draft:
    """The answers of a row that fits."""
    draft = state.start(layout.edition, layout.group, layout.form)
    for id, said in _responses(layout, keyed).items():
        draft = state.respond(layout.questionnaire, draft, id, said)
    return draft


def sheet_of(layout: "Layout", keyed: Keyed, texts: Mapping[str, str], round: RoundKey, matching: str = "") -> Sheet:
    """The sheet that a row becomes in a round, by its key. `texts` are what was written, by what it is about;
    `matching` is the key of the code that the person made up."""
    draft = draft_of(layout, keyed)
    open_questions = {item.id for item in layout.questionnaire.items if item.is_in_words}
    for about, text in texts.items():
        id, is_past = written_about(about)
        if id in open_questions:
            draft = state.put_in_past(state.respond(layout.questionnaire, draft, id, text), id, is_past)
        else:
            draft = state.comment(draft, about, text)
    agrees = None if keyed.consent is None else keyed.consent == YES
    return replace(
        state.hand_in(layout.questionnaire, draft), ticket=Ticket(round=round, agrees=agrees, matching=matching)
    )


def keyed_of(layout: "Layout", sheet: Sheet, *, asks_consent: bool) -> Keyed:
    """The row that says a sheet."""
    given = responses(sheet, layout.questionnaire)
    agrees = sheet.ticket.agrees if sheet.ticket else None
    return Keyed(
        tuple(_key(layout.questionnaire, one.item, given[one.item.id]) for one in layout.numbered),
        (YES if agrees else NO) if asks_consent else None,
    )


def _key(questionnaire: Questionnaire, item: Item, given: Response) -> str:
    match given:
        case Missing.DONT_KNOW:
            return DONT_KNOW
        case Missing.NOT_APPLICABLE if item.not_applicable_values:
            return _written(questionnaire, item, (item.not_applicable_values[0],))
        case Missing.NOT_APPLICABLE:
            return NOT_APPLICABLE
        case Missing():
            return str(given.value)
        case int() | float() | str() if item.is_typed:
            return item.answering.typed(given)
        case int() | float():
            return _written(questionnaire, item, (given,))
        case tuple():
            return _written(questionnaire, item, given)
        case _:
            return BLANK


def _written(questionnaire: Questionnaire, item: Item, given: tuple[float, ...]) -> str:
    scale = points(questionnaire.scale_of(item))
    return " ".join(point.written for point in scale if point.response in given)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two rows of the same sheet that do not say the same at one question."""

    at: int
    """Which question, counted from 0; or CONSENT."""
    where: str
    before: str
    now: str


def differences(layout: "Layout", before: Keyed, now: Keyed) -> list[Difference]:
    """Where two rows that fit do not say the same. What is left blank or hidden is the same."""
    found = []
    if (before.consent == YES) != (now.consent == YES):
        found.append(Difference(CONSENT, "The small group", before.consent or BLANK, now.consent or BLANK))
    for at, (question, one, other) in enumerate(zip(layout.numbered, before.keys, now.keys, strict=True)):
        item, questionnaire = question.item, layout.questionnaire
        said = [_said(questionnaire, item, key) for key in (one, other)]
        if said[0] != said[1]:
            found.append(Difference(at, where(layout, question), one, other))
    return found


def _said(questionnaire: Questionnaire, item: Item, key: str) -> Response | None:
    said = Missing.SKIPPED if key == HIDDEN else response(questionnaire, item, key)
    return Missing.NOT_APPLICABLE if said in item.not_applicable_values else said


def wanted_texts(layout: "Layout", keyed: Keyed) -> Iterator[tuple[str, str]]:
    """What may have been written on a sheet: what each text is about, and what was asked."""
    draft = draft_of(layout, keyed)
    shown = {item.id for item in met((one.item for one in layout.questions), draft.responses)}
    for question, following in zip(layout.questions, (*layout.questions[1:], None), strict=True):
        item, node = question.item, question.benchmark
        if item.id in shown and item.is_in_words:
            yield item.id, item.words(layout.group)
            if item.collects_barriers:
                yield f"{item.id}{PAST}", f"The same, if “{ONCE}” is circled:"
        elif item.id in shown and comment_wanted(item, draft.responses):
            yield item.id, f"Written about question {question.number}"
        reached = node and any(own.id in shown for own in node.items)
        if node and node.comment and reached and (following is None or following.benchmark != node):
            yield node.id, node.comment

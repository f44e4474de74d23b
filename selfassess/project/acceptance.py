"""Whether a sheet is accepted: whether its answers can be answers to the questionnaire, and whether it may come into a
round. Nothing here reads the project file.
"""

import re
from collections.abc import Iterable, Iterator

from selfassess.errors import UsageError
from selfassess.model.questionnaire import POINT_CODES, GroupKey, Item, Questionnaire
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.routing import asked_items, offers
from selfassess.model.sheet import BESIDE, PAST, Draft, Missing, Response, Sheet, Ticket, responses, written_about
from selfassess.project import codes, records
from selfassess.project.parcel import Parcel
from selfassess.text import LONGEST_TEXT, clean

_MISSING = {missing.value for missing in Missing}


def misfit(sheet: Sheet, texts: Iterable[tuple[str, str]], questionnaire: Questionnaire) -> str:
    """Why the answers, or the texts (each with what it is about), cannot have been given, as a sentence; "" if they
    can."""
    items = questionnaire.items
    if len(sheet.answers) != len(items):
        return f"It has {len(sheet.answers)} answers, and the questionnaire has {len(items)} questions."
    beside = {item.id for item, code in zip(items, sheet.answers, strict=True) if _stands_beside(item, code)}
    if set(sheet.beside) != beside:
        return "The numbers beside its answers do not belong to the questions that ask for them."
    for item, code in zip(items, sheet.answers, strict=True):
        if not _can_be(sheet, item, code, questionnaire):
            return f"Its answer to “{item.id}” is not one of the possible answers."
    shown = {item.id for item in asked_items(questionnaire, sheet.group, sheet.form, responses(sheet, questionnaire))}
    for item, code in zip(items, sheet.answers, strict=True):
        if (code != Missing.NOT_ASKED.value) != (item.id in shown):
            return f"“{item.id}” is answered but was not asked, or was asked and is not in the sheet."
    return _misfit_of_texts(sheet, texts, shown, questionnaire)


class Readable:
    """Whether sheets have a valid character for each item, and a group of the questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        items = questionnaire.items
        self.groups = {None, *(group.id for group in questionnaire.groups)}
        characters = [re.escape("".join(_characters(item, questionnaire))) for item in items]
        self.answers = re.compile("".join(f"[{some}]" for some in characters))
        """Matches all answers of a sheet at once, because a file can have very many sheets."""
        self.beside = [(at, item) for at, item in enumerate(items) if item.stands_beside]

    def __call__(self, sheet: Sheet) -> bool:
        return (
            sheet.group in self.groups
            and self.answers.fullmatch(sheet.answers) is not None
            and all(
                sheet.answers[at] != BESIDE or item.answering.is_value(sheet.beside.get(item.id))
                for at, item in self.beside
            )
        )

    def is_plain(self, group: object, form: object, answers: object, beside: object, date: object) -> bool:
        """Whether that is so for a row that need not be decoded. False if it has to be."""
        return (
            not self.beside
            and (beside, date) == (records.NOTHING_BESIDE, None)
            and form in ("full", "short")
            and group in self.groups
            and isinstance(answers, str)
            and self.answers.fullmatch(answers) is not None
        )


def _characters(item: Item, questionnaire: Questionnaire) -> Iterator[str]:
    """The characters that are valid for an item."""
    yield from _MISSING
    if item.has_figures:
        values = questionnaire.scale_of(item).values
        yield from (
            code for code, value in zip(POINT_CODES, values, strict=False) if value not in item.not_applicable_values
        )
    else:
        yield BESIDE


def can_be_begun(draft: Draft, questionnaire: Questionnaire) -> bool:
    """Whether the responses of a draft are to items of the questionnaire and of their kind, and its group exists."""
    items = {item.id: item for item in questionnaire.items}
    return (
        _is_group(draft.group, questionnaire)
        and draft.responses.keys() <= items.keys()
        and all(_is_response(response, items[id], questionnaire) for id, response in draft.responses.items())
        and set(draft.comments) <= set(abouts(questionnaire))
        and set(draft.past) <= {id for id, item in items.items() if item.collects_barriers}
    )


def _is_group(group: GroupKey | None, questionnaire: Questionnaire) -> bool:
    return group is None or group in [one.id for one in questionnaire.groups]


def _is_response(response: Response, item: Item, questionnaire: Questionnaire) -> bool:
    if isinstance(response, Missing):
        return response is not Missing.NOT_ASKED
    if not item.answering.is_value(response):
        return False
    return not item.has_points or questionnaire.scale_of(item).has(response)


def abouts(questionnaire: Questionnaire) -> tuple[str, ...]:
    """What a text can be about: the ids of items, benchmarks and skills, and of barriers of the past."""
    nodes = (node.id for strand in questionnaire.strands for node in strand.middle)
    return (*(item.id for item in questionnaire.items), *_past(questionnaire), *nodes)


def _past(questionnaire: Questionnaire) -> Iterator[str]:
    return (f"{item.id}{PAST}" for item in questionnaire.items if item.collects_barriers)


def _stands_beside(item: Item, code: str) -> bool:
    return code == BESIDE and item.stands_beside


def _can_be(sheet: Sheet, item: Item, code: str, questionnaire: Questionnaire) -> bool:
    match code:
        case Missing.NOT_ASKED.value:
            return True
        case Missing.SKIPPED.value:
            return not item.is_in_words  # a text that was left out has the same character as one that was written
        case Missing.NOT_APPLICABLE.value if item.not_applicable_values:
            return True
        case _ if code == BESIDE and item.is_in_words:
            return True
    response = _response(sheet, item, code, questionnaire)
    return response is not None and offers(questionnaire, item, response)


def _response(sheet: Sheet, item: Item, code: str, questionnaire: Questionnaire) -> Response | None:
    """The response that a character stands for; None where `sitting.state.hand_in` writes no response like this."""
    if code in _MISSING:
        return Missing(code)
    values = questionnaire.scale_of(item).values if item.has_points else ()
    if code == BESIDE:
        chosen = sheet.beside.get(item.id)
        is_in_order = not isinstance(chosen, tuple) or chosen == tuple(one for one in values if one in chosen)
        return chosen if chosen != () and is_in_order else None
    at = POINT_CODES.find(code) if item.has_figures else -1
    return values[at] if 0 <= at < len(values) and values[at] not in item.not_applicable_values else None


def _misfit_of_texts(
    sheet: Sheet, texts: Iterable[tuple[str, str]], shown: set[str], questionnaire: Questionnaire
) -> str:
    nodes = {node.id: node for strand in questionnaire.strands for node in strand.middle}
    reached = shown | {id for id, node in nodes.items() if any(item.id in shown for item in node.items)}
    codes = dict(zip((item.id for item in questionnaire.items), sheet.answers, strict=True))
    open_questions = {item.id for item in questionnaire.items if item.is_in_words}
    known, seen = {*abouts(questionnaire)}, set[str]()
    for key, text in texts:
        about, _ = written_about(key)
        if key in seen or (text.strip() and about in seen):
            return f"It has more than one text about “{about}”."
        seen |= {key, about} if text.strip() else {key} - {about}
        if key not in known or (text.strip() and about not in reached):
            return f"It has a text about “{about}”, which was not asked."
        if text.strip() and about in open_questions and codes[about] != BESIDE:
            return f"It has a text about “{about}”, and says that it has no text."
        if len(text) > LONGEST_TEXT:
            return f"Its text about “{about}” is longer than {LONGEST_TEXT:,} characters."
    return ""


_RIGHT_ROUND = "Check that this is the project, and the round, that it was made for."
_ASK_AGAIN = "Ask the person to answer the invitation of this round, as they got it."


def other_round() -> UsageError:
    """The error for a sheet or draft of another round, or of one that is not in this project."""
    return UsageError("This sheet belongs to another round.", _RIGHT_ROUND)


def not_open(round: Round) -> UsageError:
    """The error for a round in which nobody can answer now."""
    title = clean(round.title, 200)
    if round.state == "closed":
        return UsageError(
            f"The round “{title}” is closed on this computer: the sheet came too late.",
            "Ask the person who invited you. It can be opened again only while no report of it was made.",
            facilitator="You can open it again as long as no report of it was made.",
        )
    return UsageError(
        f"The round “{title}” is not open yet.",
        "Ask the person who invited you to open it, then try again.",
        facilitator=f"Open it first (round open {round.id}), then try again.",
    )


def check(round: Round, parcel: Parcel, questionnaire: Questionnaire | None) -> Ticket:
    """The ticket of a sheet. UsageError if the round does not accept the sheet. Its answers are checked if the
    questionnaire is given."""
    sheet, ticket = parcel.sheet, parcel.sheet.ticket
    if ticket is None or ticket.round != round.key:
        raise other_round()
    check_place(round, sheet, ticket)
    if parcel.signed and parcel.signed.signature and not round.rules.codes:
        raise _has_no_codes()
    if questionnaire and (why := misfit(sheet, parcel.texts.values(), questionnaire)):
        raise UsageError(f"This sheet does not fit the questionnaire. {why}", _ASK_AGAIN)
    return ticket


def check_place(round: Round, sheet: Sheet | Draft, ticket: Ticket) -> None:
    """UsageError unless a sheet or a draft is one for which this round asks."""
    if round.state != "open":
        raise not_open(round)
    if sheet.questionnaire != round.questionnaire:
        raise UsageError(
            "This sheet answers another questionnaire, or another version of it, than the round asks.", _ASK_AGAIN
        )
    if sheet.form != round.form:
        raise UsageError(
            f"This sheet answers the {sheet.form} form, and the round asks the {round.form} one.", _ASK_AGAIN
        )
    if (sheet.group or EVERYBODY) not in round.invited:
        who = f"The group “{clean(sheet.group, 100)}” takes" if sheet.group else "Somebody without a group takes"
        raise UsageError(f"{who} no part in the round “{clean(round.title, 200)}”.", _RIGHT_ROUND)
    if ticket.matching and not round.rules.matching:
        raise UsageError("This sheet has a code that the person made up, but the round asks for none.", _ASK_AGAIN)
    if ticket.agrees is not None and (sheet.group or EVERYBODY) not in round.rules.asks_consent:
        raise UsageError("This sheet says whether its group may be shown, but the round does not ask.", _ASK_AGAIN)
    if ticket.admission and not round.rules.codes:
        raise _has_no_codes()


def _has_no_codes() -> UsageError:
    return UsageError("This sheet has an admission code, and the round has none.", _ASK_AGAIN)


def check_admission(
    round: Round, group: GroupKey, ticket: Ticket, found: tuple[GroupKey, bool] | None, *, again: bool = False
) -> None:
    """UsageError unless an admission code admits somebody of this group. `found` is the group for which the code was
    issued and whether it was used, which is allowed if the person answers again."""
    if not round.rules.codes:
        return
    if not ticket.admission:
        raise UsageError(
            "This sheet came without an admission code, and this round asks for one.",
            "Ask the person to answer with the code from their invitation.",
        )
    if found is None:
        raise unknown_code()
    given_out_for, used = found
    if used and not again:
        raise used_code()
    if given_out_for != group:
        raise other_group()


def check_proof(parcel: Parcel, revision: int, proof: str | None) -> None:
    """UsageError unless a later revision comes from the person whose sheet is stored with this revision and proof. A
    sheet that was stored without a proof can be replaced by any that has one."""
    if not parcel.proof:
        raise UsageError(
            "This sheet would replace one that is here, and was written by an earlier version of the program.",
            "Ask the person to answer again with the current version.",
        )
    if proof is not None and codes.earlier(parcel.proof, parcel.revision - revision) != proof:
        raise UsageError(
            "This sheet would replace one that is here, and was not written with the receipt of that one.",
            "Leave it out: what is here stays. The person can tell you whether they answered again.",
        )


def refuses(round: Round, parcel: Parcel) -> bool:
    """Whether the person of a sheet does not consent that their small group is shown. No answer is no consent."""
    ticket = parcel.sheet.ticket
    return (parcel.sheet.group or EVERYBODY) in round.rules.asks_consent and not (ticket and ticket.agrees is True)


def says_something_else() -> UsageError:
    """The error for a sheet that has the receipt of another sheet."""
    return UsageError(
        "Another sheet with this receipt is here already, and it says something else.",
        "What came first stays. Ask the person which is theirs. If it is this one, delete the other with their receipt "
        "(forget), and let them answer again.",
    )


def keyed_in_meanwhile(number: str) -> UsageError:
    """The error for a paper sheet that was changed after the person who enters it looked it up."""
    return UsageError(
        f"Sheet {number} was just typed in by somebody else, so nothing was taken in.",
        "Look at the sheet as it is now, then try again.",
    )


def another_sheet() -> UsageError:
    """The error for a sheet that would overwrite texts of another sheet."""
    return UsageError(
        "This sheet carries a key of another sheet that is here.", "Ask the person to send it again, as it was written."
    )


def no_sheet(receipt: str) -> UsageError:
    """The error for a receipt that no sheet has."""
    return UsageError(
        f"No sheet of a round has the receipt {receipt}.",
        "Check each group of four. Deleted answers cannot be found again.",
    )


def withdrawn() -> UsageError:
    """The error for a sheet that was withdrawn."""
    return UsageError(
        "This sheet was deleted by the person who handed it in.",
        "Leave it out. To take part after all, this person answers from the beginning.",
    )


def other_group() -> UsageError:
    """The error for an admission code of another group."""
    return UsageError(
        "The admission code of this sheet was issued for another group.",
        "Ask the person who invited you for a code for your own group.",
        facilitator="Ask the person to answer with a code for their own group.",
    )


def unknown_code() -> UsageError:
    """The error for an admission code that the round does not have."""
    return UsageError(
        "This round does not know the admission code.",
        "Check each group of four. If it is right, ask the person who invited you for a new one.",
        facilitator="Check that it is a code of this round and not cancelled. Unused codes end once a report is made.",
    )


def unsigned() -> UsageError:
    """The error for a sheet file that was signed with no code of the round."""
    return UsageError(
        "No admission code of this round fits this sheet: the code was mistyped or cancelled, or the sheet was changed "
        "on its way.",
        "Check your code. If it is right, ask the person who invited you for a new one.",
        facilitator="Ask the person to check their code and send the sheet again, or invite them again.",
    )


def used_code() -> UsageError:
    """The error for an admission code that was used."""
    return UsageError(
        "The admission code was used before: each is for one sheet.",
        "If it was you, answer again with your receipt. If not, ask the person who invited you for a new code.",
        facilitator="To answer again, a person needs their first receipt. If they have none, give them a new code.",
    )

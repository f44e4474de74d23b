"""Whether a sheet may come into a round: everything that can be said of it without opening the file."""

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.sheet import Draft, Sheet, Ticket
from selfassess.model.text import clean
from selfassess.storage import codes
from selfassess.storage.exchange import Parcel
from selfassess.storage.fitting import misfit

_RIGHT_ROUND = "Check that this is the project, and the round, that it was made for."
_ASK_AGAIN = "Ask the person to answer the invitation of this round, as they got it."


def other_round() -> UsageError:
    """The error for a sheet or draft of a round that this project does not have."""
    return UsageError("This sheet is of another round.", _RIGHT_ROUND)


def not_open(round: Round) -> UsageError:
    """The error for a round in which nobody can answer now."""
    title = clean(round.title, 200)
    if round.state == "closed":
        return UsageError(
            f"The round “{title}” is closed on this computer: it came too late.",
            "Ask the person who invited you. It can be opened again only while no report of it was made.",
            facilitator="You can open it again as long as no report of it was made.",
        )
    return UsageError(
        f"The round “{title}” is not open yet.",
        "Ask the person who invited you to open it, then try again.",
        facilitator="Open the round first, then try again.",
    )


def check(round: Round, parcel: Parcel, questionnaire: Questionnaire | None) -> Ticket:
    """The ticket of a sheet. UsageError where it cannot come into the round. Its answers are looked at where the
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
    """UsageError where a sheet or a draft is none that this round asks for."""
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
        raise UsageError("This sheet has a code that its person made up, and the round asks for none.", _ASK_AGAIN)
    if ticket.agrees is not None and (sheet.group or EVERYBODY) not in round.rules.asks_consent:
        raise UsageError("This sheet answers whether its group may be shown, and the round does not ask.", _ASK_AGAIN)
    if ticket.admission and not round.rules.codes:
        raise _has_no_codes()


def _has_no_codes() -> UsageError:
    return UsageError("This sheet has an admission code, and the round has none.", _ASK_AGAIN)


def check_admission(
    round: Round, group: str, ticket: Ticket, found: tuple[str, bool] | None, *, again: bool = False
) -> None:
    """UsageError unless an admission code opens the round to somebody of this group. `found` is the group that the code
    was given out for and whether it was used: that may be so where the person answers again."""
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
    """UsageError unless a sheet of a later revision comes from the person whose sheet is there, in this revision and
    with this proof. A sheet that came without one is followed by the first that has one."""
    if not parcel.proof:
        raise UsageError(
            "This sheet would take the place of one that is here, and was written by an earlier version of the "
            "program.",
            "Ask the person to answer again with the current version.",
        )
    if proof is not None and codes.earlier(parcel.proof, parcel.revision - revision) != proof:
        raise UsageError(
            "This sheet would take the place of one that is here, and was not written with the receipt of that one.",
            "Leave it out: what is here stays. The person can tell you whether they answered again.",
        )


def refuses(round: Round, parcel: Parcel) -> bool:
    """Whether the person of a sheet does not agree that their small group is shown. Saying nothing is not agreeing."""
    ticket = parcel.sheet.ticket
    return (parcel.sheet.group or EVERYBODY) in round.rules.asks_consent and not (ticket and ticket.agrees is True)


def says_something_else() -> UsageError:
    """The error for a sheet with the receipt of another."""
    return UsageError(
        "Another sheet with this receipt is here already, and it says something else.",
        "What came first stays. Ask the person which is theirs. If it is this one, take the other out with their "
        "receipt (forget), and let them answer anew.",
    )


def keyed_in_meanwhile(number: str) -> UsageError:
    """The error for a sheet of paper that is not as it was when the person who keys it in looked."""
    return UsageError(
        f"Sheet {number} was keyed in by somebody else at this moment, so nothing was taken in.",
        "Look at the sheet as it is now, then try again.",
    )


def another_sheet() -> UsageError:
    """The error for a sheet that would take away what belongs to another."""
    return UsageError(
        "This sheet carries a key of another sheet that is here.", "Ask its person for it once more, as it was written."
    )


def no_sheet(receipt: str) -> UsageError:
    """The error for a receipt that finds nothing."""
    return UsageError(
        f"No sheet of a round has the receipt {receipt}.",
        "Check each group of four. What was withdrawn cannot be found again.",
    )


def withdrawn() -> UsageError:
    """The error for a sheet that its person took back."""
    return UsageError(
        "This sheet was taken back by the person who handed it in.",
        "Leave it out. To take part after all, this person answers from the beginning.",
    )


def other_group() -> UsageError:
    """The error for a code that is used by somebody of another group."""
    return UsageError(
        "The admission code of this sheet was given out for another group.",
        "Ask the person who invited you for a code for your own group.",
        facilitator="Ask the person to answer with a code for their own group.",
    )


def unknown_code() -> UsageError:
    """The error for an admission code that is none of the round."""
    return UsageError(
        "This round does not know the admission code.",
        "Check each group of four. If it is right, ask the person who invited you for a new one.",
        facilitator="Check that it is a code of this round, and was not taken back. Unused codes are gone once a "
        "report was made.",
    )


def unsigned() -> UsageError:
    """The error for a sheet file that was written with no code of the round."""
    return UsageError(
        "This sheet goes with no admission code of this round: its code was taken back, or it was changed on its way.",
        "Ask the person to send it once more as the program wrote it, or invite them anew.",
    )


def used_code() -> UsageError:
    """The error for an admission code that somebody has handed in with."""
    return UsageError(
        "The admission code was used before: each is for one sheet.",
        "If it was you, answer again with your receipt. If not, ask the person who invited you for a new code.",
        facilitator="To answer again, a person needs the receipt of their first sheet. To somebody who has none, give "
        "a new code.",
    )

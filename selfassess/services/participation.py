"""Taking part in a round: enter it, resume with a code, answer again with a receipt, begin, and be forgotten.

What a person is asked next is `sitting.round_entry.next_step`. A method of the entrant takes what they say, or a
function here where the project is needed. On screen and line by line the same steps are shown, and nothing is decided
there.
"""

from dataclasses import replace
from typing import Literal, NamedTuple

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Group
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.sheet import Draft, Ticket
from selfassess.paths import program
from selfassess.project.codes import is_resume_code, normalise
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services import sittings
from selfassess.services.entrances import Entrance, Here, entrance_of_code
from selfassess.services.groups import invited_group
from selfassess.sitting import round_notices
from selfassess.sitting.round_entry import Entrant, Person, Returned, answering_again, group_title
from selfassess.sitting.session import Arrival, Saver, Sitting
from selfassess.sitting.state import reopen
from selfassess.sitting.steps import steps
from selfassess.sitting.thanks import Thanks


def enter(entrance: Entrance, code: str = "", group: str | None = None, again: str = "") -> Sitting | Entrant:
    """The next person, as they enter: with a code, with a group that they name, or with the receipt `again` to answer
    again; or the sitting that they resume. UsageError for a code that opens nothing, or that was given out for another
    group, and for a group that takes no part."""
    if again:
        return answer_again(entrance, again)
    code = code or entrance.code
    if found := entrance.find(code):
        return _sitting(entrance, *found)
    round, groups = entrance.round, tuple(entrance.round.invited)
    known = entrance.group if group is None else invited_group(round, entrance.edition.questionnaire, group)
    if known is None and len(groups) == 1:
        (known,) = groups
    entrant = Entrant(ticket=Ticket(round=round.key), group=known)
    return _admitted(entrance, entrant, code) if code else entrant


RoundEntry = tuple[Here, Sitting | Entrant]
"""The entrance to a round, and the person who enters."""


def resume_with_code(project: Project, code: str) -> Sitting | RoundEntry:
    """What a code opens where no round is named: a sitting outside rounds, or one in a round. UsageError if it opens
    nothing."""
    if project.kind == "shared" and (entrance := entrance_of_code(project, code)):
        return entrance, enter(entrance, code)
    return sittings.resume_with_code(project, code)


def use_code(entrance: Entrance, entrant: Entrant, code: str) -> Person:
    """What a code opens: a sitting to resume, admission to the round, or, for a receipt, what was handed in. UsageError
    if it opens nothing."""
    code = normalise(code)
    if not is_resume_code(code):
        return use_receipt(entrance, code)
    if found := entrance.find(code):
        return _sitting(entrance, *found)
    return _admitted(entrance, entrant, code)


def use_receipt(entrance: Entrance, receipt: str) -> Returned:
    """What was handed in with a receipt. UsageError if nothing was."""
    return Returned(receipt, entrance.handed_in(receipt))


def answer_again(entrance: Entrance, receipt: str) -> Sitting | Entrant:
    """A person who answers again, with their earlier answers; or the sitting in which they have begun to."""
    if found := entrance.find(receipt):
        return _sitting(entrance, *found)
    sheet = entrance.handed_in(receipt)
    entrant = Entrant(
        ticket=sheet.ticket or Ticket(round=entrance.round.key),
        code=receipt,
        group=sheet.group or EVERYBODY,
        offered=sheet.ticket is not None,
        before=reopen(entrance.edition.questionnaire, sheet),
    )
    return answering_again(entrance.round, entrant)


def groups_in(entrance: Entrance) -> list[Group]:
    """The groups of the questionnaire that take part in the round."""
    return [group for group in entrance.edition.questionnaire.groups if group.id in entrance.round.invited]


def with_own_code(entrance: Entrance, entrant: Entrant, code: str) -> Entrant:
    """The person with the code that they made up, or with none. UsageError if the code has no letter or digit."""
    key = entrance.matching_key(code) if code.strip() else ""
    return entrant.matched_by(key)


def begin(entrance: Entrance, entrant: Entrant) -> Sitting:
    """Save a new draft for a person who has gone through every step. UsageError if their group is asked nothing."""
    round, edition = entrance.round, entrance.edition
    draft = Draft(questionnaire=edition.sha256, group=entrant.group or None, form=round.form)
    draft = replace(entrant.before or draft, ticket=entrant.ticket)
    if not steps(edition.questionnaire, draft):
        raise UsageError(
            "This round has no questions for this group.",
            "Tell the person who invited you.",
            facilitator="Leave this group out, or ask it something.",
        )
    arrival: Arrival = "again" if entrant.before else "new"
    return _sitting(entrance, entrance.begin(draft, entrant.code), draft, arrival)


def has_next(entrance: Entrance, *, was_welcomed: bool, begins_at_home: bool) -> bool:
    """Whether a next person can follow at the same machine. Not if the command line led a single person past the
    welcome."""
    return entrance.takes_turns and (was_welcomed or begins_at_home)


def thanks(entrance: Entrance, sitting: Sitting, receipt: str, *, has_next: bool, on_screen: bool) -> Thanks:
    """What a person is told who has handed in. `on_screen`: the first page leads to what a receipt is for, instead of
    commands."""
    if not receipt:
        return Thanks("This was a preview: nothing was saved. People see their receipt here.", "", (), has_next)
    uses = round_notices.receipt_words(
        entrance.kind,
        entrance.to_answer_again,
        program(sitting.saver.where),
        again=sitting.saver.again,
        on_screen=on_screen,
    )
    message = round_notices.sent_words(entrance.sent) if entrance.sent else "Your answers are handed in."
    return Thanks(message, receipt, tuple(uses), has_next)


class Forgotten(NamedTuple):
    """What was removed, and the round that a sheet was handed in to; None outside rounds."""

    what: Literal["draft", "sheet"]
    round: Round | None


def forget(project: Project, code: str) -> Forgotten:
    """Remove an unfinished sitting by its code, or what was handed in by its receipt. UsageError if nothing has that
    code, or its round is closed."""
    found = Rounds(project).sheets.of_receipt(code) if project.kind == "shared" else None
    return Forgotten(project.forget(code), found[0] if found else None)


def has_sheet(project: Project, receipt: str) -> bool:
    """Whether something was handed in with a receipt."""
    try:
        project.sheet(receipt)
    except UsageError:
        return False
    return True


def _admitted(entrance: Entrance, entrant: Entrant, code: str) -> Entrant:
    """The person with the ticket that their code gives, and with the group that it was given out for."""
    ticket, group = entrance.admit(code)
    if group is not None and entrant.group not in (None, group):
        raise UsageError(
            f"This code was issued for the group {group_title(entrance.edition.questionnaire, group)}.",
            "Answer with that group, or ask for a code for your own.",
        )
    return entrant.admitted(ticket, code, group)


def _sitting(entrance: Entrance, saver: Saver, draft: Draft, arrival: Arrival = "back") -> Sitting:
    round = entrance.round
    is_settled = round.rules.codes or entrance.group is not None or saver.again
    groups = () if is_settled else tuple(round.invited)
    dated = entrance.kind == "invitation"
    return Sitting(entrance.edition, draft, saver, dated=dated, round=round, groups=groups, arrival=arrival)

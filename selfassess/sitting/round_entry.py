"""On the way into a round: what is known of a person, and what they are asked before the first question."""

from dataclasses import dataclass, replace
from typing import Literal, Protocol

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.sheet import Draft, Sheet, Ticket
from selfassess.sitting.session import Saver, Sitting
from selfassess.sitting.state import reopen
from selfassess.sitting.steps import steps

Asked = Literal["code", "group", "consent", "matching"]
Kind = Literal["here", "invitation", "preview"]
"""On the computer that the project file of the round is on, by an invitation on another, or only to look at it."""

Admitted = tuple[Ticket, str | None]
"""What an admission code gives: the ticket, and the group it was given out for; None where that is not known."""


class Entrance(Protocol):
    """How people come into a round. Its methods raise ProjectError as a project does, and UsageError, in words, for
    codes and receipts that are none, and for a round in which nobody can answer now."""

    @property
    def kind(self) -> Kind:
        """Which of the ways in this is."""

    @property
    def round(self) -> Round:
        """The round, with its rules."""

    @property
    def edition(self) -> Edition:
        """Its frozen questionnaire."""

    @property
    def where(self) -> str:
        """The path of the file that drafts are saved in; "" if nothing is saved."""

    @property
    def group(self) -> str | None:
        """The group of whoever comes in, where that is known before they do."""

    @property
    def code(self) -> str:
        """The admission code of whoever comes in, where that is known before they do."""

    @property
    def sent(self) -> str:
        """The path of the sheet file that was written last, to be sent back; "" where there is none."""

    @property
    def to_answer_again(self) -> str:
        """What is said to the program to answer again. It asks for the receipt then."""

    def find(self, code: str) -> tuple[Saver, Draft] | None:
        """The sitting to go on with: that of a code, or of a receipt by somebody who answers again."""

    def admit(self, code: str) -> Admitted:
        """What an admission code gives."""

    def matching_key(self, code: str) -> str:
        """The key of a code that a person made up."""

    def begin(self, draft: Draft, code: str) -> Saver:
        """Keep a new draft. `code` opens it again: an admission code, or the receipt of somebody who answers again;
        without one the saver has a resume code where one is needed."""

    def handed_in(self, receipt: str) -> Sheet:
        """What was handed in with a receipt, with its texts; and with its ticket, where that is still known."""

    def withdraw(self, receipt: str) -> None:
        """Take back what was handed in with a receipt. Only where the project file of the round is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """A person on their way to the first question, as far as they have come."""

    ticket: Ticket
    code: str = ""
    """What opens their draft again: the admission code, or the receipt of somebody who answers again."""
    group: str | None = None
    """Their group (EVERYBODY where there are none); None while it is not known."""
    offered: bool = False
    """Whether it was offered to them to make up a code."""
    before: Draft | None = None
    """Their earlier answers, of somebody who answers again."""


def takes_turns(entrance: Entrance) -> bool:
    """Whether one person after the other may come in, rather than the one whose code is known."""
    return entrance.kind == "here" and not entrance.code


def arrive(entrance: Entrance, code: str = "", group: str | None = None) -> Sitting | Entrant:
    """Whoever comes in now; or the sitting that they go on with. UsageError for a code that opens nothing, or that
    was given out for another group than they name."""
    code = code or entrance.code
    if found := entrance.find(code):
        return going_on(entrance, *found)
    groups = tuple(entrance.round.invited)
    group = entrance.group if group is None else group
    if group is None and len(groups) == 1:
        (group,) = groups
    entrant = Entrant(ticket=Ticket(round=entrance.round.key), group=group)
    return admitted(entrance, entrant, code) if code else entrant


def admitted(entrance: Entrance, entrant: Entrant, code: str) -> Entrant:
    """The person with the ticket that their code gives, and with the group that it was given out for."""
    ticket, group = entrance.admit(code)
    if group is not None and entrant.group not in (None, group):
        raise UsageError(
            f"This code was given out for the group {group_title(entrance.edition.questionnaire, group)}.",
            "Answer with that group, or ask for a code for your own.",
        )
    return replace(entrant, ticket=ticket, code=code, group=entrant.group if group is None else group)


def returning(entrance: Entrance, receipt: str) -> Sitting | Entrant:
    """Somebody who answers again, with their earlier answers; or the sitting in which they have begun to."""
    if found := entrance.find(receipt):
        return going_on(entrance, *found)
    sheet = entrance.handed_in(receipt)
    return Entrant(
        ticket=sheet.ticket or Ticket(round=entrance.round.key),
        code=receipt,
        group=sheet.group or EVERYBODY,
        offered=sheet.ticket is not None,
        before=reopen(entrance.edition.questionnaire, sheet),
    )


def going_on(entrance: Entrance, saver: Saver, draft: Draft) -> Sitting:
    """The sitting of a draft that was begun."""
    round = entrance.round
    is_settled = round.rules.codes or entrance.group is not None or saver.again
    groups = () if is_settled else tuple(round.invited)
    return Sitting(entrance.edition, draft, saver, dated=entrance.kind == "invitation", round=round, groups=groups)


def still_asked(round: Round, entrant: Entrant) -> Asked | None:
    """What a person is asked next; None where the questions can begin."""
    if round.rules.codes and not entrant.code:
        return "code"
    if entrant.group is None:
        return "group"
    if asks_consent(round, entrant.group) and entrant.ticket.agrees is None:
        return "consent"
    if round.rules.matching and not entrant.offered:
        return "matching"
    return None


def asks_consent(round: Round, group: str | None) -> bool:
    """Whether the people of a group are asked if it may be shown though it is small."""
    return (group or EVERYBODY) in round.rules.asks_consent


def agreeing(entrant: Entrant, agrees: bool) -> Entrant:
    """The person with what they said of their small group being shown."""
    return replace(entrant, ticket=replace(entrant.ticket, agrees=agrees))


def with_own_code(entrance: Entrance, entrant: Entrant, code: str) -> Entrant:
    """The person with the code that they made up, or with none. UsageError where nothing is left of it."""
    key = entrance.matching_key(code) if code.strip() else ""
    return replace(entrant, ticket=replace(entrant.ticket, matching=key), offered=True)


def begin(entrance: Entrance, entrant: Entrant) -> Sitting:
    """The sitting of somebody of whom everything is known. UsageError where their group is asked nothing."""
    round, edition = entrance.round, entrance.edition
    draft = Draft(questionnaire=edition.sha256, group=entrant.group or None, form=round.form)
    draft = replace(entrant.before or draft, ticket=entrant.ticket)
    if not steps(edition.questionnaire, draft):
        raise UsageError(
            "This round asks people of this group nothing.",
            "Tell the person who invited you.",
            facilitator="Leave this group out, or ask it something.",
        )
    return going_on(entrance, entrance.begin(draft, entrant.code), draft)


def group_title(questionnaire: Questionnaire, group: str) -> str:
    """What people call a group; "Everybody" where there are none."""
    return next((one.title for one in questionnaire.groups if one.id == group), "Everybody")

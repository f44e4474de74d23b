"""Entering a round: what is known of a person, and the next step that follows from it.

Values only. What loads or saves something is in `services.participation`."""

from dataclasses import dataclass, replace
from typing import Literal

from selfassess.model.questionnaire import GroupKey, Questionnaire
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.sheet import Draft, Sheet, Ticket
from selfassess.sitting.session import Sitting

Kind = Literal["here", "invitation", "preview"]
"""How a person takes part: on the computer that has the project file of the round, by an invitation on another, or only
to see what people will see."""

Step = Literal["welcome", "code", "group", "consent", "matching", "answer again", "begin"]
"""What a person is shown or asked before the questions: the welcome, their admission code, their group, whether their
small group may be shown, a code that they make up. "answer again" says that their earlier answers follow, and with
"begin" everything is known. What they say is taken by a method of `Entrant`, or where the project is needed by a
function of `services.participation`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """A person who has not begun yet, with everything known so far."""

    ticket: Ticket
    code: str = ""
    """What opens their draft later: the admission code, or the receipt of a person who answers again."""
    group: GroupKey | None = None
    """Their group (EVERYBODY where there are none); None while it is not known."""
    offered: bool = False
    """Whether they were offered to make up a code."""
    before: Draft | None = None
    """The earlier answers of a person who answers again."""
    welcomed: bool = False
    """Whether they have seen the welcome."""
    announced: bool = True
    """False while a person who answers again does not know yet that their earlier answers follow."""

    def after_welcome(self) -> "Entrant":
        """The person when they have seen the welcome."""
        return replace(self, welcomed=True)

    def admitted(self, ticket: Ticket, code: str, group: GroupKey | None) -> "Entrant":
        """The person with what their admission code gives."""
        return replace(self, ticket=ticket, code=code, group=self.group if group is None else group)

    def in_group(self, group: GroupKey) -> "Entrant":
        """The person with their group."""
        return replace(self, group=group)

    def agreeing(self, agrees: bool) -> "Entrant":
        """The person with their answer to whether their small group may be shown."""
        return replace(self, ticket=replace(self.ticket, agrees=agrees))

    def matched_by(self, key: str) -> "Entrant":
        """The person with the key of the code that they made up, or "" for none."""
        return replace(self, ticket=replace(self.ticket, matching=key), offered=True)

    def after_announcement(self) -> "Entrant":
        """The person when they know that their earlier answers follow."""
        return replace(self, announced=True)


@dataclass(frozen=True, slots=True)
class Returned:
    """A person who has handed in before, with the sheet that their receipt opens."""

    receipt: str
    sheet: Sheet


Person = Entrant | Sitting | Returned
"""A person in a round: about to begin, answering, or back with their receipt."""


def next_step(round: Round, entrant: Entrant) -> Step:
    """The next step of a person on the way to the first question."""
    if not entrant.welcomed:
        return "welcome"
    if round.rules.codes and not entrant.code:
        return "code"
    if entrant.group is None:
        return "group"
    if asks_consent(round, entrant.group) and entrant.ticket.agrees is None:
        return "consent"
    if round.rules.matching and not entrant.offered:
        return "matching"
    return "begin" if entrant.announced else "answer again"


def answering_again(round: Round, entrant: Entrant) -> Entrant:
    """A person who answers again. They are told what follows, unless something else is asked first."""
    entrant = entrant.after_welcome()
    return replace(entrant, announced=next_step(round, entrant) != "begin")


def asks_consent(round: Round, group: GroupKey | None) -> bool:
    """Whether the people of a group are asked if it may be shown though it is small."""
    return (group or EVERYBODY) in round.rules.asks_consent


def group_title(questionnaire: Questionnaire, group: GroupKey) -> str:
    """What people call a group; "Everybody" where there are none."""
    return next((one.title for one in questionnaire.groups if one.id == group), "Everybody")

"""The letters that go with invitations: what each person reads, and the command they type."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfassess.model.letter import Letter
from selfassess.model.privacy_notice import PrivacyNotice
from selfassess.paths import NAME
from selfassess.services.groups import titles_of
from selfassess.services.invitations import Invitations
from selfassess.sitting.notices import how_long
from selfassess.sitting.privacy_notice import in_full
from selfassess.sitting.round_entry import Kind
from selfassess.sitting.round_notices import ADMISSION_HEADING, welcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the facilitator says in every letter."""

    partnership: str = ""
    """What the partnership is called."""
    notice: PrivacyNotice
    """Who looks after the answers."""
    command: str
    """The command that starts the program in the folder of the project, on any computer."""
    until: str = ""
    """The day to answer by."""
    contact: str = ""
    """Who to ask."""


def letters(made: Invitations, said: Said, codes: Sequence[str]) -> list[Letter]:
    """A letter for each person invited; "" is the code of a person in a round without codes."""
    questionnaire = made.edition.questionnaire
    kind: Kind = "here" if made.way == "here" else "invitation"
    told = [
        one
        for one in welcome(made.round, questionnaire, kind, notice=in_full(said.notice))
        if one[0] != ADMISSION_HEADING  # what is said there does not fit in the letter that brings the code
    ]
    return [
        Letter(
            number=name,
            title=made.round.title,
            questionnaire=questionnaire.title,
            partnership=said.partnership,
            group=titles_of(questionnaire)[made.group] if made.group else "",
            how_long=how_long(made.edition, made.group or None, made.round.form),
            told=told,
            code=code,
            command=_to_answer(made, said.command, name),
            way=made.way,
            address=f"{made.address}#{'/'.join(filter(None, (made.group, code)))}" if made.address else "",
            until=said.until,
            contact=said.contact,
        )
        for name, code in zip(made.names, codes, strict=True)
    ]


def _to_answer(made: Invitations, command: str, name: str) -> str:
    """The command to type; "" if people answer on a page."""
    match made.way:
        case "here":
            return f"{command} take --round {made.round.id}"
        case "invitation":
            return f"{NAME} take {name}.invitation"
        case "page":
            return ""

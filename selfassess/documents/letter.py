"""The letter that goes with an invitation: to print, or to send."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfassess.documents.blocks import Block, Command, Document, Paragraph, Section

_ASKED = (
    "You are asked how you see the way we work together. There are no right answers, and you may leave any question "
    "blank."
)

Told = tuple[str, str]
"""A heading, and the words below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one person gets."""

    number: str
    """Which of the letters it is: "board-03"."""
    title: str
    """What the round is called."""
    questionnaire: str
    group: str
    """What the group is called; nothing where there is only one."""
    how_long: str
    told: Sequence[Told]
    """What happens with the answers, as on the first page of the program."""
    code: str = ""
    """The admission code; nothing where there is none."""
    about_code: str = ""
    """What it is for."""
    commands: Sequence[Told]
    """What to type, each with what it is for."""
    afterwards: str = ""
    """What to do with the sheet file; empty for people who answer on the facilitator's computer."""
    otherwise: str = ""
    """What else to ask for, followed by the contact; empty where there is no contact."""
    until: str = ""
    contact: str = ""


def document(letter: Letter) -> Document:
    """The whole letter."""
    whose = f", for {letter.group}" if letter.group else ""
    summary = [
        f"Please answer until: {letter.until}" if letter.until else "",
        f"Questions? Ask: {letter.contact}" if letter.contact else "",
        f"{_ASKED} {letter.how_long}; you can stop and come back.",
    ]
    told = (
        Section(f"told-{place}", heading, (Paragraph(words),)) for place, (heading, words) in enumerate(letter.told)
    )
    return Document(
        title=f"{letter.title}: {letter.questionnaire}",
        about=f"Invitation {letter.number}{whose}",
        summary=tuple(filter(None, summary)),
        sections=(Section("how", "How to answer", tuple(_how(letter))), *told),
    )


def _how(letter: Letter) -> Iterator[Block]:
    if letter.code:
        yield Paragraph(f"Your code: {letter.code}")
        yield Paragraph(letter.about_code)
    for purpose, command in letter.commands:
        yield Paragraph(purpose)
        yield Command(command)
    if letter.afterwards:
        yield Paragraph(letter.afterwards)
    if letter.otherwise:
        yield Paragraph(f"{letter.otherwise} {letter.contact}")

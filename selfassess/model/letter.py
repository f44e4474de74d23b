"""The letter that goes with an invitation."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfassess.model.round import Way

Paragraph = tuple[str, str]
"""A heading, and the words below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one person gets."""

    number: str
    """Which of the letters it is: "board-03"."""
    title: str
    """What the round is called."""
    questionnaire: str
    partnership: str = ""
    """What the partnership is called; nothing where it was not said."""
    group: str
    """What the group is called; nothing where there is only one."""
    how_long: str
    told: Sequence[Paragraph]
    """What happens with the answers, as on the first page of the program."""
    code: str = ""
    """The admission code; nothing where there is none."""
    command: str
    """What to type; nothing where they answer on a page."""
    address: str = ""
    """Where the page is; nothing where it is a file."""
    way: Way
    """How the person answers."""
    until: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What a person gets who has not answered yet, or everybody in a group of which only the number may be known."""

    number: str = ""
    """Which letter the person got: "board-03"; nothing where it is for everybody in the group."""
    title: str
    """What the round is called."""
    questionnaire: str
    partnership: str = ""
    """What the partnership is called; nothing where it was not said."""
    group: str
    """What the group is called; nothing where there is only one."""
    how_long: str
    has_code: bool
    """Whether the letter brought a code."""
    until: str = ""
    contact: str = ""

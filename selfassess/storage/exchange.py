"""What travels between computers without any server: invitations on their way out, sheets on their way back.

Both are JSON, so that whoever gets one can read what is in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from selfassess.model.round import Round
from selfassess.model.sheet import Sheet

INVITATION, SHEET = ".invitation", ".sheet"
"""The ends of the names of such files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """All that somebody needs to answer on another computer."""

    round: Round
    """With its rules and the numbers invited: what the person is told is made from them."""
    salt: str
    """Of the project: goes into the keys of codes."""
    content: bytes
    """The bytes of the questionnaire."""
    group: str | None
    """The person's group; None where they choose."""
    code: str = ""
    """Their admission code; nothing where the round has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A sheet taken apart, with the keys that only its receipt gives: what a project takes in, from a sitting here or
    from a file."""

    key: str
    """Of the sheet."""
    sheet: Sheet
    """Without texts, with its ticket."""
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By their own keys, what each text is about and the text."""
    refusal: str = ""
    """The key under which it is kept that the person does not agree; nothing where they do, or were not asked."""
    revision: int = 0
    """How often the same person has answered before with the same receipt: the highest counts."""


def pack(sheet: Sheet, receipt: str, revision: int = 0) -> Parcel:
    """The parcel of a sheet, with the keys that a receipt gives."""
    raise NotImplementedError


def write_invitation(path: Path, invitation: Invitation) -> None:
    """Write an invitation whole or not at all. ProjectError if something is there already or it cannot be written."""
    raise NotImplementedError


def read_invitation(path: Path) -> Invitation:
    """The invitation in a file. ResponsesError says what is wrong with it: none, damaged, of a later format."""
    raise NotImplementedError


def write_sheet(path: Path, parcel: Parcel, *, overwrite: bool = False) -> None:
    """Write a sheet file whole or not at all. ProjectError as in `write_invitation`."""
    raise NotImplementedError


def read_sheet(path: Path) -> Parcel:
    """The parcel in a sheet file. ResponsesError says what is wrong with it: none, damaged or edited (it carries a
    sum of itself), of a later format."""
    raise NotImplementedError

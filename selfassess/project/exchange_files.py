"""Invitations on their way to people on other computers, and sheets on their way back, without any server.

Both are files of JSON, so that people can read what is in them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from selfassess.errors import SelfAssessError
from selfassess.model.privacy_notice import NO_NOTICE, PrivacyNotice
from selfassess.model.questionnaire import GroupKey
from selfassess.model.round import Round
from selfassess.model.sheet import RoundKey, Sheet, Ticket
from selfassess.project import codes
from selfassess.project.codec import (
    FLAG,
    KEY,
    KEY_OR_NOTHING,
    TEXT,
    Codec,
    Field,
    Record,
    mapping,
    optional,
    sequence,
    whole_number,
)
from selfassess.project.codes import LAST_REVISION
from selfassess.project.database_errors import UnreadableRowError
from selfassess.project.parcel import Parcel, Signed
from selfassess.project.records import ANNOUNCED_ROUND, BESIDE, FORM, NOTICE
from selfassess.project.sealed_files import changed, digest, open_up, read, seal, unseal, write
from selfassess.text import clean

INVITATION, SHEET = ".invitation", ".sheet"
"""The suffixes of such files."""

_LARGEST_INVITATION = 16 * 1024 * 1024
LARGEST_SHEET = 4 * 1024 * 1024
"""In bytes. A questionnaire has at most 2 MB, and a sheet of the longest some 100 KB unless its texts are long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Everything that somebody needs to answer on another computer."""

    round: Round
    """With its rules and the numbers of people invited, from which the welcome screen is made."""
    salt: str
    """Of the project, for the keys of codes."""
    content: bytes
    """The bytes of the questionnaire."""
    group: GroupKey | None
    """The person's group; None if they choose."""
    code: str = ""
    """Their admission code; "" if the round has none."""
    notice: PrivacyNotice = NO_NOTICE
    """Who looks after the answers."""


def ticket_of(invitation: Invitation, *, agrees: bool | None = None, matching: str = "") -> Ticket:
    """The ticket of a person who answers an invitation. `matching` is the code that they made up, as typed: UsageError
    if it is no code. Takes about 40 ms for each code."""
    return Ticket(
        round=invitation.round.key,
        admission=codes.admission_key(invitation.code, invitation.salt) if invitation.code else "",
        agrees=agrees,
        matching=codes.matching_key(matching, invitation.salt) if matching else "",
    )


_LINES = sequence(TEXT)


def _write_content(content: bytes) -> list[str]:
    # In lines, so that people can read them. Joined, they are the same bytes again.
    return content.decode().splitlines(keepends=True)


def _checked_invitation(**fields: Any) -> Invitation:
    invitation = Invitation(**fields)
    round, group, code = invitation.round, invitation.group, invitation.code
    if hashlib.sha256(invitation.content).hexdigest() != round.questionnaire:
        raise UnreadableRowError("the questionnaire is another")
    if (group is not None and not (group and group in round.invited)) or bool(code) != round.rules.codes:
        raise UnreadableRowError("the group or the code is not part of the round")
    if code and (codes.normalise(code) != code or not codes.is_resume_code(code)):
        raise UnreadableRowError("this is not an admission code")
    return invitation


_INVITATION_FIELDS = (
    Field("round", ANNOUNCED_ROUND),
    Field("group", optional(TEXT)),
    Field("code", TEXT),
    Field("salt", KEY),
    Field("questionnaire", Codec(_write_content, lambda lines: "".join(_LINES.read(lines)).encode()), "content"),
)
_FIRST_INVITATION = Record(_checked_invitation, *_INVITATION_FIELDS)
"""The first format, which has no notice, and in which another key is an error."""
_INVITATION = Record(_checked_invitation, *_INVITATION_FIELDS, Field("notice", NOTICE, may_be_absent=True), exact=False)


def write_invitation(path: Path, invitation: Invitation) -> None:
    """Write an invitation whole or not at all; without a notice in the first format, which every version of the program
    can read. ProjectError if something is there already or it cannot be written."""
    if invitation.notice:
        content = seal("invitation", _INVITATION.write(invitation))
    else:
        content = seal("invitation", _FIRST_INVITATION.write(invitation), version=1)
    write(path, content, overwrite=False)


def read_invitation(path: Path) -> Invitation:
    """The invitation in a file, its round without what was decided in it. ResponsesError says what is wrong with the
    file: it is no invitation, is damaged, or has a later format."""
    version, table = open_up(path, "invitation", _LARGEST_INVITATION)
    try:
        return (_FIRST_INVITATION if version == 1 else _INVITATION).read(table)
    except (ValueError, RecursionError, SelfAssessError) as error:
        raise changed(path, "invitation") from error


def _write_text(text: tuple[str, str]) -> dict[str, str]:
    about, content = text
    return {"about": about, "text": clean(content)}


def _read_text(table: Any) -> tuple[str, str]:
    if not isinstance(table, dict) or table.keys() != {"about", "text"}:
        raise UnreadableRowError(table)
    about, content = TEXT.read(table["about"]), TEXT.read(table["text"])
    return clean(about), clean(content, len(content))  # whether it is too long is checked when the sheet is taken in


def _read_parcel(
    *,
    round: RoundKey,
    admission: str = "",
    agrees: bool | None,
    matching: str,
    key: str,
    texts: Mapping[str, tuple[str, str]],
    refusal: str,
    revision: int,
    proof: str = "",
    **sheet: Any,
) -> Parcel:
    ticket = Ticket(round=round, admission=admission, agrees=agrees, matching=matching)
    return Parcel(
        key=key,
        sheet=Sheet(ticket=ticket, **sheet),
        texts=texts,
        refusal=refusal,
        revision=revision,
        proof=proof,
    )


_SHEET_FIELDS = (
    Field("round", KEY, "sheet.ticket.round"),
    Field("questionnaire", KEY, "sheet.questionnaire"),
    Field("form", FORM, "sheet.form"),
    Field("group", optional(TEXT), "sheet.group"),
    Field("answers", TEXT, "sheet.answers"),
    Field("beside", BESIDE, "sheet.beside"),
    Field("texts", mapping(Codec(_write_text, _read_text), keys=KEY)),
    Field("agrees", optional(FLAG), "sheet.ticket.agrees"),
    Field("matching", KEY_OR_NOTHING, "sheet.ticket.matching"),
    Field("key", KEY),
    Field("refusal", KEY),
    Field("revision", whole_number(0, LAST_REVISION)),
)
_FIRST_SHEET = Record(_read_parcel, *_SHEET_FIELDS, Field("admission", KEY_OR_NOTHING, "sheet.ticket.admission"))
"""The first format, in which the key of the admission code stood in the file."""
_SHEET = Record(_read_parcel, *_SHEET_FIELDS, Field("proof", KEY))
"""What the signature of a sheet file is made of. The signature itself stands under "admission"."""


def write_sheet(path: Path, parcel: Parcel, *, overwrite: bool = False) -> None:
    """Write a sheet file whole or not at all. ProjectError as in `write_invitation`."""
    ticket = parcel.sheet.ticket
    if ticket is None:
        raise ValueError("a sheet without a ticket comes into no round")
    table = _SHEET.write(parcel)
    signature = codes.signature(ticket.admission, digest("sheet", table)) if ticket.admission else ""
    write(path, seal("sheet", {**table, "admission": signature}), overwrite=overwrite)


def read_sheet(path: Path) -> Parcel:
    """The parcel in a sheet file. ResponsesError says what is wrong with the file: it is no sheet, is damaged or
    edited (it carries a checksum of itself), or has a later format."""
    return sheet_in(path, read(path, "sheet", LARGEST_SHEET))


def sheet_in(path: Path, content: bytes) -> Parcel:
    """The parcel in the content of a sheet file that was found in another file, such as a message. ResponsesError as
    from `read_sheet`."""
    version, table = unseal(path, "sheet", content)
    try:
        return _FIRST_SHEET.read(table) if version == 1 else _read_signed(table)
    except (ValueError, RecursionError) as error:
        raise changed(path, "sheet") from error


def _read_signed(table: dict[str, Any]) -> Parcel:
    signature = KEY_OR_NOTHING.read(table.pop("admission", None))
    return replace(_SHEET.read(table), signed=Signed(digest("sheet", table), signature))

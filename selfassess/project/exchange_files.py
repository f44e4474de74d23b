"""Files of JSON that carry what they are, the version of their format, and a sum of themselves.

They come from other computers and by way of people, so reading one takes nothing for granted: whatever is found at a
path is either such a file or a ResponsesError.


What travels between computers without any server: invitations on their way out, sheets on their way back.

Both are JSON, so that whoever gets one can read what is in it. A sum over all the rest tells a file that was damaged
on its way, or changed by hand.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from selfassess.content import MEGABYTE, TooLargeError, UnreadError, content_of
from selfassess.errors import ResponsesError, SelfAssessError, UsageError
from selfassess.model.round import Round
from selfassess.model.sheet import RoundKey, Sheet, Ticket
from selfassess.project import codes, database_errors
from selfassess.project.atomic_files import put_in_place, shown
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
from selfassess.project.database_errors import Trouble, UnreadableRowError
from selfassess.project.records import ANNOUNCED_ROUND, BESIDE, FORM
from selfassess.text import clean

FORMATS = {"sheet": (1, 2), "invitation": (1,)}
"""The versions that are read of each kind of file. The last is written."""
_WHAT = {"sheet": "a sheet of a round", "invitation": "an invitation to a round"}


class StrangeFileError(ResponsesError):
    """A file at a path is not what it should be. The sentence without the file's name stands in `alone`."""

    def __init__(self, path: Path, what: str, hint: str) -> None:
        super().__init__(f"“{shown(path.name or path, 200)}” {what}", hint=hint)
        self.alone = f"It {what}"


class _NotPlainError(ValueError):
    """JSON that nobody writes but somebody who wants to confuse."""


def seal(kind: str, table: dict[str, Any]) -> bytes:
    """The bytes of a file that holds a table."""
    whole = _whole(kind, table)
    whole["sum"] = _sum(whole)
    return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode()


def digest(kind: str, table: dict[str, Any]) -> str:
    """A sum of what a file of the version that is written says in a table."""
    return _sum(_whole(kind, table))


def write(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Put a file in its place, whole or not at all, for its owner alone. ProjectError where it cannot be."""
    with database_errors.in_words(path):
        if path.is_dir():
            raise Trouble.EXISTS.at(path)
        with put_in_place(path, overwrite=overwrite) as new:
            new.write_bytes(content)


def open_up(path: Path, kind: str, largest: int) -> tuple[int, dict[str, Any]]:
    """The version and the table of a file of at most so many bytes. ResponsesError where it is none of this kind."""
    content = _read(path, kind, largest)
    try:
        table = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_table, parse_constant=_refuse)
        found = _sum({key: value for key, value in table.items() if key != "sum"}) if isinstance(table, dict) else ""
        json.dumps(table, ensure_ascii=False).encode()  # half a character can be escaped, and nothing keeps it
    except (ValueError, RecursionError) as error:
        raise (changed if b'"selfassess"' in content[:200] else _foreign)(path, kind) from error
    if not isinstance(table, dict) or table.pop("selfassess", None) != kind:
        raise _foreign(path, kind)
    version = table.pop("format", None)
    if isinstance(version, int) and version > FORMATS[kind][-1]:
        raise StrangeFileError(
            path, "was made by a newer version of this program.", "Update the program, then try again."
        )
    if version is True or version not in FORMATS[kind] or table.pop("sum", None) != found:
        raise changed(path, kind)
    return version, table


def changed(path: Path, kind: str) -> StrangeFileError:
    """The error for a file that is no longer as the program wrote it."""
    if kind == "sheet":
        return StrangeFileError(
            path,
            "was changed after it was handed in, or damaged on its way.",
            "Ask the person for it again, as the program wrote it.",
        )
    return StrangeFileError(
        path,
        "was changed after it was written, or damaged on its way.",
        "Ask the person who sent it to send it again.",
    )


def _read(path: Path, kind: str, largest: int) -> bytes:
    try:
        return content_of(path, largest)
    except TooLargeError as error:
        what = f"is larger than {_WHAT[kind]} can be, which is {largest // MEGABYTE} MB."
        raise StrangeFileError(path, what, f"{error.cure} It was not read.") from error
    except UnreadError as error:
        cure = error.cure
        if kind == "sheet" and isinstance(error.__cause__, PermissionError):
            cure = "Only the person who wrote it may read it here. Ask them to send it to you."
        raise StrangeFileError(path, f"{error.why}.", cure) from error


def _foreign(path: Path, kind: str) -> StrangeFileError:
    return StrangeFileError(path, f"is not {_WHAT[kind]}.", "Check that this is the file you mean. It was not changed.")


def _whole(kind: str, table: dict[str, Any]) -> dict[str, Any]:
    return {"selfassess": kind, "format": FORMATS[kind][-1], **table}


def _sum(table: dict[str, Any]) -> str:
    # Escaped to ASCII, so that there are bytes for everything that JSON can say.
    canonical = json.dumps(table, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise _NotPlainError("a key that is there twice")
    return table


def _refuse(name: str) -> Any:
    raise _NotPlainError(name)


INVITATION, SHEET = ".invitation", ".sheet"
"""The ends of the names of such files."""

_LARGEST_INVITATION = 16 * 1024 * 1024
_LARGEST_SHEET = 4 * 1024 * 1024
"""Bytes. A questionnaire has at most 2 MB; a sheet of the longest has some 100 KB unless much is written."""


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


@dataclass(frozen=True, slots=True)
class Signed:
    """How a sheet file shows which admission code it was written with: the code itself, and its key, are not in it."""

    digest: str
    """Of all that the file says."""
    signature: str
    """That the key of the code gives for this digest; nothing where the person has no code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A sheet taken apart, with the keys that only its receipt gives: what a project takes in, from a sitting here or
    from a file."""

    key: str
    """Of the sheet."""
    sheet: Sheet
    """Without texts, with its ticket."""
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By their own keys, what each text is about and the text. An empty one takes away what was written before."""
    refusal: str = ""
    """The key under which it is kept, and found again, whether the person does not agree. What they say is in the
    ticket."""
    revision: int = 0
    """How often the same person has answered before with the same receipt, at most LAST_REVISION: the highest
    counts."""
    proof: str = ""
    """That it comes from the person with the receipt, in this revision; nothing in a file of the first format."""
    signed: Signed | None = None
    """In a parcel from a file, in place of the admission key in the ticket; but not in one of the first format."""


def pack(sheet: Sheet, receipt: str, revision: int = 0, taken_back: Iterable[str] = ()) -> Parcel:
    """The parcel of a sheet, with the keys that a receipt gives. ValueError where the sheet has no ticket; UsageError
    where nobody can answer again so often.

    Whoever answers again names in `taken_back` the ids about which there may be a text from before (see
    `fitting.abouts`): those without a text now are taken away, since nothing else finds them.
    """
    if sheet.ticket is None:
        raise ValueError("a sheet without a ticket comes into no round")
    if revision > LAST_REVISION:
        raise UsageError("Nobody can answer again so often.", "What you handed in before stays as it is.")
    texts = {**dict.fromkeys(sorted(taken_back), ""), **{about: sheet.texts[about] for about in sorted(sheet.texts)}}
    return Parcel(
        key=codes.sheet_key(receipt),
        sheet=replace(sheet, texts={}, date=None),
        texts={codes.text_key(receipt, about): (about, clean(text)) for about, text in texts.items()},
        refusal=codes.refusal_key(receipt),
        revision=revision,
        proof=codes.proof(receipt, revision),
    )


def ticket_of(invitation: Invitation, *, agrees: bool | None = None, matching: str = "") -> Ticket:
    """The ticket of whoever answers an invitation; `matching` is the code that they made up, as they wrote it.
    UsageError where that is none. Takes about 40 ms for each code."""
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
        raise UnreadableRowError("the group or the code is none of the round")
    if code and (codes.normalise(code) != code or not codes.is_resume_code(code)):
        raise UnreadableRowError("this is no admission code")
    return invitation


_INVITATION = Record(
    _checked_invitation,
    Field("round", ANNOUNCED_ROUND),
    Field("group", optional(TEXT)),
    Field("code", TEXT),
    Field("salt", KEY),
    Field("questionnaire", Codec(_write_content, lambda lines: "".join(_LINES.read(lines)).encode()), "content"),
)


def write_invitation(path: Path, invitation: Invitation) -> None:
    """Write an invitation whole or not at all. ProjectError if something is there already or it cannot be written."""
    write(path, seal("invitation", _INVITATION.write(invitation)), overwrite=False)


def read_invitation(path: Path) -> Invitation:
    """The invitation in a file, its round without what was decided in it. ResponsesError says what is wrong with the
    file: it is no invitation, is damaged, or has a later format."""
    _, table = open_up(path, "invitation", _LARGEST_INVITATION)
    try:
        return _INVITATION.read(table)
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
    version, table = open_up(path, "sheet", _LARGEST_SHEET)
    try:
        return _FIRST_SHEET.read(table) if version == 1 else _read_signed(table)
    except (ValueError, RecursionError) as error:
        raise changed(path, "sheet") from error


def _read_signed(table: dict[str, Any]) -> Parcel:
    signature = KEY_OR_NOTHING.read(table.pop("admission", None))
    return replace(_SHEET.read(table), signed=Signed(digest("sheet", table), signature))

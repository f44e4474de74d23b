"""What travels between computers without any server: invitations on their way out, sheets on their way back.

Both are JSON, so that whoever gets one can read what is in it. A sum over all the rest tells a file that was damaged
on its way, or changed by hand.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.round import Round
from selfassess.model.sheet import Sheet, Ticket
from selfassess.model.text import clean
from selfassess.storage import codes, round_rows, rows
from selfassess.storage.codes import LAST_REVISION
from selfassess.storage.envelope import changed, digest, open_up, seal, write
from selfassess.storage.trouble import UnreadableRowError

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


def write_invitation(path: Path, invitation: Invitation) -> None:
    """Write an invitation whole or not at all. ProjectError if something is there already or it cannot be written."""
    table = {
        "round": round_rows.plain_round(invitation.round),
        "group": invitation.group,
        "code": invitation.code,
        "salt": invitation.salt,
        # In lines, so that they can be read; put together they are the very bytes.
        "questionnaire": invitation.content.decode().splitlines(keepends=True),
    }
    write(path, seal("invitation", table), overwrite=False)


def read_invitation(path: Path) -> Invitation:
    """The invitation in a file, its round without what was decided in it. ResponsesError says what is wrong with it:
    none, damaged, of a later format."""
    _, table = open_up(path, "invitation", _LARGEST_INVITATION)
    try:
        return _invitation(table)
    except (ValueError, RecursionError, SelfAssessError) as error:
        raise changed(path, "invitation") from error


def _invitation(table: dict[str, Any]) -> Invitation:
    round_rows.exactly(table, "round", "group", "code", "salt", "questionnaire")
    round = round_rows.read_round(table["round"])
    content = "".join(map(_text, _list(table["questionnaire"]))).encode()
    group, code = table["group"], _text(table["code"])
    if hashlib.sha256(content).hexdigest() != round.questionnaire:
        raise UnreadableRowError("the questionnaire is another")
    if not (group is None or (group and _text(group) in round.invited)) or bool(code) != round.rules.codes:
        raise UnreadableRowError("the group or the code is none of the round")
    if code and (codes.normalise(code) != code or not codes.is_resume_code(code)):
        raise UnreadableRowError("this is no admission code")
    return Invitation(round=round, salt=round_rows.key_of(table["salt"]), content=content, group=group, code=code)


def write_sheet(path: Path, parcel: Parcel, *, overwrite: bool = False) -> None:
    """Write a sheet file whole or not at all. ProjectError as in `write_invitation`."""
    sheet, ticket = parcel.sheet, parcel.sheet.ticket
    if ticket is None:
        raise ValueError("a sheet without a ticket comes into no round")
    table = {
        "round": ticket.round,
        "questionnaire": sheet.questionnaire,
        "form": sheet.form,
        "group": sheet.group,
        "answers": sheet.answers,
        "beside": {id: sheet.beside[id] for id in sorted(sheet.beside)},
        "texts": {key: {"about": about, "text": clean(text)} for key, (about, text) in parcel.texts.items()},
        "agrees": ticket.agrees,
        "matching": ticket.matching,
        "key": parcel.key,
        "refusal": parcel.refusal,
        "revision": parcel.revision,
        "proof": parcel.proof,
    }
    signature = codes.signature(ticket.admission, digest("sheet", table)) if ticket.admission else ""
    write(path, seal("sheet", {**table, "admission": signature}), overwrite=overwrite)


def read_sheet(path: Path) -> Parcel:
    """The parcel in a sheet file. ResponsesError says what is wrong with it: none, damaged or edited (it carries a
    sum of itself), of a later format."""
    version, table = open_up(path, "sheet", _LARGEST_SHEET)
    try:
        return _parcel(table) if version == 1 else _signed_parcel(table)
    except (ValueError, RecursionError) as error:
        raise changed(path, "sheet") from error


def _signed_parcel(table: dict[str, Any]) -> Parcel:
    rest = {key: value for key, value in table.items() if key not in ("admission", "proof")}
    parcel = _parcel({**rest, "admission": ""})
    signature = round_rows.key_of(table.get("admission"), may_be_empty=True)
    said = digest("sheet", {key: value for key, value in table.items() if key != "admission"})
    return replace(parcel, proof=round_rows.key_of(table.get("proof")), signed=Signed(said, signature))


def _parcel(table: dict[str, Any]) -> Parcel:
    round_rows.exactly(
        table,
        *("round", "questionnaire", "form", "group", "answers", "beside", "texts", "agrees", "matching"),
        *("admission", "key", "refusal", "revision"),
    )
    agrees, revision = table["agrees"], table["revision"]
    if not (agrees is None or isinstance(agrees, bool)) or isinstance(revision, bool) or not isinstance(revision, int):
        raise UnreadableRowError("of another type")
    ticket = Ticket(
        round=round_rows.key_of(table["round"]),
        admission=round_rows.key_of(table["admission"], may_be_empty=True),
        agrees=agrees,
        matching=round_rows.key_of(table["matching"], may_be_empty=True),
    )
    plain = rows.unpack_sheet(
        round_rows.key_of(table["questionnaire"]),
        table["group"],
        table["form"],
        table["answers"],
        rows.to_json(table["beside"]),
        None,
    )
    if not 0 <= revision <= LAST_REVISION:
        raise UnreadableRowError("no number of a revision")
    return Parcel(
        key=round_rows.key_of(table["key"]),
        sheet=replace(plain, ticket=ticket),
        texts={round_rows.key_of(key): _about_and_text(text) for key, text in round_rows.inner(table["texts"]).items()},
        refusal=round_rows.key_of(table["refusal"]),
        revision=revision,
    )


def _about_and_text(table: Any) -> tuple[str, str]:
    round_rows.exactly(table, "about", "text")
    about, text = _text(table["about"]), _text(table["text"])
    return clean(about), clean(text, len(text))  # whether it is too long is asked where it is taken in


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise UnreadableRowError(value)


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    raise UnreadableRowError(value)

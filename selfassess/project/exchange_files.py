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
from selfassess.model.sheet import Sheet, Ticket
from selfassess.project import codes, database_errors, records
from selfassess.project.atomic_files import put_in_place, shown
from selfassess.project.codes import LAST_REVISION
from selfassess.project.database_errors import Trouble, UnreadableRowError
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


def write_invitation(path: Path, invitation: Invitation) -> None:
    """Write an invitation whole or not at all. ProjectError if something is there already or it cannot be written."""
    table = {
        "round": records.plain_round(invitation.round),
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
    records.exactly(table, "round", "group", "code", "salt", "questionnaire")
    round = records.read_round(table["round"])
    content = "".join(map(_text, _list(table["questionnaire"]))).encode()
    group, code = table["group"], _text(table["code"])
    if hashlib.sha256(content).hexdigest() != round.questionnaire:
        raise UnreadableRowError("the questionnaire is another")
    if not (group is None or (group and _text(group) in round.invited)) or bool(code) != round.rules.codes:
        raise UnreadableRowError("the group or the code is none of the round")
    if code and (codes.normalise(code) != code or not codes.is_resume_code(code)):
        raise UnreadableRowError("this is no admission code")
    return Invitation(round=round, salt=records.key_of(table["salt"]), content=content, group=group, code=code)


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
    signature = records.key_of(table.get("admission"), may_be_empty=True)
    said = digest("sheet", {key: value for key, value in table.items() if key != "admission"})
    return replace(parcel, proof=records.key_of(table.get("proof")), signed=Signed(said, signature))


def _parcel(table: dict[str, Any]) -> Parcel:
    records.exactly(
        table,
        *("round", "questionnaire", "form", "group", "answers", "beside", "texts", "agrees", "matching"),
        *("admission", "key", "refusal", "revision"),
    )
    agrees, revision = table["agrees"], table["revision"]
    if not (agrees is None or isinstance(agrees, bool)) or isinstance(revision, bool) or not isinstance(revision, int):
        raise UnreadableRowError("of another type")
    ticket = Ticket(
        round=records.key_of(table["round"]),
        admission=records.key_of(table["admission"], may_be_empty=True),
        agrees=agrees,
        matching=records.key_of(table["matching"], may_be_empty=True),
    )
    plain = records.unpack_sheet(
        records.key_of(table["questionnaire"]),
        table["group"],
        table["form"],
        table["answers"],
        records.to_json(table["beside"]),
        None,
    )
    if not 0 <= revision <= LAST_REVISION:
        raise UnreadableRowError("no number of a revision")
    return Parcel(
        key=records.key_of(table["key"]),
        sheet=replace(plain, ticket=ticket),
        texts={records.key_of(key): _about_and_text(text) for key, text in records.inner(table["texts"]).items()},
        refusal=records.key_of(table["refusal"]),
        revision=revision,
    )


def _about_and_text(table: Any) -> tuple[str, str]:
    records.exactly(table, "about", "text")
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

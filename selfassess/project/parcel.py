"""A sheet prepared for a round, with the keys that only its receipt gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from selfassess.errors import UsageError
from selfassess.model.sheet import Receipt, Sheet
from selfassess.project import codes
from selfassess.project.codes import LAST_REVISION
from selfassess.text import clean


@dataclass(frozen=True, slots=True)
class Signed:
    """How a sheet file proves which admission code it was written with. Neither the code nor its key is in the file."""

    digest: str
    """Of everything in the file."""
    signature: str
    """Of the digest, made with the key of the code; "" if the person has no code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A sheet split into its parts, with the keys that only its receipt gives. It comes from a sitting here or from a
    file."""

    key: str
    """Of the sheet."""
    sheet: Sheet
    """Without texts, with its ticket."""
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By their own keys, the id that each text is about and the text. An empty text deletes an earlier one."""
    refusal: str = ""
    """The key under which it is stored that the person does not consent. What they answered is in the ticket."""
    revision: int = 0
    """How often the same person has answered before with the same receipt, at most LAST_REVISION. The highest revision
    counts."""
    proof: str = ""
    """Proves that this revision comes from the person with the receipt; "" in a file of the first format."""
    signed: Signed | None = None
    """In a parcel from a file, in place of the admission key in the ticket; None in one of the first format."""


def pack(sheet: Sheet, receipt: Receipt, revision: int = 0, taken_back: Iterable[str] = ()) -> Parcel:
    """The parcel of a sheet, with the keys that a receipt gives. ValueError if the sheet has no ticket; UsageError if
    the revision is too high.

    When somebody answers again, `taken_back` are the ids about which there may be an earlier text (see
    `acceptance.abouts`). Those without a text now are deleted: only the receipt leads to them.
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

"""A sheet prepared for a round, with the keys that only its receipt gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from selfassess.errors import UsageError
from selfassess.model.sheet import Sheet
from selfassess.project import codes
from selfassess.project.codes import LAST_REVISION
from selfassess.text import clean


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

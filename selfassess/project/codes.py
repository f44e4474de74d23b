"""Codes that people read aloud, write down and type in again, and the keys derived from them.

The project file holds only keys. A code cannot be computed from its key, and without the code nothing in the file shows
which keys belong together.
"""

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Sequence

from selfassess.errors import UsageError
from selfassess.model.sheet import Receipt
from selfassess.text import LONGEST_TEXT, clean, listed

ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"
_ALIKE = str.maketrans("OILZSBU", "011258V")
"""Letters that look like one of the alphabet are read as it."""
_BETWEEN = "-_. \t\n\r\u00a0\u2010\u2011\u2012\u2013\u2014\u2212"
_UNSEEN = str.maketrans("", "", _BETWEEN)
_PROOF = b"proof"

RECEIPT_LENGTH = 20
"""Characters of a receipt: 97 bits. Nothing else connects the texts of a sheet with the sheet."""
RESUME_LENGTH = 12
"""Characters of a resume code: 58 bits behind a slow hash, for as long as a sitting takes."""
LENGTHS = (RESUME_LENGTH, RECEIPT_LENGTH)
_LONGEST_TYPED = 100
"""The most characters in which a code can be typed, with separators."""

LAST_REVISION = 999
"""The most revisions that a sheet can have."""

_WORK = 2**14
"""How often scrypt mixes: about 40 ms and 16 MiB for each guess at a resume code."""


def new_code(length: int) -> str:
    """A random code of this length, in groups of four: "K7QM-3RTP-9XWD"."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(length)))


def new_receipt() -> Receipt:
    """A random receipt."""
    return Receipt(new_code(RECEIPT_LENGTH))


def new_key() -> str:
    """A random key that is derived from no code: 128 bits in hexadecimal digits, like every key."""
    return secrets.token_hex(16)


def is_key(text: str) -> bool:
    """Whether a text can be a key, or a checksum such as that of a questionnaire."""
    return len(text) in (32, 64) and set(text) <= set("0123456789abcdef")


def normalise(text: str) -> str:
    """A code as `new_code` writes it, from what somebody typed: in any case, with or without hyphens and
    spaces, O for 0, I and L for 1, Z for 2, S for 5, B for 8, U for V. UsageError if it cannot be a code."""
    code = text[: _LONGEST_TYPED + 1].upper().translate(_UNSEEN).translate(_ALIKE)
    if len(text) > _LONGEST_TYPED or len(code) not in LENGTHS or not set(code) <= set(ALPHABET):
        lengths = listed(map(str, LENGTHS), "or")
        raise UsageError(
            f"“{clean(text, 60)}” is not a code.",
            f"A code has {lengths} letters and digits, such as K7QM-3RTP-9XWD. Lower case is fine, and you can leave "
            "out the hyphens.",
        )
    return _grouped(code)


def receipt(text: str) -> Receipt:
    """The receipt that somebody typed. UsageError as from `normalise`; no sheet has a receipt of the wrong length."""
    return Receipt(normalise(text))


def is_resume_code(code: str) -> bool:
    """Whether a code, as `normalise` returns it, resumes a sitting. If not, it is a receipt."""
    return len(code.translate(_UNSEEN)) == RESUME_LENGTH


def as_receipt(code: str) -> Receipt | None:
    """A code, as `normalise` returns it, if it is a receipt; None if it resumes a sitting."""
    return None if is_resume_code(code) else Receipt(code)


def draft_key(code: str, salt: str) -> str:
    """The key of the draft that a resume code opens. Slow on purpose, because a code is short enough to guess."""
    return _slow(code, salt)


def admission_key(code: str, salt: str) -> str:
    """The key of an admission code, equally slow. It cannot be matched with the key of the draft of the same code."""
    return _slow(code, f"admission {salt}")


def admission_keys(codes: Sequence[str], salt: str) -> list[str]:
    """The keys of several admission codes, on all processors at once."""
    from concurrent.futures import ThreadPoolExecutor  # only needed here

    with ThreadPoolExecutor(os.cpu_count() or 1) as several:
        return list(several.map(lambda code: admission_key(code, salt), codes))


def matching_key(code: str, salt: str) -> str:
    """The key of a code that a person made up, equally slow. Upper and lower case are the same, and hyphens and spaces
    do not count. UsageError if nothing is left."""
    plain = unicodedata.normalize("NFKC", clean(code, LONGEST_TEXT)).casefold().translate(_UNSEEN)
    if not plain:
        raise UsageError("There is nothing in this code.", "Write a few letters or digits, or leave it out.")
    return _slow(plain, f"matching {salt}")


def row_key(row: str, round: str, salt: str) -> str:
    """The key of a row of an export of a survey service, from its id there and the key of the round."""
    return _derived(salt, b"row", f"{round} {row}")


def sheet_key(receipt: Receipt) -> str:
    """The key of the sheet that a receipt finds."""
    return _derived(receipt, b"sheet", "")


def text_key(receipt: Receipt, about: str) -> str:
    """The key of the text that the same person wrote about an item or benchmark."""
    return _derived(receipt, b"text", about)


def refusal_key(receipt: Receipt) -> str:
    """The key under which it is stored that the person does not consent."""
    return _derived(receipt, b"refusal", "")


def proof(receipt: Receipt, revision: int) -> str:
    """What proves that a sheet in this revision, from 0 to LAST_REVISION, comes from the person with the receipt. The
    proofs of all earlier revisions can be derived from it (see `earlier`), but not those of later ones."""
    return earlier(_derived(receipt, _PROOF, ""), LAST_REVISION - revision)


def earlier(proof: str, by: int) -> str:
    """The proof of the revision that many before."""
    key = bytes.fromhex(proof)
    for _ in range(by):
        key = hashlib.blake2b(key, digest_size=16, person=_PROOF).digest()
    return key.hex()


def signature(admission: str, digest: str) -> str:
    """What proves that a file with this digest was written with the code of this admission key."""
    return _derived(admission, b"admission", digest)


def _slow(code: str, salt: str) -> str:
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=_WORK, r=8, p=1, dklen=16).hex()


def _derived(secret: str, person: bytes, about: str) -> str:
    return hashlib.blake2b(about.encode(), digest_size=16, key=secret.encode(), person=person).hexdigest()


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))

"""Codes that people read aloud, write down and type in again, and the keys derived from them.

A key is what stands in the project file. The code cannot be computed from it, and without the code
nothing in the file tells which keys belong together.
"""

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Sequence

from selfassess.errors import UsageError
from selfassess.text import LONGEST_TEXT, clean, listed

ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"
_ALIKE = str.maketrans("OILZSBU", "011258V")
"""Letters that look like one of the alphabet are read as that one."""
_BETWEEN = "-_. \t\n\r\u00a0\u2010\u2011\u2012\u2013\u2014\u2212"
_UNSEEN = str.maketrans("", "", _BETWEEN)
_PROOF = b"proof"

RECEIPT_LENGTH = 20
"""Characters of a receipt: 97 bits. It is all that ties the texts of a sheet to the sheet."""
RESUME_LENGTH = 12
"""Characters of a resume code: 58 bits behind a slow hash, for as long as a sitting takes."""
LENGTHS = (RESUME_LENGTH, RECEIPT_LENGTH)
_LONGEST_TYPED = 100
"""Characters of a code as it is typed, with everything between: what is longer is none."""

LAST_REVISION = 999
"""No sheet was answered again more often."""

_WORK = 2**14
"""How often scrypt mixes: about 40 ms and 16 MiB for each guess at a resume code."""


def new_code(length: int) -> str:
    """A random code of so many characters, in groups of four: "K7QM-3RTP-9XWD"."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(length)))


def new_key() -> str:
    """A random key that no code leads to: 128 bits in hexadecimal digits, like every key."""
    return secrets.token_hex(16)


def is_key(text: str) -> bool:
    """Whether a text can be a key, or a sum such as a questionnaire has."""
    return len(text) in (32, 64) and set(text) <= set("0123456789abcdef")


def normalise(text: str) -> str:
    """A code as `new_code` writes it, from what somebody typed: in any case, with or without hyphens and
    spaces, O for 0, I and L for 1, Z for 2, S for 5, B for 8, U for V. UsageError if it cannot be a code."""
    code = text[: _LONGEST_TYPED + 1].upper().translate(_UNSEEN).translate(_ALIKE)
    if len(text) > _LONGEST_TYPED or len(code) not in LENGTHS or not set(code) <= set(ALPHABET):
        lengths = listed(map(str, LENGTHS), "or")
        raise UsageError(
            f"“{clean(text, 60)}” is not a code.",
            f"A code has {lengths} letters and digits, such as K7QM-3RTP-9XWD. Small letters are fine, and hyphens "
            "may be left out.",
        )
    return _grouped(code)


def is_resume_code(code: str) -> bool:
    """Whether a code as `normalise` gives it is for going on with a sitting; else it is a receipt."""
    return len(code.translate(_UNSEEN)) == RESUME_LENGTH


def draft_key(code: str, salt: str) -> str:
    """The key of the draft that a resume code opens. Slow on purpose: a code is short enough to guess at."""
    return _slow(code, salt)


def admission_key(code: str, salt: str) -> str:
    """The key of an admission code, as slow. Where the same code opens a draft, nothing ties the two keys together."""
    return _slow(code, f"admission {salt}")


def admission_keys(codes: Sequence[str], salt: str) -> list[str]:
    """The keys of several admission codes, on all processors at once."""
    from concurrent.futures import ThreadPoolExecutor  # only needed here

    with ThreadPoolExecutor(os.cpu_count() or 1) as several:
        return list(several.map(lambda code: admission_key(code, salt), codes))


def matching_key(code: str, salt: str) -> str:
    """The key of a code that a person made up, as slow: in any case, with or without hyphens and spaces. UsageError
    where nothing is left of it."""
    plain = unicodedata.normalize("NFKC", clean(code, LONGEST_TEXT)).casefold().translate(_UNSEEN)
    if not plain:
        raise UsageError("There is nothing in this code.", "Write a few letters or figures, or leave it out.")
    return _slow(plain, f"matching {salt}")


def sheet_key(receipt: str) -> str:
    """The key of the sheet that a receipt finds."""
    return _derived(receipt, b"sheet", "")


def text_key(receipt: str, about: str) -> str:
    """The key of the text that the same person wrote about an item or benchmark."""
    return _derived(receipt, b"text", about)


def refusal_key(receipt: str) -> str:
    """The key under which it is kept that the person does not agree."""
    return _derived(receipt, b"refusal", "")


def proof(receipt: str, revision: int) -> str:
    """What a sheet shows that was answered again so often, from 0 to LAST_REVISION. Only the receipt gives it. It leads
    to the proofs of all revisions before, and to none after: see `earlier`."""
    return earlier(_derived(receipt, _PROOF, ""), LAST_REVISION - revision)


def earlier(proof: str, by: int) -> str:
    """The proof of so many revisions before."""
    key = bytes.fromhex(proof)
    for _ in range(by):
        key = hashlib.blake2b(key, digest_size=16, person=_PROOF).digest()
    return key.hex()


def signature(admission: str, digest: str) -> str:
    """What shows that a file, by its digest, was written with the code that an admission key is of."""
    return _derived(admission, b"admission", digest)


def _slow(code: str, salt: str) -> str:
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=_WORK, r=8, p=1, dklen=16).hex()


def _derived(secret: str, person: bytes, about: str) -> str:
    return hashlib.blake2b(about.encode(), digest_size=16, key=secret.encode(), person=person).hexdigest()


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))

"""Sheet files as text in messages: base64 between two lines that say what it is, as `web/armour.js` writes it.

Mail programs wrap lines, quote them with ">", and put other dashes and quotation marks in place of ours. None of
these characters belongs to base64, so everything else between the two lines is left out.
"""

import base64
import binascii
import re
from collections.abc import Iterator

_SHEET = re.compile(r"BEGIN[\s>]+SELFASSESS[\s>]+SHEET(.*?)(?:END[\s>]+SELFASSESS[\s>]+SHEET|\Z)", re.DOTALL)
_OTHERS = re.compile(r"[^A-Za-z0-9+/=]")


def is_in(text: str) -> bool:
    """Whether there is such a sheet in a text, whole or not."""
    return _SHEET.search(text) is not None


def sheets_in(text: str) -> Iterator[bytes]:
    """The content of each sheet file in a text. One that was cut off stays so; its checksum shows it."""
    for found in _SHEET.finditer(text):
        yield _decoded(_OTHERS.sub("", found[1]))


def _decoded(characters: str) -> bytes:
    whole = characters.rstrip("=")
    try:
        return base64.b64decode(whole[: len(whole) - (len(whole) % 4 == 1)] + "=" * (-len(whole) % 4))
    except binascii.Error:
        return b""

"""What people and files write, made safe to show: cleaned once, at every door."""

import re
import unicodedata

LONGEST_TEXT = 4_000
"""Characters kept of one comment or one text answer."""

ID = re.compile(r"[a-z][a-z0-9_]{0,23}")
"""What the ids of everything look like that people name."""

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]).*?(?:\x1b\\|\x07|\x9c|$)"  # OSC, DCS and other strings, up to their end
    r"|\x1b[ -/]*[0-~]?",  # the short ones
    re.DOTALL,
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"  # zero-width, direction marks, lone surrogates, tags; joiners stay
)


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text without escape sequences, control and direction characters; composed (NFC), at most
    `longest` characters. Cleaning twice changes nothing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A marker that fell out can leave the halves of another side by side.
    while (shorter := _HIDDEN.sub("", _ESCAPES.sub("", text))) != text:
        text = shorter
    return unicodedata.normalize("NFC", text[:longest])[:longest]


def is_clean(text: str) -> bool:
    """Whether there is nothing in the text that `clean` takes out."""
    return clean(text, len(text)) == unicodedata.normalize("NFC", text.replace("\r\n", "\n"))

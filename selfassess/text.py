"""Text: what people and files write, made safe to show, once, where it comes in; and counts and lists in a sentence."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=str)

LONGEST_TEXT = 4_000
"""Characters kept of one comment or one text answer."""

MOST_MARKS = 30
"""Combining marks in a row that are kept, as in Unicode's Stream-Safe Text Format: no language needs more, and putting
them in order takes the square of their number."""

LOOKED_AT = 16
"""Characters that are looked at for each that may be kept: what is left out, such as colours, makes a text longer."""

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


_MAY_BE_MARKS = re.compile(rf"[^\0-\u02ff]{{{MOST_MARKS + 1}}}")
"""No combining mark is among the characters left out here, and hardly any text has so many others without a space
between."""
_TOO_MANY_MARKS = re.compile(rb"([^\0]{%d})[^\0]+" % MOST_MARKS)
"""In the classes of a text's characters, where 0 is a character that combines with none before it."""


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text without escape sequences, control and direction characters, and without marks that nobody could tell
    apart; composed (NFC), at most `longest` characters. Cleaning twice changes nothing. Takes as long as the text, or
    `longest`, is long."""
    if text.isascii() and text.isprintable():
        return text[:longest]  # nearly all there is: a column of answers has a million such cells
    shown = _shown(text[: LOOKED_AT * longest])[:longest]
    # Composing can take one mark apart into two.
    return _without_heaps(unicodedata.normalize("NFC", shown))[:longest]


def on_one_line(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text cleaned, with a blank for each line end and tab."""
    return clean(text, longest).replace("\n", " ").replace("\t", " ")


def is_clean(text: str) -> bool:
    """Whether there is nothing in the text that `clean` takes out."""
    return _shown(text) == text.replace("\r\n", "\n")


def _shown(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A marker that fell out can leave the halves of another side by side.
    while (shorter := _HIDDEN.sub("", _ESCAPES.sub("", text))) != text:
        text = shorter
    return _without_heaps(text)


def _without_heaps(text: str) -> str:
    """The text with no more marks on one letter than are kept."""
    if not _MAY_BE_MARKS.search(text):
        return text
    classes = bytes(map(unicodedata.combining, text))
    kept, start = [], 0
    for heap in _TOO_MANY_MARKS.finditer(classes):
        kept.append(text[start : heap.end(1)])
        start = heap.end()
    return "".join((*kept, text[start:]))


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 item", "2 items"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Iterable[str], joining: str = "and", *, most: int | None = None) -> str:
    """ "a, b and c", or with another word before the last. Of more than `most` only the first: "a, b and 7 more"."""
    parts = list(words)
    if most is not None and len(parts) > most:
        parts = [*parts[:most], f"{len(parts) - most:,} more"]
    *others, last = parts or [""]
    return f"{', '.join(others)} {joining} {last}" if others else last


def there_are(words: Iterable[str], *, most: int | None = None) -> str:
    """What there is to choose from, as a sentence: "There is staff." or "There are board and staff"."""
    choices = list(words)
    return f"There {'is' if len(choices) == 1 else 'are'} {listed(choices, most=most)}."


def all_there_are(noun: str, words: Iterable[str], *, most: int | None = None) -> str:
    """The same of things of one kind: "The only group is staff." or "The groups are board and staff"."""
    choices = list(words)
    if len(choices) == 1:
        return f"The only {noun} is {choices[0]}."
    return f"The {noun}s are {listed(choices, most=most)}."


def meant(typed: str, titles: Mapping[Name, str]) -> Name | None:
    """Of things that have titles, the id of the one that was typed, by its id or its title, in capitals or not; None
    where there is none."""
    wanted = typed.strip().casefold()
    return next((id for id, title in titles.items() if wanted in (id, title.casefold())), None)


def capital(words: str) -> str:
    """The words with a capital letter first."""
    return words[:1].upper() + words[1:]


LONGEST_WORD, MOST_COMPARED = 60, 300
"""Characters of a word, and how many words, that are compared: to find the nearest takes long."""


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """ "Did you mean …?" with the nearest of the words there are; nothing where none is near. Of very many only those
    count that begin alike."""
    from difflib import get_close_matches  # only needed where something is wrong

    word, there = word[:LONGEST_WORD].lower(), sorted(words)
    if len(there) > MOST_COMPARED:
        there = [one for one in there if one[:1].lower() == word[:1]][:MOST_COMPARED]
    close = get_close_matches(word, there, n=1)
    return f"Did you mean “{close[0]}”?" if close else ""


def nearest_or_all(word: str, words: Iterable[str], noun: str, *, most: int | None = None) -> str:
    """What may have been meant by a word: the nearest of those there are, or else all of them, as `all_there_are` says
    it; nothing where there are none."""
    choices = list(words)
    return did_you_mean(word, choices) or (all_there_are(noun, choices, most=most) if choices else "")

"""What a check finds, before it is known where in the text it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from selfassess.definition.toml import Keys
from selfassess.errors import Severity, near

MANY = 30
"""Choices that can still be listed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the author, at a key of the file."""

    code: str
    keys: Keys
    """The way to the key, as far as the file has it."""
    message: str
    hint: str = ""
    severity: Severity = "error"


def did_you_mean(word: str, words: Iterable[str], listing: str = "There is") -> str:
    """The nearest word as a question, or the words there are, or nothing where there are none."""
    choices = list(words)
    if len(choices) > 50 * MANY or len(word) > 50 * MANY:  # it would take too long to compare them all
        return ""
    listed = ", ".join(choices[:MANY]) + (" …" if len(choices) > MANY else "")
    return near(word, choices) or (f"{listing}: {listed}." if listed else "")

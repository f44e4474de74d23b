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
    see: Keys = ()
    """The way to the table that the hint ends with, so that its line can be told."""


def did_you_mean(word: str, words: Iterable[str], noun: str) -> str:
    """The nearest word as a question, or the words there are, or nothing where there are none."""
    choices = list(words)
    if len(choices) > 50 * MANY or len(word) > 50 * MANY:  # it would take too long to compare them all
        return ""
    listed = ", ".join(choices[:MANY]) + (" …" if len(choices) > MANY else "")
    if len(choices) == 1:
        return near(word, choices) or f"The only {noun} is {listed}."
    return near(word, choices) or (f"The {noun}s are: {listed}." if listed else "")

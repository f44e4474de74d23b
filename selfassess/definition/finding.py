"""What a check finds, before it is known where in the text it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from selfassess.definition.toml import Keys
from selfassess.errors import Severity, near


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the author, at a key of the file."""

    code: str
    keys: Keys
    """The way to the key, as far as the file has it."""
    message: str
    hint: str = ""
    severity: Severity = "error"


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """The nearest word as a question, or the words there are, or nothing where there are none."""
    choices = list(words)
    return near(word, choices) or (f"There is: {', '.join(choices)}." if choices else "")

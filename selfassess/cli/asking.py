"""Questions that a facilitator answers at the keyboard, each with its own way out of a mistake."""

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from selfassess.cli.streams import is_terminal, read_line, say
from selfassess.errors import UsageError

Answer = TypeVar("Answer")


def whole_number(text: str, most: int) -> int | None:
    """The number from 0 that figures say, however many there are; None for anything else, and for more than `most`."""
    figures = text.strip()
    if not (figures.isascii() and figures.isdigit()):
        return None
    figures = figures.lstrip("0") or "0"
    if len(figures) > len(str(most)):  # Python reads no number of thousands of figures
        return None
    number = int(figures)
    return number if number <= most else None


def place_in(text: str, of: int) -> int | None:
    """The place, counted from 0, that a typed number from 1 to `of` names; None for anything else."""
    number = whole_number(text, of)
    return number - 1 if number else None


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return is_terminal(sys.stdin)


def ask(question: str, read: Callable[[str], Answer]) -> Answer:
    """What `read` makes of the line typed. Its UsageError is told, and the question asked again."""
    while True:
        line = read_line(question)
        try:
            return read(line)
        except UsageError as error:
            say(str(error))


def ask_yes_no(question: str, default: bool) -> bool:
    """Yes or no; Enter alone is the default."""
    alone = "yes" if default else "no"

    def read(line: str) -> bool:
        match line.lower():
            case "":
                return default
            case "y" | "yes":
                return True
            case "n" | "no":
                return False
            case _:
                raise UsageError("Please type y or n.")

    return ask(f"{question} (y or n; Enter alone: {alone})", read)


def choose(question: str, choices: Sequence[tuple[str, Sequence[str]]], default: int) -> int:
    """The place, from 0, of what was chosen among choices, each with its name and sentences. Enter alone: the
    default, by its name."""
    names = [name.split()[0].rstrip(":").lower() for name, _ in choices]
    for position, (name, sentences) in enumerate(choices, 1):
        say(f"  {position}  {name}")
        for sentence in sentences:
            say(f"     {sentence}")

    def read(line: str) -> int:
        if not line:
            return default
        if line.lower() in names:
            return names.index(line.lower())
        if number := whole_number(line, len(choices)):
            return number - 1
        raise UsageError(f"Please type a number from 1 to {len(choices)}.")

    return ask(f"{question} (Enter alone: {names[default]})", read)

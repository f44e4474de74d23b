"""Questions that are answered at the keyboard, each with its own way out of a mistake."""

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from selfassess.cli.terminal import InputEnded, is_terminal, read_line, say
from selfassess.errors import UsageError
from selfassess.numbers import whole_number

Answer = TypeVar("Answer")


def place_in(text: str, of: int) -> int | None:
    """The place, counted from 0, that a typed number from 1 to `of` names; None for anything else."""
    number = whole_number(text, of)
    return number - 1 if number else None


def read_place(text: str, of: int) -> int:
    """The place, counted from 0, that a typed number names. UsageError for anything else, which `ask` tells."""
    place = place_in(text, of)
    if place is None:
        raise UsageError("Please type 1 or 2." if of == 2 else f"Please type a number from 1 to {of}.")
    return place


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return is_terminal(sys.stdin)


def ask(question: str, read: Callable[[str], Answer]) -> Answer:
    """What `read` makes of the line typed. Its UsageError is shown, and the question asked again."""
    while True:
        line = read_line(question)
        try:
            return read(line)
        except UsageError as error:
            say(str(error))


WITH_A_CODE = ("--again", "--code", "--receipt")
"""The options that take a code. Where none stands behind them they ask for it."""
ASKED = ""
"""What an option is where it was typed without the code that belongs to it."""


def ask_code(question: str) -> str:
    """A code or a receipt, from the next line: at a terminal asked for until it can be one. What is typed at a prompt
    stays out of the list of commands that a shell keeps. UsageError where nothing, or no code, is on the line."""
    from selfassess.project.codes import normalise  # not on the way to --help

    while True:
        try:
            return normalise(read_line(question))
        except InputEnded:
            raise UsageError(
                "Nothing was typed.", "Type it where it is asked for, or give it in a line of input."
            ) from None
        except UsageError as error:
            if not can_ask():
                raise
            say(str(error))


def code_said(said: str | None, question: str) -> str | None:
    """What was said with an option that takes a code; asked for where the option stands alone, None where it does not
    stand at all."""
    return ask_code(question) if said == ASKED else said


def without_codes(said: Sequence[str]) -> Iterator[str]:
    """The words of a command, so that it can be typed once more, without the codes in it: it asks for them."""
    for before, word in pairwise(("", *said)):
        name, sign, _ = word.partition("=")
        belongs = before in WITH_A_CODE or (before and said[0] == "forget" and before != "--draft")
        if sign and name in WITH_A_CODE:
            yield name
        elif not belongs or word.startswith("-"):
            yield word


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
        return read_place(line, len(choices))

    return ask(f"{question} (Enter alone: {names[default]})", read)

"""The letter that goes with an invitation: to print, or to send. As text and as Markdown."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfassess.documents.render_markdown import escape

WIDTH = 72
"""Characters of a line of the text."""

_ASKED = (
    "You are asked how you see the way we work together. There are no right answers, and you may leave any question "
    "blank."
)

Told = tuple[str, str]
"""A heading, and the words below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one person gets."""

    number: str
    """Which of the letters it is: "board-03"."""
    title: str
    """What the round is called."""
    questionnaire: str
    group: str
    """What the group is called; nothing where there is only one."""
    how_long: str
    told: Sequence[Told]
    """What happens with the answers, as on the first page of the program."""
    code: str = ""
    """The admission code; nothing where there is none."""
    about_code: str = ""
    """What it is for."""
    commands: Sequence[Told]
    """What to type, each with what it is for."""
    afterwards: str = ""
    """What to do with the sheet file; nothing for whoever answers on the facilitator's computer."""
    otherwise: str = ""
    """What else one can ask for, before whom to ask; nothing where nobody is named."""
    until: str = ""
    contact: str = ""


def to_text(letter: Letter) -> str:
    """The letter in plain letters."""
    lines: list[str] = []
    for kind, words in _parts(letter):
        match kind:
            case "heading":
                lines += [words.upper() if not lines else words, ("=" if not lines else "-") * min(len(words), WIDTH)]
            case "command":
                lines.append(f"    {words}")
            case _:
                lines += textwrap.wrap(words, WIDTH, break_long_words=False, break_on_hyphens=False)
        lines.append("")
    return "\n".join(lines)


def to_markdown(letters: Sequence[Letter]) -> str:
    """All letters in one document, a line between them."""
    return "\n\n---\n\n".join("\n\n".join(_markdown(letter)) for letter in letters) + "\n"


def _markdown(letter: Letter) -> Iterator[str]:
    level = "#"
    for kind, words in _parts(letter):
        match kind:
            case "heading":
                yield f"{level} {escape(words)}"
                level = "##"
            case "command":
                yield f"```\n{words}\n```"
            case _:
                yield escape(words)


def _parts(letter: Letter) -> Iterator[tuple[str, str]]:
    whose = f", for {letter.group}" if letter.group else ""
    yield "heading", f"{letter.title}: {letter.questionnaire}"
    yield "words", f"Invitation {letter.number}{whose}"
    if letter.until:
        yield "words", f"Please answer until: {letter.until}"
    if letter.contact:
        yield "words", f"Questions? Ask: {letter.contact}"
    yield "words", f"{_ASKED} {letter.how_long}; you can stop and come back."
    yield "heading", "How to answer"
    if letter.code:
        yield "words", f"Your code: {letter.code}"
        yield "words", letter.about_code
    for purpose, command in letter.commands:
        yield "words", purpose
        yield "command", command
    if letter.afterwards:
        yield "words", letter.afterwards
    if letter.otherwise:
        yield "words", f"{letter.otherwise} {letter.contact}"
    for heading, words in letter.told:
        yield "heading", heading
        yield "words", words

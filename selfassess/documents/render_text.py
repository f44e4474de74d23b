"""Documents as plain text to print or to send: no line is wider than the page, and all of it can be read aloud."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selfassess.documents.blocks import (
    BLANK,
    Block,
    BulletList,
    Command,
    Document,
    Heading,
    Key,
    Link,
    Paragraph,
    Question,
    Section,
)
from selfassess.text import capital


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a text is set."""

    width: int
    """Characters of a line."""
    loud_sections: bool
    """Whether sections begin with capital letters and a line as wide as the page; else it is the title alone that is in
    capital letters, and lines are as wide as what stands above them."""
    hyphens: bool
    """Whether words are broken at hyphens, and where they are wider than the page."""


FORM = Style(width=60, loud_sections=True, hyphens=True)
LETTER = Style(width=72, loud_sections=False, hyphens=False)


def to_plain(document: Document, style: Style) -> str:
    """The whole document, of paragraphs, lists, questions and commands. TypeError where it has pictures or tables."""
    return "\n".join(_document(document, style)).rstrip() + "\n"


def _document(document: Document, style: Style) -> Iterator[str]:
    yield from _heading(document.title, "=", style, loud=not style.loud_sections)
    for line in filter(None, (document.about, *document.marks, *document.summary)):
        yield from (*_wrapped(line, style), "")
    for section in document.sections:
        yield from _section(section, style)


def _section(section: Section, style: Style) -> Iterator[str]:
    if section.title:
        yield from ("",) if style.loud_sections else ()
        yield from _heading(section.title, "-", style, loud=style.loud_sections)
    for block in section.blocks:
        yield from (*_block(block, style), "")


def _heading(words: str, rule: str, style: Style, *, loud: bool) -> Iterable[str]:
    shown = words.upper() if loud else words
    if style.loud_sections:
        return (*_wrapped(shown, style), rule * style.width, "")
    return (shown, rule * min(len(words), style.width), "")


def _block(block: Block, style: Style) -> Iterator[str]:
    match block:
        case Heading():
            yield from _wrapped(block.text, style)
        case Paragraph():
            yield from _wrapped(": ".join(filter(None, (block.lead, block.text))), style)
        case Command():
            yield f"    {block.text}"
        case Link():
            yield f"    {block.address}"
        case BulletList():
            for one in block.entries:
                words = ": ".join(filter(None, (one.lead, one.head, one.text)))
                yield from textwrap.wrap(f"- {capital(words)}", style.width, subsequent_indent="  ")
        case Key():
            yield from _key(block, style)
        case Question():
            yield from _question(block, style)
        case _:
            raise TypeError(block)


def _key(key: Key, style: Style) -> Iterator[str]:
    """The key as one flowing line, in which no entry is broken that fits on a line."""
    line = ""
    for symbol, label in key.entries:
        entry = f"{symbol} = {label}" if symbol else label
        if line and len(line) + 3 + len(entry) > style.width:
            yield from _wrapped(line, style)
            line = ""
        line = f"{line}   {entry}" if line else entry
    yield from _wrapped(line, style)


def _question(question: Question, style: Style) -> Iterator[str]:
    indent = "    " if question.number is not None else ""
    head = f"{question.number}.".ljust(4) if question.number is not None else ""
    yield from textwrap.wrap(question.text, style.width, initial_indent=head, subsequent_indent=indent)
    below = [f"({note})" for note in question.notes]
    below += [f"{BLANK} ({question.blank})"] if question.blank else []
    below += ["    ".join(question.circle)] if question.circle else []
    for words in below:
        yield from textwrap.wrap(words, style.width, initial_indent=indent, subsequent_indent=indent)
    for _ in range(question.lines):
        yield from ("", "_" * style.width)


def _wrapped(text: str, style: Style) -> list[str]:
    wrapper = textwrap.TextWrapper(style.width, break_long_words=style.hyphens, break_on_hyphens=style.hyphens)
    return [line for part in text.split("\n") for line in wrapper.wrap(part) or [""]]

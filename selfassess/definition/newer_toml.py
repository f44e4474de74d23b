"""Forms that TOML 1.1 allows and TOML 1.0 does not. Some readers take them and others refuse them, so that a file with
one could be used on one computer and not on the next."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

MARK = re.compile(r"""["'#{}\[\],\n]""")
"""What a reader stops at; what stands between says nothing about brackets or strings."""
ESCAPE = re.compile(r"\\(?:(e|x[0-9A-Fa-f]{2})|.)", re.DOTALL)
"""Any escape; in a group what is new of one that TOML 1.0 does not have."""
TIME = re.compile(r"(?:^|=)\s*(?:\d{4}-\d{2}-\d{2}[Tt ])?(\d{2}:\d{2})(?![:\d])")
BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")


class String(NamedTuple):
    """One of the four kinds of text in a TOML file."""

    mark: str
    whole: re.Pattern[str]


STRINGS = (
    # Up to two of the marks at the end of a long one belong to the text.
    String('"""', re.compile(r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}', re.DOTALL)),
    String("'''", re.compile(r"'''(?:[^']++|'(?!''))*+'{3,5}")),
    String('"', re.compile(r'"(?:[^"\\\n]++|\\.)*+"')),
    String("'", re.compile(r"'[^'\n]*+'")),
)

DEEPEST = 100
"""Brackets within each other. No questionnaire has so many, and every reader gives up at some number."""
MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class NewerForm:
    """Where such a form stands, what it is, and how it is written in TOML 1.0."""

    at: int
    """Its place in the text, counted from 0."""
    name: str
    hint: str


@dataclass(slots=True)
class _Bracket:
    """An opened bracket, and what was found in it that counts once it is closed."""

    sign: str
    found: list[NewerForm] = field(default_factory=list)
    is_broken: bool = False
    """Whether it has a line end where not even TOML 1.1 allows one: then something else is wrong."""


def newer_forms(text: str) -> tuple[NewerForm, ...]:
    """Every such form of a text (of very many, some), in its order, as far as the text is TOML at all."""
    return tuple(sorted(islice(_Scanner(text).forms(), MOST_TOLD), key=lambda form: form.at))


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.brackets: list[_Bracket] = []
        self.last, self.last_at = "", 0
        """The last sign that was no blank and no comment; nothing for anything but a MARK."""
        self.looked_to = 0
        """How far the blanks go that were looked at: what holds for the first line end in them holds for all."""

    def forms(self) -> Iterator[NewerForm]:
        at = 0
        while found := MARK.search(self.text, at):
            yield from self.between(at, found.start())
            end = self.end_of(found.start())
            if end is None:
                return
            at = end
            if found[0] == '"':
                yield from _escapes(self.text, found.start(), at)
            elif found[0] in "}]":
                if not self.brackets or self.brackets[-1].sign + found[0] not in ("{}", "[]"):
                    return
                yield from self.close()
            elif len(self.brackets) > DEEPEST:
                return
            self.pass_by(found[0], found.start())
        yield from self.between(at, len(self.text))

    def between(self, start: int, end: int) -> Iterator[NewerForm]:
        words = self.text[start:end]
        if words.strip():
            self.last = ""
        if found := TIME.search(words):
            hint = f"Write {found[1]}:00; or put it in quotation marks, if it is meant as text."
            yield NewerForm(start + found.start(1), "a time without seconds", hint)

    def end_of(self, start: int) -> int | None:
        """Where what begins with a mark ends; None for a string that is not closed."""
        if self.text[start] == "#":
            end = self.text.find("\n", start)
            return end if end >= 0 else len(self.text)
        return _end_of_string(self.text, start) if self.text[start] in "\"'" else start + 1

    def close(self) -> Iterator[NewerForm]:
        closed = self.brackets.pop()
        if closed.sign == "{" and self.last == ",":
            closed.found.append(NewerForm(self.last_at, "a comma before the closing }", "Take the comma out."))
        if not closed.is_broken:
            yield from closed.found

    def pass_by(self, sign: str, at: int) -> None:
        if sign in "{[":
            self.brackets.append(_Bracket(sign))
        elif sign == "\n" and self.brackets and self.brackets[-1].sign == "{":
            self.end_line(self.brackets[-1], at)
        if sign not in "\n#":
            self.last, self.last_at = sign, at

    def end_line(self, bracket: _Bracket, at: int) -> None:
        """Take in a line end within a table in curly brackets. One is enough to be told of each table."""
        if at < self.looked_to:
            return
        blank = BLANK.match(self.text, at)
        self.looked_to = blank.end() if blank else at
        after = self.text[self.looked_to : self.looked_to + 1]
        if self.last not in ("{", ",") and after not in (",", "}"):
            bracket.is_broken = True
        elif not bracket.found:
            hint = "Join its lines; or give it a head of its own, such as [scoring] or [[strands]]."
            bracket.found.append(NewerForm(at, "a table in { } on several lines", hint))


def _end_of_string(text: str, start: int) -> int | None:
    kind = next(kind for kind in STRINGS if text.startswith(kind.mark, start))
    found = kind.whole.match(text, start)
    return found.end() if found else None


def _escapes(text: str, start: int, end: int) -> Iterator[NewerForm]:
    for found in ESCAPE.finditer(text, start, end):
        if found[1]:
            code = 0x1B if found[1] == "e" else int(found[1][1:], 16)
            hint = f"Write the character itself, or \\u{code:04X}."
            yield NewerForm(found.start(), f"“{found[0]}” for a character", hint)

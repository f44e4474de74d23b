"""The text of a questionnaire file: read and parsed, with the place of each key."""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

from selfassess.content import MEGABYTE, MissingError, TooLargeError, UnreadError, content_of
from selfassess.errors import Problem, QuestionnaireError
from selfassess.paths import called, quoted

Keys = tuple[str | int, ...]
"""The way to a key: ("strands", 0, "benchmarks", 2, "title")."""

Spot = tuple[int, int]
"""Line and column, both from 1."""

LARGEST = 2_000_000
"""Bytes. A questionnaire of a thousand items is a quarter of this."""

DEEPEST = 32
"""Tables and lists within each other. A questionnaire needs nine."""

MOST_TABLES = 20_000
"""Tables of a file. A questionnaire with as much of everything as there is room for needs half of them."""

DEEPEST_KEY = 10
"""Parts of a key that are joined by dots. A questionnaire needs five, and each takes longer to read than the last."""

_KEY = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.){0,40}+"|'[^'\n]{0,40}+')[ \t]*+"""
_LONG_KEY = re.compile(rf"""(?<![A-Za-z0-9_.-])(?:{_KEY}\.[ \t]*+){{{DEEPEST_KEY},}}+({_KEY}[]=])?""")

INTEGERS = range(-(2**63), 2**63)
"""The whole numbers that TOML promises."""

SAYINGS: Mapping[str, tuple[str, str]] = {
    "Cannot overwrite": ("this key is here a second time", "Take one of them out, or give it another name."),
    "Cannot declare": (
        "this table is here a second time",
        "Put its keys into one table. What there can be several of has two brackets: [[strands]].",
    ),
    "Cannot mutate": ("this adds to something that is already finished", "Write all of it in one place."),
    "Cannot redefine": ("this adds to something that is already finished", "Write all of it in one place."),
    "Duplicate inline table key": ("a key is there twice between { and }", "Take one of them out."),
    "Expected '='": ("a key needs an equals sign and a value", 'Such as title = "Our partnership".'),
    "Expected newline": (
        "something is left over at the end of this line",
        r"""Each key has its own line. Put text with an apostrophe in "…", and write a double quote in it as \".""",
    ),
    "Expected ']": ("a square bracket is missing", "The head of a table looks like this: [scoring] or [[strands]]."),
    "Invalid initial character": ("a key cannot start with this", 'Each line is a key, "=" and a value.'),
    "Invalid statement": ("this is neither a key nor the head of a table", 'Such as title = "Our partnership".'),
    "Invalid value": (
        "a value is missing here, or cannot be read",
        'Put text in quotation marks: title = "Our partnership". Write numbers, true and false without them.',
    ),
    "Invalid hex": (
        "a character is spelt wrongly after a backslash",
        "Write the character itself, or put the text in 'single quotes'.",
    ),
    "Invalid date": ("there is no such date or time", "If it is meant as text, put it in quotation marks."),
    r"Illegal character '\n'": (
        "a text has no closing quotation mark on this line",
        'Close it with a quotation mark (").',
    ),
    "Illegal character": ("a hidden control character is here", "Take it out."),
    "Found invalid character": ("a hidden control character is here", "Take it out."),
    "Unterminated string": (
        "a text has no closing quotation mark",
        'Look where it starts, and close it with a quotation mark (").',
    ),
    "Unclosed array": ("a list is not closed", "A comma or a closing square bracket (]) is missing."),
    "Unclosed inline table": ("a table is not closed", "A comma or a closing curly bracket (}) is missing."),
    "Unescaped": ("a text has a single backslash", r"Write it twice (\\), or put the text in 'single quotes'."),
}
"""What tomli finds, by the start of its message: what an author reads, and what to do.

The message is all there is to go by: the error has the place, but no kind. A message that is not here is shown as it
is, so a tomli that words them otherwise costs help and nothing else; a test has an example of each.
"""


TOO_DEEP = "Tables or lists are nested too deeply."


@dataclass(frozen=True, slots=True)
class Source:
    """A questionnaire file as it was found: its name, bytes and the table they say."""

    name: str
    content: bytes
    table: Mapping[str, Any]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def newer_forms(self) -> tuple["Problem", ...]:
        """What it has of TOML 1.1, which not every reader knows, as problems."""
        return _newer_forms(self.name, _text(self.content))

    def places(self) -> Mapping[Keys, Spot]:
        """The line and column of every key and array element, both from 1."""

        return places(_text(self.content))


def look_up(table: Any, keys: Keys) -> Any:
    """What stands at a way, or None."""
    for key in keys:
        try:
            table = table[key]
        except (KeyError, IndexError, TypeError):
            return None
    return table


def load(path: Path) -> Source:
    """The file at `path`. QuestionnaireError where it is missing, no file, too large, or not TOML."""
    try:
        return parse(str(path), content_of(path, LARGEST))
    except MissingError:
        raise QuestionnaireError(
            f"There is no file {path}.", hint=f"Check the name, or make one: {called()} new {quoted(str(path))}"
        ) from None
    except TooLargeError:
        raise _too_large(str(path)) from None
    except UnreadError as error:
        raise QuestionnaireError(f"{path} {error.why}.", hint=error.cure) from None


def parse(name: str, content: bytes) -> Source:
    """The table that TOML bytes say. QuestionnaireError, with the place, where they say none."""
    if len(content) > LARGEST:
        raise _too_large(name)
    try:
        text = _text(content)
    except UnicodeDecodeError as error:
        good = error.object[: error.start].decode()  # what stands before the first byte that is not UTF-8
        line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
        hint = "Save the file as UTF-8 in your editor."
        raise _refused(name, "not-utf-8", "This is not UTF-8 text.", hint, (line, column)) from None
    if not text.strip():
        raise _refused(
            name, "empty", "The file is empty.", f"Make a questionnaire to start from: {called()} new another.toml"
        )
    for found in _LONG_KEY.finditer(text):
        if found[1]:  # else it is no key, but a text with dots in it
            spot = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
            raise _refused(name, "not-toml", TOO_DEEP, "Is it the right file?", spot)
    try:
        table = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        newer = _newer_forms(name, text, before=error.pos)
        if newer:  # what some versions of tomli stumble over and others do not is told alike
            raise _unusable(name, newer) from None
        message, hint = _said(text, error)
        raise _refused(name, "not-toml", message, hint, (error.lineno, error.colno)) from None
    except ValueError:
        hint = "Is it the right file? Text needs quotation marks."
        raise _refused(name, "not-toml", "This is not TOML: a number has thousands of digits.", hint) from None
    except RecursionError:
        raise _refused(name, "not-toml", TOO_DEEP, "Is it the right file?") from None
    return _sane(Source(name, content, table))


def _sane(source: Source) -> Source:
    """The source, unless it nests so deeply, or has tables so many or numbers so large, that nothing else could be said
    of it."""
    inside: list[tuple[Keys, Any]] = [((), source.table)]
    tables = 0
    while inside:
        keys, value = inside.pop()
        tables += isinstance(value, dict)
        if tables > MOST_TABLES:
            message = f"There are more than {MOST_TABLES:,} tables, which is more than any questionnaire needs."
            raise _refused(source.name, "too-large", message, "Is it the right file?")
        if len(keys) > DEEPEST:
            raise _refused(source.name, "not-toml", TOO_DEEP, "Is it the right file?")
        if isinstance(value, dict):
            inside += [((*keys, key), held) for key, held in value.items()]
        elif isinstance(value, list):
            inside += [((*keys, position), held) for position, held in enumerate(value)]
        elif isinstance(value, int) and value not in INTEGERS:
            message = "This whole number is too large for a TOML file."
            hint = "If it is meant as text, put it in quotation marks."
            raise _refused(source.name, "not-toml", message, hint, source.places().get(keys))
    return source


def _too_large(name: str) -> QuestionnaireError:
    message = f"The file is larger than {LARGEST // MEGABYTE} MB, which is more than any questionnaire needs."
    return _refused(name, "too-large", message, "Is it the right file?")


def _refused(name: str, code: str, message: str, hint: str, spot: Spot | None = None) -> QuestionnaireError:
    line, column = spot or (None, None)
    return _unusable(name, [Problem(code=code, message=message, hint=hint, file=name, line=line, column=column)])


def _unusable(name: str, problems: Sequence[Problem]) -> QuestionnaireError:
    return QuestionnaireError(f"{name} cannot be used as a questionnaire.", problems)


def _newer_forms(name: str, text: str, before: int | None = None) -> tuple[Problem, ...]:
    """The forms of TOML 1.1 in a text; none where the first does not come before a place."""
    from selfassess.definition.newer_toml import newer_forms  # only for files that were not checked before

    found = newer_forms(text)
    if not found or (before is not None and before < found[0].at):
        return ()
    return tuple(
        Problem(
            code="newer-toml",
            message=f"This is TOML 1.1, which not every program reads: {form.name}.",
            hint=form.hint,
            file=name,
            line=text.count("\n", 0, form.at) + 1,
            column=form.at - text.rfind("\n", 0, form.at),
        )
        for form in found
    )


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _said(text: str, error: tomli.TOMLDecodeError) -> tuple[str, str]:
    """What is wrong with the TOML and what to do, as far as it can be told."""
    words, hint = next(
        (saying for start, saying in SAYINGS.items() if error.msg.startswith(start)),
        (f"{error.msg[:1].lower()}{error.msg[1:]}", "Look at this line and the one before it."),
    )
    line = (*text.split("\n"), "")[error.lineno - 1]
    here = text[error.pos : error.pos + 1]
    if error.msg == "Invalid value" and line.lstrip().startswith("["):
        hint = "Look above this line: a list there may have no closing square bracket (])."
    if re.search(r"=\s*[“”„‘’]", line):
        hint = 'Use straight quotation marks ("), not curly ones.'
    elif here and not here.isascii():
        words, hint = _out_of_place(here)
    return f"This is not TOML: {words}.", hint


def _out_of_place(character: str) -> tuple[str, str]:
    """What is wrong with a character outside quotation marks that is not on every keyboard, and what to do."""
    if unicodedata.category(character) == "Zs":
        return f"a {name_of(character)} is here, which only looks like a space", "Type an ordinary space instead."
    if not character.isprintable():
        return (
            f"a {name_of(character)} is here, which nobody can see",
            "Take it out: delete this line and type it again.",
        )
    hint = "Only text between quotation marks can have it: type what you mean with plain letters and signs."
    return f"“{character}” is here, a {name_of(character)}", hint


def name_of(character: str) -> str:
    """What a character is called: "no-break space (U+00A0)"."""
    name = unicodedata.name(character, "control character").lower().replace("zero width", "zero-width")
    return f"{name} (U+{ord(character):04X})"


def places(text: str) -> Mapping[Keys, Spot]:
    """The place of every key, array element and table head in a text that is TOML; that of the first, where a
    table is written in several parts."""
    found: dict[Keys, Spot] = {}
    for keys, spot in _Scanner(text).all_keys():
        found.setdefault(keys, spot)
    return found


_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*+)*+")
_BLANK_OR_COMMA = re.compile(r"(?:[ \t\n,]|#[^\n]*+)*+")
_BARE_KEY = re.compile(r"[\w-]*")
_BARE_VALUE = re.compile(r"[^,\]}#\n]*")
_STRINGS = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL),
    "'": re.compile(r"'[^']*'"),
    '"""': re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}', re.DOTALL),
    "'''": re.compile(r"'''(?:[^']|'(?!''))*+'{3,5}"),
}
"""By what they begin with. Up to two more quotation marks before the closing ones belong to the text."""


class _Scanner:
    """Reads a text that tomli has already read, so that it is known to be TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.ends = [found.start() for found in re.finditer("\n", text)]
        self.counts: dict[Keys, int] = {}

    def all_keys(self) -> Iterator[tuple[Keys, Spot]]:
        table: Keys = ()
        while self.skip_blank():
            if self.text.startswith("[", self.at):
                spot = self.spot()
                many = self.text.startswith("[[", self.at)
                self.move(2 if many else 1)
                table = self.open_table([name for name, _ in self.dotted()], many)
                self.move(2 if many else 1)
                yield table, spot
            else:
                yield from self.pair(table)

    def open_table(self, names: list[str], many: bool) -> Keys:
        """The full way of a header, with the position in each array of tables on it."""
        way: Keys = ()
        for depth, name in enumerate(names):
            way = (*way, name)
            if depth == len(names) - 1 and many:
                self.counts[way] = self.counts.get(way, -1) + 1
            if way in self.counts:
                way = (*way, self.counts[way])
        return way

    def pair(self, table: Keys) -> Iterator[tuple[Keys, Spot]]:
        way = table
        for name, spot in self.dotted():
            way = (*way, name)
            yield way, spot
        self.move(1)  # the equals sign
        self.skip_blank()
        yield from self.value(way)

    def value(self, way: Keys) -> Iterator[tuple[Keys, Spot]]:
        first = self.text[self.at]
        if first in "\"'":
            self.string()
        elif first == "[":
            self.move(1)
            position = 0
            while self.skip_blank(_BLANK_OR_COMMA) and self.text[self.at] != "]":
                yield (*way, position), self.spot()
                yield from self.value((*way, position))
                position += 1
            self.move(1)
        elif first == "{":
            self.move(1)
            while self.skip_blank(_BLANK_OR_COMMA) and self.text[self.at] != "}":
                yield from self.pair(way)
            self.move(1)
        else:
            self.pass_by(_BARE_VALUE)

    def dotted(self) -> list[tuple[str, Spot]]:
        """The names of a key, each with its own place."""
        names = []
        while True:
            self.skip_blank()
            spot = self.spot()
            names.append((self.name(), spot))
            self.skip_blank()
            if not self.text.startswith(".", self.at):
                return names
            self.move(1)

    def name(self) -> str:
        start = self.at
        if self.text[self.at] in "\"'":
            self.string()
            return next(iter(tomli.loads(f"{self.text[start : self.at]} = 1")))
        self.pass_by(_BARE_KEY)
        return self.text[start : self.at]

    def string(self) -> None:
        mark = self.text[self.at]
        self.pass_by(_STRINGS[mark * 3 if self.text.startswith(mark * 3, self.at) else mark])

    def skip_blank(self, blank: re.Pattern[str] = _BLANK) -> bool:
        """Past white space and comments; False at the end of the text."""
        self.pass_by(blank)
        return self.at < len(self.text)

    def spot(self) -> Spot:
        lines = bisect_left(self.ends, self.at)
        return lines + 1, self.at - (self.ends[lines - 1] if lines else -1)

    def pass_by(self, what: re.Pattern[str]) -> None:
        if found := what.match(self.text, self.at):
            self.at = found.end()

    def move(self, count: int) -> None:
        self.at += count

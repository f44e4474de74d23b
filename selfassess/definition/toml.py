"""The text of a questionnaire file: read it, parse it, and know where each key stands."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

from selfassess.errors import Problem, QuestionnaireError

LARGEST = 2_000_000
"""Bytes. A questionnaire of a thousand items is a quarter of this."""

Keys = tuple[str | int, ...]
"""The way to a key: ("strands", 0, "benchmarks", 2, "title")."""


@dataclass(frozen=True, slots=True)
class Source:
    """A questionnaire file as it was found: its name, bytes and the table they say."""

    name: str
    content: bytes
    table: Mapping[str, Any]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def places(self) -> Mapping[Keys, tuple[int, int]]:
        """The line and column of every key and array element, both from 1."""
        return dict(_Scanner(_text(self.content)).keys())


def load(path: Path) -> Source:
    """The file at `path`. QuestionnaireError where it is missing, no file, too large, or not TOML."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise QuestionnaireError(
            f"There is no file {path}.", hint="Check the name, or make one: selfassess new"
        ) from None
    except IsADirectoryError:
        raise QuestionnaireError(f"{path} is a folder, not a file.", hint="Name the .toml file in it.") from None
    except OSError as error:
        if path.is_dir():
            raise QuestionnaireError(f"{path} is a folder, not a file.", hint="Name the .toml file in it.") from None
        raise QuestionnaireError(f"{path} cannot be read: {error.strerror or error}.") from None
    return parse(str(path), content)


def parse(name: str, content: bytes) -> Source:
    """The table that TOML bytes say. QuestionnaireError, with the place, where they say none."""
    if len(content) > LARGEST:
        raise _refused(
            name, "too-large", f"The file is larger than {LARGEST // 1_000_000} MB.", "Is it the right file?"
        )
    try:
        text = _text(content)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1
        raise _refused(
            name, "not-utf-8", "This is not UTF-8 text.", "Save the file as UTF-8 in your editor.", line, column
        ) from None
    if not text.strip():
        raise _refused(name, "empty", "The file is empty.", "Make a questionnaire to start from: selfassess new")
    try:
        return Source(name, content, tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        message = f"This is not TOML: {error.msg[:1].lower()}{error.msg[1:]}."
        raise _refused(name, "not-toml", message, _hint(text, error), error.lineno, error.colno) from None
    except RecursionError:
        raise _refused(name, "not-toml", "Brackets are nested too deeply.", "Is it the right file?") from None


def _refused(
    name: str, code: str, message: str, hint: str, line: int | None = None, column: int | None = None
) -> QuestionnaireError:
    problem = Problem(code=code, message=message, hint=hint, file=name, line=line, column=column)
    return QuestionnaireError(f"{name} cannot be used as a questionnaire.", [problem])


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _hint(text: str, error: tomli.TOMLDecodeError) -> str:
    lines = text.split("\n")
    line = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
    if "“" in line or "”" in line:
        return 'Use straight quotation marks ("), not curly ones.'
    if "=" in line and line.count('"') % 2:
        return 'A quotation mark (") is missing, or one within the text needs a backslash before it.'
    if line.strip() and "=" not in line and not line.lstrip().startswith(("[", "#", "]", "{", "}", '"')):
        return 'Each line is a key, an equals sign and a value: title = "Our partnership".'
    return "Look at this line and the one before it."


class _Scanner:
    """Where keys stand in a text that tomli has already read, so that it is known to be TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.line_start = 0
        self.counts: dict[Keys, int] = {}

    def keys(self) -> Iterator[tuple[Keys, tuple[int, int]]]:
        table: Keys = ()
        while self.skip_blank():
            if self.text.startswith("[", self.at):
                spot = self.spot()
                many = self.text.startswith("[[", self.at)
                self.move(2 if many else 1)
                table = self.open_table(self.dotted(), many)
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

    def pair(self, table: Keys) -> Iterator[tuple[Keys, tuple[int, int]]]:
        spot = self.spot()
        way = (*table, *self.dotted())
        yield way, spot
        self.move(1)  # the equals sign
        self.skip_blank()
        yield from self.value(way)

    def value(self, way: Keys) -> Iterator[tuple[Keys, tuple[int, int]]]:
        first = self.text[self.at]
        if first in "\"'":
            self.string()
        elif first == "[":
            self.move(1)
            position = 0
            while self.skip_blank(",") and self.text[self.at] != "]":
                yield (*way, position), self.spot()
                yield from self.value((*way, position))
                position += 1
            self.move(1)
        elif first == "{":
            self.move(1)
            while self.skip_blank(",") and self.text[self.at] != "}":
                yield from self.pair(way)
            self.move(1)
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\n":
                self.move(1)

    def dotted(self) -> list[str]:
        names = []
        while True:
            self.skip_blank()
            names.append(self.name())
            self.skip_blank()
            if not self.text.startswith(".", self.at):
                return names
            self.move(1)

    def name(self) -> str:
        start = self.at
        if self.text[self.at] in "\"'":
            self.string()
            return next(iter(tomli.loads(f"{self.text[start : self.at]} = 1")))
        while self.at < len(self.text) and (self.text[self.at].isalnum() or self.text[self.at] in "-_"):
            self.move(1)
        return self.text[start : self.at]

    def string(self) -> None:
        mark = self.text[self.at]
        closing = mark * 3 if self.text.startswith(mark * 3, self.at) else mark
        self.move(len(closing))
        while not self.text.startswith(closing, self.at):
            self.move(2 if mark == '"' and self.text[self.at] == "\\" else 1)
        self.move(len(closing))
        while len(closing) == 3 and self.text.startswith(mark, self.at):  # up to two more belong to the text
            self.move(1)

    def skip_blank(self, also: str = "") -> bool:
        """Past white space and comments (and `also`); False at the end of the text."""
        while self.at < len(self.text):
            if self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.move((end if end >= 0 else len(self.text)) - self.at)
            elif self.text[self.at] in " \t\n" + also:
                self.move(1)
            else:
                return True
        return False

    def spot(self) -> tuple[int, int]:
        return self.line, self.at - self.line_start + 1

    def move(self, count: int) -> None:
        for character in self.text[self.at : self.at + count]:
            self.at += 1
            if character == "\n":
                self.line += 1
                self.line_start = self.at

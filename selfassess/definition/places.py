"""Where each key of a questionnaire file stands in its text."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

import tomli

from selfassess.definition.toml import Keys, Spot


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

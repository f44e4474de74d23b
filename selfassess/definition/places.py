"""Where each key of a questionnaire file stands in its text."""

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


class _Scanner:
    """Reads a text that tomli has already read, so that it is known to be TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.line_start = 0
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

    def spot(self) -> Spot:
        return self.line, self.at - self.line_start + 1

    def move(self, count: int) -> None:
        for character in self.text[self.at : self.at + count]:
            self.at += 1
            if character == "\n":
                self.line += 1
                self.line_start = self.at

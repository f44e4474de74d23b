"""Responses of very many people, read by column: in a fraction of the time that it takes row by row.

Only of plain files in which nothing is wrong: nothing between quotation marks, the same number of cells in every row.
What each cell means is found out once for all who have it. All other files are left to `responses`, which reads them
row by row and says what is wrong.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from selfassess.csv_text import DELIMITERS, SAYS_DELIMITER
from selfassess.model.conditions import comparisons, parse
from selfassess.model.questionnaire import GroupKey, Item, Questionnaire
from selfassess.model.routing import met
from selfassess.model.sheet import Missing, Response
from selfassess.scoring.answers import AT_ONCE, Answers, Codes, Flags, in_order
from selfassess.scoring.columns import Which
from selfassess.text import clean

BYTES_AT_ONCE = 1 << 18
"""So much is looked through at a time: what is worked on then stays in the processor's own memory."""
LONGEST_PACKED = 8
"""Bytes of cells that are told apart as numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """The cells of a column."""

    cells: list[str]
    """Each once."""
    which: Which
    """By row, which of them it has."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The columns of a plain CSV text."""

    heads: list[str]
    rows: int
    """How many there are below the heads."""
    content: bytes
    """All rows below the heads."""
    data: NDArray[np.uint8]
    """The same."""
    bounds: NDArray[np.int32]
    """Where each cell ends, row by row, after -1: the next begins behind that."""
    longest: NDArray[np.int32]
    """By column."""
    firsts: NDArray[np.uint8]
    """By column and row, the first byte of a cell, 0 of an empty one."""

    def cells(self, column: int) -> list[str]:
        """The cell of each row."""
        starts, ends = self.between(column)
        content = self.content
        return [content[start:end].decode() for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    def between(self, column: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """By row, where the cell begins and ends."""
        width = len(self.heads)
        return self.bounds[column:-1:width] + np.int32(1), self.bounds[column + 1 :: width]

    def distinct(self, column: int) -> Distinct:
        """Each cell once, and by row which of them it has."""
        longest = int(self.longest[column])
        if longest > LONGEST_PACKED:
            cells = self.cells(column)
            known = {cell: place for place, cell in enumerate(dict.fromkeys(cells))}
            return Distinct(list(known), np.fromiter(map(known.__getitem__, cells), dtype=np.uint32, count=len(cells)))
        keys = self.firsts[column]
        if longest < 2:
            there = np.flatnonzero(np.bincount(keys, minlength=256))
            places = np.zeros(256, dtype=np.uint8)
            places[there] = np.arange(len(there))
            return Distinct([chr(key) if key else "" for key in there.tolist()], np.take(places, keys))
        packed = keys.astype(np.uint64)
        starts, ends = self.between(column)
        for at in range(1, longest):
            byte = np.take(self.data, starts + at, mode="clip") * (starts + at < ends)
            packed |= byte.astype(np.uint64) << np.uint64(8 * at)
        found, which = np.unique(packed, return_inverse=True)
        return Distinct(
            [int(key).to_bytes(8, "little").rstrip(b"\0").decode() for key in found], which.astype(np.uint32)
        )


def table(text: str) -> Table | None:
    """The columns of a CSV text; None where it is not plain."""
    text = text.replace("\r\n", "\n").rstrip("\n")
    heading, _, below = text.partition("\n")
    if any(strange in text for strange in '"\0\r') or not heading.strip() or not below:
        return None
    delimiter = max(DELIMITERS, key=heading.count)
    if SAYS_DELIMITER.fullmatch(heading.strip(" ")):
        return None
    heads = heading.split(delimiter)
    content = below.encode() + b"\n"
    rows, width = content.count(b"\n"), len(heads)
    if content.count(delimiter.encode()) != rows * (width - 1):
        return None
    data = np.frombuffer(content, dtype=np.uint8)
    bounds = _bounds(data, ord(delimiter), rows * width)
    if (data[bounds[width::width]] != ord("\n")).any():
        return None
    longest, firsts = np.zeros(width, dtype=np.int32), np.empty((width, rows), dtype=np.uint8)
    for first in range(0, rows, AT_ONCE):
        some = bounds[first * width : (first + AT_ONCE) * width + 1]
        starts = some[:-1].reshape(-1, width) + 1
        lengths = some[1:].reshape(-1, width) - starts
        np.maximum(longest, lengths.max(axis=0), out=longest)
        firsts[:, first : first + AT_ONCE] = (np.take(data, starts, mode="clip") * (lengths > 0)).T
    return Table(heads, rows, content, data, bounds, longest, firsts)


def _bounds(data: NDArray[np.uint8], delimiter: int, cells: int) -> NDArray[np.int32]:
    """Where each cell ends, after -1."""
    bounds = np.empty(cells + 1, dtype=np.int32)
    bounds[0] = -1
    at = 1
    for start in range(0, len(data), BYTES_AT_ONCE):
        some = data[start : start + BYTES_AT_ONCE]
        ends = np.flatnonzero((some == delimiter) | (some == ord("\n")))
        bounds[at : at + len(ends)] = ends + start
        at += len(ends)
    return bounds


ONLY_ROUND = "1"
"""The round of a file that has no such column."""
Rows = NDArray[np.intp]


class Meanings(Protocol):
    """What is known of the cells of a file: a `Reader`."""

    questionnaire: Questionnaire
    items: dict[str, Item]
    groups: list[GroupKey]
    offered: dict[str | None, tuple[Item, ...]]
    known: dict[str, dict[str, Response]]

    @property
    def codes(self) -> Mapping[str, Mapping[Response, str]]:
        """By item, the character of each response."""

    @property
    def wrong(self) -> int:
        """How many problems there are."""

    def check_columns(self, columns: Sequence[str], line: int) -> None:
        """Note what is wrong with the heads."""

    def response(self, line: int, item: Item, cell: str) -> Response:
        """What a cell means; a problem is noted where it means nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answers of each round, and by item how many are left out since people were not asked."""

    rounds: Mapping[str, Answers]
    unasked: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    """Who answered, by row."""

    respondents: list[str]
    names: list[str | None]
    """All groups."""
    groups: Which
    """The place of each one's group among these."""
    rounds: Mapping[str, Rows]


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What was said to one item, by the place of a cell among those that there are."""

    responses: list[Response]
    which: Which

    def table(self, codes: Mapping[Response, str]) -> Codes:
        """The character of each."""
        return np.array([ord(codes[response]) for response in self.responses], dtype=np.uint8)

    @property
    def is_answer(self) -> Flags:
        return np.array([not isinstance(response, Missing) for response in self.responses], dtype=np.bool_)


def by_columns(reader: Meanings, table: Table, ignored: Collection[str]) -> Found | None:
    """What a file holds; None where anything is wrong with it."""
    heads = [clean(head).strip() for head in table.heads]
    if not set(ignored) <= set(heads):
        return None
    kept = [at for at, head in enumerate(heads) if head not in ignored and (head or _has_cells(table, at))]
    reader.check_columns([heads[at] for at in kept], 1)
    if reader.wrong:
        return None
    columns = {heads[at]: at for at in kept}
    people = _people(reader, table, columns)
    if people is None:
        return None
    said = {id: _said(reader, item, table.distinct(columns[id])) for id, item in reader.items.items() if id in columns}
    if reader.wrong:
        return None
    codes, unasked = _codes(reader, people, said)
    rounds = {name: _answers(reader.questionnaire, people, codes, rows) for name, rows in people.rounds.items()}
    return Found(rounds, unasked)


def _has_cells(table: Table, at: int) -> bool:
    return any(cell.strip() for cell in table.distinct(at).cells)


def _people(reader: Meanings, table: Table, columns: Mapping[str, int]) -> _People | None:
    """None where somebody has no name, no group, two rows in a round, or two groups."""
    cells = table.cells(columns["respondent"])
    # Mostly there is nothing to clean, which is seen of all at once.
    is_clean = (together := "".join(cells)).isascii() and together.isprintable()
    respondents = [cell.strip() for cell in cells] if is_clean else [clean(cell).strip() for cell in cells]
    names: list[str | None] = [None]
    groups = round_of = np.zeros(table.rows, dtype=np.uint32)
    if reader.groups:
        found, groups = _merged(table.distinct(columns["group"]))
        names = [*found]
    rounds = [ONLY_ROUND]
    if "round" in columns:
        rounds, round_of = _merged(table.distinct(columns["round"]), ONLY_ROUND)
    if not all(respondents) or not {*names} <= {*reader.groups, None}:
        return None
    if (number := len(set(respondents))) < table.rows:  # else nobody comes twice
        in_rounds = set(zip(respondents, round_of.tolist(), strict=True))
        in_groups = set(zip(respondents, groups.tolist(), strict=True))
        if len(in_rounds) < table.rows or len(in_groups) > number:
            return None
    rows = {name: np.flatnonzero(round_of == at) for at, name in enumerate(rounds)}
    return _People(respondents, names, groups, rows)


def _merged(distinct: Distinct, nothing: str = "") -> tuple[list[str], Which]:
    """The names in a column, cleaned, each once; and by row which it is."""
    cleaned = [clean(cell).strip() or nothing for cell in distinct.cells]
    names = list(dict.fromkeys(cleaned))
    return names, np.array([names.index(name) for name in cleaned], dtype=np.uint32)[distinct.which]


def _said(reader: Meanings, item: Item, distinct: Distinct) -> _Said:
    known = reader.known[item.id]
    responses = [known[cell] if cell in known else reader.response(1, item, cell) for cell in distinct.cells]
    return _Said(responses, distinct.which)


def _codes(reader: Meanings, people: _People, said: Mapping[str, _Said]) -> tuple[Codes, dict[str, int]]:
    """The characters of everybody, a row an item; and by item how many answers are left out."""
    items = reader.questionnaire.items
    shown, alike = _shown(reader, people, said)
    codes = np.empty((len(items), len(people.respondents)), dtype=np.uint8)
    unasked: dict[str, int] = {}
    for row, item in zip(codes, items, strict=True):
        own = said.get(item.id, _Said([Missing.SKIPPED], np.zeros(len(row), dtype=np.uint8)))
        np.take(own.table(reader.codes[item.id]), own.which, out=row, mode="clip")
        is_shown = np.array([item.id in some for some in shown], dtype=np.bool_)
        if not is_shown.all():
            left_out = ~is_shown[alike]
            row[left_out] = ord(Missing.NOT_ASKED.value)
            if item.id in said and (number := int((left_out & own.is_answer[own.which]).sum())):
                unasked[item.id] = number
    return codes, unasked


def _shown(reader: Meanings, people: _People, said: Mapping[str, _Said]) -> tuple[list[set[str]], Rows]:
    """The items asked of people who are alike in all that decides it, and by row whom a person is like."""
    conditions = [parse(item.show_if) for item in reader.questionnaire.items if item.show_if]
    deciding = sorted({compare.item for condition in conditions for compare in comparisons(condition)} & said.keys())
    alike = people.groups.astype(np.intp)
    for id in deciding:
        alike = np.unique(alike * len(said[id].responses) + said[id].which, return_inverse=True)[1]
    first, alike = np.unique(alike, return_index=True, return_inverse=True)[1:]
    shown = []
    for row in first.tolist():
        responses = {id: said[id].responses[said[id].which[row]] for id in deciding}
        shown.append({item.id for item in met(reader.offered[people.names[people.groups[row]]], responses)})
    return shown, alike


def _answers(questionnaire: Questionnaire, people: _People, codes: Codes, rows: Rows) -> Answers:
    """The answers in some rows."""
    there, group_of = np.unique(people.groups[rows], return_inverse=True)
    names = in_order(people.names[group] for group in there.tolist())
    places = np.array([names.index(people.names[group]) for group in there.tolist()], dtype=np.uint16)
    is_everybody = len(rows) == codes.shape[1]
    return Answers(
        questionnaire,
        tuple(people.respondents) if is_everybody else tuple(people.respondents[row] for row in rows.tolist()),
        names,
        places[group_of],
        codes if is_everybody else codes[:, rows],
    )

"""Answers: one row a sheet, one column an item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.model.questionnaire import GroupKey, Questionnaire
from selfassess.model.round import EVERYBODY
from selfassess.model.sheet import Missing, Sheet

Codes = NDArray[np.uint8]
AT_ONCE = 1 << 12
"""How many rows are turned into columns at a time: as many as the processor's own memory holds."""
Flags = NDArray[np.bool_]
Places = NDArray[np.uint16]
MISSING = [ord(kind.value) for kind in Missing]
"""The characters that stand for no answer."""


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers of several respondents to one questionnaire."""

    questionnaire: Questionnaire
    respondents: tuple[str, ...]
    """What the caller calls each; empty texts for sheets, which have no name."""
    names: tuple[GroupKey | None, ...]
    """All groups."""
    group_of: Places
    """By respondent, the place of their group among these."""
    codes: Codes
    """A row for each item, holding each respondent's character (see model/sheet.py)."""

    def __len__(self) -> int:
        return len(self.group_of)

    @cached_property
    def groups(self) -> tuple[GroupKey | None, ...]:
        """By respondent, their group."""
        return tuple(map(self.names.__getitem__, self.group_of.tolist()))

    def of(self, item: str) -> Codes:
        """The characters of one item."""
        codes: Codes = self.codes[self._positions[item]]
        return codes

    def in_group(self, group: GroupKey) -> Flags:
        """Which respondents are in a group."""
        names, which = self.by_group
        return np.equal(which, names.index(group) if group in names else len(names))

    @cached_property
    def by_group(self) -> tuple[tuple[GroupKey, ...], Places]:
        """All groups (EVERYBODY for nobody's), and by respondent the place of theirs among them."""
        return tuple(group or EVERYBODY for group in self.names), self.group_of

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many are in each group."""
        return np.bincount(self.group_of, minlength=len(self.names))

    @cached_property
    def runs(self) -> tuple[slice, ...] | None:
        """By group, where its people are; None where those of several are mixed."""
        if (self.group_of[1:] < self.group_of[:-1]).any():
            return None
        ends = np.cumsum(self.sizes).tolist()
        return tuple(slice(end - size, end) for end, size in zip(ends, self.sizes.tolist(), strict=True))

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {item.id: position for position, item in enumerate(self.questionnaire.items)}


def from_sheets(questionnaire: Questionnaire, sheets: Sequence[Sheet]) -> Answers:
    """The answers on some sheets of this questionnaire."""
    return from_characters(
        questionnaire, [sheet.answers for sheet in sheets], [sheet.group for sheet in sheets], [""] * len(sheets)
    )


def from_characters(
    questionnaire: Questionnaire, rows: Sequence[str], groups: Sequence[GroupKey | None], respondents: Sequence[str]
) -> Answers:
    """The answers written as one text a respondent, one character an item."""
    names = in_order(groups)
    places = {group: place for place, group in enumerate(names)}
    group_of = np.fromiter(map(places.__getitem__, groups), dtype=np.uint16, count=len(groups))
    some = ("".join(rows[start : start + AT_ONCE]) for start in range(0, len(rows), AT_ONCE))
    return Answers(questionnaire, tuple(respondents), names, group_of, _columns(questionnaire, some, len(rows)))


def in_order(groups: Iterable[GroupKey | None]) -> tuple[GroupKey | None, ...]:
    """Each group once, by name and nobody's first: nothing may depend on who came first."""
    return tuple(sorted(set(groups), key=lambda group: (group is not None, group or "")))


def from_texts(questionnaire: Questionnaire, texts: Iterable[tuple[GroupKey | None, str]]) -> Answers:
    """The answers of respondents without names, in the order of their groups: each text is a group, and the characters
    of one of it or of several, one after the other."""
    found: dict[GroupKey | None, list[str]] = {}
    for group, text in texts:
        found.setdefault(group, []).append(text)
    by_group = {group: found[group] for group in in_order(found)}
    width = len(questionnaire.items)
    sizes = [sum(map(len, some)) // width for some in by_group.values()]
    group_of = np.repeat(np.arange(len(sizes), dtype=np.uint16), sizes)
    together = (text for some in by_group.values() for text in _joined(some, AT_ONCE * width))
    codes = _columns(questionnaire, together, sum(sizes))
    return Answers(questionnaire, ("",) * len(group_of), tuple(by_group), group_of, codes)


def _joined(texts: Iterable[str], least: int) -> Iterable[str]:
    """The same texts, short ones joined."""
    some: list[str] = []
    length = 0
    for text in texts:
        some.append(text)
        length += len(text)
        if length >= least:
            yield "".join(some)
            some, length = [], 0
    yield "".join(some)


def _columns(questionnaire: Questionnaire, texts: Iterable[str], size: int) -> Codes:
    """Texts of the characters of one respondent after the other, as a row for each item."""
    width = len(questionnaire.items)
    codes = np.empty((width, size), dtype=np.uint8)
    start = 0
    for text in texts:
        rows = np.frombuffer(text.encode("ascii"), dtype=np.uint8).reshape(-1, width)
        for first in range(0, len(rows), AT_ONCE):
            some = rows[first : first + AT_ONCE]
            codes[:, start : start + len(some)] = some.T
            start += len(some)
    return codes

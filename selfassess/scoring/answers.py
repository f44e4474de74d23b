"""Answers: one row a sheet, one column an item."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.model.questionnaire import Questionnaire
from selfassess.model.sheet import Missing, Sheet

Codes = NDArray[np.uint8]
AT_ONCE = 1 << 12
"""How many rows are turned into columns at a time: as many as the processor's own memory holds."""
Flags = NDArray[np.bool_]
MISSING = [ord(kind.value) for kind in Missing]
"""The characters that stand for no answer."""


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers of several respondents to one questionnaire."""

    questionnaire: Questionnaire
    respondents: tuple[str, ...]
    """What the caller calls each; empty texts for sheets, which have no name."""
    groups: tuple[str | None, ...]
    codes: Codes
    """A row for each item, holding each respondent's character (see model/sheet.py)."""

    def __len__(self) -> int:
        return len(self.groups)

    def of(self, item: str) -> Codes:
        """The characters of one item."""
        codes: Codes = self.codes[self._positions[item]]
        return codes

    def in_group(self, group: str) -> Flags:
        """Which respondents are in a group."""
        names, which = self.by_group
        return np.equal(which, names.index(group) if group in names else len(names))

    @cached_property
    def by_group(self) -> tuple[tuple[str, ...], NDArray[np.uint16]]:
        """The groups that there are ("" for nobody's), and by respondent the place of theirs among them."""
        places = {group: place for place, group in enumerate(dict.fromkeys(self.groups))}
        which = np.fromiter(map(places.__getitem__, self.groups), dtype=np.uint16, count=len(self.groups))
        return tuple(group or "" for group in places), which

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {item.id: position for position, item in enumerate(self.questionnaire.items)}


def from_sheets(questionnaire: Questionnaire, sheets: Sequence[Sheet]) -> Answers:
    """The answers on some sheets of this questionnaire."""
    return from_characters(
        questionnaire, [sheet.answers for sheet in sheets], [sheet.group for sheet in sheets], [""] * len(sheets)
    )


def from_characters(
    questionnaire: Questionnaire, rows: Sequence[str], groups: Sequence[str | None], respondents: Sequence[str]
) -> Answers:
    """The answers written as one text a respondent, one character an item."""
    codes = np.empty((len(questionnaire.items), len(rows)), dtype=np.uint8)
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        together = np.frombuffer("".join(some).encode("ascii"), dtype=np.uint8)
        codes[:, start : start + AT_ONCE] = together.reshape(len(some), len(questionnaire.items)).T
    return Answers(questionnaire, tuple(respondents), tuple(groups), codes)

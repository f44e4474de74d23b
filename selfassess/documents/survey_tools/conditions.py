"""Conditions for other programs, which know no answer that is neither true nor false.

So a condition is first put without its nots. What is said of a missing answer then counts as false wherever it stands,
and the same questions are asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from selfassess.model.conditions import COMPARISONS, All, Compare, Condition, Either, Not
from selfassess.model.questionnaire import Item
from selfassess.numbers import figures

Word = Literal["and", "or"]

_OPPOSITE = {"<": ">=", "<=": ">", "==": "!=", "!=": "==", ">=": "<", ">": "<="}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about one answer, which is false where there is none, unless it is "not ticked"."""

    of: Literal["picked", "ticked", "not ticked", "number"]
    """That one answer was chosen; that it is, or is not, among those chosen; or how a number compares."""
    id: str
    value: str
    """The code of the answer, or the number."""
    sign: str = ""
    """For a number."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Several of these, of which all or any must be true."""

    word: Word
    parts: "tuple[Truth, ...]"


Truth = Fact | Joined
NEVER = Joined("or", ())


class Language(Protocol):
    """How another program says that something is true."""

    def fact(self, fact: Fact) -> str:
        """The words for it, which can stand beside any others."""

    def joined(self, parts: Sequence[str], word: Word) -> str:
        """Two or more of these, in brackets."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An item that was asked before, and the values of its points that count as answers."""

    item: Item
    values: tuple[float, ...]


def all_of(parts: Iterable[Truth]) -> Truth:
    """What is true where each part is."""
    there = tuple(parts)
    return NEVER if NEVER in there else _joined("and", there)


def any_of(parts: Iterable[Truth]) -> Truth:
    """What is true where a part is; never where there is none."""
    return _joined("or", (part for part in parts if part != NEVER))


def _joined(word: Word, parts: Iterable[Truth]) -> Truth:
    """The parts, each once; a single one is itself."""
    flat: dict[Truth, None] = {}
    for part in parts:
        flat |= dict.fromkeys(part.parts if isinstance(part, Joined) and part.word == word else (part,))
    return next(iter(flat)) if len(flat) == 1 else Joined(word, tuple(flat))


def translated(condition: Condition, earlier: Mapping[str, Earlier], *, is_denied: bool = False) -> Truth:
    """What must be true of the items asked before for a condition to be true, or for it to be false where it is denied.
    NEVER where that cannot be."""
    match condition:
        case Compare():
            return _compared(condition, earlier.get(condition.item), is_denied=is_denied)
        case Not(part):
            return translated(part, earlier, is_denied=not is_denied)
        case All(parts) | Either(parts):
            join = any_of if isinstance(condition, Either) != is_denied else all_of
            return join(translated(part, earlier, is_denied=is_denied) for part in parts)
    raise TypeError(condition)


def _compared(compare: Compare, earlier: Earlier | None, *, is_denied: bool) -> Truth:
    if earlier is None:
        return NEVER
    if not earlier.item.has_points:
        sign = _OPPOSITE[compare.sign] if is_denied else compare.sign
        return Fact("number", compare.item, figures(compare.value), sign)
    if compare.sign == "has":
        return _ticked(compare, earlier, is_denied=is_denied)
    holds = COMPARISONS[compare.sign]
    values = (value for value in earlier.values if holds(value, compare.value) != is_denied)
    return any_of(Fact("picked", compare.item, figures(value)) for value in values)


def _ticked(compare: Compare, earlier: Earlier, *, is_denied: bool) -> Truth:
    if not is_denied:
        return Fact("ticked", compare.item, figures(compare.value)) if compare.value in earlier.values else NEVER
    others = any_of(Fact("ticked", compare.item, figures(one)) for one in earlier.values if one != compare.value)
    return all_of([Fact("not ticked", compare.item, figures(compare.value)), others])


def expression(truth: Truth, language: Language) -> str:
    """What must be true, in a language."""
    match truth:
        case Fact():
            return language.fact(truth)
        case Joined(word, parts):
            return language.joined([expression(part, language) for part in parts], word)

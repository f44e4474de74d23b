"""The kinds of items: whatever depends on how an item is answered.

The rest of the program asks the item, or its kind as `item.answering`, and never compares the kind's name. A new kind
is a class here, with its name in `Kind`; keys of its own stand with the others in `Item`, and in `Asked`.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple, Protocol

from selfassess.numbers import CHARACTERS, figures, number, readings

Kind = Literal["choice", "many", "number", "text"]

Value = float | tuple[float, ...] | str
"""An answer: a point's value or a number, the values chosen of many, or a text."""


class Asked(Protocol):
    """The keys of an item that are for some kinds only."""

    @property
    def min_(self) -> float | None: ...

    @property
    def max_(self) -> float | None: ...

    @property
    def unit(self) -> str: ...


class OwnKeys(NamedTuple):
    """The keys of a questionnaire that are for items of one kind only."""

    names: tuple[str, ...] = ()
    what_for: str = ""
    """What they are for: "numbers"."""
    code: str = ""
    """How a finding names it where an item of another kind has one."""


class WrongKey(NamedTuple):
    """What is wrong with one of these keys."""

    key: str
    message: str
    hint: str
    code: str


@dataclass(frozen=True)
class ItemKind:
    """How an item is answered. A kind overrides what differs."""

    item: Asked

    has_points = False
    """Whether it is answered by points of a scale."""
    has_figures = False
    """Whether it is answered by one point, which is its character in a sheet. There are figures of such items alone."""
    takes_several = False
    """Whether any number of points can be chosen."""
    is_in_words = False
    """Whether it is answered in words. They are a text of the sheet, and nobody owes them."""
    is_typed = False
    """Whether its answer is typed in one line, and stands beside the characters of a sheet."""
    is_compared = True
    """Whether conditions can compare its answers with numbers."""

    keys: ClassVar[OwnKeys] = OwnKeys()

    answered = ""
    """How it is answered, for one that is not compared: "in words"."""
    noun = ""
    """What is typed, if something is: "a number"."""
    how_typed = ""
    """And how: "in digits"."""
    prompt = "Answer:"
    """What stands before the line that is typed."""
    characters = ""
    """The characters that a field for it takes. Empty: any."""
    off_range = "value-off-scale"
    """The code by which a cell of a table is told that holds no answer."""

    @staticmethod
    def is_value(value: object) -> bool:
        """Whether a value is one that items of this kind have."""
        return isinstance(value, int | float)

    def accepts(self, value: object) -> bool:
        """Whether a value is such a one, and between the ends of the item. Points are looked up on its scale."""
        return self.is_value(value)

    def read(self, line: str) -> Value | None:
        """The answer in a line; None if it has none."""
        return number(line)

    def readings(self, cell: str) -> tuple[float | str, ...]:
        """What a cell of a table can mean, the likeliest first."""
        return readings(cell)

    def typed(self, value: Value) -> str:
        """An answer as it is typed."""
        return figures(value) if isinstance(value, int | float) else str(value)

    def in_words(self, value: Value) -> str:
        """An answer in words, where it has no points."""
        return self.typed(value)

    def ends(self) -> tuple[object, ...]:
        """Between what an answer must be."""
        return ()

    def limits(self) -> str:
        """The same in words: "from 0 to 50 years". Nothing where any answer of this kind will do."""
        return ""

    def in_table(self) -> str:
        """The same, for somebody who fills in a table: "a number from 0 to 50"."""
        return ""

    def wrong_keys(self) -> Iterator[WrongKey]:
        """What is wrong with the keys of this kind."""
        yield from ()


class Choice(ItemKind):
    """One point of a scale."""

    has_points = has_figures = True


class Many(ItemKind):
    """Any points of a scale."""

    has_points = takes_several = True
    prompt = "Numbers, with blanks between:"

    @staticmethod
    def is_value(value: object) -> bool:
        return isinstance(value, tuple)


class Number(ItemKind):
    """A number, of which the least and the greatest can be given."""

    is_typed = True
    keys = OwnKeys(("min", "max", "unit"), what_for="numbers", code="not-a-number")
    noun = "a number"
    how_typed = "in digits"
    prompt = "Number:"
    characters = CHARACTERS
    off_range = "number-out-of-range"

    def accepts(self, value: object) -> bool:
        low = -math.inf if self.item.min_ is None else self.item.min_
        high = math.inf if self.item.max_ is None else self.item.max_
        return isinstance(value, int | float) and low <= value <= high and math.isfinite(value)

    def in_words(self, value: Value) -> str:
        return f"{self.typed(value)} {self.item.unit}".strip()

    def ends(self) -> tuple[object, ...]:
        return self.item.min_, self.item.max_

    def limits(self) -> str:
        low, high, unit = self.item.min_, self.item.max_, f" {self.item.unit}" if self.item.unit else ""
        if low is not None and high is not None:
            return f"from {figures(low)} to {figures(high)}{unit}"
        if low is not None:
            return f"{figures(low)}{unit} or more"
        return self.item.unit if high is None else f"{figures(high)}{unit} or less"

    def in_table(self) -> str:
        ends = [
            f"{word} {end:g}" for word, end in (("from", self.item.min_), ("to", self.item.max_)) if end is not None
        ]
        return " ".join([self.noun, *ends])

    def wrong_keys(self) -> Iterator[WrongKey]:
        if self.item.min_ is not None and self.item.max_ is not None and self.item.min_ >= self.item.max_:
            message = f"The lowest number ({self.item.min_:g}) is not below the highest ({self.item.max_:g})."
            yield WrongKey("min", message, "Change min or max.", code="bad-range")


class Text(ItemKind):
    """Words."""

    is_in_words = True
    is_compared = False
    keys = OwnKeys(("collects",), what_for="texts", code="not-a-text")
    answered = "in words"

    @staticmethod
    def is_value(value: object) -> bool:
        return isinstance(value, str)


KINDS: Mapping[Kind, type[ItemKind]] = {"choice": Choice, "many": Many, "number": Number, "text": Text}

"""Scales: the response options of an item."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

POINT_CODES = "0123456789abcdefghijklmnopqrstuvwxyz"
"""How the points of a scale are written in a sheet, by their position: one character each."""


class Table:
    """A table of the questionnaire file. Its attributes are the keys, and the docstring below an
    attribute is what the documentation and the JSON Schema say of that key."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Mapping[str, str | bool | Callable[[str], str]]] = {
        "strict": True,
        "extra": "forbid",
        "allow_inf_nan": False,
        "alias_generator": lambda name: name.rstrip("_"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Table):
    """One option of a scale, or of a choose-many item."""

    value: float
    """The number that this option counts for."""
    label: str
    """The words that people choose. May be empty for a point between two labelled ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Table):
    """The response options of an item, with values that rise or fall from first to last."""

    points: tuple[Point, ...]
    """The options in the order shown, at least two, at most 36."""
    dont_know: str | None = None
    """The words for "I don't know". Left out: people are not offered it."""
    not_applicable: str | None = None
    """The words for "this doesn't apply". Left out: people are not offered it."""
    allow: tuple[str, ...] = ()
    """Warnings about the scale that the author has thought about: ["lopsided-scale"]."""

    @property
    def lowest(self) -> float:
        return min(point.value for point in self.points)

    @property
    def highest(self) -> float:
        return max(point.value for point in self.points)

    @property
    def values(self) -> tuple[float, ...]:
        return tuple([point.value for point in self.points])

    def code(self, value: float) -> str:
        """The character that stands for a value in a sheet; ValueError if it is not on the scale."""
        return POINT_CODES[self.values.index(value)]

    def label(self, value: float) -> str:
        """The words for a value, or the number itself where a point has none."""
        return self.points[self.values.index(value)].label or format(value, "g")

"""Summaries: what may be said of one respondent's own answers, or of several people's.

Only the privacy stage makes one; everything that prints, draws or exports takes one. Plain numbers,
rounded to 1e-10, so that neither the order of rows nor of items leaves a trace.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["overall", "strand", "benchmark", "item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What is known of one node or item among some respondents. None: there is none, or it is withheld."""

    id: str
    level: Level
    n: int | None
    """How many have a score (for an item: how many answered)."""
    mean: float | None = None
    """0 to 100, after reversal."""
    sd: float | None = None
    """Standard deviation (n - 1) on 0 to 100; None below two respondents."""
    raw_mean: float | None = None
    """In its own units; an item's as answered. None where its parts have different scales."""
    raw_sd: float | None = None
    shown: float | None = None
    """The score as people read it: rounded, in points or in own units. Band and gap are taken from it."""
    band: str | None = None
    target: float | None = None
    gap: float | None = None
    """Target less the shown score: above 0 where it falls short."""
    coded: str | None = None
    """"95 or more" or "5 or less", where the mean itself would tell what everybody said."""
    counts: Mapping[str, int] | None = None
    """Of an item: how many gave each value, as answered."""
    missing: Mapping[str, int] | None = None
    """Of an item: how many are missing, by kind."""
    withheld: Mapping[str, str] = field(default_factory=dict)
    """Why a figure is not shown, by its name."""
    why_none: str = ""
    """Why nobody has a score here: "not asked", "too few answered", "not scored", "nobody answered"."""
    parts: "tuple[Figure, ...]" = ()
    """The figures below: a strand's benchmarks and own items, a benchmark's items."""

    def walk(self) -> "Iterator[Figure]":
        """This figure and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The figures of some respondents: a group, or all."""

    id: str
    n: int
    """How many respondents."""
    overall: Figure | None
    strands: tuple[Figure, ...]

    def figure(self, id: str) -> Figure:
        """The figure of a strand, benchmark or item; KeyError if there is none."""
        for strand in self.strands:
            for figure in strand.walk():
                if figure.id == id:
                    return figure
        raise KeyError(id)

    def at(self, level: Level) -> tuple[Figure, ...]:
        """Every figure of a level, in the questionnaire's order."""
        return tuple(figure for strand in self.strands for figure in strand.walk() if figure.level == level)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSummary:
    """One round: all respondents, and each group."""

    id: str
    all: Cell
    groups: tuple[Cell, ...]
    left_out: tuple[str, ...] = ()
    """Groups too small to be shown, which are in no total either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Everything that may be said."""

    release: str
    """What may be done with it, in words."""
    rounds: tuple[RoundSummary, ...]

"""Columns: what very many people score on one thing, as which of a few values each of them has.

Few people or many, a score takes few values: the mean of ten answers to five points has some hundred. So what is worked
out is worked out once for each value, with the very sums that it would be for each person; and how many have it is
counted.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfassess.scoring.answers import Flags

Shares = NDArray[np.float64]
Which = NDArray[np.unsignedinteger[Any]]
"""By respondent, the place of their value."""
Counts = NDArray[np.int64]
AT_ONCE = 1 << 15
"""How many people are gone through at a time: what is worked on then stays in the processor's own memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A score of every respondent."""

    values: Shares
    """Each value once, in rising order; nan, for no score, comes last: for those not asked, then for those asked."""
    asked: Flags
    """For each value, whether those who have it were asked."""
    keys: Which
    """By respondent, a number that their score follows from."""
    places: Which
    """By key, the place of the value."""

    @property
    def which(self) -> Which:
        """By respondent, the place of their value."""
        return looked_up(self.places, self.keys)

    @property
    def shares(self) -> Shares:
        """By respondent, the score: 0 to 1, nan where there is none."""
        return looked_up(self.values[self.places], self.keys)

    @property
    def is_scored(self) -> Flags:
        """By respondent, whether there is a score."""
        return _flags(~np.isnan(self.values), self)

    @property
    def was_asked(self) -> Flags:
        """By respondent, whether they were asked."""
        return _flags(self.asked, self)

    def by_value(self, by_key: Counts) -> Counts:
        """How many have each value, from how many have each key: a row for each group."""
        found = [np.bincount(self.places, weights=row, minlength=len(self.values)) for row in by_key]
        return np.array(found, dtype=np.int64).reshape(len(by_key), len(self.values))


@dataclass(frozen=True, eq=False)
class Tally:
    """How many of some people have each score; those without a score are not in it."""

    values: Shares
    """In rising order."""
    counts: Counts

    @cached_property
    def n(self) -> int:
        return int(self.counts.sum())

    @cached_property
    def mean(self) -> float:
        """Their mean; nan of nobody. Equal scores are taken together, so that the order of people leaves no trace."""
        return math.fsum((self.values * self.counts).tolist()) / self.n if len(self.counts) else math.nan

    @cached_property
    def variance(self) -> float:
        """Their variance (n - 1); nan below two."""
        if len(self.counts) < 2:
            return 0.0 if self.n > 1 else math.nan
        return math.fsum(((self.values - self.mean) ** 2 * self.counts).tolist()) / (self.n - 1)


def tallied(shares: "Shares | Tally") -> Tally:
    """The tally of people's scores (nan: none), or the one that there is already."""
    if isinstance(shares, Tally):
        return shares
    return Tally(*np.unique(shares[~np.isnan(shares)], return_counts=True))


def column(values: Shares, asked: Flags, keys: Which, there: NDArray[np.intp] | None = None) -> Column:
    """The column of people who each have one of `values`, in which a score may be several times, in any order. `there`
    are the keys that somebody has (None: all)."""
    if there is not None:
        values, asked = values[there], asked[there]
    filled = np.where(np.isnan(values), np.inf, values)  # so that those without a score come last
    (found, was_asked), merged = distinct((filled, asked))
    places = _narrow(merged)
    if there is not None:
        places = np.zeros(int(there[-1]) + 1 if len(there) else 0, dtype=places.dtype)
        places[there] = merged
    return Column(np.where(np.isinf(found), np.nan, found), was_asked, keys, places)


def gathered(shares: Shares) -> tuple[Shares, Which]:
    """Each score that there is once, and by respondent which of them is theirs."""
    values, places = np.unique(shares, return_inverse=True)
    return values, _narrow(places)


def looked_up(table: NDArray[Any], which: Which) -> NDArray[Any]:
    """By respondent, what a table says of their value."""
    found = np.empty(len(which), dtype=table.dtype)
    for start in range(0, len(which), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        np.take(table, which[some].astype(np.intp), out=found[some], mode="clip")
    return found


def _flags(table: Flags, own: Column) -> Flags:
    return np.ones(len(own.keys), dtype=np.bool_) if table.all() else looked_up(table[own.places], own.keys)


def distinct(columns: Sequence[NDArray[Any]]) -> tuple[list[NDArray[Any]], NDArray[np.intp]]:
    """Some columns of equal length read as rows: each different row once, in rising order, and for every row there was
    which of these it is."""
    places = np.zeros(len(columns[0]), dtype=np.intp)
    for own in columns:
        values, of_own = np.unique(own, return_inverse=True)
        places = places * len(values) + of_own
    _, first, merged = np.unique(places, return_index=True, return_inverse=True)
    return [own[first] for own in columns], merged


class Fold:
    """Goes through columns and keeps what they come to so far: one or more numbers for each respondent, which many
    share."""

    def __init__(self, start: Sequence[float], size: int) -> None:
        self.states: list[Shares] = [np.array([float(number)]) for number in start]
        """For each of the numbers, the values that there are: those at the same place belong together."""
        self.which: Which = np.zeros(size, dtype=np.uint8)

    def take_in(self, values: Sequence[Shares], which: Which, together: np.ufunc = np.add) -> None:
        """Go on with a column: the numbers so far and those of the column, put together one by one."""
        size, width = len(self.states[0]), len(values[0])
        if size * width <= len(which):
            mine, theirs = np.divmod(np.arange(size * width), width)
            states, merged = distinct(self._with(values, mine, theirs, together))
            self.which = paired(_narrow(merged), self.which, which, width)
        else:  # not each pair can be somebody's: only of those that are
            pairs, places = np.unique(self.which.astype(np.intp) * width + which, return_inverse=True)
            mine, theirs = np.divmod(pairs, width)
            states, merged = distinct(self._with(values, mine, theirs, together))
            self.which = _narrow(merged)[places]
        self.states = states

    def _with(
        self, values: Sequence[Shares], mine: NDArray[np.intp], theirs: NDArray[np.intp], together: np.ufunc
    ) -> list[Shares]:
        return [together(state[mine], value[theirs]) for state, value in zip(self.states, values, strict=True)]


def paired(table: NDArray[Any], first: Which, second: Which, width: int) -> NDArray[Any]:
    """By respondent, what a table with a row of `width` for each value of the first says of the second."""
    found = np.empty(len(first), dtype=table.dtype)
    for start in range(0, len(first), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        place = first[some].astype(np.intp)
        place *= width
        place += second[some]
        np.take(table, place, out=found[some], mode="clip")
    return found


def added_up(tables: Sequence[NDArray[np.int64]], keys: Sequence[Which], largest: int) -> Which:
    """By respondent, what a table says of each of their keys, added up: from 0 to `largest`."""
    found = np.empty(len(keys[0]), dtype=np.min_scalar_type(largest))
    for start in range(0, len(found), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        total = np.zeros(len(found[some]), dtype=np.int64)
        part = np.empty_like(total)
        for table, own in zip(tables, keys, strict=True):
            np.take(table, own[some].astype(np.intp), out=part, mode="clip")
            total += part
        found[some] = total
    return found


def counted_in_runs(which: Which, values: int, runs: Sequence[slice]) -> Counts:
    """How many have each value, a row for each group of people who stand one after the other."""
    found = np.zeros((len(runs), values), dtype=np.int64)
    for row, run in zip(found, runs, strict=True):
        for start in range(run.start, run.stop, AT_ONCE):
            row += np.bincount(which[start : min(start + AT_ONCE, run.stop)], minlength=values)
    return found


def counted(which: Which, values: int, groups: Which, number: int) -> Counts:
    """How many have each value, a row a group."""
    found = np.zeros(number * values, dtype=np.int64)
    for start in range(0, len(which), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        place = groups[some].astype(np.intp)
        place *= values
        place += which[some]
        found += np.bincount(place, minlength=len(found))
    return found.reshape(number, values)


def _narrow(places: Sequence[int] | NDArray[Any]) -> Which:
    """Places in as few bytes as they fit."""
    found = np.asarray(places).reshape(-1)
    return found.astype(np.min_scalar_type(int(found.max(initial=0))))

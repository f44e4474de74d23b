"""Sums of very many people's answers, and products of their answers to items, in whole numbers.

Weights and the shares of a scale are fractions, so that some multiple of every sum is a whole number, and a small one:
ten answers to five points add up to 0 to 40 quarters. What a person's score follows from - the sum, its weight, how
many items they were asked and how many they answered - is packed into one number, their key. Keys of parts are added up
and counted many times as fast as anything is worked out for each person, and scores are worked out once for each key.
Products, of which covariances are made, are of those who answered everything, and exact in the same way.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from selfassess.scoring.answers import Answers, Codes, Flags
from selfassess.scoring.columns import AT_ONCE, Counts, Shares, Which, added_up, counted, counted_in_runs

Whole = NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.float64)
TOLERANCE = 1e-10
"""Differences below this are float noise."""
LARGEST = 1 << 52
"""Up to which whole numbers are added up: floats hold all of them."""
MOST_KEYS = 1 << 16
"""So many counts, of each key in each group, are looked through even where there are fewer people."""


class Exact(NamedTuple):
    """Scores as fractions."""

    above: Whole
    """By key; 0 where there is no score."""
    below: int
    """The same for all."""


@dataclass(frozen=True, slots=True, eq=False)
class Keyed:
    """What the keys of an item or a node stand for."""

    keys: Which
    """By respondent."""
    there: NDArray[np.intp]
    """The keys that somebody has, in rising order."""
    values: Shares
    """By key, the score: nan where there is none."""
    asked: Whole
    """By key, how many of the items below were asked."""
    answered: Whole
    """By key, how many of them were answered."""
    exact: Exact | None
    """None where the fractions would be too long."""
    by_group: Counts | None = None
    """How many of each group have each key, where that was counted."""
    sums: Exact | None = None
    """By key, what the answers to the items below add up to, where these are its parts and weigh the same."""

    @property
    def is_scored(self) -> Flags:
        """By key, whether there is a score."""
        return ~np.isnan(self.values)


class Rule(NamedTuple):
    """When a sum is a score."""

    least: float
    """The share of the items asked that must be answered."""
    is_complete: bool
    """Whether every part that was asked must have a score."""


def counted_by_group(answers: Answers, keys: Which, size: int) -> Counts:
    """How many of each group have each key."""
    if answers.runs is not None:
        return counted_in_runs(keys, size, answers.runs)
    return counted(keys, size, answers.group_of, len(answers.names))


def of_item(codes: Which, by_group: Counts, shares: Mapping[int, Fraction], not_asked: int) -> Keyed:
    """An item, whose keys are the characters of its answers; `shares` says what a character stands for."""
    size = by_group.shape[1]
    values, asked, above = np.full(size, np.nan), np.ones(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    asked[not_asked] = 0
    below = math.lcm(*(share.denominator for share in shares.values()))
    for code, share in shares.items():
        values[code] = share
    exact = None
    if below <= LARGEST:
        for code, share in shares.items():
            above[code] = share.numerator * (below // share.denominator)
        exact = Exact(above, below)
    there = np.flatnonzero(by_group.sum(axis=0))
    return Keyed(codes, there, values, asked, (~np.isnan(values)).astype(np.int64), exact, by_group)


def weighted(
    answers: Answers, parts: Sequence[Keyed], weights: Sequence[Fraction], rule: Rule, *, all_items: bool
) -> Keyed | None:
    """A node whose score is the weighted mean of its parts that have one; None where fractions are too long. Without
    weights it has no score. `all_items`: whether each part is an item, or the sum of several, so that equal weights
    need no counting."""
    is_even = all_items and len(set(weights)) == 1
    columns: dict[str, list[Whole]] = {
        "answered": [part.answered[part.there] for part in parts],
        "asked": [part.asked[part.there] for part in parts],
    }
    below = 1
    if weights:
        found = _sums(parts, weights)
        if found is None:
            return None
        sums, own_weights, below = found
        columns["sum"] = sums
        if not is_even:
            columns["weight"] = own_weights
        if rule.is_complete and not all_items:
            columns["unanswered"] = [_open(part) for part in parts]
    packed = _packed(answers, parts, list(columns.values()))
    if packed is None:
        return None
    keys, there, numbers, by_group = packed
    totals = dict(zip(columns, numbers, strict=True))
    answered, asked = totals["answered"], totals["asked"]
    size = int(there[-1]) + 1 if len(there) else 1
    values, above = np.full(len(there), np.nan), None
    if weights:
        weight = answered * int(weights[0] * below) if is_even else totals["weight"]
        is_scored = (answered > 0) & (weight > 0) & (answered >= rule.least * asked - TOLERANCE)
        if rule.is_complete:
            is_scored &= answered == asked if all_items else totals["unanswered"] == 0
        np.divide(totals["sum"], weight, out=values, where=is_scored)
        above = _exact(totals["sum"], weight, is_scored)
    return Keyed(
        keys,
        there,
        _placed(values, there, size, np.nan),
        _placed(asked, there, size),
        _placed(answered, there, size),
        above and Exact(_placed(above.above, there, size), above.below),
        by_group,
        Exact(_placed(totals["sum"], there, size), int(weights[0] * below)) if is_even else None,
    )


def paired(values: Shares, which: Which, answering: Keyed, rule: Rule) -> Keyed:
    """A node whose scores were worked out in another way: each of them once, and by respondent which is theirs; with
    how many items they were asked and answered."""
    width = len(answering.asked)
    keys: Which = which.astype(np.uint64) * np.uint64(width) + answering.keys
    states, places = np.unique(keys, return_inverse=True)
    first, second = np.divmod(states.astype(np.intp), width)
    asked, answered = answering.asked[second], answering.answered[second]
    enough = (answered > 0) & (answered >= rule.least * asked - TOLERANCE)
    found = np.where(enough, values[first], np.nan)
    return Keyed(_narrowed(places), np.arange(len(states)), found, asked, answered, None)


def _sums(parts: Sequence[Keyed], weights: Sequence[Fraction]) -> tuple[list[Whole], list[Whole], int] | None:
    """What each part adds to the sum and to the weight, by its keys that are there, as multiples of 1/`below`; None
    where these get too large."""
    below = 1
    for part, weight in zip(parts, weights, strict=True):
        if part.exact is None:
            return None
        below = math.lcm(below, part.exact.below * weight.denominator)
    if below * (sum(weights) + 1) > LARGEST:
        return None
    sums, own_weights = [], []
    for part, weight in zip(parts, weights, strict=True):
        if part.exact is not None:
            times = weight * below
            sums.append(part.exact.above[part.there] * int(times / part.exact.below))
            own_weights.append(part.is_scored[part.there] * np.int64(times))
    return sums, own_weights, below


def _open(part: Keyed) -> Whole:
    """By the keys that are there, whether a part was asked and has no score."""
    return ((part.asked > 0) & ~part.is_scored)[part.there].astype(np.int64)


class _Packed(NamedTuple):
    keys: Which
    there: NDArray[np.intp]
    numbers: list[Whole]
    """What was added up, by the keys that are there."""
    by_group: Counts | None


def _packed(answers: Answers, parts: Sequence[Keyed], columns: Sequence[Sequence[Whole]]) -> _Packed | None:
    """Several numbers of each part, by its keys that are there, added up for everybody at once as digits of one."""
    ends = [[(int(own.min()), int(own.max())) if len(own) else (0, 0) for own in column] for column in columns]
    lowest = [[low for low, _ in own] for own in ends]
    ranges = [1 + sum(high - low for low, high in own) for own in ends]
    if (size := math.prod(ranges)) > 2 * LARGEST:
        return None
    times = [math.prod(ranges[:place]) for place in range(len(ranges))]
    tables = []
    for place, part in enumerate(parts):
        digits = sum(
            (column[place] - lows[place]) * step for column, lows, step in zip(columns, lowest, times, strict=True)
        )
        tables.append(_placed(np.asarray(digits), part.there, len(part.values)))
    keys: Which = (
        added_up(tables, [part.keys for part in parts], size - 1) if parts else np.zeros(len(answers), dtype=np.uint8)
    )
    by_group = None
    if size * max(len(answers.names), 1) <= max(MOST_KEYS, 4 * len(answers)):
        by_group = counted_by_group(answers, keys, size)
        there = states = np.flatnonzero(by_group.any(axis=0))
        by_group = by_group[:, : int(there[-1]) + 1 if len(there) else 1]
    else:
        states, places = np.unique(keys, return_inverse=True)
        keys, there = _narrowed(places), np.arange(len(states))
    numbers = [
        states.astype(np.int64) // step % range_ + sum(lows)
        for step, range_, lows in zip(times, ranges, lowest, strict=True)
    ]
    return _Packed(keys, there, numbers, by_group)


def _exact(sums: Whole, weights: Whole, is_scored: Flags) -> Exact | None:
    """Means as fractions with one denominator."""
    # With the counts, which are not needed, numpy does not load what it has for masked arrays.
    different, _ = np.unique(weights[is_scored], return_counts=True)
    below = math.lcm(*different.tolist())
    if below > LARGEST:
        return None
    times = np.zeros(len(sums), dtype=np.int64)
    np.floor_divide(below, weights, out=times, where=is_scored)
    above = sums * times  # at most `below`, since no score is above 1
    common = math.gcd(below, int(np.gcd.reduce(above)) if len(above) else 0)
    return Exact(above // common, below // common)


def _placed(found: NDArray[Number], there: NDArray[np.intp], size: int, nothing: float = 0) -> NDArray[Number]:
    """By key, what is said of those that are there."""
    table: NDArray[Number] = np.full(size, nothing, dtype=found.dtype)
    table[there] = found
    return table


def _narrowed(places: NDArray[np.intp]) -> Which:
    return places.reshape(-1).astype(np.min_scalar_type(int(places.max(initial=0))))


Matrix = NDArray[np.float64]
LARGEST_PRODUCT = 1 << 62
"""Whole numbers stay below it."""
PIECE = 1 << 11
"""People whose products are taken at a time: of more, linear algebra would begin to wait for several processors."""
NARROW, WIDE = 1 << 24, 1 << 53
"""Up to which floats of four bytes, and of eight, hold every whole number."""


def covariances(
    codes: Sequence[Codes],
    shares: Sequence[Mapping[int, Fraction]],
    sets: Sequence[Sequence[int]],
    members: Flags | None,
) -> list[tuple[int, Matrix]] | None:
    """By set of items, each named by its place: how many of some people (None: of all) answered all of them, and the
    covariances (n - 1) among these; zeros below two. By item, `codes` are everybody's characters, and `shares` what a
    character of an answer stands for. None where fractions are too long."""
    below = math.lcm(*(share.denominator for one in shares for share in one.values()))
    size = len(codes[0])
    if PIECE * below**2 > WIDE or (size * below) ** 2 > LARGEST_PRODUCT:
        return None
    missing = len(codes) * below + 1  # more than all answers together
    is_narrow = PIECE * max(missing, below**2) <= NARROW
    tables = np.full((len(codes), 256), missing, dtype=np.float32 if is_narrow else np.float64)
    for table, one in zip(tables, shares, strict=True):
        for code, share in one.items():
            table[code] = int(share * below)
    found = [np.zeros((len(places) + 1,) * 2, dtype=np.int64) for places in sets]
    for start in range(0, size, AT_ONCE):
        some = slice(start, start + AT_ONCE)
        people = len(codes[0][some])
        answers = np.zeros((len(codes) + 1, -(-people // PIECE) * PIECE), dtype=tables.dtype)
        for row, table, own in zip(answers[:-1, :people], tables, codes, strict=True):
            np.take(table, own[some].astype(np.intp), out=row, mode="clip")
        is_member = np.ones(answers.shape[1], dtype=np.bool_)
        is_member[people:] = False
        if members is not None:
            is_member[:people] = members[some]
        for products, places in zip(found, sets, strict=True):
            inside = answers[[*places, -1]]
            products += _products(inside, (inside[:-1].sum(axis=0) < missing) & is_member)
    return [_covariances(products, below) for products in found]


def _products(answers: NDArray[Any], is_in: Flags) -> NDArray[np.int64]:
    answers[-1] = 1
    # Those who are not in add nothing. Twice the same array would be multiplied in another way, which takes longer.
    pieces = answers.reshape(len(answers), -1, PIECE).transpose(1, 2, 0)
    inside = (answers * is_in.astype(answers.dtype)).reshape(len(answers), -1, PIECE).transpose(1, 0, 2)
    found: NDArray[np.int64] = (inside @ pieces).astype(np.int64).sum(axis=0)
    return found


def _covariances(products: NDArray[np.int64], below: int) -> tuple[int, Matrix]:
    """From the products of items and, in the last row, of a one for everybody: how many they are, and the sums."""
    n, sums = int(products[-1, -1]), products[-1, :-1]
    if n < 2:
        return n, np.zeros((len(sums), len(sums)))
    return n, (n * products[:-1, :-1] - np.outer(sums, sums)) / (n * (n - 1) * below**2)

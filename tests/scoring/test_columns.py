import math

import numpy as np
import pytest

from selfassess.scoring.columns import AT_ONCE, Fold, Tally, column, counted, gathered, looked_up, tallied
from selfassess.scoring.reliability import reliability

FEW, MANY = 7, AT_ONCE + 5
"""Fewer people than there are ways of answering, and more than are gone through at a time."""


def drawn(size: int, seed: int) -> np.ndarray:
    """Shares with some missing, in thirds, so that sums are not exact."""
    return np.random.default_rng(seed).choice([0, 1 / 3, 2 / 3, 1, math.nan], size)


@pytest.mark.parametrize("size", [FEW, MANY])
def test_a_fold_comes_to_the_very_sums_that_each_person_would(size: int) -> None:
    parts = [drawn(size, seed) for seed in range(6)]
    fold, expected = Fold((0, 0), size), np.zeros(size)
    for part in parts:
        values, which = gathered(part)
        is_scored = ~np.isnan(values)
        fold.take_in((np.where(is_scored, values, 0), is_scored.astype(float)), which)
        expected += np.where(np.isnan(part), 0, part)
    totals, answered = (np.take(state, fold.which) for state in fold.states)
    np.testing.assert_array_equal(totals, expected)
    np.testing.assert_array_equal(answered, np.sum([~np.isnan(part) for part in parts], axis=0))


def test_a_fold_of_many_different_values_has_no_more_states_than_people() -> None:
    size = 20_000
    fold = Fold((0,), size)
    for seed in range(3):
        values, which = gathered(np.random.default_rng(seed).random(size))
        fold.take_in((values,), which)  # each with each would be 400 million pairs
    assert len(fold.states[0]) <= size


@pytest.mark.parametrize("size", [0, 1, FEW, MANY])
def test_a_column_says_what_everybody_has(size: int) -> None:
    shares = drawn(size, 9)
    values, which = gathered(shares)
    found = column(values, np.ones(len(values), dtype=np.bool_), which)
    np.testing.assert_array_equal(found.shares, shares)
    np.testing.assert_array_equal(found.is_scored, ~np.isnan(shares))
    assert found.was_asked.all()


def test_the_values_of_a_column_rise_and_come_once_and_who_has_none_comes_last() -> None:
    values = np.array([math.nan, 1.0, 0.5, math.nan, 0.5])
    found = column(values, np.array([False, True, True, True, True]), np.arange(5, dtype=np.uint8))
    np.testing.assert_array_equal(found.values, [0.5, 1, math.nan, math.nan])
    assert found.asked.tolist() == [True, True, False, True]
    assert found.which.tolist() == [2, 1, 0, 3, 0]


def test_people_are_counted_by_group() -> None:
    which, groups = np.array([0, 1, 1, 2], dtype=np.uint8), np.array([0, 0, 1, 1], dtype=np.uint16)
    assert counted(which, 3, groups, 2).tolist() == [[1, 1, 0], [0, 1, 1]]
    assert looked_up(np.array([True, False, True]), which).tolist() == [True, False, False, True]


def test_a_tally_is_that_of_those_who_have_a_score() -> None:
    found = tallied(np.array([0.5, math.nan, 0.0, 0.5]))
    assert (found.values.tolist(), found.counts.tolist(), found.n) == ([0, 0.5], [1, 2], 3)
    assert found.mean == pytest.approx(1 / 3)
    assert found.variance == pytest.approx(np.var([0.5, 0, 0.5], ddof=1))
    assert tallied(found) is found
    nobody, alone = tallied(np.array([math.nan])), Tally(np.array([0.3]), np.array([1]))
    assert (nobody.n, math.isnan(nobody.mean), math.isnan(nobody.variance), math.isnan(alone.variance)) == (
        0,
        *[True] * 3,
    )
    assert Tally(np.array([0.1]), np.array([3])).variance == 0


def test_items_hang_together_the_same_person_by_person_and_way_by_way() -> None:
    columns = {name: drawn(400, seed) for seed, name in enumerate("abc")}
    ways, counts = np.unique(np.stack(list(columns.values())), axis=1, return_counts=True)
    assert len(counts) < 400
    assert reliability(dict(zip(columns, ways, strict=True)), counts) == reliability(columns)

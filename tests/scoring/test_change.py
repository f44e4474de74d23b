"""What changed between two rounds: plain numbers, and the edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from selfassess.model.comparison import Change, Everybody, Matched, NotMatched
from selfassess.model.results import Range
from selfassess.scoring.change import (
    Errors,
    bare,
    error_of_measurement,
    everybody,
    headline,
    matched,
    not_matched,
    stands_beside_everybody,
)

NONE = float("nan")
THEN = [0.25, 0.5, 0.5, 0.75, 0.25, 0.5, 1.0, 0.0]
NOW = [0.5, 0.5, 0.75, 0.75, 0.75, 0.25, 1.0, 0.25]
SHARE = st.sampled_from([NONE, 0.0, 0.2, 0.25, 1 / 3, 0.5, 2 / 3, 0.75, 1.0])
PAIRS = st.lists(st.tuples(SHARE, SHARE), max_size=25)


def of_the_same(
    before: list[float],
    after: list[float],
    errors: Errors = (None, None),
) -> Matched:
    found = matched(np.array(before, float), np.array(after, float), errors)
    assert found is not None
    return found


def of_all(
    before: list[float],
    after: list[float],
    errors: Errors = (None, None),
) -> Everybody:
    found = everybody(np.array(before, float), np.array(after, float), errors)
    assert found is not None
    return found


# The same people


def test_each_person_is_compared_with_themselves() -> None:
    found = of_the_same(THEN, NOW)
    assert (found.n, found.mean, found.points) == (8, (46.875, 59.375), 12.5)
    assert (found.up, found.same, found.down) == (4, 3, 1)
    assert found.sd == pytest.approx(np.std(np.subtract(NOW, THEN) * 100, ddof=1), abs=1e-9)
    assert (found.few, found.alike) == (False, None)


def test_whoever_has_no_score_on_either_side_is_left_out() -> None:
    padded = of_the_same([*THEN, NONE, 0.5, NONE], [*NOW, 0.5, NONE, NONE])
    assert padded == of_the_same(THEN, NOW)


def test_where_nobody_has_both_there_is_nothing_to_tell() -> None:
    for before, after in (([NONE, 0.5], [0.5, NONE]), ([], []), ([NONE], [NONE])):
        assert matched(np.array(before), np.array(after)) is None


def test_unequal_columns_are_our_own_fault() -> None:
    with pytest.raises(ValueError, match="the same person"):
        matched(np.array([0.5]), np.array([0.5, 0.25]))


def test_one_person_has_a_change_and_nothing_around_it() -> None:
    found = of_the_same([0.25], [0.75])
    assert (found.n, found.points, found.up) == (1, 50, 1)
    assert (found.sd, found.interval, found.p, found.alike, found.few) == (None, None, None, None, True)


def test_five_are_few_and_six_are_not() -> None:
    assert of_the_same(THEN[:5], NOW[:5]).few
    assert not of_the_same(THEN[:6], NOW[:6]).few


def test_where_all_moved_alike_there_is_no_interval_of_no_width() -> None:
    # A third and a quarter of the way have no exact floats in common.
    found = of_the_same([0, 1 / 3, 2 / 3, 0.1, 0.2, 0.3], [1 / 3, 2 / 3, 1, 0.1 + 1 / 3, 0.2 + 1 / 3, 0.3 + 1 / 3])
    assert (found.alike, found.sd, found.interval, found.p) == ("all moved alike", 0, None, None)
    assert (found.up, found.points) == (6, 33.3333333333)
    assert found.p_by_ranks == 2 / 2**6


def test_where_nobody_moved_there_is_no_p_at_all() -> None:
    found = of_the_same([0.1 + 0.2, 0.5, 1], [0.3, 0.5, 1])
    assert (found.alike, found.same, found.points) == ("nobody moved", 3, 0)
    assert (found.sd, found.interval, found.p, found.p_by_ranks) == (0, None, None, None)


def test_who_had_the_highest_score_before_is_counted() -> None:
    assert of_the_same([1, 1, 0.5, NONE, 1], [0.5, 1, 1, 1, NONE]).at_top == 2


def test_the_interval_is_students_and_so_are_the_error_and_its_degrees_of_freedom() -> None:
    error = np.std(np.subtract(NOW, THEN) * 100, ddof=1) / math.sqrt(8)
    found = of_the_same(THEN, NOW)
    assert (found.error, found.df) == (pytest.approx(error), 7)
    reach = stats.t.ppf(0.975, 7) * error
    assert found.interval == Range(pytest.approx(12.5 - reach, abs=1e-9), pytest.approx(12.5 + reach, abs=1e-9))


def test_an_interval_ends_where_changes_end() -> None:
    assert of_the_same([0, 0, 0, 1], [1, 1, 1, 0]).interval == Range(-100, 100)
    assert of_all([0, 0, 0, 1], [1, 1, 1, 0]).interval == Range(pytest.approx(-36.6, abs=0.1), 100)


@given(PAIRS)
def test_whatever_the_answers_no_figure_is_nan_and_the_parts_add_up(pairs: list[tuple[float, float]]) -> None:
    before, after = (np.array([pair[side] for pair in pairs], float) for side in (0, 1))
    found = matched(before, after, (8, 7))
    both = [pair for pair in pairs if not any(map(math.isnan, pair))]
    if found is None:
        assert not both
        return
    assert found.n == len(both) == found.up + found.same + found.down
    assert found.points == pytest.approx(found.mean[1] - found.mean[0], abs=1e-9)
    numbers = [found.points, found.sd, found.p, found.p_by_ranks, found.noise, found.error, found.df]
    numbers += [found.interval.low, found.interval.high] if found.interval else []
    assert not any(math.isnan(number) for number in numbers if number is not None)
    if found.interval:
        assert -100 <= found.interval.low <= found.points <= found.interval.high <= 100
    assert (found.p is None) is (found.n < 2 or found.alike is not None)


@given(PAIRS)
def test_then_and_now_turned_round_is_the_same_change_the_other_way(pairs: list[tuple[float, float]]) -> None:
    before, after = (np.array([pair[side] for pair in pairs], float) for side in (0, 1))
    there, back = matched(before, after), matched(after, before)
    if there is None or back is None:
        assert there is back
        return
    assert (there.up, there.same, there.down) == (back.down, back.same, back.up)
    assert (there.points, there.sd, there.p_by_ranks) == (-back.points, back.sd, back.p_by_ranks)
    assert there.p == back.p


def test_the_order_of_people_leaves_no_trace() -> None:
    dice = np.random.default_rng(3)
    before, after, order = dice.random(40), dice.random(40), dice.permutation(40)
    there = of_the_same(before.tolist(), after.tolist(), (8, 9))
    assert there == of_the_same(before[order].tolist(), after[order].tolist(), (8, 9))


def test_many_people_need_no_ranks() -> None:
    dice = np.random.default_rng(3)
    before, after = dice.integers(0, 101, 500_000) / 100, dice.integers(0, 101, 500_000) / 100
    found = of_the_same(before.tolist(), after.tolist())
    assert found.p is not None
    assert found.p_by_ranks is None


# Everybody


def test_everybody_then_and_now_is_welchs_test() -> None:
    before, after = [0.25, 0.5, 0.5, 0.75, NONE, 0.25], [0.5, 0.75, 1, 0.5, 0.75, 0.75, 1]
    theirs = stats.ttest_ind(np.multiply(after, 100), np.multiply(before[:4] + before[5:], 100), equal_var=False)
    found = of_all(before, after)
    assert ((found.n, found.mean), found.points) == (((5, 7), (45, 75)), 30)
    assert found.interval is not None
    assert found.interval.high == pytest.approx(theirs.confidence_interval().high, abs=1e-9)
    assert (found.p, found.df) == (pytest.approx(theirs.pvalue, rel=1e-8), pytest.approx(theirs.df))
    assert found.error == pytest.approx(30 / theirs.statistic)


def test_a_fall_is_below_zero() -> None:
    found = of_all(NOW, THEN)
    assert found.points == -12.5
    assert found.interval is not None
    assert found.interval.low < -12.5 < found.interval.high


def test_a_round_without_any_score_has_no_change() -> None:
    assert everybody(np.array([NONE, NONE]), np.array([0.5])) is None
    assert everybody(np.array([0.5]), np.array([])) is None


def test_three_then_and_three_now_are_few() -> None:
    found = of_all([0, 0.25, 0], [1, 1, 0.75])
    assert (found.few, found.interval, found.p) == (True, None, None)


def test_two_rounds_each_of_one_mind_get_no_p() -> None:
    found = of_all([0.5] * 12, [0.75] * 11)
    assert (found.one_mind, found.points, found.interval, found.p) == (True, 25, None, None)


@given(st.lists(SHARE, max_size=12), st.lists(SHARE, max_size=12))
def test_whatever_everybody_answers_no_figure_is_nan(before: list[float], after: list[float]) -> None:
    found = everybody(np.array(before, float), np.array(after, float), (5, 0))
    if found is None:
        return
    assert found.p is None or 0 <= found.p <= 1
    assert found.noise is None or found.noise >= 0
    if found.interval:
        assert -100 <= found.interval.low <= found.points <= found.interval.high <= 100


# Of few


def test_of_few_no_more_is_told_than_how_many_their_means_and_the_change() -> None:
    kept = {
        Matched: {"n", "mean", "points", "few", "noise"},
        Everybody: {"n", "mean", "points", "few", "noise"},
    }
    changes: list[Change] = [of_the_same(THEN, NOW, (8, 8)), of_all(THEN, NOW, (8, 8))]
    changes += [of_the_same(THEN, THEN), of_all([0.5] * 8, [0.75] * 9)]
    for change in changes:
        left = bare(change)
        for name in change.__slots__:
            same = getattr(left, name) == getattr(change, name)
            assert same if name in kept[type(change)] else not getattr(left, name), name


# Errors of measurement


def test_the_error_of_measurement_is_what_alpha_leaves_of_the_spread() -> None:
    assert error_of_measurement(20, 0.75) == 10
    assert error_of_measurement(20, 1) == 0
    assert error_of_measurement(20, -0.5) == error_of_measurement(20, 0) == 20, "an error is no more than all of it"


def test_errors_of_measurement_make_so_much_of_a_difference_of_means() -> None:
    expected = 1.959963984540054 * math.sqrt(10**2 / 8 + 6**2 / 8)
    for found in (of_the_same(THEN, NOW, (10, 6)), of_all(THEN, NOW, (10, 6))):
        assert found.noise == pytest.approx(expected, abs=1e-9)


def test_among_half_as_many_they_are_larger() -> None:
    few, many = of_all(THEN, NOW, (8, 8)).noise, of_all(THEN * 4, NOW * 4, (8, 8)).noise
    assert few is not None
    assert many is not None
    assert few == pytest.approx(2 * many)


def test_where_they_are_not_known_of_both_rounds_nobody_knows_them() -> None:
    for errors in ((None, None), (8, None), (None, 8)):
        assert of_the_same(THEN, NOW, errors).noise is None


# Which view is told


def test_those_not_matched_are_counted_and_not_told_apart() -> None:
    assert not_matched(8, 12, 9) == NotMatched(before=4, after=1)
    assert not_matched(0, 12, 9) == NotMatched(before=12, after=9)
    for impossible in (10, -1):
        with pytest.raises(ValueError, match="more are matched"):
            not_matched(impossible, 12, 9)


@pytest.mark.parametrize(
    ("both", "before", "after", "view"),
    [
        (6, 20, 12, "matched"),
        (5, 20, 12, "everybody"),
        (6, 12, 20, "matched"),
        (5, 9, 9, "matched"),
        (4, 9, 9, "everybody"),
        (0, 9, 9, "everybody"),
        (0, 0, 9, "everybody"),
    ],
)
def test_the_matched_speak_where_they_are_half_of_the_smaller_round(
    both: int, before: int, after: int, view: str
) -> None:
    assert headline(both, before, after) == view


@pytest.mark.parametrize(
    ("both", "before", "after", "beside"),
    [
        (8, 8, 8, True),
        (8, 13, 8, True),
        (8, 13, 14, True),
        (5, 20, 20, True),
        (4, 20, 20, False),
        (0, 20, 20, False),
        (4, 4, 20, False),
        (0, 4, 4, False),
        (8, 9, 8, False),
        (8, 8, 12, False),
        (8, 20, 9, False),
    ],
)
def test_the_matched_stand_beside_everybody_where_the_rest_is_nobody_or_enough(
    both: int, before: int, after: int, beside: bool
) -> None:
    assert stands_beside_everybody(both, before, after, 5) == beside


def test_the_holder_of_the_rows_sees_both() -> None:
    assert stands_beside_everybody(1, 2, 3, 1)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(3, 8))
def test_no_rest_that_is_too_small_is_left(both: int, then: int, now: int, least: int) -> None:
    told = stands_beside_everybody(both, both + then, both + now, least)
    assert told == (both >= least and all(rest == 0 or rest >= least for rest in (then, now)))


def test_whether_all_moved_alike_goes_by_their_own_scores_and_not_by_the_means_of_answers() -> None:
    """Some left open other questions the second time: the mean of all answers moved, and nobody did."""
    stayed = matched(np.full(12, 0.5), np.full(12, 0.5), means=(0.52, 0.55))
    moved = matched(np.full(12, 0.5), np.full(12, 0.6), means=(0.55, 0.55))
    assert stayed is not None
    assert moved is not None
    assert (stayed.alike, stayed.points) == ("nobody moved", 3)
    assert (moved.alike, moved.points) == ("all moved alike", 0)

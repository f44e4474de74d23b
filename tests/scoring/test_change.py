"""What changed between two rounds: plain numbers, and the edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from selfassess.model.change import Change, Everybody, Matched, NotMatched
from selfassess.model.summary import Range
from selfassess.scoring.change import bare, everybody, headline, matched, not_matched, stands_beside_everybody

NONE = float("nan")
THEN = [0.25, 0.5, 0.5, 0.75, 0.25, 0.5, 1.0, 0.0]
NOW = [0.5, 0.5, 0.75, 0.75, 0.75, 0.25, 1.0, 0.25]
SHARE = st.sampled_from([NONE, 0.0, 0.2, 0.25, 1 / 3, 0.5, 2 / 3, 0.75, 1.0])
PAIRS = st.lists(st.tuples(SHARE, SHARE), max_size=25)
NUMBER = st.none() | st.integers(0, 30)


def of_the_same(
    before: list[float],
    after: list[float],
    invited: tuple[int | None, int | None] = (None, None),
    alphas: tuple[float | None, float | None] = (None, None),
) -> Matched:
    found = matched(np.array(before, float), np.array(after, float), invited, alphas)
    assert found is not None
    return found


def of_all(
    before: list[float],
    after: list[float],
    invited: tuple[int | None, int | None] = (None, None),
    alphas: tuple[float | None, float | None] = (None, None),
) -> Everybody:
    found = everybody(np.array(before, float), np.array(after, float), invited, alphas)
    assert found is not None
    return found


# The same people


def test_each_person_is_compared_with_themselves() -> None:
    found = of_the_same(THEN, NOW)
    assert (found.n, found.mean, found.points) == (8, (46.875, 59.375), 12.5)
    assert (found.up, found.same, found.down) == (4, 3, 1)
    assert found.sd == pytest.approx(np.std(np.subtract(NOW, THEN) * 100, ddof=1), abs=1e-9)
    assert (found.complete, found.few, found.alike) == (False, False, None)


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


def test_the_smaller_number_invited_is_taken_for_those_who_were_invited_both_times() -> None:
    reach = stats.t.ppf(0.975, 7) * np.std(np.subtract(NOW, THEN) * 100, ddof=1) / math.sqrt(8)
    for invited, unseen in (((None, None), 1), ((12, 10), 0.2), ((10, 12), 0.2), ((None, 16), 0.5), ((16, None), 0.5)):
        interval = of_the_same(THEN, NOW, invited).interval
        assert interval is not None
        assert interval.high == pytest.approx(12.5 + reach * math.sqrt(unseen), abs=1e-9)
        assert interval.low == pytest.approx(12.5 - reach * math.sqrt(unseen), abs=1e-9)


def test_where_as_many_are_matched_as_were_invited_the_change_is_a_fact() -> None:
    found = of_the_same(THEN, NOW, (12, 8))
    assert (found.complete, found.interval, found.p) == (True, Range(12.5, 12.5), None)
    assert found.sd is not None, "how differently they moved is still of interest"


def test_one_of_them_without_a_score_and_it_is_no_longer_complete() -> None:
    assert not of_the_same([*THEN, NONE], [*NOW, 1], (9, 9)).complete


def test_more_matched_than_invited_counts_as_an_unknown_number() -> None:
    assert of_the_same(THEN, NOW, (7, 20)) == of_the_same(THEN, NOW)


def test_an_interval_ends_where_changes_end() -> None:
    assert of_the_same([0, 0, 0, 1], [1, 1, 1, 0]).interval == Range(-100, 100)
    assert of_all([0, 0, 0, 1], [1, 1, 1, 0]).interval == Range(pytest.approx(-36.6, abs=0.1), 100)


@given(PAIRS, NUMBER, NUMBER)
def test_whatever_the_answers_no_figure_is_nan_and_the_parts_add_up(
    pairs: list[tuple[float, float]], then: int | None, now: int | None
) -> None:
    before, after = (np.array([pair[side] for pair in pairs], float) for side in (0, 1))
    found = matched(before, after, (then, now), (0.8, 0.7))
    both = [pair for pair in pairs if not any(map(math.isnan, pair))]
    if found is None:
        assert not both
        return
    assert found.n == len(both) == found.up + found.same + found.down
    assert found.points == pytest.approx(found.mean[1] - found.mean[0], abs=1e-9)
    numbers = [found.points, found.sd, found.p, found.p_by_ranks, found.noise]
    numbers += [found.interval.low, found.interval.high] if found.interval else []
    assert not any(math.isnan(number) for number in numbers if number is not None)
    if found.interval:
        assert -100 <= found.interval.low <= found.points <= found.interval.high <= 100
    assert (found.p is None) is (found.n < 2 or found.complete or found.alike is not None)


@given(PAIRS, NUMBER)
def test_then_and_now_turned_round_is_the_same_change_the_other_way(
    pairs: list[tuple[float, float]], invited: int | None
) -> None:
    before, after = (np.array([pair[side] for pair in pairs], float) for side in (0, 1))
    there, back = matched(before, after, (invited, 30)), matched(after, before, (30, invited))
    if there is None or back is None:
        assert there is back
        return
    assert (there.up, there.same, there.down) == (back.down, back.same, back.up)
    assert (there.points, there.sd, there.p_by_ranks) == (-back.points, back.sd, back.p_by_ranks)
    assert there.p == back.p


def test_the_order_of_people_leaves_no_trace() -> None:
    dice = np.random.default_rng(3)
    before, after, order = dice.random(40), dice.random(40), dice.permutation(40)
    there = of_the_same(before.tolist(), after.tolist(), (60, 50), (0.8, 0.9))
    assert there == of_the_same(before[order].tolist(), after[order].tolist(), (60, 50), (0.8, 0.9))


def test_many_people_need_no_ranks() -> None:
    dice = np.random.default_rng(3)
    before, after = dice.integers(0, 101, 500_000) / 100, dice.integers(0, 101, 500_000) / 100
    found = of_the_same(before.tolist(), after.tolist())
    assert found.p is not None
    assert found.p_by_ranks is None


# Everybody


def test_everybody_then_and_now_is_welchs_interval_of_groups_of_a_known_size() -> None:
    before, after = [0.25, 0.5, 0.5, 0.75, NONE, 0.25], [0.5, 0.75, 1, 0.5, 0.75, 0.75, 1]
    vb = (1 - 5 / 9) * np.var(np.multiply(before[:4] + before[5:], 100), ddof=1) / 5
    va = (1 - 7 / 8) * np.var(np.multiply(after, 100), ddof=1) / 7
    df = (va + vb) ** 2 / (va**2 / 6 + vb**2 / 4)
    found = of_all(before, after, (9, 8))
    assert (found.n, found.mean) == ((5, 7), (45, 75))
    assert found.points == 30
    assert found.interval is not None
    assert found.interval.high == pytest.approx(30 + stats.t.ppf(0.975, df) * math.sqrt(va + vb), abs=1e-9)
    assert found.p == pytest.approx(2 * stats.t.sf(30 / math.sqrt(va + vb), df), rel=1e-8)


def test_a_fall_is_below_zero() -> None:
    found = of_all(NOW, THEN)
    assert found.points == -12.5
    assert found.interval is not None
    assert found.interval.low < -12.5 < found.interval.high


def test_a_round_without_any_score_has_no_change() -> None:
    assert everybody(np.array([NONE, NONE]), np.array([0.5])) is None
    assert everybody(np.array([0.5]), np.array([])) is None


def test_a_full_count_both_times_is_a_fact() -> None:
    found = of_all(THEN, NOW[:6], (8, 6))
    assert (found.complete, found.p) == (True, None)
    assert found.interval == Range(found.points, found.points)


def test_a_full_count_once_is_not() -> None:
    found = of_all(THEN, NOW, (8, 12))
    assert not found.complete
    assert found.p is not None


def test_three_then_and_three_now_are_few() -> None:
    found = of_all([0, 0.25, 0], [1, 1, 0.75])
    assert (found.few, found.interval, found.p) == (True, None, None)


def test_two_rounds_each_of_one_mind_get_no_p() -> None:
    found = of_all([0.5] * 12, [0.75] * 11, (20, 20))
    assert (found.one_mind, found.points, found.interval, found.p) == (True, 25, None, None)


@given(st.lists(SHARE, max_size=12), st.lists(SHARE, max_size=12), NUMBER, NUMBER)
def test_whatever_everybody_answers_no_figure_is_nan(
    before: list[float], after: list[float], then: int | None, now: int | None
) -> None:
    found = everybody(np.array(before, float), np.array(after, float), (then, now), (0.5, -0.5))
    if found is None:
        return
    assert found.p is None or 0 <= found.p <= 1
    assert found.noise is None or found.noise >= 0
    if found.interval:
        assert -100 <= found.interval.low <= found.points <= found.interval.high <= 100


# Of few


@pytest.mark.parametrize("invited", [(None, None), (8, 8)])
def test_of_few_no_more_is_told_than_how_many_their_means_and_the_change(
    invited: tuple[int | None, int | None],
) -> None:
    kept = {
        Matched: {"n", "mean", "points", "complete", "few"},
        Everybody: {"n", "mean", "points", "complete", "few", "one_mind"},
    }
    changes: list[Change] = [of_the_same(THEN, NOW, invited, (0.8, 0.8)), of_all(THEN, NOW, invited, (0.8, 0.8))]
    changes += [of_the_same(THEN, THEN), of_all([0.5] * 8, [0.75] * 9)]
    for change in changes:
        left = bare(change)
        for name in change.__slots__:
            same = getattr(left, name) == getattr(change, name)
            assert same if name in kept[type(change)] - {"one_mind"} else not getattr(left, name), name


# Errors of measurement


def test_errors_of_measurement_are_what_alpha_leaves_of_the_spread() -> None:
    errors = 0.2 * np.var(np.multiply(THEN, 100), ddof=1) / 8 + 0.4 * np.var(np.multiply(NOW, 100), ddof=1) / 8
    for found in (of_the_same(THEN, NOW, alphas=(0.8, 0.6)), of_all(THEN, NOW, alphas=(0.8, 0.6))):
        assert found.noise == pytest.approx(1.959963984540054 * math.sqrt(errors), abs=1e-9)


def test_among_half_as_many_they_are_larger() -> None:
    few, many = of_all(THEN, NOW, alphas=(0.8, 0.8)).noise, of_all(THEN * 4, NOW * 4, alphas=(0.8, 0.8)).noise
    assert few is not None
    assert many is not None
    assert few > 1.9 * many


def test_without_both_alphas_nobody_knows_them() -> None:
    for alphas in ((None, None), (0.8, None), (None, 0.8)):
        assert of_the_same(THEN, NOW, alphas=alphas).noise is None
    assert of_the_same([0.5], [1], alphas=(0.8, 0.8)).noise is None


def test_an_alpha_below_zero_makes_no_more_than_all_of_the_spread_an_error() -> None:
    assert of_all(THEN, NOW, alphas=(-0.5, -2)).noise == of_all(THEN, NOW, alphas=(0, 0)).noise
    assert of_all(THEN, NOW, alphas=(1, 1)).noise == 0


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

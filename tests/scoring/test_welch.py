"""Two means by what is known of them: plain numbers, and the slow way."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from selfassess.model.results import CLOSE, WIDE, Spread
from selfassess.scoring.intervals import Known, critical, largest_p

N = st.integers(4, 30)
WORDS: tuple[Spread, ...] = ("close", "mixed", "wide")
WORD = st.sampled_from(WORDS)


def welch_p(difference: float, n: tuple[int, int], variances: tuple[float, float]) -> float:
    """By scipy, from moments alone."""
    sds = [math.sqrt(one) for one in variances]
    return float(stats.ttest_ind_from_stats(difference, sds[0], n[0], 0, sds[1], n[1], equal_var=False).pvalue)


@given(N, N, st.floats(0.5, 80), st.floats(1, 900), st.floats(1, 900))
def test_where_both_spreads_are_known_the_p_is_that_of_scipy(n: int, m: int, apart: float, v: float, w: float) -> None:
    a, b = Known(n, apart, (v,)), Known(m, 0, (w,))
    assert largest_p(a, b) == pytest.approx(welch_p(apart, (n, m), (v, w)), rel=1e-7, abs=1e-300)


@given(N, N, st.floats(0.5, 80), WORD, WORD | st.floats(1, 900))
def test_no_spread_that_a_word_may_stand_for_has_a_larger_p(
    n: int, m: int, apart: float, one: Spread, other: Spread | float
) -> None:
    a = Known.in_a_word(n, 10 + apart, one)
    b = Known(m, 10, (other,)) if isinstance(other, float) else Known.in_a_word(m, 10, other)
    v, w = np.meshgrid(*(np.linspace(max(side.variances[0], 1e-6), side.variances[-1], 9) for side in (a, b)))
    error = v / n + w / m
    df = error**2 / ((v / n) ** 2 / (n - 1) + (w / m) ** 2 / (m - 1))
    largest = largest_p(a, b)
    assert largest is not None
    assert (2 * stats.t.sf(apart / np.sqrt(error), df)).max() <= largest + 1e-9


def test_a_word_stands_for_all_spreads_it_may_mean_and_wide_for_all_at_either_end() -> None:
    assert Known.in_a_word(9, 40, "close").variances == (0, CLOSE**2)
    assert Known.in_a_word(9, 40, "mixed").variances == (CLOSE**2, WIDE**2)
    low, high = Known.in_a_word(10, 40, "wide").variances
    assert low == WIDE**2
    assert high == pytest.approx(np.var([0] * 6 + [100] * 4, ddof=1))


@given(N, N, st.floats(1, 900), st.floats(1, 900), st.floats(0.0005, 0.2))
def test_a_difference_as_large_as_is_critical_has_just_that_p(n: int, m: int, v: float, w: float, level: float) -> None:
    points = critical(Known(n, 50, (v,)), Known(m, 40, (w,)), level)
    assert points is not None
    assert welch_p(points, (n, m), (v, w)) == pytest.approx(level, rel=1e-6)


def test_of_too_few_there_is_no_p_and_nothing_critical() -> None:
    for n, m in ((3, 3), (1, 50), (2, 7)):
        assert largest_p(Known(n, 90, (100.0,)), Known(m, 10, (100.0,))) is None
        assert critical(Known(n, 90, (100.0,)), Known(m, 10, (100.0,)), 0.05) is None
    assert largest_p(Known(9, 90, (0.0,)), Known(9, 10, (0.0,))) is None, "nobody varies"

"""The quantiles that are reckoned here are scipy's."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc, fdtri, stdtr, stdtrit

from selfassess.scoring.distributions import beta_probability, f_quantile, t_quantile, t_tails

DEGREES = st.one_of(st.integers(1, 60), st.floats(1, 2_000))
MANY = st.integers(2_000, 1_000_000)
SHARES = st.floats(0.001, 0.999)


@given(SHARES, DEGREES)
def test_students_t(p: float, df: float) -> None:
    assert t_quantile(p, df) == pytest.approx(stdtrit(df, p), rel=1e-9, abs=1e-9)


@given(st.floats(-40, 40), DEGREES)
def test_both_tails_of_students_t(t: float, df: float) -> None:
    assert t_tails(t, df) == pytest.approx(2 * stdtr(df, -abs(t)), rel=1e-8, abs=1e-300)


@given(SHARES, DEGREES, DEGREES)
def test_f(p: float, above: float, below: float) -> None:
    assert f_quantile(p, above, below) == pytest.approx(fdtri(above, below, p), rel=1e-9)


@given(SHARES, DEGREES, MANY, MANY)
def test_with_many_degrees_of_freedom_they_have_seven_digits(p: float, few: float, many: int, others: int) -> None:
    assert t_quantile(p, many) == pytest.approx(stdtrit(many, p), rel=1e-7, abs=1e-9)
    assert t_tails(3 * p, many) == pytest.approx(2 * stdtr(many, -3 * p), rel=1e-7)
    for above, below in ((few, many), (many, few), (many, others)):
        assert f_quantile(p, above, below) == pytest.approx(fdtri(above, below, p), rel=1e-7)


@given(st.floats(0, 1), st.floats(0.5, 1000), st.floats(0.5, 1000))
def test_the_beta_distribution(x: float, a: float, b: float) -> None:
    assert beta_probability(x, a, b) == pytest.approx(betainc(a, b, x), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("df", "expected"), [(1, 12.706204736), (2, 4.30265273), (9, 2.262157163), (11, 2.20098516), (33, 2.034515297)]
)
def test_the_values_that_stand_in_tables(df: int, expected: float) -> None:
    assert t_quantile(0.975, df) == pytest.approx(expected, rel=1e-9)
    assert t_quantile(0.025, df) == -t_quantile(0.975, df)


def test_the_middle_is_nought() -> None:
    assert t_quantile(0.5, 7) == 0
    assert math.isclose(f_quantile(0.5, 9, 9), 1, rel_tol=1e-12)

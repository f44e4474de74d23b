"""Whether items hang together: plain numbers and the edges. The figures of R are in tests/reference/."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from selfassess.scoring.reliability import feldt, from_deviations, omega_total, one_factor, reliability

NONE = float("nan")
Columns = dict[str, NDArray[np.float64]]


def alike(n: int, items: int, seed: int = 1) -> Columns:
    """Items on five points that have something in common."""
    dice = np.random.default_rng(seed)
    common = dice.normal(size=n)
    return {f"i{place}": np.clip(np.round(2 + common + 0.8 * dice.normal(size=n)), 0, 4) / 4 for place in range(items)}


def test_alpha_is_worked_out_as_by_hand() -> None:
    # Variances 1/4 each and covariance 1/8, but for n - 1: k/(k - 1) · (1 - (1/4 + 1/4)/(3/4)).
    a, b = np.array([0, 0, 0, 1, 1, 1, 0, 1] * 3), np.array([0, 0, 0, 1, 1, 1, 1, 0] * 3)
    found = reliability({"a": a, "b": b})
    assert found is not None
    assert found.alpha == pytest.approx(2 * (1 - 0.5 / 0.75), abs=1e-9)
    assert found.item_rest == {"a": pytest.approx(0.5, abs=1e-9), "b": pytest.approx(0.5, abs=1e-9)}
    assert found.without == {"a": None, "b": None}, "one item has no alpha"


def test_feldts_interval_of_twelve_people_and_six_items_is_wide() -> None:
    assert feldt(0.8, 12, 6) == (pytest.approx(0.55, abs=0.005), pytest.approx(0.93, abs=0.005))


def test_only_people_who_answered_everything_count() -> None:
    columns = alike(40, 4)
    holes = {id: column.copy() for id, column in columns.items()}
    holes["i1"][30:35] = NONE
    holes["i2"][34:40] = NONE
    found = reliability(holes)
    assert found is not None
    assert found.n == 30
    assert found == reliability({id: column[:30] for id, column in columns.items()})


def test_below_twenty_complete_there_is_none() -> None:
    columns = alike(20, 4)
    assert reliability(columns) is not None
    columns["i0"][3] = NONE
    assert reliability(columns) is None


def test_below_two_items_there_is_none() -> None:
    assert reliability({}) is None
    assert reliability(alike(30, 1)) is None


def test_an_item_that_nobody_answered_leaves_nobody() -> None:
    assert reliability(alike(30, 3) | {"none": np.full(30, NONE)}) is None


def test_where_everyone_answered_the_same_it_says_so() -> None:
    found = reliability({"a": np.full(25, 0.2), "b": np.full(25, 0.7), "c": np.full(25, 0.7)})
    assert found is not None
    assert (found.n, found.alpha, found.low, found.high, found.omega) == (25, None, None, None, None)
    assert found.why_none == "everyone answered the same"
    assert set(found.item_rest.values()) == set(found.without.values()) == {None}


def test_items_that_cancel_out_have_no_alpha_either() -> None:
    a = np.array([0.0, 0.25, 0.5, 0.75, 1.0] * 5)
    found = reliability({"a": a, "b": 1 - a})
    assert found is not None
    assert (found.alpha, found.why_none) == (None, "everyone has the same total")


def test_an_item_that_does_not_vary_has_no_correlation_but_counts() -> None:
    found = reliability(alike(60, 3) | {"same": np.full(60, 0.2)})
    assert found is not None
    assert found.alpha is not None
    assert found.item_rest["same"] is None
    assert found.omega is None


def test_a_negative_alpha_stays_as_it_is() -> None:
    columns = alike(40, 2)
    columns["i1"] = 1 - columns["i1"]
    found = reliability(columns)
    assert found is not None
    assert found.alpha is not None
    assert found.alpha < 0


def test_omega_comes_from_fifty_people_on_and_three_items() -> None:
    short, long, two = reliability(alike(49, 4)), reliability(alike(50, 4)), reliability(alike(50, 2))
    assert short is not None
    assert long is not None
    assert two is not None
    assert (short.omega, two.omega) == (None, None)
    assert long.omega is not None
    assert long.alpha is not None
    assert long.omega >= long.alpha


def test_omega_of_a_model_that_holds_is_that_of_the_model() -> None:
    loadings, unique = np.array([0.9, 0.7, 0.5, 0.8]), np.array([0.4, 0.6, 0.3, 0.5])
    expected = loadings.sum() ** 2 / (loadings.sum() ** 2 + unique.sum())
    assert omega_total(np.outer(loadings, loadings) + np.diag(unique)) == pytest.approx(expected, abs=1e-9)


def test_omega_is_alpha_where_all_items_are_worth_the_same() -> None:
    covariances = np.full((5, 5), 0.3) + np.diag(np.full(5, 0.7))
    assert omega_total(covariances) == pytest.approx(5 / 4 * (1 - 5 / covariances.sum()), abs=1e-9)


def test_there_is_no_omega_where_one_item_takes_the_whole_factor() -> None:
    # Three items settle the model exactly: .9 · .9/.2 is a loading above 1.
    assert omega_total(np.array([[1, 0.9, 0.9], [0.9, 1, 0.2], [0.9, 0.2, 1]])) is None
    heywood = np.array([[1, 0.8, 0.8], [0.8, 1, 0.55], [0.8, 0.55, 1]])
    assert omega_total(heywood) is None


def test_there_is_no_omega_where_the_same_item_comes_twice() -> None:
    twice = alike(60, 3)
    found = reliability(twice | {"again": twice["i0"]})
    assert found is not None
    assert found.omega is None


def test_the_unique_variances_of_three_items_are_exact() -> None:
    loadings = np.array([0.9, 0.6, 0.4])
    found = one_factor(np.outer(loadings, loadings) + np.diag(1 - loadings**2))
    assert found == pytest.approx(1 - loadings**2, abs=1e-9)


@given(st.integers(0, 10_000), st.integers(2, 6))
def test_the_order_of_people_and_items_leaves_no_trace(seed: int, items: int) -> None:
    columns = alike(60, items, seed)
    order = np.random.default_rng(seed).permutation(60)
    turned = {id: columns[id][order] for id in reversed(columns)}
    ours, theirs = reliability(columns), reliability(turned)
    assert ours is not None
    assert theirs is not None
    assert ours.alpha == pytest.approx(theirs.alpha, abs=1e-9)
    assert ours.omega == pytest.approx(theirs.omega, abs=1e-8)
    assert dict(ours.item_rest) == pytest.approx(dict(theirs.item_rest), abs=1e-9)
    if ours.alpha is not None:
        assert ours.low is not None
        assert ours.high is not None
        assert ours.low < ours.alpha < ours.high


def test_from_standard_deviations_alpha_is_the_same_where_everybody_answered_everything() -> None:
    shares = alike(40, 4)
    whole = reliability(shares)
    assert whole is not None
    items = [100 * float(np.std(one, ddof=1)) for one in shares.values()]
    mean = 100 * float(np.std(np.mean([*shares.values()], axis=0), ddof=1))
    found = from_deviations(40, mean, items)
    assert found is not None
    assert (found.n, found.item_rest) == (40, {})
    assert [found.alpha, found.low, found.high] == pytest.approx([whole.alpha, whole.low, whole.high])
    assert from_deviations(19, mean, items) is None, "too few to say anything"
    assert from_deviations(40, 0.0, [0.0, 0.0]) is None, "nobody differs"
    assert from_deviations(40, 10.0, [12.0, 12.0]) is not None
    assert from_deviations(40, 30.0, [20.0, 10.0]) is None, "an alpha above 1"

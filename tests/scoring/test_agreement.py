"""How alike people see something: plain numbers, the edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.scoring.agreement import (
    consensus,
    item_agreement,
    node_agreement,
    of_rwg_star,
    rwg_star,
    uniform_variance,
)

FIVE = (0.0, 0.25, 0.5, 0.75, 1.0)
NONE = float("nan")


# Consensus on one item


def test_all_of_one_mind_is_1_wherever_on_the_scale() -> None:
    for place in range(5):
        assert consensus(FIVE, [7 if point == place else 0 for point in range(5)]) == 1


def test_half_at_each_end_is_0() -> None:
    assert consensus(FIVE, [4, 0, 0, 0, 4]) == 0


def test_consensus_is_worked_out_as_by_hand() -> None:
    # Three at 4 and one at 2 of 1 to 5: mean 3.5, so 1 + 3/4 · log2(1 - 1/8) + 1/4 · log2(1 - 3/8).
    expected = 1 + 0.75 * math.log2(7 / 8) + 0.25 * math.log2(5 / 8)
    assert consensus(FIVE, [0, 1, 0, 3, 0]) == pytest.approx(expected, abs=1e-9)


def test_the_declared_ends_count_and_not_those_that_were_chosen() -> None:
    assert consensus(FIVE, [0, 4, 0, 4, 0]) == pytest.approx(1 + math.log2(3 / 4), abs=1e-9)


@pytest.mark.parametrize("counts", [[0, 0, 0, 0, 0], [0, 0, 1, 0, 0]])
def test_below_two_answers_there_is_no_consensus(counts: list[int]) -> None:
    assert consensus(FIVE, counts) is None
    assert item_agreement(FIVE, counts) is None


@given(st.lists(st.integers(min_value=0, max_value=30), min_size=5, max_size=5).filter(lambda counts: sum(counts) > 1))
def test_consensus_is_the_same_from_either_end_and_between_0_and_1(counts: list[int]) -> None:
    found = consensus(FIVE, counts)
    assert found is not None
    assert 0 <= found <= 1
    assert consensus(FIVE, counts[::-1]) == pytest.approx(found, abs=1e-9)


# r*wg of several items


def test_the_uniform_variance_of_equally_spaced_points_is_that_of_the_formula() -> None:
    for count in range(2, 12):
        points = tuple(step / (count - 1) for step in range(count))
        assert uniform_variance(points) * (count - 1) ** 2 == pytest.approx((count**2 - 1) / 12, abs=1e-9)


def test_rwg_star_is_worked_out_as_by_hand() -> None:
    # Of 1 to 5: (3, 4, 4, 5) has variance 2/3, (1, 5, 5) has 16/3; the uniform one is 2.
    columns = [np.array([0.5, 0.75, 0.75, 1]), np.array([0, NONE, 1, 1])]
    assert rwg_star(columns, [1 / 8, 1 / 8]) == pytest.approx(1 - (1 / 3 + 8 / 3) / 2, abs=1e-9)


def test_all_of_one_mind_is_1_and_chance_is_0_and_two_camps_are_below() -> None:
    assert rwg_star([np.array([0.5, 0.5, 0.5])], [1 / 8]) == 1
    assert rwg_star([np.array([0.0, 0.0, 1.0, 1.0])], [1 / 8]) == pytest.approx(1 - 8 / 3, abs=1e-9)


def test_items_of_different_scales_have_each_their_own_uniform_variance() -> None:
    columns = [np.array([0, 0, 1, 1]), np.array([0.25, 0.5, 0.5, 0.75])]
    expected = 1 - ((1 / 3) / (1 / 4) + (1 / 24) / (1 / 8)) / 2
    assert rwg_star(columns, [uniform_variance((0, 1)), uniform_variance(FIVE)]) == pytest.approx(expected, abs=1e-9)


def test_items_that_fewer_than_two_answered_are_left_out() -> None:
    alone, both = np.array([0.25, NONE, NONE]), np.array([0.5, 0.5, NONE])
    assert rwg_star([alone, both], [1 / 8, 1 / 8]) == 1
    assert rwg_star([alone, np.full(3, NONE)], [1 / 8, 1 / 8]) is None
    assert node_agreement([alone], [FIVE]) is None
    assert rwg_star([], []) is None


def test_the_figures_of_a_node_stand_beside_those_of_chance() -> None:
    columns = [np.array([0.5, 0.75, 0.75, 1]), np.array([0, NONE, 1, 1])]
    found = node_agreement(columns, [FIVE, FIVE])
    assert found is not None
    assert found.index == rwg_star(columns, [1 / 8, 1 / 8])
    assert (found.chance, found.chance_high) == of_rwg_star([4, 3], [FIVE, FIVE])
    assert found.opinions is None

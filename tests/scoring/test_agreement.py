"""How alike people see something: plain numbers, the edges, and what chance reaches."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.scoring.agreement import (
    chance_consensus,
    chance_rwg_star,
    consensus,
    is_split,
    item_agreement,
    node_agreement,
    rwg_star,
    uniform_variance,
)

FOUR = (0.0, 1 / 3, 2 / 3, 1.0)
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
    assert not is_split(FIVE, counts)


@given(st.lists(st.integers(min_value=0, max_value=30), min_size=5, max_size=5).filter(lambda counts: sum(counts) > 1))
def test_consensus_is_the_same_from_either_end_and_between_0_and_1(counts: list[int]) -> None:
    found = consensus(FIVE, counts)
    assert found is not None
    assert 0 <= found <= 1
    assert consensus(FIVE, counts[::-1]) == pytest.approx(found, abs=1e-9)


# Two camps


@pytest.mark.parametrize(
    ("points", "counts", "split"),
    [
        pytest.param(FIVE, [5, 0, 0, 0, 5], True, id="half at each end"),
        pytest.param(FIVE, [4, 0, 5, 0, 3], True, id="a quarter at the top"),
        pytest.param(FIVE, [5, 1, 5, 0, 2], False, id="less than a quarter at the top"),
        pytest.param(FIVE, [0, 5, 0, 5, 0], False, id="mild no and mild yes"),
        pytest.param(FIVE, [0, 0, 10, 0, 0], False, id="all in the middle"),
        pytest.param(FOUR, [0, 5, 0, 5], True, id="one third counts as outer"),
        pytest.param(FOUR, [0, 5, 5, 0], False, id="a step apart on four points"),
        pytest.param((0.0, 1.0), [3, 9], True, id="a quarter says no"),
        pytest.param((0.0, 1.0), [2, 9], False, id="fewer say no"),
    ],
)
def test_two_camps_are_a_quarter_in_each_outer_third_and_little_consensus(
    points: tuple[float, ...], counts: list[int], split: bool
) -> None:
    assert is_split(points, counts) is split
    found = item_agreement(points, counts)
    assert found is not None
    assert found.split is split


# r*wg of several items


def test_the_uniform_variance_of_equally_spaced_points_is_that_of_the_formula() -> None:
    for count in range(2, 12):
        points = [step / (count - 1) for step in range(count)]
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


# What chance reaches


def ways(n: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way n answers can fall on some points."""
    if places == 1:
        yield (n,)
        return
    for here in range(n + 1):
        for rest in ways(n - here, places - 1):
            yield (here, *rest)


def exact_quantile(n: int, points: Sequence[float], share: float) -> float:
    """The smallest consensus that so large a share of all random answers stays at or below, by counting all of them."""
    found = []
    for counts in ways(n, len(points)):
        index = consensus(points, counts)
        assert index is not None
        found.append((index, math.factorial(n) / math.prod(math.factorial(count) for count in counts)))
    total, below = float(len(points)) ** n, 0.0
    for index, weight in sorted(found):
        below += weight
        if below >= share * total:
            return index
    raise AssertionError(below)


@pytest.mark.parametrize("n", [5, 8, 12])
def test_chance_on_one_item_is_that_of_all_answers_there_can_be(n: int) -> None:
    middle, high = chance_consensus(n, FIVE)
    assert middle == pytest.approx(exact_quantile(n, FIVE, 0.5), abs=0.01)
    assert high == pytest.approx(exact_quantile(n, FIVE, 0.95), abs=0.01)


@pytest.mark.parametrize(
    ("n", "middle", "high"), [(5, 0.51, 0.82), (8, 0.48, 0.70), (12, 0.46, 0.64), (20, 0.44, 0.58), (40, 0.44, 0.53)]
)
def test_chance_on_five_points_is_what_the_document_says(n: int, middle: float, high: float) -> None:
    assert chance_consensus(n, FIVE) == (pytest.approx(middle, abs=0.0101), pytest.approx(high, abs=0.0101))


def test_chance_on_one_item_by_variance_is_high_among_five_people() -> None:
    found = chance_rwg_star([5], [FIVE])
    assert found is not None
    # Of all answers five people can give, a variance of .5 or less (r*wg .75 or more) comes up once in twenty.
    assert found[1] == pytest.approx(0.75, abs=0.01)


def test_the_more_items_the_closer_chance_keeps_to_0() -> None:
    highs = [found[1] for many in (1, 4, 16) if (found := chance_rwg_star([8] * many, [FIVE] * many))]
    assert highs == sorted(highs, reverse=True)
    assert 0 < highs[-1] < 0.2


def test_chance_is_the_same_every_time_and_in_every_order() -> None:
    assert chance_consensus(9, FIVE) == chance_consensus(9, FIVE[::-1])
    assert chance_rwg_star([9, 5], [FIVE, FOUR]) == chance_rwg_star([5, 9, 1], [FOUR, FIVE, FIVE])


def test_chance_of_many_items_is_that_of_trying_them_one_by_one() -> None:
    dice = np.random.default_rng(7)
    tries = dice.integers(0, 5, size=(20_000, 6, 10)) / 4
    apart = 1 - (tries.var(axis=2, ddof=1) / uniform_variance(FIVE)).mean(axis=1)
    found = chance_rwg_star([10] * 6, [FIVE] * 6)
    assert found == (
        pytest.approx(np.quantile(apart, 0.5), abs=0.01),
        pytest.approx(np.quantile(apart, 0.95), abs=0.01),
    )


def test_the_figures_of_a_node_stand_beside_those_of_chance() -> None:
    columns = [np.array([0.5, 0.75, 0.75, 1]), np.array([0, NONE, 1, 1])]
    found = node_agreement(columns, [FIVE, FIVE])
    assert found is not None
    assert found.index == rwg_star(columns, [1 / 8, 1 / 8])
    assert (found.chance, found.chance_high) == chance_rwg_star([4, 3], [FIVE, FIVE])
    assert found.split is False

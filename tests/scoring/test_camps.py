"""Two camps: plain numbers, the edges, and a second way to find the likeliest humps."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression

from selfassess.scoring.agreement import item_agreement
from selfassess.scoring.camps import opinions, parts, times_as_likely

COUNTS = st.lists(st.integers(0, 25), min_size=4, max_size=7)


def scale(points: int) -> tuple[float, ...]:
    return tuple(step / (points - 1) for step in range(points))


@pytest.mark.parametrize(
    ("counts", "looks_like"),
    [
        pytest.param([2, 3, 2, 2, 1], "spread widely", id="a little of everything"),
        pytest.param([2, 2, 2, 2, 2], "spread widely", id="evenly"),
        pytest.param([0, 5, 0, 5, 0], "two camps", id="half a mild no and half a mild yes"),
        pytest.param([5, 0, 0, 0, 5], "two camps", id="half at each end"),
        pytest.param([4, 1, 0, 1, 4], "two camps", id="camps with somebody beside each"),
        pytest.param([13, 0, 2, 0, 13], "two camps", id="a few between"),
        pytest.param([4, 0, 5, 0, 3], "spread widely", id="more between than on a side"),
        pytest.param([3, 3, 0, 2, 2], "spread widely", id="too few to call the hole a valley"),
        pytest.param([7, 0, 0, 0, 3], "two camps", id="more than a quarter on the smaller side"),
        pytest.param([8, 0, 0, 0, 2], None, id="less than a quarter on a side"),
        pytest.param([0, 3, 4, 3, 0], None, id="all around the middle"),
        pytest.param([0, 0, 10, 0, 0], None, id="all in the middle"),
        pytest.param([0, 0, 0, 5, 5], None, id="all on one side"),
        pytest.param([1, 0, 0, 0, 1], "spread widely", id="two people"),
        pytest.param([0, 0, 1, 0, 0], None, id="one person"),
        pytest.param([0, 0, 0, 0, 0], None, id="nobody"),
    ],
)
def test_two_camps_are_two_humps_with_a_valley_between_them(counts: list[int], looks_like: str | None) -> None:
    assert opinions(scale(5), counts) == looks_like
    found = item_agreement(scale(5), counts)
    assert found is None or found.opinions == looks_like


@pytest.mark.parametrize(("points", "counts"), [(2, [9, 9]), (3, [9, 0, 9]), (3, [40, 1, 40])])
def test_on_two_or_three_points_there_are_the_counts_and_never_camps(points: int, counts: list[int]) -> None:
    assert opinions(scale(points), counts) is None


@pytest.mark.parametrize(
    ("counts", "looks_like"),
    [
        pytest.param([12, 0, 0, 12], "two camps", id="half at each end"),
        pytest.param([0, 12, 0, 12], "two camps", id="a mild and a strong answer"),
        pytest.param([0, 12, 12, 0], None, id="next to each other"),
        pytest.param([6, 6, 6, 6], "spread widely", id="evenly"),
    ],
)
def test_four_points_have_no_middle_and_can_have_a_valley(counts: list[int], looks_like: str | None) -> None:
    assert opinions(scale(4), counts) == looks_like


def test_the_two_sides_are_at_least_half_the_scale_apart() -> None:
    assert opinions(scale(7), [0, 0, 12, 0, 12, 0, 0]) is None, "a third of the scale apart"
    assert opinions(scale(7), [0, 12, 0, 0, 12, 0, 0]) == "two camps", "half the scale apart"


def test_holes_between_few_answers_on_many_points_are_no_valley() -> None:
    assert opinions(scale(11), [1, 2, 0, 2, 1, 0, 1, 2, 0, 2, 1]) == "spread widely"
    assert opinions(scale(11), [2, 3, 2, 0, 0, 0, 0, 0, 1, 4, 2]) == "two camps"


def test_points_that_are_not_equally_far_apart_are_where_they_are() -> None:
    assert opinions((0.0, 0.1, 0.2, 1.0), [6, 0, 6, 0]) is None, "both on the low side"
    assert opinions((0.0, 0.1, 0.9, 1.0), [6, 0, 0, 6]) == "two camps"


@pytest.mark.parametrize(
    ("points", "widths"),
    [(4, [1] * 4), (5, [1] * 5), (6, [1, 1, 2, 1, 1]), (7, [1, 2, 1, 2, 1]), (9, [1, 2, 3, 2, 1]),
     (10, [2] * 5), (11, [2, 2, 3, 2, 2])],
)  # fmt: skip  # in few lines
def test_more_than_five_points_are_looked_at_in_five_parts(points: int, widths: list[int]) -> None:
    counts, found = parts(scale(points), list(range(points)))
    assert found == widths
    assert sum(counts) == sum(range(points))
    assert found == found[::-1]


@given(COUNTS)
def test_it_is_the_same_from_either_end(counts: list[int]) -> None:
    points = scale(len(counts))
    assert opinions(points, counts) == opinions(points, counts[::-1])
    assert opinions(points[::-1], counts[::-1]) == opinions(points, counts)


def best_of_one_hump(counts: Sequence[float], widths: Sequence[float]) -> float:
    """By scipy's isotonic regression: the log likelihood of the best that rises to a part and falls from there."""
    found = [0.0] if not len(counts) else []
    y, w = np.array(counts, float) / widths, np.array(widths, float)
    for top in range(len(counts)):
        up = isotonic_regression(y[: top + 1], weights=w[: top + 1]).x
        down = isotonic_regression(y[top + 1 :], weights=w[top + 1 :], increasing=False).x if top + 1 < len(y) else []
        height = np.concatenate([up, down])
        found.append(sum(c * math.log(h) for c, h in zip(counts, height, strict=True) if c))
    return max(found)


@given(COUNTS, st.data())
def test_the_likeliest_humps_are_those_of_isotonic_regression(counts: list[int], data: st.DataObject) -> None:
    widths = data.draw(st.lists(st.integers(1, 3), min_size=len(counts), max_size=len(counts)))
    two = max(
        best_of_one_hump(counts[:at], widths[:at]) + best_of_one_hump(counts[at:], widths[at:])
        for at in range(1, len(counts))
    )
    assert math.log(times_as_likely(counts, widths)) == pytest.approx(two - best_of_one_hump(counts, widths), abs=1e-9)


@given(COUNTS)
def test_where_the_answers_have_one_hump_two_are_no_likelier(counts: list[int]) -> None:
    top = counts.index(max(counts))
    one = [*sorted(counts[:top]), counts[top], *sorted(counts[top + 1 :], reverse=True)]
    assert all(a <= b for a, b in pairwise(one[: top + 1]))
    assert times_as_likely(one, [1] * len(one)) == pytest.approx(1)


def test_very_many_answers_are_no_trouble() -> None:
    assert opinions(scale(5), [300_000, 0, 100_000, 0, 300_000]) == "two camps"
    assert opinions(scale(5), [100_000] * 5) == "spread widely"

"""What chance alone reaches, held to all that can happen and to trying."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from selfassess.scoring.agreement import MOST, consensus, of_consensus, of_rwg_star, uniform_variance

FOUR = (0.0, 1 / 3, 2 / 3, 1.0)
FIVE = (0.0, 0.25, 0.5, 0.75, 1.0)


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
    middle, high = of_consensus(n, FIVE)
    assert middle == pytest.approx(exact_quantile(n, FIVE, 0.5), abs=1e-9)
    assert high == pytest.approx(exact_quantile(n, FIVE, 0.95), abs=1e-9)


@pytest.mark.parametrize(
    ("n", "middle", "high"), [(5, 0.51, 0.82), (8, 0.48, 0.70), (12, 0.46, 0.64), (20, 0.44, 0.58), (40, 0.44, 0.53)]
)
def test_chance_on_five_points_is_what_the_document_says(n: int, middle: float, high: float) -> None:
    assert of_consensus(n, FIVE) == (pytest.approx(middle, abs=0.0101), pytest.approx(high, abs=0.0101))


def test_chance_on_one_item_by_variance_is_high_among_five_people() -> None:
    found = of_rwg_star([5], [FIVE])
    assert found is not None
    # Of all answers five people can give, a variance of .5 or less (r*wg .75 or more) comes up once in twenty.
    assert found[1] == pytest.approx(0.75, abs=0.01)


def test_the_more_items_the_closer_chance_keeps_to_0() -> None:
    highs = [found[1] for many in (1, 4, 16) if (found := of_rwg_star([8] * many, [FIVE] * many))]
    assert highs == sorted(highs, reverse=True)
    assert 0 < highs[-1] < 0.2


def test_chance_is_the_same_every_time_and_in_every_order() -> None:
    assert of_consensus(9, FIVE) == of_consensus(9, FIVE[::-1])
    assert of_rwg_star([9, 5], [FIVE, FOUR]) == of_rwg_star([5, 9, 1], [FOUR, FIVE, FIVE])


def test_chance_of_many_items_is_that_of_trying_them_one_by_one() -> None:
    dice = np.random.default_rng(7)
    tries = dice.integers(0, 5, size=(20_000, 6, 10)) / 4
    apart = 1 - (tries.var(axis=2, ddof=1) / uniform_variance(FIVE)).mean(axis=1)
    found = of_rwg_star([10] * 6, [FIVE] * 6)
    assert found == (
        pytest.approx(np.quantile(apart, 0.5), abs=0.01),
        pytest.approx(np.quantile(apart, 0.95), abs=0.01),
    )


def test_counting_and_trying_agree_where_one_gives_way_to_the_other() -> None:
    assert math.comb(33 + 4, 4) > MOST >= math.comb(32 + 4, 4)
    counted, tried = of_consensus(32, FIVE), of_consensus(33, FIVE)
    assert counted == (pytest.approx(tried[0], abs=0.01), pytest.approx(tried[1], abs=0.01))
    counted, tried = of_rwg_star([32] * 3, [FIVE] * 3), of_rwg_star([33] * 3, [FIVE] * 3)
    assert counted
    assert tried
    assert counted == (pytest.approx(tried[0], abs=0.01), pytest.approx(tried[1], abs=0.01))

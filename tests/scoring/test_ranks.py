"""The exact signed-rank test, against every way to sign the ranks."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from selfassess.scoring.change import RANKS_TO, doubled_ranks, signed_ranks

CHANGES = st.lists(st.sampled_from([-75.0, -50.0, -25.0, 0.0, 12.5, 25.0, 50.0]), min_size=1, max_size=10)


@given(CHANGES)
def test_it_is_the_share_of_all_ways_to_sign_the_ranks(changes: list[float]) -> None:
    ranks = stats.rankdata(np.abs(changes))
    left = [rank for rank, change in zip(ranks, changes, strict=True) if change]
    if not left:
        assert signed_ranks(np.array(changes)) is None
        return
    seen = abs(sum(rank if change > 0 else -rank for rank, change in zip(ranks, changes, strict=True) if change))
    ways = [
        abs(sum(sign * rank for sign, rank in zip(signs, left, strict=True)))
        for signs in product((1, -1), repeat=len(left))
    ]
    share = sum(way >= seen for way in ways) / len(ways)
    assert signed_ranks(np.array(changes)) == pytest.approx(share, rel=1e-12)


@given(CHANGES)
def test_ranks_are_those_of_scipy(changes: list[float]) -> None:
    assert doubled_ranks(np.array(changes)).tolist() == (2 * stats.rankdata(changes)).tolist()


@given(CHANGES)
def test_it_is_the_same_from_either_side(changes: list[float]) -> None:
    assert signed_ranks(np.array(changes)) == signed_ranks(-np.array(changes))


def test_without_ties_and_zeros_it_is_wilcoxons() -> None:
    changes = np.random.default_rng(3).permutation(np.arange(1, 41)) * np.random.default_rng(4).choice([-1, 1, 1], 40)
    assert signed_ranks(changes.astype(float)) == pytest.approx(
        stats.wilcoxon(changes, method="exact").pvalue, rel=1e-9
    )


def test_zeros_are_ranked_before_they_are_dropped() -> None:
    # Among 1 to 4 a fall of rank 3 has five sums as low or lower; among 7 to 10 one of rank 9 has four.
    changes = np.array([10.0, 20, -30, 40])
    assert signed_ranks(changes) == 2 * 5 / 2**4
    assert signed_ranks(np.append(changes, [0.0] * 6)) == 2 * 4 / 2**4


def test_it_can_never_be_smaller_than_one_of_all_ways_from_each_end() -> None:
    for n, least in ((4, 0.125), (5, 0.0625), (6, 0.03125)):
        assert signed_ranks(np.arange(1.0, n + 1)) == least


def test_hundreds_are_exact_too() -> None:
    dice = np.random.default_rng(3)
    changes = dice.integers(-3, 5, RANKS_TO) * 25.0
    found = signed_ranks(changes)
    assert found is not None
    rough = stats.wilcoxon(changes, zero_method="pratt", method="approx", correction=False).pvalue
    assert found == pytest.approx(rough, rel=0.2)
    assert signed_ranks(np.append(changes, 25.0)) is None

"""How different two groups are: plain numbers, the edges, and the slow way."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from selfassess.model.summary import Difference, Range
from selfassess.scoring.difference import difference, feng_cliff, of_hundred, pairs_won

NONE = float("nan")
SHARES = st.lists(st.sampled_from([0.0, 0.2, 0.25, 1 / 3, 0.5, 0.75, 1.0]), min_size=1, max_size=25)


def between(
    a: list[float],
    b: list[float],
    invited: tuple[int | None, int | None] = (None, None),
    details: bool = True,
) -> Difference:
    found = difference(
        "s", "strand", ("board", "staff"), (np.array(a, float), np.array(b, float)), invited, details=details
    )
    assert found is not None
    return found


# In points


def test_the_difference_is_told_of_the_rosier_group() -> None:
    found = between([0.25, 0.5, 0.5, 0.25], [0.75, 1, 1, 0.75])
    assert (found.rosier, found.other, found.points) == ("staff", "board", 50)
    assert found.delta == 1
    assert found.pairs == (100, 0)


def test_equal_groups_are_told_from_the_first_and_do_not_matter() -> None:
    found = between([0.2, 0.4, 0.6, 0.8], [0.8, 0.6, 0.4, 0.2])
    assert (found.rosier, found.points, found.claim, found.matters) == ("board", 0, "nothing found", False)


def test_people_without_a_score_are_left_out() -> None:
    found = between([0.5, NONE, 0.75, 1, 0.5], [NONE, 0, 0.25, 0.5, 0.25])
    assert found.n == (4, 4)
    assert found.points == 43.75


def test_a_group_without_any_score_has_no_difference() -> None:
    for a, b in (([], [0.5]), ([NONE, NONE], [0.5, 0.25])):
        columns = (np.array(a), np.array(b))
        assert difference("s", "strand", ("x", "y"), columns, (None, None), details=True) is None


def test_without_known_sizes_the_interval_is_welchs() -> None:
    a, b = [0.5, 0.75, 1, 0.75, 0.5, 1], [0.25, 0.5, 0.5, 0, 0.75]
    theirs = stats.ttest_ind(np.multiply(a, 100), np.multiply(b, 100), equal_var=False).confidence_interval()
    assert between(a, b).interval == Range(pytest.approx(theirs.low, abs=1e-9), pytest.approx(theirs.high, abs=1e-9))


def test_known_sizes_make_the_interval_narrower_by_the_share_that_is_unseen() -> None:
    a, b = [0.5, 0.75, 1, 0.75], [0.25, 0.5, 0.5, 0, 0.75]
    va = (1 - 4 / 6) * np.var(np.multiply(a, 100), ddof=1) / 4
    vb = (1 - 5 / 20) * np.var(np.multiply(b, 100), ddof=1) / 5
    df = (va + vb) ** 2 / (va**2 / 3 + vb**2 / 4)
    found = between(a, b, (6, 20)).interval
    assert found is not None
    assert (found.high - found.low) / 2 == pytest.approx(stats.t.ppf(0.975, df) * math.sqrt(va + vb), abs=1e-9)


def test_a_group_that_all_answered_adds_no_error() -> None:
    a, b = [0.5, 0.75, 1, 0.75], [0.25, 0.5, 0.5, 0, 0.75]
    vb = np.var(np.multiply(b, 100), ddof=1) / 5
    found = between(a, b, (4, None)).interval
    assert found is not None
    assert (found.high - found.low) / 2 == pytest.approx(stats.t.ppf(0.975, 4) * math.sqrt(vb), abs=1e-9)


def test_more_than_were_invited_counts_as_an_unknown_number() -> None:
    a, b = [0.5, 0.75, 1, 0.75], [0.25, 0.5, 0.5, 0, 0.75]
    assert between(a, b, (3, 4)) == between(a, b)


# What may be said


def test_a_clear_difference_is_said_and_matters() -> None:
    found = between([0.75, 1, 0.75, 1, 0.75, 1], [0.25, 0.5, 0.25, 0.5, 0.25, 0.5])
    assert (found.claim, found.matters) == ("differ", True)


def test_a_small_difference_does_not_matter_though_it_is_there() -> None:
    found = between([0.5, 0.52] * 10, [0.45, 0.47] * 10)
    assert (found.claim, found.points, found.matters) == ("differ", 5, False)


def test_what_may_be_chance_does_not_matter_however_large() -> None:
    found = between([0, 1, 1, 0.5, 1], [0.5, 0, 1, 0, 0.5])
    assert found.points >= 10
    assert (found.claim, found.matters) == ("nothing found", False)


def test_three_against_three_are_too_few_whatever_they_say() -> None:
    found = between([1, 1, 0.75], [0, 0.25, 0])
    assert (found.claim, found.interval, found.delta_interval, found.matters) == ("too few", None, None, True)


@pytest.mark.parametrize(
    ("few", "many", "enough"), [(1, 38, False), (2, 7, False), (2, 8, True), (3, 4, False), (3, 5, True)]
)
def test_groups_are_too_few_where_no_ranking_of_them_is_rarer_than_one_in_twenty(
    few: int, many: int, enough: bool
) -> None:
    rarest = 2 / math.comb(few + many, few)
    assert (rarest < 0.05) is enough
    found = between([0.9, 1, 0.8][:few], [0.1 + 0.01 * place for place in range(many)])
    assert (found.claim != "too few") is enough


def test_where_no_interval_may_be_shown_nothing_is_claimed_that_rests_on_one() -> None:
    found = between([0.75, 1, 0.75, 1, 0.75, 1], [0.25, 0.5, 0.25, 0.5, 0.25, 0.5], details=False)
    assert (found.claim, found.interval, found.delta_interval, found.matters) == ("too few", None, None, True)


def test_where_no_details_may_be_shown_neither_are_pairs_nor_that_everybody_says_the_same() -> None:
    found = between([0.5] * 12, [0.25] * 12, (12, 14), details=False)
    assert (found.points, found.pairs, found.delta, found.claim) == (25, None, None, "too few")
    same = between([0.5] * 12, [0.5] * 12, (12, 14), details=False)
    assert same.claim == "too few", "else it is known that either group is of one mind"


def test_one_person_of_several_tells_nothing_of_the_rest() -> None:
    assert between([1], [0.5, 0.25] * 30, (2, 80)).claim == "too few"


def test_a_complete_count_is_a_fact() -> None:
    found = between([0.5, 0.75, 1], [0.25, 0.5, 0.5], (3, 3))
    assert found.claim == "differ"
    assert found.interval == Range(found.points, found.points)
    assert found.delta_interval == Range(found.delta, found.delta)
    hidden = between([0.5, 0.75, 1], [0.25, 0.5, 0.5], (3, 3), details=False)
    assert (hidden.claim, hidden.interval, hidden.delta_interval) == ("differ", None, None)


def test_a_complete_count_of_equal_groups_has_nothing_to_tell() -> None:
    assert between([0.5, 0.75], [0.75, 0.5], (2, 2)).claim == "nothing found"


# Everybody of one mind


def test_two_groups_each_of_one_mind_get_no_interval_of_no_width() -> None:
    found = between([0.5] * 10, [0.75] * 12, (20, 30))
    assert (found.claim, found.interval, found.delta_interval, found.matters) == ("all alike", None, None, True)
    assert (found.points, found.delta, found.pairs) == (25, 1, (100, 0))


def test_below_ten_that_everybody_says_the_same_means_too_little() -> None:
    assert between([0.5] * 9, [0.75] * 12, (20, 30)).claim == "too few"


def test_two_groups_that_all_say_the_same_do_not_differ() -> None:
    assert between([0.2] * 10, [0.2] * 12).claim == "nothing found"
    assert between([0.2] * 5, [0.2] * 12).claim == "too few"


def test_one_group_of_one_mind_beside_one_that_is_complete_gets_no_interval_of_no_width() -> None:
    found = between([0.5] * 12, [0.75, 1, 1, 0.75, 0.5], (20, 5))
    assert (found.claim, found.interval) == ("too few", None)


def test_one_group_of_one_mind_beside_one_that_is_not_has_welchs_interval() -> None:
    a, b = [0.75] * 12, [0, 0.25, 0.5, 0.25, 0, 0.5]
    # Its own variance is 0, so the error and its degrees of freedom are those of the other group.
    reach = stats.t.ppf(0.975, 5) * np.std(np.multiply(b, 100), ddof=1) / math.sqrt(6)
    found = between(a, b)
    assert found.interval == Range(pytest.approx(50 - reach, abs=1e-9), pytest.approx(50 + reach, abs=1e-9))
    assert found.claim == "differ"


# In pairs


@given(SHARES, SHARES)
def test_delta_and_its_interval_are_those_of_the_table_of_all_pairs(a: list[float], b: list[float]) -> None:
    x, y = np.array(a), np.array(b)
    table = np.sign(x[:, None] - y[None, :])
    assert pairs_won(x, y) == ((table > 0).sum(), (table < 0).sum())
    n, m, d = len(a), len(b), table.mean()
    found = feng_cliff(x, y)
    if min(n, m) < 2:
        assert found is None
        return
    assert found is not None
    assert -1 <= found.low <= d + 1e-9
    assert d - 1e-9 <= found.high <= 1
    t = stats.t.ppf(0.975, n + m - 2)
    if abs(d) == 1:
        assert max(abs(found.low), abs(found.high)) == 1
        return
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    v = m**2 * ((rows - d) ** 2).sum() + n**2 * ((columns - d) ** 2).sum() - ((table - d) ** 2).sum()
    v = max(v / (n * m * (n - 1) * (m - 1)), (1 - d**2) / (n * m - 1))
    for sign, end in ((-1, found.low), (1, found.high)):
        expected = d - d**3 + sign * t * math.sqrt(v) * math.sqrt(1 - 2 * d**2 + d**4 + t**2 * v)
        assert end == pytest.approx(expected / (1 - d**2 + t**2 * v), abs=1e-9)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_pairs_of_a_hundred_are_whole_and_add_up(higher: int, lower: int, ties: int) -> None:
    pairs = higher + lower + ties
    if not pairs:
        return
    ours = of_hundred(higher, lower, pairs)
    assert sum(ours) <= 100
    assert ties or sum(ours) == 100
    for whole, part in zip((*ours, 100 - sum(ours)), (higher, lower, ties), strict=True):
        assert abs(whole - 100 * part / pairs) < 1
    assert (ours[0] >= ours[1]) is (higher >= lower) or ours[0] == ours[1] or abs(higher - lower) * 100 < pairs


def test_rounding_pairs_never_makes_more_of_a_difference() -> None:
    assert of_hundred(29, 11, 40) == (72, 28)
    assert of_hundred(1, 0, 8) == (12, 0)


def test_scores_that_differ_by_float_noise_are_ties() -> None:
    assert between([0.1 + 0.2, 0.5], [0.3, 0.5]).pairs == (25, 25)


def test_the_order_of_people_leaves_no_trace() -> None:
    dice = np.random.default_rng(3)
    a, b = dice.random(40), dice.random(30) * 0.8
    there = between(a.tolist(), b.tolist(), (60, 30))
    assert there == between(dice.permutation(a).tolist(), dice.permutation(b).tolist(), (60, 30))


def test_large_groups_need_no_table_of_all_pairs() -> None:
    dice = np.random.default_rng(3)
    a, b = dice.integers(0, 101, 200_000) / 100, dice.integers(0, 91, 300_000) / 100
    found = between(a.tolist(), b.tolist())
    assert found.claim == "differ"
    assert sum(found.pairs) <= 100


# What both were asked


def test_without_details_it_is_told_only_of_large_differences_whether_chance_could_make_them() -> None:
    rosy, gloomy, near = (np.repeat(scores, 4) for scores in ([0.75, 1, 0.75], [0.25, 0.5, 0.25], [0.75, 0.75, 0.75]))

    def told(a: NDArray[np.float64], b: NDArray[np.float64], *, claims: bool) -> Difference:
        found = difference("s", "strand", ("a", "b"), (a, b), (14, 14), details=False, claims=claims)
        assert found is not None
        return found

    far = told(rosy, gloomy, claims=True)
    assert (far.claim, far.matters) == ("differ", True)
    assert far.interval is far.pairs is far.delta is far.delta_interval is None
    assert told(rosy, gloomy, claims=False).claim == "too few"
    assert told(rosy, near, claims=True).claim == "too few", "so little, if it were no chance, would tell of spread"

"""How different two groups are: plain numbers, the edges, and the slow way."""

import math
from dataclasses import replace
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from selfassess.model.results import Claim, Difference, Range
from selfassess.scoring.group_differences import (
    KnownSpread,
    deviation_of_some,
    difference,
    expected_pairs,
    feng_cliff,
    of_hundred,
    pairs_won,
)
from selfassess.scoring.intervals import Known, Side, spread

NONE = float("nan")
SHARES = st.lists(st.sampled_from([0.0, 0.2, 0.25, 1 / 3, 0.5, 0.75, 1.0]), min_size=1, max_size=25)


def between(
    a: list[float],
    b: list[float],
    told: tuple[KnownSpread | Literal["sd"], KnownSpread | Literal["sd"]] | None = None,
    places: int = 0,
) -> Difference:
    """ "sd": the standard deviation is told as it is."""
    known = told and (as_told(a, told[0]), as_told(b, told[1]))
    found = difference("s", "strand", ("board", "staff"), (np.array(a, float), np.array(b, float)), known, places)
    assert found is not None
    return found


def as_told(shares: list[float], how: KnownSpread | Literal["sd"]) -> KnownSpread:
    return Side.of(np.array(shares, float)).variance ** 0.5 if how == "sd" else how


# In points


def test_the_difference_is_told_of_the_rosier_group() -> None:
    found = between([0.25, 0.5, 0.5, 0.25], [0.75, 1, 1, 0.75])
    assert (found.higher, found.lower, found.points) == ("staff", "board", 50)
    assert found.delta == 1
    assert found.pairs == (100, 0)


def test_equal_groups_are_told_from_the_first_and_do_not_matter() -> None:
    found = between([0.2, 0.4, 0.6, 0.8], [0.8, 0.6, 0.4, 0.2])
    assert (found.higher, found.points, found.p, found.matters) == ("board", 0, 1, False)


def test_people_without_a_score_are_left_out() -> None:
    found = between([0.5, NONE, 0.75, 1, 0.5], [NONE, 0, 0.25, 0.5, 0.25])
    assert found.n == (4, 4)
    assert found.points == 43.75


def test_a_group_without_any_score_has_no_difference() -> None:
    for a, b in (([], [0.5]), ([NONE, NONE], [0.5, 0.25])):
        columns = (np.array(a), np.array(b))
        assert difference("s", "strand", ("x", "y"), columns) is None


def test_half_a_point_is_rounded_up_and_the_difference_is_between_what_is_shown() -> None:
    # 62.5 is shown as 63 and 30.5 as 31: 32 apart, though 29.5 would round to 30.
    assert between([0.625], [0.305]).shown == 32
    assert (between([0.625], [0.304]).shown, between([0.624], [0.305]).shown) == (33, 31)
    assert between([0.6249], [0.3041], places=1).shown == 32, "62.5 less 30.4 is 32.1"


def test_the_interval_and_its_p_are_welchs() -> None:
    a, b = [0.5, 0.75, 1, 0.75, 0.5, 1], [0.25, 0.5, 0.5, 0, 0.75]
    theirs = stats.ttest_ind(np.multiply(a, 100), np.multiply(b, 100), equal_var=False)
    interval = theirs.confidence_interval()
    found = between(a, b)
    assert found.interval == Range(pytest.approx(interval.low, abs=1e-9), pytest.approx(interval.high, abs=1e-9))
    assert found.p == pytest.approx(theirs.pvalue, rel=1e-9)


# What may be said


def test_until_it_is_seen_beside_the_others_a_difference_is_not_tested() -> None:
    found = between([0.75, 1, 0.75, 1, 0.75, 1], [0.25, 0.5, 0.25, 0.5, 0.25, 0.5])
    assert (found.claim, found.matters) == ("not tested", False)
    assert found.p is not None
    assert found.p < 0.001


@pytest.mark.parametrize(
    ("claim", "shown", "matters"),
    [("differ", 10, True), ("differ", 9, False), ("all alike", 25, True), ("nothing found", 40, False),
     ("not tested", 40, False), ("too few", 40, False), ("not shown", 40, False)],
)  # fmt: skip  # in few lines
def test_worth_talking_about_is_what_is_large_and_more_than_chance_makes(
    claim: Claim, shown: float, matters: bool
) -> None:
    found = replace(between([0.75, 1, 0.75], [0.25, 0.5, 0.25]), claim=claim, shown=shown)
    assert found.matters is matters


def test_three_against_three_are_too_few_whatever_they_say() -> None:
    found = between([1, 1, 0.75], [0, 0.25, 0])
    assert (found.claim, found.interval, found.delta_interval, found.p) == ("too few", None, None, None)


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


def test_where_it_is_not_told_how_far_apart_people_are_there_is_the_difference_and_nothing_else() -> None:
    for told in ((None, "sd"), ("wide", None), (None, None)):
        found = between([0.75, 1, 0.75, 1, 0.75, 1], [0.25, 0.5, 0.25, 0.5, 0.25, 0.5], told)
        assert (found.points, found.claim, found.p) == (50, "not shown", None)
        assert (found.interval, found.delta, found.delta_interval, found.pairs) == (None, None, None, None)


def test_by_two_standard_deviations_everything_follows_from_these_and_the_means() -> None:
    a, b = [0.75, 1, 0.75, 1, 0.75, 0.5], [0.25, 0.5, 0.75, 0.5, 0.25, 0.5]
    counted, told = between(a, b), between(a, b, ("sd", "sd"))
    assert (told.interval, told.points) == (counted.interval, counted.points)
    assert told.p == pytest.approx(counted.p, rel=1e-9)
    apart, deviation = np.mean(a) - np.mean(b), np.sqrt(np.var(a, ddof=1) + np.var(b, ddof=1))
    higher = round(100 * float(stats.norm.cdf(apart / deviation)))
    assert (told.pairs, told.delta, told.delta_interval) == ((higher, 100 - higher), (2 * higher - 100) / 100, None)
    assert counted.delta_interval is not None
    others = [0.75, 0.75, 0.75, 1, 1, 0.5]
    assert between(others, b, ("sd", "sd")) == told, "who they were makes no difference"


def test_where_nobody_varies_by_what_is_told_all_pairs_go_one_way_or_none_does() -> None:
    assert expected_pairs(Known(9, 80, (0.0,)), Known(9, 70, (0.0,))) == (100, 0)
    assert expected_pairs(Known(9, 60, (0.0,)), Known(9, 70, (0.0,))) == (0, 100)
    assert expected_pairs(Known(9, 70, (0.0,)), Known(9, 70, (0.0,))) == (0, 0)
    assert expected_pairs(Known(9, 70, (90.0,)), Known(9, 70, (40.0,))) == (50, 50)


def test_where_a_word_tells_it_there_is_a_p_and_nothing_that_tells_more() -> None:
    found = between([0.75, 1, 0.75, 1, 0.75, 1], [0.25, 0.5, 0.25, 0.5, 0.25, 0.5], ("mixed", "sd"))
    assert (found.interval, found.delta, found.delta_interval, found.pairs) == (None, None, None, None)
    exact = between([0.75, 1, 0.75, 1, 0.75, 1], [0.25, 0.5, 0.25, 0.5, 0.25, 0.5])
    assert found.p is not None
    assert exact.p is not None
    assert exact.p < found.p < 0.01


@given(SHARES, SHARES, st.sampled_from(["sd", "word"]))
def test_by_a_word_the_p_is_never_smaller_than_it_is(a: list[float], b: list[float], how: str) -> None:
    words = [spread(Side.of(np.array(one)).variance ** 0.5 if len(one) > 1 else None) for one in (a, b)]
    told: tuple[KnownSpread | Literal["sd"], KnownSpread | Literal["sd"]] = (
        words[0],
        words[1] if how == "word" else "sd",
    )
    exact, found = between(a, b), between(a, b, told)
    if exact.p is not None and found.p is not None:
        assert found.p >= exact.p - 1e-12


@given(st.lists(st.integers(0, 8), min_size=5, max_size=9), st.lists(st.integers(0, 8), min_size=5, max_size=9))
def test_by_words_people_who_differ_in_nothing_that_is_told_have_the_same_p(a: list[int], b: list[int]) -> None:
    """Others with the same mean and the same word: one goes up a step, one goes down."""
    words = [spread(Side.of(np.array(one) / 8).variance ** 0.5) for one in (a, b)]
    other = [*a]
    low, high = other.index(min(other)), other.index(max(other))
    other[low] += other[low] < 8
    other[high] -= other[low] != a[low]
    if sum(other) != sum(a) or spread(Side.of(np.array(other) / 8).variance ** 0.5) != words[0]:
        return
    told: tuple[KnownSpread, KnownSpread] = (words[0], words[1])
    shares = [[score / 8 for score in one] for one in (a, other, b)]
    one, two = (between(mine, shares[2], told) for mine in shares[:2])
    assert (one.p, one.claim, one.points) == (two.p, two.claim, two.points)


def test_where_no_details_may_be_shown_neither_are_pairs_nor_that_everybody_says_the_same() -> None:
    found = between([0.5] * 12, [0.25] * 12, (None, "sd"))
    assert (found.points, found.pairs, found.delta, found.claim) == (25, None, None, "not shown")
    by_word = between([0.5] * 12, [0.25] * 12, ("close", "close"))
    assert by_word.claim == "not tested", "as of any others who are close"
    assert by_word == between([0.45, 0.55] * 6, [0.2, 0.3] * 6, ("close", "close"))


def test_one_person_of_several_tells_nothing_of_the_rest() -> None:
    assert between([1], [0.5, 0.25] * 30).claim == "too few"


# Everybody of one mind


def test_two_groups_each_of_one_mind_get_no_interval_of_no_width() -> None:
    found = between([0.5] * 10, [0.75] * 12)
    assert (found.claim, found.interval, found.delta_interval, found.p) == ("all alike", None, None, None)
    assert (found.points, found.delta, found.pairs, found.matters) == (25, 1, (100, 0), True)


def test_below_ten_that_everybody_says_the_same_means_too_little() -> None:
    assert between([0.5] * 9, [0.75] * 12).claim == "too few"


def test_two_groups_that_all_say_the_same_count_as_a_test_that_finds_nothing() -> None:
    assert (between([0.2] * 10, [0.2] * 12).p, between([0.2] * 10, [0.2] * 12).claim) == (1, "not tested")
    assert between([0.2] * 5, [0.2] * 12).claim == "too few"


def test_one_group_of_one_mind_beside_one_that_is_not_has_welchs_interval() -> None:
    a, b = [0.75] * 12, [0, 0.25, 0.5, 0.25, 0, 0.5]
    # Its own variance is 0, so the error and its degrees of freedom are those of the other group.
    reach = stats.t.ppf(0.975, 5) * np.std(np.multiply(b, 100), ddof=1) / math.sqrt(6)
    assert between(a, b).interval == Range(pytest.approx(50 - reach, abs=1e-9), pytest.approx(50 + reach, abs=1e-9))


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
    there = between(a.tolist(), b.tolist())
    assert there == between(dice.permutation(a).tolist(), dice.permutation(b).tolist())


def test_large_groups_need_no_table_of_all_pairs() -> None:
    dice = np.random.default_rng(3)
    a, b = dice.integers(0, 101, 200_000) / 100, dice.integers(0, 91, 300_000) / 100
    found = between(a.tolist(), b.tolist())
    assert found.p is not None
    assert found.p < 1e-9
    assert found.pairs is not None
    assert sum(found.pairs) <= 100


# On some of the items

ITEMS, COMMON, PEOPLE = 12, 2, 20
OF_ALL = {str(item): 1.0 for item in range(ITEMS)}
OF_COMMON = {str(item): 1.0 for item in range(COMMON)}


def scored_on_some(dice: np.random.Generator) -> tuple[np.ndarray, float, float]:
    """People's scores on two of the twelve items that they answered; the standard deviation of their scores on all of
    them; and what follows from that of the one on two."""
    answers = 60 + 20 * dice.normal(size=(PEOPLE, 1)) + 25 * dice.normal(size=(PEOPLE, ITEMS))
    whole = float(answers.mean(axis=1).std(ddof=1))
    parts = dict(zip(OF_ALL, answers.std(axis=0, ddof=1).tolist(), strict=True))
    return answers[:, :COMMON].mean(axis=1), whole, deviation_of_some(whole, parts, OF_ALL, OF_COMMON)


def test_scores_of_some_items_vary_about_as_much_as_is_worked_out() -> None:
    dice = np.random.default_rng(11)
    tries = [scored_on_some(dice) for _ in range(400)]
    truly = np.mean([own.var(ddof=1) for own, _, _ in tries])
    assert np.mean([found**2 for *_, found in tries]) == pytest.approx(truly, rel=0.05)
    assert np.mean([whole**2 for _, whole, _ in tries]) < 0.7 * truly


def test_groups_that_were_drawn_alike_seldom_differ_on_some_items() -> None:
    """By how far apart people are on all items they would, four times as often as is meant."""
    dice = np.random.default_rng(12)
    tries = [(scored_on_some(dice), scored_on_some(dice)) for _ in range(2000)]
    errors = math.sqrt(2 / PEOPLE)

    def share_of_false_claims(which: int) -> float:
        found = [
            stats.t.sf(abs(a[0].mean() - b[0].mean()) / (errors * math.hypot(a[which], b[which]) / math.sqrt(2)), 38)
            for a, b in tries
        ]
        return float(np.mean([2 * p < 0.01 for p in found]))

    assert share_of_false_claims(2) < 0.015
    assert share_of_false_claims(1) > 0.03


def test_a_score_of_all_its_items_varies_as_it_does() -> None:
    parts = dict.fromkeys(OF_ALL, 30.0)
    assert deviation_of_some(21.0, parts, OF_ALL, OF_ALL) == pytest.approx(21)
    assert deviation_of_some(30.0, parts, OF_COMMON | {"0": 0.0}, {"1": 1.0}) == 30


def test_items_that_go_against_each_other_leave_it_as_it_is() -> None:
    """Two of them need not vary more than all do then, but they are never taken to vary less."""
    assert deviation_of_some(20.0, dict.fromkeys(OF_ALL, 10.0), OF_ALL, OF_COMMON) == 20
    assert deviation_of_some(0.0, dict.fromkeys(OF_ALL, 10.0), OF_ALL, OF_COMMON) > 0

"""Differences between the groups of a round: which are told, and how much of each."""

from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
import pytest
from scipy import stats

from selfassess.disclosure.cells import ALL
from selfassess.disclosure.differences import OF_OTHERS
from selfassess.disclosure.release import release_round
from selfassess.disclosure.rounding import rounded_summary
from selfassess.model.results import Difference
from tests.disclosure.test_cells import closed
from tests.disclosure.test_release import answers, set_all, table
from tests.scoring import made


def found(mine: made.Table, rows: Sequence[made.Row], **how: Any) -> dict[str, Difference]:
    """The differences between board and staff, by id."""
    a_round = closed(mine, list(rows), **how)
    summary, _ = release_round(a_round.round, a_round.results, (), frozenset())
    return {one.id: one for one in summary.rounds[0].differences if {one.higher, one.lower} == {"board", "staff"}}


def test_of_groups_of_five_the_points_are_told_and_chance_by_the_words_for_their_spread() -> None:
    mine = table()
    one = found(mine, answers(mine, board=5, staff=6))["b0"]
    assert one.n in ((5, 6), (6, 5))
    assert one.points >= 0
    assert (one.interval, one.delta, one.delta_interval, one.pairs) == (None, None, None, None)
    assert one.p is not None


def test_groups_of_four_are_not_compared() -> None:
    mine = table()
    assert found(mine, answers(mine, board=4, staff=14), small="leave_out") == {}


def test_a_small_group_that_agreed_is_told_by_its_numbers_alone() -> None:
    mine = table()
    one = found(mine, answers(mine, board=4, staff=14))["b0"]
    assert sorted(one.n) == [4, 14]
    assert (one.claim, one.p, one.interval, one.pairs, one.matters) == ("not shown", None, None, None, False)
    assert one.why == "for a small group that agreed to be shown, only scores are shown"


def test_the_points_are_what_the_shown_means_differ_by() -> None:
    mine = table()
    rows = answers(mine, board=9, staff=14)
    a_round = closed(mine, rows)
    summary, _ = release_round(a_round.round, a_round.results, (), frozenset())
    (said,) = rounded_summary(a_round.edition.questionnaire, summary).rounds
    means = {cell.id: cell.figure("b0").mean or 0 for cell in said.groups}
    one = found(mine, rows)["b0"]
    assert one.points == pytest.approx(means[one.higher] - means[one.lower])


def test_from_ten_in_each_on_pairs_and_intervals_are_told() -> None:
    mine = table()
    one = found(mine, answers(mine, board=10, staff=14), invited={"board": 12, "staff": 16})["b0"]
    assert one.pairs is not None
    assert one.delta is not None
    assert one.interval is not None


def test_no_pairs_are_told_where_the_details_of_a_group_are_withheld_for_another() -> None:
    """External partners agreed to be shown, but not in detail; so the board's are withheld. With the staff's answers
    and the board's mean, pairs would tell most of the board's, and then theirs."""
    mine = table()
    one = found(mine, answers(mine, board=10, staff=16, external=4))["b0"]
    assert one.n in ((10, 16), (16, 10))
    assert one.pairs is None


def test_that_everybody_says_the_same_is_not_told_either() -> None:
    mine = table()
    rows = answers(mine, board=10, staff=16, external=4)
    set_all(rows, "board", 4.0, "b0i0", "b0i1")
    set_all(rows, "staff", 2.0, "b0i0", "b0i1")
    invited = {"board": 12, "staff": 18, "external": 4}
    hidden = found(mine, rows, invited=invited)["b0"]
    assert (hidden.points, hidden.claim, hidden.interval, hidden.pairs) == (50, "not shown", None, None)
    assert found(mine, rows, small="leave_out", invited=invited)["b0"].claim == "all alike"


def test_a_score_that_is_coded_is_not_compared() -> None:
    mine = table()
    rows = answers(mine, board=7, staff=14)
    set_all(rows, "board", 5.0, "b0i0", "b0i1")
    assert "b0" not in found(mine, rows)


# What is said of them


def apart(mine: made.Table, *, board: int = 12, staff: int = 14, by: dict[str, float]) -> list[made.Row]:
    """Answers of two groups whose people give 1, 2 or 3 throughout, the board higher on some items."""
    rows = answers(mine, board=board, staff=staff)
    for place, row in enumerate(rows):
        for item in made.items_of(mine):
            value = 1.0 + place % 3 + (by.get(item["id"], 0) if row.group == "board" else 0)
            row.answers[item["id"]] = value  # type: ignore[index]  # made rows hold a dict
    return rows


def test_the_whole_the_strands_and_then_benchmarks_are_looked_at() -> None:
    mine = table()
    told = found(mine, apart(mine, by={"b0i0": 2, "b0i1": 2}))
    assert list(told) == ["overall", "s", "b0", "b1"]
    assert [(one.level, one.claim) for one in told.values()] == [
        ("overall", "differ"), ("strand", "differ"), ("benchmark", "differ"), ("benchmark", "nothing found"),
    ]  # fmt: skip  # in few lines
    assert (told["b0"].shown, told["b0"].matters) == (52, True)


def test_benchmarks_are_tested_only_where_their_strand_differs() -> None:
    mine = table(benchmarks=4)
    told = found(mine, apart(mine, by={"b0i0": 2, "b0i1": 2}))
    assert (told["s"].shown, told["s"].claim) == (15, "nothing found")
    assert (told["b0"].shown, told["b0"].claim, told["b0"].matters) == (52, "not tested", False)


def test_benchmarks_of_a_strand_without_a_score_are_among_the_first() -> None:
    mine = table()
    mine["strands"][0]["method"] = "none"
    told = found(mine, apart(mine, by={"b0i0": 2, "b0i1": 2}))
    assert list(told) == ["b0", "b1"]
    assert [one.claim for one in told.values()] == ["differ", "nothing found"]


def test_a_full_count_is_no_fact_about_chance() -> None:
    mine = table()
    rows = apart(mine, by={"b0i0": 2, "b0i1": 2})
    some, everybody = (found(mine, rows, invited=invited) for invited in ({"board": 40, "staff": 60}, None))
    assert some == everybody
    assert everybody["b1"].claim == "nothing found"


def test_of_nine_people_chance_is_spoken_of_by_the_word_for_their_spread() -> None:
    mine = table()
    told = found(mine, apart(mine, board=9, staff=14, by={"b0i0": 2, "b0i1": 2, "b1i0": 1, "b1i1": 2}))
    assert told["s"].n == (9, 14)
    assert (told["s"].claim, told["s"].interval, told["s"].pairs) == ("differ", None, None)
    assert told["b0"].claim == "differ"


def test_a_difference_as_large_as_is_detectable_is_found_and_a_smaller_one_is_not() -> None:
    mine = table()
    a_round = closed(mine, apart(mine, by={"b0i0": 1}))
    said = release_round(a_round.round, a_round.results, (), frozenset())[0].rounds[0]
    (one,) = said.detectable
    assert (one.groups, one.n) == (("board", "staff"), (12, 14))
    strand = next(other for other in said.differences if other.id == "s")
    assert (strand.points >= one.points) is (strand.claim == "differ")
    # Two tests come first, alike here: at half the level of both. By means and deviations as everybody reads them.
    sides = [100 * a_round.results.shares["s"][a_round.answers.in_group(group)] for group in ("board", "staff")]
    (m, s, n), (other_m, other_s, other_n) = ((round(one.mean()), round(one.std(ddof=1)), len(one)) for one in sides)
    theirs = stats.ttest_ind_from_stats(m, s, n, other_m, other_s, other_n, equal_var=False)
    parts = [(s * s / n, n - 1), (other_s * other_s / other_n, other_n - 1)]
    degrees = sum(part for part, _ in parts) ** 2 / sum(part**2 / df for part, df in parts)
    error = abs(strand.points / theirs.statistic)
    assert one.points == pytest.approx(stats.t.ppf(1 - 0.05 / 2 / 2, degrees) * error)


# Where some items were asked of one group alone


def partly_asked(board: int, staff: int, **more: Any) -> tuple[made.Table, list[made.Row]]:
    """A benchmark of three items, the first of which the staff alone were asked."""
    mine = table(benchmarks=1, items=3) | more
    made.items_of(mine)[0]["groups"] = ["staff"]
    return mine, answers(mine, board=board, staff=staff)


def test_scores_are_compared_on_the_items_that_both_were_asked() -> None:
    mine, rows = partly_asked(10, 12)
    set_all(rows, "board", 3.0, "b0i1", "b0i2")
    set_all(rows, "staff", 3.0, "b0i1", "b0i2")
    set_all(rows, "staff", 5.0, "b0i0")
    one = found(mine, rows)["b0"]
    assert (one.points, one.n) == (0, (10, 12))


def test_scores_made_anew_are_told_only_where_everything_about_their_items_is() -> None:
    mine, rows = partly_asked(9, 14)
    assert found(mine, rows) == {}


def test_scores_made_anew_are_told_of_as_many_people_as_details_are() -> None:
    """Each item was answered by many, both common ones by hardly anybody."""
    mine, rows = partly_asked(12, 24, scoring={"target": 75, "min_answered": 0.6})
    for number, row in enumerate(row for row in rows if row.group == "staff"):
        row.answers["b0i1" if number < 11 else "b0i2"] = "skipped"  # type: ignore[index]  # made rows hold a dict
    for row in rows[-1:]:
        row.answers.update({"b0i1": 5.0, "b0i2": 5.0})  # type: ignore[attr-defined]  # made rows hold a dict
    a_round = closed(mine, rows)
    assert a_round.size(a_round.has("b0"), frozenset(["staff"])) == 24, "everybody has a score on two of three"
    assert "b0" not in found(mine, rows), "but one alone on the two that the board was asked as well"


def test_how_far_apart_people_are_on_them_follows_from_what_is_shown() -> None:
    """The staff's score on three items is shown, and their score on two is compared."""
    mine, rows = partly_asked(20, 20)
    for place, row in enumerate(row for row in rows if row.group == "staff"):
        own = {"b0i0": 1.0 + place // 4, "b0i1": 1.0 + place % 5, "b0i2": 2.0 + place % 4}
        row.answers.update(own)  # type: ignore[attr-defined]  # made rows hold a dict
    a_round = closed(mine, rows)
    summary, _ = release_round(a_round.round, a_round.results, (), frozenset())
    (said,) = rounded_summary(a_round.edition.questionnaire, summary).rounds
    one = next(one for one in summary.rounds[0].differences if one.id == "b0")
    (board,), (staff,) = ([cell for cell in said.groups if cell.id == group] for group in ("board", "staff"))
    s, other = staff.figure("b0").sd or 0, board.figure("b0").sd or 0
    squares = [(staff.figure(f"b0i{item}").sd or 0) ** 2 for item in range(3)]
    together = (s**2 - sum(squares) / 9) / (1 - 1 / 3)
    on_both = (sum(squares[1:]) / 4 + together / 2) ** 0.5
    assert on_both > s > 0
    higher, lower = (mean_of_both(rows, group) for group in ("staff", "board"))
    theirs = stats.ttest_ind_from_stats(higher, on_both, 20, lower, other, 20, equal_var=False)
    assert one.p == pytest.approx(theirs.pvalue, abs=1e-9)


def mean_of_both(rows: Sequence[made.Row], group: str) -> int:
    """What the people of a group said of two items from 1 to 5, in points, as it is shown."""
    points = [12.5 * (row.answers[id] - 1) for row in rows if row.group == group for id in ("b0i1", "b0i2")]
    return round(2 * np.mean(points))


def test_how_sure_it_is_is_not_known_of_a_score_that_is_no_sum_of_them() -> None:
    mine, rows = partly_asked(12, 14)
    mine["strands"][0]["benchmarks"][0]["method"] = "min"
    one = found(mine, rows)["b0"]
    assert (one.claim, one.p, one.interval) == ("not shown", None, None)
    assert one.why == OF_OTHERS


# What is not shown plays no part


def test_a_group_that_is_left_out_is_in_no_difference() -> None:
    mine = table()
    a_round = closed(mine, answers(mine, board=9, staff=14, external=4), "leave_out")
    (said,) = release_round(a_round.round, a_round.results, (), frozenset())[0].rounds
    assert said.differences
    assert "external" not in {group for one in said.differences for group in (one.higher, one.lower)}
    assert ALL not in {group for one in said.differences for group in (one.higher, one.lower)}


def test_answers_in_any_order_give_the_same_differences() -> None:
    mine = table()
    rows = answers(mine, board=10, staff=14)
    mixed = rows.copy()
    Random(7).shuffle(mixed)
    assert found(mine, mixed) == found(mine, rows)

"""How often what is said is false, and how often what is true is found: a small sample of what benchmarks/ simulate.

What these found stands in the documents; here it is held to what was promised.
"""

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median
from types import ModuleType

import numpy as np
import pytest
from scipy import stats

from selfassess.scoring.group_differences import difference
from selfassess.scoring.intervals import Known, Side, critical

ROOT = Path(__file__).parents[2]
SIZES = {"board": 12, "staff": 16, "external": 5}


@pytest.fixture(scope="module")
def benchmarks() -> Iterator[dict[str, ModuleType]]:
    """Their modules, by name."""
    names = ("answers", "rates", "claims")
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield {name: importlib.import_module(name) for name in names}
    sys.path.remove(str(ROOT / "benchmarks"))
    for name in names:
        del sys.modules[name]


def rows(document: str, name: str) -> list[list[str]]:
    """The table of a name in a document, without its head."""
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    block = re.search(rf"<!-- {name} -->\n(.*?)<!-- end -->", text, re.DOTALL)
    assert block
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in block[1].splitlines()[2:]]


# Two camps


def test_the_table_of_two_camps_is_what_is_counted(benchmarks: dict[str, ModuleType]) -> None:
    claims = benchmarks["claims"]
    few = [n for n in claims.PEOPLE if n <= 14]
    table = rows("scores.md", "camps")
    assert [row[0] for row in table] == list(benchmarks["rates"].POPULATIONS)
    for row in table:
        assert tuple(row[: len(few) + 1]) == claims.camps_row(row[0], few)


def test_two_camps_are_told_of_single_humps_in_less_than_one_of_two_reports(benchmarks: dict[str, ModuleType]) -> None:
    rates = benchmarks["rates"]
    items_and_cells = 44 * 4 * 2
    for n in (10, 12, 14):
        found = [rates.camps_rate(n, one) for one in rates.BOOK]
        assert mean(found) <= 1 / items_and_cells / 2
        assert max(found) <= 1 / items_and_cells, "whatever hump it is"


def test_of_evenly_random_items_fewer_than_one_in_ten_is_called_two_camps(benchmarks: dict[str, ModuleType]) -> None:
    rates = benchmarks["rates"]
    assert all(rates.camps_rate(n, [0.2] * 5) < 0.03 for n in (10, 12, 14, 17))


# Groups of a round


@pytest.mark.slow
@pytest.mark.slow
def test_where_nothing_differs_a_report_seldom_says_that_something_does(benchmarks: dict[str, ModuleType]) -> None:
    where, chance = benchmarks["answers"].Partnership(SIZES), benchmarks["answers"].Chance(20261)
    told = [benchmarks["rates"].reported(where, chance, share) for share in (1.0, 0.6) for _ in range(3)]
    assert all(len(one.differences) > 20 for one in told)
    assert sum(benchmarks["rates"].any_false(one, where) for one in told) <= 1


def test_large_differences_are_found(benchmarks: dict[str, ModuleType]) -> None:
    where, chance = benchmarks["answers"].Partnership(SIZES), benchmarks["answers"].Chance(20262)
    told = [benchmarks["rates"].reported(where, chance, 1.0, higher=40) for _ in range(2)]
    assert mean(benchmarks["rates"].found(one, where) for one in told) > 0.6
    assert all(benchmarks["rates"].largest_unseen(one, where) > 10 for one in told)


def test_a_true_difference_as_large_as_the_page_says_is_found_half_of_the_time() -> None:
    chance, level, sd, sizes = np.random.RandomState(7), 0.05 / 15, 19.0, (12, 16)
    points = critical(*(Known(n, 50, (sd**2,)) for n in sizes), level)
    assert points is not None
    found, said = [], []
    for _ in range(400):
        scores = [
            np.clip(chance.normal(middle, sd, n), 0, 100) / 100
            for n, middle in zip(sizes, (50 + points / 2, 50 - points / 2), strict=True)
        ]
        one = difference("s", "strand", ("a", "b"), (scores[0], scores[1]))
        assert one is not None
        assert one.p is not None
        found.append(one.p < level)
        said.append(critical(*(Known.of(Side.of(side)) for side in scores), level))
    assert 0.42 < mean(found) < 0.58
    assert median(filter(None, said)) == pytest.approx(points, abs=1), "as it is worked out from such answers"


def limits(cell: str) -> tuple[float, float, float]:
    """A rate in a hundred, and between which numbers it lies in the long run."""
    found = re.fullmatch(r"([\d.]+) \(([\d.]+)–([\d.]+)\)", cell)
    assert found
    return float(found[1]), float(found[2]), float(found[3])


def test_in_no_row_of_the_table_of_groups_is_a_false_claim_in_more_than_one_of_twenty_reports() -> None:
    """And where nothing differs there were rounds enough to tell 5 from 8."""
    table = rows("scores.md", "groups")
    assert [tuple(row[:2]) for row in table] == [
        (sizes, f"{share} %") for sizes in ("12 / 16 / 5", "30 / 40 / 20") for share in (100, 80, 60)
    ]
    for row in table:
        assert all(limits(cell)[0] <= 5 for cell in row[2:4])
        assert limits(row[2])[2] < 7


def test_the_limits_of_a_rate_are_wilsons(benchmarks: dict[str, ModuleType]) -> None:
    for times, of in ((0, 400), (2, 400), (49, 1000), (400, 400)):
        found = stats.binomtest(times, of).proportion_ci(method="wilson")
        said = limits(benchmarks["claims"].within(times, of))
        assert said == pytest.approx((100 * times / of, 100 * found.low, 100 * found.high), abs=0.05001)


def test_what_is_false_is_found_as_in_whole_reports(benchmarks: dict[str, ModuleType]) -> None:
    where, rates = benchmarks["answers"].Partnership(SIZES), benchmarks["rates"]
    whole, near = benchmarks["answers"].Chance(20267), benchmarks["answers"].Chance(20267)
    for _ in range(3):
        told = rates.reported(where, whole, 1.0, higher=40, half=True)
        is_false = rates.says_what_is_false(where, near, 1.0, 40, half=True)
        assert is_false == rates.any_false(told, where, half=True)


# The order of gaps


@pytest.mark.slow
def test_the_widest_gap_is_among_those_that_are_said_to_be_in_question(benchmarks: dict[str, ModuleType]) -> None:
    where, chance = benchmarks["answers"].Partnership(SIZES), benchmarks["answers"].Chance(20265)
    found = [benchmarks["rates"].in_front(where, chance, 0.8, 10) for _ in range(3)]
    assert all(place <= number for place, number in found)
    assert mean(number for _, number in found) < 14, "of 17"


def test_in_every_row_of_the_table_of_gaps_the_widest_is_among_them_in_95_of_100() -> None:
    table = rows("scores.md", "order")
    assert len(table) == 6
    for _, _, first, *among, number in table:
        assert int(first) < min(map(int, among))
        assert min(map(int, among)) >= 95
        assert 1 < int(number) < 17


@pytest.mark.slow
def test_the_lowest_scores_rise_more_often_than_they_fall(benchmarks: dict[str, ModuleType]) -> None:
    where, chance = benchmarks["answers"].Partnership(SIZES), benchmarks["answers"].Chance(20266)
    moves = [points for _ in range(20) for points in benchmarks["rates"].moves_of_lowest(where, chance, 0.6)]
    assert mean(points > 0 for points in moves) > mean(points < 0 for points in moves)
    assert all(float(up) > float(down) for _, _, up, down, _ in rows("comparing.md", "lowest"))


# Two rounds


@pytest.mark.slow
@pytest.mark.parametrize(("share", "codes"), [(1.0, True), (0.6, True), (1.0, False)])
def test_where_nothing_moved_a_comparison_seldom_says_that_something_did(
    benchmarks: dict[str, ModuleType], share: float, codes: bool
) -> None:
    where, chance = benchmarks["answers"].Partnership(SIZES), benchmarks["answers"].Chance(20263)
    wrong = 0
    for _ in range(5):
        cells = benchmarks["rates"].compared(where, chance, share, codes=codes)
        assert sum(one.claim is not None for cell in cells for one in cell.nodes) > 40
        wrong += bool(benchmarks["rates"].moved(cells))
    assert wrong <= 1


def test_people_compared_with_themselves_are_found_to_have_moved(benchmarks: dict[str, ModuleType]) -> None:
    where, chance = benchmarks["answers"].Partnership(SIZES), benchmarks["answers"].Chance(20264)
    told = [benchmarks["rates"].compared(where, chance, 1.0, codes=True, higher=15) for _ in range(3)]
    assert mean(benchmarks["rates"].share_moved(where, cells, "all") for cells in told) > 0.9


def test_in_no_row_of_the_table_of_rounds_is_a_false_move_in_more_than_one_of_twenty_comparisons() -> None:
    table = rows("comparing.md", "rounds")
    assert len(table) == 8
    assert {row[1] for row in table} == {"100 %", "60 %"}
    assert all(limits(row[3])[0] <= 5 for row in table)

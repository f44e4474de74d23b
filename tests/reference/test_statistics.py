"""How sure, how alike and how different are as a second program has it: R with three packages (see README.md)."""

import csv
import json
import math
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from selfassess.model.results import Difference, Range
from selfassess.scoring.agreement import consensus, of_rwg_star, rwg_star
from selfassess.scoring.group_differences import deviation_of_some, difference, feng_cliff, pairs_won
from selfassess.scoring.intervals import likely
from selfassess.scoring.reliability import omega_total, reliability

HERE = Path(__file__).parent
EXACT = 1e-9
R = json.loads((HERE / "statistics.json").read_text(encoding="utf-8"))
FIVE = (0.0, 0.25, 0.5, 0.75, 1.0)

Column = NDArray[np.float64]


def data(name: str) -> dict[str, list[str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {column: [row[column] for row in rows] for column in rows[0]}


def numbers(name: str, column: str, by: str = "", group: str = "") -> Column:
    table = data(name)
    chosen = [not by or one == group for one in table[by or column]]
    return np.array([float(value) for value, wanted in zip(table[column], chosen, strict=True) if wanted])


def near(interval: Sequence[float], scale: float = 1) -> Range:
    """The interval, give or take what floats do, in units `scale` times as small."""
    low, high = (pytest.approx(scale * end, abs=EXACT) for end in interval)
    return Range(low, high)


# One mean


@pytest.mark.parametrize("name", R["means"])
def test_the_likely_range_of_nobody_knows_how_many_is_that_of_the_t_test(name: str) -> None:
    theirs = R["means"][name]
    # Weights go up to 423: put on the way from 0 to 1000.
    scale = 0.1 if theirs["mean"] > 100 else 1.0
    found = likely(theirs["n"], scale * theirs["mean"], scale * theirs["sd"], None)
    assert found is not None
    low, high = (scale * end for end in theirs["interval"])
    assert found == near((max(low, 0), min(high, 100)))


@pytest.mark.parametrize("name", R["means"])
def test_the_likely_range_of_three_more_is_that_of_survey(name: str) -> None:
    theirs = R["means"][name]
    scale, n = 0.1 if theirs["mean"] > 100 else 1.0, theirs["n"]
    found = likely(n, scale * theirs["mean"], scale * theirs["sd"], n + 3)
    assert found is not None
    total, (low, high) = n * scale * theirs["mean"], (scale * end for end in theirs["interval_of_three_more"])
    assert found == near((max(low, total / (n + 3)), min(high, (total + 300) / (n + 3))))


def test_over_all_samples_of_a_board_the_error_is_on_average_what_it_really_is() -> None:
    """The finite population correction, without any formula: every way 4 of 7 can answer."""
    board = [45.0, 46.0, 50.0, 50.0, 53.0, 57.0, 58.0]
    t = stats.t.ppf(0.975, 3)
    means, errors = [], []
    for answered in combinations(board, 4):
        mean = sum(answered) / 4
        found = likely(4, mean, float(np.std(answered, ddof=1)), 7)
        assert found is not None
        means.append(mean)
        errors.append(((found.high - mean) / t) ** 2)
    assert np.mean(errors) == pytest.approx(np.var(means), abs=EXACT)


# Two groups

GROUPS = {
    "sleep": ("sleep", "extra", "group", "2", "1"),
    "casein_soybean": ("chickwts", "weight", "feed", "casein", "soybean"),
    "sunflower_casein": ("chickwts", "weight", "feed", "sunflower", "casein"),
    "meatmeal_linseed": ("chickwts", "weight", "feed", "meatmeal", "linseed"),
    "virginica_versicolor_petals": ("iris", "petal_length", "species", "virginica", "versicolor"),
    "virginica_setosa_petals": ("iris", "petal_length", "species", "virginica", "setosa"),
    "setosa_virginica_sepals": ("iris", "sepal_width", "species", "setosa", "virginica"),
}
UNITS = {"sleep": 1.0, "chickwts": 0.1, "iris": 1.0}
"""What a unit of the data is in points."""


def sides(name: str) -> tuple[Column, Column, float]:
    file, column, by, first, second = GROUPS[name]
    return numbers(file, column, by, first), numbers(file, column, by, second), UNITS[file]


def compared(name: str) -> Difference:
    first, second, unit = sides(name)
    shares = (first * unit / 100, second * unit / 100)
    found = difference(name, "strand", ("first", "second"), shares)
    assert found is not None
    return found


@pytest.mark.parametrize("name", GROUPS)
def test_welchs_interval_and_its_p_are_those_of_the_t_test(name: str) -> None:
    *_, unit = sides(name)
    found, low, high = compared(name), *R["differences"][name]["welch"]
    assert found.interval == near((low, high) if found.higher == "first" else (-high, -low), unit)
    assert found.p == pytest.approx(R["differences"][name]["p"], rel=1e-8, abs=0)


@pytest.mark.parametrize("name", GROUPS)
def test_cliffs_delta_and_its_interval_are_those_of_the_table_of_all_pairs(name: str) -> None:
    theirs = R["differences"][name]
    first, second, _ = sides(name)
    assert pairs_won(first, second) == (theirs["higher"], theirs["lower"])
    assert feng_cliff(first, second) == near(theirs["interval"])
    found = compared(name)
    assert found.delta == pytest.approx(theirs["delta"] * (1 if found.higher == "first" else -1), abs=EXACT)


@pytest.mark.parametrize("case", ["alike", "weighted", "one", "all", "two"])
def test_the_deviation_of_a_score_from_some_of_its_items_is_that_of_levelled_covariances(case: str) -> None:
    rows = list(zip(*data("shorter").values(), strict=True))
    of = {item: [float(cell) for cell in cells] for name, item, *cells in rows if name == case}
    before = {item: cells[1] for item, cells in of.items() if cells[1]}
    after = {item: cells[2] for item, cells in of.items() if cells[2]}
    *_, whole, theirs = of["rating"]
    assert len(of) == 7
    found = deviation_of_some(whole, {item: cells[0] for item, cells in of.items()}, before, after)
    assert found == pytest.approx(theirs, abs=EXACT)


def test_the_printed_interval_of_the_package_effsize_is_ours() -> None:
    treatment, control = [10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50]
    higher, lower = pairs_won(np.array(treatment, float), np.array(control, float))
    assert (higher - lower) / 60 == -0.25
    assert feng_cliff(np.array(treatment, float), np.array(control, float)) == Range(
        pytest.approx(-0.7265846, abs=5e-8), pytest.approx(0.3890062, abs=5e-8)
    )


# Alpha and omega

TABLES = {
    "attitude": ("attitude", ("rating", "complaints", "privileges", "learning", "raises", "critical", "advance")),
    "attitude_three": ("attitude", ("rating", "complaints", "learning")),
    "iris": ("iris", ("sepal_length", "sepal_width", "petal_length", "petal_width")),
    "iris_two": ("iris", ("sepal_length", "sepal_width")),
}


@pytest.mark.parametrize("name", TABLES)
def test_alpha_feldts_interval_and_what_each_item_does_are_those_of_psych(name: str) -> None:
    file, columns = TABLES[name]
    ours, theirs = reliability({column: numbers(file, column) / 100 for column in columns}), R["alpha"][name]
    assert ours is not None
    assert ours.n == theirs["n"]
    assert (ours.alpha, ours.low, ours.high) == tuple(
        pytest.approx(theirs[key], abs=EXACT) for key in ("alpha", "low", "high")
    )
    assert dict(ours.item_rest) == pytest.approx(theirs["item_rest"], abs=EXACT)
    assert dict(ours.without) == (
        pytest.approx(theirs["without"], abs=EXACT) if theirs["without"] else dict.fromkeys(columns)
    )


@pytest.mark.parametrize("name", ["ability", "harman", "versicolor", "attitude"])
def test_omega_is_that_of_factanal_as_far_as_its_optimiser_goes(name: str) -> None:
    theirs = R["omega"][name]
    assert omega_total(np.array(theirs["covariances"])) == pytest.approx(theirs["omega"], abs=1e-8)


def test_where_factanal_stops_at_the_edge_there_is_no_omega() -> None:
    theirs = R["omega"]["iris"]
    assert theirs["smallest_unique"] == 0.005, "its lowest"
    assert omega_total(np.array(theirs["covariances"])) is None


# How alike


def test_rwg_star_is_that_of_multilevel() -> None:
    columns = [numbers("attitude", column) / 100 for column in TABLES["attitude"][1]]
    variance = (101**2 - 1) / 12 / 100**2
    assert rwg_star(columns, [variance] * 7) == pytest.approx(R["rwg"]["attitude"], abs=EXACT)


@pytest.mark.parametrize("cylinders", ["4", "6", "8"])
def test_rwg_star_of_a_group_is_that_of_multilevel(cylinders: str) -> None:
    gears = (numbers("mtcars", "gear", "cyl", cylinders) - 3) / 2
    assert rwg_star([gears], [(3**2 - 1) / 12 / 2**2]) == pytest.approx(R["rwg"]["gears"][cylinders], abs=EXACT)


@pytest.mark.parametrize("theirs", R["chance_rwg"], ids=lambda one: str(one["n"]))
def test_what_chance_reaches_is_what_multilevel_finds_by_trying(theirs: dict[str, Any]) -> None:
    found = of_rwg_star([theirs["n"]], [FIVE])
    assert found is not None
    # Both are found by trying, and the index moves in steps of .01 to .03 where few answer.
    assert found[1] == pytest.approx(theirs["high"], abs=0.02)


def test_the_printed_consensus_of_the_package_agrmt_is_ours() -> None:
    points = [place / 6 for place in range(7)]
    assert consensus(points, [30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.7256876, abs=5e-8)


def test_consensus_is_that_of_values_with_their_declared_ends() -> None:
    values, counts = [1, 2, 3, 4, 5], [2, 3, 0, 4, 1]
    mean = sum(value * count for value, count in zip(values, counts, strict=True)) / 10
    shares = [(count / 10, abs(value - mean) / 4) for value, count in zip(values, counts, strict=True) if count]
    expected = 1 + sum(share * math.log2(1 - apart) for share, apart in shares)
    assert consensus(FIVE, counts) == pytest.approx(expected, abs=EXACT)

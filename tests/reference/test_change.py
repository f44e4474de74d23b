"""Then and now are as a second program has them: R with coin (see README.md)."""

import csv
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from selfassess.model.comparison import Everybody, Matched
from selfassess.model.results import Range
from selfassess.scoring.change import everybody, matched, signed_ranks
from selfassess.scoring.multiple_comparisons import Seen, claims, holm, in_order

HERE = Path(__file__).parent
EXACT = 1e-9
R = json.loads((HERE / "change.json").read_text(encoding="utf-8"))

Column = NDArray[np.float64]
Case = tuple[Column, Column, float]
"""Before and after, by person (nan: none), and what a unit of the data is in points."""


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sleep() -> Case:
    one, two = ([float(row["extra"]) for row in rows("sleep") if row["group"] == group] for group in "12")
    return np.array(one), np.array(two), 1.0


def girls(treat: str, step: float = 0) -> Case:
    chosen = [row for row in rows("anorexia") if row["treat"] == treat]
    before, after = (np.array([float(row[when]) for row in chosen]) for when in ("before", "after"))
    if step:
        before, after = (step * np.round(column / step) for column in (before, after))
    return before, after, 0.5


def followed(
    file: str, columns: tuple[str, str, str], moments: tuple[int, int], diet: str = "", unit: float = 1
) -> Case:
    """Who is measured at several times, and not always."""
    who, when, value = columns
    chosen = [row for row in rows(file) if not diet or row["diet"] == diet]
    ids = sorted({row[who] for row in chosen})
    known = {(row[who], int(row[when])): float(row[value]) for row in chosen}
    before, after = (np.array([known.get((id, moment), np.nan) for id in ids]) for moment in moments)
    return before, after, unit


chicks = partial(followed, "chickweight", ("chick", "time", "weight"), unit=0.1)
trees = partial(followed, "orange", ("tree", "age", "circumference"))
CASES = {
    "sleep": sleep(),
    "anorexia_cognitive": girls("CBT"),
    "anorexia_control": girls("Cont"),
    "anorexia_family": girls("FT"),
    "anorexia_cognitive_coarse": girls("CBT", 5),
    "anorexia_control_coarse": girls("Cont", 5),
    "chicks_1_first_days": chicks((0, 2), "1"),
    "chicks_1_last_day": chicks((20, 21), "1"),
    "chicks_2_last_day": chicks((20, 21), "2"),
    "chicks_1_growing": chicks((0, 21), "1"),
    "chicks_4_growing": chicks((0, 21), "4"),
    "five_trees": trees((118, 484)),
    "five_trees_a_season": trees((1372, 1582)),
}


def near(interval: Sequence[float], unit: float) -> Range:
    """The interval in points, give or take what floats do."""
    low, high = (pytest.approx(unit * end, abs=EXACT) for end in interval)
    return Range(low, high)


def near_p(p: float) -> Any:
    return pytest.approx(p, rel=1e-8, abs=0)


def changed(name: str) -> Matched:
    before, after, unit = CASES[name]
    found = matched(before * unit / 100, after * unit / 100)
    assert found is not None
    return found


def of_all(name: str) -> Everybody:
    before, after, unit = CASES[name]
    found = everybody(before * unit / 100, after * unit / 100)
    assert found is not None
    return found


def test_every_case_of_r_is_held_against() -> None:
    assert set(CASES) == set(R["matched"]) == set(R["everybody"])


# Matched


@pytest.mark.parametrize("name", CASES)
def test_the_paired_interval_and_its_p_are_those_of_the_t_test(name: str) -> None:
    found, theirs, unit = changed(name), R["matched"][name], CASES[name][2]
    assert found.n == theirs["n"]
    assert found.points == pytest.approx(unit * theirs["mean"], abs=EXACT)
    assert found.sd == pytest.approx(unit * theirs["sd"], abs=EXACT)
    assert found.interval == near(theirs["interval"], unit)
    assert found.p == near_p(theirs["p"])
    assert (found.up, found.same, found.down) == (theirs["up"], theirs["same"], theirs["down"])


@pytest.mark.parametrize("name", CASES)
def test_the_signed_ranks_are_those_of_coin(name: str) -> None:
    assert changed(name).p_by_ranks == near_p(R["matched"][name]["p_by_ranks"])


@pytest.mark.parametrize(
    "name", ["sleep", "chicks_2_last_day", "chicks_4_growing", "five_trees", "five_trees_a_season"]
)
def test_the_signed_ranks_are_those_of_scipy_where_it_can_try_all_signs(name: str) -> None:
    before, after, _ = CASES[name]
    changes = np.round(after - before, 9)[~np.isnan(before) & ~np.isnan(after)]
    every = stats.PermutationMethod(n_resamples=2 ** len(changes))
    theirs = stats.wilcoxon(changes, zero_method="pratt", method=every).pvalue
    assert signed_ranks(changes) == near_p(theirs)


def test_there_are_ties_and_zeros_among_the_cases() -> None:
    for name, ties, zeros in (("sleep", 1, 1), ("chicks_1_first_days", 12, 0), ("anorexia_control_coarse", 16, 7)):
        assert (R["matched"][name]["ties"], R["matched"][name]["same"]) == (ties, zeros)


def test_five_can_never_be_told_from_chance_by_ranks_whatever_the_t_test_says() -> None:
    found = changed("five_trees")
    assert (found.p_by_ranks, found.few) == (0.0625, True)
    assert found.p is not None
    assert found.p < 0.001
    assert claims({"trees": Seen(found)})["trees"].says == "too few to tell"


def test_where_all_moved_alike_or_nobody_did_r_has_no_p_and_neither_have_we() -> None:
    assert R["refused"] == {"moved_alike": "data are essentially constant", "nobody_moved": "NaN"}
    before, _, _ = CASES["five_trees"]
    for more, alike in ((5, "all moved alike"), (0, "nobody moved")):
        found = matched(before / 100, (before + more) / 100)
        assert found is not None
        assert (found.alike, found.points, found.sd, found.interval, found.p) == (alike, more, 0, None, None)


# Everybody


@pytest.mark.parametrize("name", CASES)
def test_everybody_then_and_now_is_welchs_test(name: str) -> None:
    found, theirs, unit = of_all(name), R["everybody"][name], CASES[name][2]
    assert list(found.n) == theirs["n"]
    assert found.mean == tuple(pytest.approx(unit * mean, abs=EXACT) for mean in theirs["means"])
    assert found.interval == near(theirs["interval"], unit)
    assert found.p == near_p(theirs["p"])


# Several at once


@pytest.mark.parametrize("family", R["holm"])
def test_holm_is_p_adjust(family: str) -> None:
    view = "everybody" if family == "treatments_everybody" else "matched"
    theirs = R["holm"][family]
    ps = [R[view][name]["p"] for name in theirs["cases"]]
    assert holm(ps) == tuple(near_p(p) for p in theirs["holm"])


def test_the_claims_on_the_treatments_are_those_of_p_adjust() -> None:
    theirs = R["holm"]["treatments"]
    # From 60 pounds on and twice as large, so that the changes are not too small to speak of.
    of_each = {name: matched(*(2 * (CASES[name][side] - 60) / 100 for side in (0, 1))) for name in theirs["cases"]}
    found = claims({name: Seen(one) for name, one in of_each.items() if one})
    cognitive, _, family = (near_p(p) for p in theirs["holm"])
    assert [claim.p for claim in found.values()] == [cognitive, None, family]
    assert [claim.says for claim in found.values()] == [
        "no change we could detect",
        "no change to speak of",
        "moved up",
    ]


def test_what_is_below_is_that_of_p_adjust_as_often_as_there_are_tests_above() -> None:
    first, below = R["holm"]["treatments"], R["holm"]["all"]
    above = {name: R["matched"][name]["p"] for name in first["cases"]}
    under = {f"below {name}": R["matched"][name]["p"] for name in below["cases"]}
    smallest = min(above, key=above.__getitem__)
    found = in_order(above, {smallest: under})
    assert [found[name] for name in above] == [near_p(p) for p in first["holm"]]
    assert [found[name] for name in under] == [near_p(min(1, len(above) * p)) for p in below["holm"]]

"""What the scores of people come from in the end, whom some items and nodes count for."""

import copy
from typing import Any

import pytest

from selfassess.definition.build import build
from selfassess.scoring.related import Composition, Weights
from tests.scoring.test_comparison import TABLE

EVERYTHING = frozenset({"b0", "b1", "b2", "b", "c0", "c1", "c2", "c", "s", "overall"})


def composition(**benchmark: Any) -> Composition:
    """Of a strand of two benchmarks with three items each; `benchmark` holds for the first."""
    table = copy.deepcopy(TABLE)
    table["strands"][0]["from"] = "benchmarks"
    table["strands"][0]["benchmarks"][0] |= benchmark
    return Composition(build(table))


def same(weights: Weights) -> Any:
    return pytest.approx(dict(weights))


def test_a_strand_is_made_from_the_items_of_its_benchmarks() -> None:
    found = composition().where_scored(EVERYTHING)
    assert found["b"] == same({"b0": 1 / 3, "b1": 1 / 3, "b2": 1 / 3})
    assert found["s"] == same(dict.fromkeys(("b0", "b1", "b2", "c0", "c1", "c2"), 1 / 6))


def test_a_benchmark_without_a_score_is_no_part_of_the_strand_though_some_of_its_items_were_answered() -> None:
    found = composition().where_scored(EVERYTHING - {"b", "b1", "b2"})
    assert found["s"] == same(dict.fromkeys(("c0", "c1", "c2"), 1 / 3))


def test_items_that_were_not_answered_leave_their_weight_to_the_others() -> None:
    assert composition().where_scored(EVERYTHING - {"b2"})["b"] == same({"b0": 1 / 2, "b1": 1 / 2})


def test_the_least_of_several_follows_from_nothing_and_the_least_of_one_is_that_one() -> None:
    least = composition(method="min")
    assert least.where_scored(EVERYTHING)["b"] == {"b": 1}
    assert least.where_scored(EVERYTHING)["s"] == same({"b": 1 / 2, "c0": 1 / 6, "c1": 1 / 6, "c2": 1 / 6})
    assert least.where_scored(EVERYTHING - {"b1", "b2"})["b"] == {"b0": 1}
    assert least.where_asked({"b0", "c0"})["s"] == same({"b0": 1 / 2, "c0": 1 / 2})

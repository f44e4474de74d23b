"""What the means of people are made from in the end, who were asked some items."""

import copy
from typing import Any

import pytest

from selfassess.definition.tables import build
from selfassess.scoring.means import Composition, Weights
from tests.disclosure.test_comparison import TABLE

EVERYTHING = frozenset({"b0", "b1", "b2", "c0", "c1", "c2"})


def composition(**benchmark: Any) -> Composition:
    """Of a strand of two benchmarks with three items each; `benchmark` holds for the first."""
    table = copy.deepcopy(TABLE)
    table["strands"][0]["from"] = "benchmarks"
    table["strands"][0]["benchmarks"][0] |= benchmark
    return Composition(build(table))


def same(weights: Weights) -> Any:
    return pytest.approx(dict(weights))


def test_a_strand_is_made_from_the_items_of_its_benchmarks() -> None:
    found = composition().weights(EVERYTHING)
    assert found["b"] == same({"b0": 1 / 3, "b1": 1 / 3, "b2": 1 / 3})
    assert found["s"] == same(dict.fromkeys(("b0", "b1", "b2", "c0", "c1", "c2"), 1 / 6))


def test_items_that_were_not_asked_leave_their_weight_to_the_others_of_the_benchmark() -> None:
    found = composition().weights(EVERYTHING - {"b2"})
    assert found["b"] == same({"b0": 1 / 2, "b1": 1 / 2})
    assert found["s"] == same({"b0": 1 / 4, "b1": 1 / 4, "c0": 1 / 6, "c1": 1 / 6, "c2": 1 / 6})
    assert composition().weights(EVERYTHING - {"b0", "b1", "b2"})["s"] == same(dict.fromkeys(("c0", "c1", "c2"), 1 / 3))


def test_the_least_of_several_is_an_answer_of_its_own_and_the_least_of_one_is_that_one() -> None:
    least = composition(method="min")
    assert least.weights(EVERYTHING)["b"] == {"b": 1}
    assert least.weights(EVERYTHING)["s"] == same({"b": 1 / 2, "c0": 1 / 6, "c1": 1 / 6, "c2": 1 / 6})
    assert least.weights({"b0", "c0"})["s"] == same({"b0": 1 / 2, "c0": 1 / 2})


def test_a_follow_up_question_adds_its_weight_so_that_the_others_keep_theirs() -> None:
    table = copy.deepcopy(TABLE)
    table["strands"][0]["benchmarks"][0]["items"][2]["show_if"] = "b0 <= 2"
    asked, not_asked = (Composition(build(table)).weights(some)["b"] for some in (EVERYTHING, EVERYTHING - {"b2"}))
    assert asked == same({"b0": 1 / 2, "b1": 1 / 2, "b2": 1 / 2})
    assert not_asked == same({"b0": 1 / 2, "b1": 1 / 2})

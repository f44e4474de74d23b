"""What is worked out for everybody at once in whole numbers is what it would be person by person."""

import math
from fractions import Fraction

import numpy as np
import pytest

from selfassess.definition.tables import build
from selfassess.model.score_tree import exact
from selfassess.scoring import columns, sums
from selfassess.scoring.answers import from_characters, from_texts
from selfassess.scoring.scores import item_shares, score
from selfassess.scoring.sums import covariances
from tests.scoring.made import Table

FEW = 50
"""How many are counted at once here, so that some dozens are counted in several goes."""
QUARTERS = {ord(str(place)): Fraction(place, 4) for place in range(5)}


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for where in (columns, sums):
        monkeypatch.setattr(where, "AT_ONCE", FEW)


def table(*weights: float, method: str = "mean") -> Table:
    """A strand of two benchmarks and an item of its own, with these weights."""
    items = [{"id": f"i{place}", "text": "…", "weight": weight} for place, weight in enumerate(weights)]
    benchmarks = [
        {"id": "b0", "title": "B", "items": items[:2]},
        {"id": "b1", "title": "B", "items": items[2:4]},
    ]
    points = [{"value": value, "label": ""} for value in (1, 2, 3, 4, 5)]
    return {
        "format": 1, "id": "q", "version": "1", "title": "Q", "scale": "agree", "scales": {"agree": {"points": points}},
        "strands": [{"id": "s", "title": "S", "method": method, "benchmarks": benchmarks, "items": items[4:]}],
    }  # fmt: skip  # in few lines


@pytest.mark.parametrize("size", [30, FEW + 5])
@pytest.mark.parametrize("weights", [(1, 1, 1, 1, 1), (1, 2, 1, 0.3, 1), (1, 1 / 3, 0.1234567891234, 1e-9, 2 / 7)])
@pytest.mark.parametrize("method", ["mean", "sum", "min"])
def test_scores_are_those_of_each_person(size: int, weights: tuple[float, ...], method: str) -> None:
    of = build(table(*weights, method=method))
    dice = np.random.default_rng(7)
    ids = [item.id for item in of.items]
    rows = ["".join(row) for row in dice.choice([*"01234-?~"], (size, len(ids)))]
    results = score(from_characters(of, rows, [str(number % 3) for number in range(size)], [""] * size))
    by_id = dict(zip(ids, np.array([[*row] for row in rows]).T, strict=True))
    expected = np.full(size, math.nan)
    for person in range(size):
        there = {id: int(by_id[id][person]) / 4 for id in ids if by_id[id][person].isdigit()}
        if len(there) * 2 >= len(ids):
            weight = {id: weights[int(id[1:])] for id in there}
            total = math.fsum(weight[id] * share for id, share in there.items())
            expected[person] = min(there.values()) if method == "min" else total / math.fsum(weight.values())
    np.testing.assert_allclose(results.shares["s"], expected, rtol=1e-12, atol=1e-12)
    counts = results.counts("s")
    assert counts.sum() == size
    for group in range(3):
        np.testing.assert_array_equal(
            counts[group], np.bincount(results.columns["s"].which[group::3], minlength=counts.shape[1])
        )


def test_texts_of_many_people_are_those_of_each() -> None:
    of = build(table(1, 1, 1, 1, 1))
    width = len(of.items)
    rows = [(group, f"{number:0{width}}") for number, group in enumerate("abbacab")]
    one_by_one = from_texts(of, rows)
    together = from_texts(of, [("a", rows[0][1] + rows[3][1]), ("b", rows[1][1]), ("b", rows[2][1] + rows[6][1]),
                               ("a", rows[5][1]), ("c", rows[4][1])])  # fmt: skip  # in few lines
    assert one_by_one.groups == together.groups == (*"aaabbbc",)
    np.testing.assert_array_equal(one_by_one.codes, together.codes)
    assert one_by_one.runs == (slice(0, 3), slice(3, 6), slice(6, 7))


def test_answers_that_are_not_in_the_order_of_groups_are_counted_as_those_that_are() -> None:
    of = build(table(1, 1, 1, 1, 1))
    rows = [f"{number:0{len(of.items)}}" for number in range(5)]
    mixed = from_characters(of, rows, [*"abbab"], [""] * 5)
    assert mixed.runs is None
    in_order = from_texts(of, zip("abbab", rows, strict=True))
    for id in ("i0", "i4", "b0", "s", "overall"):
        np.testing.assert_array_equal(score(mixed).counts(id), score(in_order).counts(id))


@pytest.mark.parametrize("size", [1, 40, FEW + 7])
def test_covariances_are_those_of_whoever_answered_everything(size: int) -> None:
    dice = np.random.default_rng(3)
    codes = [dice.choice(np.frombuffer(b"01234-", dtype=np.uint8), size) for _ in range(4)]
    members = dice.random(size) < 0.7
    sets = [[0, 1, 2, 3], [1, 3]]
    for flags in (None, members):
        found = covariances(codes, [QUARTERS] * 4, sets, flags)
        assert found is not None
        for (n, matrix), places in zip(found, sets, strict=True):
            inside = np.stack([codes[place] for place in places])
            there = (inside != ord("-")).all(axis=0) & (True if flags is None else flags)
            assert n == there.sum()
            expected = np.cov((inside[:, there] - 48.0) / 4) if n > 1 else np.zeros((len(places),) * 2)
            np.testing.assert_allclose(matrix, expected, atol=1e-12)


def test_of_fractions_that_are_too_long_there_are_no_products_in_whole_numbers() -> None:
    long = {ord("0"): Fraction(0), ord("1"): Fraction(1, 2**40)}
    codes = [np.frombuffer(b"0101", dtype=np.uint8)] * 2
    assert covariances(codes, [long, long], [[0, 1]], None) is None


def test_shares_are_what_was_written() -> None:
    of = build(table(1, 1, 1, 1, 1))
    assert item_shares(of, of.items[0]) == QUARTERS
    assert exact(0.2) == Fraction(1, 5)

"""What follows from sums that are told, held against trying it with exact ranks."""

from itertools import product
from random import Random
from typing import Any

import numpy as np
from hypothesis import given, settings

from selfassess.scoring.algebra import Sum, Told, is_made_of, nothing_told
from selfassess.scoring.related import Weights
from tests.scoring.made import SEEDS

STRAND, ONE, OTHER = range(3)
"""A strand that is the mean of two benchmarks, and these."""
MADE_FROM: tuple[Weights, ...] = ({"one": 0.5, "other": 0.5}, {"one": 1}, {"other": 1})


def told(*sums: tuple[int, str], classes: int = 2) -> Told:
    """Sums that are told: of what, and of which classes ("10": of the first)."""
    return nothing_told([[own] * classes for own in MADE_FROM]).and_told(
        (quantity, np.array([one == "1" for one in which])) for quantity, which in sums
    )


def follows(known: Told, quantity: int, which: str) -> bool:
    return is_made_of(np.array([one == "1" for one in which]), known.follows(quantity))


def test_those_who_are_left_follow_from_all_and_some() -> None:
    known = told((ONE, "11"), (ONE, "10"))
    assert follows(known, ONE, "01")
    assert not follows(known, OTHER, "01")


def test_a_benchmark_follows_from_the_strand_and_the_other() -> None:
    known = told((STRAND, "10"), (ONE, "10"))
    assert follows(known, OTHER, "10")
    assert not follows(known, OTHER, "01")
    assert not follows(known, OTHER, "11")


def test_what_is_left_on_one_benchmark_follows_across_all_three() -> None:
    """The strand of all less that of some, and the one benchmark of the rest: their other benchmark."""
    known = told((STRAND, "11"), (STRAND, "10"), (ONE, "01"))
    assert follows(known, OTHER, "01")
    assert not follows(known, OTHER, "10")


def test_nothing_follows_from_nothing() -> None:
    known = told()
    assert not any(follows(known, quantity, "11") for quantity in (STRAND, ONE, OTHER))
    assert known.and_told([]) is known
    assert list(known.may_follow(known)) == []


def test_of_a_class_that_has_no_score_nothing_is_known() -> None:
    start = nothing_told([[{"one": 1}, {}]])
    known = start.and_told([(0, np.array([True, True]))])
    assert is_made_of(np.array([True, False]), known.follows(0))
    assert not is_made_of(np.array([False, True]), known.follows(0))


def made(random: Random) -> tuple[list[list[Weights]], list[Sum]]:
    """Quantities made from up to three things, and sums of some of them over some of up to four classes."""
    classes, quantities = random.randint(1, 4), random.randint(1, 4)
    by_class: list[list[Weights]] = [
        [{leaf: random.choice((1, 2, 3)) for leaf in random.sample("abc", random.randint(1, 3))}] * classes
        for _ in range(quantities)
    ]
    sums = [
        (random.randrange(quantities), np.array([random.random() < 0.5 for _ in range(classes)]))
        for _ in range(random.randint(0, 6))
    ]
    return by_class, sums


def rank(rows: list[Any]) -> int:
    return int(np.linalg.matrix_rank(np.array(rows), tol=1e-9)) if rows else 0


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_a_sum_follows_where_its_row_adds_nothing_to_those_that_are_told(random: Random) -> None:
    by_class, sums = made(random)
    known = nothing_told(by_class).and_told(sums)

    def row(quantity: int, which: Any) -> Any:
        return np.array(
            [own.get(leaf, 0) * there for own, there in zip(by_class[quantity], which, strict=True) for leaf in "abc"]
        )

    rows = [row(*one) for one in sums]
    for quantity, own in enumerate(by_class):
        for which in product((0, 1), repeat=len(own)):
            if any(which):
                expected = rank([*rows, row(quantity, which)]) == rank(rows)
                assert is_made_of(np.array(which, dtype=bool), known.follows(quantity)) == expected, (quantity, which)


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_it_does_not_matter_how_many_are_told_at_a_time_and_nothing_new_is_overlooked(random: Random) -> None:
    by_class, sums = made(random)
    at_once = nothing_told(by_class).and_told(sums)
    known = nothing_told(by_class)
    for one in sums:
        then, known = known, known.and_told([one])
        more = {place for place in range(len(by_class)) if len(known.follows(place)) > len(then.follows(place))}
        assert more <= {*known.may_follow(then)}
    for place in range(len(by_class)):
        both = [*at_once.follows(place), *known.follows(place)]
        assert len(at_once.follows(place)) == len(known.follows(place)) == rank(both)

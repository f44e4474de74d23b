"""What follows from figures that are published, held against trying it with exact ranks."""

from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from selfassess.disclosure.audit import Audit, Figure, Quantity, Secrets, nothing_published, settled
from selfassess.disclosure.span import follows
from selfassess.scoring.means import Weights
from tests.examples import examples
from tests.scoring.made import SEEDS

STRAND, ONE, OTHER = (("strand", "score"), ("one", "score"), ("other", "score"))
"""A strand that is the mean of two benchmarks, and these, of two items each."""
MADE_FROM: dict[Quantity, Weights] = {
    STRAND: {"a": 0.25, "b": 0.25, "c": 0.25, "d": 0.25},
    ONE: {"a": 0.5, "b": 0.5},
    OTHER: {"c": 0.5, "d": 0.5},
    **{(item, "detail"): {item: 1.0} for item in "abcd"},
}
BLOCKS = {"a": "one", "b": "one", "c": "other", "d": "other"}


def flags(which: str) -> Any:
    """Classes, written as "10": the first of two."""
    return np.array([one == "1" for one in which])


def published(*figures: tuple[Quantity, str], classes: int = 2) -> Audit:
    start = nothing_published({of: [own] * classes for of, own in MADE_FROM.items()}, BLOCKS)
    return start.published(Figure(quantity, flags(which)) for quantity, which in figures)


def is_known(audit: Audit, quantity: Quantity, which: str) -> bool:
    return follows(flags(which), audit.known(quantity))


def test_those_who_are_left_follow_from_all_and_some() -> None:
    known = published((ONE, "11"), (ONE, "10"))
    assert is_known(known, ONE, "01")
    assert not is_known(known, OTHER, "01")


def test_a_benchmark_follows_from_the_strand_and_the_other() -> None:
    known = published((STRAND, "10"), (ONE, "10"))
    assert is_known(known, OTHER, "10")
    assert not is_known(known, OTHER, "01")
    assert not is_known(known, OTHER, "11")


def test_what_is_left_on_one_benchmark_follows_across_all_three() -> None:
    """The strand of all less that of some, and the one benchmark of the rest: their other benchmark."""
    known = published((STRAND, "11"), (STRAND, "10"), (ONE, "01"))
    assert is_known(known, OTHER, "01")
    assert not is_known(known, OTHER, "10")


def test_an_item_follows_from_the_strand_the_other_benchmark_and_the_other_item() -> None:
    known = published((STRAND, "10"), (OTHER, "10"), (("a", "detail"), "10"))
    assert is_known(known, ("b", "detail"), "10")
    assert not is_known(known, ("c", "detail"), "10")


def test_an_item_of_the_rest_follows_from_the_benchmark_as_in_the_docstring() -> None:
    known = published((ONE, "10"), (ONE, "01"), (("b", "detail"), "11"))
    assert is_known(known, ("a", "detail"), "11")
    assert not is_known(known, ("a", "detail"), "10")
    assert is_known(known.published([Figure(("a", "detail"), flags("01"))]), ("a", "detail"), "10")


def test_nothing_follows_from_nothing() -> None:
    known = published()
    assert not any(is_known(known, quantity, "11") for quantity in MADE_FROM)


def test_of_a_class_that_has_no_answer_nothing_is_known() -> None:
    start = nothing_published({ONE: [{"a": 1.0}, {}]}, {})
    known = start.published([Figure(ONE, flags("11"))])
    assert is_known(known, ONE, "10")
    assert not is_known(known, ONE, "01")


def few(sizes: tuple[int, ...], least: int) -> Secrets:
    return Secrets(
        sizes=lambda _: np.array(sizes),
        is_secret=lambda _, which: sum(np.array(sizes)[which]) < least,
        may_be=lambda _: True,
        limit=least,
        least=least,
    )


def test_the_first_that_is_offered_is_published_and_what_would_tell_of_few_with_it_is_not() -> None:
    offered = [[Figure(ONE, flags("11"))], [Figure(OTHER, flags("11"))], [Figure(ONE, flags("10"))]]
    _, kept = settled([published()], offered, [few((9, 4), 5)])
    assert kept == [0, 1]
    _, kept = settled([published()], offered[::-1], [few((9, 4), 5)])
    assert kept == [0, 1]


def test_of_two_audits_each_has_to_agree() -> None:
    offered = [
        [Figure(ONE, flags("11")), Figure(ONE, flags("11"))],
        [Figure(ONE, flags("10")), Figure(ONE, flags("10"))],
    ]
    assert settled([published(), published()], offered, [few((9, 9), 5), few((9, 9), 5)])[1] == [0, 1]
    assert settled([published(), published()], offered, [few((9, 9), 5), few((9, 4), 5)])[1] == [0]


def made(random: Random) -> tuple[dict[Quantity, list[Weights]], dict[str, str], list[tuple[Quantity, Any]]]:
    """Quantities made from up to six leaves in up to three blocks, and some figures of them over up to four classes."""
    classes, quantities = random.randint(1, 4), random.randint(1, 6)
    blocks = {leaf: random.choice(("x", "y", "z")) for leaf in "abcdef" if random.random() < 0.8}
    by_class: dict[Quantity, list[Weights]] = {}
    for number in range(quantities):
        leaves = random.sample("abcdef", random.randint(1, 6))
        own = {leaf: random.choice((1, 2, 3)) for leaf in leaves}
        other = {leaf: random.choice((1, 2, 3)) for leaf in leaves}
        by_class[f"q{number}", "score"] = [random.choice((own, own, own, other)) for _ in range(classes)]
    figures = [
        (random.choice([*by_class]), np.array([random.random() < 0.5 for _ in range(classes)]))
        for _ in range(random.randint(0, 8))
    ]
    return by_class, blocks, figures


def rank(rows: list[Any]) -> int:
    return int(np.linalg.matrix_rank(np.array(rows), tol=1e-9)) if rows else 0


@pytest.mark.slow
@examples(300)
@given(SEEDS)
def test_a_figure_follows_where_its_row_adds_nothing_to_those_that_are_published(random: Random) -> None:
    by_class, blocks, figures = made(random)
    at_once = nothing_published(by_class, blocks).published(Figure(*one) for one in figures)
    one_by_one = nothing_published(by_class, blocks)
    for one in figures:
        one_by_one = one_by_one.published([Figure(*one)])

    def row(quantity: Quantity, which: Any) -> Any:
        own = zip(by_class[quantity], which, strict=True)
        return np.array([weights.get(leaf, 0) * there for weights, there in own for leaf in "abcdef"])

    rows = [row(*one) for one in figures]
    for quantity, own in by_class.items():
        for which in product((0, 1), repeat=len(own)):
            if any(which):
                expected = rank([*rows, row(quantity, which)]) == rank(rows)
                for audit in (at_once, one_by_one):
                    assert follows(np.array(which), audit.known(quantity)) == expected, (quantity, which)


def test_what_few_answered_of_much_that_many_were_asked_is_kept_whatever_it_is_made_from() -> None:
    """Nine were asked all four items; two of them answered a and three answered c. The strand less b and d is what they
    said of these: five people, or three where the two are among them."""
    of_class = {of: [own] for of, own in MADE_FROM.items()}
    offered = [[Figure(of, flags("1"))] for of in (("b", "detail"), ("d", "detail"), STRAND)]
    for whom, kept in ((frozenset({3, 4, 5}), [0, 1, 2]), (frozenset({1, 2, 3}), [0, 1])):
        few_of = {(0, "a"): frozenset({1, 2}), (0, "c"): whom}
        audit = nothing_published(of_class, BLOCKS, few_of)
        secrets = Secrets(
            sizes=lambda _: np.array([9]), is_secret=lambda *_: False, may_be=lambda _: True, limit=10, least=5
        )
        assert settled([audit], offered, [secrets])[1] == kept, whom

"""What one person's answers can come to, held against trying everything that everybody can have said."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import inf
from random import Random

import pytest
from hypothesis import given, settings

from selfassess.disclosure.programs import Key, Programs, Sum, Unknown
from tests.scoring.made import SEEDS

CLOSE = 1e-6
A, B, OTHER_A = (0, "a"), (0, "b"), (1, "a")


def unknown(people: int, values: Sequence[int], most: Sequence[int] | None = None) -> Unknown:
    """The total of so many people who can give these values, each of them so often."""
    counts = tuple(most or [people] * len(values))
    every = [value for value, n in zip(values, counts, strict=True) for _ in range(n)]
    least, largest = every[: people - 1], every[len(every) - people + 1 :]
    return Unknown(
        step=1 / max(values[-1], 1),
        is_whole=True,
        total=(sum(every[:people]), sum(every[len(every) - people :])),
        others=(sum(least), sum(largest)),
        values=tuple(values),
        people=people,
        most=counts,
    )


def published(times: Mapping[Key, float], unknowns: Mapping[Key, Unknown], totals: Mapping[Key, int]) -> Sum:
    """A sum as precisely as it is."""
    value = sum(weight * unknowns[key].step * totals[key] for key, weight in times.items())
    return Sum(times, value, value)


@settings(max_examples=60)
@given(SEEDS)
def test_whole_numbers_leave_what_trying_everything_leaves(random: Random) -> None:
    """And any numbers no less than that."""
    scales = [random.choice(((0, 1), (0, 1, 2), (0, 1, 2, 4), (0, 3))) for _ in range(2)]
    unknowns = {key: unknown(random.randint(1, 3), scales[key[1] == "b"]) for key in (A, B, OTHER_A)}
    given_ = {key: [random.choice(one.values) for _ in range(one.people)] for key, one in unknowns.items()}
    totals = {key: sum(answers) for key, answers in given_.items()}
    rows: Sequence[Mapping[Key, float]] = ({A: 1.0, B: 0.5}, {A: 1.0, OTHER_A: 1.0}, {B: 1.0}, {A: 0.3, OTHER_A: 1.0})
    some = [published(row, unknowns, totals) for row in random.sample(rows, random.randint(1, 2))]
    own = random.choice(({A: 1.0}, {A: 0.6, B: 0.4}))
    found = {
        sum(weight * first[key][0] * unknowns[key].step for key, weight in own.items())
        for first in everything(unknowns)
        if all(agrees(one, unknowns, first) for one in some)
    }
    programs = Programs(unknowns, some)
    assert programs.ends(own, whole=True) == pytest.approx((min(found), max(found)), abs=CLOSE)
    low, high = programs.ends(own)
    assert low <= min(found) + CLOSE
    assert high >= max(found) - CLOSE
    assert Programs(unknowns, some).ends(own, whole=True) == programs.ends(own, whole=True)


def everything(unknowns: Mapping[Key, Unknown]) -> list[dict[Key, tuple[int, ...]]]:
    """Every way in which everybody can have answered."""
    ways = [[*product(one.values, repeat=one.people)] for one in unknowns.values()]
    return [dict(zip(unknowns, one, strict=True)) for one in product(*ways)]


def agrees(one: Sum, unknowns: Mapping[Key, Unknown], answers: Mapping[Key, tuple[int, ...]]) -> bool:
    value = sum(weight * unknowns[key].step * sum(answers[key]) for key, weight in one.times.items())
    return one.low - 1e-9 <= value <= one.high + 1e-9


def test_what_holds_together_leaves_less_than_one_sum_after_the_other() -> None:
    """Two sums of three totals: each of them leaves the first anything, and both together nothing but the middle."""
    unknowns = {A: unknown(1, (0, 1, 2)), B: unknown(1, (0, 1, 2)), OTHER_A: unknown(1, (0, 1, 2))}
    plus, minus = {A: 2.0, B: 1.0, OTHER_A: 1.0}, {A: 0.001, B: 1.0, OTHER_A: 1.0}
    totals = {A: 1, B: 0, OTHER_A: 2}
    one, other = published(plus, unknowns, totals), published(minus, unknowns, totals)
    assert Programs(unknowns, [one]).ends({A: 1.0}) == pytest.approx((0, 1), abs=CLOSE)
    assert Programs(unknowns, [other]).ends({A: 1.0}) == pytest.approx((0, 1), abs=CLOSE)
    assert Programs(unknowns, [one, other]).ends({A: 1.0}) == pytest.approx((0.5, 0.5), abs=CLOSE)


def test_answers_that_were_counted_are_given_no_more_often_than_they_are_there() -> None:
    """Two people of whom one said nothing and the other all: any number says that a half is possible."""
    unknowns = {A: unknown(2, (0, 4), (1, 1))}
    assert Programs(unknowns, []).ends({A: 1.0}, whole=True) == (0, 1)
    three = {A: unknown(3, (0, 4), (2, 1))}
    half = Sum({A: 1.0}, 0.4, 1.1)
    assert Programs(three, [half]).ends({A: 1.0}, whole=True) == (0, 1)


@pytest.mark.parametrize("whole", [False, True])
def test_where_nothing_agrees_nothing_is_known(whole: bool) -> None:
    unknowns = {A: unknown(2, (0, 1, 2)), B: unknown(2, (0, 1, 2))}
    rows = [Sum({A: 1.0, B: 1.0}, 1.0, 1.0), Sum({A: 1.0}, 1.5, 2.0), Sum({B: 1.0}, 1.5, 2.0)]
    assert Programs(unknowns, rows).ends({A: 1.0}, whole=whole) == (-inf, inf)


def test_what_was_asked_before_makes_no_difference() -> None:
    unknowns = {A: unknown(5, (0, 1, 2, 3, 4)), B: unknown(4, (0, 1, 2, 3, 4))}
    rows = [Sum({A: 1.0, B: 1.0}, 7.4, 7.6)]
    goals: list[dict[Key, float]] = [{A: 1.0}, {B: 1.0}, {A: 0.5, B: 0.5}]
    there, back = Programs(unknowns, rows), Programs(unknowns, rows)
    for whole in (False, True):
        first = [there.ends(goal, whole=whole) for goal in goals]
        last = [back.ends(goal, whole=whole) for goal in goals[::-1]][::-1]
        for one, other in zip(first, last, strict=True):
            assert one == pytest.approx(other)


def test_it_is_not_asked_how_high_where_it_is_enough_how_low() -> None:
    unknowns = {A: unknown(5, (0, 1, 2, 3, 4)), B: unknown(4, (0, 1, 2, 3, 4))}
    programs = Programs(unknowns, [Sum({A: 1.0, B: 1.0}, 8.2, 8.3)])
    reached: list[float] = []

    def is_enough(least: float) -> bool:
        reached.append(least)
        return least < 0.3

    assert programs.ends({A: 1.0}, whole=True, is_enough=is_enough) == pytest.approx((0.25, inf))
    assert programs.ends({A: 1.0, B: 1.0}, whole=True, is_enough=is_enough) == pytest.approx((1.25, 2))
    assert reached == pytest.approx([0.25, 1.25])
    assert programs.ends({A: 1.0}, whole=True) == pytest.approx((0.25, 1))


@pytest.mark.parametrize("whole", [False, True])
def test_what_cannot_be_is_never_enough(whole: bool) -> None:
    unknowns = {A: unknown(2, (0, 1, 2)), B: unknown(2, (0, 1, 2))}
    rows = [Sum({A: 1.0, B: 1.0}, 1.0, 1.0), Sum({A: 1.0}, 1.5, 2.0), Sum({B: 1.0}, 1.5, 2.0)]
    assert Programs(unknowns, rows).ends({A: 1.0}, whole=whole, is_enough=lambda _: True) == (-inf, inf)


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    unknowns = {A: unknown(5, (0, 1, 2, 3, 4)), B: unknown(5, (0, 1, 3))}
    programs = Programs(unknowns, [Sum({A: 1.0, B: 1.0}, 7.0, 7.2)])
    for whole in (False, True):
        programs.ends({A: 0.5, B: 0.5}, whole=whole)
    assert capfd.readouterr() == ("", "")

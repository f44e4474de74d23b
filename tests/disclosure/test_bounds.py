"""What is left of single answers, held against trying every answer."""

from collections.abc import Mapping, Sequence
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from selfassess.disclosure import bounds as bounds_module
from selfassess.disclosure.audit import Figure, Quantity
from selfassess.disclosure.bounds import Bounds, Effort, Mean, Place, as_told
from selfassess.disclosure.census import Pile, Scale
from selfassess.disclosure.release import withheld
from selfassess.model.score_tree import nodes
from selfassess.scoring.means import Weights
from tests.disclosure.printed_rounds import shipped, shipped_round
from tests.scoring.made import SEEDS

BENCHMARK: Quantity = ("benchmark", "score")
ITEMS: tuple[Quantity, ...] = (("a", "detail"), ("b", "detail"))
ALL, BOARD, STAFF = [True, True], [True, False], [False, True]


def bounds(board: int, staff: int, steps: int = 4, items: Sequence[str] = "ab") -> Bounds:
    """A benchmark of some items that a board and staff of so many answered, on a scale of so many steps."""
    made_from: dict[Quantity, Weights] = {BENCHMARK: {item: 1 / len(items) for item in items}}
    made_from |= {(item, "detail"): {item: 1.0} for item in items}
    numbers = dict.fromkeys(items, np.array([board, staff]))
    return Bounds({of: [own] * 2 for of, own in made_from.items()}, numbers, dict.fromkeys(items, scale(steps)))


def scale(steps: int) -> Scale:
    return Scale(tuple((np.arange(steps + 1) / steps).tolist()), 1 / steps)


def mean(quantity: Quantity, which: Sequence[bool], low: float, high: float | None = None) -> Mean:
    return Mean(Figure(quantity, np.array(which)), low, low if high is None else high)


def disclosed(
    known: Bounds,
    *means: Mean,
    open_to_all: Mapping[Place, float] | None = None,
    piles: Mapping[tuple[int, str], Sequence[Pile]] | None = None,
) -> list[Place]:
    return known.disclosed(means, (open_to_all or {}).get, piles)


def pile(*counts: int) -> Pile:
    """So many who gave the lowest answer, so many who gave the next, and so on."""
    return {place / (len(counts) - 1): n for place, n in enumerate(counts) if n}


def test_of_a_mean_by_itself_nothing_is_disclosed() -> None:
    assert disclosed(bounds(5, 14), mean(BENCHMARK, BOARD, 37 / 40)) == []
    assert disclosed(bounds(5, 14), mean(BENCHMARK, BOARD, 1.0)) == []


def test_all_less_what_the_staff_can_have_said_at_most_is_what_the_board_said() -> None:
    """Staff are 21 steps below the highest answers, at most one of them on the second item; all together are 20 steps
    below on the first: so nobody on the board is."""
    told = mean(ITEMS[0], ALL, 1 - 20 / 76), mean(BENCHMARK, STAFF, 1 - 21 / 112)
    assert disclosed(bounds(5, 14), *told, mean(ITEMS[1], ALL, 1 - 3 / 76)) == []
    assert (0, ITEMS[0]) in disclosed(bounds(5, 14), *told, mean(ITEMS[1], ALL, 1 - 1 / 76))


def test_what_may_be_known_of_the_people_by_themselves_is_not_counted() -> None:
    told = mean(ITEMS[0], ALL, 1 - 20 / 76), mean(BENCHMARK, STAFF, 1 - 21 / 112), mean(ITEMS[1], ALL, 1 - 1 / 76)
    own = {(0, ITEMS[0]): 1.0}
    assert (0, ITEMS[0]) not in disclosed(bounds(5, 14), *told, open_to_all=own)


def test_a_code_narrowed_to_the_very_end_is_disclosed() -> None:
    coded = mean(BENCHMARK, BOARD, 0.95, 1.0)
    assert disclosed(bounds(5, 14), coded) == []
    assert (0, BENCHMARK) in disclosed(bounds(5, 14), coded, mean(BENCHMARK, STAFF, 0.5), mean(BENCHMARK, ALL, 12 / 19))


def test_a_single_answer_is_found_by_its_steps() -> None:
    """One answered what three did not: only the middle of its scale agrees with a whole number of theirs."""
    weights = {"a": 0.2, "b": 0.75}
    numbers = {"a": np.array([3]), "b": np.array([1])}
    by_class: dict[Quantity, Sequence[Weights]] = {BENCHMARK: [weights], ITEMS[1]: [{"b": 1.0}]}
    known = Bounds(by_class, numbers, {"a": scale(1), "b": scale(2)})
    share = (0.2 * 3 + 0.75 * 0.5) / (0.2 * 3 + 0.75)
    assert (0, ITEMS[1]) in disclosed(known, mean(BENCHMARK, [True], share))
    assert (0, ITEMS[1]) not in disclosed(known, mean(BENCHMARK, [True], share - 0.2, share + 0.2))


def test_four_who_took_all_high_answers_there_are_leave_the_others_one() -> None:
    """Of eleven, ten said 3 and one said 4. Four of them had a mean of 56: one of these said 4, so all seven others
    said 3. In a pile of another answer more, they need not have."""
    known = bounds(4, 7, items="a")
    piles = {(place, "a"): [pile(0, 0, 10, 1, 0)] for place in (0, 1)}
    four, all_ = mean(ITEMS[0], BOARD, 0.5625), mean(ITEMS[0], ALL, 5.75 / 11)
    assert (1, ITEMS[0]) in disclosed(known, four, all_, piles=piles)
    assert (0, ITEMS[0]) not in disclosed(known, four, all_, piles=piles)
    more = {(place, "a"): [pile(0, 1, 8, 2, 0)] for place in (0, 1)}
    assert disclosed(known, four, all_, piles=more) == []


def test_a_score_of_fewer_answers_is_looked_at_too() -> None:
    """Whoever left b open has the score of their a, though the mean is of both."""
    known = bounds(5, 14)
    told = mean(ITEMS[0], ALL, 1.0), mean(ITEMS[1], ALL, 0.5), mean(BENCHMARK, BOARD, 0.75)
    assert (0, BENCHMARK) not in disclosed(known, *told)
    classes: dict[Quantity, Sequence[Weights]] = {of: known.by_class[of][:2] for of in known.by_class}
    own = {BENCHMARK: [[{"a": 2.0}], [{"a": 0.5, "b": 0.5}]]}
    known = Bounds(classes, known.numbers, known.scales, own)
    assert known.ways(0, BENCHMARK) == [{"a": 1.0}], "whatever an item weighs among others"
    assert known.narrowed(told).is_little(0, BENCHMARK, {"a": 1.0}, Effort())


def test_what_answers_that_are_counted_tell_by_themselves_is_not_counted() -> None:
    piles = {(place, "a"): [pile(0, 0, 11, 0, 0)] for place in (0, 1)}
    assert disclosed(bounds(4, 7, items="a"), mean(ITEMS[0], BOARD, 0.5), piles=piles) == []


def test_where_enough_would_be_left_with_all_totals_known_no_program_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds_module, "Programs", None)
    for seed in (1, 2, 3):
        one = shipped_round(Random(seed))
        withheld(one.round, one.results, frozenset())


@pytest.mark.parametrize(("share", "low", "high"), [(0.944, 0.935, 0.945), (0.998, 0.995, 1.0), (0.0, 0.0, 0.005)])
def test_a_mean_is_known_as_precisely_as_it_is_told(share: float, low: float, high: float) -> None:
    questionnaire = shipped().questionnaire
    node = next(one for id, one in nodes(questionnaire).items() if id != "overall")
    assert as_told(questionnaire, node, share) == pytest.approx((low, high))


@settings(max_examples=60)
@given(SEEDS)
def test_nothing_is_disclosed_of_which_two_answers_agree_with_all_that_is_known(random: Random) -> None:
    """Everything that two groups can have said to two items is tried: a range that is left holds all of it."""
    board, staff, steps = random.randint(1, 3), random.randint(1, 3), random.randint(1, 3)
    known = bounds(board, staff, steps)
    sizes: Any = np.array([board, board, staff, staff]) * steps
    true: Any = np.array([random.randint(0, size) for size in sizes])
    rows = {(of, which): _row(of, which) for of in (BENCHMARK, *ITEMS) for which in ("10", "01", "11")}
    told = random.sample(sorted(rows), random.randint(1, 5))
    means = [
        mean(of, [one == "1" for one in which], (row := rows[of, which]) @ true / (row @ sizes)) for of, which in told
    ]
    left = known.narrowed(means)
    agree = [
        given
        for given in product(*(range(size + 1) for size in sizes))
        if all(abs(rows[one] @ (np.array(given) - true)) < 1e-9 for one in told)
    ]
    assert tuple(true) in agree
    for at, (place, item) in enumerate(product((0, 1), "ab")):
        total = known.totals[place, item]
        assert left.low[total] * steps <= min(one[at] for one in agree) + 1e-6
        assert left.high[total] * steps >= max(one[at] for one in agree) - 1e-6


def _row(of: Quantity, which: str) -> Any:
    """How many times each total of the board's a and b and the staff's is in a mean."""
    items = [float(of == BENCHMARK or of[0] == item) for item in "ab"]
    return np.array([one * (group == "1") for group in which for one in items])

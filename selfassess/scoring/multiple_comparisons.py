"""What may be said of several differences or changes that are looked at together.

Eight strands in which nothing happened show "something" in one of three rounds. So each test is held
to the number of tests. In which order they are looked at is settled before anybody knows the answers: the whole and
the strands first, then the benchmarks of a strand in which something was found; items never.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from selfassess.model.comparison import LITTLE, Change, Claim, Everybody, Matched
from selfassess.scoring.intervals import ALIKE_FROM, LEVEL

TOP_PERCENT = 40
TOP = f"more than {TOP_PERCENT} % were at the top already"
MOVED = ("moved up", "moved down", "all moved alike")

Key = TypeVar("Key", bound=Hashable)


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """Probabilities after Holm, in the same order: that any of the tests would look like this where nothing is.

    The smallest of m times m, the next times m - 1, and so on, each at least as large as the one before and at most 1
    (S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979),
    65-70).
    """
    adjusted, highest = [0.0] * len(ps), 0.0
    for place, which in enumerate(sorted(range(len(ps)), key=lambda one: ps[one])):
        highest = max(highest, min((len(ps) - place) * ps[which], 1.0))
        adjusted[which] = highest
    return tuple(adjusted)


def in_order(first: Mapping[Key, float], below: Mapping[Key, Mapping[Key, float]]) -> dict[Key, float]:
    """Probabilities after the order in which tests are made: all of `first` are one family, by Holm. What is `below`
    one of them is tested only if that is under LEVEL by then; it is a family of its own, by Holm, and counts besides
    as often as there are tests in `first`. What is not tested has no probability here.

    Without that last factor a report in which some things differ would say of others, wrongly, that they differ: one in
    seven did, where half of the benchmarks differed.
    """
    found = dict(zip(first, holm(list(first.values())), strict=True))
    for key, some in below.items():
        if found.get(key, 1.0) < LEVEL:
            found |= {one: min(1.0, len(first) * p) for one, p in zip(some, holm(list(some.values())), strict=True)}
    return found


# Changes


@dataclass(frozen=True, slots=True)
class Seen:
    """A change, as people see it."""

    change: Change
    looks_the_same: bool = False
    """Whether then and now are shown as the same score."""


def claims(first: Mapping[Key, Seen], below: Mapping[Key, Mapping[Key, Seen]] | None = None) -> dict[Key, Claim]:
    """What may be said of each change. `first` are the whole and the strands of all and of every group, in the view
    that is the headline; `below` by strand its benchmarks, which are tested only where the strand moved.

    What is told in words needs no test, and too few people can have none; none of these makes it harder for the others.
    Only where nobody moved a test counts that finds nothing.
    """
    ps = _tested(first)
    adjusted = in_order(ps, {})
    said = {key: _claim(seen, adjusted.get(key), ps) for key, seen in first.items()}
    there = below or {}
    moved = {key: _tested(some) for key, some in there.items() if key in said and said[key].says in MOVED}
    # Of a strand of whom all moved alike that is told without a test: its benchmarks stand as those of one that passed.
    passed = in_order({**ps, **{key: 0.0 for key in moved if said[key].p is None}}, moved)
    for key, some in there.items():
        for one, seen in some.items():
            said[one] = _claim(seen, passed.get(one), _tested(some), is_tested=key in moved)
    return said


def _tested(seen: Mapping[Key, Seen]) -> dict[Key, float]:
    return {key: p for key, one in seen.items() if (p := tested_by(one.change)) is not None}


def tested_by(change: Change) -> float | None:
    """The probability that a claim rests on: of the paired t or Welch's test. Of people who all moved alike, for whom
    there is no t test, of their ranks, which for n of them is 2 in 2ⁿ; 1 where nobody moved. None where none is due."""
    if change.few:
        return None
    if isinstance(change, Matched) and change.alike:
        return 1.0 if change.alike == "nobody moved" else 2 * 0.5**change.n
    return change.p


def _claim(seen: Seen, p: float | None, family: Mapping[Key, float], *, is_tested: bool = True) -> Claim:
    change = seen.change
    if told := _without_a_test(seen):
        return told
    if tested_by(change) is None:
        return Claim(says="too few to tell", because=_why_too_few(change))
    if not is_tested or p is None:
        return Claim(says="not tested", because="a benchmark is tested only where its part was found to have moved")
    if p < LEVEL:
        return Claim(says=_direction(change), because="this is probably not chance", p=p)
    if _is_at_top(change) and change.points > 0:
        return Claim(says="little room to rise", because=TOP, p=p)
    return Claim(says="no change we could detect", because=_by_chance(change, len(family)), p=p)


def _without_a_test(seen: Seen) -> Claim | None:
    """What is said of a change whatever chance may have to do with it; None where a test has to tell."""
    change = seen.change
    is_alike = isinstance(change, Matched) and change.alike is not None and change.n >= ALIKE_FROM
    if why := _why_little(seen):
        if _is_at_top(change) and change.points >= 0:
            return Claim(says="little room to rise", because=TOP)
        if is_alike and not change.points:
            return Claim(says="nobody moved", because=f"all {change.n} have the same score as before")
        return Claim(says="no change to speak of", because=why)
    if is_alike:
        return Claim(says="all moved alike", because=f"all {change.n} changed by the same amount")
    if isinstance(change, Everybody) and change.one_mind and min(change.n) >= ALIKE_FROM:
        return Claim(says=_direction(change), because="all said the same before, and all said the same after")
    return None


def _why_little(seen: Seen) -> str:
    """Why a change is none to speak of, in words; "" where it is one."""
    size, noise = abs(seen.change.points), seen.change.noise
    if seen.looks_the_same:
        return "then and now look the same"
    if size < LITTLE:
        return f"it is less than {LITTLE:g} points before rounding"
    return "people's answers vary this much anyway" if noise is not None and size < noise else ""


def _direction(change: Change) -> Literal["moved up", "moved down"]:
    return "moved up" if change.points > 0 else "moved down"


def _why_too_few(change: Change) -> str:
    if change.few:
        return "with so few, any change could be chance"
    if change.at_top is None:
        return "with so few, only their average is shown"
    if isinstance(change, Everybody) and 1 in change.n:
        return "only one person has a score in one of the rounds"
    return "all said the same in one of the rounds, so we can't judge chance"


def _by_chance(change: Change, family: int) -> str:
    alone = tested_by(change)
    if alone is not None and alone < LEVEL:
        return f"with {family} looked at together, one such change could be chance"
    return "it could be chance"


def _is_at_top(change: Change) -> bool:
    """Whether more than 40 % had the highest score before. In whole numbers: 2 of 5 are 40 %, whatever floats make
    of it."""
    n = change.n if isinstance(change, Matched) else change.n[0]
    return change.at_top is not None and 100 * change.at_top > TOP_PERCENT * n

"""What was shown before is held against the same rounds as then, and the most that could be shown is found."""

from collections.abc import Callable, Sequence
from itertools import combinations, islice, pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest

from tests.disclosure import utility
from tests.disclosure.utility import Kept, Setting, Tally
from tests.examples import some_of

ROUNDS = tuple(islice(utility.settings(), 0, None, 37))
"""A few rounds: of every size, every rule and all shares of blanks."""
Sum = frozenset[str]
"""The groups over which a sum is told."""


@pytest.fixture(scope="module")
def kept() -> dict[Setting, Kept]:
    return utility.frozen()


def test_every_round_is_kept(kept: dict[Setting, Kept]) -> None:
    assert list(kept) == list(utility.settings())
    assert len(kept) == len(utility.SIZES) * len(utility.RULES) * len(utility.BLANKS) * utility.SEEDS


def test_the_few_rounds_are_of_every_kind() -> None:
    kinds = zip(*ROUNDS, strict=True)
    assert [set(kind) for kind in islice(kinds, 3)] == [set(utility.SIZES), set(utility.RULES), set(utility.BLANKS)]


@pytest.mark.parametrize("setting", ROUNDS, ids=str)
def test_a_round_is_the_one_that_it_was(kept: dict[Setting, Kept], setting: Setting) -> None:
    one = utility.made(setting)
    assert one.hash == kept[setting].hash
    assert utility.shown_then(one, kept[setting]) | kept[setting].hidden == utility.exist(one)


def test_a_round_with_other_blanks_is_noticed(kept: dict[Setting, Kept]) -> None:
    setting = ROUNDS[0]
    other = utility.made(setting._replace(blanks=1))
    with pytest.raises(ValueError, match="not the round that it was"):
        utility.shown_then(other, kept[setting])


def test_the_same_answers_are_given_whatever_is_left_open() -> None:
    sizes, seed = utility.SIZES[0], 0
    whole, some, few = (utility.answers_of(seed, sizes, blanks) for blanks in (0, 1, 8))
    given = [[answer for person in people for answer in person.answers] for people in (whole, some, few)]
    assert all(value is not None for _, value in given[0])
    for more, fewer in pairwise(given):
        other = [(one, another) for one, another in zip(more, fewer, strict=True) if one != another]
        assert other
        assert all(one == (id, one[1]) and value is None for one, (id, value) in other)


@pytest.mark.slow
def test_what_is_frozen_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "shown.json.gz"
    assert utility.freeze(path, ROUNDS[:2]) == 2
    assert path.read_bytes()[4:8] == bytes(4)  # no time in it: the same rounds are the same bytes
    for setting, one in utility.frozen(path).items():
        made = utility.made(setting)
        assert utility.shown_then(made, one) == utility.shown_now(made)
    printed = "\n".join(utility.report(path))
    assert "Together, 2 rounds" in printed
    assert "fewer overall and strand means of all than then: 0" in printed


def test_what_is_frozen_is_not_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    before = utility.FROZEN.read_bytes()
    assert utility.main(["freeze"]) == 1
    assert "--again" in capsys.readouterr().err
    assert utility.FROZEN.read_bytes() == before


def test_figures_are_counted_by_sort_and_cell() -> None:
    then = {("all", "overall", "score"), ("all", "vision", "score"), ("board", "vision_say", "detail")}
    now = {("all", "vision", "score"), ("all", "leadership", "score"), ("all", "vision", "detail")}
    assert utility.compare(now, then) == {
        ("score overall", True): Tally(then=1, now=0, only_then=1, only_now=0),
        ("score strand", True): Tally(then=0, now=1, only_then=0, only_now=1),
        ("score benchmark", True): Tally(then=1, now=1, only_then=0, only_now=0),
        ("detail", True): Tally(then=0, now=1, only_then=0, only_now=1),
        ("item", False): Tally(then=1, now=0, only_then=1, only_now=0),
    }
    assert utility.totals(then) == {"overall"}
    assert utility.totals(now) == {"leadership"}


# The most that could be shown


@pytest.mark.attack
@pytest.mark.slow
@pytest.mark.parametrize("setting", some_of([*islice(utility.settings(), 145, None, 72)], 1), ids=str)
def test_as_many_means_are_published_as_can_be_safely(setting: Setting) -> None:
    offered, published, most = utility.means(utility.made(setting))
    assert offered >= most >= published > 0
    assert published >= 0.97 * most


def tells_no_small_group(small: Sum) -> Callable[[frozenset[Sum]], bool]:
    """The rule that no small group's sum follows from the sums that are told."""

    def is_safe(told: frozenset[Sum]) -> bool:
        groups = sorted(small.union(*told))
        rows = [[group in one for group in groups] for one in (frozenset[str](), *told)]
        return all(rank([*rows, [group == one for group in groups]]) > rank(rows) for one in small)

    return is_safe


def rank(rows: Sequence[Sequence[bool]]) -> int:
    """How many of some rows are independent of each other."""
    return int(np.linalg.matrix_rank(np.array(rows, dtype=float)))


def by_trying(candidates: Sequence[Sum], is_safe: Callable[[frozenset[Sum]], bool]) -> int:
    """How large a safe set can be, by trying all."""
    sizes = range(len(candidates), -1, -1)
    return next(size for size in sizes if any(is_safe(frozenset(some)) for some in combinations(candidates, size)))


@pytest.mark.parametrize("seed", range(60))
def test_the_optimum_is_as_large_as_any_safe_set(seed: int) -> None:
    random = Random(seed)
    groups = "abcdef"[: random.randint(3, 6)]
    small = frozenset(random.sample(groups, random.randint(1, 3)))
    sums = {frozenset(random.sample(groups, random.randint(1, len(groups)))) for _ in range(random.randint(1, 10))}
    candidates, is_safe = sorted(sums, key=sorted), tells_no_small_group(small)
    found = utility.optimum(candidates, is_safe)
    assert found <= sums
    assert is_safe(found)
    assert len(found) == by_trying(candidates, is_safe)


def test_the_optimum_of_many_is_found_without_trying_all() -> None:
    """Of eight places with two groups each, one of which is small, the sum over both and that over the large one are
    told; and all sums over two large groups, which tell nothing of the small ones."""
    places = range(8)
    small = frozenset(f"small {place}" for place in places)
    large = [frozenset([f"large {place}"]) for place in places]
    both = [frozenset([f"large {place}", f"small {place}"]) for place in places]
    pairs = [one | other for one, other in combinations(large, 2)]
    tried = 0
    safe = tells_no_small_group(small)

    def is_safe(told: frozenset[Sum]) -> bool:
        nonlocal tried
        tried += 1
        return safe(told)

    found = utility.optimum([*both[:4], *large, *both[4:]], is_safe)
    assert len(found) == 8
    assert tried < 100
    assert utility.optimum([*large, *pairs], safe) == {*large, *pairs}


def test_of_optima_that_are_as_large_the_first_candidates_make_one() -> None:
    assert utility.optimum("abcd", lambda some: len(some) <= 2) == {"a", "b"}


def test_there_is_no_optimum_where_nothing_is_safe() -> None:
    with pytest.raises(ValueError, match="not even nothing"):
        utility.optimum("ab", lambda some: bool(some))


def test_an_optimum_that_taking_in_order_misses_is_found() -> None:
    unsafe = [frozenset(pair) for pair in ("ab", "ac", "ad")]
    assert utility.optimum("abcd", lambda some: not any(pair <= some for pair in unsafe)) == {"b", "c", "d"}


@pytest.mark.slow
def test_nearly_all_that_was_shown_is_shown_and_no_total_is_lost(kept: dict[Setting, Kept]) -> None:
    """What is gone are single items and benchmarks that could be worked out from others, or others in their place."""
    shown, gone, added = 0, 0, 0
    for setting in ROUNDS:
        one = utility.made(setting)
        then, now = utility.shown_then(one, kept[setting]), utility.shown_now(one)
        assert utility.totals(now) >= utility.totals(then), setting
        for (sort, _), tally in utility.compare(now, then).items():
            assert sort not in ("score overall", "score strand") or not tally.only_then, (setting, sort)
            shown, gone, added = shown + tally.then, gone + tally.only_then, added + tally.only_now
    assert gone <= 0.03 * shown
    assert added >= gone

"""What becomes of each group of a round, decided once at close."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.model.round import (
    EVERYBODY,
    FLOOR,
    Round,
    Rules,
    SmallGroups,
    Standing,
    Thresholds,
    asked_for_consent,
    decided,
)

SIZES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1)
LEAST = st.sampled_from((3, 5, 8))


def a_round(invited: Mapping[str, int], small: SmallGroups, least: int = 5) -> Round:
    rules = Rules(thresholds=Thresholds(least, 10), small_groups=small)
    asks = asked_for_consent(invited, rules)
    return Round(
        id="r", key="k", title="R", questionnaire="0", invited=invited,
        rules=Rules(thresholds=rules.thresholds, small_groups=small, asks_consent=asks),
    )  # fmt: skip  # in few lines


def standing(
    small: SmallGroups, least: int = 5, refusals: Mapping[str, int] | None = None, **sizes: int
) -> dict[str, Standing]:
    """What is decided where everybody handed in."""
    return decided(a_round(sizes, small, least), sizes, refusals or {})


@given(SIZES, LEAST, st.sampled_from(("consent", "leave_out", "pool")), st.randoms())
def test_every_group_gets_a_standing_whatever_order_they_come_in(
    sizes: dict[str, int], least: int, small: SmallGroups, random: Random
) -> None:
    refusals = {group: random.randint(0, 1) for group in sizes}
    found = decided(a_round(sizes, small, least), sizes, refusals)
    assert set(found) == set(sizes)
    mixed = list(sizes)
    random.shuffle(mixed)
    other = {group: sizes[group] for group in mixed}
    assert decided(a_round(other, small, least), dict(sorted(sizes.items())), refusals) == found


@given(SIZES, LEAST, st.sampled_from(("consent", "leave_out", "pool")))
def test_a_large_group_is_never_left_out_and_a_small_one_never_shown_as_any(
    sizes: dict[str, int], least: int, small: SmallGroups
) -> None:
    for group, what in standing(small, least, **sizes).items():
        if sizes[group] >= least:
            assert what == "shown" or (what == "pooled" and small == "pool")
        else:
            assert what in {"consent": ("left_out", "consent"), "leave_out": ("left_out",)}.get(
                small, ("left_out", "pooled")
            )
        if not sizes[group]:
            assert what == "left_out", "there is nothing to show or to join"


@given(SIZES, LEAST)
def test_a_pool_reaches_the_threshold_with_several_groups_or_nobody_is_pooled(
    sizes: dict[str, int], least: int
) -> None:
    found = standing("pool", least, **sizes)
    pooled = [group for group, what in found.items() if what == "pooled"]
    small = [group for group in sizes if 0 < sizes[group] < least]
    if not pooled:
        assert not small or len([group for group in sizes if sizes[group]]) == 1 or sum(sizes.values()) < least
        return
    assert sum(sizes[group] for group in pooled) >= least
    assert len(pooled) >= 2
    assert set(small) <= set(pooled), "every small group is in"
    large = sorted((sizes[group], group) for group in sizes if sizes[group] >= least)
    taken = [one for one in large if one[1] in pooled]
    assert taken == large[: len(taken)], "the next larger ones, and no others"
    assert len(taken) <= 1
    if taken:
        assert sum(sizes[group] for group in small) < least or len(small) == 1, "no larger one without need"


def test_small_groups_that_are_enough_together_take_no_larger_one_in() -> None:
    assert standing("pool", a=2, b=3, c=9) == {"a": "pooled", "b": "pooled", "c": "shown"}


def test_a_single_small_group_is_joined_with_the_smallest_that_there_is() -> None:
    assert standing("pool", a=4, b=14, c=9) == {"a": "pooled", "b": "shown", "c": "pooled"}


def test_of_equal_groups_the_first_by_id_is_joined() -> None:
    assert standing("pool", z=4, c=9, b=9) == {"z": "pooled", "c": "shown", "b": "pooled"}


def test_where_all_together_are_too_few_nobody_is_pooled() -> None:
    assert standing("pool", a=2, b=2) == {"a": "left_out", "b": "left_out"}
    assert standing("pool", a=4, b=0) == {"a": "left_out", "b": "left_out"}


@pytest.mark.parametrize(
    ("handed_in", "refusals", "expected"),
    [
        (4, 0, "consent"),
        (3, 0, "consent"),
        (2, 0, "left_out"),
        (0, 0, "left_out"),
        (4, 1, "left_out"),
        (5, 1, "shown"),
        (5, 0, "shown"),
    ],
)
def test_one_refusal_leaves_a_small_group_out_and_from_the_threshold_on_nobody_need_agree(
    handed_in: int, refusals: int, expected: Standing
) -> None:
    asked = a_round({"external": 6, "staff": 20}, "consent")
    found = decided(asked, {"external": handed_in, "staff": 14}, {"external": refusals})
    assert found == {"external": expected, "staff": "shown"}


def test_a_group_that_was_not_asked_is_not_shown_though_nobody_refused() -> None:
    """So many were invited that nobody was asked, and then four handed in."""
    assert decided(a_round({"staff": 10}, "consent"), {"staff": 4}, {}) == {"staff": "left_out"}
    assert decided(a_round({"staff": 9}, "consent"), {"staff": 4}, {}) == {"staff": "consent"}


def test_where_the_smallest_group_is_the_floor_consent_changes_nothing() -> None:
    assert standing("consent", FLOOR, a=2, b=3) == {"a": "left_out", "b": "shown"}


@pytest.mark.parametrize(
    ("small", "expected"), [("consent", "consent"), ("leave_out", "left_out"), ("pool", "left_out")]
)
def test_a_round_without_groups_has_one_that_is_everybody(small: SmallGroups, expected: Standing) -> None:
    sizes: dict[str, Any] = {EVERYBODY: 4}
    assert decided(a_round(sizes, small), sizes, {}) == {EVERYBODY: expected}
    assert decided(a_round({EVERYBODY: 12}, small), {EVERYBODY: 12}, {}) == {EVERYBODY: "shown"}


def test_sheets_of_a_group_that_takes_no_part_decide_nothing() -> None:
    assert decided(a_round({"a": 9}, "pool"), {"a": 4, "b": 9}, {}) == {"a": "left_out"}

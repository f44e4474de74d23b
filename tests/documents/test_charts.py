"""A bar and the mark of its target, without colours."""

from itertools import product

import pytest

from selfassess.documents.charts import EMPTY, FILLED, MARK, Bar


def drawn(share: float | None, target: float | None, width: int = 20) -> str:
    return "".join(character for character, _ in Bar(share, target, "", width).cells(width))


def test_bars_near_their_target_are_told_apart() -> None:
    assert drawn(0.82, 0.75) == "███████████████│█···"
    assert drawn(0.77, 0.75) == "███████████████│█···"
    assert drawn(0.75, 0.75) == "███████████████│····"
    assert drawn(0.73, 0.75) == "██████████████·│····"


@pytest.mark.parametrize("width", [8, 16, 20, 44])
def test_a_bar_reaches_its_mark_only_at_the_target_and_passes_it_only_above(width: int) -> None:
    shares = (0, 0.005, 0.49, 0.51, 0.74, 0.76, 0.985, 0.995, 1)
    for share, target in product(shares, (0, 0.01, 0.5, 0.75, 0.99, 1)):
        bar = drawn(share, target, width)
        before, after = bar.split(MARK)
        assert len(bar) == width
        assert (FILLED in after) == (share > target), (share, target)
        assert (EMPTY in before) == (share < target), (share, target)


def test_without_a_target_or_a_score_nothing_is_moved() -> None:
    assert drawn(0.5, None, 8) == "████····"
    assert drawn(None, 0.5, 8) == "····│···"

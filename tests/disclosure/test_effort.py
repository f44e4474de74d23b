"""Where it would take too long to find out what whole numbers leave, less is published, and the same in any order."""

from collections.abc import Sequence
from random import Random

import pytest

from selfassess.disclosure import bounds
from selfassess.disclosure.bounds import Effort
from selfassess.disclosure.comparison import Published, Showing
from selfassess.errors import TooLittleError
from tests.disclosure.made_comparisons import made_story
from tests.disclosure.made_rounds import made_round
from tests.disclosure.test_comparison_attack import in_some_order
from tests.examples import some_of
from tests.services.made import released

LITTLE, ENDLESS = 200, 10**12
"""Steps of the simplex method."""


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Showing, Sequence[tuple[str, str, str]]]]:
    """Every comparison that is decided meanwhile, with what is new in it and published."""
    found: list[tuple[Showing, Sequence[tuple[str, str, str]]]] = []
    settled = Showing.settled

    def noted(self: Showing, new: Sequence[tuple[str, str, str]]) -> list[int]:
        places = settled(self, new)
        found.append((self, [new[place] for place in places]))
        return places

    monkeypatch.setattr(Showing, "settled", noted)
    return found


@pytest.mark.attack
@pytest.mark.slow
@pytest.mark.parametrize("seed", some_of((2064, 2023, 2049, *range(2000, 2012)), 1))
def test_what_is_not_settled_in_time_is_not_published(
    monkeypatch: pytest.MonkeyPatch, decided: list[tuple[Showing, Sequence[tuple[str, str, str]]]], seed: int
) -> None:
    monkeypatch.setattr(bounds, "MOST_PIVOTS", LITTLE)
    random = Random(seed)
    in_some_order(random, made_story(random))
    assert decided
    monkeypatch.setattr(bounds, "MOST_PIVOTS", ENDLESS)
    for showing, new in decided:
        for side, one in enumerate(showing.rounds):
            assert not newly_disclosed(showing, one, side, new)


def newly_disclosed(
    showing: Showing, one: Published, side: int, new: Sequence[tuple[str, str, str]]
) -> set[tuple[int, tuple[str, str]]]:
    """What the new means disclose in one of the rounds that was not known before, with all the time there is."""
    pair = showing.pair
    figures = [one.figure((id, pair.kind(side, id)), pair.members(side, view, cell)) for view, cell, id in new]
    return one.disclosed(figures, Effort()) - one.disclosed([], Effort())


@pytest.mark.attack
@pytest.mark.parametrize("seed", [53, *some_of(range(100, 140), 1)])
def test_the_order_of_people_decides_nothing_where_time_is_short(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(bounds, "MOST_PIVOTS", LITTLE)
    random = Random(seed)
    made = made_round(random)
    rows = [(group or None, made.characters(number)) for number, group in enumerate(made.group_of)]
    try:
        _, log = released(made.edition, made.round, rows, made.texts)
    except TooLittleError:
        return
    random.shuffle(rows)
    assert released(made.edition, made.round, rows, made.texts)[1] == log

"""What may be said of a change, and of several together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.model.change import Change, Claim
from selfassess.scoring.change import bare, everybody, matched
from selfassess.scoring.claims import claims, holm

PS = st.lists(st.floats(0, 1), max_size=12)
UP = ([0.25, 0.5, 0.25, 0.5, 0.25, 0.5, 0.25, 0.5, 0.25, 0.5], [0.5, 0.75, 0.75, 0.75, 0.5, 0.75, 0.5, 1, 0.5, 0.75])
"""Ten people who plainly moved up."""
WAVERING = ([0.25, 0.5, 0.75, 0.5, 0.25, 0.5, 0.25, 0.5], [0.5, 0.25, 1, 0.25, 0.5, 0.5, 0.25, 0.75])


def same(
    before: list[float],
    after: list[float],
    invited: tuple[int | None, int | None] = (None, None),
    alphas: tuple[float | None, float | None] = (None, None),
) -> Change:
    found = matched(np.array(before, float), np.array(after, float), invited, alphas)
    assert found is not None
    return found


def all_of(
    before: list[float],
    after: list[float],
    invited: tuple[int | None, int | None] = (None, None),
    alphas: tuple[float | None, float | None] = (None, None),
) -> Change:
    found = everybody(np.array(before, float), np.array(after, float), invited, alphas)
    assert found is not None
    return found


def of(change: Change) -> Claim:
    return claims({"one": change})["one"]


def told(change: Change) -> tuple[str, str]:
    claim = of(change)
    return claim.says, claim.because


# Holm


@given(PS)
def test_holm_is_its_definition(ps: list[float]) -> None:
    adjusted = holm(ps)
    assert len(adjusted) == len(ps)
    for p, found in zip(ps, adjusted, strict=True):
        smaller = [other for other in ps if other <= p]
        # Of all that are no larger: each times how many are not smaller than it.
        expected = max(min(1.0, sum(one >= other for one in ps) * other) for other in smaller)
        assert found == pytest.approx(expected, abs=1e-12)


@given(PS, st.floats(0.001, 0.2))
def test_holm_rejects_what_his_steps_reject(ps: list[float], level: float) -> None:
    adjusted = holm(ps)
    rejected: set[int] = set()
    for place, which in enumerate(sorted(range(len(ps)), key=lambda one: ps[one])):
        if (len(ps) - place) * ps[which] > level:
            break
        rejected.add(which)
    assert {which for which, p in enumerate(adjusted) if p <= level} == rejected


@given(PS)
def test_holm_is_never_below_the_test_and_never_above_bonferroni(ps: list[float]) -> None:
    for p, found in zip(ps, holm(ps), strict=True):
        assert p <= found <= min(1.0, len(ps) * p) or found == pytest.approx(p)


def test_nothing_tested_is_nothing_adjusted() -> None:
    assert holm([]) == ()
    assert claims({}) == {}


# One change


def test_a_plain_move_is_told_with_its_reason() -> None:
    assert told(same(*UP)) == ("moved up", "chance alone would seldom make it so large")
    assert told(same(*reversed(UP))) == ("moved down", "chance alone would seldom make it so large")
    assert told(all_of(*UP)) == ("moved up", "chance alone would seldom make it so large")


def test_what_chance_could_have_made_is_no_change_that_we_could_detect() -> None:
    assert told(same(*WAVERING)) == ("no change we could detect", "chance alone could have made it")
    assert told(all_of(*WAVERING)) == ("no change we could detect", "chance alone could have made it")


def test_among_five_nothing_can_be_told_however_far_they_moved() -> None:
    why = "among so few, chance alone could have made any change"
    assert told(same([0, 0, 0.1, 0, 0.1], [1, 0.9, 1, 1, 1])) == ("too few to tell", why)
    assert told(same([0.25], [1])) == ("too few to tell", why)
    assert told(same([0.25] * 5, [0.5] * 5)) == ("too few to tell", why)
    assert told(all_of([0, 0.25, 0], [1, 1, 0.75])) == ("too few to tell", why)


def test_ten_who_all_moved_alike_are_told_in_words() -> None:
    assert told(same([0.25, 0.5] * 5, [0.5, 0.75] * 5)) == ("all moved alike", "all 10 changed by the same amount")
    assert of(same([0.5, 0.75] * 5, [0.25, 0.5] * 5)).p is None


def test_ten_of_whom_nobody_moved_are_told_in_words() -> None:
    assert told(same([0.25, 0.5] * 5, [0.25, 0.5] * 5)) == ("nobody moved", "all 10 have the same score as before")


def test_below_ten_the_words_do_not_give_away_that_all_moved_alike() -> None:
    alike, apart = same([0.25, 0.5] * 3, [0.5, 0.75] * 3), same([0.25, 0.5] * 3, [0.5, 0.8] * 3)
    assert told(alike) == told(apart) == ("moved up", "chance alone would seldom make it so large")
    assert of(alike).p == 2 / 2**6
    assert told(same([0.25, 0.5] * 3, [0.25, 0.5] * 3))[0] == "no change we could detect"


def test_more_than_four_of_ten_at_the_top_cannot_rise() -> None:
    why = "more than 40 % were at the top already"
    at_top = ([1, 1, 1, 0.5, 0.5, 0.75], [1, 1, 0.75, 0.75, 0.5, 1])
    assert told(same(*at_top)) == told(all_of(*at_top)) == ("cannot rise", why)
    assert told(same([1] * 10, [1] * 10)) == ("cannot rise", why)
    assert told(same([1] * 5 + [0.5] * 5, [1] * 5 + [0.5] * 5)) == ("cannot rise", why)
    two_of_five = ([1, 1, 0.5, 0.5, 0.5] * 2, [1, 0.75, 0.75, 0.5, 0.5] * 2)
    assert told(same(*two_of_five))[0] == "no change we could detect"


def test_many_at_the_top_can_still_fall() -> None:
    assert told(same([1, 1, 1, 1, 0.9, 1, 1, 0.9], [0.5, 0.25, 0.5, 0.5, 0.25, 0.5, 0.25, 0.5]))[0] == "moved down"
    fallen = same([1, 1, 1, 0.5, 0.5, 0.75], [1, 0.5, 1, 0.5, 0.75, 0.5])
    assert told(fallen)[0] == "no change we could detect", "a ceiling hides no fall"


def test_a_full_count_is_a_fact_however_few() -> None:
    assert told(same([0.25, 0.5, 0.5], [0.5, 0.5, 0.75], (3, 3))) == (
        "moved up",
        "all who were invited both times are counted, so it is a fact about these people",
    )
    assert told(all_of([0.5, 0.5, 0.75], [0.25, 0.5], (3, 2))) == (
        "moved down",
        "all who were invited in either round are counted, so it is a fact about these people",
    )


def test_a_fact_that_errors_of_measurement_could_have_made_is_not_told_as_a_move() -> None:
    people = ([0.25, 0.5, 0.75, 0.5, 0.25, 0.5], [0.5, 0.5, 0.75, 0.5, 0.25, 0.5])
    assert told(same(*people, (6, 6)))[0] == "moved up"
    why = "errors of measurement alone could have made it"
    assert told(same(*people, (6, 6), (0.5, 0.5))) == ("no change we could detect", why)
    assert told(all_of(*people, (6, 6), (0.5, 0.5))) == ("no change we could detect", why)


def test_nobody_is_told_of_a_move_of_no_points() -> None:
    people = ([0.5] * 200, [0.5, 0.507] * 100)
    found = same(*people)
    assert found.p is not None
    assert found.p < 1e-9
    assert told(found) == ("no change we could detect", "unrounded, it is less than half a point")


def test_two_rounds_each_of_one_mind_are_told_from_ten_people_on() -> None:
    assert told(all_of([0.5] * 12, [0.75] * 11)) == (
        "moved up",
        "all said the same before, and all said the same after",
    )
    assert told(all_of([0.5] * 12, [0.5] * 11))[0] == "no change we could detect"
    assert told(all_of([0.5] * 12, [0.75] * 9)) == (
        "too few to tell",
        "all said the same in one of the rounds, so nobody knows how far chance reaches",
    )
    assert told(all_of([0.5] * 12, [0.5, 0.75] * 3, (None, 6)))[0] == "too few to tell"


def test_one_person_of_several_tells_nothing_of_the_rest() -> None:
    assert told(all_of([1], [0.5, 0.25] * 30)) == (
        "too few to tell",
        "one person alone has a score in one of the rounds",
    )


def test_of_whom_nothing_is_told_beyond_their_mean_nothing_is_claimed_that_is_no_fact() -> None:
    why = "so few that nothing is told beyond their mean"
    for change in (same(*UP), all_of(*UP), same([1] * 8, [1] * 8), all_of([0.5] * 12, [0.75] * 12)):
        assert told(bare(change)) == ("too few to tell", why)
    fact = same([0.25, 0.5, 0.5, 1, 1, 1], [0.5, 0.5, 0.75, 1, 1, 1], (6, 6), (0, 0))
    assert told(bare(fact))[0] == "moved up"


# Several together


def test_among_eight_a_change_has_to_be_plainer_than_by_itself() -> None:
    slight = same([0.25, 0.5, 0.5, 0.75, 0.5, 0.25, 0.5, 0.5], [0.5, 0.75, 0.5, 0.75, 0.75, 0.5, 0.75, 0.4])
    assert of(slight).says == "moved up"
    together = claims({"slight": slight} | {str(place): same(*WAVERING) for place in range(7)})
    assert (together["slight"].says, together["slight"].because) == (
        "no change we could detect",
        "among 8 that are looked at together, chance alone could have made one such change",
    )
    assert together["0"].because == "chance alone could have made it"
    assert together["slight"].p == pytest.approx(8 * (of(slight).p or 0))


def test_what_is_not_tested_makes_it_no_harder_for_the_others() -> None:
    untested = {
        "few": same([0, 0.5, 0.25], [1, 0.75, 0.75]),
        "fact": same([0.25, 0.5, 0.5], [0.5, 0.5, 0.75], (3, 3)),
        "of one mind": all_of([0.5] * 12, [0.75] * 11),
    }
    together = claims({"up": same(*UP)} | untested)
    assert together["up"] == of(same(*UP))
    assert list(together) == ["up", *untested]
    assert all(together[id].p is None for id in untested)


def test_a_strand_in_which_nobody_moved_is_one_that_was_looked_at() -> None:
    still = same([0.25, 0.5] * 5, [0.25, 0.5] * 5)
    assert claims({"up": same(*UP), "still": still})["up"].p == pytest.approx(2 * (of(same(*UP)).p or 0))


def test_of_eight_in_which_nothing_changed_seldom_one_is_said_to_have_moved() -> None:
    dice = np.random.default_rng(20261)
    wrong = 0
    for _ in range(400):
        before = dice.integers(0, 13, (8, 12)) / 12
        after = dice.integers(0, 13, (8, 12)) / 12
        told = claims({str(place): same(before[place].tolist(), after[place].tolist()) for place in range(8)})
        wrong += any(claim.says.startswith("moved") for claim in told.values())
    assert wrong / 400 < 0.08

"""What may be said of a change, and of several together."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.model.comparison import Change, Claim
from selfassess.scoring.change import Errors, bare, everybody, matched
from selfassess.scoring.multiple_comparisons import Seen, claims, holm, in_order

PS = st.lists(st.floats(0, 1), max_size=12)
UP = ([0.25, 0.5, 0.25, 0.5, 0.25, 0.5, 0.25, 0.5, 0.25, 0.5], [0.5, 0.75, 0.75, 0.75, 0.5, 0.75, 0.5, 1, 0.5, 0.75])
"""Ten people who plainly moved up."""
WAVERING = ([0.25, 0.5, 0.75, 0.5, 0.25, 0.5, 0.25, 0.5], [0.5, 0.25, 1, 0.25, 0.5, 0.5, 0.25, 0.75])


def same(before: list[float], after: list[float], errors: Errors = (None, None)) -> Change:
    found = matched(np.array(before, float), np.array(after, float), errors)
    assert found is not None
    return found


def all_of(before: list[float], after: list[float], errors: Errors = (None, None)) -> Change:
    found = everybody(np.array(before, float), np.array(after, float), errors)
    assert found is not None
    return found


def of(change: Change, *, looks_the_same: bool = False) -> Claim:
    return claims({"one": Seen(change, looks_the_same)})["one"]


def told(change: Change, *, looks_the_same: bool = False) -> tuple[str, str]:
    claim = of(change, looks_the_same=looks_the_same)
    return claim.says, claim.because


def together(changes: Mapping[str, Change]) -> dict[str, Claim]:
    return claims({id: Seen(one) for id, one in changes.items()})


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
    assert in_order({}, {}) == {}


# One after the other


def test_what_comes_first_is_one_family_and_what_is_below_is_tested_where_that_passed() -> None:
    first = {"overall": 0.2, "a": 0.001, "b": 0.03}
    below = {"a": {"a1": 0.0001, "a2": 0.02, "a3": 0.3}, "b": {"b1": 0.0000001}}
    found = in_order(first, below)
    assert found["a"] == pytest.approx(0.003)
    assert (found["b"], found["overall"]) == (pytest.approx(0.06), pytest.approx(0.2))
    # By Holm among the three, and besides three times, since three were looked at first.
    assert (found["a1"], found["a2"], found["a3"]) == (pytest.approx(0.0009), pytest.approx(0.12), pytest.approx(0.9))
    assert "b1" not in found, "however small it is"


def test_what_is_below_something_that_was_not_tested_is_not_tested_either() -> None:
    assert in_order({"a": 0.001}, {"gone": {"one": 0.0}}) == {"a": 0.001}


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.lists(st.floats(0, 1), max_size=5))
def test_what_is_below_never_makes_it_harder_or_easier_for_what_is_above(
    above: list[float], under: list[float]
) -> None:
    first = dict(enumerate(above))
    found = in_order(first, {0: {100 + place: p for place, p in enumerate(under)}})
    assert tuple(found[place] for place in first) == holm(above)


# One change


def test_a_plain_move_is_told_with_its_reason() -> None:
    assert told(same(*UP)) == ("moved up", "this is probably not chance")
    assert told(same(*reversed(UP))) == ("moved down", "this is probably not chance")
    assert told(all_of(*UP)) == ("moved up", "this is probably not chance")


def test_what_chance_could_have_made_is_no_change_that_we_could_detect() -> None:
    assert told(same(*WAVERING)) == ("no change we could detect", "it could be chance")
    assert told(all_of(*WAVERING)) == ("no change we could detect", "it could be chance")


def test_among_five_nothing_can_be_told_however_far_they_moved() -> None:
    why = "with so few, any change could be chance"
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
    assert told(alike) == told(apart) == ("moved up", "this is probably not chance")
    assert of(alike).p == 2 / 2**6
    assert told(same([0.25, 0.5] * 3, [0.25, 0.5] * 3))[0] == "no change to speak of"


def test_more_than_four_of_ten_at_the_top_cannot_rise() -> None:
    why = "more than 40 % were at the top already"
    at_top = ([1, 1, 1, 0.5, 0.5, 0.75], [1, 1, 0.75, 0.75, 0.5, 1])
    assert told(same(*at_top)) == told(all_of(*at_top)) == ("little room to rise", why)
    assert told(same([1] * 10, [1] * 10)) == ("little room to rise", why)
    assert told(same([1] * 5 + [0.5] * 5, [1] * 5 + [0.5] * 5)) == ("little room to rise", why)
    two_of_five = ([1, 1, 0.5, 0.5, 0.5] * 2, [1, 0.75, 0.75, 0.5, 0.5] * 2)
    assert told(same(*two_of_five))[0] == "no change to speak of"


def test_many_at_the_top_can_still_fall() -> None:
    assert told(same([1, 1, 1, 1, 0.9, 1, 1, 0.9], [0.5, 0.25, 0.5, 0.5, 0.25, 0.5, 0.25, 0.5]))[0] == "moved down"
    fallen = same([1, 1, 1, 0.5, 0.5, 0.75], [1, 0.5, 1, 0.5, 0.75, 0.5])
    assert told(fallen)[0] == "no change we could detect", "a ceiling hides no fall"


def test_what_looks_the_same_is_no_change_to_speak_of_however_sure_it_is() -> None:
    sure = same([0.25, 0.5] * 20, [0.31, 0.57, 0.32, 0.56] * 10)
    assert told(sure)[0] == "moved up"
    assert told(sure, looks_the_same=True) == ("no change to speak of", "then and now look the same")


def test_below_five_points_there_is_no_change_to_speak_of() -> None:
    four = same([0.25, 0.5] * 20, [0.29, 0.55, 0.30, 0.53] * 10)
    assert four.p is not None
    assert four.p < 1e-9
    assert told(four) == ("no change to speak of", "it is less than 5 points before rounding")
    assert told(same([0.25, 0.5, 0.5], [0.25, 0.5, 0.55])) == told(four), "nor of few people"
    five = same([0.25, 0.5] * 20, [0.29, 0.56, 0.30, 0.55] * 10)
    assert (five.points, told(five)[0]) == (5, "moved up")
    down = same([0.29, 0.55, 0.30, 0.53] * 10, [0.25, 0.5] * 20)
    assert told(down)[0] == "no change to speak of"


def test_what_errors_of_measurement_could_have_made_is_no_change_to_speak_of() -> None:
    why = "people's answers vary this much anyway"
    people = UP
    assert told(same(*people))[0] == told(same(*people, (20, 20)))[0] == "moved up"
    assert told(same(*people, (35, 35))) == ("no change to speak of", why)
    assert told(all_of(*people, (35, 35))) == ("no change to speak of", why)


def test_two_rounds_each_of_one_mind_are_told_from_ten_people_on() -> None:
    assert told(all_of([0.5] * 12, [0.75] * 11)) == (
        "moved up",
        "all said the same before, and all said the same after",
    )
    assert told(all_of([0.5] * 12, [0.5] * 11))[0] == "no change to speak of"
    assert told(all_of([0.5] * 12, [0.75] * 9)) == (
        "too few to tell",
        "all said the same in one of the rounds, so we can't judge chance",
    )


def test_one_person_of_several_tells_nothing_of_the_rest() -> None:
    assert told(all_of([1], [0.5, 0.25] * 30)) == (
        "too few to tell",
        "only one person has a score in one of the rounds",
    )


def test_of_whom_nothing_is_told_beyond_their_mean_no_move_is_told() -> None:
    why = "with so few, only their average is shown"
    for change in (same(*UP), all_of(*UP), all_of([0.5] * 12, [0.75] * 12)):
        assert told(bare(change)) == ("too few to tell", why)
    assert told(bare(same([1] * 8, [1] * 8)))[0] == "no change to speak of"


# Several together


SLIGHT = same([0.25, 0.5, 0.5, 0.75, 0.5, 0.25, 0.5, 0.5], [0.5, 0.75, 0.5, 0.75, 0.75, 0.5, 0.75, 0.4])
"""Moved by itself, and not among eight."""


def test_among_eight_a_change_has_to_be_plainer_than_by_itself() -> None:
    assert of(SLIGHT).says == "moved up"
    found = together({"slight": SLIGHT} | {str(place): same(*WAVERING) for place in range(7)})
    assert (found["slight"].says, found["slight"].because) == (
        "no change we could detect",
        "with 8 looked at together, one such change could be chance",
    )
    assert found["0"].because == "it could be chance"
    assert found["slight"].p == pytest.approx(8 * (of(SLIGHT).p or 0))


def test_what_is_not_tested_makes_it_no_harder_for_the_others() -> None:
    untested = {"few": same([0, 0.5, 0.25], [1, 0.75, 0.75]), "of one mind": all_of([0.5] * 12, [0.75] * 11)}
    found = together({"up": same(*UP)} | untested)
    assert found["up"] == of(same(*UP))
    assert list(found) == ["up", *untested]
    assert all(found[id].p is None for id in untested)


def test_a_strand_in_which_nobody_moved_is_one_that_was_looked_at() -> None:
    still = same([0.25, 0.5] * 5, [0.25, 0.5] * 5)
    assert together({"up": same(*UP), "still": still})["up"].p == pytest.approx(2 * (of(same(*UP)).p or 0))


def test_benchmarks_are_tested_only_where_their_strand_moved() -> None:
    up, wavering = Seen(same(*UP)), Seen(same(*WAVERING))
    found = claims({"a": up, "b": wavering}, {"a": {"a1": up, "a2": wavering}, "b": {"b1": up}})
    assert (found["a"].says, found["a1"].says, found["a2"].says) == (
        "moved up",
        "moved up",
        "no change we could detect",
    )
    assert (found["b1"].says, found["b1"].because) == (
        "not tested",
        "a benchmark is tested only where its part was found to have moved",
    )
    assert found["a1"].p == pytest.approx(2 * 2 * (of(same(*UP)).p or 0)), "two benchmarks, and two strands before"


def test_a_benchmark_whose_strand_has_no_change_is_not_tested() -> None:
    assert claims({}, {"gone": {"one": Seen(same(*UP))}})["one"].says == "not tested"


def test_below_a_strand_of_which_all_moved_alike_benchmarks_are_tested() -> None:
    alike = Seen(same([0.25, 0.5] * 5, [0.5, 0.75] * 5))
    assert claims({"a": alike}, {"a": {"one": Seen(same(*UP))}})["one"].says == "moved up"
    others = {str(place): Seen(same(*WAVERING)) for place in range(30)}  # too many for a test of ten
    found = claims({"a": alike, **others}, {"a": {"one": Seen(same(*UP))}})
    assert (found["a"].says, found["one"].says) == ("all moved alike", "moved up")


def test_what_is_little_or_of_too_few_is_that_wherever_it_stands() -> None:
    little, few = Seen(same(*UP), looks_the_same=True), Seen(same([0, 0, 0.1], [1, 0.9, 1]))
    found = claims({"a": Seen(same(*WAVERING))}, {"a": {"little": little, "few": few}})
    assert (found["little"].says, found["few"].says) == ("no change to speak of", "too few to tell")


@pytest.mark.slow
def test_of_eight_in_which_nothing_changed_seldom_one_is_said_to_have_moved() -> None:
    dice = np.random.default_rng(20261)
    wrong = 0
    for _ in range(400):
        before = dice.integers(0, 13, (8, 12)) / 12
        after = dice.integers(0, 13, (8, 12)) / 12
        told = together({str(place): same(before[place].tolist(), after[place].tolist()) for place in range(8)})
        wrong += any(claim.says.startswith("moved") for claim in told.values())
    assert wrong / 400 < 0.08

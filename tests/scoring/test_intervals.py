"""How sure a mean is: held against plain numbers, the edges, and the slow way."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from selfassess.definition.tables import build
from selfassess.documents.wording import percent
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.results import Flip, Range
from selfassess.model.score_tree import band, bands, shown
from selfassess.scoring.intervals import flips, likely, possible, spread

BANDS = [{"from": 0, "title": "Act now"}, {"from": 50, "title": "Build on it"}, {"from": 75, "title": "Strong"}]


def questionnaire(**more: Any) -> Questionnaire:
    """One strand of one item from 1 to 5; `more` is said of the strand."""
    return build(
        {
            "format": 1,
            "id": "one",
            "version": "1",
            "title": "One",
            "bands": BANDS,
            "scales": {"agree": {"points": [{"value": value, "label": str(value)} for value in range(1, 6)]}},
            "strands": [{"id": "all", "title": "All", "scale": "agree", "items": [{"id": "a", "text": "A."}], **more}],
        }
    )


def flips_of(n: int, mean: float, invited: int | None, **more: Any) -> tuple[Flip, ...]:
    one = questionnaire(**more)
    return flips(one, one.strands[0], n, mean, invited)


# If the others think like those who answered


def test_the_likely_range_is_students_with_the_share_that_is_unseen() -> None:
    reach = stats.t.ppf(0.975, 9) * 5 / math.sqrt(10) * math.sqrt(1 - 10 / 12)
    found = likely(10, 68, 5, 12)
    assert found == Range(pytest.approx(68 - reach, abs=1e-9), pytest.approx(68 + reach, abs=1e-9))


def test_where_nobody_knows_how_many_were_invited_it_is_plain_students() -> None:
    reach = stats.t.ppf(0.975, 9) * 5 / math.sqrt(10)
    assert likely(10, 68, 5, None) == Range(pytest.approx(68 - reach, abs=1e-9), pytest.approx(68 + reach, abs=1e-9))


def test_it_is_cut_to_what_is_possible() -> None:
    assert likely(3, 50, 50, 4) == possible(3, 50, 4) == Range(37.5, 62.5)


def test_it_stays_between_0_and_100_where_nobody_knows_how_many_were_invited() -> None:
    assert likely(2, 50, 70.7, None) == Range(0, 100)


@pytest.mark.parametrize(
    ("n", "sd", "invited"),
    [
        pytest.param(0, None, 5, id="nobody answered"),
        pytest.param(1, None, 5, id="one answered"),
        pytest.param(6, 0.0, 9, id="everybody said the same"),
        pytest.param(6, 0.0, None, id="everybody said the same, of nobody knows how many"),
        pytest.param(6, 1e-12, 9, id="float noise"),
        pytest.param(9, 12.0, 9, id="everybody answered"),
        pytest.param(10, 12.0, 9, id="more answered than were invited"),
    ],
)
def test_there_is_no_likely_range_where(n: int, sd: float | None, invited: int | None) -> None:
    assert likely(n, 60, sd, invited) is None


@given(
    st.lists(st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0]), min_size=2, max_size=30),
    st.none() | st.integers(min_value=0, max_value=60),
)
def test_the_mean_is_within_both_ranges_and_the_likely_within_the_possible(
    points: list[float], silent: int | None
) -> None:
    n, mean, sd = len(points), sum(points) / len(points), float(np.std(points, ddof=1))
    invited = None if silent is None else n + silent
    inner, outer = likely(n, mean, sd, invited), possible(n, mean, invited)
    noise = 1e-9
    if inner:
        assert inner.low - noise <= mean <= inner.high + noise
        assert 0 <= inner.low < inner.high <= 100
    if outer:
        assert outer.low - noise <= mean <= outer.high + noise
    if inner and outer:
        assert outer.low <= inner.low
        assert inner.high <= outer.high


# At the very most


def test_two_silent_of_twelve_move_the_mean_as_far_as_two_answers_can() -> None:
    assert possible(10, 68, 12) == Range(pytest.approx(680 / 12, abs=1e-9), pytest.approx(880 / 12, abs=1e-9))


def test_where_everybody_answered_only_the_mean_is_possible() -> None:
    assert possible(12, 68, 12) == Range(68, 68)


@pytest.mark.parametrize(("n", "invited"), [(0, 5), (5, None), (6, 5)])
def test_nothing_is_known_without_answers_or_the_number_invited(n: int, invited: int | None) -> None:
    assert possible(n, 68, invited) is None


# Words


@pytest.mark.parametrize(
    ("handed_in", "invited", "share"),
    [
        (0, 8, "0%"),
        (1, 300, "1%"),
        (5, 10, "50%"),
        (51, 100, "51%"),
        (5, 6, "83%"),
        (299, 300, "99%"),
        (8, 8, "100%"),
    ],
)
def test_how_many_of_those_invited_answered(handed_in: int, invited: int, share: str) -> None:
    assert percent(handed_in, invited) == share


@pytest.mark.parametrize(
    ("points", "word"),
    [
        ([50, 50, 50, 50, 50], "close"),
        ([50, 75, 75], "close"),
        ([50, 50, 50, 75, 75, 75], "close"),
        ([25, 50, 50, 75, 75, 75], "mixed"),
        ([25, 25, 25, 75, 75, 75], "wide"),
        ([0, 25, 50, 75, 100], "wide"),
    ],
)
def test_how_far_apart_people_are_in_a_word(points: list[float], word: str) -> None:
    assert spread(float(np.std(points, ddof=1))) == word


def test_one_person_is_not_apart_from_anybody() -> None:
    assert spread(None) is None


# How few could change it


def test_the_fewest_who_could_change_the_band_are_found_downwards_and_upwards() -> None:
    # 10 people at 55: one at 0 makes it 50 (still "Build on it"), two make it 45.8; eight at 100 make it 75.
    assert flips_of(10, 0.55, 30) == (Flip(2, "lowest", "Act now"), Flip(8, "highest", "Strong"))


def test_the_band_is_that_of_the_shown_score_rounded_half_up() -> None:
    # 20 people at 52: one at 0 makes it 49.52, which is shown as 50.
    assert flips_of(20, 0.52, 21) == ()
    assert flips_of(20, 0.519, 21) == (Flip(1, "lowest", "Act now"),)


def test_a_band_of_own_units_is_looked_up_in_own_units() -> None:
    own = [{"from": 1, "title": "Low"}, {"from": 4, "title": "High"}]
    # 10 people at 4.1 on 1 to 5: one more at 1 makes it 3.8.
    assert flips_of(10, 0.775, 11, units="own", bands=own) == (Flip(1, "lowest", "Low"),)


@pytest.mark.parametrize(
    ("n", "invited"),
    [
        pytest.param(9, 30, id="fewer than ten"),
        pytest.param(10, 10, id="nobody silent"),
        pytest.param(10, 9, id="more than were invited"),
        pytest.param(10, None, id="nobody knows how many"),
        pytest.param(10, 11, id="too few silent to change it"),
    ],
)
def test_there_are_no_flips_where(n: int, invited: int | None) -> None:
    assert flips_of(n, 0.55, invited) == ()


def test_there_are_no_flips_without_bands() -> None:
    assert flips_of(10, 0.5, 30, bands=[]) == ()


@given(st.integers(min_value=10, max_value=40), st.integers(min_value=1, max_value=40), st.data())
def test_flips_are_those_found_by_trying_every_number_of_silent_people(
    n: int, silent: int, data: st.DataObject
) -> None:
    mean = data.draw(st.integers(min_value=0, max_value=4 * n)) / (4 * n)
    one = questionnaire()
    named = bands(one, one.strands[0])

    def band_with(k: int, end: int) -> str:
        found = band(named, shown(100 * (n * mean + k * end) / (n + k), 0))
        assert found
        return found.title

    expected = []
    for towards, end in (("lowest", 0), ("highest", 1)):
        enough = [k for k in range(1, silent + 1) if band_with(k, end) != band_with(0, 0)]
        expected += [(enough[0], towards, band_with(enough[0], end))] if enough else []
    found = flips(one, one.strands[0], n, mean, n + silent)
    assert [(flip.silent, flip.towards, flip.band) for flip in found] == expected

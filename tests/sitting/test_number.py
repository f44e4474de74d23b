import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.model.questionnaire import Item
from selfassess.numbers import figures, number


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), (" 7 ", 7), ("2.5", 2.5), ("2,5", 2.5), ("1,200", 1200), ("-3", -3), ("−3", -3), ("0", 0), ("٣", 3)],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "twelve", "1e5", "nan", "inf", "1_000", "1.2.3", "12 years", "--1", "9" * 40])
def test_what_is_not_a_number_in_figures_is_none(text: str) -> None:
    assert number(text) is None


@given(st.integers(-(10**9), 10**9).map(lambda whole: whole / 1000))
def test_figures_are_read_again_as_the_same_number(value: float) -> None:
    assert number(figures(value)) == value


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        (0, 50, "years", "from 0 to 50 years"),
        (1, None, "", "1 or more"),
        (2, None, "people", "2 people or more"),
        (None, 2.5, "days", "2.5 days or less"),
        (None, None, "people", "people"),
        (None, None, "", ""),
    ],
)
def test_limits_are_said_in_words(low: float | None, high: float | None, unit: str, words: str) -> None:
    assert Item(id="one", text="One", kind="number", min_=low, max_=high, unit=unit).limits == words

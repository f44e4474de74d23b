"""What people write is made safe to show, in a time that grows with its length and no faster."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from selfassess.text import (
    LONGEST_TEXT,
    MOST_MARKS,
    all_there_are,
    clean,
    count,
    is_clean,
    listed,
    on_one_line,
    there_are,
)

ABOVE, BELOW, TWO_MARKS = "\u0301", "\u0316", "\u0344"
ODD = st.text(
    st.sampled_from([*"a é漢\x1b[m]0;\x07\n\r\t\x9b\u200b\u202e\ud800\u1100\u1161\u11a8", ABOVE, BELOW, TWO_MARKS])
)
HEAPED = st.tuples(
    st.sampled_from(["", "a", "é", "漢", "\u1100"]),
    st.lists(st.sampled_from([ABOVE, BELOW, TWO_MARKS, "\u0f73", "\u0327"]), max_size=90).map("".join),
).map("".join)
TEXTS = st.lists(ODD | HEAPED, max_size=4).map("".join)


@given(TEXTS, st.sampled_from([1, 5, 40, LONGEST_TEXT]))
@example("a" + TWO_MARKS * MOST_MARKS, LONGEST_TEXT)
def test_cleaning_twice_changes_nothing(text: str, longest: int) -> None:
    once = clean(text, longest)
    assert clean(once, longest) == once
    assert len(once) <= longest
    assert unicodedata.is_normalized("NFC", once)
    assert is_clean(once)
    assert not set(once) & set("\x1b\x07\x9b\u200b\u202e\ud800\r")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"]), max_size=40))
def test_what_people_write_in_any_script_stays(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_thirty_marks_on_a_letter_are_kept_and_no_more() -> None:
    kept = "e" + BELOW * MOST_MARKS
    assert clean(f"{kept} and {kept}") == f"{kept} and {kept}"
    assert clean(f"x{kept}{ABOVE * 500}y") == f"x{kept}y"
    assert is_clean(kept)
    assert not is_clean(kept + ABOVE)


@pytest.mark.parametrize(
    "text",
    [
        "a" + (BELOW + ABOVE) * 150_000,
        "a" + ABOVE * 150_000 + BELOW * 150_000,
        ("a" + (ABOVE + BELOW) * 2_000) * 75,
        ("a" + TWO_MARKS + BELOW) * 100_000,
        "\x1b[" * 150_000,
        "\x1b]" * 150_000,
        "\x1b[" + "0" * 300_000,
        "\x9b" * 300_000,
        "\x00" * 300_000,
    ],
    ids=["in turn", "one after the other", "in runs", "that come apart", "CSI", "OSC", "digits", "C1", "NUL"],
)
def test_300_kilobytes_of_anything_are_cleaned_in_no_time(text: str) -> None:
    start = time.process_time()
    clean(text, len(text))
    is_clean(text)
    clean(text)
    assert time.process_time() - start < 1.0


@pytest.mark.parametrize(
    ("words", "list_", "there", "all_"),
    [
        (["a"], "a", "There is a.", "The only group is a."),
        (["a", "b"], "a and b", "There are a and b.", "The groups are a and b."),
        (["a", "b", "c"], "a, b and c", "There are a, b and c.", "The groups are a, b and c."),
    ],
)
def test_words_are_listed_in_whole_sentences(words: list[str], list_: str, there: str, all_: str) -> None:
    assert (listed(words), there_are(words), all_there_are("group", words)) == (list_, there, all_)


def test_a_list_can_offer_a_choice_or_stop_early() -> None:
    assert listed(iter("abc"), "or") == "a, b or c"
    assert listed("abcd", most=2) == "a, b and 2 more"
    assert listed("abcd", most=4) == "a, b, c and d"
    assert there_are("abcd", most=1) == "There are a and 3 more."


def test_things_are_counted_with_their_noun() -> None:
    assert [count(number, "sheet") for number in (0, 1, 2, 1_000)] == [
        "0 sheets",
        "1 sheet",
        "2 sheets",
        "1,000 sheets",
    ]
    assert count(2, "person", "people") == "2 people"


def test_a_name_is_shown_on_one_line() -> None:
    assert on_one_line("one\ntwo\tthree\x1b[31m") == "one two three"

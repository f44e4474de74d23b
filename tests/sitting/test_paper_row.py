"""A row of keys: what it says, and what does not fit."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.loader import read
from selfassess.model.reports import Layout
from selfassess.model.sheet import Missing, responses
from selfassess.services.paper import layout
from selfassess.sitting import paper_row
from selfassess.sitting.paper_row import CODE, CONSENT, WrongLengthError, read_row

PAPER = read(Path(__file__).parents[1] / "cli" / "paper.toml")
BOARD = layout(PAPER, "board", "full")


def keyed(row: str, form: Layout = BOARD) -> paper_row.Keyed:
    return read_row(form, row, asks_consent=False)


def said(row: str, form: Layout = BOARD) -> dict[str, object]:
    sheet = paper_row.sheet_of(form, keyed(row, form), {}, "round")
    return dict(responses(sheet, PAPER.questionnaire))


def wrong(row: str, form: Layout = BOARD) -> list[str]:
    return [str(one) for one in paper_row.misfits(form, keyed(row, form))]


def test_a_row_is_one_key_a_question_in_the_form_s_order() -> None:
    assert said("2 1 3 /2,5/ /1 3/ /10/ .") == {
        "begin": 2,
        "why": 1,
        "seat": 3,
        "well": Missing.SKIPPED,
        "years": 2.5,
        "partners": (1, 3),
        "trust": 10,
        "often": Missing.NOT_ASKED,
    }


def test_what_was_left_blank_is_skipped_and_what_was_hidden_not_asked() -> None:
    found = said("3-d-2-/11/")
    assert found["why"] is Missing.NOT_ASKED
    assert found["seat"] is Missing.DONT_KNOW
    assert found["years"] is Missing.SKIPPED
    assert found["trust"] is Missing.NOT_ASKED or found["trust"] is Missing.SKIPPED


def test_blanks_and_capitals_do_not_matter() -> None:
    assert keyed("3 . D 5 2 0 -").keys == keyed("3.d520-").keys


def test_a_point_that_means_does_not_apply_is_keyed_as_the_point() -> None:
    assert said("4.31213")["begin"] is Missing.NOT_APPLICABLE
    assert wrong("a.3121-") == [
        "Question 1 (Meetings begin on the hour.): “a” does not fit. Type 1 to 4, d, or - where it was left blank."
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("5.3121-", "Type 1 to 4, d, or -"),
        ("x.3121-", "“x” does not fit"),
        ("3.3/51/21-", "Type a number between slashes, from 0 to 50 years, or -"),
        ("3.3/1 2/21-", "“1 2” does not fit"),
        ("3.3a21-", "“a” does not fit"),
        ("3.34/1 4/1-", "Type 1 to 3, several between slashes, such as /1 2/, or -"),
        ("3.312/11/-", "Type 1 to 10 (10 between slashes: /10/), or -"),
        ("3.3120-", "Type 1 to 10 (10 between slashes: /10/), or -"),
        ("3.3121/12/", "Type 0 to 10 (10 between slashes: /10/), or -"),
        ("323121-", "It is only for this: you circled 1 or 2 at question 1. Look at that one"),
        ("2.3121-", "“.” does not fit"),
        ("3.3/²/21-", "“²” does not fit"),
    ],
)
def test_each_place_that_does_not_fit_is_told_with_what_does(row: str, words: str) -> None:
    (found,) = wrong(row)
    assert words in found


def test_all_misfits_of_a_row_are_told_at_once() -> None:
    assert len(wrong("799/99/41-")) >= 4


@pytest.mark.parametrize("row", ["", "33", "3.3121-3", "y3.3121-"])
def test_a_row_of_another_length_is_shown_as_it_falls_into_parts(row: str) -> None:
    with pytest.raises(WrongLengthError, match="the form has 7 questions") as error:
        keyed(row)
    assert "Part 2, questions 4 to 7" in str(error.value)


def test_a_stroke_alone_is_told() -> None:
    with pytest.raises(WrongLengthError, match="missing its partner"):
        keyed("3.3/12 1 -")


def test_consent_comes_first_where_it_is_asked() -> None:
    for first, agrees in (("y", True), ("n", False), ("-", False)):
        row = read_row(BOARD, f"{first}3.3121-", asks_consent=True)
        sheet = paper_row.sheet_of(BOARD, row, {}, "round")
        assert sheet.ticket
        assert sheet.ticket.agrees is agrees
    assert paper_row.misfits(BOARD, read_row(BOARD, "33.3121-", asks_consent=True))[0].at == -1


def test_only_the_y_or_n_that_was_forgotten_is_asked_for() -> None:
    row = read_row(BOARD, "3.3121-", asks_consent=True)
    assert (row.consent, len(row.keys)) == ("", 7)
    assert [one.at for one in paper_row.misfits(BOARD, row)] == [-1]


def test_a_code_that_somebody_made_up_stands_at_the_end() -> None:
    assert keyed("3.3121- = Anna 7").code == "Anna 7"


def test_each_group_has_its_own_row() -> None:
    staff = layout(PAPER, "staff", "full")
    assert [question.item.id for question in staff.numbered] == ["begin", "why", "years", "partners", "trust"]
    assert said("1 2 4 /3/ 9", staff)["seat"] is Missing.NOT_ASKED


KEYS = st.lists(st.sampled_from([*"1234567890da-.", "12.5", "1 3", "11"]), min_size=7, max_size=7)


@given(KEYS)
def test_a_row_that_fits_says_the_same_after_it_was_kept(keys: list[str]) -> None:
    row = paper_row.Keyed(tuple(keys), None)
    assert keyed(paper_row.joined(row.keys)).keys == row.keys
    if paper_row.misfits(BOARD, row):
        return
    sheet = paper_row.sheet_of(BOARD, row, {}, "round")
    again = paper_row.keyed_of(BOARD, sheet, asks_consent=False)
    assert not paper_row.misfits(BOARD, again)
    assert paper_row.sheet_of(BOARD, again, {}, "round") == sheet
    assert not paper_row.differences(BOARD, row, again)


@pytest.mark.slow
@given(st.text(max_size=30))
def test_no_row_is_too_odd_to_be_told_why(text: str) -> None:
    try:
        row = keyed(text)
    except WrongLengthError:
        return
    paper_row.misfits(BOARD, row)


def test_two_rows_differ_where_they_say_different_things() -> None:
    first, now = keyed("3.3121-"), keyed("3-3111-")
    assert [(one.at, one.before, one.now) for one in paper_row.differences(BOARD, first, now)] == [(4, "2", "1")]


def test_texts_are_asked_for_where_they_could_be_written() -> None:
    assert [about for about, _ in paper_row.wanted_texts(BOARD, keyed("1131121"))] == ["begin", "meeting", "well"]
    assert [about for about, _ in paper_row.wanted_texts(BOARD, keyed("3.3121-"))] == ["meeting", "well"]


def test_one_place_of_a_row_is_typed_again() -> None:
    row = read_row(BOARD, "3.3121- = Anna", asks_consent=True)
    assert row.put(CONSENT, "Y").consent == "y"
    assert row.put(CODE, "Otto").code == "Otto"
    assert row.put(3, "/1  3/").keys[3] == "1 3"
    assert row.put(6, "").keys[6] == "-"


def test_a_row_is_told_by_how_much_of_it_is_answered() -> None:
    assert keyed("3.d-2a-").in_words == "2 answered, 1 don't know, 1 doesn't apply, 1 not to be answered, 2 blank"

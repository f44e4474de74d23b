"""Tables as text: no cell is a formula, whatever program opens them, and what was written is read again."""

import csv
import io
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from selfassess.csv_text import BYTE_ORDER_MARK, NotCsvError, cell, csv_from_rows, rows, unmarked

SIGNS = "=+-@＝＋－＠"
TEXTS = st.text(st.sampled_from([*SIGNS, *"'\"“ ,;\t\n\r1.ax|"]), max_size=16)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("x;=1+1", "x;'=1+1"),
        ("x,\t=1+1", "x,\t'=1+1"),
        ('x;"=1+1"', 'x;"\'=1+1"'),
        ("x\r\n@SUM(A1)", "x\r\n'@SUM(A1)"),
        ("  =1+1", "  '=1+1"),
        ("＝1+1", "'＝1+1"),
        ("'=1+1", "''=1+1"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-2.5", "-2.5"),
        ("1; -3", "1; -3"),
        ("a-b = c", "a-b = c"),
        ("", ""),
        (None, ""),
        (2.5, "2.5"),
    ],
)
def test_a_mark_stands_before_what_could_be_a_formula(text: object, kept: str) -> None:
    assert cell(text) == kept


def is_live(found: str) -> bool:
    """Whether a spreadsheet that drops blanks and quotation marks in front takes a cell for a formula."""
    text = re.sub(r'^[\s"“]+', "", found)
    try:
        float(text)
    except ValueError:
        return text[:1] in SIGNS and bool(text)
    return False


@given(st.lists(TEXTS, min_size=1, max_size=3))
@example(['x;"=1+1"'])
@example(['"', "=1"])
def test_no_spreadsheet_finds_a_formula_whatever_it_takes_for_the_end_of_a_cell(texts: list[str]) -> None:
    text = csv_from_rows([texts]).removeprefix(BYTE_ORDER_MARK)
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert not any(map(is_live, row))
    assert not any(map(is_live, re.split(r"[,;\t\r\n]", text)))


@given(TEXTS)
def test_marks_go_when_a_cell_is_read_again(text: str) -> None:
    assert unmarked(cell(text)) == text


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=3))
def test_what_is_written_is_read_again(table: list[list[str]]) -> None:
    text = csv_from_rows([["a", "b"], *table]).removeprefix(BYTE_ORDER_MARK)
    read = [[unmarked(one) for one in cells] for _, cells in rows(text)]
    full = (row for row in table if any(one.strip() for one in row))
    assert read == [["a", "b"], *([one.replace("\r\n", "\n").replace("\r", "\n") for one in row] for row in full)]


def test_a_file_begins_with_a_byte_order_mark() -> None:
    assert csv_from_rows([["a"], [None], [1.5]]) == '\ufeffa\n""\n1.5\n'


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_first_line_that_is_not_blank_decides_what_stands_between_cells(delimiter: str) -> None:
    text = f" \n\r\n{delimiter}id{delimiter}x,\n1{delimiter}2{delimiter}3\n"
    assert [cells for _, cells in rows(text)][-1] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "text", [" " * 300_000, " \n" * 150_000, "\n" * 300_000, f"{' ' * 200_000}\nid,a\n", f"{'; ' * 100_000}\n"]
)
def test_300_kilobytes_of_blanks_are_read_in_no_time(text: str) -> None:
    start = time.process_time()
    try:
        list(rows(text))
    except NotCsvError as error:
        assert "longer than any answer" in error.words  # noqa: PT017  # it may be raised, and need not
    unmarked(cell(text))
    assert time.process_time() - start < 1.0


@pytest.mark.parametrize(
    "text",
    [
        '"One, two, three?";group\nYes, often;board\n',
        '\n"A heading, on\ntwo lines, or\nmore";group\n"Yes, often";board\n',
        '"a ""quoted, word"", and, more"\tb\n1\t2\n',
    ],
)
def test_what_stands_between_quotation_marks_does_not_part_cells(text: str) -> None:
    assert [len(cells) for _, cells in rows(text)] == [2, 2]

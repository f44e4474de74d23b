"""Reading CSV files: what spreadsheets write is read, and what is wrong is told, all of it, with a cure."""

import csv
import io
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from selfassess.definition.tables import build
from selfassess.errors import Problem, ResponsesError
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.sheet import Form
from selfassess.numbers import number, readings
from selfassess.scoring.answers import Answers
from selfassess.scoring.response_csv import MOST_TOLD, Read, Reader, read_responses
from tests.examples import examples
from tests.scoring import made

TABLE: dict[str, Any] = {
    "format": 1, "id": "q", "version": "1", "title": "Q",
    "groups": [{"id": "board", "title": "Board"}, {"id": "staff", "title": "Staff"}],
    "scales": {
        "agree": {"points": [{"value": value, "label": ""} for value in (1, 2, 3, 4, 5)]},
        "worth": {"points": [{"value": value, "label": ""} for value in (0, 0.2, 0.5, 1)]},
    },
    "scale": "agree",
    "strands": [{
        "id": "s", "title": "A strand",
        "items": [
            {"id": "first", "text": "…"},
            {"id": "worth1", "text": "…", "scale": "worth"},
            {"id": "more", "text": "…", "show_if": "first <= 2", "short": True},
            {"id": "board_only", "text": "…", "groups": ["board"]},
        ],
        "questions": [{"id": "well", "text": "What works well?"}],
    }],
}  # fmt: skip  # in few lines
HEAD = "respondent,group,first,worth1,more,board_only"
GOOD = f"{HEAD}\np1,board,1,0.2,4,5\np2,staff,dk,na,,\n"


def questionnaire(**more: Any) -> Questionnaire:
    return build({**TABLE, **more})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def read(file: Path, text: str | bytes, of: Questionnaire | None = None, **more: Any) -> Read:
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_responses(file, of or questionnaire(), **more)


def characters(answers: Answers) -> list[str]:
    """Each respondent's answers, one character an item."""
    return ["".join(map(chr, row)) for row in answers.codes.T.tolist()]


def problems(file: Path, text: str | bytes, of: Questionnaire | None = None) -> list[Problem]:
    with pytest.raises(ResponsesError) as raised:
        read(file, text, of)
    assert raised.value.exit_code == 4
    assert all(problem.message and problem.hint is not None for problem in raised.value.problems)
    assert all(problem.file == str(file) for problem in raised.value.problems)
    return list(raised.value.problems)


def told(file: Path, text: str | bytes) -> list[tuple[str, int | None, str]]:
    """Code, line and place of each problem."""
    return [(problem.code, problem.line, problem.place) for problem in problems(file, text)]


# What is read


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD.replace(",", ";"),
        GOOD.replace(",", ";").replace("0.2", "0,2"),
        GOOD.replace(",", "\t").replace("0.2", "0,2"),
        GOOD.replace("0.2", '"0,2"'),
        GOOD.replace("p1,board", '"p1","board"').replace("dk", '"dk"'),
        GOOD.replace("\n", "\n\n , ,,,, \n").replace(" , ,,,, ", ",,,,,"),
        "\n\n" + GOOD.replace(",", ";"),
        GOOD.replace("dk", " DK ").replace("1,0.2", " 1.0 , .2"),
        GOOD.rstrip("\n"),
        GOOD.replace("p1", "\x1b[31mp1\x1b[0m"),
        "sep=;\n" + GOOD.replace(",", ";").replace("0.2", "0,2"),
        "\ufeffSEP=,\r\n" + GOOD,
        '\n"sep=\t"\n' + GOOD.replace(",", "\t"),
        "sep=|\n" + GOOD.replace(",", "|"),
        GOOD.replace("\n", ",,\n"),
        GOOD.replace(",", ";").replace("\n", ";;;\n").replace("0.2", "0,2"),
        GOOD.replace("first,", "first,,").replace("board,1", "board,1,").replace("dk,", "dk, ,"),
        GOOD.replace("5\n", "5,, \n"),
        GOOD.encode("utf-16"),
        GOOD.replace(",", "\t").encode("utf-16-le"),
        GOOD.encode("utf-16-be"),
    ],
    ids=[
        "plain", "byte-order mark", "carriage returns", "old Mac", "semicolons", "decimal commas", "tabs",
        "a comma in quotes", "quotes", "empty lines", "empty lines first", "spaces and capitals", "no last line end",
        "escape sequences", "a line for Excel", "one with a byte-order mark", "one for tabs", "one for bars",
        "empty columns at the end", "more of them", "an empty column within", "blank cells at the end of a row",
        "UTF-16", "UTF-16 without a mark", "UTF-16 the other way round",
    ],
)  # fmt: skip  # in few lines
def test_what_spreadsheets_write_is_read(file: Path, text: str | bytes) -> None:
    found = read(file, text)
    assert found.warnings == ()
    (answers,) = found.rounds.values()
    assert (answers.respondents, answers.groups) == (("p1", "p2"), ("board", "staff"))
    # What is answered in words (+) is kept apart, if at all.
    assert characters(answers) == ["0134+", "?~..+"]


def test_columns_can_stand_in_any_order_and_what_is_answered_in_words_is_not_read(file: Path) -> None:
    columns = "well,board_only,more,worth1,first,group,respondent"
    found = read(file, f'{columns}\n"A lot,\nreally; [/] [@click=x]",5,4,0.2,1,board,p1\n')
    assert characters(found.rounds["1"]) == ["0134+"]


def test_rounds_come_in_their_natural_order(file: Path) -> None:
    names = ["10", "2", "Round 10", "Round 2", "2025-11", "2025-2", "1", "nan", "inf"]
    rows = "".join(f"p,board,{name},1,0,1,1\n" for name in names)
    found = read(file, f"respondent,group,round,first,worth1,more,board_only\n{rows}")
    assert list(found.rounds) == ["1", "2", "10", "2025-2", "2025-11", "Round 2", "Round 10", "inf", "nan"]


def test_without_a_round_there_is_one(file: Path) -> None:
    assert list(read(file, GOOD).rounds) == ["1"]
    empty = GOOD.replace("group,", "group,round,").replace("board,1", "board,,1").replace("staff,", "staff,,")
    assert list(read(file, empty).rounds) == ["1"]


def test_answers_of_people_who_were_not_asked_are_left_out_with_a_warning(file: Path) -> None:
    found = read(file, f"{HEAD}\np1,staff,5,0,4,5\np2,staff,4,0,4,\n")
    assert characters(found.rounds["1"]) == ["40..+", "30..+"]
    said = [(one.code, one.place, one.severity, one.message.partition(":")[0]) for one in found.warnings]
    assert said == [
        ("not-asked", "more", "warning", "2 answers left out"),
        ("not-asked", "board_only", "warning", "1 answer left out"),
    ]


def test_in_the_short_form_only_its_items_are_asked_and_need_a_column(file: Path) -> None:
    short = dict(TABLE["strands"][0], items=[{**item} for item in TABLE["strands"][0]["items"]])
    short["items"][0]["short"] = True
    of = questionnaire(strands=[short])
    found = read(file, "respondent,group,first,more\np1,board,1,4\n", of, form="short")
    assert characters(found.rounds["1"]) == ["0.3.+"]


def conditions(*items: dict[str, Any]) -> Questionnaire:
    strand = {"id": "s", "title": "S", "items": [{"text": "…", "scale": "agree", **item} for item in items]}
    for item in strand["items"]:
        if item.get("kind") == "number":
            del item["scale"]
    return questionnaire(groups=[], strands=[strand])


def test_conditions_on_numbers_and_on_several_points_hold(file: Path) -> None:
    of = conditions(
        {"id": "years", "kind": "number", "min": 0, "max": 80},
        {"id": "services", "kind": "many"},
        {"id": "old", "show_if": "years >= 2.5"},
        {"id": "third", "show_if": "services has 3"},
    )
    found = read(file, "respondent,years,services,old,third\na,2.5,1 3,4,5\nb,2,1|2,,\nc,dk,,,\n", of)
    assert characters(found.rounds["1"]) == ["++34", "++..", "?-.."]
    assert found.warnings == ()


def test_what_a_condition_speaks_of_needs_a_column(file: Path) -> None:
    of = conditions({"id": "years", "kind": "number"}, {"id": "old", "show_if": "years >= 2"})
    (problem,) = problems(file, "respondent,old\na,5\n", of)
    assert (problem.code, problem.place) == ("missing-column", "years")
    of = conditions({"id": "years", "kind": "number"}, {"id": "old"})
    assert characters(read(file, "respondent,old\na,5\n", of).rounds["1"]) == ["-4"]


@pytest.mark.parametrize("cell", ["81", "-1", "many", "inf", "nan", "1e999"])
def test_a_number_out_of_range_is_told(file: Path, cell: str) -> None:
    of = conditions({"id": "years", "kind": "number", "min": 0, "max": 80}, {"id": "old", "show_if": "years >= 2"})
    (problem,) = problems(file, f"respondent,years,old\na,{cell},\n", of)
    assert (problem.code, problem.line, problem.place) == ("number-out-of-range", 2, "years")
    assert problem.hint == "Write a number from 0 to 80, or dk, na, or nothing."


def test_a_point_that_means_does_not_apply_fulfils_no_condition(file: Path) -> None:
    of = conditions({"id": "first", "not_applicable_values": [1]}, {"id": "more", "show_if": "first <= 2"})
    found = read(file, "respondent,first,more\na,1,5\nb,2,5\n", of)
    assert characters(found.rounds["1"]) == ["~.", "14"]


LABELLED: dict[str, Any] = {
    "agree": {
        "points": [
            {"value": 1, "label": "Strongly disagree"}, {"value": 2, "label": "Disagree"}, {"value": 3, "label": "–"},
            {"value": 4, "label": "Agree"}, {"value": 5, "label": "Agree, strongly"},
        ],
        "dont_know": "Don't know", "not_applicable": "Not for me",
    },
    "worth": {"points": [{"value": value, "label": "Some"} for value in (0, 0.2)] + [{"value": 1, "label": "2"}]},
}  # fmt: skip  # in few lines


@pytest.mark.parametrize(
    ("cell", "character"),
    [
        ("Disagree", "1"),
        ("  strongly   DISAGREE ", "0"),
        ('"Agree, strongly"', "4"),
        ("Don’t know", "?"),
        ("not for me", "~"),
        ("dk", "?"),
        ("5", "4"),
    ],
)
def test_the_words_of_a_point_are_read_as_its_value(file: Path, cell: str, character: str) -> None:
    found = read(file, f"{HEAD}\np1,staff,{cell},0,,\n", questionnaire(scales=LABELLED))
    assert characters(found.rounds["1"])[0][0] == character


@pytest.mark.parametrize(("cell", "code"), [("Some", "value-off-scale"), ("Maybe", "value-off-scale")])
def test_words_that_two_points_have_or_none_are_told(file: Path, cell: str, code: str) -> None:
    (problem,) = problems(file, f"{HEAD}\np1,staff,3,{cell},,\n", questionnaire(scales=LABELLED))
    assert (problem.code, problem.place) == (code, "worth1")
    assert problem.hint == "Write one of 0, 0.2, 1 (or the words for it), or dk, na, or nothing."


def test_a_value_comes_before_words_in_figures(file: Path) -> None:
    scales = LABELLED | {"worth": {"points": [{"value": 1, "label": "2"}, {"value": 2, "label": "1"}]}}
    found = read(file, f"{HEAD}\np1,staff,3,2,,\n", questionnaire(scales=scales))
    assert characters(found.rounds["1"]) == ["21..+"]
    with pytest.raises(ResponsesError):  # "2" are words here, but a number that is no value of the scale
        read(file, f"{HEAD}\np1,staff,3,2,,\n", questionnaire(scales=LABELLED))


@pytest.mark.parametrize("cell", ["1 3", "1|3", "Disagree|Agree", '"Disagree, Agree"', "disagree; agree", "2 4"])
def test_several_points_are_read_in_figures_or_in_words(file: Path, cell: str) -> None:
    items = [
        {"id": "services", "text": "…", "kind": "many"},
        {"id": "x", "text": "…", "show_if": "services has 4"},
    ]
    of = questionnaire(groups=[], scales=LABELLED, strands=[{"id": "s", "title": "S", "items": items}])
    character = "." if cell.startswith("1") else "4"
    assert characters(read(file, f"respondent,services,x\na,{cell},5\n", of).rounds["1"]) == [f"+{character}"]


YEARS = {"id": "years", "kind": "number"}, {"id": "old", "show_if": "years >= 100"}


@pytest.mark.parametrize(
    ("cell", "is_large"),
    [
        ("1000", True),
        ("1,000,000", True),
        ("1000.5", True),
        ("1,5", False),
        ("0,125", False),
        ("−3", False),
        ("1e3", True),
    ],
)
def test_a_number_is_read_as_it_is_typed(file: Path, cell: str, is_large: bool) -> None:
    found = read(file, f'respondent,years,old\na,"{cell}",5\n', conditions(*YEARS))
    assert characters(found.rounds["1"]) == ["+4" if is_large else "+."]
    assert number(cell) in (None, *readings(cell)[:1])


@pytest.mark.parametrize("cell", ["1,000", "12,345", "-1,250"])
def test_a_comma_that_may_stand_before_thousands_is_never_guessed_at(file: Path, cell: str) -> None:
    (problem,) = problems(file, f'respondent,years,old\na,"{cell}",5\n', conditions(*YEARS))
    assert (problem.code, problem.line, problem.place) == ("two-numbers", 2, "years")
    assert problem.message == f"“{cell}” can be {readings(cell)[0]:.15g} or {readings(cell)[1]:.15g}."
    assert problem.hint == "Write the one that is meant without the comma."


def test_of_two_numbers_that_a_point_can_be_the_one_on_the_scale_is_meant(file: Path) -> None:
    points = [{"value": value, "label": ""} for value in (1, 1.125, 2)]
    of = questionnaire(scales=TABLE["scales"] | {"worth": {"points": points}})
    assert characters(read(file, f'{HEAD}\np1,staff,3,"1,125",,\n', of).rounds["1"]) == ["21..+"]
    assert characters(read(file, f'{HEAD}\np1,staff,3,"1,000",,\n', of).rounds["1"]) == ["20..+"]
    both = questionnaire(scales=TABLE["scales"] | {"worth": {"points": [*points, {"value": 1125, "label": ""}]}})
    (problem,) = problems(file, f'{HEAD}\np1,staff,3,"1,125",,\n', both)
    assert problem.code == "two-numbers"


def test_a_column_can_be_ignored(file: Path) -> None:
    text = GOOD.replace("first,", "E-mail,first,").replace("board,1", "board,x@y,1").replace("dk,", "z@y,dk,")
    (problem,) = problems(file, text)
    assert (problem.code, problem.hint) == ("unknown-column", 'To leave the column out: --ignore "E-mail".')
    assert characters(read(file, text, ignored=["E-mail"]).rounds["1"]) == ["0134+", "?~..+"]
    with pytest.raises(ResponsesError) as raised:
        read(file, text, ignored=["E-mail", "frist"])
    assert [(one.code, one.hint) for one in raised.value.problems] == [("no-such-column", "Did you mean “first”?")]
    with pytest.raises(ResponsesError) as raised:
        read(file, text, ignored=["E-mail", "first"])
    assert [one.code for one in raised.value.problems] == ["missing-column"]


# What is wrong


def test_every_problem_is_told_with_its_line_and_place(file: Path) -> None:
    head = "respondent,group,first,frist,worth1,worth1,more"
    text = f"{head}\np1,bord,6,1,0,0,\np1,board,1,1,0,0.3,\n,,x,1,0,0,\np4,board,1\n"
    assert told(file, text) == [
        ("unknown-column", 1, "frist"),
        ("duplicate-column", 1, "worth1"),
        ("missing-column", 1, "board_only"),
        ("unknown-group", 2, "group"),
        ("value-off-scale", 2, "first"),
        ("value-off-scale", 3, "worth1"),
        ("duplicate-row", 3, "respondent"),
        ("no-respondent", 4, "respondent"),
        ("unknown-group", 4, "group"),
        ("value-off-scale", 4, "first"),
        ("ragged-row", 5, ""),
    ]


def test_a_problem_comes_with_what_to_do(file: Path) -> None:
    text = f"{HEAD},frist\np1,bord,6,0,1,1,\np1,board,1,0,1,1,\np2,staff,1,,,,\n".replace("p2", "p2")
    hints = {problem.code: (problem.message, problem.hint) for problem in problems(file, text)}
    assert hints["unknown-column"] == ("There is no item “frist”.", "Did you mean “first”?")
    assert hints["unknown-group"] == ("There is no group “bord”.", "Did you mean “board”?")
    assert hints["value-off-scale"] == (
        "“6” is not a value of this item.", "Write one of 1, 2, 3, 4, 5, or dk, na, or nothing.",
    )  # fmt: skip  # in few lines
    assert hints["duplicate-row"] == (
        "“p1” has a row already, in line 2.",
        "One row for each respondent in each round.",
    )


def test_two_rows_of_one_respondent_are_allowed_in_two_rounds_and_a_change_of_group_is_not(file: Path) -> None:
    head = "respondent,group,round,first,worth1,more,board_only\n"
    assert len(read(file, f"{head}p1,board,1,1,0,,\np1,board,2,1,0,,\n").rounds) == 2
    assert told(file, f"{head}p1,board,1,1,0,,\np1,board,1,1,0,,\n") == [("duplicate-row", 3, "respondent")]
    assert told(file, f"{head}p1,board,1,1,0,,\np1,staff,2,1,0,,\n") == [("two-groups", 3, "group")]


def test_the_line_is_where_the_row_begins(file: Path) -> None:
    text = f'{HEAD},well\n\np1,board,1,0,,,"one\ntwo\nthree"\np2,board,9,0,,,\n'
    assert told(file, text) == [("value-off-scale", 6, "first")]


def test_a_wrong_scale_throughout_is_not_told_a_million_times(file: Path) -> None:
    with pytest.raises(ResponsesError, match=r"has 2,400 problems \(the first 1,000 are listed\)") as raised:
        read(file, HEAD + "\n" + "".join(f"p{row},board,9,9,9,9\n" for row in range(600)))
    assert len(raised.value.problems) == MOST_TOLD


@pytest.mark.parametrize("cell", ["6", "0", "1.5", "1_0", "one", "1e0x", "--1", "1,5,2", "=1", "1 2", "[/]", "nan"])
def test_a_value_off_the_scale_is_told(file: Path, cell: str) -> None:
    assert told(file, f'{HEAD}\np1,board,"{cell}",0,,\n') == [("value-off-scale", 2, "first")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        ("\n \n\n", "is empty"),
        (HEAD, "has no rows of answers"),
        (HEAD + "\n,,,,,\n", "has no rows of answers"),
        (GOOD.replace("p1", "Zoë").encode("latin-1"), r"is not UTF-8 text \(byte 49\)"),
        (HEAD + '\np1,board,"' + "x" * 200_000 + '",,,\n', "line 2: a cell is longer than any answer"),
        (HEAD + '\np1,board,"1,0,,\np2,board,1,0,,\n', "line 2: a quotation mark is opened and not closed"),
        (f"{HEAD}\n" + '"' * 9 + "\x00", "a quotation mark is opened and not closed"),
        ("\x00" * 50, "problems"),
        ("PK\x03\x04" + "\x00" * 50, "problems"),
        (f"{HEAD}\np1,board,{'9' * 5000},0,,\n", "1 problem"),
    ],
    ids=[
        "empty", "blank", "no rows", "blank rows", "Latin-1", "huge cell", "open quote", "quotes and NUL",
        "NULs", "a workbook", "huge number",
    ],
)  # fmt: skip  # in few lines
def test_what_is_no_csv_file_is_told_in_a_sentence(file: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(ResponsesError, match=says) as raised:
        read(file, content)
    assert raised.value.hint or raised.value.problems


def test_a_file_that_goes_on_and_on_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"p{at},board,1,0.2,4,5,{at}\n" for at in range(1001))
    with pytest.raises(ResponsesError, match="has 1,001 rounds; there is room for 1,000"):
        read(file, f"{HEAD},round\n{rows}")
    monkeypatch.setattr("selfassess.scoring.response_csv.MOST_ROWS", 1)
    with pytest.raises(ResponsesError, match="has more than 1 rows of answers"):
        read(file, GOOD)
    monkeypatch.setattr("selfassess.scoring.response_csv.LARGEST", 5)
    with pytest.raises(ResponsesError, match="is larger than 0 MB"):
        read(file, GOOD)


@pytest.mark.parametrize("cell", ["1" * 60_000 + "x", "." * 60_000, "1|" * 30_000, "e" * 60_000, "1." * 30_000])
def test_a_cell_of_any_length_is_told_in_a_few_words(file: Path, cell: str) -> None:
    start = time.process_time()
    [problem] = problems(file, f"{HEAD}\np1,board,{cell},0.2,4,5\n")
    assert len(problem.message) < 100
    assert time.process_time() - start < 1.0


def test_a_thousand_wrong_columns_are_told_without_looking_for_each(file: Path) -> None:
    names = [f"frist{at}" for at in range(1_500)]
    told = problems(file, f"{HEAD},{','.join(names)},first\n")
    assert len(told) == MOST_TOLD
    assert told[0].hint == "Did you mean “first”?"


@pytest.mark.parametrize(
    ("name", "why"),
    [("missing.csv", "cannot be read"), (".", "is a folder"), ("no\x00name", "cannot be read"),
     ("a/b/c.csv", "cannot be read")],
)  # fmt: skip  # in few lines
def test_a_file_that_cannot_be_opened_is_told_in_a_sentence(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(ResponsesError, match=why) as raised:
        read_responses(tmp_path / name, questionnaire())
    assert raised.value.hint


def test_what_is_told_of_a_file_holds_no_control_characters_and_is_short(file: Path) -> None:
    nasty = "\x1b]8;;http://x\x07[/]\u202e" + "x" * 500
    text = f"{HEAD},{nasty}\n{nasty},{nasty},{nasty},0,,,\n{nasty},board,1,0,,,\n"
    for problem in problems(file, text):
        assert len(problem.message) < 200
        assert not set(problem.message + problem.hint) & {"\x1b", "\x07", "\u202e"}


@examples(150)
@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example(b'"')
@example(b"respondent,group,first,worth1,more,board_only\n\x00,\x00,\x00,\x00,\x00,\x00")
def test_any_bytes_are_read_or_told_and_never_a_crash(file: Path, content: bytes) -> None:
    _read_or_told(file, content)


@examples(150)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(GOOD)),
            st.sampled_from([
                "", ",", ";", "\t", '"', '""', "\n", "\r", "\r\n", "\x00", "dk", "1", "9" * 400, "e5", "-", ".",
                "\ufeff", "[/]", "\x1b[31m", "\u2028", "\x85", "p1", "staff", "\x1c", "İ", "x" * 5000,
            ]),
            st.integers(0, 4),
        ),
        min_size=1, max_size=6,
    )
)  # fmt: skip  # in few lines
def test_any_mangled_file_is_read_or_told_and_never_a_crash(file: Path, changes: list[tuple[int, str, int]]) -> None:
    text = GOOD
    for position, piece, gone in changes:
        text = text[:position] + piece + text[position + gone :]
    _read_or_told(file, text.encode())


def _read_or_told(file: Path, content: bytes) -> None:
    with suppress(ResponsesError):
        assert all(len(answers) for answers in read(file, content).rounds.values())


# Plain files, which are read by column


def both_ways(text: str, of: Questionnaire, form: Form = "full", ignored: Sequence[str] = ()) -> tuple[Any, Any]:
    """What a file holds, or what is wrong with it, read by column (None where that is left to the other) and by row."""

    def said(found: Read | None) -> Any:
        return found and (
            [(name, one.respondents, one.names, one.groups, characters(one)) for name, one in found.rounds.items()],
            found.warnings,
        )

    by_column = said(Reader("file", of, form).read_plain(text, ignored))
    try:
        return by_column, said(Reader("file", of, form).read(text, ignored))
    except ResponsesError as error:
        return by_column, error


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(made.SEEDS, st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_by_column_a_file_holds_what_it_holds_by_row(random: Random, delimiter: str, end: str) -> None:
    table = made.table_from(random)
    of = build(table)
    groups = [group["id"] for group in table.get("groups", [])] or [None]
    people = [made.person(random, table, random.choice(groups), 0.25) for _ in range(random.randint(1, 12))]
    rows = list(csv.reader(io.StringIO(made.to_csv(people))))
    if random.random() < 0.5:
        rows = [[*row, f"r{random.randint(1, 3)}" if at else "round"] for at, row in enumerate(rows)]
    if random.random() < 0.3:
        rows = [[*row, "" if random.random() < 0.99 else "words"] for row in rows]
    if random.random() < 0.3:
        rows[random.randrange(len(rows))][random.randrange(len(rows[0]))] = random.choice(
            ["", " 2 ", "x", "naïve", "1,0"]
        )
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    by_column, by_row = both_ways(text.getvalue(), of)
    if isinstance(by_row, ResponsesError):
        assert by_column is None
    elif by_column is not None:
        assert by_column == by_row


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.rstrip("\n"),
        f"{GOOD}\n\n",
        f"{HEAD},round\np1,board,1,0.2,4,5,2\np1,board,1,0.2,4,5,10\np2,board,3,1,,1,\n",
        f"{HEAD},note\nÄnne,board,1,0.2,4,5,naïve words\np2,staff,dk,na,,,more\n",
        f"note,{HEAD},\n,p1,staff,2,0.5,3,4,\n,p2,board,3, 1 ,2,,\n",
    ],
)
def test_what_is_plain_is_read_by_column(text: str) -> None:
    by_column, by_row = both_ways(text, questionnaire(), ignored=["note"] if "note" in text else [])
    assert by_column is not None
    assert by_column == by_row


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD,
        f"\n{GOOD}",
        f"sep=,\n{GOOD}",
        f'{HEAD}\n"p1",board,1,0.2,4,5\n',
        f"{HEAD}\np1,board,1,0.2,4,5\n\np2,staff,dk,na,,\n",
        f"{HEAD}\np1,board,1,0.2,4,5\rp2,staff,dk,na,,\n",
        f"{HEAD}\np1,board,1,0.2,4,5\np2,staff,dk,na\n",
        f"{HEAD}\np1,board,1,0.2,4,5\np1,board,dk,na,,\n",
        f"{HEAD}\np1,board,9,0.2,4,5\n",
        f"{HEAD}\np1,nobody,1,0.2,4,5\n",
        f"{HEAD},round\np1,board,1,0.2,4,5,1\np1,staff,1,0.2,4,,2\n",
        f"{HEAD}\n,board,1,0.2,4,5\n",
        f"{HEAD},first\np1,board,1,0.2,4,5,1\n",
    ],
)
def test_what_is_not_plain_or_not_right_is_left_to_the_rows(text: str) -> None:
    assert both_ways(text, questionnaire())[0] is None

"""TOML 1.1 is refused whatever version of the reader is installed, with its place and how it is written in TOML 1.0."""

import sys
import tomllib
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.loader import check, read, restore
from selfassess.definition.newer_toml import newer_forms
from selfassess.definition.starter import template
from selfassess.errors import QuestionnaireError
from tests.examples import examples

LINES, COMMA, TIME = "a table in { } on several lines", "a comma before the closing }", "a time without seconds"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = {\n b = 1 }", [(5, LINES)]),
        ("a = { b = 1\n}", [(11, LINES)]),
        ("a = { b = 1,\n c = 2 }", [(12, LINES)]),
        ("a = { b = 1 # one\n, c = 2 }", [(17, LINES)]),
        ("a = { # one\n\n b = 1,\n}", [(11, LINES), (19, COMMA)]),
        ("a = { b = 1, }", [(11, COMMA)]),
        ("a = { b = 1 , }", [(12, COMMA)]),
        ("a = [{ b = 1, }, { c = {\n} }]", [(12, COMMA), (24, LINES)]),
        ('a = "\\e[0m"', [(5, "“\\e” for a character")]),
        ('a = "x\\x41"', [(6, "“\\x41” for a character")]),
        ('a = """\n\\xe9"""', [(8, "“\\xe9” for a character")]),
        ("a = 07:32", [(4, TIME)]),
        ("a = 1979-05-27T07:32", [(15, TIME)]),
        ("a = [1979-05-27 07:32Z]", [(16, TIME)]),
        ("a = { b = 1, }\nc = {\n}", [(11, COMMA), (20, LINES)]),
    ],
)
def test_each_form_has_its_place_and_its_name(text: str, found: list[tuple[int, str]]) -> None:
    assert [(form.at, form.name) for form in newer_forms(text)] == found
    assert all(form.hint.endswith(".") for form in newer_forms(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a = { b = 1, c = 2 }",
        "a = {}",
        "a = [\n1,\n2,\n]",
        "a = [{ b = [1,2,] },\n{ c = 1 },]",
        "a = '{ b, }'",
        'a = """{\n b, }"""',
        "a = '''{\n b, }'''",
        "# { \n a = 1 # }, }",
        "[a] # {\n[[b]]\nc = 1",
        'a = "\\\\e \\\\x41 \\" { \\n"',
        "a = '\\e \\x41'",
        "a = 07:32:00",
        "a = 1979-05-27T07:32:00.5Z",
        'a = "07:32"',
        '"a, }" = 1',
        template("ours"),
    ],
)
def test_toml_1_0_has_none(text: str) -> None:
    tomllib.loads(text)
    assert newer_forms(text) == ()


@pytest.mark.parametrize("text", ["a = { b = 1\nc = 2 }", "a = {\n b = 1", "a = { b = ]", 'a = "{\n', "a = '''{,}"])
def test_of_what_is_no_toml_at_all_nothing_is_told(text: str) -> None:
    assert newer_forms(text) == ()


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a = { b = 1, }\nx = ?", "newer-toml", (1, 12)),
        ("x = ?\na = { b = 1, }", "not-toml", (1, 5)),
        ("a = { b = 1\nc = 2", "not-toml", None),
    ],
)
def test_of_two_mistakes_the_first_is_told(tmp_path: Path, text: str, code: str, place: tuple[int, int] | None) -> None:
    path = tmp_path / "file.toml"
    path.write_text(text, encoding="utf-8")
    (problem,) = check(path)
    assert problem.code == code
    assert place in (None, (problem.line, problem.column))


FILE = """
format = 1
id = "q"
version = "1"
title = "Q"
scales = { agree = { points = [{ value = 1, label = "No" }, { value = 2, label = "Yes", }] } }

[[strands]]
id = "s"
title = "S"
items = [{ id = "a", text = "It is so." }]
"""


def test_a_file_is_refused_for_it_and_for_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file.toml"
    path.write_text(FILE.replace("title", "titel"), encoding="utf-8")
    (problem,) = check(path)
    assert (problem.code, problem.line, problem.column) == ("newer-toml", 6, FILE.split("\n")[5].index(", }") + 1)
    assert problem.hint == "Take the comma out."
    with pytest.raises(QuestionnaireError, match=r"TOML 1\.1"):
        read(path)


def test_what_was_frozen_before_is_still_read() -> None:
    try:
        tomli.loads(FILE)
    except tomli.TOMLDecodeError:
        pytest.skip("this version of tomli reads TOML 1.0 alone")
    assert restore("frozen", FILE.encode()).questionnaire.id == "q"


PIECES = st.sampled_from(
    [
        *("a = ", "b = ", "c", " = ", "1", '"x"', "'y'", "true", "[", "]", "{", "}", ",", " ", "\n", "# z", "[[t]]"),
        *('"\\e"', '"\\x41"', '"\\u0041"', "07:32", "07:32:00", "1979-05-27 07:32", '"""', "\n}", ", }", "{ \n"),
        *("a = { b = 1", ", c = 2", "a = [1, 2", "d = { e = {} }\n", "'''", "\\", "{}", "f = 1\n"),
    ]
)


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="the reader of Python's own library may know TOML 1.1")
@examples(600)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_reads_toml_1_0_alone_takes_it_just_where_there_is_no_newer_form(text: str) -> None:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert newer_forms(text)
    else:
        assert newer_forms(text) == ()


@pytest.mark.parametrize(
    "text",
    ["{" * 10**6, '"' * 1_000_001, "a = { b = 1," * 80_000, "'''" * 300_000 + "'", "{\n},\n" * 200_000, "\\" * 10**6],
    ids=["brackets", "quotation marks", "commas", "texts", "lines", "backslashes"],
)
def test_a_megabyte_of_junk_is_gone_through_once(text: str) -> None:
    newer_forms(text)

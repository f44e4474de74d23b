"""A file is read, or refused with its place and a cure; and it is known where each key stands."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import assume, given
from hypothesis import strategies as st

from selfassess.definition.toml_source import (
    DEEPEST,
    DEEPEST_KEY,
    LARGEST,
    MOST_TABLES,
    Keys,
    load,
    look_up,
    parse,
    places,
)
from selfassess.errors import Problem, QuestionnaireError


def refused(content: bytes) -> Problem:
    with pytest.raises(QuestionnaireError) as caught:
        parse("file.toml", content)
    [problem] = caught.value.problems
    return problem


def spot(problem: Problem) -> tuple[int | None, int | None]:
    return problem.line, problem.column


def test_what_is_toml_becomes_a_table_with_its_bytes_and_their_sum() -> None:
    source = parse("file.toml", b"a = 1\r\n[b]\r\nc = 'd'\r\n")
    assert source.table == {"a": 1, "b": {"c": "d"}}
    assert source.content == b"a = 1\r\n[b]\r\nc = 'd'\r\n"
    assert source.sha256 == "9712e3fcd03a1ddc28350a0611479b9d293b4ef6460e3e51bcd2cafb68d47796"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse("file.toml", b"\xef\xbb\xbfa = 1\n").table == {"a": 1}
    assert places("a = 1\n")[("a",)] == (1, 1)
    assert parse("file.toml", b"\xef\xbb\xbfa = 1\n").places()[("a",)] == (1, 1)


def test_a_file_that_is_missing_is_named_and_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(QuestionnaireError, match=r"There is no file .*gone\.toml") as caught:
        load(tmp_path / "gone.toml")
    assert "selfassess new" in caught.value.hint


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(QuestionnaireError, match="is a folder, not a file"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["a" * 300 + ".toml", "nul\0.toml"])
def test_a_name_that_no_file_can_have_is_no_crash(tmp_path: Path, name: str) -> None:
    with pytest.raises(QuestionnaireError, match="cannot be read"):
        load(tmp_path / name)


def test_ten_megabytes_are_refused_without_being_parsed(tmp_path: Path) -> None:
    big = tmp_path / "big.toml"
    big.write_bytes(b"# all of it is a comment\n" * 400_000)
    with pytest.raises(QuestionnaireError) as caught:
        load(big)
    [problem] = caught.value.problems
    assert (problem.code, problem.line) == ("too-large", None)
    assert "2 MB" in problem.message
    assert parse("file.toml", b"#" * LARGEST).table == {}


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'a = "caf\xe9"', (1, 9)),
        (b"\xff\xfea\x00", (1, 1)),
        ('ä = "ä"\nb = "ää'.encode() + b'\xff"', (2, 8)),
        (b"\xef\xbb\xbf" + 'b = "ää'.encode() + b'\xff"', (1, 8)),
    ],
)
def test_what_is_not_utf_8_is_refused_at_the_first_wrong_byte(content: bytes, place: tuple[int, int]) -> None:
    problem = refused(content)
    assert (problem.code, spot(problem)) == ("not-utf-8", place)


@pytest.mark.parametrize("content", [b"", b"\n", b" \t\n\n", b"\xef\xbb\xbf"])
def test_a_file_with_nothing_in_it_is_empty(content: bytes) -> None:
    assert refused(content).code == "empty"


@pytest.mark.parametrize(
    ("text", "place", "said", "cure"),
    [
        ("a", (1, 2), "a key needs an equals sign and a value", "title ="),
        ("a = 1\na = 2", (2, 6), "this key is here a second time", "Take one of them out"),
        ("[a]\n[a]", (2, 3), "this table is here a second time", "[[strands]]"),
        ("a = { b = 1, b = 2 }", (1, 19), "a key is there twice", "Take one of them out"),
        ("a = { b = 1 }\na.c = 2", (2, 8), "this adds to something that is already finished", "in one place"),
        ("a = 1 2", (1, 7), "something is left over", "its own line"),
        ("text = 'It's'", (1, 12), "something is left over", "apostrophe"),
        ("[a", (1, 3), "a square bracket is missing", "[scoring]"),
        ("= 1", (1, 1), "neither a key nor the head of a table", "title ="),
        ("[[]]", (1, 3), "a key cannot start with this", '"="'),
        ("a =", (1, 4), "a value is missing here", "quotation marks"),
        ("a = True", (1, 5), "a value is missing here, or cannot be read", "true and false"),
        ("a = “b”", (1, 5), "cannot be read", 'straight quotation marks (")'),
        ('a = "b\nc = 1', (1, 7), "no closing quotation mark on this line", 'Close it with a quotation mark (")'),
        ('a = """b', (1, 9), "no closing quotation mark", "Look where it starts"),
        ("a = [1, 2\nb = 3", (2, 1), "a list is not closed", "(])"),
        ("a = [1,\n[[b]]\n", (2, 3), "a value is missing here", "Look above this line"),
        ("a = { b = 1\nc = 2", (2, 1), "a table is not closed", "(})"),
        ('a = "C:\\Users"', (1, 10), "spelt wrongly after a backslash", "single quotes"),
        ('a = "\\q"', (1, 8), "a single backslash", "Write it twice"),
        ('a = "\x01"', (1, 6), "a hidden control character", "Take it out"),
        ("# \x00", (1, 3), "a hidden control character", "Take it out"),
        ("a = 1979-02-30", (1, 5), "no such date", "quotation marks"),
        (f"a = [1,\n  {10**20}]", (2, 3), "too large", "quotation marks"),
        (f"a = 0x{'f' * 5000}", (1, 1), "too large", "quotation marks"),
        (f"a = {'9' * 5000}", (None, None), "thousands of digits", "the right file"),
        (f"a = {'[' * 300}{']' * 300}", (None, None), "nested too deeply", "the right file"),
        (f"a = {'[' * 3000}{']' * 3000}", (None, None), "nested too deeply", "the right file"),
        (f"b = 1\n[{'.'.join('a' * 900)}]", (2, 2), "nested too deeply", "the right file"),
        (f"a = {'[' * (DEEPEST + 1)}{']' * (DEEPEST + 1)}", (None, None), "nested too deeply", "the right file"),
    ],
)
def test_broken_toml_is_told_in_an_authors_words_with_its_place(
    text: str, place: tuple[int | None, int | None], said: str, cure: str
) -> None:
    problem = refused(text.encode())
    assert problem.code == "not-toml"
    assert spot(problem) == place
    assert said in problem.message
    assert cure in problem.hint


def test_a_way_is_looked_up_as_far_as_it_goes() -> None:
    table = {"a": [{"b": 1}]}
    assert look_up(table, ("a", 0, "b")) == 1
    assert look_up(table, ()) == table
    assert [look_up(table, keys) for keys in (("x",), ("a", 1), ("a", "b"), ("a", 0, "b", "c"))] == [None] * 4


EXAMPLE = '''\
# a comment = 1
title = "x # y"   # and another
"quoted key".'lit.eral' = 1
about = """
a = 1
[b]
quotes: ""\\"""\\"
"""
list = [ 1, "]", # a = 1
  { a = 1, "b" = [2] },
]

[scales.agree]
points = []
[[strands]]
id = 's'
  [[strands.items]]
  dont_know.x = 1
  [[strands.items]]
  [strands.items.wording]
  staff = \'\'\'
a = 1\'\'\'\'
[[strands]]
[[strands.items]]
y=1'''


def test_each_key_of_an_example_stands_where_it_stands() -> None:
    tomli.loads(EXAMPLE)
    assert places(EXAMPLE) == {
        ("title",): (2, 1),
        ("quoted key",): (3, 1),
        ("quoted key", "lit.eral"): (3, 14),
        ("about",): (4, 1),
        ("list",): (9, 1),
        ("list", 0): (9, 10),
        ("list", 1): (9, 13),
        ("list", 2): (10, 3),
        ("list", 2, "a"): (10, 5),
        ("list", 2, "b"): (10, 12),
        ("list", 2, "b", 0): (10, 19),
        ("scales", "agree"): (13, 1),
        ("scales", "agree", "points"): (14, 1),
        ("strands", 0): (15, 1),
        ("strands", 0, "id"): (16, 1),
        ("strands", 0, "items", 0): (17, 3),
        ("strands", 0, "items", 0, "dont_know"): (18, 3),
        ("strands", 0, "items", 0, "dont_know", "x"): (18, 13),
        ("strands", 0, "items", 1): (19, 3),
        ("strands", 0, "items", 1, "wording"): (20, 3),
        ("strands", 0, "items", 1, "wording", "staff"): (21, 3),
        ("strands", 1): (23, 1),
        ("strands", 1, "items", 0): (24, 1),
        ("strands", 1, "items", 0, "y"): (25, 1),
    }


BLANK = st.sampled_from(["", " ", "\t", "  "])
BREAK = st.sampled_from(["", " ", "\n", " # a = [1, \"'\n", "\n\n  "])
STRINGS = st.sampled_from(
    [
        '""',
        "''",
        '"a"',
        "'a'",
        '"#"',
        "'#'",
        '"]"',
        "'}'",
        '"\\""',
        '"\\\\"',
        "'\\'",
        '"ä\\u00e4 = 1"',
        '"\'"',
        '""""""',
        "''''''",
        '"""a"""',
        '"""\n[a]\nb = 1\n"""',
        '"""a""\\"b"""',
        '"""a"""""',
        '"""\\\n  a"""',
        "'''a'''",
        "'''\n''a'\n[[b]]\n'''",
        "'''a'''''",
        "'''\\'''",
    ]
)
OTHERS = st.sampled_from(
    ["1", "-1", "+1_000", "0xff", "1.5", "1e9", "inf", "-nan", "true", "1979-05-27", "07:32:00", "1979-05-27 07:32:00Z"]
)
BARE = st.text("abcAZ019-_", min_size=1, max_size=4)
QUOTED = st.text("ab .#=[]'{},é", max_size=4).map(lambda name: f'"{name}"') | st.sampled_from(
    ['"\\""', '"\\\\"', '"\\u00e9"', "'\"'", "'a.b'", "''", '""']
)
NAMES = BARE | QUOTED


FEW = st.sampled_from(["a", "b", "a.b", '"a" . b', "a.b.a", "b.a"])
"""Keys that meet each other: tables in tables, and tables of several parts."""


@st.composite
def keys(draw: st.DrawFn) -> str:
    if draw(st.booleans()):
        return draw(FEW)
    names = draw(st.lists(NAMES, min_size=1, max_size=3))
    return "".join(name if not at else draw(BLANK) + "." + draw(BLANK) + name for at, name in enumerate(names))


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.sampled_from(["string", "other", "list", "table"])) if depth else "string"
    if kind == "list":
        entries = draw(st.lists(values(depth - 1), max_size=3))
        inside = "".join(draw(BREAK) + entry + draw(BREAK) + "," for entry in entries)
        return f"[{inside.removesuffix(',') if draw(st.booleans()) else inside}{draw(BREAK)}]"
    if kind == "table":
        pairs = [
            draw(keys()) + draw(BLANK) + "=" + draw(BLANK) + draw(values(depth - 1))
            for _ in range(draw(st.integers(0, 3)))
        ]
        return "{" + ",".join(draw(BLANK) + pair + draw(BLANK) for pair in pairs) + "}"
    return draw(STRINGS if kind == "string" else OTHERS)


@st.composite
def lines(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["pair", "pair", "pair", "table", "tables", "comment"]))
    start, end = draw(BLANK), draw(BLANK) + draw(st.sampled_from(["", "# [x] y = 1"])) + "\n"
    if kind == "comment":
        return start + "# [a] b = 'c\n"
    if kind == "pair":
        return start + draw(keys()) + draw(BLANK) + "=" + draw(BLANK) + draw(values()) + end
    head = draw(BLANK) + draw(keys()) + draw(BLANK)
    return start + (f"[{head}]" if kind == "table" else f"[[{head}]]") + end


@st.composite
def documents(draw: st.DrawFn) -> str:
    """TOML of every shape. A line that would break what stands before it (a key twice) is left out."""
    text = ""
    for line in draw(st.lists(lines(), max_size=10)):
        try:
            tomli.loads(text + line)
        except tomli.TOMLDecodeError:
            continue
        text += line
    return text


def ways(value: Any, keys: Keys = ()) -> Iterator[Keys]:
    if keys:
        yield keys
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inside:
        yield from ways(held, (*keys, key))


KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")


def test_a_key_has_so_many_parts_and_no_more() -> None:
    parts = ".".join("a" * DEEPEST_KEY)
    assert parse("a", f"{parts} = 1".encode()).table
    for text in (f"b.{parts} = 1", f"x = {{ 'b' . {parts} = 1 }}", f'[ "b" . {parts} ]', f"[[b.{parts}]]"):
        assert "nested too deeply" in refused(f"# one line\n{text}\n".encode()).message
        assert refused(f"# one line\n{text}\n".encode()).line == 2


def test_of_tables_there_are_so_many_and_no_more() -> None:
    most = "".join(f"[t{at}]\n" for at in range(MOST_TABLES - 1))  # the file is one too
    assert len(parse("a", most.encode()).table) == MOST_TABLES - 1
    problem = refused(f"{most}[more]\n".encode())
    assert (problem.code, "more than 20,000 tables" in problem.message) == ("too-large", True)


def test_a_text_may_have_any_number_of_full_stops() -> None:
    for text in ("1.2.3.4.5.6.7.8.9.10.11.12.13", "No. " * 40, "." * 60, "a.b" * 60):
        assert parse("a", f'x = "{text}" # {text}'.encode()).table == {"x": text}


def key_at(text: str, place: tuple[int, int]) -> str:
    line, column = place
    found = KEY.match(text.split("\n")[line - 1][column - 1 :])
    assert found, f"no key at {place}"
    return next(iter(tomli.loads(f"{found[0]} = 1")))


@given(documents())
def test_the_text_at_the_place_of_a_key_is_that_key(text: str) -> None:
    table = tomli.loads(text)
    found = places(text)
    for way in ways(table):
        held = look_up(table, way)
        if way not in found:  # a table or list that has only parts, each with a head or a dotted key of its own
            assert isinstance(held, dict | list)
            assert any(other[: len(way)] == way for other in found)
        elif isinstance(way[-1], str) and text.split("\n")[found[way][0] - 1][found[way][1] - 1] != "[":
            assert key_at(text, found[way]) == way[-1]
        else:
            assert isinstance(way[-1], int) or isinstance(held, dict)
    assert set(found) <= set(ways(table))


@given(documents())
def test_a_single_value_always_has_a_place(text: str) -> None:
    table = tomli.loads(text)
    found = places(text)
    single = [way for way in ways(table) if not isinstance(look_up(table, way), dict | list)]
    assume(single)
    assert all(way in found for way in single)
    assert len({found[way] for way in single}) == len(single)


@given(documents())
def test_places_are_the_same_with_the_line_ends_of_windows(text: str) -> None:
    content = text.encode()
    if text.strip():
        assert parse("a", content).places() == parse("a", content.replace(b"\n", b"\r\n")).places()

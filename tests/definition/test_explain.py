"""What pydantic finds is said as an author would say it, and one wrong key hides nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.loader import problems
from selfassess.definition.shape_errors import (
    EITHER,
    PLACEHOLDER,
    adapter,
    existing,
    fields_of,
    keys_of,
    kind_of,
    mended,
    misfits,
    options,
    shape_errors,
    wanted,
)
from selfassess.definition.tables import PARTS
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import (
    Action,
    Benchmark,
    Item,
    Overall,
    Point,
    Questionnaire,
    Scale,
    Scoring,
    Skill,
    Strand,
)

HEAD = """
format = 1
id = "q"
version = "1"
title = "Q"
[scales.agree]
points = [{ value = 1, label = "No" }, { value = 2, label = "Yes" }]
[[strands]]
id = "s"
title = "S"
[[strands.items]]
id = "i"
text = "It is so."
"""

ITEM = "[[strands.items]]\nid = 'j'\ntext = 'It is so.'\n"
BENCHMARK = "[[strands.benchmarks]]\nid = 'b'\ntitle = 'B'\n"


def told(text: str) -> list[tuple[str, str]]:
    """Message and hint of each error."""
    found = problems(parse("file.toml", (HEAD + text).encode()))
    return [(problem.message, problem.hint) for problem in found if problem.severity == "error"]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("wording = 5", "“wording” must be a table, not the number 5.", 'Such as wording = { staff = "…" }.'),
        (
            "help = 12.5",
            "“help” must be text in quotation marks, not the number 12.5.",
            'Put it in quotation marks: help = "12.5".',
        ),
        ("help = false", "“help” must be text in quotation marks, not false.", 'Such as help = "…".'),
        ("help = []", "“help” must be text in quotation marks, not a list.", 'Such as help = "…".'),
        (
            "help = 2026-05-01",
            "“help” must be text in quotation marks, not a date or time.",
            'Put it in quotation marks: help = "2026-05-01".',
        ),
        (
            "help = 12:30:00",
            "“help” must be text in quotation marks, not a date or time.",
            'Put it in quotation marks: help = "12:30:00".',
        ),
        ("weight = '2'", "“weight” must be a number, not “2”.", "Write it without quotation marks: weight = 2"),
        ("weight = true", "“weight” must be a number, not true.", "Such as weight = 1."),
        ("weight = nan", "“weight” must be a number, not nan.", "Such as weight = 1."),
        ("level = 2.0", "“level” must be a whole number, not the number 2.0.", "Such as level = 1."),
        (
            "reverse = 'True'",
            "“reverse” must be true or false, not “True”.",
            "Write it without quotation marks: reverse = true",
        ),
        ("reverse = 'yes'", "“reverse” must be true or false, not “yes”.", "Such as reverse = true."),
        (
            "groups = [5]",
            "Each entry of “groups” must be text in quotation marks, not the number 5.",
            'Put it in quotation marks: "5".',
        ),
        (
            "not_applicable_values = 9",
            "“not_applicable_values” must be a list of numbers, not the number 9.",
            "Put it in square brackets: not_applicable_values = [9].",
        ),
        (
            "not_applicable_values = ['9']",
            "Each entry of “not_applicable_values” must be a number, not “9”.",
            "Write it without quotation marks: 9",
        ),
        ("allow = 5", "“allow” must be a list of texts, not the number 5.", 'Such as allow = ["double-barrelled"].'),
        (
            "dont_know = true",
            "“dont_know” must be text in quotation marks, or false, not true.",
            'Such as dont_know = "…".',
        ),
        (
            "dont_know = { str = 1 }",
            "“dont_know” must be text in quotation marks, or false, not a table.",
            'Such as dont_know = "…".',
        ),
        ("about = 'us'", "“about” cannot be “us”.", "It can be: self, partnership."),
        ("kind = 5", "“kind” cannot be the number 5.", "It can be: choice, many, number, text."),
        ("[scoring]\nmin_answerd = 1", "“min_answerd” is not a key of [scoring].", "Did you mean “min_answered”?"),
        ("[overall]\nfrom_ = 'items'", "“from_” is not a key of [overall].", "Did you mean “from”?"),
        ("[[scoring]]", "“scoring” must be a table, not a list.", "Begin it with [scoring]."),
        ("[bands]\nfrom = 0", "“bands” must be a list of tables, not a table.", "Begin each of them with [[bands]]."),
        ("[[bands]]\ntitle = 'A'", "A band needs “from”.", "The lowest score of the band: from = 50."),
        ("[scales]\nyes = 5", "“yes” must be a table, not the number 5.", "Begin it with [scales.yes]."),
        (
            "[[strands.benchmarks]]\nid = 'b'\nitems = [{ id = 'y', text = 'Y.' }]",
            "A benchmark needs “title”.",
            'Write title = "…".',
        ),
        (
            BENCHMARK + "actions = [{ id = 'x' }]\nitems = [{ id = 'y', text = 'Y.' }]",
            "An action needs “text”.",
            'Write text = "…".',
        ),
    ],
)
def test_a_misfit_is_told_with_its_cure(text: str, message: str, hint: str) -> None:
    assert told(text) == [(message, hint)]


def test_a_misspelt_key_is_told_once_though_the_key_it_means_is_missing_too() -> None:
    assert told("[[strands.items]]\nid = 'j'\ntxt = 'It is so.'") == [
        ("“txt” is not a key of an item.", "Did you mean “text”?")
    ]


ACTION = "[[strands.benchmarks.actions]]\nid = 'act'\ntext = 'Do it.'\n"
MOVE = "Move it up to just below"


@pytest.mark.parametrize(
    ("text", "where", "hint"),
    [
        (
            BENCHMARK + ITEM.replace("strands", "strands.benchmarks") + ACTION + "scale = 'agree'",
            "an action",
            f"{MOVE} [[strands.benchmarks]] (line 14).",
        ),
        (BENCHMARK + ITEM.replace("strands", "strands.benchmarks") + "target = 5", "an item", f"{MOVE} [[strands."),
        (ITEM + "target = 5", "an item", f"{MOVE} [[strands]] (line 8)."),
        ("discuss = 'What now?'", "an item", f"{MOVE} [[strands]] (line 8)."),
        ("[scoring]\nscale = 'agree'", "[scoring]", "Move it up to the head of the file, above the first line in"),
        ("[[scoring.bands]]\nfrom = 0\ntitle = 'A'", "[scoring]", "Begin it with [[bands]]."),
        ("[[items]]\nid = 'j'\ntext = 'J.'", "the head", "Write [[strands.items]] or [[strands.benchmarks.items]]."),
        ("[[benchmarks]]\nid = 'b'\ntitle = 'B'", "the head", "Write [[strands.benchmarks]]."),
        (
            "[[actions]]\nid = 'b'\ntext = 'B'",
            "the head",
            "Write [[strands.actions]] or [[strands.benchmarks.actions]].",
        ),
        ("[[strands.items.actions]]\nid = 'b'\ntext = 'B'", "an item", "Begin it with [[strands.actions]]."),
        ("[overall]\nlevel = 2", "[overall]", "Write it below [[strands.benchmarks]], [[strands.items]]"),
        ("[[groups]]\nid = 'g'\ntitle = 'G'\nwording = { g = 'x' }", "a group", "Write it below [[strands.items]] or"),
        ("[[strands.questions]]\nid = 'w'\ntext = 'W?'\nmin_answered = 1", "an item", f"{MOVE} [[strands]]"),
    ],
)
def test_a_key_of_another_table_is_told_with_the_table_that_it_belongs_to(text: str, where: str, hint: str) -> None:
    (problem,) = problems(parse("file.toml", (HEAD + text).encode()))
    assert problem.code == "misplaced-key"
    assert f"is not a key of {where}" in problem.message
    assert hint in problem.hint


def test_each_of_several_keys_in_the_wrong_place_is_told() -> None:
    text = f"target = 75\nmin_answered = 1\n{HEAD.strip()}\nmethod = 'sum'\n"
    found = [(one.code, one.place) for one in problems(parse("file.toml", text.encode()))]
    assert found == [
        ("misplaced-key", "target"),
        ("misplaced-key", "min_answered"),
        ("misplaced-key", "s › i › method"),
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[[strands.items]]\nid = 'j'\ntitle = 'It is so.'", "Did you mean “text”?"),
        ("[[strands.benchmarks]]\nid = 'b'\ntext = 'B'\nitems = [{ id = 'y', text = 'Y.' }]", "Did you mean “title”?"),
        ("revers = true", "Did you mean “reverse”?"),
        ("points = 5", "The keys are id, text, same_as"),
    ],
)
def test_a_key_that_is_more_likely_another_of_the_same_table_is_no_key_of_another(text: str, hint: str) -> None:
    (problem,) = problems(parse("file.toml", (HEAD + text).encode()))
    assert problem.code == "unknown-key"
    assert hint in problem.hint


def test_a_long_value_is_cut_in_what_is_said() -> None:
    [(message, hint)] = told(f"weight = '{'long ' * 100}'")
    assert len(message) < 100
    assert hint == "Such as weight = 1."


@pytest.mark.parametrize(
    "text",
    [
        "kind = 'nmber'\nmin = 0\nunit = 'weeks'",
        "knd = 'number'\nmin = 0",
        "level = 1\n" + ITEM + "level = 2\n[overall]\nmethod = 'lader'\nfrom = 'items'\nmet = 2",
        "[overall]\nunits = 'owns'\ntarget = 1.5",
        "[overall]\nmehtod = 'ladder'\nmet = 2",
        "[[band]]\nfrom = 0\ntitle = 'A'",
        "groups = ['board']\n[groups]\nid = 'board'\ntitle = 'Board'",
        "[[bands]]\nfrom = '0'\ntitle = 'A'\n[[bands]]\nfrom = 0\ntitle = 'A'",
        "[scales.no]\npoints = [1, 2]\n"
        + ITEM
        + "scale = 'no'\n"
        + BENCHMARK
        + "scale = 'no'\nitems = [{ id = 'k', text = 'K.' }]",
        "groups = ['board']\nwording = { staff = 'Yes.' }\n[[group]]\nid = 'board'\ntitle = 'B'",
        "show_if = 'k == 1'\n[[strands.benchmark]]\nid = 'b'\ntitle = 'B'\nitems = [{ id = 'k', text = 'K.' }]",
        "[[strands.benchmarks]]\nid = 'b'\ntitle = 'B'\n[[strands.benchmarks.item]]\nid = 'k'",
        "[[strands.benchmarks]]\ntitle = 'B'\nitems = [{ text = 'Yes.' }]",
    ],
)
def test_what_follows_from_a_misfit_is_not_told_as_well(text: str) -> None:
    found = problems(parse("file.toml", (HEAD + text).encode()))
    rest = {problem.code for problem in found} - {"unknown-key", "unknown-value", "wrong-type", "missing-key"}
    assert rest <= ({"no-scale"} if "scales.no" in text else set())  # the first item names none of the two


def test_an_empty_list_is_told_beside_a_misfit() -> None:
    found = problems(parse("file.toml", b"format = 1\nid = 'q'\nversion = '1'\ntilte = 'Q'\nstrands = []"))
    assert [problem.code for problem in found] == ["unknown-key", "no-strands"]


def test_what_is_wrong_beside_a_misfit_is_told_as_well() -> None:
    found = problems(parse("file.toml", (HEAD + "wieght = 2\nshow_if = 'nothing == 1'\ngroups = ['x']").encode()))
    assert [problem.code for problem in found] == ["unknown-key", "unknown-item", "unknown-group"]


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        ((), Questionnaire),
        (("scales",), None),
        (("scales", "points"), Scale),
        (("scales", "scales"), Scale),
        (("scales", "agree", "points", 0), Point),
        (("strands", 0, "skills", 2), Skill),
        (("strands", 0, "questions", 2), Item),
        (("strands", 0, "benchmarks", 1, "items", 2, "wording"), None),
        (("strands", 0, "targets"), None),
        (("nothing", "at", "all"), None),
        (("scoring",), Scoring),
        (("overall",), Overall),
    ],
)
def test_the_kind_of_a_table_follows_from_the_way_to_it(keys: tuple[str | int, ...], kind: type | None) -> None:
    assert kind_of(keys) is kind


def test_every_key_is_described_by_what_it_holds() -> None:
    for kind in {Questionnaire, *(part for parts in PARTS.values() for part in parts.values())}:
        for key in keys_of(kind):
            held = wanted(kind, key)
            annotation = str(fields_of(kind)[key].type)
            assert (
                held != "a table"
                or "Mapping" in annotation
                or key in PARTS.get(kind, {})
                or options(kind, key)
                or key == "format"
            )
            assert ("number" in held) == (
                "float" in annotation or annotation.startswith(("int", "<class 'int'"))
            ) or "Mapping" in annotation


def test_keys_that_hold_one_thing_or_another_are_all_known() -> None:
    both = {
        key
        for kind in (Item, Action, Benchmark, Strand, Scale)
        for key in keys_of(kind)
        if ", or false" in wanted(kind, key)
    }
    assert both == set(EITHER)


def test_the_way_to_an_error_ends_where_the_file_does() -> None:
    table = {"a": [{"b": 1}], "dont_know": {"str": 1}}
    assert existing(table, ("a", 0, "b")) == ("a", 0, "b")
    assert existing(table, ("a", 0, "c")) == ("a", 0, "c")
    assert existing(table, ("a", 0, "b", "str")) == ("a", 0, "b")
    assert existing(table, ("a", 1)) == ("a",)
    assert existing(table, ("dont_know", "str")) == ("dont_know",)


LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.sampled_from(["", "x", "agree", "sum"])
KEYS = st.sampled_from([*keys_of(Questionnaire), *keys_of(Strand), *keys_of(Item), *keys_of(Scale), "value", "x"])
TABLES = st.recursive(LEAVES, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=5))


@given(st.dictionaries(KEYS, TABLES, max_size=8))
def test_any_table_can_be_mended_until_it_has_the_right_shape(table: dict[str, Any]) -> None:
    result = mended(table)
    assert shape_errors(result.table) == []
    adapter().validate_json(json.dumps(result.table))


def test_a_sound_table_is_left_as_it_is() -> None:
    table = parse("file.toml", HEAD.encode()).table
    result = mended(table)
    assert (result.table, result.touched, result.lost) == (table, set(), [])
    assert list(misfits(table)) == []


def test_mending_leaves_the_table_itself_alone() -> None:
    table = {"title": 5, "strands": [{"items": [{}]}]}
    result = mended(table)
    assert table == {"title": 5, "strands": [{"items": [{}]}]}
    assert result.table["title"] == PLACEHOLDER
    assert result.table["strands"][0]["items"][0] == {"id": PLACEHOLDER, "text": PLACEHOLDER}

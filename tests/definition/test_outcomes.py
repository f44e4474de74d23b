"""Conditions that no answers make true, or that all do, are told; and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.check_conditions import MOST_COMPARISONS, MOST_WAYS, check_outcomes
from selfassess.definition.loader import problems
from selfassess.definition.tables import build
from selfassess.definition.toml_source import parse
from selfassess.model.conditions import comparisons, holds
from selfassess.model.conditions import parse as parse_condition
from selfassess.model.sheet import Missing, Response
from tests.examples import examples
from tests.reference.by_hand import Person
from tests.scoring import made

HEAD = """
format = 1
id = "q"
version = "1"
title = "Q"

[scales.agree]
points = [{ value = 1, label = "No" }, { value = 2, label = "Partly" }, { value = 3, label = "Yes" }]

[[strands]]
id = "s"
title = "S"
scale = "agree"
"""


def asks(**items: str) -> str:
    tables = ", ".join(f'{{ id = "{id}", text = "It is {id}."{more and ", "}{more} }}' for id, more in items.items())
    return f"{HEAD}items = [{tables}]\n"


def told(text: str) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in problems(parse("file.toml", text.encode()))]


NUMBER, MANY = 'kind = "number", min = 0, max = 10', 'kind = "many"'


@pytest.mark.parametrize(
    ("a", "b", "condition"),
    [
        ("", "", "a == 1 and a == 2"),
        ("", "", "a < 1"),
        ("", "", "a > 3"),
        ("", "", "not (a >= 1)"),
        ("", "", "a == 1 and b == 1 and a > 1"),
        ("", "", "a != 1 and a != 2 and a != 3"),
        (NUMBER, "", "a > 10"),
        (NUMBER, "", "a < 3 and a > 3"),
        (NUMBER, "", "a >= 4 and a < 4"),
        (MANY, "", "a has 1 and not a has 1"),
        ("not_applicable_values = [1]", "", "a == 1"),
        ("", 'show_if = "a == 1"', "b == 2 and a == 2"),
        ("", 'show_if = "a < 2"', "b >= 1 and a > 1"),
    ],
)
def test_a_condition_that_no_answers_make_true_is_told(a: str, b: str, condition: str) -> None:
    assert ("condition-never", "s › c › show_if") in told(asks(a=a, b=b, c=f'show_if = "{condition}"'))


@pytest.mark.parametrize(
    ("a", "b", "condition"),
    [
        ("", "", "a >= 1"),
        ("", "", "a <= 3"),
        ("", "", "a == 1 or a != 1"),
        ("", "", "a == 1 or a == 2 or a == 3"),
        ("", "", "not (a < 2 and a > 2)"),
        ("", "", "a < 2 or b < 3 or a >= 2"),
        (NUMBER, "", "a >= 0"),
        (NUMBER, "", "a < 5 or a >= 5"),
        (MANY, "", "a has 1 or not a has 1"),
        (MANY, "", "a has 1 or a has 2 or a has 3"),
        ("not_applicable_values = [1]", "", "a >= 2"),
        ("", 'show_if = "a == 1"', "b >= 1 and a == 1"),
    ],
)
def test_a_condition_that_all_answers_make_true_is_told(a: str, b: str, condition: str) -> None:
    assert ("condition-always", "s › c › show_if") in told(asks(a=a, b=b, c=f'show_if = "{condition}"'))


@pytest.mark.parametrize(
    ("a", "b", "condition"),
    [
        ("", "", "a == 1"),
        ("", "", "a >= 2"),
        ("", "", "not (a == 1 and b == 3)"),
        (NUMBER, "", "a > 9.5"),
        (NUMBER, "", "a > 2 and a < 3"),
        ('kind = "number"', "", "a > 1000"),
        ('kind = "number"', "", "a < 1000"),
        ('kind = "number", max = 0', "", "a >= 0"),
        (MANY, "", "a has 1 and a has 2"),
        (MANY, "", "not a has 1"),
        ("", 'show_if = "a == 1"', "b >= 2"),
    ],
)
def test_a_condition_that_can_come_out_both_ways_is_left_alone(a: str, b: str, condition: str) -> None:
    assert told(asks(a=a, b=b, c=f'show_if = "{condition}"')) == []


def test_it_is_told_of_comments_too_and_can_be_silenced() -> None:
    assert told(asks(a='comment_if = "a <= 3"')) == [("condition-always", "s › a › comment_if")]
    assert told(asks(a='comment_if = "a <= 3", allow = ["condition-always"]')) == []
    assert told(asks(a="", b='show_if = "a < 1", allow = ["condition-never"]')) == []


def test_a_circle_is_told_with_every_step_of_it() -> None:
    text = asks(a='show_if = "b == 1"', b='show_if = "c == 1"', c='show_if = "a == 1"')
    messages = [problem.message for problem in problems(parse("file.toml", text.encode()))]
    assert messages == [
        "The item depends on “b”, which depends on “c”, which depends on “a”.",
        "The item depends on “c”, which depends on “a”, which depends on “b”.",
    ]


@examples(150)
@given(st.data())
def test_what_is_told_is_so_for_everybody(data: st.DataObject) -> None:
    table = data.draw(made.tables(groups=False))
    found = {}
    for finding in check_outcomes(build(table)):
        found[finding.keys[:-1]] = finding.code
    people = [Person(table, None, row.answers) for row in data.draw(made.rows(table, most=20))]
    for keys, code in found.items():
        item = table
        for key in keys:
            item = item[key]
        named = {compare.item for compare in comparisons(parse_condition(item["show_if"]))}
        for person in people:
            is_asked = person.answers[item["id"]] != "not_asked"
            has_all = not any(isinstance(person.answers[id], str) for id in named)
            assert not is_asked if code == "condition-never" else is_asked or not has_all


@examples(100)
@given(st.data())
def test_what_comes_out_one_way_for_every_way_to_answer_two_items_is_told(data: st.DataObject) -> None:
    signs = st.sampled_from(["<", "<=", "==", "!=", ">=", ">"])
    one = st.tuples(st.sampled_from("ab"), signs, st.integers(1, 3)).map(lambda part: " ".join(map(str, part)))
    parts = data.draw(st.lists(st.tuples(one, st.booleans()), min_size=1, max_size=4))
    joined = data.draw(st.sampled_from([" and ", " or "])).join(f"not ({part})" if no else part for part, no in parts)
    ways: list[dict[str, Response]] = [{"a": a, "b": b} for a in (1, 2, 3) for b in (1, 2, 3)]
    condition = parse_condition(joined)
    outcomes = {holds(condition, way) for way in ways}
    partly: list[dict[str, Response]] = [{"a": a} for a in (1, 2, 3)] + [{"b": b} for b in (1, 2, 3)]
    outcomes_at_all = outcomes | {
        holds(condition, {"a": Missing.SKIPPED, "b": Missing.SKIPPED, **way}) for way in partly
    }
    expected = []
    if outcomes_at_all == {False}:
        expected = [("condition-never", "s › c › show_if")]
    elif outcomes == {True}:
        expected = [("condition-always", "s › c › show_if")]
    assert told(asks(a="", b="", c=f'show_if = "{joined}"')) == expected


def test_what_would_take_too_long_to_try_is_not_tried() -> None:
    many = {f"i{at}": "" for at in range(9)}
    condition = " and ".join(f"{id} == 1" for id in many) + " and i0 == 2"
    assert told(asks(**many, last=f'show_if = "{condition}"')) == []
    assert MOST_WAYS < 4**9


def test_in_a_file_full_of_conditions_as_many_are_tried_as_take_a_second() -> None:
    never = " and ".join(f"i{at} == 1 and i{at} == 2" for at in range(4))
    items = {f"i{at}": "" for at in range(4)} | {f"j{at}": f'show_if = "{never}"' for at in range(1_500)}
    questionnaire = build(parse("file.toml", asks(**items).encode()).table)
    assert 0 < len(list(check_outcomes(questionnaire))) <= MOST_COMPARISONS / (4**4 * 8) + 1


def test_of_an_item_with_very_many_options_not_every_way_is_tried() -> None:
    points = ", ".join(f'{{ value = {value}, label = "Point {value}" }}' for value in range(36))
    any_of_them = " or ".join(f"a has {value}" for value in range(36))
    text = asks(a=MANY, b=f'show_if = "{any_of_them}"')
    head = HEAD.splitlines()[7]
    assert told(text.replace(head, f"points = [{points}]")) == []

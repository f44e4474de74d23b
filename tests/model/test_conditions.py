"""The small language of show_if and comment_if."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.model.conditions import ConditionError, comparisons, holds, parse
from selfassess.model.sheet import Missing
from tests.reference.by_hand import said

ANSWERS: list[dict[str, Any]] = [
    {"a": a, "b": b, "many": many}
    for a in (1.0, 2.0, 3.0, "skipped")
    for b in (0.0, 2.5, "dont_know")
    for many in ((1.0, 3.0), (), "not_applicable")
]
MISSING = {"skipped": Missing.SKIPPED, "dont_know": Missing.DONT_KNOW, "not_applicable": Missing.NOT_APPLICABLE}


def condition(random: Random, depth: int = 3) -> str:
    """A condition made up at random."""
    if depth == 0 or random.random() < 0.3:
        if random.random() < 0.3:
            return f"many has {random.choice((1, 2, 3))}"
        item, sign = random.choice("ab"), random.choice(("<", "<=", "==", "!=", ">=", ">"))
        return f"{item}{random.choice(('', ' '))}{sign} {random.choice(('1', '2', '2.5', '-1'))}"
    one, other = condition(random, depth - 1), condition(random, depth - 1)
    return random.choice(
        (f"not {one}", f"({one})", f"{one} and {other}", f"{one} or {other}", f"not ({one} or {other})")
    )


@given(st.randoms(use_true_random=True))
def test_a_condition_means_what_it_would_mean_in_python_but_for_what_is_missing(random: Random) -> None:
    text = condition(random)
    for answers in ANSWERS:
        given_ = {id: MISSING.get(one, one) if isinstance(one, str) else one for id, one in answers.items()}
        assert holds(parse(text), given_) is (said(text, answers) is True), (text, answers)


@pytest.mark.parametrize("text", ["a == 1", "not a == 1", "a != 1", "not not a < 9", "a < 9 and a >= 0"])
def test_what_is_said_of_a_missing_answer_is_neither_true_nor_false(text: str) -> None:
    for missing in Missing:
        assert not holds(parse(text), {"a": missing})
    assert not holds(parse(text), {})


def test_one_true_side_is_enough_for_or_and_one_false_side_settles_and() -> None:
    answers = {"a": 1.0, "b": Missing.SKIPPED}
    assert holds(parse("a == 1 or b == 1"), answers)
    assert holds(parse("not (a == 2 and b == 1)"), answers)
    assert not holds(parse("a == 1 and b == 1"), answers)


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", 1, "the id of an item is missing"),
        ("a", 2, "not compared"),
        ("a <", 4, "a number after “<” is missing"),
        ("a < b", 5, "a number after “<” is missing"),
        ("a = 1", 3, "not compared"),
        ("a < 1 b < 2", 7, "does not belong here"),
        ("(a < 1", 7, "a bracket is not closed"),
        ("a < 1)", 6, "does not belong here"),
        ("and < 1", 1, "does not belong here"),
        ("a < 1 and", 10, "the id of an item is missing"),
        ("a < 1 & b < 2", 7, "does not belong here"),
        ("a < 1e", 6, "does not belong here"),
    ],
)
def test_what_is_no_condition_is_told_with_its_column(text: str, column: int, says: str) -> None:
    with pytest.raises(ConditionError, match=says) as raised:
        parse(text)
    assert raised.value.column == column


@pytest.mark.parametrize("text", ["(" * 99 + "a < 1" + ")" * 99, "not " * 99 + "a < 1"])
def test_brackets_nested_beyond_reason_are_told_and_never_a_crash(text: str) -> None:
    with pytest.raises(ConditionError, match="too many brackets"):
        parse(text)


def test_as_many_brackets_as_anyone_writes_are_read() -> None:
    text = "(" * 20 + "a < 1" + ")" * 20
    assert [compare.item for compare in comparisons(parse(f"{text} or {text} and not {text}"))] == ["a", "a", "a"]


@given(st.text(alphabet="ab1.<>=!() ndortha-\x00é", max_size=30))
def test_any_text_is_a_condition_or_told(text: str) -> None:
    try:
        parse(text)
    except ConditionError as error:
        assert 1 <= error.column <= len(text) + 1  # noqa: PT017  # most texts are conditions, and raise nothing


@pytest.mark.parametrize("text", ["(" * 100_000, "not " * 100_000, "a < 1 or " * 100_000, "a" * 100_000])
def test_a_text_long_beyond_reason_is_told_and_never_a_crash(text: str) -> None:
    with pytest.raises(ConditionError):
        parse(text)

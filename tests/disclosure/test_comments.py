"""What people wrote: shown by strand, shuffled, and only where many answered."""

from collections.abc import Sequence
from random import Random
from typing import Any

from selfassess.definition.tables import build
from selfassess.disclosure.comments import comments
from selfassess.model.questionnaire import Edition
from selfassess.model.results import Comment
from selfassess.model.round import Thresholds
from selfassess.scoring.answers import from_characters
from tests.disclosure.test_release import answers, table
from tests.scoring import made

DEFAULTS = Thresholds()
WHY = "Comments are shown where at least 10 people answered."


def told(
    mine: made.Table, rows: Sequence[made.Row], *texts: tuple[str, str], least: Thresholds = DEFAULTS
) -> tuple[dict[str, list[Comment]], str]:
    found, why = comments(made.answers(build(mine), rows), least, texts)
    return {strand: list(some) for strand, some in found.items()}, why


def two_strands(**groups: Sequence[str]) -> made.Table:
    """Strands s and t, each with a benchmark of two items; `groups` says who is asked which item."""
    mine = table(benchmarks=1)
    second = {
        "id": "t", "title": "Another",
        "benchmarks": [{"id": "c0", "title": "B", "items": [
            {"id": f"c0i{i}", "text": "…", "kind": "choice", "scale": "agree"} for i in range(2)
        ]}],
    }  # fmt: skip  # in few lines
    mine["strands"].append(second)
    for item in made.items_of(mine):
        if item["id"] in groups:
            item["groups"] = list(groups[item["id"]])
    return mine


def test_a_comment_stands_under_its_strand_with_what_it_is_about() -> None:
    mine = two_strands()
    found = told(mine, answers(mine, board=10), ("b0i0", "Well"), ("c0", "Badly"))
    assert found == ({"s": [Comment("b0i0", "Well")], "t": [Comment("c0", "Badly")]}, "")


def test_below_ten_people_who_answered_no_comment_is_shown() -> None:
    mine = two_strands()
    assert told(mine, answers(mine, board=9), ("b0i0", "Well")) == ({}, WHY)


def test_those_of_groups_that_are_left_out_count_and_their_comments_stay() -> None:
    mine = two_strands()
    found, _ = told(mine, answers(mine, board=7, external=3), ("b0i0", "Well"))
    assert found == {"s": [Comment("b0i0", "Well")]}


def test_what_is_asked_of_a_small_group_alone_is_not_named() -> None:
    """Else it would be known which group its author is in."""
    mine = two_strands(b0i0=["external"], b0i1=["external"], c0i1=["external"])
    rows = answers(mine, board=12, external=4)
    found, why = told(mine, rows, ("c0i1", "From outside"), ("c0", "From anybody"), ("b0", "From outside"))
    assert set(found) == {"t"}
    assert {*found["t"]} == {Comment("c0", "From anybody"), Comment("t", "From outside")}
    assert why == WHY, "a strand that external partners alone were asked shows none"


def test_an_open_question_that_few_were_asked_is_not_named() -> None:
    mine = two_strands()
    mine["strands"][0]["items"] = [{"id": "why", "text": "What went wrong?", "kind": "text", "show_if": "b0i0 <= 1"}]
    rows = answers(mine, board=12)
    for row in rows[:3]:
        row.answers["b0i0"] = 1.0  # type: ignore[index]  # made rows hold a dict
    found, _ = told(mine, rows, ("why", "All of it"))
    assert found == {"s": [Comment("s", "All of it")]}, "else its author is one of the three who disagreed"


def test_that_comments_are_withheld_is_said_whether_anybody_wrote_or_not() -> None:
    mine = two_strands()
    rows = answers(mine, board=9)
    assert told(mine, rows) == told(mine, rows, ("b0i0", "Well")) == ({}, WHY)
    assert told(mine, answers(mine, board=10)) == ({}, "")


def test_of_a_strand_that_nobody_was_asked_nothing_is_said() -> None:
    mine = two_strands(b0i0=["external"], b0i1=["external"])
    assert told(mine, answers(mine, board=12)) == ({}, "")


def test_a_larger_smallest_group_holds_for_comments_too() -> None:
    mine = two_strands()
    rows = answers(mine, board=11)
    assert told(mine, rows, ("b0", "Well"), least=Thresholds(12, 10))[0] == {}


def test_the_order_depends_on_what_was_written_alone() -> None:
    mine = two_strands()
    rows: Any = answers(mine, board=12)
    texts = [("b0i0", f"text {number}") for number in range(20)]
    found = told(mine, rows, *texts)
    assert [one.text for one in found[0]["s"]] != [text for _, text in texts]
    for seed in range(5):
        mixed = texts.copy()
        Random(seed).shuffle(mixed)
        assert told(mine, rows, *mixed) == found


def test_a_comment_in_a_strand_of_which_nobody_answered_anything_is_not_shown(partnership: Edition) -> None:
    questionnaire = partnership.questionnaire
    blank = "".join("+" if item.kind == "text" else "-" for item in questionnaire.items)
    answers = from_characters(questionnaire, [blank] * 12, ["board"] * 12, [""] * 12)
    assert comments(answers, Thresholds(), [("vision", "Only one wrote.")])[0] == {}

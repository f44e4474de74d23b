"""What people wrote: shown as close to its question as many answered, shuffled, or not at all."""

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.tables import build
from selfassess.disclosure.comments import comments, places
from selfassess.model.questionnaire import Edition
from selfassess.model.results import Comment
from selfassess.model.round import Thresholds
from selfassess.model.score_tree import OVERALL
from selfassess.model.sheet import PAST
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
    assert {*found["t"]} == {Comment("c0", "From outside"), Comment("c0", "From anybody")}
    assert found[OVERALL] == [Comment(OVERALL, "From outside")]
    assert set(found) == {"t", OVERALL}
    assert why == ""


def test_an_item_that_few_answered_takes_the_least_answered_item_beside_it_along() -> None:
    """Else who reads it under the benchmark knows that it is about the item that few answered."""
    mine = two_strands(c0i0=["external"])
    rows = answers(mine, board=12, external=4)
    found, _ = told(mine, rows, ("c0i0", "From outside"), ("c0i1", "From anybody"), ("b0i0", "Another"))
    assert {*found["t"]} == {Comment("c0", "From outside"), Comment("c0", "From anybody")}
    assert found["s"] == [Comment("b0i0", "Another")], "what does not need to move stays where it is"


def test_of_several_items_beside_it_only_as_many_move_up_as_are_needed() -> None:
    mine = two_strands(c0i0=["external"], c0i2=["board"])
    mine["strands"][1]["benchmarks"][0]["items"].append(
        {"id": "c0i2", "text": "…", "kind": "choice", "scale": "agree", "groups": ["board"]}
    )
    rows = answers(mine, board=12, external=4)
    found, _ = told(mine, rows, ("c0i0", "1"), ("c0i1", "2"), ("c0i2", "3"))
    assert {*found["t"]} == {Comment("c0", "1"), Comment("c0i1", "2"), Comment("c0", "3")}


def test_two_small_groups_that_are_enough_together_hide_each_other() -> None:
    mine = two_strands(c0i0=["external"], c0i1=["board"], b0i1=["board", "external"])
    rows = answers(mine, board=7, external=5, staff=20)
    found, _ = told(mine, rows, ("c0i0", "1"), ("c0i1", "2"), ("b0i0", "3"), ("b0i1", "4"))
    assert {*found["t"]} == {Comment("c0", "1"), Comment("c0", "2")}
    assert {*found["s"]} == {Comment("b0i0", "3"), Comment("b0i1", "4")}


def test_an_open_question_that_few_were_asked_is_not_named() -> None:
    mine = two_strands()
    why = {"id": "why", "text": "What went wrong?", "kind": "text", "show_if": "b0i0 <= 1"}
    mine["strands"][0]["benchmarks"][0]["items"].append(why)
    rows = answers(mine, board=12)
    for row in rows[:3]:
        row.answers["b0i0"] = 1.0  # type: ignore[index]  # made rows hold a dict
    found, _ = told(mine, rows, ("why", "All of it"))
    assert found == {"s": [Comment("b0", "All of it")]}, "else its author is one of the three who disagreed"


def test_a_barrier_of_the_past_is_told_apart_where_its_question_is_named() -> None:
    mine = two_strands()
    mine["strands"][0]["questions"] = [{"id": "hard", "text": "What is hard?", "collects": "barriers"}]
    texts = ("hard", "The keys"), (f"hard{PAST}", "The stairs")
    found, _ = told(mine, answers(mine, board=10), *texts)
    assert {*found["s"]} == {Comment("hard", "The keys"), Comment("hard", "The stairs", is_past=True)}
    mine["strands"][0]["questions"][0]["groups"] = ["external"]
    found, _ = told(mine, answers(mine, board=10, external=4), *texts)
    assert {*found["s"]} == {Comment("s", "The keys"), Comment("s", "The stairs")}


def test_an_item_that_nobody_was_asked_moves_nothing_up() -> None:
    mine = two_strands(c0i0=["external"])
    assert places(made.answers(build(mine), answers(mine, board=12)), 10)["c0i1"] == "c0i1"


@given(seed=st.integers(0, 10**9))
def test_behind_every_place_are_enough_people_even_for_who_knows_the_rule(seed: int) -> None:
    """Who knows what moved up knows that a text in a place is about one of the things that stand there. The people who
    answered any of these are enough; and nothing stands higher than the nearest place that holds it."""
    random = Random(seed)
    groups = ["board", "staff", "external"]
    sizes = {group: random.choice([0, 1, 3, 4, 8, 12, 20]) for group in groups}
    items = "b0i0", "b0i1", "c0i0", "c0i1"
    mine = two_strands(**{item: random.sample(groups, random.randint(1, 3)) for item in items})
    for strand in mine["strands"]:
        for node in strand["benchmarks"]:
            node["comment"] = random.choice(["", "Say more?"])
        strand["questions"] = [
            {"id": f"{strand['id']}_q", "text": "?", "groups": random.sample(groups, random.randint(1, 3))}
        ]
    rows = answers(mine, **sizes)
    for row in rows:
        for id in tuple(row.answers):
            if random.random() < 0.3:
                row.answers[id] = "skipped"  # type: ignore[index]  # made rows hold a dict
    made_up = made.answers(build(mine), rows)
    at = places(made_up, 10)
    questions = [question for strand in mine["strands"] for question in strand["questions"]]
    asked = {item["id"]: item for item in (*made.items_of(mine), *questions)}

    def people(about: str) -> set[int]:
        below = [id for id in asked if id == about or id.startswith(f"{about}i")]
        return {n for n, row in enumerate(rows) for id in below if _answered(row, asked, id)}

    for place in {*at.values()} - {None}:
        there = {about for about, stands in at.items() if stands == place}
        assert len(set().union(*map(people, there))) >= 10, (place, there)
    if None in at.values():
        assert {*at.values()} == {None}, "all or nothing is withheld: beside something that is shown it is hidden"


def _answered(row: made.Row, asked: dict[str, made.Table], id: str) -> bool:
    """Whether a person answered an item; of an open question, whether they were asked and answered in its strand."""
    if row.group not in asked[id].get("groups", [row.group]):
        return False
    if not id.endswith("_q"):
        return row.answers[id] != "skipped"
    letter = {"s": "b", "t": "c"}[id[0]]
    return any(_answered(row, asked, other) for other in asked if other.startswith(f"{letter}0i"))


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

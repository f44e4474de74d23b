"""What must be true of every score, whatever the questionnaire and the answers."""

import json
import math
from collections.abc import Iterator, Mapping
from copy import deepcopy
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.tables import build
from selfassess.disclosure.release import release, rules
from selfassess.documents.export.summary import document
from selfassess.scoring.scores import score
from tests.examples import examples
from tests.scoring import made

pytestmark = pytest.mark.slow

EVEN = ("agree", "four", "often", "yes", "falling")
"""Scales that are the same from either end."""
property_of = examples(30)


def said(table: made.Table, rows: list[made.Row], min_group: int) -> Any:
    results = score(made.answers(build(table), rows))
    return document(made.edition(table), release({"1": results}, rules(min_group)))


def by_id(document: Any) -> Iterator[tuple[str, str, str]]:
    """Every figure, as the bytes that are written of it, without what stands below it."""
    (only,) = document["rounds"]
    for cell in (only["all"], *only["groups"]):
        for top in (cell["overall"], *cell["strands"]):
            for holder in (top, *(top or {}).get("benchmarks", ())):
                for one in (holder, *(holder or {}).get("items", ())):
                    alone = {key: value for key, value in (one or {}).items() if key not in ("items", "benchmarks")}
                    yield cell.get("id", "all"), alone.get("id", ""), json.dumps(alone)


def scores(table: made.Table, row: made.Row) -> dict[str, float]:
    results = score(made.answers(build(table), [row]))
    return {id: float(shares[0]) for id, shares in results.shares.items()}


@property_of
@given(st.data(), st.sampled_from([1, 3, 5]))
def test_the_order_of_rows_leaves_no_trace(data: st.DataObject, min_group: int) -> None:
    table = data.draw(made.tables())
    rows = data.draw(made.rows(table, most=30))
    before = json.dumps(said(table, rows, min_group))
    data.draw(made.SEEDS).shuffle(rows)
    assert json.dumps(said(table, rows, min_group)) == before


@property_of
@given(st.data(), st.sampled_from([1, 3, 5]))
def test_the_order_of_strands_benchmarks_and_items_leaves_no_trace(data: st.DataObject, min_group: int) -> None:
    table = data.draw(made.tables(conditions=False))
    rows = data.draw(made.rows(table, most=30))
    before = sorted(by_id(said(table, rows, min_group)))
    random = data.draw(made.SEEDS)
    random.shuffle(table["strands"])
    for strand in table["strands"]:
        for key in ("benchmarks", "skills", "items"):
            random.shuffle(strand[key])
        for middle in (*strand["benchmarks"], *strand["skills"]):
            random.shuffle(middle["items"])
    assert sorted(by_id(said(table, rows, min_group))) == before


@property_of
@given(st.data())
def test_turning_an_item_and_its_answers_round_changes_no_score(data: st.DataObject) -> None:
    table = data.draw(made.tables(conditions=False, scales=EVEN))
    row = data.draw(made.rows(table, most=1))[0]
    before = scores(table, row)
    turned, answers = deepcopy(table), dict(row.answers)
    random = data.draw(made.SEEDS)
    for item in made.items_of(turned):
        points = made.points_of(item)
        turned_points = [min(points) + max(points) - point for point in reversed(points)] if points else []
        if points and points == tuple(turned_points) and random.random() < 0.5:
            item["reverse"] = not item.get("reverse", False)
            if answers[item["id"]] in points:
                answers[item["id"]] = min(points) + max(points) - answers[item["id"]]
    # What an item in a ladder is met from is said of the value after reversal, so that it stays.
    np.testing.assert_equal(scores(turned, made.Row(row.group, answers)), before)


@property_of
@given(st.data())
def test_raising_an_answer_never_lowers_a_score(data: st.DataObject) -> None:
    table = data.draw(made.tables(conditions=False))
    row = data.draw(made.rows(table, most=1))[0]
    choices = [item for item in made.items_of(table) if row.answers[item["id"]] in made.points_of(item)[:-1]]
    if choices:
        item = data.draw(st.sampled_from(choices))
        points = made.points_of(item)
        higher = points[points.index(row.answers[item["id"]]) + 1]
        raised = made.Row(row.group, {**row.answers, item["id"]: higher})
        better, worse = (row, raised) if item.get("reverse") else (raised, row)
        low, high = scores(table, worse), scores(table, better)
        for id in low:
            assert math.isnan(low[id]) == math.isnan(high[id]), id
            assert not high[id] < low[id] - 1e-12, id


@property_of
@given(st.data(), st.sampled_from(made.MISSING))
def test_a_missing_answer_is_as_if_the_item_were_not_there_and_never_a_zero(data: st.DataObject, kind: str) -> None:
    table = data.draw(made.tables(conditions=False, methods=("mean", "min")))
    without_rules(table)
    row = data.draw(made.rows(table, most=1))[0]
    items = [item for item in made.items_of(table) if item["kind"] == "choice"]
    if items:
        item = data.draw(st.sampled_from(items))
        missing = scores(table, made.Row(row.group, {**row.answers, item["id"]: kind}))
        item["scored"] = False
        agree(missing, scores(table, row), item["id"])


@property_of
@given(st.data())
def test_an_item_that_is_not_asked_leaves_the_base(data: st.DataObject) -> None:
    table = data.draw(made.tables(conditions=False, methods=("mean", "min")))
    row = data.draw(made.rows(table, most=1))[0]
    items = [item for item in made.items_of(table) if item["kind"] == "choice"]
    if items and row.group:
        item = data.draw(st.sampled_from(items))
        table["groups"].append({"id": "others", "title": "Others"})
        before = item.get("groups")
        item["groups"] = ["others"]
        not_asked = scores(table, row)
        item["groups"], item["scored"] = before or [], False
        agree(not_asked, scores(table, row), item["id"])


def without_rules(table: made.Table) -> None:
    """Any answer is enough for a score, and sums are prorated."""
    table["scoring"] = {"min_answered": 0}
    for node in (table["overall"], *(one for strand in table["strands"] for one in (strand, *made.middle(strand)))):
        node.pop("min_answered", None)
        node.pop("when_missing", None)


def agree(one: Mapping[str, float], other: Mapping[str, float], left_out: str) -> None:
    for id in one:
        if id != left_out:
            assert other[id] == pytest.approx(one[id], abs=1e-12, nan_ok=True), id


def test_not_asked_leaves_the_base_and_does_not_apply_stays_in_it() -> None:
    table = ten_items()
    answered = {f"i{number}": 4.0 for number in range(9)}
    some = made.Row("some", {**answered, "i9": 4.0})
    for kind in ("skipped", "dont_know", "not_applicable"):
        nine_missing = made.Row("most", {**dict.fromkeys(answered, kind), "i9": 4.0})
        assert math.isnan(scores(table, nine_missing)["s"]), "one answer of ten that were asked is too little"
    for item in made.items_of(table)[:9]:
        item["groups"] = ["most"]
    assert scores(table, some)["s"] == 0.75, "one answer of the one item that was asked is enough"


@pytest.mark.parametrize(("answers", "enough"), [(4, False), (5, True), (6, True)])
def test_half_of_the_items_asked_is_enough_and_less_is_not(answers: int, enough: bool) -> None:
    given = {f"i{number}": 2.0 if number < answers else "skipped" for number in range(10)}
    assert math.isnan(scores(ten_items(), made.Row("most", given))["s"]) == (not enough)


def test_a_share_that_a_computer_cannot_hold_exactly_is_reached_all_the_same() -> None:
    # 0.55 × 20 is 11.000000000000002 to a computer: eleven answers of twenty are 55 in 100 none the less.
    table = ten_items(20)
    table["scoring"] = {"min_answered": 0.55}
    given = {f"i{number}": 2.0 if number < 11 else "skipped" for number in range(20)}
    assert not math.isnan(scores(table, made.Row("most", given))["s"])


def ten_items(count: int = 10) -> made.Table:
    items = [{"id": f"i{number}", "text": "…", "kind": "choice", "scale": "agree"} for number in range(count)]
    return {
        "format": 1, "id": "ten", "version": "1", "title": "Ten items",
        "groups": [{"id": "most", "title": "Most"}, {"id": "some", "title": "Some"}],
        "scales": {"agree": {"points": [{"value": value, "label": ""} for value in (1, 2, 3, 4, 5)]}},
        "strands": [{"id": "s", "title": "A strand", "items": items}],
    }  # fmt: skip  # in few lines


def test_a_strand_of_benchmarks_has_a_score_where_half_of_the_items_below_it_are_answered() -> None:
    table = ten_items()
    items = table["strands"][0].pop("items")
    table["strands"][0] |= {
        "from": "benchmarks",
        "benchmarks": [
            {"id": "long", "title": "Long", "items": items[:6]},
            {"id": "short1", "title": "Short", "items": items[6:8]},
            {"id": "short2", "title": "Short", "items": items[8:]},
        ],
    }
    only_long = {f"i{number}": 5.0 if number < 6 else "skipped" for number in range(10)}
    found = scores(table, made.Row("most", only_long))
    assert (found["long"], found["s"]) == (1, 1), "six of ten items, though one of three benchmarks"
    assert math.isnan(found["short1"])
    only_short = {f"i{number}": "skipped" if number < 6 else 5.0 for number in range(10)}
    found = scores(table, made.Row("most", only_short))
    assert math.isnan(found["s"]), "four of ten items, though two of three benchmarks"


def ladder(*answers: Any, **more: Any) -> float:
    """The level reached by answers to one item a level, met from 3."""
    table = ten_items(len(answers))
    table["strands"][0] |= {"method": "ladder", "met": 3, **more}
    for number, item in enumerate(made.items_of(table)):
        item["level"] = number + 1
        if answers[number] == "not asked":
            item["groups"] = ["some"]
    given = {f"i{number}": "skipped" if answer == "not asked" else answer for number, answer in enumerate(answers)}
    return scores(table, made.Row("most", given))["s"] * len(answers)


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ((5, 4, 3, 1), 3),
        ((5, 1, 5, 5), 1),
        ((1, 5, 5, 5), 0),
        ((5, "skipped", 5, 5), 1),
        ((5, "dont_know", 5, 5), 1),
        ((5, 5, "not asked", 5), 4),
        ((5, 5, 5, "not asked"), 3),
        (("not asked", 5, 1, 5), 2),
        (("skipped", "skipped", 5, 5), 0),
    ],
)
def test_a_ladder_stops_at_what_is_not_met_or_left_open_and_passes_over_what_was_not_asked(
    answers: tuple[Any, ...], level: int
) -> None:
    assert ladder(*answers) == pytest.approx(level)


@pytest.mark.parametrize(
    ("answers", "level", "strict"),
    [
        ((5, "not_applicable", 5, 5), 4, 1),
        ((5, 5, 5, "not_applicable"), 3, 3),
        (("not_applicable", 5, 1, 5), 2, 0),
        ((5, "not_applicable", 1, 5), 1, 1),
        ((5, "not_applicable", "skipped", 5), 1, 1),
        ((5, "not_applicable", "dont_know", "not_applicable"), 1, 1),
        ((5, "not_applicable", "not asked", 5), 4, 1),
    ],
)
def test_what_does_not_apply_is_passed_over_on_a_ladder_unless_it_is_to_block(
    answers: tuple[Any, ...], level: int, strict: int
) -> None:
    assert ladder(*answers, min_answered=0) == pytest.approx(level)
    assert ladder(*answers, min_answered=0, na="blocks") == pytest.approx(strict)


def on_levels(answers: Mapping[str, Any], levels: Mapping[str, int], **more: Any) -> float:
    """The level reached by yes (1) and no (0) to items of these levels."""
    items = [{"id": id, "text": "…", "kind": "choice", "scale": "yes", "level": level} for id, level in levels.items()]
    table: made.Table = {
        "format": 1, "id": "q", "version": "1", "title": "Q", "groups": [],
        "scales": {"yes": {"points": [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}]}},
        "strands": [{"id": "s", "title": "S", "method": "ladder", "met": 1, "min_answered": 0, "items": items, **more}],
    }  # fmt: skip  # in few lines
    return scores(table, made.Row(None, answers))["s"] * max(levels.values())


@pytest.mark.parametrize(
    ("a", "b", "c", "d", "level", "strict"),
    [
        (1, 1, 1, 1, 3, 3),
        (1, "not_applicable", 1, 1, 3, 0),
        (1, 1, "not_applicable", 1, 3, 1),
        (1, "dont_know", 1, 1, 0, 0),
        (1, "skipped", 1, 1, 0, 0),
        (1, "not_applicable", "skipped", "skipped", 1, 0),
        (0, "not_applicable", 1, 1, 0, 0),
        ("not_applicable", "not_applicable", 1, 0, 2, 0),
    ],
)
def test_where_one_thing_of_a_level_does_not_apply_the_others_decide(
    a: Any, b: Any, c: Any, d: Any, level: int, strict: int
) -> None:
    answers, levels = {"a": a, "b": b, "c": c, "d": d}, {"a": 1, "b": 1, "c": 2, "d": 3}
    assert on_levels(answers, levels) == pytest.approx(level)
    assert on_levels(answers, levels, na="blocks") == pytest.approx(strict)
    assert on_levels(answers, levels, na="ignored") == pytest.approx(level)


def test_where_nothing_applies_a_ladder_has_no_score() -> None:
    answers = dict.fromkeys("ab", "not_applicable")
    assert math.isnan(on_levels(answers, {"a": 1, "b": 2}))


@pytest.mark.parametrize(("low", "high", "level"), [(1, 1, 3), (1, 0, 2), (0, 1, 0), (0, 0, 0)])
def test_a_ladder_may_begin_with_a_later_level(low: int, high: int, level: int) -> None:
    assert on_levels({"a": low, "b": high}, {"a": 2, "b": 3}) == pytest.approx(level)


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (("not_applicable", "not_applicable", 5), 2),
        (("not_applicable", "skipped", 5), 0),
        ((5, "not_applicable", 5), 2),
        ((1, "not_applicable", 5), 0),
        (("skipped", "skipped", 5), 0),
    ],
)
def test_a_benchmark_of_a_ladder_does_not_apply_where_nothing_of_it_does(answers: tuple[Any, ...], level: int) -> None:
    table = ten_items(3)
    items = table["strands"][0].pop("items")
    table["strands"][0] |= {
        "from": "benchmarks", "method": "ladder", "met": 50, "min_answered": 0,
        "benchmarks": [
            {"id": "first", "title": "First", "level": 1, "items": items[:2]},
            {"id": "second", "title": "Second", "level": 2, "items": items[2:]},
        ],
    }  # fmt: skip  # in few lines
    given = {f"i{number}": answer for number, answer in enumerate(answers)}
    assert scores(table, made.Row("most", given))["s"] * 2 == pytest.approx(level)
    table["strands"][0]["na"] = "blocks"
    strict = 0 if answers[:2] == ("not_applicable", "not_applicable") else level
    assert scores(table, made.Row("most", given))["s"] * 2 == pytest.approx(strict)


def test_a_ladder_of_benchmarks_none_of_which_has_a_score_has_none() -> None:
    table = ten_items(4)
    items = table["strands"][0].pop("items")
    benchmarks = [
        {"id": f"b{at}", "title": f"B{at}", "level": at + 1, "min_answered": 1, "items": items[2 * at : 2 * at + 2]}
        for at in range(2)
    ]
    table["strands"][0] |= {"from": "benchmarks", "method": "ladder", "met": 50, "benchmarks": benchmarks}
    half = {"i0": 5.0, "i1": "skipped", "i2": 5.0, "i3": "skipped"}
    assert math.isnan(scores(table, made.Row("most", half))["s"])


def test_a_ladder_of_which_too_little_is_answered_is_no_zero() -> None:
    assert math.isnan(ladder("skipped", "skipped", "skipped", 5))
    assert math.isnan(ladder("skipped", "skipped", "skipped", "skipped", min_answered=0))
    assert ladder(5, "skipped", "skipped", "skipped", min_answered=0) == 1


def test_a_sum_is_prorated_or_refused_as_the_file_says() -> None:
    table = ten_items(4)
    table["strands"][0] |= {"method": "sum", "units": "own"}
    row = made.Row("most", {"i0": 5.0, "i1": 4.0, "i2": 3.0, "i3": "skipped"})
    (only,) = said(table, [row], 1)["rounds"]
    assert only["all"]["strands"][0]["raw_mean"] == 16, "twelve from three items is sixteen from four"
    table["strands"][0]["when_missing"] = "refuse"
    assert math.isnan(scores(table, row)["s"])


def test_what_is_counted_of_an_item_is_as_answered_and_its_mean_is_after_reversal() -> None:
    table = ten_items(1)
    made.items_of(table)[0]["reverse"] = True
    rows = [made.Row("most", {"i0": value}) for value in (1.0, 1.0, 2.0, 5.0, "dont_know")]
    (only,) = said(table, rows, 1)["rounds"]
    (item,) = only["all"]["strands"][0]["items"]
    assert item["counts"] == {"1": 2, "2": 1, "3": 0, "4": 0, "5": 1}
    assert item["missing"] == {"skipped": 0, "not_applicable": 0, "dont_know": 1, "not_asked": 0}
    assert item["raw_mean"] == 2.25
    assert item["mean"] == 100 * (5 - 2.25) / 4
    assert only["all"]["strands"][0]["raw_mean"] == 6 - 2.25, "a strand's own units are after reversal"


def test_a_point_that_means_does_not_apply_is_counted_as_missing_and_is_no_end_of_the_scale() -> None:
    table = ten_items(2)
    made.items_of(table)[0]["not_applicable_values"] = [1]
    rows = [made.Row("most", {"i0": value, "i1": 3.0}) for value in (1.0, 2.0, 5.0)]
    (only,) = said(table, rows, 1)["rounds"]
    item = only["all"]["strands"][0]["items"][0]
    assert item["counts"] == {"2": 1, "3": 0, "4": 0, "5": 1}
    assert item["missing"]["not_applicable"] == 1
    assert item["mean"] == 50, "2 is the lowest point now"


def test_values_that_differ_only_in_late_digits_are_counted_apart() -> None:
    table = ten_items(1)
    values = (0.1234567, 0.1234568, 1_000_001.0, 1_000_002.0)
    table["scales"]["agree"]["points"] = [{"value": value, "label": ""} for value in values]
    rows = [made.Row("most", {"i0": value}) for value in values]
    (only,) = said(table, rows, 1)["rounds"]
    counts = only["all"]["strands"][0]["items"][0]["counts"]
    assert counts == {"0.1234567": 1, "0.1234568": 1, "1000001": 1, "1000002": 1}


def test_a_node_that_is_not_scored_says_so() -> None:
    table = ten_items(2)
    table["strands"][0]["method"] = "none"
    (only,) = said(table, [made.Row("most", {"i0": 3.0, "i1": 3.0})], 1)["rounds"]
    assert only["all"]["strands"][0]["why_none"] == "not scored"
    assert only["all"]["overall"] is None, "no strand has a score to make it from"


def test_a_group_without_rows_is_there_with_nobody_in_it() -> None:
    (only,) = said(ten_items(2), [made.Row("most", {"i0": 3.0, "i1": 3.0})], 1)["rounds"]
    empty = only["groups"][1]
    assert (empty["id"], empty["n"]) == ("some", 0)
    assert empty["strands"][0]["why_none"] == "nobody answered"
    assert empty["strands"][0]["withheld"] is None


def test_scoring_is_the_same_whether_alone_or_among_others() -> None:
    random = Random(4)
    table = made.table_from(random)
    groups = [group["id"] for group in table["groups"]] or [None]
    rows = [made.person(random, table, random.choice(groups), 0.2) for _ in range(12)]
    together = score(made.answers(build(table), rows))
    for position, row in enumerate(rows):
        np.testing.assert_equal(scores(table, row), {id: float(one[position]) for id, one in together.shares.items()})

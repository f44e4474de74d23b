"""What a node is made of, its own units, and how its score is shown."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.tables import build
from selfassess.model import score_tree
from selfassess.model.score_tree import Span, shown
from tests.scoring import made


@pytest.mark.parametrize(
    ("value", "places", "read_as"),
    [
        (37.5, 0, 38.0),
        (37.49999999999999, 0, 38.0),  # float noise below 37.5
        (37.4999, 0, 37.0),
        (2.25, 1, 2.3),
        (2.35, 1, 2.4),
        (1.005, 2, 1.01),
        (0.1 + 0.2, 1, 0.3),
        (62.5, 0, 63.0),
        (12.3456785, 6, 12.345679),
        (100.0, 0, 100.0),
        (0.0, 2, 0.0),
        (-0.5, 0, 0.0),
        (-1.25, 1, -1.2),
    ],
)
def test_a_score_is_shown_rounded_half_up(value: float, places: int, read_as: float) -> None:
    assert shown(value, places) == read_as
    assert str(shown(value, places)) != "-0.0"


@given(st.integers(-(10**6), 10**6), st.integers(0, 6))
def test_what_has_no_more_decimals_than_are_shown_is_shown_as_it_is(number: int, places: int) -> None:
    value = number / 10**places
    assert shown(value, places) == value
    assert shown(value + 3e-12, places) == value


@given(st.floats(0, 100), st.floats(0, 100), st.integers(0, 6))
def test_a_higher_score_is_never_shown_as_a_lower_one(one: float, other: float, places: int) -> None:
    low, high = sorted((one, other))
    assert shown(low, places) <= shown(high, places)


def table(**strand: Any) -> made.Table:
    item = {"text": "…", "scale": "agree"}
    return {
        "format": 1, "id": "q", "version": "1", "title": "Q",
        "groups": [{"id": "board", "title": "Board"}],
        "scales": {
            "agree": {"points": [{"value": value, "label": ""} for value in (1, 2, 3, 4, 5)]},
            "yes": {"points": [{"value": value, "label": ""} for value in (0, 1)]},
        },
        "scoring": {"target": 75},
        "bands": [{"from": 0, "title": "Low"}, {"from": 37.5, "title": "High"}],
        "strands": [{"id": "s", "title": "S", "items": [{"id": "a", **item}, {"id": "b", **item}]} | strand],
    }  # fmt: skip  # in few lines


def span_of(table: made.Table) -> Span:
    questionnaire = build(table)
    return score_tree.span(questionnaire, questionnaire.strands[0])


def test_a_mean_has_the_units_of_its_items_where_they_share_a_scale() -> None:
    mine = table()
    assert span_of(mine) == Span(1, 5)
    mine["strands"][0]["items"][0]["scale"] = "yes"
    assert span_of(mine) == Span(0, 100, mixed=True)


def test_a_sum_has_the_ends_of_its_items_added_by_weight() -> None:
    mine = table(method="sum")
    mine["strands"][0]["items"][0] |= {"scale": "yes", "weight": 0.1}
    mine["strands"][0]["items"][1]["weight"] = 3
    assert span_of(mine) == Span(3, 15.1)


def test_a_ladder_runs_from_zero_to_its_highest_level() -> None:
    mine = table(method="ladder", met=3)
    for level, item in enumerate(mine["strands"][0]["items"]):
        item["level"] = level + 1
    assert span_of(mine) == Span(0, 2)


def test_what_has_no_method_or_nothing_scored_below_it_is_part_of_nothing() -> None:
    benchmark = {"id": "x", "title": "X", "method": "none", "items": [{"id": "c", "text": "…", "scale": "yes"}]}
    mine = table(items=[], benchmarks=[benchmark])
    mine["strands"][0]["from"] = "benchmarks"
    questionnaire = build(mine)
    assert score_tree.parts(questionnaire, questionnaire.strands[0]) == ()
    assert not score_tree.has_score(questionnaire, questionnaire.strands[0])
    assert score_tree.parts(questionnaire, questionnaire.overall) == (), (
        "a strand without a score is no part of the whole"
    )


def test_the_items_below_a_node_are_those_its_score_comes_from() -> None:
    benchmarks = [
        {"id": "x", "title": "X", "items": [{"id": "c", "text": "…"}, {"id": "d", "text": "…", "scored": False}]},
        {"id": "y", "title": "Y", "method": "none", "items": [{"id": "e", "text": "…"}]},
    ]
    mine = table(items=[], scale="agree", benchmarks=benchmarks)
    below = {}
    for source in ("items", "benchmarks"):
        mine["strands"][0]["from"] = source
        questionnaire = build(mine)
        below[source] = [item.id for item in score_tree.items(questionnaire, questionnaire.strands[0])]
    assert below == {"items": ["c", "e"], "benchmarks": ["c"]}


def test_the_band_is_that_of_the_shown_score() -> None:
    questionnaire = build(table())
    bands = score_tree.bands(questionnaire, questionnaire.strands[0])
    named = {value: score_tree.band(bands, shown(value, 1)) for value in (37.4, 37.449, 37.45, 37.5)}
    assert [band.title if band else None for band in named.values()] == ["Low", "Low", "High", "High"]


def test_targets_and_bands_of_the_file_speak_of_0_to_100_only() -> None:
    questionnaire = build(table(units="own"))
    strand = questionnaire.strands[0]
    assert score_tree.bands(questionnaire, strand) == ()
    assert score_tree.target(questionnaire, strand, None) is None
    assert score_tree.decimals(strand) == 1


def test_a_group_has_its_own_target_where_there_is_one() -> None:
    questionnaire = build(table(target=60, targets={"board": 80}))
    strand = questionnaire.strands[0]
    assert [score_tree.target(questionnaire, strand, group) for group in (None, "board", "staff")] == [60, 80, 60]

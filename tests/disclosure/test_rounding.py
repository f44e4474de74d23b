"""Figures of several people are told as finely as the page shows them, and no finer, whichever way they are read."""

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given

from selfassess.disclosure.rounding import POINT, Ruler, _possible, rounded_summary
from selfassess.documents.export.round import round_csv, round_document
from selfassess.documents.export.summary import to_json
from selfassess.documents.render_markdown import blocks_markdown
from selfassess.documents.round.explanation import explain
from selfassess.model.questionnaire import Edition
from selfassess.model.results import Range
from selfassess.model.score_tree import Span, decimals, in_units, nodes, shown
from tests.disclosure.made_rounds import cells, made_round
from tests.examples import examples
from tests.scoring import made
from tests.services.made import made_report, plain_report

FIVE = Ruler(Span(1, 5), 1)
"""A mean of answers from 1 to 5, shown with one decimal."""


@pytest.mark.parametrize(("points", "told"), [(62.5, 63), (62.49, 62), (0.4, 0), (99.5, 100)])
def test_points_are_whole_and_half_a_point_goes_up(points: float, told: float) -> None:
    assert Ruler().score(points) == told


def test_a_score_in_own_units_is_rounded_there_and_put_back() -> None:
    assert FIVE.score(66.2) == pytest.approx(65), "3.648 is shown as 3.6"
    assert FIVE.size(9.9) == pytest.approx(10), "0.396 is shown as 0.4"


def test_a_fall_is_rounded_as_far_as_a_rise() -> None:
    assert (Ruler().size(2.5), Ruler().size(-2.5)) == (3, -3)
    assert str(Ruler().size(-0.2)) == "0.0", "no minus before nothing"
    assert Ruler().sizes(Range(-3.5, 4.2)) == Range(-4, 4)


@pytest.mark.slow
@examples(20)
@given(made.SEEDS)
def test_what_is_told_of_a_round_is_what_the_page_shows(random: Random) -> None:
    report, _ = made_round(random).report()
    if report is None:
        return
    known = nodes(report.questionnaire)
    for cell in cells(report):
        for figure in (cell.overall, *(one for strand in cell.strands for one in strand.walk())):
            if figure is None or figure.mean is None:
                continue
            if figure.level == "item":
                assert figure.mean == round(figure.mean)
                continue
            node = known[figure.id]
            assert shown(in_units(report.questionnaire, node, figure.mean), decimals(node)) == figure.shown
            if node.units == "points":
                told = [figure.mean, figure.sd, figure.by_group]
                told += [end for one in (figure.likely, figure.possible) if one for end in (one.low, one.high)]
                assert all(one == round(one, decimals(node)) for one in told if one is not None)
    assert all(one.points == one.shown for one in report.results.differences)
    assert rounded_summary(report.questionnaire, report.summary) == report.summary, "twice is once"


def numbers(found: Any, key: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(found, dict):
        for name, value in found.items():
            yield from numbers(value, f"{key}.{name}")
    elif isinstance(found, list):
        for value in found:
            yield from numbers(value, key)
    elif isinstance(found, float):
        yield key, found


def test_no_number_of_the_data_is_finer_than_the_page(partnership: Edition) -> None:
    report = made_report(partnership)
    found = list(numbers(json.loads(to_json(round_document(report)))))
    assert len(found) > 1000
    fine = {key.rpartition(".")[2] for key, value in found if value != round(value)}
    assert fine <= {
        "raw_mean",
        "raw_sd",
        "index",
        "chance",
        "chance_high",
        "alpha",
        "low",
        "high",
        "without",
        "item_rest",
        "omega",
        "delta",
        *(item.id for item in partnership.questionnaire.items),
    }
    assert all(round(value, 2) == value for _, value in found)
    assert not re.search(r"\d\.\d{3}", round_csv(report))


def test_the_document_says_once_how_far_groups_are_apart(partnership: Edition) -> None:
    report = made_report(partnership)
    told = round_document(report)["differences"]
    assert [one["points"] for one in told] == [one.shown for one in report.results.differences]


@pytest.mark.parametrize("name", ["overall", "leadership", "openness"])
def test_a_working_has_no_finer_number_than_the_page_but_for_its_indexes(partnership: Edition, name: str) -> None:
    text = blocks_markdown(explain(made_report(partnership), name).blocks)
    scores = re.sub(r"(Agreement|random|reach|alpha|between|and|±) (−?\d\.\d\d,? ?)+", "", text)
    assert "± 2.05 ×" in text
    assert re.findall(r"\d\.\d", re.sub(r"\d\.\d\.\d", "", scores)) == []


def test_a_working_in_own_units_says_both_rulers() -> None:
    text = blocks_markdown(explain(plain_report(), "work").blocks)
    assert "Mean: 2.8 on 0 to 6, which is 47 on 0 to 100, in the band “Seldom”, 1.2 below the target of 4." in text


@pytest.mark.parametrize(("n", "invited"), [(5, 5), (5, 6), (7, 30), (10, 12)])
def test_the_range_at_the_very_most_holds_every_score_that_all_could_have(n: int, invited: int) -> None:
    """Whatever the mean was before it was rounded, and whatever the silent would have said."""
    for tenths in range(0, 1001, 7):
        mean = tenths / 10
        told = _possible(POINT, n, POINT.score(mean), invited)
        assert told
        for silent in (0, 50, 100):
            everybody = (n * mean + (invited - n) * silent) / invited
            assert told.low <= POINT.score(everybody) <= told.high

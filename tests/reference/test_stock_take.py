"""A stock-take of skills is that of a second program: R (see README.md)."""

import csv
from math import isnan
from pathlib import Path

import pytest

from selfassess.definition.loader import check, read
from selfassess.disclosure.coverage import stock_take
from selfassess.disclosure.release import release, rules
from selfassess.model.coverage import Coverage, StockTake
from selfassess.model.results import Cell
from selfassess.scoring.response_csv import read_responses
from selfassess.scoring.scores import score

HERE = Path(__file__).parent
with (HERE / "coverage_found.csv").open(encoding="utf-8", newline="") as file:
    FOUND = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def stock() -> StockTake:
    questionnaire = read(HERE / "coverage.toml").questionnaire
    (responses,) = read_responses(HERE / "coverage.csv", questionnaire).rounds.values()
    thresholds = rules(1)
    (one,) = release({"1": score(responses)}, thresholds).rounds
    found = stock_take(questionnaire, one.all, one.groups, thresholds)
    assert found is not None
    return found


def cell(stock: StockTake, skill: str, id: str) -> Coverage:
    found = stock.of(skill)
    assert found is not None
    return next(one for one in found.cells if one.cell == id)


def test_the_questionnaire_has_no_errors() -> None:
    assert [str(one) for one in check(HERE / "coverage.toml") if one.severity == "error"] == []


@pytest.mark.parametrize("row", FOUND, ids=lambda row: f"{row['skill']} {row['cell']}")
def test_a_skill_is_covered_as_r_finds_it(stock: StockTake, row: dict[str, str]) -> None:
    one = cell(stock, row["skill"], row["cell"])
    assert one.verdict == row["verdict"]
    assert one.least is not None
    assert one.least.id == row["least"]
    assert one.showing is not None
    assert [one.showing.reliably, one.showing.sometimes, one.showing.hardly] == [
        int(row[name]) for name in ("reliably", "sometimes", "hardly")
    ]


@pytest.mark.parametrize("row", [row for row in FOUND if row["cell"] == "all"], ids=lambda row: row["skill"])
def test_people_see_themselves_and_the_partnership_as_r_finds_it(stock: StockTake, row: dict[str, str]) -> None:
    found = stock.of(row["skill"])
    assert found is not None
    if isnan(float(row["partnership"])):
        assert found.views is None
    else:
        assert found.views is not None
        assert found.views.shares == pytest.approx((float(row["self"]), float(row["partnership"])), abs=1e-12)


def test_every_verdict_and_both_kinds_of_view_are_among_them() -> None:
    assert {row["verdict"] for row in FOUND} == {"covered", "thin", "missing"}
    assert {row["cell"] for row in FOUND} == {"all", "board", "staff", "external"}
    assert {isnan(float(row["partnership"])) for row in FOUND} == {True, False}


def test_where_anything_is_protected_it_is_told_in_words_of_few() -> None:
    questionnaire = read(HERE / "coverage.toml").questionnaire
    (responses,) = read_responses(HERE / "coverage.csv", questionnaire).rounds.values()
    thresholds = rules(5)
    (one,) = release({"1": score(responses)}, thresholds).rounds
    cells: list[Cell] = [group for group in one.groups if group.id not in one.left_out]
    found = stock_take(questionnaire, one.all, cells, thresholds)
    assert found is not None
    for row in FOUND:
        if row["cell"] != "external":
            told = cell(found, row["skill"], row["cell"])
            if told.verdict is not None and told.showing is None:
                assert told.verdict == ("covered" if row["verdict"] == "covered" else "short")
    assert cell(found, "listen", "all").showing is not None

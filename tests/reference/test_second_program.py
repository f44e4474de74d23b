"""Figures are those of a second program: R with the package psych (see README.md)."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli

from selfassess.definition.loader import check
from selfassess.definition.tables import build
from selfassess.scoring.response_csv import read_responses
from selfassess.scoring.scores import score
from selfassess.services.responses import per_respondent
from tests.scoring import made

HERE = Path(__file__).parent
EXACT = 1e-9


def table(name: str) -> dict[str, Any]:
    return tomli.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def expected(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def figures(cell: Any) -> dict[str, Any]:
    """Every node and item of a cell by id, "overall" for the whole."""
    found = {"overall": cell["overall"]}
    for strand in cell["strands"]:
        found[strand["id"]] = strand
        for holder in (strand, *strand["benchmarks"]):
            found[holder["id"]] = holder
            found |= {item["id"]: item for item in holder["items"]}
    return found


def cells(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    (only,) = made.scored(table(name), HERE / f"{name}.csv")["rounds"]
    yield "all", figures(only["all"])
    for group in only["groups"]:
        yield group["id"], figures(group)


def hold(ours: Mapping[str, Any], theirs: Mapping[str, Any], mean: str, sd: str, means: Mapping[str, float]) -> int:
    """Hold every figure of theirs against ours; how many there were. `means` are those of all answers, where ours are
    no means of scores."""
    for id, one in theirs.items():
        assert ours[id]["n"] == one["n"], id
        assert ours[id][mean] == pytest.approx(means.get(id, one["mean"]), abs=EXACT), id
        assert ours[id][sd] == pytest.approx(one["sd"], abs=EXACT), id
    return len(theirs)


@pytest.mark.parametrize("name", ["traits", "tool", "mixed"])
def test_the_questionnaires_held_against_r_have_no_errors(name: str) -> None:
    assert [str(one) for one in check(HERE / f"{name}.toml") if one.severity == "error"] == []


def pooled(name: str, cell: str) -> dict[str, float]:
    """By node, the mean of all answers in a cell."""
    return {id: one[cell] for id, one in expected(name)["pooled"].items()}


def test_scale_means_with_reversed_items_and_missing_answers_are_those_of_r() -> None:
    theirs = expected("traits")["raw"]
    held = sum(
        hold(ours, theirs["strands"][id], "raw_mean", "raw_sd", pooled("traits", id)) for id, ours in cells("traits")
    )
    assert held == 3 * 4


def test_items_as_answered_are_those_of_psych() -> None:
    theirs = expected("traits")["raw"]
    held = sum(hold(ours, theirs["items"][id], "raw_mean", "raw_sd", {}) for id, ours in cells("traits"))
    assert held == 15 * 4


def test_each_respondents_scores_are_those_of_psych() -> None:
    questionnaire = build(table("traits"))
    answers = read_responses(HERE / "traits.csv", questionnaire).rounds["1"]
    ours = per_respondent(score(answers))
    for id, theirs in expected("traits")["respondents"].items():
        assert [one["scores"][id] for one in ours] == [
            None if value is None else pytest.approx(value, abs=EXACT) for value in theirs
        ], id


def test_sums_prorated_and_refused_and_their_total_are_those_of_psych() -> None:
    theirs = expected("tool")["raw"]
    ((_, ours),) = cells("tool")
    for part in ("strands", "items", "overall"):
        hold(ours, theirs[part]["all"], "raw_mean", "raw_sd", pooled("tool", "all"))
    assert theirs["overall"]["all"]["overall"]["n"] < 40, "somebody lacks a total"


def test_mixed_scales_reversed_and_weighted_are_those_of_r() -> None:
    theirs = expected("mixed")["points"]
    for id, ours in cells("mixed"):
        hold(ours, theirs["nodes"][id], "mean", "sd", pooled("mixed", id))
        hold(ours, theirs["items"][id], "mean", "sd", {})
        assert ours["first"]["raw_mean"] is None, "scales that differ have no units in common"

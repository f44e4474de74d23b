"""The worked example of docs/scores.md is computed here."""

import re
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

DOCUMENT = (Path(__file__).parents[2] / "docs" / "scores.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    """The one block of a kind in the document."""
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)
    return str(found)


def rows() -> list[list[str]]:
    """The cells of the table of the example."""
    lines = [line for line in DOCUMENT.splitlines() if re.match(r"\| `\w+` \| [\d–]", line)]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    (tmp_path / "example.csv").write_text(block("csv"), encoding="utf-8")
    return tmp_path / "example.csv"


def test_its_questionnaire_passes_check(tmp_path: Path) -> None:
    (tmp_path / "example.toml").write_text(block("toml"), encoding="utf-8")
    assert [str(problem) for problem in check(tmp_path / "example.toml")] == []


def test_each_persons_points_are_as_the_table_says(example: Path) -> None:
    answers = read_responses(example, build(tomli.loads(block("toml")))).rounds["1"]
    people = per_respondent(score(answers))
    assert [person["respondent"] for person in people] == ["Ada", "Ben", "Cem"]
    for id, *cells in rows():
        assert cells[:3] == [to_one_decimal(person["scores"][id]) for person in people], id
    assert {row[0] for row in rows()} | {"overall"} == set(people[0]["scores"])


def test_the_figures_of_all_are_as_the_table_says(example: Path) -> None:
    whole = made.scored(tomli.loads(block("toml")), example)["rounds"][0]["all"]
    (strand,) = whole["strands"]
    nodes = {node["id"]: node for node in (strand, *strand["benchmarks"])}
    for id, _, _, _, mean, sd, shown, band, gap in rows():
        if mean:
            node = nodes.pop(id)
            assert [mean, sd] == [to_one_decimal(node["mean"]), to_one_decimal(node["sd"])], id
            assert [shown, band, gap] == [f"{node['shown']:g}", node["band"], f"{node['gap']:g}"], id
    assert nodes == {}


def test_its_sums_are_right() -> None:
    sums = [line for line in DOCUMENT.splitlines() if re.match(r"\(.*\) / \d+ = ", line)]
    assert len(sums) == 7
    for line in sums:
        left, right = line.replace("×", "*").split(" = ")
        assert to_one_decimal(eval(left)) == right, line


def to_one_decimal(value: Any) -> str:
    """A number as the example writes it: half up, no needless zero."""
    return "–" if value is None else f"{int(value * 10 + 0.5 + 1e-9) / 10:g}"

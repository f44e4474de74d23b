"""What `selfassess new` writes is sound, explains itself, and every note in it can be taken at its word."""

import re

import pytest
import tomli

from selfassess.definition.findings import ID
from selfassess.definition.loader import problems
from selfassess.definition.starter import template
from selfassess.definition.tables import build
from selfassess.definition.toml_source import parse
from selfassess.errors import Problem

TEXT = template("ours")
OFFERED = re.compile(r"^(?P<indent> *)# (?P<pair>(?P<key>[a-z_]+) = .*)$", re.MULTILINE)
"""A key that stands in a comment, to be taken up."""


def told(text: str) -> list[Problem]:
    return problems(parse("ours.toml", text.encode()))


@pytest.mark.parametrize("name", ["ours", "Our partnership", "2026", "", "überall", "a\nb", 'x"', "a" * 60, "and"])
def test_it_passes_check_without_a_warning_whatever_the_file_is_called(name: str) -> None:
    assert told(template(name)) == []
    assert ID.fullmatch(tomli.loads(template(name))["id"])


@pytest.mark.parametrize(
    ("name", "id"), [("ours", "ours"), ("Our partnership", "our_partnership"), ("2026", "questionnaire")]
)
def test_its_id_is_made_from_the_name_of_the_file(name: str, id: str) -> None:
    assert tomli.loads(template(name))["id"] == id


def test_it_names_the_file_to_check_where_it_knows_it() -> None:
    assert "selfassess check ours.toml\n" in TEXT
    assert "selfassess take ours.toml\n" in TEXT
    assert "selfassess check FILE.toml\n" in template("a\nb")


def test_it_shows_what_a_first_author_needs() -> None:
    questionnaire = build(tomli.loads(TEXT))
    assert len(questionnaire.groups) == 2
    [scale] = questionnaire.scales.values()
    assert scale.dont_know
    assert scale.not_applicable
    assert len(questionnaire.bands) == 3
    assert questionnaire.scoring.target == 75
    assert len(questionnaire.strands) == 2
    benchmarks = [benchmark for strand in questionnaire.strands for benchmark in strand.benchmarks]
    assert [len(benchmark.items) for benchmark in benchmarks] == [2, 2]
    assert any(item.wording for item in questionnaire.items)
    assert all(strand.questions for strand in questionnaire.strands)
    for benchmark in benchmarks:
        for group in questionnaire.groups:
            assert any(action.suits(group.id) for action in benchmark.actions)


def test_the_keys_it_offers_in_comments_are_the_advanced_ones() -> None:
    offered = {found["key"] for found in OFFERED.finditer(TEXT)}
    assert {"reverse", "weight", "show_if", "comment_if", "method", "units", "target", "targets", "skills"} <= offered


@pytest.mark.parametrize("number", range(len(OFFERED.findall(TEXT))))
def test_each_key_in_a_comment_can_be_taken_up(number: int) -> None:
    found = list(OFFERED.finditer(TEXT))[number]
    text = TEXT[: found.start()] + found["indent"] + found["pair"] + TEXT[found.end() :]
    if found["key"] == "skills":
        text = text.replace("# skills_from", "skills_from")
    assert tomli.loads(text) != tomli.loads(TEXT)
    assert [problem for problem in told(text) if problem.severity == "error"] == []


def test_it_is_short_and_fits_a_page() -> None:
    lines = TEXT.splitlines()
    assert len(lines) < 170
    assert max(map(len, lines)) <= 120
    assert TEXT.endswith("\n")
    assert "\t" not in TEXT

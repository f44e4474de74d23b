"""What [defaults] says holds for every strand, benchmark and skill that does not say otherwise."""

from typing import Any

import pytest
import tomli

from selfassess.definition.diff import diff
from selfassess.definition.loader import problems
from selfassess.definition.tables import build
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import Benchmark, Questionnaire
from selfassess.model.score_tree import bands, decimals, target

HEAD = """
format = 1
id = "q"
version = "1"
title = "Q"

[scales.agree]
points = [{ value = 1, label = "No" }, { value = 2, label = "Partly" }, { value = 3, label = "Yes" }]

[overall]
method = "none"
"""
FACTORS = """
[defaults]
units = "own"
decimals = 2
target = 2.5
targets = { board = 3 }
bands = [{ from = 1, title = "To address" }, { from = 2, title = "A strength" }]

[[groups]]
id = "board"
title = "Board"

[[strands]]
id = "around"
title = "Around us"
method = "none"

[[strands.benchmarks]]
id = "history"
title = "Working together has a history here"
MORE
items = [{ id = "past", text = "We worked together before." }, { id = "solve", text = "We solve it together." }]
"""


def factors(more: str = "") -> str:
    return HEAD + FACTORS.replace("MORE", more)


def history(more: str = "") -> tuple[Questionnaire, Benchmark]:
    questionnaire = build(tomli.loads(factors(more)))
    return questionnaire, questionnaire.strands[0].benchmarks[0]


def codes(text: str) -> list[str]:
    return [problem.code for problem in problems(parse("file.toml", text.encode()))]


def test_a_node_that_says_nothing_has_the_defaults() -> None:
    questionnaire, node = history()
    assert (node.units, decimals(node), target(questionnaire, node, None)) == ("own", 2, 2.5)
    assert target(questionnaire, node, "board") == 3
    assert [band.title for band in bands(questionnaire, node)] == ["To address", "A strength"]
    assert codes(factors()) == []


def test_a_strand_without_a_score_takes_no_bands_and_no_target_from_them() -> None:
    strand = history()[0].strands[0]
    assert (strand.method, strand.bands, strand.target, strand.targets) == ("none", None, None, {})


@pytest.mark.parametrize(
    ("more", "key", "value"),
    [
        ('units = "points"', "bands", None),
        ('units = "points"', "target", None),
        ('units = "points"', "decimals", None),
        ('method = "none"', "bands", None),
        ("bands = []", "bands", ()),
        ("target = 2", "target", 2),
        ("target = 2", "targets", {}),
        ("decimals = 0", "decimals", 0),
        ("targets = { board = 2 }", "targets", {"board": 2}),
        ("targets = { board = 2 }", "target", 2.5),
        ('method = "min"', "units", "own"),
    ],
)
def test_what_a_node_says_comes_before_them_and_takes_what_no_longer_fits_with_it(
    more: str, key: str, value: object
) -> None:
    assert getattr(history(more)[1], key) == value
    assert codes(factors(more)) == []


LADDERS = """
[defaults]
method = "ladder"
met = 2
na = "blocks"
when_missing = "refuse"
min_answered = 0.8

[[strands]]
id = "s"
title = "S"
method = "mean"

[[strands.skills]]
id = "plan"
title = "We plan"
items = [{ id = "a", text = "We plan ahead.", level = 1 }, { id = "b", text = "We plan together.", level = 2 }]

[[strands.skills]]
id = "add"
title = "We add up"
method = "sum"
items = [{ id = "c", text = "We count the hours." }, { id = "d", text = "We count the money." }]
"""


def test_what_is_for_one_method_is_for_the_nodes_with_it() -> None:
    strand = build(tomli.loads(HEAD + LADDERS)).strands[0]
    plan, add = strand.skills
    assert (plan.method, plan.met, plan.na, plan.when_missing, plan.min_answered) == (
        "ladder",
        2,
        "blocks",
        "prorate",
        0.8,
    )
    assert (add.method, add.met, add.na, add.when_missing) == ("sum", None, "ignored", "refuse")
    assert (strand.method, strand.met, strand.when_missing) == ("mean", None, "prorate")


def test_without_defaults_nothing_is_otherwise() -> None:
    table: dict[str, Any] = tomli.loads(factors())
    without = {key: value for key, value in table.items() if key != "defaults"}
    node = build(without).strands[0].benchmarks[0]
    assert (node.units, node.decimals, node.target, node.bands) == ("points", None, None, None)


def told(text: str) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.line, problem.place) for problem in problems(parse("file.toml", text.encode()))]


def test_a_slip_in_them_is_told_once_where_it_stands() -> None:
    twice = factors().replace('{ from = 2, title = "A strength" }', '{ from = 2, title = "To address" }')
    assert told(twice) == [("duplicate-band", 18, "defaults › bands “To address” › title")]
    unknown = factors().replace("board = 3", "staff = 3")
    assert ("unknown-group", 17, "defaults › targets › staff") in told(unknown)
    assert ("misplaced-key", 18, "defaults › scale") in told(factors().replace("bands =", 'scale = "agree"\nbands ='))


def test_what_of_them_cannot_be_is_told_of_the_node_that_it_is_for() -> None:
    table = factors('method = "sum"').replace("target = 2.5", "target = 1.5")
    assert told(table) == [
        ("target-off-scale", 29, "around › history › target"),
        ("unreachable-band", 29, "around › history › bands 2 › from"),
    ]


def test_a_change_of_them_is_told_of_the_nodes_that_it_touches() -> None:
    before, after = (build(tomli.loads(text)) for text in (factors(), factors().replace("target = 2.5", "target = 2")))
    assert [(change.where, change.key) for change in diff(before, after)] == [(("around", "history"), "target")]
    assert diff(before, build(tomli.loads(factors("target = 2.5\ntargets = { board = 3 }")))) == ()

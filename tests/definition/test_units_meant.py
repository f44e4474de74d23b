"""Bands and targets that are read on 0 to 100 and may be meant in a score's own units are told, and no others."""

import pytest

from selfassess.definition.loader import problems
from selfassess.definition.toml_source import parse

HEAD = """
format = 1
id = "sound"
version = "1"
title = "Nothing is wrong here"
"""
SCALES = """
[scales.agree]
points = [{ value = 1, label = "Disagree" }, { value = 3, label = "Neither" }, { value = 5, label = "Agree" }]

[scales.five]
points = [{ value = 0, label = "No" }, { value = 2, label = "Partly" }, { value = 4, label = "Yes" }]

[scales.hundred]
points = [{ value = 0, label = "No" }, { value = 50, label = "Partly" }, { value = 100, label = "Yes" }]

[[strands]]
id = "strand"
title = "A strand"
"""


def asks(number: int, *, scale: str = "five", levels: bool = False) -> str:
    items = [
        f'{{ id = "i{at}", text = "It is {at}."{f", level = {at + 1}" if levels else ""} }}' for at in range(number)
    ]
    return f'scale = "{scale}"\nitems = [{", ".join(items)}]\n'


def bands(*edges: float) -> str:
    return "bands = [" + ", ".join(f'{{ from = {edge}, title = "From {edge}" }}' for edge in edges) + "]\n"


def told(strand: str, head: str = "") -> list[tuple[str, str]]:
    found = problems(parse("file.toml", f"{HEAD}{head}{SCALES}{strand}".encode()))
    return [(problem.code, problem.place) for problem in found]


SUM, LADDER = 'method = "sum"\n', 'method = "ladder"\nmet = 2\n'


@pytest.mark.parametrize(
    ("strand", "key"),
    [
        (asks(3) + bands(0, 2, 3), "bands"),
        (asks(3) + bands(0, 1, 2), "bands"),
        (asks(3, scale="agree") + "target = 4\n", "target"),
        (asks(3, scale="agree") + "targets = { board = 4 }\n", "targets › board"),
        (asks(10) + SUM + bands(0, 15, 26), "bands"),
        (asks(10) + SUM + "target = 30\n", "target"),
        (asks(35) + SUM + bands(0, 50, 92), "bands"),
        (asks(3, levels=True) + LADDER + bands(0, 1, 2, 3), "bands"),
        (asks(3, levels=True) + LADDER + "target = 2\n", "target"),
        (asks(3) + 'method = "min"\n' + bands(0, 1, 3), "bands"),
    ],
)
def test_what_would_be_right_in_own_units_is_told(strand: str, key: str) -> None:
    group = '[[groups]]\nid = "board"\ntitle = "Board"\n' if "board" in key else ""
    found = [one for one in told(strand, group) if one[0] not in ("many-items", "one-item")]
    assert found == [("own-units", f"strand › {key}")]
    for units in ("own", "points"):
        silent = told(f'{strand}units = "{units}"\n', group)
        assert [one for one in silent if one[0] not in ("many-items", "one-item")] == []
    by_default = told(strand, f'{group}[defaults]\nunits = "points"\n')
    assert [one for one in by_default if one[0] not in ("many-items", "one-item")] == []


@pytest.mark.parametrize(
    "strand",
    [
        asks(3) + bands(0, 50, 75) + "target = 75\n",
        asks(3) + bands(0, 25),
        asks(3, scale="agree") + "target = 80\n",
        asks(12) + SUM + bands(0, 50, 75),
        asks(12) + SUM + "target = 75\n",
        asks(3, scale="hundred") + bands(0, 20, 80) + "target = 20\n",
        asks(3, levels=True) + LADDER + bands(0, 34, 67, 100) + "target = 67\n",
        asks(3) + bands(0),
        asks(3) + 'method = "none"\n',
    ],
)
def test_what_is_meant_on_0_to_100_is_left_alone(strand: str) -> None:
    assert told(strand) == []


@pytest.mark.parametrize(
    ("strand", "code", "cure"),
    [
        (asks(3, scale="agree") + bands(1, 3, 4), "bands-start", "1 to 5. If not, let the first band start from 0."),
        (asks(40) + SUM + bands(0, 50, 120), "unreachable-band", "0 to 160. If not, change the edge"),
        (asks(40) + SUM + "target = 120\n", "target-off-scale", "0 to 160. If not, choose a target between these."),
    ],
)
def test_what_is_an_error_on_0_to_100_and_none_in_own_units_is_told_with_that_cure(
    strand: str, code: str, cure: str
) -> None:
    (problem,) = problems(parse("file.toml", f"{HEAD}{SCALES}{strand}".encode()))
    assert problem.code == code
    assert problem.hint.startswith('Write units = "own" here if the score\'s own units are meant, ')
    assert cure in problem.hint


def test_what_is_an_error_either_way_is_told_without_it() -> None:
    (problem,) = problems(parse("file.toml", f"{HEAD}{SCALES}{asks(3)}target = 120\n".encode()))
    assert (problem.code, problem.hint) == ("target-off-scale", "Choose a target between these.")


LADDER_OF_BENCHMARKS = """
from = "benchmarks"
method = "ladder"
met = MET

[[strands.benchmarks]]
id = "plan"
title = "We have a plan"
level = 1
scale = "five"
items = [{ id = "a", text = "It is written." }, { id = "b", text = "It is known." }]
"""


@pytest.mark.parametrize(
    ("met", "found"), [(3, [("own-units", "strand › met")]), (60, []), (4, [("own-units", "strand › met")])]
)
def test_a_benchmark_of_a_ladder_is_met_in_points_unless_it_says_otherwise(
    met: float, found: list[tuple[str, str]]
) -> None:
    assert told(LADDER_OF_BENCHMARKS.replace("MET", str(met))) == found


@pytest.mark.parametrize(
    ("head", "scale", "found"),
    [
        ("[scoring]\ntarget = 4\n", "agree", ["scoring › target"]),
        ("[scoring]\ntarget = 3\n", "five", ["scoring › target"]),
        ("[scoring]\ntarget = 75\n", "five", []),
        ('[[bands]]\nfrom = 0\ntitle = "A"\n[[bands]]\nfrom = 3\ntitle = "B"\n', "five", ["bands"]),
        ('[[bands]]\nfrom = 0\ntitle = "A"\n[[bands]]\nfrom = 50\ntitle = "B"\n', "five", []),
        ("[scoring]\ntarget = 20\n", "hundred", []),
    ],
)
def test_what_the_head_says_is_on_0_to_100_too(head: str, scale: str, found: list[str]) -> None:
    assert told(asks(3, scale=scale), head) == [("own-units", place) for place in found]


def test_the_head_is_silent_where_nothing_is_held_against_it() -> None:
    head = '[scoring]\ntarget = 3\n[overall]\nmethod = "none"\n'
    assert told(asks(3) + 'units = "own"\n', head) == []


def test_the_whole_is_looked_at_like_any_other_score() -> None:
    head = '[overall]\nmethod = "sum"\nfrom = "items"\n' + bands(0, 6, 9)
    assert told(asks(3), head) == [("own-units", "overall › bands")]


def test_what_is_by_default_in_own_units_leaves_the_whole_to_be_told() -> None:
    head = '[defaults]\nunits = "own"\n[overall]\nmethod = "sum"\nfrom = "items"\n' + bands(0, 6, 9)
    assert told(asks(3), head) == [("own-units", "overall › bands")]


def test_a_benchmark_that_says_that_it_is_in_points_is_met_in_points() -> None:
    text = LADDER_OF_BENCHMARKS.replace("MET", "3").replace("level = 1", 'level = 1\nunits = "points"')
    assert told(text) == []


@pytest.mark.parametrize(
    ("edges", "hint"), [((1, 2.2, 2.4), "Write decimals = 1."), ((1, 2.22, 2.24), "Write decimals = 2.")]
)
def test_where_no_score_is_in_a_band_as_it_is_shown_it_is_told_how_many_decimals_would_do(
    edges: tuple[float, ...], hint: str
) -> None:
    strand = asks(3, scale="agree") + 'units = "own"\ndecimals = 0\n' + bands(*edges)
    (problem,) = problems(parse("file.toml", f"{HEAD}{SCALES}{strand}".encode()))
    assert (problem.code, problem.hint) == ("too-few-decimals", hint)
    assert told(strand.replace("decimals = 0", f"decimals = {hint[-2]}")) == []

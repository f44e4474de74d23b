"""What is sound and what is just beyond: the edges of every rule, and no false alarm."""

import pytest

from selfassess.definition.findings import ID, suggested_id
from selfassess.definition.loader import problems
from selfassess.definition.toml_source import parse

HEAD = """
format = 1
id = "sound"
version = "1"
title = "Nothing is wrong here"

[scales.agree]
points = [{ value = 1, label = "No" }, { value = 2, label = "Partly" }, { value = 3, label = "Yes" }]

[scales.falling]
points = [{ value = 1, label = "Yes" }, { value = 0.5, label = "Partly" }, { value = 0, label = "No" }]

[[groups]]
id = "board"
title = "Board"

[[groups]]
id = "staff"
title = "Staff"

[[strands]]
id = "strand"
title = "A strand"
"""


def asks(*, scale: str = "agree", kind: str = "items", **items: str) -> str:
    """A strand's items by id, each with the keys that it has besides."""
    tables = [", ".join(filter(None, (f'id = "{id}", text = "It is {id}."', more))) for id, more in items.items()]
    return f'scale = "{scale}"\n{kind} = [{", ".join(f"{{ {table} }}" for table in tables)}]\n'


def bands(*edges: float) -> str:
    return "bands = [" + ", ".join(f'{{ from = {edge}, title = "From {edge}" }}' for edge in edges) + "]\n"


def codes_of(strand: str) -> list[str]:
    return [problem.code for problem in problems(parse("file.toml", f"{HEAD}{strand}".encode()))]


THREE = asks(a="", b="", c="")
SUM = THREE + 'method = "sum"\nunits = "own"\n'
OWN = THREE + 'units = "own"\n'
LADDER = 'method = "ladder"\n'


@pytest.mark.parametrize(
    "strand",
    [
        THREE + "target = 100\n" + bands(0, 100),
        THREE + "target = 0\ntargets = { board = 100 }\nbands = []\n",
        OWN + "target = 3\n" + bands(1, 2.5),
        OWN + bands(0, 1.1),
        SUM + "target = 9\n" + bands(3, 4),
        SUM + 'when_missing = "refuse"\nmin_answered = 0\ndecimals = 6\n',
        THREE + 'method = "min"\nmin_answered = 1\ndecimals = 0\nweight = 0.1\n',
        THREE + 'method = "none"\n',
        asks(scale="falling", a="level = 1, met = 0.5", b="level = 2, met = 1")
        + LADDER
        + 'units = "own"\ntarget = 2\n',
        asks(a="level = 1", b="level = 1, met = 3", c="level = 2") + LADDER + "met = 2\n" + bands(0, 50, 100),
        asks(a="not_applicable_values = [2]", b='scale = "falling"'),
        asks(a="", b='show_if = "a == 2 and not (a < 1)", comment_if = "b <= 2"'),
        asks(a='kind = "many"', b='show_if = "a has 3 or a has 1"'),
        asks(a='kind = "number", min = 0, max = 5, unit = "weeks", dont_know = "No idea"', b='show_if = "a > 3.5"'),
        asks(a='groups = ["board"]', b='groups = ["board"], show_if = "a == 1"'),
        asks(a='groups = ["board"]', b="", c='show_if = "a == 1 or b == 1"'),
        asks(a='groups = ["board"]', b="", c='show_if = "not (a == 1 and b == 1)"'),
        asks(a="", b="short = true", c='short = true, show_if = "a == 1 or b == 1"'),
        asks(a='dont_know = false, not_applicable = "Not me", wording = { staff = "It is our a." }'),
        asks(kind="questions", a="", b='kind = "text", groups = ["staff"]'),
    ],
)
def test_what_is_meant_like_this_is_sound(strand: str) -> None:
    assert codes_of(strand) == []


@pytest.mark.parametrize(
    ("strand", "expected"),
    [
        (THREE + "target = 100.1\n", ["target-off-scale"]),
        (OWN + "target = 0.9\n", ["target-off-scale"]),
        (SUM + "target = 9.1\n", ["target-off-scale"]),
        (asks(a="not_applicable_values = [3]") + 'units = "own"\ntarget = 3\n', ["target-off-scale"]),
        (SUM + bands(4), ["bands-start"]),
        (THREE + bands(0, 0.0), ["duplicate-band"]),
        (THREE + bands(50, 0), ["unordered-bands"]),
        (THREE + bands(-1, 0), ["unreachable-band"]),
        (asks(a='show_if = "b == 1"', b='show_if = "c == 1"', c=""), ["later-item", "later-item"]),
        (asks(a='show_if = "b == 1"', b='show_if = "c == 1"', c='show_if = "a == 1"'), ["condition-cycle"] * 2),
        (asks(a='comment_if = "b == 1"', b=""), ["later-item"]),
        (asks(a="", b='show_if = "a == 2.5"'), ["value-off-scale"]),
        (asks(a="", b='show_if = "a < 0.5"'), ["value-off-scale"]),
        (asks(a="", b='show_if = "not"'), ["bad-condition"]),
        (asks(a="", b='show_if = "' + "(" * 2000 + '"'), ["bad-condition"]),
        (asks(scale="nowhere", a="", b=""), ["unknown-scale"]),
        (asks(scale="falling", **{"and": "", "dk": ""}), ["reserved-id"]),
        (asks(a="level = 1", b="level = 2, met = 9") + LADDER + "met = 3\n", ["value-off-scale"]),
        (asks(a="level = 1", b="level = 2, met = 3") + LADDER, ["no-met"]),
        (asks(a="level = 0", b="level = 1") + LADDER + "met = 2\n", ["level-gap"]),
        (asks(kind="questions", a='kind = "number"'), ["not-open"]),
        (asks(a='wording = { staff = "\\u001b[31m\\u200b" }'), ["blank"]),
        (asks(a="", b='short = true, show_if = "a == 1"'), ["condition-not-asked"]),
        (asks(a='groups = ["staff"]', b="", c='show_if = "a == 1 and b == 1"'), ["condition-not-asked"]),
        (asks(a='groups = ["staff"]', b="", c='show_if = "not (a == 1 or b == 1)"'), ["condition-not-asked"]),
        (asks(a='groups = ["staff"]', b='groups = ["staff", "board"], show_if = "a == 1"'), ["condition-not-asked"]),
    ],
)
def test_what_is_just_beyond_is_not(strand: str, expected: list[str]) -> None:
    assert codes_of(strand) == expected


@pytest.mark.parametrize("id", ["a", "a1_b", "a" * 24])
def test_an_id_is_a_small_letter_and_then_letters_digits_and_lines(id: str) -> None:
    assert ID.fullmatch(id)


@pytest.mark.parametrize("id", ["", "a" * 25, "1a", "_a", "A", "aB", "a-b", "a b", "é", "a\n", "a\u200b", "а"])
def test_anything_else_is_no_id(id: str) -> None:
    assert not ID.fullmatch(id)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Our Vision!", "our_vision"),
        ("2026 review", "review"),
        ("a" * 30, "a" * 24),
        ("a-" * 11 + "bc-d", "a_a_a_a_a_a_a_a_a_a_a_bc"),
        ("a-" * 11 + "b-cd", "a_a_a_a_a_a_a_a_a_a_a_b"),
        ("Größe", "gr_e"),
        ("2026", ""),
        ("", ""),
    ],
)
def test_what_is_suggested_as_an_id_is_one(text: str, id: str) -> None:
    assert suggested_id(text) == id
    assert not id or ID.fullmatch(id)

"""The page for authors: every example in it works, every key and every code is in it.

    SELFASSESS_UPDATE=1 pytest tests/definition/test_format_doc.py

writes its tables of keys anew from the docstrings of the models.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import tomli
import tomli_w

from selfassess.definition.json_schema import key_docs, tables
from selfassess.definition.loader import problems
from selfassess.definition.shape_errors import fields_of, keys_of, options, wanted
from selfassess.definition.tables import build
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import (
    Action,
    Band,
    Benchmark,
    Defaults,
    Group,
    Item,
    Overall,
    Point,
    Questionnaire,
    Scale,
    Scored,
    Scoring,
    Skill,
    Strand,
    Table,
)
from selfassess.model.score_tree import span

PAGE = Path(__file__).parents[2] / "docs" / "questionnaire-format.md"
TEXT = PAGE.read_text(encoding="utf-8")

HEADS: dict[type[Table], str] = {
    Questionnaire: "The head of the file, key by key",
    Group: "`[[groups]]`",
    Scale: "`[scales.…]`",
    Point: "`points` of a scale",
    Scoring: "`[scoring]`",
    Defaults: "`[defaults]`",
    Band: "`[[bands]]`, also `bands` of a node",
    Overall: "`[overall]`",
    Strand: "`[[strands]]`",
    Benchmark: "`[[strands.benchmarks]]` and `[[strands.skills]]`",
    Skill: "`[[strands.skills]]` besides",
    Item: "`[[….items]]` and `[[strands.questions]]`",
    Action: "`[[….actions]]`",
    Scored: "How a node is scored",
}

START, END = "<!-- keys -->\n", "<!-- end of keys -->"


def key_tables() -> str:
    """The tables of all keys, as the page has them."""
    return "\n".join(f"### {head}\n\n{key_table(kind)}" for kind, head in HEADS.items())


def key_table(kind: type[Table]) -> str:
    shared = next((keys_of(above) for above in kind.__mro__[1:] if above in HEADS), ())
    rows = [f"| `{key}` | {holds(kind, key)} | {key_docs(kind)[key]} |" for key in keys_of(kind) if key not in shared]
    if not rows:
        return "It has the keys of [how a node is scored](#how-a-node-is-scored), and no others.\n"
    return "\n".join(["| key | holds | what it is for |", "|---|---|---|", *rows]) + "\n"


def _one_of(choices: list[str]) -> str:
    *others, last = [f'"{choice}"' for choice in choices] or [""]
    return f"{', '.join(others)} or {last}" if others else last


def holds(kind: type[Table], key: str) -> str:
    """What a key holds and, in brackets, what is meant where it is left out."""
    choices = options(kind, key)
    what = _one_of(choices) or wanted(kind, key).replace(" in quotation marks", "")
    field = fields_of(kind)[key]
    match field.default:
        case bool():
            return f"{what} ({str(field.default).lower()})"
        case str() if field.default:
            return f'{what} ("{field.default}")'
        case int() | float():
            return f"{what} ({field.default:g})"
        case None | str() | tuple() | Table():
            return what
    needed = repr(field.default_factory).startswith("<dataclasses._MISSING")
    return f"{'1' if key == 'format' else what}, needed" if needed else what


def test_the_tables_of_keys_are_those_of_the_models() -> None:
    before, between, after = re.split(f"{START}|{END}", TEXT)
    if os.environ.get("SELFASSESS_UPDATE"):
        between = key_tables()
        PAGE.write_text(f"{before}{START}{between}{END}{after}", encoding="utf-8")
    assert between == key_tables(), "The docstrings have changed: the line at the head of this file writes the page."
    assert set(HEADS) == {*tables(), Scored}


def test_every_key_can_be_seen_at_work_in_an_example() -> None:
    seen = set(re.findall(r"(?m)(?:^|[\s{,])([a-z_]+) = ", "\n".join(block.text for block in BLOCKS)))
    seen |= {name for head in re.findall(r"(?m)^\s*\[+([a-z_.0-9]+)\]+", TEXT) for name in head.split(".")}
    every = {key for kind in tables() for key in keys_of(kind)}
    assert every <= seen


# ------------------------------------------------------------------------------------------------------------
# Examples. A block that says only `toml` is a whole file; the others are put where they belong in this one.


class Block(NamedTuple):
    """An example: where it is meant to stand (nowhere: it is whole), its line on the page, and its text."""

    where: str
    line: int
    text: str


BLOCKS = [
    Block(found["where"].strip(), TEXT.count("\n", 0, found.start()) + 1, found["text"])
    for found in re.finditer(r"^```toml(?P<where>[a-z ]*)\n(?P<text>.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
]

FRAME = """
format = 1
id = "frame"
version = "1"
title = "What an example stands in"
scale = "agree"
skills_from = "skills"

[[groups]]
id = "board"
title = "Board members"

[[groups]]
id = "staff"
title = "Staff"

[[groups]]
id = "external"
title = "External partners"

[scales.agree]
points = [{ value = 1, label = "Disagree" }, { value = 2, label = "Neither" }, { value = 3, label = "Agree" }]

[scales.yes_no]
points = [{ value = 0, label = "No" }, { value = 1, label = "Yes" }]

[scales.services]
points = [{ value = 1, label = "Schools" }, { value = 2, label = "Health" }]

[[strands]]
id = "strand"
title = "A strand"

[[strands.benchmarks]]
id = "benchmark"
title = "A benchmark"

[[strands.benchmarks.items]]
id = "item"
text = "There is an item."
"""

BEFORE = {
    "head": "",
    "strand": "",
    "benchmark": '[[strands]]\nid = "strand"\ntitle = "A strand"\n',
    "item": '[[strands]]\nid = "strand"\ntitle = "A strand"\n'
    '[[strands.benchmarks]]\nid = "benchmark"\ntitle = "A benchmark"\n',
}


def framed(block: Block) -> str:
    """A whole file with the example in its place."""
    if not block.where:
        return block.text
    frame, example = tomli.loads(FRAME), tomli.loads(BEFORE[block.where] + block.text)
    return tomli_w.dumps(frame | example | {"scales": frame["scales"] | example.get("scales", {})})


def test_the_frame_is_sound_itself_and_there_are_examples() -> None:
    assert [problem.code for problem in problems(parse("frame.toml", FRAME.encode()))] == ["one-item"]
    assert sum(not block.where for block in BLOCKS) == 6
    assert {block.where for block in BLOCKS} == {"", *BEFORE}
    assert TEXT.count("```toml") == len(BLOCKS)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"line {block.line}")
def test_an_example_has_no_error(block: Block) -> None:
    found = problems(parse("example.toml", framed(block).encode()))
    assert [str(problem) for problem in found if problem.severity == "error"] == []


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"line {block.line}")
def test_an_example_is_well_written_too(block: Block) -> None:
    found = problems(parse("example.toml", framed(block).encode()))
    assert [str(problem) for problem in found if problem.code not in ("one-item", "group-without-action")] == []


def spans(number: int) -> dict[str, tuple[float, float]]:
    """The ends of the scores of a whole example, by the id of the node."""
    whole = [block for block in BLOCKS if not block.where][number]
    questionnaire = build(tomli.loads(whole.text))
    nodes = [node for strand in questionnaire.strands for node in (strand, *strand.middle) if node.method != "none"]
    found = {node.id: span(questionnaire, node) for node in nodes}
    if questionnaire.overall.method != "none":
        found["overall"] = span(questionnaire, questionnaire.overall)
    return {id: (ends.lowest, ends.highest) for id, ends in found.items()}


def test_the_instruments_written_out_have_the_scores_that_the_page_says() -> None:
    six = spans(1)
    assert six.pop("overall") == (36, 144)
    assert set(six.values()) == {(6, 24)}
    assert len(six) == 6
    assert set(spans(2).values()) == {(1, 4), (0, 1), (1, 5)}
    assert spans(3) == {"history": (1, 5), "climate": (1, 5)}
    assert spans(4) == {"planning": (0, 3), "plan": (0, 3), "people": (0, 3), "overall": (0, 3)}
    assert spans(5)["sharing"] == (0, 3)


# ------------------------------------------------------------------------------------------------------------
# Codes.


def listed() -> list[str]:
    return re.findall(
        r"(?m)^\| `([a-z0-9-]+)` \| .+\. \|$", TEXT.split("<!-- codes -->")[1].split("<!-- end of codes -->")[0]
    )


def test_every_code_there_is_has_its_line_and_no_other_has(codes: frozenset[str]) -> None:
    assert sorted(listed()) == sorted(codes)


def test_what_check_prints_is_shown_as_it_prints_it() -> None:
    shown = re.search(r"(?m)^ours\.toml:31:1: (.*)\n    (.*)$", TEXT)
    assert shown
    text = FRAME.replace('id = "item"', 'id = "vision_say"\nscale = "agreee"')
    text = text.replace('id = "strand"', 'id = "leadership"').replace('id = "benchmark"', 'id = "vision"')
    [problem] = problems(parse("ours.toml", text.encode()))
    assert str(problem).split(": ", 1)[1] == f"{shown[1]}\n    {shown[2]}"


# ------------------------------------------------------------------------------------------------------------
# The page itself.


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_link_within_the_page_leads_somewhere() -> None:
    anchors = {anchor(heading) for heading in re.findall(r"(?m)^#+ (.+)$", re.sub(r"(?s)```.*?```", "", TEXT))}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= anchors


def test_its_lines_are_short_where_they_are_not_tables_or_examples() -> None:
    prose = re.sub(r"(?s)```.*?```", "", TEXT)
    assert [line for line in prose.splitlines() if len(line) > 120 and not line.startswith("|")] == []

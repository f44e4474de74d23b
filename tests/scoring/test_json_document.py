"""docs/json.md is held to real output: every key that occurs is there with its type, and every key there occurs."""

import csv
import datetime
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
import tomli

from selfassess.definition.build import build
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Sheet
from selfassess.report.data import document, own_document, per_respondent, to_csv, to_json
from selfassess.report.own import own_report
from selfassess.scoring.privacy import release, rules
from selfassess.scoring.score import score
from tests.scoring import made
from tests.scoring.test_privacy_attack import made_people

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
PLACES = ("document", "round", "cell", "node", "item", "respondent", "own")
HEADINGS = (
    "## The document", "### A round", "### A cell", "### A node", "### An item", "### A respondent",
    "## One's own report",
)  # fmt: skip
TYPES = {"text": str, "whole number": int, "number": (int, float), "list": list, "table": dict}
FREE = {"counts", "missing", "withheld", "scores", "texts"}
"""Tables whose keys are ids, values or names of figures."""


class Key(NamedTuple):
    type: str
    null: str


def documented(place: str) -> dict[str, Key]:
    """The keys that the table of a place has."""
    heading = HEADINGS[PLACES.index(place)]
    section = re.split(r"^#{2,3} ", DOCUMENT.partition(f"\n{heading}")[2], maxsplit=1, flags=re.MULTILINE)[0]
    found = {}
    for line in section.splitlines():
        if re.match(r"\| `", line):
            key, type_, null, _ = (cell.strip() for cell in line.strip("|").split(" | ", maxsplit=3))
            found[key.strip("`")] = Key(type_, null)
    return found


def found_in(whole: Any, *, own: bool = False) -> Iterator[tuple[str, str, Any]]:
    """Every key with its place and its value."""
    theirs = set(documented("own")) if own else set()
    for key, value in flat({key: value for key, value in whole.items() if key != "rounds"}):
        yield ("own" if key in theirs else "document"), key, value
    yield "document", "rounds", whole["rounds"]
    for one in whole["rounds"]:
        yield from (("round", key, value) for key, value in one.items())
        for cell in (one["all"], *one["groups"]):
            yield from (("cell", key, value) for key, value in cell.items())
            for top in (*([cell["overall"]] if cell["overall"] else []), *cell["strands"]):
                yield from in_node(top)
        for person in one.get("respondents", ()):
            yield from (("respondent", key, value) for key, value in person.items())


def in_node(node: Any) -> Iterator[tuple[str, str, Any]]:
    yield from (("node", key, value) for key, value in node.items())
    for benchmark in node.get("benchmarks", ()):
        yield from in_node(benchmark)
    for item in node.get("items", ()):
        yield from (("item", key, value) for key, value in item.items())


def flat(value: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """The keys of a table, with those within it."""
    for key, held in value.items():
        name = f"{before}{key}"
        if isinstance(held, dict) and key not in FREE:
            yield from flat(held, f"{name}.")
            continue
        yield name, held
        for one in held if isinstance(held, list) else ():
            if isinstance(one, dict):
                yield from flat(one, f"{name}[].")


def released() -> Iterator[Any]:
    """Documents of rounds with everything that can be in them."""
    for seed in range(30):
        table, rows = made_people(Random(seed))
        results = score(made.answers(build(table), rows))
        for min_group in (1, 5):
            yield json.loads(to_json(document(made.edition(table), release({"1": results}, rules(min_group)))))
        yield with_respondents(table, rows)
    table = made.table_from(Random(1), groups=0)
    yield with_respondents(table, [made.person(Random(2), table, None, 0.2) for _ in range(3)])


def with_respondents(table: made.Table, rows: list[made.Row]) -> Any:
    results = score(made.answers(build(table), rows))
    whole = document(made.edition(table), release({"1": results}, rules(1)))
    whole["rounds"][0]["respondents"] = per_respondent(results)
    return json.loads(to_json(whole))


def own_reports() -> Iterator[Any]:
    """Documents of one person, with and without a group, of the shipped questionnaire and of others."""
    content = (ROOT / "questionnaires" / "partnership.toml").read_bytes()
    shipped = Edition(build(tomli.loads(content.decode())), content, "0" * 64)
    codes = "".join(
        "+" if item.kind == "text" else Random(item.id).choice("01234-~?") for item in shipped.questionnaire.items
    )
    date = datetime.datetime(2026, 3, 31, 12, tzinfo=datetime.UTC)
    texts = {"vision": "A lot.", "vision_say": "Why?"}
    yield own(shipped, Sheet(questionnaire="0" * 64, group="board", form="full", answers=codes, texts=texts, date=date))
    plain = made.edition(made.table_from(Random(3), groups=0))
    codes = "".join("0" if item.kind == "choice" else "-" for item in plain.questionnaire.items)
    yield own(plain, Sheet(questionnaire="0" * 64, group=None, form="short", answers=codes))


def own(edition: Edition, sheet: Sheet) -> Any:
    return json.loads(to_json(own_document(own_report(edition, sheet))))


@pytest.fixture(scope="module")
def occurring() -> dict[tuple[str, str], list[Any]]:
    """By place and key, every value that occurs."""
    found: dict[tuple[str, str], list[Any]] = {}
    for whole in released():
        for place, key, value in found_in(whole):
            found.setdefault((place, key), []).append(value)
    for whole in own_reports():
        for place, key, value in found_in(whole, own=True):
            found.setdefault((place, key), []).append(value)
    return found


def test_every_key_that_occurs_is_documented_and_every_one_documented_occurs(occurring: dict[Any, Any]) -> None:
    said = {(place, key) for place in PLACES for key in documented(place)}
    assert sorted(occurring) == sorted(said)


def test_every_key_is_of_the_type_that_is_documented(occurring: dict[Any, Any]) -> None:
    for (place, key), values in occurring.items():
        wanted = TYPES[documented(place)[key].type]
        assert all(value is None or isinstance(value, wanted) for value in values), (place, key)
        assert not any(isinstance(value, bool) for value in values)


def test_what_can_be_null_is_documented_so_and_nothing_else(occurring: dict[Any, Any]) -> None:
    for (place, key), values in occurring.items():
        never = documented(place)[key].null == "never"
        assert never != any(value is None for value in values), (place, key)


def test_keys_come_in_the_order_of_the_document(occurring: dict[Any, Any]) -> None:
    for place in ("round", "cell", "node", "item", "respondent"):
        in_order = list(documented(place))
        assert [key for spot, key in occurring if spot == place and key != "id"] == [
            key for key in in_order if key != "id"
        ]


def test_reasons_are_of_keys_that_are_null_and_are_given_for_each(occurring: dict[Any, Any]) -> None:
    for whole in released():
        for one in whole["rounds"]:
            for cell in (one["all"], *one["groups"]):
                for figure in every_figure(cell):
                    for key in figure["withheld"] or {}:
                        assert key not in figure or figure[key] is None, figure
                    if figure["n"] and figure["mean"] is None:
                        assert figure["withheld"]["mean"]


def every_figure(cell: Any) -> Iterator[Any]:
    for top in (*([cell["overall"]] if cell["overall"] else []), *cell["strands"]):
        for holder in (top, *top.get("benchmarks", ())):
            yield holder
            yield from holder.get("items", ())


def test_what_is_in_ranges_is_in_range(occurring: dict[Any, Any]) -> None:
    for place in ("node", "item"):
        assert all(0 <= value <= 100 for value in occurring[place, "mean"] if value is not None)
        assert all(value >= 0 for value in occurring[place, "sd"] if value is not None)
    words = {name: {value for value in occurring["node", name] if value} for name in ("units", "coded", "why_none")}
    for name, said in words.items():
        line = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| `{name}`"))
        assert said == set(re.findall(r'"([a-z0-9 ]+)"', line)), name


def test_the_example_is_what_comes_out(tmp_path: Path) -> None:
    scores = (ROOT / "docs" / "scores.md").read_text(encoding="utf-8")
    parts = {
        kind: re.findall(rf"^```{kind}\n(.*?)^```", scores, re.DOTALL | re.MULTILINE)[0] for kind in ("toml", "csv")
    }
    (tmp_path / "example.csv").write_text(parts["csv"], encoding="utf-8")
    whole = made.scored(tomli.loads(parts["toml"]), tmp_path / "example.csv")
    benchmark = whole["rounds"][0]["all"]["strands"][0]["benchmarks"][0]
    del benchmark["items"]
    (example,) = re.findall(r"^```json\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)
    assert json.dumps(benchmark, indent=2, ensure_ascii=False) == example.strip()


def test_the_columns_of_the_csv_are_those_documented() -> None:
    table, rows = made_people(Random(5))
    results = score(made.answers(build(table), rows))
    written = list(csv.reader(io.StringIO(to_csv(made.edition(table), release({"1": results}, rules(5))))))
    section = DOCUMENT.partition("## As CSV")[2]
    assert written[0] == re.findall(r"`(\w+)`", section.split("\n\n")[2])
    assert {row[2] for row in written[1:]} <= {"overall", "strand", "benchmark", "item"}
    assert {len(row) for row in written} == {len(written[0])}

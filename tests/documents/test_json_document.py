"""docs/json.md is held to real output: every key that occurs is there with its type, and every key there occurs."""

import csv
import datetime
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
import tomli

from selfassess.csv_text import BYTE_ORDER_MARK
from selfassess.definition.comparability import comparability
from selfassess.definition.loader import read
from selfassess.definition.tables import build
from selfassess.definition.tables import edition as build_edition
from selfassess.definition.toml_source import parse
from selfassess.disclosure.release import release, rules
from selfassess.documents.export.round import round_csv, round_document
from selfassess.documents.export.summary import document, own_document, to_csv, to_json
from selfassess.model.comparison import Comparison, Named
from selfassess.model.coverage import KnownSkills
from selfassess.model.learning import Learning, learning_needs
from selfassess.model.plan import Plan, Planned
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport, FollowedAction, FollowUp, RoundReport
from selfassess.model.results import Comment, Suggestion
from selfassess.model.round import Rules
from selfassess.model.sheet import Sheet
from selfassess.scoring.scores import score
from selfassess.services.reports import narrow_report, own_report
from selfassess.services.responses import per_respondent
from tests.conftest import EARLIER
from tests.disclosure.printed_rounds import printed
from tests.disclosure.skilled_rounds import skilled_round
from tests.disclosure.test_privacy_attack import made_people
from tests.scoring import made
from tests.services import made as rounds
from tests.services.made_skills import FEW, GROUPS, LARGE, skills, skills_report

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
PLACES = (
    "document", "round", "cell", "node", "item", "range", "agreement", "flip", "reliability", "respondent", "own",
    "of a round",
)  # fmt: skip  # as the headings
HEADINGS = (
    "## The document", "### A round", "### A cell", "### A node", "### An item", "### A range",
    "### An agreement", "### A flip", "### A reliability", "### A respondent", "## One's own report",
    "## A round's report",
)  # fmt: skip  # in few lines
TYPES = {
    "text": str, "whole number": int, "number": (int, float), "list": list, "table": dict, "true or false": bool,
}  # fmt: skip  # a table of words and types
FREE = {"counts", "missing", "withheld", "scores", "texts", "notes", "interval", "delta_interval", "pairs", "planned"}
"""Tables whose keys are ids, values or names of figures, or that are told elsewhere."""


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


def found_in(whole: Any, beside: str = "document") -> Iterator[tuple[str, str, Any]]:
    """Every key with its place and its value; `beside` is the place of those that not all documents have."""
    common = set(documented("document"))
    for key, value in flat({key: value for key, value in whole.items() if key != "rounds"}):
        yield ("document" if key in common else beside), key, value
    for one in whole.get("differences", ()):
        for range in filter(None, (one["interval"], one["delta_interval"])):
            yield from (("range", key, value) for key, value in range.items())
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
    for key, place in (("likely", "range"), ("possible", "range"), ("reliability", "reliability")):
        yield from ((place, name, value) for name, value in (node.get(key) or {}).items())
    for one in (node, *node.get("items", ())):
        yield from (("agreement", key, value) for key, value in (one.get("agreement") or {}).items())
    for flip in node.get("flips", ()):
        yield from (("flip", key, value) for key, value in flip.items())
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
    for seed in range(10):
        table, rows = made_people(Random(seed))
        results = score(made.answers(build(table), rows))
        for min_group in (1, 5):
            yield json.loads(to_json(document(made.edition(table), release({"1": results}, rules(min_group)))))
        yield with_respondents(table, rows)
    table, rows = made_people(Random(0))
    yield with_respondents(table, 30 * rows[:1])  # nobody differs, so there is no alpha
    table = made.table_from(Random(1), groups=0)
    yield with_respondents(table, [made.person(Random(2), table, None, 0.2) for _ in range(3)])


def with_respondents(table: made.Table, rows: list[made.Row]) -> Any:
    results = score(made.answers(build(table), rows))
    whole = document(made.edition(table), release({"1": results}, rules(1)))
    whole["rounds"][0]["respondents"] = per_respondent(results)
    return json.loads(to_json(whole))


def reports_of_rounds() -> Iterator[Any]:
    """Documents of rounds of a whole questionnaire, and of one in which everybody says the same."""
    shipped = read(EARLIER)
    large, small = {"board": 60, "staff": 55, "external": 4}, {"board": 12, "staff": 18, "external": 3}
    reports = [
        rounds.made_report(shipped),
        rounds.made_report(shipped, rules=Rules(small_groups="pool"), invited=small),
        rounds.made_report(shipped, large, made_up=False, invited={"board": 80, "staff": 55, "external": 3}),
        rounds.made_report(shipped, {"board": 24, "staff": 9, "external": 4}, mind=3),
    ]
    named = Named("spring", "Spring"), Named("autumn", "Autumn")
    whole = comparability(shipped.questionnaire, shipped.questionnaire)
    nothing = Comparison(rounds=named, comparability=whole, cells=())
    compared = ComparisonReport(editions=(shipped, shipped), comparison=nothing, made_up=False, rounds=named)
    followed = FollowedAction(planned=Planned(id="a1", text="Meet.", node="vision"), comparison=compared)
    reports.append(replace(reports[0], since=FollowUp(before=Named("spring", "Spring"), actions=(followed,))))
    reports += [replace(one, plan=plan_after(some)) for one in (reports[0], rounds.plain_report())
                for some in one.suggestions.values()]  # fmt: skip  # reads as one list
    reports += [narrow_report(reports[0], "staff", "organisation"), rounds.plain_report()]
    elsewhere = replace(reports[0].results, comments={"overall": (Comment("overall", "Too far up to say."),)})
    found = {("", "vision"): "We say it differently.", ("staff", "vision"): "Few could say it."}
    reports.append(replace(reports[0], summary=replace(reports[0].summary, rounds=(elsewhere,)), findings=found))
    nine = {"board": 9, "staff": 0, "external": 0}
    reports += [
        rounds.made_report(shipped, nine, mind=5),
        rounds.made_report(shipped, nine, mind=1, targets={"vision": {"": 3}}),
        *(rounds.plain_report([row] * 9, text=rounds.AIMLESS) for row in ("0611", "6000", "3310", "4200")),
    ]
    for report in reports:
        yield json.loads(to_json(round_document(report)))


ABOUT_SKILLS = ("stock_take", "exchanges", "learning")


def stock_takes() -> Iterator[Any]:
    """What is told of skills: of the shipped questionnaire, and of rounds in which some skills are asked of nobody."""
    wholes = [json.loads(to_json(round_document(with_needs(one)))) for one in map(skills_report, (GROUPS, LARGE, FEW))]
    wholes += filter(None, map(printed, map(skilled_round, map(Random, range(12)))))
    for whole in wholes:
        yield {key: whole[key] for key in ABOUT_SKILLS}


def with_needs(report: RoundReport) -> RoundReport:
    """With what hangs on its skills, where there is a round about the partnership and where there is none."""
    assert report.stock is not None
    plan = (Planned(id="a1", text="Meet.", skills=("consultation",)),)
    learning = Learning(
        skills=KnownSkills(asked=Named("skills", "Skills"), stock=report.stock, cells={}, titles={}), planned=plan,
        needs=learning_needs(report.stock, plan, rounds.made_report(read(EARLIER)).gaps),
        beside=Named("autumn", "Autumn") if report.stock.shown[0] > 20 else None,
    )  # fmt: skip  # in few lines
    return replace(report, learning=learning)


def plan_after(suggestions: Sequence[Suggestion]) -> Plan:
    """A plan with all that is suggested, one of it done and the others not begun."""
    return tuple(
        Planned(
            id=f"a{number}", text=one.action.text, round="before", action=one.action.id,
            status="agreed" if number else "done", done=None if number else datetime.date(2026, 3, 31),
            why="" if number else "It took two evenings.",
        )
        for number, one in enumerate(suggestions)
    )  # fmt: skip  # in few lines


def own_reports() -> Iterator[Any]:
    """Documents of one person, with and without a group, of the shipped questionnaire and of others."""
    content = EARLIER.read_bytes()
    shipped = Edition(build(tomli.loads(content.decode())), content, "0" * 64)
    codes = "".join(
        "+" if item.kind == "text" else Random(item.id).choice("01234-~?") for item in shipped.questionnaire.items
    )
    date = datetime.datetime(2026, 3, 31, 12, tzinfo=datetime.UTC)
    texts = {"vision": "A lot.", "vision_say": "Why?"}
    sheet = Sheet(
        questionnaire="0" * 64,
        group="board",
        form="full",
        answers=codes,
        texts=texts,
        date=date,
        notes={"vision": "Ask."},
    )
    yield own(shipped, sheet)
    yield own(shipped, sheet, is_planned=True)
    firsts = {node.items[0].id for strand in shipped.questionnaire.strands for node in strand.middle}
    near = "".join("+" if item.kind == "text" else "2" if item.id in firsts else "3"
                   for item in shipped.questionnaire.items)  # fmt: skip  # reads as one list
    yield own(shipped, replace(sheet, answers=near))
    aimless = build_edition(parse("aimless.toml", rounds.AIMLESS.encode()))
    for codes in ("0610", "6000"):
        yield own(aimless, Sheet(questionnaire="0" * 64, group=None, form="full", answers=codes))
    codes = "".join("-" if item.is_in_words else Random(item.id).choice("14") for item in skills().questionnaire.items)
    mine = own_report(skills(), Sheet(questionnaire="0" * 64, group="staff", form="full", answers=codes))
    assert mine.stock
    aimless_stock = replace(mine.stock, to_practise=tuple(replace(one, action=None) for one in mine.stock.to_practise))
    yield from (json.loads(to_json(own_document(one))) for one in (mine, replace(mine, stock=aimless_stock)))
    plain = made.edition(made.table_from(Random(3), groups=0))
    codes = "".join("0" if item.kind == "choice" else "-" for item in plain.questionnaire.items)
    yield own(plain, Sheet(questionnaire="0" * 64, group=None, form="short", answers=codes))


def own(edition: Edition, sheet: Sheet, *, is_planned: bool = False) -> Any:
    report = own_report(edition, sheet)
    if is_planned:
        report = own_report(edition, sheet, plan_after(report.suggestions[:2]))
    return json.loads(to_json(own_document(report)))


@pytest.fixture(scope="module")
def documents() -> list[Any]:
    return list(released())


@pytest.fixture(scope="module")
def occurring(documents: list[Any]) -> dict[tuple[str, str], list[Any]]:
    """By place and key, every value that occurs."""
    found: dict[tuple[str, str], list[Any]] = {}
    for whole in documents:
        for place, key, value in found_in(whole):
            found.setdefault((place, key), []).append(value)
    for whole in own_reports():
        for place, key, value in found_in(whole, "own"):
            found.setdefault((place, key), []).append(value)
    for whole in reports_of_rounds():
        for place, key, value in found_in(whole, "of a round"):
            found.setdefault((place, key), []).append(value)
    for taken in stock_takes():
        for key, value in flat(taken):
            found.setdefault(("of a round", key), []).append(value)
    return found


def test_every_key_that_occurs_is_documented_and_every_one_documented_occurs(occurring: dict[Any, Any]) -> None:
    said = {(place, key) for place in PLACES for key in documented(place)}
    assert sorted(occurring) == sorted(said)


def test_every_key_is_of_the_type_that_is_documented(occurring: dict[Any, Any]) -> None:
    for (place, key), values in occurring.items():
        type = documented(place)[key].type
        assert all(value is None or isinstance(value, TYPES[type]) for value in values), (place, key)
        assert type == "true or false" or not any(isinstance(value, bool) for value in values)


def test_what_can_be_null_is_documented_so_and_nothing_else(occurring: dict[Any, Any]) -> None:
    for (place, key), values in occurring.items():
        never = documented(place)[key].null == "never"
        assert never != any(value is None for value in values), (place, key)


def test_keys_come_in_the_order_of_the_document(occurring: dict[Any, Any]) -> None:
    for place in PLACES[1:-2]:
        in_order = list(documented(place))
        assert [key for spot, key in occurring if spot == place and key != "id"] == [
            key for key in in_order if key != "id"
        ]


def test_reasons_are_of_keys_that_are_null_and_are_given_for_each(documents: list[Any]) -> None:
    reasons = without = 0
    for whole in documents:
        for one in whole["rounds"]:
            for cell in (one["all"], *one["groups"]):
                for figure in every_figure(cell):
                    for key in figure["withheld"] or {}:
                        reasons += 1
                        assert not figure.get(key), figure
                    if figure["n"] and figure["mean"] is None:
                        without += 1
                        assert figure["withheld"]["mean"]
    assert min(reasons, without) > 100


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
        # How near the end depends on how few answered on how short a scale.
        alike = {re.sub(r"\d+ or", "… or", one) for one in said} if name == "coded" else said
        told = {re.sub(r"\d+ or", "… or", one) for one in re.findall(r'"([a-z0-9 ]+)"', line)}
        assert alike == told, name


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


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))


def test_the_columns_of_the_csv_are_those_documented() -> None:
    table, rows = made_people(Random(5))
    results = score(made.answers(build(table), rows))
    edition, summary = made.edition(table), release({"1": results}, rules(5))
    written = rows_of(to_csv(edition, summary))
    paragraphs = DOCUMENT.partition("## As CSV")[2].split("\n\n")
    own, several = (re.findall(r"`(\w+)`", paragraphs[place]) for place in (2, 4))
    assert written[0] == [*own, *several]
    assert rows_of(to_csv(edition, summary, several=False))[0] == own
    report = rounds.plain_report()
    of_round = rows_of(round_csv(report))
    assert of_round[0] == [*own, *several, "made_up"]
    assert {row[-1] for row in of_round[1:]} == {"yes"}
    assert {row[2] for row in written[1:]} <= {"overall", "strand", "benchmark", "item"}
    assert {len(row) for row in written} == {len(written[0])}

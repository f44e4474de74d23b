"""Questionnaires and answers made up at random: every method, every way of missing, as a file would say them.

Hypothesis draws the seed and no more: that is thirty times as fast as drawing every detail.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

from selfassess.definition.tables import build
from selfassess.disclosure.release import release, rules
from selfassess.documents.export.summary import document, to_json
from selfassess.model.questionnaire import Benchmark, Edition, Item, Questionnaire
from selfassess.model.routing import asked_items
from selfassess.model.score_tree import POINTS, Node, Part, Span, parts, span
from selfassess.model.sheet import Missing, encode
from selfassess.scoring.answers import Answers, from_characters
from selfassess.scoring.response_csv import read_responses
from selfassess.scoring.scores import score

Table = dict[str, Any]
MISSING = ("skipped", "dont_know", "not_applicable")
SEEDS = st.randoms(use_true_random=True)
CELLS = {"skipped": "", "dont_know": "dk", "not_applicable": "na"}
SCALES: Mapping[str, tuple[float, ...]] = {
    "agree": (1, 2, 3, 4, 5),
    "four": (1, 2, 3, 4),
    "often": (0, 1, 2, 3, 4),
    "yes": (0, 1),
    "worth": (0, 0.2, 0.5, 1),
    "falling": (5, 4, 3, 2, 1),
}
METHODS = ("mean", "mean", "sum", "min", "ladder", "none")


class Row(NamedTuple):
    """One respondent: a group, and the answers by item id (a number, several, or a kind of missing)."""

    group: str | None
    answers: Mapping[str, Any]


# A questionnaire


def tables(
    *,
    groups: bool = True,
    conditions: bool = True,
    methods: Sequence[str] = METHODS,
    scales: Sequence[str] = tuple(SCALES),
) -> st.SearchStrategy[Table]:
    """The table of a questionnaire file that passes every check."""

    def make(random: Random) -> Table:
        count = random.randint(0, 3) if groups else 0
        return table_from(random, count, conditions=conditions, methods=methods, scales=scales)

    return SEEDS.map(make)


def table_from(
    random: Random,
    groups: int = 3,
    *,
    conditions: bool = True,
    methods: Sequence[str] = METHODS,
    scales: Sequence[str] = tuple(SCALES),
) -> Table:
    """A table made up of what `random` says."""
    return _Maker(random, conditions, methods, scales).table(groups)


class _Maker:
    def __init__(self, random: Random, conditions: bool, methods: Sequence[str], scales: Sequence[str]) -> None:
        self.random = random
        self.conditions = conditions
        self.methods = methods
        self.scales = random.sample(scales, random.randint(1, min(3, len(scales))))
        self.groups: list[str] = []
        self.items: list[Table] = []
        self.count = 0

    def some(self, *values: Any) -> Any:
        return self.random.choice(values)

    def seldom(self) -> bool:
        return self.random.random() < 0.2

    def several(self, least: int, most: int) -> range:
        return range(self.random.randint(least, most))

    def id(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def table(self, groups: int) -> Table:
        self.groups = [f"group{number}" for number in range(groups)]
        table: Table = {
            "format": 1, "id": "made", "version": "1", "title": "Made up", "scale": self.scales[0],
            "groups": [{"id": group, "title": group.title()} for group in self.groups],
            "scales": {
                name: {"points": [{"value": value, "label": f"{value:g}"} for value in SCALES[name]]}
                for name in self.scales
            },
            "scoring": {"min_answered": self.some(0, 0.1, 0.3, 0.5, 0.55, 0.6, 1)},
            "bands": [{"from": 0, "title": "Low"}, {"from": 37.5, "title": "Middle"}, {"from": 75, "title": "High"}],
            "strands": [self.strand() for _ in self.several(1, 3)],
            "overall": self.node({"from": self.some("strands", "benchmarks", "items")}),
        }  # fmt: skip  # in few lines
        return settled(table)

    def strand(self) -> Table:
        strand: Table = {"id": self.id("s"), "title": "A strand", "weight": self.some(1, 1, 2, 0.5)}
        strand["items"] = [self.item() for _ in self.several(0, 3)]
        for level in ("benchmarks", "skills"):
            strand[level] = [self.benchmark() for _ in self.several(0, 2)]
        if not any(strand[level] for level in ("items", "benchmarks", "skills")):
            strand["items"] = [self.item()]
        strand["questions"] = [{"id": self.id("q"), "text": "What works well?"}] if self.seldom() else []
        strand["from"] = self.some("items", "benchmarks")
        return self.node(strand)

    def benchmark(self) -> Table:
        benchmark = {"id": self.id("b"), "title": "A benchmark", "weight": self.some(1, 1, 2, 0.1)}
        benchmark["level"] = self.some(1, 2)
        benchmark["items"] = [self.item() for _ in self.several(1, 4)]
        return self.node(benchmark)

    def node(self, node: Table) -> Table:
        node["method"] = self.some(*self.methods)
        if self.seldom():
            node["min_answered"] = self.some(0, 0.3, 0.5, 1)
        if self.seldom():
            node["when_missing"] = "refuse"
        if self.seldom():
            node["na"] = self.some("ignored", "blocks")
        if self.seldom():
            node["units"] = "own"
        if self.seldom():
            node["decimals"] = self.some(0, 1, 2)
        return node

    def item(self) -> Table:
        item: Table = {"id": self.id("i"), "text": "Something to say.", "scale": self.some(*self.scales)}
        values = SCALES[item["scale"]]
        item["kind"] = self.some(*["choice"] * 8, "number", "many", "text")
        if self.groups and self.seldom():
            item["groups"] = self.random.sample(self.groups, self.random.randint(1, len(self.groups)))
        if self.conditions and self.items and self.seldom():
            item["show_if"] = self.condition()
        if self.seldom():
            item["short"] = True
        if item["kind"] == "choice":
            item["weight"] = self.some(1, 1, 1, 2, 0.3)
            item["reverse"] = self.seldom()
            item["level"], item["met"] = self.some(1, 2, 3), self.some(*values)
            if self.seldom():
                item["scored"] = False
            if len(values) > 3 and self.seldom():
                item["not_applicable_values"] = [self.some(*values)]
        elif item["kind"] != "many":
            del item["scale"]
        if item["kind"] != "text":
            self.items.append(item)
        return item

    def condition(self) -> str:
        one = self.comparison()
        match self.some("one", "one", "not", "and", "or", "both"):
            case "not":
                return f"not {one}"
            case "and":
                return f"{one} and {self.comparison()}"
            case "or":
                return f"{one} or not ({self.comparison()})"
            case "both":
                return f"({one} or {self.comparison()}) and not {self.comparison()}"
            case _:
                return one

    def comparison(self) -> str:
        item = self.some(*self.items)
        if item["kind"] == "number":
            return f"{item['id']} {self.some('<', '>=', '!=')} {self.some(1, 2)}"
        sign = "has" if item["kind"] == "many" else self.some("<", "<=", "==", "!=", ">=", ">")
        return f"{item['id']} {sign} {self.some(*SCALES[item['scale']]):g}"


def settled(table: Table) -> Table:
    """The table without what contradicts itself: levels off ladders, own units where scales differ, and so on."""
    _settle_sources(table)
    for _ in range(3):  # what a ladder becomes can change the units above it, and so on up
        _settle_methods(table)
        _settle_ladders(table)
    return table


def _settle_sources(table: Table) -> None:
    if not any(middle(strand) for strand in table["strands"]) and table["overall"]["from"] == "benchmarks":
        table["overall"]["from"] = "strands"
    for strand in table["strands"]:
        if not middle(strand) or any(_is_scored(item) for item in strand["items"]):
            strand["from"] = "items"


def _settle_methods(table: Table) -> None:
    for node, below in _with_parts(table):
        levels = {getattr(part, "level", None) or 0 for part in below} or {0}
        if node["method"] == "ladder" and (0 in levels or levels != {*range(min(levels), max(levels) + 1)}):
            node["method"] = "mean"
    for node, ends in zip(_nodes(table), _spans(table), strict=True):
        if ends.mixed:
            node.pop("units", None)
        if node["method"] != "sum":
            node.pop("when_missing", None)
        if node["method"] != "ladder":
            node.pop("na", None)


def _settle_ladders(table: Table) -> None:
    for node, below in reversed(_with_parts(table)):
        node.pop("met", None)
        if node["method"] == "ladder" and any(isinstance(part, Benchmark) for part in below):
            _set_met(node, [_ends(build(table), part) for part in below])
    on_ladders = {part.id for node, below in _with_parts(table) if node["method"] == "ladder" for part in below}
    for part in [*_nodes(table), *items_of(table)]:
        if part.get("id") not in on_ladders:
            part.pop("level", None)
            part.pop("met" if "text" in part else "", None)


def _ends(questionnaire: Questionnaire, part: Part) -> Span:
    own = isinstance(part, Item) or part.units == "own"
    return span(questionnaire, part) if own else POINTS


def _set_met(node: Table, ends: Sequence[Span]) -> None:
    """The middle of what all parts of a ladder can have; a mean where there is no such thing."""
    low, high = max(one.lowest for one in ends), min(one.highest for one in ends)
    if low < high:
        node["met"] = (low + high) / 2
    else:
        node["method"] = "mean"


def _spans(table: Table) -> list[Span]:
    questionnaire = build(table)
    return [span(questionnaire, model) for model in _models(questionnaire)]


def _with_parts(table: Table) -> list[tuple[Table, Sequence[Part]]]:
    questionnaire = build(table)
    models = _models(questionnaire)
    return [(node, parts(questionnaire, model)) for node, model in zip(_nodes(table), models, strict=True)]


def _nodes(table: Table) -> list[Table]:
    nodes = [table["overall"]]
    for strand in table["strands"]:
        nodes += [strand, *middle(strand)]
    return nodes


def _models(questionnaire: Questionnaire) -> list[Node]:
    nodes: list[Node] = [questionnaire.overall]
    for strand in questionnaire.strands:
        nodes += [strand, *strand.middle]
    return nodes


def middle(strand: Table) -> list[Table]:
    return [*strand["benchmarks"], *strand["skills"]]


def _is_scored(item: Table) -> bool:
    return item["kind"] == "choice" and bool(item.get("scored", True))


# Answers


def rows(table: Table, most: int = 5, blanks: float = 0.25) -> st.SearchStrategy[list[Row]]:
    """Some respondents; `blanks` is the share of answers that are missing."""

    def make(random: Random) -> list[Row]:
        groups = [group["id"] for group in table["groups"]] or [None]
        return [person(random, table, random.choice(groups), blanks) for _ in range(random.randint(1, most))]

    return SEEDS.map(make)


def person(random: Random, table: Table, group: str | None, blanks: float) -> Row:
    """A respondent who answers at random."""
    return Row(group, {item["id"]: response(random, item, blanks) for item in items_of(table)})


def response(random: Random, item: Table, blanks: float) -> Any:
    """What a person may answer, or a kind of missing."""
    if item["kind"] == "text" or random.random() < blanks:
        return "skipped" if item["kind"] == "text" else random.choice(MISSING)
    if item["kind"] == "number":
        return random.randint(0, 4)
    values = SCALES[item["scale"]]
    if not blanks:
        values = points(item)
    return random.choice(values) if item["kind"] == "choice" else tuple(random.sample(values, random.randint(1, 2)))


def points_of(item: Table) -> tuple[float, ...]:
    """The points of a choice that are an answer, from the lowest; none of another kind of item."""
    return tuple(sorted(points(item))) if item["kind"] == "choice" else ()


def points(item: Table) -> tuple[float, ...]:
    """The points of an item's scale that are an answer."""
    return tuple(value for value in SCALES[item["scale"]] if value not in item.get("not_applicable_values", []))


def items_of(table: Table) -> list[Table]:
    """Every item of a table but its open questions."""
    return [
        item
        for strand in table["strands"]
        for holder in (strand, *strand.get("benchmarks", []), *strand.get("skills", []))
        for item in holder.get("items", [])
    ]


def one_person(random: Random, table: Table, group: str | None, blanks: float, mind: int | None) -> Row:
    """Somebody who answers at random, or nearly always as well (1) or as badly (0) as can be."""
    row = person(random, table, group, blanks)
    if mind is None:
        return row
    given = dict(row.answers)
    for item in items_of(table):
        if item["kind"] == "choice" and not isinstance(given[item["id"]], str) and random.random() < 0.95:
            best = max if bool(mind) != item.get("reverse", False) else min
            given[item["id"]] = best(points(item))
    return Row(group, given)


def answers(questionnaire: Questionnaire, people: Sequence[Row], *, short: bool = False) -> Answers:
    """The rows as the program keeps them."""
    form = "short" if short else "full"
    given = [
        {id: Missing[one.upper()] if isinstance(one, str) else one for id, one in row.answers.items()} for row in people
    ]
    lines = []
    for row, responses in zip(people, given, strict=True):
        shown = {item.id for item in asked_items(questionnaire, row.group, form, responses)}
        lines.append(
            "".join(
                encode(
                    item,
                    responses.get(item.id, Missing.SKIPPED) if item.id in shown else Missing.NOT_ASKED,
                    questionnaire,
                )
                for item in questionnaire.items
            )
        )
    return from_characters(questionnaire, lines, [row.group for row in people], [str(n) for n in range(len(people))])


def to_csv(people: Sequence[Row]) -> str:
    """The rows as a CSV file."""
    columns = list(people[0].answers)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["respondent", *(["group"] if people[0].group else []), *columns])
    for number, row in enumerate(people):
        cells = [_cell(row.answers[column]) for column in columns]
        writer.writerow([f"person {number}", *([row.group] if row.group else []), *cells])
    return file.getvalue()


def _cell(answer: Any) -> str:
    if isinstance(answer, str):
        return CELLS[answer]
    return " ".join(f"{one:g}" for one in (answer if isinstance(answer, tuple) else (answer,)))


def scored(table: Mapping[str, Any], csv_file: Path, min_group: int = 1, *, short: bool = False) -> Any:
    """The JSON document of a CSV file, as the command `report` makes it."""
    found = read_responses(csv_file, build(table), "short" if short else "full")
    results = {name: score(one) for name, one in found.rounds.items()}
    return json.loads(to_json(document(edition(table), release(results, rules(min_group)))))


def edition(table: Mapping[str, Any]) -> Edition:
    """The questionnaire as if read from a file."""
    return Edition(build(table), b"", "0" * 64)

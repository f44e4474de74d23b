"""Scores the slow way: one person, one node, one sum at a time, in exact fractions.

Written from the rules that docs/scores.md states: it takes the table of a questionnaire file as TOML
gives it and imports nothing of selfassess, so that a mistake there cannot hide here.
"""

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

Table = Mapping[str, Any]
SKIPPED, DOES_NOT_APPLY, DO_NOT_KNOW, NOT_ASKED = "skipped", "not_applicable", "dont_know", "not_asked"


class Score(NamedTuple):
    """A share of the way from the lowest to the highest score, and the value in the node's own units."""

    share: Fraction
    own: Fraction | None

    @property
    def points(self) -> Fraction:
        return 100 * self.share


class Ends(NamedTuple):
    """Lowest and highest in own units; mixed: there are no own units but 0 to 100."""

    low: Fraction
    high: Fraction
    mixed: bool = False


@cache
def exact(number: float | int) -> Fraction:
    """The decimal number that a person wrote: 0.1 is a tenth."""
    return Fraction(repr(number))


class Person:
    """One respondent's way through a questionnaire."""

    def __init__(self, table: Table, group: str | None, responses: Mapping[str, Any], short: bool = False) -> None:
        self.table = table
        self.group = group
        self.scales = table.get("scales", {})
        self.answers: dict[str, Any] = {}
        self.seen: dict[str, Part] = {}
        for strand in table["strands"]:
            for item in items_of(strand):
                self.answers[item["id"]] = self._answer(item, responses.get(item["id"], SKIPPED), short)

    def _answer(self, item: Table, response: Any, short: bool) -> Any:
        if self.group and item.get("groups") and self.group not in item["groups"]:
            return NOT_ASKED
        if short and not item.get("short") and not item.get("open question"):
            return NOT_ASKED
        if "show_if" in item and said(item["show_if"], self.answers) is not True:
            return NOT_ASKED
        if not isinstance(response, str) and response in item.get("not_applicable_values", []):
            return DOES_NOT_APPLY
        return response

    # What a node is made of

    def scale(self, strand: Table, middle: Table | None, item: Table) -> list[Fraction]:
        only = next(iter(self.scales)) if len(self.scales) == 1 else None
        named = (holder.get("scale") for holder in (item, middle or {}, strand, self.table))
        name = next((name for name in named if name), only)
        left_out = {exact(value) for value in item.get("not_applicable_values", [])}
        return [v for v in (exact(point["value"]) for point in self.scales[name]["points"]) if v not in left_out]

    def choices(self, strand: Table, middle: Table | None) -> list["Part"]:
        holders = [middle] if middle else [None, *middles_of(strand)]
        return [
            self.item_part(strand, holder, item)
            for holder in holders
            for item in (holder or strand).get("items", [])
            if item.get("kind", "choice") == "choice"
        ]

    def scored_items(self, strand: Table, middle: Table | None) -> list["Part"]:
        return [part for part in self.choices(strand, middle) if part.table.get("scored", True)]

    def item_part(self, strand: Table, middle: Table | None, item: Table) -> "Part":
        if item["id"] not in self.seen:
            self.seen[item["id"]] = self.part_of_item(strand, middle, item)
        return self.seen[item["id"]]

    def part_of_item(self, strand: Table, middle: Table | None, item: Table) -> "Part":
        points = self.scale(strand, middle, item)
        low, high = min(points), max(points)
        answer = self.answers[item["id"]]
        score = None
        if not isinstance(answer, str):
            value = exact(answer)
            if item.get("reverse"):
                value = low + high - value
            score = Score((value - low) / (high - low), value)
        applies = answer != DOES_NOT_APPLY
        return Part(item, Ends(low, high), score, answer != NOT_ASKED, score is not None, applies)

    def node_part(self, node: Table, parts: list["Part"], items: list["Part"]) -> "Part":
        asked = [item for item in items if item.asked]
        applies = any(item.applies for item in asked)
        return Part(node, ends(node, parts), self.score(node, parts, items), bool(asked), True, applies)

    # The rules

    def score(self, node: Table, parts: list["Part"], items: list["Part"]) -> Score | None:
        method = node.get("method", "mean")
        asked = [item for item in items if item.asked]
        answered = [item for item in asked if item.answered]
        if method == "none" or not answered:
            return None
        share = node.get("min_answered", self.table.get("scoring", {}).get("min_answered", 0.5))
        if Fraction(len(answered), len(asked)) < exact(share):
            return None
        there = [part for part in parts if part.score is not None]
        absent = [part for part in parts if part.asked and part.score is None]
        scale = ends(node, parts)
        if not there or (method == "sum" and node.get("when_missing") == "refuse" and absent):
            return None
        if method == "ladder":
            return self.ladder(node, parts, scale)
        if method == "min":
            return placed(min(share_of(part) for part in there), scale)
        weight = {part.id: exact(part.table.get("weight", 1)) for part in there}
        if method == "sum":
            width = {part.id: weight[part.id] * (part.ends.high - part.ends.low) for part in there}
        else:
            width = weight
        return placed(sum(width[p.id] * share_of(p) for p in there) / sum(width.values()), scale)

    def ladder(self, node: Table, parts: list["Part"], scale: Ends) -> Score:
        reached = 0
        for level in range(1, int(scale.high) + 1):
            here = [part for part in parts if part.table.get("level") == level and part.asked]
            if node.get("na", "ignored") == "ignored":
                here = [part for part in here if part.applies]
            if not all(self.meets(node, part) for part in here):
                break
            if here:
                reached = level
        return placed(Fraction(reached, int(scale.high)), scale)

    def meets(self, ladder: Table, part: "Part") -> bool:
        if part.score is None:
            return False
        is_item = "text" in part.table
        edge = exact(part.table["met"] if is_item and "met" in part.table else ladder["met"])
        in_own_units = is_item or part.table.get("units", "points") == "own"
        value = part.score.own if in_own_units else part.score.points
        assert value is not None
        return value >= edge

    # Everything

    def nodes(self) -> Iterable["Below"]:
        """Every benchmark, skill and strand, and "overall", from below."""
        strands, all_middles, all_items = [], [], []
        for strand in self.table["strands"]:
            items = self.scored_items(strand, None)
            middles = []
            for middle in middles_of(strand):
                below = self.scored_items(strand, middle)
                yield Below(middle["id"], middle, below, below)
                if below and middle.get("method") != "none":
                    middles.append((self.node_part(middle, below, below), below))
            made_from = items
            counted = items
            if strand.get("from") == "benchmarks":
                made_from = [part for part, _ in middles]
                counted = [item for _, below in middles for item in below]
            yield Below(strand["id"], strand, made_from, counted)
            if items and made_from and strand.get("method") != "none":
                strands.append((self.node_part(strand, made_from, counted), counted))
            all_middles += middles
            all_items += items
        overall = self.table.get("overall", {})
        match overall.get("from", "strands"):
            case "items":
                parts, counted = all_items, all_items
            case "benchmarks":
                parts, counted = [part for part, _ in all_middles], [i for _, below in all_middles for i in below]
            case _:
                parts, counted = [part for part, _ in strands], [i for _, below in strands for i in below]
        yield Below("overall", overall, parts, counted)

    def scores(self) -> dict[str, Score | None]:
        """Of every choice, benchmark, skill and strand by id, and of "overall"."""
        found = {item.id: item.score for strand in self.table["strands"] for item in self.choices(strand, None)}
        return found | {
            one.id: self.score(one.table, one.parts, one.items) if one.parts else None for one in self.nodes()
        }


def means(people: Sequence[Person]) -> dict[str, Score]:
    """Of a cell, the mean of all answers below each node, each with the weight that it has for those of its group."""
    scores = {id(person): person.scores() for person in people}
    total: dict[str, Fraction] = {}
    number: dict[str, Fraction] = {}
    for group in {person.group for person in people}:
        members = [person for person in people if person.group == group]
        for node, weights in weights_of(members).items():
            for leaf, weight in weights.items():
                given = [score.share for one in members if (score := scores[id(one)][leaf]) is not None]
                total[node] = total.get(node, Fraction(0)) + weight * sum(given, Fraction(0))
                number[node] = number.get(node, Fraction(0)) + weight * len(given)
    scales = {node.id: ends(node.table, node.parts) for one in people[:1] for node in one.nodes()}
    return {node: placed(total[node] / number[node], scales[node]) for node in total if number[node]}


def weights_of(members: Sequence[Person]) -> dict[str, dict[str, Fraction]]:
    """Of a group, by node what it is made from in the end: items, and nodes that are no sum. A question that is asked
    on a condition adds its weight to what the others have."""
    asked = {item.id for one in members for below in one.nodes() for item in below.items if item.asked}
    found: dict[str, dict[str, Fraction]] = {}
    there, sure = set(asked), set[str]()
    for node in members[0].nodes():
        sure |= {item.id for item in node.items if item.id in asked and "show_if" not in item.table}
        if any(item.id in asked for item in node.items):
            there.add(node.id)
        if any(item.id in sure for item in node.items):
            sure.add(node.id)
        parts = [part for part in node.parts if part.id in there]
        method = node.table.get("method", "mean")
        if not parts or not (method in ("mean", "sum") or (method == "min" and len(parts) == 1)):
            found[node.id] = {node.id: Fraction(1)}
            continue
        wide = {part.id: part.ends.high - part.ends.low if method == "sum" else 1 for part in parts}
        weight = {part.id: exact(part.table.get("weight", 1)) * wide[part.id] for part in parts}
        whole = sum(weight[id] for id in weight if id in sure) or sum(weight.values())
        found[node.id] = {}
        for id, own in weight.items():
            for leaf, share in found.get(id, {id: Fraction(1)}).items():
                found[node.id][leaf] = found[node.id].get(leaf, Fraction(0)) + own * share / whole
    return found


class Below(NamedTuple):
    """A node, the parts that it is made from, and the items below it."""

    id: str
    table: Table
    parts: list["Part"]
    items: list["Part"]


class Part(NamedTuple):
    """What a score is made from: an item or a node, with what the person has there."""

    table: Table
    ends: Ends
    score: Score | None
    asked: bool
    answered: bool
    applies: bool

    @property
    def id(self) -> str:
        return str(self.table["id"])


def ends(node: Table, parts: list[Part]) -> Ends:
    """The lowest and highest of a node's own units."""
    if not parts:
        return Ends(Fraction(0), Fraction(100), True)
    if node.get("method") == "ladder":
        return Ends(Fraction(0), Fraction(max(part.table.get("level", 0) for part in parts)))
    if node.get("method") == "sum":
        weights = [exact(part.table.get("weight", 1)) for part in parts]
        return Ends(
            sum((w * part.ends.low for w, part in zip(weights, parts, strict=True)), Fraction(0)),
            sum((w * part.ends.high for w, part in zip(weights, parts, strict=True)), Fraction(0)),
        )
    alike = len({(part.ends.low, part.ends.high) for part in parts}) == 1
    return (
        parts[0].ends
        if alike and not any(part.ends.mixed for part in parts)
        else Ends(Fraction(0), Fraction(100), True)
    )


def placed(share: Fraction, scale: Ends) -> Score:
    return Score(share, None if scale.mixed else scale.low + share * (scale.high - scale.low))


def share_of(part: Part) -> Fraction:
    assert part.score is not None
    return part.score.share


def middles_of(strand: Table) -> list[Table]:
    return [*strand.get("benchmarks", []), *strand.get("skills", [])]


def items_of(strand: Table) -> Iterable[Table]:
    yield from strand.get("items", [])
    for middle in middles_of(strand):
        yield from middle["items"]
    yield from ({"kind": "text", **question, "open question": True} for question in strand.get("questions", []))


# Conditions, read by Python's own parser: its and, or, not and brackets are those of the format.


def said(condition: str, answers: Mapping[str, Any]) -> bool | None:
    """Whether a condition is true, false, or neither because something it needs is missing."""
    return _said(ast.parse(re.sub(r"\bhas\b", "in", condition), mode="eval").body, answers)


def _said(node: ast.expr, answers: Mapping[str, Any]) -> bool | None:
    if isinstance(node, ast.UnaryOp):
        inner = _said(node.operand, answers)
        return None if inner is None else not inner
    if isinstance(node, ast.BoolOp):
        decides = isinstance(node.op, ast.Or)
        values = [_said(value, answers) for value in node.values]
        return decides if decides in values else None if None in values else not decides
    assert isinstance(node, ast.Compare)
    assert isinstance(node.left, ast.Name)
    value = answers.get(node.left.id, NOT_ASKED)
    edge = ast.literal_eval(node.comparators[0])
    if isinstance(value, str):
        return None
    match node.ops[0]:
        case ast.In():
            return edge in value
        case ast.Lt():
            return value < edge
        case ast.LtE():
            return value <= edge
        case ast.Gt():
            return value > edge
        case ast.GtE():
            return value >= edge
        case ast.Eq():
            return value == edge
        case _:
            return value != edge

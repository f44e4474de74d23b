"""What is printed of some rounds about skills, as rules that the answers of their people must keep.

It is read by somebody who has the tables of the questionnaires, knows who was in each group, who left what open and of
whom comparisons speak, and has nobody's answers. It imports nothing of the program: how scores are made is taken from
docs/scores.md, what the documents hold from docs/json.md. What it can't read are numbers that are no sums of answers:
standard deviations within a round, and what follows from them.

Unknown is how many of each *class* gave each answer to each item of each round; a class are people of one group of whom
the same comparisons speak. Nothing that is printed tells people of a class apart, so this is all there is to know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Table = Mapping[str, Any]
Key = tuple[Any, ...]
"""An unknown: how many people of a class chose a value of an item."""
Class = tuple[str, frozenset[tuple[int, str]]]
"""A group, and the comparisons and their cells that speak of these people."""
ALL = "all"
HAIR = 1e-7


@dataclass(frozen=True)
class Respondent:
    """Somebody in a round."""

    group: str
    given: Mapping[str, float]
    """By item, what they answered. The attacker looks at the items alone; the answers are there to see whether the
    attack is right, and to save it work."""
    key: str
    """What tells that it is the same person in another round; nothing where nobody can tell."""
    marks: frozenset[tuple[int, str]]
    """The comparisons, and the cells of these, in which they stand for the same people."""


@dataclass(frozen=True)
class Occasion:
    """A round."""

    table: Table
    people: tuple[Respondent, ...]

    @cached_property
    def scales(self) -> dict[str, list[float]]:
        """By item, its values from the lowest."""
        return {one["id"]: sorted(point["value"] for point in self.table["scales"][one["scale"]]["points"])
                for one in items(self.table)}  # fmt: skip  # one for each

    @cached_property
    def reversed(self) -> frozenset[str]:
        return frozenset(one["id"] for one in items(self.table) if one.get("reverse"))

    def share(self, item: str, value: float) -> float:
        """An answer from 0 to 1, after reversal."""
        low, high = self.scales[item][0], self.scales[item][-1]
        share = (value - low) / (high - low)
        return 1 - share if item in self.reversed else share

    def is_reliable(self, item: str, value: float) -> bool:
        """Whether an answer shows a behaviour reliably."""
        values = self.scales[item]
        turned = values[0] + values[-1] - value if item in self.reversed else value
        return turned >= self._shown_from[item]

    @cached_property
    def _shown_from(self) -> dict[str, float]:
        return {item["id"]: float(skill["shown_from"]) for skill in skills_of(self.table).values()
                for item in skill["items"]}  # fmt: skip  # one for each

    @cached_property
    def classes(self) -> dict[Class, list[Respondent]]:
        found: dict[Class, list[Respondent]] = {}
        for one in self.people:
            found.setdefault((one.group, one.marks), []).append(one)
        return found

    def n(self, who: Class, item: str) -> int:
        return sum(item in one.given for one in self.classes[who])


@dataclass(frozen=True)
class Report:
    """The report of a round, as JSON and as text."""

    round: int
    data: Table
    text: str


@dataclass(frozen=True)
class Comparison:
    """That of two rounds; the text once for all and for each group that it can be narrowed to."""

    rounds: tuple[int, int]
    data: Table
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """What is printed, as a sum over unknowns and the range that it lies in."""

    terms: Mapping[Key, float]
    low: float
    high: float
    says: str
    is_number: bool = True
    """Whether a number is printed. A code, or at least so many, is only a range."""


# Questionnaires


def items(table: Table) -> list[Table]:
    return [item for strand in table["strands"] for skill in strand["skills"] for item in skill["items"]]


def scored(skill: Table) -> list[Table]:
    return [item for item in skill["items"] if item.get("scored", True)]


def weights(table: Table, id: str, only: frozenset[str] | None = None) -> dict[str, float]:
    """By item, its weight in a node; of some of the items alone, as if the others were not there."""

    def of_skill(skill: Table) -> dict[str, float]:
        return {one["id"]: float(one.get("weight", 1)) for one in scored(skill) if only is None or one["id"] in only}

    def of_strand(strand: Table) -> dict[str, float]:
        skills = [found for skill in strand["skills"] if (found := of_skill(skill))]
        if strand["from"] == "items":
            return {item: weight for one in skills for item, weight in one.items()}
        return {item: weight for one in skills for item, weight in _as_one(one).items()}

    for strand in table["strands"]:
        if strand["id"] == id:
            return _as_one(of_strand(strand))
        for skill in strand["skills"]:
            if skill["id"] == id:
                return _as_one(of_skill(skill))
    strands = [found for strand in table["strands"] if (found := of_strand(strand))]
    if table["overall"]["from"] == "items":
        return _as_one({item: weight for strand in table["strands"] for skill in strand["skills"]
                        for item, weight in of_skill(skill).items()})  # fmt: skip  # one for each
    return _as_one({item: weight for one in strands for item, weight in _as_one(one).items()})


def _as_one(some: dict[str, float]) -> dict[str, float]:
    whole = sum(some.values())
    return {item: weight / whole for item, weight in some.items()}


def skills_of(table: Table) -> dict[str, Table]:
    return {skill["id"]: skill for strand in table["strands"] for skill in strand["skills"]}


def nodes(table: Table) -> list[str]:
    return [*(id for strand in table["strands"] for id in (strand["id"], *(one["id"] for one in strand["skills"]))),
            "overall"]  # fmt: skip  # in few lines


def figures(cell: Table) -> Iterator[tuple[Table, bool]]:
    """Each table of figures, and whether it is that of an item."""
    yield {**cell["overall"], "id": "overall"}, False
    for strand in cell["strands"]:
        yield strand, False
        for skill in strand["benchmarks"]:
            yield skill, False
            yield from ((one, True) for one in skill["items"])


# Rules


class Rules:
    """Everything that is printed of some rounds."""

    def __init__(
        self, occasions: Sequence[Occasion], reports: Sequence[Report], comparisons: Sequence[Comparison]
    ) -> None:
        self.occasions = occasions
        self.reports = reports
        self.comparisons = comparisons

    def all(self) -> Iterator[Rule]:
        for round in range(len(self.occasions)):
            yield from self._whole(round)
        for report in self.reports:
            yield from self._reported(report)
        for place, comparison in enumerate(self.comparisons):
            yield from self._compared(place, comparison)

    def _whole(self, round: int) -> Iterator[Rule]:
        """Everybody who answered chose something."""
        one = self.occasions[round]
        for who in one.classes:
            for item, values in one.scales.items():
                n = one.n(who, item)
                yield Rule({(round, item, who, value): 1.0 for value in values}, n, n, "who answered")

    # Reports

    def groups_in(self, report: Report, cell: str) -> frozenset[str]:
        data = report.data
        if cell == "pool":
            return frozenset(data["pooled"])
        if cell != ALL:
            return frozenset([cell])
        return frozenset(one["group"] for one in data["attendance"] if one["standing"] != "left_out")

    def _reported(self, report: Report) -> Iterator[Rule]:
        (round,) = report.data["rounds"]
        cells = [(ALL, round["all"])] + [(one["id"], one) for one in round["groups"]]
        for cell, told in cells:
            if cell in round["left_out"]:
                continue
            who = self.whom(report.round, self.groups_in(report, cell))
            for figure, is_item in figures(told):
                said = f"{figure['id']} of {cell} in round {report.round}"
                if is_item:
                    yield from self._item(report.round, who, figure, said)
                else:
                    yield from self._node(report.round, who, figure, said)
        yield from self._differences(report)

    def whom(self, round: int, groups: frozenset[str], mark: tuple[int, str] | None = None) -> list[Class]:
        """The classes of some groups; of those whom a cell of a comparison takes for the same people."""
        return [who for who in self.occasions[round].classes
                if who[0] in groups and (mark is None or mark in who[1])]  # fmt: skip  # one rule

    def _item(self, round: int, who: Sequence[Class], figure: Table, said: str) -> Iterator[Rule]:
        item = figure["id"]
        for value, n in (figure["counts"] or {}).items():
            terms = {(round, item, one, float(value)): 1.0 for one in who}
            yield Rule(terms, n, n, f"{n} chose {value} of {said}")
        if figure["mean"] is not None:
            yield from self.mean(round, who, {item: 1.0}, figure["mean"], 0.5, f"mean of {said}")

    def _node(self, round: int, who: Sequence[Class], figure: Table, said: str) -> Iterator[Rule]:
        own = weights(self.occasions[round].table, figure["id"])
        if figure["mean"] is not None:
            yield from self.mean(round, who, own, figure["mean"], 0.5, f"mean of {said}")
        elif figure["coded"]:
            edge = float(figure["coded"].split()[0])
            low, high = (edge, 100.0) if figure["coded"].endswith("more") else (0.0, edge)
            yield from self._between(round, who, own, low, high + HAIR, f"code of {said}", is_number=False)

    def mean(
        self, round: int, who: Sequence[Class], own: Mapping[str, float], mean: float, half: float, said: str
    ) -> Iterator[Rule]:
        """A mean in points, that was rounded half up."""
        yield from self._between(round, who, own, mean - half, mean + half - HAIR, said)

    def _between(
        self, round: int, who: Sequence[Class], own: Mapping[str, float], low: float, high: float, said: str,
        *, is_number: bool = True,
    ) -> Iterator[Rule]:  # fmt: skip  # in few lines
        terms, whole = self.sum_of(round, who, own)
        if whole:
            yield Rule(terms, whole * low / 100 - HAIR, whole * high / 100, said, is_number)

    def sum_of(self, round: int, who: Sequence[Class], own: Mapping[str, float]) -> tuple[dict[Key, float], float]:
        """All answers below a node added up, each from 0 to 1 with its weight, and what that can be at most."""
        one = self.occasions[round]
        terms, whole = {}, 0.0
        for item, weight in own.items():
            whole += weight * sum(one.n(some, item) for some in who)
            for some in who:
                for value in one.scales[item]:
                    terms[round, item, some, value] = weight * one.share(item, value)
        return terms, whole

    def _differences(self, report: Report) -> Iterator[Rule]:
        for one in report.data["differences"]:
            if one["points"] is None:
                continue
            terms: dict[Key, float] = {}
            for group, sign in ((one["higher"], 1), (one["lower"], -1)):
                who = self.whom(report.round, self.groups_in(report, group))
                own = weights(self.occasions[report.round].table, one["id"])
                found, whole = self.sum_of(report.round, who, own)
                terms |= {key: sign * share / whole for key, share in found.items() if whole}
            # Both means were rounded before, or their difference was.
            yield Rule(terms, one["points"] / 100 - 0.01, one["points"] / 100 + 0.01, f"difference on {one['id']}")

    # Comparisons

    def _compared(self, place: int, comparison: Comparison) -> Iterator[Rule]:
        later = self.occasions[comparison.rounds[1]].table
        for cell in comparison.data["cells"]:
            groups = frozenset(cell["groups"])
            for node in cell["nodes"]:
                own = weights(later, node["id"], frozenset(node["items"])) if node["items"] else {}
                for view in ("everybody", "matched"):
                    if node[view] is not None:
                        said = f"{view} of {node['id']} of {cell['id']} in comparison {place}"
                        mark = (place, cell["id"]) if view == "matched" else None
                        yield from self._view(comparison, node, view, own, groups, mark, said)
                if node["matched"] is not None and node["matched"]["moves"] and len(own) == 1:
                    yield from self._moves(comparison, node, groups, (place, cell["id"]))

    def _view(
        self, comparison: Comparison, node: Table, view: str, own: Mapping[str, float], groups: frozenset[str],
        mark: tuple[int, str] | None, said: str,
    ) -> Iterator[Rule]:  # fmt: skip  # in few lines
        for side, name in enumerate(("before", "after")):
            round = comparison.rounds[side]
            names = {item: item if side else node["items"][item] for item in own}
            who = self.whom(round, groups, mark)
            there = {names[item]: weight for item, weight in own.items()}
            yield from self.mean(round, who, there, node[view][name], 0.5, f"{name} of {said}")

    def _moves(
        self, comparison: Comparison, node: Table, groups: frozenset[str], mark: tuple[int, str]
    ) -> Iterator[Rule]:
        """How many went up, stayed and went down, and how far apart that is, where a skill has a single item: of how
        many people was it which answer then, and which now."""
        first, second = (self.occasions[round] for round in comparison.rounds)
        ((after, before),) = node["items"].items()
        pairs: dict[tuple[Class, Class], int] = {}
        there = {one.key: one for one in first.people if mark in one.marks and before in one.given}
        for one in second.people:
            if mark in one.marks and after in one.given and one.key in there:
                then = there[one.key]
                both = (then.group, then.marks), (one.group, one.marks)
                pairs[both] = pairs.get(both, 0) + 1
        moves, n = node["matched"]["moves"], sum(pairs.values())
        step = max(5, *(report.data["rules"]["min_group"] for report in self.reports))
        unknown = {
            (*mark, before, after, both, then, now): second.share(after, now) - first.share(before, then)
            for both in pairs for then in first.scales[before] for now in second.scales[after]
        }  # fmt: skip  # one for each
        for both, of in pairs.items():
            yield Rule({key: 1.0 for key in unknown if key[4] == both}, of, of, "who answered both times")
        for side, (round, item) in enumerate(zip(comparison.rounds, (before, after), strict=True)):
            for who in {both[side] for both in pairs}:
                for value in self.occasions[round].scales[item]:
                    terms: dict[Key, float] = {
                        key: 1.0 for key in unknown if key[4][side] == who and key[5 + side] == value
                    }
                    terms[round, item, who, value] = -1.0
                    yield Rule(terms, -len(self.occasions[round].people), 0, "both", is_number=False)
        for name, sign in (("up", 1), ("same", 0), ("down", -1)):
            terms = {key: 1.0 for key, change in unknown.items() if (change > HAIR) - (change < -HAIR) == sign}
            high = n if moves[name] + step > n - step else moves[name] + step - 1
            yield Rule(terms, moves[name], high, f"at least {moves[name]} {name}", is_number=False)
        yield from self._apart(comparison, node, unknown, n, groups, mark)

    def _apart(
        self, comparison: Comparison, node: Table, unknown: Mapping[Key, float], n: int, groups: frozenset[str],
        mark: tuple[int, str],
    ) -> Iterator[Rule]:  # fmt: skip  # in few lines
        """The standard deviation of changes, which is rounded up to the next 15 points. Only where everybody answered
        both times: then the mean change is that of the means."""
        ((after, before),) = node["items"].items()
        there = [sum(self.occasions[round].n(who, item) for who in self.whom(round, groups, mark))
                 for round, item in zip(comparison.rounds, (before, after), strict=True)]  # fmt: skip  # one for each
        told = node["matched"]
        if told["sd"] is None or there != [n, n]:
            return
        middle = [(told["change"] + end) / 100 for end in (-1, 1)]
        most = max(end * end for end in middle)
        least = 0.0 if middle[0] <= 0 <= middle[1] else min(end * end for end in middle)
        high = (n - 1) * (told["sd"] / 100) ** 2 + n * most
        low = 0.0 if told["sd"] <= 15 else (n - 1) * ((told["sd"] - 15) / 100) ** 2 + n * least
        yield Rule({key: change * change for key, change in unknown.items()}, low - HAIR, high + HAIR, "how far apart",
                   is_number=False)  # fmt: skip  # in few lines


# What is true


def truth(occasions: Sequence[Occasion], comparisons: Sequence[Comparison]) -> dict[Key, float]:
    """The unknowns, as they are."""
    found: dict[Key, float] = {}
    for round, one in enumerate(occasions):
        for person in one.people:
            for item, value in person.given.items():
                key: Key = (round, item, (person.group, person.marks), value)
                found[key] = found.get(key, 0.0) + 1
    for place, comparison in enumerate(comparisons):
        first, second = (occasions[round] for round in comparison.rounds)
        for cell in comparison.data["cells"]:
            mark = (place, cell["id"])
            there = {one.key: one for one in first.people if mark in one.marks}
            for person in second.people:
                if mark in person.marks:
                    then = there[person.key]
                    both = (then.group, then.marks), (person.group, person.marks)
                    for after in person.given:
                        for before in then.given:
                            key = (*mark, before, after, both, then.given[before], person.given[after])
                            found[key] = found.get(key, 0.0) + 1
    return found

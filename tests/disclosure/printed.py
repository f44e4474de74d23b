"""What is printed in a report's JSON, read by somebody who knows the questionnaire, but nobody's answers.

Whatever is printed of scores is a weighted sum of unknown totals: of what the people of a *block* said to an item,
added up, from 0 to 1 each. If a node's mean is made from all answers of a group below it (`pooled`), blocks are groups;
groups that are joined are one. If it is made from each person's own score, blocks are of people of one group who left
the same things open, and are therefore weighted alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from selfassess.model.questionnaire import Item, Questionnaire
from selfassess.model.score_tree import OVERALL, Node, Part, decimals, exact, in_units, nodes, parts, span

Document = Mapping[str, Any]
Form = dict[int, Fraction]
"""A weighted sum of the unknown totals: by the number of a total, its weight."""
Weights = dict[str, Fraction]
"""By the id of an item, or of a node that is no sum: the weight of each answer to it."""
Only = frozenset[str] | None
"""The items that count, where they are not all."""

POOL = "pool"
LEAST_WHO_AGREED = 3
"""From how many people on a small group that agreed may be told as a whole."""


@dataclass(frozen=True)
class Known:
    """What the attacker knows of the people: the group of each; who was asked an item; and who has an answer or a
    score, by the id of the item or node. Nobody's answers are in it."""

    group_of: Sequence[str]
    asked: Mapping[str, Sequence[bool]]
    has: Mapping[str, Sequence[bool]]


@dataclass(frozen=True)
class Told:
    """One printed number: means that are added up, each of an id over some groups, and the range that it stands for."""

    terms: tuple[tuple[Fraction, frozenset[str], str], ...]
    low: float
    high: float
    exact: bool = True
    """Whether it is a number. A coded score is only a range."""
    only: Only = None
    people: frozenset[int] | None = None
    """Of whom it is told, where they are not all of the groups."""


@dataclass(frozen=True)
class Block:
    group: str
    people: frozenset[int]


# What is printed


class Printed:
    """What a report says, and of whom."""

    def __init__(self, document: Document, questionnaire: Questionnaire) -> None:
        self.document = document
        self.questionnaire = questionnaire
        self.nodes = nodes(questionnaire)
        self.items = {item.id: item for item in questionnaire.items if item.kind == "choice"}
        self.follow_ups = frozenset(item.id for item in questionnaire.items if item.show_if)
        (self.round,) = document["rounds"]
        rules = document["rules"]
        self.min_group: int = rules["min_group"]
        self.min_detail: int = max(rules["min_group"], rules["min_detail"])
        standing = {one["group"] or "": one["standing"] for one in document["attendance"]}
        left_out = {*self.round["left_out"], *(group for group, one in standing.items() if one == "left_out")}
        self.pooled = frozenset(document["pooled"])
        self.unit_of = {group: POOL if group in self.pooled else group for group in standing if group not in left_out}
        self.agreed = frozenset(group for group, one in standing.items() if one == "consent" and group not in left_out)

    @property
    def units(self) -> frozenset[str]:
        return frozenset(self.unit_of.values())

    @cached_property
    def figures(self) -> dict[tuple[str | None, str], Document]:
        """Each table of figures by its cell (None for all) and the id of the item or node."""
        cells = [(None, self.round["all"])] + [(cell["id"] or "", cell) for cell in self.round["groups"]]
        found: dict[tuple[str | None, str], Document] = {}
        for name, cell in cells:
            if name is None or name in self.units:
                found |= {(name, figure["id"]): figure for figure in _figures(cell)}
        return found

    def of(self, cell: str | None) -> frozenset[str]:
        return self.units if cell is None else frozenset([cell])

    def half(self, id: str) -> float:
        """Half a step of what is printed, in points."""
        if id in self.items:
            return 0.5
        node = self.nodes[id]
        half = 0.5 / 10.0 ** decimals(node)
        return half / (in_units(self.questionnaire, node, 100) - in_units(self.questionnaire, node, 0)) * 100

    def points(self, id: str, shown: float) -> float:
        """A number in the units that its node is shown in, on 0 to 100."""
        low, high = (in_units(self.questionnaire, self.nodes[id], end) for end in (0, 100))
        return 100 * (shown - low) / (high - low)

    def told(self) -> Iterator[Told]:
        """Everything that is printed of a mean, wherever it stands."""
        for (cell, id), figure in self.figures.items():
            yield from self._of_figure(cell, id, figure)
        yield from self._of_lists()
        yield from self._of_differences()

    def _mean(self, cell: str | None, id: str, points: float) -> Told:
        half = self.half(id)
        return Told(((Fraction(1), self.of(cell), id),), points - half, points + half)

    def _of_figure(self, cell: str | None, id: str, figure: Document) -> Iterator[Told]:
        if figure["n"] == 0:
            return
        terms = ((Fraction(1), self.of(cell), id),)
        if figure.get("counts"):
            mean = self._mean_of_counts(self.items[id], figure["counts"])
            yield Told(terms, mean, mean)
        points = self._points_of(id, figure)
        if points is not None:
            yield self._mean(cell, id, points)
        elif figure.get("possible") or figure.get("likely"):  # either has the mean in it, and the first gives it away
            found = figure.get("possible") or figure["likely"]
            yield Told(terms, found["low"] - 0.5, found["high"] + 0.5, bool(figure.get("possible")))
        if figure.get("coded"):
            edge = int(figure["coded"].split()[0])
            low, high = (float(edge), 100.0) if "more" in figure["coded"] else (0.0, float(edge))
            yield Told(terms, low, high, exact=False)
        yield from self._by_group(id, figure)

    def _by_group(self, id: str, figure: Document) -> Iterator[Told]:
        if figure.get("by_group") is not None:
            shown = [group for group in sorted(self.units) if self.figures[group, id]["mean"] is not None]
            if shown:
                share = Fraction(1, len(shown))
                half = 2 * self.half(id)  # made from means that are themselves rounded
                means = tuple((share, frozenset([group]), id) for group in shown)
                yield Told(means, figure["by_group"] - half, figure["by_group"] + half)

    def _points_of(self, id: str, figure: Document) -> float | None:
        """The mean of a figure, in whatever way it is said."""
        if figure["mean"] is not None:
            return float(figure["mean"])
        if figure["raw_mean"] is not None:
            return self._from_raw(id, figure["raw_mean"])
        if figure.get("shown") is not None:
            return self.points(id, figure["shown"])
        if figure.get("gap") is not None:
            return self.points(id, figure["target"] - figure["gap"])
        return None

    def _from_raw(self, id: str, raw: float) -> float:
        part: Part = self.items.get(id) or self.nodes[id]
        share = span(self.questionnaire, part).share(raw)
        return 100 * (1 - share if isinstance(part, Item) and part.reverse else share)

    def _mean_of_counts(self, item: Item, counts: Mapping[str, int]) -> float:
        ends = span(self.questionnaire, item)
        given = {float(value): number for value, number in counts.items()}
        given = {value: number for value, number in given.items() if value not in item.not_applicable_values}
        share = sum(ends.share(value) * number for value, number in given.items()) / sum(given.values())
        return 100 * (1 - share if item.reverse else share)

    def _of_lists(self) -> Iterator[Told]:
        cell = self.document.get("group")
        for name in ("strengths", "nearest", "highest", "gaps", "also_low"):
            for one in self.document[name]:
                if one["shown"] is not None:
                    yield self._mean(cell, one["id"], self.points(one["id"], one["shown"]))
        for one in self.document["suggestions"]:
            shown, group = one["because"].get("shown"), one["group"]
            if shown is not None and (group is None or group in self.units):
                # A group whose own score is not shown is given what follows from the figures of all.
                own = group is not None and self.figures[group, one["benchmark"]]["shown"] == shown
                yield self._mean(group if own else None, one["benchmark"], self.points(one["benchmark"], shown))

    def _of_differences(self) -> Iterator[Told]:
        for one in self.document["differences"]:
            higher, lower, id = one["higher"], one["lower"], one["id"]
            if one["points"] is None:
                continue
            terms = ((Fraction(1), self.of(higher), id), (Fraction(-1), self.of(lower), id))
            both = self._asked(id, higher) & self._asked(id, lower)
            same = self._asked(id, higher) == self._asked(id, lower) == both
            if not same and not all(self.nodes[below].method in ("mean", "sum") for below in self._nodes_below(id)):
                continue  # made anew from each person's answers, which no total tells
            wide = max(1.0, 2 * self.half(id))  # differences are in whole points, of what is itself rounded
            yield Told(terms, one["points"] - wide, one["points"] + wide, only=None if same else both)

    def _asked(self, id: str, unit: str) -> frozenset[str]:
        groups = [group for group, one in self.unit_of.items() if one == unit]
        return frozenset(
            item for item in self.below(id) if all(self.items[item].asks(group or None) for group in groups)
        )

    def _nodes_below(self, id: str) -> list[str]:
        return [below for below in self.tree(id) if below not in self.items]

    def below(self, id: str) -> frozenset[str]:
        """The items that a node is made from in the end; of an item, itself."""
        if id in self.items:
            return frozenset([id])
        return frozenset().union(*(self.below(self.id_of(part)) for part in self.parts(id)))

    def parts(self, id: str) -> tuple[Item | Node, ...]:
        return parts(self.questionnaire, self.nodes[id])

    def id_of(self, part: Item | Node) -> str:
        return str(getattr(part, "id", OVERALL))

    def tree(self, id: str) -> list[str]:
        """A node, and everything that it is made from; of an item, itself."""
        if id in self.items:
            return [id]
        return [id, *(below for part in self.parts(id) for below in self.tree(self.id_of(part)))]


def _figures(cell: Document) -> Iterator[Document]:
    if cell["overall"]:
        yield {**cell["overall"], "id": OVERALL}
    for strand in cell["strands"]:
        yield strand
        for one in (*strand["benchmarks"], strand):
            if one is not strand:
                yield one
            yield from one["items"]


# What is unknown, and how what is printed is made from it


class System:
    """The unknown totals of some blocks of people on everything below one node, and what is printed of it."""

    def __init__(
        self, printed: Printed, known: Known, ids: Iterable[str], *, pooled: bool, compared: Sequence[Told] = ()
    ) -> None:
        """`compared` is what comparisons with other rounds tell of this one."""
        self.printed = printed
        self.known = known
        self.ids = list(dict.fromkeys(ids))
        self.sets = list(dict.fromkeys(told.people for told in compared if told.people is not None))
        self.blocks = self._blocks(pooled)
        self.columns: dict[tuple[int, str], int] = {}
        self.pooled = pooled
        self._shares: dict[tuple[int, str, Only], tuple[Form, Fraction]] = {}
        self._asked = [self._asked_of(block) for block in self.blocks]
        there = set(self.ids)
        some = [told for told in (*printed.told(), *compared) if all(id in there for _, _, id in told.terms)]
        forms = [(self._form(told), told) for told in some]
        self.told = [(form, told) for form, told in forms if form]
        for block in range(len(self.blocks)):
            for id in self.ids:
                self.share(block, id)  # what nothing is printed of is unknown all the same
        self.keys = list(self.columns)

    def _blocks(self, pooled: bool) -> list[Block]:
        found: dict[tuple[str, tuple[bool, ...]], set[int]] = defaultdict(set)
        for person, group in enumerate(self.known.group_of):
            if group in self.printed.unit_of:
                sort = () if pooled else tuple(bool(self.known.has[id][person]) for id in self.ids)
                sort += tuple(person in people for people in self.sets)
                found[self.printed.unit_of[group], sort].add(person)
        return [Block(group, frozenset(people)) for (group, _), people in found.items()]

    def people(self, block: int, id: str) -> frozenset[int]:
        """Who of a block has an answer or a score."""
        has = self.known.has[id]
        return frozenset(person for person in self.blocks[block].people if has[person])

    def n(self, block: int, id: str) -> int:
        return len(self.people(block, id))

    def _asked_of(self, block: Block) -> frozenset[str]:
        """The items that anybody of the whole group was asked."""
        people = frozenset().union(*(one.people for one in self.blocks if one.group == block.group))
        return frozenset(id for id in self.printed.items if any(self.known.asked[id][one] for one in people))

    def share(self, block: int, id: str, only: Only = None) -> tuple[Form, Fraction]:
        """What a block adds to the mean of an item or node: a sum of totals, and what to divide it by."""
        key = block, id, only
        if key not in self._shares:
            self._shares[key] = self._of_answers(*key) if self.pooled else self._of_people(*key)
        return self._shares[key]

    def _column(self, block: int, id: str) -> tuple[Form, Fraction]:
        n = self.n(block, id)
        return ({self.columns.setdefault((block, id), len(self.columns)): Fraction(1)} if n else {}), Fraction(n)

    def _of_answers(self, block: int, id: str, only: Only) -> tuple[Form, Fraction]:
        """All answers below a node, each with the weight that it has there."""
        asked = self._asked[block] if only is None else self._asked[block] & only
        form: Form = {}
        whole = Fraction()
        for leaf, weight in self._weights(id, asked).items():
            found, n = self._column(block, leaf)
            form |= {column: weight * share for column, share in found.items()}
            whole += weight * n
        return form, whole

    def _weights(self, id: str, asked: frozenset[str]) -> Weights:
        """The weights of everything below a node for people who were asked these items. They are 1 together, but for
        those of follow-up questions, which not everybody was asked."""
        if id in self.printed.items:
            return {id: Fraction(1)}
        node = self.printed.nodes[id]
        there = [part for part in self.printed.parts(id) if self.printed.below(self.printed.id_of(part)) & asked]
        if not there or not (node.method in ("mean", "sum") or (node.method == "min" and len(there) == 1)):
            return {id: Fraction(1)}
        found: Weights = defaultdict(Fraction)
        weights = [self.weight(node, part) for part in there]
        for part, weight in zip(there, weights, strict=True):
            for leaf, share in self._weights(self.printed.id_of(part), asked).items():
                found[leaf] += weight * share
        sure = asked - self.printed.follow_ups
        of_sure = [
            weight
            for part, weight in zip(there, weights, strict=True)
            if self.printed.below(self.printed.id_of(part)) & sure
        ]
        whole = sum(of_sure or weights, Fraction())
        return {leaf: weight / whole for leaf, weight in found.items()}

    def weight(self, node: Node, part: Item | Node) -> Fraction:
        weight = exact(part.weight)  # type: ignore[union-attr]  # the whole is no part of anything
        width = exact(span(self.printed.questionnaire, part).width) if node.method == "sum" else 1
        return weight * width

    def _of_people(self, block: int, id: str, only: Only) -> tuple[Form, Fraction]:
        """The scores of people who have one, made from those of the parts, which they all have or have not."""
        n = self.n(block, id)
        if id in self.printed.items:
            return self._column(block, id) if only is None or id in only else ({}, Fraction())
        node = self.printed.nodes[id]
        some = [part for part in self.printed.parts(id) if self.n(block, self.printed.id_of(part))]
        if n == 0 or not (node.method in ("mean", "sum") or (node.method == "min" and len(some) == 1)):
            return self._column(block, id)
        form: Form = defaultdict(Fraction)
        whole = Fraction()
        for part in some:
            weight = self.weight(node, part)
            found, number = self.share(block, self.printed.id_of(part), only)
            for column, share in found.items():
                form[column] += weight * share
            whole += weight if number else 0
        return ({column: share / whole for column, share in form.items()}, Fraction(n)) if whole else ({}, Fraction())

    def _form(self, told: Told) -> Form:
        """A printed number as a sum of totals; empty where nobody is in it."""
        found: Form = defaultdict(Fraction)
        for factor, units, id in told.terms:
            inside = [
                number for number, block in enumerate(self.blocks)
                if block.group in units and (told.people is None or block.people <= told.people)
            ]  # fmt: skip  # one condition
            shares = [self.share(block, id, told.only) for block in inside]
            whole = sum((divisor for _, divisor in shares), Fraction())
            for form, _ in shares:
                for column, share in form.items():
                    found[column] += factor * share / whole
        return {column: share for column, share in found.items() if share}

    # Of how few people something may be known

    def whom(self, columns: Iterable[int]) -> frozenset[int]:
        return frozenset().union(*(self.people(*self.keys[column]) for column in columns))

    def least(self, unit: str) -> int:
        """From how many people of a group on something may be told of it, other than single items."""
        return LEAST_WHO_AGREED if unit in self.printed.agreed else self.printed.min_group

    def is_alone(self, block: int, id: str) -> bool:
        """Whether some node of these people is made from this item and nothing else, and is told like any node."""
        unit = self.blocks[block].group
        others = [number for number, one in enumerate(self.blocks) if one.group == unit]
        for node in self.printed.nodes:
            below = self.printed.below(node)
            if id in below and not any(
                self.n(other, item) for other in others for item in below - {id} if item in self.known.has
            ):
                return True
        return False


def systems(printed: Printed, known: Known, *, pooled: bool, compared: Sequence[Told] = ()) -> Iterator[System]:
    """With groups for blocks, everything at once. Where blocks are of people who left the same things open, node by
    node: the fewer things, the fewer blocks."""
    everything = [*printed.items, *(id for id in printed.nodes if any(known.has.get(id, ())))]
    everything = [id for id in everything if id in known.has]
    if pooled:
        yield System(printed, known, everything, pooled=True, compared=compared)
        return
    for node in (id for id in printed.nodes if id != OVERALL):
        tree = [id for id in printed.tree(node) if id in known.has]
        if tree:
            yield System(printed, known, tree, pooled=False)

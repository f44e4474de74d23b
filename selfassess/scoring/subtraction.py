"""Which withheld means could be worked out from those that are shown, and what to withhold as well.

A strand's mean is the mean of its benchmarks' means, and "all" are its groups together. That holds exactly where
everybody answered everything that they were asked; from outside it looks so wherever the same number answered, and is
taken to hold there. Items are held against the benchmark that they are in, benchmarks against all that is above them,
and each side is told what the other knows of the benchmark: so the work grows little faster than the questionnaire.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import numpy as np

from selfassess.model.questionnaire import Questionnaire
from selfassess.model.summary import POOL
from selfassess.scoring.answers import Flags
from selfassess.scoring.related import Composition, Known, Place, Sum, Total, Weights, folded, known
from selfassess.scoring.score import Results, people

Hidden = Callable[[Place], bool]
TOGETHER = ""
"""In a place: several cells taken together."""


class Subtraction:
    """The means of one round, cell by cell, and how they hang together."""

    def __init__(self, results: Results, cells: Mapping[str, Flags], joined: Mapping[str, Flags]) -> None:
        questionnaire = results.answers.questionnaire
        # Rounding follows the order of rows, which is to be the same whenever this is worked out.
        names = sorted({*results.answers.groups}, key=lambda group: group or "")
        groups = {group: results.answers.in_group(group or "") for group in names}
        composition = Composition(questionnaire)
        made_from = {group: composition.where_asked(_asked(results, flags)) for group, flags in groups.items()}
        self.items = {item.id for item in questionnaire.items}
        self.above = _above(questionnaire)
        self.inside = _inside(self.above, made_from)
        self.made_from = made_from
        self.joined = frozenset(joined)
        outside = {group: self.outside(own) for group, own in made_from.items()}
        self.sizes: dict[str, dict[str | None, int]] = {}
        """By id, how many of each group have a score."""
        self.by_items: dict[Place, Total] = {}
        self.by_benchmarks: dict[Place, Total] = {}
        inside = {
            cell: [(group, members & flags) for group, flags in groups.items()]
            for cell, members in {**cells, **joined}.items()
        }
        for id in sorted(results.columns):
            has = results.scored[id]
            for cell, by_group in inside.items():
                sizes = {group: n for group, flags in by_group if (n := int(np.count_nonzero(flags & has)))}
                self.sizes.setdefault(id, {}).update(sizes)
                if sizes:
                    self.by_items[cell, id] = _total(sizes, {group: made_from[group][id] for group in sizes})
                    if id not in self.inside:
                        self.by_benchmarks[cell, id] = _total(sizes, {group: outside[group][id] for group in sizes})

    def outside(self, own: Mapping[str, Weights]) -> dict[str, Weights]:
        """What all but the items inside benchmarks come from, said by benchmarks."""
        benchmarks = {id: own[id] for id in dict.fromkeys(self.inside.values())}
        return {
            id: {id: 1.0} if id in benchmarks else folded(weights, benchmarks)
            for id, weights in own.items()
            if id not in self.inside
        }

    @property
    def places(self) -> Iterable[Place]:
        """Wherever there is a mean."""
        return self.by_items

    def to_withhold(self, hidden: Hidden, secrets: Collection[tuple[tuple[str, ...], str]]) -> list[Place]:
        """Where to withhold a mean as well, at most one in each strand, as it may do for others; none where nothing
        secret can be worked out. `secrets`: cells with an id, the mean of which, taken together, must not be known."""
        found: dict[str, Place] = {}
        if not secrets:
            return []
        outside, inside = self.systems(hidden)
        for cells, id in secrets:
            strand = self.above[id][1] if len(self.above[id]) > 1 else id
            place = (self.named(cells), id)
            if strand in found or self.is_only_item(cells, id, hidden):
                continue
            source = self.by_items if id in self.inside else self.by_benchmarks
            system = inside[self.inside[id]] if id in self.inside else outside
            total = {one: times for cell in cells for one, times in source[cell, id].items()}
            if ways := system.ways(total):
                found[strand] = min(ways, key=lambda way: (not way[1], self.distance(place, way[0]), way[0]))[0]
        return list(found.values())

    def named(self, cells: tuple[str, ...]) -> str:
        """The cell to begin at: what would tell of groups in a pool is best withheld of the pool."""
        if self.joined.issuperset(cells):
            return POOL
        return cells[0] if len(cells) == 1 else TOGETHER

    def systems(self, hidden: Hidden) -> tuple[Known, Mapping[str, Known]]:
        """What is known above and of the benchmarks, and by benchmark what is known of its items."""
        items: dict[str, list[tuple[Place, Total]]] = {id: [] for id in self.inside.values()}
        for place, total in self.by_items.items():
            if place[1] in self.inside and not hidden(place):
                items[self.inside[place[1]]].append((place, total))
        outside = [(place, total) for place, total in self.by_benchmarks.items() if not hidden(place)]
        above = known(outside, [told for id, rows in items.items() for told in self.told_of_benchmark(id, rows)])
        return above, {id: known(rows, self.told_of_items(id, above)) for id, rows in items.items()}

    def told_of_benchmark(self, id: str, rows: list[tuple[Place, Total]]) -> Iterator[tuple[Place, Total]]:
        """What its items tell of a benchmark's groups."""
        for told in known(rows).tells(self.groups_of(id)) if rows else ():
            yield rows[-1][0], told

    def told_of_items(self, id: str, above: Known) -> Iterator[tuple[Place, Total]]:
        """What is known of a benchmark's groups from above, said of its items."""
        groups = self.groups_of(id)
        for told in above.tells({name: {name: 1.0} for name in groups}):
            # Rounding can hide the way to what is known: then it may be any.
            ways = [way for way, _ in above.ways(told)] or above.places
            place = min((*self.distance((TOGETHER, id), way), way) for way in ways)[-1]
            yield place, {one: times * weight for name, times in told.items() for one, weight in groups[name].items()}

    def groups_of(self, id: str) -> dict[Sum, Total]:
        """The scores of each group on a benchmark, said by its items."""
        return {
            (group, id, n): {(group, leaf, n): weight for leaf, weight in self.made_from[group][id].items()}
            for group, n in self.sizes[id].items()
        }

    def is_only_item(self, cells: tuple[str, ...], id: str, hidden: Hidden) -> bool:
        """Whether an item is told under the name of a benchmark or strand that it is the only item of: that is
        allowed."""
        return id in self.items and all(
            any(
                self.by_items.get((cell, node)) == self.by_items[cell, id] and not hidden((cell, node))
                for node in self.above[id]
            )
            for cell in cells
        )

    def distance(self, place: Place, other: Place) -> tuple[bool, int]:
        """How far a place is from another: first those of the same cell, then those below, beside and above."""
        above, others = self.above[place[1]], self.above[other[1]]
        if place[1] in others:
            step = 0
        elif above == others:
            step = 1
        else:
            step = 2 if above[:2] == others[:2] else 3
        return place[0] != other[0], step


def _asked(results: Results, members: Flags) -> set[str]:
    """The items that any of some people were asked: in a short form, fewer than their group could be."""
    own = people(results, members)
    return {item.id for item in results.answers.questionnaire.items if item.is_scored and own.asked(item.id)}


def _total(sizes: Mapping[str | None, int], made_from: Mapping[str | None, Weights]) -> Total:
    return {(group, leaf, n): weight for group, n in sizes.items() for leaf, weight in made_from[group].items()}


def _above(questionnaire: Questionnaire) -> dict[str, tuple[str, ...]]:
    """The ids above each node and item, outermost first."""
    found: dict[str, tuple[str, ...]] = {"overall": ()}
    for strand in questionnaire.strands:
        found[strand.id] = ("overall",)
        for node in strand.middle:
            found[node.id] = ("overall", strand.id)
            found.update({item.id: ("overall", strand.id, node.id) for item in node.items})
        found.update({item.id: ("overall", strand.id) for item in strand.items})
    return found


def _inside(
    above: Mapping[str, tuple[str, ...]], made_from: Mapping[str | None, Mapping[str, Weights]]
) -> dict[str, str]:
    """The benchmark of each item that counts above only through it: in the same proportions as in the benchmark."""
    inside = {id: over[2] for id, over in above.items() if len(over) == 3}
    alone: set[str] = set()
    for own in made_from.values():
        benchmarks = {id: own[id] for id in dict.fromkeys(inside.values())}
        for id in own:
            if len(above[id]) < 2 and id not in inside.values():
                alone |= {inside[leaf] for leaf in folded(own[id], benchmarks) if leaf in inside}
    return {id: benchmark for id, benchmark in inside.items() if benchmark not in alone}

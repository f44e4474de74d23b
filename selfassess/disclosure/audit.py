"""The audit: whether anything may be worked out from what is published that must not be known.

All that is published of a round are sums. A class is everybody whom no figure tells apart (census.py), an answer of it
is one item's: so the unknowns are, by class and item, what the answers add up to. How many answered is taken for known.

    the mean of an item         ->  the sums of that item, over the classes of the cell
    the mean of a benchmark     ->  the sums of its items, each with its weight, over the classes of the cell

Each figure is a row over these unknowns, and whatever can be worked out by adding and subtracting is in the space of
the rows. (Spreads, counts and who was asked follow from nothing on another level: suppression.py looks at each of them
by itself.) With 9 on the board (B) and 14 staff (S), a benchmark of two items 1 and 2, of which too few of the board
answered the first:

    published    B1 + B2,  S1 + S2,  B2 + S2     and then B1 + S1 = (B1 + B2) + (S1 + S2) - (B2 + S2)
    not allowed  S1 as well, since B1 = (B1 + S1) - S1

The unknowns come in blocks, one for each benchmark, since what is above benchmarks takes of each of them no more than
its mean (or whatever else it weighs its items by): a link. So each block is worked out by itself, and what blocks have
in common in one more, above them: first what each block tells of its links, then what all together tell each block.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from selfassess.disclosure.span import Matrix, Rows, Span, number_inside, relations, rows_of, small_sets
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import FLOOR
from selfassess.scoring.answers import Flags
from selfassess.scoring.means import Weights

Quantity = tuple[str, str]
"""The id of a node or item, and the kind of figure."""
ABOVE = ""
"""The block above all others."""
DIGITS = 12
"""In which weights are the same, whatever they were added up from first."""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A figure that is published, or may be: a quantity, of some classes."""

    quantity: Quantity
    which: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Secrets:
    """What must not be known."""

    sizes: Callable[[Quantity], NDArray[np.int64]]
    """By class, how many people a quantity speaks of."""
    is_secret: Callable[[Quantity, Flags], bool]
    """Whether a quantity must not be known of these classes together."""
    may_be: Callable[[Quantity], bool]
    """Whether anything about a quantity is secret."""
    limit: int
    """Of so many people nothing is secret."""
    least: int
    """Of fewer people than so many nothing at all must be known, whatever it is made from."""
    agreed: Sequence[frozenset[int]] = ()
    """The people of each small group that agreed to be shown: of FLOOR of them on, something may be."""


@dataclass(frozen=True, eq=False)
class Block:
    """Unknowns that are worked out together."""

    columns: int
    rows: Mapping[Quantity, Matrix]
    """By quantity, a row for each class."""
    links: Matrix
    """What the block above takes of it, as rows here."""
    above: Sequence[int]
    """Which columns of the block above these are."""
    few: Mapping[int, frozenset[int]]
    """By column, who answered what it is made from, where they are few."""
    directions: dict[Quantity, Rows] = field(default_factory=dict)
    """What `of` found before."""

    def of(self, quantity: Quantity) -> Rows:
        """The rows of a quantity."""
        if quantity not in self.directions:
            self.directions[quantity] = rows_of(self.rows[quantity])
        return self.directions[quantity]

    @cached_property
    def link_rows(self) -> Rows:
        """The links."""
        return rows_of(self.links)


@dataclass(frozen=True, eq=False)
class Audit:
    """What is published, and what follows from it."""

    blocks: Mapping[str, Block]
    names: Mapping[Quantity, str]
    """The block of each quantity."""
    spans: Mapping[str, Span]
    found: dict[Quantity, Matrix] = field(default_factory=dict)
    """What `known` found before."""
    numbers: dict[Quantity, int] = field(default_factory=dict)
    """What `number_known` found before."""
    found_of_few: dict[str, int] = field(default_factory=dict)
    """What `known_of_few` found before, by block."""
    found_links: Mapping[str, int] = field(default_factory=dict)
    """By block, how many sums of what the block above takes of it are known there."""

    def from_below(self) -> Iterator[list[Quantity]]:
        """The quantities of each block, the one above all others last."""
        for name in sorted(self.blocks, key=lambda name: (name == ABOVE, name)):
            yield [*self.blocks[name].rows]

    def published(self, figures: Iterable[Figure]) -> "Audit":
        """With these figures too."""
        new: dict[str, list[Matrix]] = {}
        for figure in figures:
            name = self.names[figure.quantity]
            new.setdefault(name, []).append(figure.which @ self.blocks[name].rows[figure.quantity])
        spans = dict(self.spans)
        for name, rows in new.items():
            spans[name] = spans[name].with_rows(np.array(rows))
        upwards = [self.upwards(name, spans[name]) for name in new if name != ABOVE]
        if any(map(len, upwards)):
            spans[ABOVE] = spans[ABOVE].with_rows(np.concatenate(upwards))
        links = self.found_links
        if spans[ABOVE] is not self.spans[ABOVE]:
            links = {
                name: spans[ABOVE].number_within(block.above) for name, block in self.blocks.items() if block.above
            }
            for name, number in links.items():
                if number != self.found_links.get(name, 0):
                    spans[name] = spans[name].with_rows(self.downwards(self.blocks[name], spans[ABOVE]))
        same = {name for name, span in spans.items() if span is self.spans[name]}
        known = {quantity: found for quantity, found in self.found.items() if self.names[quantity] in same}
        numbers = {quantity: number for quantity, number in self.numbers.items() if self.names[quantity] in same}
        of_few = {name: number for name, number in self.found_of_few.items() if name in same}
        return Audit(self.blocks, self.names, spans, known, numbers, of_few, links)

    def upwards(self, name: str, span: Span) -> Matrix:
        """What a block tells of its links, as rows of the block above."""
        block = self.blocks[name]
        known = span.within(block.link_rows)
        return _placed(known, block.above, self.blocks[ABOVE].columns)

    def downwards(self, block: Block, above: Span) -> Matrix:
        """What the block above tells of a block's links, as rows of that block."""
        found: Matrix = above.within_columns(block.above) @ block.links
        return found

    def known(self, quantity: Quantity) -> Matrix:
        """How many times each class is in the sums of a quantity that are known."""
        if quantity not in self.found:
            name = self.names[quantity]
            self.found[quantity] = self.spans[name].within(self.blocks[name].of(quantity))
        return self.found[quantity]

    def number_known(self, quantity: Quantity) -> int:
        """How many sums of a quantity are known."""
        if quantity not in self.numbers:
            name = self.names[quantity]
            self.numbers[quantity] = self.spans[name].number(self.blocks[name].of(quantity))
        return self.numbers[quantity]

    def known_of_few(self, name: str) -> int:
        """How many sums are known of what few answered."""
        if name not in self.found_of_few:
            self.found_of_few[name] = self.spans[name].number_within([*self.blocks[name].few])
        return self.found_of_few[name]

    def discloses(self, before: "Audit", secrets: Secrets) -> bool:
        """Whether more is known than before of something of which a secret is."""
        changed = [name for name in self.blocks if self.spans[name] is not before.spans[name]]
        return any(
            self.tells(quantity, before, secrets)
            for name in changed
            for quantity in self.blocks[name].rows
            if secrets.may_be(quantity)
        ) or any(self.tells_of_few(name, before, secrets) for name in changed)

    def tells_of_few(self, name: str, before: "Audit", secrets: Secrets) -> bool:
        """Whether something gets known that too few people answered, however little of what all were asked it is: of
        those who left open the rest. Of groups that agreed, what each may be told is not counted."""
        block = self.blocks[name]
        if self.known_of_few(name) == before.known_of_few(name):
            return False
        known = self.spans[name].within_columns([*block.few])
        whom = [*block.few.values()]

        def told(inside: Sequence[int]) -> int:
            """How much is known of these columns and of no others."""
            return number_inside(known[:, inside])

        for people in _unions(whom, secrets.least):
            inside = [at for at, one in enumerate(whom) if one <= people]
            of_group = [[at for at in inside if whom[at] <= group] for group in secrets.agreed]
            allowed = [own for own in of_group if len(_together(whom[at] for at in own)) >= FLOOR]
            if told(inside) > sum(map(told, allowed)):
                return True
        return False

    def tells(self, quantity: Quantity, before: "Audit", secrets: Secrets) -> bool:
        return self.number_known(quantity) > before.number_known(quantity) and any(
            secrets.is_secret(quantity, which)
            for which in small_sets(self.known(quantity), secrets.sizes(quantity), secrets.limit)
        )


def settled(
    audits: Sequence[Audit], offered: Sequence[Sequence[Figure]], secrets: Sequence[Secrets]
) -> tuple[tuple[Audit, ...], list[int]]:
    """What is published after some figures are offered one after the other, and which of them are: those with which no
    secret gets known. Each is one in every audit. What follows from some of them follows from all: so most are settled
    many at a time."""
    published: list[int] = []
    now = tuple(audits)
    open_ones = [range(len(offered))] if offered else []
    while open_ones:
        some = open_ones.pop()
        then = tuple(one.published(offered[at][place] for at in some) for place, one in enumerate(now))
        if not any(map(Audit.discloses, then, now, secrets)):
            now = then
            published += some
        elif len(some) > 1:
            half = len(some) // 2
            open_ones += [some[half:], some[:half]]
    return now, published


def benchmarks(questionnaire: Questionnaire) -> Mapping[str, str]:
    """By item, the benchmark that it is in: the block of its answers."""
    return {item.id: node.id for strand in questionnaire.strands for node in strand.middle for item in node.items}


def nothing_published(
    by_class: Mapping[Quantity, Sequence[Weights]],
    block_of: Mapping[str, str],
    few: Mapping[tuple[int, str], frozenset[int]] | None = None,
) -> Audit:
    """Where to begin: by quantity and class, what it is made from; and the block of each of these (a leaf that is not
    there has one of its own). `few`: by class and leaf, who answered it, where they are few."""
    few = few or {}
    inside: dict[str, list[Quantity]] = {ABOVE: []}
    for quantity, classes in by_class.items():
        names = {block_of.get(leaf, leaf) for own in classes for leaf in own}
        inside.setdefault(names.pop() if len(names) == 1 else ABOVE, []).append(quantity)
    links = _Links(block_of)
    there = {leaf for classes in by_class.values() for own in classes for leaf in own}
    for place, leaf in few:
        if inside[ABOVE] and leaf in there:  # what few answered may hang together across blocks
            links.of(place, {leaf: 1.0})
    above = {quantity: [links.of(place, own) for place, own in enumerate(by_class[quantity])]
             for quantity in inside.pop(ABOVE)}  # fmt: skip  # one line for each
    blocks = {}
    for name in dict.fromkeys([*inside, *links.rows]):
        weights = {quantity: by_class[quantity] for quantity in inside.get(name, ())}
        own = links.rows.get(name, {})
        columns = _columns(weights.values(), own.values())
        blocks[name] = Block(
            columns=len(columns),
            rows={quantity: _matrix(classes, columns) for quantity, classes in weights.items()},
            links=_stacked([_row(place, one, columns) for place, one in own.values()], len(columns)),
            above=list(own),
            few={column: few[one] for one, column in columns.items() if one in few},
        )
    rows = {quantity: _link_matrix(classes, links.number) for quantity, classes in above.items()}
    of_links = {column: [few.get((place, leaf)) for leaf in weights]
                for own in links.rows.values() for column, (place, weights) in own.items()}  # fmt: skip  # one for each
    blocks[ABOVE] = Block(
        columns=links.number,
        rows=rows,
        links=np.empty((0, links.number)),
        above=(),
        few={column: _together(one for one in some if one is not None)
             for column, some in of_links.items() if None not in some},
    )  # fmt: skip  # one for each
    block_names = {quantity: name for name, block in blocks.items() for quantity in block.rows}
    spans = {name: Span(block.columns) for name, block in blocks.items()}
    for block in blocks.values():
        if len(block.links):
            spans[ABOVE] = spans[ABOVE].with_rows(_placed(relations(block.links), block.above, links.number))
    return Audit(blocks, block_names, spans)


def _together(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset[int]().union(*sets)


def _unions(sets: Iterable[frozenset[int]], least: int) -> Iterator[frozenset[int]]:
    """Every set of fewer than `least` people that some of these make up together."""
    single = {one for one in sets if len(one) < least}
    found, newest = set(single), set(single)
    while newest:
        yield from newest
        newest = {one | other for one in newest for other in single if len(one | other) < least} - found
        found |= newest


class _Links:
    """What is taken of each block by quantities that take of several."""

    def __init__(self, block_of: Mapping[str, str]) -> None:
        self.block_of = block_of
        self.rows: dict[str, dict[int, tuple[int, Weights]]] = {}
        """By block and column of the block above: the class, and its weights, 1 together."""
        self.places: dict[tuple[object, ...], int] = {}

    @property
    def number(self) -> int:
        return len(self.places)

    def of(self, place: int, weights: Weights) -> Mapping[int, float]:
        """What a class's weights are in the block above."""
        parts: dict[str, dict[str, float]] = {}
        for leaf, weight in weights.items():
            parts.setdefault(self.block_of.get(leaf, leaf), {})[leaf] = weight
        found = {}
        for name, part in parts.items():
            whole = sum(part.values())
            shares = {leaf: weight / whole for leaf, weight in part.items()}
            key = (name, place, *sorted((leaf, round(share, DIGITS)) for leaf, share in shares.items()))
            column = self.places.setdefault(key, len(self.places))
            self.rows.setdefault(name, {}).setdefault(column, (place, shares))
            found[column] = whole
        return found


Columns = Mapping[tuple[int, str], int]
"""By class and leaf."""


def _columns(rows: Iterable[Sequence[Weights]], links: Iterable[tuple[int, Weights]]) -> Columns:
    there = [(place, leaf) for classes in rows for place, own in enumerate(classes) for leaf in own]
    there += [(place, leaf) for place, own in links for leaf in own]
    return {one: column for column, one in enumerate(dict.fromkeys(there))}


def _row(place: int, weights: Weights, columns: Columns) -> Matrix:
    row = np.zeros(len(columns))
    for leaf, weight in weights.items():
        row[columns[place, leaf]] = weight
    return row


def _matrix(classes: Sequence[Weights], columns: Columns) -> Matrix:
    return _stacked([_row(place, own, columns) for place, own in enumerate(classes)], len(columns))


def _placed(rows: Matrix, at: Sequence[int], columns: int) -> Matrix:
    """Rows over some of the columns, over all of them."""
    found = np.zeros((len(rows), columns))
    found[:, at] = rows
    return found


def _stacked(rows: Sequence[Matrix], columns: int) -> Matrix:
    return np.array(rows).reshape(len(rows), columns)


def _link_matrix(classes: Sequence[Mapping[int, float]], number: int) -> Matrix:
    rows = np.zeros((len(classes), number))
    for row, own in zip(rows, classes, strict=True):
        for column, weight in own.items():
            row[column] = weight
    return rows

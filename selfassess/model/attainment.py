"""How a score stands to its target and to its bands, from what of it is shown and from nothing else."""

from collections.abc import Mapping
from dataclasses import replace

from selfassess.model.questionnaire import Benchmark, GroupKey, Item, Questionnaire, Strand
from selfassess.model.results import Cell, Figure, Range, Ranked
from selfassess.model.score_tree import Node, band, bands, decimals, shown, span
from selfassess.model.sheet import Form, Missing

MOST = 3
"""How many strengths are listed; equal ones beyond that are listed too."""


def lies(questionnaire: Questionnaire, node: Node, figure: Figure) -> Range | None:
    """Between which scores it lies, as people read them and in the units of the node: the one that is shown; of a coded
    one, all that it can be. None where nobody has one, or it is not shown."""
    if figure.shown is not None:
        return Range(figure.shown, figure.shown)
    return None if figure.coded is None else can_be(questionnaire, node, figure.coded)


def can_be(questionnaire: Questionnaire, node: Node, code: str) -> Range:
    """Which scores of a node a code stands for: "95 or more", "5 or less"."""
    ends = span(questionnaire, node)
    low, high = (ends.value(share) if node.units == "own" else 100 * share for share in of_code(code))
    return Range(shown(low, decimals(node)), shown(high, decimals(node)))


def of_code(code: str) -> tuple[float, float]:
    """Between which shares, from 0 to 1, a mean lies that has a code."""
    edge = int(code.split()[0]) / 100
    return (edge, 1.0) if code.endswith("more") else (0.0, edge)


def falls_short(questionnaire: Questionnaire, node: Node, figure: Figure) -> bool:
    """Whether a score is surely below its target."""
    return least_gap(questionnaire, node, figure) > 0


def least_gap(questionnaire: Questionnaire, node: Node, figure: Figure) -> float:
    """How far a score is below its target, in the units of its node; of a coded one the least that it can be. Below 0
    where it is above; 0 where it has no target, or is not shown."""
    found = lies(questionnaire, node, figure)
    return 0 if found is None or figure.target is None else round(figure.target - found.high, 10)


def in_points(questionnaire: Questionnaire, one: Ranked) -> float:
    """The same on 0 to 100."""
    gap, node = least_gap(questionnaire, one.node, one.figure), one.node
    return round(100 * gap / span(questionnaire, node).width if node.units == "own" else gap, 10)


def place(questionnaire: Questionnaire, one: Ranked) -> float:
    """Where its score stands, 0 to 100; in the middle of what a coded one can be, and below all where there is none."""
    found = lies(questionnaire, one.node, one.figure)
    return -1 if found is None else _middle(questionnaire, one.node, found)


def _middle(questionnaire: Questionnaire, node: Node, found: Range) -> float:
    middle = (found.low + found.high) / 2
    return round(100 * span(questionnaire, node).share(middle) if node.units == "own" else middle, 10)


def is_strong(questionnaire: Questionnaire, node: Node, figure: Figure) -> bool:
    """Whether it is at its target or above it, or in the top band where it has none; and not low."""
    found, named = lies(questionnaire, node, figure), bands(questionnaire, node)
    if found is None or is_low(questionnaire, node, figure):
        return False
    if figure.target is not None:
        return found.low >= figure.target
    return len(named) > 1 and band(named, found.low) is named[-1]


def is_low(questionnaire: Questionnaire, node: Node, figure: Figure) -> bool:
    """Whether it is in the lowest band, or without bands in the lower half."""
    found, named = lies(questionnaire, node, figure), bands(questionnaire, node)
    if found is None:
        return False
    return band(named, found.high) is named[0] if len(named) > 1 else _middle(questionnaire, node, found) < 50


def may_change(questionnaire: Questionnaire, one: Ranked, others: int) -> bool:
    """Whether a strength would be none, or a gap none, had so many others answered too, all at the end of the scale
    that is against it. It follows from the score and the two numbers: what the others answered has no part in it."""
    figure, node = one.figure, one.node
    if not others or figure.mean is None or not figure.n:
        return False
    is_gap = falls_short(questionnaire, node, figure)
    mean = (figure.n * figure.mean + others * (100 if is_gap else 0)) / (figure.n + others)
    value = span(questionnaire, node).value(mean / 100) if node.units == "own" else mean
    other = replace(figure, shown=shown(value, decimals(node)), coded=None)
    if is_gap:
        return not falls_short(questionnaire, node, other)
    return is_strong(questionnaire, node, figure) and not is_strong(questionnaire, node, other)


def ranked(questionnaire: Questionnaire, cell: Cell) -> tuple[Ranked, ...]:
    """Every benchmark and skill with its figure, in the questionnaire's order; a strand stands for itself where it
    has neither, or where it has a target and they have none."""
    return tuple(
        Ranked(node, cell.figure(node.id)) for strand in questionnaire.strands for node in _ranked(strand, cell)
    )


def _ranked(strand: Strand, cell: Cell) -> tuple[Strand | Benchmark, ...]:
    only_strand = cell.figure(strand.id).target is not None and all(
        cell.figure(node.id).target is None for node in strand.middle
    )
    return (strand,) if only_strand or not strand.middle else strand.middle


def asked_of(item: Item, figure: Figure, sizes: Mapping[GroupKey, int], form: Form) -> int | None:
    """How many were asked an item, from what is shown: those who did not answer are counted by kind, or everybody in a
    group is asked. None where it does not follow."""
    if figure.n is None:
        return None
    if figure.missing is not None:
        return figure.n + sum(number for kind, number in figure.missing.items() if kind != Missing.NOT_ASKED.key)
    if item.show_if:
        return None
    is_in_form = form == "full" or item.short
    return sum(size for group, size in sizes.items() if is_in_form and item.asks(group or None))

"""Findings: strengths and gaps in order, splits, what many could not answer, and the actions that these call for."""

from collections.abc import Iterator, Sequence

from selfassess.model.finding import CouldNotSay, Ranked, Split, Suggestion
from selfassess.model.item import Item
from selfassess.model.questionnaire import Action, Benchmark, Questionnaire, Strand, When
from selfassess.model.sheet import Missing
from selfassess.model.summary import Cell, Difference, Figure, RoundSummary
from selfassess.model.units import bands, span

MANY = 0.2
"""The share of those asked an item from which on it is a finding that they could not answer."""


def strengths(questionnaire: Questionnaire, cell: Cell, most: int = 3) -> tuple[Ranked, ...]:
    """The highest benchmarks and skills, on the exact mean; equal ones in the questionnaire's order. What is in
    the lowest band, or without bands in the lower half, is no strength."""
    found = [one for one in ranked(questionnaire, cell) if _may_be_strong(questionnaire, one)]
    return tuple(sorted(found, key=lambda one: -(one.figure.mean or 0))[:most])


def reached(questionnaire: Questionnaire, cell: Cell, most: int = 3) -> tuple[Ranked, ...]:
    """The strengths of several people: of `strengths`, those that are not below their target."""
    found = strengths(questionnaire, cell, len(ranked(questionnaire, cell)))
    return tuple(one for one in found if (one.figure.gap or 0) <= 0)[:most]


def nearest(questionnaire: Questionnaire, cell: Cell, most: int = 3) -> tuple[Ranked, ...]:
    """Of what could be a strength, what is below its target: the smallest gap first, equal ones as the questionnaire
    has them."""
    below = [one for one in ranked(questionnaire, cell) if (one.figure.gap or 0) > 0]
    found = [one for one in below if _may_be_strong(questionnaire, one)]
    return tuple(sorted(found, key=lambda one: in_points(questionnaire, one))[:most])


def is_low(questionnaire: Questionnaire, one: Ranked) -> bool:
    """Whether a score is in the lowest band, or without bands in the lower half."""
    return one.figure.mean is not None and not _may_be_strong(questionnaire, one)


def _may_be_strong(questionnaire: Questionnaire, one: Ranked) -> bool:
    if one.figure.mean is None:
        return False
    named = bands(questionnaire, one.node)
    return one.figure.band != named[0].title if len(named) > 1 else one.figure.mean >= 50


def gaps(questionnaire: Questionnaire, cell: Cell) -> tuple[Ranked, ...]:
    """The benchmarks and skills below their target, widest gap first; equal gaps in the questionnaire's order.

    A gap in own units is ranked by what it is on 0 to 100.
    """
    found = [one for one in ranked(questionnaire, cell) if one.figure.gap is not None and one.figure.gap > 0]
    return tuple(sorted(found, key=lambda one: -in_points(questionnaire, one)))


def in_points(questionnaire: Questionnaire, one: Ranked) -> float:
    """A gap on 0 to 100, below 0 above the target; 0 where there is none."""
    gap = one.figure.gap or 0
    return round(100 * gap / span(questionnaire, one.node).width if one.node.units == "own" else gap, 10)


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


def splits(questionnaire: Questionnaire, cell: Cell) -> tuple[Split, ...]:
    """The items on which people of a cell are in two camps, in the questionnaire's order."""
    return tuple(
        Split(node, item, figure, cell.id)
        for node, item, figure in _items(questionnaire, cell)
        if figure.agreement is not None and figure.agreement.split
    )


def could_not_say(questionnaire: Questionnaire, cell: Cell) -> tuple[CouldNotSay, ...]:
    """The items that more than MANY of those asked gave no answer to, the largest share first."""
    found: list[CouldNotSay] = []
    for node, item, figure in _items(questionnaire, cell):
        if figure.missing is None or figure.n is None:
            continue
        could_not = sum(number for kind, number in figure.missing.items() if kind != Missing.NOT_ASKED.key)
        asked = could_not + figure.n
        if could_not > MANY * asked:
            found.append(CouldNotSay(node, item, figure, could_not, asked))
    return tuple(sorted(found, key=lambda one: -one.could_not / one.asked))


def _items(questionnaire: Questionnaire, cell: Cell) -> Iterator[tuple[Benchmark | Strand, Item, Figure]]:
    for strand in questionnaire.strands:
        holders: tuple[Benchmark | Strand, ...] = (*strand.middle, strand)
        for node in holders:
            for item in node.items:
                if item.kind == "choice":
                    yield node, item, cell.figure(item.id)


def suggestions(found: Sequence[Ranked], group: str | None) -> tuple[Suggestion, ...]:
    """The actions that gaps call for and that suit a group, in the order of the gaps."""
    return tuple(Suggestion(action, one) for one in found for action in _actions(one.node, "gap", group))


def suggested(
    questionnaire: Questionnaire, round: RoundSummary, cell: Cell, group: str | None
) -> tuple[Suggestion, ...]:
    """Everything suggested to a group: what the gaps of its cell call for, in their order; then what splits in the
    cell or among all call for, then differences that matter. Each action once."""
    by_id = {one.node.id: one for one in ranked(questionnaire, cell)}
    found = list(suggestions(gaps(questionnaire, cell), group))
    because: list[tuple[str, When, Split | Difference]] = []
    because += [
        (one.node.id, "split", one) for one in (*splits(questionnaire, cell), *splits(questionnaire, round.all))
    ]
    because += [(one.id, "difference", one) for one in round.differences if one.matters]
    seen = {one.action.id for one in found}
    for id, when, reason in because:
        for action in _actions(by_id[id].node, when, group) if id in by_id else ():
            if action.id not in seen:
                seen.add(action.id)
                found.append(Suggestion(action, by_id[id], reason))
    return tuple(found)


def _actions(node: Benchmark | Strand, when: When, group: str | None) -> tuple[Action, ...]:
    return tuple(action for action in node.actions if action.when == when and action.suits(group))

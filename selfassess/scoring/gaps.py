"""Strengths and gaps: benchmarks in order, and the actions that gaps call for."""

from selfassess.model.finding import Ranked, Suggestion
from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
from selfassess.model.summary import Cell
from selfassess.model.units import bands, span


def strengths(questionnaire: Questionnaire, cell: Cell, most: int = 3) -> tuple[Ranked, ...]:
    """The highest benchmarks and skills, on the exact mean; equal ones in the questionnaire's order. What is in
    the lowest band, or without bands in the lower half, is no strength."""
    found = [one for one in ranked(questionnaire, cell) if _may_be_strong(questionnaire, one)]
    return tuple(sorted(found, key=lambda one: -(one.figure.mean or 0))[:most])


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
    return tuple(sorted(found, key=lambda one: -_in_points(questionnaire, one)))


def _in_points(questionnaire: Questionnaire, one: Ranked) -> float:
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


def suggestions(found: tuple[Ranked, ...], group: str | None) -> tuple[Suggestion, ...]:
    """The actions that gaps call for and that suit a group, in the order of the gaps."""
    return tuple(
        Suggestion(action, one)
        for one in found
        if isinstance(one.node, Benchmark)
        for action in one.node.actions
        if action.when == "gap" and action.suits(group)
    )

"""Strengths and gaps: benchmarks in order, and the actions that gaps call for."""

from selfassess.model.finding import Ranked, Suggestion
from selfassess.model.questionnaire import Benchmark, Questionnaire
from selfassess.model.summary import Cell
from selfassess.model.units import span


def strengths(questionnaire: Questionnaire, cell: Cell, most: int = 3) -> tuple[Ranked, ...]:
    """The highest benchmarks and skills, on the exact mean; equal ones in the questionnaire's order."""
    found = [one for one in ranked(questionnaire, cell) if one.figure.mean is not None]
    return tuple(sorted(found, key=lambda one: -(one.figure.mean or 0))[:most])


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
    """Every benchmark and skill (or strand that has neither) with its figure, in the questionnaire's order."""
    return tuple(
        Ranked(node, cell.figure(node.id)) for strand in questionnaire.strands for node in (strand.middle or (strand,))
    )


def suggestions(found: tuple[Ranked, ...], group: str | None) -> tuple[Suggestion, ...]:
    """The actions that gaps call for and that suit a group, in the order of the gaps."""
    return tuple(
        Suggestion(action, one)
        for one in found
        if isinstance(one.node, Benchmark)
        for action in one.node.actions
        if action.when == "gap" and action.suits(group)
    )

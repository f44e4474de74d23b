"""The order of a report and of a meeting: what needs talk first, or as in the questionnaire."""

from collections.abc import Sequence
from typing import TypeVar

from selfassess.model.attainment import in_points, lies, place
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Ranked

BY_NEED = "What to talk about first comes first: two camps, groups that differ, the widest gaps."

Node = TypeVar("Node", Strand, Benchmark, Strand | Benchmark)


def benchmarks(report: RoundReport) -> list[Strand | Benchmark]:
    """Everything that a meeting talks about, in the questionnaire's order; a strand where it has nothing below."""
    found: list[Strand | Benchmark] = []
    for strand in report.questionnaire.strands:
        found += strand.middle or (strand,)
    return found


def in_order(report: RoundReport, found: Sequence[Node], *, by_need: bool) -> list[Node]:
    """Two camps first, then differences between groups, then the widest gap to the target, then the lowest of what has
    no target; equal ones as the questionnaire has them. A strand stands where the first of what is in it does."""
    return sorted(found, key=lambda node: min(need(report, id) for id in inside(node))) if by_need else list(found)


def inside(node: Strand | Benchmark) -> list[str]:
    """The ids of a node and of what is below it."""
    return [node.id, *(one.id for one in node.middle)] if isinstance(node, Strand) else [node.id]


def need(report: RoundReport, id: str) -> tuple[int, float]:
    """How early what has this id comes: the smaller, the earlier."""
    if any(split.node.id == id for split in report.splits):
        rank = 0
    else:
        rank = 1 if any(one.id == id and one.matters for one in report.differences) else 2
    return rank, -_gap(report, id)


def _gap(report: RoundReport, id: str) -> float:
    """The gap on 0 to 100; less than any where there is no target, and less again where there is no score."""
    one = Ranked(report.questionnaire.node(id), report.cell.figure(id))
    if one.figure.target is None or lies(report.questionnaire, one.node, one.figure) is None:
        return -1000.0 if (at := place(report.questionnaire, one)) < 0 else -200 - at
    return in_points(report.questionnaire, one)

"""Scores of all and of each group side by side, as the cells of a heat map, and how to read them."""

from collections.abc import Callable, Iterable

from selfassess.documents import targets
from selfassess.documents.blocks import HeatCell, Standing
from selfassess.documents.round import wording as round_wording
from selfassess.model.attainment import is_low, is_strong
from selfassess.model.questionnaire import Overall
from selfassess.model.reports import RoundReport
from selfassess.model.results import Cell, Figure
from selfassess.model.score_tree import Node, bands

NONE = "–"
"""What stands where there is no score."""


def columns(report: RoundReport) -> tuple[str, ...]:
    """What the cells of a row are of."""
    return tuple(report.title_of(cell.id) for cell in _cells(report))


def cells(report: RoundReport, node: Node, suppressed: Callable[[str], str]) -> tuple[HeatCell, ...]:
    """The scores of a node. `suppressed` makes what stands in place of a suppressed one from the reason."""
    return tuple(_cell(report, cell, node, suppressed) for cell in _cells(report))


def _cells(report: RoundReport) -> tuple[Cell, ...]:
    """All and each group that is shown; or the one group that the report is narrowed to."""
    return (report.cell,) if report.group is not None else (report.results.all, *report.groups)


def _cell(report: RoundReport, cell: Cell, node: Node, suppressed: Callable[[str], str]) -> HeatCell:
    figure = cell.overall if isinstance(node, Overall) else cell.figure(node.id)
    if figure is None or figure.why_none:
        return HeatCell(NONE)
    if figure.shown is None and not figure.coded:
        return HeatCell(suppressed(round_wording.why_suppressed(figure)))
    return HeatCell(
        targets.score(figure, node),
        _standing(report, node, figure),
        share=targets.place_on_line(report.questionnaire, node, figure),
        target=targets.target_on_line(report.questionnaire, node, figure),
        aim="" if figure.target is None else f"{figure.target:g}",
    )


def _standing(report: RoundReport, node: Node, figure: Figure) -> Standing:
    if is_low(report.questionnaire, node, figure):
        return "low"
    return "reached" if is_strong(report.questionnaire, node, figure) else ""


def scale(report: RoundReport) -> str:
    """Between which ends scores run, and where the target is."""
    target = _target(report)
    return f"Scores run from 0 to 100{'' if target is None else f'; the target is {target:g}'}."


def marks(report: RoundReport, found: Iterable[HeatCell], aim: str = "its target") -> str:
    """What the marks mean, as far as they are there; `aim` is what the target is called."""
    standings = {cell.standing for cell in found}
    named = bands(report.questionnaire, report.questionnaire.overall)
    told = []
    if "reached" in standings:
        told.append("▲ is strong." if _target(report) is None else f"▲ has reached {aim}.")
    if "low" in standings:
        told.append(f"▼ is low{f' (“{named[0].title}”)' if len(named) > 1 else ''}.")
    return " ".join(told)


def legend(report: RoundReport, found: Iterable[HeatCell]) -> str:
    """How to read the scores of the whole and of strands."""
    return " ".join(filter(None, (scale(report), marks(report, found, "it"))))


def _target(report: RoundReport) -> float | None:
    return None if report.cell.overall is None else report.cell.overall.target

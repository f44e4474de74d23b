"""The pages of the dashboard: from a report and where one is to what is shown there."""

from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.tui.dashboard import levels, overviews
from selfassess.tui.dashboard.blocks import Page, Spot, numbered
from selfassess.tui.dashboard.pieces import Blocks


def page(report: RoundReport, spot: Spot, *, by_need: bool) -> Page:
    """What is shown at a spot. `report` is of all, or narrowed to a group; `by_need` is the order of rows."""
    return Page(where=_where(report, spot), blocks=tuple(numbered(_blocks(report, spot, by_need))))


def _blocks(report: RoundReport, spot: Spot, by_need: bool) -> Blocks:
    questionnaire = report.questionnaire
    match spot.kind:
        case "strands":
            return levels.strands(report, by_need)
        case "strand":
            return levels.strand(report, report.questionnaire.strand_of(spot.id), by_need)
        case "benchmark":
            return levels.benchmark(report, questionnaire.node(spot.id))
        case "item":
            return levels.item(report, questionnaire.item(spot.id))
        case "findings":
            return overviews.findings(report)
        case "actions":
            return overviews.actions(report)
        case "comments":
            return overviews.comments(report)
        case "who":
            return overviews.who(report)


def _where(report: RoundReport, spot: Spot) -> str:
    cell = report.title_of(report.cell.id)
    if spot.kind in ("benchmark", "item"):
        return f"{cell} › {report.questionnaire.strand_of(node_of(report, spot).id).title}"
    return cell


def node_of(report: RoundReport, spot: Spot) -> Strand | Benchmark:
    """The strand or benchmark that a spot is in; KeyError where it is in none."""
    if spot.kind != "item":
        return report.questionnaire.node(spot.id)
    for strand in report.questionnaire.strands:
        nodes: tuple[Strand | Benchmark, ...] = (strand, *strand.middle)
        for node in nodes:
            if any(item.id == spot.id for item in node.items):
                return node
    raise KeyError(spot.id)

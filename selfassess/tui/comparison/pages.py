"""The pages of a comparison: from a report and where one is to what is shown there."""

from selfassess.documents.blocks import BulletList as Points
from selfassess.documents.blocks import Heading
from selfassess.documents.blocks import Paragraph as Said
from selfassess.documents.blocks import Section as Part
from selfassess.documents.blocks import Table as Grid
from selfassess.documents.charts import marks
from selfassess.documents.comparison import report as comparison
from selfassess.documents.comparison import wording as basis
from selfassess.documents.comparison import wording as words
from selfassess.documents.comparison.report import shown_nodes
from selfassess.model.reports import ComparisonReport
from selfassess.model.units import OVERALL
from selfassess.tui.comparison.blocks import Page, Spot
from selfassess.tui.comparison.one import node
from selfassess.tui.comparison.pieces import Blocks, apart, change_of, say, section
from selfassess.tui.dashboard.blocks import numbered

NONE_LEFT_OUT = "Nothing is left out: both rounds asked the same, in the same words."


def page(report: ComparisonReport, spot: Spot) -> Page:
    """What is shown at a spot. `report` is of all, or narrowed to a group."""
    return Page(where=_where(report, spot), blocks=tuple(numbered(_blocks(report, spot))))


def _blocks(report: ComparisonReport, spot: Spot) -> Blocks:
    match spot.kind:
        case "strands":
            return _strands(report)
        case "strand" | "benchmark":
            return node(report, spot.id)
        case "left out":
            once = comparison.asked_once(report)
            return _of_part("What is left out", comparison.not_compared(report), NONE_LEFT_OUT, once)
        case "who":
            return _who(report)
        case "trend":
            return _trend(report)
        case "how to read":
            return _of_part("How to read this", comparison.how_to_read())


def _where(report: ComparisonReport, spot: Spot) -> str:
    cell = report.title_of(report.cell.id)
    if spot.kind == "benchmark" and spot.id != OVERALL:
        return f"{cell} › {report.questionnaire.strand_of(spot.id).title}"
    return cell


def _strands(report: ComparisonReport) -> Blocks:
    """The whole: every strand with what is said of it."""
    cell = report.cell
    yield say(report.questionnaire.title, "title")
    if once := comparison.asked_once(report):
        yield say(once)
    if told := words.tally(report, cell):
        yield say(told, "strong")
    if view := words.which_view(cell):
        yield say(view, "quiet")
    for found in shown_nodes(report, cell):
        if found.level != "benchmark":
            spot = Spot("benchmark", OVERALL) if found.id == OVERALL else Spot("strand", found.id)
            yield change_of(report, found, opens=spot)
    yield say(marks(), "quiet", apart=True)
    if report.group is None:
        if missing := basis.groups_missing(report):
            yield say(missing, "quiet")
        yield from apart(report)


def _who(report: ComparisonReport) -> Blocks:
    yield from _of_part("Who is compared", comparison.who(report))
    for cell in report.comparison.cells:
        if report.group is None and cell.id != "all":
            yield say(f"{report.title_of(cell.id)}: {words.in_short(cell)}.", mark="•", indent=2)
    yield from apart(report)


def _trend(report: ComparisonReport) -> Blocks:
    part = comparison.trend(report)
    yield from _of_part("Over the rounds", part, "Two rounds are no trend. Name more of them when you compare.")


def _of_part(title: str, part: Part | None, otherwise: str = "", once: str = "") -> Blocks:
    """A section of the printed page, in the same words; `once` stands before it."""
    yield say(title, "title")
    if once:
        yield say(once, apart=True)
    if part is None:
        if not once:
            yield say(otherwise, apart=True)
        return
    for block in part.blocks:
        match block:
            case Said():
                yield say(block.text, block.tone, apart=True)
            case Heading():
                yield section(block.text)
            case Points():
                for point in block.entries:
                    yield say(f"{point.head}: {point.text}" if point.head else point.text, mark="•")
            case Grid():
                yield from _rows(block)


def _rows(grid: Grid) -> Blocks:
    """A table, a paragraph a row: on a narrow screen columns would not do."""
    for name, *cells in grid.rows:
        yield say(name, "strong", apart=True)
        told = zip(grid.columns[1:], cells, strict=True)
        yield say(" · ".join(f"{column}: {cell}" for column, cell in told), indent=2)

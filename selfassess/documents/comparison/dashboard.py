"""A comparison of rounds to leaf through: a page of what there is of a strand or benchmark."""

from collections.abc import Iterator
from dataclasses import replace

from selfassess.documents import follow_up
from selfassess.documents.blocks import (
    Block,
    Bullet,
    BulletList,
    ChangeChart,
    ChangeRow,
    Heading,
    Paragraph,
    Reasons,
    Section,
    Spot,
)
from selfassess.documents.charts import marks
from selfassess.documents.comparison import report as printed
from selfassess.documents.comparison import skills
from selfassess.documents.comparison import wording as words
from selfassess.documents.comparison.report import change_row, planned_on, shown_nodes
from selfassess.model.comparison import Matched, NodeChange
from selfassess.model.reports import ComparisonReport
from selfassess.model.score_tree import OVERALL
from selfassess.text import capital, count, listed

NONE_LEFT_OUT = "Nothing is left out: both rounds asked the same, in the same words."
NO_SKILLS = "No skill was asked about alike both times."
NO_TREND = "Two rounds are not a trend. Name more rounds when you compare."
VIEWS = {"matched": "The same people", "everybody": "Everybody, then and now"}
TOLD_IN_WORDS = ("too few to tell", words.UNSURE)
"""Claims that say already that too little is known, so that missing details need no reason of their own."""


def page(report: ComparisonReport, spot: Spot) -> Section:
    """What is shown of a place. `report` is of all, or narrowed to a group."""
    match spot.kind:
        case "strands":
            return Section(spot.kind, report.questionnaire.title, tuple(_strands(report)))
        case "strand" | "benchmark":
            return Section(spot.id, words.title_of(report, spot.id), tuple(_node(report, spot.id)))
        case "left out":
            once = printed.asked_once(report)
            return _of_report(printed.not_compared(report), "What is not compared", once or NONE_LEFT_OUT, once)
        case "who":
            section = _of_report(printed.who(report))
            return replace(section, blocks=(*section.blocks, *_groups(report)))
        case "trend":
            return _of_report(printed.trend(report), "Over the rounds", NO_TREND)
        case "skills":
            return _of_report(skills.section(report), skills.TITLE, NO_SKILLS)
        case "how to read":
            return printed.how_to_read()
        case _:
            raise ValueError(spot.kind)  # only the dashboard of a round has it


def place(report: ComparisonReport, spot: Spot) -> str:
    """Whose change a page shows, and in which strand."""
    cell = report.title_of(report.cell.id)
    if spot.kind == "benchmark" and spot.id != OVERALL:
        return f"{cell} › {report.questionnaire.strand_of(spot.id).title}"
    return cell


def _of_report(section: Section | None, title: str = "", otherwise: str = "", first: str = "") -> Section:
    """A section of the report, its paragraphs set apart, below what is said first; or what is said where it is none."""
    blocks = section.blocks if section else (Paragraph(otherwise),)
    above = (Paragraph(first),) if section and first else ()
    spaced = (replace(one, apart=True) if isinstance(one, Paragraph) else one for one in (*above, *blocks))
    return Section(section.id if section else "none", section.title if section else title, tuple(spaced))


def _strands(report: ComparisonReport) -> Iterator[Block]:
    """Every strand with its change."""
    cell = report.cell
    if once := printed.asked_once(report):
        yield Paragraph(once)
    if told := words.tally(report, cell):
        yield Paragraph(told, "strong")
    if view := words.which_view(cell):
        yield Paragraph(view, "quiet")
    rows = []
    for found in shown_nodes(report, cell):
        if found.level != "benchmark":
            spot = Spot("benchmark", OVERALL) if found.id == OVERALL else Spot("strand", found.id)
            rows.append(_change(report, found, opens=spot))
    yield ChangeChart(tuple(rows))
    yield Paragraph(marks(), "quiet", apart=True)
    if report.group is None:
        if missing := words.groups_missing(report):
            yield Paragraph(missing, "quiet")
        yield from printed.left_out_groups(report)


def _groups(report: ComparisonReport) -> Iterator[Block]:
    cells = report.comparison.cells if report.group is None else ()
    told = tuple(Bullet(f"{words.group_size(cell)}.", report.title_of(cell.id)) for cell in cells if cell.id != "all")
    yield BulletList(told)
    yield from printed.left_out_groups(report)


def _node(report: ComparisonReport, id: str) -> Iterator[Block]:
    """Everything about a node, and the benchmarks of a strand."""
    found = report.cell.node(id)
    if found is None:
        yield Paragraph("This has no score, so there is nothing to compare.", "quiet")
    else:
        yield from _claim(report, found)
        yield from _benchmarks(report, found)
        yield from _people(report, found)
    yield from _by_group(report, id)
    yield from _left_out(report, id)
    yield from _planned(report, id)
    if told := printed.over_the_rounds(report, id):
        yield Heading("Over the rounds")
        yield Paragraph(told)
        yield Paragraph(printed.OWN_SCORES, "quiet")


def _claim(report: ComparisonReport, found: NodeChange) -> Iterator[Block]:
    change = found.headline
    title = VIEWS[found.views[0]] if found.views else report.title_of(report.cell.id)
    yield ChangeChart((_change(report, found, title),))
    if change is None:
        return
    says, because = words.claim_words(found)
    why = f"How sure this is cannot be shown: {because}" if says == words.UNSURE else capital(because)
    yield Paragraph(f"{why}.", apart=True)
    if told := words.moves(change):
        yield Paragraph(f"Of the {change.n}, {told}." if isinstance(change, Matched) else f"{told}.")
    if sure := words.how_sure(report, found.id, change):
        yield Paragraph(sure)
    if "details" in found.withheld and says not in TOLD_IN_WORDS:
        yield Paragraph(f"How differently people moved is not shown: {found.withheld['details']}.", "quiet")


def _benchmarks(report: ComparisonReport, found: NodeChange) -> Iterator[Block]:
    strand = next((one for one in report.questionnaire.strands if one.id == found.id), None)
    inside = {one.id for one in strand.middle} if strand else set()
    rows = [_change(report, one, opens=Spot("benchmark", one.id)) for one in report.cell.nodes if one.id in inside]
    if rows:
        yield Heading("Its benchmarks")
        yield ChangeChart(tuple(rows))


def _people(report: ComparisonReport, found: NodeChange) -> Iterator[Block]:
    """Whose answers the change is about and why, and the other view."""
    why = words.why_view(report.cell, found)
    if not why:
        return
    yield Heading("Who this is about")
    yield Paragraph(why)
    if found.other_view is not None:
        other = replace(found, views=found.views[1:], claim=None)
        yield ChangeChart((_change(report, other, VIEWS[found.views[1]]),))
        yield Paragraph("It is shown next to the other; we draw no conclusion from it.", "quiet")
    elif alone := words.why_alone(found):
        yield Paragraph(alone)


def _by_group(report: ComparisonReport, id: str) -> Iterator[Block]:
    """All groups; if the report is narrowed to one, everybody."""
    narrowed = report.group is not None
    cells = [cell for cell in report.comparison.cells if (cell.id == "all") == narrowed]
    if not cells and (narrowed or not report.comparison.apart):
        return
    yield Heading("Beside it" if narrowed else "Group by group")
    found = [(report.title_of(cell.id), cell.node(id)) for cell in cells]
    if rows := tuple(_change(report, node, title) for title, node in found if node is not None):
        yield ChangeChart(rows)
    if not narrowed:
        yield from printed.left_out_groups(report)


def _left_out(report: ComparisonReport, id: str) -> Iterator[Block]:
    found = report.comparison.comparability.node(id)
    if found.aside or found.new_rules or not found.comparable:
        yield Heading("What is left out")
        yield Paragraph(found.sentence)
        yield BulletList(printed.excluded(report, found))


def _planned(report: ComparisonReport, id: str) -> Iterator[Block]:
    told = []
    for one in planned_on(report, id):
        groups = [report.title_of(group) for group in one.planned.groups]
        whom = f"for {listed(groups)}" if groups else ""
        told.append(Bullet(one.planned.text, note="; ".join(filter(None, (follow_up.state(one.planned), whom)))))
    if told:
        yield Heading("What was planned about it")
        yield BulletList(tuple(told))
        yield Paragraph(follow_up.NO_PROOF, "quiet", apart=True)


def _change(report: ComparisonReport, node: NodeChange, title: str = "", opens: Spot | None = None) -> ChangeRow:
    """The change of a node, in its main view."""
    row, change = change_row(report, node, Reasons()), node.headline
    if change is None:
        return replace(row, title=title or row.title, opens=opens)
    notes = [words.who(change), *(_more(report, node.id) if opens else ())]
    return replace(row, title=title or row.title, about=" · ".join(notes), opens=opens)


def _more(report: ComparisonReport, id: str) -> Iterator[str]:
    """What its own page has more of."""
    if aside := len(report.comparison.comparability.node(id).aside):
        yield f"{count(aside, 'item')} left out"
    if actions := len(planned_on(report, id)):
        yield f"{count(actions, 'action')} in the plan"

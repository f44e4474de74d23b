"""The pages of a comparison of rounds: from a report and a place in it to the blocks shown there."""

from dataclasses import dataclass, field, replace

from selfassess.documents import follow_up
from selfassess.documents.blocks import BulletList, Heading, Paragraph, Section, Table
from selfassess.documents.charts import marks
from selfassess.documents.comparison import report as comparison
from selfassess.documents.comparison import wording as words
from selfassess.documents.comparison.report import planned_on, shown_nodes
from selfassess.model.comparison import Change as Told
from selfassess.model.comparison import Matched, NodeChange
from selfassess.model.reports import ComparisonReport
from selfassess.model.score_tree import OVERALL
from selfassess.text import capital, count, listed
from selfassess.tui.pages.blocks import TOP, Blocks, Change, Page, Spot, Trail, numbered
from selfassess.tui.pages.dashboard_parts import say, section

NONE_LEFT_OUT = "Nothing is left out: both rounds asked the same, in the same words."


@dataclass
class ComparisonView:
    """The state of a comparison: the current place, and the group it is narrowed to."""

    report: ComparisonReport
    """The comparison, of the group that was chosen."""
    trail: Trail = field(default_factory=lambda: [(TOP, None)])

    @property
    def groups(self) -> list[str | None]:
        """The groups that it can be narrowed to; None is all."""
        return [None, *(cell.id for cell in self.report.comparison.cells if cell.id != "all")]

    def next_group(self) -> None:
        """Narrow to the next group that has a comparison of its own; after the last one, to all."""
        at = self.groups.index(self.report.group) + 1
        self.report = replace(self.report, group=self.groups[at % len(self.groups)])


def page(report: ComparisonReport, spot: Spot) -> Page:
    """The page of a place. `report` is of all, or narrowed to a group."""
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
        case _:
            raise ValueError(spot.kind)  # only dashboards have it


def _where(report: ComparisonReport, spot: Spot) -> str:
    cell = report.title_of(report.cell.id)
    if spot.kind == "benchmark" and spot.id != OVERALL:
        return f"{cell} › {report.questionnaire.strand_of(spot.id).title}"
    return cell


def _strands(report: ComparisonReport) -> Blocks:
    """The first page: every strand with its change."""
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
        if missing := words.groups_missing(report):
            yield say(missing, "quiet")
        yield from apart(report)


def _who(report: ComparisonReport) -> Blocks:
    yield from _of_part("Who is compared", comparison.who(report))
    for cell in report.comparison.cells:
        if report.group is None and cell.id != "all":
            yield say(f"{report.title_of(cell.id)}: {words.group_size(cell)}.", mark="•", indent=2)
    yield from apart(report)


def _trend(report: ComparisonReport) -> Blocks:
    part = comparison.trend(report)
    yield from _of_part("Over the rounds", part, "Two rounds are no trend. Name more of them when you compare.")


def _of_part(title: str, part: Section | None, otherwise: str = "", once: str = "") -> Blocks:
    """A section of the printed page, in the same words, after `once`."""
    yield say(title, "title")
    if once:
        yield say(once, apart=True)
    if part is None:
        if not once:
            yield say(otherwise, apart=True)
        return
    for block in part.blocks:
        match block:
            case Paragraph():
                yield say(block.text, block.tone, apart=True)
            case Heading():
                yield section(block.text)
            case BulletList():
                for point in block.entries:
                    yield say(f"{point.head}: {point.text}" if point.head else point.text, mark="•")
            case Table():
                yield from _rows(block)


def _rows(grid: Table) -> Blocks:
    """A table as paragraphs, one for each row: narrow screens have no room for columns."""
    for name, *cells in grid.rows:
        yield say(name, "strong", apart=True)
        told = zip(grid.columns[1:], cells, strict=True)
        yield say(" · ".join(f"{column}: {cell}" for column, cell in told), indent=2)


VIEWS = {"matched": "The same people", "everybody": "Everybody, then and now"}
TOLD_IN_WORDS = ("too few to tell", words.UNSURE)
"""Claims that say already that too little is known, so that missing details need no reason of their own."""


def node(report: ComparisonReport, id: str) -> Blocks:
    """Everything about a node, and the benchmarks of a strand."""
    yield say(words.title_of(report, id), "title")
    found = report.cell.node(id)
    if found is None:
        yield say("This has no score, so there is nothing to compare.", "quiet")
    else:
        yield from _change(report, found)
        yield from _benchmarks(report, found)
        yield from _people(report, found)
    yield from _by_group(report, id)
    yield from _left_out(report, id)
    yield from _planned(report, id)
    yield from _trend_of(report, id)


def _change(report: ComparisonReport, found: NodeChange) -> Blocks:
    change = found.headline
    title = VIEWS[found.views[0]] if found.views else report.title_of(report.cell.id)
    yield change_of(report, found, title)
    if change is None:
        return
    says, because = words.said(found)
    why = f"How sure this is cannot be shown: {because}" if says == words.UNSURE else capital(because)
    yield say(f"{why}.", apart=True)
    if told := words.moves(change):
        yield say(f"Of the {change.n}, {told}." if isinstance(change, Matched) else f"{told}.")
    if sure := words.how_sure(report, found.id, change):
        yield say(sure)
    if "details" in found.withheld and says not in TOLD_IN_WORDS:
        yield say(f"How differently people moved is not shown: {found.withheld['details']}.", "quiet")


def _benchmarks(report: ComparisonReport, found: NodeChange) -> Blocks:
    strand = next((one for one in report.questionnaire.strands if one.id == found.id), None)
    inside = {one.id for one in strand.middle} if strand else set()
    rows = [one for one in report.cell.nodes if one.id in inside]
    if rows:
        yield section("Its benchmarks")
    for one in rows:
        yield change_of(report, one, opens=Spot("benchmark", one.id))


def _people(report: ComparisonReport, found: NodeChange) -> Blocks:
    """Whose answers the change is about and why, and the other view."""
    why = words.why_view(report.cell, found)
    if not why:
        return
    yield section("Of whom this is told")
    yield say(why)
    if found.beside is not None:
        yield beside(report, found.id, found.beside, VIEWS[found.views[1]])
        yield say("It stands beside the other, and nothing is claimed of it.", "quiet")
    elif alone := words.why_alone(found):
        yield say(alone)


def _by_group(report: ComparisonReport, id: str) -> Blocks:
    """All groups; if the report is narrowed to one, everybody."""
    narrowed = report.group is not None
    cells = [cell for cell in report.comparison.cells if (cell.id == "all") == narrowed]
    if not cells and (narrowed or not report.comparison.apart):
        return
    yield section("Beside it" if narrowed else "Group by group")
    is_first = True
    for cell in cells:
        if (found := cell.node(id)) is not None:
            yield replace(change_of(report, found, report.title_of(cell.id)), is_apart=not is_first)
            is_first = False
    if not narrowed:
        yield from apart(report)


def _left_out(report: ComparisonReport, id: str) -> Blocks:
    found = report.comparison.comparability.node(id)
    if not found.aside and not found.new_rules and found.comparable:
        return
    yield section("What is left out")
    yield say(found.sentence)
    for item, reason in words.listed_exclusions(found.aside).items():
        yield say(f"{words.exclusion(report.editions, item, reason)}.", mark="•")


def _planned(report: ComparisonReport, id: str) -> Blocks:
    actions = planned_on(report, id)
    if not actions:
        return
    yield section("What was planned about it")
    for one in actions:
        yield say(one.planned.text, mark="•")
        groups = [report.title_of(group) for group in one.planned.groups]
        whom = f"for {listed(groups)}" if groups else ""
        yield say("; ".join(filter(None, (capital(follow_up.state(one.planned)), whom))) + ".", "quiet", indent=2)
    yield say(follow_up.NO_PROOF, "quiet", apart=True)


def _trend_of(report: ComparisonReport, id: str) -> Blocks:
    if told := comparison.over_the_rounds(report, id):
        yield section("Over the rounds")
        yield say(told)
        yield say(comparison.OWN_SCORES, "quiet")


def change_of(report: ComparisonReport, node: NodeChange, title: str = "", opens: Spot | None = None) -> Change:
    """The change of a node, in its main view."""
    title = title or words.title_of(report, node.id)
    change = node.headline
    if change is None:
        why = f"not shown: {words.why_none(node)}"
        return Change(
            title=title, says="", then=None, now=None, told=why, moved=False, opens=opens, is_apart=bool(opens)
        )
    notes = [words.who(change), *(_notes(report, node.id) if opens else ())]
    return Change(
        title=title,
        says=words.said(node)[0],
        then=change.mean[0] / 100,
        now=change.mean[1] / 100,
        told=_told(report, node.id, change),
        moved=words.stands_out(node),
        about=" · ".join(notes),
        opens=opens,
        is_apart=bool(opens),
    )


def beside(report: ComparisonReport, id: str, change: Told, title: str) -> Change:
    """The other view of a change: its line and numbers, without a claim."""
    return Change(
        title=title,
        says="",
        then=change.mean[0] / 100,
        now=change.mean[1] / 100,
        told=_told(report, id, change),
        moved=False,
        about=words.who(change),
        is_apart=True,
    )


def _told(report: ComparisonReport, id: str, change: Told) -> str:
    then, now, by = words.values(report, id, change)
    return f"{then} to {now} ({by})"


def _notes(report: ComparisonReport, id: str) -> list[str]:
    """What its own page has more of."""
    aside = len(report.comparison.comparability.node(id).aside)
    actions = len(planned_on(report, id))
    return [
        *([f"{count(aside, 'item')} left out"] if aside else []),
        *([f"{count(actions, 'action')} in the plan"] if actions else []),
    ]


def apart(report: ComparisonReport) -> Blocks:
    """Which groups have no comparison of their own, and why."""
    for group, why in report.comparison.apart.items():
        yield say(f"{report.title_of(group)} has no comparison of its own: {why}.", "quiet")

"""The pages of a round's dashboard and of its meeting view: from a report and a place in it to blocks."""

from dataclasses import dataclass, field, replace

from selfassess.documents import follow_up, targets, wording
from selfassess.documents.round import finding_wording
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.findings import nobody_could_not_say
from selfassess.documents.round.order import benchmarks, in_order, inside
from selfassess.documents.round.overview import corrected
from selfassess.model.questionnaire import Benchmark, Item, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import POOL, Cell, Comment, Ranked
from selfassess.model.score_tree import OVERALL, has_score
from selfassess.services.reports import narrow_report
from selfassess.text import capital
from selfassess.tui.pages import dashboard_words as words
from selfassess.tui.pages.blocks import TOP, Blocks, Page, Spot, Trail, Words, numbered
from selfassess.tui.pages.dashboard_parts import (
    actions_for,
    actions_on,
    answers_of,
    by_group,
    difference_of,
    say,
    score_of,
    section,
    seen_differently,
    settled,
    split_of,
    spot_of,
    title_of_item,
)


@dataclass
class RoundView:
    """The state of a dashboard: the current place, the group it is narrowed to, and the order of its rows."""

    whole: RoundReport
    """The report of all."""
    group: str | None = None
    """The group that everything is narrowed to."""
    by_need: bool = True
    """Whether what needs discussion comes first."""
    trail: Trail = field(default_factory=lambda: [(TOP, None)])

    @property
    def report(self) -> RoundReport:
        """The report, of the group that was chosen."""
        return self.whole if self.group is None else narrow_report(self.whole, self.group, None)

    @property
    def node(self) -> Strand | Benchmark | None:
        """The strand or benchmark of the current place, if any."""
        spot, _ = self.trail[-1]
        return node_of(self.whole, spot) if spot.kind in ("strand", "benchmark", "item") else None

    @property
    def topics(self) -> list[Strand | Benchmark]:
        """What the meeting discusses, in the order that was chosen."""
        return in_order(self.whole, benchmarks(self.whole), by_need=self.by_need)

    @property
    def topic(self) -> Strand | Benchmark:
        """Where the meeting begins: the current benchmark, or the first of the current strand, or of all."""
        node = self.node
        for one in self.topics:
            if node and (one.id == node.id or self.whole.questionnaire.strand_of(one.id) is node):
                return one
        return self.topics[0]

    def next_group(self) -> None:
        """Narrow to the next group that is shown by itself; after the last one, to all."""
        groups: list[str | None] = [None, *(cell.id for cell in self.whole.groups if len(self.whole.groups) > 1)]
        self.group = groups[(groups.index(self.group) + 1) % len(groups)]


def page(report: RoundReport, spot: Spot, *, by_need: bool) -> Page:
    """The page of a place. `report` is of all, or narrowed to a group; `by_need` is the order of its rows."""
    return Page(where=_where(report, spot), blocks=tuple(numbered(_blocks(report, spot, by_need))))


def _blocks(report: RoundReport, spot: Spot, by_need: bool) -> Blocks:
    questionnaire = report.questionnaire
    match spot.kind:
        case "strands":
            return strands(report, by_need)
        case "strand":
            return strand(report, report.questionnaire.strand_of(spot.id), by_need)
        case "benchmark":
            return benchmark(report, questionnaire.node(spot.id))
        case "item":
            return item(report, questionnaire.item(spot.id))
        case "findings":
            return findings(report)
        case "actions":
            return actions(report)
        case "comments":
            return comments(report)
        case "who":
            return who(report)
        case _:
            raise ValueError(spot.kind)  # only comparisons have it


def _where(report: RoundReport, spot: Spot) -> str:
    cell = report.title_of(report.cell.id)
    if spot.kind in ("benchmark", "item"):
        return f"{cell} › {report.questionnaire.strand_of(node_of(report, spot).id).title}"
    return cell


def node_of(report: RoundReport, spot: Spot) -> Strand | Benchmark:
    """The strand or benchmark of a place; KeyError if it has none."""
    if spot.kind != "item":
        return report.questionnaire.node(spot.id)
    for strand in report.questionnaire.strands:
        nodes: tuple[Strand | Benchmark, ...] = (strand, *strand.middle)
        for node in nodes:
            if any(item.id == spot.id for item in node.items):
                return node
    raise KeyError(spot.id)


def strands(report: RoundReport, by_need: bool) -> Blocks:
    """The first page: every strand with its score."""
    questionnaire, cell = report.questionnaire, report.cell
    yield say(questionnaire.title, "title")
    if cell.overall:
        yield score_of(report, questionnaire.overall, cell.overall, "Overall", note=words.flags(report, [OVERALL]))
    for strand in in_order(report, questionnaire.strands, by_need=by_need):
        note = _note(report, strand)
        yield score_of(report, strand, cell.figure(strand.id), strand.title, opens=spot_of(strand), note=note)
    if cell.has_target:
        yield say("The upright mark on a bar is the target.", "quiet", apart=True)
    for said in words.not_alone(report):
        yield say(said, "quiet")


def _note(report: RoundReport, node: Strand | Benchmark) -> str:
    return " · ".join(filter(None, (words.flags(report, inside(node)), "agreed" if node.id in report.agreed else "")))


def strand(report: RoundReport, strand: Strand, by_need: bool) -> Blocks:
    """A strand, and what is in it."""
    yield from _head(report, strand)
    for node in in_order(report, strand.middle, by_need=by_need):
        figure = report.cell.figure(node.id)
        yield score_of(report, node, figure, node.title, opens=spot_of(node), note=_note(report, node))
    yield from _items(report, strand)
    yield from _details(report, strand)


def benchmark(report: RoundReport, node: Strand | Benchmark) -> Blocks:
    """Everything about a benchmark."""
    yield from _head(report, node)
    if node.discuss:
        yield say(f"To ask in the room: {node.discuss}", apart=True)
    yield from _items(report, node)
    yield from _details(report, node)
    yield from actions_on(report, node)
    for line in wording.background(node):
        yield say(line, "quiet", apart=True)


def _head(report: RoundReport, node: Strand | Benchmark) -> Blocks:
    yield say(node.title, "title")
    if not has_score(report.questionnaire, node):
        yield say("This has no score: see what people said below.", "quiet")
        return
    cell = report.cell
    yield score_of(report, node, cell.figure(node.id), report.title_of(cell.id))
    yield from by_group(report, node)
    if said := words.agreed(report, node.id):
        yield say(said, "strong", apart=True)


def _items(report: RoundReport, node: Strand | Benchmark) -> Blocks:
    found = [item for item in node.items if item.has_figures]
    if found:
        yield section(f"What {_who(report)} said")
    for item in found:
        title = title_of_item(report, item)
        yield answers_of(report, item, report.cell.figure(item.id), title, Spot("item", item.id))


def _who(report: RoundReport) -> str:
    return "people" if report.group is None else report.title_of(report.group)


def _details(report: RoundReport, node: Strand | Benchmark) -> Blocks:
    figure = report.cell.figure(node.id)
    if sure := list(words.how_sure(report, node, figure)):
        yield section("How sure this is")
        for line in sure:
            yield say(line)
    if alike := words.agreement(figure):
        yield section("How alike people see it")
        yield say(alike)
    yield from seen_differently(report, node)


def item(report: RoundReport, item: Item) -> Blocks:
    """How answers to an item fall, of all and of each group that is shown."""
    cells: tuple[Cell, ...] = (report.cell, report.said.all)[: 1 if report.group is None else 2]
    if report.group is None and len(report.groups) > 1:
        cells += tuple(cell for cell in report.groups if _asks(report, item, cell))
    yield say(title_of_item(report, item), "title")
    if item.reverse:
        yield say("Agreeing means doing badly here, so those who disagree are at the right.", "quiet")
    for cell in cells:
        figure = cell.figure(item.id)
        yield answers_of(report, item, figure, report.title_of(cell.id))
        if figure.counts is not None and (alike := words.agreement(figure)):
            yield say(alike, "quiet")
        for split in report.splits:
            if split.item.id == item.id and split.cell == cell.id:
                yield say(f"{words.camps(report, split)} To ask in the room: {words.ASK_ABOUT_CAMPS}", "strong")
    yield say("The right end of a row is the favourable one.", "quiet", apart=True)


def _asks(report: RoundReport, item: Item, cell: Cell) -> bool:
    return any(item.asks(group) for group in (report.said.pooled if cell.id == POOL else (cell.id,)))


def findings(report: RoundReport) -> Blocks:
    """Strengths, gaps, two camps, differences, and what many could not say: each opens what it is about."""
    yield say("Findings", "title")
    yield section("Strengths to celebrate")
    if not report.strengths:
        yield say(targets.no_strengths(report))
    yield from _ranked(report, report.strengths, praised=True)
    for title, some in targets.runners_up(report.ranking):
        yield section(title)
        yield from _ranked(report, some, praised=True)
    yield section("Widest gaps to the target")
    if unsure := finding_wording.which_is_widest(report):
        yield say(f"{capital(unsure)}.")
    if not report.gaps:
        yield say(targets.no_gaps(report))
    yield from _ranked(report, report.gaps)
    if low := report.ranking.also_low:
        yield section(targets.ALSO_LOW)
        yield from _ranked(report, low)
    yield section("Two camps")
    if not report.splits:
        yield say(finding_wording.camps_looked_for(report))
    for split in report.splits:
        yield from split_of(report, split, Spot("item", split.item.id))
    yield from _differences(report)
    yield section("What many could not say")
    if not report.could_not_say:
        yield say(nobody_could_not_say(report))
    for one in report.could_not_say:
        yield Words(text=finding_wording.item_words(report, one.item), opens=Spot("item", one.item.id), is_apart=True)
        yield say(f"{finding_wording.hard_to_say(one)}.", indent=4)


def _ranked(report: RoundReport, found: tuple[Ranked, ...], *, praised: bool = False) -> Blocks:
    for one in found:
        but = finding_wording.but(report, one, with_camps=False) if praised else ""
        said = words.flags(report, inside(one.node)), but, finding_wording.may_change(report, one)
        note = " · ".join(filter(None, said))
        yield score_of(report, one.node, one.figure, one.node.title, opens=spot_of(one.node), note=note)


def _differences(report: RoundReport) -> Blocks:
    yield section("Differences between groups")
    found = sorted((one for one in report.differences if one.matters), key=lambda one: -one.points)
    if not found:
        yield say(finding_wording.no_differences(report))
    for told in (*finding_wording.detectable(report), *filter(None, [finding_wording.in_other_words(report)])):
        yield say(told, "quiet", apart=True)
    for one in found:
        spot = Spot("strands") if one.id == OVERALL else spot_of(report.questionnaire.node(one.id))
        yield from difference_of(report, one, spot)
    if not_compared := finding_wording.not_compared(report):
        yield say(not_compared, "quiet", apart=True)


def actions(report: RoundReport) -> Blocks:
    """What could be done, group by group, in the order of its gaps."""
    yield say("What could be done", "title")
    if not any(report.suggestions.values()):
        yield say(follow_up.no_suggestions([one for some in report.settled.values() for one in some]))
    for group, suggestions in report.suggestions.items():
        if suggestions:
            yield from actions_for(report, group, suggestions)
    yield from settled(report)


def comments(report: RoundReport) -> Blocks:
    """What people wrote, strand by strand."""
    yield say("What people wrote", "title")
    yield say("In an order that tells nothing, and apart from who wrote it.", "quiet")
    said = report.said
    if said.comments_withheld:
        yield say(said.comments_withheld, apart=True)
    if not any(said.comments.values()) and not said.comments_withheld:
        yield say("Nobody wrote anything.", apart=True)
    for strand in report.questionnaire.strands:
        found = said.comments.get(strand.id, ())
        if found:
            yield section(strand.title)
        for about in dict.fromkeys(comment.about for comment in found):
            yield say(finding_wording.about(report, about), "quiet", apart=True)
            yield from _said(about, found)


def _said(about: str, found: tuple[Comment, ...]) -> Blocks:
    for comment in found:
        if comment.about == about:
            yield say(comment.text, mark="•", indent=2)


def who(report: RoundReport) -> Blocks:
    """Who is in, and how what they said is protected."""
    yield say("Who is in", "title")
    if correction := corrected(report):
        yield say(correction, apart=True)
    for one in report.said.attendance:
        yield say(round_wording.group(report.questionnaire, one.group), "strong", apart=True)
        yield say(f"{capital(words.attendance(report, one))}.", indent=2)
    yield section("How what people said is protected")
    for line in round_wording.protection(report.round, report.questionnaire):
        yield say(line, mark="•")


GAP = ""
"""An empty line."""


def meeting_page(report: RoundReport, node: Strand | Benchmark, *, is_revealed: bool) -> Blocks:
    """A benchmark in the meeting view. `report` is of all."""
    if not is_revealed:
        yield say(GAP)
    yield say(node.title, "title", apart=True)
    if node.about:
        yield say(node.about, "quiet", apart=True)
    if is_revealed:
        yield from _results(report, node)
        return
    yield say(GAP)
    yield say(node.discuss or "What do we see, and how do we know?", "strong", apart=True)
    yield say(GAP)
    if node.id in report.agreed:
        yield say(words.agreed(report, node.id, with_mean=False), apart=True)
    yield say("Press the space bar to show what you answered.", "quiet", apart=True)


def _results(report: RoundReport, node: Strand | Benchmark) -> Blocks:
    figure = report.cell.figure(node.id)
    if has_score(report.questionnaire, node):
        yield replace(score_of(report, node, figure, ""), shape="large", is_apart=True)
        if said := words.agreed(report, node.id):
            yield say(said, "strong", apart=True)
        if len(report.groups) > 1:
            yield say(GAP)
            yield from by_group(report, node)
    yield from seen_differently(report, node)
    items = [item for item in node.items if item.has_figures]
    if items:
        yield section("What people said")
    for item in items:
        yield answers_of(report, item, report.cell.figure(item.id), title_of_item(report, item))
    yield from actions_on(report, node)

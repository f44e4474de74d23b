"""The pages from the strands down to an item: each shows the scores of its level and opens the next."""

from selfassess.documents import wording
from selfassess.documents.round.order import in_order, inside
from selfassess.model.item import Item
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.summary import POOL, Cell
from selfassess.model.units import OVERALL, has_score
from selfassess.tui.dashboard import words
from selfassess.tui.dashboard.blocks import Spot
from selfassess.tui.dashboard.pieces import (
    Blocks,
    actions_on,
    answers_of,
    by_group,
    say,
    score_of,
    section,
    seen_differently,
    spot_of,
    title_of_item,
)


def strands(report: RoundReport, by_need: bool) -> Blocks:
    """The whole: every strand with its score."""
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
    """Everything that is known of a benchmark."""
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
    found = [item for item in node.items if item.kind == "choice"]
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

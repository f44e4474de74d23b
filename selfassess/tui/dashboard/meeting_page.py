"""What the meeting view says of a benchmark: little at first, and with much room."""

from dataclasses import replace

from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.units import has_score
from selfassess.tui.dashboard import words
from selfassess.tui.dashboard.pieces import (
    Blocks,
    actions_on,
    answers_of,
    by_group,
    say,
    score_of,
    section,
    seen_differently,
    title_of_item,
)

GAP = ""
"""A line without words."""


def meeting_page(report: RoundReport, node: Strand | Benchmark, *, is_revealed: bool) -> Blocks:
    """A benchmark for the wall. `report` is of all."""
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
    items = [item for item in node.items if item.kind == "choice"]
    if items:
        yield section("What people said")
    for item in items:
        yield answers_of(report, item, report.cell.figure(item.id), title_of_item(report, item))
    yield from actions_on(report, node)

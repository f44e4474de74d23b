"""The page of one node: the change, why it is told of these people, and what else is known of it."""

from dataclasses import replace

from selfassess.documents import follow_up as since
from selfassess.documents.comparison import report as comparison
from selfassess.documents.comparison import wording as basis
from selfassess.documents.comparison import wording as words
from selfassess.documents.comparison.report import planned_on
from selfassess.model.change import Matched
from selfassess.model.comparison import NodeChange
from selfassess.model.reports import ComparisonReport
from selfassess.model.text import capital, listed
from selfassess.tui.comparison.blocks import Spot
from selfassess.tui.comparison.pieces import Blocks, apart, beside, change_of, say, section

VIEWS = {"matched": "The same people", "everybody": "Everybody, then and now"}
TOLD_IN_WORDS = ("too few to tell", words.UNSURE)
"""What is said where nothing can be: the reason is that details are withheld, or that there are too few for any."""


def node(report: ComparisonReport, id: str) -> Blocks:
    """Everything that is told of a node, and below a strand its benchmarks."""
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
    yield from _trend(report, id)


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
    """Which view speaks for the change and why, and the other beside it."""
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
    """The groups beside each other; where it is narrowed to one, all."""
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
    for item, reason in basis.named_apart(found.aside).items():
        yield say(f"{basis.aside(report.editions, item, reason)}.", mark="•")


def _planned(report: ComparisonReport, id: str) -> Blocks:
    actions = planned_on(report, id)
    if not actions:
        return
    yield section("What was planned about it")
    for one in actions:
        yield say(one.planned.text, mark="•")
        groups = [report.title_of(group) for group in one.planned.groups]
        whom = f"for {listed(groups)}" if groups else ""
        yield say("; ".join(filter(None, (capital(since.state(one.planned)), whom))) + ".", "quiet", indent=2)
    yield say(since.NO_PROOF, "quiet", apart=True)


def _trend(report: ComparisonReport, id: str) -> Blocks:
    if told := comparison.over_the_rounds(report, id):
        yield section("Over the rounds")
        yield say(told)
        yield say(comparison.OWN_SCORES, "quiet")

"""What stands where to its target in a round: strengths, gaps, and what could be done."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from selfassess.model.finding import Ranked, Suggestion
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.units import Node, decimals
from selfassess.report import in_plan, round_seen, round_wording, wording
from selfassess.report.blocks import Block, Heading, Point, Points, Section, Words
from selfassess.report.round import RoundReport
from selfassess.report.wording import number

FIRST = 3
"""How many actions of each group stand beside the gaps."""


def strengths(report: RoundReport) -> Section:
    """What to celebrate; where that is little, what comes nearest to its target."""
    blocks: list[Block] = [_ranked(report, report.strengths) if report.strengths else Words(none_reached(report))]
    if report.nearest:
        blocks += [Heading("Nearest to the target"), _ranked(report, report.nearest)]
    return Section("strengths", "Strengths to celebrate", tuple(blocks))


def none_reached(report: RoundReport) -> str:
    """What is said where there are no strengths."""
    return "Nothing has reached its target yet." if report.nearest else wording.NO_STRENGTHS


def _ranked(report: RoundReport, some: Sequence[Ranked]) -> Points:
    return Points(tuple(Point(_score(report, one), one.node.title) for one in some))


def _score(report: RoundReport, one: Ranked) -> str:
    gap = one.figure.gap or 0
    short = f"{number(gap, decimals(one.node))} short of {one.figure.target:g}" if gap > 0 else ""
    score = round_wording.score(one.node, one.figure)
    return ", ".join(filter(None, (score, one.figure.band, short, round_seen.but(report, one))))


def gaps(report: RoundReport) -> Section:
    """Every gap, widest first, with the question to ask in the room."""
    blocks: list[Block] = []
    for place, one in enumerate(report.gaps, 1):
        missing = f"{round_wording.reason(one.node, one.figure)}, {number(one.figure.gap, decimals(one.node))} short"
        blocks.append(Heading(f"{place}. {one.node.title}", missing))
        blocks += to_ask(one.node)
        blocks += _planned(report, one.node)
    blocks = blocks or [Words(wording.no_gaps(report))]
    return Section("gaps", "Gaps, widest first", (*blocks, *_first_actions(report)))


def _first_actions(report: RoundReport) -> Iterator[Block]:
    """What each group could do first; all of it has a section of its own."""
    found = {group: some[:FIRST] for group, some in report.suggestions.items() if some}
    for group, some in found.items():
        yield Heading(f"What {report.title_of(group)} could do first" if group else "What could be done first")
        yield from _with_reasons(report, group, some)


def _planned(report: RoundReport, node: Benchmark | Strand) -> Iterator[Block]:
    """What is in the plan about a node."""
    found = in_plan.on(report.plan, node.id, report.group)
    if found:
        yield Points(tuple(Point(one.text, "In the plan", in_plan.how(one)) for one in found))


def to_ask(node: Node) -> Iterator[Block]:
    """The question to ask in the room."""
    if isinstance(node, Benchmark | Strand) and node.discuss:
        yield Points((Point(node.discuss, "To ask in the room"),))


def actions(report: RoundReport) -> Section:
    """What could be done, group by group and benchmark by benchmark, each with its reason."""
    blocks: list[Block] = []
    for group, suggestions in report.suggestions.items():
        if not suggestions:
            continue
        if group:
            blocks.append(Heading(f"For {report.title_of(group)}"))
        blocks += _with_reasons(report, group, suggestions)
    found = [one for some in report.settled.values() for one in some]
    blocks = blocks or [Words(in_plan.why_nothing(found))]
    if settled := in_plan.settled(found):
        blocks.append(Heading(in_plan.SETTLED))
        blocks.append(Points(tuple(Point(one.text, aside=in_plan.how(one)) for one in settled)))
    return Section("actions", "All that could be done", tuple(blocks))


def _with_reasons(report: RoundReport, group: str, some: Sequence[Suggestion]) -> Iterator[Block]:
    called_for = [(one.ranked.node.title, round_seen.because(report, one, group)) for one in some]
    for (title, reason), together in groupby(zip(some, called_for, strict=True), key=itemgetter(1)):
        yield Words(title, "strong", reason)
        yield Points(tuple(_action(report, one) for one, _ in together), tasks=True)


def _action(report: RoundReport, one: Suggestion) -> Point:
    return Point(one.action.text, aside=in_plan.asides(report, report.plan, report.round.id, one))

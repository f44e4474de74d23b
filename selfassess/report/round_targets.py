"""What stands where to its target in a round: strengths, gaps, and what could be done."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from selfassess.model.finding import Ranked, Suggestion
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.units import Node
from selfassess.report import aim, in_plan, round_seen
from selfassess.report.blocks import Block, Heading, Point, Points, Section, Words
from selfassess.report.round import RoundReport
from selfassess.report.wording import capital
from selfassess.scoring.gaps import MOST, in_points

ANOTHER_DAY = "the same people may answer differently another day"
FIRST = 3
"""How many actions of each group stand beside the gaps."""


def strengths(report: RoundReport) -> Section:
    """What to celebrate; where that is little, what comes nearest to its target, or is highest without one."""
    some = report.ranking
    blocks: list[Block] = [_listed(report, some.strengths) if some.strengths else Words(aim.no_strengths(report))]
    for title, found in aim.others(some):
        blocks += [Heading(title), _listed(report, found)]
    blocks += _how_changed(report, some.strengths)
    return Section("strengths", "Strengths to celebrate", tuple(blocks))


def _how_changed(report: RoundReport, some: Sequence[Ranked]) -> Iterator[Block]:
    if any(round_seen.may_change(report, one) for one in some):
        yield Words(round_seen.MAY_CHANGE, "quiet")


def _listed(report: RoundReport, some: Sequence[Ranked]) -> Points:
    alone, tied = aim.apart(report.questionnaire, some, MOST)
    points = [Point(_with(aim.stands(report.questionnaire, one), report, one), one.node.title) for one in alone]
    if tied:
        told = [f"{one.node.title}{f' ({more})' if (more := _with('', report, one)) else ''}" for one in tied]
        points.append(Point("; ".join(told), aim.alike(tied)))
    return Points(tuple(points))


def _with(words: str, report: RoundReport, one: Ranked) -> str:
    """The words, and what must be said beside them: who sees it otherwise, and who could change it."""
    return ", ".join(filter(None, (words, round_seen.but(report, one), round_seen.may_change(report, one))))


def gaps(report: RoundReport) -> Section:
    """Every gap, widest first, with the question to ask in the room; equal ones have the same number. What is low and
    no gap stands below."""
    unsure = round_seen.which_is_widest(report)
    blocks: list[Block] = [Words(f"{capital(unsure)}: {ANOTHER_DAY}.", "quiet")] if unsure else []
    widths = [in_points(report.questionnaire, one) for one in report.gaps]
    for one, width in zip(report.gaps, widths, strict=True):
        short = aim.short_of(report.questionnaire, one.node, one.figure)
        missing = ", ".join(filter(None, (aim.reason(one), short, round_seen.may_change(report, one))))
        blocks.append(Heading(f"{1 + widths.index(width)}. {one.node.title}", missing))
        blocks += to_ask(one.node)
        blocks += _planned(report, one.node)
    blocks = [*blocks, *_how_changed(report, report.gaps)] or [Words(aim.no_gaps(report))]
    if low := report.ranking.also_low:
        blocks.append(Heading(aim.ALSO_LOW))
        blocks.append(Points(tuple(Point(aim.low(one), one.node.title) for one in low)))
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

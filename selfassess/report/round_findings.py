"""What a round found, each as a section: strengths, gaps, splits, differences, what many could not say, actions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from selfassess.model.finding import Ranked, Suggestion
from selfassess.model.questionnaire import Benchmark, Item, Strand
from selfassess.model.summary import Difference, Figure
from selfassess.model.units import OVERALL, Node, decimals
from selfassess.report import round_wording, wording
from selfassess.report.blocks import Block, Heading, Notes, Point, Points, Section, Stack, Stacks, Words
from selfassess.report.round import RoundReport
from selfassess.report.round_picture import in_camps, in_order
from selfassess.report.wording import number

NO_DETAILS = "Nothing about single items is shown here: {}."


def strengths(report: RoundReport) -> Section:
    """What to celebrate."""
    told = tuple(Point(_score(one), one.node.title) for one in report.strengths)
    return Section("strengths", "Strengths to celebrate", (Points(told) if told else Words(wording.NO_STRENGTHS),))


def _score(one: Ranked) -> str:
    return ", ".join(filter(None, (round_wording.score(one.node, one.figure), one.figure.band)))


def gaps(report: RoundReport) -> Section:
    """Every gap, widest first, with the question to ask in the room."""
    blocks: list[Block] = []
    for place, one in enumerate(report.gaps, 1):
        missing = f"{round_wording.reason(one.node, one.figure)}, {number(one.figure.gap, decimals(one.node))} short"
        blocks.append(Heading(f"{place}. {one.node.title}", missing))
        blocks += _to_ask(one.node)
    return Section("gaps", "Gaps, widest first", tuple(blocks) or (Words(wording.no_gaps(report)),))


def _to_ask(node: Node) -> Iterator[Block]:
    if isinstance(node, Benchmark | Strand) and node.discuss:
        yield Points((Point(node.discuss, "To ask in the room"),))


def splits(report: RoundReport) -> Section:
    """Where people are in two camps."""
    inside = [one for together in in_order(report) for one in together]
    blocks: list[Block] = []
    for node in inside:
        if some := [one for one in report.splits if one.node.id == node.id]:
            blocks.append(Heading(node.title))
            for one in sorted(some, key=lambda one: one.cell != "all"):
                told = replace(one.item, text=round_wording.split(report, one), wording={})
                blocks += _stacks(report, [(told, one.figure)], camps=False)
            blocks += _to_ask(node)
    if blocks:
        intro = "The mean of two camps stands for nobody: look at how the answers fall, not at the score."
        return Section("splits", "Where people are in two camps", (Words(intro, "quiet"), *blocks))
    none = "No two camps were found among the items that are shown."
    return Section("splits", "Where people are in two camps", (Words(none), *_details_withheld(report)))


def differences(report: RoundReport) -> Section | None:
    """Where groups see it differently; None where there are not two groups to compare."""
    if len(report.groups) < 2:
        return None
    told = [one for one in report.said.differences if _concerns(report, one)]
    notes = Notes()
    blocks: list[Block] = []
    for one in sorted((one for one in told if one.matters), key=lambda one: -one.points):
        blocks.append(Heading(_title(report, one.id), round_wording.rosier(report, one)))
        blocks.append(Words(_how_different(report, one, notes)))
        blocks += _to_ask(_node(report, one.id))
    if not blocks:
        blocks.append(Words("No difference between groups is both large and sure enough to be worth talking about."))
    rest = _other_differences(report, [one for one in told if not one.matters])
    return Section("differences", "Where groups see it differently", (*blocks, *rest, *notes.blocks()))


def _how_different(report: RoundReport, one: Difference, notes: Notes) -> str:
    if _is_protected(report, one):
        return f"How sure that is: {notes.mark(round_wording.SMALL_GROUP)}"
    sure = round_wording.claim(one, report.round.rules.thresholds.min_detail)
    return " ".join(filter(None, (sure, round_wording.pairs(report, one))))


def _is_protected(report: RoundReport, one: Difference) -> bool:
    """Whether there are people enough to tell, and it is not told all the same, for somebody else's sake."""
    return one.claim == "too few" and min(one.n) >= report.round.rules.thresholds.min_detail


def _other_differences(report: RoundReport, told: Sequence[Difference]) -> Iterator[Block]:
    """What is not worth talking about, and what cannot be told, pair by pair."""
    points: list[Point] = []
    by_pair = sorted(told, key=lambda one: sorted((one.rosier, one.other)))
    for pair, some in groupby(by_pair, key=lambda one: frozenset((one.rosier, one.other))):
        names = [report.title_of(cell.id) for cell in report.groups if cell.id in pair]
        by_rest: dict[str, list[str]] = {}
        for one in some:
            rest = round_wording.PROTECTED if _is_protected(report, one) else round_wording.REST[one.claim]
            by_rest.setdefault(rest, []).append(_title(report, one.id))
        points += [Point(f"{rest}: {'; '.join(titles)}.", wording.listed(names)) for rest, titles in by_rest.items()]
    if points:
        yield Heading("The rest")
        yield Points(tuple(points))


def _concerns(report: RoundReport, one: Difference) -> bool:
    inside = report.strand is None or (one.id != OVERALL and _strand(report, one.id) == report.strand)
    return inside and (report.group is None or report.group in (one.rosier, one.other))


def could_not_say(report: RoundReport) -> Section:
    """What many could not answer."""
    told = tuple(
        Point(round_wording.hard_to_say(one), f"“{one.item.text}”", one.node.title) for one in report.could_not_say
    )
    none = "Nothing: each item that is shown was answered by at least four in five of those asked."
    blocks = (Points(told),) if told else (Words(none), *_details_withheld(report))
    return Section("could_not_say", "What many could not answer", blocks)


def _details_withheld(report: RoundReport) -> Iterator[Block]:
    """Why nothing is said of items, where nothing is."""
    items = [figure for figure in report.cell.at("item") if figure.n != 0]
    reasons = {round_wording.why_withheld(figure, "counts") for figure in items if figure.counts is None}
    if items and not any(figure.counts for figure in items):
        for reason in sorted(filter(None, reasons)):
            yield Words(NO_DETAILS.format(reason), "quiet")


def items(report: RoundReport) -> Section:
    """How the answers to each item fall."""
    notes = Notes()
    blocks: list[Block] = []
    for together in in_order(report):
        for node in together:
            shown = [(item, report.cell.figure(item.id)) for item in node.items if item.kind == "choice"]
            if shown:
                stacks = _stacks(report, shown)
                hidden = [Point(notes.mark(round_wording.why_withheld(one, "counts")), f"“{item.text}”")
                          for item, one in shown if one.counts is None]  # fmt: skip  # reads as one list
                if stacks or hidden:
                    blocks += [Heading(node.title), *stacks, *([Points(tuple(hidden))] if hidden else [])]
    if not any(isinstance(one, Stacks) for one in blocks):
        why = tuple(_details_withheld(report))
        return Section("items", "Item by item", why or (Words("No item was answered."),))
    intro = (
        "Each row is everybody who answered, from the worst answer on the left to the best on the right, with the "
        "number of people in each part. Agreement runs from 0 (half of them at either end) to 1 (all say the same). In "
        "brackets stands what answers at random would reach, and what they reach once in twenty times."
    )
    return Section("items", "Item by item", (Words(intro, "quiet"), *blocks, *notes.blocks()))


def _stacks(report: RoundReport, shown: Sequence[tuple[Item, Figure]], *, camps: bool = True) -> list[Stacks]:
    """The rows of some items, those on one scale and turned the same way together. `camps`: say so where there are
    two."""
    together: dict[tuple[tuple[str, ...], bool], list[Stack]] = {}
    for item, figure in shown:
        if not figure.counts or not figure.n:
            continue
        points = _worst_first(report, item, figure.counts)
        stack = Stack(
            title=item.text,
            counts=tuple(count for _, count in points),
            could_not=round_wording.could_not(figure),
            agreement=round_wording.agreement(figure.agreement),
            camps=round_wording.CAMPS if camps and in_camps(report, item.id) else "",
        )
        together.setdefault((tuple(label for label, _ in points), item.reverse), []).append(stack)
    return [Stacks(labels, reverse, tuple(rows)) for (labels, reverse), rows in together.items()]


def _worst_first(report: RoundReport, item: Item, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Each point of the item's scale in words, and how many chose it, from the worst to the best."""
    scale = report.questionnaire.scale_of(item)
    points = [point for point in scale.points if point.value not in item.not_applicable_values]
    told = [
        (point.value, point.label or f"{point.value:g}", count)
        for point, count in zip(points, counts.values(), strict=True)
    ]
    told.sort(key=lambda one: one[0], reverse=item.reverse)
    return [(label, count) for _, label, count in told]


def actions(report: RoundReport) -> Section:
    """What could be done, group by group and benchmark by benchmark, each with its reason."""
    blocks: list[Block] = []
    for group, suggestions in report.suggestions.items():
        if not suggestions:
            continue
        if group:
            blocks.append(Heading(f"For {report.title_of(group)}"))
        called_for = [(one.ranked.node.title, round_wording.because(report, one)) for one in suggestions]
        for (title, reason), some in groupby(zip(suggestions, called_for, strict=True), key=itemgetter(1)):
            blocks.append(Words(title, "strong", reason))
            blocks.append(Points(tuple(_action(report, one) for one, _ in some), tasks=True))
    none = "Nothing is suggested: no gap, split or difference calls for an action."
    return Section("actions", "What could be done", tuple(blocks) or (Words(none),))


def _action(report: RoundReport, one: Suggestion) -> Point:
    return Point(one.action.text, aside=wording.notes(report, one))


def _strand(report: RoundReport, id: str) -> str:
    """The id of the strand that a node is in."""
    for strand in report.questionnaire.strands:
        if id == strand.id or any(node.id == id for node in strand.middle):
            return strand.id
    return ""


def _node(report: RoundReport, id: str) -> Node:
    return report.questionnaire.overall if id == OVERALL else report.questionnaire.node(id)


def _title(report: RoundReport, id: str) -> str:
    return "Overall" if id == OVERALL else report.questionnaire.node(id).title

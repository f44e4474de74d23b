"""One person's result to leaf through: all of it at a glance, and a page for each strand and benchmark."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from selfassess.documents import follow_up, personal, targets, wording
from selfassess.documents.blocks import (
    Block,
    Bullet,
    BulletList,
    Heading,
    Paragraph,
    Quotes,
    ScoreChart,
    ScoreRow,
    Section,
    Spot,
    spot_of,
)
from selfassess.model.attainment import MOST
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.results import Ranked

if TYPE_CHECKING:
    from selfassess.model.reports import OwnReport, Working

NEXT_STEP = "Next step"
TO_TALK_ABOUT = "To talk about"
ALL = "Everything, starting with what to talk about"


def page(report: "OwnReport", spot: Spot, working: "Callable[[str], Working]") -> Section:
    """What is shown of a place; `working` tells how the score of a strand or benchmark was worked out."""
    if spot.kind == "strands":
        return Section(spot.kind, "", tuple(at_a_glance(report)))
    node = report.edition.questionnaire.node(spot.id)
    return Section(spot.id, node.title, tuple(_node(report, node, working)))


def row(report: "OwnReport", spot: Spot) -> list[str]:
    """The ids of a place and its neighbours, what needs talk first."""
    questionnaire = report.edition.questionnaire
    match spot.kind:
        case "strand":
            return [strand.id for strand in targets.in_order(report, questionnaire.strands)]
        case "benchmark":
            return [node.id for node in targets.in_order(report, questionnaire.strand_of(spot.id).middle)]
        case _:
            return []


# At a glance


def at_a_glance(report: "OwnReport") -> Iterator[Block]:
    """The result on one screen: the whole, the strands, what is best, what to talk about, and all the rest below."""
    questionnaire = report.edition.questionnaire
    if overall := targets.overall(report):
        yield Paragraph(overall, "strong")
    yield ScoreChart(tuple(_bars(report, questionnaire.strands)), of_one=True, shape="close")
    if report.stock is not None:
        yield from personal.stock(report)
    else:
        yield from _best(report)
        yield from _to_talk_about(report)
        if step := next_step(report):
            yield replace(step, apart=True)
    yield Heading(ALL)
    for strand in targets.in_order(report, questionnaire.strands):
        nodes: list[Strand | Benchmark] = [strand, *targets.in_order(report, strand.middle)]
        yield ScoreChart(tuple(_bars(report, nodes)), of_one=True, shape="close")
    yield Paragraph(wording.made_from(report), "quiet", apart=True)
    yield from personal.bands_in_words(report)
    if left := tuple(personal.left_open(report)):
        yield Heading(personal.LEFT_OPEN)
        yield from left
    for title, told in ((personal.TEXTS, personal.brief_texts(report)), (personal.NOTES, personal.notes(report))):
        if blocks := tuple(told):
            yield Heading(title)
            yield from blocks
    yield from personal.source(report)


def _bars(report: "OwnReport", some: Sequence[Strand | Benchmark]) -> Iterator[ScoreRow]:
    """Scores as bars that open, with their bands and what is missing to their targets."""
    for node in some:
        figure = report.cell.figure(node.id)
        short = targets.short_of(report.edition.questionnaire, node, figure)
        about = figure.why_none or (f"{short} of {figure.target:g}" if short else "")
        found = personal.score_row(report, node)
        yield replace(found, about=about, opens=spot_of(node))


def _best(report: "OwnReport") -> Iterator[Block]:
    if report.strengths:
        yield from _three(report, personal.STRONGEST, report.strengths)
        return
    found = next(targets.runners_up(report.ranking), None)
    if found:
        yield from _three(report, *found)
    else:
        yield Heading(personal.STRONGEST)
        yield Paragraph(targets.no_strengths(report))


def _to_talk_about(report: "OwnReport") -> Iterator[Block]:
    if report.gaps:
        yield from _three(report, TO_TALK_ABOUT, report.gaps, personal.more_gaps(report, MOST))
    elif report.ranking.also_low:
        yield from _three(report, targets.ALSO_LOW, report.ranking.also_low)
    else:
        yield Heading(TO_TALK_ABOUT)
        yield Paragraph(targets.no_gaps(report))


def _three(report: "OwnReport", title: str, some: Sequence[Ranked], note: str = "") -> Iterator[Block]:
    """The first three, and what there is beyond them."""
    _, tied = targets.split_ties(report.edition.questionnaire, some, MOST)
    yield Heading(title, note or (targets.tied_summary(tied) if tied else ""))
    bars = _bars(report, [one.node for one in some[:MOST]])
    yield ScoreChart(tuple(replace(bar, about="") for bar in bars), of_one=True, shape="list")


def next_step(report: "OwnReport") -> Paragraph | None:
    """One thing to do: what is in the plan about the widest gap, what is suggested for it, or what to ask."""
    for one in report.gaps:
        if planned := [it for it in follow_up.actions_about(report.plan, one.node.id, report.group) if it.is_open]:
            return Paragraph(planned[0].text, note=follow_up.standing(planned[0]), lead=NEXT_STEP)
        if found := [it for it in report.suggestions if it.ranked.node.id == one.node.id]:
            return Paragraph(found[0].action.text, lead=NEXT_STEP)
        if one.node.discuss:
            return Paragraph(one.node.discuss, lead=wording.TO_ASK)
    return None


# A strand or a benchmark


def _node(report: "OwnReport", node: Strand | Benchmark, working: "Callable[[str], Working]") -> Iterator[Block]:
    (bar,) = _bars(report, [node])
    yield ScoreChart((replace(bar, title="", opens=None),), of_one=True)
    if node.discuss:
        yield Paragraph(node.discuss, lead=wording.TO_ASK, apart=True)
    if node.id in report.notes:
        yield Quotes(personal.NOTE, (report.notes[node.id],), of_one=True)
    if isinstance(node, Strand) and node.middle:
        yield ScoreChart(tuple(_bars(report, targets.in_order(report, node.middle))), of_one=True, shape="close")
    yield from _actions(report, node)
    yield from personal.worked_out(working(node.id))
    for id in (*(item.id for item in node.items if item.is_in_words), node.id):
        if id in report.texts:
            yield Quotes(wording.about(report, id), (report.texts[id],), of_one=True)
    for line in wording.background(node):
        yield Paragraph(line, "quiet", apart=True)


def _actions(report: "OwnReport", node: Strand | Benchmark) -> Iterator[Block]:
    ranked = next((one for one in report.gaps if one.node.id == node.id), None)
    found = [*personal.actions(report, ranked)] if ranked else []
    found += [
        Bullet(planned.text, note=follow_up.standing(planned), lead=personal.IN_THE_PLAN)
        for planned in follow_up.actions_about(report.plan, node.id, report.group)
    ]
    if found:
        yield Heading(personal.TO_DO)
        yield BulletList(tuple(found), tasks=True)

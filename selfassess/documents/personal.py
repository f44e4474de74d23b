"""One person's report as sections: what Markdown and HTML are made from."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from selfassess.documents import follow_up, targets, wording
from selfassess.documents.blocks import Block, Document, Heading, Point, Points, Quotes, Score, Scores, Section, Words
from selfassess.model.finding import Ranked
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.units import Node, span
from selfassess.scoring.gaps import MOST

if TYPE_CHECKING:
    from selfassess.model.reports import OwnReport


def document(report: "OwnReport") -> Document:
    """The whole report, to be brought to the table; unlike the page it names every gap."""
    title, about = report.edition.questionnaire.title, wording.heading(report)
    return Document(
        title=title,
        about=about,
        sections=sections(report),
        name=f"{title} ({about})",
        language=report.edition.questionnaire.language,
    )


def sections(report: "OwnReport") -> tuple[Section, ...]:
    """All sections that have something to say."""
    every = (
        Section("picture", "The picture", tuple(_picture(report))),
        Section("strengths", "Strongest", tuple(_strengths(report))),
        Section("gaps", "Gaps, and what could be done", tuple(_gaps(report))),
        Section("left_open", "What you left open", tuple(_left_open(report))),
        Section("texts", "What you wrote", tuple(_texts(report))),
        Section("source", "Where the questions come from", tuple(_source(report))),
    )
    return tuple(one for one in every if one.blocks)


def _picture(report: "OwnReport") -> Iterator[Block]:
    questionnaire = report.edition.questionnaire
    if overall := targets.overall(report):
        yield Words(overall, "strong")
    yield Words(wording.made_from(report), "quiet")
    yield Scores(tuple(_scores(report)))
    if questionnaire.bands:
        yield Points(tuple(Point(band.about, f"{band.title}, from {band.from_:g}") for band in questionnaire.bands))


def _scores(report: "OwnReport") -> Iterator[Score]:
    for strand in report.edition.questionnaire.strands:
        yield _score(report, strand)
        yield from (_score(report, benchmark) for benchmark in strand.middle)


def _score(report: "OwnReport", node: Strand | Benchmark) -> Score:
    figure = report.cell.figure(node.id)
    at_target = figure.gap == 0 and figure.mean is not None
    return Score(
        level=figure.level,
        title=node.title,
        n="",
        words=wording.score(report.edition.questionnaire, node, figure),
        share=_share(report, node, figure.target) if at_target else None if figure.mean is None else figure.mean / 100,
        target=_share(report, node, figure.target),
        aim="" if figure.target is None else f"{figure.target:g}",
        gap=targets.gap(report.edition.questionnaire, node, figure),
        likely=None,
        possible=None,
        ranges=("", ""),
        band=targets.band(figure),
        views="",
    )


def _share(report: "OwnReport", node: Node, value: float | None) -> float | None:
    """Where a value in a node's units stands, 0 to 1."""
    if value is None:
        return None
    return span(report.edition.questionnaire, node).share(value) if node.units == "own" else value / 100


def _strengths(report: "OwnReport") -> Iterator[Block]:
    if report.strengths:
        yield _listed(report, report.strengths)
    else:
        yield Words(targets.no_strengths(report))
    for title, some in targets.others(report.ranking):
        yield Heading(title)
        yield _listed(report, some)


def _listed(report: "OwnReport", some: Sequence[Ranked]) -> Points:
    alone, tied = targets.apart(report.edition.questionnaire, some, MOST)
    points = [Point(targets.stands(report.edition.questionnaire, one), one.node.title) for one in alone]
    points += [Point("; ".join(one.node.title for one in tied), targets.alike(tied))] if tied else []
    return Points(tuple(points))


def _gaps(report: "OwnReport") -> Iterator[Block]:
    if not report.gaps:
        yield Words(targets.no_gaps(report))
    for one in report.gaps:
        yield Heading(one.node.title, targets.reason(one))
        if actions := tuple(_actions(report, one)):
            yield Points(actions, tasks=True)
        if planned := follow_up.on(report.plan, one.node.id, report.group):
            yield Points(tuple(Point(action.text, "In the plan", follow_up.stands(action)) for action in planned))
        if one.node.discuss:
            yield Points((Point(one.node.discuss, "To ask in the room"),))

    if low := report.ranking.also_low:
        yield Heading(targets.ALSO_LOW)
        yield Points(tuple(Point(targets.low(one), one.node.title) for one in low))


def _actions(report: "OwnReport", one: Ranked) -> Iterator[Point]:
    for suggestion in report.suggestions:
        if suggestion.ranked.node is one.node:
            yield Point(suggestion.action.text, aside=follow_up.asides(report, report.plan, "", suggestion))


def _left_open(report: "OwnReport") -> Iterator[Block]:
    for kind, items in report.left_open.items():
        if items:
            yield Words(wording.left_open(kind, len(items)))
            yield Points(tuple(Point(item.words(report.group)) for item in items))


def _texts(report: "OwnReport") -> Iterator[Block]:
    for about, text in report.texts.items():
        yield Quotes(wording.about(report, about), (text,))


def _source(report: "OwnReport") -> Iterator[Block]:
    if report.edition.questionnaire.source:
        yield Words(report.edition.questionnaire.source, "quiet")

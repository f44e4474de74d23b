"""One person's report as Markdown, to paste into minutes or a word processor."""

import re
from collections.abc import Iterator

from selfassess.model.finding import Ranked
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.units import decimals
from selfassess.report import wording
from selfassess.report.own import OwnReport

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def to_markdown(report: OwnReport) -> str:
    """The whole report; unlike the page it names every gap."""
    sections = (_head, _profile, _strengths, _gaps, _left_open, _texts, _foot)
    return "\n\n".join(text for section in sections if (text := "\n".join(section(report)))) + "\n"


def escape(text: str) -> str:
    """A text on one line in which Markdown sees no marks of its own."""
    one_line = " ".join(text.split())
    return re.sub(r"^(\d*)([-+.)])(?= )", r"\1\\\2", SPECIAL.sub(r"\\\1", one_line))


def _head(report: OwnReport) -> Iterator[str]:
    questionnaire = report.edition.questionnaire
    yield f"# {escape(questionnaire.title)}"
    yield ""
    yield escape(wording.heading(report))
    if report.cell.overall:
        parts = (
            wording.score(questionnaire, questionnaire.overall, report.cell.overall),
            report.cell.overall.band or "",
            wording.against_target(questionnaire.overall, report.cell.overall),
        )
        yield ""
        yield f"**Overall: {escape(', '.join(filter(None, parts)))}.**"


def _profile(report: OwnReport) -> Iterator[str]:
    yield "## The picture"
    yield ""
    yield wording.made_from(report)
    yield ""
    yield "| Strand or benchmark | Score | Band | Target | Gap |"
    yield "|---|---:|---|---:|---:|"
    for strand in report.edition.questionnaire.strands:
        yield _row(report, strand)
        yield from (_row(report, benchmark) for benchmark in strand.middle)


def _row(report: OwnReport, node: Strand | Benchmark) -> str:
    figure = report.cell.figure(node.id)
    title = f"**{escape(node.title)}**" if isinstance(node, Strand) else escape(node.title)
    score = wording.score(report.edition.questionnaire, node, figure)
    target = "" if figure.target is None else f"{figure.target:g}"
    gap = "" if figure.gap is None else wording.number(max(figure.gap, 0), decimals(node))
    return f"| {title} | {score} | {escape(figure.band or '')} | {target} | {gap} |"


def _strengths(report: OwnReport) -> Iterator[str]:
    yield "## Strongest"
    yield ""
    if not report.strengths:
        yield wording.NO_STRENGTHS
    for one in report.strengths:
        band = f", {one.figure.band}" if one.figure.band else ""
        yield f"- {escape(one.node.title)} ({wording.number(one.figure.shown, decimals(one.node))}{escape(band)})"


def _gaps(report: OwnReport) -> Iterator[str]:
    yield "## Gaps, and what could be done"
    if not report.gaps:
        yield ""
        yield wording.no_gaps(report)
    for one in report.gaps:
        yield ""
        yield f"### {escape(one.node.title)} ({wording.reason(one)})"
        yield ""
        yield from _actions(report, one)
        if one.node.discuss:
            yield ""
            yield f"*To ask in the room:* {escape(one.node.discuss)}"


def _actions(report: OwnReport, one: Ranked) -> Iterator[str]:
    for suggestion in report.suggestions:
        if suggestion.ranked.node is one.node:
            notes = escape(wording.notes(report, suggestion))
            yield f"- [ ] {escape(suggestion.action.text)}{f' ({notes})' if notes else ''}"


def _left_open(report: OwnReport) -> Iterator[str]:
    if any(report.left_open.values()):
        yield "## What you left open"
    for kind, items in report.left_open.items():
        if items:
            yield ""
            yield wording.left_open(kind, len(items))
            yield ""
            yield from (f"- {escape(item.words(report.group))}" for item in items)


def _texts(report: OwnReport) -> Iterator[str]:
    if report.texts:
        yield "## What you wrote"
    for about, text in report.texts.items():
        yield ""
        yield f"*{escape(wording.about(report, about))}*"
        yield ""
        yield from (f"> {escape(line)}" for line in text.splitlines())


def _foot(report: OwnReport) -> Iterator[str]:
    yield "---"
    yield ""
    yield f"Scores run from 0 to 100 unless they say otherwise. {escape(report.edition.questionnaire.source)}".strip()

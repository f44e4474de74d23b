"""One person's report: the whole of it to bring to the table, and the brief one for the screen."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from selfassess.documents import follow_up, targets, wording
from selfassess.documents.blocks import (
    Block,
    Bullet,
    BulletList,
    Document,
    Heading,
    Paragraph,
    Quotes,
    ScoreChart,
    ScoreRow,
    Section,
    Table,
)
from selfassess.model.attainment import MOST
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.results import Ranked
from selfassess.model.sheet import Missing
from selfassess.text import count

if TYPE_CHECKING:
    from selfassess.model.reports import Line, OwnReport, Working


STRONGEST, LEFT_OPEN, TEXTS = "Strongest", "What you did not answer", "What you wrote"
NOTES, NOTE = "Your notes on this result", "Your note"
STOCK, TO_OFFER, TO_PRACTISE = "Your own stock-take", "What you could offer others", "What you could practise"
TO_DO, IN_THE_PLAN = "What could be done", "In the plan"


def document(report: "OwnReport") -> Document:
    """The whole report, to be brought to the table; unlike the brief one it names every gap."""
    title, about = report.edition.questionnaire.title, wording.heading(report)
    return Document(
        title=title,
        about=about,
        sections=sections(report),
        name=f"{title} ({about})",
        language=report.edition.questionnaire.language,
    )


def sections(report: "OwnReport") -> tuple[Section, ...]:
    """All sections that are not empty."""
    every = (
        Section("picture", "The picture", tuple(_picture(report))),
        Section("stock", STOCK, tuple(stock(report))),
        Section("strengths", STRONGEST, tuple(_strengths(report))),
        Section("gaps", "Gaps, and what could be done", tuple(_gaps(report))),
        Section("left_open", LEFT_OPEN, tuple(left_open(report))),
        Section("texts", TEXTS, tuple(_texts(report))),
        Section("notes", NOTES, tuple(notes(report))),
        Section("source", "Where the questions come from", tuple(source(report))),
    )
    return tuple(one for one in every if one.blocks)


def stock(report: "OwnReport") -> Iterator[Block]:
    """What a person could offer others, and what they could practise; nothing where no stock is taken of skills."""
    if report.stock is None:
        return
    yield Heading(TO_OFFER)
    if report.stock.to_offer:
        yield BulletList(tuple(Bullet(skill.title) for skill in report.stock.to_offer))
    else:
        yield Paragraph("Nothing yet that you do throughout, as you see it. Few people do.")
    yield Heading(TO_PRACTISE)
    if not report.stock.to_practise:
        yield Paragraph("Nothing stands out in what you answered.")
    for one in report.stock.to_practise:
        yield BulletList((Bullet(one.item.words(report.group), one.skill.title),))
        if one.action:
            yield Paragraph(one.action.text, lead="To try", indent=2)


def _picture(report: "OwnReport") -> Iterator[Block]:
    questionnaire = report.edition.questionnaire
    if overall := targets.overall(report):
        yield Paragraph(overall, "strong")
    yield Paragraph(wording.made_from(report), "quiet")
    yield ScoreChart(tuple(_scores(report)))
    if questionnaire.bands:
        yield BulletList(
            tuple(Bullet(band.about, f"{band.title}, from {band.from_:g}") for band in questionnaire.bands)
        )


def _scores(report: "OwnReport") -> Iterator[ScoreRow]:
    for strand in report.edition.questionnaire.strands:
        yield _score(report, strand)
        yield from (_score(report, benchmark) for benchmark in strand.middle)


def _score(report: "OwnReport", node: Strand | Benchmark) -> ScoreRow:
    questionnaire, figure = report.edition.questionnaire, report.cell.figure(node.id)
    return ScoreRow(
        level=figure.level,
        title=node.title,
        n="",
        score=targets.score(figure, node),
        words=wording.score(questionnaire, node, figure),
        share=targets.place_on_line(questionnaire, node, figure),
        target=targets.target_on_line(questionnaire, node, figure),
        aim="" if figure.target is None else f"{figure.target:g}",
        gap=targets.gap(questionnaire, node, figure),
        likely=None,
        possible=None,
        ranges=("", ""),
        band=targets.band(figure),
        tone=targets.tone(questionnaire, node, figure),
        views="",
    )


def _strengths(report: "OwnReport") -> Iterator[Block]:
    if report.strengths:
        yield _listed(report, report.strengths)
    else:
        yield Paragraph(targets.no_strengths(report))
    for title, some in targets.runners_up(report.ranking):
        yield Heading(title)
        yield _listed(report, some)


def _listed(report: "OwnReport", some: Sequence[Ranked]) -> BulletList:
    alone, tied = targets.split_ties(report.edition.questionnaire, some, MOST)
    points = [Bullet(targets.stands(report.edition.questionnaire, one), one.node.title) for one in alone]
    points += [Bullet("; ".join(one.node.title for one in tied), targets.tied_summary(tied))] if tied else []
    return BulletList(tuple(points))


def _gaps(report: "OwnReport") -> Iterator[Block]:
    if not report.gaps:
        yield Paragraph(targets.no_gaps(report))
    for one in report.gaps:
        yield Heading(one.node.title, targets.reason(one))
        if suggested := tuple(actions(report, one)):
            yield BulletList(suggested, tasks=True)
        if planned := follow_up.actions_about(report.plan, one.node.id, report.group):
            yield BulletList(tuple(Bullet(action.text, IN_THE_PLAN, follow_up.standing(action)) for action in planned))
        if one.node.discuss:
            yield BulletList((Bullet(one.node.discuss, wording.TO_ASK),))

    if low := report.ranking.also_low:
        yield Heading(targets.ALSO_LOW)
        yield BulletList(tuple(Bullet(targets.low(one), one.node.title) for one in low))


def actions(report: "OwnReport", one: Ranked) -> Iterator[Bullet]:
    """What is suggested for a gap."""
    for suggestion in report.suggestions:
        if suggestion.ranked.node is one.node:
            yield Bullet(suggestion.action.text, note=follow_up.action_notes(report, report.plan, "", suggestion))


def left_open(report: "OwnReport") -> Iterator[Block]:
    """Items without an answer, by kind."""
    for kind, items in report.left_open.items():
        if items:
            yield Paragraph(wording.left_open(kind, len(items)))
            yield BulletList(tuple(Bullet(item.words(report.group)) for item in items))


def _texts(report: "OwnReport") -> Iterator[Block]:
    for about, text in report.texts.items():
        yield Quotes(wording.about(report, about), (text,))


def source(report: "OwnReport") -> Iterator[Block]:
    """Where the questions come from."""
    if report.edition.questionnaire.source:
        yield Paragraph(report.edition.questionnaire.source, "quiet")


# The brief one


def brief(report: "OwnReport") -> Document:
    """What is read on a screen: the widest gaps, and what stands out."""
    overall = targets.overall(report)
    every = (
        Section("overall", "", (Paragraph(overall, "strong"),) if overall else ()),
        Section("picture", "The picture", tuple(_brief_picture(report))),
        *_brief_findings(report),
        Section("left_open", LEFT_OPEN, tuple(left_open(report))),
        Section("texts", TEXTS, tuple(brief_texts(report))),
        Section("notes", NOTES, tuple(notes(report))),
        Section("source", "", tuple(source(report))),
    )
    questionnaire = report.edition.questionnaire
    return Document(
        title=questionnaire.title,
        about=wording.heading(report),
        sections=tuple(one for one in every if one.blocks),
        language=questionnaire.language,
    )


def _brief_findings(report: "OwnReport") -> tuple[Section, ...]:
    """What stands out: of skills what to offer and to practise, of anything else what is strongest and the gaps."""
    if report.stock is not None:
        return (Section("stock", STOCK, tuple(stock(report)), roomy=True),)
    return (
        Section("strengths", STRONGEST, tuple(_brief_strengths(report))),
        Section("gaps", "Widest gaps, and what could be done", tuple(_brief_gaps(report)), roomy=True),
    )


def spoken(report: "OwnReport") -> Document:
    """The same to be read aloud: each score is a sentence, what needs talk first."""
    document = brief(report)
    picture = Section("picture", "The picture", tuple(_spoken_picture(report)))
    return replace(document, sections=tuple(picture if one.id == "picture" else one for one in document.sections))


def _spoken_picture(report: "OwnReport") -> Iterator[Block]:
    yield Paragraph(wording.made_from(report), "quiet")
    for strand in targets.in_order(report, report.edition.questionnaire.strands):
        yield Paragraph(targets.sentence(report, strand), "strong", apart=True)
        if strand.middle:
            nodes = targets.in_order(report, strand.middle)
            yield BulletList(tuple(Bullet(targets.sentence(report, node)) for node in nodes))
    if report.edition.questionnaire.bands:
        yield Paragraph("What these words mean:", apart=True)
        yield from bands_in_words(report)


def _brief_picture(report: "OwnReport") -> Iterator[Block]:
    mark = " The line marks the target." if report.cell.has_target else ""
    yield Paragraph(wording.made_from(report) + mark, "quiet")
    yield ScoreChart(tuple(_brief_scores(report)), of_one=True)
    yield from bands_in_words(report)


def bands_in_words(report: "OwnReport") -> Iterator[Block]:
    """From which score on each band is, and what it means."""
    if bands := report.edition.questionnaire.bands:
        told = (f"{band.title}, from {band.from_:g}{f': {band.about}' if band.about else ''}" for band in bands)
        yield BulletList(tuple(map(Bullet, told)), tone="quiet")


def _brief_scores(report: "OwnReport") -> Iterator[ScoreRow]:
    """Those of strands in which there is anything to score."""
    for strand in report.edition.questionnaire.strands:
        if report.cell.figure(strand.id).parts or report.cell.figure(strand.id).n:
            nodes: tuple[Strand | Benchmark, ...] = (strand, *strand.middle)
            for node in nodes:
                yield score_row(report, node)


def score_row(report: "OwnReport", node: Strand | Benchmark) -> ScoreRow:
    """A score as it is drawn on a screen; why there is none."""
    figure, score = report.cell.figure(node.id), _score(report, node)
    if figure.mean is None:
        return replace(score, words=figure.why_none)
    return replace(score, share=figure.mean / 100)


def _brief_strengths(report: "OwnReport") -> Iterator[Block]:
    if report.strengths:
        yield _brief_list(report, report.strengths)
    else:
        yield Paragraph(targets.no_strengths(report))
    for title, some in targets.runners_up(report.ranking):
        yield Paragraph(f"{title}:", "strong")
        yield _brief_list(report, some)


def _brief_list(report: "OwnReport", some: Sequence[Ranked]) -> BulletList:
    alone, tied = targets.split_ties(report.edition.questionnaire, some, MOST)
    told = [f"{one.node.title} ({targets.stands(report.edition.questionnaire, one)})" for one in alone]
    told += [f"{targets.tied_summary(tied)}: {'; '.join(one.node.title for one in tied)}"] if tied else []
    return BulletList(tuple(map(Bullet, told)))


def _brief_gaps(report: "OwnReport") -> Iterator[Block]:
    if not report.gaps:
        yield Paragraph(targets.no_gaps(report))
    for one in report.widest:
        yield Heading(one.node.title, targets.reason(one))
        planned = follow_up.actions_about(report.plan, one.node.id, report.group)
        told = (Bullet(action.text, note=follow_up.standing(action), lead=IN_THE_PLAN) for action in planned)
        if points := (*actions(report, one), *told):
            yield BulletList(points, tasks=True)
        if one.node.discuss:
            yield Paragraph(one.node.discuss, lead=wording.TO_ASK, indent=2)
    if more := more_gaps(report, len(report.widest)):
        yield Paragraph(f"And {more}.", "quiet", apart=True)
    if low := report.ranking.also_low:
        yield Paragraph(f"{targets.ALSO_LOW}:", "strong", apart=True)
        yield BulletList(tuple(Bullet(f"{one.node.title} ({targets.low(one)})") for one in low))


def more_gaps(report: "OwnReport", told: int) -> str:
    """How many gaps there are beyond those that were told: "4 more gaps, 2 of them as wide as the last"."""
    if len(report.gaps) <= told:
        return ""
    wide = targets.ties_beyond(report.edition.questionnaire, report.gaps, told)
    return f"{count(len(report.gaps) - told, 'more gap')}{wide}"


def brief_texts(report: "OwnReport") -> Iterator[Block]:
    """What the person wrote."""
    for about, text in report.texts.items():
        yield Quotes(wording.about(report, about), (text,), of_one=True)


def notes(report: "OwnReport") -> Iterator[Block]:
    """What the person noted on their result, strand by strand."""
    for strand in report.edition.questionnaire.strands:
        nodes: tuple[Strand | Benchmark, ...] = (strand, *strand.middle)
        for node in nodes:
            if node.id in report.notes:
                yield Quotes(node.title, (report.notes[node.id],), of_one=True)


# How a number was worked out


COLUMNS = ("Part", "Answer", "Points", "Weight")


def explanation(working: "Working") -> Section:
    """How one figure of the report was worked out."""
    rows = tuple(_explained(line) for line in working.lines)
    return Section(
        "working",
        "",
        (
            Heading(f"{working.title} ", working.id),
            *(Paragraph(words, "quiet") for words in wording.background(working.node)),
            Table("What it is made from", COLUMNS, rows, right=frozenset((2, 3))),
            *(Paragraph(note) for note in wording.working_notes(working)),
        ),
    )


def worked_out(working: "Working") -> Iterator[Block]:
    """The same where its heading and background are told already: each part that was asked by its words, with what was
    answered; its weight only where weights differ."""
    asked = [line for line in working.lines if line.missing is not Missing.NOT_ASKED]
    told = [_explained(line) for line in asked]
    kept = len(COLUMNS) if len({weight for *_, weight in told}) > 1 else len(COLUMNS) - 1
    rows = tuple(
        (line.title, answer, points.removesuffix(".0"), weight)[:kept]
        for line, (_, answer, points, weight) in zip(asked, told, strict=True)
    )
    yield Heading("What you answered, and what it comes to")
    yield Table("", COLUMNS[:kept], rows, right=frozenset(range(2, kept)))
    yield Heading("How the score was worked out")
    yield from map(Paragraph, wording.working_notes(working))


def _explained(line: "Line") -> tuple[str, ...]:
    answer = wording.answer(line)
    if line.reversed is not None:
        answer = f"{answer}, reversed to {line.reversed:g}"
    if line.level is not None:
        met = {True: "met", False: "not met", None: "passed over"}[line.met]
        answer = f"{answer}; level {line.level}: {met}"
    weight = f"{line.weight:g}" if line.scored else "not scored"
    return f"{line.id}\n{line.title}", answer, wording.number(line.points, 1), weight

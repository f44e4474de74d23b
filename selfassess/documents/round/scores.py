"""The scores of a round: as a chart, group by group, and how certain they are."""

from collections.abc import Iterator

from selfassess.documents import targets, wording
from selfassess.documents.blocks import (
    Block,
    Bullet,
    BulletList,
    Notes,
    Paragraph,
    ScoreChart,
    ScoreRow,
    Section,
    Table,
)
from selfassess.documents.round import order
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.overview import overall_score
from selfassess.documents.wording import number
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Cell, Figure, Range
from selfassess.model.score_tree import OVERALL, Node, decimals, in_units
from selfassess.text import capital


def score_chart(report: RoundReport) -> Section:
    """Scores with their targets."""
    notes = Notes()
    blocks: list[Block] = [Paragraph(f"{wording.made_from(report)} {order.BY_NEED}", "quiet")]
    if report.cell.overall and report.strand is None:
        blocks += _overall(report, report.cell.overall)
    if left_open := round_wording.left_open(report):
        blocks.append(Paragraph(left_open, "quiet"))
    blocks.append(ScoreChart(tuple(_scores(report, notes))))
    blocks += _bands(report)
    return Section("picture", "The picture", (*blocks, *notes.blocks()))


def strands_in_order(report: RoundReport) -> Iterator[tuple[Strand | Benchmark, ...]]:
    """Each strand followed by its benchmarks, what needs talk first."""
    strands = [one for one in report.questionnaire.strands if report.strand in (None, one.id)]
    for strand in order.in_order(report, strands, by_need=True):
        yield (strand, *order.in_order(report, strand.middle, by_need=True))


def scored_nodes(report: RoundReport) -> Iterator[tuple[str, Node, str, Figure]]:
    """Every node with its title and figure, what needs talk most first."""
    if report.cell.overall and report.strand is None:
        yield OVERALL, report.questionnaire.overall, "Overall", report.cell.overall
    for together in strands_in_order(report):
        for node in together:
            yield node.id, node, node.title, report.cell.figure(node.id)


def _overall(report: RoundReport, figure: Figure) -> Iterator[Block]:
    node = report.questionnaire.overall
    if score := overall_score(report):
        yield Paragraph(score, "strong")
    told = (round_wording.sure(report, node, figure), round_wording.by_head(report.questionnaire, node, figure))
    if words := " ".join(filter(None, told)):
        yield Paragraph(words)


def _scores(report: RoundReport, notes: Notes) -> Iterator[ScoreRow]:
    overall = report.questionnaire.overall
    if report.cell.overall and report.strand is None:
        yield score_row(report, overall, "Overall", report.cell.overall, notes)
    for together in strands_in_order(report):
        for node in together:
            yield score_row(report, node, node.title, report.cell.figure(node.id), notes)


def score_row(report: RoundReport, node: Node, title: str, figure: Figure, notes: Notes) -> ScoreRow:
    """A score with all that is published of it."""
    questionnaire = report.questionnaire
    agreed = report.agreed.get(figure.id) if report.group is None else None
    flags = round_wording.flags(report, figure.id)
    return ScoreRow(
        level=figure.level,
        title=title,
        n=round_wording.of_how_many(figure),
        score=targets.score(figure, node),
        words=score_words(report, node, figure, notes),
        share=targets.place_on_line(questionnaire, node, figure),
        target=targets.target_on_line(questionnaire, node, figure),
        aim="" if figure.target is None else f"{figure.target:g}",
        gap=targets.gap(questionnaire, node, figure),
        likely=_shares(figure.likely),
        possible=_shares(figure.possible),
        ranges=(
            round_wording.between(questionnaire, node, figure.likely),
            round_wording.between(questionnaire, node, figure.possible),
        ),
        band=figure.band or "",
        tone=targets.tone(questionnaire, node, figure),
        views=round_wording.views(figure, flagged=bool(flags)),
        differ=round_wording.DIFFER if round_wording.DIFFER in flags else "",
        camps=round_wording.in_camps(report, figure.id),
        is_split=round_wording.CAMPS in flags,
        agreed="" if agreed is None else number(agreed.score, decimals(node)),
    )


def score_words(report: RoundReport, node: Node, figure: Figure, notes: Notes) -> str:
    """The score, or why there is none, or the mark of the reason why it is not shown."""
    if figure.coded:
        return figure.coded
    if withheld := round_wording.why_suppressed(figure):
        return notes.mark(withheld)
    return wording.score(report.questionnaire, node, figure)


def _shares(ends: Range | None) -> Range | None:
    return None if ends is None else Range(ends.low / 100, ends.high / 100)


def _bands(report: RoundReport) -> Iterator[Block]:
    if bands := report.questionnaire.bands:
        yield BulletList(tuple(Bullet(band.about, f"{band.title}, from {band.from_:g}") for band in bands))


def scores_by_group(report: RoundReport) -> Section | None:
    """How the shown groups score; None for one group, or where there are none."""
    if report.group is not None or not report.groups:
        return None
    notes = Notes()
    both = any(figure.by_group is not None for _, _, _, figure in scored_nodes(report))
    said = ["In brackets: how many have a score."]
    if both:
        said.append(
            "“Each person once” is from everybody's answers, so large groups weigh more; “each group once” counts "
            "every group that is shown equally."
        )
    cells = [("each person once", report.results.all, False)]
    cells += [("each group once", report.results.all, True)] if both else []
    cells += [(report.title_of(cell.id), cell, False) for cell in report.groups]
    grid = Table(
        "Scores group by group",
        ("Strand or benchmark", *(capital(title) for title, _, _ in cells)),
        tuple(_row(report, id, node, title, cells, notes) for id, node, title, _ in scored_nodes(report)),
        numbers=True,
    )
    return Section("groups", "Group by group", (Paragraph(" ".join(said), "quiet"), grid, *notes.blocks()))


def _row(
    report: RoundReport, id: str, node: Node, title: str, cells: list[tuple[str, Cell, bool]], notes: Notes
) -> tuple[str, ...]:
    row = [title]
    for _, cell, once in cells:
        figure = cell.figure(id)
        if once:
            mean = figure.by_group
            shown = None if mean is None else in_units(report.questionnaire, node, mean)
            row.append(number(shown, decimals(node)))
            continue
        words = figure.why_none or score_words(report, node, figure, notes)
        row.append(f"{words} ({figure.n})" if figure.n and figure.shown is not None else words)
    return tuple(row)


def certainty(report: RoundReport) -> Section:
    """How certain the scores are: numbers of respondents, both ranges, and how far apart views are."""
    return Section("sure", "How sure is this?", tuple(_sure(report)))


def _sure(report: RoundReport) -> Iterator[Block]:
    if report.results.straight_lining and report.group is None and report.strand is None:
        yield Paragraph(round_wording.straight_lining(report.results.straight_lining))
    figures = [report.cell.figure(node.id) for together in strands_in_order(report) for node in together]
    if any(one.possible and one.invited != one.n for one in figures):
        yield Paragraph(round_wording.RANGES, "quiet")
    partial = [one for one in figures if one.mean is not None and one.n != one.invited]
    unsure = {one.withheld["likely"] for one in partial if "likely" in one.withheld}
    for reason in sorted(unsure):
        yield Paragraph(f"Where the first range is missing it is not shown: {reason}.", "quiet")
    if any(one.invited is not None and (one.n or 0) > one.invited for one in figures):
        yield Paragraph(round_wording.TOO_MANY)
    strands = [together[0] for together in strands_in_order(report)]
    told = [(one, round_wording.sure(report, one, report.cell.figure(one.id))) for one in strands]
    yield BulletList(tuple(Bullet(words, one.title) for one, words in told if words))
    rows = tuple(_sure_row(report, node) for together in strands_in_order(report) for node in together[1:])
    if rows:
        columns = (
            "Benchmark",
            "Answered",
            "Mean",
            "If the others think like those who answered",
            "At the very most",
            "Views",
        )
        yield Table("How sure each benchmark is", columns, rows, numbers=True)


def _sure_row(report: RoundReport, node: Strand | Benchmark) -> tuple[str, ...]:
    questionnaire, figure = report.questionnaire, report.cell.figure(node.id)
    is_complete = figure.n is not None and figure.n == figure.invited
    everybody = "all shown answered" if report.is_partial else "all answered"
    return (
        node.title,
        round_wording.of_how_many(figure),
        figure.coded or number(figure.shown, decimals(node)),
        everybody if is_complete else round_wording.between(questionnaire, node, figure.likely) or "–",
        everybody if is_complete else round_wording.between(questionnaire, node, figure.possible) or "–",
        round_wording.seen(report, figure) or "–",
    )


def band_changes(report: RoundReport) -> Section | None:
    """How few silent members could change a band; None where none can, or it is suppressed."""
    told = [
        Bullet(" ".join(round_wording.flip(figure, one) for one in figure.flips), f"{title} (now “{figure.band}”)")
        for _, _, title, figure in scored_nodes(report)
        if figure.flips
    ]
    if not told:
        return None
    intro = "The fewer missing answers it takes to change a band, the less you should rely on it."
    return Section(
        "flips", "What the missing answers could change", (Paragraph(intro, "quiet"), BulletList(tuple(told)))
    )

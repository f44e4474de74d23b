"""The picture that a round gives: scores of strands and benchmarks, how sure they are, and group by group."""

from collections.abc import Iterator

from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.summary import Figure, Range
from selfassess.model.units import OVERALL, Node, decimals, span
from selfassess.report import aim, order, round_wording, wording
from selfassess.report.blocks import Block, Notes, Point, Points, Score, Scores, Section, Words
from selfassess.report.round import RoundReport
from selfassess.report.round_short import whole
from selfassess.report.wording import number


def picture(report: RoundReport) -> Section:
    """Scores with their targets."""
    notes = Notes()
    blocks: list[Block] = [Words(f"{wording.made_from(report)} {order.BY_NEED}", "quiet")]
    if report.cell.overall and report.strand is None:
        blocks += _overall(report, report.cell.overall)
    if left_open := round_wording.left_open(report):
        blocks.append(Words(left_open, "quiet"))
    blocks.append(Scores(tuple(_scores(report, notes))))
    blocks += _bands(report)
    return Section("picture", "The picture", (*blocks, *notes.blocks()))


def in_order(report: RoundReport) -> Iterator[tuple[Strand | Benchmark, ...]]:
    """Each strand followed by its benchmarks, what needs talk first."""
    strands = [one for one in report.questionnaire.strands if report.strand in (None, one.id)]
    for strand in order.in_order(report, strands, by_need=True):
        yield (strand, *order.in_order(report, strand.middle, by_need=True))


def scored(report: RoundReport) -> Iterator[tuple[str, Node, str, Figure]]:
    """Every node with its title and figure, what needs talk most first."""
    if report.cell.overall and report.strand is None:
        yield OVERALL, report.questionnaire.overall, "Overall", report.cell.overall
    for together in in_order(report):
        for node in together:
            yield node.id, node, node.title, report.cell.figure(node.id)


def share_of(report: RoundReport, node: Node, value: float | None) -> float | None:
    """Where a value in a node's units stands, 0 to 1."""
    if value is None:
        return None
    return span(report.questionnaire, node).share(value) if node.units == "own" else value / 100


def _overall(report: RoundReport, figure: Figure) -> Iterator[Block]:
    node = report.questionnaire.overall
    if score := whole(report):
        yield Words(score, "strong")
    told = (round_wording.sure(report, node, figure), round_wording.by_head(report.questionnaire, node, figure))
    if words := " ".join(filter(None, told)):
        yield Words(words)


def _scores(report: RoundReport, notes: Notes) -> Iterator[Score]:
    overall = report.questionnaire.overall
    if report.cell.overall and report.strand is None:
        yield _score(report, overall, "Overall", report.cell.overall, notes)
    for together in in_order(report):
        for node in together:
            yield _score(report, node, node.title, report.cell.figure(node.id), notes)


def _score(report: RoundReport, node: Node, title: str, figure: Figure, notes: Notes) -> Score:
    questionnaire = report.questionnaire
    agreed = report.agreed.get(figure.id) if report.group is None else None
    flags = round_wording.flags(report, figure.id)
    return Score(
        level=figure.level,
        title=title,
        n=round_wording.of_how_many(figure),
        words=score_words(report, node, figure, notes),
        share=drawn(report, node, figure),
        target=share_of(report, node, figure.target),
        aim="" if figure.target is None else f"{figure.target:g}",
        gap=aim.gap(questionnaire, node, figure),
        likely=_shares(figure.likely),
        possible=_shares(figure.possible),
        ranges=(
            round_wording.between(questionnaire, node, figure.likely),
            round_wording.between(questionnaire, node, figure.possible),
        ),
        band=figure.band or "",
        views=round_wording.views(figure, flagged=bool(flags)),
        differ=round_wording.DIFFER if round_wording.DIFFER in flags else "",
        camps=round_wording.in_camps(report, figure.id),
        is_split=round_wording.CAMPS in flags,
        agreed="" if agreed is None else number(agreed.score, decimals(node)),
    )


def drawn(report: RoundReport, node: Node, figure: Figure) -> float | None:
    """Where a score stands on its line, 0 to 1: at its target where it is said to be at it."""
    if figure.mean is None:
        return None
    return share_of(report, node, figure.target) if figure.gap == 0 else figure.mean / 100


def score_words(report: RoundReport, node: Node, figure: Figure, notes: Notes) -> str:
    """The score, or why there is none, or the mark of the reason why it is not shown."""
    if figure.coded:
        return figure.coded
    if withheld := round_wording.why_withheld(figure):
        return notes.mark(withheld)
    return wording.score(report.questionnaire, node, figure)


def _shares(ends: Range | None) -> Range | None:
    return None if ends is None else Range(ends.low / 100, ends.high / 100)


def _bands(report: RoundReport) -> Iterator[Block]:
    if bands := report.questionnaire.bands:
        yield Points(tuple(Point(band.about, f"{band.title}, from {band.from_:g}") for band in bands))

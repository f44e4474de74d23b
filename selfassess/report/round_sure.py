"""How sure the scores of a round are, and what the silent could change."""

from collections.abc import Iterator

from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.units import decimals
from selfassess.report import round_wording
from selfassess.report.blocks import Block, Grid, Point, Points, Section, Words
from selfassess.report.round import RoundReport
from selfassess.report.round_picture import in_order, scored
from selfassess.report.wording import number


def sure(report: RoundReport) -> Section:
    """What the scores rest on: how many answered, both ranges, and how far apart people are."""
    return Section("sure", "How sure is this?", tuple(_sure(report)))


def _sure(report: RoundReport) -> Iterator[Block]:
    figures = [report.cell.figure(node.id) for together in in_order(report) for node in together]
    if any(one.possible and one.invited != one.n for one in figures):
        yield Words(round_wording.RANGES, "quiet")
    partial = [one for one in figures if one.mean is not None and one.n != one.invited]
    unsure = {one.withheld["likely"] for one in partial if "likely" in one.withheld}
    for reason in sorted(unsure):
        yield Words(f"Where the first range is missing it is not shown: {reason}.", "quiet")
    if any(one.invited is not None and (one.n or 0) > one.invited for one in figures):
        yield Words(round_wording.TOO_MANY)
    strands = [together[0] for together in in_order(report)]
    told = [(one, round_wording.sure(report, one, report.cell.figure(one.id))) for one in strands]
    yield Points(tuple(Point(words, one.title) for one, words in told if words))
    rows = tuple(_sure_row(report, node) for together in in_order(report) for node in together[1:])
    if rows:
        columns = ("Benchmark", "Answered", "Mean", "If the silent are like the rest", "Whatever they think", "Views")
        yield Grid("How sure each benchmark is", columns, rows, numbers=True)


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


def flips(report: RoundReport) -> Section | None:
    """How few silent members could change a band; None where nobody can, or it is not shown."""
    told = [
        Point(" ".join(round_wording.flip(figure, one) for one in figure.flips), f"{title} (now “{figure.band}”)")
        for _, _, title, figure in scored(report)
        if figure.flips
    ]
    if not told:
        return None
    intro = "The fewer silent members it takes to change a band, the less should be made of it."
    return Section("flips", "What the silent could change", (Words(intro, "quiet"), Points(tuple(told))))

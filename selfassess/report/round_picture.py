"""The picture that a round gives: scores of strands and benchmarks, how sure they are, and group by group."""

from collections.abc import Iterator

from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.summary import Cell, Figure, Range
from selfassess.model.units import OVERALL, Node, decimals, span
from selfassess.report import round_wording, wording
from selfassess.report.blocks import Block, Grid, Heading, Notes, Point, Points, Score, Scores, Section, Words
from selfassess.report.round import RoundReport
from selfassess.report.wording import number


def picture(report: RoundReport) -> Section:
    """Scores, what they rest on, and how the groups compare."""
    notes = Notes()
    blocks: list[Block] = [Words(f"{wording.made_from(report)} What needs talk most comes first.", "quiet")]
    if report.cell.overall and report.strand is None:
        blocks += _overall(report, report.cell.overall)
    blocks.append(Scores(tuple(_scores(report, notes))))
    blocks += _bands(report)
    blocks += _sure(report)
    if report.group is None and report.groups:
        blocks += _group_by_group(report, notes)
    return Section("picture", "The picture", (*blocks, *notes.blocks()))


def in_order(report: RoundReport) -> Iterator[tuple[Strand | Benchmark, ...]]:
    """Each strand followed by its benchmarks, those furthest below their target first; those without a score last."""

    def need(node: Strand | Benchmark) -> tuple[bool, float]:
        figure = report.cell.figure(node.id)
        target = share_of(report, node, figure.target)
        if figure.mean is None:
            return True, 0
        return False, round(figure.mean / 100 - (0 if target is None else target), 10)

    strands = [one for one in report.questionnaire.strands if report.strand in (None, one.id)]
    for strand in sorted(strands, key=need):
        yield (strand, *sorted(strand.middle, key=need))


def share_of(report: RoundReport, node: Node, value: float | None) -> float | None:
    """Where a value in a node's units stands, 0 to 1."""
    if value is None:
        return None
    return span(report.questionnaire, node).share(value) if node.units == "own" else value / 100


def _overall(report: RoundReport, figure: Figure) -> Iterator[Block]:
    questionnaire, node = report.questionnaire, report.questionnaire.overall
    if figure.shown is not None:
        parts = (wording.score(questionnaire, node, figure), figure.band or "", wording.against_target(node, figure))
        yield Words(f"Overall: {', '.join(filter(None, parts))}.", "strong")
    elif figure.coded:
        yield Words(f"Overall: {figure.coded}.", "strong")
    told = (round_wording.sure(questionnaire, node, figure), round_wording.by_head(questionnaire, node, figure))
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
    aim = figure.target
    return Score(
        level=figure.level,
        title=title,
        n=round_wording.of_how_many(figure),
        words=score_words(report, node, figure, notes),
        share=None if figure.mean is None else figure.mean / 100,
        target=share_of(report, node, aim),
        aim="" if aim is None else f"{aim:g}",
        gap="" if figure.gap is None else number(max(figure.gap, 0), decimals(node)),
        likely=_shares(figure.likely),
        possible=_shares(figure.possible),
        ranges=(
            round_wording.between(questionnaire, node, figure.likely),
            round_wording.between(questionnaire, node, figure.possible),
        ),
        band=figure.band or "",
        views=round_wording.VIEWS.get(figure.spread or "", ""),
        camps=round_wording.CAMPS if in_camps(report, figure.id) else "",
        agreed="" if agreed is None else number(agreed.score, decimals(node)),
    )


def in_camps(report: RoundReport, id: str) -> bool:
    """Whether people are in two camps on an item of the node, or on the item."""
    return any(one.cell == report.cell.id and id in (one.node.id, one.item.id) for one in report.splits)


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


def _sure(report: RoundReport) -> Iterator[Block]:
    yield Heading("How sure is this?")
    figures = [report.cell.figure(node.id) for together in in_order(report) for node in together]
    if any(one.possible and one.invited != one.n for one in figures):
        yield Words(round_wording.RANGES, "quiet")
    partial = [one for one in figures if one.mean is not None and one.n != one.invited]
    unsure = {one.withheld["likely"] for one in partial if "likely" in one.withheld}
    for reason in sorted(unsure):
        yield Words(f"Where the first range is missing it is not shown: {reason}.", "quiet")
    if any(one.invited is not None and (one.n or 0) > one.invited for one in figures):
        yield Words(f"{round_wording.TOO_MANY} selfassess round correct {report.round.id} GROUP=NUMBER")
    strands = [together[0] for together in in_order(report)]
    told = [(one, round_wording.sure(report.questionnaire, one, report.cell.figure(one.id))) for one in strands]
    yield Points(tuple(Point(words, one.title) for one, words in told if words))
    rows = tuple(_sure_row(report, node) for together in in_order(report) for node in together[1:])
    if rows:
        columns = ("Benchmark", "Answered", "Mean", "If the silent are like the rest", "Whatever they think", "Views")
        yield Grid("How sure each benchmark is", columns, rows, numbers=True)


def _sure_row(report: RoundReport, node: Strand | Benchmark) -> tuple[str, ...]:
    questionnaire, figure = report.questionnaire, report.cell.figure(node.id)
    everybody = figure.n is not None and figure.n == figure.invited
    return (
        node.title,
        round_wording.of_how_many(figure),
        figure.coded or number(figure.shown, decimals(node)),
        "all answered" if everybody else round_wording.between(questionnaire, node, figure.likely) or "–",
        "all answered" if everybody else round_wording.between(questionnaire, node, figure.possible) or "–",
        round_wording.VIEWS[figure.spread] if figure.spread else "–",
    )


def _group_by_group(report: RoundReport, notes: Notes) -> Iterator[Block]:
    yield Heading("Group by group")
    both = any(_figure(report.said.all, id).by_group is not None for id in _ids(report))
    said = ["In brackets stands how many have a score."]
    if both:
        said.append(
            "“Each person once” is the mean by head, in which a large group weighs more; in “each group once” every "
            "group that is shown weighs the same."
        )
    yield Words(" ".join(said), "quiet")
    cells = [("each person once", report.said.all, False)]
    cells += [("each group once", report.said.all, True)] if both else []
    cells += [(report.title_of(cell.id), cell, False) for cell in report.groups]
    yield Grid(
        "Scores group by group",
        ("Strand or benchmark", *(wording.capital(title) for title, _, _ in cells)),
        tuple(_row(report, id, cells, notes) for id in _ids(report)),
        numbers=True,
    )


def _row(report: RoundReport, id: str, cells: list[tuple[str, Cell, bool]], notes: Notes) -> tuple[str, ...]:
    node = report.questionnaire.overall if id == OVERALL else report.questionnaire.node(id)
    title = "Overall" if id == OVERALL else report.questionnaire.node(id).title
    row = [title]
    for _, cell, once in cells:
        figure = _figure(cell, id)
        if once:
            mean = figure.by_group
            shown = None if mean is None else round_wording.in_units(report.questionnaire, node, mean)
            row.append(number(shown, decimals(node)))
            continue
        words = figure.why_none or score_words(report, node, figure, notes)
        row.append(f"{words} ({figure.n})" if figure.n and figure.shown is not None else words)
    return tuple(row)


def _ids(report: RoundReport) -> list[str]:
    whole = [OVERALL] if report.cell.overall and report.strand is None else []
    return whole + [node.id for together in in_order(report) for node in together]


def _figure(cell: Cell, id: str) -> Figure:
    figure = cell.overall if id == OVERALL else cell.figure(id)
    if figure is None:
        raise KeyError(id)
    return figure

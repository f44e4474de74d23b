"""The scores of a round group by group."""

from selfassess.model.summary import Cell, Figure
from selfassess.model.units import OVERALL, decimals
from selfassess.report import round_wording, wording
from selfassess.report.blocks import Grid, Notes, Section, Words
from selfassess.report.round import RoundReport
from selfassess.report.round_picture import in_order, score_words
from selfassess.report.wording import number


def groups(report: RoundReport) -> Section | None:
    """How the shown groups score; None for one group, or where there are none."""
    if report.group is not None or not report.groups:
        return None
    notes = Notes()
    both = any(_figure(report.said.all, id).by_group is not None for id in _ids(report))
    said = ["In brackets stands how many have a score."]
    if both:
        said.append(
            "“Each person once” is the mean by head, in which a large group weighs more; in “each group once” every "
            "group that is shown weighs the same."
        )
    cells = [("each person once", report.said.all, False)]
    cells += [("each group once", report.said.all, True)] if both else []
    cells += [(report.title_of(cell.id), cell, False) for cell in report.groups]
    grid = Grid(
        "Scores group by group",
        ("Strand or benchmark", *(wording.capital(title) for title, _, _ in cells)),
        tuple(_row(report, id, cells, notes) for id in _ids(report)),
        numbers=True,
    )
    return Section("groups", "Group by group", (Words(" ".join(said), "quiet"), grid, *notes.blocks()))


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

"""The scores of a round group by group."""

from selfassess.model.summary import Cell
from selfassess.model.units import Node, decimals, in_units
from selfassess.report import wording
from selfassess.report.blocks import Grid, Notes, Section, Words
from selfassess.report.round import RoundReport
from selfassess.report.round_picture import score_words, scored
from selfassess.report.wording import number


def groups(report: RoundReport) -> Section | None:
    """How the shown groups score; None for one group, or where there are none."""
    if report.group is not None or not report.groups:
        return None
    notes = Notes()
    both = any(figure.by_group is not None for _, _, _, figure in scored(report))
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
        tuple(_row(report, id, node, title, cells, notes) for id, node, title, _ in scored(report)),
        numbers=True,
    )
    return Section("groups", "Group by group", (Words(" ".join(said), "quiet"), grid, *notes.blocks()))


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

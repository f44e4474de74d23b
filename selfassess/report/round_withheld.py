"""How much of a round is not shown, and why: counted, so that nobody takes the rest for everything."""

from collections.abc import Iterator
from itertools import groupby

from selfassess.disclosure.thresholds import DISCLOSES
from selfassess.model.finding import Ranked
from selfassess.model.summary import Cell, Figure
from selfassess.report.round import RoundReport
from selfassess.report.round_seen import whom
from selfassess.report.wording import listed
from selfassess.scoring.gaps import ranked

OF_FEW = "it would give away what a few people said"


def withheld(report: RoundReport) -> str:
    """ "3 of 16 scores of External partners (fewer than 5 answered); how Board members answered 43 of 44 items (fewer
    than 10 answered)"; nothing where everything is shown. A coded score is shown."""
    cells = [report.cell] if report.group is not None else [report.said.all, *report.groups]
    scores = [(cell, [one.figure for one in _scores(report, cell)]) for cell in cells]
    items = [(cell, _items(report, cell)) for cell in cells]
    told = [
        *_counted(report, "{hidden} of {there} scores of {whom}", scores),
        *_counted(report, "how {whom} answered {hidden} of {there} items", items),
    ]
    return "; ".join(told)


def _scores(report: RoundReport, cell: Cell) -> list[Ranked]:
    """Of benchmarks and skills, and of strands that stand for themselves."""
    return [one for one in ranked(report.questionnaire, cell) if one.node.id in report.inside]


def _items(report: RoundReport, cell: Cell) -> list[Figure]:
    inside = {item.id for item in report.items_inside}
    return [figure for figure in cell.at("item") if figure.id in inside]


def _counted(report: RoundReport, words: str, cells: list[tuple[Cell, list[Figure]]]) -> Iterator[str]:
    """How many are not shown of each cell; cells of which that has the same reasons are together."""
    found: list[tuple[tuple[str, ...], str]] = []
    for cell, figures in cells:
        there = [one for one in figures if one.n != 0 and not one.why_none]
        reasons = [_why(one) for one in there]
        hidden = [why for why in reasons if why]
        if hidden:
            told = words.format(hidden=len(hidden), there=len(there), whom=whom(report, cell.id))
            found.append((tuple(sorted({*hidden}, key=lambda why: (why == OF_FEW, why))), told))
    for why, some in groupby(sorted(found, key=lambda one: one[0]), key=lambda one: one[0]):
        yield f"{listed([told for _, told in some])} ({', or '.join(why)})"


def _why(figure: Figure) -> str:
    why = figure.withheld.get("counts" if figure.level == "item" else "mean", "")
    if figure.coded:
        return ""
    return OF_FEW if why == DISCLOSES.words else why

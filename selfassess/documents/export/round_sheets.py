"""A round's report as sheets of a workbook: scores, items, differences, findings, and a log of actions.

Only what the report shows stands in them; where a figure is suppressed the cell is empty, and its note says why.
"""

from collections.abc import Iterable, Iterator

from selfassess.documents.render_xlsx import Cell, Column, Hidden, Sheet
from selfassess.documents.round import finding_wording, findings_table
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.items import worst_first
from selfassess.documents.round.scores import scored_nodes
from selfassess.documents.round.wording import why_suppressed
from selfassess.model.plan import AMOUNTS, LOG_COLUMNS, PLAN_SHEET, STATUSES, Planned, suggestion_source
from selfassess.model.priorities import first
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Cell as Respondents
from selfassess.model.results import Difference, Figure

ROOM = 50
"""Rows below a log for more actions."""
WHY = Column("Not shown, because", 40)
LOG_WIDTHS = {"action": 60, "benchmark": 40, "groups": 24, "begin_with": 10, "owner": 20, "why": 30, "suggestion": 24}
"""Characters of the columns of the log that need more, or less, than the others."""


def sheets(report: RoundReport) -> tuple[Sheet, ...]:
    """All sheets."""
    every = (
        _scores(report), _items(report), _skills(report), _differences(report), _findings(report), _actions(report),
    )  # fmt: skip  # the sheets at a glance
    return tuple(one for one in every if one.rows or one.room)


def _cells(report: RoundReport) -> Iterator[tuple[str, Respondents]]:
    """The respondents that figures are of, with what they are called."""
    if report.group is None:
        yield "All", report.results.all
        yield from ((report.title_of(cell.id), cell) for cell in report.groups)
    else:
        yield report.title_of(report.cell.id), report.cell


def _scores(report: RoundReport) -> Sheet:
    columns = (
        Column("Strand or benchmark", 56), Column("Level", 12), Column("Group", 20), Column("Have a score", 18),
        Column("Invited", 13), Column("Score", 14, is_bar=True), Column("Band", 16), Column("Target", 12),
        Column("Gap", 10), WHY,
    )  # fmt: skip  # the columns at a glance
    rows: list[tuple[Cell, ...]] = []
    for id, _, title, _ in scored_nodes(report):
        for group, cell in _cells(report):
            figure = cell.figure(id)
            why = figure.why_none or why_suppressed(figure)
            hidden = Hidden(why) if why else None
            score = figure.coded or (figure.shown if figure.shown is not None else hidden)
            n, invited = (_known(figure, name) for name in ("n", "invited"))
            rows.append((title, figure.level, group, n, invited, score, figure.band, figure.target, figure.gap, why))
    return Sheet("Scores", columns, tuple(rows))


def _known(figure: Figure, name: str) -> Cell:
    """A number of people, or why it is not shown."""
    value: int | None = getattr(figure, name)
    why = figure.withheld.get(name, "")
    return Hidden(why) if value is None and why else value


def _items(report: RoundReport) -> Sheet:
    columns = (
        Column("Strand or benchmark", 40), Column("Item", 60), Column("Group", 20), Column("Answer", 24),
        Column("From the worst", 20), Column("People", 12), WHY,
    )  # fmt: skip  # the columns at a glance
    rows: list[tuple[Cell, ...]] = []
    for _, node, title, _ in scored_nodes(report):
        for item in node.items if isinstance(node, Strand | Benchmark) else ():
            for group, cell in _cells(report) if item.has_figures else ():
                figure, words = cell.figure(item.id), finding_wording.item_words(report, item)
                if figure.counts:
                    points = enumerate(worst_first(report, item, figure.counts), 1)
                    rows += [(title, words, group, label, place, people, "") for place, (label, people) in points]
                elif why := figure.why_none or why_suppressed(figure, "counts"):
                    rows.append((title, words, group, None, None, Hidden(why), why))
    return Sheet("Items", columns, tuple(rows))


def _skills(report: RoundReport) -> Sheet:
    """The stock-take, a row for each skill and group; empty where none is taken."""
    columns = (
        Column("Skill", 40), Column("Group", 20), Column("Verdict", 12), Column("Least seen", 60),
        Column("Reliably", 14), Column("Sometimes", 15), Column("Hardly", 12), Column("Score", 14), WHY,
    )  # fmt: skip  # the columns at a glance
    rows: list[tuple[Cell, ...]] = []
    for stock in report.stock.skills if report.stock else ():
        if report.strand in (None, stock.strand):
            for one in (cell for cell in stock.cells if report.group in (None, cell.cell)):
                shown = one.showing
                numbers = (shown.reliably, shown.sometimes, shown.hardly) if shown else (None, None, None)
                hidden = Hidden(one.why_none) if one.why_none else None
                least = one.least.text if one.least else None
                score = one.coded or one.score
                title = report.title_of(one.cell)
                rows.append((stock.skill.title, title, one.verdict or hidden, least, *numbers, score, one.why_none))
    return Sheet("Skills", columns, tuple(rows))


def _differences(report: RoundReport) -> Sheet:
    columns = (
        Column("Strand or benchmark", 56), Column("Level", 12), Column("Higher", 20), Column("Lower", 20),
        Column("Points", 12), Column("From", 10), Column("To", 10), Column("What may be said", 16),
        Column("Matters", 10), WHY,
    )  # fmt: skip  # the columns at a glance
    return Sheet("Differences", columns, tuple(_difference(report, one) for one in report.differences))


def _difference(report: RoundReport, one: Difference) -> tuple[Cell, ...]:
    ends: tuple[Cell, Cell] = (None, None)
    if one.interval is not None:
        ends = round(one.interval.low), round(one.interval.high)
    elif one.why:
        ends = Hidden(one.why), Hidden(one.why)
    title, matters = finding_wording.title_of(report, one.id), "yes" if one.matters else "no"
    whose = report.title_of(one.higher), report.title_of(one.lower)
    return (title, one.level, *whose, one.shown, *ends, one.claim, matters, one.why)


def _findings(report: RoundReport) -> Sheet:
    columns = (
        Column("Group", 18), Column("Strand or benchmark", 30), Column("In your own words", 36),
        Column("What the figures say", 32), Column("What people of all groups wrote", 36),
        Column("What could be done", 50),
    )  # fmt: skip  # the columns at a glance
    rows: list[tuple[Cell, ...]] = [
        (
            report.title_of(cell.id),
            one.node.title,
            one.own or None,
            one.says,
            "\n".join(one.wrote) or None,
            "\n".join(one.actions) or None,
        )
        for cell, found in findings_table.findings(report)
        for one in found
    ]
    return Sheet("Findings", columns, tuple(rows))


def _actions(report: RoundReport) -> Sheet:
    """What is suggested, the most pressing first; then what of it is in the plan already. What is filled in comes back
    through `services.plan_csv`."""
    owners = tuple(dict.fromkeys(one.owner for one in report.plan if one.owner))
    owners += tuple(group.title for group in report.questionnaire.groups)
    choices = {"owner": owners, "status": STATUSES, "effort": AMOUNTS}
    columns = tuple(
        Column(title, LOG_WIDTHS.get(name, 12), choices.get(name, ()), is_open=name == "owner")
        for title, name in LOG_COLUMNS.items()
    )
    few = first(report.prioritised)
    rows: list[tuple[Cell, ...]] = []
    for one in report.prioritised:
        action, begin = one.suggestion.action, "yes" if one in few else None
        source = suggestion_source(report.round.id, action.id)
        rows.append((action.text, one.suggestion.ranked.node.title, _whom(report, one.groups), begin,
                     None, None, None, action.effort, None, None, source))  # fmt: skip  # in few lines
    for planned, about, groups in _planned(report):
        whom = _whom(report, groups)
        rows.append((planned.text, about, whom, None, planned.owner, planned.due, planned.status, planned.effort,
                     planned.why, planned.id, planned.source))  # fmt: skip  # in few lines
    return Sheet(PLAN_SHEET, columns, tuple(rows), ROOM)


def _planned(report: RoundReport) -> Iterator[tuple[Planned, str, tuple[str, ...]]]:
    """What of all this is in the plan already, each action once: what it is about, and for which groups."""
    groups: dict[str, list[str]] = {}
    found: dict[str, tuple[Planned, str]] = {}
    for group, settled in report.settled.items():
        for one in settled:
            found[one.planned.id] = one.planned, one.suggestion.ranked.node.title
            groups.setdefault(one.planned.id, []).append(group)
    for id, (planned, about) in found.items():
        yield planned, about, tuple(groups[id])


def _whom(report: RoundReport, groups: Iterable[str]) -> str:
    """As the names of several groups are typed, so that they can be copied into other rows."""
    return ", ".join(round_wording.group(report.questionnaire, group) for group in groups)

"""Numbers and scores in words, the same in every medium and on screen."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from selfassess.dates import day_words, local_day
from selfassess.model.questionnaire import Edition, Overall, Questionnaire
from selfassess.model.results import Cell, Figure, Suggestion
from selfassess.model.score_tree import Node, decimals, shown, span
from selfassess.model.sheet import Missing
from selfassess.text import count

if TYPE_CHECKING:
    from selfassess.model.reports import Line, OwnReport, Working


MADE_UP = "MADE-UP EXAMPLE: nobody gave these answers."
TO_ASK = "To ask in the room"
LEFT_OPEN = {
    Missing.SKIPPED: "You skipped",
    Missing.DONT_KNOW: "You answered “don't know” to",
    Missing.NOT_APPLICABLE: "You answered “doesn't apply” to",
}
MISSING = {
    Missing.SKIPPED: "skipped",
    Missing.DONT_KNOW: "don't know",
    Missing.NOT_APPLICABLE: "doesn't apply",
    Missing.NOT_ASKED: "not asked",
}
METHODS = {
    "mean": "the average of the parts that were answered",
    "sum": "the sum of its parts",
    "min": "the lowest of its parts",
    "ladder": "the highest level met, with all levels below it met too",
    "none": "none: this has no score",
}


class Report(Protocol):
    """What one person's report and a round's have in common."""

    @property
    def edition(self) -> Edition: ...

    @property
    def cell(self) -> Cell: ...

    @property
    def skills(self) -> Mapping[str, str]: ...


def day(date: datetime.datetime | None) -> str:
    """A date in words, or nothing."""
    return day_words(local_day(date)) if date else ""


def heading(report: "OwnReport") -> str:
    """Whose view it is, and of when."""
    return " · ".join(filter(None, (whose(report), "one person's view, to bring to the table")))


def whose(report: "OwnReport") -> str:
    """The group that the person is in, the day, and the form."""
    group = report.edition.questionnaire.group_title(report.group)
    form = "short form" if report.short else ""
    return " · ".join(filter(None, (group, day(report.date), form)))


def left_open(kind: Missing, items: int) -> str:
    """How much was left open in one way: "You skipped 3 items. None of them counts as a low answer." """
    counts = "It does not count" if items == 1 else "None of them counts"
    return f"{LEFT_OPEN[kind]} {count(items, 'item')}. {counts} as a low answer."


def made_from(report: Report) -> str:
    """What the scores run from and to, and what they are made from."""
    questionnaire = report.edition.questionnaire
    nodes = [node for strand in questionnaire.strands for node in (strand, *strand.middle)]
    own = any(node.units == "own" for node in nodes)
    ends = "Scores run from 0 to 100" + (", or between the ends given beside them." if own else ".")
    whole = report.cell.overall
    is_scored = whole is not None and (whole.mean is not None or bool(whole.coded))
    if is_scored and questionnaire.overall.method == "mean" and questionnaire.overall.from_ == "strands":
        having = [report.cell.figure(strand.id) for strand in questionnaire.strands]
        scored, there_are = sum(not figure.why_none for figure in having), len(having)
        if 0 < scored < there_are:
            ends += f" The overall score is made from {scored} of {there_are} strands: the rest could not be scored."
    return ends


def number(value: float | None, places: int = 0) -> str:
    """A number with its decimals, rounded half up; or a dash."""
    return "–" if value is None else f"{shown(value, places):.{places}f}"


def fine(value: float | None) -> str:
    """A number with two decimals, or a dash."""
    return number(value, 2)


def score(questionnaire: Questionnaire, node: Node, figure: Figure) -> str:
    """The shown score; with the ends of its scale where it is in own units."""
    if figure.shown is None:
        return f"no score: {figure.why_none}" if figure.why_none else "–"
    ends = span(questionnaire, node)
    scale = f" ({ends.lowest:g} to {ends.highest:g})" if node.units == "own" else ""
    return number(figure.shown, decimals(node)) + scale


def against_target(node: Node, figure: Figure) -> str:
    """How the score stands to its target: "37 below the target of 75"."""
    if figure.gap is None or figure.target is None:
        return ""
    places = decimals(node)
    aim = f"the target of {number(figure.target, 0 if float(figure.target).is_integer() else places)}"
    if figure.gap > 0:
        return f"{number(figure.gap, places)} below {aim}"
    return f"at {aim}" if figure.gap == 0 else f"{number(-figure.gap, places)} above {aim}"


def notes(report: Report, suggestion: Suggestion) -> str:
    """Where an action comes from, and which skills it needs."""
    source = suggestion.action.source
    whence = "our own suggestion" if source == "ours" else f"source: {source}" if source else ""
    skills = [report.skills[id] for id in suggestion.action.skills if id in report.skills]
    return "; ".join(filter(None, (whence, f"skills: {', '.join(skills)}" if skills else "")))


def about(report: "OwnReport", id: str) -> str:
    """The words of the item, or the title of the benchmark, that a text is about."""
    questionnaire = report.edition.questionnaire
    for item in questionnaire.items:
        if item.id == id:
            return item.words(report.group)
    return questionnaire.node(id).title


def answer(line: "Line") -> str:
    """What stands in the working for one part's answer."""
    if line.missing is not None:
        return MISSING[line.missing]
    if line.value is None:
        return "" if line.points is not None else "too few answered"
    return f"{line.answer} ({line.value:g})" if line.answer != f"{line.value:g}" else line.answer


def background(node: Node) -> list[str]:
    """What the author says of a strand, benchmark or skill, and where it comes from."""
    if isinstance(node, Overall):
        return []
    return [*filter(None, (node.about, f"Source: {node.source}" if node.source else ""))]


def working_notes(working: "Working") -> list[str]:
    """The rule behind a score, in sentences."""
    node, figure = working.node, working.figure
    notes = [f"Rule: {METHODS[node.method]}."]
    if node.method in ("mean", "sum", "min"):
        parts = count(working.asked, "item")
        share = "half" if working.least == 0.5 else f"{number(100 * working.least)} in 100"
        need = f"at least {share} must be answered"
        if node.method == "sum" and node.when_missing == "refuse":
            need = "all must be answered"
        notes.append(f"Asked: {parts}. Answered: {working.answered}. For a score {need}.")
    if node.method == "mean" and len({line.weight for line in working.lines if line.scored}) > 1:
        notes.append("Each part counts by its weight.")
    if working.ends.mixed:
        notes.append("Its parts have different scales, so each is put on 0 to 100 first.")
    if any(line.reversed is not None for line in working.lines):
        notes.append("A reversed item is turned round in its scale's own ends: lowest + highest − answer.")
    if figure.mean is None:
        return [*notes, f"There is no score: {figure.why_none}."]
    notes.append(_result(working))
    return notes


def _result(working: "Working") -> str:
    node, figure = working.node, working.figure
    exact = f"{fine(figure.mean)} on 0 to 100"
    if node.units == "own" and figure.raw_mean is not None:
        exact = f"{fine(figure.raw_mean)} on {working.ends.lowest:g} to {working.ends.highest:g}, which is {exact}"
    parts = [f"Score: {exact}", f"shown as {number(figure.shown, decimals(node))}"]
    if figure.band:
        parts.append(f"in the band “{figure.band}”")
    if figure.one_answer:
        parts.append("from one answer, so it is in no band")
    if figure.gap is not None:
        parts.append(against_target(node, figure))
    return ", ".join(parts) + "."


def percent(handed_in: int, invited: int) -> str:
    """How many of those invited handed in: "83%"; neither 0% nor 100% where it is some of them."""
    share = int(shown(100 * handed_in / invited, 0))
    return f"{min(99, max(1, share)) if 0 < handed_in < invited else share}%"

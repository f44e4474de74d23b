"""What was found, group by group: each finding with its benchmark and what could be done, as the evaluation of 2005 has
it in section 6.

A finding is a sentence made from the figures that are shown. Where the facilitator wrote one, it stands before that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfassess.documents import follow_up, targets
from selfassess.documents.blocks import Block, Bullet, BulletList, Heading, Paragraph, Section, Table, spot_of
from selfassess.documents.round import finding_wording
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.order import benchmarks
from selfassess.model.attainment import falls_short, in_points, is_low
from selfassess.model.priorities import MOST_OF_A_GROUP
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Cell, Difference, Ranked
from selfassess.model.round import EVERYBODY
from selfassess.text import capital, count, on_one_line

TITLE = "What we found, group by group"
COLUMNS = ("What we found", "Benchmark", "What could be done")
WIDEST = 3
"""How many gaps of a group are findings however low they are."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a benchmark in a group."""

    node: Strand | Benchmark
    own: str
    """What the facilitator wrote; nothing where they did not."""
    says: str
    """What the figures say, in a sentence."""
    actions: tuple[str, ...]
    """What could be done, and what is planned."""


def section(report: RoundReport) -> Section:
    """A table for each group."""
    blocks: list[Block] = []
    for cell, found in findings(report):
        if report.group is None:
            blocks.append(Heading(title_of(report, cell)))
        blocks.append(_table(title_of(report, cell), found) if found else Paragraph(_none(report, cell)))
    return Section("findings", TITLE, tuple(blocks))


def page(report: RoundReport) -> Iterator[Block]:
    """The same to leaf through: each finding opens its benchmark."""
    for cell, found in findings(report):
        yield Heading(title_of(report, cell))
        if not found:
            yield Paragraph(_none(report, cell))
        for one in found:
            yield Paragraph(one.node.title, opens=spot_of(one.node))
            if one.own:
                yield Paragraph(one.own, "strong", indent=2)
            yield Paragraph(one.says, "quiet" if one.own else "plain", indent=2)
            yield BulletList(tuple(map(Bullet, one.actions)))


def own_words(report: RoundReport, node: str) -> Iterator[tuple[str, str]]:
    """What the facilitator wrote of a node: whose view it is ("" for all), and the text."""
    for cell in _cells(report):
        if text := report.findings.get((key_of(cell), node)):
            yield ("" if cell.id == "all" else report.title_of(cell.id)), text


def written(report: RoundReport) -> Iterator[tuple[str, str, str]]:
    """Everything that the facilitator wrote of what is shown: the group (EVERYBODY for all), the node, and the text."""
    shown = [key_of(cell) for cell in _cells(report)]
    for (group, node), text in report.findings.items():
        if group in shown and node in report.inside:
            yield group, node, text


def key_of(cell: Cell) -> str:
    """Under which group what is written of a cell is kept."""
    return EVERYBODY if cell.id == "all" else cell.id


def findings(report: RoundReport) -> Iterator[tuple[Cell, tuple[Finding, ...]]]:
    """The findings of each group that is shown, in the questionnaire's order; those of all where there are no groups,
    or where the facilitator wrote some."""
    nodes = [node for node in benchmarks(report) if node.id in report.inside]
    for cell in _cells(report):
        is_beside = cell.id == "all" and bool(report.groups)
        chosen = [
            node
            for node in nodes
            if (key_of(cell), node.id) in report.findings or (not is_beside and _calls(report, cell, node, nodes))
        ]
        if chosen or not is_beside:
            yield cell, tuple(_finding(report, cell, node) for node in chosen)


def _cells(report: RoundReport) -> list[Cell]:
    return [report.cell] if report.group is not None else [report.results.all, *report.groups]


def title_of(report: RoundReport, cell: Cell) -> str:
    """Whose findings they are."""
    return "Everybody" if cell.id == "all" and not report.left_out else report.title_of(cell.id)


def _none(report: RoundReport, cell: Cell) -> str:
    if any(cell.figure(node.id).shown is not None for node in benchmarks(report)):
        return "Nothing falls short enough to be listed here."
    return "No score of this group is shown." if cell.id != "all" else "No score is shown."


def _calls(report: RoundReport, cell: Cell, node: Strand | Benchmark, nodes: Sequence[Strand | Benchmark]) -> bool:
    """Whether a node is a finding of a cell: it is low, among the widest gaps, in two camps, or seen worse than by
    another group."""
    questionnaire, one = report.questionnaire, Ranked(node, cell.figure(node.id))
    if is_low(questionnaire, one) or _splits(report, cell, node) or _worse(report, cell, node):
        return True
    every = [Ranked(other, cell.figure(other.id)) for other in nodes]
    gaps = sorted(
        (in_points(questionnaire, other) for other in every if falls_short(questionnaire, other.node, other.figure)),
        reverse=True,
    )
    return falls_short(questionnaire, node, one.figure) and in_points(questionnaire, one) >= gaps[:WIDEST][-1]


def _splits(report: RoundReport, cell: Cell, node: Strand | Benchmark) -> list[str]:
    return [
        finding_wording.in_brief(report, one.item, cell.id).rstrip(".")
        for one in report.splits
        if one.node.id == node.id and one.cell == cell.id
    ]


def _worse(report: RoundReport, cell: Cell, node: Strand | Benchmark) -> list[Difference]:
    return [one for one in report.results.differences if one.id == node.id and one.lower == cell.id and one.matters]


def _finding(report: RoundReport, cell: Cell, node: Strand | Benchmark) -> Finding:
    own = report.findings.get((key_of(cell), node.id), "")
    return Finding(node, on_one_line(own).strip(), says(report, cell, node), _actions(report, cell, node))


def says(report: RoundReport, cell: Cell, node: Strand | Benchmark) -> str:
    """What the figures of a cell say of a node: its score and target, camps, and groups that see it better."""
    figure, questionnaire = cell.figure(node.id), report.questionnaire
    if figure.shown is None and not figure.coded:
        why = round_wording.why_suppressed(figure)
        told = [f"its score is not shown: {why}" if why else f"it has no score: {figure.why_none or 'nobody answered'}"]
    else:
        against = targets.against(questionnaire, node, figure)
        told = [", ".join(filter(None, (f"scored {targets.score(figure, node)}", against)))]
    told += [f"two camps on “{words}”" for words in _splits(report, cell, node)]
    told += [
        f"{count(int(one.shown), 'point')} below {report.title_of(one.higher)}" for one in _worse(report, cell, node)
    ]
    if cell.id == report.cell.id:
        hard = sum(one.node.id == node.id for one in report.could_not_say)
        told += [f"{count(hard, 'question')} that many could not answer"] if hard else []
    return f"{capital('; '.join(told))}."


def _actions(report: RoundReport, cell: Cell, node: Strand | Benchmark) -> tuple[str, ...]:
    """What could be done about a node by a cell, the most pressing first; then what is planned."""
    groups = tuple(report.suggestions) if cell.id == "all" else report.groups_in(cell.id)
    suggested = [
        one.suggestion.action.text
        for one in report.prioritised
        if one.suggestion.ranked.node.id == node.id and not {*groups}.isdisjoint(one.groups)
    ]
    planned = [
        f"Planned: {one.text} ({follow_up.standing_and_owner(one)})"
        for group in groups
        for one in follow_up.actions_about(report.plan, node.id, group or None)
    ]
    return tuple(dict.fromkeys((*suggested[:MOST_OF_A_GROUP], *planned)))


def _table(title: str, found: Sequence[Finding]) -> Table:
    rows = tuple(("\n".join(filter(None, (one.own, one.says))), one.node.title, _listed(one.actions)) for one in found)
    return Table(f"Findings: {title}", COLUMNS, rows)


def _listed(actions: Sequence[str]) -> str:
    """Actions in a cell of a table, a line each."""
    return "\n".join(actions if len(actions) < 2 else [f"- {one}" for one in actions])

"""What was found, group by group: each finding with its benchmark and what could be done, as the evaluation of 2005 has
it in section 6.

A finding is a sentence made from the figures that are shown. Where the facilitator wrote one, it stands before that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selfassess.documents import follow_up, targets
from selfassess.documents.blocks import Block, Bullet, BulletList, Heading, Paragraph, Section, Table, spot_of
from selfassess.documents.round import comments, finding_wording
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.order import benchmarks
from selfassess.model.attainment import falls_short, in_points, is_low
from selfassess.model.priorities import MOST_OF_A_GROUP
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Cell, Difference, Ranked, Suggestion
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
    wrote: tuple[str, ...]
    """What people of all groups wrote about it; nothing where that is too much to stand here."""
    suggested: tuple[Suggestion, ...]
    actions: tuple[str, ...]
    """What is suggested, in words; then what is planned or was done."""


def section(report: RoundReport) -> Section:
    """A table for each group. What people wrote of a benchmark stands in the first that has it."""
    blocks: list[Block] = []
    where: dict[str, str] = {}
    for cell, found in findings(report):
        title = title_of(report, cell)
        if report.group is None:
            blocks.append(Heading(title))
        rows = [(one, where.setdefault(one.node.id, title) if one.wrote else title) for one in found]
        blocks.append(_table(title, rows) if rows else Paragraph(_none(report, cell)))
    if where and report.groups:
        blocks.insert(0, Paragraph(comments.TOGETHER, "quiet"))
    return Section("findings", TITLE, tuple(blocks))


def quoted(report: RoundReport) -> frozenset[str]:
    """The ids of everything whose comments stand beside a finding."""
    return frozenset(
        id for _, found in findings(report) for one in found for id in comments.beside(report, one.node)[1]
    )


def told(report: RoundReport) -> frozenset[tuple[str, str]]:
    """Each group, and the id of an action that stands beside one of its findings."""
    return frozenset(
        (group, some.action.id)
        for cell, found in findings(report)
        for one in found
        for some in one.suggested
        for group in _groups(report, cell)
    )


def page(report: RoundReport) -> Iterator[Block]:
    """The same to leaf through: each finding opens its benchmark."""
    every = tuple(findings(report))
    if report.groups and any(one.wrote for _, found in every for one in found):
        yield Paragraph(comments.TOGETHER, "quiet")
    seen: set[str] = set()
    for cell, found in every:
        yield Heading(title_of(report, cell))
        if not found:
            yield Paragraph(_none(report, cell))
        for one in found:
            yield Paragraph(one.node.title, opens=spot_of(one.node))
            if one.own:
                yield Paragraph(one.own, "strong", indent=2)
            yield Paragraph(one.says, "quiet" if one.own else "plain", indent=2)
            for words in one.wrote if one.node.id not in seen else ():
                yield Paragraph(words, "quiet", indent=2)
            seen.add(one.node.id)
            if one.actions:
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
    or where the facilitator wrote some, without actions where these stand with a group's own finding."""
    nodes = [node for node in benchmarks(report) if node.id in report.inside]
    for cell in _cells(report):
        is_beside = cell.id == "all" and bool(report.groups)
        chosen = [
            node
            for node in nodes
            if (key_of(cell), node.id) in report.findings or (not is_beside and _calls(report, cell, node, nodes))
        ]
        found = tuple(_finding(report, cell, node) for node in chosen)
        if is_beside:
            again = {node.id for node in nodes for group in report.groups if _calls(report, group, node, nodes)}
            found = tuple(replace(one, suggested=(), actions=()) if one.node.id in again else one for one in found)
        if found or not is_beside:
            yield cell, found


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
    if is_low(questionnaire, one.node, one.figure) or _splits(report, cell, node) or _worse(report, cell, node):
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
    groups = _groups(report, cell)
    suggested = [
        one.suggestion
        for one in report.prioritised
        if one.suggestion.ranked.node.id == node.id and not {*groups}.isdisjoint(one.groups)
    ]
    few = suggested[:MOST_OF_A_GROUP]
    texts = [
        f"{one.action.text} ({dropped})"
        if (dropped := follow_up.was_dropped(report.plan, report.round.id, one))
        else one.action.text
        for one in few
    ]
    planned = [
        follow_up.in_a_line(one)
        for group in groups
        for one in follow_up.actions_about(report.plan, node.id, group or None)
        if one.action not in {some.action.id for some in few}
    ]
    return Finding(
        node=node,
        own=on_one_line(own).strip(),
        says=says(report, cell, node),
        wrote=comments.beside(report, node)[0],
        suggested=tuple(few),
        actions=tuple(dict.fromkeys((*texts, *planned))),
    )


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


def _groups(report: RoundReport, cell: Cell) -> tuple[str, ...]:
    return tuple(report.suggestions) if cell.id == "all" else tuple(report.groups_in(cell.id))


def _table(title: str, found: Sequence[tuple[Finding, str]]) -> Table:
    """The findings of a cell; with each, under which title what people wrote of it stands."""
    rows = []
    for one, where in found:
        wrote = one.wrote if where == title else (f"For what people wrote, see “{where}”.",)
        told = "\n".join(filter(None, (one.own, one.says, *wrote)))
        rows.append((told, one.node.title, _listed(one.actions)))
    return Table(f"Findings: {title}", COLUMNS, tuple(rows))


def _listed(actions: Sequence[str]) -> str:
    """Actions in a cell of a table, a line each."""
    return "\n".join(actions if len(actions) < 2 else [f"- {one}" for one in actions])

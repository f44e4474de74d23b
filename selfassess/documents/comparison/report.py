"""What changed between rounds, section by section, the most important first."""

from collections.abc import Iterator, Sequence

from selfassess.documents import follow_up
from selfassess.documents.blocks import (
    Block,
    Bullet,
    BulletList,
    ChangeChart,
    ChangeRow,
    Document,
    Heading,
    Notes,
    Paragraph,
    Section,
    Table,
)
from selfassess.documents.comparison import skills
from selfassess.documents.comparison import wording as words
from selfassess.documents.wording import MADE_UP, number
from selfassess.model import reports
from selfassess.model.comparison import LITTLE, CellChange, NodeChange
from selfassess.model.reports import ComparisonReport
from selfassess.model.score_tree import decimals, in_units, nodes, shown
from selfassess.model.versions import NodeComparability

SAME_WORDS = (
    "Only items that were asked in the same words, on the same scale and in the same direction both times are "
    "compared, and both rounds are scored by the rules of the later questionnaire."
)
MORE_THAN_CHANCE = (
    "“Moved” means the change is probably real. Chance plays a part even when everybody answered: the same people "
    "answer a little differently another day. We test the overall score and the parts together, for everybody and for "
    "each group: tested one at a time, one that did not change would often seem to. A "
    "benchmark is tested only where its part moved."
)
NEGLIGIBLE = (
    f"“No change to speak of”: then and now look the same; or it is less than {LITTLE:g} points on 0 to 100, or "
    "people's answers vary that much anyway, where enough answered to know that."
)
OTHERS = (
    "“Little room to rise”: more than 40 in 100 were at the top already. “Too few to tell”: with so few, any change "
    "could be chance. “Certainty not shown”: what we need to judge the change would give away a small group's answers. "
    "“Not tested”: a benchmark whose part did not clearly move."
)
NOT_NONE = "“No change we could detect” is not “no change”: there may be one that is too small to see among so few."
ALL_ANSWERS = (
    "Then and now are averages of all answers. How many went up, stayed or went down is counted from each person's own "
    "score."
)
PROTECTED = (
    "Nothing is shown that would let anyone work out what a few people answered, even from this comparison, the "
    "reports of both rounds and all earlier comparisons together. To protect the others, some who were found again may "
    "be left out, picked at random."
)
OTHER_SCORES = "Where items are left out, a score here can differ from the one in the round's own report."
HOW_TO_READ = (SAME_WORDS, ALL_ANSWERS, MORE_THAN_CHANCE, NEGLIGIBLE, NOT_NONE, OTHERS, words.NO_CAUSE, PROTECTED)
OWN_SCORES = (
    "Each round's own scores, from everybody who answered it, who may not be the same people. A dash: not shown, or "
    "made from different items or groups than the last."
)
NO_TREND = "The rounds do not show the same groups and the same items, so no line can be drawn through them."


def document(report: ComparisonReport) -> Document:
    """The whole comparison."""
    about, *marks = head(report)
    return Document(title=report.questionnaire.title, about=about, marks=tuple(marks), sections=sections(report))


def head(report: ComparisonReport) -> tuple[str, ...]:
    """The lines below the title."""
    return (words.kind(report), *([MADE_UP] if report.made_up else []), *filter(None, (asked_once(report),)))


def asked_once(report: ComparisonReport) -> str:
    """That one of the rounds asked more than the other; nothing where neither did."""
    return words.asked_once(report.forms, report.comparison.comparability)


def sections(report: ComparisonReport) -> tuple[Section, ...]:
    """All sections that are not empty."""
    found = (what_moved(report), skills.section(report), planned(report), side_by_side(report), by_group(report),
             trend(report), who(report), not_compared(report), how_to_read())  # fmt: skip  # the order at a glance
    return tuple(one for one in found if one is not None)


def shown_nodes(report: ComparisonReport, cell: CellChange) -> tuple[NodeChange, ...]:
    """The nodes of a cell: those of one strand where the report is narrowed to it."""
    if report.strand is None:
        return cell.nodes
    strand = report.questionnaire.node(report.strand)
    inside = {strand.id, *(node.id for one in report.questionnaire.strands if one is strand for node in one.middle)}
    return tuple(one for one in cell.nodes if one.id in inside)


def what_moved(report: ComparisonReport) -> Section:
    """The findings in words, then the picture."""
    cell, notes = report.cell, Notes()
    found = shown_nodes(report, cell)
    blocks: list[Block] = [Paragraph(told, "strong") for told in (words.tally(report, cell),) if told]
    if view := words.which_view(cell):
        blocks.append(Paragraph(view, "quiet"))
    moved = [one for one in found if words.stands_out(one)]
    if moved:
        order = sorted(moved, key=lambda one: -abs(one.headline.points if one.headline else 0))
        blocks.append(
            BulletList(tuple(Bullet(words.sentence(report, one), words.title_of(report, one.id)) for one in order))
        )
    elif found:
        blocks.append(Paragraph(words.nothing_moved(found)))
    if told := words.detectable(cell):
        blocks.append(Paragraph(told, "quiet"))
    blocks.append(ChangeChart(tuple(change_row(report, one, notes) for one in found), legend=True))
    return Section("what_moved", "What moved", (*blocks, *notes.blocks()))


def change_row(report: ComparisonReport, node: NodeChange, notes: Notes) -> ChangeRow:
    """The change of a node, in its main view."""
    change = node.headline
    title = words.title_of(report, node.id)
    if change is None:
        return ChangeRow(
            level=node.level, title=title, then=None, now=None, told=notes.mark(words.why_none(node)), says="", n="",
            moved=False,
        )  # fmt: skip  # in few lines
    return ChangeRow(
        level=node.level,
        title=title,
        then=change.mean[0] / 100,
        now=change.mean[1] / 100,
        told=words.cells(report, node.id, change)[0],
        says=words.claim_words(node)[0],
        n=words.of_how_many(change),
        moved=words.stands_out(node),
    )


def planned(report: ComparisonReport) -> Section | None:
    """What was planned, and what happened since; None where nothing was."""
    return follow_up.section(what_was_planned(report))


def what_was_planned(report: ComparisonReport) -> reports.FollowUp | None:
    """The actions that are for the one group and in the one strand that it is narrowed to."""
    if report.since is None:
        return None
    inside = None if report.strand is None else frozenset(one.id for one in shown_nodes(report, report.cell))
    return report.since.narrowed(report.group, inside)


def planned_on(report: ComparisonReport, id: str) -> tuple[reports.FollowedAction, ...]:
    """What was planned about a node, for everybody or for the one group that it is narrowed to."""
    found = what_was_planned(report)
    return tuple(one for one in found.actions if one.planned.node == id) if found else ()


def side_by_side(report: ComparisonReport) -> Section | None:
    """Both views of each node; None where nothing is shown."""
    notes, rows = Notes(), []
    for one in shown_nodes(report, report.cell):
        if not one.views and "everybody" not in one.withheld:
            continue
        both = [
            words.cells(report, one.id, change) if change else (notes.mark(one.withheld.get(view, words.NOTHING)), "")
            for view, change in (("matched", one.matched), ("everybody", one.everybody))
        ]
        rows.append((words.title_of(report, one.id), *both[0], *both[1]))
    if not rows:
        return None
    columns = ("Part or benchmark", "The same people", "of", "Everybody", "of")
    about = Paragraph("Scores then and now, and of how many people.", "quiet")
    return Section("views", "The same people, and everybody", (about, Table("Both views", columns, tuple(rows)),
                                                            *notes.blocks()))  # fmt: skip  # one line too many


def by_group(report: ComparisonReport) -> Section | None:
    """The parts, group by group; None where there are none, or it is narrowed to one."""
    cells = [one for one in report.comparison.cells if one.id != "all"]
    if report.group is not None or not (cells or report.comparison.apart):
        return None
    blocks: list[Block] = []
    notes = Notes()
    for cell in cells:
        blocks.append(Heading(report.title_of(cell.id), words.group_size(cell)))
        if told := words.tally(report, cell):
            blocks.append(Paragraph(told))
        if told := words.detectable(cell):
            blocks.append(Paragraph(told, "quiet"))
        strands = [one for one in shown_nodes(report, cell) if one.level == "strand"]
        blocks.append(ChangeChart(tuple(change_row(report, one, notes) for one in strands)))
    return Section("groups", "Group by group", (*blocks, *notes.blocks(), *left_out_groups(report)))


def left_out_groups(report: ComparisonReport) -> Iterator[Block]:
    """Which groups have no comparison of their own, and why."""
    for group, why in report.comparison.apart.items():
        yield Paragraph(f"{report.title_of(group)} has no comparison of its own: {why}.", "quiet")


def trend(report: ComparisonReport) -> Section | None:
    """The scores of every round that was named; None where there are only two."""
    if len(report.rounds) < 3:
        return None
    lines = [one for one in report.trend if one.cell == report.cell.id and report.strand in (None, one.id)]
    if not lines:
        return Section("trend", "Over the rounds", (Paragraph(NO_TREND),))
    columns = ("Part", *(one.title for one in report.rounds))
    rows = tuple(
        (words.title_of(report, one.id), *(_mean(report, one.id, *told) for told in zip(one.means, one.n, strict=True)))
        for one in lines
    )
    grid = Table("Over the rounds", columns, rows, numbers=True)
    return Section("trend", "Over the rounds", (Paragraph(OWN_SCORES, "quiet"), grid))


def over_the_rounds(report: ComparisonReport, id: str) -> str:
    """The scores of one node in every round that was named: "Autumn 2025: 58 (31) · …"; nothing without a line."""
    found = next((one for one in report.trend if (one.cell, one.id) == (report.cell.id, id)), None)
    if found is None:
        return ""
    told = zip(report.rounds, found.means, found.n, strict=True)
    return " · ".join(f"{round.title}: {_mean(report, id, mean, n)}" for round, mean, n in told)


def _mean(report: ComparisonReport, id: str, mean: float | None, n: int | None) -> str:
    if mean is None:
        return "–"
    node = nodes(report.questionnaire)[id]
    value = shown(in_units(report.questionnaire, node, mean), decimals(node))
    return number(value, decimals(node)) + (f" ({n})" if n is not None else "")


def who(report: ComparisonReport) -> Section:
    """Who took part, and which respondents were linked."""
    told = [*words.attendance(report, report.cell), *words.collisions(report)]
    if report.group is None and (missing := words.groups_missing(report)):
        told.append(missing)
    return Section("who", "Who is compared", tuple(Paragraph(one) for one in told))


def not_compared(report: ComparisonReport) -> Section | None:
    """The items that are left out, and what that means for each part; None where everything is compared."""
    whole = report.comparison.comparability
    touched = _touched(report)
    if not words.listed_exclusions(whole.overall.aside) and not touched:
        return None
    named = excluded(report, whole.overall, *touched)
    sentences = tuple(Bullet(one.sentence, "Overall" if one is whole.overall else one.title) for one in touched)
    blocks: list[Block] = [BulletList(named)] if named else []
    if sentences:
        blocks += [Heading("What it means"), BulletList(sentences), Paragraph(OTHER_SCORES)]
    return Section("not_compared", "What is not compared", tuple(blocks))


def excluded(report: ComparisonReport, *nodes: NodeComparability) -> tuple[Bullet, ...]:
    """The items of some nodes that are left out, each with the reason."""
    asides = {id: reason for one in nodes for id, reason in one.aside.items()}
    listed = words.listed_exclusions(asides)
    return tuple(Bullet(words.exclusion(report.editions, id, why)) for id, why in listed.items())


def _touched(report: ComparisonReport) -> Sequence[NodeComparability]:
    """The nodes that are not compared at all; or not on all of their items, for another reason than that the short form
    left some out."""
    whole = report.comparison.comparability
    every = [whole.overall, *whole.strands, *whole.benchmarks]
    if report.strand is not None:
        inside = {one.id for one in shown_nodes(report, report.comparison.all)} | {report.strand}
        every = [one for one in every if one.id in inside]
    return [
        one
        for one in every
        if words.listed_exclusions(one.aside) or one.new_rules or (one.aside and not one.comparable)
    ]


def how_to_read() -> Section:
    """What the words mean."""
    return Section("how_to_read", "How to read this", (BulletList(tuple(Bullet(one) for one in HOW_TO_READ)),))

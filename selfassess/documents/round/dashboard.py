"""A round's report to leaf through: a page of what there is in a strand, benchmark or item, and the meeting's pages."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from selfassess.documents import follow_up, plan, targets, wording
from selfassess.documents.blocks import (
    TURNED,
    AnswerChart,
    Block,
    Bullet,
    BulletList,
    Heading,
    HeatCell,
    Paragraph,
    Reasons,
    ScoreChart,
    ScoreRow,
    Section,
    Spot,
    Tone,
    spot_of,
)
from selfassess.documents.comparison import wording as comparison_wording
from selfassess.documents.round import comments, finding_wording, findings, findings_table, side_by_side, stock
from selfassess.documents.round import report as printed
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.items import stacks
from selfassess.documents.round.order import in_order, inside
from selfassess.documents.round.overview import corrected
from selfassess.documents.round.scores import score_row
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Benchmark, GroupKey, Item, Overall, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Cell, Difference, Figure, Ranked, Split
from selfassess.model.score_tree import OVERALL, Node, decimals, has_score, nodes, span
from selfassess.text import capital

ASK_ABOUT_CAMPS = "What does each side have in mind when it answers?"
EMPTY_LINE = Paragraph("")
SINCE = "Since the last round"

Reading = Callable[[RoundReport, Sequence[HeatCell]], str]


def page(report: RoundReport, spot: Spot, *, by_need: bool, today: datetime.date | None = None) -> Section:
    """What is shown of a place. `report` is of all, or narrowed to a group; `by_need` is the order of its rows; `today`
    is the day on which the plan is read, None where there is no plan."""
    questionnaire = report.questionnaire
    match spot.kind:
        case "strands":
            return Section(spot.kind, questionnaire.title, tuple(_strands(report, by_need, today)))
        case "strand":
            strand = questionnaire.strand_of(spot.id)
            return Section(spot.id, strand.title, tuple(_strand(report, strand, by_need)))
        case "benchmark":
            node = questionnaire.node(spot.id)
            return Section(spot.id, node.title, tuple(_benchmark(report, node)))
        case "item":
            item = questionnaire.item(spot.id)
            return Section(spot.id, finding_wording.item_words(report, item), tuple(_item(report, item)))
        case _:
            return _overview(report, spot)


def _overview(report: RoundReport, spot: Spot) -> Section:
    """A page about all of it that a key opens."""
    match spot.kind:
        case "findings":
            return Section(spot.kind, "Findings", tuple(_findings(report)))
        case "by group":
            return Section(spot.kind, findings_table.TITLE, tuple(findings_table.page(report)))
        case "actions":
            return findings.actions(report)
        case "comments":
            return _comments(report)
        case "who":
            return Section(spot.kind, "Who is in", tuple(_who_is_in(report)))
        case "skills":
            return Section(spot.kind, stock.MATRIX if report.stock else stock.LEANING, tuple(stock.page(report)))
        case "plan":
            return Section(spot.kind, plan.TITLE, tuple(_plan(report)))
        case _:
            raise ValueError(spot.kind)  # only comparisons have it


def glance(report: RoundReport, spot: Spot, *, by_need: bool) -> Section:
    """What is shown of a place beside the page that opens it: of a strand how people answered."""
    if spot.kind != "strand":
        return page(report, spot, by_need=by_need)
    strand = report.questionnaire.strand_of(spot.id)
    items = [item for node in in_order(report, strand.middle, by_need=by_need) for item in node.items]
    items = [item for item in (*items, *strand.items) if item.has_figures]
    return Section(spot.id, strand.title, tuple(_lines(report, items)))


def _lines(report: RoundReport, items: Sequence[Item]) -> Iterator[Block]:
    """How the answers to items fall, a line each; and how many of them are not shown, and why."""
    yield Heading(_what_was_said(report), "worst on the left, best on the right")
    hidden: Counter[str] = Counter()
    for item in items:
        for block in _answers(report, item, report.cell, finding_wording.item_words(report, item)):
            if isinstance(block, AnswerChart):
                yield replace(block, is_close=True)
                break
        else:
            hidden[_why_not(report.cell.figure(item.id))] += 1
    for why, number in hidden.items():
        yield Paragraph(f"{number} more {'is' if number == 1 else 'are'} not shown: {why}.", "quiet", apart=True)


def place(report: RoundReport, spot: Spot) -> str:
    """Whose answers a page shows, and of which strand."""
    cell = report.title_of(report.cell.id)
    if spot.kind in ("benchmark", "item"):
        return f"{cell} › {report.questionnaire.strand_of(node_of(report, spot).id).title}"
    return cell


def node_of(report: RoundReport, spot: Spot) -> Strand | Benchmark:
    """The strand or benchmark of a place; KeyError if it has none."""
    if spot.kind != "item":
        return report.questionnaire.node(spot.id)
    for strand in report.questionnaire.strands:
        found: tuple[Strand | Benchmark, ...] = (strand, *strand.middle)
        for node in found:
            if any(item.id == spot.id for item in node.items):
                return node
    raise KeyError(spot.id)


def meeting(report: RoundReport, node: Strand | Benchmark, *, is_revealed: bool) -> Section:
    """A benchmark with its question, or with what was answered. `report` is of all."""
    about = (Paragraph(node.about, "quiet", apart=True),) if node.about else ()
    blocks = _results(report, node) if is_revealed else _question(report, node)
    return Section(node.id, node.title, (*about, *blocks))


# The pages


def _strands(report: RoundReport, by_need: bool, today: datetime.date | None) -> Iterator[Block]:
    overall = report.questionnaire.overall
    rows = [_score(report, overall, report.cell.overall, "Overall")] if report.cell.overall else []
    rows += _openings(report, in_order(report, report.questionnaire.strands, by_need=by_need))
    yield _side_by_side(report, rows, side_by_side.legend)
    yield from _onward(report, today)
    yield from _not_alone(report)


def _side_by_side(report: RoundReport, rows: Sequence[ScoreRow], reading: Reading) -> ScoreChart:
    """Scores, of each group where there is room; `reading` says how to read them."""
    cells = [cell for row in rows for cell in row.cells]
    missing = (
        "– means that it is not shown, or that there is no score."
        if any(cell.standing is None for cell in cells)
        else ""
    )
    legend = " ".join(filter(None, (reading(report, cells), missing)))
    return ScoreChart(tuple(rows), shape="groups", columns=side_by_side.columns(report), legend=legend)


def _openings(report: RoundReport, some: Iterable[Strand | Benchmark]) -> Iterator[ScoreRow]:
    for node in some:
        yield _score(report, node, report.cell.figure(node.id), node.title, spot_of(node))


def _onward(report: RoundReport, today: datetime.date | None) -> Iterator[Block]:
    """What became of the plan, and what moved since the round before, in a line each."""
    told = []
    if today is not None:
        told.append(Paragraph(plan.summary(report.plan, today), lead=plan.TITLE, opens=Spot("plan")))
    if skills := stock.summary(report):
        told.append(Paragraph(skills, lead="Skills", opens=Spot("skills")))
    if moved := _moved(report):
        told.append(Paragraph(moved, lead=SINCE, opens=Spot("moved")))
    elif why := _unmoved(report):
        told.append(Paragraph(why, "quiet", lead=SINCE))
    yield from (replace(one, apart=at == 0) for at, one in enumerate(told))


def _moved(report: RoundReport) -> str:
    """How many strands moved, of all or of the group that the report is narrowed to; "" where that is not compared."""
    cell = report.moved.comparison.cell(report.group or "all") if report.moved else None
    return ", ".join(comparison_wording.moves_of_parts(report.moved, cell)) if report.moved and cell else ""


def _unmoved(report: RoundReport) -> str:
    """Why nothing is told of what moved, of all or of the group that the report is narrowed to; "" where there is no
    round before."""
    if report.moved and report.group:
        why = report.moved.comparison.apart.get(GroupKey(report.group))
        return f"There is no comparison of {report.title_of(report.group)}: {why}." if why else ""
    return report.unmoved


def _plan(report: RoundReport) -> Iterator[Block]:
    """What is planned about the questionnaire, with who is responsible for it."""
    for name, status in plan.SECTIONS:
        if found := tuple(plan.of_section(report.plan, status)):
            yield Heading(name)
            yield BulletList(tuple(Bullet(one.text, note=_about_planned(report, one)) for one in found))


def _about_planned(report: RoundReport, one: Planned) -> str:
    """How an action stands, who sees to it, and which skills that it needs fall short."""
    lacking = stock.lacking(report.learning.skills, one) if report.learning and one.is_open else ""
    return "; ".join(filter(None, (follow_up.standing_and_owner(one), lacking)))


def _not_alone(report: RoundReport) -> Iterator[Block]:
    """A sentence for each group that is not shown by itself: why not."""
    for one in report.results.attendance:
        if one.standing in ("pooled", "left_out") and one.group:
            title = report.questionnaire.group_title(one.group)
            yield Paragraph(f"{title}: {round_wording.standing(report, one)}.", "quiet")


def _strand(report: RoundReport, strand: Strand, by_need: bool) -> Iterator[Block]:
    yield from _head(report, strand)
    yield from _inside(report, strand, by_need)
    yield from _items(report, strand)
    yield from comments.on(report, strand)
    yield from _details(report, strand)


def _inside(report: RoundReport, strand: Strand, by_need: bool) -> Iterator[Block]:
    """The benchmarks of a strand."""
    if strand.middle:
        rows = list(_openings(report, in_order(report, strand.middle, by_need=by_need)))
        yield _side_by_side(report, rows, side_by_side.marks)


def _benchmark(report: RoundReport, node: Strand | Benchmark) -> Iterator[Block]:
    yield from _head(report, node)
    if node.discuss:
        yield Paragraph(node.discuss, lead=wording.TO_ASK, apart=True)
    yield from _items(report, node)
    yield from comments.on(report, node)
    yield from _details(report, node)
    yield from _actions(report, node)
    for line in wording.background(node):
        yield Paragraph(line, "quiet", apart=True)


def _head(report: RoundReport, node: Strand | Benchmark) -> Iterator[Block]:
    if not has_score(report.questionnaire, node):
        yield Paragraph("This has no score: see what people said below.", "quiet")
        return
    cell = report.cell
    yield ScoreChart((replace(_score(report, node, cell.figure(node.id), report.title_of(cell.id)), note=""),))
    yield from _by_group(report, node)
    if said := agreed(report, node.id):
        yield Paragraph(said, "strong", apart=True)
    yield from _own_words(report, node)


def _own_words(report: RoundReport, node: Strand | Benchmark) -> Iterator[Block]:
    """What the facilitator wrote that was found."""
    for whose, text in findings_table.own_words(report, node.id):
        yield Paragraph(text, lead=f"What we found ({whose})" if whose else "What we found", apart=True)


def _by_group(report: RoundReport, node: Strand | Benchmark) -> Iterator[Block]:
    """The scores of all groups that are shown; if the report is narrowed to one, that of everybody."""
    cells = (report.results.all,) if report.group is not None else report.groups
    if cells:
        yield ScoreChart(tuple(_beside(report, node, cell) for cell in cells), shape="beside")
    if report.group is None:
        yield from _not_alone(report)


def _items(report: RoundReport, node: Strand | Benchmark, *, opens: bool = True) -> Iterator[Block]:
    found = [item for item in node.items if item.has_figures]
    if found:
        yield Heading(_what_was_said(report))
    for item in found:
        title = finding_wording.item_words(report, item)
        for block in _answers(report, item, report.cell, title, Spot("item", item.id) if opens else None):
            yield replace(block, is_close=opens) if isinstance(block, AnswerChart) else block


def _what_was_said(report: RoundReport) -> str:
    return f"What {'people' if report.group is None else report.title_of(report.group)} said"


def _details(report: RoundReport, node: Strand | Benchmark) -> Iterator[Block]:
    figure = report.cell.figure(node.id)
    if sure := list(_how_sure(report, node, figure)):
        yield Heading("How sure this is")
        yield from map(Paragraph, sure)
    if alike := _alike(figure):
        yield Heading("How far people agree")
        yield Paragraph(alike)
    yield from _seen_differently(report, node)


def _item(report: RoundReport, item: Item) -> Iterator[Block]:
    """How answers fall, of all and of each group that is shown."""
    cells: tuple[Cell, ...] = (report.cell, report.results.all)[: 1 if report.group is None else 2]
    if report.group is None and len(report.groups) > 1:
        cells += tuple(cell for cell in report.groups if _asks(report, item, cell))
    if item.reverse:
        yield Paragraph(f"{TURNED}.", "quiet")
    for cell in cells:
        figure = cell.figure(item.id)
        yield from _answers(report, item, cell, report.title_of(cell.id))
        if figure.counts is not None and (alike := _alike(figure)):
            yield Paragraph(alike, "quiet")
        for split in report.splits:
            if split.item.id == item.id and split.cell == cell.id:
                yield Paragraph(f"{_camps(report, split)} {wording.TO_ASK}: {ASK_ABOUT_CAMPS}", "strong")
    yield Paragraph("The favourable end of a row is on the right.", "quiet", apart=True)


def _asks(report: RoundReport, item: Item, cell: Cell) -> bool:
    return any(item.asks(group) for group in report.groups_in(cell.id))


def _findings(report: RoundReport) -> Iterator[Block]:
    """Strengths, gaps, two camps, differences, and what many could not say: each opens what it is about."""
    yield Heading(findings.STRENGTHS)
    yield from _ranked(report, report.strengths, targets.no_strengths(report), praised=True)
    for title, some in targets.runners_up(report.ranking):
        yield Heading(title)
        yield from _ranked(report, some, praised=True)
    yield Heading(findings.GAPS)
    if unsure := finding_wording.which_is_widest(report):
        yield Paragraph(f"{capital(unsure)}.")
    yield from _ranked(report, report.gaps, targets.no_gaps(report))
    if low := report.ranking.also_low:
        yield Heading(targets.ALSO_LOW)
        yield from _ranked(report, low)
    yield Heading(findings.CAMPS)
    if not report.splits:
        yield Paragraph(finding_wording.camps_looked_for(report))
    for split in report.splits:
        yield from _split(report, split, Spot("item", split.item.id))
    yield from _differences(report)
    yield Heading(findings.COULD_NOT_SAY)
    if not report.could_not_say:
        yield Paragraph(findings.nobody_could_not_say(report))
    for one in report.could_not_say:
        yield Paragraph(finding_wording.item_words(report, one.item), opens=Spot("item", one.item.id))
        yield Paragraph(f"{finding_wording.hard_to_say(one)}.")


def _ranked(
    report: RoundReport, found: tuple[Ranked, ...], otherwise: str = "", *, praised: bool = False
) -> Iterator[Block]:
    rows = []
    for one in found:
        flags = round_wording.flags(report, *inside(one.node))
        but = finding_wording.but(report, one, with_camps=False) if praised else ""
        note = " · ".join(filter(None, (*flags, but, finding_wording.may_change(report, one))))
        rows.append(replace(_score(report, one.node, one.figure, one.node.title, spot_of(one.node)), note=note))
    yield ScoreChart(tuple(rows)) if rows else Paragraph(otherwise)


def _differences(report: RoundReport) -> Iterator[Block]:
    yield Heading(findings.DIFFERENCES)
    found = sorted((one for one in report.differences if one.matters), key=lambda one: -one.points)
    if not found:
        yield Paragraph(finding_wording.no_differences(report))
    for told in (*finding_wording.detectable(report), *filter(None, [finding_wording.in_other_words(report)])):
        yield Paragraph(told, "quiet", apart=True)
    for one in found:
        spot = Spot("strands") if one.id == OVERALL else spot_of(report.questionnaire.node(one.id))
        yield Paragraph(finding_wording.title_of(report, one.id), opens=spot)
        yield from _difference(report, one, "plain")
    if not_compared := finding_wording.not_compared(report):
        yield Paragraph(not_compared, "quiet", apart=True)


def _comments(report: RoundReport) -> Section:
    section = comments.section(report)
    blocks = section.blocks if section else (Paragraph("Nobody wrote anything.", apart=True),)
    return Section("comments", "What people wrote", (Paragraph(round_wording.COMMENTS, "quiet"), *blocks))


def _who_is_in(report: RoundReport) -> Iterator[Block]:
    """Who is in, and how what they said is protected."""
    if correction := corrected(report):
        yield Paragraph(correction, apart=True)
    for one in report.results.attendance:
        yield Paragraph(round_wording.group(report.questionnaire, one.group), "strong", apart=True)
        yield Paragraph(f"{round_wording.turnout(one)}; {round_wording.standing(report, one)}.", indent=2)
    protection = printed.protection(report)
    yield Heading(protection.title)
    yield from protection.blocks


# The meeting


def _question(report: RoundReport, node: Strand | Benchmark) -> Iterator[Block]:
    yield EMPTY_LINE
    yield Paragraph(node.discuss or "What do we see, and how do we know?", "strong", apart=True)
    yield EMPTY_LINE
    if said := agreed(report, node.id, with_answers=False):
        yield Paragraph(said, apart=True)


def _results(report: RoundReport, node: Strand | Benchmark) -> Iterator[Block]:
    if has_score(report.questionnaire, node):
        yield ScoreChart((_score(report, node, report.cell.figure(node.id), ""),), shape="large")
        if said := agreed(report, node.id):
            yield Paragraph(said, "strong", apart=True)
        if len(report.groups) > 1:
            yield EMPTY_LINE
            yield from _by_group(report, node)
    yield from _seen_differently(report, node)
    yield from _items(report, node, opens=False)
    yield from _actions(report, node)


def agreed(report: RoundReport, id: str, *, with_answers: bool = True) -> str:
    """What the meeting agreed on a node, with the decimals that it wrote, beside what the answers say."""
    one = report.agreed.get(id)
    if one is None:
        return ""
    node, figure = nodes(report.questionnaire)[id], report.results.all.figure(id)
    places = decimals(node) or (0 if float(one.score).is_integer() else 1)
    answers = targets.score(figure, node) if figure.shown is not None or figure.coded else ""
    return capital(round_wording.agreed(wording.number(one.score, places), answers if with_answers else "", one.why))


# What the pages have in common


def _score(report: RoundReport, node: Node, figure: Figure, title: str, opens: Spot | None = None) -> ScoreRow:
    """A score, with what people see differently on a node and in it."""
    row = score_row(report, node, title, figure, Reasons())
    flags = round_wording.flags(report, *([OVERALL] if isinstance(node, Overall) else inside(node)))
    ends = span(report.questionnaire, node)
    word = round_wording.views(figure, flagged=bool(flags))
    about = (
        f"of {ends.lowest:g} to {ends.highest:g}" if node.units == "own" and figure.shown is not None else "",
        f"{row.n} answered" if figure.n else "",
        f"views {word}" if word else "",
        _why_none(figure),
        targets.against(report.questionnaire, node, figure).replace("the target of ", ""),
    )
    return replace(
        row,
        note=" · ".join((*flags, *(["agreed"] if figure.id in report.agreed else []))),
        about=" · ".join(filter(None, about)),
        tone=targets.tone(report.questionnaire, node, figure),
        cells=side_by_side.cells(report, node, lambda _: side_by_side.NONE),
        opens=opens,
    )


def _beside(report: RoundReport, node: Strand | Benchmark, cell: Cell) -> ScoreRow:
    figure = cell.figure(node.id)
    row = _score(report, node, figure, report.title_of(cell.id))
    wide = round_wording.VIEWS["wide"] if figure.spread == "wide" else ""
    return replace(row, note=wide, about=row.n if figure.mean is not None else row.about)


def _why_none(figure: Figure) -> str:
    """Why there is no score; "" if there is one."""
    if figure.coded:
        return "the exact score would give away what each of them said"
    if why := figure.withheld.get("shown"):
        return f"not shown: {why}"
    return f"no score: {figure.why_none or 'nobody answered'}" if figure.shown is None else ""


def _answers(report: RoundReport, item: Item, cell: Cell, title: str, opens: Spot | None = None) -> Iterator[Block]:
    """How the answers of a cell to an item fall, or why that is not shown."""
    figure = cell.figure(item.id)
    for chart in stacks(report, [(item, figure)], camps=False):
        row = chart.rows[0]
        could_not = "" if figure.missing is None else row.could_not or "everybody answered"
        yield replace(chart, rows=(replace(row, title=title, could_not=could_not, agreement="", opens=opens),))
        return
    yield Paragraph(title, "strong", apart=True, opens=opens)
    yield Paragraph("Nobody answered." if figure.counts is not None else f"Not shown: {_why_not(figure)}.", "quiet")


def _why_not(figure: Figure) -> str:
    """Why it is not shown how the answers to an item fall."""
    if figure.counts is not None:
        return "nobody answered"
    return round_wording.why_suppressed(figure, "counts") or "nobody was asked"


def _how_sure(report: RoundReport, node: Node, figure: Figure) -> Iterator[str]:
    """How sure a score is, what few silent people could change, and what of this is not shown."""
    if figure.n:
        yield round_wording.sure(report, node, figure)
    if once := round_wording.by_head(report.questionnaire, node, figure):
        yield once
    for one in figure.flips:
        yield round_wording.flip(figure, one)
    if figure.mean is not None and (why := round_wording.why_suppressed(figure, "likely")):
        yield f"A narrower range is not shown: {why}."


def _alike(figure: Figure) -> str:
    """How far people agree, or why that is not shown."""
    if figure.agreement:
        return f"{capital(round_wording.agreement(figure.agreement))}."
    why = round_wording.why_suppressed(figure, "agreement")
    return f"How far people agree is not shown: {why}." if why else ""


def _seen_differently(report: RoundReport, node: Strand | Benchmark) -> Iterator[Block]:
    """Two camps, and differences between groups, each with what to ask."""
    splits = [one for one in report.splits if one.node.id == node.id]
    differences = [one for one in report.differences if one.id == node.id]
    if splits or differences:
        yield Heading("Where people see it differently")
    for split in splits:
        yield from _split(report, split)
    for one in differences:
        yield from _difference(report, one, "strong" if one.matters else "quiet")


def _split(report: RoundReport, one: Split, opens: Spot | None = None) -> Iterator[Block]:
    """Two camps on an item."""
    yield Paragraph(finding_wording.split(report, one), "strong", opens=opens)
    yield Paragraph(_camps(report, one), indent=2)
    yield Paragraph(ASK_ABOUT_CAMPS, lead=wording.TO_ASK, indent=2)


def _camps(report: RoundReport, split: Split) -> str:
    """How many are on each side."""
    counts = [count for chart in stacks(report, [(split.item, split.figure)]) for count in chart.rows[0].counts]
    third = (len(counts) - 1) / 3
    low = sum(count for place, count in enumerate(counts) if place <= third)
    high = sum(count for place, count in enumerate(counts) if place >= 2 * third)
    between = sum(counts) - low - high
    return f"{low} at the low end, {high} at the high end" + (f", {between} between." if between else ".")


def _difference(report: RoundReport, one: Difference, tone: Tone) -> Iterator[Block]:
    """A difference between two groups."""
    yield Paragraph(finding_wording.difference(report, one), tone)
    if one.matters:
        ask = f"What do {report.title_of(one.higher)} see here that {report.title_of(one.lower)} do not?"
        yield Paragraph(ask, lead=wording.TO_ASK, indent=2)


def _actions(report: RoundReport, node: Strand | Benchmark) -> Iterator[Block]:
    """What could be done about a benchmark, group by group, and what is in the plan."""
    blocks: list[Block] = []
    for group, suggestions in report.suggestions.items():
        some = [one for one in suggestions if one.ranked.node.id == node.id]
        title = f"For {report.title_of(group)}" if group else "For everybody"
        blocks += findings.with_reasons(report, group, some, title)
    blocks += findings.planned(report, node)
    if blocks:
        yield Heading("What could be done")
        yield from blocks

"""One person's report as a Rich page: for the terminal, for plain text and for the result screen."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from selfassess.documents import follow_up, targets, wording
from selfassess.documents.charts import Bar
from selfassess.documents.render_rich import REACHED, SHORT_OF, bullet, title
from selfassess.model.finding import Ranked
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import WIDEST_OWN, OwnReport
from selfassess.model.text import count
from selfassess.model.units import Node, span
from selfassess.scoring.gaps import MOST
from selfassess.scoring.working import Working


def page(report: OwnReport) -> RenderableType:
    """The whole report."""
    return Group(*_spaced(report))


def _spaced(report: OwnReport) -> Iterator[RenderableType]:
    sections = (_head, _profile, _strengths, _gaps, _left_open, _texts, _foot)
    for position, section in enumerate(sections):
        lines = list(section(report))
        if lines and position:
            yield Text()
        yield from lines


def working_page(working: Working) -> RenderableType:
    """How a number came about, as a page."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for column in ("Part", "Answer", "Points", "Weight"):
        table.add_column(column, justify="left" if column in ("Part", "Answer") else "right", overflow="fold")
    for line in working.lines:
        answer = wording.answer(line)
        if line.reversed is not None:
            answer = f"{answer}, reversed to {line.reversed:g}"
        if line.level is not None:
            met = {True: "met", False: "not met", None: "passed over"}[line.met]
            answer = f"{answer}; level {line.level}: {met}"
        weight = f"{line.weight:g}" if line.scored else "not scored"
        part = Text.assemble((line.id, "bold"), "\n", line.title)
        table.add_row(part, Text(answer), wording.number(line.points, 1), weight)
    name = Text.assemble((working.title, "bold"), f"  ({working.id})")
    about = [Text(words, style="dim") for words in wording.background(working.node)]
    return Group(name, *about, Text(), table, Text(), *(Text(note) for note in wording.working_notes(working)))


def _head(report: OwnReport) -> Iterator[RenderableType]:
    yield Text(report.edition.questionnaire.title, style="bold")
    yield Text(wording.heading(report), style="italic")
    if overall := targets.overall(report):
        yield Text()
        yield Text(overall, style="bold")


def _profile(report: OwnReport) -> Iterator[RenderableType]:
    yield title("The picture")
    mark = " The upright mark is the target." if report.cell.has_target else ""
    yield Text(wording.made_from(report) + mark, style="dim")
    table = Table.grid(padding=(0, 1), expand=False)
    table.add_column(max_width=60)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(width=20)
    table.add_column()
    for strand in report.edition.questionnaire.strands:
        if report.cell.figure(strand.id).parts or report.cell.figure(strand.id).n:
            table.add_row()
            table.add_row(*_row(report, strand, "bold"))
            for benchmark in strand.middle:
                table.add_row(*_row(report, benchmark, ""))
    yield table
    if bands := report.edition.questionnaire.bands:
        yield Text()
        for band in bands:
            about = f": {band.about}" if band.about else ""
            yield bullet(Text(f"{band.title}, from {band.from_:g}{about}", style="dim"))


def _row(report: OwnReport, node: Strand | Benchmark, style: str) -> tuple[RenderableType, ...]:
    figure = report.cell.figure(node.id)
    name = Text(node.title, style=style)
    indented: RenderableType = name if isinstance(node, Strand) else Padding(name, (0, 0, 0, 2))
    if figure.shown is None:
        return indented, Text("–"), Text(figure.why_none, style="dim"), Text()
    style = SHORT_OF if (figure.gap or 0) > 0 else REACHED
    target = None if figure.target is None else _share(report, node, figure.target)
    bar = Bar(None if figure.mean is None else figure.mean / 100, target, style)
    score = wording.score(report.edition.questionnaire, node, figure)
    return indented, Text(score), bar, Text(targets.band(figure))


def _share(report: OwnReport, node: Node, value: float) -> float:
    return span(report.edition.questionnaire, node).share(value) if node.units == "own" else value / 100


def _strengths(report: OwnReport) -> Iterator[RenderableType]:
    yield title("Strongest")
    if report.strengths:
        yield from _listed(report, report.strengths)
    else:
        yield Text(targets.no_strengths(report))
    for heading, some in targets.others(report.ranking):
        yield Text(f"{heading}:", style="bold")
        yield from _listed(report, some)


def _listed(report: OwnReport, some: Sequence[Ranked]) -> Iterator[RenderableType]:
    alone, tied = targets.apart(report.edition.questionnaire, some, MOST)
    for one in alone:
        yield bullet(f"{one.node.title} ({targets.stands(report.edition.questionnaire, one)})")
    if tied:
        yield bullet(f"{targets.alike(tied)}: {'; '.join(one.node.title for one in tied)}")


def _gaps(report: OwnReport) -> Iterator[RenderableType]:
    yield title("Widest gaps, and what could be done")
    if not report.gaps:
        yield Text(targets.no_gaps(report))
    for one in report.widest:
        yield Text()
        yield Text.assemble((one.node.title, "bold"), f" ({targets.reason(one)})")
        yield from _actions(report, one)
        if one.node.discuss:
            yield Padding(Text.assemble(("To ask in the room: ", "italic"), one.node.discuss), (0, 0, 0, 2))
    if len(report.gaps) > len(report.widest):
        more = count(len(report.gaps) - len(report.widest), "more gap")
        yield Text()
        yield Text(f"And {more}{targets.as_wide(report.edition.questionnaire, report.gaps, WIDEST_OWN)}.", style="dim")
    if low := report.ranking.also_low:
        yield Text()
        yield Text(f"{targets.ALSO_LOW}:", style="bold")
        for one in low:
            yield bullet(f"{one.node.title} ({targets.low(one)})")


def _actions(report: OwnReport, one: Ranked) -> Iterator[RenderableType]:
    for suggestion in report.suggestions:
        if suggestion.ranked.node is one.node:
            text = Text(suggestion.action.text)
            if notes := follow_up.asides(report, report.plan, "", suggestion):
                text.append(f" ({notes})", style="dim")
            yield bullet(text)
    for planned in follow_up.on(report.plan, one.node.id, report.group):
        yield bullet(
            Text.assemble(("In the plan: ", "italic"), planned.text, (f" ({follow_up.stands(planned)})", "dim"))
        )


def _left_open(report: OwnReport) -> Iterator[RenderableType]:
    if not any(report.left_open.values()):
        return
    yield title("What you left open")
    for kind, items in report.left_open.items():
        if items:
            yield Text(wording.left_open(kind, len(items)))
            for item in items:
                yield bullet(item.words(report.group))


def _texts(report: OwnReport) -> Iterator[RenderableType]:
    if not report.texts:
        return
    yield title("What you wrote")
    for about, text in report.texts.items():
        yield Text(wording.about(report, about), style="italic")
        yield Padding(Text(text), (0, 0, 0, 4))


def _foot(report: OwnReport) -> Iterator[RenderableType]:
    if report.edition.questionnaire.source:
        yield Text(report.edition.questionnaire.source, style="dim")

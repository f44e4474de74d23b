"""Documents as Rich pages: for the terminal, and as plain text of a fixed width."""

import io
from collections.abc import Iterable, Iterator, Sequence

from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table as RichTable
from rich.text import Text

from selfassess.documents.blocks import (
    BLANK,
    COLOURS,
    FILLS,
    INK,
    TURNED,
    ActionEntry,
    ActionList,
    AnswerChart,
    AnswerRow,
    Block,
    Bullet,
    BulletList,
    ChangeChart,
    ChangeRow,
    Command,
    Contents,
    Document,
    Figure,
    Heading,
    HeatMap,
    Key,
    Link,
    Paragraph,
    Printed,
    Question,
    Quotes,
    ScoreChart,
    ScoreRow,
    Section,
    Table,
    Topic,
    TopicList,
    tone_of,
)
from selfassess.documents.charts import TARGET, Bar, Dumbbell, Legend, Stacked, grid_widths
from selfassess.documents.wording import MADE_UP
from selfassess.text import capital

WIDEST_PAGE = 96
"""Columns: longer lines are hard to read."""
REACHED, SHORT_OF = "green", "yellow"
"""Styles of bars at their target and below it."""
DASH = "  - "
"""What stands before an entry of a list."""


def to_text(renderable: RenderableType, width: int = 80) -> str:
    """The page as plain text of a fixed width: the same bytes everywhere."""
    console = Console(
        file=io.StringIO(),
        width=width,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
        _environ={},
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as captured:
        console.print(renderable)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def show(renderable: RenderableType) -> None:
    """The page on the terminal, in colour where there is any, no wider than is easy to read."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(renderable, width=min(console.width, WIDEST_PAGE))


def title(words: str) -> Text:
    """The title of a section."""
    return Text(words, style="bold underline")


class Entry:
    """A dash, and words beside it: what a table of two columns would draw, in a fifth of the time."""

    def __init__(self, words: Text) -> None:
        self.words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines of the words, with the dash before the first."""
        room = options.update(width=max(options.max_width - len(DASH), 1), overflow="fold")
        for place, line in enumerate(console.render_lines(self.words, room, pad=False)):
            yield Segment(DASH if place == 0 else " " * len(DASH))
            yield from line
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as its words."""
        least, most = Measurement.get(console, options, self.words)
        return Measurement(least + len(DASH), most + len(DASH)).with_maximum(options.max_width)


def bullet(words: str | Text) -> RenderableType:
    """An entry of a list."""
    return Entry(words if isinstance(words, Text) else Text(words))


ROOMY = 72
"""Columns from which on there is room for long bars."""
APART = "A bar that is not solid: people are so far apart that the average describes few of them."
TONES = {"plain": "", "strong": "bold", "quiet": "dim"}


def mark(line: str) -> Text:
    """A line below the title: that it is made up stands out most."""
    return Text(line, style="bold reverse" if line == MADE_UP else "bold")


def page(document: Document) -> RenderableType:
    """The whole document."""
    drawn: list[RenderableType] = [Text(document.title, style="bold")]
    drawn += [Text(document.about, style="italic")] if document.about else []
    drawn += [*map(mark, document.marks), *map(Text, document.summary)]
    for one in document.sections:
        drawn += [Text(), section_page(one)]
    return Group(*drawn)


def section_page(section: Section) -> RenderableType:
    """One section by itself."""
    drawn: list[RenderableType] = [title(section.title)] if section.title else []
    drawn += [Text()] if section.roomy and isinstance(section.blocks[0], Heading) else []
    return Group(*drawn, *_blocks(section.blocks))


def _blocks(blocks: Iterable[Block]) -> Iterator[RenderableType]:
    """Blocks below each other; the same legend is not repeated in a row."""
    legend: tuple[tuple[str, ...], bool] | None = None
    before: Block | None = None
    for block in blocks:
        if _needs_air(block, before):
            yield Text()
        if isinstance(block, AnswerChart):
            if legend != (block.labels, block.reverse):
                yield from _legend(block)
            legend = (block.labels, block.reverse)
        yield from _block(block)
        before = block


def _needs_air(block: Block, before: Block | None) -> bool:
    """Whether a block needs an empty line before it: charts and tables are set off from their surroundings. What stands
    below a heat map explains it."""
    if before is None or (isinstance(block, ScoreChart) and block.of_one):
        return False
    if isinstance(block, Paragraph) and block.apart:
        return True
    return isinstance(block, Heading | ScoreChart | Table | HeatMap | ChangeChart) or isinstance(
        before, ScoreChart | Table | ChangeChart
    )


def _block(block: Block) -> Iterator[RenderableType]:
    match block:
        case Paragraph():
            yield _words(block)
        case Heading():
            yield Text.assemble((block.text, "bold"), _bracketed(block.note))
        case BulletList():
            yield from (bullet(_point(one, TONES[block.tone])) for one in block.entries)
        case Contents():
            yield from _block(block.as_list())
        case ActionList():
            yield from _actions(block)
        case Quotes():
            yield Text(block.about, style="italic")
            for text in block.texts:
                yield Padding(Text(text), (0, 0, 0, 4)) if block.of_one else bullet(text)
        case Command() | Link() | Key() | Question():
            yield from _printed(block)
        case _:
            yield from _figure(block)


def _actions(block: ActionList) -> Iterator[RenderableType]:
    for place, action in enumerate(block.entries):
        if place:
            yield Text()
        yield from _action(action)


def _figure(block: Figure) -> Iterator[RenderableType]:
    match block:
        case Table():
            yield Fitted(block)
        case HeatMap():
            yield Grid(block)
        case TopicList():
            for number, topic in enumerate(block.topics, 1):
                yield from _topic(number, topic)
        case ScoreChart():
            yield from _scores(block)
        case AnswerChart():
            for row in block.rows:
                yield from _stack(row)
        case ChangeChart():
            if block.legend:
                yield Legend(with_numbers=any(row.n for row in block.rows))
                yield Text()
            yield Lines(block)


def _printed(block: Printed) -> Iterator[RenderableType]:
    match block:
        case Command():
            yield Padding(Text(block.text, style="bold"), (0, 0, 0, 4))
        case Link():
            yield Padding(Text(block.address, style="bold"), (0, 0, 0, 4))
        case Key():
            yield Text("   ".join(f"{symbol} = {label}" if symbol else label for symbol, label in block.entries))
        case Question():
            number = f"{block.number}. " if block.number is not None else ""
            yield Text(f"{number}{block.text}")
            yield from (Padding(Text(f"({note})", style="dim"), (0, 0, 0, 4)) for note in block.notes)
            blank = f"{BLANK} ({block.blank})" if block.blank else ""
            yield from (Padding(Text(one), (0, 0, 0, 4)) for one in (blank, "    ".join(block.circle)) if one)
            yield from [Text("_" * 40)] * block.lines


def _words(block: Paragraph) -> RenderableType:
    lead = (f"{block.lead}: ", "italic") if block.lead else ""
    words = Text.assemble(lead, (block.text, TONES[block.tone]), (_bracketed(block.note), "dim"))
    return Padding(words, (0, 0, 0, block.indent)) if block.indent else words


def _point(one: Bullet, style: str) -> Text:
    head = Text.assemble((f"{one.head}: ", "bold")) if one.head else Text()
    lead = (f"{one.lead}: ", "italic") if one.lead else ""
    return Text.assemble(lead, head, (one.text, style), (_bracketed(one.note), "dim"))


def _action(one: ActionEntry) -> Iterator[RenderableType]:
    number = f"{one.number}. "
    grid = RichTable.grid()
    grid.add_column(width=len(number))
    grid.add_column(overflow="fold")
    grid.add_row(number, Text.assemble((one.text, "bold"), (f" ({one.id})", "dim")))
    yield grid
    if one.alarm:
        yield Padding(Text(f"{one.alarm}.", "bold reverse"), (0, 0, 0, len(number)))
    for line in one.lines:
        yield Padding(Text(line), (0, 0, 0, len(number)))


def _topic(number: int, topic: Topic) -> Iterator[RenderableType]:
    yield Text.assemble((f"{number}. {topic.title}", "bold"), _bracketed(topic.score))
    told = [("", topic.rests_on, ""), ("Ask: ", topic.question, ""), (f"{topic.head}: ", topic.action, topic.who)]
    for head, words, note in told:
        if words:
            yield Padding(Text.assemble((head, "bold"), words, (_bracketed(note), "dim")), (0, 0, 0, 3))


def _bracketed(words: str) -> str:
    return f" ({words})" if words else ""


class Grid:
    """Groups side by side. Where there is little room, what groups are called goes on several lines, so that what the
    rows are of needs as few as can be."""

    def __init__(self, grid: HeatMap) -> None:
        self.grid = grid

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """A table as wide as it needs to be."""
        yield self.table(*grid_widths(self.grid, options.max_width))

    def table(self, names: int, widths: Sequence[int]) -> RichTable:
        """With so many columns for what the rows are of, and for each group."""
        table = RichTable(box=None, padding=(0, 1), pad_edge=False, show_edge=False, header_style="dim")
        table.add_column(overflow="fold", width=names)
        for column, width in zip(self.grid.columns, widths, strict=True):
            table.add_column(Text(column), justify="right", overflow="fold", vertical="bottom", max_width=width)
        for name, cells in self.grid.rows:
            marked = (Text(cell.marked.ljust(len(cell.words) + 2), _heat(cell.tone)) for cell in cells)
            table.add_row(Text(name), *marked)
        return table


def _heat(tone: int | None) -> str:
    return "" if tone is None else f"{INK[tone]} on {COLOURS[tone]}"


class Picture:
    """Scores as bars below each other. Where there is little room it goes to the titles."""

    def __init__(self, scores: ScoreChart) -> None:
        self.scores = scores

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One table, so that all bars stand below each other."""
        table = RichTable.grid(padding=(0, 1), expand=False)
        of_one = self.scores.of_one
        table.add_column(max_width=60 if of_one else 56)
        if not of_one:
            table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(width=20 if of_one else 16 if options.max_width >= ROOMY else 8)
        table.add_column()
        for place, strand in enumerate(self.scores.by_strand()):
            if place:
                table.add_row()
            for row in strand:
                table.add_row(*(_own_score(row) if of_one else _score(row)))
        yield table


def _score(row: ScoreRow) -> tuple[RenderableType, ...]:
    if row.share is None:
        words = "; ".join(filter(None, (row.words.removeprefix("– "), row.remarks)))
        return _name(row), Text(row.n), Text("–"), Text(), Text(words)
    return _name(row), Text(row.n), Text(row.words), _bar(row), Text(row.remarks)


def _own_score(row: ScoreRow) -> tuple[RenderableType, ...]:
    if row.share is None:
        return _name(row), Text("–"), Text(row.words, style="dim"), Text()
    return _name(row), Text(row.words), _bar(row), Text(row.remarks)


def _name(row: ScoreRow) -> RenderableType:
    name = Text(row.title, style="bold" if row.level != "benchmark" else "")
    return Padding(name, (0, 0, 0, 2)) if row.level == "benchmark" else name


def _bar(row: ScoreRow) -> Bar:
    return Bar(row.share, row.target, SHORT_OF if row.falls_short else REACHED, apart=row.is_apart)


def _legend(stacks: AnswerChart) -> Iterator[RenderableType]:
    points = len(stacks.labels)
    turned = f"{TURNED}: from" if stacks.reverse else "From"
    yield Text(f"{turned} worst to best:", style="dim")
    labels = [Text(f"{FILLS[tone_of(place, points)]} {label}", "dim") for place, label in enumerate(stacks.labels)]
    yield Columns(labels, padding=(0, 3, 0, 2))


def _scores(block: ScoreChart) -> Iterator[RenderableType]:
    if any(row.is_apart for row in block.rows):
        yield Text(APART, style="dim")
    if any(row.target is not None for row in block.rows) and not block.of_one:
        yield Text(TARGET, style="dim")
    yield Text()
    yield Picture(block)


def _stack(row: AnswerRow) -> Iterator[RenderableType]:
    yield Text.assemble(row.title, (f"  {capital(row.camps)}.", "bold") if row.camps else "")
    yield Padding(Stacked(row.counts), (0, 0, 0, 2))
    counts = ", ".join(map(str, row.counts))
    told = (f"from worst to best: {counts}" if len(row.counts) > len(FILLS) else "", row.could_not, row.agreement)
    if any(told):
        words = [capital(one) for one in told if one]
        yield Padding(Text(". ".join(words) + ".", style="dim"), (0, 0, 0, 2))


NAMES, NUMBERS = 22, 11
"""Columns of the screen that the names of rows, and each column of numbers, need."""


class Fitted:
    """A table. Columns of words wrap; of numbers there are as many at a time as there is room for."""

    def __init__(self, grid: Table) -> None:
        self.grid = grid

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One table, or several."""
        columns = len(self.grid.columns) - 1
        at_once = max(1, (options.max_width - NAMES) // NUMBERS) if self.grid.numbers else columns
        for start in range(1, columns + 1, at_once):
            if start > 1:
                yield Text()
            yield self.table(range(start, min(start + at_once, columns + 1)))

    def table(self, places: Iterable[int]) -> RichTable:
        """The names of the rows, and some of the columns."""
        table = RichTable(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="dim")
        table.add_column(Text(self.grid.columns[0]), overflow="fold")
        chosen = list(places)
        for place in chosen:
            column = Text(self.grid.columns[place])
            if self.grid.numbers:
                table.add_column(column, justify="right", overflow="fold", vertical="bottom", width=NUMBERS - 2)
            else:
                justify: JustifyMethod = "right" if place in self.grid.right else "left"
                table.add_column(column, justify=justify, overflow="fold")
        for row in self.grid.rows:
            first, *rest = row[0].partition("\n")
            name = Text.assemble((first, "bold"), *rest) if rest[0] else Text(first)
            table.add_row(name, *(Text(row[place]) for place in chosen))
        return table


class Lines:
    """Changes below each other: the title, and below it the line with its numbers and the claim."""

    def __init__(self, changes: ChangeChart) -> None:
        self.changes = changes

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The titles go over the whole width; the lines stand below each other, on one ruler."""
        width = 22 if options.max_width >= ROOMY else 14
        room = max((len(row.told) for row in self.changes.rows if row.then is not None), default=0)
        for row in self.changes.rows:
            indent = 2 if row.level == "benchmark" else 0
            if row.level != "benchmark" and row is not self.changes.rows[0]:
                yield Text()
            yield Padding(Text(row.title, style="" if indent else "bold"), (0, 0, 0, indent))
            yield Padding(_line(row, width, room), (0, 0, 0, 4))


def _line(row: ChangeRow, width: int, room: int) -> RenderableType:
    if row.then is None or row.now is None:
        return Text(row.told)
    table = RichTable.grid(padding=(0, 2), expand=False)
    table.add_column(width=width)
    table.add_column(no_wrap=True, min_width=room)
    table.add_column()
    of = f" ({row.n})" if row.n else ""
    said = Text.assemble((row.says, "bold" if row.moved else ""), (of, "dim"))
    table.add_row(Dumbbell(row.then, row.now, width, moved=row.moved), Text(row.told), said)
    return table

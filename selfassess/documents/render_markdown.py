"""Documents as Markdown, to paste into minutes or a word processor."""

import re
from collections.abc import Iterable, Iterator

from selfassess.documents.blocks import (
    BLANK,
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
)
from selfassess.text import capital

COLUMNS = (
    "Strand or benchmark", "Have a score", "Score", "Target", "Gap", "Band", "Views",
    "If the others think like those who answered", "At the very most", "Agreed in the meeting",
)  # fmt: skip  # the columns at a glance
CHANGE_COLUMNS = ("Part or benchmark", "Then and now", "What can be said", "Of how many")
WORDS = {0, 5, 6}
"""The places of columns that hold words."""


def to_markdown(document: Document) -> str:
    """The whole document."""
    start = [f"# {escape(document.title)}", escape(document.about), *(f"**{escape(mark)}**" for mark in document.marks)]
    parts = [section_markdown(one) for one in document.sections]
    return "\n\n".join(filter(None, (*start, *map(escape, document.summary), *parts))) + "\n"


def together(documents: Iterable[Document]) -> str:
    """Several documents as one, with a line between them."""
    return "\n---\n\n".join(map(to_markdown, documents))


def section_markdown(section: Section) -> str:
    """One section by itself."""
    title = f"## {escape(section.title)}" if section.title else ""
    return "\n\n".join(filter(None, (title, blocks_markdown(section.blocks))))


def blocks_markdown(blocks: tuple[Block, ...]) -> str:
    """Blocks with an empty line between them."""
    return "\n\n".join(text for block in blocks if (text := "\n".join(_block(block))))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            mark = {"plain": "", "strong": "**", "quiet": "*"}[block.tone]
            yield f"{_lead(block.lead)}{mark}{escape(block.text)}{mark}{_bracketed(block.note)}"
        case Heading():
            yield f"### {escape(block.text)}{_bracketed(block.note)}"
        case BulletList():
            yield from (f"- {'[ ] ' if block.tasks else ''}{_point(one)}" for one in block.entries)
        case Contents():
            yield from (f"- {escape(title)}" for _, title in block.entries)
        case ActionList():
            for action in block.entries:
                yield from _action(action)
        case Quotes():
            yield f"*{escape(block.about)}*"
            for text in block.texts:
                yield ""
                yield from (f"> {escape(line)}" for line in text.splitlines())
        case Command() | Link() | Key() | Question():
            yield from _printed(block)
        case _:
            yield from _figure(block)


def _printed(block: Printed) -> Iterator[str]:
    match block:
        case Command():
            yield f"```\n{block.text}\n```"
        case Link():
            yield f"<{block.address}>"
        case Key():
            yield " &emsp; ".join(
                f"**{symbol}** {escape(label)}" if symbol else escape(label) for symbol, label in block.entries
            )
        case Question():
            yield "  \n".join(_question(block))


def _figure(block: Figure) -> Iterator[str]:
    match block:
        case Table():
            numbers = set(range(1, len(block.columns))) if block.numbers else set(block.right)
            yield from _table(block.columns, block.rows, numbers)
        case HeatMap():
            table = block.as_table()
            yield from _table((table.caption, *block.columns), table.rows, set(range(1, len(table.columns))))
        case TopicList():
            for number, topic in enumerate(block.topics, 1):
                yield from _topic(number, topic)
        case ScoreChart():
            columns, rows, numbers = score_table(block)
            yield from _table(columns, rows, numbers, bold=_bold(block))
        case AnswerChart():
            yield from _stacks(block)
        case ChangeChart():
            yield from _table(CHANGE_COLUMNS, tuple(map(change_row, block.rows)), set())


def _question(block: Question) -> Iterator[str]:
    head = f"**{block.number}.** " if block.number is not None else ""
    yield head + escape(block.text)
    yield from (f"*{escape(note)}*" for note in block.notes)
    if block.blank:
        yield f"{escape(BLANK)} ({escape(block.blank)})"
    if block.circle:
        yield " &emsp; ".join(block.circle)
    yield from [escape("_" * 40)] * block.lines


def _point(one: Bullet) -> str:
    head = f"**{escape(one.head)}:** " if one.head else ""
    return f"{_lead(one.lead)}{head}{escape(one.text)}{_bracketed(one.note)}"


def _lead(words: str) -> str:
    return f"*{escape(words)}:* " if words else ""


def _action(one: ActionEntry) -> Iterator[str]:
    number = f"{one.number}. "
    yield f"{number}**{escape(one.text)}** ({one.id})"
    indent = " " * len(number)
    if one.alarm:
        yield f"{indent}- **{one.alarm}.**"
    yield from (f"{indent}- {escape(line)}" for line in one.lines)


def _topic(number: int, topic: Topic) -> Iterator[str]:
    yield f"{number}. **{escape(topic.title)}**{_bracketed(topic.score)}"
    if topic.rests_on:
        yield f"   - {escape(topic.rests_on)}"
    if topic.question:
        yield f"   - **Ask:** {escape(topic.question)}"
    if topic.action:
        yield f"   - **{topic.head}:** {escape(topic.action)}{_bracketed(topic.who)}"


def _bracketed(words: str) -> str:
    return f" ({escape(words)})" if words else ""


def _table(
    columns: tuple[str, ...], rows: list[tuple[str, ...]] | tuple[tuple[str, ...], ...], numbers: set[int],
    bold: frozenset[int] = frozenset(),
) -> Iterator[str]:  # fmt: skip  # in few lines
    yield f"| {' | '.join(map(escape, columns))} |"
    yield f"|{'|'.join('---:' if place in numbers else '---' for place in range(len(columns)))}|"
    for place, row in enumerate(rows):
        name, *rest = map(escape, row)
        yield f"| {' | '.join((f'**{name}**' if place in bold else name, *rest))} |"


def _bold(scores: ScoreChart) -> frozenset[int]:
    return frozenset(place for place, row in enumerate(scores.rows) if row.level != "benchmark")


def score_table(scores: ScoreChart) -> tuple[tuple[str, ...], list[tuple[str, ...]], set[int]]:
    """The columns and rows of scores, and the places of columns that hold numbers. What says nothing here has no
    column."""
    rows = [_score_row(row) for row in scores.rows]
    kept = [place for place in range(len(COLUMNS)) if any(row[place] for row in rows)]
    numbers = {at for at, place in enumerate(kept) if place not in WORDS}
    return tuple(COLUMNS[place] for place in kept), [tuple(row[place] for place in kept) for row in rows], numbers


def _score_row(row: ScoreRow) -> tuple[str, ...]:
    views = "; ".join(filter(None, (row.camps, row.differ, row.views)))
    return (row.title, row.n, row.words, row.aim, row.gap, row.band, views, *row.ranges, row.agreed)


def _stacks(stacks: AnswerChart) -> Iterator[str]:
    if stacks.reverse:
        yield f"{TURNED}."
        yield ""
    columns = ("From worst to best", *stacks.labels, "Beside")
    yield from _table(columns, [stack_row(row) for row in stacks.rows], set(range(1, len(columns) - 1)))


def change_row(row: ChangeRow) -> tuple[str, ...]:
    """A change as a row of a table."""
    return (row.title, row.told, row.says, row.n)


def stack_row(row: AnswerRow) -> tuple[str, ...]:
    """The answers to an item as a row of a table."""
    return (row.title, *map(str, row.counts), capital("; ".join(row.remarks)))


SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def escape(text: str) -> str:
    """A text on one line in which Markdown sees no marks of its own."""
    one_line = " ".join(text.split())
    return re.sub(r"^(\d*)([-+.)])(?= )", r"\1\\\2", SPECIAL.sub(r"\\\1", one_line))

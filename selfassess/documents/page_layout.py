"""What a document needs on pages of paper beyond its blocks: a running head, contents, tables that fit."""

import re
from collections.abc import Iterator, Sequence

from selfassess.documents.blocks import (
    AnswerRow,
    Block,
    BulletList,
    ChangeChart,
    Contents,
    Document,
    Figure,
    Heading,
    Key,
    Paragraph,
    Question,
    ScoreChart,
    ScoreRow,
    Section,
    Table,
)
from selfassess.documents.render_markdown import CHANGE_COLUMNS, change_row
from selfassess.documents.wording import MADE_UP
from selfassess.text import capital, clean

LONGEST_HEAD = 70
"""Characters of a title that the head of a page has room for."""
LONGEST_NAME = 200
"""Characters of a title that a file's properties have room for."""
COLUMNS = 7
"""Columns of numbers that a page has room for, beside the names of their rows."""
NARROWEST, WIDEST = 7, 40
"""Between these a column is as wide as its longest cell, in characters."""
FEW = 3
"""Paragraphs that stay together with what they lead to."""
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
"""Languages that are written from right to left."""


NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""What Unicode promises never to be a character, and XML does not take."""


def safe(text: str) -> str:
    """A text without control characters, which none of these formats can hold."""
    return NO_CHARACTERS.sub("", clean(text, len(text)))


def cut(words: str, most: int) -> str:
    """Words on one line in so many characters."""
    line = " ".join(safe(words).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def in_a_line(lead: str, text: str, note: str) -> str:
    """The words of a block by themselves: "In the plan: Meet the staff (done in May 2026)"."""
    said = ": ".join(filter(None, (lead, text)))
    return f"{said} ({note})" if note else said


def numbered(question: Question) -> str:
    """The words of a question, with its number where it has one."""
    return question.text if question.number is None else f"{question.number}. {question.text}"


def is_form(document: Document) -> bool:
    """Whether it is to be filled in by hand."""
    return any(isinstance(block, Question) for section in document.sections for block in section.blocks)


def leading(blocks: Sequence[Block]) -> tuple[bool, ...]:
    """Which blocks stay on the page of what follows: a paragraph that heads a list, and the few paragraphs from which a
    heading leads to another, or to a figure."""
    found = [False] * len(blocks)
    start = 0
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            continue
        before = blocks[start - 1] if start else None
        if place - start <= FEW and isinstance(before, Heading | None) and isinstance(block, Heading | Key | Figure):
            found[start:place] = [True] * (place - start)
        elif place > start and isinstance(block, BulletList):
            last = blocks[place - 1]
            found[place - 1] = isinstance(last, Paragraph) and last.tone == "strong"
        start = place + 1
    return tuple(found)


def starts_page(section: Section) -> bool:
    """Whether a section begins a new page: where the contents stand, so that what is before them is by itself."""
    return any(isinstance(block, Contents) for block in section.blocks)


def head(document: Document) -> tuple[str, str]:
    """What stands at the head of each page: the title; and that the answers are made up, or nothing."""
    return cut(document.title, LONGEST_HEAD), MADE_UP.partition(":")[0] if MADE_UP in document.marks else ""


def name(document: Document) -> str:
    """What the properties of the file call it."""
    return cut(document.name or document.title, LONGEST_NAME)


def is_right_to_left(document: Document) -> bool:
    """Whether its language is written from right to left."""
    return document.language.lower().partition("-")[0] in RIGHT_TO_LEFT


def numbers(table: Table) -> frozenset[int]:
    """The places of columns that hold numbers."""
    return frozenset(range(1, len(table.columns))) if table.numbers else table.right


def fitted(table: Table) -> Iterator[Table]:
    """The table; where it has more columns of numbers than a page has room for, several with some of them each."""
    if not table.numbers or len(table.columns) <= COLUMNS + 1:
        yield table
        return
    for start in range(1, len(table.columns), COLUMNS):
        places = (0, *range(start, min(start + COLUMNS, len(table.columns))))
        rows = tuple(tuple(row[place] for place in places) for row in table.rows)
        yield Table(table.caption, tuple(table.columns[place] for place in places), rows, numbers=True)


def widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """How wide each column is beside the others."""
    cells = zip(columns, *rows, strict=True)
    return tuple(min(max(NARROWEST, *map(_needs, column)), WIDEST) for column in cells)


def _needs(cell: str) -> int:
    """Characters that a cell needs: two lines will do for what is long."""
    words = cell.split()
    return max((len(cell) + 1) // 2, *map(len, words)) if words else 0


def score_columns(chart: ScoreChart) -> tuple[str, ...]:
    """The heads of a table of scores in which each row has its picture, which is the last but one."""
    n = () if _is_of_one(chart) else ("Have a score",)
    aims = ("Target",) if any(row.aim for row in chart.rows) else ()
    return ("Strand or benchmark", *n, "Score", *aims, "From 0 to 100", "Beside")


def score_place(chart: ScoreChart) -> int:
    """Which column of that table the scores are in."""
    return score_columns(chart).index("Score")


def score_cells(chart: ScoreChart, row: ScoreRow) -> tuple[str, ...]:
    """The cells of a score in that table; that of its picture is empty."""
    n = () if _is_of_one(chart) else (row.n,)
    aims = (row.aim,) if any(one.aim for one in chart.rows) else ()
    return (row.title, *n, row.words, *aims, "", capital(row.remarks))


def change_table(chart: ChangeChart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The heads and the cells of a table of changes; of how many there is no column where it is of one person."""
    kept = len(CHANGE_COLUMNS) if any(row.n for row in chart.rows) else len(CHANGE_COLUMNS) - 1
    return CHANGE_COLUMNS[:kept], tuple(change_row(row)[:kept] for row in chart.rows)


def _is_of_one(chart: ScoreChart) -> bool:
    return not any(row.n for row in chart.rows)


def in_words(row: AnswerRow, labels: Sequence[str]) -> str:
    """How the answers fall, in a sentence."""
    told = (f"{label} {count}" for label, count in zip(labels, row.counts, strict=True))
    return f"From worst to best: {', '.join(told)}."


def sentence(*words: str) -> str:
    """What there is of some remarks, as sentences."""
    return " ".join(f"{capital(one)}." for one in words if one)

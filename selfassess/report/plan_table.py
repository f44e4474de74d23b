"""The table that a plan comes back as: its rows by their columns, and what is wrong with it as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from selfassess.errors import PlanError, Problem, near
from selfassess.model import csv_text
from selfassess.model.plan_fields import one_line
from selfassess.model.text import clean
from selfassess.report.plan import COLUMNS
from selfassess.report.wording import count

ALL_COLUMNS = (*COLUMNS, "made_up")
MOST_ROWS = 1_000
"""Rows of a file: more actions than anybody sees to."""
MOST_COLUMNS = 100
"""Columns of a file. A plan has some 15, and people may add their own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the first."""

    line: int
    """The line of the file that it starts in."""
    cells: Mapping[str, str]
    """By column, without the marks that keep formulas from being any."""

    @property
    def id(self) -> str:
        """The id of its action; nothing for a new one."""
        return self.cells.get("id", "").strip().lower()


@dataclass(frozen=True, slots=True)
class Table:
    """What a file held."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    """What was not read, in sentences."""


def read_table(name: str, content: bytes) -> Table:
    """The table in a CSV file: with commas, semicolons or tabs, its columns in any order. PlanError where there is
    none."""
    lines = _lines(name, _decoded(name, content))
    if not lines:
        raise PlanError(f"{name} is empty.", hint="Export the plan first, as CSV.")
    (first, heads), *rest = lines
    hint = "Check that this is the file you mean. Rows and columns that are blank can be deleted."
    if len(rest) > MOST_ROWS:
        raise PlanError(f"{name} has more than {MOST_ROWS:,} rows, and no plan has so many actions.", hint=hint)
    if len(heads) > MOST_COLUMNS:
        raise PlanError(f"{name} has more than {MOST_COLUMNS} columns.", hint=hint)
    columns = [one_line(head).lower().replace(" ", "_") for head in heads]
    problems = [
        Problem(code=code, message=said, hint=hint, file=name, line=first) for code, said, hint in _wrong(columns)
    ]
    notes = [f"Not read: the column “{clean(one, 40)}”, since a plan has none of that name." for one in _own(columns)]
    rows: list[Row] = []
    for line, cells in rest:
        if any(cell.strip() for cell in cells[len(columns) :]):
            said = f"This row has {count(len(cells), 'cell')}, the first row {len(columns)}."
            hint = "Look for a comma or a quotation mark too many."
            problems.append(Problem(code="row-length", message=said, hint=hint, file=name, line=line))
        else:
            rows.append(Row(line, dict(zip(columns, map(csv_text.unmarked, cells), strict=False))))
    return Table(tuple(rows), tuple(problems), tuple(notes))


def _decoded(name: str, content: bytes) -> str:
    try:
        return csv_text.decoded(content)
    except UnicodeDecodeError:
        hint = "In your spreadsheet choose “CSV UTF-8” when you save it."
        raise PlanError(f"{name} is not UTF-8 text.", hint=hint) from None


def _lines(name: str, text: str) -> list[tuple[int, list[str]]]:
    try:
        return list(islice(csv_text.rows(text), MOST_ROWS + 2))
    except csv_text.NotCsvError as error:
        raise PlanError(f"{name}, from line {error.line} on: {error.words}", hint=error.hint) from None


def _wrong(columns: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the columns: its code, a sentence, and what to do."""
    for at, column in enumerate(columns):
        if column and column in columns[:at]:
            yield "duplicate-column", f"Two columns are called “{clean(column, 40)}”.", "Take one out."
        elif hint := _meant(column, columns):
            yield "unknown-column", f"There is no column “{clean(column, 40)}”.", hint
    if "id" not in columns:
        hint = "It tells which action a row is. Leave it empty for new ones."
        yield "missing-column", "There is no column “id”.", hint


def _own(columns: Sequence[str]) -> Iterator[str]:
    """The columns that somebody has added."""
    yield from (one for one in columns if one and one not in ALL_COLUMNS and not _meant(one, columns))


def _meant(column: str, columns: Sequence[str]) -> str:
    """Which of the columns that are missing a column could be, in words."""
    if not column or column in ALL_COLUMNS:
        return ""
    return near(column, [one for one in ALL_COLUMNS if one not in columns])

"""Read a plan that others have edited, as CSV or as a workbook: what changed, or all that is wrong with the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from selfassess import csv_text
from selfassess.dates import read_day
from selfassess.errors import PlanError, Problem, near
from selfassess.model import plan as plans
from selfassess.model.plan import (
    NAMES,
    PLAN_COLUMNS,
    PLAN_SHEET,
    Plan,
    Planned,
    PlanReport,
    field_change,
    given,
    one_line,
    plan_cell,
    shown,
)
from selfassess.services import workbook
from selfassess.text import clean, count

ALL_COLUMNS = (*PLAN_COLUMNS, "made_up")
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
    """The table in a CSV file, with commas, semicolons or tabs, or in a workbook; its columns in any order. PlanError
    where there is none."""
    lines = _rows(name, content) if workbook.is_workbook(content) else _lines(name, _decoded(name, content))
    if not lines:
        raise PlanError(f"{name} is empty.", hint="Export the plan first, as CSV or .xlsx.")
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
    notes = [
        f"Not read: the column “{clean(one, 40)}”, because a plan has no column of that name." for one in _own(columns)
    ]
    rows: list[Row] = []
    for line, cells in rest:
        if any(cell.strip() for cell in cells[len(columns) :]):
            said = f"This row has {count(len(cells), 'cell')}, the first row {len(columns)}."
            hint = "Look for a comma or a quotation mark too many."
            problems.append(Problem(code="row-length", message=said, hint=hint, file=name, line=line))
        else:
            rows.append(Row(line, dict(zip(columns, cells, strict=False))))
    return Table(tuple(rows), tuple(problems), tuple(notes))


def _decoded(name: str, content: bytes) -> str:
    try:
        return csv_text.decoded(content)
    except UnicodeDecodeError:
        hint = "In your spreadsheet choose “CSV UTF-8” when you save it."
        raise PlanError(f"{name} is not UTF-8 text.", hint=hint) from None


def _lines(name: str, text: str) -> list[tuple[int, list[str]]]:
    try:
        found = islice(csv_text.rows(text), MOST_ROWS + 2)
        return [(line, [*map(csv_text.unmarked, cells)] if at else cells) for at, (line, cells) in enumerate(found)]
    except csv_text.NotCsvError as error:
        raise PlanError(f"{name}, from line {error.line}: {error.words}", hint=error.hint) from None


def _rows(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    """The rows of a workbook, without the empty cells at the right of all of them."""
    try:
        found = list(islice(workbook.rows(content, PLAN_SHEET, MOST_COLUMNS + 1), MOST_ROWS + 2))
    except workbook.NotWorkbookError as error:
        hint = "Save it again from your spreadsheet, as .xlsx without a password, or as CSV."
        raise PlanError(f"{name} {error}", hint=hint) from None
    wide = max((place for _, cells in found for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return [(number, cells[:wide]) for number, cells in found]


def _wrong(columns: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the columns: its code, a sentence, and what to do."""
    for at, column in enumerate(columns):
        if column and column in columns[:at]:
            yield "duplicate-column", f"Two columns are called “{clean(column, 40)}”.", "Take one out."
        elif hint := _meant(column, columns):
            yield "unknown-column", f"There is no column “{clean(column, 40)}”.", hint
    if "id" not in columns:
        hint = "It says which action a row is. Leave it empty for new ones."
        yield "missing-column", "There is no column “id”.", hint


def _own(columns: Sequence[str]) -> Iterator[str]:
    """Columns that were added by hand."""
    yield from (one for one in columns if one and one not in ALL_COLUMNS and not _meant(one, columns))


def _meant(column: str, columns: Sequence[str]) -> str:
    """Which of the columns that are missing a column could be, in words."""
    if not column or column in ALL_COLUMNS:
        return ""
    return near(column, [one for one in ALL_COLUMNS if one not in columns])


FIELDS = {said: name for name, said in NAMES.items()}
"""The columns that can be changed, by what they are called, each with the name of its field."""
DAYS = ("due", "done")
NEW = "new "
"""Prefix of the temporary ids of new actions."""


@dataclass(frozen=True, slots=True)
class Edited:
    """An action that is changed, or new."""

    after: Planned
    words: tuple[str, ...]
    """A line a field: "owner: was nothing, now “the chair”"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What a file would change."""

    before: Plan
    after: Plan
    """New actions have no id yet."""
    edited: tuple[Edited, ...]
    new: tuple[Edited, ...]
    same: int
    """How many rows change nothing."""
    left: int
    """How many actions of the plan are not in the file. They stay as they are."""
    notes: tuple[str, ...]
    """What was not read, in sentences."""


def read_plan_csv(name: str, content: bytes, report: PlanReport) -> Back:
    """What the content of a CSV file or a workbook would change of a plan. PlanError holds everything that is wrong
    with it; then nothing may be changed. Nothing in it is worked out: a formula is text."""
    table = read_table(name, content)
    reader = _Reader(name, report)
    for row in table.rows:
        reader.take(row)
    problems = sorted((*table.problems, *reader.problems, *reader.places_too_far()), key=lambda one: one.line or 0)
    if problems:
        raise PlanError(f"{name} has {count(len(problems), 'problem')}; nothing was changed.", problems)
    return Back(
        before=report.plan,
        after=reader.after(),
        edited=tuple(reader.edited),
        new=tuple(reader.new),
        same=len(table.rows) - len(reader.edited) - len(reader.new),
        left=len(report.plan) - len(reader.seen),
        notes=table.notes,
    )


class _Reader:
    """Takes one row after the other, keeping all problems on the way."""

    def __init__(self, name: str, report: PlanReport) -> None:
        self.name = name
        self.report = report
        self.there = {one.id: one for one in report.plan}
        self.problems: list[Problem] = []
        self.edited: list[Edited] = []
        self.new: list[Edited] = []
        self.seen: dict[str, int] = {}
        """By the id of an action, the line of its row."""
        self.places: list[tuple[int, int, str]] = []
        """Where actions are to stand in the order: the place, the line, and the id."""

    def take(self, row: Row) -> None:
        if not row.id:
            self.add(row)
        elif row.id not in self.there:
            hint = near(row.id, self.there) or "For a new action leave the column id empty."
            self.wrong(row, "unknown-id", f"There is no action “{clean(row.id, 40)}” in the plan.", hint)
        elif row.id in self.seen:
            said = f"There are two rows for {row.id}: the other is in line {self.seen[row.id]}."
            self.wrong(row, "two-rows", said, "Leave one of them out.")
        else:
            self.seen[row.id] = row.line
            self.edit(row, self.there[row.id])

    def edit(self, row: Row, before: Planned) -> None:
        """A row of an action that is in the plan. A cell that is as it was given out changes nothing."""
        differing = {column: row.cells[column] for column in row.cells if column in FIELDS}
        differing = {
            column: text for column, text in differing.items() if not _is_same(self.report, before, column, text)
        }
        after = self.given(row, before, differing)
        words = [field_change(self.report.known, before, after, name) for name in NAMES]
        if place := self.place(row, before):
            words.append(f"place: was {before.place}, now {place}")
        if told := tuple(filter(None, words)):
            self.edited.append(Edited(after, told))

    def add(self, row: Row) -> None:
        """A row of a new action."""
        typed = {column: text for column, text in row.cells.items() if column in FIELDS and text.strip()}
        after = self.given(row, Planned(id=f"{NEW}{len(self.new)}", text=""), {"action": "", **typed})
        for one in (*self.report.plan, *(edited.after for edited in self.new)):
            if one.text.casefold() == after.text.casefold():
                where = "in another row" if one.id.startswith(NEW) else f"as {one.id}"
                hint = (
                    "Leave one of them out." if one.id.startswith(NEW) else f"To change it, write {one.id} as its id."
                )
                self.wrong(row, "there-already", f"“{after.text[:60]}” is already there, {where}.", hint)
        self.place(row, after)
        words = [_now(self.report, after, name) for name in NAMES if name != "text"]
        self.new.append(Edited(after, tuple(filter(None, words))))

    def given(self, row: Row, before: Planned, typed: Mapping[str, str]) -> Planned:
        by_field = {FIELDS[column]: text for column, text in typed.items()}
        found = given(before, by_field, self.report.known, self.report.today)
        named = row.id or "new action"
        self.problems += [
            replace(one, file=self.name, line=row.line, place=f"{named} › {one.place}") for one in found.problems
        ]
        return found.planned

    def place(self, row: Row, planned: Planned) -> int:
        """Where a row is to stand in the order; 0 where it stays."""
        text = row.cells.get("place", "").strip()
        if not text or text == str(planned.place):
            return 0
        if not (text.isascii() and text.isdigit()) or not int(text[:6]):
            self.wrong(
                row, "no-place", f"“{clean(text, 20)}” is not a place in the order.", "Write a number, 1 or more."
            )
            return 0
        self.places.append((int(text[:6]), row.line, planned.id))
        return int(text[:6])

    def places_too_far(self) -> list[Problem]:
        """The places that the plan does not have, even with what is new."""
        most = len(self.there) + len(self.new)
        said, hint = (
            f"There is no place {{}}: the plan has {count(most, 'action')}.",
            f"Write a number from 1 to {most}.",
        )
        return [
            Problem(code="no-place", message=said.format(place), hint=hint, file=self.name, line=line)
            for place, line, _ in self.places
            if place > most
        ]

    def after(self) -> Plan:
        """The plan with every change, in the order wanted."""
        after = self.report.plan
        for one in self.edited:
            after = plans.changed(after, one.after)
        after = plans.added(after, [one.after for one in self.new])
        after = plans.all_moved(after, [(id, place) for place, _, id in sorted(self.places)])
        return tuple(replace(one, id="") if one.id.startswith(NEW) else one for one in after)

    def wrong(self, row: Row, code: str, message: str, hint: str = "") -> None:
        place = clean(row.id, 40) or "new action"
        self.problems.append(Problem(code=code, message=message, hint=hint, file=self.name, line=row.line, place=place))


def _is_same(report: PlanReport, planned: Planned, column: str, text: str) -> bool:
    """Whether a cell is as it was given out, or as a spreadsheet writes the same."""
    if one_line(text) == one_line(plan_cell(report, planned, column)):
        return True
    day = getattr(planned, FIELDS[column]) if column in DAYS else None
    if day is None or not isinstance(read_day(text), Problem):
        return False
    # A spreadsheet may write the same day in figures that could be two days: it is the one that it was.
    figures = sorted(int(one) for one in re.findall("[0-9]{1,4}", text))
    return figures in (sorted((day.day, day.month, day.year)), sorted((day.day, day.month, day.year % 100)))


def _now(report: PlanReport, after: Planned, name: str) -> str:
    """What a field of a new action holds; nothing where it holds nothing."""
    same = getattr(after, name) == getattr(Planned(text=""), name)
    return "" if same else f"{NAMES[name]}: {shown(after, name, report.known)}"

"""Read a plan that others have edited, as CSV or as a workbook: what changed, or all that is wrong with the file.

The workbook of a round's report has a log of actions, which is read too: a suggestion becomes an action of the plan
where something was filled in beside it, and it does so once, however often the workbook comes back.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from selfassess import csv_text
from selfassess.dates import read_day
from selfassess.errors import PlanError, Problem
from selfassess.model import plan as plans
from selfassess.model.plan import (
    LOG_COLUMNS,
    NAMES,
    PLAN_COLUMNS,
    PLAN_SHEET,
    Plan,
    Planned,
    action_covering,
    edit,
    field_change,
    field_value,
    one_line,
    plan_cell,
    suggestion_ids,
)
from selfassess.model.plan_report import PlanReport
from selfassess.services import workbook
from selfassess.text import clean, count, did_you_mean

MOST_ROWS = 1_000
"""Rows of a file: more actions than anybody looks after."""
MOST_COLUMNS = 100
"""Columns of a file. A plan has some 15, and people may add their own."""


def _name(head: str) -> str:
    """What a column is called, however it is written in the first row."""
    return one_line(head).lower().replace(" ", "_")


@dataclass(frozen=True, slots=True)
class Heads:
    """The first row of a table of actions."""

    columns: Mapping[str, str]
    """What is read, with what it is in a plan."""
    needed: Mapping[str, str]
    """What cannot be left out, with why, in a sentence or two."""


PLAN_HEADS = Heads(
    {name: name for name in (*PLAN_COLUMNS, "made_up")},
    {"id": "It says which action a row is. Leave it empty for new ones."},
)
LOG_HEADS = Heads(
    {_name(title): column for title, column in LOG_COLUMNS.items()},
    {
        "in_the_plan_as": "It says which action of the plan a row is. Leave it empty for new ones.",
        "suggestion": "It says which suggestion a row is. Leave it empty for actions of your own.",
    },
)


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

    @property
    def suggestion(self) -> str:
        """Which suggestion of a round's report it is; nothing where it is none."""
        return one_line(self.cells.get("suggestion", ""))

    @property
    def name(self) -> str:
        """What it is called where something is wrong with it."""
        return clean(self.id, 40) or clean(self.suggestion, 80) or "new action"


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
    names = [*map(_name, heads)]
    is_log = "id" not in names and any(name in names for name in LOG_HEADS.needed)
    known = LOG_HEADS if is_log else PLAN_HEADS
    problems = [
        Problem(code=code, message=said, hint=hint, file=name, line=first) for code, said, hint in _wrong(names, known)
    ]
    notes = [
        f"Not read: the column “{clean(one, 40)}”, because a plan has no column of that name."
        for one in _own(names, known)
    ]
    columns = [known.columns.get(one, "") for one in names]
    rows: list[Row] = []
    is_whole = all(one in names for one in known.needed)  # else nobody can tell what the rows are
    for line, cells in rest if is_whole else ():
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


def _wrong(names: Sequence[str], known: Heads) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the columns: its code, a sentence, and what to do."""
    for at, name in enumerate(names):
        if name and name in names[:at]:
            yield "duplicate-column", f"Two columns are called “{clean(name, 40)}”.", "Take one out."
        elif hint := _meant(name, names, known):
            yield "unknown-column", f"There is no column “{clean(name, 40)}”.", hint
    for name, hint in known.needed.items():
        if name not in names:
            yield "missing-column", f"There is no column “{name}”.", hint


def _own(names: Sequence[str], known: Heads) -> Iterator[str]:
    """Columns that were added by hand."""
    yield from (one for one in names if one and one not in known.columns and not _meant(one, names, known))


def _meant(name: str, names: Sequence[str], known: Heads) -> str:
    """Which of the columns that are missing a column could be, in words."""
    if not name or name in known.columns:
        return ""
    return did_you_mean(name, [one for one in known.columns if one not in names])


FIELDS = {said: name for name, said in NAMES.items()}
"""The columns that can be changed, by what they are called, each with the name of its field."""
DAYS = ("due", "done")
NEW = "new "
"""Prefix of the temporary ids of new actions."""
FILLED_IN = ("action", "owner", "due", "status", "effort", "why")
"""What is filled in beside a suggestion. Whom it is for and what it should move is the report's."""
Suggested = Callable[[str], Mapping[str, Planned]]
"""All that the report of a round suggests, by the id of the round: actions as they would stand in the plan, by the ids
that they have in the questionnaire."""


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


def read_plan_csv(name: str, content: bytes, report: PlanReport, suggested: Suggested) -> Back:
    """What the content of a CSV file or a workbook would change of a plan. `suggested` is asked for rounds of the
    report alone, and only where the file has suggestions of theirs. PlanError holds everything that is wrong with the
    file; then nothing may be changed. Nothing in it is worked out: a formula is text."""
    table = read_table(name, content)
    reader = _Reader(name, report, suggested)
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
        left=sum(one.id not in reader.seen for one in report.plan),
        notes=table.notes,
    )


class _Reader:
    """Takes one row after the other, keeping all problems on the way."""

    def __init__(self, name: str, report: PlanReport, suggested: Suggested) -> None:
        self.name = name
        self.report = report
        self.suggested = cache(suggested)
        self.there = {one.id: one for one in report.plan}
        self.problems: list[Problem] = []
        self.edited: list[Edited] = []
        self.new: list[Edited] = []
        self.seen: dict[str, int] = {}
        """By the id of an action, or by what a suggestion is called, the line of its row."""
        self.places: list[tuple[int, int, str]] = []
        """Where actions are to stand in the order: the place, the line, and the id."""

    def take(self, row: Row) -> None:
        if row.id:
            if row.id not in self.there:
                hint = did_you_mean(row.id, self.there) or "For a new action leave this cell empty."
                self.wrong(row, "unknown-id", f"There is no action “{clean(row.id, 40)}” in the plan.", hint)
            elif self.is_first(row, row.id):
                of_log = "suggestion" in row.cells
                self.edit(row, self.there[row.id], FILLED_IN if of_log else tuple(FIELDS))
        elif row.suggestion:
            self.take_suggestion(row)
        else:
            self.add(row)

    def is_first(self, row: Row, name: str) -> bool:
        """Whether no row before this one is of the same action."""
        if name in self.seen:
            said = f"This action has two rows: the other is in line {self.seen[name]}."
            self.wrong(row, "two-rows", said, "Leave one of them out.")
            return False
        self.seen[name] = row.line
        return True

    def take_suggestion(self, row: Row) -> None:
        """A row of what the report of a round suggests. What nobody filled in is left out; what is in the plan already
        is changed there."""
        given_out = self.as_given_out(row)
        if given_out is None:
            return
        typed = {column: text for column in FILLED_IN if (text := row.cells.get(column, "")).strip()}
        said = {
            column: text
            for column, text in typed.items()
            if column == "status" or not _is_same(self.report, given_out, column, text)
        }
        there = action_covering(self.report.plan, given_out.round, given_out.action)
        if not self.is_first(row, there.id if there else given_out.source):
            return
        if there is not None:
            self.edit(replace(row, cells=said), there, FILLED_IN)
        elif said:
            self.put(self.given(row, replace(given_out, id=self.new_id), said))

    def as_given_out(self, row: Row) -> Planned | None:
        """A suggestion as the report has it. None where there is none, which is a problem."""
        round, action = suggestion_ids(row.suggestion)
        if round not in self.report.rounds:
            hint = did_you_mean(round, self.report.rounds) or "Is this the workbook of another project?"
            self.wrong(row, "unknown-round", f"This project has no round “{clean(round, 40)}”.", hint)
            return None
        suggested = self.suggested(round)
        if action not in suggested:
            said = f"The report of {self.report.rounds[round]} does not suggest “{clean(action, 40)}”."
            hint = (
                did_you_mean(action, suggested)
                or "To plan it as an action of your own, empty the cell below “Suggestion”."
            )
            self.wrong(row, "unknown-suggestion", said, hint)
            return None
        return suggested[action]

    def edit(self, row: Row, before: Planned, columns: Collection[str]) -> None:
        """A row of an action that is in the plan. A cell that is as it was given out changes nothing."""
        differing = {
            column: text
            for column, text in row.cells.items()
            if column in columns and not _is_same(self.report, before, column, text)
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
        after = self.given(row, Planned(id=self.new_id, text=""), {"action": "", **typed})
        for one in (*self.report.plan, *(edited.after for edited in self.new)):
            if one.text.casefold() == after.text.casefold():
                where = "in another row" if one.id.startswith(NEW) else f"as {one.id}"
                hint = (
                    "Leave one of them out." if one.id.startswith(NEW) else f"To change it, write {one.id} as its id."
                )
                self.wrong(row, "there-already", f"“{after.text[:60]}” is already there, {where}.", hint)
        self.place(row, after)
        self.put(after)

    @property
    def new_id(self) -> str:
        """The temporary id of the next new action."""
        return f"{NEW}{len(self.new)}"

    def put(self, new: Planned) -> None:
        """Put a new action into the plan."""
        words = [_now(self.report, new, name) for name in NAMES if name != "text"]
        self.new.append(Edited(new, tuple(filter(None, words))))

    def given(self, row: Row, before: Planned, typed: Mapping[str, str]) -> Planned:
        by_field = {FIELDS[column]: text for column, text in typed.items()}
        found = edit(before, by_field, self.report.known, self.report.today)
        self.problems += [
            replace(one, file=self.name, line=row.line, place=f"{row.name} › {one.place}") for one in found.problems
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
        self.problems.append(
            Problem(code=code, message=message, hint=hint, file=self.name, line=row.line, place=row.name)
        )


def _is_same(report: PlanReport, planned: Planned, column: str, text: str) -> bool:
    """Whether a cell is as it was given out, or as a spreadsheet writes the same."""
    if one_line(text) == one_line(plan_cell(report.known, planned, column)):
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
    return "" if same else f"{NAMES[name]}: {field_value(after, name, report.known)}"

"""A plan that comes back as CSV after others have edited it: what changed, or everything that is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from selfassess.errors import PlanError, Problem, near
from selfassess.model import plan as plans
from selfassess.model.day import read_day
from selfassess.model.plan import Plan, Planned
from selfassess.model.plan_fields import NAMES, Known, given, one_line, shown
from selfassess.model.text import clean
from selfassess.report.plan import PlanReport, in_column
from selfassess.report.plan_table import Row, read_table
from selfassess.report.wording import count

FIELDS = {said: name for name, said in NAMES.items()}
"""The columns that can be changed, by what they are called, each with the name of its field."""
DAYS = ("due", "done")
NEW = "new "
"""What the ids begin with by which new actions are told apart until they have one."""


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


def read_back(name: str, content: bytes, report: PlanReport) -> Back:
    """What the content of a CSV file would change of a plan. PlanError holds everything that is wrong with it; then
    nothing may be changed. Nothing in it is worked out: a formula is text."""
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
        words = [was_now(self.report.known, before, after, name) for name in NAMES]
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
                self.wrong(row, "there-already", f"“{after.text[:60]}” is there already, {where}.", hint)
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
            self.wrong(row, "no-place", f"“{clean(text, 20)}” is no place in the order.", "Write a number from 1 on.")
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
    if one_line(text) == one_line(in_column(report, planned, column)):
        return True
    day = getattr(planned, FIELDS[column]) if column in DAYS else None
    if day is None or not isinstance(read_day(text), Problem):
        return False
    # A spreadsheet may write the same day in figures that could be two days: it is the one that it was.
    figures = sorted(int(one) for one in re.findall("[0-9]{1,4}", text))
    return figures in (sorted((day.day, day.month, day.year)), sorted((day.day, day.month, day.year % 100)))


def was_now(known: Known, before: Planned, after: Planned, name: str) -> str:
    """What became of a field; nothing where it is as it was."""
    was, now = (shown(one, name, known) for one in (before, after))
    return "" if getattr(before, name) == getattr(after, name) else f"{NAMES[name]}: was {was}, now {now}"


def _now(report: PlanReport, after: Planned, name: str) -> str:
    """What a field of a new action holds; nothing where it holds nothing."""
    same = getattr(after, name) == getattr(Planned(text=""), name)
    return "" if same else f"{NAMES[name]}: {shown(after, name, report.known)}"

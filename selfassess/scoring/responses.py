"""Responses from elsewhere: a CSV file with one row a respondent and one column an item."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from selfassess.errors import Problem, ResponsesError, near
from selfassess.model.asking import asked
from selfassess.model.questionnaire import Item, Questionnaire
from selfassess.model.sheet import Form, Missing, Response, encode
from selfassess.model.text import clean
from selfassess.scoring.answers import Answers, from_characters

WORDS = {"": Missing.SKIPPED, "dk": Missing.DONT_KNOW, "na": Missing.NOT_APPLICABLE}
"""What a cell holds where there is no answer."""
ONLY_ROUND = "1"
"""The round of a file that has no such column."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file held: the answers of each round, by its name, and what its owner should know."""

    rounds: Mapping[str, Answers]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One respondent in one round."""

    line: int
    respondent: str
    group: str | None
    round: str
    responses: Mapping[str, Response]


def read_responses(path: Path, questionnaire: Questionnaire, form: Form = "full") -> Read:
    """The responses in a CSV file. ResponsesError holds everything wrong with it.

    A cell is a point's value, empty (skipped), `dk` or `na`. An answer where the person's group, or a
    condition, says that they were not asked is left out, with a warning. Columns of what is answered in
    words, numbers or several points may be there or not: they are in no score.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        hint = "Check the name." if isinstance(error, FileNotFoundError) else "Name a CSV file that you may read."
        raise ResponsesError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.", hint=hint) from None
    except UnicodeDecodeError as error:
        hint = "In your spreadsheet choose “CSV UTF-8” when you save it."
        raise ResponsesError(f"{path} is not UTF-8 text (byte {error.start + 1}).", hint=hint) from None
    return _Reader(str(path), questionnaire, form).read(text)


class _Reader:
    """Reads one file, keeping all problems on the way."""

    def __init__(self, name: str, questionnaire: Questionnaire, form: Form) -> None:
        self.name = name
        self.questionnaire = questionnaire
        self.form = form
        self.items = {item.id: item for item in questionnaire.items if item.kind == "choice"}
        self.problems: list[Problem] = []
        self.decimal_comma = False

    def read(self, text: str) -> Read:
        lines = list(self.cells(text))
        if not lines:
            raise ResponsesError(f"{self.name} is empty.", hint="The first row names the columns.")
        columns = [clean(cell).strip() for cell in lines[0][1]]
        self.check_columns(columns)
        self.stop_if_wrong()
        rows = [self.row(line, dict(zip(columns, cells, strict=True))) for line, cells in self.full(lines, columns)]
        if not rows and not self.problems:
            raise ResponsesError(f"{self.name} has no rows of answers.", hint="One row a respondent, below the first.")
        self.check_rows(rows)
        self.stop_if_wrong()
        return self.by_round(rows)

    def cells(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not blank, with its line."""
        heading = text.partition("\n")[0]
        delimiter = max(",;\t", key=heading.count)
        self.decimal_comma = delimiter != ","
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, cells
        except csv.Error as error:
            hint = "Save it again as CSV from your spreadsheet."
            raise ResponsesError(f"{self.name} is not CSV: {error}, line {reader.line_num}.", hint=hint) from None

    def check_columns(self, columns: Sequence[str]) -> None:
        known = {"respondent", "group", "round", *(item.id for item in self.questionnaire.items)}
        for position, column in enumerate(columns):
            if column not in known:
                self.problem("unknown-column", f"There is no item “{column}”.", near(column, known), 1, column)
            elif column in columns[:position]:
                self.problem("duplicate-column", f"Two columns are called “{column}”.", "Take one out.", 1, column)
        needed = ["respondent", *(["group"] if self.questionnaire.groups else []), *self.items]
        for column in needed:
            if column not in columns:
                hint = "Every item has a column, empty where nobody answered."
                self.problem("missing-column", f"There is no column “{column}”.", hint, 1)

    def full(self, lines: Sequence[tuple[int, list[str]]], columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """The rows below the first that have a cell for each column."""
        for line, cells in lines[1:]:
            if len(cells) == len(columns):
                yield line, cells
            else:
                message = f"The row has {len(cells)} cells; there are {len(columns)} columns."
                self.problem("ragged-row", message, "Give it a cell for each column.", line)

    def row(self, line: int, cells: Mapping[str, str]) -> Row:
        respondent = clean(cells["respondent"]).strip()
        if not respondent:
            hint = "Any number or letters, as long as each person has their own."
            self.problem("no-respondent", "The row does not say who answered.", hint, line, "respondent")
        return Row(
            line,
            respondent,
            self.group(line, clean(cells.get("group", "")).strip()),
            clean(cells.get("round", ONLY_ROUND)).strip() or ONLY_ROUND,
            {id: self.response(line, item, cells[id].strip()) for id, item in self.items.items()},
        )

    def group(self, line: int, name: str) -> str | None:
        known = [group.id for group in self.questionnaire.groups]
        if not known:
            return None
        if name not in known:
            say = f"There is no group “{name}”." if name else "The row does not say which group."
            self.problem("unknown-group", say, near(name, known), line, "group")
        return name

    def response(self, line: int, item: Item, cell: str) -> Response:
        if cell.lower() in WORDS:
            return WORDS[cell.lower()]
        values = self.questionnaire.scale_of(item).values
        try:
            value = float(cell.replace(",", ".") if self.decimal_comma else cell)
        except ValueError:
            value = float("nan")
        if value not in values:
            points = ", ".join(f"{value:g}" for value in values)
            hint = f"Write one of {points}, or dk, na, or nothing."
            self.problem("value-off-scale", f"“{clean(cell, 40)}” is not a value of this item.", hint, line, item.id)
            return Missing.SKIPPED
        return value

    def check_rows(self, rows: Sequence[Row]) -> None:
        seen: dict[tuple[str, str], int] = {}
        groups: dict[str, tuple[str | None, int]] = {}
        for row in rows:
            first = seen.setdefault((row.round, row.respondent), row.line)
            group, line = groups.setdefault(row.respondent, (row.group, row.line))
            if not row.respondent:
                continue
            if first != row.line:
                message = f"“{row.respondent}” has a row already, in line {first}."
                self.problem("duplicate-row", message, "One row a respondent in each round.", row.line, "respondent")
            elif group != row.group:
                message = f"“{row.respondent}” is in “{row.group}” here and in “{group}” in line {line}."
                self.problem("two-groups", message, "A respondent belongs to one group.", row.line, "group")

    def by_round(self, rows: Sequence[Row]) -> Read:
        unasked: dict[str, int] = {}
        rounds: dict[str, list[tuple[Row, str]]] = {}
        for row in rows:
            shown = {item.id for item in asked(self.questionnaire, row.group, self.form, row.responses)}
            for id, response in row.responses.items():
                if id not in shown and not isinstance(response, Missing):
                    unasked[id] = unasked.get(id, 0) + 1
            rounds.setdefault(row.round, []).append((row, self.characters(row.responses, shown)))
        return Read({name: self.answers(rounds[name]) for name in sorted(rounds, key=_natural)}, self.warn(unasked))

    def characters(self, responses: Mapping[str, Response], shown: set[str]) -> str:
        return "".join(
            encode(item, responses.get(item.id, Missing.SKIPPED), self.questionnaire)
            if item.id in shown
            else Missing.NOT_ASKED.value
            for item in self.questionnaire.items
        )

    def answers(self, rows: Sequence[tuple[Row, str]]) -> Answers:
        return from_characters(
            self.questionnaire,
            [characters for _, characters in rows],
            [row.group for row, _ in rows],
            [row.respondent for row, _ in rows],
        )

    def warn(self, unasked: Mapping[str, int]) -> tuple[Problem, ...]:
        return tuple(
            Problem(
                code="not-asked",
                message=f"{count} answer{'s' if count > 1 else ''} left out: these people are not asked this item.",
                hint="Their group is not asked it, or its condition is not true of them.",
                place=id,
                file=self.name,
                severity="warning",
            )
            for id, count in unasked.items()
        )

    def problem(self, code: str, message: str, hint: str, line: int, place: str = "") -> None:
        self.problems.append(Problem(code=code, message=message, hint=hint, file=self.name, line=line, place=place))

    def stop_if_wrong(self) -> None:
        if self.problems:
            count = f"{len(self.problems)} problem{'s' if len(self.problems) > 1 else ''}"
            raise ResponsesError(f"{self.name} has {count}; nothing was scored.", self.problems)


def _natural(name: str) -> tuple[int, float, str]:
    try:
        return 0, float(name), name
    except ValueError:
        return 1, 0.0, name

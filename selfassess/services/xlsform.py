"""A questionnaire from an XLSForm, the workbook of KoboToolbox and ODK: its choices, numbers and open questions.

What this program cannot ask is left out and listed, and so are conditions: the author writes them here. What comes out
is the text of a questionnaire file, to be looked at and checked. (https://xlsform.org)
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from selfassess.definition.findings import RESERVED, suggested_id
from selfassess.errors import QuestionnaireError
from selfassess.numbers import figures, number
from selfassess.services.survey_map import in_toml
from selfassess.services.workbook import NotWorkbookError, rows
from selfassess.text import ID, count

OUTSIDE = "Questions"
"""The title of a strand of questions that are in no group."""
WIDEST = 60
"""Columns that are looked at."""
GROUP = "group"
"""The name of the question for the group."""
DONT_KNOW = {"dk", "dont_know", "don_t_know"}
NOT_APPLICABLE = {"na", "n_a", "not_applicable", "doesnt_apply", "doesn_t_apply"}
"""Names of choices that are no points of a scale."""
KINDS = {"text": "text", "integer": "number", "decimal": "number", "range": "number"}
"""Kinds of items, by the types of questions that are not chosen."""
SILENT = {
    "", "audit", "calculate", "deviceid", "end", "hidden", "note", "phonenumber", "start", "today", "username", "email"
}  # fmt: skip  # in few lines
"""Types of rows that nobody answers."""
_FOR_GROUPS = re.compile(r"\$\{group\}\s*=\s*'([^']*)'")
_ONLY_GROUPS = re.compile(rf"\(?\s*{_FOR_GROUPS.pattern}(?:\s+or\s+{_FOR_GROUPS.pattern})*\s*\)?")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """A questionnaire file, and what of the form is not in it."""

    toml: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class _Strand:
    id: str
    title: str
    items: list[list[str]] = field(default_factory=list)
    """The lines of each item."""
    questions: list[list[str]] = field(default_factory=list)


def from_xlsform(name: str, content: bytes) -> Imported:
    """The questionnaire. `name` is that of the file. QuestionnaireError where the content is no XLSForm, or nothing in
    it can be asked here."""
    try:
        survey = _table(rows(content, "survey", WIDEST))
        choices = _table(rows(content, "choices", WIDEST))
        settings = _table(rows(content, "settings", WIDEST))
    except NotWorkbookError as error:
        raise QuestionnaireError(f"{name} {error}", hint="Name an XLSForm, such as form.xlsx.") from None
    if not survey or "type" not in survey[0] or "name" not in survey[0]:
        raise QuestionnaireError(
            f"{name} is not an XLSForm: its sheet “survey” has no columns “type” and “name”.",
            hint="Name the workbook that the form was made from.",
        )
    form = _Form(survey, [one for one in choices if "list_name" in one], settings)
    form.read()
    if not any(strand.items or strand.questions for strand in form.strands):
        raise QuestionnaireError(f"No question of {name} can be asked here.", hint="Choices, numbers and text can.")
    return Imported(form.toml(name), tuple(form.told()))


def _table(found: Iterator[tuple[int, list[str]]]) -> list[Row]:
    """Rows by the names of their columns; of several languages the first."""
    _, heading = next(found, (0, []))
    names = [cell.strip().split("::")[0].strip().lower().replace(" ", "_") for cell in heading]
    table: list[Row] = []
    for _, cells in found:
        row = dict.fromkeys(names, "")
        for name, cell in zip(names, cells, strict=False):
            row[name] = row[name] or " ".join(cell.split())
        table.append(row)
    return table


class _Form:
    """A form while it is read."""

    def __init__(self, survey: Sequence[Row], choices: Sequence[Row], settings: Sequence[Row]) -> None:
        self.survey = survey
        self.settings = settings[0] if settings and settings[0].keys() & {"form_title", "form_id"} else {}
        self.choices: dict[str, list[_Choice]] = {}
        for row in choices:
            named = _Choice(row.get("name", ""), row.get("label", "") or row.get("name", ""))
            self.choices.setdefault(row["list_name"], []).append(named)
        self.taken = {one.lower() for one in RESERVED}
        self.scales: dict[str, str] = {}
        """The ids of scales, by the names of lists."""
        self.groups: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        """The ids of groups and what they are called, by the names of choices."""
        self.strands: list[_Strand] = []
        self.outside: _Strand | None = None
        """The last one for questions that are in no group."""
        self.left_out: list[str] = []
        self.conditions: list[tuple[str, str]] = []
        """The words of questions, and the conditions that they lost."""
        self.counted: list[str] = []
        """The lists of which the choices are counted, as their names are no numbers."""

    def read(self) -> None:
        depth = 0
        for row in self.survey:
            kind = " ".join(row.get("type", "").replace("begin_", "begin ").replace("end_", "end ").split()).lower()
            if kind.startswith("begin "):
                depth += 1
                if depth == 1:
                    self.strands.append(_Strand(self.own_id(row["name"]), _said(row) or OUTSIDE))
            elif kind.startswith("end "):
                depth = max(0, depth - 1)
            elif kind.split(" ")[0] not in SILENT:
                self.question(kind, row, is_inside=depth > 0)

    def question(self, kind: str, row: Row, *, is_inside: bool) -> None:
        what, _, list_name = kind.partition(" ")
        list_name = next((one for one in self.choices if one.lower() == list_name.split(" or_other")[0]), "")
        if what == "select_one" and row["name"].lower() == GROUP and list_name:
            self.groups = {one.name: self.own_id(one.name) for one in self.choices[list_name]}
            self.titles = {one.name: one.label for one in self.choices[list_name]}
            return
        lines = self.lines(what, list_name, row)
        if lines is None:
            self.left_out.append(_said(row))
            return
        if not is_inside and (not self.strands or self.strands[-1] is not self.outside):
            self.outside = _Strand(self.own_id(OUTSIDE), OUTSIDE)
            self.strands.append(self.outside)
        strand = self.strands[-1]
        (strand.questions if what == "text" else strand.items).append(lines)

    def lines(self, what: str, list_name: str, row: Row) -> list[str] | None:
        """What the file says of an item; None where it cannot be asked."""
        text = _said(row)
        head = {"id": self.own_id(row["name"]), "text": text, "help": row.get("hint", "")}
        if what in ("select_one", "select_multiple") and len(self.points(list_name)) > 1:
            head["scale"] = self.scale(list_name)
            if what == "select_multiple":
                head["kind"] = "many"
        elif what in KINDS:
            head["kind"] = KINDS[what]
        else:
            return None
        lines = [f"{key} = {in_toml(value)}" for key, value in head.items() if value]
        return [*lines, *self.asked_of(row.get("relevant", ""), text)]

    def asked_of(self, relevant: str, text: str) -> Iterator[str]:
        """The groups that an item is asked of, where its condition says nothing else."""
        if not relevant:
            return
        if self.groups and _ONLY_GROUPS.fullmatch(relevant):
            named = [self.groups[one] for one in _FOR_GROUPS.findall(relevant) if one in self.groups]
            yield f"groups = [{', '.join(map(in_toml, named))}]"
        else:
            self.conditions.append((text, relevant))

    def own_id(self, name: str) -> str:
        """An id for a name, which nothing else has."""
        wanted = name.lower() if ID.fullmatch(name.lower()) else suggested_id(name) or "question"
        id, place = wanted, 2
        while id in self.taken:
            id, place = f"{wanted[: 23 - len(str(place))]}_{place}", place + 1
        self.taken.add(id)
        return id

    def points(self, list_name: str) -> list[_Choice]:
        return [one for one in self.choices.get(list_name, []) if not _is_no_point(one)]

    def scale(self, list_name: str) -> str:
        if list_name not in self.scales:
            self.scales[list_name] = self.own_id(list_name)
            if _values(self.points(list_name)) is None:
                self.counted.append(list_name)
        return self.scales[list_name]

    def told(self) -> Iterator[str]:
        """What is not in the file, and what to look at."""
        for text in self.left_out:
            yield f"“{text}” is left out, because it can't be asked here."
        for text, relevant in self.conditions:
            yield f"The condition of “{text}” is left out. Write it as show_if: {relevant}"
        for name in self.counted:
            yield f"The choices of “{name}” are valued 1, 2, 3 …, as their names are not numbers that rise or fall."
        total = sum(len(strand.items) + len(strand.questions) for strand in self.strands)
        yield f"{count(total, 'question')} taken over. Look at the values of the scales, and add what is missing."

    def toml(self, name: str) -> str:
        title = self.settings.get("form_title") or re.sub(r"\.xlsx$", "", name)
        head = {
            "id": suggested_id(self.settings.get("form_id") or title) or "questionnaire",
            "version": self.settings.get("version") or "1",
            "title": title,
        }
        lines = ["format = 1", *(f"{key} = {in_toml(value)}" for key, value in head.items())]
        for named, id in self.groups.items():
            lines += ["", "[[groups]]", f"id = {in_toml(id)}", f"title = {in_toml(self.titles[named])}"]
        for list_name, id in self.scales.items():
            lines += ["", *self._scale(list_name, id)]
        for strand in self.strands:
            if strand.items or strand.questions:
                lines += ["", "[[strands]]", f"id = {in_toml(strand.id)}", f"title = {in_toml(strand.title)}"]
                lines += _tables("items", strand.items)
                lines += _tables("questions", strand.questions)
        return "\n".join(lines) + "\n"

    def _scale(self, list_name: str, id: str) -> Iterator[str]:
        points = self.points(list_name)
        values = _values(points) or [float(place) for place in range(1, len(points) + 1)]
        yield f"[scales.{id}]"
        yield "points = ["
        for value, point in zip(values, points, strict=True):
            yield f"  {{ value = {figures(value)}, label = {in_toml(point.label)} }},"
        yield "]"
        for key, names in (("dont_know", DONT_KNOW), ("not_applicable", NOT_APPLICABLE)):
            for one in self.choices[list_name]:
                if one.name.lower() in names:
                    yield f"{key} = {in_toml(one.label)}"
                    break


def _said(row: Row) -> str:
    """What people read of a question or a group."""
    return row.get("label") or row["name"]


def _tables(key: str, items: Iterable[Sequence[str]]) -> Iterator[str]:
    for lines in items:
        yield from ("", f"  [[strands.{key}]]", *(f"  {line}" for line in lines))


def _is_no_point(choice: _Choice) -> bool:
    return choice.name.lower() in DONT_KNOW | NOT_APPLICABLE


def _values(points: Sequence[_Choice]) -> list[float] | None:
    """The names of choices as values, where they are numbers that rise or fall."""
    values = [value for point in points if (value := number(point.name)) is not None]
    steps = {(after > before) - (after < before) for before, after in pairwise(values)}
    return values if len(values) == len(points) and steps in ({1}, {-1}) else None

"""Exports in the shape in which survey services document theirs, made of the same answers: as CSV, in several dialects,
and as workbooks. The questionnaire is the one with every kind of question."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from selfassess.definition.loader import read
from selfassess.model.questionnaire import Edition, Item
from selfassess.model.routing import dont_know, not_applicable
from selfassess.model.sheet import Missing, Response

PAPER: Edition = read(Path(__file__).parents[1] / "cli" / "paper.toml")
ITEMS = PAPER.questionnaire.items
MANY_AT = next(at for at, item in enumerate(ITEMS) if item.takes_several)
MANY = ITEMS[MANY_AT]
TITLES = {group.id: group.title for group in PAPER.questionnaire.groups}
ASKED = "Which team are you in?"
"""What a form asks about the group."""


@dataclass(frozen=True)
class Person:
    """Somebody who filled a form in."""

    group: str
    said: Mapping[str, Response]
    consent: str = ""


PEOPLE = (
    Person("board", {"begin": 1, "why": 3, "seat": 2, "well": "We listen; and talk, too.", "years": 12,
                     "partners": (1, 3), "trust": 7, "often": 0}, "Yes"),
    Person("board", {"begin": 3, "seat": Missing.DONT_KNOW, "years": 2, "partners": (2,), "trust": 1}, "No"),
    Person("staff", {"begin": 2, "why": Missing.NOT_APPLICABLE, "well": "“Quoted”, 5 €\nand a second line",
                     "partners": (1, 2, 3)}),
    Person("staff", {"begin": 9, "years": 0, "partners": (2,), "trust": 10}),
)  # fmt: skip  # a person in few lines
Table = list[list[object]]


def label(item: Item, response: Response | None) -> str:
    """An answer as a form shows it."""
    questionnaire = PAPER.questionnaire
    match response:
        case None | Missing.SKIPPED:
            return ""
        case Missing.DONT_KNOW:
            return dont_know(questionnaire, item) or ""
        case Missing.NOT_APPLICABLE:
            return not_applicable(questionnaire, item) or ""
        case tuple():
            return ";".join(questionnaire.scale_of(item).label(value) for value in response)
        case int() | float() if item.has_points:
            return questionnaire.scale_of(item).label(response)
        case _:
            return str(response)


def microsoft(people: Sequence[Person] = PEOPLE, language: str = "en", first: int = 1) -> Table:
    """As Microsoft Forms writes a workbook: several answers with semicolons behind each, hard blanks in headings."""
    heads = {
        "en": ["ID", "Start time", "Completion time", "Email", "Name"],
        "de": ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"],
        "fr": ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"],
    }[language]
    table: Table = [[*heads, ASKED, *(item.text.replace(" ", "\xa0", 1) for item in ITEMS)]]
    for number, person in enumerate(people, first):
        cells = [label(item, person.said.get(item.id)) for item in ITEMS]
        cells[MANY_AT] += ";" if cells[MANY_AT] else ""
        table.append([number, 45962.4, 45962.5, "anonymous", None, TITLES[person.group], *cells])
    return table


def google(people: Sequence[Person] = PEOPLE, language: str = "en") -> Table:
    """As Google Forms writes a table: no ids, several answers with commas, grids as "Title [Row]"."""
    head = {"en": ["Timestamp", "Email Address"], "de": ["Zeitstempel", "E-Mail-Adresse"]}[language]
    texts = [f"How is it? [{item.text}]" if item.id == "begin" else item.text for item in ITEMS]
    table: Table = [[*head, ASKED, *texts]]
    for number, person in enumerate(people):
        cells = [label(item, person.said.get(item.id)) for item in ITEMS]
        cells[MANY_AT] = cells[MANY_AT].replace(";", ", ")
        stamp = f"2026/11/0{number + 1} 9:15:22 am GMT+1"
        table.append([stamp, f"p{number}@example.org", TITLES[person.group], *cells])
    return table


def surveymonkey(people: Sequence[Person] = PEOPLE) -> Table:
    """As SurveyMonkey writes it: two rows of headings, and a column for each of several answers."""
    first: list[object] = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address"]
    second: list[object] = [""] * len(first)
    first.append(ASKED)
    second.append("Response")
    for item in ITEMS:
        if item.takes_several:
            labels = [point.label for point in PAPER.questionnaire.scale_of(item).points]
            first += [item.text, *[""] * (len(labels) - 1)]
            second += labels
        else:
            first.append(item.text)
            second.append("Open-Ended Response" if item.is_in_words else "Response")
    table: Table = [first, second]
    for number, person in enumerate(people):
        row: list[object] = [118052219061 + number, 446111201, "11/02/2026 09:15:22", "11/02/2026 09:25:22", "", ""]
        row.append(TITLES[person.group])
        for item in ITEMS:
            said = person.said.get(item.id)
            if item.takes_several:
                chosen = said if isinstance(said, tuple) else ()
                scale = PAPER.questionnaire.scale_of(item)
                row += [point.label if point.value in chosen else "" for point in scale.points]
            else:
                row.append(label(item, said))
        table.append(row)
    return table


def limesurvey(people: Sequence[Person] = PEOPLE, *, coded: bool = False) -> Table:
    """As LimeSurvey writes it, with one row that was not sent off: with full texts, or `coded`, with the codes of
    questions and of answers (A1, A2 …)."""
    head: list[object] = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token"]
    if not coded:
        head = ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Access code"]
    parts = [
        f"{item.id}[{point.label}]" if coded else f"{item.text} [{point.label}]"
        for item in ITEMS if item.takes_several for point in PAPER.questionnaire.scale_of(item).points
    ]  # fmt: skip  # in few lines
    plain = [item for item in ITEMS if not item.takes_several]
    table: Table = [[*head, "G00Q01" if coded else ASKED, *(item.id if coded else item.text for item in plain), *parts]]
    if coded:
        table[0] = [*table[0][: -len(parts)], *(f"{MANY.text} [{name.partition('[')[2]}" for name in parts)]
    for number, person in enumerate((*people, people[0]), 1):
        sent = "2026-11-02 09:25:22" if number <= len(people) else ""
        row: list[object] = [number * 3, sent, 4, "en", 1234 + number, f"tok{number}", TITLES[person.group]]
        for item in plain:
            said = person.said.get(item.id)
            if coded and item.has_figures and isinstance(said, int | float) and not isinstance(said, bool):
                row.append(f"A{PAPER.questionnaire.scale_of(item).values.index(said) + 1}")
            else:
                row.append(label(item, said) or "N/A")
        chosen = person.said.get(MANY.id)
        values = PAPER.questionnaire.scale_of(MANY).values
        row += ["Yes" if isinstance(chosen, tuple) and value in chosen else "No" for value in values]
        table.append(row)
    return table


def kobo(people: Sequence[Person] = PEOPLE) -> Table:
    """As KoboToolbox writes it with XML values and headers and without the names of groups: what was chosen of several
    in one cell, and once more in a column for each."""
    table = plain(people)
    at = table[0].index(MANY.id) + 1
    values = PAPER.questionnaire.scale_of(MANY).values
    head = [*table[0][1:at], *(f"{MANY.id}/{value:g}" for value in values), *table[0][at:]]
    found: Table = [["start", "end", *head, "_id", "_uuid", "_submission_time", "_validation_status", "_index"]]
    for number, (row, person) in enumerate(zip(table[1:], people, strict=True), 1):
        chosen = person.said.get(MANY.id, ())
        marks = [int(isinstance(chosen, tuple) and value in chosen) for value in values]
        time = f"2026-11-02T09:1{number % 10}:22.000+01:00"
        ids = [418_000_000 + number, f"9f0c{number:04}-uuid", time, "", number]
        found.append([time, time, *row[1:at], *marks, *row[at:], *ids])
    return found


def plain(people: Sequence[Person] = PEOPLE) -> Table:
    """A table that somebody typed: ids for headings, values for answers."""
    table: Table = [["respondent", "group", "consent", *(item.id for item in ITEMS)]]
    words = {Missing.DONT_KNOW: "dk", Missing.NOT_APPLICABLE: "na"}
    for number, person in enumerate(people, 1):
        row: list[object] = [f"r{number}", person.group, person.consent]
        for item in ITEMS:
            said = person.said.get(item.id)
            if isinstance(said, Missing):
                row.append(words[said])
            else:
                row.append(" ".join(map(str, said)) if isinstance(said, tuple) else "" if said is None else said)
        table.append(row)
    return table


def as_csv(table: Iterable[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A table as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(table)
    return out.getvalue().encode(encoding)


def as_workbook(table: Iterable[Sequence[object]], *merged: str) -> bytes:
    """A table as a workbook, with some cells merged."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in table:
        book.active.append([None if cell == "" else cell for cell in row])
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(out)
    return out.getvalue()

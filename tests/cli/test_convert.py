"""The command `convert`: where it writes, what it says, and that what was asked elsewhere is scored here."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from selfassess.cli.convert import PROGRAMS
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from tests.cli.conftest import Command
from tests.cli.rounds_made import made
from tests.cli.test_office import without

ENDINGS = {"xlsform": "xlsx", "limesurvey": "txt", "surveyjs": "json", "forms-text": "txt", "docx": "docx"}


@pytest.mark.parametrize("to", PROGRAMS)
def test_a_questionnaire_goes_into_a_file_for_each_program(
    selfassess: Command, small: str, tmp_path: Path, to: str
) -> None:
    page = tmp_path / f"small.{ENDINGS[to]}"
    done = selfassess("convert", small, "--to", to, "--output", str(page))
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"Written: {page}.\n")
    assert "1 place to add a comment is left out." in done.err
    before = page.read_bytes()
    assert selfassess("convert", small, "--to", to, "--output", str(page)).code == 2
    assert selfassess("convert", small, "--to", to, "--output", str(page), "--replace").code == 0
    assert page.read_bytes() == before, "nothing says when it was written"


@pytest.mark.parametrize("to", ["limesurvey", "surveyjs", "forms-text"])
def test_text_can_go_to_another_program(selfassess: Command, small: str, tmp_path: Path, to: str) -> None:
    page = tmp_path / f"small.{ENDINGS[to]}"
    selfassess("convert", small, "--to", to, "--output", str(page))
    assert selfassess("convert", small, "--to", to).out == page.read_text(encoding="utf-8")


def test_a_workbook_cannot(selfassess: Command, small: str) -> None:
    done = selfassess("convert", small, "--to", "xlsform")
    assert done.code == 2
    assert "Add: --output FILE.xlsx" in done.err


def test_another_ending_is_refused(selfassess: Command, small: str, tmp_path: Path) -> None:
    done = selfassess("convert", small, "--to", "surveyjs", "--output", str(tmp_path / "small.txt"))
    assert done.code == 2
    assert "can only be written to files that end in .json" in done.err


@pytest.mark.parametrize(("to", "module"), [("xlsform", "xlsxwriter"), ("docx", "docx")])
def test_a_library_that_is_missing_is_told(
    selfassess: Command, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str, module: str
) -> None:
    without(monkeypatch, module)
    done = selfassess("convert", small, "--to", to, "--output", str(tmp_path / f"small.{ENDINGS[to]}"))
    assert done.code == 2
    assert "selfassess[office]" in done.err


def test_a_group_is_asked_by_itself(selfassess: Command, small: str) -> None:
    everybody, board = (
        json.loads(selfassess("convert", small, "--to", "surveyjs", *more).out) for more in ((), ("--group", "board"))
    )
    assert [page["name"] for page in everybody["pages"]] == ["group", "one"]
    assert [page["name"] for page in board["pages"]] == ["one"]
    done = selfassess("convert", small, "--to", "surveyjs", "--group", "bord")
    assert done.code == 2
    assert "Did you mean “board”?" in done.err


def test_the_short_form_is_fewer_questions(selfassess: Command, small: str) -> None:
    whole, short = (
        len(re.findall(r"(?m)^\d+\. ", selfassess("convert", "partnership", "--to", "forms-text", *more).out))
        for more in ((), ("--short",))
    )
    assert 10 < short < whole
    done = selfassess("convert", small, "--to", "forms-text", "--short")
    assert done.code == 2
    assert "no short form" in done.err


def test_a_round_is_converted_as_it_is_asked(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    assert selfassess("convert", "autumn", "--to", "forms-text").out.startswith("Small\n")
    assert "Leave out --short." in selfassess("convert", "autumn", "--to", "forms-text", "--short").err


def test_what_a_round_asks_beside_its_questions_is_told(selfassess: Command, small: str) -> None:
    made(selfassess, small, "--small-groups", "consent", "--matching")
    told = selfassess("convert", "autumn", "--to", "forms-text").err
    assert "Add a question for Board members and Staff: “Can we show your group's results separately?” The" in told
    assert "Add a question for an answer in words: “A code of your own, if you like”." in told
    of_the_board = selfassess("convert", "autumn", "--to", "forms-text", "--group", "board").err
    assert "Add a question for Board members: “Can we" in of_the_board
    assert "Add a question" not in selfassess("convert", small, "--to", "forms-text").err


def test_what_was_asked_by_xlsform_is_scored_here(selfassess: Command, tmp_path: Path) -> None:
    """Its columns are the names of the form, its answers the names of choices."""
    page, answers = tmp_path / "partnership.xlsx", tmp_path / "answers.csv"
    selfassess("convert", "partnership", "--to", "xlsform", "--output", str(page))
    book = openpyxl.load_workbook(page)
    survey = list(book["survey"].iter_rows(min_row=2, values_only=True))
    names = [str(row[1]) for row in survey if str(row[0]).startswith("select_one")]
    only = {str(row[1]): str(row[5]) for row in survey if row[5]}
    lists = {str(row[1]): str(row[0]).split()[1] for row in survey if str(row[0]).startswith("select_")}
    codes: dict[str, list[str]] = {}
    for name, code, _ in book["choices"].iter_rows(min_row=2, values_only=True):
        codes.setdefault(str(name), []).append(str(code))
    out = io.StringIO()
    writer = csv.DictWriter(out, ["respondent", *names])
    writer.writeheader()
    for person in range(12):
        row = {name: codes[lists[name]][person % len(codes[lists[name]])] for name in names}
        row["group"] = "board"
        kept = {name: code for name, code in row.items() if "board" in only.get(name, "board")}
        writer.writerow({"respondent": str(person), **kept})
    answers.write_text(out.getvalue(), encoding="utf-8")
    done = selfassess("report", "partnership", "--responses", str(answers), "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["rounds"][0]["all"]["n"] == 12


def test_an_xlsform_becomes_a_questionnaire_to_start_from(selfassess: Command, small: str, tmp_path: Path) -> None:
    form, ours = str(tmp_path / "form.xlsx"), str(tmp_path / "ours.toml")
    selfassess("convert", small, "--to", "xlsform", "--output", form)
    done = selfassess("convert", form, "--to", "toml", "--output", ours)
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        f"Written: {ours}. See what is wrong in it: selfassess check {ours}\n"
        "3 questions taken over. Look at the values of the scales, and add what is missing.\n"
    )
    assert "no errors" in selfassess("check", ours).out
    assert selfassess("convert", form, "--to", "toml").out == Path(ours).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("{}/gone.xlsx",), "gone.xlsx cannot be read: no such file or directory."),
        (("{}",), "is a folder, not a file."),
        (("{}/small.toml",), "is not a workbook we can read."),
        (("{}/small.toml", "--short"), "--group and --short are for the other formats."),
        (("{}/small.toml", "--output", "{}/ours.txt"), "ours.txt does not end in .toml."),
        (("{}/small.toml", "--output", "{}/small.toml", "--replace"), "it is not overwritten."),
    ],
)
def test_what_is_no_xlsform_is_refused(
    selfassess: Command, small: str, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = selfassess("convert", *(word.format(tmp_path) for word in words), "--to", "toml")
    assert done.code in (2, 3)
    assert told in done.err
    assert Path(small).exists()


# And back: what was asked there is collected here


@dataclass(frozen=True)
class There:
    """A question in another program, as its export shows it."""

    heading: str
    cells: tuple[str, ...]
    """Its answers, in their order; nothing where it is answered in words."""


def asked_there(to: str, page: Path) -> list[There]:
    """What a converted file asks, as that program's export of answers has it."""
    match to:
        case "xlsform":
            book = openpyxl.load_workbook(page)
            kinds = [(str(row[0]), str(row[1])) for row in book["survey"].iter_rows(min_row=2, values_only=True)]
            choices = list(book["choices"].iter_rows(min_row=2, values_only=True))
            return [
                There(name, tuple(str(row[1]) for row in choices if row[0] == kind.partition(" ")[2]))
                for kind, name in kinds
                if kind.startswith("select_one") or kind == "text"
            ]
        case "surveyjs":
            pages = json.loads(page.read_text(encoding="utf-8"))["pages"]
            questions = [question for one in pages for question in one["elements"]]
            return [There(one["name"], tuple(each["value"] for each in one.get("choices", ()))) for one in questions]
        case "limesurvey":  # with full texts, as is said
            rows = list(csv.DictReader(io.StringIO(page.read_text(encoding="utf-8")), delimiter="\t"))
            found: list[There] = []
            for row in rows:
                if row["class"] == "Q":
                    found.append(There(row["text"], ()))
                elif row["class"] == "A":
                    found[-1] = There(found[-1].heading, (*found[-1].cells, row["text"]))
            return found
    blocks = re.findall(r"(?m)^\d+\. (.+)\n((?:.+\n)*)", page.read_text(encoding="utf-8"))
    helped = ("The hour on the invitation.",)
    return [There(heading, tuple(one for one in below.splitlines() if one not in helped)) for heading, below in blocks]


@pytest.mark.parametrize("to", ["xlsform", "limesurvey", "surveyjs", "forms-text"])
def test_what_was_asked_there_is_collected_here(selfassess: Command, small: str, tmp_path: Path, to: str) -> None:
    made(selfassess, small, "--no-codes", "--small-groups", "leave_out")
    selfassess("round", "open", "autumn")
    page, export = tmp_path / f"small.{ENDINGS[to]}", tmp_path / "answers.csv"
    assert selfassess("convert", "autumn", "--to", to, "--output", str(page)).code == 0
    group, *questions = asked_there(to, page)
    assert [len(one.cells) for one in (group, *questions)] == [2, 5, 5, 0]
    rows: list[list[str]] = [["ID", group.heading, *(one.heading for one in questions)]]
    for person in range(10):
        cells = [one.cells[(person + place) % 5] if one.cells else "Tea" for place, one in enumerate(questions)]
        rows.append([str(person + 1), group.cells[person % 2], *cells])
    with export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    done = selfassess("collect", str(export), "--round", "autumn", "--yes", "--map", str(tmp_path / "kept.toml"))
    assert (done.code, done.out) == (0, "10 sheets taken in, 0 already here.\n"), done.err
    with open_project(tmp_path / "mine.selfassess") as project:
        came = Counter((group, answers[:2]) for group, answers in Rounds(project).sheets.answers("autumn"))
    codes = "012?~"
    assert came == Counter(
        (("board", "staff")[person % 2], codes[person % 5] + codes[(person + 1) % 5]) for person in range(10)
    )

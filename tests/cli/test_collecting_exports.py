"""What survey services export becomes a round: what is asked at the keyboard, shown before, and reported after."""

import json
from pathlib import Path

import pytest

from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from tests.cli.conftest import Command, Done
from tests.cli.rounds_made import at_a_terminal, interrupted, made
from tests.services.survey_exports import Table, as_csv, as_workbook

BEGIN, LATE, WELL = "Meetings begin on the hour.", "Papers come late.", "What works well?"
GROUP = "Where do you work with us?"
LABELS = ("No", "Partly", "Yes")


def table(number: int = 12, **headings: str) -> Table:
    """As Microsoft Forms exports it: half of the people are on the board. `headings` were changed."""
    heads = {"begin": BEGIN, "late": LATE, "well": WELL} | headings
    found: Table = [["ID", "Start time", "Completion time", "Email", "Name", GROUP, *heads.values()]]
    for at in range(number):
        group = "Staff" if at % 2 else "Board members"
        found.append([at + 1, 45962.4, 45962.5, "anonymous", "", group, LABELS[at % 3], LABELS[1], f"Text {at}"])
    return found


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "Partnership(1-12).xlsx"
    path.write_bytes(as_workbook(table()))
    return path


@pytest.fixture
def there(selfassess: Command, small: str) -> None:
    """A round that is open."""
    made(selfassess, small, "--no-codes", "--small-groups", "leave_out")
    assert selfassess("round", "open", "autumn").code == 0


def sheets(tmp_path: Path) -> int:
    with open_project(tmp_path / "mine.selfassess") as project:
        return len(list(Rounds(project).sheets.answers("autumn")))


@pytest.mark.usefixtures("there")
def test_an_export_becomes_a_round_with_report_and_plan(selfassess: Command, export: Path, tmp_path: Path) -> None:
    done = selfassess("collect", str(export), "--yes")
    assert done.code == 0, done.err
    assert done.out == "12 sheets taken in, 0 already here.\n"
    every = (
        "12 rows, from Microsoft Forms, for Autumn 2026.",
        "Taken in: the answers to 3 questions.",
        f"The group is in column F, “{GROUP}”.",
        "it could show who someone is or when they answered: “Start time”, “Completion time”, “Email” and “Name”.",
        "New: 12 sheets (Board members 6, Staff 6).",
    )
    for words in every:
        assert words in done.err
    again = selfassess("collect", str(export), "--yes")
    assert again.out == "0 sheets taken in, 12 already here.\n"
    assert selfassess("round", "close", "autumn", "--yes").code == 0
    report = selfassess("report", "autumn")
    assert "12 of 10 handed in: Board members 6 of 6 and Staff 6 of 4." in " ".join(report.out.split())
    done = selfassess("plan", "take", "autumn", "--first")
    assert (done.code, "Let the chair begin on the hour." in done.err) == (0, True)
    assert "We meet in good time" in selfassess("dashboard", "autumn", "--plain").out
    assert "The round “Autumn 2026” is closed." in selfassess("collect", str(export), "--round", "autumn").err


@pytest.mark.usefixtures("there")
def test_two_rounds_of_exports_are_compared(selfassess: Command, small: str, tmp_path: Path) -> None:
    for id, answer in (("autumn", "No"), ("spring", "Yes")):
        if id == "spring":
            options = (
                "--title",
                "Spring 2027",
                "--questionnaire",
                small,
                "--invited",
                "board=6",
                "--invited",
                "staff=6",
            )
            assert selfassess("round", "new", id, *options, "--no-codes", "--yes").code == 0
            assert selfassess("round", "open", id).code == 0
        path, rows = tmp_path / f"{id}.xlsx", table()
        for row in rows[1:]:
            row[6] = answer
        path.write_bytes(as_workbook(rows))
        assert selfassess("collect", str(path), "--round", id, "--yes").out == "12 sheets taken in, 0 already here.\n"
        assert selfassess("round", "close", id, "--yes").code == 0
    done = selfassess("compare", "autumn", "spring")
    assert done.code == 0
    assert "moved up" in done.out


@pytest.mark.usefixtures("there")
def test_a_preview_and_a_no_take_nothing_in(
    selfassess: Command, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = selfassess("collect", str(export))
    assert (done.code, "This needs a yes" in done.err) == (2, True)
    at_a_terminal(monkeypatch)
    done = selfassess("collect", str(export), typed="n\n")
    assert "New: 12 sheets" in done.err
    assert "Nothing was taken in." in done.err
    done = selfassess("collect", str(export), typed="y\n")
    assert done.out == "12 sheets taken in, 0 already here.\n"
    assert sheets(tmp_path) == 12


def renamed(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_bytes(as_csv(table(late="Our papers come too late.", begin="Meetings begin on the hour!"), ";"))
    return path


@pytest.mark.usefixtures("there")
def test_what_is_near_is_asked_about_once_and_kept(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, kept = renamed(tmp_path), tmp_path / "forms.toml"
    done = selfassess("collect", str(path), "--yes", "--map", str(kept))
    assert done.code == 4
    assert "2 questions need your answer. Nothing was taken in." in done.err
    assert 'below [columns]: "Our papers come too late." = "late" or "left out".' in done.err
    assert not kept.exists()
    at_a_terminal(monkeypatch)
    done = selfassess("collect", str(path), "--yes", "--map", str(kept), typed="y\ny\n")
    assert f"Column G is headed:\n  “Meetings begin on the hour!”\nIs it this question?\n  “{BEGIN}”" in done.err
    assert done.out == "12 sheets taken in, 0 already here.\n"
    assert '"Our papers come too late." = "late"' in kept.read_text("utf-8")
    again = selfassess("collect", str(path), "--yes", "--map", str(kept))
    assert again.out == "0 sheets taken in, 12 already here.\n"


@pytest.mark.usefixtures("there")
def test_what_is_decided_is_kept_where_the_rest_is_not(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, kept = renamed(tmp_path), tmp_path / "forms.toml"
    at_a_terminal(monkeypatch)
    done = selfassess("collect", str(path), "--yes", "--map", str(kept), typed="y\n")
    assert "Nothing was taken in." in done.err
    assert f"What you said is kept in {kept}." in done.err
    done = selfassess("collect", str(path), "--yes", "--map", str(kept), typed="y\n")
    assert done.out == "12 sheets taken in, 0 already here.\n"


@pytest.mark.usefixtures("there")
def test_where_decisions_cannot_be_kept_nothing_is_asked(selfassess: Command, tmp_path: Path) -> None:
    done = selfassess("collect", str(renamed(tmp_path)), "--yes", "--map", str(tmp_path / "nowhere" / "forms.toml"))
    assert (done.code, "There is no folder" in done.err) == (2, True)


@pytest.mark.usefixtures("there")
def test_a_no_leaves_a_column_out_and_then_its_question_is_asked_about(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    done = selfassess("collect", str(renamed(tmp_path)), "--yes", typed="y\nn\nn\n")
    assert f"The question “{LATE}” has no column. Was it left out of the form on purpose?" in done.err
    assert "write below [columns] which question it is." in done.err
    assert done.code == 4
    done = selfassess("collect", str(renamed(tmp_path)), "--yes", typed="y\nn\ny\n")
    assert "Add --map FILE, and what you just said is kept for the next time." in done.err
    assert done.out == "12 sheets taken in, 0 already here.\n"


@pytest.mark.usefixtures("there")
def test_whoever_stops_has_taken_nothing_in(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "answers.xlsx"
    path.write_bytes(as_workbook(table(begin="Meetings begin on the hour!")))
    interrupted(monkeypatch)
    done = selfassess("collect", str(path), "--yes")
    assert "Nothing was taken in." in done.err
    assert sheets(tmp_path) == 0


@pytest.mark.usefixtures("there")
def test_a_group_and_an_answer_with_a_slip_are_asked_about(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, kept = tmp_path / "answers.xlsx", tmp_path / "forms.toml"
    slips = {"Board members": "Bord members", "Partly": "Partley"}
    path.write_bytes(as_workbook([[slips.get(str(cell), cell) for cell in row] for row in table()]))
    done = selfassess("collect", str(path), "--yes")
    assert (done.code, "2 questions need your answer. Nothing was taken in." in done.err) == (4, True)
    assert 'write below [groups]: "Bord members" = "board", or another group.' in done.err
    assert 'write below [answers.agree]: "Partley" = 2, or another value.' in done.err
    at_a_terminal(monkeypatch)
    done = selfassess("collect", str(path), "--yes", typed="n\n")
    assert (done.code, "Nothing was taken in." in done.err) == (4, True)
    done = selfassess("collect", str(path), "--yes", "--map", str(kept), typed="y\ny\n")
    assert "Column F says “Bord members”. Is that the group “Board members”?" in done.err
    assert done.out == "12 sheets taken in, 0 already here.\n"
    again = selfassess("collect", str(path), "--yes", "--map", str(kept))
    assert again.out == "0 sheets taken in, 12 already here.\n"


def without_ids(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_bytes(as_csv([row[5:] for row in table()]))
    return path


@pytest.mark.usefixtures("there")
def test_an_export_without_ids_is_asked_about(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = without_ids(tmp_path)
    done = selfassess("collect", str(path), "--yes")
    assert "No column has an id for each row, so later nobody can tell which rows are in already." in done.err
    again = selfassess("collect", str(path), "--yes")
    assert (again.code, "12 rows of an export came into this round before" in again.err) == (2, True)
    assert "add --all-new" in again.err
    at_a_terminal(monkeypatch)
    again = selfassess("collect", str(path), "--yes", typed="n\n")
    assert "Nothing was taken in." in again.err
    assert sheets(tmp_path) == 12
    assert selfassess("collect", str(path), "--yes", "--all-new").out == "12 sheets taken in, 0 already here.\n"


@pytest.mark.usefixtures("there")
def test_what_is_wrong_is_said_and_nothing_comes_in(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    bad = table()
    bad[3][6], bad[5][5] = "Perhaps", "Nobody"
    path.write_bytes(as_csv(bad))
    done = selfassess("collect", str(path), "--yes")
    assert done.code == 4
    assert "“Perhaps” is not an answer to this question: G4." in done.err
    assert f"{path}:6: error: There is no group “Nobody”." in done.err
    assert "has 2 problems; nothing was taken in." in done.err
    assert sheets(tmp_path) == 0


@pytest.mark.usefixtures("there")
def test_as_data(selfassess: Command, export: Path) -> None:
    done = selfassess("collect", str(export), "--yes", "--format", "json")
    assert json.loads(done.out) == {"new": 12, "here": 0, "empty": 0, "unfinished": 0, "not_asked": 0}


@pytest.mark.usefixtures("there")
def test_what_does_not_go_together(selfassess: Command, export: Path, tmp_path: Path) -> None:
    def said(*arguments: str) -> Done:
        done = selfassess("collect", *arguments)
        assert done.code in (2, 4)
        return done

    assert "Only one table can be taken in at a time." in said(str(export), str(export)).err
    assert "--group and --yes go with a table." in said(str(tmp_path), "--group", "staff", "--yes").err
    assert "--all-new goes with a table." in said(str(tmp_path), "--all-new").err
    assert "There is no group “chairs”." in said(str(export), "--group", "chairs").err
    assert "is a folder, not a file" in said(str(tmp_path), "--from", "auto").err
    assert "cannot be read" in said(str(tmp_path / "none.csv")).err
    assert "is a folder, not a file" in said(str(export), "--map", str(tmp_path)).err


@pytest.mark.usefixtures("there")
def test_a_workbook_needs_its_library(selfassess: Command, export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = selfassess("collect", str(export), "--yes")
    assert "Workbooks are read with a library that is not installed." in done.err

"""Every command, as a user runs it."""

import csv
import io
import json
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.cli.main import COMMANDS, run
from selfassess.project.project import open_project
from tests.cli.conftest import Command
from tests.cli.rounds_made import made as made_round

ANSWERED = "1\n1\n3\n\nTea\n\nresults\n"


@pytest.fixture
def receipt(selfassess: Command, small: str, tmp_path: Path) -> str:
    """There is a finished sitting, which a receipt finds too."""
    assert selfassess("take", small, "--plain", typed=ANSWERED).code == 0
    with open_project(tmp_path / "mine.selfassess", read_only=True) as project:
        ((_, receipt),) = project.sheets_and_receipts()
    return receipt


def test_check_tells_every_problem_and_ends_with_3(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('format = 1\nid = "Bad"\nversion = 1\ntilte = "x"\nstrands = []\n', encoding="utf-8")
    done = selfassess("check", str(path))
    assert done.code == 3
    assert f"{path}:4:1: error: tilte: “tilte” is not a key of the head of the file. [unknown-key]" in done.out
    assert "Did you mean “title”?" in done.out
    assert done.out.endswith(f"{path}: 4 errors, no warnings.\n")
    problems = json.loads(selfassess("check", str(path), "--format", "json").out)
    assert [one["code"] for one in problems] == ["bad-id", "wrong-type", "unknown-key", "no-strands"]
    assert {(one["line"], one["column"]) for one in problems if one["code"] == "unknown-key"} == {(4, 1)}


WARNED = """
format = 1
id = "q"
version = "1"
title = "Q"
[scales.agree]
points = [{ value = 1, label = "No" }, { value = 2, label = "Yes" }]
[[strands]]
id = "s"
title = "S"
items = [{ id = "a", text = "We often meet." }, { id = "b", text = "We read the notes." }]
"""


def test_check_leaves_the_warnings_out_where_only_errors_are_asked_for(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "q.toml"
    path.write_text(WARNED, encoding="utf-8")
    done = selfassess("check", str(path))
    assert (done.code, "[vague-amount]" in done.out) == (0, True)
    assert selfassess("check", str(path), "--errors-only") == replace(done, out=f"{path}: no errors.\n")
    assert json.loads(selfassess("check", str(path), "--errors-only", "--format", "json").out) == []
    path.write_text(WARNED.replace("version", "vresion"), encoding="utf-8")
    done = selfassess("check", str(path), "--errors-only")
    assert (done.code, done.out.count("[unknown-key]")) == (3, 1)
    assert done.out.endswith(f"{path}: 1 error.\n")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("We often", "We seldom", ["same-version"]),
        ("value = 2", "value = 3", ["same-version"]),
        ('title = "S"\n', 'title = "S"\nmethod = "sum"\n', ["same-version"]),
        ('"We read the notes."', '"We read the notes.", help = "Those of the meeting."', []),
        ('title = "Q"', 'title = "Another"', []),
        ('id = "q"', 'id = "other"', ["other-id"]),
    ],
)
def test_check_against_an_earlier_file_tells_a_change_under_the_same_version(
    selfassess: Command, tmp_path: Path, old: str, new: str, told: list[str]
) -> None:
    before, after = tmp_path / "before.toml", tmp_path / "after.toml"
    before.write_text(WARNED, encoding="utf-8")
    after.write_text(WARNED.replace(old, new), encoding="utf-8")
    done = selfassess("check", str(after), "--against", str(before), "--format", "json")
    found = [one for one in json.loads(done.out) if one["code"] != "vague-amount"]
    assert [one["code"] for one in found] == told
    assert done.code == 0
    after.write_text(WARNED.replace(old, new).replace('version = "1"', 'version = "2"'), encoding="utf-8")
    done = selfassess("check", str(after), "--against", str(before), "--format", "json")
    assert "same-version" not in done.out
    assert selfassess("check", str(before), "--against", str(before)).out == selfassess("check", str(before)).out


def test_check_against_says_what_changed_and_where_the_version_stands(selfassess: Command, tmp_path: Path) -> None:
    before, after = tmp_path / "before.toml", tmp_path / "after.toml"
    before.write_text(WARNED, encoding="utf-8")
    after.write_text(WARNED.replace("We often", "We do").replace("the notes", "all notes"), encoding="utf-8")
    out = selfassess("check", str(after), "--against", str(before)).out
    assert (
        f"{after}:4:1: warning: version: This is still version “1”, but it asks or scores differently: "
        "a › text, b › text. [same-version]"
    ) in out
    done = selfassess("diff", str(before), str(after))
    assert "Both are called version “1”: give the later one a different label." in done.out
    assert json.loads(selfassess("diff", str(before), str(after), "--format", "json").out)["same_version"] is True
    assert json.loads(selfassess("diff", str(before), str(before), "--format", "json").out)["same_version"] is False
    assert selfassess("check", str(after), str(before), "--against", str(before)).code == 2
    assert selfassess("check", str(after), "--against", str(tmp_path / "none.toml")).code == 3


def test_check_against_a_round_is_held_against_what_was_asked(selfassess: Command, small: str) -> None:
    made_round(selfassess, small)
    path = Path(small)
    path.write_text(path.read_text(encoding="utf-8").replace("on the hour.", "at once."), encoding="utf-8")
    assert "[same-version]" in selfassess("check", small, "--against", "autumn").out


def test_check_goes_on_after_a_file_that_is_not_there(selfassess: Command, small: str, tmp_path: Path) -> None:
    done = selfassess("check", str(tmp_path / "none.toml"), str(tmp_path), small, "partnership", "skills")
    assert done.code == 3
    assert "There is no file" in done.out
    assert "is a folder" in done.out
    assert "partnership: no errors, no warnings." in done.out


def test_new_writes_what_passes_check_and_replaces_nothing(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    assert selfassess("new", str(path)).code == 0
    assert selfassess("check", str(path)).out == f"{path}: no errors, no warnings.\n"
    kept = path.read_bytes()
    done = selfassess("new", str(path))
    assert (done.code, path.read_bytes()) == (2, kept)
    assert selfassess("new", str(tmp_path / "ours.txt")).code == 2
    assert "cannot be written" in selfassess("new", str(tmp_path / "no" / "ours.toml")).err


def test_schema_is_json(selfassess: Command, tmp_path: Path) -> None:
    assert json.loads(selfassess("schema").out)["type"] == "object"
    selfassess("schema", "--output", str(tmp_path / "schema.json"))
    assert json.loads((tmp_path / "schema.json").read_text(encoding="utf-8"))


def test_report_alone_is_the_last_sitting(selfassess: Command, small: str, receipt: str) -> None:
    selfassess("take", small, "--plain", typed="2\n3\n1\n\nresults\n")
    assert "Overall: 100, Strong" in selfassess("report").out
    assert "Overall: 100, Strong" in selfassess("report", "small").out
    assert selfassess("report", "skills").code == 5
    assert "Overall: 0, Act now" in selfassess("report", "--receipt", receipt.replace("-", " ").lower()).out


def test_report_before_anything_says_what_to_do(selfassess: Command, tmp_path: Path) -> None:
    done = selfassess("report")
    assert done.code == 6
    assert "SELFASSESS_PROJECT names it." in done.err
    assert done.err.endswith("Your first answer makes it: selfassess take\n")
    selfassess("project", "new", str(tmp_path / "mine.selfassess"))
    done = selfassess("report")
    assert done.code == 5
    assert "You have not finished a questionnaire yet" in done.err
    assert done.err.endswith("Answer to the end. What you have begun is saved: selfassess take\n")


@pytest.mark.usefixtures("receipt")
def test_report_comes_in_every_format(selfassess: Command, tmp_path: Path) -> None:
    document = json.loads(selfassess("report", "--format", "json").out)
    assert document["gaps"] == [{"id": "meeting", "shown": 0.0, "target": 75, "gap": 75.0}]
    assert document["actions"][0]["because"] == {"benchmark": "meeting", "shown": 0.0, "target": 75}
    assert document["texts"] == {"well": "Tea"}
    rows = list(csv.DictReader(io.StringIO(selfassess("report", "--format", "csv").out)))
    assert [row["id"] for row in rows] == ["overall", "one", "meeting", "begin", "late"]
    assert "- [ ] Let the chair begin on the hour." in selfassess("report", "--format", "markdown").out
    path = tmp_path / "report.txt"
    assert selfassess("report", "--output", str(path)).out == ""
    assert path.read_text(encoding="utf-8") == selfassess("report").out


@pytest.mark.usefixtures("receipt")
def test_a_file_is_replaced_only_on_purpose(selfassess: Command, small: str, tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text("Keep me.")
    for command in (("report",), ("round", "form", small)):
        done = selfassess(*command, "--output", str(path))
        assert (done.code, done.out) == (2, "")
        assert f"There is a file {path} already.\nAdd --replace, or choose another name." in done.err
        assert path.read_text() == "Keep me."
    assert selfassess("report", "--output", str(path), "--replace").code == 0
    assert "Overall: 0" in path.read_text(encoding="utf-8")
    assert selfassess("report", "--replace").code == 2


@pytest.mark.usefixtures("receipt")
def test_explain_shows_how_a_number_came_about(selfassess: Command) -> None:
    shown = selfassess("report", "--explain", "meeting").out
    assert "Yes (3), reversed to 1" in shown
    assert "turned round in its scale" in shown
    assert "Overall" in selfassess("report", "--explain", "overall").out
    done = selfassess("report", "--explain", "meting")
    assert (done.code, "Did you mean “meeting”?" in done.err) == (2, True)


def test_responses_are_scored_without_any_project(selfassess: Command, small: str, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("respondent;group;begin;late\na;board;3;1\nb;staff;1;dk\n", encoding="utf-8-sig")
    done = selfassess("report", small, "--responses", str(path), "--format", "json")
    document = json.loads(done.out)
    assert document["rounds"][0]["id"] == "1"
    assert document["rounds"][0]["left_out"] == ["board", "staff"]
    done = selfassess("report", small, "--responses", str(path), "--min-group", "1", "--per-respondent")
    document = json.loads(done.out)
    assert document["release"] == "not for release"
    assert document["rounds"][0]["respondents"][0]["scores"]["meeting"] == 100
    assert not (tmp_path / "mine.selfassess").exists()
    assert selfassess("report", small, "--responses", str(path), "--min-group", "2").code == 2
    assert selfassess("report", small, "--responses", str(path), "--per-respondent").code == 2
    assert selfassess("report", small, "--per-respondent").code == 2
    path.write_text("respondent,group,begin\na,board,9\n", encoding="utf-8")
    done = selfassess("report", small, "--responses", str(path))
    assert (done.code, "missing-column" in done.err) == (4, True)


def test_forget_removes_a_sheet_by_its_receipt(selfassess: Command, receipt: str, tmp_path: Path) -> None:
    assert selfassess("forget", receipt).code == 2
    assert selfassess("forget", receipt, "--yes").code == 0
    assert selfassess("report").code == 5
    assert selfassess("forget", receipt, "--yes").code == 2
    assert b"Tea" not in (tmp_path / "mine.selfassess").read_bytes()


def test_forget_removes_a_draft(selfassess: Command, small: str) -> None:
    selfassess("take", small, "--plain", typed="1\n3\n")
    assert selfassess("forget", "--draft", "small", "--yes").code == 0
    assert "Welcome back" not in selfassess("take", small, "--plain").err
    assert selfassess("forget", "--draft", "small", "--yes").code == 2
    assert selfassess("forget").code == 2


@pytest.mark.usefixtures("receipt")
def test_backup_is_a_project_of_its_own(selfassess: Command, tmp_path: Path) -> None:
    copy = tmp_path / "copy.selfassess"
    assert selfassess("backup", str(copy)).code == 0
    assert selfassess("backup", str(copy)).code == 6
    assert selfassess("backup", str(copy), "--replace").code == 0
    assert "Overall: 0" in selfassess("--project", str(copy), "report").out


def test_where_says_where_everything_is(selfassess: Command, tmp_path: Path) -> None:
    assert str(tmp_path / "mine.selfassess") in selfassess("where").out
    (tmp_path / "mine.selfassess").write_bytes(b"no project")
    assert "not a project file" in selfassess("where").out


def test_a_project_file_that_is_none_ends_with_6(selfassess: Command, small: str, tmp_path: Path) -> None:
    (tmp_path / "mine.selfassess").write_bytes(b"no project")
    for arguments in (["take", small, "--plain"], ["report"], ["backup", str(tmp_path / "x")], ["forget", "A" * 20]):
        assert selfassess(*arguments).code == 6


def test_a_newer_project_ends_with_6_and_stays_as_it_is(selfassess: Command, small: str, tmp_path: Path) -> None:
    selfassess("take", small, "--plain", typed="1\n3\n")
    path = tmp_path / "mine.selfassess"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    done = selfassess("take", small, "--plain")
    assert (done.code, "newer version" in done.err) == (6, True)


def test_our_own_fault_is_one_line_without_answers(
    selfassess: Command, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("my secret answer")

    monkeypatch.setattr("selfassess.definition.library.find", fail)
    done = selfassess("check", "partnership")
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "secret" not in done.err
    logs = list(own_home.rglob("faults.log"))
    assert len(logs) == 1
    assert "secret" not in logs[0].read_text(encoding="utf-8")
    assert "ValueError" in logs[0].read_text(encoding="utf-8")


def test_an_interrupt_ends_with_130(selfassess: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("selfassess.definition.library.find", stop)
    assert selfassess("check", "partnership").code == 130


@pytest.mark.parametrize("arguments", [["tkae"], ["report", "--format", "pdf"], ["check"], ["--nothing"]])
def test_what_cannot_be_understood_ends_with_2(selfassess: Command, arguments: list[str]) -> None:
    done = selfassess(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err


def test_every_command_helps(capsys: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        assert run([name, "--help"]) == 0
        assert "Usage: selfassess" in capsys.readouterr().out


def test_a_terminal_without_the_characters_gets_plainer_ones(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from selfassess.cli.terminal import prepare

    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    prepare()
    stream.write("“Wir” – ok … █│")
    stream.flush()
    assert stream.buffer.getvalue() == b'"Wir" - ok ... #|'  # type: ignore[attr-defined]  # it is a BytesIO


def test_what_is_quoted_from_arguments_and_files_is_safe_to_show(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text('format = 1\n"\\u001b[31m\\u202etitel" = "\\u001b]0;x\\u0007"\nstrands = 3\n', encoding="utf-8")
    done = selfassess("check", str(path))
    assert done.code == 3
    assert not {"\x1b", "\u202e", "\x07"} & set(done.out)
    for arguments in (["take", "--group", "\x1b[31mboard"], ["\x1b[31m"], ["take", "\x1b]0;x\x07"], ["forget", "\x1b"]):
        done = selfassess(*arguments)
        assert done.code != 0
        assert "\x1b" not in done.err + done.out


@pytest.mark.usefixtures("receipt")
def test_what_a_report_is_made_from_is_never_overwritten(selfassess: Command, small: str, tmp_path: Path) -> None:
    mine, answers = tmp_path / "mine.selfassess", tmp_path / "in.csv"
    answers.write_text("respondent,group,begin,late\na,board,3,1\n", encoding="utf-8")
    assert selfassess("report", "--output", str(mine)).code == 2
    assert selfassess("schema", "--output", str(mine)).code == 2
    for path in (small, str(answers)):
        kept = Path(path).read_bytes()
        assert selfassess("report", small, "--responses", str(answers), "--output", path).code == 2
        assert Path(path).read_bytes() == kept
    assert "Overall: 0" in selfassess("report").out
    for odd in ("", ".", str(tmp_path), str(tmp_path / "no" / "file")):
        assert selfassess("report", "--output", odd).code == 2


@pytest.mark.usefixtures("receipt")
def test_a_report_on_another_questionnaire_says_what_there_is(selfassess: Command, small: str) -> None:
    assert selfassess("report", small).code == 0
    done = selfassess("report", "smal")
    assert (done.code, "Did you mean “small”?" in done.err) == (5, True)
    assert "What was answered there: small." in selfassess("report", "partnership").err


@pytest.mark.usefixtures("receipt")
def test_a_damaged_sheet_is_told_as_such(selfassess: Command, tmp_path: Path) -> None:
    for answers in ("zzzzzz", "", "0"):
        with sqlite3.connect(tmp_path / "mine.selfassess") as connection:
            connection.execute("UPDATE sheets SET answers = ?", [answers])
        connection.close()
        done = selfassess("report")
        assert (done.code, "damaged" in done.err) == (6, True)


@pytest.mark.usefixtures("receipt")
def test_explain_takes_a_title_or_an_item_too(selfassess: Command) -> None:
    wanted = selfassess("report", "--explain", "meeting").out
    assert selfassess("report", "--explain", "We meet in good time").out == wanted
    assert selfassess("report", "--explain", "late").out == wanted


def test_check_tells_of_an_unknown_name_among_others(selfassess: Command, small: str) -> None:
    done = selfassess("check", "nosuch", small)
    assert done.code == 3
    assert "There is no questionnaire “nosuch”." in done.out
    assert f"{small}: no errors" in done.out


def test_a_command_is_loaded_when_it_is_named_and_no_other() -> None:
    from importlib import import_module
    from subprocess import STDOUT, check_output

    for module in {*COMMANDS.values()}:
        there = {command.name for command in import_module(f"selfassess.cli.{module}").COMMANDS}
        assert there == {name for name, own in COMMANDS.items() if own == module}
    lines = (
        "import sys; from selfassess.cli.main import run; run(['where', '--help'])",
        "print([name for name in sys.modules if name.startswith('selfassess.cli.')], file=sys.stderr)",
    )
    loaded = check_output([sys.executable, "-c", "\n".join(lines)], stderr=STDOUT, text=True)
    assert "selfassess.cli.project" in loaded
    assert "selfassess.cli.round.commands" not in loaded
    assert "selfassess.cli.plan" not in loaded

"""Answering an invitation line by line: on another computer, in a person's own project."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.errors import ProjectError
from selfassess.model.round import Rules
from selfassess.project.exchange_files import read_sheet, write_invitation
from selfassess.project.parcel import Parcel
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from selfassess.project.sealed_files import seal
from tests.cli.conftest import SMALL, Command
from tests.cli.rounds import CONSENT, EDITION, add_round, shared
from tests.cli.test_taking_part import ANSWERS, receipt_of


@pytest.fixture
def project(tmp_path: Path) -> str:
    with shared(tmp_path):
        return str(tmp_path / "ours.selfassess")


WITH_CODES = replace(CONSENT, codes=True)


def invite(tmp_path: Path, rules: Rules = WITH_CODES, name: str = "anne") -> Path:
    """An invitation for somebody of the staff, in a folder of its own; the round is made where there is none."""
    with open_project(tmp_path / "ours.selfassess") as project:
        rounds = Rounds(project)
        if not rounds.all():
            add_round(project, rules)
        code = rounds.admission.issue("autumn", "staff", 1)[0] if rules.codes else ""
        invitation = rounds.admission.invitation("autumn", "staff", code)
    folder = tmp_path / "post"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.invitation"
    write_invitation(path, invitation)
    return path


def sheet_files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "post").glob("*.sheet"))


def collect(tmp_path: Path, *parcels: Parcel) -> list[str]:
    with open_project(tmp_path / "ours.selfassess") as project:
        return [Rounds(project).sheets.hand_in(parcel, questionnaire=EDITION.questionnaire) for parcel in parcels]


def test_an_invitation_is_answered_and_comes_back_as_a_file(selfassess: Command, project: str, tmp_path: Path) -> None:
    path = invite(tmp_path)
    done = selfassess("take", str(path), "--plain", typed="yes\n1\n3\n\nTea\n\nh\nhand in\n")
    assert done.code == 0, done.err
    assert "knows that it is yours" in done.err
    assert "Which group" not in done.err
    assert "Overall: 0, Act now" in done.out
    (file,) = sheet_files(tmp_path)
    assert re.fullmatch(r"autumn-[0-9A-Z]{6}\.sheet", file.name)
    assert f"Your sheet is in the file {file}." in done.err
    parcel = read_sheet(file)
    assert parcel.sheet.date is None
    assert parcel.sheet.ticket
    assert parcel.sheet.ticket.agrees is True
    assert collect(tmp_path, parcel, parcel) == ["new", "here"]
    assert "Tea" in selfassess("report").out  # the copy in the person's own project
    again = selfassess("take", str(path), "--plain", typed=f"yes\n{ANSWERS}")
    assert again.code == 0
    assert len(sheet_files(tmp_path)) == 2


def test_the_same_command_goes_on_and_the_questionnaire_alone_does_not(
    selfassess: Command, project: str, tmp_path: Path, small: str
) -> None:
    path = invite(tmp_path)
    first = selfassess("take", str(path), "--plain", typed="no\n2\ns\n")
    assert "To carry on later, start the same way again." in first.err
    assert "Welcome back" not in selfassess("take", small, "--plain", typed="board\ns\n").err
    assert "By invitation" not in selfassess("--plain").err
    assert "type the name of your invitation" in selfassess("--plain", typed="1\n").err
    other = selfassess("take", str(invite(tmp_path, name="ben")), "--plain", typed="yes\n1\ns\n")
    assert "Welcome back" not in other.err
    done = selfassess("take", str(path), "--plain", typed="3\n\n\nh\nhand in\n")
    assert "Welcome back. 1 of 2 answered." in done.err
    assert "You said: no" in done.err


def test_answering_again_replaces_ones_own_file_and_counts_up(
    selfassess: Command, project: str, tmp_path: Path
) -> None:
    path = invite(tmp_path, replace(WITH_CODES, matching=True))
    first = selfassess("take", str(path), "--plain", typed="yes\nMA17\n1\n3\n\nTea\n\nh\nhand in\n")
    receipt = receipt_of(first)
    (file,) = sheet_files(tmp_path)
    before = read_sheet(file)
    selfassess("take", str(path), "--again", receipt, "--plain", typed="3\ns\n")
    done = selfassess("take", str(path), "--again", receipt.lower(), "--plain", typed="1\n/x\n\nr\nh\nhand in\n")
    assert "Welcome back" in done.err
    assert receipt_of(done) == receipt
    assert sheet_files(tmp_path) == [file]
    after = read_sheet(file)
    assert (after.revision, after.key, after.sheet.answers) == (1, before.key, "20+")
    assert after.sheet.ticket == before.sheet.ticket
    assert [text for _, text in after.texts.values() if text] == []
    assert collect(tmp_path, before, after, before) == ["new", "replaced", "here"]
    selfassess("take", str(path), "--again", receipt, "--plain", typed="/r\nh\nhand in\n")
    assert read_sheet(file).revision == 2
    assert selfassess("report").out == selfassess("report").out


def test_the_copy_in_ones_own_project_serves_where_the_file_is_gone(
    selfassess: Command, project: str, tmp_path: Path
) -> None:
    path = invite(tmp_path)
    receipt = receipt_of(selfassess("take", str(path), "--plain", typed=f"yes\n{ANSWERS}"))
    selfassess("take", str(path), "--again", receipt, "--plain", typed="/r\nh\nhand in\n")
    (file,) = sheet_files(tmp_path)
    file.unlink()
    done = selfassess("take", str(path), "--again", receipt, "--plain", typed="no\n\n1\n\n\nh\nhand in\n")
    assert "You answered: No" in done.err
    (file,) = sheet_files(tmp_path)
    parcel = read_sheet(file)
    assert (parcel.revision, parcel.sheet.answers) == (2, "00+")
    assert parcel.sheet.ticket
    assert parcel.sheet.ticket.agrees is False
    assert collect(tmp_path, parcel) == ["new"]


def test_a_file_that_is_named_is_written_and_nobody_elses_replaced(
    selfassess: Command, project: str, tmp_path: Path
) -> None:
    path, out = invite(tmp_path), tmp_path / "mine.sheet"
    receipt = receipt_of(selfassess("take", str(path), "--output", str(out), "--plain", typed=f"yes\n{ANSWERS}"))
    assert read_sheet(out).revision == 0
    selfassess("take", str(path), "--output", str(out), "--again", receipt, "--plain", typed="/r\nh\nhand in\n")
    assert read_sheet(out).revision == 1
    other = invite(tmp_path, name="ben")
    done = selfassess("take", str(other), "--output", str(out), "--plain", typed=f"yes\n{ANSWERS}s\n")
    assert "There is already something at" in done.err
    assert read_sheet(out).revision == 1
    done = selfassess("take", str(other), "--output", str(tmp_path / "post"), "--plain", typed="/r\nh\nhand in\n")
    assert len(sheet_files(tmp_path)) == 1
    done = selfassess("take", str(other), "--output", str(tmp_path / "no" / "x.sheet"), "--plain")
    assert (done.code, "Nothing can be written in" in done.err) == (2, True)


def test_an_invitation_without_a_code_asks_for_none(selfassess: Command, project: str, tmp_path: Path) -> None:
    path = invite(tmp_path, CONSENT)
    done = selfassess("take", str(path), "--plain", typed=f"yes\n{ANSWERS}")
    assert done.code == 0
    assert "code" not in done.err.split("Question 1")[0]


def test_an_invitation_opened_in_the_project_of_its_round_leads_there(
    selfassess: Command, project: str, tmp_path: Path
) -> None:
    path = invite(tmp_path)
    done = selfassess("--project", project, "take", str(path), "--plain", typed=f"yes\n{ANSWERS}")
    assert done.code == 0
    assert sheet_files(tmp_path) == []
    assert "Overall: 0" in done.out
    done = selfassess("--project", project, "take", str(path), "--plain")
    assert (done.code, "This code was used" in done.err) == (2, True)


def test_another_shared_project_is_not_the_place(selfassess: Command, project: str, tmp_path: Path) -> None:
    path = invite(tmp_path)
    other = str(tmp_path / "other.selfassess")
    selfassess("project", "new", other, "--shared")
    done = selfassess("--project", other, "take", str(path), "--plain")
    assert (done.code, "in a project of one's own" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({}, 4, "changed after it was written, or damaged"),
        ({"format": 3}, 4, "newer version of this program"),
        ({"selfassess": "sheet"}, 4, "is not an invitation"),
    ],
)
def test_what_is_no_whole_invitation_is_told(
    selfassess: Command, project: str, tmp_path: Path, change: dict[str, object], code: int, said: str
) -> None:
    path = invite(tmp_path)
    table = json.loads(path.read_text(encoding="utf-8"))
    table["round"]["title"] = "Another"
    path.write_text(json.dumps({**table, **change}), encoding="utf-8")
    done = selfassess("take", str(path), "--plain")
    assert (done.code, said in done.err) == (code, True), done.err
    assert done.out == ""


def test_an_invitation_that_is_not_there_is_told(selfassess: Command, tmp_path: Path) -> None:
    done = selfassess("take", str(tmp_path / "no.invitation"), "--plain")
    assert (done.code, "cannot be read" in done.err) == (4, True)


def remade(path: Path, content: bytes, **rules: object) -> None:
    """The invitation with another questionnaire in it, and a sum that fits."""
    broken = edition(parse("x.toml", content)) if b"title" in content else None
    table = json.loads(path.read_text(encoding="utf-8"))
    import hashlib

    table["questionnaire"] = content.decode().splitlines(keepends=True)
    table["round"]["questionnaire"] = broken.sha256 if broken else hashlib.sha256(content).hexdigest()
    table["round"].update(rules)
    path.write_bytes(
        seal("invitation", {key: table[key] for key in ("round", "group", "code", "salt", "questionnaire")})
    )


def test_a_broken_questionnaire_is_refused_with_its_problems(selfassess: Command, project: str, tmp_path: Path) -> None:
    path = invite(tmp_path)
    remade(path, SMALL.replace("show_if", "show").replace("target = 75", "target = 750").encode())
    done = selfassess("take", str(path), "--plain")
    assert done.code == 3
    assert "750" in done.err or "target" in done.err
    assert "cannot be used" in done.err
    remade(path, b"this is no TOML")
    done = selfassess("take", str(path), "--plain")
    assert done.code == 3


def test_an_invitation_of_groups_that_are_not_there_is_refused(
    selfassess: Command, project: str, tmp_path: Path
) -> None:
    path = invite(tmp_path)
    remade(path, SMALL.replace('"staff"', '"crew"').encode())
    done = selfassess("take", str(path), "--plain")
    assert (done.code, "groups that its questionnaire does not have" in done.err) == (4, True)


def test_a_name_in_an_invitation_leads_nowhere_else(selfassess: Command, project: str, tmp_path: Path) -> None:
    path = invite(tmp_path)
    remade(path, SMALL.encode(), id="../../etc/x y")
    done = selfassess("take", str(path), "--plain", typed=f"yes\n{ANSWERS}")
    assert (done.code, "was changed after it was written" in done.err) == (4, True)
    assert sheet_files(tmp_path) == []


def test_a_sheet_file_beside_it_that_was_changed_is_not_read(selfassess: Command, project: str, tmp_path: Path) -> None:
    path = invite(tmp_path)
    receipt = receipt_of(selfassess("take", str(path), "--plain", typed=f"yes\n{ANSWERS}"))
    (file,) = sheet_files(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace('"02+"', '"20+"'), encoding="utf-8")
    done = selfassess("take", str(path), "--again", receipt, "--plain", typed="yes\nr\nh\nhand in\n")
    assert done.code == 0
    assert len(sheet_files(tmp_path)) == 2  # what cannot be read is not ours to replace


def test_a_receipt_of_another_invitation_is_told(selfassess: Command, project: str, tmp_path: Path) -> None:
    path = invite(tmp_path)
    done = selfassess("take", str(path), "--again", "AAAA-AAAA-AAAA-AAAA-AAAA", "--plain")
    assert (done.code, "AAAA-AAAA-AAAA-AAAA-AAAA" in done.err) == (2, True)


def test_a_hand_in_that_was_cut_short_is_one_sheet_with_the_next(
    selfassess: Command, project: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = invite(tmp_path, replace(CONSENT, codes=False))

    def cut_short(*_: object) -> None:
        raise ProjectError("The power is gone.")

    with monkeypatch.context() as short:
        short.setattr("selfassess.project.drafts.keep", cut_short)
        selfassess("take", str(path), "--plain", typed="yes\n1\n3\n\nTea\n\nh\nhand in\n")
    (file,) = sheet_files(tmp_path)
    first = read_sheet(file)
    selfassess("take", str(path), "--plain", typed="b\nb\n2\n\n\ns\n")  # saved once more, and left
    done = selfassess("take", str(path), "--plain", typed="/r\nh\nhand in\n")
    assert "shown only now" in done.err
    assert sheet_files(tmp_path) == [file]
    second = read_sheet(file)
    assert (second.key, second.revision) == (first.key, 1)
    assert collect(tmp_path, first, second) == ["new", "replaced"]
    assert selfassess("report", "--receipt", receipt_of(done)).code == 0

"""What a person answers is saved at once, can be gone on with, and is nobody else's to open."""

import datetime
import hashlib
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.errors import ProjectError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Sheet
from selfassess.project import codes, queries
from selfassess.project.drafts import Autosave, Unsaved, begin, resume, resume_with_code
from selfassess.project.project import Project, open_or_create, open_project
from selfassess.sitting.session import Saver

Start = Callable[..., "subprocess.Popen[str]"]


def answered(draft: Draft, **responses: float) -> Draft:
    return replace(draft, responses={**draft.responses, **responses})


def test_a_sitting_goes_on_where_it_was_left(personal: Project, edition: Edition, draft: Draft) -> None:
    saver = begin(personal, edition, draft)
    saver.save(answered(draft, late=1.0))
    personal.close()
    with open_project(personal.path) as again:
        (saved,) = again.drafts()
        later, found = resume(again, saved.id)
        assert found == answered(draft, late=1.0)
        later.save(answered(found, later=2.0))
        assert again.drafts()[0].draft == answered(found, later=2.0)


def test_a_personal_sitting_has_no_code_and_says_where_it_is_saved(
    personal: Project, edition: Edition, draft: Draft
) -> None:
    saver: Saver = begin(personal, edition, draft)
    assert saver.code is None
    assert saver.where == str(personal.path)


def test_beginning_freezes_the_questionnaire(tmp_path: Path, edition: Edition, draft: Draft) -> None:
    with open_or_create(tmp_path / "new" / "folder" / "p.selfassess") as project:
        begin(project, edition, draft)
        assert project.kind == "personal"
        assert project.frozen(draft.questionnaire) == edition.content


def test_the_draft_saved_last_comes_first(personal: Project, edition: Edition, draft: Draft) -> None:
    one, other = begin(personal, edition, draft), begin(personal, edition, replace(draft, group="staff"))
    assert [saved.draft.group for saved in personal.drafts()] == ["staff", "board"]
    one.save(answered(draft, late=1.0))
    assert [saved.draft.group for saved in personal.drafts()] == ["board", "staff"]
    other.discard()
    assert [saved.draft.group for saved in personal.drafts()] == ["board"]


def test_handing_in_leaves_the_sheet_and_no_draft(
    personal: Project, edition: Edition, draft: Draft, sheet: Sheet
) -> None:
    saver = begin(personal, edition, draft)
    receipt = saver.hand_in(sheet)
    assert personal.drafts() == ()
    assert replace(personal.sheet(receipt), date=None) == sheet


def test_handing_in_twice_is_one_sheet(personal: Project, edition: Edition, draft: Draft, sheet: Sheet) -> None:
    saver = begin(personal, edition, draft)
    assert saver.hand_in(sheet) == saver.hand_in(sheet)
    assert len(personal.sheets()) == 1


def test_a_hand_in_that_fails_keeps_the_draft(personal: Project, edition: Edition, draft: Draft, sheet: Sheet) -> None:
    saver = begin(personal, edition, draft)
    with closing(sqlite3.connect(personal.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        personal.database.wait_no_longer_than(0.02)
        with pytest.raises(ProjectError, match="in use"):
            saver.hand_in(sheet)
        other.execute("ROLLBACK")
    assert personal.drafts()[0].draft == draft
    assert personal.sheets() == ()
    assert saver.hand_in(sheet)
    assert personal.drafts() == ()


def test_a_draft_open_in_two_windows_is_not_overwritten(
    personal: Project, edition: Edition, draft: Draft, sheet: Sheet
) -> None:
    old = begin(personal, edition, draft)
    new, found = resume(personal, personal.drafts()[0].id)
    new.save(answered(found, late=1.0))
    for work in (lambda: old.save(answered(draft, early=2.0)), lambda: old.hand_in(sheet)):
        with pytest.raises(ProjectError, match="another window"):
            work()
    assert personal.drafts()[0].draft == answered(found, late=1.0)
    new.save(answered(found, late=3.0))


def test_a_draft_that_is_gone_is_not_saved_again(
    personal: Project, edition: Edition, draft: Draft, sheet: Sheet
) -> None:
    old = begin(personal, edition, draft)
    new, _ = resume(personal, personal.drafts()[0].id)
    new.hand_in(sheet)
    for work in (lambda: old.save(draft), lambda: old.hand_in(sheet)):
        with pytest.raises(ProjectError, match="no longer in"):
            work()
    assert personal.drafts() == ()
    assert len(personal.sheets()) == 1


def test_going_on_with_what_is_gone_says_so(personal: Project) -> None:
    with pytest.raises(ProjectError, match="no longer in"):
        resume(personal, "0" * 32)


def test_trying_it_out_saves_nothing(draft: Draft, sheet: Sheet) -> None:
    saver: Saver = Unsaved()
    saver.save(draft)
    saver.discard()
    assert (saver.where, saver.code, saver.hand_in(sheet)) == ("", None, "")


def test_a_kill_loses_at_most_the_key_in_flight(tmp_path: Path, start: Start) -> None:
    path = tmp_path / "mine.selfassess"
    process = start("answer", path)
    for line in process.stdout:
        if int(line) == 25:
            process.kill()
            break
    said = [25, *map(int, process.stdout.read().split())]
    assert process.wait() != 0
    with open_project(path) as project:
        kept = project.drafts()[0].draft.responses
        assert list(kept) == [f"item_{number}" for number in range(len(kept))]
        assert said[-1] < len(kept) <= said[-1] + 2
        resume(project, project.drafts()[0].id)


def test_a_shared_sitting_opens_with_its_code_however_it_is_typed(
    shared: Project, edition: Edition, draft: Draft
) -> None:
    saver = begin(shared, edition, draft)
    saver.save(answered(draft, late=1.0))
    again, found = resume_with_code(shared, saver.code.lower().replace("-", " "))
    assert found == answered(draft, late=1.0)
    assert again.code == saver.code
    again.save(found)


def test_a_shared_project_hands_out_nothing_without_a_code(
    shared: Project, edition: Edition, draft: Draft, sheet: Sheet
) -> None:
    saver = begin(shared, edition, draft)
    assert shared.drafts() == ()
    with pytest.raises(UsageError, match="resume code"):
        resume(shared, saver._saved.id)
    shared.hand_in(sheet, codes.new_code(20))
    with pytest.raises(UsageError, match="receipt"):
        shared.last_sheet()
    assert [found.texts for found in shared.sheets()] == [{}]


def test_a_wrong_code_opens_nothing(shared: Project, edition: Edition, draft: Draft, sheet: Sheet) -> None:
    saver = begin(shared, edition, draft)
    for work in (resume_with_code, Project.forget):
        for wrong in (codes.new_code(12), saver.code[:-1] + ("A" if saver.code[-1] != "A" else "C")):
            with pytest.raises(UsageError, match=r"No(thing|\b).*the code"):
                work(shared, wrong)
        with pytest.raises(UsageError, match="not a code"):
            work(shared, "hello")
    for work in (Project.sheet, Project.forget):
        with pytest.raises(UsageError, match="Nothing in this project has the code"):
            work(shared, codes.new_code(20))
    receipt = saver.hand_in(sheet)
    with pytest.raises(UsageError, match="is a receipt"):
        resume_with_code(shared, receipt)
    with pytest.raises(UsageError, match="is a resume code"):
        shared.sheet(saver.code)
    with pytest.raises(UsageError, match="No sitting opens"):
        resume_with_code(shared, saver.code)


def test_no_code_and_no_time_stands_in_a_shared_file(
    shared: Project, edition: Edition, draft: Draft, sheet: Sheet
) -> None:
    one, other = begin(shared, edition, draft), begin(shared, edition, draft)
    receipt = one.hand_in(replace(sheet, date=datetime.datetime(2031, 5, 4, tzinfo=datetime.UTC)))
    other.save(answered(draft, late=1.0))
    assert other._saved.saved is None
    assert shared.sheet(receipt).date is None
    shared.close()
    content = _content(shared.path)
    for code in (receipt, one.code, other.code):
        assert code.encode() not in content
        assert code.replace("-", "").encode() not in content
    for year in range(2020, 2100):
        assert f"{year}-".encode() not in content, "keys are figures too, but without hyphens"


def test_nothing_but_the_receipt_leads_from_a_text_to_its_sheet(shared: Project, sheet: Sheet) -> None:
    for _ in range(3):
        shared.hand_in(sheet, codes.new_code(20))
    shared.close()
    with closing(sqlite3.connect(shared.path)) as connection:
        sheets = {value for row in connection.execute("SELECT * FROM sheets") for value in row}
        texts = {value for row in connection.execute("SELECT * FROM texts") for value in row}
    assert sheets & texts == {sheet.questionnaire, None}


def test_the_salt_differs_between_projects(tmp_path: Path) -> None:
    with open_or_create(tmp_path / "a", "shared") as one, open_or_create(tmp_path / "b", "shared") as other:
        assert len(bytes.fromhex(queries.setting(one.database, "salt"))) == 16
        assert queries.setting(one.database, "salt") != queries.setting(other.database, "salt")


def test_an_error_leaves_no_transaction_open(personal: Project, edition: Edition, draft: Draft) -> None:
    saver = begin(personal, edition, draft)
    with pytest.raises(sqlite3.IntegrityError):
        personal.add_draft(saver._saved.id, draft)
    with pytest.raises(sqlite3.IntegrityError):
        personal.add_draft(codes.new_key(), replace(draft, questionnaire=hashlib.sha256(b"unknown").hexdigest()))
    saver.save(draft)


def test_a_saver_is_a_saver(personal: Project, edition: Edition, draft: Draft) -> None:
    savers: list[Saver] = [Unsaved(), begin(personal, edition, draft)]
    assert isinstance(savers[1], Autosave)


def _content(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))

"""A copy is whole, or it is not there."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.errors import ProjectError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Sheet
from selfassess.project import codes
from selfassess.project.drafts import begin
from selfassess.project.project import Project, create, open_project

Start = Callable[..., "subprocess.Popen[str]"]


def test_a_backup_is_made_while_the_project_is_in_use(
    personal: Project, edition: Edition, draft: Draft, sheet: Sheet, tmp_path: Path
) -> None:
    saver = begin(personal, edition, draft)
    personal.hand_in(sheet, codes.new_code(20))
    personal.backup(tmp_path / "copy.selfassess")
    saver.save(replace(draft, place="later"))
    with open_project(tmp_path / "copy.selfassess") as copy:
        assert copy.sheets() == personal.sheets()
        assert copy.drafts()[0].draft == draft
        assert copy.frozen_all() == personal.frozen_all()
    assert personal.drafts()[0].draft.place == "later"


def test_a_backup_is_made_while_another_process_writes(personal: Project, tmp_path: Path, start: Start) -> None:
    writing = start("answer", personal.path)
    for line in writing.stdout:
        said = int(line)
        if said % 5 == 4:
            personal.backup(tmp_path / "copy", overwrite=True)
            with open_project(tmp_path / "copy") as copy:
                assert len(copy.drafts()[0].draft.responses) > said
        if said == 30:
            break


def test_a_backup_of_a_tidy_project_is_that_file_to_the_byte(shared: Project, sheet: Sheet, tmp_path: Path) -> None:
    shared.hand_in(sheet, codes.new_code(20))
    shared.backup(tmp_path / "copy")
    shared.close()
    assert (tmp_path / "copy").read_bytes() == shared.path.read_bytes()
    assert (tmp_path / "copy").stat().st_mode == shared.path.stat().st_mode


def test_a_backup_overwrites_only_when_told(shared: Project, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("something of mine")
    with pytest.raises(ProjectError, match="already something at"):
        shared.backup(tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "something of mine"
    shared.backup(tmp_path / "copy", overwrite=True)
    open_project(tmp_path / "copy").close()


def test_a_backup_never_goes_over_a_project_in_use(shared: Project, edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="already something at"):
        shared.backup(shared.path, overwrite=True)
    with create(tmp_path / "other", "personal") as other:
        other.freeze(edition)
        with pytest.raises(ProjectError, match="in use"):
            shared.backup(other.path, overwrite=True)


def test_a_backup_that_fails_leaves_nothing(shared: Project, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="There is no folder"):
        shared.backup(tmp_path / "no" / "copy")
    with pytest.raises(ProjectError, match="is a folder"):
        shared.backup(tmp_path, overwrite=True)
    shared.path.unlink()
    assert [file for file in tmp_path.iterdir() if "ours" not in file.name] == []


def test_a_project_opened_for_reading_can_be_backed_up(shared: Project, sheet: Sheet, tmp_path: Path) -> None:
    shared.hand_in(sheet, codes.new_code(20))
    shared.close()
    with open_project(shared.path, read_only=True) as project:
        project.backup(tmp_path / "copy")
    with open_project(tmp_path / "copy") as copy:
        assert len(copy.sheets()) == 1

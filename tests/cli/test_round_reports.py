"""`selfassess report` in a shared project: a closed round."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Sheet, Ticket
from selfassess.project import codes
from selfassess.project.parcel import pack
from selfassess.project.project import create, open_project
from selfassess.project.rounds import Rounds
from tests.cli.conftest import Command
from tests.services.made import HANDED_IN, made_round, rows


@pytest.fixture
def shared(tmp_path: Path, leadership: Edition) -> Path:
    """A shared project with an open round in which everybody but two of the board and the staff has handed in."""
    path, edition = tmp_path / "ours.selfassess", leadership
    one = made_round(edition, state="new")
    with create(path, "shared") as project:
        rounds = Rounds(project)
        rounds.add(one, edition)
        rounds.open(one.id)
        for group, characters in rows(edition, HANDED_IN):
            ticket = Ticket(round=one.key, agrees=True if group == "external" else None)
            sheet = Sheet(questionnaire=edition.sha256, group=group, form="full", answers=characters, ticket=ticket)
            rounds.sheets.hand_in(
                pack(sheet, codes.new_code(codes.RECEIPT_LENGTH)), questionnaire=edition.questionnaire
            )
    return path


@pytest.fixture
def closed(shared: Path) -> Path:
    with open_project(shared) as project:
        Rounds(project).close("autumn")
    return shared


def test_nothing_is_told_before_the_round_is_closed(selfassess: Command, shared: Path) -> None:
    done = selfassess("--project", str(shared), "report")
    assert (done.code, done.out) == (2, "")
    assert "selfassess round close autumn" in done.err


def test_the_only_round_is_reported_and_so_is_one_named_by_id_or_title(selfassess: Command, closed: Path) -> None:
    alone = selfassess("--project", str(closed), "report")
    assert alone.code == 0
    assert "· “Autumn 2026”" in alone.out or "\n“Autumn 2026”" in alone.out
    for name in ("autumn", "Autumn 2026"):
        assert selfassess("--project", str(closed), "report", name).out == alone.out
    other = selfassess("--project", str(closed), "report", "spring")
    assert other.code == 2
    assert "autumn" in other.err


def test_what_is_shown_is_noted_down_first(
    selfassess: Command, closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(path)

    with monkeypatch.context() as full, open_project(closed, read_only=True) as project:
        assert selfassess("--project", str(closed), "report", "--output", str(tmp_path / "no" / "report.txt")).code == 2
        assert not Rounds(project).released("autumn"), "where it can be seen before that nothing will be written"
        full.setattr("selfassess.project.atomic_files.workplace", refuse)
        assert selfassess("--project", str(closed), "report", "--output", str(tmp_path / "report.txt")).code == 2
    with open_project(closed, read_only=True) as project:
        assert Rounds(project).released("autumn")
    closed.chmod(0o400)
    assert selfassess("--project", str(closed), "report").code == 0


@pytest.mark.parametrize("what", ["report", "dashboard"])
def test_what_was_shown_can_be_shown_again_from_a_folder_that_is_only_read(
    selfassess: Command, closed: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = selfassess("--project", str(closed), "report").out
    access = os.access

    def read_only_folder(path: str | Path, mode: int, **more: Any) -> bool:
        return access(path, mode, **more) and not (mode == os.W_OK and Path(path) == closed.parent)

    monkeypatch.setattr(os, "access", read_only_folder)  # root may write everywhere
    done = selfassess("--project", str(closed), what)
    assert (done.code, done.out) == (0, before), done.err


def test_a_round_comes_in_every_format(selfassess: Command, closed: Path, tmp_path: Path) -> None:
    def report(style: str) -> str:
        return selfassess("--project", str(closed), "report", "--format", style).out

    assert json.loads(report("json"))["made_up"] is False
    assert report("csv").startswith("round,group,level,id,title,n,mean")
    assert report("markdown").startswith("# How well do we work")
    assert report("html").startswith("<!doctype html>")
    assert report("text").startswith("How well do we work")
    target = tmp_path / "report.html"
    done = selfassess("--project", str(closed), "report", "--format", "html", "--output", str(target))
    assert (done.code, done.out) == (0, "")
    assert target.read_text(encoding="utf-8") == report("html")


@pytest.mark.parametrize("command", [("report",), ("compare",), ("diff", "partnership", "skills"), ("plan", "export")])
def test_html_is_not_poured_onto_a_terminal(
    selfassess: Command, closed: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr("selfassess.cli.output.is_terminal", lambda *streams: True)
    done = selfassess("--project", str(closed), *command, "--format", "html")
    assert (done.code, done.out) == (2, "")
    assert "--output" in done.err


def test_it_can_be_narrowed_and_explained(selfassess: Command, closed: Path) -> None:
    done = selfassess("--project", str(closed), "report", "--group", "board", "--strand", "leadership")
    assert "only the view of: Board members" in " ".join(done.out.split())
    by_title = selfassess("--project", str(closed), "report", "--group", " board Members", "--strand", "leadership")
    assert by_title.out == done.out
    assert selfassess("--project", str(closed), "report", "--group", "boar").code == 2
    assert selfassess("--project", str(closed), "report", "--strand", "nothing").code == 2
    done = selfassess("--project", str(closed), "report", "--explain", "vision")
    assert "We share one picture of the difference we want to make (vision)" in done.out
    assert selfassess("--project", str(closed), "report", "--explain", "vision", "--format", "json").code == 2


def test_the_project_is_never_overwritten(selfassess: Command, closed: Path) -> None:
    before = closed.read_bytes()
    done = selfassess("--project", str(closed), "report", "--format", "csv", "--output", str(closed))
    assert done.code == 2
    assert closed.read_bytes()[:16] == before[:16]


def test_too_few_end_with_5(selfassess: Command, tmp_path: Path, leadership: Edition) -> None:
    path, edition = tmp_path / "few.selfassess", leadership
    with create(path, "shared") as project:
        rounds = Rounds(project)
        rounds.add(made_round(edition, state="new"), edition)
        rounds.open("autumn")
        rounds.close("autumn")
    done = selfassess("--project", str(path), "report")
    assert (done.code, done.out) == (5, "")
    assert "Nobody handed in" in done.err
    assert f"selfassess --project {path} round reopen autumn\n" in done.err


def test_options_of_a_round_are_for_rounds(selfassess: Command, tmp_path: Path) -> None:
    selfassess("project", "new", str(tmp_path / "mine.selfassess"))
    for options in (["--group", "board"], ["--strand", "one"]):
        done = selfassess("report", *options)
        assert done.code == 2
        assert "in a shared project" in done.err

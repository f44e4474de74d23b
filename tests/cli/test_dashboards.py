"""The command that opens a round's results: on a terminal drawn, elsewhere printed."""

from pathlib import Path

import pytest

from selfassess.definition.loader import read
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.sheet import Sheet, Ticket
from selfassess.project.project import create, open_project
from selfassess.project.rounds import Rounds
from selfassess.tui.deferred_start import DeferredStart
from selfassess.tui.launch import LaunchOptions
from tests.cli.conftest import Command
from tests.tui.made_round import HANDED_IN, made_round, sheets


@pytest.fixture
def bridge() -> Edition:
    return read(Path(__file__).parent.parent / "tui" / "dashboard.toml")


@pytest.fixture
def path(tmp_path: Path, bridge: Edition) -> Path:
    """A project with an open round in which everybody has handed in."""
    path = tmp_path / "mine.selfassess"
    with create(path, "shared") as project:
        rounds = Rounds(project)
        round = made_round(bridge, state="new", standing={})
        rounds.add(round, bridge)
        rounds.open(round.id)
        for number, (group, answers) in enumerate(sheets(bridge, HANDED_IN), start=1):
            ticket = Ticket(round=round.key, agrees=True if group == "external" else None)
            sheet = Sheet(questionnaire=bridge.sha256, group=group, form="full", answers=answers, ticket=ticket)
            rounds.papers.enter(round.id, str(number), sheet, bridge.questionnaire)
    return path


def close(path: Path) -> None:
    with open_project(path) as project:
        Rounds(project).close("autumn")


def test_before_a_round_is_closed_nothing_is_shown(selfassess: Command, path: Path) -> None:
    done = selfassess("dashboard", "autumn")
    assert done.code == 2
    assert not done.out
    assert "“Autumn 2026” is not closed" in done.err
    assert "selfassess round close autumn" in done.err


def test_without_a_terminal_the_report_is_printed_and_said_so(selfassess: Command, path: Path) -> None:
    close(path)
    done = selfassess("dashboard")
    assert done.code == 0
    assert "needs a terminal to draw on" in done.err
    assert "report autumn" in done.err
    assert done.out == selfassess("report", "autumn", "--format", "text").out
    assert "We all build from the same drawing" in done.out


def test_what_is_shown_is_noted_down_before_any_of_it_is_drawn(
    selfassess: Command, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(path)
    seen = []

    def run(options: LaunchOptions, say: object, begin: DeferredStart[RoundReport]) -> int:
        assert options.project is not None
        assert not Rounds(options.project).released("autumn")
        seen.append((begin.work(), Rounds(options.project).released("autumn")))
        return 0

    monkeypatch.setattr("selfassess.cli.dashboard.wants_plain", lambda asked: asked)
    monkeypatch.setattr("selfassess.tui.app.run", run)
    assert selfassess("dashboard", "autumn").code == 0
    ((report, released),) = seen
    assert isinstance(report, RoundReport)
    assert released
    assert "needs a terminal" in selfassess("dashboard", "autumn", "--plain").err


def test_a_round_that_is_not_there_is_named(selfassess: Command, path: Path) -> None:
    done = selfassess("dashboard", "autum")
    assert done.code == 2
    assert "autumn" in done.err


def test_a_file_that_can_only_be_read_will_do_once_it_was_shown(selfassess: Command, path: Path) -> None:
    close(path)
    first = selfassess("dashboard", "autumn")
    path.chmod(0o444)
    try:
        assert selfassess("dashboard", "autumn").out == first.out
    finally:
        path.chmod(0o644)

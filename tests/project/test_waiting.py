"""Whoever finds the file busy waits for a turn, and nobody waits for ever."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from selfassess.errors import ProjectError, ProjectInUseError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft
from selfassess.project.database import SOON, Turns, longest_pause
from selfassess.project.drafts import begin
from selfassess.project.project import Project, open_project

Start = Callable[..., "subprocess.Popen[str]"]


@dataclass
class Clock:
    """Time that passes only while somebody sleeps."""

    now: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("selfassess.project.database.time.sleep", clock.sleep)
    monkeypatch.setattr("selfassess.project.database.time.monotonic", lambda: clock.now)
    return clock


def after(tries: int) -> Callable[[], bool]:
    """An attempt that succeeds after so many that do not."""
    left = iter([False] * tries)
    return lambda: next(left, True)


def test_a_file_that_is_free_makes_nobody_wait(clock: Clock) -> None:
    turns = Turns(60)
    assert all(turns.take(after(0)) for _ in range(100))
    assert clock.slept == []


def test_who_waits_tries_until_the_file_is_free_or_patience_ends(clock: Clock) -> None:
    assert Turns(60).take(after(100))
    start = clock.now
    assert not Turns(5).take(after(1_000_000))
    assert clock.now - start == pytest.approx(5)
    assert not Turns(0).take(after(1))


def test_a_long_wait_is_said_once_and_a_short_one_never(clock: Clock) -> None:
    said: list[float] = []
    turns = Turns(60, lambda: said.append(clock.now))
    start = clock.now
    turns.take(after(3))
    assert said == []
    assert not turns.take(after(1_000_000))
    (moment,) = said
    assert SOON <= moment - start < SOON + 1


def test_even_little_patience_is_for_several_tries(clock: Clock) -> None:
    tries = 0

    def attempt() -> bool:
        nonlocal tries
        tries += 1
        return False

    assert not Turns(0.2).take(attempt)
    assert tries > 10


def test_who_had_to_wait_lets_others_go_first(clock: Clock) -> None:
    turns = Turns(60)
    turns.take(after(30))
    waited = sum(clock.slept)
    clock.slept.clear()
    assert turns.take(after(0))
    assert len(clock.slept) == 1
    assert 0 < clock.slept[0] < waited
    clock.slept.clear()
    assert turns.take(after(0))
    assert clock.slept == []


def test_pauses_grow_so_that_trying_takes_no_time_from_others_and_shrink_again_for_who_waits_very_long() -> None:
    growing = [longest_pause(tries, 0.1, 60) for tries in range(20)]
    assert growing == sorted(growing)
    assert growing[0] < 0.01
    assert growing[-1] == pytest.approx(0.4)
    shrinking = [longest_pause(1_000, waited, 60) for waited in range(5, 61)]
    assert shrinking == sorted(shrinking, reverse=True)
    assert shrinking[-1] == pytest.approx(0.05)
    assert longest_pause(1_000, 0.1, 0.2) < 0.02


def test_who_takes_their_time_is_not_held_up_by_that(clock: Clock) -> None:
    turns = Turns(60)
    turns.take(after(30))
    clock.slept.clear()
    clock.now += 5
    assert turns.take(after(0))
    assert clock.slept == []


def test_what_an_attempt_raises_ends_the_wait(clock: Clock) -> None:
    def fail() -> bool:
        raise ProjectError("The disk failed.")

    with pytest.raises(ProjectError):
        Turns(60).take(fail)
    assert clock.slept == []


@pytest.mark.slow
def test_a_file_that_does_not_become_free_is_told_as_in_use(
    personal: Project, edition: Edition, draft: Draft, start: Start
) -> None:
    writing = start("write", personal.path, "normal")
    assert writing.stdout.readline() == "ready\n"
    said: list[str] = []
    with open_project(personal.path, patience=SOON + 0.5, waits=lambda: said.append("wait")) as project:
        with pytest.raises(ProjectInUseError):
            begin(project, edition, draft)
        assert said == ["wait"]
        project.wait_no_longer_than(0.05)
        with pytest.raises(ProjectInUseError):
            begin(project, edition, draft)
        assert said == ["wait"]
        writing.communicate("\n")
        begin(project, edition, draft)


@pytest.mark.slow
def test_of_twenty_that_save_as_fast_as_they_can_nobody_is_refused(tmp_path: Path, start: Start) -> None:
    """benchmarks/crowd.py has two hundred."""
    path = tmp_path / "ours.selfassess"
    together = start("save_as_fast_as_it_can", path, 20, 15)
    said, errors = together.communicate()
    assert errors == ""
    assert sorted(line.split()[1] for line in said.splitlines()) == ["15"] * 20
    assert list(tmp_path.iterdir()) == [path]
    with open_project(path) as project:
        assert project.database.first(int, "SELECT count(*) FROM drafts") == 20
        assert project.database.first(int, "SELECT sum(revision) FROM drafts") == 300

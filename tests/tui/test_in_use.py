"""While another program has the project file nothing stands still and nothing is lost."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from selfassess.model.questionnaire import Edition
from selfassess.project.project import Project
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.screens import dialogs
from tests.tui.conftest import Drive, Driven

pytestmark = pytest.mark.slow
LONGEST = 10.0
"""Seconds that a key may take here, on the busiest machine; to wait for the file takes a minute."""


@contextmanager
def in_use(project: Project) -> Iterator[None]:
    """Another program writes to the file all the while."""
    with closing(sqlite3.connect(project.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def comes(screen: Driven, what: Callable[[], bool]) -> None:
    """Wait until something is so by itself."""
    end = time.monotonic() + 10
    while not what():
        assert time.monotonic() < end, screen.text
        await asyncio.sleep(0.02)
    await screen.settle()


@pytest.fixture
def opening(project: Project, garden: Edition) -> LaunchOptions:
    return LaunchOptions(project=project, edition=garden, group="growers")


async def test_an_answer_is_saved_by_itself_when_the_file_is_free(
    drive: Drive, opening: LaunchOptions, project: Project
) -> None:
    async with drive(opening) as screen:
        await screen.press("1")
        with in_use(project):
            before = time.monotonic()
            await screen.press("4")
            assert time.monotonic() - before < LONGEST
            assert "! NOT SAVED YET: another program is using the project file." in screen.text
            assert "(*)" in screen.text
            await screen.press("enter", "2")
            assert "NOT SAVED YET" in screen.text
            assert project.drafts()[0].draft.responses == {}
        await comes(screen, lambda: "NOT SAVED" not in screen.text)
        assert "Saved in mine.selfassess" in screen.text
        assert project.drafts()[0].draft.responses == {"watering": 4, "tools": (2,)}


async def test_what_is_asked_for_is_done_when_the_file_is_free(
    drive: Drive, opening: LaunchOptions, project: Project
) -> None:
    async with drive(opening) as screen:
        with in_use(project):
            await screen.press("1")
            assert "Just a moment" in screen.text
            assert "Question 1 of" not in screen.text
        await comes(screen, lambda: "Question 1 of" in screen.text)
        await screen.press("4")
        assert len(project.drafts()) == 1


async def test_leaving_waits_until_the_answer_is_saved(drive: Drive, opening: LaunchOptions, project: Project) -> None:
    async with drive(opening) as screen:
        await screen.press("1")
        with in_use(project):
            await screen.press("4", "escape")
            assert "Just a moment" in screen.text
            assert screen.app.return_code is None
        await comes(screen, lambda: screen.app.return_code is not None)
        assert screen.app.return_code == 0
        assert project.drafts()[0].draft.responses == {"watering": 4}


async def test_who_does_not_want_to_wait_is_told_what_can_be_done(
    drive: Drive, opening: LaunchOptions, project: Project
) -> None:
    async with drive(opening) as screen:
        await screen.press("1")
        with in_use(project):
            await screen.press("4", "escape")
            await screen.press("1")
            assert "Not saved" in screen.text
            assert "is in use by another program" in screen.text
            await screen.press("2")
            assert "Question 1 of" in screen.text
        await comes(screen, lambda: "NOT SAVED" not in screen.text)


async def test_waiting_has_an_end(
    drive: Drive, opening: LaunchOptions, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "PATIENCE", 0.5)
    async with drive(opening) as screen:
        with in_use(project):
            await screen.press("1")
            await comes(screen, lambda: "Your answers cannot be saved" in screen.text)

"""One's own result on screen: at a glance, what opens, and saving it."""

import datetime
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from selfassess.model.questionnaire import Edition
from selfassess.project.drafts import begin
from selfassess.project.project import Project
from selfassess.sitting import state
from selfassess.tui.launch import LaunchOptions
from tests.tui.conftest import Drive, Driven
from tests.tui.test_screens import SIZES, WIDE, Size, holds

Open = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture
def result(drive: Drive, project: Project, partnership: Edition, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the result of a board member who answered everything, one benchmark after another worse."""
    moment = datetime.datetime(2026, 5, 31, 19, 15).astimezone()
    monkeypatch.setattr(Project, "_now", lambda _: moment)
    draft = state.start(partnership, "board")
    items = [step.item for step in state.open_steps(partnership.questionnaire, draft) if step.item]
    for place, item in enumerate(items):
        values = partnership.questionnaire.scale_of(item).values
        draft = state.respond(partnership.questionnaire, draft, item.id, values[-1 - place * len(values) // len(items)])
    begin(project, partnership, draft).hand_in(state.hand_in(partnership.questionnaire, draft))

    @asynccontextmanager
    async def opened(size: Size = (80, 24)) -> AsyncIterator[Driven]:
        async with drive(LaunchOptions(project=project, sittings=True), size) as screen:
            await screen.press("1", "1")
            yield screen

    return opened


@pytest.mark.parametrize("size", [*SIZES, WIDE, (40, 12)], ids=str)
async def test_the_result_and_what_opens_from_it(result: Open, size: Size) -> None:
    async with result(size) as screen:
        holds("result", size, screen.text)
        await screen.press("pagedown")
        holds("result-below", size, screen.text)
        await screen.press("home", "4")
        holds("result-strand", size, screen.text)
        await screen.press("1")
        holds("result-benchmark", size, screen.text)
        await screen.press("pagedown")
        holds("result-benchmark-below", size, screen.text)


async def test_neighbours_come_by_need_and_escape_leads_back(result: Open) -> None:
    async with result() as screen:
        glance = screen.text
        await screen.press("4")
        await screen.press("left")
        assert "This is the first one in this part." in screen.text
        await screen.press("right")
        assert "Managing performance\n" in screen.text
        await screen.press("escape")
        assert screen.text == glance.replace("  > 1", "    1").replace("    4 Learning", "  > 4 Learning")
        await screen.click("We learn from one another")
        assert "To ask in the room" in screen.text
        await screen.press("escape", "escape")
        assert "See its results" in screen.text or "1 " in screen.text


async def test_it_is_saved_under_a_name_and_nothing_is_replaced_unasked(result: Open) -> None:
    async with result() as screen:
        await screen.press("s", "enter")
        assert "Saved: result.html" in screen.text
        assert Path("result.html").read_text().startswith("<!doctype html>")
        Path("result.html").write_text("mine")
        await screen.press("s", "enter")
        assert "There is a file result.html already. Press Enter again to replace it." in screen.text
        assert Path("result.html").read_text() == "mine"
        await screen.press("enter")
        assert "Saved: result.html" in screen.text
        await screen.press("s", *["backspace"] * 4, *"doc", "enter")
        assert "The name has to end in .txt, .md, .html" in screen.text
        await screen.press(*["backspace"] * 3, *"md", "enter")
        assert Path("result.md").read_text().startswith("# How well do we work as a partnership?")
        await screen.press("s", "escape")
        assert "Overall" in screen.text


async def test_a_folder_that_is_not_there_is_told(result: Open) -> None:
    async with result() as screen:
        await screen.press("s", *["backspace"] * 11, *"no/such.txt", "enter")
        assert "There is no folder no." in screen.text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("~nobody-of-this-name/result.txt", "There is no folder ~nobody-of-this-name."),
        ("a" * 300 + ".txt", "cannot be used: file name too long."),
    ],
    ids=["folder", "long"],
)
async def test_a_name_that_can_be_no_file_is_told(result: Open, name: str, told: str) -> None:
    async with result() as screen:
        await screen.press("s", *["backspace"] * 11)
        await screen.press(*name, "enter")
        assert told in " ".join(screen.text.split())


async def test_in_a_wide_window_what_is_pointed_at_is_open_beside_it(result: Open) -> None:
    async with result(WIDE) as screen:
        await screen.press("down", "down", "down")
        assert "In the last year I learned something" in screen.text
        await screen.resize(99, 40)
        assert "In the last year I learned something" not in screen.text
        await screen.resize(*WIDE)
        await screen.press("up")
        assert "In the last year I learned something" not in screen.text
        assert "How the score came about" not in screen.text
        await screen.press("enter", "escape")
        assert "> 3 Managing performance" in screen.text


async def test_a_note_of_ones_own_stays_with_the_result(result: Open, project: Project) -> None:
    async with result() as screen:
        assert "Your note" not in screen.text, "only on what is open"
        await screen.press("4", "n")
        assert "Only you see it" in screen.text
        await screen.press(*"Ask Ann", "enter")
        assert "Ask Ann" in screen.text
        await screen.press("1", "n", *"Here too", "escape")
        assert "Here too" not in screen.text
        await screen.press("escape", "escape", "escape", "1", "4")
        assert "Ask Ann" in screen.text
        (sheet,) = project.sheets()
        assert sheet.notes == {"learning": "Ask Ann"}
        await screen.press("escape", "escape", "2", "enter", "4")  # the answers are changed
        assert "Ask Ann" in screen.text
        await screen.press("n", *["backspace"] * 7, "enter")
        assert "Ask Ann" not in screen.text
        (sheet,) = project.sheets()
        assert sheet.notes == {}

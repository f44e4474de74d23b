"""The list of everything that a screen can do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from selfassess.definition.loader import read
from selfassess.model.reports import RoundReport
from selfassess.tui.dashboard_navigation import show_dashboard
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.navigator import Navigator
from selfassess.tui.screens.base import BaseScreen
from selfassess.tui.screens.palette import Palette
from selfassess.tui.widgets.key_bar import MOST
from tests.tui.conftest import Drive, Driven
from tests.tui.made_round import made_report
from tests.tui.test_dashboard import FakeKeeper
from tests.tui.test_screens import SIZES, Size, holds

Present = Callable[..., AbstractAsyncContextManager[Driven]]

PLACES: dict[str, tuple[str, ...]] = {
    "strands": (),
    "strand": ("1",),
    "benchmark": ("1", "1"),
    "item": ("1", "1", "1"),
    "findings": ("f",),
    "meeting": ("m",),
    "revealed": ("m", "space"),
}


@pytest.fixture(scope="module")
def report() -> RoundReport:
    return made_report(read(Path(__file__).parent / "dashboard.toml"))


@pytest.fixture
def present(drive: Drive, report: RoundReport) -> Present:
    """Drives the dashboard of the made-up round."""

    @asynccontextmanager
    async def shown(size: Size = (80, 24)) -> AsyncIterator[Driven]:
        def begin(navigator: Navigator) -> Callable[[], Awaitable[None]]:
            return partial(show_dashboard, navigator, report, FakeKeeper())

        async with drive(LaunchOptions(), size, begin) as screen:
            yield screen

    return shown


def base(screen: Driven) -> BaseScreen[object]:
    assert isinstance(screen.app.screen, BaseScreen)
    return screen.app.screen


@pytest.mark.parametrize("size", [*SIZES, (40, 12)], ids=str)
async def test_everything_is_listed_with_its_key(present: Present, size: Size) -> None:
    async with present(size) as screen:
        await screen.press("ctrl+p")
        holds("palette", size, screen.text)
        await screen.press(*"fin")
        holds("palette-found", size, screen.text)


@pytest.mark.parametrize("place", PLACES)
async def test_few_keys_are_named_and_the_list_holds_the_rest(present: Present, place: str) -> None:
    async with present() as screen:
        await screen.press(*PLACES[place])
        named = base(screen).bar.keys
        assert len(named) <= MOST
        assert named[-1].key == "ctrl+p"
        listed = {one.key for one in base(screen).commands()}
        moving = {"enter", "pagedown", "left", "right", "ctrl+p"}
        assert {one.key for one in named} - moving <= listed
        assert len(listed) == len(base(screen).commands())


@pytest.mark.parametrize("place", ["strands", "benchmark"])
async def test_whatever_is_listed_is_a_key_too_and_does_the_same(present: Present, place: str) -> None:
    async with present() as screen:
        await screen.press(*PLACES[place])
        commands = [one for one in base(screen).commands() if one.key != "escape"]
    for one in commands:
        async with present() as screen:
            await screen.press(*PLACES[place])
            before = screen.text, screen.app.theme
            await screen.press(one.key)
            by_key = screen.text, screen.app.theme
            assert by_key != before, one
        async with present() as screen:
            screen.app.theme = before[1]
            await screen.press(*PLACES[place], "ctrl+p", *one.words, "enter")
            assert (screen.text, screen.app.theme) == by_key, one


async def test_what_is_typed_at_once_is_taken_in_its_order(present: Present) -> None:
    async with present() as screen:
        await screen.press("ctrl+p", *"who", "enter", "pagedown", "ctrl+p", *"comm", "enter")
        assert "What people wrote" in screen.text
        await screen.press("escape")
        assert "How well do we build this bridge" in screen.text


async def test_enter_waits_for_what_the_last_letter_finds(present: Present) -> None:
    async with present() as screen:
        await screen.press("ctrl+p", *"zz", "backspace", "backspace", *"meeting", "enter")
        assert "Which drawing does each of us have on the wall?" in screen.text


async def test_it_is_left_without_doing_anything(present: Present) -> None:
    async with present() as screen:
        before = screen.text
        for key in ("escape", "ctrl+p"):
            await screen.press("ctrl+p", *"find", key)
            assert screen.text == before
        await screen.press("ctrl+p", *"nothing like it")
        await screen.pilot.pause(0.7)  # nothing is said of it before
        await screen.press("enter")
        assert "No matches found" in screen.text
        await screen.press("escape")
        assert screen.text == before


async def test_arrows_and_the_mouse_choose(present: Present) -> None:
    async with present() as screen:
        await screen.click("Ctrl+P More")
        await screen.press("down", "enter")
        assert "Strengths to celebrate" in screen.text
        await screen.click("Ctrl+P More")
        await screen.click("Comments: what people wrote")
        assert "random order" in screen.text


async def test_the_cursor_of_the_terminal_is_where_one_types(present: Present) -> None:
    async with present() as screen:
        await screen.press("ctrl+p", *"fin")
        x, y = screen.app.cursor_position
        assert screen.text.splitlines()[y][:x].strip("│ ") == "fin"


async def test_ctrl_c_leaves_the_program_from_there_too(present: Present) -> None:
    async with present() as screen:
        await screen.press("ctrl+p")
        assert isinstance(screen.app.screen, Palette)
        await screen.press("ctrl+c")
        assert screen.app.return_code == 0


async def test_where_all_keys_are_named_there_is_no_list(questions: Drive) -> None:
    async with questions() as screen:
        before = screen.text
        await screen.press("ctrl+p")
        assert screen.text == before

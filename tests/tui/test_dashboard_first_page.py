"""The first page of a dashboard: all that stands on it, and what it shows with it in a large window."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from rich.segment import Segment
from textual import events
from textual.containers import VerticalScroll

from selfassess.dates import today
from selfassess.documents.blocks import COLOURS
from selfassess.project.plans import Plans
from selfassess.project.project import Project, open_project
from selfassess.project.rounds import Rounds
from selfassess.services.demo import LATER
from selfassess.tui.dashboard_navigation import open_dashboard
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.navigator import Navigator
from tests.tui.conftest import Drive, Driven
from tests.tui.test_screens import WIDE, Size

pytestmark = pytest.mark.slow

STRANDS = (
    "Leadership and vision",
    "Organisation and involvement",
    "Managing performance",
    "Learning and development",
)

Present = Callable[[Size], AbstractAsyncContextManager[Driven]]


@pytest.fixture(scope="module")
def demo(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_project(shutil.copyfile(demonstration, tmp_path_factory.mktemp("demo") / "demo.selfassess")) as project:
        yield project


@pytest.fixture
def present(drive: Drive, demo: Project) -> Present:
    @asynccontextmanager
    async def shown(size: Size) -> AsyncIterator[Driven]:
        def begin(navigator: Navigator) -> Callable[[], Awaitable[None]]:
            return partial(open_dashboard, navigator, demo, Rounds(demo).get(LATER))

        async with drive(LaunchOptions(project=demo), size, begin) as screen:
            yield screen

    return shown


def segments(screen: Driven, words: str) -> list[Segment]:
    """The line with these words, with its styles."""
    strips = screen.app.screen._compositor.render_strips()
    return list(next(strip for strip in strips if words in strip.text))


def backgrounds(screen: Driven, words: str) -> set[str]:
    found = {segment.style.bgcolor.name.upper() for segment in segments(screen, words)
             if segment.style and segment.style.bgcolor}  # fmt: skip  # as one set
    return found & {colour.upper() for colour in COLOURS}


def underlined(screen: Driven, words: str) -> bool:
    return any(segment.style and segment.style.underline for segment in segments(screen, words))


async def mouse(screen: Driven, kind: type[events.MouseEvent], words: str) -> None:
    lines = screen.text.splitlines()
    row = next(number for number, line in enumerate(lines) if words in line)
    button = 1 if kind is events.MouseDown else 0
    screen.app.post_message(kind(None, lines[row].index(words), row, 0, 0, button, False, False, False))
    await screen.settle()


@pytest.mark.parametrize("size", [(80, 24), (60, 24), (120, 40), (120, 24)], ids=str)
async def test_all_strands_the_plan_and_what_moved_are_seen_without_a_key(present: Present, size: Size) -> None:
    async with present(size) as screen:
        for words in ("Overall", *STRANDS, "The plan: ", "Since the last round: 1 moved up"):
            assert words in screen.text
        assert "Page 1 of" not in screen.text
        assert "OVERDUE" in screen.text


async def test_the_plan_opens_from_there_and_what_is_changed_in_it_is_told(present: Present, demo: Project) -> None:
    before = sum(one.is_open for one in Plans(demo).all())
    async with present((80, 24)) as screen:
        assert f"The plan: {before} to do" in screen.text
        await screen.click("The plan: ")
        assert "Sit down with two people" in screen.text
        await screen.press("1", "1", "4", "escape", "escape")
        assert f"The plan: {before - 1} to do" in screen.text
        assert "> 5 The plan" in screen.text
    done = next(one for one in Plans(demo).all() if one.done == today())
    assert done.text.startswith("Sit down")


async def test_what_moved_opens_without_asking_which_round_is_meant(present: Present) -> None:
    async with present((80, 24)) as screen:
        before = screen.text
        await screen.press("6")
        assert "19 who answered both times" in screen.text
        assert all(strand in screen.text for strand in STRANDS)
        await screen.press("escape")
        assert screen.text.replace("> 6", "  6") == before.replace("> 1", "  1")
        await screen.press("g", "6")
        assert "Board members" in screen.text.splitlines()[2]
        assert "11 now" in screen.text


async def test_in_a_large_window_groups_stand_side_by_side_with_what_is_pointed_at_below(present: Present) -> None:
    async with present(WIDE) as screen:
        line = next(line for line in screen.text.splitlines() if "Managing performance" in line)
        assert line.split() == ["2", "Managing", "performance", "54", "67", "47", "▼", "46", "▼", "groups", "differ"]
        assert backgrounds(screen, "Managing performance") == {"#F2D96B", "#F1A340"}
        answers = "Local families know what this partnership offers them."
        assert "|========7=========|-1-|+1+|#######6#######|" in screen.text
        assert {"#B35806", "#542788"} <= backgrounds(screen, answers)
        await screen.press("down")
        assert answers not in screen.text
        assert "What people said" in screen.text
        await screen.press("down", "down", "down")
        assert "Sit down with two people" in screen.text
        await screen.press("down")
        assert "19 who answered both times" in screen.text


async def test_the_item_that_is_pointed_at_is_shown_with_every_group(present: Present) -> None:
    async with present(WIDE) as screen:
        await screen.press("1", "1")
        await screen.press("down", "down")
        below = screen.text.partition("────")[2]
        assert "Local families know what this partnership offers them." in below
        for words in ("Strongly disagree: 7", "Agreement 0.08", "Staff"):
            assert words in below
        await screen.press("enter")
        assert "The favourable end of a row is on the right." in screen.text
        assert "────" not in screen.text, "where nothing is pointed at, the page has the window to itself"


async def test_what_is_shown_below_is_read_on_where_the_page_has_ended(present: Present) -> None:
    async with present(WIDE) as screen:
        await screen.press("1")
        page, below = pages(screen)
        assert page.max_scroll_y > 0
        await screen.press("pagedown")
        assert (page.scroll_y, below.scroll_y) == (page.max_scroll_y, 0)
        assert below.max_scroll_y > 0
        await screen.press("pagedown")
        assert below.scroll_y > 0
        await screen.press("pageup")
        assert (page.scroll_y, below.scroll_y) == (page.max_scroll_y, 0)
        await screen.press("pagedown", "down")
        assert below.scroll_y == 0, "what comes next is shown from its beginning"
        await screen.press("pageup")
        assert page.scroll_y == 0


async def test_a_click_on_what_is_shown_below_opens_it(present: Present) -> None:
    async with present(WIDE) as screen:
        await screen.press("down")
        below = pages(screen)[1]
        before = below.styles.background
        await mouse(screen, events.MouseMove, "What people said")
        assert below.styles.background != before, "what opens stands out"
        await screen.click("What people said")
        by_click = screen.text.partition("────")[0]
        assert "Our goals have people, time and money behind them" in by_click
    async with present(WIDE) as screen:
        await screen.press("2")
        assert screen.text.partition("────")[0] == by_click


def pages(screen: Driven) -> list[VerticalScroll]:
    """The page, and what is shown below it."""
    return list(screen.app.screen.query(VerticalScroll))


async def test_a_window_that_grows_shows_more_and_one_that_shrinks_less(present: Present) -> None:
    async with present((80, 24)) as screen:
        small = screen.text
        await screen.resize(120, 40)
        assert "What people said" in screen.text
        await screen.resize(80, 24)
        assert screen.text == small


async def test_what_the_mouse_is_on_and_what_it_holds_down_stand_out(present: Present) -> None:
    async with present((80, 24)) as screen:
        for words in ("Leadership and vision", "M Meeting"):
            assert not underlined(screen, words)
            await mouse(screen, events.MouseMove, words)
            assert underlined(screen, words)
            await mouse(screen, events.MouseDown, words)
            assert any(segment.style and segment.style.reverse for segment in segments(screen, words))
            await mouse(screen, events.MouseMove, "Overall")
            assert not underlined(screen, words)

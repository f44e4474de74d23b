import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen

from selfassess.definition.loader import read
from selfassess.errors import ProjectError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Sheet
from selfassess.project.project import Project, create
from selfassess.sitting import state
from selfassess.sitting.session import Sitting
from selfassess.tui.app import Between, SelfAssess
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.navigator import Begin
from selfassess.tui.screens.list_screen import ListScreen

HAND_IN = ("r", "down", "down", "enter", "down", "enter")
"""From a question to handing in, where something is left open."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whatever drives the screens takes its time."""
    if "drive" in getattr(item, "fixturenames", ()):
        item.add_marker("slow")


@dataclass
class FakeSaver:
    """Keeps drafts in a list, and fails for as long as it is told to."""

    where: str = "mine.selfassess"
    code: str | None = None
    again: bool = False
    saved: list[Draft] = field(default_factory=list)
    handed_in: list[Sheet] = field(default_factory=list)
    trouble: ProjectError | None = None

    def save(self, draft: Draft) -> None:
        if self.trouble:
            raise self.trouble
        self.saved.append(draft)

    def hand_in(self, sheet: Sheet) -> str:
        if self.trouble:
            raise self.trouble
        self.handed_in.append(sheet)
        return "K7QM-3RTP-9XWD-A2CD-EFGH"

    def discard(self) -> None:
        self.saved.clear()


@dataclass
class Driven:
    """A program that is being driven."""

    app: SelfAssess
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys one right after the other, as fast as a terminal hands them over."""
        await self.app._press_keys(keys)
        await self.settle()

    async def settle(self) -> None:
        """Wait until all that follows is done, laid out and drawn: until every task waits, and the screen has nothing
        to do at its next turn. How busy the computer is makes no difference: nothing is done in threads, and turns are
        taken here and not by the clock."""
        while True:
            await _until_all_wait()
            if self.app.return_code is not None:
                return
            screen = self.app.screen
            if _has_work(screen):
                screen._on_timer_update()
            elif isinstance(screen, Between) or self.app._batch_count or self.app.animator._animations:
                await asyncio.sleep(0.001)  # something moves by the clock, or is not to be drawn yet
            else:
                return

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        self.app._check_resize()  # it waits whether another size follows
        await self.settle()

    async def click(self, words: str) -> None:
        """Click on words that are on the screen."""
        lines = self.text.splitlines()
        row = next(number for number, line in enumerate(lines) if words in line)
        for kind in (events.MouseDown, events.MouseUp):
            self.app.post_message(kind(None, lines[row].index(words), row, 0, 0, 1, False, False, False))
        await self.settle()

    async def choose(self, words: str) -> None:
        """Go to a line of a list with the arrow keys, also where it is out of view, and choose it."""
        screen = self.app.screen
        assert isinstance(screen, ListScreen)
        at = next(place for place, line in enumerate(screen.lines) if line.option.label.startswith(words))
        by = at - (screen.options.pointer or 0)
        await self.press(*["down" if by > 0 else "up"] * abs(by), "enter")

    @property
    def text(self) -> str:
        """What is on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips) + "\n"

    @property
    def draft(self) -> Draft:
        assert self.app.navigator.sitting
        return self.app.navigator.sitting.draft


async def _until_all_wait() -> None:
    """Let others take their turns until none of them can go on by itself."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]  # what the loop goes on with at once
    await asyncio.sleep(0)
    while ready:
        await asyncio.sleep(0)


def _has_work(screen: Screen[Any]) -> bool:
    """Whether there is something that a screen does at its turns, of which Textual has sixty a second."""
    if screen._callbacks:
        return True
    drawing = screen._layout_required, screen._scroll_required, screen._repaint_required, screen._recompose_required
    return not screen.app._batch_count and (any(drawing) or bool(screen._dirty_widgets))


Drive = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture(scope="session")
def garden() -> Edition:
    return read(Path(__file__).parent / "garden.toml")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.chdir(tmp_path)  # so that its path is as short as the name
    with create(Path("mine.selfassess"), "personal") as made:
        yield made


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.chdir(tmp_path)
    codes = {12: "K7QM-3RTP-9XWD", 20: "K7QM-3RTP-9XWD-A2CD-EFGH"}
    monkeypatch.setattr("selfassess.project.codes.new_code", codes.__getitem__)
    with create(Path("ours.selfassess"), "shared") as made:
        yield made


@pytest.fixture
def saver() -> FakeSaver:
    return FakeSaver()


@pytest.fixture
def sitting(garden: Edition, saver: FakeSaver) -> Sitting:
    return Sitting(garden, state.start(garden, "growers"), saver, dated=True)


@pytest.fixture(scope="session")
def styles_read_once() -> Iterator[None]:
    """Programs that are driven have the same styles, in one of a few themes: reading them takes a tenth of a start."""
    read = Stylesheet._parse_rules
    found: dict[object, list[RuleSet]] = {}

    def once(sheet: Stylesheet, css: str, *where: object, **how: object) -> list[RuleSet]:
        key = css, where, *sorted(how.items()), *sorted(sheet._variables.items())
        if key not in found:
            found[key] = read(sheet, css, *where, **how)  # type: ignore[arg-type]  # as it is called
        return found[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", once)
        yield


@pytest.fixture
def drive(styles_read_once: None, monkeypatch: pytest.MonkeyPatch) -> Drive:
    """Drives the program from where it is launched, at some size."""

    async def at_once(*_: float) -> None:
        """In place of Textual's wait after each key, in which a person would see nothing more happen."""

    def undrawn(compositor: Compositor, **_: object) -> None:
        """In place of what Textual works out for a terminal, of which there is none: `text` draws the whole screen."""
        compositor._dirty_regions.clear()

    monkeypatch.setattr("selfassess.tui.typed_ahead.SHOWN", 3600)  # a test goes on by Enter, or asks for the moment
    monkeypatch.setattr("textual._compositor.Compositor.render_update", undrawn)
    monkeypatch.setattr("textual.app.wait_for_idle", at_once)
    monkeypatch.setattr("textual.pilot.wait_for_idle", at_once)

    @asynccontextmanager
    async def opened(
        options: LaunchOptions, size: tuple[int, int] = (80, 24), begin: Begin | None = None
    ) -> AsyncIterator[Driven]:
        app = SelfAssess(options, begin)
        async with app.run_test(size=size) as pilot:
            driven = Driven(app, pilot)
            await driven.settle()
            yield driven

    return opened


@pytest.fixture
def questions(drive: Drive, garden: Edition, saver: FakeSaver, monkeypatch: pytest.MonkeyPatch) -> Drive:
    """Drives the program from the first question of the garden, saved by the fake."""
    monkeypatch.setattr("selfassess.project.drafts.Unsaved", lambda: saver)

    @asynccontextmanager
    async def driven(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driven]:
        async with drive(LaunchOptions(edition=garden, group="growers"), size) as screen:
            await screen.press("1")
            yield screen

    return driven

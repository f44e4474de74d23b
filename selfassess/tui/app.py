"""The Textual app: starting and ending, the order of keys, the terminal's cursor, and small windows."""

import gc
import os
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

from textual import events, work
from textual.app import App
from textual.driver import Driver
from textual.geometry import Offset, Size
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from selfassess.system import end_in_order, on_closing
from selfassess.tui import preferences, themes
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.navigator import Begin, LeaveProgram, Navigator
from selfassess.tui.screens.base import BaseScreen, TakesKeys
from selfassess.tui.screens.window_too_small import SMALLEST, WindowTooSmall
from selfassess.tui.typed_ahead import OwnTurn

MARGIN = Offset(1, 1)
"""Where the cursor is on screens with nothing to choose: before the first line."""
CTRL_C = 130
"""The exit code after a Ctrl+C."""
AGAIN = 0.5
"""Seconds between attempts to save what could not be saved."""
SHOW_CURSOR = "\x1b[?25h"


def run(options: LaunchOptions, say: Callable[[str], None] | None = None, begin: Begin | None = None) -> int:
    """Run the app until the person leaves it. Returns the exit code.

    SelfAssessError, before anything is drawn, if what was asked for cannot be opened. An unexpected exception is
    raised again here, after the terminal was restored; answers are saved by then. `say` is called with the farewell.
    Callers do well to disable the garbage collector before they import this (nothing that is loaded is garbage); it is
    enabled once the first screen is drawn.
    """
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # an empty one does not count, but Textual thinks it does
    app = SelfAssess(options, begin)
    app.run()
    end_in_order()  # while the app ran, it handled signals itself
    if app.fault:
        raise app.fault
    if say and app.navigator.farewell:
        say(app.navigator.farewell)
    return 1 if app.return_code is None else app.return_code


class Between(Screen[None], inherit_bindings=False):
    """The bottom of the stack: on top between the dismissal of one screen and the push of the next. It takes no keys,
    and is never drawn, so that the terminal shows the last screen until the next one is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._undrawn = ExitStack()

    def on_screen_resume(self) -> None:
        self._undrawn.enter_context(self.app.batch_update())

    def on_screen_suspend(self) -> None:
        self._undrawn.close()


def _first_theme(app: "SelfAssess") -> str:
    return themes.chosen(remembered=app.remembered.theme)


class SelfAssess(App[None], inherit_bindings=False):
    """Runs the navigation in a worker, and hands keys to its screens."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    theme: Reactive[str] = Reactive(Initialize(_first_theme))
    ansi_theme_dark = Reactive(themes.ANSI_DARK, init=False)
    ansi_theme_light = Reactive(themes.ANSI_LIGHT, init=False)

    def __init__(self, options: LaunchOptions, begin: Begin | None = None) -> None:
        self.remembered = preferences.read()
        """What was chosen before this start."""
        # Without colours those of the terminal are used. Nothing is said by colour alone.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._disable_tooltips = self._disable_notifications = (
            True  # unused, but every screen would mount widgets for them
        )
        self.fault: Exception | None = None
        self.navigator = Navigator(options, self)
        self._run = (begin or _navigation())(self.navigator)
        self._typed: deque[events.Key | events.Paste] = deque()
        """Keys and pastes that no screen has taken yet."""
        self.waits_for_enter = self.remembered.waits_for_enter
        """Whether a question stays after it was answered, until Enter is pressed."""
        self.own_turn: OwnTurn | None = None
        """The last page that turned by itself."""

    def on_mount(self) -> None:
        self.navigate()
        if not self.is_headless:
            on_closing(self.navigator.save, self.navigator.close, self.stop)
        self.set_interval(AGAIN, self.keep_saving)

    @work
    async def navigate(self) -> None:
        """Show one screen after another until the person leaves."""
        with suppress(LeaveProgram):
            await self._run()
        self.end(self.navigator.end())

    def stop(self, code: int) -> None:
        """Exit because a signal says so, unless it is the Ctrl+C that ends a command in the place of the screens."""
        if not (self.navigator.lends_terminal and code == CTRL_C):
            self.end(code)

    def end(self, code: int) -> None:
        """Exit with this code."""
        self.exit(return_code=code)

    def keep_saving(self) -> None:
        """Retry to save what could not be saved, and show whether that worked."""
        if self.navigator.sitting and self.navigator.sitting.trouble:
            self.navigator.save()
            if self.top and self.top.is_mounted:
                self.top.show_state()

    @property
    def top(self) -> BaseScreen[Any] | None:
        """The screen that people see. None between two of them, and when the app is ending."""
        screen = self._uppermost
        return screen if isinstance(screen, BaseScreen) else None

    @property
    def _uppermost(self) -> Screen[Any] | None:
        """The same, or the palette on top of it."""
        return self.screen_stack[-1] if self.screen_stack else None

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Queue keys and pastes. A screen takes them one by one, in order; the next screen takes those it leaves."""
        if isinstance(event, events.Key | events.Paste):
            self.app_focus = True  # as Textual does: a window that gets keys has the focus
            self._typed.append(event)
            await self._hand_out_keys()
        else:
            await super().on_event(event)

    async def on_base_screen_ready(self, message: BaseScreen.Ready) -> None:  # noqa: ARG002  # Textual hands it over
        if self.top and self.top.is_ready:
            self.call_after_refresh(gc.enable)
        self._check_size(self.size)
        await self._hand_out_keys()

    async def _hand_out_keys(self) -> None:
        while self._typed and isinstance(screen := self._uppermost, TakesKeys) and screen.is_ready:
            event = self._typed.popleft()
            if not (self.own_turn and self.own_turn.leaves_out(event)):
                await screen.take(event)

    def list_commands(self) -> None:
        """List everything that the screen can do, to choose from."""
        from selfassess.tui.screens.palette import Palette

        self.push_screen(Palette())

    # What Textual asks for

    def get_default_screen(self) -> Screen[None]:
        return Between()

    @property
    def available_themes(self) -> dict[str, Theme]:
        return dict(themes.THEMES)

    def get_driver_class(self) -> type[Driver]:
        return _with_cursor(super().get_driver_class())

    @property
    def cursor_position(self) -> Offset:
        """Where to put the terminal's cursor. Textual asks at every repaint, after layout."""
        screen = self._uppermost
        widget = screen and (screen.focused or getattr(screen, "options", None))
        return getattr(widget, "cursor_screen_offset", MARGIN)

    @cursor_position.setter
    def cursor_position(self, offset: Offset) -> None:
        """Ignored: Textual's fields set it, but it is read from them instead."""

    def on_resize(self, event: events.Resize) -> None:
        self._check_size(event.size)

    def _check_size(self, size: Size) -> None:
        is_small = size.width < SMALLEST[0] or size.height < SMALLEST[1]
        is_covered = isinstance(self.top, WindowTooSmall)
        if is_small and self.top and not is_covered:
            self.push_screen(WindowTooSmall(self.navigator.command), self._leave_small)
        elif is_covered and not is_small:
            self.pop_screen()

    def _leave_small(self, leaves: bool | None) -> None:
        if leaves:
            self.navigator.save()
            self.end(self.navigator.end())

    def panic(self, *renderables: object) -> None:  # noqa: ARG002  # they must not be shown
        """Print nothing: Textual would print every local variable, answers among them. `run` raises the exception."""
        self.fault = self.fault or RuntimeError("Textual gave up")
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        self.fault = self.fault or error
        super()._handle_exception(error)


def _navigation() -> Begin:
    from selfassess.tui.navigation import begin  # dashboards begin elsewhere, and are there sooner without it

    return begin


def _with_cursor(driver: type[Driver]) -> type[Driver]:
    """The driver, with the terminal's own cursor visible: magnifiers and braille displays follow it."""

    class Showing(driver):  # type: ignore[valid-type,misc]  # the operating system decides which driver it is
        def start_application_mode(self) -> None:
            super().start_application_mode()
            self.write(SHOW_CURSOR)
            self.flush()

    return Showing

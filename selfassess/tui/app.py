"""The program on screen: its keys, the terminal's cursor, the window's size, and what happens at the end."""

import gc
import os
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, suppress

from textual import events, work
from textual.app import App
from textual.driver import Driver
from textual.geometry import Offset
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from selfassess.system import end_in_order, on_closing
from selfassess.tui import themes
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.navigation import begin as begin_sitting
from selfassess.tui.screens.base import SMALLEST, BaseScreen, WindowTooSmall
from selfassess.tui.session import Begin, LeaveProgram, Session

MARGIN = Offset(1, 1)
"""Where the cursor waits on screens with nothing to choose: before the first line."""
AGAIN = 0.5
"""Seconds after which it is tried again to save what could not be saved."""
SHOW_CURSOR = "\x1b[?25h"


def run(options: LaunchOptions, say: Callable[[str], None] | None = None, begin: Begin = begin_sitting) -> int:
    """Open the program and stay in it until the person leaves: the exit code.

    SelfAssessError, before anything is drawn, where what was asked for cannot be opened. Our own fault is raised
    again here once the terminal is as it was; what was answered is saved by then. `say` gets the words that are
    left on the terminal afterwards. The garbage collector, which is better kept off until here (nothing that is
    loaded on the way is garbage), is on once the first screen is drawn.
    """
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # empty, it does not count; to Textual it would
    app = SelfAssess(options, begin)
    app.run()
    end_in_order()  # which the screens did in their own way meanwhile
    if app.fault:
        raise app.fault
    if say and app.session.farewell:
        say(app.session.farewell)
    return 1 if app.return_code is None else app.return_code


class Between(Screen[None], inherit_bindings=False):
    """Below every other screen, and so on top while navigation goes from one to the next. It takes no keys, and is
    never drawn: what was drawn last stays in view until the next screen is."""

    def __init__(self) -> None:
        super().__init__()
        self._undrawn = ExitStack()

    def on_screen_resume(self) -> None:
        self._undrawn.enter_context(self.app.batch_update())

    def on_screen_suspend(self) -> None:
        self._undrawn.close()


class SelfAssess(App[None], inherit_bindings=False):
    """Runs the navigation, and does what Textual has to be asked for."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    theme: Reactive[str] = Reactive(themes.chosen)
    ansi_theme_dark = Reactive(themes.ANSI_DARK, init=False)
    ansi_theme_light = Reactive(themes.ANSI_LIGHT, init=False)

    def __init__(self, options: LaunchOptions, begin: Begin = begin_sitting) -> None:
        # Without colours the terminal's own are used, and every sign is in the text.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._disable_tooltips = self._disable_notifications = True  # every screen would have widgets for them
        self.fault: Exception | None = None
        self.session = Session(options, self)
        self._run = begin(self.session)
        self._typed: deque[events.Key | events.Paste] = deque()
        """What was typed and pasted, and no screen has taken yet."""

    def on_mount(self) -> None:
        self.navigate()
        if not self.is_headless:
            on_closing(self.session.save, self.session.close, self.end)
        self.set_interval(AGAIN, self.keep_saving)

    @work
    async def navigate(self) -> None:
        """Show one screen after the other, until the person leaves."""
        with suppress(LeaveProgram):
            await self._run()
        self.end(self.session.end())

    def end(self, code: int) -> None:
        """Leave the program with an exit code."""
        self.exit(return_code=code)

    def keep_saving(self) -> None:
        """Save what another program was in the way of, and show that it is saved."""
        if self.session.sitting and self.session.sitting.trouble:
            self.session.save()
            if isinstance(self.screen, BaseScreen) and self.screen.is_mounted:
                self.screen.show_state()

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Keep what is typed and pasted in its order: the next screen takes what this one leaves."""
        if isinstance(event, events.Key | events.Paste):
            self.app_focus = True  # as Textual has it: a key comes only where the window has the focus
            self._typed.append(event)
            await self._hand_out_keys()
        else:
            await super().on_event(event)

    async def on_base_screen_ready(self, message: BaseScreen.Ready) -> None:  # noqa: ARG002  # Textual hands it over
        if isinstance(self.screen, BaseScreen) and self.screen.is_ready:
            self.call_after_refresh(gc.enable)
        await self._hand_out_keys()

    async def _hand_out_keys(self) -> None:
        while self._typed and isinstance(self.screen, BaseScreen) and self.screen.is_ready:
            await self.screen.take(self._typed.popleft())

    # What Textual has to be asked for

    def get_default_screen(self) -> Screen[None]:
        return Between()

    @property
    def available_themes(self) -> dict[str, Theme]:
        return dict(themes.THEMES)

    def get_driver_class(self) -> type[Driver]:
        return _with_cursor(super().get_driver_class())

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor stands. Asked for at every repaint, when the places of all widgets are known."""
        screen = self.screen_stack[-1] if self.screen_stack else None
        widget = screen and (screen.focused or getattr(screen, "options", None))
        return getattr(widget, "cursor_screen_offset", MARGIN)

    @cursor_position.setter
    def cursor_position(self, offset: Offset) -> None:
        """Fields tell where theirs is; it is asked of them instead."""

    def on_resize(self, event: events.Resize) -> None:
        is_small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        if is_small and not isinstance(self.screen, WindowTooSmall):
            self.push_screen(WindowTooSmall(self.session.command), self._leave_small)
        elif not is_small and isinstance(self.screen, WindowTooSmall):
            self.pop_screen()

    def _leave_small(self, leaves: bool | None) -> None:
        if leaves:
            self.session.save()
            self.end(self.session.end())

    def panic(self, *renderables: object) -> None:  # noqa: ARG002  # they are what must not be shown
        """Textual would print what went wrong with every local variable, answers among them. `run` raises it."""
        self.fault = self.fault or RuntimeError("Textual gave up")
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        self.fault = self.fault or error
        super()._handle_exception(error)


def _with_cursor(driver: type[Driver]) -> type[Driver]:
    """The driver, with the terminal's own cursor in view: magnifiers and braille displays follow it."""

    class Showing(driver):  # type: ignore[valid-type,misc]  # which driver it is, the system decides
        def start_application_mode(self) -> None:
            super().start_application_mode()
            self.write(SHOW_CURSOR)
            self.flush()

    return Showing

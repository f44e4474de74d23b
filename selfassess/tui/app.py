"""The program on screen: themes, the terminal's cursor, the window's size, and what happens at the end."""

import gc
import os
from collections.abc import Callable

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Offset
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from selfassess.system import end_in_order, on_closing
from selfassess.tui import terminal, themes
from selfassess.tui.flow import Flow
from selfassess.tui.opening import Opening
from selfassess.tui.screens.base import Base
from selfassess.tui.screens.small import SMALLEST, Small
from selfassess.tui.stage import Stage

MakeFlow = Callable[[Opening, Stage], Flow]
"""Makes the way through the program: the one for answering, or that of a round's results."""
MARGIN = Offset(1, 1)
"""Where the cursor waits on screens with nothing to choose: before the first line."""
PATIENCE = 0.2
"""Seconds to wait for a project file that is in use, while nothing moves on the screen."""
AGAIN = 0.5
"""Seconds after which it is tried again to save what could not be saved."""


def run(opening: Opening, say: Callable[[str], None] | None = None, make: MakeFlow = Flow) -> int:
    """Open the program and stay in it until the person leaves: the exit code.

    SelfAssessError, before anything is drawn, where what was asked for cannot be opened. Our own fault is raised
    again here once the terminal is as it was; what was answered is saved by then. `say` gets the words that are
    left on the terminal afterwards. The garbage collector, which a caller does well to keep off until here (nothing
    that is loaded on the way is garbage), is on once the first screen is drawn.
    """
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # empty, it does not count; to Textual it would
    app = SelfAssess(opening, make)
    app.run()
    end_in_order()  # which the screens did in their own way meanwhile
    if app.fault:
        raise app.fault
    if say and app.flow.farewell:
        say(app.flow.farewell)
    return 1 if app.return_code is None else app.return_code


class SelfAssess(App[None], inherit_bindings=False):
    """Holds the flow, and does what Textual has to be asked for."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    theme: Reactive[str] = Reactive(themes.chosen)
    ansi_theme_dark = Reactive(themes.ANSI_DARK, init=False)
    ansi_theme_light = Reactive(themes.ANSI_LIGHT, init=False)

    def __init__(self, opening: Opening, make: MakeFlow = Flow) -> None:
        # Without colours the terminal's own are used, and every sign is in the text.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.fault: Exception | None = None
        self.flow = self._without_waits(make(opening, self))
        self._first = self.flow.first()

    def get_default_screen(self) -> Screen[None]:
        return self._first

    def on_mount(self) -> None:
        self.call_after_refresh(gc.enable)
        if not self.is_headless:
            on_closing(self.flow.save, self.flow.close, self.end)
        self.set_interval(AGAIN, self.keep_saving)

    def keep_saving(self) -> None:
        """Save what another program was in the way of, and show that it is saved."""
        if self.flow.sitting and self.flow.sitting.trouble:
            self.flow.save()
            if isinstance(self.screen, Base) and self.screen.is_mounted:
                self.screen.show_state()

    # What the flow asks for

    def follow(self, flow: Flow) -> None:
        self.flow = self._without_waits(flow)
        self.show(flow.first())
        self.call_after_refresh(gc.enable)

    def _without_waits(self, flow: Flow) -> Flow:
        """A flow whose project keeps nobody waiting at a screen."""
        if flow.project:
            flow.project.wait_no_longer_than(PATIENCE)
        return flow

    def show(self, screen: Screen[None]) -> None:
        if self.screen is self._first:  # Textual cannot put another in its place
            self.push_screen(screen)
        else:
            self.switch_screen(screen)

    def lay_over(self, screen: Screen[None]) -> None:
        self.push_screen(screen)

    def lift(self) -> None:
        self.pop_screen()

    def change_colours(self) -> None:
        self.theme = themes.after(self.theme)

    def end(self, code: int) -> None:
        self.exit(return_code=code)

    # What Textual has to be asked for

    @property
    def available_themes(self) -> dict[str, Theme]:
        return dict(themes.THEMES)

    def get_driver_class(self) -> type[Driver]:
        return terminal.with_cursor(super().get_driver_class())

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
        if is_small and not isinstance(self.screen, Small):
            self.push_screen(Small(self.flow))
        elif not is_small and isinstance(self.screen, Small):
            self.pop_screen()

    def panic(self, *renderables: object) -> None:  # noqa: ARG002  # they are what must not be shown
        """Textual would print what went wrong with every local variable, answers among them. `run` raises it."""
        self.fault = self.fault or RuntimeError("Textual gave up")
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        self.fault = self.fault or error
        super()._handle_exception(error)

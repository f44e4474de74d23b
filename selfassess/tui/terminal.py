"""What the terminal itself is asked for: its own cursor, and to say when it goes away."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

from textual.driver import Driver

SHOW_CURSOR = "\x1b[?25h"


def with_cursor(driver: type[Driver]) -> type[Driver]:
    """The driver, with the terminal's own cursor in view: magnifiers and braille displays follow it."""

    class Showing(driver):  # type: ignore[valid-type,misc]
        def start_application_mode(self) -> None:
            super().start_application_mode()
            self.write(SHOW_CURSOR)
            self.flush()

    return Showing


def on_closing(save: Callable[[], object], end: Callable[[int], None]) -> None:
    """Save what is not saved yet, and end, when the window is closed or the program is told to stop. Only POSIX says
    so; elsewhere the program is gone there and then, with every answer saved as it was given."""
    loop = asyncio.get_running_loop()

    def stop(number: int) -> None:
        save()
        end(128 + number)

    def hang_up(number: int) -> None:
        save()
        signal.signal(number, signal.SIG_DFL)  # there is no terminal left to put in order
        signal.raise_signal(number)

    for name, act in (("SIGTERM", stop), ("SIGINT", stop), ("SIGHUP", hang_up)):
        if number := getattr(signal, name, None):
            with suppress(NotImplementedError):
                loop.add_signal_handler(number, act, number)

"""What the terminal itself is asked for: its own cursor."""

from textual.driver import Driver

SHOW_CURSOR = "\x1b[?25h"


def with_cursor(driver: type[Driver]) -> type[Driver]:
    """The driver, with the terminal's own cursor in view: magnifiers and braille displays follow it."""

    class Showing(driver):  # type: ignore[valid-type,misc]  # which driver it is, the system decides
        def start_application_mode(self) -> None:
            super().start_application_mode()
            self.write(SHOW_CURSOR)
            self.flush()

    return Showing

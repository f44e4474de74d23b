"""The screen that covers all others while the window is too small."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from selfassess.tui.screens.base import BaseScreen

SMALLEST = 40, 12
"""The fewest columns and lines that screens are made for."""


class WindowTooSmall(BaseScreen[bool]):
    """On top of everything while the window is too small. Returns True to leave; the screen below stays as it is."""

    def __init__(self, command: str) -> None:
        super().__init__()
        self.command = command

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Please make this window larger. Esc: leave. Or use: {self.command} take --plain"))

    def press(self, key: str) -> bool:
        if key in ("escape", "ctrl+c"):
            self.dismiss(True)
        return True

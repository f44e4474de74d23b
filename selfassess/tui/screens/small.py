"""What is shown where there is no room for anything else."""

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow

SMALLEST = 40, 12
"""Columns and lines that every screen can do with."""


class Small(Screen[None], inherit_bindings=False):
    """Lies over everything until the window is large enough. The screen below stays as it is."""

    def __init__(self, flow: "Flow") -> None:
        super().__init__()
        self.flow = flow

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key in ("escape", "ctrl+c"):
            self.flow.save()
            self.flow.leave()

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Please make this window larger. Esc: leave. Or use: {self.flow.command} take --plain"))

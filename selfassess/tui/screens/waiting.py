"""One moment, please: what is said while something is worked out that takes longer than a blink."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from selfassess.tui.screens.base import Base

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Waiting(Base):
    """Says what it is, and does it as soon as that can be read. Keys that come meanwhile are for the next screen."""

    def __init__(self, flow: "Flow", words: str, work: Callable[[], None]) -> None:
        super().__init__(flow)
        self.words = words
        self.work = work

    def compose(self) -> ComposeResult:
        yield Static(Content(f"\n{self.words}"))

    def on_mount(self) -> None:
        self.call_after_refresh(self.work)

    def press(self, key: str) -> bool:  # noqa: ARG002  # none means anything yet
        return False

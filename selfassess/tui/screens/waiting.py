"""A message while something is worked out that takes a moment."""

from collections.abc import Callable
from typing import TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from selfassess.errors import SelfAssessError
from selfassess.tui.screens.base import BaseScreen

T = TypeVar("T")


class Waiting(BaseScreen[T | SelfAssessError]):
    """Shows a message, calls a function once it is drawn, and returns the value or error. Keys that are typed meanwhile
    go to the next screen."""

    TAKES_KEYS = False

    def __init__(self, said: str, work: Callable[[], T]) -> None:
        super().__init__()
        self.said = said
        self.work = work

    def compose(self) -> ComposeResult:
        yield Static(Content(f"\n{self.said}"))

    def on_mount(self) -> None:
        self.call_after_refresh(self.finish)

    def finish(self) -> None:
        """Call the function and return its value."""
        try:
            found: T | SelfAssessError = self.work()
        except SelfAssessError as error:
            found = error
        self.dismiss(found)

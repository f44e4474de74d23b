"""A person's own results: the printed page, on screen."""

import math

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from selfassess.tui.screens.base import BaseScreen
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key
from selfassess.tui.widgets.status_line import StatusLine


class Results(BaseScreen[None]):
    """The page that `selfassess report` prints, with a note below it."""

    def __init__(self, page: RenderableType, note: str) -> None:
        super().__init__()
        self.scroll = VerticalScroll(Static(page), can_focus=False)
        self.status = StatusLine("status")
        self.note = note

    def compose(self) -> ComposeResult:
        yield self.scroll
        yield self.status
        yield self.bar

    def on_mount(self) -> None:
        self.bar.set_keys(
            [
                Key("down", "↓", "Down"),
                Key("up", "↑", "Up"),
                Key("pagedown", "PgDn", "Next page"),
                Key("pageup", "PgUp", "Page before"),
                Key("escape", "Esc", "Back"),
                HELP,
                COLOURS,
            ]
        )
        self.watch(self.scroll, "scroll_y", self.show_place)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_place)

    def show_place(self) -> None:
        """Show the note and the page number."""
        height = max(1, self.scroll.size.height)
        pages = math.ceil((self.scroll.max_scroll_y + height) / height)
        at = math.ceil((self.scroll.scroll_y + height) / height)
        self.status.say(self.note, f"Page {at} of {pages}" if pages > 1 else "")

    def press(self, key: str) -> bool:
        scroll = self.scroll
        match key:
            case "down":
                scroll.scroll_down(animate=False)
            case "up":
                scroll.scroll_up(animate=False)
            case "pagedown" | "space":
                scroll.scroll_page_down(animate=False)
            case "pageup":
                scroll.scroll_page_up(animate=False)
            case "home":
                scroll.scroll_home(animate=False)
            case "end":
                scroll.scroll_end(animate=False)
            case _:
                return super().press(key)
        return True

    def back(self) -> None:
        self.dismiss(None)

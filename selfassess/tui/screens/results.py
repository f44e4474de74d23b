"""One's own results: the printed page, on screen."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Sheet
from selfassess.tui.screens.base import Base
from selfassess.tui.widgets.bar import COLOURS, HELP, Key
from selfassess.tui.widgets.ends import Ends

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Results(Base):
    """The page of `selfassess report`, to scroll through."""

    def __init__(self, flow: "Flow", edition: Edition, sheet: Sheet, back: Callable[[], None], note: str = "") -> None:
        super().__init__(flow)
        from selfassess.documents.personal import brief
        from selfassess.documents.render_rich import page
        from selfassess.services.plan import plan_about
        from selfassess.services.reports import own_report

        plan = plan_about(flow.project, edition.questionnaire) if flow.project else ()
        self.scroll = VerticalScroll(Static(page(brief(own_report(edition, sheet, plan)))), can_focus=False)
        self.status = Ends("status")
        self.way_back = back
        saves = f"To save this as a file: {flow.command} report --output result.html"
        self.note = note or (saves if sheet.date is not None else "")

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
        """How far down one is, and where else to find it."""
        height = max(1, self.scroll.size.height)
        pages = math.ceil((self.scroll.max_scroll_y + height) / height)
        at = math.ceil((self.scroll.scroll_y + height) / height)
        self.status.say(
            self.note,
            f"Page {at} of {pages}" if pages > 1 else "",
        )

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
        self.way_back()

"""The meeting view: one benchmark a screen. What people answered stays hidden until the room has talked."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.tui.dashboard.meeting_page import meeting_page
from selfassess.tui.dashboard.order import strand_of
from selfassess.tui.dashboard.reading import Reading
from selfassess.tui.dashboard.screen import RoundScreen
from selfassess.tui.widgets.bar import COLOURS, HELP, Key
from selfassess.tui.widgets.ends import Ends

if TYPE_CHECKING:
    from selfassess.tui.dashboard.flow import Dashboard


class Meeting(RoundScreen):
    """A benchmark and its question; then how people see it."""

    def __init__(
        self, flow: "Dashboard", node: Strand | Benchmark, *, is_revealed: bool = False, said: str = ""
    ) -> None:
        super().__init__(flow)
        self.node = node
        self.is_revealed = is_revealed
        self.said = said
        """News, until the next key."""
        self.options: Reading = Reading()
        self.scroll = VerticalScroll(self.options, can_focus=False)
        self.status = Ends("status")

    def compose(self) -> ComposeResult:
        yield self.made_up
        yield self.head
        yield self.scroll
        yield self.status
        yield self.bar

    def on_mount(self) -> None:
        self.watch(self.scroll, "scroll_y", self.show_place)
        self.fill()

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self.show_place)

    def fill(self) -> None:
        """Show the benchmark, with or without what people answered."""
        flow = self.dashboard
        topics = flow.topics
        place = f"{topics.index(self.node) + 1} of {len(topics)}"
        self.say_where(strand_of(flow.whole, self.node.id).title, place)
        self.options.set_blocks(tuple(meeting_page(flow.whole, self.node, is_revealed=self.is_revealed)), None)
        self.scroll.scroll_home(animate=False, immediate=True)
        self.bar.set_keys(self.keys())
        self.call_after_refresh(self.show_place)

    def keys(self) -> list[Key]:
        """The keys to name."""
        return [
            Key("space", "Space", "Hide the answers" if self.is_revealed else "Show the answers"),
            Key("left", "←", "Before"),
            Key("right", "→", "Next"),
            Key("a", "A", "Agree"),
            Key("escape", "Esc", "Back"),
            HELP,
            *([Key("pagedown", "PgDn", "Read on")] if self.is_revealed else []),
            Key("s", "S", "Order"),
            COLOURS,
        ]

    def show_place(self) -> None:
        """The order that the meeting goes in, and how far down one is."""
        at, of = self.options.place
        order = "What needs talk first" if self.dashboard.by_need else "In the questionnaire's order"
        self.status.say(self.said or order, f"Page {at} of {of}" if of > 1 else "")

    def press(self, key: str) -> bool:
        self.said = ""
        match key:
            case "space" | "enter":
                self.is_revealed = not self.is_revealed
                self.fill()
            case "left" | "right":
                self.turn(1 if key == "right" else -1)
            case "down" | "up":
                self.options.scroll(1 if key == "down" else -1)
            case "pagedown" | "pageup":
                self.options.turn(1 if key == "pagedown" else -1)
            case "home" | "end":
                self.options.scroll(-self.options.length if key == "home" else self.options.length)
            case "s":
                self.dashboard.by_need = not self.dashboard.by_need
                self.fill()
            case "a":
                self.dashboard.ask_agreed(self.node, self.again)
            case _:
                return super().press(key)
        self.show_place()
        return True

    def turn(self, by: int) -> None:
        """The benchmark before or after this one, hidden again."""
        topics = self.dashboard.topics
        at = topics.index(self.node) + by
        if 0 <= at < len(topics):
            self.node, self.is_revealed = topics[at], False
            self.fill()
        else:
            self.said = "That was the last one." if by > 0 else "This is the first one."

    def again(self, said: str) -> None:
        """Back here from the score that was agreed, with news of it."""
        self.dashboard.meeting(self.node, is_revealed=self.is_revealed, said=said)

    def back(self) -> None:
        self.dashboard.board()

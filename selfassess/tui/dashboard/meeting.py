"""The meeting view: one benchmark a screen. What people answered stays hidden until the room has talked."""

from typing import TYPE_CHECKING

from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.tui.pages.dashboard import meeting_page
from selfassess.tui.pages.dashboard_words import order_words
from selfassess.tui.screens.headed import cut
from selfassess.tui.screens.paged import Paged
from selfassess.tui.widgets.document_view import DocumentView
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key

if TYPE_CHECKING:
    from selfassess.tui.dashboard.flow import Dashboard


class Meeting(Paged):
    """A benchmark and its question; then how people see it."""

    def __init__(
        self, flow: "Dashboard", node: Strand | Benchmark, *, is_revealed: bool = False, said: str = ""
    ) -> None:
        super().__init__(flow, DocumentView(), is_made_up=flow.whole.made_up, said=said)
        self.dashboard = flow
        self.node = node
        self.is_revealed = is_revealed

    def title_in(self, room: int) -> str:
        return cut(self.dashboard.whole.round.title, room)

    def fill(self) -> None:
        """Show the benchmark, with or without what people answered."""
        flow = self.dashboard
        topics = flow.topics
        place = f"{topics.index(self.node) + 1} of {len(topics)}"
        self.say_where(flow.whole.questionnaire.strand_of(self.node.id).title, place)
        self.show(tuple(meeting_page(flow.whole, self.node, is_revealed=self.is_revealed)))

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

    @property
    def about(self) -> str:
        """The order that the meeting goes in."""
        return order_words(by_need=self.dashboard.by_need)

    def enter(self) -> None:
        """Show or hide what people answered."""
        self.is_revealed = not self.is_revealed
        self.fill()

    def turn(self, key: str) -> bool:
        match key:
            case "left" | "right":
                self.beside(1 if key == "right" else -1)
            case "s":
                self.dashboard.by_need = not self.dashboard.by_need
                self.fill()
            case "a":
                self.dashboard.ask_agreed(self.node, self.again)
            case _:
                return False
        return True

    def beside(self, by: int) -> None:
        """The benchmark before or after this one, hidden again."""
        topics = self.dashboard.topics
        at = topics.index(self.node) + by
        if 0 <= at < len(topics):
            self.node, self.is_revealed = topics[at], False
            self.fill()
        else:
            self.said = "That was the last one." if by > 0 else "This is the first one."
            self.show_place()

    def again(self, said: str) -> None:
        """Back here from the score that was agreed, with news of it."""
        self.dashboard.meeting(self.node, is_revealed=self.is_revealed, said=said)

    def back(self) -> None:
        self.dashboard.board()

"""The meeting view: one benchmark at a time, with answers hidden until the meeting has talked about it."""

from dataclasses import replace
from typing import Literal

from selfassess.documents.blocks import Paragraph
from selfassess.documents.round.dashboard import meeting
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.tui.round_view import RoundView
from selfassess.tui.screens.document import DocumentScreen
from selfassess.tui.widgets.key_bar import HELP, MORE, Key

HOW_TO_REVEAL = Paragraph("Press the space bar to show what you answered.", "quiet", apart=True)


class Meeting(DocumentScreen[Literal["agree"] | None]):
    """A benchmark and its question, then the answers. Returns "agree" to write down a score, or None to go back."""

    def __init__(self, view: RoundView, node: Strand | Benchmark, *, is_revealed: bool = False, said: str = "") -> None:
        super().__init__(view.whole.round.title, is_made_up=view.whole.made_up, said=said)
        self.view = view
        self.node = node
        self.is_revealed = is_revealed

    def fill(self) -> None:
        """Show the benchmark, with or without answers."""
        whole, topics = self.view.whole, self.view.topics
        place = f"{topics.index(self.node) + 1} of {len(topics)}"
        self.say_where(whole.questionnaire.strand_of(self.node.id).title, place)
        page = meeting(whole, self.node, is_revealed=self.is_revealed)
        if self.is_revealed:
            self.show(page)
        else:
            self.show(replace(page, blocks=(*page.blocks, HOW_TO_REVEAL)), above=2)

    def keys(self) -> list[Key]:
        return [
            Key("space", "Space", "Hide the answers" if self.is_revealed else "Show the answers"),
            Key("left", "←", "Before"),
            Key("right", "→", "Next"),
            Key("a", "A", "Agree", "write down the score that you decide, and why"),
            Key("escape", "Esc", "Back"),
            HELP,
            *([Key("pagedown", "PgDn", "Read on")] if self.is_revealed else []),
            MORE,
        ]

    def others(self) -> list[Key]:
        return [Key("s", "S", "Order", "what to talk about first, or as in the questionnaire")]

    @property
    def about(self) -> str:
        """The order that the meeting goes in."""
        return self.view.order

    def enter(self) -> None:
        """Show or hide the answers."""
        self.is_revealed = not self.is_revealed
        self.fill()

    def turn(self, key: str) -> bool:
        match key:
            case "left" | "right":
                self.turn_to_neighbour(1 if key == "right" else -1)
            case "s":
                self.view.by_need = not self.view.by_need
                self.fill()
            case "a":
                self.dismiss("agree")
            case _:
                return False
        return True

    def turn_to_neighbour(self, by: int) -> None:
        """Go to the benchmark before or after, with answers hidden."""
        topics = self.view.topics
        at = topics.index(self.node) + by
        if 0 <= at < len(topics):
            self.node, self.is_revealed = topics[at], False
            self.fill()
        else:
            self.said = "That was the last one." if by > 0 else "This is the first one."
            self.show_place()

    def back(self) -> None:
        self.dismiss(None)

"""One screen of keys and words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from selfassess.tui.screens.base import Base
from selfassess.tui.widgets.key_bar import COLOURS, Key
from selfassess.tui.widgets.scale_options import Option, Options

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow

KEYS = (
    ("1 2 3 …", "the key before an answer: choose it; of several, press again to unselect"),
    ("D, A", "don't know; doesn't apply to me, where these are offered"),
    ("Enter", "next question; after an arrow key: choose that answer"),
    ("↑ ↓", "move through the answers; the space bar chooses"),
    ("← →", "the question before (from the first: your group), the next question"),
    ("Delete", "or Backspace: take your answer away"),
    ("Pages", "Page Down and Page Up read on, where there is more"),
    ("C", "write a comment"),
    ("H", "explain the question, where there is something to explain"),
    ("R", "all your answers, what is open, and how to finish"),
    ("Tab", "out of a box that you write in, and on"),
    ("Escape", "save and leave; while you write: stop writing"),
    ("F2 or T", "other colours: dark, light, high contrast"),
)


def words_of(command: str) -> tuple[str, ...]:
    """What else helps; `command` is how the program is called."""
    return (
        "The mouse works too: click an option, or a key in the bottom line.",
        "Every answer is saved at once. What you leave open never counts as low.",
        f"With a screen reader, to be asked line by line: {command} take --plain",
    )


class Help(Base):
    """Lies over the screen it was called from."""

    def __init__(self, flow: "Flow", keys: Sequence[tuple[str, str]] = KEYS, words: Sequence[str] = ()) -> None:
        super().__init__(flow)
        words = words or words_of(flow.command)
        self.scroll = VerticalScroll(
            Static(Content.styled("Keys", "bold $primary")),
            Options([Option(said, key) for key, said in keys]),
            Static(Content("\n").join(map(Content, words))),
            can_focus=False,
        )

    def compose(self) -> ComposeResult:
        yield self.scroll
        yield self.bar

    def on_mount(self) -> None:
        self.bar.set_keys([Key("escape", "Esc", "Back"), Key("pagedown", "PgDn", "Read on"), COLOURS])

    def press(self, key: str) -> bool:
        match key:
            case "escape" | "enter" | "f1" | "question_mark":
                self.flow.stage.lift()
            case "pagedown" | "down":
                self.scroll.scroll_page_down(animate=False)
            case "pageup" | "up":
                self.scroll.scroll_page_up(animate=False)
            case _:
                return super().press(key)
        return True

"""What every screen does: one key after the other, help, colours, and a way out. And the two that can lie over any."""

from enum import Enum
from typing import TYPE_CHECKING, Final, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from selfassess.tui import themes
from selfassess.tui.help_texts import HelpText
from selfassess.tui.widgets.key_bar import COLOURS, LOW, Key, KeyBar
from selfassess.tui.widgets.scale_options import Option, Options

if TYPE_CHECKING:
    from selfassess.tui.widgets.text_field import TextField

T = TypeVar("T")


class Leaving(Enum):
    """What a screen returns, in place of its own value, when the person leaves the program."""

    LEAVE = "leave"


LEAVE: Final = Leaving.LEAVE


class BaseScreen(Screen[T], inherit_bindings=False):
    """A screen that returns a value. The app hands it the keys, one by one, as soon as it is ready for them.

    There are no bindings, and nothing but a field has the focus. Textual sends a key through the queue of each widget
    on its way, and looks it up only then. Where keys come in a bundle, as they do over a slow line, the next one can
    overtake it or reach a screen that is about to go: "3, Enter, 4" would answer one question twice.
    """

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "")]  # noqa: RUF012  # Textual has it so
    TAKES_KEYS = True

    class Ready(Message):
        """The screen is in view, and takes keys if it takes any."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = KeyBar()
        self.options: Options | None = None
        """What the arrow keys move over. The terminal's cursor is there while nothing has the focus."""
        self.help_text = HelpText()
        self.is_ready = False
        self._is_dismissed = False

    # Showing and returning

    def on_screen_resume(self) -> None:
        self.is_ready = self.TAKES_KEYS
        self.post_message(self.Ready())

    def dismiss(self, result: T | Leaving | None = None) -> AwaitComplete:
        """Return a value, once. What lies over this screen goes with it: Textual would only take that away."""
        if self._is_dismissed:  # by a key, before a click came through
            return AwaitComplete()
        self._is_dismissed = True
        while not self.is_active:
            self.app.pop_screen()
        return super().dismiss(cast(T, result))

    def show_state(self) -> None:
        """Show whether everything is saved, where that is shown."""

    # Keys

    @property
    def writing(self) -> "TextField | None":
        """The field that is being written in. Nothing else is ever focused."""
        return cast("TextField | None", self.focused)

    def field_for(self, event: events.Key | events.Paste) -> "TextField | None":  # noqa: ARG002  # some screens read it
        """The field that a key is typed into, or a text pasted."""
        return self.writing

    async def take(self, event: events.Key | events.Paste) -> None:
        """Write what is typed or pasted, or do what the key means here."""
        field = self.field_for(event)
        if isinstance(event, events.Paste):
            if field:
                field.paste(event.text)
        elif not (field and await field.take_key(event)):
            self.press(event.key.lower() if len(event.key) == 1 else event.key)

    def press(self, key: str) -> bool:
        """Do what a key means here. Whether it means anything."""
        match key:
            case "f1" | "question_mark":
                self.show_help()
            case "f2" | "t":
                self.app.theme = themes.after(self.app.theme)
            case "escape":
                self.back()
            case "ctrl+c":
                self.dismiss(LEAVE)
            case _:
                return False
        return True

    def show_help(self) -> None:
        """Lay the help over this screen."""
        self.app.push_screen(HelpScreen(self.help_text))

    def back(self) -> None:
        """Where Escape leads."""
        self.dismiss(LEAVE)

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        if self.is_active:
            self.press(message.key)


class HelpScreen(BaseScreen[None]):
    """Keys and words, over the screen that they are about."""

    def __init__(self, text: HelpText) -> None:
        super().__init__()
        self.scroll = VerticalScroll(
            Static(Content.styled("Keys", "bold $primary")),
            Options([Option(said, key) for key, said in text.keys]),
            Static(Content("\n").join(map(Content, text.words))),
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
                self.dismiss(None)
            case "pagedown" | "down":
                self.scroll.scroll_page_down(animate=False)
            case "pageup" | "up":
                self.scroll.scroll_page_up(animate=False)
            case "ctrl+c":
                self.dismiss(None)
                below = self.app.screen
                return isinstance(below, BaseScreen) and below.press(key)
            case _:
                return super().press(key)
        return True


SMALLEST = 40, 12
"""Columns and lines that every screen can do with."""


class WindowTooSmall(BaseScreen[bool]):
    """Lies over everything until the window is large enough. The screen below stays as it is. True: to leave."""

    def __init__(self, command: str) -> None:
        super().__init__()
        self.command = command

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Please make this window larger. Esc: leave. Or use: {self.command} take --plain"))

    def press(self, key: str) -> bool:
        if key in ("escape", "ctrl+c"):
            self.dismiss(True)
        return True

"""The base class of all screens, and the two screens that can be shown on top of any other."""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, cast, runtime_checkable

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from selfassess.tui import preferences, themes
from selfassess.tui.help_texts import HelpText
from selfassess.tui.widgets.key_bar import COLOURS, LOW, Key, KeyBar
from selfassess.tui.widgets.scale_options import Option, Options

if TYPE_CHECKING:
    from selfassess.tui.typed_ahead import OwnTurn
    from selfassess.tui.widgets.text_field import TextField

T = TypeVar("T")


class Leaving(Enum):
    """What a screen returns in place of its own value if the person leaves the program."""

    LEAVE = "leave"


LEAVE: Final = Leaving.LEAVE


class Program(Protocol):
    """The app, as far as its screens know it."""

    waits_for_enter: bool
    own_turn: "OwnTurn | None"

    def list_commands(self) -> None:
        """List everything that the screen can do."""


@runtime_checkable
class TakesKeys(Protocol):
    """A screen that the app hands keys and pastes to, one by one."""

    is_ready: bool
    """Whether it can take the next one."""

    async def take(self, event: events.Key | events.Paste) -> None:
        """Do what it means."""


class BaseScreen(Screen[T], inherit_bindings=False):
    """A screen that returns a value of its own type. The app hands it keys one by one, as soon as it is ready for them.

    There are no bindings, and only text fields get the focus. Textual forwards each key through the message queues of
    the focused widget and its parents before it looks up a binding. When keys arrive together, as they do over a slow
    connection, the second one can overtake the first or reach a screen that is about to be dismissed: typing "3, Enter,
    4" would then answer one question twice.
    """

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "")]  # noqa: RUF012  # Textual has it so
    TAKES_KEYS = True

    class Ready(Message):
        """The screen is on top and laid out, and can take keys."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = KeyBar()
        self.options: Options | None = None
        """What the arrow keys move through. The terminal's cursor is on it while no field has the focus."""
        self.help_text = HelpText()
        self.is_ready = False
        self._is_dismissed = False

    @property
    def program(self) -> Program:
        return cast(Program, self.app)

    # Showing and returning

    def on_screen_resume(self) -> None:
        self.is_ready = self.TAKES_KEYS
        self.post_message(self.Ready())

    def dismiss(self, result: T | Leaving | None = None) -> AwaitComplete:
        """Return a value, and remove the screen with anything on top of it. Only the first call counts."""
        if self._is_dismissed:  # a click can arrive after a key has dismissed the screen
            return AwaitComplete()
        self._is_dismissed = True
        while not self.is_active:
            self.app.pop_screen()
        return super().dismiss(cast(T, result))

    def show_state(self) -> None:
        """Show whether everything is saved, on screens that do."""

    # Keys

    @property
    def writing(self) -> "TextField | None":
        """The field that has the focus. Nothing else can have it."""
        return cast("TextField | None", self.focused)

    def field_for(self, event: events.Key | events.Paste) -> "TextField | None":  # noqa: ARG002  # some screens read it
        """The field that a key or a paste goes to first."""
        return self.writing

    async def take(self, event: events.Key | events.Paste) -> None:
        """Pass a key or a paste to the field, or do what the key means."""
        field = self.field_for(event)
        if isinstance(event, events.Paste):
            if field:
                field.paste(event.text)
        elif not (field and await field.take_key(event)):
            self.press(event.key.lower() if len(event.key) == 1 else event.key)

    def press(self, key: str) -> bool:
        """Do what a key means. Whether it means anything."""
        match key:
            case "f1" | "question_mark":
                self.show_help()
            case "f2" | "t":
                self.app.theme = themes.after(self.app.theme)
                preferences.remember(theme=self.app.theme)
            case "escape":
                self.back()
            case "ctrl+c":
                self.dismiss(LEAVE)
            case "ctrl+p" if self.commands():
                self.program.list_commands()
            case _:
                return False
        return True

    def commands(self) -> Sequence[Key]:
        """Everything that its keys do, where that is more than it names: these are listed to choose from."""
        return ()

    def show_help(self) -> None:
        """Show the help on top of this screen."""
        self.app.push_screen(HelpScreen(self.help_text))

    def back(self) -> None:
        """What Escape does."""
        self.dismiss(LEAVE)

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        if self.is_active:
            self.press(message.key)


class HelpScreen(BaseScreen[None]):
    """The keys of the screen below, and what else helps."""

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
            case "ctrl+c" | "f3":
                self.dismiss(None)
                below = self.app.screen
                return isinstance(below, BaseScreen) and below.press(key)
            case _:
                return super().press(key)
        return True

"""What every screen does: keys in the order in which they came, help, colours, and a way out."""

from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from textual import events
from textual.screen import Screen

from selfassess.tui.widgets.key_bar import LOW, Bar
from selfassess.tui.widgets.scale_options import Options

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow
    from selfassess.tui.widgets.text_field import Writing


class Base(Screen[None], inherit_bindings=False):
    """A screen of the program. Keys come to `press`, from the keyboard as from a click on the bar.

    There are no bindings, and nothing but a field has the focus. A key that is looked up only after it went
    through the queue of each widget on its way is overtaken by the next one, where they come in a bundle, as
    they do over a slow line: then "3, Enter, 4" would answer one question twice.
    """

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "")]  # noqa: RUF012  # Textual has it so

    def __init__(self, flow: "Flow") -> None:
        super().__init__()
        self.flow = flow
        self.bar = Bar()
        self.options: Options | None = None
        """What the keys move over, where nothing has the focus."""
        self._offered: WeakKeyDictionary[events.Key, Writing] = WeakKeyDictionary()
        """The keys that a field has already let go."""

    @property
    def writing(self) -> "Writing | None":
        """The field that is being written in. Nothing else is ever focused."""
        return cast("Writing | None", self.focused)

    def press(self, key: str) -> bool:
        """Do what a key means here. Whether it means anything."""
        match key:
            case "f1" | "question_mark":
                self.flow.help()
            case "f2" | "t":
                self.flow.stage.change_colours()
            case "escape":
                self.back()
            case "ctrl+c":
                self.flow.stop()
            case _:
                return False
        return True

    def back(self) -> None:
        """Where Escape leads."""
        self.flow.home_or_leave()

    def show_state(self) -> None:
        """Show whether everything is saved, where that is shown."""

    def on_key(self, event: events.Key) -> None:
        """Do what the key means; or hand it on, where another screen or a field has come up since it was typed.
        While there is a field every key goes through it, so that none overtakes another."""
        event.stop()
        event.prevent_default()
        field = self.writing
        again = events.Key(event.key, event.character)
        if not self.is_active:
            self.app.screen.post_message(again)
        elif field and self._offered.get(event) is not field:
            self._offered[again] = field
            field.post_message(again)
            return
        else:
            self.press(event.key.lower() if len(event.key) == 1 else event.key)
        self._offered.clear()  # what follows may be for a field after all, or for another page of the same one
        if field:
            field.is_waiting = False

    def on_bar_pressed(self, message: Bar.Pressed) -> None:
        self.press(message.key)

"""The base class of screens with one field to type in."""

from collections.abc import Iterator
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from selfassess.errors import SelfAssessError
from selfassess.tui.screens.base import BaseScreen
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key
from selfassess.tui.widgets.note import Note
from selfassess.tui.widgets.text_field import TextField

T = TypeVar("T")


class FieldScreen(BaseScreen[T | None]):
    """Words, and a field of one line below them. Returns the value that was typed, or None to go back. Why
    something is not taken is shown below the field."""

    FINISHING: ClassVar[tuple[str, ...]] = ("enter",)
    """The keys that finish what is typed."""

    def __init__(self, heading: str, *said: Content, typed: str = "", onward: str, back: str = "Back") -> None:
        """`typed` stands in the field at first; `onward` and `back` are what Enter and Escape are called."""
        super().__init__()
        parts = [Content.styled(heading, "bold $primary"), *said]
        self.words = Static(Content("\n\n").join([part for part in parts if part.plain]), id="words")
        self.field = TextField("line")
        self.field.set_text(typed)
        self.note = Note()
        self.key_words = onward, back

    def accept(self, typed: str) -> T:
        """The value of what was typed. SelfAssessError if it is refused."""
        raise NotImplementedError  # for subclasses

    def body(self) -> Iterator[Widget]:
        """What is above the keys."""
        yield self.words
        yield self.field
        yield self.note

    def compose(self) -> ComposeResult:
        yield from self.body()
        yield self.bar

    def on_mount(self) -> None:
        onward, back = self.key_words
        self.set_focus(self.field)
        self.bar.set_keys([Key("enter", "Enter", onward), Key("escape", "Esc", back), HELP, COLOURS])

    def press(self, key: str) -> bool:
        if key not in self.FINISHING:
            return super().press(key)
        try:
            found = self.accept(self.field.text)
        except SelfAssessError as error:
            self.note.refuse(str(error))
        else:
            self.dismiss(found)
        return True

    def back(self) -> None:
        self.dismiss(None)

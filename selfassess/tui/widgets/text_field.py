"""A text field. Import it only where one is shown: Textual's TextArea takes as long to import as a whole screen."""

from typing import Literal

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from selfassess.text import LONGEST_TEXT, clean

UPRIGHT = ("up", "down", "pageup", "pagedown")
"""Keys that a field of one line leaves to its screen."""

Kind = Literal["text", "line"]


class TextField(TextArea):
    """Takes what is typed or pasted, cleaned and limited in length. Its screen passes it the keys one by one."""

    class Full(Message):
        """Text was cut because it was too long."""

    def __init__(self, kind: Kind = "text", id: str | None = None, characters: str = "") -> None:
        super().__init__(compact=True, highlight_cursor_line=False, id=id, max_checkpoints=20)
        self.cursor_blink = False
        self.set_kind(kind, characters)

    def set_kind(self, kind: Kind, characters: str = "") -> None:
        """A "text" has several lines, a "line" has one. Where `characters` are given, it takes no others."""
        self.kind = kind
        self.characters = characters
        self.set_class(kind != "text", "-line")

    def set_text(self, text: str) -> None:
        """Replace the text, with the cursor at its end and nothing to undo."""
        if text != self.text:
            self.load_text(text)
            self.move_cursor(self.document.end)
        self.history.clear()

    async def take_key(self, event: events.Key) -> bool:
        """Type a key, or run the action that is bound to it. False: the key is not for the field."""
        if self._writes(event):
            await self._on_key(event)
            return True
        if event.key == "ctrl+c" and not self.selected_text:  # it leaves the program where there is nothing to copy
            return False
        bound = self._bindings.key_to_bindings.get(event.key)
        if bound and (self.kind == "text" or event.key not in UPRIGHT):
            await self.run_action(bound[0].action)
            return True
        return False

    def paste(self, text: str) -> None:
        """Insert what is pasted, as far as it fits."""
        text = clean(text, LONGEST_TEXT + 1)  # one more, so that `Full` is posted
        if self.kind != "text":
            text = "".join(filter(self._accepts, " ".join(text.split())))
        room = LONGEST_TEXT - len(self.text) + len(self.selected_text)
        done = self.replace(text[:room], *self.selection, maintain_selection_offset=False)
        self.move_cursor(done.end_location)
        if len(text) > room:
            self.post_message(self.Full())

    def on_resize(self) -> None:
        if self.has_focus:
            self.scroll_visible(animate=False, immediate=True)

    def on_text_area_changed(self) -> None:
        if len(self.text) > LONGEST_TEXT:
            self.load_text(self.text[:LONGEST_TEXT])
            self.move_cursor(self.document.end)
            self.post_message(self.Full())

    def _writes(self, event: events.Key) -> bool:
        if event.key == "enter":  # in an empty field Enter is for the screen: it goes on
            return self.kind == "text" and bool(self.text.strip())
        return event.is_printable and self._accepts(event.character or "")

    def _accepts(self, character: str) -> bool:
        return not self.characters or character in self.characters

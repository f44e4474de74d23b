"""The page of a question. One widget is updated for every step: a new screen would take three times as long."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from selfassess.tui.question_view import View
from selfassess.tui.widgets.scale_options import Options

if TYPE_CHECKING:
    from selfassess.tui.widgets.text_field import Kind, TextField


class QuestionPage(VerticalScroll, can_focus=False):
    """Shows a view. Fields are mounted when they are first needed."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Static(id="words")
        self.options = Options()
        self.note = Static(id="note")
        self.note.display = False
        self._words = Content("")
        self._said = ("", False)
        self.entry: TextField | None = None
        self.remark: TextField | None = None

    def compose(self) -> ComposeResult:
        yield self.words
        yield self.options
        yield self.note

    def fill(self, view: View, *, explained: bool, commenting: bool, pointer: int | None) -> None:
        """Show a step, or another state of the same step."""
        words = _words(view, explained=explained)
        if not words.is_same(self._words):
            self._words = words
            self.words.update(words)
        self.options.display = bool(view.options)
        self.options.set_options(view.options, view.mark, pointer)
        kind: Kind = "line" if view.is_typed else "text"
        self.entry = self._field(self.entry, "entry", view.entry, kind, view.characters)
        self.remark = self._field(self.remark, "remark", view.comment if view.comment or commenting else None, "text")
        has_remark = self.remark is not None and self.remark.display
        self.say("Your comment:" if has_remark else view.invitation)

    def say(self, words: str, *, alarm: bool = False) -> None:
        """Show text below the options."""
        if (words, alarm) != self._said:
            self._said = (words, alarm)
            self.note.display = bool(words)
            self.note.update(Content.styled(words, "bold $error" if alarm else "$quiet"))

    def turn(self, by: int) -> None:
        """Scroll by almost a page."""
        self.scroll_relative(y=by * max(1, self.size.height - 1), animate=False, immediate=True)

    @property
    def fields(self) -> "list[TextField]":
        """The visible fields, from the top."""
        return [field for field in (self.entry, self.remark) if field and field.display]

    def _field(
        self, field: "TextField | None", id: str, text: str | None, kind: "Kind", characters: str = ""
    ) -> "TextField | None":
        if text is None:
            if field:
                field.display = False
            return field
        if field is None:
            from selfassess.tui.widgets.text_field import TextField  # slow to import, and often not needed

            field = TextField(id=id)
            self.mount(field, before=self.options if id == "entry" else None)
        field.display = True
        field.set_kind(kind, characters)
        field.set_text(text)
        return field


def _words(view: View, *, explained: bool) -> Content:
    parts = [Content.styled(view.context, "$quiet")] if view.context else []
    parts.append(Content.styled(view.text, "bold"))
    if view.help and (explained or view.is_written):
        parts.append(Content(view.help))
    if view.entry is not None:
        parts.append(Content.styled(view.entry_label, "$quiet"))
    return Content("\n\n").join(parts)

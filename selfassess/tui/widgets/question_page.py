"""The page of a question. One widget is updated for every step: a new screen would take three times as long."""

from collections.abc import Sequence
from dataclasses import replace
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
        self._left_out: tuple[str, tuple[int, int], int] | None = None
        """The text of a step, the size of the screen, and how much of the context gives way to them."""
        self._said = ("", False)
        self.entry: TextField | None = None
        self.remark: TextField | None = None

    def compose(self) -> ComposeResult:
        yield self.words
        yield self.options
        yield self.note

    def fill(self, view: View, *, explained: bool, commenting: bool, pointer: int | None) -> None:
        """Show a step, or another state of the same step."""
        is_low = self.screen.has_class("-low")
        options = [replace(option, heading="") for option in view.options] if is_low else view.options
        self.options.set_options(options, view.mark, pointer)
        words = _words(view, view.context[self._gives_way(view) :], explained=explained)
        if not words.is_same(self._words):
            self._words = words
            self.words.update(words)
        self.options.display = bool(view.options)
        kind: Kind = "line" if view.is_typed else "text"
        self.entry = self._field(self.entry, "entry", view.entry, kind, view.characters)
        self.remark = self._field(self.remark, "remark", view.comment if view.comment or commenting else None, "text")
        has_remark = self.remark is not None and self.remark.display
        self.say("Your comment:" if has_remark else view.invitation)

    def _gives_way(self, view: View) -> int:
        """How many parts of the context are left out, from the first, so that the question and its answers fit. What
        was settled for a question stays until the window is another: a page that jumped would have to be read again."""
        size = self.screen.size.width, self.screen.size.height
        if not self.size.height:
            return 0
        if self._left_out is None or self._left_out[:2] != (view.text, size):
            count = next((some for some in range(len(view.context)) if self._fits(view, some)), len(view.context))
            self._left_out = view.text, size, count
        return self._left_out[2]

    def _fits(self, view: View, left_out: int) -> bool:
        width = max(8, self.size.width)
        words = _words(view, view.context[left_out:], explained=False).wrap(width)
        answers = self.options.get_content_height(self.size, self.size, width) + 1 if view.options else 0
        field = 0 if view.entry is None else 2 if view.is_typed else 6
        return len(words) + answers + field < self.size.height  # a line more: keys may need one after the answer

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


def _words(view: View, context: Sequence[str], *, explained: bool) -> Content:
    parts = [Content.styled("\n\n".join(context), "$quiet")] if context else []
    parts.append(Content.styled(view.text, "bold"))
    if view.help and (explained or view.is_written):
        parts.append(Content(view.help))
    if view.entry is not None:
        parts.append(Content.styled(view.entry_label, "$quiet"))
    return Content("\n\n").join(parts)

"""A form: fields of one line below each other, each with what is wrong with it beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from selfassess.errors import SelfAssessError, UsageError
from selfassess.tui.screens.base import BaseScreen
from selfassess.tui.screens.list_screen import Paragraph, words_of
from selfassess.tui.widgets.command_line import CommandLine
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key
from selfassess.tui.widgets.note import Note
from selfassess.tui.widgets.scroll_area import ScrollArea
from selfassess.tui.widgets.text_field import TextField

T = TypeVar("T")
Typed = Mapping[str, str]
"""What stands in each field, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of one line."""

    name: str
    label: str
    typed: str = ""
    """What stands in it at first."""
    read: Callable[[str], object] = str
    """UsageError, or any SelfAssessError, for what cannot be in it by itself."""


class FieldError(UsageError):
    """Something does not fit a field of a form."""

    def __init__(self, field: str, error: SelfAssessError) -> None:
        super().__init__(error.message, error.hint, facilitator=error.facilitator)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContents(Generic[T]):
    """The fields of a form, and how their texts become its result."""

    heading: str
    said: Sequence[Paragraph] = ()
    fields: Sequence[Field]
    finish: Callable[[Typed], T]
    """What is returned. FieldError for what does not fit together; any other SelfAssessError belongs to the last
    field."""
    command: Callable[[Typed], str] = lambda _: ""
    """The command that does the same."""
    onward: str = "Continue"
    """What Enter is called in the last field."""
    back: str = "Back"
    """What Escape is called."""

    def filled(self, typed: Typed) -> "FormContents[T]":
        """The form as it was left."""
        fields = [replace(field, typed=typed.get(field.name, field.typed)) for field in self.fields]
        return replace(self, fields=fields)


class _Box:
    """A field on the screen, with its label and its note."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.label = Static(Content(field.label), classes="label")
        self.text = TextField("line", id=f"field-{field.name}")
        self.text.set_text(field.typed)
        self.note = Note(id=f"note-{field.name}")
        self.note.display = False  # a blank line less

    def refuse(self, why: str) -> None:
        """Say below the field why what is in it is not taken."""
        self.note.display = True
        self.note.refuse(why)

    def accept(self) -> None:
        """Say nothing below it."""
        self.note.display = False


class Form(BaseScreen[T | None]):
    """Returns the result, or None to go back; then `typed` holds what was in the fields."""

    def __init__(self, contents: FormContents[T], refused: FieldError | None = None) -> None:
        """`refused` is what was wrong with what stands in the fields."""
        super().__init__()
        self.contents = contents
        self.refused = refused
        self.boxes = [_Box(field) for field in contents.fields]
        self.words = Static(words_of(contents.heading, contents.said), id="words")
        self.foot = CommandLine()

    @property
    def typed(self) -> dict[str, str]:
        """What stands in each field."""
        return {box.field.name: box.text.text for box in self.boxes}

    def compose(self) -> ComposeResult:
        parts = [part for box in self.boxes for part in (box.label, box.text, box.note)]
        yield ScrollArea(self.words, *parts)
        yield self.foot
        yield self.bar

    def on_mount(self) -> None:
        self.enter(self.boxes[0])
        self.say_command()
        if self.refused:
            self.refuse(self.refused)

    def on_text_area_changed(self) -> None:
        self.say_command()

    def on_text_field_full(self) -> None:
        self.at.refuse("There is no room for more.")

    def on_scroll_area_resized(self) -> None:
        self.call_after_refresh(self.show_place)

    def say_command(self) -> None:
        """Name the command that does the same, as far as it is known."""
        self.foot.say(self.contents.command(self.typed))
        self.call_after_refresh(self.show_place)

    def show_place(self) -> None:
        """Scroll to the field that has the focus, or to what is wrong with it."""
        if self.writing:  # else the form was left meanwhile
            place = self.at.note if self.at.note.display else self.at.text
            place.scroll_visible(animate=False, immediate=True)

    @property
    def at(self) -> _Box:
        """The field that has the focus."""
        return next(box for box in self.boxes if box.text is self.writing)

    def enter(self, box: _Box) -> None:
        """Move to a field."""
        self.set_focus(box.text)
        onward = self.contents.onward if box is self.boxes[-1] else "Next"
        others = [Key("tab", "Tab", "Other field")] if len(self.boxes) > 1 else []
        self.bar.set_keys(
            [Key("enter", "Enter", onward), *others, Key("escape", "Esc", self.contents.back), HELP, COLOURS]
        )

    def press(self, key: str) -> bool:
        at = self.boxes.index(self.at)
        match key:
            case "enter" if self.fits(self.at):
                if at + 1 < len(self.boxes):
                    self.enter(self.boxes[at + 1])
                else:
                    self.finish()
            case "enter":
                pass
            case "tab" | "down":
                self.enter(self.boxes[(at + 1) % len(self.boxes)])
            case "shift+tab" | "up":
                self.enter(self.boxes[at - 1])
            case _:
                return super().press(key)
        return True

    def fits(self, box: _Box) -> bool:
        """Whether what is typed can be in a field; if not, why is shown below it."""
        try:
            box.field.read(box.text.text)
        except SelfAssessError as error:
            self.refuse(FieldError(box.field.name, error))
            return False
        box.accept()
        return True

    def finish(self) -> None:
        """Return the result, if each field is valid and they are valid together."""
        if not all(map(self.fits, self.boxes)):
            return
        try:
            found = self.contents.finish(self.typed)
        except FieldError as error:
            self.refuse(error)
        except SelfAssessError as error:
            self.refuse(FieldError(self.boxes[-1].field.name, error))
        else:
            self.dismiss(found)

    def refuse(self, error: FieldError) -> None:
        """Say below a field what is wrong with it, and go there."""
        box = next(box for box in self.boxes if box.field.name == error.field)
        self.enter(box)
        box.refuse(error.for_facilitator)

    def back(self) -> None:
        self.dismiss(None)

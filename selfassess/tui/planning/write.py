"""A field of an action in one's own words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from selfassess.errors import SelfAssessError
from selfassess.model.plan import Planned
from selfassess.model.plan_fields import written
from selfassess.tui.screens.base import Base
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key
from selfassess.tui.widgets.text_field import Writing

if TYPE_CHECKING:
    from selfassess.tui.planning.flow import Planning

ASKED = {
    "text": ("What is to be done?", "As an instruction, such as: Meet the new neighbours."),
    "owner": ("Who sees to it?", "A role, or a name. Empty: nobody yet."),
    "due": ("Until when?", "Such as 2026-05-31, 31.5.2026 or 31 May 2026. Empty: no day."),
    "why": ("A note", "Empty: none."),
}
WHY_DROPPED = ("Why will it not be done?", "Others can read it later.")


class Write(Base):
    """One line to write, and a plain word where it cannot be kept."""

    def __init__(self, flow: "Planning", planned: Planned, name: str, with_it: Mapping[str, str]) -> None:
        super().__init__(flow)
        self.planning = flow
        self.planned = planned
        self.name_of_field = name
        self.with_it = with_it
        """What is kept together with it."""
        is_why = name == "why" and "dropped" in (planned.status, with_it.get("status"))
        heading, said = WHY_DROPPED if is_why else ASKED[name]
        parts = [Content.styled(heading, "bold $primary"), Content(planned.text), Content.styled(said, "$quiet")]
        self.words = Static(Content("\n\n").join([part for part in parts if part.plain]), id="words")
        self.field = Writing("line", id="field")
        self.field.set_text(written(planned, name))
        self.note = Static(id="note")

    def compose(self) -> ComposeResult:
        yield VerticalScroll(self.words, self.field, self.note, can_focus=False)
        yield self.bar

    def on_mount(self) -> None:
        self.set_focus(self.field)
        self.bar.set_keys([Key("enter", "Enter", "Keep"), Key("escape", "Esc", "Leave it as it was"), HELP, COLOURS])

    def press(self, key: str) -> bool:
        if key == "enter":
            self.keep()
            return True
        return super().press(key)

    def keep(self) -> None:
        typed = {**self.with_it, self.name_of_field: self.field.text}
        try:
            kept = self.planning.change(self.planned, typed)
        except SelfAssessError as error:
            self.refuse(str(error))
        else:
            self.planning.one(kept.id, "Kept.")

    def refuse(self, why: str) -> None:
        self.note.update(Content.styled(why, "bold $error"))
        self.call_after_refresh(self.note.scroll_visible, animate=False)

    def on_writing_full(self) -> None:
        self.refuse("That is as much as can be kept.")

    def back(self) -> None:
        if self.planned.id:
            self.planning.one(self.planned.id)
        else:
            self.planning.listing()

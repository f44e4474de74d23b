"""Codes of a shared project: one to write down, one to type in."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from selfassess.errors import SelfAssessError
from selfassess.sitting.live import Sitting
from selfassess.storage.project import Project
from selfassess.tui import shared
from selfassess.tui.screens.base import Base
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key
from selfassess.tui.widgets.scale_options import Option
from selfassess.tui.widgets.text_field import Writing

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


KEEP_CODE = """\
Your answers are in a file that several people use. With this code you come back to yours, and nobody else does. \
Without it they cannot be found again."""


class KeepCode(Menu):
    """The resume code, before the first question."""

    def __init__(self, flow: "Flow", sitting: Sitting, code: str) -> None:
        super().__init__(
            flow,
            "Please write this down",
            [
                ("Your resume code", code),
                KEEP_CODE,
                "It is shown only now. You need it until you hand in.",
            ],
            [Line(Option("I have written it down. To the questions", "1"), partial(flow.questions, sitting))],
            back=("Leave", partial(flow.leave_sitting, sitting)),
            pointer=None,
        )


class AskCode(Base):
    """A field for a code, and a plain word where it opens nothing."""

    what = "code"

    def __init__(self, flow: "Flow", heading: str, said: str, act: Callable[[str], None]) -> None:
        super().__init__(flow)
        self.words = Static(Content("\n\n").join([Content.styled(heading, "bold $primary"), Content(said)]), id="words")
        self.field = Writing("line")
        self.note = Static(id="note")
        self.act = act
        self.may_be_empty = False
        """Whether Enter alone goes on without a code."""

    def compose(self) -> ComposeResult:
        yield self.words
        yield self.field
        yield self.note
        yield self.bar

    def on_mount(self) -> None:
        self.set_focus(self.field)
        self.bar.set_keys(
            [
                Key("enter", "Enter", "Go on" if self.may_be_empty else "Open"),
                Key("escape", "Esc", "Back"),
                HELP,
                COLOURS,
            ]
        )

    def press(self, key: str) -> bool:
        if key in ("enter", "tab"):
            self.open()
            return True
        return super().press(key)

    def open(self) -> None:
        if not self.may_be_empty and not self.field.text.strip():
            self.note.update(Content.styled(f"Type the {self.what}, or press Escape.", "bold $error"))
            return
        try:
            self.act(self.field.text)
        except SelfAssessError as error:
            self.note.update(Content.styled(str(error), "bold $error"))

    def back(self) -> None:
        self.flow.beginning()


class AskResumeCode(AskCode):
    """To go on with a sitting."""

    def __init__(self, flow: "Flow", project: Project) -> None:
        said = "Type the code that you wrote down before the first question. Small letters are fine."
        super().__init__(flow, "Your resume code", said, partial(shared.resume_with_code, flow, project))


class AskReceipt(AskCode):
    """To see what one handed in."""

    what = "receipt"

    def __init__(self, flow: "Flow", project: Project) -> None:
        said = "Type the receipt that you wrote down when you handed in. Small letters are fine."
        super().__init__(flow, "Your receipt", said, partial(shared.results_with_receipt, flow, project))

"""The screens on which the facilitator writes a finding about a benchmark: for whom, and the text."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from selfassess.documents.round import findings_table
from selfassess.documents.round.overview import turnout
from selfassess.documents.wording import MADE_UP
from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Cell
from selfassess.model.round import OwnFinding
from selfassess.tui.screens.document import HeadedScreen
from selfassess.tui.screens.list_screen import Line, ListScreen, numbered
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key
from selfassess.tui.widgets.note import Note
from selfassess.tui.widgets.scale_options import Option
from selfassess.tui.widgets.text_field import TextField

HEADING = "What we found, in your own words"
BESIDE = "It comes first in the findings. What the figures say comes after it:"
TAKE_AWAY = "To remove your words, leave the box empty."

Keep = Callable[[OwnFinding], None]
"""Stores a finding, or deletes it where its text is empty. SelfAssessError if that fails."""


class WhoseFinding(ListScreen[Cell | None]):
    """Everybody, and each group that is shown. Returns the cell that the finding is about, or None to go back."""

    def __init__(self, report: RoundReport, node: Strand | Benchmark) -> None:
        lines: list[Line[Cell | None]] = [
            Line(Option(findings_table.title_of(report, cell), about=_written(report, cell, node)), cell)
            for cell in (report.results.all, *report.groups)
        ]
        said = [MADE_UP, node.title] if report.made_up else [node.title]
        super().__init__("Whose view is it?", said, numbered(lines), back=("Back", None))


class WriteFinding(HeadedScreen[str]):
    """A field for the words. Stores them, and returns a message about what was done."""

    def __init__(self, report: RoundReport, cell: Cell, node: Strand | Benchmark, keep: Keep) -> None:
        super().__init__(report.round.title, is_made_up=report.made_up)
        self.report = report
        self.cell = cell
        self.node = node
        self.keep = keep
        self.before = _written(report, cell, node)
        head = [Content.styled(HEADING, "bold $primary"), Content.styled(node.title, "bold")]
        told = f"{BESIDE} {findings_table.says(report, cell, node)}"
        about = f"{told} {TAKE_AWAY}" if self.before else told
        self.words = Static(Content("\n\n").join([*head, Content.styled(about, "$quiet")]))
        self.field = TextField("line")
        self.field.set_text(self.before)
        self.note = Note()

    def compose(self) -> ComposeResult:
        yield self.made_up
        yield self.head
        yield VerticalScroll(self.words, self.field, self.note, can_focus=False)
        yield self.bar

    def on_mount(self) -> None:
        self.say_where(findings_table.title_of(self.report, self.cell), turnout(self.report))
        self.set_focus(self.field)
        self.bar.set_keys([Key("enter", "Enter", "Save"), Key("escape", "Esc", "Leave it as it was"), HELP, COLOURS])

    def press(self, key: str) -> bool:
        if key != "enter":
            return super().press(key)
        text = " ".join(self.field.text.split())
        try:
            if text != self.before:
                self.keep(OwnFinding(node=self.node.id, group=findings_table.key_of(self.cell), text=text))
        except SelfAssessError as error:
            self.note.refuse(str(error))
            return True
        if text == self.before:
            self.dismiss("")
        else:
            self.dismiss("Saved: your own words." if text else "Your own words are removed.")
        return True

    def on_text_field_full(self) -> None:
        self.note.refuse("There is no room for more.")

    def back(self) -> None:
        self.dismiss("")


def _written(report: RoundReport, cell: Cell, node: Strand | Benchmark) -> str:
    return " ".join(report.findings.get((findings_table.key_of(cell), node.id), "").split())

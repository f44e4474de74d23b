"""Writing down the score that a meeting agrees on, and why. It is stored beside the answers and changes no mean."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from selfassess.documents.round.overview import turnout
from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.round import Agreed
from selfassess.model.score_tree import ends
from selfassess.numbers import CHARACTERS, figures, number
from selfassess.tui.screens.document import HeadedScreen
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key
from selfassess.tui.widgets.note import Note
from selfassess.tui.widgets.text_field import TextField

BESIDE = "It is shown next to the answers. The average of the answers does not change."
TAKE_AWAY = "To remove it again, leave the score empty."


def read_score(text: str, low: float, high: float) -> float | str:
    """The score that was typed, or a message why it is none."""
    value = number(text)
    accepted = f"from {figures(low)} to {figures(high)}"
    if value is None:
        return f"Please write the score as a number, {accepted}."
    return value if low <= value <= high else f"{text.strip()} is outside the scale: scores run {accepted}."


def preview(score: str, why: str) -> str:
    """A preview of what will be stored, from the text of both fields."""
    score, why = score.strip(), " ".join(why.split())
    return f"This will be saved: {score or 'no score'}{f', because: {why}' if score and why else ''}"


Keep = Callable[[Agreed | None], None]
"""Stores a score, or deletes it (None). SelfAssessError if that fails."""


class AgreedScore(HeadedScreen[str]):
    """Two fields: the score, and why. Stores it, and returns a message about what was done."""

    def __init__(self, report: RoundReport, node: Strand | Benchmark, keep: Keep) -> None:
        super().__init__(report.round.title, is_made_up=report.made_up)
        self.report = report
        self.node = node
        self.keep = keep
        self.ends = ends(report.questionnaire, node)
        self.before = report.agreed.get(node.id)
        low, high = self.ends
        head = [Content.styled("What the meeting agrees", "bold $primary"), Content.styled(node.title, "bold")]
        about = f"{BESIDE} {TAKE_AWAY}" if self.before else BESIDE
        self.words = Static(Content("\n\n").join([*head, Content.styled(about, "$quiet")]))
        self.score = TextField("line", id="score", characters=CHARACTERS)
        self.score.set_text(figures(self.before.score) if self.before else "")
        self.why = TextField("line", id="why")
        self.why.set_text(self.before.why if self.before else "")
        self.score_label = Static(Content.styled(f"The score, from {figures(low)} to {figures(high)}:", "$quiet"))
        self.why_label = Static(Content.styled("Why, in a few words:", "$quiet"))
        self.kept = Static(id="kept")
        self.note = Note()

    def compose(self) -> ComposeResult:
        yield self.made_up
        yield self.head
        fields = self.score_label, self.score, self.why_label, self.why
        yield VerticalScroll(self.words, *fields, self.kept, self.note, can_focus=False)
        yield self.bar

    def on_mount(self) -> None:
        self.say_where(self.report.questionnaire.strand_of(self.node.id).title, turnout(self.report))
        self.show_kept()
        self.enter(self.score)

    def show_kept(self) -> None:
        """Show the preview."""
        self.kept.update(Content(preview(self.score.text, self.why.text)))

    def on_text_area_changed(self) -> None:
        self.show_kept()

    def enter(self, field: TextField) -> None:
        """Move to a field."""
        self.set_focus(field)
        onward = Key("enter", "Enter", "Next" if field is self.score else "Keep")
        other = Key("tab", "Tab", "Other field")
        self.bar.set_keys([onward, other, Key("escape", "Esc", "Leave it as it was"), HELP, COLOURS])

    def press(self, key: str) -> bool:
        match key:
            case "enter" if self.writing is self.score and self.score.text.strip():
                if self.read_score() is not None:
                    self.enter(self.why)
            case "enter":
                self.finish()
            case "tab" | "shift+tab":
                self.enter(self.why if self.writing is self.score else self.score)
            case _ if len(key) == 1 and self.writing is self.score:
                self.note.refuse(f"“{key}” is not a number. {read_score('', *self.ends)}")
            case _:
                return super().press(key)
        return True

    def read_score(self) -> float | None:
        """The score in the field. None, after a message, if it is not one."""
        found = read_score(self.score.text, *self.ends)
        if isinstance(found, str):
            self.note.refuse(found)
            return None
        self.note.update("")
        return found

    def reason(self) -> str | None:
        """The reason in its field. None, after a message, if it is a number: that was meant to be the score."""
        why = " ".join(self.why.text.split())
        if number(why) is None:
            return why
        self.note.refuse(f"{why} is in the box for the reason. If it is the score, press Tab to go back.")
        return None

    def finish(self) -> None:
        """Store the score, or delete it if the field is empty, and return."""
        try:
            if not self.score.text.strip():
                if self.before:
                    self.keep(None)
                self.dismiss("The agreed score is removed." if self.before else "")
            elif (score := self.read_score()) is None:
                self.enter(self.score)
            elif (why := self.reason()) is not None:
                self.keep(Agreed(node=self.node.id, score=score, why=why))
                self.dismiss("Saved: what the meeting agreed.")
        except SelfAssessError as error:
            self.note.refuse(str(error))

    def on_text_field_full(self) -> None:
        self.note.refuse("There is no room for more.")

    def back(self) -> None:
        self.dismiss("")

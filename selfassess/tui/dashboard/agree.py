"""The score that the meeting agrees on, and why: beside what people answered, never instead of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from selfassess.documents.round.overview import turnout
from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.round import Agreed
from selfassess.model.units import Node, span
from selfassess.sitting.number import figures, number
from selfassess.tui.screens.headed import Headed, cut
from selfassess.tui.widgets.bar import COLOURS, HELP, Key
from selfassess.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from selfassess.tui.dashboard.flow import Dashboard

BESIDE = "It is kept beside the answers. The mean of the answers stays what it is."
TAKE_AWAY = "To take it away again, leave the score empty."


def ends(report: RoundReport, node: Node) -> tuple[float, float]:
    """From where to where an agreed score can be, in the units that the node is shown in."""
    if node.units != "own":
        return 0, 100
    own = span(report.questionnaire, node)
    return own.lowest, own.highest


def read_score(text: str, low: float, high: float) -> float | str:
    """The score that a text says; or, in words, why it says none."""
    value = number(text)
    accepted = f"from {figures(low)} to {figures(high)}"
    if value is None:
        return f"Please write the score in figures, {accepted}."
    return value if low <= value <= high else f"{text.strip()} is outside the scale: scores run {accepted}."


def to_be_kept(score: str, why: str) -> str:
    """What Enter would keep, from what is written in the two fields, before it does."""
    score, why = score.strip(), " ".join(why.split())
    return f"To be kept: {score or 'no score'}{f', because: {why}' if score and why else ''}"


class Agree(Headed):
    """Two fields: the score, and why."""

    def __init__(self, flow: "Dashboard", node: Strand | Benchmark, back: Callable[[str], None]) -> None:
        super().__init__(flow, is_made_up=flow.whole.made_up)
        self.dashboard = flow
        self.node = node
        self.way_back = back
        before = flow.whole.agreed.get(node.id)
        low, high = ends(flow.whole, node)
        head = [Content.styled("What the meeting agrees", "bold $primary"), Content.styled(node.title, "bold")]
        about = f"{BESIDE} {TAKE_AWAY}" if before else BESIDE
        self.words = Static(Content("\n\n").join([*head, Content.styled(about, "$quiet")]))
        self.score = Writing("number", id="score")
        self.score.set_text(figures(before.score) if before else "")
        self.why = Writing("line", id="why")
        self.why.set_text(before.why if before else "")
        self.score_label = Static(Content.styled(f"The score, from {figures(low)} to {figures(high)}:", "$quiet"))
        self.why_label = Static(Content.styled("Why, in a few words:", "$quiet"))
        self.kept = Static(id="kept")
        self.note = Static(id="note")
        self.fields = (self.score, self.why)
        self.before = before

    def title_in(self, room: int) -> str:
        return cut(self.dashboard.whole.round.title, room)

    def compose(self) -> ComposeResult:
        yield self.made_up
        yield self.head
        fields = self.score_label, self.score, self.why_label, self.why
        yield VerticalScroll(self.words, *fields, self.kept, self.note, can_focus=False)
        yield self.bar

    def on_mount(self) -> None:
        whole = self.dashboard.whole
        self.say_where(whole.questionnaire.strand_of(self.node.id).title, turnout(whole))
        self.show_kept()
        self.enter(self.score)

    def show_kept(self) -> None:
        """Say what would be kept now."""
        self.kept.update(Content(to_be_kept(self.score.text, self.why.text)))

    def on_text_area_changed(self) -> None:
        self.show_kept()

    def enter(self, field: Writing) -> None:
        """Write in a field."""
        self.set_focus(field)
        onward = Key("enter", "Enter", "Next" if field is self.score else "Keep")
        other = Key("tab", "Tab", "Other field")
        self.bar.set_keys([onward, other, Key("escape", "Esc", "Leave it as it was"), HELP, COLOURS])

    def press(self, key: str) -> bool:
        match key:
            case "enter" if self.writing is self.score and self.score.text.strip():
                if self.given() is not None:
                    self.enter(self.why)
            case "enter":
                self.keep()
            case "tab" | "shift+tab":
                self.enter(self.why if self.writing is self.score else self.score)
            case _ if len(key) == 1 and self.writing is self.score:
                low, high = ends(self.dashboard.whole, self.node)
                self.refuse(f"“{key}” is no figure. {read_score('', low, high)}")
            case _:
                return super().press(key)
        return True

    def given(self) -> float | None:
        """The score that is in the field. What is none is refused in words."""
        found = read_score(self.score.text, *ends(self.dashboard.whole, self.node))
        if isinstance(found, str):
            self.refuse(found)
            return None
        self.note.update("")
        return found

    def reason(self) -> str | None:
        """The reason that is in its field. A number is refused: it was meant for the score."""
        why = " ".join(self.why.text.split())
        if number(why) is None:
            return why
        self.refuse(f"{why} is written where the reason belongs. If it is the score: Tab leads back to it.")
        return None

    def refuse(self, why: str) -> None:
        self.note.update(Content.styled(why, "bold $error"))
        self.call_after_refresh(self.note.scroll_visible, animate=False)

    def keep(self) -> None:
        """Keep it, or take it away where the score is empty, and go back."""
        flow = self.dashboard
        try:
            if not self.score.text.strip():
                if self.before:
                    flow.disagree(self.node.id)
                self.way_back("What the meeting agreed is taken away." if self.before else "")
            elif (score := self.given()) is None:
                self.enter(self.score)
            elif (why := self.reason()) is not None:
                flow.agree(Agreed(node=self.node.id, score=score, why=why))
                self.way_back("Kept: what the meeting agreed.")
        except SelfAssessError as error:
            self.refuse(str(error))

    def on_writing_full(self) -> None:
        self.refuse("That is as much as can be kept.")

    def back(self) -> None:
        self.way_back("")

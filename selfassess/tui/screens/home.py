"""The home screen: everything that can be done, the most likely first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selfassess.model.round import Round
from selfassess.services.home import HomeContents
from selfassess.sitting import notices
from selfassess.tui.screens.base import LEAVE
from selfassess.tui.screens.list_screen import Line, ListScreen, numbered
from selfassess.tui.widgets.scale_options import Option


@dataclass(frozen=True, slots=True)
class TakePart:
    """Take part in a round."""

    round: Round


@dataclass(frozen=True, slots=True)
class Continue:
    """Resume a draft of a personal project."""

    draft_id: str


@dataclass(frozen=True, slots=True)
class RoundResults:
    """See the results of a closed round."""

    round: Round


HomeChoice = (
    TakePart
    | Continue
    | RoundResults
    | Literal["code", "invited", "start", "try", "receipt", "own sittings", "run", "compare", "plan", "help"]
)
_Line = Line[HomeChoice]


class Home(ListScreen[HomeChoice]):
    """Continue, start, try, see results, get help, or leave."""

    def __init__(self, contents: HomeContents) -> None:
        said = ["Answer questions about your partnership in your own time: see its strengths, and what to do next."]
        if contents.path:
            said.append(f"Everything you answer is saved in one file: {contents.path}")
        if contents.reminder:
            said.append(contents.reminder)
        super().__init__(notices.WHAT_FOR, said, numbered(list(_lines(contents))))

    def choose(self, index: int) -> None:
        if self.lines[index].value == "help":
            self.show_help()
        else:
            super().choose(index)


def _lines(contents: HomeContents) -> Iterator[_Line]:
    if contents.path:
        for round in contents.open_rounds:
            yield Line(Option(f"Take part: {round.title}"), TakePart(round))
        yield from _continue(contents)
        yield Line(Option("Start a questionnaire"), "start")
    yield Line(Option("Try one without saving anything"), "try")
    yield from _results(contents)
    yield Line(Option("Help"), "help")
    yield Line(Option("Leave"), LEAVE)


def _continue(contents: HomeContents) -> Iterator[_Line]:
    if contents.kind == "shared":
        yield Line(Option("Continue", about="You need the code you were given, or wrote down."), "code")
    for begun in contents.begun:
        words = f"Continue: {begun.title}"
        if begun.answers_invitation:
            yield Line(Option(words, about=f"{begun.about}, by invitation"), "invited")
        else:
            yield Line(Option(words, about=begun.about), Continue(begun.saved.id))


def _results(contents: HomeContents) -> Iterator[_Line]:
    if contents.kind == "shared":
        about = "You need the receipt that you wrote down when you handed in."
        yield Line(Option("See my results", about=about), "receipt")
    elif contents.has_answered:
        about = "Open, change or delete what you have answered."
        yield Line(Option("My answers and results", about=about), "own sittings")
    if contents.path:
        yield Line(Option("Run a round", about=_running(contents)), "run")
    for round in contents.closed_rounds:
        about = "What everyone said, for the meeting."
        yield Line(Option(f"Results of: {round.title}", about=about), RoundResults(round))
    if len(contents.closed_rounds) > 1:
        yield Line(Option("What moved between rounds", about="Two closed rounds side by side."), "compare")
    if contents.has_plan:
        yield Line(Option("The plan", about="What you decided to do, who does it and by when."), "plan")


def _running(contents: HomeContents) -> str:
    """What is said to the person who runs a round: how the first one that is not closed stands."""
    if not contents.running:
        return "Ask everyone in your partnership the same questions, and report on it."
    first = contents.running[0]
    is_open = first.round.state == "open"
    stands = f"{first.handed_in} of {first.invited} have handed in" if is_open else "not open yet"
    return f"For the person who runs it. {first.round.title}: {stands}."

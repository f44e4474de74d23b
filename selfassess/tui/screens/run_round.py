"""Running a round: the project files, the rounds of one, and how far a round is, with what can be done now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from selfassess.documents.media import MEDIA, PRINTED, usual
from selfassess.documents.round.attendance import STATES, STAYS_CLOSED, before_closing, count_lines
from selfassess.model.questionnaire import GroupKey, Questionnaire
from selfassess.model.round import Round
from selfassess.paths import called, named, quoted
from selfassess.services.groups import titles_of
from selfassess.services.progress import Progress
from selfassess.services.progress import Step as NextStep
from selfassess.sitting.round_notices import small_groups
from selfassess.text import capital
from selfassess.tui.screens.list_screen import Paragraph
from selfassess.tui.screens.step_list import Step, StepList
from selfassess.tui.widgets.scale_options import Option

NEXT: dict[NextStep, str] = {
    "invite": "Next: invite people.",
    "others": "Next: invite the other groups too, or open it if they answer on paper.",
    "open": "Next: open it, so that people can answer.",
    "wait": "Next: wait, and take in what people send back.",
    "close": "Everyone has handed in. Next: close it.",
    "report": "Next: save the report.",
    "plan": "Next: decide together what to do.",
    "ask again": "Next: when some time has passed, ask again.",
}


def stands(progress: Progress) -> str:
    """How a round stands, and what comes next."""
    state = capital(STATES[progress.round.state])
    if progress.round.state == "new" or progress.next == "close":
        return f"{state}. {NEXT[progress.next]}"
    return f"{state}: {progress.handed_in} of {progress.invited} have handed in. {NEXT[progress.next]}"


class ProjectFiles(StepList[Path | Literal["new"] | None]):
    """The files of partnerships in this folder. Returns one, or "new" to make another."""

    def __init__(self, files: Sequence[Path]) -> None:
        steps: list[Step[Path | Literal["new"] | None]] = [
            Step(Option(str(path)), path, f"{named(str(path))} round list") for path in files
        ]
        new = f"{called()} project new FILE --shared"
        steps.append(Step(Option("Begin with another partnership", about="It gets a file of its own."), "new", new))
        said = "This folder has the files of several partnerships."
        super().__init__("Which partnership?", [said], steps, back=("Back", None))


@dataclass(frozen=True, slots=True)
class OpenRound:
    """Go to a round."""

    round: Round


RoundsChoice = OpenRound | Literal["new", "notice", "other"]


class RoundsList(StepList[RoundsChoice | None]):
    """The rounds of a partnership. Returns what to do, or None to go back."""

    def __init__(
        self,
        partnership: str,
        path: Path,
        found: Sequence[Progress],
        command: str,
        said: str = "",
        *,
        has_others: bool = False,
    ) -> None:
        steps: list[Step[RoundsChoice | None]] = [
            Step(
                Option(one.round.title, about=stands(one)),
                OpenRound(one.round),
                f"{command} round status {one.round.id}",
            )
            for one in found
        ]
        first = "In a round, all of you answer the same questions."
        steps += [
            Step(Option("Make another round" if found else "Make a round"), "new", f"{command} round new"),
            Step(Option("Say who looks after the answers"), "notice", f"{command} project notice"),
        ]
        if has_others:
            new = f"{called()} project new FILE --shared"
            steps.append(Step(Option("Another partnership"), "other", new))
        paragraphs = [said, f"Everything is kept in {path}", "" if found else first]
        heading = partnership or "Your rounds"
        super().__init__(heading, [*filter(None, paragraphs)], steps, back=("Back", None))


RoundChoice = Literal[
    "invite",
    "form",
    "page",
    "room",
    "notice",
    "preview",
    "open",
    "look",
    "answer",
    "collect",
    "enter",
    "remind",
    "calendar",
    "close",
    "report",
    "results",
    "plan",
    "compare",
    "again",
    "reopen",
]

STEP_OF: dict[NextStep, RoundChoice] = {
    "invite": "invite",
    "others": "invite",
    "open": "open",
    "wait": "look",
    "close": "close",
    "report": "report",
    "plan": "plan",
    "ask again": "again",
}


class RoundPage(StepList[RoundChoice | None]):
    """How far a round is, and what can be done now; what comes next is pointed at."""

    def __init__(
        self, progress: Progress, questionnaire: Questionnaire, command: str, *, can_compare: bool, said: str = ""
    ) -> None:
        round = progress.round
        steps = list(_steps(progress, command, can_compare=can_compare))
        counts = "\n".join(count_lines(round, progress.counts, titles_of(questionnaire)))
        stands_so = f"{capital(STATES[round.state])}.\n{counts}\n{NEXT[progress.next]}"
        paragraphs: list[Paragraph] = [*([said] if said else []), stands_so]
        at = [step.value for step in steps].index(STEP_OF[progress.next])
        super().__init__(round.title, paragraphs, steps, back=("Back", None), pointer=at)


def _steps(progress: Progress, command: str, *, can_compare: bool) -> Iterator[Step[RoundChoice | None]]:
    round = progress.round
    id, group = round.id, next(iter(round.invited))
    whom = f" --group {group}" if group else ""
    invite = f"{command} round invite {id}{whom} --number {round.invited[group]}"
    ending = MEDIA[usual(PRINTED)].endings[0]
    form = f"{command} round form {id} --output {id}-form{ending}"
    page = f"{command} round page {id} --output {id}-page"
    calendar = f"{command} round calendar {id} --until DAY --output {id}.ics"
    match round.state:
        case "new":
            yield Step(Option("Invite people", about="A letter for each, and what they answer with."), "invite", invite)
            yield Step(Option("Make paper forms"), "form", form)
            yield Step(Option("Make a page for a website"), "page", page)
            yield Step(Option("Say who looks after the answers"), "notice", f"{command} project notice")
            yield Step(Option("See what people will see"), "preview", f"{command} round preview {id}")
            yield Step(Option("Put its days into your calendar"), "calendar", calendar)
            yield Step(Option("Open it", about="Then people can answer."), "open", f"{command} round open {id}")
        case "open":
            yield Step(Option("See who is in now"), "look", f"{command} round status {id}")
            about = "What people sent back, or a form exported."
            yield Step(Option("Take in answers", about=about), "collect", f"{command} collect returned")
            yield Step(Option("Type in paper forms"), "enter", f"{command} round enter {id}")
            yield Step(Option("Let people answer on this computer"), "answer", f"{command} take --round {id}")
            yield Step(Option("Let people in the room answer on phones"), "room", f"{command} host {id} --lan")
            about = "Those who have not answered."
            yield Step(Option("Remind people", about=about), "remind", f"{command} round remind {id}")
            about = "You are asked first."
            yield Step(Option("Close it", about=about), "close", f"{command} round close {id}")
            yield Step(Option("Invite more people"), "invite", invite)
            yield Step(Option("Make paper forms"), "form", form)
            yield Step(Option("Make a page for a website"), "page", page)
            yield Step(Option("Put its days into your calendar"), "calendar", calendar)
        case "closed":
            about = "For the board: Word, PDF, slides and more."
            report = f"{command} report {id} --output {id}{ending}"
            yield Step(Option("Save the report", about=about), "report", report)
            yield Step(Option("See the results on screen"), "results", f"{command} dashboard {id}")
            yield Step(
                Option("The plan", about="What you do, who does it and by when."), "plan", f"{command} plan --screen"
            )
            yield Step(Option("Put the plan's days into your calendar"), "calendar", f"{command} plan calendar")
            if can_compare:
                yield Step(Option("See what moved since another round"), "compare", f"{command} compare")
            yield Step(Option("Make the next round"), "again", f"{command} round new --like {id}")
            if not progress.is_released:
                yield Step(Option("Open it again", about=STAYS_CLOSED), "reopen", f"{command} round reopen {id}")


class InRoom(StepList[bool]):
    """How people in the room answer on their phones. Returns whether they do now."""

    def __init__(self, command: str) -> None:
        how = (
            "This laptop shows a code. Everybody scans it with their phone's camera, and answers there. What they hand "
            "in is here at once, and they see their own result."
        )
        needs = "Your laptop and their phones have to be on the same network. Ctrl+C brings you back here."
        steps = [Step(Option("Show the code"), True, command)]
        super().__init__("Answering in the room", [how, needs], steps, back=("Back", False))


class CloseQuestion(StepList[bool]):
    """What is lost and decided when a round closes. Returns whether to close it."""

    def __init__(self, progress: Progress, questionnaire: Questionnaire, command: str) -> None:
        round = progress.round
        lines = "\n".join(before_closing(round, progress.counts, titles_of(questionnaire)))
        decided = small_groups(round, questionnaire)
        paragraphs: list[Paragraph] = [lines, *([("What is decided then", decided)] if decided else [])]
        close = f"{command} round close {quoted(round.id)}"
        steps = [Step(Option("Keep it open"), False), Step(Option("Close it now"), True, close)]
        super().__init__(f"Close “{round.title}”?", paragraphs, steps, back=("Back", False), is_long=True)


class Groups(StepList[GroupKey | None]):
    """The groups of a round. Returns the id of one, or None to go back."""

    def __init__(
        self, heading: str, said: Sequence[Paragraph], groups: Mapping[GroupKey, tuple[str, str, str]], pointer: int = 0
    ) -> None:
        """`groups` has for each id what it is called, what is said of it, and the command."""
        steps: list[Step[GroupKey | None]] = [
            Step(Option(title, about=about), id, command) for id, (title, about, command) in groups.items()
        ]
        super().__init__(heading, said, steps, back=("Back", None), pointer=pointer)


class YesOrNo(StepList[bool | None]):
    """A question with yes or no. `usual` is pointed at; None to go back."""

    def __init__(self, heading: str, said: str, yes: tuple[str, str], no: tuple[str, str], *, usual: bool) -> None:
        """`yes` and `no` are each what is said below the answer, and the command that stands for it."""
        steps: list[Step[bool | None]] = [
            Step(Option("Yes", about=yes[0]), True, yes[1]),
            Step(Option("No", about=no[0]), False, no[1]),
        ]
        super().__init__(heading, [said], steps, back=("Back", None), pointer=0 if usual else 1)

"""Inviting people: where they answer, and in which format their letters come."""

from collections.abc import Callable, Sequence
from typing import Literal

from selfassess.documents.media import MEDIA
from selfassess.model.round import Way
from selfassess.tui.screens.step_list import Step, StepList
from selfassess.tui.widgets.scale_options import Option

Where = Way | Literal["address"]
"""How people answer; at an address each finds the page there, rather than getting one."""
OPTIONS: dict[Where, str] = {"page": " --page", "invitation": "", "here": " --letters-only", "address": " --at"}
"""What is added to the command for each way to answer."""
WAYS: dict[Where, tuple[str, str]] = {
    "page": (
        "In a browser",
        "Each gets a letter, and a page that opens on computers and Android phones. iPhones cannot run it.",
    ),
    "invitation": ("In this program, on their own computers", "Each gets a letter, and an invitation file."),
    "here": ("On this computer", "Each gets a letter, with what to type."),
    "address": ("On the round's page, at its address", "Each gets a letter with a code to scan. For any phone."),
}


class AnswerWhere(StepList[Where | None]):
    """Where people answer. Returns the way, or None to go back."""

    def __init__(self, usual: Where, command: Callable[[Where], str]) -> None:
        steps: list[Step[Where | None]] = [
            Step(Option(title, about=about), way, command(way)) for way, (title, about) in WAYS.items()
        ]
        super().__init__("Where will they answer?", [], steps, back=("Back", None), pointer=list(WAYS).index(usual))


ABOUT = {
    "html": "For any browser, which prints it. Each letter begins on a page of its own.",
    "markdown": "For any text editor.",
    "docx": "For Word, LibreOffice and the like. Each letter begins on a page of its own.",
    "pdf": "To print as it is. Each letter begins on a page of its own.",
}


class LettersFormat(StepList[str | None]):
    """The format of the document with all letters. Returns its name, or None to go back."""

    def __init__(self, styles: Sequence[str], usual: str, command: Callable[[str], str], refused: str = "") -> None:
        steps: list[Step[str | None]] = [
            Step(Option(MEDIA[style].name, about=ABOUT[style]), style, command(style)) for style in styles
        ]
        said = [refused] if refused else ["Each letter is in a file of its own. All of them also come in one document:"]
        pointer = list(styles).index(usual)
        super().__init__("The letters to print", said, steps, back=("Back", None), pointer=pointer)

"""Saving the report of a round: how much of it, and in which format."""

from collections.abc import Callable

from selfassess.documents.media import MEDIA
from selfassess.documents.round.attendance import STAYS_CLOSED
from selfassess.tui.screens.step_list import Step, StepList
from selfassess.tui.widgets.scale_options import Option


class ReportLength(StepList[bool | None]):
    """One page, or all of it. Returns whether all of it, or None to go back."""

    def __init__(self, plain: str, full: str, *, usual: bool, is_first: bool) -> None:
        """`plain` and `full` are the commands; `is_first` says that no report of the round was made yet."""
        steps: list[Step[bool | None]] = [
            Step(Option("One page for the board", about="Where you stand, what to talk about."), False, plain),
            Step(Option("All of it", about="The page, and everything else as an annex."), True, full),
        ]
        said = [STAYS_CLOSED] if is_first else []
        super().__init__("How much of the report?", said, steps, back=("Back", None), pointer=int(usual))


FORMATS = ("pdf", "docx", "pptx", "xlsx", "html", "markdown", "text")
"""In the order in which they are offered."""
OPENS = {
    "pdf": "It opens in any PDF reader, and is ready to print.",
    "docx": "It opens in Word, LibreOffice and the like.",
    "pptx": "It opens in PowerPoint, LibreOffice and the like.",
    "xlsx": "It opens in Excel, LibreOffice and the like.",
    "html": "It opens in any browser.",
    "markdown": "It opens in any text editor.",
    "text": "It opens in any text editor.",
}
FOR = {
    "pdf": "to print and hand round",
    "docx": "to edit, or to add to",
    "pptx": "slides for the meeting",
    "xlsx": "every score, to sort and filter, and a log of actions",
    "html": "a page for the browser, also on a phone",
    "markdown": "text with marks, for editors and wikis",
    "text": "plain text",
}


class ReportFormat(StepList[str | None]):
    """The formats of a report. Returns the name of one, or None to go back."""

    def __init__(self, usual: str, command: Callable[[str], str], refused: str = "") -> None:
        steps: list[Step[str | None]] = [
            Step(Option(f"{MEDIA[style].name}: {FOR[style]}"), style, command(style)) for style in FORMATS
        ]
        said = [refused] if refused else []
        super().__init__("In which format?", said, steps, back=("Back", None), pointer=FORMATS.index(usual))

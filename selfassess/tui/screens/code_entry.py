"""Codes and receipts: showing one to write down, and typing one in."""

from collections.abc import Callable
from typing import TypeVar

from textual.content import Content

from selfassess.errors import UsageError
from selfassess.sitting import round_notices
from selfassess.tui.screens.field_screen import FieldScreen
from selfassess.tui.screens.list_screen import Line, ListScreen
from selfassess.tui.widgets.scale_options import Option

KEEP_CODE = """\
Your answers are in a file that several people share. Only this code opens yours. \
Without it nobody can find them again."""

T = TypeVar("T")


class KeepCode(ListScreen[bool]):
    """Shows the resume code before the first question. False to leave."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "Please write this down",
            [
                ("Your resume code", code),
                KEEP_CODE,
                "It is shown only now. You need it until you hand in.",
            ],
            [Line(Option("I have written it down. To the questions", "1"), True)],
            back=("Leave", False),
            pointer=None,
        )


class CodeEntry(FieldScreen[T]):
    """A field for a code. Returns what the code opens, or None to go back."""

    FINISHING = ("enter", "tab")

    def __init__(
        self, heading: str, said: str, open: Callable[[str], T], *, what: str = "code", may_be_empty: bool = False
    ) -> None:
        """`open` raises SelfAssessError if the code opens nothing."""
        super().__init__(heading, Content(said), onward="Continue" if may_be_empty else "Open")
        self.open = open
        self.what = what
        self.may_be_empty = may_be_empty

    def accept(self, typed: str) -> T:
        if not self.may_be_empty and not typed.strip():
            raise UsageError(f"Type the {self.what}, or press Escape.")
        return self.open(typed)


def resume_entry(open: Callable[[str], T]) -> CodeEntry[T]:
    """For the code of a sitting that was begun."""
    said = "Type the code that you wrote down before the first question. Lower case is fine."
    return CodeEntry("Your resume code", said, open)


def receipt_entry(open: Callable[[str], T]) -> CodeEntry[T]:
    """For the receipt of a sheet that was handed in."""
    said = "Type the receipt that you wrote down when you handed in. Lower case is fine."
    return CodeEntry("Your receipt", said, open, what="receipt")


def admission_entry(open: Callable[[str], T], *, is_preview: bool) -> CodeEntry[T]:
    """For the code that admits a person to a round, or resumes their sitting."""
    said = (
        "Type the code that you were given for this round. Lower case is fine. If you have begun already, it takes you "
        "back there."
    )
    if is_preview:
        said = round_notices.ANY_CODE
    return CodeEntry("Your admission code", said, open)


def own_code_entry(open: Callable[[str], T]) -> CodeEntry[T]:
    """For a code that the person makes up. It may be left empty."""
    said = f"{round_notices.OWN_CODE}\n\n{round_notices.GUESSED}\n\nPress Enter to carry on without one."
    return CodeEntry(round_notices.OWN_CODE_HEADING, said, open, may_be_empty=True)

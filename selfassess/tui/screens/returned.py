"""For people who come back with their receipt: to see their result, answer again or take their answers back."""

from typing import Literal

from selfassess.tui.screens.list_screen import Line, ListScreen, numbered
from selfassess.tui.widgets.scale_options import Option

Wish = Literal["results", "again", "take back"] | None


class ReturnedScreen(ListScreen[Wish]):
    """What to do with a receipt. None to go back."""

    def __init__(self, *, takes_turns: bool) -> None:
        said = "What would you like to do? Until the round closes you can also answer again."
        again = "You begin with your earlier answers. They stay until you hand in again."
        lines: list[Line[Wish]] = [
            Line(Option("See my own result"), "results"),
            Line(Option("Answer again", about=again), "again"),
        ]
        if takes_turns:
            lines.append(
                Line(
                    Option("Delete my answers", about="You can still change your mind on the next screen."), "take back"
                )
            )
        lines.append(Line(Option("Back"), None))
        super().__init__("You have handed in", [said], numbered(lines), back=("Back", None))


class TakeBackQuestion(ListScreen[bool]):
    """Asks before answers are taken back."""

    def __init__(self) -> None:
        super().__init__(
            "Delete your answers?",
            ["This also deletes what you wrote in your own words, and cannot be undone. An admission code stays used."],
            [Line(Option("Yes, delete them", "1"), True), Line(Option("No, keep them", "2"), False)],
            back=("Back", False),
            pointer=None,
        )


class AnswerAgain(ListScreen[bool]):
    """Before answering again, if there is nothing more to ask. Returns whether to go on."""

    def __init__(self) -> None:
        said = "You see your earlier answers. Change what you like, then hand in: they replace the earlier ones."
        super().__init__("Answer again", [said], [Line(Option("To my answers", "1"), True)], back=("Back", False))

"""What somebody can do in a round who has handed in, or who left before."""

from typing import Literal

from selfassess.sitting.live import Sitting
from selfassess.tui.screens.list_screen import Line, ListScreen, numbered
from selfassess.tui.widgets.scale_options import Option


class Left(ListScreen[None]):
    """Somebody has stopped, and the next person may come."""

    def __init__(self, sitting: Sitting) -> None:
        if sitting.trouble:
            heading, said = "Not saved", f"What you answered last is not saved. {sitting.trouble.message}"
        else:
            first = "Start" if sitting.round and sitting.round.rules.codes else "Go on with what I began"
            if sitting.saver.again:
                first = "I have handed in already"
            heading = "Your answers are saved"
            said = f"To go on, choose “{first}” on the first page, and type {sitting.code_to_return}."
        next_one = "For the next person"
        super().__init__(heading, [said], [Line(Option(next_one, "1"), None)], back=(next_one, None))


Wish = Literal["results", "again", "take back"] | None


class ReturnedScreen(ListScreen[Wish]):
    """Look, answer again, or take back. None to go back."""

    def __init__(self, *, takes_turns: bool) -> None:
        said = "What would you like to do? Until the round is closed you can also answer again."
        again = "You begin with your earlier answers. They stay until you hand in again."
        lines: list[Line[Wish]] = [
            Line(Option("See my own result"), "results"),
            Line(Option("Answer again", about=again), "again"),
        ]
        if takes_turns:
            lines.append(Line(Option("Take my answers back", about="You are asked once more."), "take back"))
        lines.append(Line(Option("Back"), None))
        super().__init__("You have handed in", [said], numbered(lines), back=("Back", None))


class TakeBackQuestion(ListScreen[bool]):
    """The last moment to leave the answers where they are."""

    def __init__(self) -> None:
        super().__init__(
            "Take your answers back?",
            ["They are removed for good, and so is what you wrote in your own words. An admission code stays used."],
            [Line(Option("Yes, take them back", "1"), True), Line(Option("No, leave them", "2"), False)],
            back=("Back", False),
            pointer=None,
        )

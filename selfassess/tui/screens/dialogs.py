"""Dialogs: something takes a moment, went wrong, or would be lost."""

from collections.abc import Callable
from typing import Literal, TypeVar

from selfassess.errors import ProjectInUseError, SelfAssessError
from selfassess.tui.screens.base import LEAVE
from selfassess.tui.screens.list_screen import Line, ListScreen
from selfassess.tui.widgets.scale_options import Option

AGAIN, PATIENCE = 0.3, 60.0
"""Seconds between two attempts, and how long to keep trying."""

T = TypeVar("T")


class Notice(ListScreen[None]):
    """A message to read."""

    def __init__(self, heading: str, said: str) -> None:
        super().__init__(heading, [said], [Line(Option("Back", "1"), None)], back=("Back", None))


class InUse(ListScreen[T | SelfAssessError]):
    """Another program is using the project file. Retries for a while, and returns the value or error."""

    def __init__(self, error: ProjectInUseError, act: Callable[[], T]) -> None:
        self.act = act
        said = "Another program is using the project file. We will carry on as soon as the file is free."
        stop: Line[T | SelfAssessError] = Line(Option("Stop waiting", "1"), error)
        super().__init__("Just a moment", [said], [stop], back=("Stop waiting", error), pointer=None)

    def on_mount(self) -> None:
        self.tries = self.set_interval(AGAIN, self.try_again)
        self.set_timer(PATIENCE, self.back)

    def try_again(self) -> None:
        self.tries.pause()  # it must succeed only once
        try:
            found: T | SelfAssessError = self.act()
        except ProjectInUseError:
            self.tries.resume()
            return
        except SelfAssessError as error:
            found = error
        self.dismiss(found)


class CannotBegin(ListScreen[Literal["again", "only try"]]):
    """A sitting cannot begin, because its draft cannot be saved."""

    def __init__(self, error: SelfAssessError) -> None:
        lines: list[Line[Literal["again", "only try"]]] = [
            Line(Option("Try again", "1"), "again"),
            Line(Option("Just try it out, without saving", "2"), "only try"),
            Line(Option("Leave", "3"), LEAVE),
        ]
        super().__init__("Your answers cannot be saved", [str(error)], lines)


class CannotBeginRound(ListScreen[Literal["again", "leave"] | None]):
    """The same in a round. None to go back."""

    def __init__(self, error: SelfAssessError) -> None:
        lines: list[Line[Literal["again", "leave"] | None]] = [
            Line(Option("Try again", "1"), "again"),
            Line(Option("Leave", "2"), "leave"),
        ]
        super().__init__("Your answers cannot be saved", [str(error)], lines, back=("Back", None))


class CannotSave(ListScreen[Literal["again", "questions", "lose"]]):
    """The person wants to leave, but the last answers are not saved."""

    def __init__(self, error: SelfAssessError) -> None:
        lines: list[Line[Literal["again", "questions", "lose"]]] = [
            Line(Option("Try again to save and leave", "1"), "again"),
            Line(Option("Go back to the questions", "2"), "questions"),
            Line(Option("Leave, and lose what is not saved", "3"), "lose"),
        ]
        said = [str(error), "Unsaved answers are still here, as long as you do not leave."]
        super().__init__("Not saved", said, lines, back=("Questions", "questions"), pointer=None)


class CannotHandIn(ListScreen[bool]):
    """Handing in failed, and the draft is unchanged. Returns whether to try again."""

    def __init__(self, error: SelfAssessError) -> None:
        lines = [Line(Option("Try again", "1"), True), Line(Option("Go back", "2"), False)]
        said = [str(error), "Your answers are still here. Nothing is handed in yet."]
        super().__init__("Not handed in", said, lines, back=("Back", False))


class HandInRefused(ListScreen[Literal["results", "lose"] | None]):
    """Handing in can never succeed: the round was closed meanwhile, or the code used. None to go back."""

    def __init__(self, error: SelfAssessError) -> None:
        lines: list[Line[Literal["results", "lose"] | None]] = [
            Line(Option("See my own result", "1"), "results"),
            Line(Option("Leave, and lose these answers", "2"), "lose"),
        ]
        said = [str(error), "Your answers are still here, as long as you do not leave."]
        super().__init__("Not handed in", said, lines, back=("Questions", None), pointer=None)


class LeaveUnsaved(ListScreen[bool]):
    """Asks before a trial is left. Returns whether to leave."""

    def __init__(self) -> None:
        lines = [
            Line(Option("Keep answering", "1"), False),
            Line(Option("Leave", "2", "You were just trying it out: nothing is saved."), True),
        ]
        said = ["You were just trying it out. When you leave, your answers are deleted."]
        super().__init__("Leave now?", said, lines, back=("Questions", False))

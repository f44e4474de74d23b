"""What to do when something could not be saved, or would not be kept. The answers stay where they are meanwhile."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import ProjectInUseError, SelfAssessError
from selfassess.sitting.live import Sitting
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow

AGAIN, PATIENCE = 0.3, 60.0
"""Seconds between two tries, and for how long it is tried."""


class Notice(Menu):
    """Something went otherwise than hoped; and then on."""

    def __init__(self, flow: "Flow", heading: str, words: str, then: Callable[[], None]) -> None:
        super().__init__(flow, heading, [words], [Line(Option("Back", "1"), then)], back=("Back", then))


class InUse(Menu):
    """Another program is using the project file. It is tried again by itself, for a while."""

    def __init__(
        self,
        flow: "Flow",
        error: ProjectInUseError,
        act: Callable[[], None],
        failed: Callable[[SelfAssessError], None],
    ) -> None:
        self.error = error
        self.act = act
        self.failed = failed
        said = "Another program is using the project file. What you asked for is done as soon as the file is free."
        lines = [Line(Option("Stop waiting", "1"), self.give_up)]
        super().__init__(flow, "Just a moment", [said], lines, back=("Stop waiting", self.give_up), pointer=None)

    def on_mount(self) -> None:
        self.tries = self.set_interval(AGAIN, self.try_again)
        self.set_timer(PATIENCE, self.give_up)

    def try_again(self) -> None:
        self.tries.pause()  # what comes next is done once
        try:
            self.act()
        except ProjectInUseError:
            self.tries.resume()
        except SelfAssessError as error:
            self.failed(error)

    def give_up(self) -> None:
        self.tries.pause()
        self.failed(self.error)


class CannotBegin(Menu):
    """There is no draft yet, because it cannot be saved."""

    def __init__(self, flow: "Flow", error: SelfAssessError, begin: Callable[[], None]) -> None:
        def only_try() -> None:
            flow.saves = False
            begin()

        lines = [
            Line(Option("Try again", "1"), begin),
            Line(Option("Only try it out, without saving", "2"), only_try),
            Line(Option("Leave", "3"), flow.leave),
        ]
        super().__init__(flow, "Your answers cannot be saved", [str(error)], lines)


class CannotSave(Menu):
    """The person wants to leave, and the last answers are not saved."""

    def __init__(self, flow: "Flow", sitting: Sitting, error: SelfAssessError, leave: Callable[[], None]) -> None:
        back = partial(flow.questions, sitting)
        lines = [
            Line(Option("Try again to save and leave", "1"), partial(flow.leave_sitting, sitting, leave)),
            Line(Option("Go back to the questions", "2"), back),
            Line(Option("Leave, and lose what is not saved", "3"), leave),
        ]
        said = [str(error), "What is not saved is still here, as long as you do not leave."]
        super().__init__(flow, "Not saved", said, lines, back=("Questions", back), pointer=None)


class CannotHandIn(Menu):
    """Handing in did not work. The draft is as it was."""

    def __init__(self, flow: "Flow", sitting: Sitting, error: SelfAssessError) -> None:
        back = partial(flow.review, sitting)
        lines = [Line(Option("Try again", "1"), partial(flow.hand_in, sitting)), Line(Option("Go back", "2"), back)]
        said = [str(error), "Your answers are still here. Nothing is handed in yet."]
        super().__init__(flow, "Not handed in", said, lines, back=("Back", back))


class LeaveUnsaved(Menu):
    """A try is about to be left."""

    def __init__(self, flow: "Flow", sitting: Sitting) -> None:
        back = partial(flow.questions, sitting)
        lines = [
            Line(Option("Go on answering", "1"), back),
            Line(Option("Leave", "2", "Nothing of this try is kept."), partial(flow.left, sitting)),
        ]
        said = ["You were trying it out. When you leave, your answers are gone."]
        super().__init__(flow, "Leave now?", said, lines, back=("Questions", back))

"""Coming back to a sitting: how, and to which version of the questionnaire."""

from typing import Literal

from selfassess.services.sittings import Begun
from selfassess.sitting import notices
from selfassess.sitting.session import Sitting
from selfassess.tui.screens.base import LEAVE
from selfassess.tui.screens.list_screen import Line, ListScreen
from selfassess.tui.widgets.scale_options import Option


class EditedSince(ListScreen[Literal["go on", "begin again"]]):
    """The questionnaire was edited since the person began: what has changed, and whether to resume the old version or
    to begin with the new one."""

    def __init__(self, begun: Begun) -> None:
        lines: list[Line[Literal["go on", "begin again"]]] = [
            Line(Option(notices.AS_IT_WAS, "1", begun.about), "go on"),
            Line(Option(notices.BEGIN_AGAIN, "2", notices.KEPT), "begin again"),
            Line(Option("Leave", "3"), LEAVE),
        ]
        super().__init__(notices.EDITED, ["\n".join(begun.changes)], lines, pointer=None, is_long=True)


class SavedForLater(ListScreen[None]):
    """Says how to come back to a sitting in a round, before the next person takes part."""

    def __init__(self, sitting: Sitting) -> None:
        if sitting.trouble:
            heading, said = "Not saved", f"What you answered last is not saved. {sitting.trouble.message}"
        else:
            first = "Start" if sitting.round and sitting.round.rules.codes else "Carry on where I stopped"
            if sitting.saver.again:
                first = "I have handed in already"
            heading = "Your answers are saved"
            said = f"To carry on later, choose “{first}” on the first page, and type {sitting.code_to_return}."
        next_one = "For the next person"
        super().__init__(heading, [said], [Line(Option(next_one, "1"), None)], back=(next_one, None))

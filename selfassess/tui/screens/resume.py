"""Going on with what was answered before, where there is something to say first."""

from collections.abc import Sequence
from typing import Literal

from selfassess.model.questionnaire import Edition
from selfassess.sitting import words
from selfassess.storage.rows import SavedDraft
from selfassess.tui.screens.base import LEAVE
from selfassess.tui.screens.list_screen import Line, ListScreen
from selfassess.tui.widgets.scale_options import Option


class EditedSince(ListScreen[Literal["go on", "begin again"]]):
    """A questionnaire that was edited since the person began to answer it: what has changed, and the choice to go on
    with the questions as they were or to begin again with the new ones."""

    def __init__(self, then: Edition, saved: SavedDraft, changes: Sequence[str]) -> None:
        about = words.sitting_about(then.questionnaire, saved.draft, saved.saved)
        lines: list[Line[Literal["go on", "begin again"]]] = [
            Line(Option(words.AS_IT_WAS, "1", about), "go on"),
            Line(Option(words.BEGIN_AGAIN, "2", words.KEPT), "begin again"),
            Line(Option("Leave", "3"), LEAVE),
        ]
        super().__init__(words.EDITED, ["\n".join(changes)], lines, pointer=None, is_long=True)


class AnswerAgain(ListScreen[bool]):
    """Somebody answers a round again, and there is nothing more to ask. Whether to go on."""

    def __init__(self) -> None:
        said = (
            "You see your earlier answers. Change what you like, then hand in: they take the place of the earlier ones."
        )
        super().__init__("Answer again", [said], [Line(Option("To my answers", "1"), True)], back=("Back", False))

"""A questionnaire that was edited since the person began to answer it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import Edition
from selfassess.sitting import words
from selfassess.storage.project import Project
from selfassess.storage.rows import SavedDraft
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Edited(Menu):
    """What has changed, and the choice to go on with the questions as they were or to begin again with the new ones."""

    def __init__(
        self,
        flow: "Flow",
        project: Project,
        now: Edition,
        then: Edition,
        saved: SavedDraft,
        changes: Sequence[str],
    ) -> None:
        about = words.sitting_about(then.questionnaire, saved.draft, saved.saved)
        super().__init__(
            flow,
            words.EDITED,
            ["\n".join(changes)],
            [
                Line(Option(words.AS_IT_WAS, "1", about), partial(flow.resume, project, saved.id)),
                Line(Option(words.BEGIN_AGAIN, "2", words.KEPT), partial(flow.welcome, now)),
                Line(Option("Leave", "3"), flow.leave),
            ],
            pointer=None,
            is_long=True,
        )

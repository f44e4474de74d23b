"""Choosing the group that one answers with."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import Group
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow

SAID = "Some questions are worded differently for each group, and a few are for one group only."
STAYS = "Your answers stay."


class Groups(Menu):
    """The groups, each with the line that helps to choose. `now` is the group of somebody who has begun."""

    def __init__(
        self,
        flow: "Flow",
        groups: Sequence[Group],
        choose: Callable[[str], None],
        back: Callable[[], None],
        *,
        now: str | None = None,
    ) -> None:
        lines = [
            Line(Option(one.title, str(number), one.about, heading=" "), partial(choose, one.id))
            for number, one in enumerate(groups, start=1)
        ]
        ids = [one.id for one in groups]
        super().__init__(
            flow,
            "Which of these are you?",
            [f"{SAID} {STAYS}" if now else SAID],
            lines,
            back=("Back", back),
            pointer=ids.index(now) if now in ids else 0,
        )

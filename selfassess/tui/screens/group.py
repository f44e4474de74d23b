"""Choosing the group that one answers with."""

from collections.abc import Sequence

from selfassess.model.questionnaire import Group
from selfassess.tui.screens.list_screen import Line, ListScreen
from selfassess.tui.widgets.scale_options import Option

SAID = "Some questions are worded differently for each group, and a few are for one group only."
STAYS = "Your answers stay."


class Groups(ListScreen[str | None]):
    """The groups, each with the line that helps to choose. Returns the id of one, or None to go back. `now` is the
    group of somebody who has begun."""

    def __init__(self, groups: Sequence[Group], *, now: str | None = None) -> None:
        lines: list[Line[str | None]] = [
            Line(Option(one.title, str(number), one.about, heading=" "), one.id)
            for number, one in enumerate(groups, start=1)
        ]
        ids = [one.id for one in groups]
        super().__init__(
            "Which of these are you?",
            [f"{SAID} {STAYS}" if now else SAID],
            lines,
            back=("Back", None),
            pointer=ids.index(now) if now in ids else 0,
        )

"""Choosing a questionnaire, a group or a round."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import Group, GroupKey
from selfassess.model.round import Round
from selfassess.tui.screens.list_screen import Line, ListScreen, numbered
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.definition.library import Listed


class QuestionnairePicker(ListScreen[Path | None]):
    """The questionnaires that come with the program. Returns the path of one, or None to go back."""

    def __init__(self, found: "Sequence[Listed]", *, command: str, saves: bool) -> None:
        lines: list[Line[Path | None]] = [Line(Option(one.title), one.path) for one in found]
        kept = "Your answers are saved as you give them." if saves else "Just trying it out: nothing will be saved."
        own = f"To use your own questionnaire file, leave and type: {command} take FILE"
        super().__init__("Which questionnaire?", [kept, own], numbered(lines), back=("Back", None))


SAID = "Some questions are worded differently for each group, and a few are for one group only."
STAYS = "Your answers stay."


class GroupPicker(ListScreen[GroupKey | None]):
    """The groups, each with the line that helps to choose. Returns the id of one, or None to go back. `now` is the
    group that was chosen before, if the questions have begun."""

    def __init__(self, groups: Sequence[Group], *, now: GroupKey | None = None) -> None:
        lines: list[Line[GroupKey | None]] = [
            Line(Option(one.title, about=one.about, heading=" "), one.id) for one in groups
        ]
        ids = [one.id for one in groups]
        super().__init__(
            "Which of these are you?",
            [f"{SAID} {STAYS}" if now else SAID],
            numbered(lines),
            back=("Back", None),
            pointer=ids.index(now) if now in ids else 0,
        )


class RoundPicker(ListScreen[Round | None]):
    """The titles of some rounds. Returns one, or None to go back."""

    def __init__(self, heading: str, said: str, rounds: Sequence[Round]) -> None:
        lines: list[Line[Round | None]] = [Line(Option(one.title), one) for one in rounds]
        super().__init__(heading, [said], numbered(lines), back=("Back", None))

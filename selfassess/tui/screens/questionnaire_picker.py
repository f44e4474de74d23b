"""Choosing one of the questionnaires that come with the program."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.tui.screens.list_screen import Line, ListScreen, numbered
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.definition.library import Listed


class QuestionnairePicker(ListScreen[Path | None]):
    """The titles, one below the other. Returns the path of one, or None to go back."""

    def __init__(self, found: "Sequence[Listed]", *, command: str, saves: bool) -> None:
        lines: list[Line[Path | None]] = [Line(Option(one.title), one.path) for one in found]
        kept = "Your answers are saved as you give them." if saves else "This is a try: nothing will be kept."
        own = f"To use your own questionnaire file, leave and type: {command} take FILE"
        super().__init__("Which questionnaire?", [kept, own], numbered(lines), back=("Back", None))

"""Choosing a round."""

from collections.abc import Sequence

from selfassess.model.round import Round
from selfassess.tui.screens.list_screen import Line, ListScreen, numbered
from selfassess.tui.widgets.scale_options import Option


class RoundPicker(ListScreen[Round | None]):
    """The titles of some rounds; None to go back."""

    def __init__(self, heading: str, said: str, rounds: Sequence[Round]) -> None:
        lines: list[Line[Round | None]] = [Line(Option(one.title), one) for one in rounds]
        super().__init__(heading, [said], numbered(lines), back=("Back", None))

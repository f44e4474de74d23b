"""Choosing one of the questionnaires that come with the program."""

from functools import partial
from typing import TYPE_CHECKING

from selfassess.definition.library import shipped
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Choose(Menu):
    """The titles, one below the other."""

    def __init__(self, flow: "Flow") -> None:
        lines = [
            Line(Option(listed.title, str(number)), partial(flow.chosen, listed))
            for number, listed in enumerate(shipped(), start=1)
        ]
        kept = "Your answers are saved as you give them." if flow.saves else "This is a try: nothing will be kept."
        own = f"To use your own questionnaire file, leave and type: {flow.command} take FILE"
        super().__init__(flow, "Which questionnaire?", [kept, own], lines, back=("Back", flow.home))

"""Choosing the group that one answers with."""

from functools import partial
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Form
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Groups(Menu):
    """The groups, each with the line that helps to choose."""

    def __init__(self, flow: "Flow", edition: Edition, form: Form) -> None:
        lines = [
            Line(Option(one.title, str(number), one.about, heading=" "), partial(flow.begin, edition, form, one.id))
            for number, one in enumerate(edition.questionnaire.groups, start=1)
        ]
        said = "Some questions are put in other words for each group, and some are for one group alone."
        super().__init__(flow, "Which of these are you?", [said], lines, back=("Back", partial(flow.welcome, edition)))

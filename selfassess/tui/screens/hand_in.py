"""Handing in: asked once more before, thanked after, with the receipt."""

from functools import partial
from typing import TYPE_CHECKING

from selfassess.model.sheet import Sheet
from selfassess.paths import program
from selfassess.sitting import round_words, words
from selfassess.sitting.live import Sitting
from selfassess.tui.screens.menu import Line, Menu, Paragraph
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class HandIn(Menu):
    """The last moment to go back. Nothing is handed in by mistake: the way to it is an arrow, then Enter, or a click.
    No letter, figure or space bar leads there, and Enter alone leads back."""

    def __init__(self, flow: "Flow", sitting: Sitting) -> None:
        said = "You won't be able to change your answers after this."
        if sitting.round:
            said = "After this you get a receipt. With it you can answer again until the round closes."
        super().__init__(
            flow,
            "Hand in now?",
            [words.left_open(sitting.progress), said],
            [
                Line(Option("Not yet"), partial(flow.review, sitting)),
                Line(Option("Hand in now", about=words.DELIBERATELY), partial(flow.hand_in, sitting)),
            ],
            back=("Not yet", partial(flow.review, sitting)),
        )

    def press(self, key: str) -> bool:
        return key != "space" and super().press(key)


class HandedIn(Menu):
    """Thanks, and the receipt, which is not shown again once this is left. An Enter too many does not leave it."""

    def __init__(self, flow: "Flow", sitting: Sitting, sheet: Sheet, receipt: str) -> None:
        onward = "Home" if flow.begins_at_home else "Leave"
        again = partial(flow.handed_in, sitting, sheet, receipt)
        super().__init__(
            flow,
            "Thank you",
            list(_paragraphs(sitting, receipt)),
            [
                Line(Option("See my results", "1"), partial(flow.results, sitting.edition, sheet, again)),
                Line(Option(onward, "2"), flow.home_or_leave),
            ],
            back=(onward, flow.home_or_leave),
            pointer=None if receipt else 0,
            is_long=True,
        )


def _paragraphs(sitting: Sitting, receipt: str) -> list[Paragraph]:
    command = program(sitting.saver.where)
    use = [
        "With it, and only with it, you can see your results again, or take your answers back:",
        f"  {command} report --receipt",
        f"  {command} forget",
        round_words.ASKS_FOR_RECEIPT,
    ]
    return [
        f"Your answers are handed in. They are kept in {sitting.saver.where}",
        ("Your receipt", receipt),
        "Please write it down: it is shown only now. " + "\n".join(use),
    ]

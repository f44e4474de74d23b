"""Handing in: asked once more before, thanked after, with the receipt."""

from functools import partial
from typing import TYPE_CHECKING

from selfassess.model.sheet import Sheet
from selfassess.paths import program
from selfassess.sitting.live import Sitting
from selfassess.tui.screens.menu import Line, Menu, Paragraph
from selfassess.tui.widgets.options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class HandIn(Menu):
    """The last moment to go back. The pointer is nowhere: an Enter too many hands nothing in."""

    def __init__(self, flow: "Flow", sitting: Sitting) -> None:
        progress = sitting.progress
        missing = progress.asked - progress.answered
        said = "After this you see your results. Your answers cannot be changed any more."
        if sitting.round:
            said = "After this you get a receipt. With it you can answer again until the round is closed."
        left_open = {0: "Every question has an answer.", 1: "One question is left open. That is fine."}.get(
            missing, f"{missing} questions are left open. That is fine."
        )
        super().__init__(
            flow,
            "Hand in now?",
            [left_open, said],
            [
                Line(Option("Yes, hand in", "1"), partial(flow.hand_in, sitting)),
                Line(Option("Not yet", "2"), partial(flow.review, sitting)),
            ],
            back=("Back", partial(flow.review, sitting)),
            pointer=None,
        )


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
        )


def _paragraphs(sitting: Sitting, receipt: str) -> list[Paragraph]:
    if not receipt:
        return ["This was a try: nothing was kept. You can look at what the results would be."]
    use = (
        "You can see your results again without it. It is for taking your answers back"
        if sitting.dated
        else "With it, and only with it, you can see your results again, or take your answers back"
    )
    return [
        f"Your answers are handed in. They are kept in {sitting.saver.where}",
        ("Your receipt", receipt),
        f"Please write it down: it is shown only now. {use} ({program(sitting.saver.where)} forget, and the receipt).",
    ]

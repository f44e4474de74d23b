"""Whoever has handed in a round's sheet: thanks and the receipt, and what can be done with it later."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import SelfAssessError
from selfassess.model.sheet import Sheet
from selfassess.paths import program
from selfassess.sitting import round_words
from selfassess.sitting.live import Sitting
from selfassess.tui.screens.menu import Line, Menu, Paragraph
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.entering import Entering


class RoundHandedIn(Menu):
    """Thanks, and the receipt, which is not shown again once this is left. An Enter too many does not leave it."""

    def __init__(self, way: "Entering", sitting: Sitting, sheet: Sheet, receipt: str) -> None:
        onward = "For the next person" if way.has_a_next else "Home" if way.flow.begins_at_home else "Leave"
        lines = [
            Line(Option("See my own result", "1"), partial(way.results, sheet)),
            Line(Option(onward, "2"), way.done),
        ]
        if way.has_a_next and way.flow.begins_at_home:
            lines.append(Line(Option("Home", "3"), way.flow.home))
        super().__init__(
            way.flow,
            "Thank you",
            list(_thanks(way, sitting, receipt)),
            lines,
            back=(onward, way.done),
            pointer=None if receipt else 0,
            is_long=True,
        )


def _thanks(way: "Entering", sitting: Sitting, receipt: str) -> Iterator[Paragraph]:
    entrance = way.entrance
    if not receipt:
        yield "This was a preview: nothing was kept. People see their receipt here."
        return
    yield round_words.sent_words(entrance.sent) if entrance.sent else "Your answers are handed in."
    yield "Your receipt", receipt
    said = round_words.receipt_words(entrance, program(sitting.saver.where), again=sitting.saver.again, on_screen=True)
    yield "\n".join(said)


class Left(Menu):
    """Somebody has stopped, and the next person may come."""

    def __init__(self, way: "Entering", sitting: Sitting) -> None:
        if sitting.trouble:
            heading, said = "Not saved", f"What you answered last is not saved. {sitting.trouble.message}"
        else:
            first = "Start" if sitting.round and sitting.round.rules.codes else "Go on with what I began"
            if sitting.saver.again:
                first = "I have handed in already"
            heading = "Your answers are saved"
            said = f"To go on, choose “{first}” on the first page, and type {sitting.code_to_return}."
        lines = [Line(Option("For the next person", "1"), way.welcome)]
        super().__init__(way.flow, heading, [said], lines, back=("For the next person", way.welcome))


class Refused(Menu):
    """Handing in was refused for good: the round was closed meanwhile, or the code used. One's own result is all that
    is left to see."""

    def __init__(self, way: "Entering", sitting: Sitting, error: SelfAssessError) -> None:
        flow = way.flow
        again = partial(flow.hand_in, sitting)
        lines = [
            Line(Option("See my own result", "1"), partial(flow.results, sitting.edition, sitting.sheet, again)),
            Line(Option("Leave, and lose these answers", "2"), partial(way.give_up, sitting)),
        ]
        said = [str(error), "Your answers are still here, as long as you do not leave."]
        back = ("Questions", partial(flow.questions, sitting))
        super().__init__(flow, "Not handed in", said, lines, back=back, pointer=None)


class Returned(Menu):
    """Look, answer again, or take back."""

    def __init__(self, way: "Entering", receipt: str, sheet: Sheet) -> None:
        said = "What would you like to do? Until the round is closed you can also answer again."
        super().__init__(
            way.flow, "You have handed in", [said], list(_lines(way, receipt, sheet)), back=("Back", way.welcome)
        )


def _lines(way: "Entering", receipt: str, sheet: Sheet) -> Iterator[Line]:
    yield Line(Option("See my own result", "1"), partial(way.results, sheet))
    about = "You begin with your earlier answers. They stay until you hand in again."
    yield Line(Option("Answer again", "2", about), partial(way.again, receipt))
    if way.takes_turns:
        about = "You are asked once more."
        yield Line(Option("Take my answers back", "3", about), partial(way.confirm_take_back, receipt))
    yield Line(Option("Back", "4" if way.takes_turns else "3"), way.welcome)


class TakeBack(Menu):
    """The last moment to leave the answers where they are."""

    def __init__(self, way: "Entering", receipt: str) -> None:
        back = partial(way.returned, receipt)
        super().__init__(
            way.flow,
            "Take your answers back?",
            ["They are removed for good, and so is what you wrote in your own words. An admission code stays used."],
            [
                Line(Option("Yes, take them back", "1"), partial(way.take_back, receipt)),
                Line(Option("No, leave them", "2"), back),
            ],
            back=("Back", back),
            pointer=None,
        )

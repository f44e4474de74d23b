"""The welcome of a round: what it is, how long it takes, and what happens to the answers."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from selfassess.sitting import round_words, words
from selfassess.sitting.entering import Entrant
from selfassess.tui.screens.menu import Line, Menu, Paragraph
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.entering import Entering


class RoundWelcome(Menu):
    """Everything a person is told before they take part."""

    def __init__(self, way: "Entering", entrant: Entrant) -> None:
        flow = way.flow
        super().__init__(
            flow,
            way.entrance.round.title,
            list(_paragraphs(way)),
            list(_lines(way, entrant)),
            back=("Home" if flow.begins_at_home else "To leave" if way.takes_turns else "Leave", self.leave),
            is_long=True,
        )
        self.stays = way.takes_turns and not flow.begins_at_home

    def leave(self) -> None:
        """Where one person after the other comes, an Escape too many does not end the program for the next: it leads
        to the line that does."""
        if self.stays:
            self.options.move(len(self.lines))
        else:
            self.flow.home_or_leave()


def _paragraphs(way: "Entering") -> Iterator[Paragraph]:
    entrance = way.entrance
    questionnaire = entrance.edition.questionnaire
    if questionnaire.about:
        yield questionnaire.about
    yield from round_words.welcome(entrance.round, questionnaire, entrance.kind, stop="Press Escape whenever you like.")
    yield "If this is hard to read", "F2 changes the colours, with high contrast among them."
    yield "With a screen reader", "leave, and use the same command with --plain. It asks line by line."


def _lines(way: "Entering", entrant: Entrant) -> Iterator[Line]:
    entrance, flow = way.entrance, way.flow
    about = words.how_long(entrance.edition, entrant.group or None, entrance.round.form)
    yield Line(Option("Start", "1", about), partial(way.go_on, entrant))
    number = 2
    if entrance.kind == "here" and not entrance.round.rules.codes:
        yield Line(Option("Go on with what I began", "2"), partial(way.ask_code, entrant))
        number = 3
    if entrance.kind != "preview":
        yield Line(Option("I have handed in already", str(number)), way.ask_receipt)
        number += 1
    not_now = "Leave the program" if way.takes_turns and not flow.begins_at_home else "Not now"
    yield Line(Option(not_now, str(number)), flow.home_or_leave)

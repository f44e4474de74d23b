"""The review: every question with what was answered, a way to each, and the end of the sitting."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from selfassess.sitting import words
from selfassess.sitting.live import Sitting
from selfassess.sitting.order import place
from selfassess.sitting.state import open_steps
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Review(Menu):
    """What there is so far. The number of a question, typed, moves to it; Enter opens it."""

    def __init__(self, flow: "Flow", sitting: Sitting) -> None:
        lines = [*_what_next(flow, sitting), *_questions(flow, sitting)]
        super().__init__(
            flow,
            "Your answers so far",
            [words.left_open(sitting.progress)],
            lines,
            back=("Questions", partial(flow.questions, sitting)),
            pointer=1 if sitting.is_private and not open_steps(sitting.questionnaire, sitting.draft) else 0,
        )
        numbers = {step.id: place(sitting.steps, step).number for step in sitting.steps}
        first = len(lines) - len(sitting.steps)
        self.numbered = {
            str(numbers[step.id]): at for at, step in enumerate(sitting.steps, start=first) if numbers[step.id]
        }
        """Where each question stands among the lines, by its number."""
        self.typed = ""

    def press(self, key: str) -> bool:
        if key.isdigit():
            self.typed = next((one for one in (self.typed + key, key) if one in self.numbered), "")
            if self.typed:
                self.options.pointer = self.numbered[self.typed]
                self.options.move(0)
            return True
        self.typed = ""
        return super().press("escape" if key in ("left", "r") else key)


def _what_next(flow: "Flow", sitting: Sitting) -> Iterator[Line]:
    missing = open_steps(sitting.questionnaire, sitting.draft)
    if missing:
        yield Line(Option("Go to the first question without an answer"), partial(flow.questions, sitting, missing[0]))
    yield Line(Option("Go back to the question where you were"), partial(flow.questions, sitting))
    if sitting.is_private:
        option, act = Option("See my results", about=words.CHANGEABLE), flow.hand_in
    else:
        option, act = Option("Hand in", about=words.ASKED_AGAIN), flow.confirm_hand_in
    yield Line(option, partial(act, sitting))
    yield from _consent(flow, sitting)


def _questions(flow: "Flow", sitting: Sitting) -> Iterator[Line]:
    strand = ""
    for step in sitting.steps:
        heading = step.strand.title if step.strand.id != strand else ""
        strand = step.strand.id
        number = place(sitting.steps, step).number
        given = words.given(sitting.questionnaire, sitting.draft, step)
        label = f"{f'{number}. ' if number else ''}{step.words(sitting.draft.group)}"
        nothing = words.NOT_ANSWERED if step.wants_answer else words.NOTHING_WRITTEN
        about = f"→ {given}" if given else nothing
        yield Line(Option(label, about=about, heading=heading), partial(flow.questions, sitting, step))


def _consent(flow: "Flow", sitting: Sitting) -> Iterator[Line]:
    """What the person said of their small group being shown, to be changed."""
    ticket = sitting.draft.ticket
    if flow.entering and ticket and ticket.agrees is not None:
        from selfassess.sitting import round_words

        option = Option(round_words.consent_given(ticket.agrees), about="Choose this to change it.")
        yield Line(option, partial(flow.entering.reconsider, sitting))

"""The review: part by part what is answered and what is open, a way there, and handing in."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from selfassess.sitting.live import Sitting
from selfassess.sitting.order import place
from selfassess.sitting.state import open_steps
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Review(Menu):
    """What there is so far."""

    def __init__(self, flow: "Flow", sitting: Sitting) -> None:
        progress = sitting.progress
        missing = progress.asked - progress.answered
        said = f"You have answered {progress.answered} of {progress.asked} questions."
        if missing:
            said += f" You can answer the other{'s' if missing > 1 else ''} now, or hand in and leave them open."
        super().__init__(
            flow,
            "Your answers so far",
            [said],
            list(_lines(flow, sitting)),
            back=("Questions", partial(flow.questions, sitting)),
        )

    def press(self, key: str) -> bool:
        return super().press("escape" if key in ("left", "r") else key)


def _lines(flow: "Flow", sitting: Sitting) -> Iterator[Line]:
    yield Line(Option("Hand in", "h", "You are asked once more."), partial(flow.confirm_hand_in, sitting))
    yield Line(Option("Go back to the question where you were", "b"), partial(flow.questions, sitting))
    yield from _consent(flow, sitting)
    steps = sitting.steps
    missing = open_steps(sitting.questionnaire, sitting.draft)
    strands = {step.strand.id: step for step in reversed(steps)}  # each with its first step
    for number, (id, first) in enumerate(reversed(strands.items()), start=1):
        wanted = sum(step.wants_answer for step in steps if step.strand.id == id)
        done = wanted - sum(step.strand.id == id for step in missing)
        label = f"Part {number}: {first.strand.title}" + (f" ({done} of {wanted} answered)" if wanted else "")
        heading = " " if number == 1 else ""
        yield Line(
            Option(label, str(number) if number < 10 else "", heading=heading), partial(flow.questions, sitting, first)
        )
    for position, step in enumerate(missing):
        heading = "Not answered yet" if position == 0 else ""
        label = f"{place(steps, step).number}. {step.words(sitting.draft.group)}"
        yield Line(Option(label, heading=heading), partial(flow.questions, sitting, step))


def _consent(flow: "Flow", sitting: Sitting) -> Iterator[Line]:
    """What the person said of their small group being shown, to be changed."""
    ticket = sitting.draft.ticket
    if flow.entering and ticket and ticket.agrees is not None:
        from selfassess.sitting import round_words

        option = Option(round_words.consent_given(ticket.agrees), "g", "Choose this to change it.")
        yield Line(option, partial(flow.entering.reconsider, sitting))

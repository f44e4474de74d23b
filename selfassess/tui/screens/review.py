"""The review: all questions with their answers, and how to finish."""

from collections.abc import Iterator
from typing import Literal

from selfassess.sitting import notices, round_notices
from selfassess.sitting.review import Reviewed, review
from selfassess.sitting.session import Sitting
from selfassess.sitting.state import open_steps
from selfassess.sitting.steps import Step
from selfassess.tui.screens.list_screen import Line, ListScreen
from selfassess.tui.widgets.scale_options import Option

Onward = Step | Literal["finish", "consent"] | None


class Review(ListScreen[Onward]):
    """All answers so far. Typing the number of a question points at it. Returns the step to go to, what else to do, or
    None to go back to the questions."""

    def __init__(self, sitting: Sitting, *, asks_if_meant: bool = False) -> None:
        questions = review(sitting)
        before = list(_what_next(sitting))
        super().__init__(
            "Your answers so far",
            [
                *([notices.if_meant(sitting.given_throughout)] if asks_if_meant else []),
                notices.left_open(sitting.progress),
            ],
            [*before, *map(_line, questions)],
            back=("Questions", None),
            pointer=1 if sitting.is_private and not open_steps(sitting.questionnaire, sitting.draft) else 0,
        )
        self.numbered = {str(one.number): at for at, one in enumerate(questions, start=len(before)) if one.number}
        """The index of the line of each question, by its number."""
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


def _what_next(sitting: Sitting) -> Iterator[Line[Onward]]:
    missing = open_steps(sitting.questionnaire, sitting.draft)
    if missing:
        yield Line(Option("Go to the first question without an answer"), missing[0])
    yield Line(Option("Go back to where you were"), None)
    if sitting.is_private:
        yield Line(Option("See my results", about=notices.CHANGEABLE), "finish")
    else:
        yield Line(Option("Hand in", about=notices.ASKED_AGAIN), "finish")
    if sitting.consent is not None:
        about = "Choose this to change it."
        yield Line(Option(round_notices.consent_given(sitting.consent), about=about), "consent")


def _line(one: Reviewed) -> Line[Onward]:
    label = f"{f'{one.number}. ' if one.number else ''}{one.words}"
    return Line(Option(label, about=f"→ {one.given}" if one.given else one.nothing, heading=one.heading), one.step)

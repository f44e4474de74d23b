"""The review of a sitting: every question with what was answered, as plain values."""

from dataclasses import dataclass

from selfassess.sitting import notices
from selfassess.sitting.session import Sitting
from selfassess.sitting.steps import Step, place


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A step with what was answered, or written, there."""

    step: Step
    heading: str
    """The title of its strand, where it opens it."""
    number: int | None
    """Which of the questions that want an answer. None for an open question or a comment."""
    words: str
    given: str
    """Nothing where nothing was."""

    @property
    def nothing(self) -> str:
        """What is said where nothing was answered."""
        return notices.NOT_ANSWERED if self.step.wants_answer else notices.NOTHING_WRITTEN


def review(sitting: Sitting) -> tuple[Reviewed, ...]:
    """Every step that is open to the person, in order."""
    steps = sitting.steps
    places = [place(steps, step) for step in steps]
    return tuple(
        Reviewed(
            step=step,
            heading=step.strand.title if at.is_first else "",
            number=at.number,
            words=step.words(sitting.draft.group),
            given=notices.answer_at(sitting.questionnaire, sitting.draft, step),
        )
        for step, at in zip(steps, places, strict=True)
    )

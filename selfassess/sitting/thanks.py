"""What follows handing in: thanks and the receipt, the person's own result, and the next person at the same machine.

A stage is a value, as in `course`: each front end shows it in its own way and returns what the person said there;
`next_stage` gives what follows.
"""

from dataclasses import dataclass, replace
from typing import Literal

from selfassess.sitting import notices
from selfassess.sitting.session import Sitting

Said = Literal["result", "next", "leave"] | None
End = Literal["next", "stop"]
"""The next person follows, or nobody does."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """What happened to the answers, and the receipt with what it is for. Said: "result" to see one's own result,
    "leave", or "next" where another person can follow."""

    message: str
    receipt: str
    """"" in a preview, where nothing is saved."""
    uses: tuple[str, ...]
    """What the receipt is for, line by line, with the commands."""
    has_next: bool = False
    """Whether another person can follow at the same machine."""
    was_shown: bool = False
    """Whether it was shown before, so that the person comes back to it from their result."""


@dataclass(frozen=True, slots=True)
class OwnResult:
    """The person's own result. Nothing to say."""

    message: str = ""
    """What happened to the answers, where no thanks were shown before."""
    thanks: Thanks | None = None


@dataclass(frozen=True, slots=True)
class Changeover:
    """The person has seen their result, and another one can follow: who must not see the receipt, so it is not shown
    again. Said: "next", "leave", or "result" to see the result again."""

    thanks: Thanks


Stage = Thanks | OwnResult | Changeover


def first_stage(sitting: Sitting, receipt: str, command: str) -> Thanks | OwnResult:
    """What follows a sitting outside rounds. In a project of one's own that is the result. `command` is how the program
    is called."""
    if sitting.is_private:
        return OwnResult(notices.to_see_again(command, is_private=True) if receipt else notices.saved(""))
    message = f"Your answers are handed in. They are saved in {sitting.saver.where}"
    return Thanks(message, receipt, tuple(notices.receipt_words(command)))


def next_stage(stage: Stage, said: Said) -> Stage | End:
    """The stage that follows when something was said at a stage, or the end. ValueError for what cannot be said
    there."""
    match stage, said:
        case (Thanks(), "result"):
            return OwnResult(thanks=stage)
        case (Changeover(thanks=thanks), "result"):
            return OwnResult(thanks=thanks)
        case (Thanks(has_next=True) | Changeover(), "next"):
            return "next"
        case (Thanks() | Changeover(), "leave") | (OwnResult(thanks=None), None):
            return "stop"
        case OwnResult(thanks=Thanks() as thanks), None:
            return Changeover(thanks) if thanks.has_next else replace(thanks, was_shown=True)
    raise ValueError(f"{said!r} cannot be said at {stage!r}")

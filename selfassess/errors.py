"""What can go wrong: a situation is raised, what is wrong in a file is a Problem.

A SelfAssessError is one sentence and what to do about it. Each child has the exit code that the
command line ends with; anything that is not a SelfAssessError is our own fault (exit code 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a file that its owner can fix."""

    code: str
    """Stable name of the kind of problem, such as "unknown-key"."""
    message: str
    """What is wrong, in the author's words."""
    hint: str = ""
    """What to do about it."""
    place: str = ""
    """Where, by ids: "leadership › vision › vision_say"."""
    file: str = ""
    line: int | None = None
    """Counted from 1; None where it is not known for certain."""
    column: int | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        file = " ".join(self.file.splitlines())  # a file's name can have lines
        spot = ":".join(str(part) for part in (file, self.line, self.column) if part)
        head = ": ".join(part for part in (spot, self.severity, self.place) if part)
        return f"{head}: {self.message} [{self.code}]" + (f"\n    {self.hint}" if self.hint else "")


def reason_of(error: OSError) -> str:
    """Why the operating system refused, in its own words, to stand within a sentence."""
    return (error.strerror or str(error)).lower()


class SelfAssessError(Exception):
    """A situation the person can do something about: one sentence, and a cure.

    Some situations are met by two people: by the one who answers, and by the facilitator, who runs the round. What
    helps the one is not what helps the other, so `facilitator` is the cure that commands for the facilitator show.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "", *, facilitator: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.facilitator = hint if facilitator is None else facilitator

    def __str__(self) -> str:
        return "\n".join(filter(None, (self.message, self.hint)))

    @property
    def for_facilitator(self) -> str:
        """The same for the person who runs the round."""
        return "\n".join(filter(None, (self.message, self.facilitator)))


class UsageError(SelfAssessError):
    """The command was asked for something it cannot do."""

    exit_code = 2


class FileError(SelfAssessError):
    """A file with problems: all of them are kept, not just the first."""

    def __init__(
        self, message: str, problems: Sequence[Problem] = (), hint: str = "", *, facilitator: str | None = None
    ) -> None:
        super().__init__(message, hint, facilitator=facilitator)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([*map(str, self.problems), super().__str__()])


class QuestionnaireError(FileError):
    """The questionnaire cannot be used."""

    exit_code = 3


class ResponsesError(FileError):
    """The responses cannot be read or do not fit the questionnaire."""

    exit_code = 4


class PlanError(FileError):
    """A plan that came back as a file cannot be taken in."""

    exit_code = 4


class TooLittleError(SelfAssessError):
    """There is too little to report."""

    exit_code = 5


class ProjectError(SelfAssessError):
    """The project file is locked, read-only, newer than this program, damaged, or has no room."""

    exit_code = 6


class NotAProjectError(ProjectError):
    """What stands at the path is not a project file."""


class OlderProjectError(ProjectError):
    """The project file has an older format, and was opened in a way that must not change it."""


class ProjectInUseError(ProjectError):
    """Another program has the project file to itself at this moment: the same may well work a little later."""

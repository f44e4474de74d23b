"""Hand a project over to the next facilitator: a copy that was opened and compared before it takes its place."""

from dataclasses import dataclass
from pathlib import Path

from selfassess.errors import ProjectError
from selfassess.model.plan import Plan
from selfassess.model.privacy_notice import PrivacyNotice
from selfassess.model.round import Counts, Round
from selfassess.project.plans import Plans
from selfassess.project.project import Project, open_project
from selfassess.project.rounds import Rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a shared project holds, as far as can be said without reading anybody's answers."""

    partnership: str
    notice: PrivacyNotice
    questionnaires: frozenset[str]
    """The SHA-256 of each."""
    rounds: tuple[tuple[Round, Counts], ...]
    plan: Plan

    @property
    def handed_in(self) -> int:
        """How many sheets there are of all rounds."""
        return sum(sum(counts.handed_in.values()) for _, counts in self.rounds)

    @property
    def open_rounds(self) -> tuple[Round, ...]:
        """The rounds in which people can answer now."""
        return tuple(round for round, _ in self.rounds if round.state == "open")


def contents_of(project: Project) -> Contents:
    """What a project holds. ProjectError where a part of it cannot be read."""
    rounds = Rounds(project)
    return Contents(
        partnership=project.partnership,
        notice=project.notice,
        questionnaires=frozenset(project.frozen_all()),
        rounds=tuple((round, rounds.counts(round.id)) for round in rounds.all()),
        plan=Plans(project).all(),
    )


def hand_over(project: Project, to: Path, *, replace: bool = False) -> Contents:
    """Write a copy of the project, once it was found sound and to hold the same. Returns what both hold. ProjectError
    if that fails: `to` is unchanged then."""
    before = contents_of(project)

    def compare(copy: Path) -> None:
        try:
            with open_project(copy, read_only=True) as copied:
                is_same = contents_of(copied) == before
        except ProjectError:  # it would name a file that nobody knows of
            hint = "Check the disk that it is written to, and try again. Nothing was written."
            raise ProjectError("The copy cannot be read back.", hint) from None
        if not is_same:
            raise ProjectError(
                "The copy does not hold the same as the project: somebody may be answering at this moment.",
                "Try again when nobody is answering. Nothing was written.",
            )

    project.backup(to, overwrite=replace, look=compare)
    return before

"""Invite people of a group to a round: files for each of them, and the codes let in; all of it or nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from selfassess.errors import UsageError
from selfassess.model.privacy_notice import NO_NOTICE
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round
from selfassess.project.atomic_files import Together, write_text
from selfassess.project.codes import RESUME_LENGTH, new_code
from selfassess.project.database_errors import in_words
from selfassess.project.exchange_files import INVITATION, write_invitation
from selfassess.project.recovery import is_taken_in
from selfassess.project.rounds import Rounds

EVERYONE = "person"
"""How files are named where there are no groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    """Invitations for some people of one group, numbered."""

    round: Round
    edition: Edition
    group: str
    folder: Path
    numbers: range
    letters_only: bool
    """Whether people answer on the facilitator's computer, and get no invitation file."""
    has_notice: bool = True
    """Whether the files carry the notice of the project. Older versions of the program cannot read those that do."""

    @property
    def stem(self) -> str:
        return self.group or EVERYONE

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, without endings: "board-03"."""
        return tuple(f"{self.stem}-{number:02}" for number in self.numbers)

    @property
    def all_letters(self) -> str:
        """The name of the document with all letters."""
        return f"{self.stem}-letters-{self.numbers[0]:02}-to-{self.numbers[-1]:02}.md"


Letters = Callable[[Sequence[str]], Mapping[str, str]]
"""From the code of each person ("" where the round has none) to texts by the name of their file."""


def free_numbers(folder: Path, group: str, number: int) -> range:
    """So many numbers after those of the files in the folder. UsageError where it cannot be read."""
    known = re.compile(rf"{re.escape(group or EVERYONE)}-([0-9]{{1,6}})\.(?:txt|invitation)")
    try:
        names = [path.name for path in folder.iterdir()] if folder.exists() else []
    except OSError as error:
        raise UsageError(f"{folder} is not a folder that can be read.", "Choose another with --folder.") from error
    taken = [int(match[1]) for name in names if (match := known.fullmatch(name))]
    first = max(taken, default=0) + 1
    return range(first, first + number)


def check_can_invite(round: Round) -> None:
    """UsageError where nobody can hand in any more."""
    if round.state == "closed":
        raise UsageError(f"The round “{round.title}” is closed.", "Nobody can hand in any more, so nobody is invited.")


def given_out(rounds: Rounds, invitations: Invitations) -> int:
    """How many people of the group have an invitation once these are written too."""
    if invitations.round.rules.codes:
        before = rounds.counts(invitations.round.id).codes.get(invitations.group, 0)
    else:
        before = invitations.numbers[0] - 1
    return before + len(invitations.numbers)


def issue(rounds: Rounds, invitations: Invitations, letters: Letters) -> None:
    """Write all files and let these people in: all of it or nothing, so that no code is lost to everybody.

    UsageError where a file or the folder cannot be written, or somebody changed the round meanwhile; ProjectError where
    the project file is in the way.
    """
    made, folder = invitations, invitations.folder
    _make(folder)
    codes = [new_code(RESUME_LENGTH) for _ in made.numbers] if made.round.rules.codes else []
    with in_words(folder), Together(folder, is_taken_in) as files:
        _write(rounds, made, letters, codes or [""] * len(made.numbers), files.at)
        with rounds.admission.inviting(made.round, made.group, codes) as admission, in_words(folder / made.names[0]):
            files.put(rounds.project.path, admission)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"The folder {folder} cannot be made: {reason}.", "Choose another with --folder.") from None


def _write(rounds: Rounds, made: Invitations, letters: Letters, codes: Sequence[str], folder: Path) -> None:
    for name, text in letters(codes).items():
        write_text(folder / name, text, overwrite=False)
    if not made.letters_only:
        for name, code in zip(made.names, codes, strict=True):
            invitation = rounds.admission.invitation(made.round.id, made.group or None, code)
            said = invitation.notice if made.has_notice else NO_NOTICE
            write_invitation(folder / f"{name}{INVITATION}", replace(invitation, notice=said))

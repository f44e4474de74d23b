"""Invite people of a group to a round: files for each of them, and the codes let in; all of it or nothing."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from selfassess.dates import day_words, read_day
from selfassess.errors import Problem, UsageError
from selfassess.model.privacy_notice import NO_NOTICE, PrivacyNotice
from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.round import Round, Way
from selfassess.project.atomic_files import Together, make_folder, write_whole
from selfassess.project.codes import RESUME_LENGTH, new_code
from selfassess.project.database_errors import in_words
from selfassess.project.exchange_files import INVITATION, write_invitation
from selfassess.project.recovery import is_taken_in
from selfassess.project.rounds import Rounds
from selfassess.services.extras import check_installed
from selfassess.services.groups import invited_group, read_number, titles_of
from selfassess.services.projects import announced, edition_of_round
from selfassess.text import clean, count

PAGE = ".html"
"""How the file with such a page ends."""
MOST_AT_ONCE = 1_000
"""People who are invited at a time."""
EVERYONE = "person"
"""How files are named where there are no groups."""


TRAVELS = (
    "The invitations say who looks after the answers. Older versions of this program cannot read such invitations: if "
    "anyone has one, write theirs with --without-notice. The letter says it anyway."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    """Invitations for some people of one group, numbered."""

    round: Round
    edition: Edition
    group: GroupKey
    folder: Path
    numbers: range
    way: Way = "invitation"
    """How the people answer."""
    address: str = ""
    """Where the page of the round is, for people who answer there; "" where each gets a page as a file."""
    all_ending: str = ".html"
    """How the document with all letters ends."""
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
        return f"{self.stem}-letters-{self.numbers[0]:02}-to-{self.numbers[-1]:02}{self.all_ending}"


Letters = Callable[[Sequence[str]], Mapping[str, str | bytes]]
"""From the code of each person ("" where the round has none) to what is in each file, by its name."""


def usual_folder(round: Round) -> Path:
    """Where the invitations of a round go if no folder is named."""
    return Path(f"{round.id}-invitations")


def invitations_for(
    rounds: Rounds, name: str, group: str | None, number: int, folder: Path | None, *, way: Way
) -> Invitations:
    """Invitations for so many more people of a group, which may be left out where there is only one; in a folder named
    after the round where none is named. UsageError where nobody can be invited."""
    round = rounds.get(name)
    edition = edition_of_round(rounds, round)
    chosen = invited_group(round, edition.questionnaire, group)
    where = folder or usual_folder(round)
    check_can_invite(round)
    return Invitations(
        round=round,
        edition=edition,
        group=chosen,
        folder=where,
        numbers=free_numbers(where, chosen, number, rounds.admission.letters(round.id)),
        way=way,
    )


def free_numbers(folder: Path, group: str, number: int, letters: Iterable[str] = ()) -> range:
    """So many numbers after those of the files in the folder, and after those of letters that are noted elsewhere.
    UsageError where it cannot be read."""
    known = re.compile(rf"{re.escape(group or EVERYONE)}-([0-9]{{1,6}})(?:\.(?:txt|invitation|html))?")
    try:
        names = [path.name for path in folder.iterdir()] if folder.exists() else []
    except OSError as error:
        raise UsageError(f"{folder} is not a folder that can be read.", "Choose another folder.") from error
    taken = [int(match[1]) for name in (*names, *letters) if (match := known.fullmatch(name))]
    first = max(taken, default=0) + 1
    return range(first, first + number)


def check_can_invite(round: Round) -> None:
    """UsageError where nobody can hand in any more."""
    if round.state == "closed":
        raise UsageError(f"The round “{round.title}” is closed.", "It is too late to hand in, so nobody is invited.")


def invited_in_all(rounds: Rounds, invitations: Invitations) -> int:
    """How many people of the group have an invitation once these are written too."""
    if invitations.round.rules.codes:
        before = rounds.counts(invitations.round.id).codes.get(invitations.group, 0)
    else:
        before = invitations.numbers[0] - 1
    return before + len(invitations.numbers)


def goes_over(rounds: Rounds, invitations: Invitations) -> int:
    """How many people of the group would have an invitation, where that is more than are said to be invited; else
    nothing."""
    number = invited_in_all(rounds, invitations)
    return number if number > invitations.round.invited[invitations.group] else 0


def read_until(text: str, today: datetime.date) -> str:
    """The day to answer by, in the words it was typed in. UsageError for a day that has passed."""
    words = " ".join(clean(text).split())
    day = read_day(words)
    if not isinstance(day, Problem) and day < today:
        raise UsageError(f"{day_words(day)} has already passed.", "Choose a day in the future.")
    return words


def read_how_many(text: str) -> int:
    """How many people to invite. UsageError for anything but a number of them."""
    return read_number(text, most=MOST_AT_ONCE)


def read_contact(text: str) -> str:
    """Who to ask, on one line."""
    return " ".join(clean(text).split())


def read_address(text: str) -> str:
    """The address of the page of a round. UsageError where it can't be one, or the library for its code to scan is
    missing."""
    address = text.strip()
    if not re.fullmatch(r"https?://[^\s#]+", address):
        raise UsageError(
            f"“{clean(address, 200)}” is not a web address.",
            "It begins with https:// and has no # in it, such as https://example.org/autumn/",
        )
    check_installed("segno", "Codes to scan are drawn", "host")
    return address


def words_once_written(invitations: Invitations, notice: PrivacyNotice) -> tuple[str, ...]:
    """What is said of invitations that were written: where they are, and what to do with them."""
    made = invitations
    has_files = made.way != "here" and not made.address
    what = {"here": "letter", "page": "page", "invitation": "invitation"}[made.way] if has_files else "letter"
    also = ", each with its letter" if has_files else ""
    names = " to ".join(dict.fromkeys((made.names[0], made.names[-1])))
    codes = "Each holds one person's code. Hand them out unopened, and delete this folder afterwards."
    return (
        f"Written to {made.folder}: {count(len(made.numbers), what)}{also} ({names}).",
        f"All letters in one document, to print: {made.folder / made.all_letters}",
        *([codes] if made.round.rules.codes else []),
        *([TRAVELS] if notice and made.has_notice and made.way == "invitation" else []),
    )


def issue(rounds: Rounds, invitations: Invitations, letters: Letters) -> None:
    """Write all files and let these people in: all of it or nothing, so that no code is lost to everybody.

    UsageError where a file or the folder cannot be written, or somebody changed the round meanwhile; ProjectError where
    the project file is in the way.
    """
    made, folder = invitations, invitations.folder
    make_folder(folder, "Choose another folder.", mode=0o700)
    codes = [new_code(RESUME_LENGTH) for _ in made.numbers] if made.round.rules.codes else []
    with in_words(folder), Together(folder, is_taken_in) as files:
        _write(rounds, made, letters, codes or [""] * len(made.numbers), files.at)
        inviting = rounds.admission.inviting(made.round, made.group, codes, made.names)
        with inviting as admission, in_words(folder / made.names[0]):
            files.put(rounds.project.path, admission)


def _write(rounds: Rounds, made: Invitations, letters: Letters, codes: Sequence[str], folder: Path) -> None:
    for name, content in letters(codes).items():
        write_whole(folder / name, content, overwrite=False)
    if made.way == "invitation":
        edition = announced(made.edition)
        for name, code in zip(made.names, codes, strict=True):
            whole = rounds.admission.invitation(made.round.id, made.group or None, code)
            invitation = replace(
                whole,
                round=replace(whole.round, questionnaire=edition.sha256),
                content=edition.content,
                notice=whole.notice if made.has_notice else NO_NOTICE,
            )
            write_invitation(folder / f"{name}{INVITATION}", invitation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The admission codes of a group, for taking back those that nobody handed in with."""

    round: Round
    group: GroupKey
    title: str
    """What the group is called."""
    used: int
    unused: int
    """How many nobody handed in with."""
    begun: int
    """How many sittings were started but not handed in."""

    @property
    def still_to_invite(self) -> int:
        """How many people are without a code once the unused ones are taken back; at least one."""
        return max(self.round.invited[self.group] - self.used, 1)


def codes_of(rounds: Rounds, name: str, group: str | None) -> Codes:
    """The codes of a group, which may be left out where there is only one. UsageError where it takes no part."""
    round = rounds.get(name)
    questionnaire = edition_of_round(rounds, round).questionnaire
    chosen = invited_group(round, questionnaire, group)
    counts = rounds.counts(round.id)
    used = counts.used.get(chosen, 0)
    return Codes(
        round=round,
        group=chosen,
        title=titles_of(questionnaire)[chosen],
        used=used,
        unused=counts.codes.get(chosen, 0) - used,
        begun=counts.drafts.get(chosen, 0),
    )


def take_back(rounds: Rounds, codes: Codes) -> int:
    """Take back the codes that nobody handed in with. How many that were."""
    return rounds.admission.take_back(codes.round.id, codes.group)

"""The command `round invite`: an invitation and a letter for each person, in a folder of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.output import write
from selfassess.cli.round_place import MOST, called, counted, edition_of, invited_group, opened, titles_of
from selfassess.cli.sittings import Place
from selfassess.cli.streams import say
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.text import clean

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Edition
    from selfassess.model.round import Round
    from selfassess.report.letter import Letter
    from selfassess.sitting.entering import Kind
    from selfassess.storage.rounds import Rounds

EVERYONE = "person"
"""How files are named where there are no groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """One go of inviting people of a group."""

    round: "Round"
    edition: "Edition"
    group: str
    folder: Path
    numbers: range
    letters_only: bool
    command: str
    """How the program is called for this project."""
    until: str
    contact: str

    @property
    def stem(self) -> str:
        return self.group or EVERYONE

    def name(self, number: int) -> str:
        return f"{self.stem}-{number:02}"


@click.command("invite", short_help="Write invitations and letters.")
@click.argument("name", metavar="ROUND")
@click.option("--group", metavar="GROUP", help="Whom; may be left out where there is only one group.")
@click.option("--number", type=click.IntRange(1, 1_000), required=True, metavar="N", help="How many people.")
@click.option(
    "--folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to. [default: ROUND-invitations]"
)
@click.option("--letters-only", is_flag=True, help="Letters alone, for people who answer on this computer.")
@click.option("--until", default="", metavar="TEXT", help="Until when to answer: “Friday 6 November”.")
@click.option("--contact", default="", metavar="TEXT", help="Whom to ask: “Sam Field, 01234 567890”.")
@click.pass_obj
def invite(
    place: Place,
    name: str,
    group: str | None,
    number: int,
    folder: Path | None,
    letters_only: bool,
    until: str,
    contact: str,
) -> None:
    """Write an invitation and a letter for each person of a group.

    An invitation is a file that opens on any computer with this program (selfassess take board-01.invitation); the
    letter says how, with the person's code. The same letters stand in one document to print. Nothing that is there
    is overwritten: inviting more people goes on counting. Codes are shown in these files and never again.

    \b
    selfassess --project ours.selfassess round invite autumn_2026 --group board --number 12
        --until "Friday 6 November" --contact "Sam Field, 01234 567890"
    """
    with opened(place) as rounds:
        round = rounds.get(name)
        edition = edition_of(rounds, round)
        chosen = invited_group(round, edition.questionnaire, group)
        where = folder or Path(f"{round.id}-invitations")
        numbers = _free_numbers(where, chosen or EVERYONE, number)
        made = Invite(
            round=round,
            edition=edition,
            group=chosen,
            folder=where,
            numbers=numbers,
            letters_only=letters_only,
            command=called(place),
            until=_line(until),
            contact=_line(contact),
        )
        _check_state(round)
        _make_folder(where)
        issued = rounds.issue(round.id, chosen, number) if round.rules.codes else [""] * number
        _write_all(rounds, made, issued)
        given_out = rounds.counts(round.id).codes.get(chosen, 0)
    _say_too_many(made, max(given_out, numbers[-1]))
    if round.state == "new":
        say(f"People can hand in once the round is open: {made.command} round open {round.id}")


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _check_state(round: "Round") -> None:
    if round.state == "closed":
        raise UsageError(f"The round “{round.title}” is closed.", "Nobody can hand in any more, so nobody is invited.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        hint = "Choose another with --folder."
        raise UsageError(
            f"The folder {folder} cannot be made: {(error.strerror or str(error)).lower()}.", hint
        ) from None


def _free_numbers(folder: Path, stem: str, number: int) -> range:
    """The next numbers after those of files that are there."""
    known = re.compile(rf"{re.escape(stem)}-(\d+)\.(?:txt|invitation)")
    try:
        names = [path.name for path in folder.iterdir()] if folder.exists() else []
    except OSError as error:
        raise UsageError(f"{folder} is not a folder that can be read.", "Choose another with --folder.") from error
    taken = [int(found[1]) for one in names if (found := known.fullmatch(one))]
    first = max(taken, default=0) + 1
    return range(first, first + number)


def _write_all(rounds: "Rounds", made: Invite, issued: list[str]) -> None:
    """Write everything, or say how far it came: codes that are in no file are known to nobody."""
    from selfassess.report.letter import to_markdown, to_text
    from selfassess.storage.exchange import INVITATION, write_invitation

    letters = [_letter(made, number, code) for number, code in zip(made.numbers, issued, strict=True)]
    written = 0
    try:
        for number, code, letter in zip(made.numbers, issued, letters, strict=True):
            invitation = rounds.invitation(made.round.id, made.group or None, code)
            if not made.letters_only:
                write_invitation(made.folder / f"{made.name(number)}{INVITATION}", invitation)
            write(made.folder / f"{made.name(number)}.txt", to_text(letter), overwrite=False)
            written += 1
        together = made.folder / f"{made.stem}-letters-{made.numbers[0]:02}-to-{made.numbers[-1]:02}.md"
        write(together, to_markdown(letters), overwrite=False)
    except SelfAssessError:
        say(f"Only {counted(written, 'person', 'people')} of {len(issued)} could be invited. Invite the others again.")
        raise
    what = "letter" if made.letters_only else "invitation"
    also = "" if made.letters_only else ", each with its letter"
    names = " to ".join(dict.fromkeys(made.name(number) for number in (made.numbers[0], made.numbers[-1])))
    say(f"Written to {made.folder}: {counted(written, what)}{also} ({names}).")
    say(f"All letters in one document, to print: {together}")
    if made.round.rules.codes:
        say("Each holds one person's code. Hand them out unopened, and delete this folder afterwards.")


def _say_too_many(made: Invite, given_out: int) -> None:
    invited = made.round.invited[made.group]
    if given_out > invited:
        of = f"{made.group}=" if made.group else ""
        say(
            f"That makes {given_out}, and {invited} are said to be invited. If more people take part, correct that: "
            f"{made.command} round correct {made.round.id} {of}{min(given_out, MOST)}"
        )


def _letter(made: Invite, number: int, code: str) -> "Letter":
    from selfassess.report.letter import Letter
    from selfassess.sitting.round_words import welcome
    from selfassess.sitting.words import how_long

    questionnaire = made.edition.questionnaire
    titles = titles_of(questionnaire)
    kind: Kind = "here" if made.letters_only else "invitation"
    return Letter(
        number=made.name(number),
        title=made.round.title,
        questionnaire=questionnaire.title,
        group=titles[made.group] if made.group else "",
        how_long=how_long(made.edition, made.group or None, made.round.form),
        told=welcome(made.round, questionnaire, kind),
        code=code,
        commands=tuple(_here(made) if made.letters_only else _elsewhere(made.name(number))),
        afterwards="" if made.letters_only else _AFTERWARDS,
        until=made.until,
        contact=made.contact,
    )


_AFTERWARDS = (
    "When you hand in, a file whose name ends in .sheet is left in the same folder. Send that file back to whoever "
    "invited you. Only then have you taken part."
)


def _elsewhere(name: str) -> Iterator[tuple[str, str]]:
    where = f"Put the file {name}.invitation where you find it again. On a computer with the program selfassess"
    yield f"{where}, type this in the folder that the file is in:", f"selfassess take {name}.invitation"
    yield "With a screen reader, or if you would rather go line by line:", f"selfassess take {name}.invitation --plain"


def _here(made: Invite) -> Iterator[tuple[str, str]]:
    command = f"{made.command} take --round {made.round.id}"
    yield "On the computer of whoever runs this round, type:", command
    yield "With a screen reader, or if you would rather go line by line:", f"{command} --plain"


COMMANDS = (invite,)

"""The command `round invite`: an invitation and a letter for each person, in a folder of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.output import write
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds
from selfassess.cli.round.lookup import MOST, called, counted, invited_group, opened, titles_of
from selfassess.cli.terminal import Told, confirm, say
from selfassess.errors import SelfAssessError, UsageError
from selfassess.paths import NAME, named
from selfassess.text import clean

if TYPE_CHECKING:
    from selfassess.documents.letter import Letter
    from selfassess.model.questionnaire import Edition
    from selfassess.model.round import Round
    from selfassess.project.rounds import Rounds
    from selfassess.sitting.round_entry import Kind

WITH_BOTH = '--until "Friday 6 November" --contact "Sam Field, 01234 567890"'
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
    in_letters: str
    """How it is called in the folder of the project, in whatever window."""
    until: str
    contact: str

    @property
    def stem(self) -> str:
        return self.group or EVERYONE

    def name(self, number: int) -> str:
        return f"{self.stem}-{number:02}"

    @property
    def together(self) -> str:
        """The name of the document with all letters."""
        return f"{self.stem}-letters-{self.numbers[0]:02}-to-{self.numbers[-1]:02}.md"


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
@click.option("--yes", is_flag=True, help="Do not ask whether to go over the number of people invited.")
@of_rounds
def invite(
    place: Place,
    name: str,
    group: str | None,
    number: int,
    folder: Path | None,
    letters_only: bool,
    until: str,
    contact: str,
    yes: bool,
) -> None:
    """Write an invitation and a letter for each person of a group.

    An invitation is a file that opens on any computer with this program (selfassess take board-01.invitation); the
    letter says how, with the person's code. The same letters stand in one document to print. Nothing that is there
    is overwritten: inviting more people goes on counting. Codes are shown in these files and never again.

    \b
    selfassess --project ours.selfassess round invite autumn_2026 --group board --number 12
        --until "Friday 6 November" --contact "Sam Field, 01234 567890"
    """
    from selfassess.services.projects import edition_of_round

    with opened(place) as rounds:
        round = rounds.get(name)
        edition = edition_of_round(rounds, round)
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
            in_letters=_in_its_folder(place),
            until=_line(until),
            contact=_line(contact),
        )
        _check_state(round)
        given_out = rounds.counts(round.id).codes.get(chosen, 0) if round.rules.codes else numbers[0] - 1
        _ask_if_too_many(made, given_out + number, yes)
        _make_folder(where)
        _write_all(rounds, made)
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
    known = re.compile(rf"{re.escape(stem)}-([0-9]{{1,6}})\.(?:txt|invitation)")
    try:
        names = [path.name for path in folder.iterdir()] if folder.exists() else []
    except OSError as error:
        raise UsageError(f"{folder} is not a folder that can be read.", "Choose another with --folder.") from error
    taken = [int(found[1]) for one in names if (found := known.fullmatch(one))]
    first = max(taken, default=0) + 1
    return range(first, first + number)


def _write_all(rounds: "Rounds", made: Invite) -> None:
    """Write everything and let these people in: all of it or nothing, so that no code is known to nobody."""
    from selfassess.project.atomic_files import Together
    from selfassess.project.codes import RESUME_LENGTH, new_code
    from selfassess.project.database_errors import in_words
    from selfassess.project.recovery import is_taken_in

    issued = [new_code(RESUME_LENGTH) for _ in made.numbers] if made.round.rules.codes else []
    before = rounds.counts(made.round.id).codes
    try:
        with in_words(made.folder), Together(made.folder, is_taken_in) as files:
            _write(rounds, made, issued or [""] * len(made.numbers), files.at)
            first = made.folder / made.name(made.numbers[0])
            with rounds.inviting(made.round, made.group, issued) as admission, in_words(first):
                files.put(rounds.project.path, admission)
    except SelfAssessError:
        say("Nobody was invited, and nothing is left of it.")
        raise
    except KeyboardInterrupt:
        if rounds.counts(made.round.id).codes != before:
            raise
        say("Stopped. Nobody was invited, and nothing is left of it.")
        raise Told from None
    what = "letter" if made.letters_only else "invitation"
    also = "" if made.letters_only else ", each with its letter"
    names = " to ".join(dict.fromkeys(made.name(number) for number in (made.numbers[0], made.numbers[-1])))
    say(f"Written to {made.folder}: {counted(len(made.numbers), what)}{also} ({names}).")
    say(f"All letters in one document, to print: {made.folder / made.together}")
    if made.round.rules.codes:
        say("Each holds one person's code. Hand them out unopened, and delete this folder afterwards.")


def _write(rounds: "Rounds", made: Invite, codes: list[str], folder: Path) -> None:
    """Write an invitation and a letter for each code, and all letters in one document, into a folder."""
    from selfassess.documents.letter import document
    from selfassess.documents.render_markdown import together
    from selfassess.documents.render_text import LETTER, to_plain
    from selfassess.project.exchange_files import INVITATION, write_invitation

    letters = []
    for number, code in zip(made.numbers, codes, strict=True):
        letters.append(document(_letter(made, number, code)))
        write(folder / f"{made.name(number)}.txt", to_plain(letters[-1], LETTER), overwrite=False)
        if not made.letters_only:
            invitation = rounds.invitation(made.round.id, made.group or None, code)
            write_invitation(folder / f"{made.name(number)}{INVITATION}", invitation)
    write(folder / made.together, together(letters), overwrite=False)


def _ask_if_too_many(made: Invite, given_out: int, yes: bool) -> None:
    """Go on only after a yes where more would be invited than are said to be."""
    invited = made.round.invited[made.group]
    if given_out <= invited:
        return
    command, id = made.command, made.round.id
    say(f"With these {given_out} would be invited, and only {invited} are said to be.")
    of = f"{made.group}=" if made.group else ""
    say(f"If more people take part, correct that: {command} round correct {id} {of}{min(given_out, MOST)}")
    if made.round.rules.codes:
        of = f" --group {made.group}" if made.group else ""
        say("Each new code lets one more person answer. If letters are to be written anew, take the old codes back")
        say(f"first: {command} round uninvite {id}{of} --unused")
    confirm("Invite them all the same?", yes, "Nobody was invited.")


def _in_its_folder(place: Place) -> str:
    """How the program is called in the folder of the project, on a computer of which nothing else is known."""
    return named(place.path.name, NAME)


def _letter(made: Invite, number: int, code: str) -> "Letter":
    from selfassess.documents.letter import Letter
    from selfassess.sitting.notices import how_long
    from selfassess.sitting.round_notices import welcome

    questionnaire = made.edition.questionnaire
    titles = titles_of(questionnaire)
    kind: Kind = "here" if made.letters_only else "invitation"
    return Letter(
        number=made.name(number),
        title=made.round.title,
        questionnaire=questionnaire.title,
        group=titles[made.group] if made.group else "",
        how_long=how_long(made.edition, made.group or None, made.round.form),
        told=[one for one in welcome(made.round, questionnaire, kind) if one[0] != _OWN_WORDS],
        code=code,
        about_code=_code_words(kind) if code else "",
        commands=tuple(_here(made) if made.letters_only else _elsewhere(made.name(number))),
        afterwards="" if made.letters_only else _afterwards(made.contact),
        otherwise=_OTHERWISE[kind] if made.contact else "",
        until=made.until,
        contact=made.contact,
    )


_OWN_WORDS = "Your admission code"
"""What the first page of the program says of it is another matter in the letter that brings it."""
_OTHERWISE = {
    "invitation": "No computer, or not the program? Ask for a paper form, or to answer on our computer:",
    "here": "Would you rather answer on paper? Ask for a form:",
}


def _code_words(kind: "Kind") -> str:
    typed = (
        "Your invitation file holds it too: you type it only if you answer on our computer."
        if kind == "invitation"
        else "Until you hand in it also brings you back to your answers."
    )
    return (
        f"It lets one person answer: you. {typed} To answer again after you have handed in, you need the receipt that "
        "you get then, not this code. It is not kept beside your answers. Small letters will do, and hyphens may be "
        "left out."
    )


def _afterwards(contact: str) -> str:
    """What to do with the sheet file. It is sent to one person, since anyone who gets it can read the answers."""
    return (
        "When you hand in, a file whose name ends in .sheet is left in the same folder. It holds your answers. Send it "
        f"to nobody but {contact or 'the person who invited you'}: attached to a message that only they will read, not "
        "to a mailing list, and not in a folder that others can open. You have taken part only once it has arrived."
    )


def _elsewhere(name: str) -> Iterator[tuple[str, str]]:
    where = f"Put the file {name}.invitation where you find it again. On a computer with the program selfassess"
    yield f"{where}, type this in the folder that the file is in:", f"{NAME} take {name}.invitation"
    yield "With a screen reader, or if you would rather go line by line:", f"{NAME} take {name}.invitation --plain"


def _here(made: Invite) -> Iterator[tuple[str, str]]:
    command = f"{made.in_letters} take --round {made.round.id}"
    yield "On the computer that this round is kept on, in the folder of its project file, type:", command
    yield "With a screen reader, or if you would rather go line by line:", f"{command} --plain"


COMMANDS = (invite,)

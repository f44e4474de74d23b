"""The command `round invite`: an invitation and a letter for each person, in a folder of their own."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.output import check_medium, read_template, with_template
from selfassess.cli.param_types import OneOf, WholeNumberFrom
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds
from selfassess.cli.round.lookup import called, opened
from selfassess.cli.terminal import Told, confirm, say
from selfassess.documents.media import MEDIA, ON_PAPER
from selfassess.errors import SelfAssessError, UsageError
from selfassess.paths import NAME, named
from selfassess.services.groups import MOST, titles_of
from selfassess.text import clean, count

if TYPE_CHECKING:
    from selfassess.documents.letter import Letter
    from selfassess.model.privacy_notice import PrivacyNotice
    from selfassess.model.round import Way
    from selfassess.project.rounds import Rounds
    from selfassess.services.invitations import Invitations, Letters
    from selfassess.sitting.round_entry import Kind

STYLES = ("markdown", *ON_PAPER)
WITH_BOTH = '--until "Friday 6 November" --contact "Sam Field, 01234 567890"'

TRAVELS = (
    "The invitations say who looks after the answers. An older version of this program cannot read such invitations: "
    "for anyone who has one, write theirs with --without-notice. The letter says it all the same."
)


@click.command("invite", short_help="Write invitations and letters.")
@click.argument("name", metavar="ROUND")
@click.option("--group", metavar="GROUP", help="Which group; leave it out if there is only one.")
@click.option("--number", type=WholeNumberFrom(1, 1_000), required=True, metavar="N", help="How many people.")
@click.option(
    "--folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Which folder. [default: ROUND-invitations]"
)
@click.option("--page", is_flag=True, help="Pages for a browser instead of invitation files.")
@click.option("--at", "address", default="", metavar="ADDRESS", help="Letters to the round's page at an address.")
@click.option("--letters-only", is_flag=True, help="Only letters, for people who answer on this computer.")
@click.option("--until", default="", metavar="TEXT", help="The day to answer by: “Friday 6 November”.")
@click.option("--contact", default="", metavar="TEXT", help="Who to ask: “Sam Field, 01234 567890”.")
@click.option(
    "--format", "style", type=OneOf(STYLES), default=STYLES[0],
    help="All letters in one document: markdown, docx or pdf. [default: markdown]",
)  # fmt: skip  # in few lines
@click.option("--without-notice", is_flag=True, help="Leave the project's notice out of the invitation files.")
@click.option("--yes", is_flag=True, help="Do not ask before going over the number of people invited.")
@with_template
@of_rounds
def invite(
    place: Place,
    name: str,
    group: str | None,
    number: int,
    folder: Path | None,
    page: bool,
    address: str,
    letters_only: bool,
    until: str,
    contact: str,
    style: str,
    without_notice: bool,
    yes: bool,
    template: Path | None,
) -> None:
    """Write an invitation and a letter for each person of a group.

    An invitation is a file that opens on any computer with this program (selfassess take board-01.invitation). With
    --page it is a page that opens in any browser, without this program and without a network, and gives back a sheet
    file. With --at each letter leads to the round's page (round page), by its address and by a code to scan.

    The letter says how, with the person's code. The same letters are in one document to print. No existing file is
    overwritten: if you invite more people, the numbers carry on. Codes are shown only in these files.

    \b
    selfassess --project ours.selfassess round invite autumn_2026 --group board --number 12
        --until "Friday 6 November" --contact "Sam Field, 01234 567890"
    """
    from selfassess.services.invitations import given_out, invitations_for

    check_medium(style)
    if page + letters_only + bool(address) > 1:
        raise UsageError("Only one of --page, --at and --letters-only can be used.", "Leave the others out.")
    if address:
        check_address(address)
    way: Way = "page" if page or address else "here" if letters_only else "invitation"
    look = read_template(template, style)
    with opened(place) as rounds:
        made = invitations_for(rounds, name, group, number, folder, way=way)
        made = replace(made, address=address, all_ending=MEDIA[style].endings[0], has_notice=not without_notice)
        _ask_if_too_many(made, given_out(rounds, made), called(place), yes)
        notice = rounds.project.notice
        letters = partial(
            _letters, made, notice, style, look, named(place.path.name, NAME), _line(until), _line(contact)
        )
        pages = partial(_pages, made, notice, rounds.project.salt, _line(contact))
        _issue(rounds, made, lambda codes: letters(codes) | (pages(codes) if page else {}))
        if notice and way == "invitation" and not without_notice:
            say(TRAVELS)
    if made.round.state == "new":
        say(f"People can hand in once the round is open: {called(place)} round open {made.round.id}")


def check_address(address: str) -> None:
    """UsageError where something can't be the address of a page, or the library for its code is missing."""
    from selfassess.services.extras import check_installed

    if not re.fullmatch(r"https?://[^\s#]+", address):
        raise UsageError(
            f"“{clean(address, 200)}” is not the address of a page.",
            "It begins with https:// and has no # in it, such as https://example.org/autumn/",
        )
    check_installed("segno", "Codes to scan are drawn", "host")


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _issue(rounds: "Rounds", made: "Invitations", texts: "Letters") -> None:
    from selfassess.services.invitations import issue

    before = rounds.counts(made.round.id).codes
    try:
        issue(rounds, made, texts)
    except SelfAssessError:
        say("Nobody was invited, and no files are left.")
        raise
    except KeyboardInterrupt:
        if rounds.counts(made.round.id).codes != before:
            raise
        say("Stopped. Nobody was invited, and no files are left.")
        raise Told from None
    has_files = made.way != "here" and not made.address
    what = {"here": "letter", "page": "page", "invitation": "invitation"}[made.way] if has_files else "letter"
    also = ", each with its letter" if has_files else ""
    names = " to ".join(dict.fromkeys((made.names[0], made.names[-1])))
    say(f"Written to {made.folder}: {count(len(made.numbers), what)}{also} ({names}).")
    say(f"All letters in one document, to print: {made.folder / made.all_letters}")
    if made.round.rules.codes:
        say("Each holds one person's code. Hand them out unopened, and delete this folder afterwards.")


def _letters(
    made: "Invitations", notice: "PrivacyNotice", style: str, template: bytes | None, command: str, until: str,
    contact: str, codes: Sequence[str],
) -> dict[str, str | bytes]:  # fmt: skip  # in few lines
    """A letter for each code, and all of them in one document. `command` is how the program is called in the folder of
    the project, on a computer of which nothing else is known."""
    from selfassess.documents import media
    from selfassess.documents.letter import document
    from selfassess.documents.render_text import LETTER, to_plain

    documents = {
        name: document(_letter(made, notice, name, code, command, until, contact))
        for name, code in zip(made.names, codes, strict=True)
    }
    letters: dict[str, str | bytes] = {f"{name}.txt": to_plain(one, LETTER) for name, one in documents.items()}
    return letters | {made.all_letters: media.together([*documents.values()], style, template)}


def _pages(
    made: "Invitations", notice: "PrivacyNotice", salt: str, contact: str, codes: Sequence[str]
) -> dict[str, str | bytes]:
    """The page of each code."""
    from selfassess.services.answer_page import AnswerPage
    from selfassess.services.invitations import PAGE
    from selfassess.sitting.privacy_notice import in_full
    from selfassess.web.page import to_html

    now = datetime.datetime.now(datetime.UTC)
    page = AnswerPage(
        round=made.round,
        edition=made.edition,
        salt=salt,
        made=now,
        group=made.group or None,
        notice=in_full(notice),
        contact=contact,
    )
    return {f"{name}{PAGE}": to_html(replace(page, code=code)) for name, code in zip(made.names, codes, strict=True)}


def _ask_if_too_many(made: "Invitations", given_out: int, command: str, yes: bool) -> None:
    """Go on only after a yes where more would be invited than are said to be."""
    invited = made.round.invited[made.group]
    if given_out <= invited:
        return
    id = made.round.id
    say(f"With these, {given_out} would be invited, but this round is for {invited}.")
    of = f"{made.group}=" if made.group else ""
    say(f"If more people take part, correct that: {command} round correct {id} {of}{min(given_out, MOST)}")
    if made.round.rules.codes:
        of = f" --group {made.group}" if made.group else ""
        say("Each new code lets one more person answer. To write letters again, cancel the old codes")
        say(f"first: {command} round uninvite {id}{of} --unused")
    confirm("Invite them anyway?", yes, "Nobody was invited.")


def _letter(
    made: "Invitations", notice: "PrivacyNotice", name: str, code: str, command: str, until: str, contact: str
) -> "Letter":
    from selfassess.documents.letter import OWN_WORDS, Letter
    from selfassess.sitting.notices import how_long
    from selfassess.sitting.privacy_notice import in_full
    from selfassess.sitting.round_notices import welcome

    questionnaire = made.edition.questionnaire
    kind: Kind = "here" if made.way == "here" else "invitation"
    told = welcome(made.round, questionnaire, kind, notice=in_full(notice))
    return Letter(
        number=name,
        title=made.round.title,
        questionnaire=questionnaire.title,
        group=titles_of(questionnaire)[made.group] if made.group else "",
        how_long=how_long(made.edition, made.group or None, made.round.form),
        told=[one for one in told if one[0] != OWN_WORDS],
        code=code,
        command={
            "here": f"{command} take --round {made.round.id}",
            "invitation": f"{NAME} take {name}.invitation",
            "page": "",
        }[made.way],
        way=made.way,
        address=f"{made.address}#{'/'.join(filter(None, (made.group, code)))}" if made.address else "",
        until=until,
        contact=contact,
    )


COMMANDS = (invite,)

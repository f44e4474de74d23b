"""The command `round invite`: an invitation and a letter for each person, in a folder of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.output import check_medium, read_template, with_template
from selfassess.cli.param_types import OneOf, WholeNumberFrom
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.terminal import Cancelled, confirm, say
from selfassess.dates import today
from selfassess.documents.media import MEDIA, ON_PAPER, usual
from selfassess.errors import SelfAssessError, UsageError
from selfassess.paths import NAME, named
from selfassess.services.groups import MOST
from selfassess.services.invitations import MOST_AT_ONCE

if TYPE_CHECKING:
    from selfassess.model.round import Way
    from selfassess.project.rounds import Rounds
    from selfassess.services.invitations import Invitations, Letters

STYLES = (*ON_PAPER, "markdown")
WITH_BOTH = '--until "Friday 6 November" --contact "Sam Field, 01234 567890"'


@click.command("invite", short_help="Write invitations and letters.")
@click.argument("name", metavar="ROUND")
@click.option("--group", metavar="GROUP", help="Which group; leave it out if there is only one.")
@click.option("--number", type=WholeNumberFrom(1, MOST_AT_ONCE), required=True, metavar="N", help="How many people.")
@click.option(
    "--folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Which folder. [default: ROUND-invitations]"
)
@click.option("--page", is_flag=True, help="Pages for a browser instead of invitation files.")
@click.option("--at", "address", default="", metavar="ADDRESS", help="Letters to the round's page at an address.")
@click.option("--letters-only", is_flag=True, help="Only letters, for people who answer on this computer.")
@click.option("--until", default="", metavar="TEXT", help="The day to answer by: “Friday 6 November”.")
@click.option("--contact", default="", metavar="TEXT", help="Who to ask: “Sam Field, 01234 567890”.")
@click.option(
    "--format", "style", type=OneOf(STYLES),
    help="All letters in one document: docx, pdf, html or markdown. [default: docx where it can be written, else html]",
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
    style: str | None,
    without_notice: bool,
    yes: bool,
    template: Path | None,
) -> None:
    """Write an invitation and a letter for each person of a group.

    An invitation is a file that opens on any computer with this program (selfassess take board-01.invitation). With
    --page it is a page that opens in any browser, without this program or a network, and ends with a sheet file to
    send. With --at each letter leads to the round's page (round page), by its address and by a code to scan.

    The letter says how, with the person's code. The same letters are in one document to print. No existing file is
    overwritten: if you invite more people, the numbers carry on. Codes are shown only in these files.

    \b
    selfassess --project ours.selfassess round invite autumn_2026 --group board --number 12
        --until "Friday 6 November" --contact "Sam Field, 01234 567890"
    """
    from selfassess.documents.letter import files
    from selfassess.services.answer_page import answer_page
    from selfassess.services.invitations import goes_over, invitations_for, read_address, read_contact, read_until
    from selfassess.services.letters import Said, letters
    from selfassess.web.invitations import pages

    until, contact = read_until(until, today()), read_contact(contact)
    style = style or usual(STYLES)
    check_medium(style)
    if page + letters_only + bool(address) > 1:
        raise UsageError("Only one of --page, --at and --letters-only can be used.", "Leave the others out.")
    if address:
        address = read_address(address)
    way: Way = "page" if page or address else "here" if letters_only else "invitation"
    look = read_template(template, style)
    with open_rounds(place) as rounds:
        made = invitations_for(rounds, name, group, number, folder, way=way)
        made = replace(made, address=address, all_ending=MEDIA[style].endings[0], has_notice=not without_notice)
        _ask_if_too_many(made, goes_over(rounds, made), place.command, yes)
        said = Said(
            partnership=rounds.project.partnership,
            notice=rounds.project.notice,
            command=named(place.path.name, NAME),
            until=until,
            contact=contact,
        )

        def texts(codes: Sequence[str]) -> Mapping[str, str | bytes]:
            found = files(letters(made, said, codes), made.all_letters, style, look)
            return {**found, **(pages(made, answer_page(rounds, made.round, contact=contact), codes) if page else {})}

        _issue(rounds, made, texts)
    if made.round.state == "new":
        say(f"People can hand in once the round is open: {place.command} round open {made.round.id}")


def _issue(rounds: "Rounds", made: "Invitations", texts: "Letters") -> None:
    from selfassess.services.invitations import issue, words_once_written

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
        raise Cancelled from None
    for sentence in words_once_written(made, rounds.project.notice):
        say(sentence)


def _ask_if_too_many(made: "Invitations", given_out: int, command: str, yes: bool) -> None:
    """Go on only after a yes where more would be invited than are said to be."""
    if not given_out:
        return
    id = made.round.id
    say(f"With these, {given_out} would be invited, but this round is for {made.round.invited[made.group]}.")
    of = f"{made.group}=" if made.group else ""
    say(f"If more people take part, correct that: {command} round correct {id} {of}{min(given_out, MOST)}")
    if made.round.rules.codes:
        of = f" --group {made.group}" if made.group else ""
        say("Each new code lets one more person answer. To write letters again, cancel the old codes")
        say(f"first: {command} round uninvite {id}{of} --unused")
    confirm("Invite them anyway?", yes, "Nobody was invited.")


COMMANDS = (invite,)

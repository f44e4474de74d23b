"""The command `round remind`: a reminder for everybody who has not answered yet, as far as that may be known."""

from pathlib import Path

import click

from selfassess.cli.output import destination, into_a_file, with_template
from selfassess.cli.param_types import OneOf
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.terminal import say
from selfassess.dates import today
from selfassess.documents.media import ON_PAPER

STYLES = ("text", "markdown", *ON_PAPER)


@click.command("remind", short_help="Write reminders for those who have not answered.")
@click.argument("name", metavar="ROUND")
@click.option("--group", metavar="GROUP", help="Only this group. [default: one after the other]")
@click.option("--until", default="", metavar="TEXT", help="The day to answer by: “Friday 6 November”.")
@click.option("--contact", default="", metavar="TEXT", help="Who to ask: “Sam Field, 01234 567890”.")
@click.option("--format", "style", type=OneOf(STYLES), help="text, markdown, docx, pdf or html. [default: text]")
@into_a_file
@with_template
@of_rounds
def remind(
    place: Place, name: str, group: str | None, until: str, contact: str, style: str | None, output: Path | None,
    replace: bool, template: Path | None,
) -> None:  # fmt: skip  # in few lines
    """Write a reminder for each letter that nobody has handed in with yet. In small groups, and in rounds without
    codes, only how many have handed in is known: then it is one reminder for everybody in the group.

    Nothing tells who answered what, or when. No code is in a reminder.

    \b
    selfassess --project ours.selfassess round remind autumn_2026 --until "Friday 6 November" --output reminders.pdf
    """
    from selfassess.documents.reminder import written
    from selfassess.services.invitations import read_contact, read_until
    from selfassess.services.reminders import reminders, told, waiting

    until, contact = read_until(until, today()), read_contact(contact)
    goal = destination(output, style, STYLES, (place.path,), replace=replace, template=template)
    with open_rounds(place, to_look=True) as rounds:
        round = rounds.get(name)
        groups = waiting(rounds, round, group)
        found = reminders(rounds, round, groups, until=until, contact=contact)
    for line in told(groups):
        say(line)
    goal.deliver(written(found, goal.style, goal.template))


COMMANDS = (remind,)

"""The command `round uninvite`: takes back codes that were given out, so that letters can be written again."""

import click

from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.terminal import confirm, say
from selfassess.errors import UsageError
from selfassess.text import count


@click.command("uninvite", short_help="Cancel codes that nobody used.")
@click.argument("name", metavar="ROUND")
@click.option("--group", metavar="GROUP", help="Which group; leave it out if there is only one.")
@click.option("--unused", is_flag=True, help="All codes of the group that nobody has handed in with.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@of_rounds
def uninvite(place: Place, name: str, group: str | None, unused: bool, yes: bool) -> None:
    """Cancel all codes of a group that nobody has handed in with: too many invited, or letters lost. Answers given
    with them are refused. Afterwards you can write letters again.

    \b
    selfassess --project ours.selfassess round uninvite autumn_2026 --group board --unused
    """
    from selfassess.services.invitations import codes_of, take_back

    with open_rounds(place) as rounds:
        codes = codes_of(rounds, name, group)
        round, whose = codes.round, codes.title
        if not unused:
            raise UsageError("Say which codes to cancel.", "--unused: all that nobody has handed in with.")
        if round.rules.codes and codes.unused:
            there = count(codes.unused, "code")
            say(f"{whose}: {there} nobody has handed in with. Those invitations will stop working.")
            if codes.begun:
                say(f"{count(codes.begun, 'sitting is', 'sittings are')} begun with them, and could not be handed in.")
            confirm("Cancel these codes?", yes, "All codes stay as they are.")
        taken_back = take_back(rounds, codes)
    say(f"{whose}: {count(taken_back, 'code')} cancelled, {codes.used} used before.")
    if taken_back and round.state != "closed":
        of = f" --group {codes.group}" if codes.group else ""
        say("Delete those invitations and letters. To write new ones:")
        say(f"  {place.command} round invite {round.id}{of} --number {codes.still_to_invite}")


COMMANDS = (uninvite,)

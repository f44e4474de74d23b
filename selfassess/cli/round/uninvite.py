"""The command `round uninvite`: takes back codes that were given out, so that letters can be written anew."""

import click

from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds
from selfassess.cli.round.lookup import called, opened
from selfassess.cli.terminal import confirm, say
from selfassess.errors import UsageError
from selfassess.services.groups import invited_group, titles_of
from selfassess.text import count


@click.command("uninvite", short_help="Take back codes that nobody used.")
@click.argument("name", metavar="ROUND")
@click.option("--group", metavar="GROUP", help="Whose; may be left out where there is only one group.")
@click.option("--unused", is_flag=True, help="All codes of the group that nobody has handed in with.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@of_rounds
def uninvite(place: Place, name: str, group: str | None, unused: bool, yes: bool) -> None:
    """Take back all codes of a group that nobody has handed in with: invited too often, or letters lost. Whatever is
    answered with them is refused. Afterwards letters can be written anew.

    \b
    selfassess --project ours.selfassess round uninvite autumn_2026 --group board --unused
    """
    from selfassess.services.projects import edition_of_round

    with opened(place) as rounds:
        round = rounds.get(name)
        questionnaire = edition_of_round(rounds, round).questionnaire
        chosen = invited_group(round, questionnaire, group)
        if not unused:
            raise UsageError("Say which codes to take back.", "--unused: all that nobody has handed in with.")
        counts, whose = rounds.counts(round.id), titles_of(questionnaire)[chosen]
        used, begun = counts.used.get(chosen, 0), counts.drafts.get(chosen, 0)
        there = counts.codes.get(chosen, 0) - used
        if round.rules.codes and there:
            say(f"{whose}: {count(there, 'code')} nobody has handed in with. Those invitations will no longer do.")
            if begun:
                say(f"{count(begun, 'sitting is', 'sittings are')} begun with them, and could not be handed in.")
            confirm("Take these codes back?", yes, "All codes stay as they are.")
        taken_back = rounds.admission.take_back(round.id, chosen)
    say(f"{whose}: {count(taken_back, 'code')} taken back, {used} used before.")
    if taken_back and round.state != "closed":
        of = f" --group {chosen}" if chosen else ""
        say("Delete those invitations and letters. To write new ones:")
        say(f"  {called(place)} round invite {round.id}{of} --number {max(round.invited[chosen] - used, 1)}")


COMMANDS = (uninvite,)

"""Commands that change a round: change, correct."""

from typing import Any

import click

from selfassess.cli.options import with_options
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.round.rules import RULES, say_same_title
from selfassess.cli.terminal import say
from selfassess.errors import UsageError


@click.command("change", short_help="Change a round that nobody has seen yet.")
@click.argument("round_name", metavar="ROUND")
@with_options(RULES)
@of_rounds
def change(place: Place, /, round_name: str, **options: Any) -> None:
    """Change the rules of a round, as long as nobody has been invited, got a form, begun or handed in. The title
    can always be changed.

    --invited GROUP=0 takes a group out. For another questionnaire, delete the round and make a new one.

    \b
    selfassess --project ours.selfassess round change autumn_2026 --invited staff=18
    """
    from selfassess.services.round_setup import Given, change_round, same_title

    given = Given(**options)
    if given.is_nothing:
        raise UsageError("Say what to change.", f"See the options: {place.command} round change --help")
    with open_rounds(place) as rounds:
        after = change_round(rounds, round_name, given)
        say_same_title(after, same_title(rounds, after))
    say(f"Changed: {after.title}.")


@click.command("correct", short_help="Correct how many are invited.")
@click.argument("round_name", metavar="ROUND")
@click.argument("numbers", nargs=-1, required=True, metavar="GROUP=N...")
@of_rounds
def correct(place: Place, round_name: str, numbers: tuple[str, ...]) -> None:
    """Correct how many people are invited, at any time: somebody joined or left, or the first count was wrong. Once a
    report was made, later ones say that the number was corrected, and what it was before.

    \b
    selfassess --project ours.selfassess round correct autumn_2026 board=13
    """
    from selfassess.services.round_setup import correct_numbers

    with open_rounds(place) as rounds:
        found = correct_numbers(rounds, round_name, numbers)
    for group, number in found.now.items():
        say(f"{found.titles[group]}: {number} invited (it was {found.before[group]}).")
    if found.was_reported:
        say("A report has already been made. Later reports will say that this was corrected, and give both numbers.")
    if found.would_ask_others:
        say(
            "Who is asked whether their small group may be shown stays as it is, because people have already read the "
            "rules."
        )


COMMANDS = (change, correct)

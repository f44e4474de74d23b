"""The command `round new`."""

from typing import Any

import click

from selfassess.cli.round_rules import Given, with_options
from selfassess.cli.sittings import MAIN, Place
from selfassess.cli.which_project import of_rounds


@click.command("new", short_help="Make a round.")
@click.argument("id", required=False)
@click.option("--questionnaire", metavar="NAME", help=f"A shipped one or a TOML file. [default: {MAIN}]")
@click.option("--like", metavar="ROUND", help="A further round like this one: what is left out is as it was there.")
@with_options
@click.option("--yes", is_flag=True, help="Ask nothing: codes, small groups left out; or all as with --like.")
@of_rounds
def new(
    place: Place, /, id: str | None, questionnaire: str | None, like: str | None, yes: bool, **options: Any
) -> None:
    """Make a round: one occasion on which groups answer a questionnaire.

    ID is the short name that commands use, such as autumn_2026. Whatever is not said as an option is asked for.
    The project file is made if it is not there; several people share it.

    With --like a round is made like another of the project: the same questionnaire (or a newer version of it, with
    --questionnaire), groups, rules, thresholds and targets. People are invited anew, and nothing of the answers is
    taken over.

    \b
    selfassess --project ours.selfassess round new
    selfassess --project ours.selfassess round new autumn_2026 --title "Autumn 2026"
        --invited board=12 --invited staff=16 --invited external=4
        --small-groups consent --codes --yes
    selfassess --project ours.selfassess round new spring_2027 --like autumn_2026
        --title "Spring 2027" --invited board=13
    """
    from selfassess.cli.round_making import make

    make(place, id, questionnaire, Given(**options), yes=yes, like=like)


COMMANDS = (new,)

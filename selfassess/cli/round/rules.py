"""The rules of a round as options of a command."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from selfassess.cli.param_types import OneOf, WholeNumber
from selfassess.cli.terminal import say
from selfassess.services.small_groups import CHOICES

if TYPE_CHECKING:
    from selfassess.model.round import Round

RULES = (
    click.option("--title", metavar="TEXT", help="The title people see: “Autumn 2026”."),
    click.option("--short/--full", "short", default=None, help="The short form, or the whole questionnaire."),
    click.option(
        "--invited", multiple=True, metavar="GROUP=N", help="How many of a group are invited. Repeat for each group."
    ),
    click.option(
        "--small-groups",
        type=OneOf(CHOICES),
        help="What happens to a group in which too few hand in.",
    ),
    click.option(
        "--min-group", type=WholeNumber(), metavar="N", help="How many must answer for scores to be shown. [default: 5]"
    ),
    click.option(
        "--min-detail", type=WholeNumber(), metavar="N", help="And for single questions and comments. [default: 10]"
    ),
    click.option("--codes/--no-codes", default=None, help="Whether everybody needs a code that works once."),
    click.option(
        "--matching/--no-matching", default=None, help="Whether people can make up a code, to be found again next time."
    ),
)


def say_same_title(round: "Round", others: Sequence[str]) -> None:
    """Say that other rounds, by their ids, have the title of this one."""
    if others:
        say(f"There is another round with this title ({', '.join(others)}): say {round.id} in commands, not the title.")

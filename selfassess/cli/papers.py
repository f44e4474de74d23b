"""The command `round enter`: keying in from paper, a row a sheet."""

import sys

import click

from selfassess.cli import asking
from selfassess.cli.round_place import opened
from selfassess.cli.sittings import Place
from selfassess.cli.streams import lines
from selfassess.cli.which_project import of_rounds
from selfassess.errors import UsageError


@click.command("enter", short_help="Key in sheets of paper.")
@click.argument("name", metavar="ROUND")
@click.option("--group", metavar="GROUP", help="Whose sheets; asked for if left out.")
@click.option("--words", is_flag=True, help="Ask for what was written in own words too.")
@click.option("--check", is_flag=True, help="Key sheets in a second time, and see where the two differ.")
@click.option("--paper", metavar="NUMBER", help="Show one sheet that was keyed in, and key it in anew.")
@click.option("--remove", is_flag=True, help="With --paper: take that sheet out.")
@click.option("--replace", "replaces", is_flag=True, help="From a pipe: replace sheets keyed in before.")
@click.option("--yes", is_flag=True, help="With --remove: do not ask first.")
@of_rounds
def enter(
    place: Place,
    name: str,
    group: str | None,
    words: bool,
    check: bool,
    paper: str | None,
    remove: bool,
    replaces: bool,
    yes: bool,
) -> int:
    """Key in sheets of paper, a row a sheet: the number written on it, then one key a question.

    \b
    1 to 9  the answer circled; 0 for 10       d  don't know     a  doesn't apply
    -       left blank                         .  was not to be answered
    /12.5/  a number    /1 3/  several answers circled

    What does not fit is shown at once, and only that place is asked for again. Where a small group is asked whether it
    may be shown, y or n comes first. From a file: one sheet a line, its number, a blank, its row; a line “group staff”
    begins the sheets of another group. Such a file is taken in whole or, where anything does not fit, not at all.

    \b
    selfassess --project ours.selfassess round enter autumn_2026 --group board
    selfassess --project ours.selfassess round enter autumn_2026 --check
    selfassess --project ours.selfassess round enter autumn_2026 --paper 17
    """
    if remove and paper is None:
        raise UsageError("Say which sheet to take out.", "Such as: --paper 17 --remove.")
    if check and paper is not None:
        raise UsageError("--check goes through sheets one after the other; --paper is one of them.", "Leave one out.")
    from selfassess.cli import paper_batch, paper_rows

    with opened(place) as rounds:
        desk = paper_rows.desk_for(rounds, name, group, words=words)
        if paper is not None:
            return paper_rows.one_sheet(desk, paper, remove=remove, yes=yes, regroup=group is not None)
        if not asking.can_ask():
            if words:
                raise UsageError("--words asks, and there is nobody to ask.", "Leave it out, or type at a terminal.")
            return paper_batch.run(desk, lines(sys.stdin), named=group is not None, check=check, replaces=replaces)
        paper_rows.sit_down(desk, check=check, named=group is not None)
    return 0


COMMANDS = (enter,)

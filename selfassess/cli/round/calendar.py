"""The command `round calendar`: the days of a round, for a calendar."""

from pathlib import Path

import click

from selfassess.cli.output import destination, into_a_file
from selfassess.cli.param_types import WholeNumberFrom
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.dates import today
from selfassess.model.calendar import MOST_BEFORE, USUAL_BEFORE


@click.command("calendar", short_help="Write the days of a round for your calendar.")
@click.argument("name", metavar="ROUND")
@click.option("--until", required=True, metavar="DAY", help="The last day to answer, such as 2026-11-06.")
@click.option("--opens", default="", metavar="DAY", help="The first day, if the round is not open yet.")
@click.option(
    "--remind", "before", type=WholeNumberFrom(0, MOST_BEFORE), default=USUAL_BEFORE, metavar="N",
    help=f"How many days before the last one you are reminded; 0 for not at all. [default: {USUAL_BEFORE}]",
)  # fmt: skip  # in few lines
@into_a_file
@of_rounds
def calendar(place: Place, name: str, until: str, opens: str, before: int, output: Path | None, replace: bool) -> None:
    """Write the days of a round as a calendar file (.ics), which every calendar program opens: the first and the last
    day to answer, and before that, if it is still to come, a day on which to remind those who have not. Each says
    which command to use.

    Written again, with other days, it changes them where they are: nothing is there twice.

    \b
    selfassess --project ours.selfassess round calendar autumn_2026 --until 2026-11-06 --output autumn.ics
    """
    from selfassess.cli.calendar_file import CALENDAR, deliver
    from selfassess.services.calendar import read_first_day, read_last_day, round_days

    last, first = read_last_day(until, today()), read_first_day(opens)
    goal = destination(output, None, (CALENDAR,), (place.path,), replace=replace)
    with open_rounds(place, to_look=True) as rounds:
        found = round_days(rounds, rounds.get(name), last, first, before, today=today())
    deliver(found, goal)


COMMANDS = (calendar,)

"""The command `round page`: the page on which people answer, for an address."""

from pathlib import Path

import click

from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.terminal import say


@click.command("page", short_help="Write the page of a round, for a website.")
@click.argument("name", metavar="ROUND")
@click.option(
    "--output", type=click.Path(path_type=Path), required=True, metavar="FOLDER",
    help="Into which folder; the file is called index.html.",
)  # fmt: skip  # in few lines
@click.option("--contact", default="", metavar="TEXT", help="Who gets the answers: “Sam Field, sam@example.org”.")
@click.option("--replace", is_flag=True, help="Replace an existing page.")
@of_rounds
def page(place: Place, name: str, output: Path, contact: str, replace: bool) -> None:
    """Write the page people answer on, to put on any website.

    It is one file, holds no codes, and sends nothing: a council's website will do. People need its address and, in a
    round with codes, a letter (round invite --at ADDRESS). Their answers come back as a file or as text, for collect.

    \b
    selfassess --project ours.selfassess round page autumn_2026 --output site
    """
    from selfassess.web.round_page import write_page

    with open_rounds(place) as rounds:
        round = rounds.get(name)
        say(f"Written to {write_page(rounds, round.id, output, contact=contact, overwrite=replace)}.")
    say(f"Letters that lead to it: {place.command} round invite {round.id} --number N --at https://…")


COMMANDS = (page,)

"""The command `round page`: the page on which people answer, for an address."""

from pathlib import Path

import click

from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.terminal import say

NAME = "index.html"


@click.command("page", short_help="Write the page of a round, for a website.")
@click.argument("name", metavar="ROUND")
@click.option(
    "--output", type=click.Path(path_type=Path), required=True, metavar="FOLDER",
    help=f"Into which folder; the file is called {NAME}.",
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
    from selfassess.project.atomic_files import make_folder, write_whole
    from selfassess.services.answer_page import answer_page
    from selfassess.services.invitations import check_can_invite
    from selfassess.web.page import to_html

    with open_rounds(place) as rounds:
        round = rounds.get(name)
        check_can_invite(round)
        made = answer_page(rounds, round, contact=contact)
        make_folder(output, "Choose another with --output.")
        write_whole(output / NAME, to_html(made), overwrite=replace)
        rounds.fix(round.id)
    say(f"Written to {output / NAME}.")
    say(f"Letters that lead to it: {place.command} round invite {round.id} --number N --at https://…")


COMMANDS = (page,)

"""The command `demo`: a made-up partnership, to see everything that the program can do."""

from collections.abc import Iterator
from pathlib import Path

import click

from selfassess.cli.place import Place
from selfassess.cli.terminal import say, wants_plain
from selfassess.paths import called, program

FILE = Path("demo.selfassess")


@click.command(short_help="See all of it, with a made-up partnership.")
@click.argument("file", type=click.Path(path_type=Path, readable=False), required=False)
@click.option("--replace", is_flag=True, help="Replace an existing demonstration.")
@click.option("--open/--no-open", "open_it", default=True, help="Open the dashboard, or just list what there is.")
@click.pass_context
def demo(context: click.Context, file: Path | None, replace: bool, open_it: bool) -> None:
    """Make a project file with a made-up partnership, and open its dashboard.

    Nobody gave these answers. They are the same every time, with strengths, gaps, two camps and groups that differ to
    be found in them. A second round shows what moved, and a plan is half done. FILE is demo.selfassess in this folder
    if it is left out. Where no screen can be drawn, the report is printed instead.
    """
    from selfassess.services.demo import CLOSED, make_project

    place: Place = context.obj
    path = file or place.project or FILE
    code = make_project(path, replace=replace)
    say(f"Made {path}, with a made-up partnership in it.")
    there = Place(path, place.plain)
    if open_it:
        _command(context, there, "report" if wants_plain(place.plain) else "dashboard", CLOSED)
    for line in _what_next(program(str(path)), path, code):
        say(line)


def _command(context: click.Context, place: Place, name: str, *arguments: str) -> None:
    """What the command of that name does, for another project."""
    front = context.find_root().command
    if isinstance(front, click.Group) and (command := front.get_command(context, name)):
        command.main(list(arguments), prog_name=f"{called()} {name}", standalone_mode=False, obj=place)


def _what_next(command: str, path: Path, code: str) -> Iterator[str]:
    """What there is to see, each with its command: one screen."""
    from selfassess.services.demo import CLOSED, LATER, OPEN, SKILLS

    yield ""
    yield "Nobody gave these answers. What there is to see:"
    for what, *commands in (
        (f"The round “{CLOSED}” is closed. Its dashboard, report and one number explained:",
         f"dashboard {CLOSED}", f"report {CLOSED}", f"report {CLOSED} --explain vision"),
        ("The same report as a file to print and hand round, or to edit:",
         f"report {CLOSED} --output demo.html", f"report {CLOSED} --output demo.md"),
        (f"“{LATER}” came after it. What moved, and what was worded differently:",
         f"compare {CLOSED} {LATER}", f"diff {CLOSED} {LATER}", f"report {LATER}"),
        (f"“{SKILLS}” asked what people can do: what they lack, what the plan leans on:",
         f"dashboard {SKILLS}", "plan"),
        (f"The round “{OPEN}” is open. How many are in; your turn, code {code}:",
         f"round status {OPEN}", f"take --round {OPEN}"),
    ):  # fmt: skip  # a line of words above its commands
        yield what
        yield from (f" {command} {one}" for one in commands)  # one blank more, and 80 columns would not hold them
    yield f"It is all in one file. When you have seen enough, delete {path}."


COMMANDS = (demo,)

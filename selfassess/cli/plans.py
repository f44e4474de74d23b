"""The command `plan`: what was decided to do, by whom and until when."""

from functools import partial
from pathlib import Path

import click

from selfassess.cli import plan_changes, plan_taking
from selfassess.cli.output import destination, into_a_file
from selfassess.cli.plan_place import for_plan, of_plan, opened
from selfassess.cli.round_place import called
from selfassess.cli.sittings import Place
from selfassess.cli.streams import confirm, say, show_result, wants_plain
from selfassess.content import MEGABYTE, UnreadError, content_of
from selfassess.errors import PlanError

FORMATS = ("markdown", "csv")
LARGEST = 5 * MEGABYTE
"""Bytes of a plan that comes back. One of a thousand actions is a tenth of this."""


@click.group("plan", invoke_without_command=True, short_help="Plan what to do, and see how it goes.")
@click.option("--screen", is_flag=True, help="Work on it on screen.")
@click.pass_context
def plan_group(context: click.Context, screen: bool) -> int | None:
    """Show the plan: what was decided to do, by whom and until when, and what is overdue.

    Suggestions of a round's report are taken in (take), or an action is written (add). Then it is agreed on, begun,
    done or dropped (set, drop), and put in order (move). It can be edited elsewhere, as a table, and taken back
    (export, import).
    """
    if context.invoked_subcommand is not None:
        return None
    place = for_plan(context.obj)
    return context.exit(_on_screen(place) if screen else _shown(place))


def _shown(place: Place) -> int:
    with opened(place, to_look=True) as plan:
        from selfassess.documents.plan import document
        from selfassess.documents.render_rich import page

        show_result(page(document(plan.report)))
        if not plan.report.plan:
            command = called(place)
            if plan.kept.project.kind == "shared":
                say(f"Take suggestions from a report: {command} plan take")
            say(f'Or write your own: {command} plan add "Meet the new neighbours"')
    return 0


def _on_screen(place: Place) -> int:
    if wants_plain(place.plain):
        say("Screens need a terminal to draw on. This is the plan as a page instead.")
        return _shown(place)
    with opened(place) as plan:
        from selfassess.tui.app import run
        from selfassess.tui.launch import LaunchOptions
        from selfassess.tui.plan_navigation import show_plan

        options = LaunchOptions(project=plan.kept.project)
        return run(options, say, lambda navigator: partial(show_plan, navigator, plan.kept))


@click.command("export", short_help="Write the plan as Markdown or CSV.")
@click.option("--format", "style", type=click.Choice(FORMATS), help="markdown, for minutes; csv, to be edited.")
@into_a_file
@of_plan
def export(place: Place, style: str | None, output: Path | None, replace: bool) -> None:
    """Write the plan as Markdown, for minutes, or as CSV, for others to edit in a spreadsheet and send back.

    \b
    selfassess --project ours.selfassess plan export --format csv --output plan.csv
    """
    from selfassess.documents.export.plan import to_csv
    from selfassess.documents.plan import document
    from selfassess.documents.render_markdown import to_markdown

    goal = destination(output, style, FORMATS, (place.path,), replace=replace)
    with opened(place, to_look=True) as plan:
        text = to_csv(plan.report) if goal.style == "csv" else to_markdown(document(plan.report))
    goal.deliver(text)


@click.command("import", short_help="Take back a plan that others have edited.")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--yes", is_flag=True, help="Do not ask first.")
@of_plan
def import_plan(place: Place, file: Path, yes: bool) -> None:
    """Take back a plan that was exported as CSV and that others have edited. What would change is shown first, then
    you are asked. If anything in it is wrong, all of that is told and nothing is changed.

    A row without an id is a new action. Actions that are not in the file stay as they are.
    """
    from selfassess.services.plan_csv import read_plan_csv

    with opened(place) as plan:
        back = read_plan_csv(str(file), _content(file), plan.report)
        for line in plan_changes.told(back):
            say(line)
        if not back.edited and not back.new:
            say("Nothing in it differs from the plan.")
            return
        confirm("Change the plan so?", yes)
        plan.kept.replace(back.before, back.after)
    say(f"Changed. See it: {called(place)} plan")


def _content(file: Path) -> bytes:
    try:
        return content_of(file, LARGEST)
    except UnreadError as error:
        raise PlanError(f"{file} {error.why}.", hint=error.cure) from None


for command in (*plan_taking.COMMANDS, *plan_changes.COMMANDS, export, import_plan):
    plan_group.add_command(command)

COMMANDS = (plan_group,)

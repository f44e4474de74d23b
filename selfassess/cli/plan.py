"""The command `plan` and all below it: showing the plan, changing it, and taking suggestions from a round's report."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli import prompts
from selfassess.cli.options import with_options
from selfassess.cli.output import destination, into_a_file, with_template
from selfassess.cli.param_types import OneOf, WholeNumberFrom
from selfassess.cli.place import Place
from selfassess.cli.project_choice import (
    Command,
    check_there,
    for_facilitators,
    for_own_or_rounds,
    of_rounds,
    which_project,
)
from selfassess.cli.terminal import Cancelled, InputEnded, confirm, say, show_result, wants_plain
from selfassess.content import MEGABYTE, UnreadError, content_of
from selfassess.errors import PlanError, UsageError
from selfassess.text import count, listed

if TYPE_CHECKING:
    from selfassess.model.plan import Known, Planned
    from selfassess.model.plan_report import PlanReport
    from selfassess.project.plans import Plans
    from selfassess.services.plan import OpenPlan
    from selfassess.services.plan_csv import Back, Edited
    from selfassess.services.suggestions import Offer, Offered


def of_plan(command: Command) -> Command:
    """Makes a command one about the plan of the project that is meant."""
    return for_facilitators(for_plan)(command)


def for_plan(place: Place) -> Place:
    """The place of the project whose plan is meant: where none was named, one's own if anything is planned there."""
    from selfassess.project.plans import Plans

    return for_own_or_rounds(place, lambda project: bool(Plans(project).all()))


@contextmanager
def opened(place: Place, *, to_look: bool = False) -> Iterator["OpenPlan"]:
    """The plan of the project, which may be personal or shared; `to_look` where a file that can only be read will do.
    UsageError where none is named and there is no own one, ProjectError where there is no such file."""
    from selfassess.project.project import open_project, open_to_look
    from selfassess.services.plan import open_plan

    check_there(place)
    if not place.path.exists():
        raise which_project(place)
    with (
        open_to_look(place.path, waits=place.waits)
        if to_look
        else open_project(place.path, waits=place.waits) as project
    ):
        yield open_plan(project)


FIELDS = (
    click.option("--benchmark", "node", metavar="ID", help="The benchmark, skill or strand that it should move."),
    click.option("--groups", metavar="GROUP,…", help="Who it is for. Left out: everybody."),
    click.option("--owner", metavar="WHO", help="Who is responsible: a role, or a name."),
    click.option("--due", metavar="DAY", help="By when, such as 2026-05-31."),
    click.option("--status", metavar="STATUS", help="proposed, agreed, under way, done or dropped."),
    click.option("--effort", metavar="AMOUNT", help="low, medium or high."),
    click.option("--effect", metavar="AMOUNT", help="What it is expected to bring: low, medium or high."),
    click.option("--skills", metavar="ID,…", help="The skills that it needs."),
    click.option("--note", "why", metavar="TEXT", help="A note; or why it was dropped."),
)


@click.command("add", short_help="Write an action of your own.")
@click.argument("text")
@with_options(FIELDS)
@of_plan
def add(place: Place, /, text: str, **typed: str | None) -> None:
    """Write an action of your own into the plan, below the others.

    \b
    selfassess --project ours.selfassess plan add "Meet the new neighbours" --owner "the chair" --due 2026-05-31
    """
    with opened(place) as plan:
        kept = plan.write({"text": text, **typed})
    say(f"In the plan as {kept.id}: {kept.text}")


@click.command("set", short_help="Change an action: its status, owner, due day …")
@click.argument("id", metavar="ACTION")
@click.option("--text", metavar="TEXT", help="What is to be done.")
@with_options(FIELDS)
@click.option("--done", metavar="DAY", help="With status done: the day, if it was not today.")
@of_plan
def set_fields(place: Place, /, id: str, **typed: str | None) -> None:
    """Change an action of the plan. An empty text ("") clears it.

    \b
    selfassess --project ours.selfassess plan set a3 --status done
    selfassess --project ours.selfassess plan set a3 --owner "" --due 30.6.2026
    """
    if all(text is None for text in typed.values()):
        raise UsageError("Say what to change.", f"See the options: {place.command} plan set --help")
    with opened(place) as plan:
        kept, words = plan.change(id, typed)
    say(f"{kept.id}, “{kept.text}”:" if words else f"{kept.id} stays as it was.")
    for line in words:
        say(f"  {line}")


@click.command("move", short_help="Put an action at another place in the order.")
@click.argument("id", metavar="ACTION")
@click.argument("number", metavar="PLACE", type=WholeNumberFrom(min=1))
@of_plan
def move(place: Place, id: str, number: int) -> None:
    """Put an action at another place in the order: 1 is the first. Actions still to do stay above those done or
    dropped."""
    with opened(place) as plan:
        kept, before = plan.move(id, number)
    if kept.place == before:
        say(f"{kept.id} stays at place {kept.place}.")
    else:
        say(f"{kept.id} is at place {kept.place} now (it was at {before}).")
    if kept.place != number:
        say("Actions still to do come first, then those done, then those dropped.")


@click.command("drop", short_help="Drop an action, and say why.")
@click.argument("id", metavar="ACTION")
@click.option("--why", required=True, metavar="TEXT", help="Why you decided against it.")
@of_plan
def drop(place: Place, id: str, why: str) -> None:
    """Drop an action, and say why. It stays in the plan, where it can be read later."""
    with opened(place) as plan:
        kept = plan.drop(id, why)
    say(f"Dropped: {kept.id}, {kept.text}")


@click.command("remove", short_help="Delete an action.")
@click.argument("id", metavar="ACTION")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@of_plan
def remove(place: Place, id: str, yes: bool) -> None:
    """Delete an action, such as one written by mistake. If you decided against it, drop it instead: then others can
    read why."""
    with opened(place) as plan:
        planned = plan.plans.get(id)
        confirm(f"Delete {planned.id}, “{planned.text}”? This cannot be undone.", yes)
        plan.plans.remove(planned.id)
    say(f"Deleted: {planned.id}.")


def _changes(back: "Back") -> Iterator[str]:
    """What a file would change, a line a field."""
    for one in back.edited:
        yield from _told(f"{one.after.id}, “{one.after.text}”:", one)
    for one in back.new:
        yield from _told(f"New: {one.after.text}", one)
    yield from back.notes
    rest = [f"{count(back.same, 'row')} without a change"] if back.same else []
    rest += [f"{count(back.left, 'action')} not in the file"] if back.left else []
    if rest:
        yield f"Left as they are: {listed(rest)}."


def _told(head: str, edited: "Edited") -> Iterator[str]:
    yield head
    yield from (f"  {line}" for line in edited.words)


@click.command("take", short_help="Add suggestions from a round's report to the plan.")
@click.argument("name", metavar="ROUND", required=False)
@click.option("--group", metavar="GROUP", help="Only what is suggested to this group.")
@click.option("--action", "actions", multiple=True, metavar="ID", help="This suggestion. Can be given several times.")
@click.option("--first", is_flag=True, help="The few to begin with: at most nine, and three of a group.")
@click.option("--all", "everything", is_flag=True, help="All of them.")
@of_rounds
def take(
    place: Place, name: str | None, group: str | None, actions: tuple[str, ...], first: bool, everything: bool
) -> None:
    """Add what the report of a closed round suggests to the plan, each suggestion once. At a terminal you are asked
    about one at a time, the most pressing first.

    Leave out ROUND if there is only one.
    """
    from selfassess.documents.follow_up import standing_and_owner
    from selfassess.project.rounds import Rounds
    from selfassess.services import suggestions

    if sum((bool(actions), first, everything)) > 1:
        raise UsageError("Use only one of --action, --first and --all.", "Leave out the others.")
    with opened(place) as plan:
        plans = plan.plans
        if plans.project.kind == "personal":
            raise which_project(place)
        found = suggestions.offer(Rounds(plans.project), name, group)
        chosen: Sequence[Offered]
        if actions:
            chosen = suggestions.named(plans, found, actions, standing_and_owner)
        else:
            chosen = suggestions.first(found) if first else found.suggestions
        if not chosen:
            say("Nothing new is suggested." if any(found.report.settled.values()) else "Nothing is suggested.")
            return
        before = {one.id for one in plans.all()}
        try:
            if first:
                for one in chosen:
                    _take(plans, [one])
            elif actions or everything:
                _take(plans, chosen)
            else:
                _ask(plan, found)
        except KeyboardInterrupt:
            _say_stopped(suggestions.actions_added(plans, chosen, before))
            raise Cancelled from None
        kept = suggestions.actions_added(plans, chosen, before)
    say(f"{count(len(kept), 'suggestion')} taken.")
    if kept:
        say(f"Now say who is responsible, and by when: {place.command} plan set {kept[0].id} --owner WHO --due DAY")


def _take(plans: "Plans", chosen: "Sequence[Offered]") -> None:
    from selfassess.services.suggestions import take

    for kept in take(plans, chosen):
        say(f"In the plan as {kept.id}: {kept.text}")


def _say_stopped(taken: "Sequence[Planned]") -> None:
    """What the person has taken, who does not go on to the end."""
    if taken:
        there = count(len(taken), "suggestion is", "suggestions are")
        say(f"Stopped. {there} in the plan: {listed(one.id for one in taken)}. The others are not.")
    else:
        say("Stopped. Nothing was added to the plan.")


def _ask(plan: "OpenPlan", found: "Offer") -> None:
    """Ask about one after the other, and take each at its yes: what was agreed to is not lost if the person goes away
    before the last. UsageError where nobody can be asked."""
    from selfassess.documents.round.finding_wording import because
    from selfassess.services.suggestions import choices

    some = found.suggestions
    if not prompts.can_ask():
        raise UsageError("Say which suggestions to take: --all, or --action ID.", choices(some))
    say(f"{count(len(some), 'suggestion')} of the report.")
    say("Type y to take one, n or Enter alone to leave it, q to stop.")
    for number, one in enumerate(some, 1):
        say()
        head = f"{number} of {len(some)}"
        for line in _lines(plan.report.known, head, one.planned, because(found.report, one.suggestion)):
            say(line)
        try:
            answer = prompts.ask("Add it to the plan? (y, n or q)", _read)
        except InputEnded:
            break
        if answer == "q":
            break
        if answer == "y":
            _take(plan.plans, [one])
    say()


def _read(line: str) -> str:
    answer = line.lower()[:1] or "n"
    if answer not in ("y", "n", "q"):
        raise UsageError("Please type y, n or q.")
    return answer


def _lines(known: "Known", head: str, planned: "Planned", because: str) -> list[str]:
    who = ", ".join(known.groups.get(id, id) for id in planned.groups)
    skills = ", ".join(known.skills.get(id, id) for id in planned.skills)
    lines = [
        f"{head}: {planned.text}",
        f"  {known.nodes.get(planned.node, planned.node)} ({because})",
        f"  For: {who}" if who else "",
        f"  Needs: {skills}" if skills else "",
    ]
    return [line for line in lines if line]


FORMATS = ("markdown", "html", "docx", "pdf", "pptx", "xlsx", "csv")
LARGEST = 5 * MEGABYTE
"""Bytes of a plan that comes back. One of a thousand actions is a tenth of this."""


@click.group("plan", invoke_without_command=True, short_help="Plan what to do, and see how it goes.")
@click.option("--screen", is_flag=True, help="Work on it on screen.")
@click.pass_context
def plan_group(context: click.Context, screen: bool) -> int | None:
    """Show the plan: what you decided to do, who does it, by when, and what is overdue.

    Add suggestions from a round's report (take), or write your own action (add). Then mark it as agreed, under way,
    done or dropped (set, drop), and change the order (move). Others can edit the plan as a table (export, import).
    """
    if context.invoked_subcommand is not None:
        return None
    place = for_plan(context.obj)
    return context.exit(_on_screen(place) if screen else _shown(place))


def _shown(place: Place) -> int:
    with opened(place, to_look=True) as plan:
        from selfassess.documents.plan import document
        from selfassess.documents.render_rich import page
        from selfassess.services.plan_skills import with_skills_there

        show_result(page(document(with_skills_there(plan.plans.project, plan.report))))
        if not plan.report.plan:
            command = place.command
            if plan.plans.project.kind == "shared":
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

        options = LaunchOptions(project=plan.plans.project)
        return run(options, say, lambda navigator: partial(show_plan, navigator, plan.plans))


@click.command("export", short_help="Write the plan to a file, or as CSV.")
@click.option(
    "--format",
    "style",
    type=OneOf(FORMATS),
    help="markdown or docx, for minutes; html or pdf, to print; pptx, to show; xlsx or csv, to be edited.",
)
@into_a_file
@with_template
@of_plan
def export(place: Place, style: str | None, output: Path | None, replace: bool, template: Path | None) -> None:
    """Write the plan: for minutes, to print, to show, or as a table for others to edit and send back.

    \b
    selfassess --project ours.selfassess plan export --format csv --output plan.csv
    selfassess --project ours.selfassess plan export --output plan.xlsx
    """
    goal = destination(output, style, FORMATS, (place.path,), replace=replace, template=template)
    with opened(place, to_look=True) as plan:
        from selfassess.services.plan_skills import with_skills_there

        result = _written(with_skills_there(plan.plans.project, plan.report), goal.style, goal.template)
    goal.deliver(result)


def _written(report: "PlanReport", style: str, template: bytes | None) -> str | bytes:
    match style:
        case "csv":
            from selfassess.documents.export.plan import to_csv

            return to_csv(report)
        case "xlsx":
            from selfassess.documents.export.plan import sheets
            from selfassess.documents.render_xlsx import to_workbook

            return to_workbook(sheets(report))
    from selfassess.documents import media
    from selfassess.documents.plan import document

    return media.write(document(report), style, template)


@click.command("calendar", short_help="Write the days by which things are due for your calendar.")
@into_a_file
@of_plan
def calendar(place: Place, output: Path | None, replace: bool) -> None:
    """Write the days by which things are due as a calendar file (.ics), which every calendar program opens. What is
    done or dropped, or has no day, is left out. Written again later, it changes the days that are there.

    \b
    selfassess --project ours.selfassess plan calendar --output plan.ics
    """
    from selfassess.cli.calendar_file import CALENDAR, deliver
    from selfassess.services.calendar import plan_days

    goal = destination(output, None, (CALENDAR,), (place.path,), replace=replace)
    with opened(place, to_look=True) as plan:
        found = plan_days(plan.plans.project, plan.report)
        if not found:
            such_as = f"{place.command} plan set a1 --due 2027-05-31"
            raise UsageError("Nothing in the plan is due on a day.", f"Say by when something is to be done: {such_as}")
    deliver(found, goal)


@click.command("import", short_help="Read in a plan that others have edited.")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--yes", is_flag=True, help="Do not ask first.")
@of_plan
def import_plan(place: Place, file: Path, yes: bool) -> None:
    """Read in a plan that was exported as CSV or .xlsx and edited by others. You see what would change, and are asked
    first. If anything is wrong, every mistake is listed and nothing is changed.

    A row without an id is a new action. Actions that are not in the file stay as they are.

    The workbook of a round's report works too: a suggestion goes into the plan if something is filled in beside it.
    """
    from selfassess.services import suggestions
    from selfassess.services.plan_csv import read_plan_csv
    from selfassess.services.workbook import is_workbook

    with opened(place) as plan:
        content = _content(file)
        if is_workbook(content):
            from selfassess.services.extras import check_installed

            check_installed("openpyxl", f"{file} is read")
        suggested = partial(suggestions.all_of, plan.plans.project)
        back = read_plan_csv(str(file), content, plan.report, suggested)
        for line in _changes(back):
            say(line)
        if not back.edited and not back.new:
            say("There is nothing to change.")
            return
        confirm("Make these changes?", yes)
        plan.plans.replace(back.before, back.after)
    say(f"Changed. See it: {place.command} plan")


def _content(file: Path) -> bytes:
    try:
        return content_of(file, LARGEST)
    except UnreadError as error:
        raise PlanError(f"{file} {error.why}.", hint=error.cure) from None


for command in (take, add, set_fields, move, drop, remove, export, calendar, import_plan):
    plan_group.add_command(command)

COMMANDS = (plan_group,)

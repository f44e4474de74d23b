"""Commands that change the plan: add, set, move, drop, remove; and what a file would change, in words."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from selfassess.cli.plan_place import of_plan, opened
from selfassess.cli.round_place import called, counted
from selfassess.cli.sittings import Place
from selfassess.cli.streams import confirm, say
from selfassess.errors import UsageError

if TYPE_CHECKING:
    from selfassess.model.plan import Planned
    from selfassess.model.plan_fields import Known
    from selfassess.services.plan_csv import Back, Edited

OPTIONS = (
    click.option("--benchmark", "node", metavar="ID", help="The benchmark, skill or strand that it should move."),
    click.option("--groups", metavar="GROUP,…", help="Whom it is for. Left out: everybody."),
    click.option("--owner", metavar="WHO", help="Who sees to it: a role, or a name."),
    click.option("--due", metavar="DAY", help="Until when, such as 2026-05-31."),
    click.option("--status", metavar="STATUS", help="proposed, agreed, under way, done or dropped."),
    click.option("--effort", metavar="AMOUNT", help="low, medium or high."),
    click.option("--effect", metavar="AMOUNT", help="What it is expected to bring: low, medium or high."),
    click.option("--skills", metavar="ID,…", help="The skills that it needs."),
    click.option("--note", "why", metavar="TEXT", help="A note; why it was dropped, where it was."),
)


def with_fields(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every field of an action has."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command("add", short_help="Write an action of your own.")
@click.argument("text")
@with_fields
@of_plan
def add(place: Place, /, text: str, **typed: str | None) -> None:
    """Write an action of your own into the plan, below the others.

    \b
    selfassess --project ours.selfassess plan add "Meet the new neighbours" --owner "the chair" --due 2026-05-31
    """
    from selfassess.model.plan import Planned

    with opened(place) as plan:
        planned = plan.given(Planned(text=""), {"text": text, **typed})
        (kept,) = plan.kept.add(planned)
    say(f"In the plan as {kept.id}: {kept.text}")


@click.command("set", short_help="Change an action: its status, owner, due day …")
@click.argument("id", metavar="ACTION")
@click.option("--text", metavar="TEXT", help="What is to be done.")
@with_fields
@click.option("--done", metavar="DAY", help="With status done: the day, if it was not today.")
@of_plan
def set_fields(place: Place, /, id: str, **typed: str | None) -> None:
    """Change an action of the plan. An empty text ("") takes away what there was.

    \b
    selfassess --project ours.selfassess plan set a3 --status done
    selfassess --project ours.selfassess plan set a3 --owner "" --due 30.6.2026
    """
    if all(text is None for text in typed.values()):
        raise UsageError("Say what to change.", f"See the options: {called(place)} plan set --help")
    with opened(place) as plan:
        before = plan.kept.get(id)
        after = plan.given(before, typed)
        kept = plan.kept.change(after, before)
        words = list(_differences(before, kept, plan.report.known))
    say(f"{kept.id}, “{kept.text}”:" if words else f"{kept.id} stays as it was.")
    for line in words:
        say(f"  {line}")


def _differences(before: "Planned", after: "Planned", known: "Known") -> Iterator[str]:
    from selfassess.model.plan_fields import NAMES
    from selfassess.services.plan_csv import field_change

    for name in NAMES:
        if words := field_change(known, before, after, name):
            yield words


@click.command("move", short_help="Put an action at another place in the order.")
@click.argument("id", metavar="ACTION")
@click.argument("number", metavar="PLACE", type=click.IntRange(min=1))
@of_plan
def move(place: Place, id: str, number: int) -> None:
    """Put an action at another place in the order: 1 is the first. What is done or dropped stays below what is to be
    done."""
    with opened(place) as plan:
        before = plan.kept.get(id)
        if number > len(plan.report.plan):
            raise UsageError(f"There is no place {number}: the plan has {counted(len(plan.report.plan), 'action')}.")
        kept = plan.kept.move(id, number)
    if kept.place == before.place:
        say(f"{kept.id} stays at place {kept.place}.")
    else:
        say(f"{kept.id} is at place {kept.place} now (it was at {before.place}).")
    if kept.place != number:
        say("What is to be done comes first, then what is done, then what was dropped.")


@click.command("drop", short_help="Say that an action will not be done, and why.")
@click.argument("id", metavar="ACTION")
@click.option("--why", required=True, metavar="TEXT", help="Why it will not be done.")
@of_plan
def drop(place: Place, id: str, why: str) -> None:
    """Say that an action will not be done, and why. It stays in the plan, where it can be read later."""
    with opened(place) as plan:
        before = plan.kept.get(id)
        kept = plan.kept.change(plan.given(before, {"status": "dropped", "why": why}), before)
    say(f"Dropped: {kept.id}, {kept.text}")


@click.command("remove", short_help="Take an action out for good.")
@click.argument("id", metavar="ACTION")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@of_plan
def remove(place: Place, id: str, yes: bool) -> None:
    """Take an action out of the plan for good, such as one written by mistake. What will not be done is better dropped:
    then others can read why."""
    with opened(place) as plan:
        planned = plan.kept.get(id)
        confirm(f"Take {planned.id}, “{planned.text}”, out for good?", yes)
        plan.kept.remove(planned.id)
    say(f"Gone: {planned.id}.")


def told(back: "Back") -> Iterator[str]:
    """What a file would change, a line a field."""
    for one in back.edited:
        yield from _told(f"{one.after.id}, “{one.after.text}”:", one)
    for one in back.new:
        yield from _told(f"New: {one.after.text}", one)
    yield from back.notes
    rest = [f"{counted(back.same, 'row')} without a change"] if back.same else []
    rest += [f"{counted(back.left, 'action')} not in the file"] if back.left else []
    if rest:
        yield f"Left as they are: {' and '.join(rest)}."


def _told(head: str, edited: "Edited") -> Iterator[str]:
    yield head
    yield from (f"  {line}" for line in edited.words)


COMMANDS = (add, set_fields, move, drop, remove)

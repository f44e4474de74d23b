"""The command `plan take`: what a round's report suggests, into the plan."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import click

from selfassess.cli import asking
from selfassess.cli.plan_place import OpenPlan, opened
from selfassess.cli.round_place import called, counted
from selfassess.cli.sittings import Place
from selfassess.cli.streams import Stopped, Told, say
from selfassess.cli.which_project import of_rounds, which_project
from selfassess.errors import UsageError, near

if TYPE_CHECKING:
    from selfassess.documents.suggestions import Offered
    from selfassess.model.plan import Planned
    from selfassess.model.reports import RoundReport
    from selfassess.storage.rounds import Rounds

NAMED = 12
"""How many suggestions are named at most where one of them has to be chosen."""


@click.command("take", short_help="Take suggestions of a round's report into the plan.")
@click.argument("name", metavar="ROUND", required=False)
@click.option("--group", metavar="GROUP", help="Only what is suggested to this group.")
@click.option("--action", "actions", multiple=True, metavar="ID", help="This suggestion. Can be given several times.")
@click.option("--all", "everything", is_flag=True, help="All of them.")
@of_rounds
def take(place: Place, name: str | None, group: str | None, actions: tuple[str, ...], everything: bool) -> None:
    """Take what the report of a closed round suggests into the plan, each suggestion once. At a terminal you are asked
    about one after the other, the widest gap first.

    ROUND may be left out where there is only one.
    """
    from selfassess.documents.suggestions import offered
    from selfassess.services.reports import release_report, with_current_plan
    from selfassess.storage.rounds import Rounds

    if actions and everything:
        raise UsageError("--action and --all do not go together.", "Leave one out.")
    with opened(place) as plan:
        if plan.kept.project.kind == "personal":
            raise which_project(place)
        rounds = Rounds(plan.kept.project)
        round = rounds.get(name)
        whose = None if group is None else _group(rounds, round.id, group)
        report = with_current_plan(rounds, release_report(rounds, round))
        found = offered(report, whose)
        chosen = _named(report, found, actions, called(place)) if actions else list(found)
        if not chosen:
            say("Nothing new is suggested." if any(report.settled.values()) else "Nothing is suggested.")
            return
        before = {one.id for one in plan.kept.all()}
        try:
            _take(plan, chosen) if actions or everything else _ask(plan, chosen)
        except KeyboardInterrupt:
            _say_stopped(_taken(plan, chosen, before))
            raise Told from None
        kept = _taken(plan, chosen, before)
    say(f"{counted(len(kept), 'suggestion')} taken.")
    if kept:
        say(f"Now say who sees to it, and until when: {called(place)} plan set {kept[0].id} --owner WHO --due DAY")


def _take(plan: OpenPlan, chosen: "Sequence[Offered]") -> None:
    """Take suggestions into the plan, all of them or none."""
    for kept in plan.kept.add(*(one.planned for one in chosen)):
        say(f"In the plan as {kept.id}: {kept.text}")


def _taken(plan: OpenPlan, chosen: "Sequence[Offered]", before: Collection[str]) -> "list[Planned]":
    """What is in the plan of the suggestions that were chosen from, and was not before."""
    offered = {(one.planned.round, one.planned.action) for one in chosen}
    return [one for one in plan.kept.all() if one.id not in before and (one.round, one.action) in offered]


def _say_stopped(taken: "Sequence[Planned]") -> None:
    """What the person has taken, who does not go on to the end."""
    if taken:
        are = "suggestion is" if len(taken) == 1 else "suggestions are"
        say(f"Stopped. {len(taken)} {are} in the plan: {', '.join(one.id for one in taken)}. The others are not.")
    else:
        say("Stopped. Nothing was taken into the plan.")


def _group(rounds: "Rounds", id: str, name: str) -> str:
    from selfassess.cli.round_place import edition_of, invited_group

    round = rounds.get(id)
    return invited_group(round, edition_of(rounds, round).questionnaire, name)


def _named(report: "RoundReport", found: "Sequence[Offered]", actions: Sequence[str], command: str) -> "list[Offered]":
    """The suggestions with these ids. UsageError for one that there is not, or that is in the plan already."""
    from selfassess.documents.follow_up import how

    settled = {one.suggestion.action.id: one.planned for some in report.settled.values() for one in some}
    there = {one.planned.action: one for one in found}
    wanted = list(dict.fromkeys(actions))
    for id in wanted:
        if id in settled:
            hint = f"It is {settled[id].id}: {how(settled[id])}. See: {command} plan"
            raise UsageError(f"“{id}” is in the plan already.", hint)
        if id not in there:
            hint = near(id, there) or (_there_is(list(there)) if there else "Nothing is suggested.")
            raise UsageError(f"The report does not suggest “{id}”.", hint)
    return [there[id] for id in wanted]


def _ask(plan: OpenPlan, found: "Sequence[Offered]") -> None:
    """Ask about one after the other, and take each at its yes: what was agreed to is not lost if the person goes away
    before the last. UsageError where nobody can be asked."""
    if not asking.can_ask():
        ids = [one.planned.action for one in found]
        raise UsageError("Say which suggestions to take: --all, or --action ID.", _there_is(ids))
    say(f"{counted(len(found), 'suggestion')} of the report.")
    say("Type y to take one, n or Enter alone to leave it, q to stop.")
    for number, one in enumerate(found, 1):
        say()
        for line in _lines(plan, number, len(found), one):
            say(line)
        try:
            answer = asking.ask("Into the plan? (y, n or q)", _read)
        except Stopped:
            break
        if answer == "q":
            break
        if answer == "y":
            _take(plan, [one])
    say()


def _there_is(ids: Sequence[str]) -> str:
    return f"The suggestions are: {', '.join(ids[:NAMED])}{' …' if len(ids) > NAMED else ''}."


def _read(line: str) -> str:
    answer = line.lower()[:1] or "n"
    if answer not in ("y", "n", "q"):
        raise UsageError("Please type y, n or q.")
    return answer


def _lines(plan: OpenPlan, number: int, of: int, one: "Offered") -> list[str]:
    known, planned = plan.report.known, one.planned
    who = ", ".join(known.groups.get(id, id) for id in planned.groups)
    skills = ", ".join(known.skills.get(id, id) for id in planned.skills)
    lines = [
        f"{number} of {of}: {planned.text}",
        f"  {known.nodes.get(planned.node, planned.node)} ({one.because})",
        f"  For: {who}" if who else "",
        f"  Needs: {skills}" if skills else "",
    ]
    return [line for line in lines if line]


COMMANDS = (take,)

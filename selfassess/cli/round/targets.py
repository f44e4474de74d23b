"""A strand, benchmark or skill that a command names, and a score that it can have.

The command `round target`: what the partnership aims for in a round."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from selfassess.cli.param_types import Number
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds
from selfassess.cli.round.lookup import called, opened
from selfassess.cli.terminal import say
from selfassess.errors import UsageError, near
from selfassess.paths import quoted
from selfassess.services.groups import invited_group, titles_of

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
    from selfassess.model.round import Targets
    from selfassess.model.score_tree import Node


def node_of(questionnaire: "Questionnaire", name: str) -> "Strand | Benchmark":
    """The strand, benchmark or skill of that id or title. UsageError where there is none."""
    nodes: dict[str, Strand | Benchmark] = {}
    for strand in questionnaire.strands:
        nodes |= {strand.id: strand, **{one.id: one for one in strand.middle}}
    by_title = {one.title.casefold(): one for one in nodes.values()}
    found = nodes.get(name) or by_title.get(name.strip().casefold())
    if found is None:
        hint = near(name, nodes) or "The report names them; so does its --format json."
        raise UsageError(f"There is no strand, benchmark or skill “{name}”.", hint)
    return found


def check_score(questionnaire: "Questionnaire", node: "Node", title: str, score: float) -> None:
    """UsageError unless a node can have this score, in the units that it is shown in."""
    from selfassess.model.score_tree import has_score, span

    if not has_score(questionnaire, node):
        raise UsageError(f"“{title}” has no score.", "Choose a strand or benchmark that has one.")
    ends = span(questionnaire, node)
    low, high = (ends.lowest, ends.highest) if node.units == "own" else (0, 100)
    if not low <= score <= high:
        raise UsageError(f"{score:g} is no score of “{title}”.", f"It runs from {low:g} to {high:g}.")


def lowest_band(questionnaire: "Questionnaire", node: "Node", score: float) -> str:
    """The lowest band of a node, where a score is in it; nothing where it is not, or where there are not several."""
    from selfassess.model.score_tree import band, bands

    named = bands(questionnaire, node)
    found = band(named, score)
    return found.title if found and len(named) > 1 and found is named[0] else ""


@click.command("target", short_help="Set a target for a round, over the questionnaire's.")
@click.argument("name", metavar="ROUND")
@click.argument("node", metavar="ID")
@click.argument("score", type=Number(), required=False)
@click.option("--group", metavar="GROUP", help="The target of this group alone.")
@click.option("--remove", is_flag=True, help="Take the target away: that of the questionnaire holds again.")
@of_rounds
def target(place: Place, name: str, node: str, score: float | None, group: str | None, remove: bool) -> None:
    """Set the score that a strand, benchmark or skill should reach in a round, or the whole (overall). It stands in
    the place of the questionnaire's own target, as long as no report of the round was made.

    \b
    selfassess --project ours.selfassess round target spring_2027 vision 80
    selfassess --project ours.selfassess round target spring_2027 vision 85 --group board
    """
    from selfassess.model.round import EVERYBODY
    from selfassess.services.projects import edition_of_round

    if (score is None) != remove:
        raise UsageError(
            "Say the score, or --remove.", f"Such as: {called(place)} round target {quoted(name)} {quoted(node)} 80"
        )
    with opened(place) as rounds:
        round = rounds.get(name)
        questionnaire = edition_of_round(rounds, round).questionnaire
        id, title, found = _node(questionnaire, node)
        whose = EVERYBODY if group is None else invited_group(round, questionnaire, group)
        of = f" for {titles_of(questionnaire)[whose]}" if group is not None and questionnaire.groups else ""
        if remove and whose not in round.targets.get(id, {}):
            raise UsageError(
                f"No target was set{of} for “{title}” in this round.", f"See: {called(place)} round status {round.id}"
            )
        if score is not None:
            check_score(questionnaire, found, title, score)
        rounds.set_target(round.id, id, whose, score)
    if score is None:
        say(f"Taken away: the target{of} of “{title}”.")
    else:
        say(f"Set: {title}: {score:g}{of}. The report of “{round.title}” will measure the gap to this target.")
        _warn_of_units(questionnaire, found, score)
        if band := lowest_band(questionnaire, found, score):
            say(f"{score:g} is in the lowest band, “{band}”: such a score is listed as low, even at its target.")


def _warn_of_units(questionnaire: "Questionnaire", node: "Node", score: float) -> None:
    """Say what a target on 0 to 100 would be that may be meant on the scale of the items."""
    from selfassess.model.score_tree import LOW, fits_own_units, span

    own = span(questionnaire, node)
    if node.units == "points" and score < LOW and fits_own_units(score, own):
        scale = f"{own.lowest:g} to {own.highest:g}"
        say(f"This score runs from 0 to 100: {score:g} on {scale} would be {100 * own.share(score):.3g} there.")


def _node(questionnaire: "Questionnaire", name: str) -> "tuple[str, str, Node]":
    """The id, the title and the node that a name means."""
    from selfassess.model.score_tree import OVERALL

    if name.strip().lower() == OVERALL:
        return OVERALL, "Overall", questionnaire.overall
    found = node_of(questionnaire, name)
    return found.id, found.title, found


def lines(targets: "Targets", questionnaire: "Questionnaire", titles: Mapping[str, str]) -> Iterator[str]:
    """Targets of a round, a line a node, in the questionnaire's order."""
    from selfassess.model.round import EVERYBODY
    from selfassess.model.score_tree import OVERALL, nodes

    for id in nodes(questionnaire):
        if scores := targets.get(id):
            title = "Overall" if id == OVERALL else questionnaire.node(id).title
            told = [f"{scores[EVERYBODY]:g}"] if EVERYBODY in scores else []
            told += [f"{titles[group]} {scores[group]:g}" for group in titles if group and group in scores]
            yield f"  {title}: {', '.join(told)}"


COMMANDS = (target,)

"""The command `round target`: what the partnership aims for in a round."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from selfassess.cli.param_types import Number
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.terminal import say
from selfassess.errors import UsageError
from selfassess.paths import quoted

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Questionnaire
    from selfassess.model.round import Targets


@click.command("target", short_help="Set a target for a round, instead of the questionnaire's.")
@click.argument("name", metavar="ROUND")
@click.argument("node", metavar="ID")
@click.argument("score", type=Number(), required=False)
@click.option("--group", metavar="GROUP", help="The target for this group only.")
@click.option("--remove", is_flag=True, help="Remove the target: the questionnaire's own is used again.")
@of_rounds
def target(place: Place, name: str, node: str, score: float | None, group: str | None, remove: bool) -> None:
    """Set the score that a strand, benchmark or skill should reach in a round, or the whole (overall). It replaces
    the questionnaire's own target, as long as no report of the round was made.

    \b
    selfassess --project ours.selfassess round target spring_2027 vision 80
    selfassess --project ours.selfassess round target spring_2027 vision 85 --group board
    """
    from selfassess.services.round_scores import set_target

    if (score is None) != remove:
        raise UsageError(
            "Say the score, or --remove.", f"Such as: {place.command} round target {quoted(name)} {quoted(node)} 80"
        )
    with open_rounds(place) as rounds:
        found = set_target(rounds, name, node, score, group)
    of = f" for {found.whose}" if found.whose else ""
    if score is None:
        say(f"Removed: the target{of} of “{found.title}”.")
        return
    say(f"Set: {found.title}: {score:g}{of}. The report of “{found.round.title}” will measure the gap to this target.")
    if own := found.meant:
        scale = f"{own.lowest:g} to {own.highest:g}"
        say(f"This score runs from 0 to 100: {score:g} on {scale} would be {100 * own.share(score):.3g} there.")
    if found.band:
        say(f"{score:g} is in the lowest band, “{found.band}”: a score there is listed as low, even at its target.")


def lines(targets: "Targets", questionnaire: "Questionnaire") -> Iterator[str]:
    """Targets of a round, a line a node, in the questionnaire's order."""
    from selfassess.model.round import EVERYBODY
    from selfassess.model.score_tree import OVERALL, nodes

    for id in nodes(questionnaire):
        if scores := targets.get(id):
            title = "Overall" if id == OVERALL else questionnaire.node(id).title
            told = [f"{scores[EVERYBODY]:g}"] if EVERYBODY in scores else []
            told += [f"{group.title} {scores[group.id]:g}" for group in questionnaire.groups if group.id in scores]
            yield f"  {title}: {', '.join(told)}"


COMMANDS = (target,)

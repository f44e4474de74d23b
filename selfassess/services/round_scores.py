"""The scores that are set for a round: its targets, and what a meeting agreed."""

from typing import NamedTuple

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
from selfassess.model.round import EVERYBODY, Agreed, Round
from selfassess.model.score_tree import LOW, OVERALL, Node, Span, band, bands, ends, fits_own_units, has_score, span
from selfassess.paths import program
from selfassess.project.rounds import Rounds
from selfassess.services.groups import invited_group, titles_of
from selfassess.services.projects import edition_of_round
from selfassess.text import clean, did_you_mean


def node_of(questionnaire: Questionnaire, name: str) -> Strand | Benchmark:
    """The strand, benchmark or skill of that id or title. UsageError where there is none."""
    nodes: dict[str, Strand | Benchmark] = {}
    for strand in questionnaire.strands:
        nodes |= {strand.id: strand, **{one.id: one for one in strand.middle}}
    by_title = {one.title.casefold(): one for one in nodes.values()}
    found = nodes.get(name) or by_title.get(name.strip().casefold())
    if found is None:
        hint = did_you_mean(name, nodes) or "The report names them; so does its --format json."
        raise UsageError(f"There is no strand, benchmark or skill “{name}”.", hint)
    return found


def check_score(questionnaire: Questionnaire, node: Node, title: str, score: float) -> None:
    """UsageError unless a node can have this score, in the units that it is shown in."""
    if not has_score(questionnaire, node):
        raise UsageError(f"“{title}” does not have a score.", "Choose a strand or benchmark that has one.")
    low, high = ends(questionnaire, node)
    if not low <= score <= high:
        raise UsageError(f"{score:g} is not a score of “{title}”.", f"It runs from {low:g} to {high:g}.")


def lowest_band(questionnaire: Questionnaire, node: Node, score: float) -> str:
    """The lowest band of a node, where a score is in it; nothing where it is not, or where there are not several."""
    named = bands(questionnaire, node)
    found = band(named, score)
    return found.title if found and len(named) > 1 and found is named[0] else ""


class Target(NamedTuple):
    """A target that was set, or taken away."""

    round: Round
    """As it was before."""
    title: str
    """What it is the target of."""
    whose: str
    """What the group is called that it is for; nothing where it is for all."""
    band: str
    """The lowest band, where the target is in it; else nothing."""
    meant: Span | None
    """The scale of the items, where the target on 0 to 100 may have been meant on that; else None."""


def set_target(rounds: Rounds, name: str, node: str, score: float | None, group: str | None) -> Target:
    """Set the target of a strand, benchmark or skill, or of the whole, for all or for one group; None takes it away.
    UsageError for what is not there, or a score that cannot be."""
    round = rounds.get(name)
    questionnaire = edition_of_round(rounds, round).questionnaire
    id, title, found = _aimed_at(questionnaire, node)
    whose = EVERYBODY if group is None else invited_group(round, questionnaire, group)
    called = titles_of(questionnaire)[whose] if group is not None and questionnaire.groups else ""
    if score is None and whose not in round.targets.get(id, {}):
        of = f" for {called}" if called else ""
        command = program(str(rounds.project.path))
        raise UsageError(
            f"No target was set{of} for “{title}” in this round.", f"See: {command} round status {round.id}"
        )
    if score is not None:
        check_score(questionnaire, found, title, score)
    rounds.set_target(round.id, id, whose, score)
    if score is None:
        return Target(round, title, called, "", None)
    own = span(questionnaire, found)
    may_be_own = found.units == "points" and score < LOW and fits_own_units(score, own)
    return Target(round, title, called, lowest_band(questionnaire, found, score), own if may_be_own else None)


def _aimed_at(questionnaire: Questionnaire, name: str) -> tuple[str, str, Node]:
    """The id, the title and the node that a name means."""
    if name.strip().lower() == OVERALL:
        return OVERALL, "Overall", questionnaire.overall
    found = node_of(questionnaire, name)
    return found.id, found.title, found


def agree(rounds: Rounds, name: str, node: str, score: float | None, why: str) -> Strand | Benchmark:
    """Keep the score that a meeting agreed, and why. UsageError where either was not said, the round is not closed, or
    the score cannot be."""
    round, questionnaire, found = _agreed_on(rounds, name, node)
    command = program(str(rounds.project.path))
    if score is None or not why.strip():
        such_as = f'{command} round agree {round.id} {found.id} 55 --why "Two of us are new."'
        raise UsageError("Say the score, and why.", f"Such as: {such_as}")
    if round.state != "closed":
        raise UsageError(
            "Nothing of a round is shown until it closes.",
            f"Close it first, then agree on scores: {command} round close {round.id}",
        )
    check_score(questionnaire, found, found.title, score)
    rounds.agree(round.id, Agreed(node=found.id, score=score, why=clean(why).strip()))
    return found


def disagree(rounds: Rounds, name: str, node: str) -> Strand | Benchmark:
    """Take away the score that a meeting agreed. UsageError where there is none."""
    round, _, found = _agreed_on(rounds, name, node)
    if found.id not in [one.node for one in rounds.agreed(round.id)]:
        raise UsageError(f"No score was agreed for “{found.title}”.")
    rounds.disagree(round.id, found.id)
    return found


def _agreed_on(rounds: Rounds, name: str, node: str) -> tuple[Round, Questionnaire, Strand | Benchmark]:
    round = rounds.get(name)
    questionnaire = edition_of_round(rounds, round).questionnaire
    return round, questionnaire, node_of(questionnaire, node)

"""A strand, benchmark or skill that a command names, and a score that it can have."""

from typing import TYPE_CHECKING

from selfassess.errors import UsageError, near

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
    from selfassess.model.units import Node


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
    from selfassess.model.units import has_score, span

    if not has_score(questionnaire, node):
        raise UsageError(f"“{title}” has no score.", "Choose a strand or benchmark that has one.")
    ends = span(questionnaire, node)
    low, high = (ends.lowest, ends.highest) if node.units == "own" else (0, 100)
    if not low <= score <= high:
        raise UsageError(f"{score:g} is no score of “{title}”.", f"It runs from {low:g} to {high:g}.")


def lowest_band(questionnaire: "Questionnaire", node: "Node", score: float) -> str:
    """The lowest band of a node, where a score is in it; nothing where it is not, or where there are not several."""
    from selfassess.model.units import band, bands

    named = bands(questionnaire, node)
    found = band(named, score)
    return found.title if found and len(named) > 1 and found is named[0] else ""

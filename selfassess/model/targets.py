"""The targets that a partnership sets itself for a round, over those of its questionnaire."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from selfassess.model.questionnaire import Benchmark, Overall, Questionnaire, Strand
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.units import OVERALL, Node, has_score, nodes, span

Targets = Mapping[str, Mapping[str, float]]
"""By the id of the strand, benchmark or whole, then by group (EVERYBODY for all), in the units of the node."""
Target = TypeVar("Target", Overall, Strand, Benchmark)


def with_targets(questionnaire: Questionnaire, round: Round) -> Questionnaire:
    """The questionnaire with the targets of a round in the place of its own. A target for everybody takes the place of
    those for single groups too, but for those that the round sets. Nothing else differs."""
    if not round.targets:
        return questionnaire
    return replace(
        questionnaire,
        overall=_aimed(questionnaire.overall, round.targets.get(OVERALL, {})),
        strands=tuple(_strand(strand, round.targets) for strand in questionnaire.strands),
    )


def taken_over(
    targets: Targets, before: Questionnaire, after: Questionnaire, groups: Collection[str]
) -> tuple[Targets, Targets]:
    """The targets of a round that hold for a later one too, and those that do not. `before` and `after` are the
    questionnaires of the two, `groups` those that take part in the later one. A target holds where the later version
    has the node with a score on the same scale, and where the group takes part."""
    scales = {id: _scale(before, node) for id, node in nodes(before).items()}
    there = {
        id for id, node in nodes(after).items() if has_score(after, node) and _scale(after, node) == scales.get(id)
    }
    kept: dict[str, dict[str, float]] = {}
    left: dict[str, dict[str, float]] = {}
    for id, scores in targets.items():
        for group, score in scores.items():
            holds = id in there and (group == EVERYBODY or group in groups)
            (kept if holds else left).setdefault(id, {})[group] = score
    return kept, left


def _scale(questionnaire: Questionnaire, node: Node) -> tuple[float, float]:
    """The lowest and the highest score that people read of a node."""
    if node.units == "points":
        return 0, 100
    ends = span(questionnaire, node)
    return ends.lowest, ends.highest


def _strand(strand: Strand, targets: Mapping[str, Mapping[str, float]]) -> Strand:
    return replace(
        _aimed(strand, targets.get(strand.id, {})),
        benchmarks=tuple(_aimed(one, targets.get(one.id, {})) for one in strand.benchmarks),
        skills=tuple(_aimed(one, targets.get(one.id, {})) for one in strand.skills),
    )


def _aimed(node: Target, targets: Mapping[str, float]) -> Target:
    of_groups = {group: score for group, score in targets.items() if group != EVERYBODY}
    if EVERYBODY in targets:
        return replace(node, target=targets[EVERYBODY], targets=of_groups)
    return replace(node, targets={**node.targets, **of_groups})

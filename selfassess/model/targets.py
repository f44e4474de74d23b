"""The targets that a partnership sets itself for a round, over those of its questionnaire."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from selfassess.model.questionnaire import Benchmark, Overall, Questionnaire, Strand
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.units import OVERALL

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

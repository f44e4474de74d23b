"""Findings: what the numbers support saying, and what is suggested about it."""

from dataclasses import dataclass

from selfassess.model.questionnaire import Action, Benchmark, Strand
from selfassess.model.summary import Figure


@dataclass(frozen=True, slots=True)
class Ranked:
    """A benchmark or skill with its figure: a strength, or a gap. A strand stands for itself where it has none."""

    node: Benchmark | Strand
    figure: Figure


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An action, and the benchmark that calls for it."""

    action: Action
    ranked: Ranked

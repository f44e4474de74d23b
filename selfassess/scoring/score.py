"""From answers to each respondent's scores, as docs/scores.md describes.

Inside, a score is a share from 0 to 1 of the way between its lowest and highest value, after reversal;
"no score" is nan. Every method then needs a line or two, and 0-100 and own units are the same number read
on two rulers.
"""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from selfassess.model.questionnaire import Benchmark, Item, Questionnaire
from selfassess.model.scale import POINT_CODES
from selfassess.model.sheet import Missing
from selfassess.model.units import Node, Part, has_score, items, levels, min_answered, parts, span
from selfassess.scoring.answers import Answers, Flags

Shares = NDArray[np.float64]
TOLERANCE = 1e-10
"""Differences below this are float noise."""


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """Every respondent's scores."""

    answers: Answers
    shares: dict[str, Shares] = field(default_factory=dict)
    """By the id of an item or node ("overall" for the whole): 0 to 1 after reversal, nan where there is none."""
    asked: dict[str, Flags] = field(default_factory=dict)
    """By the same ids: who was asked any scored item of it."""


def score(answers: Answers) -> Results:
    """The scores of all respondents on every scored item, benchmark, skill, strand and overall."""
    questionnaire = answers.questionnaire
    results = Results(answers)
    for item in questionnaire.items:
        if item.kind == "choice":
            codes = answers.of(item.id)
            results.shares[item.id] = item_table(questionnaire, item)[codes]
            results.asked[item.id] = codes != ord(Missing.NOT_ASKED.value)
    for strand in questionnaire.strands:
        for benchmark in strand.middle:
            _add(results, benchmark.id, benchmark)
        _add(results, strand.id, strand)
    _add(results, "overall", questionnaire.overall)
    return results


def item_table(questionnaire: Questionnaire, item: Item) -> Shares:
    """The share that each character stands for, by its code; nan for every kind of missing."""
    table = np.full(256, np.nan)
    ends = span(questionnaire, item)
    start, end = (ends.highest, ends.lowest) if item.reverse else (ends.lowest, ends.highest)
    for position, value in enumerate(questionnaire.scale_of(item).values):
        if value not in item.not_applicable_values:
            # In fractions of what was written: 0.2 on a scale from 0 to 1 is a fifth, from either end.
            table[ord(POINT_CODES[position])] = (_exact(value) - _exact(start)) / (_exact(end) - _exact(start))
    return table


def _exact(value: float) -> Fraction:
    return Fraction(repr(value))


def _add(results: Results, id: str, node: Node) -> None:
    questionnaire = results.answers.questionnaire
    asked, enough = _answering(results, node)
    results.asked[id] = asked
    if not has_score(questionnaire, node):
        results.shares[id] = np.full(len(results.answers), np.nan)
        return
    # In the order of their ids, so that the order in the file leaves no trace in the last digits.
    below = tuple(sorted(parts(questionnaire, node), key=lambda part: part.id))
    there_is = enough & np.any([~np.isnan(results.shares[part.id]) for part in below], axis=0)
    value = _ladder(results, node, below) if node.method == "ladder" else _combined(results, node, below)
    if node.method == "sum" and node.when_missing == "refuse":
        there_is &= np.all([~np.isnan(results.shares[part.id]) | ~results.asked[part.id] for part in below], axis=0)
    results.shares[id] = np.where(there_is, value, np.nan)


def _answering(results: Results, node: Node) -> tuple[Flags, Flags]:
    """Who was asked any item below a node, and who answered enough of those that they were asked."""
    size = len(results.answers)
    asked, answered = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
    for item in items(results.answers.questionnaire, node):
        asked += results.asked[item.id]
        answered += ~np.isnan(results.shares[item.id])
    least = min_answered(results.answers.questionnaire, node)
    return asked > 0, (answered > 0) & (answered >= least * asked - TOLERANCE)


def _combined(results: Results, node: Node, below: tuple[Part, ...]) -> Shares:
    """Mean, sum or minimum of the parts that have a score."""
    questionnaire = results.answers.questionnaire
    size = len(results.answers)
    if node.method == "min":
        lowest = np.full(size, np.nan)
        for part in below:
            np.fmin(lowest, results.shares[part.id], out=lowest)
        return lowest
    mean, total, weights = np.full(size, np.nan), np.zeros(size), np.zeros(size)
    for part in below:
        shares = results.shares[part.id]
        has = ~np.isnan(shares)
        # In a sum a part counts by how far its own ends are apart, in a mean by its weight alone.
        weight = part.weight * (span(questionnaire, part).width if node.method == "sum" else 1)
        total += np.where(has, weight * shares, 0)
        weights += weight * has
    np.divide(total, weights, out=mean, where=weights > 0)
    return mean


def _ladder(results: Results, node: Node, below: tuple[Part, ...]) -> Shares:
    """The highest level met with all below it met. What was asked and not answered blocks its level; a level
    that was not asked is passed over, and is not reached either."""
    size = len(results.answers)
    reached, open_so_far = np.zeros(size), np.ones(size, dtype=np.bool_)
    highest = levels(below)
    for level in range(1, highest + 1):
        asked_here = np.zeros(size, dtype=np.bool_)
        for part in below:
            if isinstance(part, Item | Benchmark) and part.level == level:
                shares, asked = results.shares[part.id], results.asked[part.id]
                met = shares >= met_from(results.answers.questionnaire, node, part) - TOLERANCE
                open_so_far &= met | ~asked
                asked_here |= asked
        reached = np.where(open_so_far & asked_here, level, reached)
    return reached / highest


def met_from(questionnaire: Questionnaire, ladder: Node, part: Item | Benchmark) -> float:
    """The share from which a part of a ladder is met. An item is met by its value after reversal."""
    own = part.met if isinstance(part, Item) and part.met is not None else ladder.met
    if own is None:
        raise ValueError(f"{part.id} has no met")
    if isinstance(part, Benchmark) and part.units == "points":
        return own / 100
    return span(questionnaire, part).share(own)

"""The figures of some respondents: how many, their mean, how far apart they are."""

import math

import numpy as np
from numpy.typing import NDArray

from selfassess.model.questionnaire import Benchmark, Item, Overall, Questionnaire, Strand
from selfassess.model.scale import POINT_CODES
from selfassess.model.sheet import Missing
from selfassess.model.summary import Cell, Figure, Level
from selfassess.model.units import Node, band, bands, decimals, has_score, shown, span, target
from selfassess.scoring.answers import Codes, Flags
from selfassess.scoring.score import Results, Shares

DIGITS = 10
"""Decimals that are kept: beyond them there is only float noise."""


def cell(results: Results, id: str, members: Flags, group: str | None) -> Cell:
    """Every figure of the respondents in `members`, with the targets of `group` (None: of everybody).

    Nothing is withheld here: only the privacy stage and the tests see these cells.
    """
    questionnaire = results.answers.questionnaire
    has_overall = has_score(questionnaire, questionnaire.overall)
    return Cell(
        id=id,
        n=int(members.sum()),
        overall=_node(results, members, group, "overall", questionnaire.overall) if has_overall else None,
        strands=tuple(_strand(results, members, group, strand) for strand in questionnaire.strands),
    )


def _strand(results: Results, members: Flags, group: str | None, strand: Strand) -> Figure:
    below = [_benchmark(results, members, group, benchmark) for benchmark in strand.middle]
    own = [_item(results, members, item) for item in strand.items if item.kind == "choice"]
    return _node(results, members, group, strand.id, strand, (*below, *own))


def _benchmark(results: Results, members: Flags, group: str | None, benchmark: Benchmark) -> Figure:
    items = tuple(_item(results, members, item) for item in benchmark.items if item.kind == "choice")
    return _node(results, members, group, benchmark.id, benchmark, items)


def _node(
    results: Results, members: Flags, group: str | None, id: str, node: Node, below: tuple[Figure, ...] = ()
) -> Figure:
    questionnaire = results.answers.questionnaire
    level: Level = "overall" if isinstance(node, Overall) else "strand" if isinstance(node, Strand) else "benchmark"
    n, mean, sd = _moments(results.shares[id][members])
    if not n:
        why = _why_none(results, members, id, node)
        return Figure(id=id, level=level, n=0, why_none=why, parts=below, target=target(questionnaire, node, group))
    ends = span(questionnaire, node)
    in_units = ends.value(mean) if node.units == "own" else 100 * mean
    to_show = shown(in_units, decimals(node))
    aim = target(questionnaire, node, group)
    named = band(bands(questionnaire, node), to_show)
    return Figure(
        id=id,
        level=level,
        n=n,
        mean=round(100 * mean, DIGITS),
        sd=None if sd is None else round(100 * sd, DIGITS),
        raw_mean=None if ends.mixed else round(ends.value(mean), DIGITS),
        raw_sd=None if ends.mixed or sd is None else round(ends.width * sd, DIGITS),
        shown=to_show,
        band=named.title if named else None,
        target=aim,
        gap=None if aim is None else round(aim - to_show, DIGITS),
        parts=below,
    )


def _why_none(results: Results, members: Flags, id: str, node: Node) -> str:
    if not has_score(results.answers.questionnaire, node):
        return "not scored"
    if not members.any():
        return "nobody answered"
    return "too few answered" if results.asked[id][members].any() else "not asked"


def _item(results: Results, members: Flags, item: Item) -> Figure:
    questionnaire = results.answers.questionnaire
    codes = results.answers.of(item.id)[members]
    ends = span(questionnaire, item)
    counts, missing = _counts(questionnaire, item, codes)
    n, mean, sd = _moments(results.shares[item.id][members])
    if not n:
        return Figure(id=item.id, level="item", n=0, counts=counts, missing=missing)
    return Figure(
        id=item.id,
        level="item",
        n=n,
        mean=round(100 * mean, DIGITS),
        sd=None if sd is None else round(100 * sd, DIGITS),
        raw_mean=round(ends.value(1 - mean if item.reverse else mean), DIGITS),
        raw_sd=None if sd is None else round(ends.width * sd, DIGITS),
        shown=shown(100 * mean, 0),
        counts=counts,
        missing=missing,
    )


def _counts(questionnaire: Questionnaire, item: Item, codes: Codes) -> tuple[dict[str, int], dict[str, int]]:
    found = np.bincount(codes, minlength=256)
    values = {
        _name(value): int(found[ord(POINT_CODES[position])])
        for position, value in enumerate(questionnaire.scale_of(item).values)
        if value not in item.not_applicable_values
    }
    return values, {kind.key: int(found[ord(kind.value)]) for kind in Missing}


def _name(value: float) -> str:
    """A value as a file has it: 3 rather than 3.0, and all of its digits."""
    return str(int(value)) if float(value).is_integer() else repr(value)


def _moments(shares: Shares) -> tuple[int, float, float | None]:
    """How many have a score, their mean, and their standard deviation (n - 1) if they are several.

    Equal scores are taken together in rising order, so that the order of respondents leaves no trace.
    """
    scores, numbers = np.unique(shares[~np.isnan(shares)], return_counts=True)
    n = int(numbers.sum())
    if not n:
        return 0, math.nan, None
    mean = _sum(scores * numbers) / n
    return n, mean, math.sqrt(_sum((scores - mean) ** 2 * numbers) / (n - 1)) if n > 1 else None


def _sum(values: NDArray[np.float64]) -> float:
    return math.fsum(values.tolist())

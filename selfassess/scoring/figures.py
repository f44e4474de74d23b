"""The figures of some respondents: how many, their mean, how far apart they are."""

import numpy as np

from selfassess.model.questionnaire import Benchmark, Item, Overall, Questionnaire, Strand
from selfassess.model.scale import POINT_CODES
from selfassess.model.sheet import Missing
from selfassess.model.summary import Cell, Figure, Level
from selfassess.model.units import Node, band, bands, decimals, shown, span, target
from selfassess.scoring.answers import Codes, Flags
from selfassess.scoring.score import Results, Shares

DIGITS = 10
"""Decimals that are kept: beyond them there is only float noise."""


def cell(results: Results, id: str, members: Flags, group: str | None) -> Cell:
    """Every figure of the respondents in `members`, with the targets of `group` (None: of everybody).

    Nothing is withheld here: only the privacy stage and the tests see these cells.
    """
    questionnaire = results.answers.questionnaire
    has_overall = questionnaire.overall.method != "none"
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
    shares = results.shares[id][members]
    shares = shares[~np.isnan(shares)]
    level: Level = "overall" if isinstance(node, Overall) else "strand" if isinstance(node, Strand) else "benchmark"
    if not len(shares):
        why = "too few answered" if results.asked[id][members].any() else "not asked"
        return Figure(id=id, level=level, n=0, why_none=why, parts=below, target=target(questionnaire, node, group))
    ends = span(questionnaire, node)
    mean, sd = _mean(shares), _sd(shares)
    in_units = ends.value(mean) if node.units == "own" else 100 * mean
    to_show = shown(in_units, decimals(node))
    aim = target(questionnaire, node, group)
    named = band(bands(questionnaire, node), to_show)
    return Figure(
        id=id,
        level=level,
        n=len(shares),
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


def _item(results: Results, members: Flags, item: Item) -> Figure:
    questionnaire = results.answers.questionnaire
    codes = results.answers.of(item.id)[members]
    shares = results.shares[item.id][members]
    shares = shares[~np.isnan(shares)]
    ends = span(questionnaire, item)
    counts, missing = _counts(questionnaire, item, codes)
    if not len(shares):
        return Figure(id=item.id, level="item", n=0, counts=counts, missing=missing)
    mean, sd = _mean(shares), _sd(shares)
    return Figure(
        id=item.id,
        level="item",
        n=len(shares),
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
        format(value, "g"): int(found[ord(POINT_CODES[position])])
        for position, value in enumerate(questionnaire.scale_of(item).values)
        if value not in item.not_applicable_values
    }
    return values, {kind.key: int(found[ord(kind.value)]) for kind in Missing}


def _mean(shares: Shares) -> float:
    return float(shares.mean())


def _sd(shares: Shares) -> float | None:
    return float(shares.std(ddof=1)) if len(shares) > 1 else None

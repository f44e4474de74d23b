"""Checks of how scores are made: methods, ladders, weights, bands, targets."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.definition.findings import Finding
from selfassess.definition.tables import walk
from selfassess.definition.toml_source import Keys, look_up
from selfassess.model.questionnaire import Band, Benchmark, Defaults, Item, Overall, Questionnaire, Strand
from selfassess.model.score_tree import (
    LOW,
    POINTS,
    Node,
    Part,
    Span,
    bands,
    decimals,
    fits_own_units,
    has_score,
    nodes,
    parts,
    shown,
    shown_from,
    span,
    target,
)
from selfassess.text import count

MOST_DECIMALS = 6
"""A score is not known better."""


def check_scoring(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Rules of scoring that contradict themselves or the scales."""
    yield from _share(("scoring", "min_answered"), questionnaire.scoring.min_answered)
    yield from _target(("scoring", "target"), questionnaire.scoring.target, POINTS)
    yield from check_bands(("bands",), questionnaire.bands, POINTS)
    yield from _order(("defaults", "bands"), questionnaire.defaults.bands or ())
    on_ladders: set[str] = set()
    ways = {part.id: keys for keys, part in walk(questionnaire) if isinstance(part, Item | Benchmark)}
    for keys, part in walk(questionnaire):
        if isinstance(part, Overall | Strand | Benchmark):
            yield from _node(questionnaire, keys, part, ways)
            if part.method == "ladder":
                on_ladders |= {one.id for one in parts(questionnaire, part)}
    for keys, part in walk(questionnaire):
        if isinstance(part, Item | Benchmark) and part.id not in on_ladders:
            yield from _off_ladder(keys, part)


def _off_ladder(keys: Keys, part: Item | Benchmark) -> Iterator[Finding]:
    for key in ("level", "met") if isinstance(part, Item) else ("level",):
        if getattr(part, key) is not None:
            hint = 'Write method = "ladder" for what it is part of, or take it out.'
            yield Finding("no-ladder", (*keys, key), f"“{key}” is for parts of a ladder, and this is of none.", hint)


def _node(questionnaire: Questionnaire, keys: Keys, node: Node, ways: Mapping[str, Keys]) -> Iterator[Finding]:
    yield from _own_rules(keys, node)
    below = parts(questionnaire, node)
    if any(not _measurable(questionnaire, part) for part in below):
        return  # a scale is missing or broken, which is said where it is
    if node.method == "ladder":
        yield from _ladder(questionnaire, keys, node, below, ways)
    if node.method == "none" or not below:
        yield from _no_score(keys, node, questionnaire.defaults)
    else:
        yield from _units(keys, node, span(questionnaire, node), questionnaire.defaults)


def _own_rules(keys: Keys, node: Node) -> Iterator[Finding]:
    yield from _share((*keys, "min_answered"), node.min_answered)
    if node.decimals is not None and not 0 <= node.decimals <= MOST_DECIMALS:
        hint = f"Write a whole number from 0 to {MOST_DECIMALS}."
        yield Finding("bad-decimals", (*keys, "decimals"), f"A score cannot have {node.decimals} decimals.", hint)
    if not isinstance(node, Overall) and node.weight <= 0:
        hint = "Use a number above 0."
        yield Finding("bad-weight", (*keys, "weight"), f"A weight cannot be {node.weight:g}.", hint)
    for key, held in (("met", node.met), ("na", node.na if node.na == "blocks" else None)):
        if node.method != "ladder" and held is not None:
            hint = 'Write method = "ladder", or take it out.'
            yield Finding("no-ladder", (*keys, key), f"“{key}” is for ladders.", hint)
    if node.method != "sum" and node.when_missing == "refuse":
        hint = 'Write method = "sum", or take it out: min_answered says how much must be answered.'
        yield Finding("no-sum", (*keys, "when_missing"), "“when_missing” is for sums.", hint)


def _no_score(keys: Keys, node: Node, defaults: Defaults) -> Iterator[Finding]:
    for key in ("target", "targets", "bands"):
        if getattr(node, key) not in (None, {}, (), getattr(defaults, key)):
            hint = "Take it out, choose a method, or ask something that is scored."
            yield Finding("no-score", (*keys, key), f"“{key}” has no score to apply to.", hint)


def _units(keys: Keys, node: Node, own: Span, defaults: Defaults) -> Iterator[Finding]:
    if node.units == "own" and own.mixed:
        hint = 'Write units = "points" and give bands and target on 0 to 100; or use method = "sum".'
        message = "The items have different scales, so their average has no units of its own."
        yield Finding("no-own-units", (*keys, "units"), message, hint)
        return
    used, other = (own, None) if node.units == "own" else (POINTS, None if own.mixed else own)
    for way, aim in _aims(node):
        yield from _target((*keys, *way), aim, used, other)
    if node.bands is not None:
        inherited = node.bands == defaults.bands
        yield from check_bands((*keys, "bands"), node.bands, used, other, in_order=not inherited)


def _aims(node: Node) -> Iterator[tuple[Keys, float]]:
    """The node's own targets, each with the way to it."""
    if node.target is not None:
        yield ("target",), node.target
    for group, aim in node.targets.items():
        yield ("targets", group), aim


def _measurable(questionnaire: Questionnaire, part: Part) -> bool:
    if isinstance(part, Item):
        scale = questionnaire.scales.get(part.scale or "")
        return scale is not None and len(set(scale.values) - set(part.not_applicable_values)) > 1
    return all(_measurable(questionnaire, below) for below in parts(questionnaire, part))


def _share(keys: Keys, share: float | None) -> Iterator[Finding]:
    if share is not None and not 0 <= share <= 1:
        message = f"“min_answered” is a share from 0 to 1, not {share:g}."
        yield Finding("bad-share", keys, message, "Write 0.5 for half.")


def _target(keys: Keys, target: float | None, ends: Span, other: Span | None = None) -> Iterator[Finding]:
    if target is not None and not ends.lowest <= target <= ends.highest:
        message = f"The target {target:g} can never be: scores run from {ends.lowest:g} to {ends.highest:g}."
        meant = other if other is not None and other.lowest <= target <= other.highest else None
        yield Finding("target-off-scale", keys, message, _cure("Choose a target between these.", meant))


def _cure(hint: str, meant: Span | None) -> str:
    """What to do; and first what is likely, where it would be right in a score's own units."""
    if meant is None:
        return hint
    own = f'Write units = "own" here if the score\'s own units are meant, {meant.lowest:g} to {meant.highest:g}.'
    return f"{own} If not, {hint[0].lower()}{hint[1:]}"


def check_bands(
    keys: Keys, bands: tuple[Band, ...], ends: Span, other: Span | None = None, *, in_order: bool = True
) -> Iterator[Finding]:
    """Bands that leave out the lowest scores, are out of order, are the same, or can never be reached. `other` are the
    ends of units that the author may have meant; bands that are in order, which is checked elsewhere, are only
    held against the ends."""
    meant = None if other is None or any(check_bands(keys, bands, other, in_order=in_order)) else other
    if bands and bands[0].from_ > ends.lowest and bands[0].from_ == min(band.from_ for band in bands):
        message = f"Scores from {ends.lowest:g} to {bands[0].from_:g} have no band."
        hint = _cure(f"Let the first band start from {ends.lowest:g}.", meant)
        yield Finding("bands-start", (*keys, 0, "from"), message, hint)
    for position, band in enumerate(bands):
        before = bands[position - 1] if position else None
        if before and band.from_ <= before.from_:
            continue
        if band.from_ > ends.highest or (before and band.from_ <= ends.lowest):
            message = (
                f"No score can be in the band before this one: scores run from {ends.lowest:g} to {ends.highest:g}."
            )
            if band.from_ > ends.highest:
                message = f"No score can be in this band: the highest possible is {ends.highest:g}."
            hint = _cure("Change the edge, or take a band out.", meant)
            yield Finding("unreachable-band", (*keys, position, "from"), message, hint)
    if in_order:
        yield from _order(keys, bands)


def _order(keys: Keys, bands: tuple[Band, ...]) -> Iterator[Finding]:
    titles: set[str] = set()
    for position, band in enumerate(bands):
        spot = (*keys, position)
        before = bands[position - 1] if position else None
        if before and band.from_ == before.from_:
            message = f"Two bands start from {band.from_:g}."
            yield Finding("duplicate-band", (*spot, "from"), message, "Give one a different edge, or take it out.")
        elif before and band.from_ < before.from_:
            message = f"The band from {band.from_:g} comes after the one from {before.from_:g}."
            yield Finding("unordered-bands", (*spot, "from"), message, "Put the bands in rising order.")
        if band.title in titles:
            message = f"Two bands are called “{band.title}”."
            yield Finding("duplicate-band", (*spot, "title"), message, "Give each its own name.")
        titles.add(band.title)


def _ladder(
    questionnaire: Questionnaire, keys: Keys, node: Node, below: tuple[Part, ...], ways: Mapping[str, Keys]
) -> Iterator[Finding]:
    steps = tuple(part for part in below if isinstance(part, Item | Benchmark))
    if len(steps) < len(below):
        hint = 'Use another method, or from = "benchmarks" with levels.'
        yield Finding("ladder-of-strands", (*keys, "method"), "Strands have no levels, so they make no ladder.", hint)
        return
    for part in steps:
        if part.level is None:
            message = f"“{part.id}” is part of a ladder and has no level."
            hint = "Write level = 1 for the first, level = 2 for the next."
            yield Finding("no-level", (*ways[part.id], "level"), message, hint)
    numbers = sorted({part.level for part in steps if part.level is not None})
    if numbers and (numbers[0] < 1 or numbers != list(range(numbers[0], numbers[-1] + 1))):
        have = ", ".join(map(str, numbers))
        hint = "Number them without a gap, from 1 or from a later level on."
        yield Finding("level-gap", (*keys, "method"), f"The levels are {have}.", hint)
    # Whether the met of an item is on its scale is checked with the item.
    yield from _met(
        questionnaire, keys, node, [part for part in steps if not isinstance(part, Item) or part.met is None]
    )


def _met(questionnaire: Questionnaire, keys: Keys, node: Node, steps: list[Item | Benchmark]) -> Iterator[Finding]:
    if node.met is None and steps:
        message = f"It is not said from which value “{steps[0].id}” is met."
        yield Finding("no-met", (*keys, "method"), message, "Write met = … beside the method, for all of the ladder.")
        return
    for part in steps:
        ends = POINTS if isinstance(part, Benchmark) and part.units == "points" else span(questionnaire, part)
        if node.met is not None and not ends.lowest <= node.met <= ends.highest:
            message = f"“met” is {node.met:g}, but “{part.id}” runs from {ends.lowest:g} to {ends.highest:g}."
            yield Finding("met-off-scale", (*keys, "met"), message, "Choose a value between these.")


def check_units(questionnaire: Questionnaire, table: Mapping[str, Any]) -> Iterator[Finding]:
    """Bands, targets and marks on a ladder that seem to be meant in a score's own units, where the file does not say
    which are meant (`table` is the file's) and so has them read on 0 to 100."""
    of_all = (look_up(table, ("defaults",)) or {}).get("units")
    every = [(keys, node) for keys, node in walk(questionnaire) if isinstance(node, Overall | Strand | Benchmark)]
    unsaid = [(keys, node) for keys, node in every if "units" not in (look_up(table, keys) or {})]
    if of_all is not None:
        unsaid = [(keys, node) for keys, node in unsaid if isinstance(node, Overall)]
    for keys, node in unsaid:
        yield from _meant_in_own_units(questionnaire, keys, node)
    in_points = {node.id for _, node in unsaid if isinstance(node, Benchmark)}
    for keys, node in every:
        if node.method == "ladder" and node.met is not None:
            below = [part for part in parts(questionnaire, node) if part.id in in_points]
            yield from _met_in_own_units(questionnaire, keys, node.met, below)
    if of_all != "points":
        yield from _head_in_own_units(questionnaire)


def _meant_in_own_units(questionnaire: Questionnaire, keys: Keys, node: Node) -> Iterator[Finding]:
    if not has_score(questionnaire, node):
        return
    own = span(questionnaire, node)
    found: list[tuple[Keys, str, str]] = []
    if _bands_fit(node.bands or (), own):
        found.append((("bands",), "These bands", "they are read"))
    found += [(way, f"The target {aim:g}", "it is read") for way, aim in _aims(node) if fits_own_units(aim, own)]
    for way, what, read in found[:1]:
        message = (
            f"{what} would fit this score in its own units, {own.lowest:g} to {own.highest:g}, but {read} on 0 to 100."
        )
        hint = 'Write units = "own" if its own units are meant, units = "points" if 0 to 100 is.'
        yield Finding("own-units", (*keys, *way), message, hint, "warning")


def _met_in_own_units(
    questionnaire: Questionnaire, keys: Keys, met: float, in_points: Sequence[Part]
) -> Iterator[Finding]:
    for part in in_points:
        own = span(questionnaire, part)
        if fits_own_units(met, own):
            message = f"“met” is {met:g} of 100 here, since the score of “{part.id}” is in points."
            hint = f'If {met:g} on {own.lowest:g} to {own.highest:g} is meant, write units = "own" in “{part.id}”.'
            yield Finding("own-units", (*keys, "met"), message, hint, "warning")
            return


def _head_in_own_units(questionnaire: Questionnaire) -> Iterator[Finding]:
    """What the head says for all, where all scales are alike and it would fit these."""
    ends = {span(questionnaire, item) for item in questionnaire.items if item.is_scored}
    if len(ends) != 1:
        return
    own = ends.pop()
    scale = f"{own.lowest:g} to {own.highest:g}"
    every = [node for node in nodes(questionnaire).values() if has_score(questionnaire, node)]
    aim, named = questionnaire.scoring.target, questionnaire.bands
    hint = f'If {scale} is meant, write it in [defaults] with units = "own".'
    is_used = any(node.target is None and target(questionnaire, node, None) is not None for node in every)
    if is_used and aim is not None and aim < LOW and fits_own_units(aim, own):
        message = f"The target {aim:g} would fit the scale, {scale}, but here it is read on 0 to 100."
        yield Finding("own-units", ("scoring", "target"), message, hint, "warning")
    is_used = any(node.bands is None and bands(questionnaire, node) for node in every)
    if is_used and named[-1].from_ < LOW and _bands_fit(named, own):
        message = f"These bands would fit the scale, {scale}, but here they are read on 0 to 100."
        yield Finding("own-units", ("bands",), message, hint, "warning")


def _bands_fit(bands_: tuple[Band, ...], own: Span) -> bool:
    """Whether bands on 0 to 100 may be meant in own units: they are sound there, and the top one is likely there."""
    is_sound = len(bands_) > 1 and not any(check_bands((), bands_, own))
    return is_sound and fits_own_units(bands_[-1].from_, own)


def check_shown(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Bands and targets that no score reaches as it is shown, though it would with more decimals."""
    for keys, node in walk(questionnaire):
        if isinstance(node, Overall | Strand | Benchmark) and has_score(questionnaire, node):
            ends = span(questionnaire, node) if node.units == "own" else POINTS
            enough = (
                places
                for places in range(decimals(node) + 1, MOST_DECIMALS + 1)
                if not any(_not_shown(replace(node, decimals=places), ends))
            )
            more = next(enough, None)
            hint = "Choose a value that can be shown." if more is None else f"Write decimals = {more}."
            for way, message in _not_shown(node, ends):
                yield Finding("too-few-decimals", (*keys, *way), message, hint, "warning")


def _not_shown(node: Node, ends: Span) -> Iterator[tuple[Keys, str]]:
    places, named = decimals(node), node.bands or ()
    lowest, highest = shown(ends.lowest, places), shown(ends.highest, places)
    for way, aim in _aims(node):
        if aim > highest:
            yield way, f"No score reaches {aim:g} as it is shown: the highest is shown as {highest:g}."
    for position, band in enumerate(named):
        first = shown_from(band.from_, places) if position else lowest
        after = named[position + 1].from_ if position + 1 < len(named) else math.inf
        if first > highest or first >= after:
            at = ("bands", position, "from")
            yield at, f"No score that is shown {_with_decimals(places)} is in the band “{band.title}”."


def _with_decimals(places: int) -> str:
    return f"with {count(places, 'decimal')}" if places else "without decimals"

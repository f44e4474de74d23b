"""Checks of how scores are made: methods, ladders, weights, bands, targets."""

from collections.abc import Iterator, Mapping

from selfassess.definition.build import walk
from selfassess.definition.finding import Finding
from selfassess.definition.toml import Keys
from selfassess.model.item import Item
from selfassess.model.questionnaire import Band, Benchmark, Overall, Questionnaire, Strand
from selfassess.model.units import POINTS, Node, Part, Span, parts, span

MOST_DECIMALS = 6
"""A score is not known better."""


def check_scoring(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Rules of scoring that contradict themselves or the scales."""
    yield from _share(("scoring", "min_answered"), questionnaire.scoring.min_answered)
    yield from _target(("scoring", "target"), questionnaire.scoring.target, POINTS)
    yield from check_bands(("bands",), questionnaire.bands, POINTS)
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
        yield from _no_score(keys, node)
    else:
        yield from _units(keys, node, span(questionnaire, node))


def _own_rules(keys: Keys, node: Node) -> Iterator[Finding]:
    yield from _share((*keys, "min_answered"), node.min_answered)
    if node.decimals is not None and not 0 <= node.decimals <= MOST_DECIMALS:
        hint = f"Write a whole number from 0 to {MOST_DECIMALS}."
        yield Finding("bad-decimals", (*keys, "decimals"), f"A score cannot have {node.decimals} decimals.", hint)
    if not isinstance(node, Overall) and node.weight <= 0:
        hint = "Use a number above 0."
        yield Finding("bad-weight", (*keys, "weight"), f"A weight cannot be {node.weight:g}.", hint)
    if node.method != "ladder" and node.met is not None:
        yield Finding("no-ladder", (*keys, "met"), "“met” is for ladders.", 'Write method = "ladder", or take it out.')
    if node.method != "sum" and node.when_missing == "refuse":
        hint = 'Write method = "sum", or take it out: min_answered says how much must be answered.'
        yield Finding("no-sum", (*keys, "when_missing"), "“when_missing” is for sums.", hint)


def _no_score(keys: Keys, node: Node) -> Iterator[Finding]:
    for key in ("target", "targets", "bands"):
        if getattr(node, key) not in (None, {}, ()):
            hint = "Take it out, choose a method, or ask something that is scored."
            yield Finding("no-score", (*keys, key), f"There is no score that “{key}” could be for.", hint)


def _units(keys: Keys, node: Node, ends: Span) -> Iterator[Finding]:
    if node.units == "own" and ends.mixed:
        hint = 'Leave out units, and give bands and target on 0 to 100; or use method = "sum".'
        message = "The items have different scales, so their mean has no units of its own."
        yield Finding("no-own-units", (*keys, "units"), message, hint)
        return
    used = ends if node.units == "own" else POINTS
    yield from _target((*keys, "target"), node.target, used)
    for group, aim in node.targets.items():
        yield from _target((*keys, "targets", group), aim, used)
    if node.bands is not None:
        yield from check_bands((*keys, "bands"), node.bands, used)


def _measurable(questionnaire: Questionnaire, part: Part) -> bool:
    if isinstance(part, Item):
        scale = questionnaire.scales.get(part.scale or "")
        return scale is not None and len(set(scale.values) - set(part.not_applicable_values)) > 1
    return all(_measurable(questionnaire, below) for below in parts(questionnaire, part))


def _share(keys: Keys, share: float | None) -> Iterator[Finding]:
    if share is not None and not 0 <= share <= 1:
        message = f"“min_answered” is a share from 0 to 1, not {share:g}."
        yield Finding("bad-share", keys, message, "Write 0.5 for half.")


def _target(keys: Keys, target: float | None, ends: Span) -> Iterator[Finding]:
    if target is not None and not ends.lowest <= target <= ends.highest:
        message = f"The target {target:g} can never be: scores run from {ends.lowest:g} to {ends.highest:g}."
        hint = "Choose a target between these."
        if ends == POINTS and keys[0] != "scoring":
            hint = 'Choose a target between these; or, for a target on the scale itself, write units = "own".'
        yield Finding("target-off-scale", keys, message, hint)


def check_bands(keys: Keys, bands: tuple[Band, ...], ends: Span) -> Iterator[Finding]:
    """Bands that leave out the lowest scores, are out of order, are the same, or can never be reached."""
    if bands and bands[0].from_ > ends.lowest and bands[0].from_ == min(band.from_ for band in bands):
        message = f"Scores from {ends.lowest:g} to {bands[0].from_:g} have no band."
        yield Finding("bands-start", (*keys, 0, "from"), message, f"Let the first band start from {ends.lowest:g}.")
    titles: set[str] = set()
    for position, band in enumerate(bands):
        spot = (*keys, position)
        before = bands[position - 1] if position else None
        if before and band.from_ == before.from_:
            message = f"Two bands start from {band.from_:g}."
            yield Finding("duplicate-band", (*spot, "from"), message, "Give one another edge, or take it out.")
        elif before and band.from_ < before.from_:
            message = f"The band from {band.from_:g} comes after the one from {before.from_:g}."
            yield Finding("unordered-bands", (*spot, "from"), message, "Put the bands in rising order.")
        elif band.from_ > ends.highest or (before and band.from_ <= ends.lowest):
            message = (
                f"No score can be in the band before this one: scores run from {ends.lowest:g} to {ends.highest:g}."
            )
            if band.from_ > ends.highest:
                message = f"No score can be in this band: the highest there is, is {ends.highest:g}."
            yield Finding("unreachable-band", (*spot, "from"), message, "Change the edge, or take a band out.")
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
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        have = ", ".join(map(str, numbers))
        yield Finding("level-gap", (*keys, "method"), f"The levels are {have}.", "Number them 1, 2, 3 without a gap.")
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

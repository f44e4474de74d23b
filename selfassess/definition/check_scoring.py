"""Checks of how scores are made: methods, ladders, weights, bands, targets."""

from collections.abc import Iterator

from selfassess.definition.build import walk
from selfassess.definition.finding import Finding
from selfassess.definition.toml import Keys
from selfassess.model.questionnaire import Band, Benchmark, Item, Overall, Questionnaire, Strand
from selfassess.model.units import POINTS, Node, Part, Span, parts, span


def check_scoring(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Rules of scoring that contradict themselves or the scales."""
    yield from _share(("scoring", "min_answered"), questionnaire.scoring.min_answered)
    yield from _target(("scoring", "target"), questionnaire.scoring.target, POINTS)
    yield from check_bands(("bands",), questionnaire.bands, POINTS)
    for keys, part in walk(questionnaire):
        if isinstance(part, Overall | Strand | Benchmark):
            yield from _node(questionnaire, keys, part)


def _node(questionnaire: Questionnaire, keys: Keys, node: Node) -> Iterator[Finding]:
    yield from _own_rules(keys, node)
    below = parts(questionnaire, node)
    if any(not _measurable(questionnaire, part) for part in below):
        return  # a scale is missing or broken, which is said where it is
    if node.method == "ladder":
        yield from _ladder(questionnaire, keys, node, below)
    if node.method == "none" or not below:
        yield from _no_score(keys, node)
    else:
        yield from _units(keys, node, span(questionnaire, node))


def _own_rules(keys: Keys, node: Node) -> Iterator[Finding]:
    yield from _share((*keys, "min_answered"), node.min_answered)
    if node.decimals is not None and not 0 <= node.decimals <= 6:
        hint = "Write a whole number from 0 to 6."
        yield Finding("bad-decimals", (*keys, "decimals"), f"A score cannot have {node.decimals} decimals.", hint)
    if not isinstance(node, Overall) and node.weight <= 0:
        hint = "Use a number above 0."
        yield Finding("bad-weight", (*keys, "weight"), f"A weight cannot be {node.weight:g}.", hint)
    if node.method != "ladder" and node.met is not None:
        yield Finding("no-ladder", (*keys, "met"), "“met” is for ladders.", 'Write method = "ladder", or take it out.')


def _no_score(keys: Keys, node: Node) -> Iterator[Finding]:
    for key in ("target", "bands"):
        if getattr(node, key) is not None:
            hint = "Take it out, choose a method, or ask something that is scored."
            yield Finding("no-score", (*keys, key), f"There is no score to have “{key}”.", hint)


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
        hint = "" if ends != POINTS else 'For a target on the scale itself write units = "own".'
        yield Finding("target-off-scale", keys, message, hint or "Choose a target between these.")


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
                f"No score can be in this band or the one before: scores run from {ends.lowest:g} to {ends.highest:g}."
            )
            if band.from_ > ends.highest:
                message = f"No score can be in this band: the highest there is, is {ends.highest:g}."
            yield Finding("unreachable-band", (*spot, "from"), message, "Change the edge, or take a band out.")
        if band.title in titles:
            message = f"Two bands are called “{band.title}”."
            yield Finding("duplicate-band", (*spot, "title"), message, "Give each its own name.")
        titles.add(band.title)


def _ladder(questionnaire: Questionnaire, keys: Keys, node: Node, below: tuple[Part, ...]) -> Iterator[Finding]:
    if any(isinstance(part, Strand) for part in below):
        hint = 'Use another method, or from = "benchmarks" with levels.'
        yield Finding("ladder-of-strands", (*keys, "method"), "Strands have no levels, so they make no ladder.", hint)
        return
    found = {part.level for part in below if isinstance(part, Item | Benchmark)}
    for part in below:
        if isinstance(part, Item | Benchmark) and part.level is None:
            message = f"“{part.id}” is part of a ladder and has no level."
            yield Finding("no-level", keys, message, "Write level = 1 for the first, 2 for the next.")
    numbers = sorted(level for level in found if level is not None)
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        have = ", ".join(map(str, numbers))
        yield Finding("level-gap", keys, f"The levels are {have}.", "Number them 1, 2, 3 … without a gap.")
    for part in below:
        if node.met is None and not (isinstance(part, Item) and part.met is not None):
            message = f"It is not said from which value “{part.id}” is met."
            yield Finding("no-met", keys, message, "Write met = … for the ladder.")
            break
        if isinstance(part, Item) and part.met is None and node.met is not None:
            ends = span(questionnaire, part)
            if not ends.lowest <= node.met <= ends.highest:
                message = f"“met” is {node.met:g}, but “{part.id}” runs from {ends.lowest:g} to {ends.highest:g}."
                yield Finding("met-off-scale", (*keys, "met"), message, "Choose a value on the scale of its items.")

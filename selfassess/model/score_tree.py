"""What a node is made of, and the units that its score is in."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

from selfassess.model.questionnaire import Band, Benchmark, GroupKey, Item, Overall, Questionnaire, Strand

Node = Overall | Strand | Benchmark
Part = Item | Strand | Benchmark


@dataclass(frozen=True, slots=True)
class Span:
    """The lowest and highest value that a score can have in its own units."""

    lowest: float
    highest: float
    mixed: bool = False
    """True where the parts have different scales, so that 0 to 100 is all there is."""

    @property
    def width(self) -> float:
        """Never zero: a scale has two points."""
        return self.highest - self.lowest

    def share(self, value: float) -> float:
        """Where a value stands between the ends, from 0 to 1."""
        return (value - self.lowest) / self.width

    def value(self, share: float) -> float:
        """The value that stands at a share from 0 to 1."""
        return self.lowest + share * self.width


POINTS = Span(0, 100)
"""What every score can be put on."""


LOW = 25
"""Points. Nobody means a target, or a top band, that begins below them."""

OVERALL = "overall"
"""The id of the whole."""


@lru_cache(maxsize=4096)
def exact(number: float) -> Fraction:
    """The number as somebody wrote it: 0.1 is a tenth, not what a computer makes of it."""
    return Fraction(repr(number))


def _added(products: Iterable[tuple[float, float]]) -> float:
    """The products added up as they would be on paper: seven tenths and a tenth are eight tenths."""
    return float(sum((exact(one) * exact(other) for one, other in products), Fraction()))


def nodes(questionnaire: Questionnaire) -> dict[str, Node]:
    """Every node by its id: the whole, then strand by strand, each with its benchmarks and skills."""
    found: dict[str, Node] = {OVERALL: questionnaire.overall}
    for strand in questionnaire.strands:
        found[strand.id] = strand
        found |= {node.id: node for node in strand.middle}
    return found


def parts(questionnaire: Questionnaire, node: Node) -> tuple[Part, ...]:
    """What the score of a node is made from: its scored items, or the nodes below it that have a score."""
    match node:
        case Benchmark():
            return node.scored_items
        case Strand(from_="items"):
            return node.scored_items
        case Strand():
            return tuple(below for below in node.middle if has_score(questionnaire, below))
        case Overall(from_="items"):
            return questionnaire.scored_items
        case Overall(from_="benchmarks"):
            middle = tuple(below for strand in questionnaire.strands for below in strand.middle)
            return tuple(below for below in middle if has_score(questionnaire, below))
        case Overall():
            return tuple(strand for strand in questionnaire.strands if has_score(questionnaire, strand))


def has_score(questionnaire: Questionnaire, node: Node) -> bool:
    """Whether a node is scored at all: it has a method, and something scored below it."""
    return node.method != "none" and bool(parts(questionnaire, node))


def items(questionnaire: Questionnaire, node: Node) -> tuple[Item, ...]:
    """The scored items that a node's score comes from in the end, through the nodes below it."""
    return tuple(
        item
        for part in parts(questionnaire, node)
        for item in ((part,) if isinstance(part, Item) else items(questionnaire, part))
    )


def span(questionnaire: Questionnaire, part: Part | Overall) -> Span:
    """The ends of an item's scale (less the points that mean "doesn't apply"), or of a node's own units.

    A sum adds its parts' ends, each times its weight; a ladder runs from 0 to its highest level; a mean or
    minimum has its parts' scale where they share one, else 0 to 100.
    """
    if isinstance(part, Item):
        scale = questionnaire.scale_of(part)
        if not part.not_applicable_values:
            return Span(scale.lowest, scale.highest)
        values = [value for value in scale.values if value not in part.not_applicable_values]
        return Span(min(values), max(values))
    below = parts(questionnaire, part)
    if part.method == "ladder":
        return Span(0, levels(below))
    spans = [span(questionnaire, one) for one in below]
    if part.method == "sum" and spans:
        weights = [one.weight for one in below]
        return Span(
            _added(zip(weights, (one.lowest for one in spans), strict=True)),
            _added(zip(weights, (one.highest for one in spans), strict=True)),
        )
    alike = {(one.lowest, one.highest) for one in spans}
    if len(alike) == 1 and not any(one.mixed for one in spans):
        return spans[0]
    return Span(0, 100, mixed=True)


def ends(questionnaire: Questionnaire, node: Node) -> tuple[float, float]:
    """The lowest and the highest score that people read of a node: 0 to 100, or in its own units."""
    if node.units == "points":
        return 0, 100
    own = span(questionnaire, node)
    return own.lowest, own.highest


def steps(questionnaire: Questionnaire, item: Item) -> int:
    """How many steps of equal size there are between the ends of an item's scale, each of its values on one of them."""
    values = [exact(one) for one in questionnaire.scale_of(item).values if one not in item.not_applicable_values]
    gaps = [value - min(values) for value in values]
    in_all = lcm(*(gap.denominator for gap in gaps))
    whole = [int(gap * in_all) for gap in gaps]
    return max(whole) // gcd(*whole)


def levels(below: tuple[Part, ...]) -> int:
    """The highest level that any part of a ladder has."""
    return max((part.level or 0 for part in below if isinstance(part, Item | Benchmark)), default=0)


def target(questionnaire: Questionnaire, node: Node, group: GroupKey | None) -> float | None:
    """The target of a node for a group (or for everybody), in the units that the node is shown in."""
    own = node.target if group is None else node.targets.get(group, node.target)
    if own is None and node.units == "points" and node.method != "none":
        return questionnaire.scoring.target
    return own


def bands(questionnaire: Questionnaire, node: Node) -> tuple[Band, ...]:
    """The bands of a node, in the units it is shown in; the file's own bands speak of 0 to 100 only."""
    if node.bands is not None:
        return node.bands
    return questionnaire.bands if node.units == "points" else ()


def band(bands_: tuple[Band, ...], shown: float) -> Band | None:
    """The band that a shown score is in: the last whose edge it reaches. One that was rounded to below the lowest edge
    is in the first band all the same. None where there are no bands."""
    return next((one for one in reversed(bands_) if shown >= one.from_), bands_[0] if bands_ else None)


def fits_own_units(value: float, own: Span) -> bool:
    """Whether a target, or the edge of a top band, may be meant in own units though it is given on 0 to 100: these are
    not 0 to 100 too, and the value is in their upper half, or lower than anybody means on 0 to 100."""
    is_other = not own.mixed and (own.highest != POINTS.highest or own.lowest not in (0, 1))
    return is_other and own.lowest < value <= own.highest and (value < LOW or own.share(value) >= 0.5)


def min_answered(questionnaire: Questionnaire, node: Node) -> float:
    """The share of the items that a person was asked below a node that must be answered for it to have a score."""
    return questionnaire.scoring.min_answered if node.min_answered is None else node.min_answered


def decimals(node: Node) -> int:
    """How many decimals a node is shown with."""
    if node.decimals is not None:
        return node.decimals
    return 1 if node.units == "own" and node.method in ("mean", "min") else 0


def shown(value: float, places: int) -> float:
    """The value as people read it: rounded half up, after float noise has been cut off at 1e-10."""
    value = round(value, 10)
    scaled = value * 10**places
    if abs(scaled) < 1e6 and abs(scaled - math.floor(scaled) - 0.5) > 1e-6:  # no half: floats are exact enough
        return float(math.floor(scaled + 0.5) / 10**places)
    exact = Decimal(repr(value)).scaleb(places) + Decimal("0.5")
    return float(exact.to_integral_value(ROUND_FLOOR).scaleb(-places))


def shown_from(value: float, places: int) -> float:
    """The lowest value that can be shown with so many decimals and is not below this one."""
    return float(Decimal(repr(value)).scaleb(places).to_integral_value(ROUND_CEILING).scaleb(-places))


def in_units(questionnaire: Questionnaire, node: Node, points: float) -> float:
    """A figure on 0 to 100 in the units that its node is shown in."""
    return span(questionnaire, node).value(points / 100) if node.units == "own" else points


def as_shown(questionnaire: Questionnaire, id: str, points: float) -> float:
    """A score on 0 to 100 as people read it, in the units of its node."""
    node = nodes(questionnaire)[id]
    return shown(in_units(questionnaire, node, points), decimals(node))

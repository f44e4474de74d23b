"""Round published figures of several people: data formats and explanations are no more precise than the page.

More decimals say nothing more about a partnership, but can reveal single answers. So a figure is rounded in
the units that its node is shown in, and what stands beside it on another ruler is worked out from that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from selfassess.disclosure.cells import ALL
from selfassess.model.comparison import CellChange, Comparison, Everybody, Matched, NodeChange
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.results import Agreement, Cell, Difference, Figure, Range, Reliability, RoundSummary, Summary
from selfassess.model.score_tree import POINTS, Node, Span, decimals, nodes, parts, shown, span
from selfassess.scoring.figures import each_group_once
from selfassess.scoring.intervals import flips, likely, possible
from selfassess.scoring.reliability import from_deviations

View = TypeVar("View", Matched, Everybody)

HAIR = 1e-9
"""Points by which a mean stays below the one that is rounded up."""
INDEX = 2
"""Decimals of indexes and coefficients, such as agreement and alpha."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """The units that a figure is published in, and with how many decimals."""

    units: Span = POINTS
    places: int = 0

    def score(self, points: float) -> float:
        """A score on 0 to 100, rounded in the units of its node."""
        return self._points(shown(self.units.value(points / 100), self.places) - self.units.lowest)

    def size(self, points: float) -> float:
        """The same of a difference, a change or a deviation, whichever way it goes."""
        rounded = self._points(shown(abs(points) / 100 * self.units.width, self.places))
        return -rounded if points < 0 < rounded else rounded

    @property
    def step(self) -> float:
        """How far apart two figures next to each other are, on 0 to 100."""
        return 100 / self.units.width / 10.0**self.places

    def scores(self, ends: Range | None) -> Range | None:
        """The ends of a range of scores."""
        return ends and Range(self.score(ends.low), self.score(ends.high))

    def sizes(self, ends: Range | None) -> Range | None:
        """The ends of a range of differences."""
        return ends and Range(self.size(ends.low), self.size(ends.high))

    def _points(self, own: float) -> float:
        return round(100 * own / self.units.width, 10)


POINT = Ruler()
"""Whole points of 0 to 100."""


def ruler(questionnaire: Questionnaire, node: Node) -> Ruler:
    """That of a node: whole points, or its own units with its decimals."""
    return Ruler(span(questionnaire, node) if node.units == "own" else POINTS, decimals(node))


# A summary


def rounded_summary(questionnaire: Questionnaire, summary: Summary) -> Summary:
    """A summary of several people with rounded figures."""
    return replace(summary, rounds=tuple(_round(questionnaire, one) for one in summary.rounds))


def rounded_cell(questionnaire: Questionnaire, cell: Cell) -> Cell:
    """The same for a single cell."""
    return _cell(questionnaire, nodes(questionnaire), cell)


def _round(questionnaire: Questionnaire, one: RoundSummary) -> RoundSummary:
    known = nodes(questionnaire)
    groups = tuple(_cell(questionnaire, known, cell) for cell in one.groups)
    shown_alone = [cell for cell in groups if cell.id not in one.left_out]
    return replace(
        one,
        # From the rounded means of groups, so that it reveals nothing more.
        all=each_group_once(
            _cell(questionnaire, known, one.all),
            shown_alone,
            lambda id, mean: ruler(questionnaire, known[id]).score(mean),
        ),
        groups=groups,
        differences=tuple(_difference(difference) for difference in one.differences),
        detectable=tuple(replace(pair, points=POINT.size(pair.points)) for pair in one.detectable),
    )


def _cell(questionnaire: Questionnaire, known: Mapping[str, Node], cell: Cell) -> Cell:
    items = {item.id: item for item in questionnaire.items}

    def item(figure: Figure) -> Figure:
        one = items[figure.id]
        return replace(figure, **_measures(figure, POINT, span(questionnaire, one), turned=one.reverse))

    def node(figure: Figure) -> Figure:
        one = known[figure.id]
        own, parts = ruler(questionnaire, one), _all(figure.parts)
        told = _measures(figure, own, span(questionnaire, one)) | {"parts": parts}
        told |= _following(questionnaire, one, own, figure, told["mean"], told["sd"])
        if cell.id == ALL:
            told["reliability"] = _hanging_together(questionnaire, one, parts, figure.n, told["sd"])
        return replace(figure, **told)

    def _all(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        return tuple(item(one) if one.level == "item" else node(one) for one in figures)

    return replace(cell, overall=cell.overall and node(cell.overall), strands=_all(cell.strands))


def _measures(figure: Figure, own: Ruler, units: Span, *, turned: bool = False) -> dict[str, Any]:
    """The mean and the standard deviation of a figure, rounded, in both kinds of units; and its agreement."""
    mean = None if figure.mean is None else own.score(figure.mean)
    sd = None if figure.sd is None else own.size(figure.sd)
    raw_mean, raw_sd = figure.raw_mean, figure.raw_sd
    if mean is not None and raw_mean is not None:
        raw_mean = round(units.value((100 - mean if turned else mean) / 100), 10)
    if sd is not None and raw_sd is not None:
        raw_sd = round(sd / 100 * units.width, 10)
    agreement = figure.agreement and _agreement(figure.agreement)
    return {"mean": mean, "sd": sd, "raw_mean": raw_mean, "raw_sd": raw_sd, "agreement": agreement}


def _following(
    questionnaire: Questionnaire, node: Node, own: Ruler, figure: Figure, mean: float | None, sd: float | None
) -> dict[str, Any]:
    """Everything that follows from the mean and standard deviation of a figure, worked out from these as they are
    published, so that it tells no more of them."""
    n, invited = figure.n, figure.invited
    if not n or mean is None:
        return {}
    return {
        "likely": own.scores(likely(n, mean, sd, invited)),
        "possible": _possible(own, n, mean, invited),
        "flips": () if "flips" in figure.withheld else flips(questionnaire, node, n, mean / 100, invited),
    }


def _possible(own: Ruler, n: int, mean: float, invited: int | None) -> Range | None:
    """Between which scores that of all who were invited lies at the very most, as it would be published: whatever the
    mean was before it was rounded."""
    half = own.step / 2
    lowest, highest = possible(n, max(mean - half, 0), invited), possible(n, min(mean + half - HAIR, 100), invited)
    return lowest and highest and Range(own.score(lowest.low), own.score(highest.high))


def _hanging_together(
    questionnaire: Questionnaire, node: Node, figures: Iterable[Figure], n: int | None, sd: float | None
) -> Reliability | None:
    """Whether the items of a node hang together, as far as that follows from the standard deviations that are
    published, `sd` and those of the `figures` below: of a mean of items that weigh alike, where all of them are."""
    if sd is None or not n or node.method != "mean":
        return None
    below = parts(questionnaire, node)
    items = {one.id: one.sd for figure in figures for one in figure.walk() if one.level == "item"}
    deviations = [own for part in below if (own := items.get(part.id)) is not None]
    if len({part.weight for part in below}) != 1 or len(deviations) < len(below):
        return None
    found = from_deviations(n, sd, deviations)
    return found and _reliability(found)


def _agreement(found: Agreement) -> Agreement:
    return replace(found, index=shown(found.index, INDEX), decimals=INDEX)


def _reliability(found: Reliability) -> Reliability:
    return replace(found, alpha=_index(found.alpha), low=_index(found.low), high=_index(found.high))


def _index(value: float | None) -> float | None:
    return None if value is None else shown(value, INDEX)


def _difference(one: Difference) -> Difference:
    ends = one.delta_interval
    return replace(
        one,
        points=one.shown,
        interval=POINT.sizes(one.interval),
        delta=_index(one.delta),
        delta_interval=ends and Range(shown(ends.low, INDEX), shown(ends.high, INDEX)),
    )


# A comparison


def rounded_comparison(questionnaire: Questionnaire, comparison: Comparison) -> Comparison:
    """A comparison of two rounds with rounded figures, in the units of the later version."""
    known = nodes(questionnaire)

    def rounded(cell: CellChange) -> CellChange:
        detectable = None if cell.detectable is None else POINT.size(cell.detectable)
        changed = tuple(_node_change(one, ruler(questionnaire, known[one.id])) for one in cell.nodes)
        return replace(cell, nodes=changed, detectable=detectable)

    return replace(comparison, cells=tuple(rounded(cell) for cell in comparison.cells))


def _node_change(node: NodeChange, own: Ruler) -> NodeChange:
    matched, everybody = node.matched, node.everybody
    return replace(
        node,
        matched=matched and replace(_change(matched, own), sd=None if matched.sd is None else own.size(matched.sd)),
        everybody=everybody and _change(everybody, own),
    )


def _change(change: View, own: Ruler) -> View:
    """A change between two rounded scores."""
    before, after = (own.score(mean) for mean in change.mean)
    points = round(after - before, 10)
    return replace(change, mean=(before, after), points=points, interval=own.sizes(change.interval))

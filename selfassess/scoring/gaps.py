"""Findings: strengths and gaps in order, splits, what many could not answer, and the actions that these call for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from selfassess.model.finding import CouldNotSay, Ranked, Ranking, Split, Suggestion
from selfassess.model.item import Item
from selfassess.model.questionnaire import Action, Benchmark, Questionnaire, Strand, When
from selfassess.model.sheet import Form, Missing
from selfassess.model.summary import Cell, Difference, Figure, Range, RoundSummary
from selfassess.model.units import Node, band, bands, decimals, shown, span
from selfassess.scoring.welch import LEVEL, Known, critical

MANY = 0.2
"""The share of those asked an item from which on it is a finding that they could not answer."""
MOST = 3
"""How many of what is good are told, but for equal ones."""


def ranking(questionnaire: Questionnaire, cell: Cell, widest: int) -> Ranking:
    """How the benchmarks and skills of a cell stand: three that are good, if there are, and everything that is not.
    `widest` is how many of the gaps are told first: what comes nearest to its target is none of them."""
    strong = strengths(questionnaire, cell, MOST)
    near = nearest(questionnaire, cell, MOST - len(strong), widest)
    return Ranking(
        strengths=strong,
        nearest=near,
        highest=highest(questionnaire, cell, MOST - len(strong) - len(near)),
        gaps=gaps(questionnaire, cell),
        also_low=also_low(questionnaire, cell),
    )


def strengths(questionnaire: Questionnaire, cell: Cell, most: int) -> tuple[Ranked, ...]:
    """The highest benchmarks and skills that are strong, as people read them; and what is equal to the last of them."""
    found = [one for one in ranked(questionnaire, cell) if is_strong(questionnaire, one)]
    return _first(found, most, lambda one: -place(questionnaire, one))


def nearest(questionnaire: Questionnaire, cell: Cell, most: int, widest: int) -> tuple[Ranked, ...]:
    """What is below its target, neither low nor among the widest gaps: the smallest gap first, and what is equal to the
    last of them."""
    found = [one for one in gaps(questionnaire, cell)[widest:] if not is_low(questionnaire, one)]
    return _first(found, most, lambda one: in_points(questionnaire, one))


def highest(questionnaire: Questionnaire, cell: Cell, most: int) -> tuple[Ranked, ...]:
    """Of what has no target, what is neither strong nor low: the highest first, and what is equal to the last."""
    found = [
        one
        for one in ranked(questionnaire, cell)
        if one.figure.target is None
        and lies(questionnaire, one.node, one.figure) is not None
        and not (is_strong(questionnaire, one) or is_low(questionnaire, one))
    ]
    return _first(found, most, lambda one: -place(questionnaire, one))


def also_low(questionnaire: Questionnaire, cell: Cell) -> tuple[Ranked, ...]:
    """What is low and no gap: it has no target, or one that it reaches. The lowest first."""
    found = [
        one
        for one in ranked(questionnaire, cell)
        if is_low(questionnaire, one) and not falls_short(questionnaire, one.node, one.figure)
    ]
    return tuple(sorted(found, key=lambda one: place(questionnaire, one)))


def gaps(questionnaire: Questionnaire, cell: Cell) -> tuple[Ranked, ...]:
    """The benchmarks and skills below their target, widest gap first; equal gaps in the questionnaire's order.

    A gap in own units is ranked by what it is on 0 to 100, that of a coded score by the least that it can be.
    """
    found = [one for one in ranked(questionnaire, cell) if falls_short(questionnaire, one.node, one.figure)]
    return tuple(sorted(found, key=lambda one: -in_points(questionnaire, one)))


def contenders(questionnaire: Questionnaire, found: Sequence[Ranked]) -> int:
    """How many of the gaps of several people, from the first on, may truly be the widest: in 95 of 100 cases it is
    among them. 0 where there are none.

    A gap is out of question if the first is wider by more than chance makes, by Welch's test at 5 % over the number of
    such tests, from what is told of both scores. Gupta's selection of a subset (S. S. Gupta, On some multiple decision
    (selection and ranking) rules, Technometrics 7 (1965), 225-245), with Bonferroni's bound; and with all that stand
    before the last in question.
    """
    if not found:
        return 0
    first, *others = found
    widest, known = in_points(questionnaire, first), Known.told(first.figure)
    still = [
        place
        for place, one in enumerate(others, start=2)
        if _may_be_wider(known, Known.told(one.figure), widest - in_points(questionnaire, one), LEVEL / len(others))
    ]
    return max(still, default=1)


def _may_be_wider(first: Known | None, other: Known | None, points: float, level: float) -> bool:
    """Whether chance may make a difference of so many points, in one direction."""
    reach = critical(first, other, 2 * level) if first and other else None
    return reach is None or points < reach


def _first(found: Iterable[Ranked], most: int, key: Callable[[Ranked], float]) -> tuple[Ranked, ...]:
    """The few whose key is smallest, and what is equal to the last of them: the order of equals says nothing."""
    if most <= 0:
        return ()
    in_order = sorted(found, key=key)
    return (*in_order[:most], *(one for one in in_order[most:] if key(one) == key(in_order[most - 1])))


# How one of them stands


def lies(questionnaire: Questionnaire, node: Node, figure: Figure) -> Range | None:
    """Between which scores it lies, as people read them and in the units of the node: the one that is shown; of a coded
    one, all that it can be. None where nobody has one, or it is not shown."""
    if figure.shown is not None:
        return Range(figure.shown, figure.shown)
    return None if figure.coded is None else can_be(questionnaire, node, figure.coded)


def can_be(questionnaire: Questionnaire, node: Node, code: str) -> Range:
    """Which scores of a node a code stands for: "95 or more", "5 or less"."""
    ends = span(questionnaire, node)
    low, high = (ends.value(share) if node.units == "own" else 100 * share for share in of_code(code))
    return Range(shown(low, decimals(node)), shown(high, decimals(node)))


def of_code(code: str) -> tuple[float, float]:
    """Between which shares, from 0 to 1, a mean lies that has a code."""
    edge = int(code.split()[0]) / 100
    return (edge, 1.0) if code.endswith("more") else (0.0, edge)


def falls_short(questionnaire: Questionnaire, node: Node, figure: Figure) -> bool:
    """Whether a score is surely below its target."""
    return least_gap(questionnaire, node, figure) > 0


def least_gap(questionnaire: Questionnaire, node: Node, figure: Figure) -> float:
    """How far a score is below its target, in the units of its node; of a coded one the least that it can be. Below 0
    where it is above; 0 where it has no target, or is not shown."""
    found = lies(questionnaire, node, figure)
    return 0 if found is None or figure.target is None else round(figure.target - found.high, 10)


def in_points(questionnaire: Questionnaire, one: Ranked) -> float:
    """The same on 0 to 100."""
    gap, node = least_gap(questionnaire, one.node, one.figure), one.node
    return round(100 * gap / span(questionnaire, node).width if node.units == "own" else gap, 10)


def place(questionnaire: Questionnaire, one: Ranked) -> float:
    """Where its score stands, 0 to 100; in the middle of what a coded one can be, and below all where there is none."""
    found = lies(questionnaire, one.node, one.figure)
    if found is None:
        return -1
    middle = (found.low + found.high) / 2
    return round(100 * span(questionnaire, one.node).share(middle) if one.node.units == "own" else middle, 10)


def is_strong(questionnaire: Questionnaire, one: Ranked) -> bool:
    """Whether it is at its target or above it, or in the top band where it has none; and not low."""
    found, named = lies(questionnaire, one.node, one.figure), bands(questionnaire, one.node)
    if found is None or is_low(questionnaire, one):
        return False
    if one.figure.target is not None:
        return found.low >= one.figure.target
    return len(named) > 1 and band(named, found.low) is named[-1]


def is_low(questionnaire: Questionnaire, one: Ranked) -> bool:
    """Whether it is in the lowest band, or without bands in the lower half."""
    found, named = lies(questionnaire, one.node, one.figure), bands(questionnaire, one.node)
    if found is None:
        return False
    return band(named, found.high) is named[0] if len(named) > 1 else place(questionnaire, one) < 50


def may_change(questionnaire: Questionnaire, one: Ranked, others: int) -> bool:
    """Whether a strength would be none, or a gap none, had so many others answered too, all at the end of the scale
    that is against it. It follows from the score and the two numbers: what the others answered has no part in it."""
    figure, node = one.figure, one.node
    if not others or figure.mean is None or not figure.n:
        return False
    is_gap = falls_short(questionnaire, node, figure)
    mean = (figure.n * figure.mean + others * (100 if is_gap else 0)) / (figure.n + others)
    value = span(questionnaire, node).value(mean / 100) if node.units == "own" else mean
    other = Ranked(node, replace(figure, shown=shown(value, decimals(node)), coded=None))
    if is_gap:
        return not falls_short(questionnaire, node, other.figure)
    return is_strong(questionnaire, one) and not is_strong(questionnaire, other)


def ranked(questionnaire: Questionnaire, cell: Cell) -> tuple[Ranked, ...]:
    """Every benchmark and skill with its figure, in the questionnaire's order; a strand stands for itself where it
    has neither, or where it has a target and they have none."""
    return tuple(
        Ranked(node, cell.figure(node.id)) for strand in questionnaire.strands for node in _ranked(strand, cell)
    )


def _ranked(strand: Strand, cell: Cell) -> tuple[Strand | Benchmark, ...]:
    only_strand = cell.figure(strand.id).target is not None and all(
        cell.figure(node.id).target is None for node in strand.middle
    )
    return (strand,) if only_strand or not strand.middle else strand.middle


def splits(questionnaire: Questionnaire, cell: Cell) -> tuple[Split, ...]:
    """The items on which people of a cell are in two camps, in the questionnaire's order."""
    return tuple(
        Split(node, item, figure, cell.id)
        for node, item, figure in _items(questionnaire, cell)
        if figure.agreement is not None and figure.agreement.opinions == "two camps"
    )


def could_not_say(
    questionnaire: Questionnaire, cell: Cell, sizes: Mapping[str, int], form: Form
) -> tuple[CouldNotSay, ...]:
    """The items that more than MANY of those asked gave no answer to, the largest share first. `sizes` are how many
    handed in of each group in the cell, by its id.

    How many were asked, and how many of them answered, is all that it takes; in which way the others did not is told
    where that is shown.
    """
    found: list[CouldNotSay] = []
    for node, item, figure in _items(questionnaire, cell):
        asked = asked_of(item, figure, sizes, form)
        if asked is not None and figure.n is not None and asked - figure.n > MANY * asked:
            found.append(CouldNotSay(node, item, figure, asked - figure.n, asked))
    return tuple(sorted(found, key=lambda one: -one.could_not / one.asked))


def asked_of(item: Item, figure: Figure, sizes: Mapping[str, int], form: Form) -> int | None:
    """How many were asked an item, from what is shown: those who did not answer are counted by kind, or everybody in a
    group is asked. None where it does not follow."""
    if figure.n is None:
        return None
    if figure.missing is not None:
        return figure.n + sum(number for kind, number in figure.missing.items() if kind != Missing.NOT_ASKED.key)
    if item.show_if:
        return None
    is_in_form = form == "full" or item.short
    return sum(size for group, size in sizes.items() if is_in_form and item.asks(group or None))


def _items(questionnaire: Questionnaire, cell: Cell) -> Iterator[tuple[Benchmark | Strand, Item, Figure]]:
    for strand in questionnaire.strands:
        holders: tuple[Benchmark | Strand, ...] = (*strand.middle, strand)
        for node in holders:
            for item in node.items:
                if item.kind == "choice":
                    yield node, item, cell.figure(item.id)


def suggestions(found: Sequence[Ranked], group: str | None) -> tuple[Suggestion, ...]:
    """The actions that gaps call for and that suit a group, in the order of the gaps."""
    return tuple(Suggestion(action, one) for one in found for action in _actions(one.node, "gap", group))


def suggested(
    questionnaire: Questionnaire, round: RoundSummary, cell: Cell, group: str | None
) -> tuple[Suggestion, ...]:
    """Everything suggested to a group: what the gaps of its cell call for, in their order; then what splits in the
    cell or among all call for, then differences that matter. Each action once."""
    by_id = {one.node.id: one for one in ranked(questionnaire, cell)}
    found = list(suggestions(gaps(questionnaire, cell), group))
    because: list[tuple[str, When, Split | Difference]] = []
    because += [
        (one.node.id, "split", one) for one in (*splits(questionnaire, cell), *splits(questionnaire, round.all))
    ]
    because += [(one.id, "difference", one) for one in round.differences if one.matters]
    seen = {one.action.id for one in found}
    for id, when, reason in because:
        for action in _actions(by_id[id].node, when, group) if id in by_id else ():
            if action.id not in seen:
                seen.add(action.id)
                found.append(Suggestion(action, by_id[id], reason))
    return tuple(found)


def _actions(node: Benchmark | Strand, when: When, group: str | None) -> tuple[Action, ...]:
    return tuple(action for action in node.actions if action.when == when and action.suits(group))

"""Findings: strengths and gaps in order, splits, what many could not answer, and the actions that these call for."""

import math
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from selfassess.model.attainment import MOST, asked_of, falls_short, in_points, is_low, is_strong, lies, place, ranked
from selfassess.model.questionnaire import Action, Benchmark, GroupKey, Item, Questionnaire, Strand, When
from selfassess.model.results import (
    Cell,
    CouldNotSay,
    Difference,
    Figure,
    Ranked,
    Ranking,
    RoundSummary,
    Split,
    Suggestion,
)
from selfassess.model.sheet import Form
from selfassess.scoring.intervals import LEVEL, Known, critical

MANY = 0.2
"""The share of those asked an item from which on it is a finding that they could not answer."""


def ranking(questionnaire: Questionnaire, cell: Cell, widest: int, groups: Sequence[Cell] = ()) -> Ranking:
    """How the benchmarks and skills of a cell stand: three that are good, if there are, and everything that is not.
    `widest` is how many of the gaps are told first: what comes nearest to its target is none of them. `groups` are the
    groups in it that are shown: what is low for any of them is not good for all."""
    low = {
        one.node.id
        for group in groups
        for one in ranked(questionnaire, group)
        if is_low(questionnaire, one.node, one.figure)
    }
    strong = strengths(questionnaire, cell, MOST, low)
    near = nearest(questionnaire, cell, MOST - len(strong), widest, low)
    return Ranking(
        strengths=strong,
        nearest=near,
        highest=highest(questionnaire, cell, MOST - len(strong) - len(near), low),
        gaps=gaps(questionnaire, cell),
        also_low=also_low(questionnaire, cell),
        low_for_a_group=_low_for_a_group(questionnaire, cell, low),
    )


def strengths(questionnaire: Questionnaire, cell: Cell, most: int, low: Container[str] = ()) -> tuple[Ranked, ...]:
    """The highest benchmarks and skills that are strong, as people read them, without those that have an id in `low`;
    and what is equal to the last of them."""
    found = [
        one
        for one in ranked(questionnaire, cell)
        if is_strong(questionnaire, one.node, one.figure) and one.node.id not in low
    ]
    return _first(found, most, lambda one: -place(questionnaire, one))


def _low_for_a_group(questionnaire: Questionnaire, cell: Cell, low: Container[str]) -> tuple[Ranked, ...]:
    found = [
        one
        for one in ranked(questionnaire, cell)
        if is_strong(questionnaire, one.node, one.figure) and one.node.id in low
    ]
    return tuple(sorted(found, key=lambda one: -place(questionnaire, one)))


def nearest(
    questionnaire: Questionnaire, cell: Cell, most: int, widest: int, low: Container[str] = ()
) -> tuple[Ranked, ...]:
    """What is below its target, neither low (or in `low`) nor among the widest gaps: the smallest gap first, and what
    is equal to the last of them."""
    found = [
        one
        for one in gaps(questionnaire, cell)[widest:]
        if not is_low(questionnaire, one.node, one.figure) and one.node.id not in low
    ]
    return _first(found, most, lambda one: in_points(questionnaire, one))


def highest(questionnaire: Questionnaire, cell: Cell, most: int, low: Container[str] = ()) -> tuple[Ranked, ...]:
    """Of what has no target, what is neither strong nor low (or in `low`): the highest first, and what is equal to the
    last."""
    found = [
        one
        for one in ranked(questionnaire, cell)
        if one.figure.target is None
        and lies(questionnaire, one.node, one.figure) is not None
        and not (
            is_strong(questionnaire, one.node, one.figure)
            or is_low(questionnaire, one.node, one.figure)
            or one.node.id in low
        )
    ]
    return _first(found, most, lambda one: -place(questionnaire, one))


def also_low(questionnaire: Questionnaire, cell: Cell) -> tuple[Ranked, ...]:
    """What is low and no gap: it has no target, or one that it reaches. The lowest first."""
    found = [
        one
        for one in ranked(questionnaire, cell)
        if is_low(questionnaire, one.node, one.figure) and not falls_short(questionnaire, one.node, one.figure)
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


def splits(questionnaire: Questionnaire, cell: Cell) -> tuple[Split, ...]:
    """The items on which people of a cell are in two camps, in the questionnaire's order."""
    return tuple(
        Split(node, item, figure, cell.id)
        for node, item, figure in _items(questionnaire, cell)
        if figure.agreement is not None and figure.agreement.opinions == "two camps"
    )


def could_not_say(
    questionnaire: Questionnaire, cell: Cell, sizes: Mapping[GroupKey, int], form: Form
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


def _items(questionnaire: Questionnaire, cell: Cell) -> Iterator[tuple[Benchmark | Strand, Item, Figure]]:
    for strand in questionnaire.strands:
        holders: tuple[Benchmark | Strand, ...] = (*strand.middle, strand)
        for node in holders:
            for item in node.items:
                if item.has_figures:
                    yield node, item, cell.figure(item.id)


def suggestions(
    questionnaire: Questionnaire, cell: Cell, found: Sequence[Ranked], group: GroupKey | None
) -> tuple[Suggestion, ...]:
    """The actions that gaps of a cell call for and that suit a group, in the order of the gaps."""
    return tuple(Suggestion(action, one) for one in found for action in _fitting(questionnaire, cell, one, group))


def _fitting(questionnaire: Questionnaire, cell: Cell, one: Ranked, group: GroupKey | None) -> list[Action]:
    """The actions that a gap calls for: those that answer an item which falls short, the lowest item first. Where an
    item is not shown, it is taken to be as its benchmark is."""
    node, own = one.node, place(questionnaire, one)
    target = own + in_points(questionnaire, one)
    found = [(_lowest(cell, action, own), action) for action in _actions(node, "gap", group)]
    return [action for lowest, action in sorted(found, key=itemgetter(0)) if lowest < target]


def _lowest(cell: Cell, action: Action, of_node: float) -> float:
    """The lowest score, 0 to 100, of what an action answers; more than any where nobody answered it."""
    if not action.items:
        return of_node
    figures = [cell.figure(id) for id in action.items]
    known = [figure.mean for figure in figures if figure.mean is not None]
    hidden = [of_node for figure in figures if "mean" in figure.withheld]
    return min((*known, *hidden), default=math.inf)


def suggested(
    questionnaire: Questionnaire, round: RoundSummary, cell: Cell, group: GroupKey | None
) -> tuple[Suggestion, ...]:
    """Everything suggested to a group: what the gaps of its cell call for, in their order; then what splits in the
    cell or among all call for, then differences that matter. Each action once."""
    by_id = {one.node.id: one for one in ranked(questionnaire, cell)}
    found = list(suggestions(questionnaire, cell, gaps(questionnaire, cell), group))
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


def _actions(node: Benchmark | Strand, when: When, group: GroupKey | None) -> tuple[Action, ...]:
    return tuple(action for action in node.actions if action.when == when and action.suits(group))

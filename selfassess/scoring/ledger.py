"""The ledger: what was shown of a round before, and whether something new would tell of too few together with it.

As long as a round is reported by the same rules, every report shows parts of one and the same release, and nothing new
comes up. This stage is for when that is not so: after the program has learnt to show more, or to withhold more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple
from functools import partial

import numpy as np
from numpy.typing import NDArray

from selfassess.model.round import Thresholds
from selfassess.scoring.answers import Flags
from selfassess.disclosure.cells import ALL, Cells
from selfassess.scoring.score import Results, people
from selfassess.scoring.withholding import FEW, TELLS, Kind, Quantity, Reason, Reasons, Withholding, deciding_answers

Shown = tuple[str, str, str]
"""A quantity that was shown of a cell: the cell, the id of the node or item, the kind of figure."""
TOLERANCE = 1e-9
NEARLY = 1e-6
"""What rounding may leave of nothing, and of one, where sums nearly hang together."""


def shown_of(results: Results, cells: Cells, why: Mapping[str, Reasons]) -> frozenset[Shown]:
    """Everything that is shown where `why` says what is not."""
    followed = {id: np.bitwise_or.reduce(answered) for id, answered in deciding_answers(results.answers).items()}
    items = {item.id for item in results.answers.questionnaire.items}
    found: set[Shown] = set()
    for cell, members in cells.members.items():
        some = people(results, members)
        found |= {(cell, id, "asked") for id, answered in followed.items() if (members & answered).any()}
        found |= {(cell, id, "missing") for id in results.columns if id in items and some.asked(id)}
        for id in results.columns:
            if some.tally(id).n:
                found |= {(cell, id, "detail")} if id in items else {(cell, id, "detail"), (cell, id, "score")}
    return frozenset((cell, id, kind) for cell, id, kind in found if (id, kind) not in why[cell])


def _quantities(results: Results) -> dict[Quantity, Flags]:
    """Everything that can be told of a cell, and whom it speaks of."""
    items = {item.id for item in results.answers.questionnaire.items}
    found: dict[Quantity, Flags] = {}
    for id, answered in deciding_answers(results.answers).items():
        found[id, "asked"] = np.bitwise_or.reduce(answered)
    for id, scored in results.scored.items():
        found[id, "detail"] = scored
        if id in items:
            found[id, "missing"] = results.asked[id]
        else:
            found[id, "score"] = scored
    return found


def refused(
    results: Results, thresholds: Thresholds, cells: Cells, why: Mapping[str, Reasons], before: frozenset[Shown]
) -> dict[str, dict[Quantity, Reason]]:
    """By cell, what must be withheld because of what was shown before: a new figure is refused when with all
    earlier ones a set of people that is too small lies in the row space of their indicator vectors."""
    found: dict[str, dict[Quantity, Reason]] = {cell: {} for cell in cells.members}
    now = shown_of(results, cells, why)
    if not before - now or not now - before:
        return found  # together they are no more than one release, which is safe
    rules = Withholding(results, thresholds, cells)
    for (id, kind), whom in sorted(_quantities(results).items(), key=lambda one: one[0]):
        known = [cell for cell in cells.members if (cell, id, kind) in before]
        if all((cell, id, kind) in now for cell in known):
            continue
        new = [cell for cell in cells.members if (cell, id, kind) in now - before and (id, kind) not in found[cell]]
        limit = len(whom) + 1 if kind == "asked" else max(FEW, *astuple(thresholds))
        for cell in sorted(new, key=lambda one: one != ALL):
            sets = [cells.members[one] & whom for one in (*known, cell)]
            if tells_of_few(sets, partial(_is_unsafe, rules, id, kind), limit):
                found[cell] |= dict.fromkeys(_with_what_follows(id, kind), TELLS)
            else:
                known.append(cell)
    return found


def _with_what_follows(id: str, kind: Kind) -> tuple[Quantity, ...]:
    """A mean goes with the details, some of which tell it; and everything with how many were asked."""
    if kind == "asked":
        return (id, "asked"), (id, "missing"), (id, "detail"), (id, "score")
    return ((id, "score"), (id, "detail")) if kind == "score" else ((id, kind),)


def _is_unsafe(rules: Withholding, id: str, kind: Kind, people: Flags) -> bool:
    return rules.unsafe(id, kind, people) is not None


def tells_of_few(sets: Sequence[Flags], too_few: Callable[[Flags], bool], limit: int) -> bool:
    """Whether adding and subtracting the sums over some sets of people gives that over a set that is too small.
    A set of `limit` people never is."""
    patterns, of_person = in_which(sets)
    sizes = np.bincount(of_person, minlength=patterns.shape[1])
    return any(too_few(one[of_person]) for one in small(patterns.astype(float), sizes, limit))


def small(known: NDArray[np.float64], sizes: NDArray[np.intp], limit: int) -> Iterator[Flags]:
    """Of classes of people, of so many each, those of fewer than `limit` together the sum over whom follows from sums
    that are known: a row for each, with how many times each class is in it."""
    atoms = sorted(np.flatnonzero(known.any(axis=0)), key=lambda atom: -sizes[atom])  # few large ones fit into a set
    rows, pivots = _reduced(known[:, atoms])
    for vector in _small(rows, [int(sizes[atoms[pivot]]) for pivot in pivots], limit):
        found = np.zeros(known.shape[1], dtype=np.bool_)
        found[atoms] = vector > 0.5
        yield found


def in_which(sets: Sequence[Flags]) -> tuple[Flags, NDArray[np.intp]]:
    """In which of some sets people are: each way that there is as a column, and by person which of these is theirs."""
    which = np.zeros(len(sets[0]), dtype=np.intp)
    for one in sets:
        which = 2 * which + one
        there = np.flatnonzero(np.bincount(which))
        numbers = np.zeros(int(there[-1]) + 1 if len(there) else 0, dtype=np.intp)
        numbers[there] = np.arange(len(there))
        which = numbers[which]
    somebody = np.zeros(int(which.max(initial=-1)) + 1, dtype=np.intp)
    somebody[which] = np.arange(len(which))
    return np.array([one[somebody] for one in sets]), which


def _small(rows: NDArray[np.float64], sizes: Sequence[int], limit: int) -> Iterator[NDArray[np.float64]]:
    """Every 0/1 vector of the row space but zero whose pivots stand for fewer than `limit` people. What is chosen at
    the pivots decides the rest."""
    stack = [(0, 0, np.zeros(rows.shape[1]))]
    while stack:
        depth, size, vector = stack.pop()
        if depth < len(rows):
            stack.append((depth + 1, size, vector))
            if size + sizes[depth] < limit:
                stack.append((depth + 1, size + sizes[depth], vector + rows[depth]))
        elif vector.any() and np.all(np.minimum(np.abs(vector), np.abs(vector - 1)) < NEARLY):
            yield vector


def _reduced(matrix: NDArray[np.float64]) -> tuple[NDArray[np.float64], list[int]]:
    """The reduced row echelon form, and its pivots."""
    rows = matrix.copy()
    pivots: list[int] = []
    for column in range(rows.shape[1]):
        at = len(pivots)
        if at == len(rows):
            break
        best = at + int(np.abs(rows[at:, column]).argmax())
        if abs(rows[best, column]) < TOLERANCE:
            continue
        rows[[at, best]] = rows[[best, at]]
        rows[at] /= rows[at, column]
        others = np.arange(len(rows)) != at
        rows[others] -= np.outer(rows[others, column], rows[at])
        pivots.append(column)
    return rows[: len(pivots)], pivots

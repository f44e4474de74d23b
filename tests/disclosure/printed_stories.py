"""Rounds that were compared, as everything that is told of one of them is printed."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from selfassess.disclosure.rounding import rounded_comparison
from tests.disclosure.made_comparisons import Story
from tests.disclosure.made_comparisons import Told as Round
from tests.disclosure.made_rounds import MadeRound
from tests.disclosure.printed import Printed, Told


def as_made(round: Round) -> MadeRound:
    """A round of a story by itself."""
    return MadeRound(round.table, round.edition, round.round, round.occasion.answers, round.results, ())


def compared(story: Story, number: int, printed: Printed) -> Iterator[Told]:
    """The means that comparisons tell of a round, to whoever knows which people they speak of."""
    for first, second, comparison in story.comparisons:
        if number not in (first, second):
            continue
        side = (first, second).index(number)
        pair = story.pairs[story.rounds[first].round.key, story.rounds[second].round.key]
        later = story.rounds[second].edition.questionnaire
        for cell, node in rounded_comparison(later, comparison).walk():
            same = pair.alike.same(node.id)
            is_whole = pair.kind(side, node.id) == "score"
            if not is_whole and not all(
                printed.nodes[id].method in ("mean", "sum") for id in printed.tree(node.id) if id in printed.nodes
            ):
                continue
            only = None if is_whole else frozenset([*same] if side else same.values())
            for view in node.views:
                change = node.matched if view == "matched" else node.everybody
                assert change is not None
                people = frozenset(np.flatnonzero(pair.members(side, view, cell.id)).tolist())
                points, half = change.mean[side], printed.half(node.id)
                terms = ((Fraction(1), printed.units, node.id),)
                yield Told(terms, points - half, points + half, only=only, people=people)

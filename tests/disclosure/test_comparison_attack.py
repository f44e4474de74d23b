"""Attacks across rounds: from both reports and every comparison nobody small can be worked out.

An attacker sees the reports of all rounds and whatever comparisons of them were made, in any order. They know who is in
which group, who answered what kind of thing and who could be found again. What is told of a round is a sum over some
of its people; sets of people that can be told apart are found by algebra, one round and quantity at a time.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from selfassess.disclosure import comparison as comparison_module
from selfassess.disclosure.matching import Alike
from selfassess.model.comparison import NodeChange
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.results import Figure
from selfassess.model.score_tree import items, nodes
from selfassess.scoring.means import Composition, Means, Units
from selfassess.scoring.scores import Results
from selfassess.scoring.scores import people as some_people
from tests.disclosure.made_comparisons import Story, Told, flags, made_story, matched_people
from tests.examples import attack, once_found
from tests.scoring import made

Flags = Any
MOST_ATOMS = 12


def in_some_order(random: Random, story: Story) -> Story:
    """The story with its comparisons made: of two rounds or three, in any order."""
    number = len(story.rounds)
    ways = [(first, second) for first in range(number) for second in range(number) if first != second]
    for first, second in random.sample(ways, min(len(ways), random.choice((1, 2, 3)))):
        story.compare(first, second)
    return story


# What is told of one round


def in_groups(told: Told, groups: frozenset[str]) -> Flags:
    return np.array([(group or "") in groups for group, _, _ in told.rows])


def all_of(story: Story, first: int, second: int) -> frozenset[str]:
    return story.rounds[first].groups_in("all") & story.rounds[second].groups_in("all")


def speaks_of(story: Story, first: int, second: int, view: str, cell: str, id: str) -> tuple[Flags, Flags]:
    """Whom a view speaks of, in each of the two rounds. Who stands for the same people is taken from the program: by
    chance, some who were found again do not."""
    pair = story.pairs[story.rounds[first].round.key, story.rounds[second].round.key]
    groups = all_of(story, first, second) if cell == "all" else story.rounds[first].groups_in(cell)
    if view == "everybody":
        one, other = (in_groups(story.rounds[number], groups) for number in (first, second))
    else:
        one, other = (pair.members(side, view, cell) for side in (0, 1))
        found = [*matched_people(story, first, second).values()]
        for side, number, people in ((0, first, one), (1, second, other)):
            assert not (people & ~in_groups(story.rounds[number], groups)).any()
            assert not (people & ~flags(story, number, [places[side] for places in found])).any()
    return one, other


def alike_of(story: Story, first: int, second: int) -> Alike:
    keys = story.rounds[first].round.key, story.rounds[second].round.key
    return story.pairs[keys].alike


def reported(told: Told, id: str) -> Iterator[Flags]:
    """Everybody whose mean on a node the round's own report tells."""
    for cell in (told.said.all, *told.said.groups):
        if cell.id in told.said.left_out:
            continue
        for figure in figures(cell.overall, cell.strands):
            if figure.id == id and figure.mean is not None:
                yield in_groups(told, told.groups_in(cell.id))


def figures(overall: Figure | None, strands: tuple[Figure, ...]) -> Iterator[Figure]:
    if overall:
        yield overall
    for strand in strands:
        yield from strand.walk()


def told_by_comparisons(story: Story, number: int) -> Iterator[tuple[str, Flags, Results, NodeChange]]:
    """The node, the people and how they are scored, of every mean that comparisons tell of a round."""
    for first, second, comparison in story.comparisons:
        if number in (first, second):
            side = (first, second).index(number)
            for cell, node in comparison.walk():
                for view in node.views:
                    people = speaks_of(story, first, second, view, cell.id, node.id)[side]
                    yield node.id, people, alike_of(story, first, second).results(node.id)[side], node


def told_apart(sets: list[Flags]) -> Iterator[Flags]:
    """Every set of people whose sum follows from sums over others."""
    patterns, of_person = np.unique(np.array(sets), axis=1, return_inverse=True)
    of_person = of_person.reshape(-1)
    atoms = [one for one in range(patterns.shape[1]) if patterns[:, one].any()]
    if len(atoms) > MOST_ATOMS:
        return
    known = patterns[:, atoms].astype(float)
    choices = (np.arange(1, 2 ** len(atoms))[:, None] >> np.arange(len(atoms))) & 1
    left = choices - choices @ np.linalg.pinv(known) @ known
    for chosen in choices[np.abs(left).max(axis=1) < 1e-7]:
        yield np.isin(of_person, [atom for atom, one in zip(atoms, chosen, strict=True) if one])


def is_secret(told: Told, id: str, results: Results, people: Flags) -> bool:
    """Whether the mean of these people must not be known."""
    round, has = told.round, ~np.isnan(results.shares[id])
    n = int((people & has).sum())
    if not n:
        return False
    mean = 100 * Means(some_people(results, people), Units(results, round.pooled)).of(id)
    if n < 10 and not 5 < np.round(mean, 9) < 95:
        return True
    agreed = [in_groups(told, frozenset([group])) for group, one in round.standing.items() if one == "consent"]
    inside = [one & has for one in agreed if (one & people & has).any()]
    if inside and np.array_equal(people & has, np.any(inside, axis=0)) and min(one.sum() for one in inside) >= 3:
        return False  # each of them is shown by itself
    return n < round.rules.thresholds.min_group


@attack(250)
@given(made.SEEDS)
@once_found(Random(201440))  # a score made by other rules that come to the same
@once_found(Random(202401))
@once_found(Random(1026))  # the least of one item, which another node tells already
@once_found(Random(603925))  # what follows from other nodes excuses nothing on a node itself
@once_found(Random(701434))
@once_found(Random(603890))  # a score made anew from some of its items that comes out the same for everybody
@once_found(Random(93706))  # a comparison that takes half a minute to decide
def test_nobody_small_can_be_told_apart_by_reports_and_comparisons(random: Random) -> None:
    story = in_some_order(random, made_story(random, random.choice((2, 2, 3))))
    assert story.comparisons
    for number, told in enumerate(story.rounds):
        by_quantity: dict[tuple[str, bytes], list[Flags]] = {}
        results_of: dict[tuple[str, bytes], Results] = {}
        for id, people, results, _ in told_by_comparisons(story, number):
            quantity = id, np.round(results.shares[id], 9).tobytes()  # other items make another quantity
            by_quantity.setdefault(quantity, []).append(people)
            results_of[quantity] = results
        for (id, mark), sets in by_quantity.items():
            own = told.results
            if id in own.columns and np.round(own.shares[id], 9).tobytes() == mark:
                sets = [*sets, *reported(told, id)]
            for people in told_apart(sets):
                assert not is_secret(told, id, results_of[id, mark], people), (
                    f"{id} of round {number}: {int(people.sum())} people told apart"
                )


@attack(200)
@given(made.SEEDS)
@once_found(Random(4096))  # all who were found again, where the report withholds the mean of all but tells it elsewhere
@once_found(Random(20219))  # a strand less its benchmarks, of which one is withheld for its only item
@once_found(Random(60107))  # one item, from sets of people that no single node tells apart
@once_found(Random(60693))
@once_found(Random(201416))  # an item that one group's benchmark consists of
def test_nothing_withheld_follows_from_the_means_above_and_below_it(random: Random) -> None:
    """Where everybody answered everything: a mean is then a sum over people and items, each with a weight."""
    how: dict[str, Any] = {"conditions": False, "methods": ("mean", "sum", "none")}
    story = in_some_order(random, made_story(random, random.choice((2, 2, 3)), complete=True, **how))
    for number, told in enumerate(story.rounds):
        rows = list(means_told(story, number))
        if len(rows) < 2:
            continue
        patterns, of_person = np.unique(np.array([people for people, _ in rows]), axis=1, return_inverse=True)
        of_person = of_person.reshape(-1)
        atoms = [one for one in range(patterns.shape[1]) if patterns[:, one].any()]
        if len(atoms) > 7:
            continue
        known = np.array([np.kron(patterns[place, atoms], row) for place, (_, row) in enumerate(rows)])
        space = row_space(known)
        leaves = [item.id for item in told.edition.questionnaire.items if item.kind == "choice"]
        for id, row in weight_rows(told).items():
            secret = [
                chosen
                for chosen in choices(len(atoms))
                if is_withheld(told, id, np.isin(of_person, np.array(atoms)[chosen == 1]), is_item=id in leaves)
            ]
            wanted = np.array([np.kron(chosen, row) for chosen in secret])
            if secret:
                left = np.abs(wanted - (wanted @ space.T) @ space).max(axis=1)
                assert left.min() > 1e-7, f"{id} of round {number}: {secret[int(left.argmin())]} of {atoms}"


def is_withheld(told: Told, id: str, people: Flags, *, is_item: bool) -> bool:
    """Whether everybody here has a score, and their mean must not be known."""
    shares = told.results.shares[id]
    if np.isnan(shares[people]).any():
        return False
    detail = max(10, told.round.rules.thresholds.min_group)
    if not is_item or is_only_item(
        told, id, {group for (group, _, _), one in zip(told.rows, people, strict=True) if one}
    ):
        return is_secret(told, id, told.results, people)
    return bool(people.sum() < detail)


def is_only_item(told: Told, id: str, groups: set[str | None]) -> bool:
    """Whether it is the only item of something for these groups: then it is told under the name of that."""
    questionnaire = told.edition.questionnaire
    made_from = [Composition(questionnaire).weights(asked_of(questionnaire, group or None)) for group in groups]
    return any(all(own[node] == {id: 1} for own in made_from) for node in nodes(questionnaire))


def asked_of(questionnaire: Questionnaire, group: str | None) -> set[str]:
    return {item.id for item in questionnaire.items if item.asks(group)}


def choices(atoms: int) -> Any:
    return (np.arange(1, 2**atoms)[:, None] >> np.arange(atoms)) & 1


def row_space(known: Any) -> Any:
    _, sizes, space = np.linalg.svd(known, full_matrices=False)
    return space[sizes > 1e-9]


def weight_rows(told: Told) -> dict[str, Any]:
    """By node and item, what its scores are made from; of items asked of everybody alone."""
    questionnaire = told.edition.questionnaire
    leaves = [item.id for item in questionnaire.items if item.kind == "choice"]
    groups: list[str | None] = [group.id for group in questionnaire.groups]
    found = [Composition(questionnaire).weights(asked_of(questionnaire, group)) for group in groups or [None]]
    return {
        id: np.array([own.get(leaf, 0.0) for leaf in leaves])
        for id, own in found[0].items()
        if all(one[id] == own for one in found) and id in told.results.columns
    }


def means_told(story: Story, number: int) -> Iterator[tuple[Flags, Any]]:
    """Every mean told of a round: of whom, and by what weights of its items."""
    told = story.rounds[number]
    questionnaire = told.edition.questionnaire
    leaves = [item.id for item in questionnaire.items if item.kind == "choice"]
    own = weight_rows(told)
    for cell in (told.said.all, *told.said.groups):
        if cell.id not in told.said.left_out:
            people = in_groups(told, told.groups_in(cell.id))
            for figure in figures(cell.overall, cell.strands):
                if figure.mean is not None and figure.id in own:
                    yield people & ~np.isnan(told.results.shares[figure.id]), own[figure.id]
    for first, second, comparison in story.comparisons:
        if number not in (first, second):
            continue
        side = (first, second).index(number)
        alike = alike_of(story, first, second)
        for cell, node in comparison.walk():
            later = alike.results(node.id)[side].answers.questionnaire
            same = alike.same(node.id)
            found = Composition(later).weights(asked_of(later, None))[node.id]
            if all(item.asks(group.id) for item in items(later, nodes(later)[node.id]) for group in later.groups):
                names = {leaf if side else same.get(leaf, ""): weight for leaf, weight in found.items()}
                row = np.array([names.get(leaf, 0.0) for leaf in leaves])
                for view in node.views:
                    yield speaks_of(story, first, second, view, cell.id, node.id)[side], row


@attack(150)
@given(made.SEEDS)
def test_how_differently_people_moved_is_told_of_many_alone(random: Random) -> None:
    story = in_some_order(random, made_story(random))
    for first, second, comparison in story.comparisons:
        least = max(10, story.rounds[first].round.rules.thresholds.min_group)
        by_node: dict[str, list[Flags]] = {}
        for cell, node in comparison.walk():
            if node.matched and node.matched.up is not None:
                pair = story.pairs[story.rounds[first].round.key, story.rounds[second].round.key]
                people = flags(story, second, pair.both(cell.id, node.id).after.tolist())
                assert (node.matched.n, int(people.sum())) == (node.matched.n, node.matched.n)
                by_node.setdefault(node.id, []).append(people)
        for id, sets in by_node.items():
            for people in told_apart(sets):
                assert people.sum() >= least, id


@attack(150)
@given(made.SEEDS)
def test_a_comparison_made_again_says_the_same_and_adds_nothing(random: Random) -> None:
    """Whatever was told since, and though people are told apart less finely now."""
    story = in_some_order(random, made_story(random, random.choice((2, 3))))
    shown = [one.shown for one in story.rounds]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison_module, "MOST", 1)
        for first, second, comparison in list(story.comparisons):
            assert story.compare(first, second) == comparison
    assert [one.shown for one in story.rounds] == shown


@attack(80)
@given(made.SEEDS)
def test_the_order_of_sheets_leaves_no_trace(random: Random) -> None:
    story = made_story(random)
    first = story.compare(0, 1)
    for told in story.rounds:
        mixed = list(range(len(told.rows)))
        random.shuffle(mixed)
        told.rows = [told.rows[place] for place in mixed]
        told.people = tuple(told.people[place] for place in mixed)
        told.shown = frozenset(row for row in told.shown if ":" not in row[0])
    story.pairs.clear()
    assert story.compare(0, 1) == first

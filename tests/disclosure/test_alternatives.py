"""Alternatives to what people answered: each of them would have been reported in just the same way."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from random import Random
from unittest import mock

import numpy as np
import pytest
from hypothesis import given

from selfassess.disclosure.alternatives import Alternatives, Candidate
from selfassess.disclosure.release import release_round, withheld
from selfassess.disclosure.rounding import rounded_summary
from selfassess.disclosure.spreads import Spreads
from selfassess.model.results import RoundSummary
from selfassess.scoring.answers import Answers
from selfassess.scoring.scores import Results, item_shares, score
from tests.disclosure.made_comparisons import made_story
from tests.disclosure.made_rounds import NOTHING_SHOWN, MadeRound, made_round
from tests.disclosure.printed_rounds import odd_round, shipped_round
from tests.disclosure.test_attack_spreads import few_items, one_left_open
from tests.examples import attack
from tests.scoring import made


@contextmanager
def watched(found: list[tuple[Spreads, list[Candidate]]]) -> Iterator[None]:
    """Whatever is decided meanwhile is put into a list, with the alternatives that were found for it."""
    decide, note = Spreads.suppressed, Alternatives.note

    def suppressed(self: Spreads) -> frozenset[tuple[str, str, str]]:
        found.append((self, []))
        return decide(self)

    def noted(self: Alternatives, candidate: Candidate) -> None:
        found[-1][1].append(candidate)
        note(self, candidate)

    with mock.patch.object(Spreads, "suppressed", suppressed), mock.patch.object(Alternatives, "note", noted):
        yield


def reported(one: MadeRound, results: Results, decided: object) -> RoundSummary:
    exact, _ = release_round(one.round, results, (), NOTHING_SHOWN, decided)  # type: ignore[arg-type]  # what it gives
    return rounded_summary(results.answers.questionnaire, exact).rounds[0]


def answered(spreads: Spreads, candidate: Candidate) -> Answers:
    """The answers of everybody, were they what they are in another candidate."""
    answers = spreads.results.answers
    codes = answers.codes.copy()
    for at, leaf in enumerate(spreads.leaves):
        if leaf in spreads.nodes:
            continue
        (item,) = (item for item in answers.questionnaire.items if item.id == leaf)
        row = [one.id for one in answers.questionnaire.items].index(leaf)
        of_share = {round(float(share), 9): code for code, share in item_shares(answers.questionnaire, item).items()}
        for place, person in enumerate(spreads.examined.tolist()):
            if not np.isnan(spreads.people.answers[place, at]):
                codes[row, person] = of_share[round(float(candidate.answers[place, at]), 9)]
    return Answers(answers.questionnaire, answers.respondents, answers.names, answers.group_of, codes)


def looks_the_same(one: MadeRound) -> int:
    """How many alternatives were found to a round; each of them has to have the same report."""
    seen: list[tuple[Spreads, list[Candidate]]] = []
    with watched(seen):
        decided = withheld(one.round, one.results, NOTHING_SHOWN)
    told = reported(one, one.results, decided)
    number = 0
    for spreads, candidates in seen:
        for candidate in candidates:
            other = score(answered(spreads, candidate))
            assert reported(one, other, decided) == told
            number += bool((other.answers.codes != one.results.answers.codes).any())
    return number


@attack(200)
@given(made.SEEDS)
def test_of_few_people_who_answered_little_each_has_the_same_report(random: Random) -> None:
    looks_the_same(few_items(random))


@attack(200)
@given(made.SEEDS)
def test_of_rounds_with_conditions_ladders_and_pools_each_has_the_same_report(random: Random) -> None:
    looks_the_same(made_round(random))


@attack(80)
@given(made.SEEDS)
def test_of_odd_scales_and_weights_each_has_the_same_report(random: Random) -> None:
    looks_the_same(odd_round(random))


def test_of_a_usual_round_there_are_many_and_each_has_the_same_report() -> None:
    assert looks_the_same(shipped_round(Random(2))) > 5


@pytest.mark.slow
def test_what_two_nodes_have_in_common_is_exchanged_with_all_of_both() -> None:
    """An item that is below two nodes that are no sums, in a round of which no report could be made once."""
    seen: list[tuple[Spreads, list[Candidate]]] = []
    with watched(seen):
        made_story(Random(322))
    for spreads, _ in seen:
        bundles = [set(one.tolist()) for one in spreads.people.bundles]
        assert all(one.isdisjoint(other) for one, other in combinations(bundles, 2))
        assert any(len({*spreads.nodes} & {spreads.leaves[at] for at in one}) > 1 for one in bundles)


def test_whoever_would_be_told_apart_by_a_spread_is_so_by_none() -> None:
    one = one_left_open()
    _, why = withheld(one.round, one.results, NOTHING_SHOWN)
    assert {(id, kind) for id, kind in why["all"] if kind in ("spread", "word")} == {
        (id, kind) for id in ("overall", "strand", "b0") for kind in ("spread", "word")
    }
    assert ("b0", "score") not in why["all"]

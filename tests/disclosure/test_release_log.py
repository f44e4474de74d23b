"""What a report shows after another program showed something else of the round; and which sets of people are small."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.disclosure.cells import of_standing
from selfassess.disclosure.release_log import OF_ANSWERS, OF_SPREADS, Shown, shown_of
from selfassess.disclosure.span import classes_of, small_sets
from selfassess.disclosure.suppression import reasons
from selfassess.model.round import Rules, Standing, Thresholds
from selfassess.scoring.scores import score
from tests.disclosure import made_rounds
from tests.disclosure.test_privacy_attack import rank
from tests.disclosure.test_release import answers, table
from tests.examples import examples, some_of
from tests.scoring import made


def flags(*people: str) -> list[np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Sets of people, written as "110": the first two of three."""
    return [np.array([one == "1" for one in row], dtype=np.bool_) for row in people]


def tells(sets: Sequence[str], fewer_than: int) -> bool:
    inside, of_person = classes_of(flags(*sets))
    sizes = np.bincount(of_person, minlength=inside.shape[1])
    return any(True for _ in small_sets(inside.astype(float), sizes, fewer_than))


def slowly(sets: Sequence[str], fewer_than: int) -> bool:
    """The same by trying every set of people there is."""
    known = [[Fraction(int(one)) for one in row] for row in sets]
    whole = rank(known)
    people = len(known[0])
    return any(
        0 < sum(some) < fewer_than and rank([*known, list(map(Fraction, some))]) == whole
        for some in product((0, 1), repeat=people)
    )


@st.composite
def systems(draw: st.DrawFn) -> list[str]:
    """Up to five sets among up to seven people."""
    people = draw(st.integers(1, 7))
    return draw(st.lists(st.text("01", min_size=people, max_size=people), min_size=1, max_size=5))


@examples(300)
@given(systems(), st.integers(1, 8))
def test_it_tells_of_few_where_trying_every_set_finds_one(sets: list[str], fewer_than: int) -> None:
    assert tells(sets, fewer_than) == slowly(sets, fewer_than)


@pytest.mark.parametrize(
    ("sets", "fewer_than", "expected"),
    [
        (["111111"], 6, False),
        (["111111", "111110"], 2, True),  # all less five is the sixth
        (["111000", "000111"], 3, False),
        (["110000", "011000", "101000"], 2, True),  # each two of three tell each one
        (["110000", "011000", "001100"], 2, False),
        (["110000", "001100", "101000"], 2, False),
        (["111100", "111011", "000111"], 3, True),
    ],
)
def test_a_few_systems_worked_out_by_hand(sets: list[str], fewer_than: int, expected: bool) -> None:
    assert tells(sets, fewer_than) is expected
    assert slowly(sets, fewer_than) is expected


# Rounds

RULES = Rules(thresholds=Thresholds(5, 10))
ALONE: dict[str, Standing] = {"board": "shown", "staff": "shown", "external": "shown"}


def told_after(before: frozenset[Shown], **sizes: int) -> frozenset[Shown]:
    """What is published of a round of these sizes after something was published of it."""
    mine = table(benchmarks=1)
    results = score(made.answers(made.edition(mine).questionnaire, answers(mine, **sizes)))
    cells = of_standing(results.answers, ALONE)
    return shown_of(results, cells, reasons(results, RULES.thresholds, cells, before))


@pytest.mark.attack
@pytest.mark.parametrize("seed", some_of(range(40), 4))
def test_what_a_first_report_publishes_stands(seed: int) -> None:
    a_round = made_rounds.made_round(Random(seed))
    report, log = a_round.report()
    assert a_round.report(log) == (report, log)


def test_nothing_more_is_published_than_was_before() -> None:
    before = frozenset({("all", "b0", "score"), ("staff", "b0i0", "detail"), OF_ANSWERS, OF_SPREADS})
    assert told_after(before, board=9, staff=14) == before - {OF_ANSWERS, OF_SPREADS}


def test_after_a_report_of_an_earlier_program_its_spreads_are_shown_as_it_showed_them() -> None:
    before = frozenset({("all", "b0", "score"), ("all", "b0", "detail"), ("staff", "b0", "score"), OF_ANSWERS})
    spreads = {("all", "b0", "spread"), ("all", "b0", "word"), ("staff", "b0", "word")}
    assert told_after(before, board=9, staff=14) == before - {OF_ANSWERS} | spreads


def test_what_is_too_few_is_not_published_though_it_was_before() -> None:
    before = frozenset({("external", "b0", "score"), ("all", "b0", "score"), OF_ANSWERS, OF_SPREADS})
    assert told_after(before, board=9, external=4) == {("all", "b0", "score")}


def test_after_a_comparison_nothing_is_shown_that_was_not_shown_before_it() -> None:
    before = frozenset({("all", "b0", "score"), ("matched:one:two:all", "b0", "score"), OF_SPREADS})
    assert told_after(before, board=9, staff=14) == {("all", "b0", "score")}


def test_how_many_were_asked_a_follow_up_is_noted_too() -> None:
    mine = table(benchmarks=1)
    made.items_of(mine)[1]["show_if"] = "b0i0 <= 2"
    rows = answers(mine, board=9, staff=14)
    results = score(made.answers(made.edition(mine).questionnaire, rows))
    cells = of_standing(results.answers, ALONE)
    why = reasons(results, RULES.thresholds, cells)
    assert ("all", "b0i1", "asked") in shown_of(results, cells, why)
    assert ("staff", "b0i1", "asked") not in shown_of(results, cells, why), "all less the staff are nine"


def test_where_an_older_program_published_means_of_scores_they_stay_what_they_were() -> None:
    """Of 10 who answered, one left one of two items open: the mean of all answers beside that of scores would tell the
    other one."""
    mine = table(benchmarks=1)
    rows = answers(mine, board=12)
    rows[0].answers["b0i0"] = "skipped"  # type: ignore[index]  # made rows hold a dict
    a_round = made_rounds.closed(
        mine, {"board": 12}, RULES, made.answers(made.edition(mine).questionnaire, rows), Random(1)
    )
    now, log = a_round.report()
    older = frozenset(one for one in log if one != OF_ANSWERS and one[1] != "b0i1")
    then, still = a_round.report(older)
    assert now is not None
    assert then is not None
    assert still == older
    of_scores = round(100 * float(np.nanmean(a_round.results.shares["b0"])), 10)
    assert then.results.all.figure("b0").shown == pytest.approx(of_scores, abs=0.5)
    assert then.results.all.figure("b0i1").mean is None, "it was not published then"
    assert now.results.all.figure("b0i1").mean is not None


def test_a_report_adds_what_it_shows_to_the_log_and_made_again_nothing() -> None:
    mine = table()
    rows = answers(mine, board=9, staff=14)
    a_round = made_rounds.closed(
        mine, {"board": 10, "staff": 14, "external": 4}, RULES, made.answers(made.edition(mine).questionnaire, rows),
        Random(1),
    )  # fmt: skip  # in few lines
    report, log = a_round.report()
    assert ("board", "b0", "score") in log
    assert ("all", "b0i0", "detail") in log
    assert not {one for one in log if one[0] in ("staff", "board") and one[2] == "detail"}
    assert a_round.report(log) == (report, log)

"""How many gave the same answer throughout is told in steps, of all together, and of nobody in particular."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given

from selfassess.disclosure.cells import of_standing
from selfassess.disclosure.census import Numbers
from selfassess.disclosure.release_log import OF_ANSWERS, STRAIGHT_LINING, Shown
from selfassess.disclosure.straight_lining import straight_lining
from selfassess.model.questionnaire import Edition
from selfassess.model.results import StraightLining
from selfassess.model.round import Rules, Standing, Thresholds
from selfassess.scoring.answers import from_characters
from tests.examples import attack
from tests.scoring import made
from tests.services.made import made_round, released

RULES = Thresholds()


def told(
    edition: Edition, alike: int, others: int, standing: Standing = "shown", rules: Thresholds = RULES
) -> StraightLining | None:
    """What is told of so many board members and three of the staff, who all gave the same answer throughout."""
    mine = edition.questionnaire
    one = "".join("3" if item.has_figures and item.scale == "agree" else "." for item in mine.items)
    other = "".join("34"[place % 2] if one[place] == "3" else "." for place in range(len(one)))
    rows = [one] * alike + [other] * others + [one] * 3
    answers = from_characters(mine, rows, ["board"] * (alike + others) + ["staff"] * 3, [""] * len(rows))
    return straight_lining(answers, of_standing(answers, {"board": "shown", "staff": standing}), rules)


@pytest.mark.parametrize(("alike", "at_least"), [(0, 0), (3, 0), (4, 5), (8, 5), (9, 10), (13, 10)])
def test_it_is_told_in_steps_of_five(shipped: Edition, alike: int, at_least: int) -> None:
    assert told(shipped, alike, 17) == StraightLining(at_least=at_least, step=5, people=20 + alike)


def test_at_least_a_step_of_people_may_always_have_answered_otherwise(shipped: Edition) -> None:
    assert told(shipped, 17, 0) == StraightLining(at_least=15, step=5, people=20)
    assert told(shipped, 21, 0) == StraightLining(at_least=15, step=5, people=24)


def test_below_twenty_people_nothing_is_told(shipped: Edition) -> None:
    assert told(shipped, 6, 10) is None
    assert told(shipped, 6, 11) is not None
    assert told(shipped, 6, 20, rules=Thresholds(5, 15)) is None


def test_those_who_are_left_out_are_not_counted(shipped: Edition) -> None:
    assert told(shipped, 3, 17, "left_out") == StraightLining(at_least=0, step=5, people=20)


def test_steps_are_no_smaller_than_the_smallest_group(shipped: Edition) -> None:
    assert told(shipped, 7, 19, rules=Thresholds(8, 10)) == StraightLining(at_least=8, step=8, people=29)
    assert told(shipped, 6, 20, rules=Thresholds(3, 10)) == StraightLining(at_least=5, step=5, people=29)


def test_where_too_little_is_asked_nothing_is_told(shipped: Edition, leadership: Edition) -> None:
    assert told(leadership, 9, 19) is not None, "eleven questions are enough"
    strand = replace(leadership.questionnaire.strands[0], benchmarks=leadership.questionnaire.strands[0].benchmarks[:2])
    few = replace(leadership, questionnaire=replace(leadership.questionnaire, strands=(strand,)))
    assert told(few, 9, 19) is None


def test_it_belongs_to_the_first_report_of_a_round(shipped: Edition) -> None:
    rows = [("board", "".join("3" if item.scale == "agree" else "." for item in shipped.questionnaire.items))] * 20
    a_round = made_round(shipped, invited={"board": 20}, standing={"board": "shown"}, rules=Rules())

    def told_after(before: frozenset[Shown] = frozenset()) -> tuple[StraightLining | None, frozenset[Shown]]:
        report, log = released(shipped, a_round, rows, before=before)
        return report.results.straight_lining, log

    now, log = told_after()
    assert now == StraightLining(at_least=15, step=5, people=20)
    assert STRAIGHT_LINING in log
    again, later = told_after(log)
    assert (again, later) == (now, log)
    without, still = told_after(log - {STRAIGHT_LINING})
    assert (without, still) == (None, log - {STRAIGHT_LINING})
    assert OF_ANSWERS in still


def test_a_step_is_not_told_where_somebody_is_needed_for_it(shipped: Edition) -> None:
    """Five did, one of whom alone left an item open."""
    mine = shipped.questionnaire
    asked = [place for place, item in enumerate(mine.items) if item.has_figures and item.scale == "agree"]

    def told(alike: int, blank: str) -> int:
        rows = []
        for number in range(24):
            row = ["."] * len(mine.items)
            for at, place in enumerate(asked):
                row[place] = "3" if number < alike else "34"[(at + number) % 2]
            row[asked[0]] = blank if number == 0 else row[asked[0]]
            rows.append("".join(row))
        sheets = from_characters(mine, rows, ["board"] * 24, [""] * 24)
        found = straight_lining(sheets, of_standing(sheets, {"board": "shown"}), RULES)
        assert found is not None
        return found.at_least

    assert [told(5, "3"), told(6, "3"), told(7, "3")] == [5, 5, 5], "each of them has a twin who did not"
    assert [told(5, "-"), told(6, "-"), told(7, "-")] == [0, 0, 5]
    assert [told(10, "-"), told(11, "-"), told(12, "-")] == [5, 5, 10]


def is_found(answers: Numbers, told: int) -> bool:
    """Whether somebody must have given the same answer throughout, so that as many did as are told. `answers` have a
    row for each person, and 0 for a blank; known are the blanks, and how many gave each answer to each item."""
    blank = answers == 0
    counts = np.array([(answers == value).sum(axis=0) for value in range(1, 6)])
    return any((counts + blank.sum(axis=0) - one).min(axis=1).sum() < told for one in blank.astype(int))


@attack(5)
@given(made.SEEDS)
def test_nobody_is_found_by_it(shipped: Edition, random: Random) -> None:
    mine = shipped.questionnaire
    agree = [place for place, item in enumerate(mine.items) if item.scale == "agree"]
    chance = np.random.RandomState(random.getrandbits(32))
    people = random.randint(20, 30)
    answers = np.clip(np.rint(chance.normal(3.4, 1, (people, len(agree)))), 1, 5).astype(int)
    answers[: random.randint(5, 8)] = random.randint(1, 5)
    answers[chance.random_sample(answers.shape) < 0.05] = 0
    rows = [["."] * len(mine.items) for _ in range(people)]
    for row, own in zip(rows, answers, strict=True):
        for place, value in zip(agree, own, strict=True):
            row[place] = "-01234"[value]
    sheets = from_characters(mine, ["".join(row) for row in rows], ["board"] * people, [""] * people)
    told = straight_lining(sheets, of_standing(sheets, {"board": "shown"}), RULES)
    assert told is not None
    assert not is_found(answers, told.at_least)


def test_of_few_people_somebody_would_be_found() -> None:
    answers = np.full((12, 10), 3)
    answers[5:] = [4, 5] * 5
    answers[4, 0] = 0
    assert is_found(answers, 5)
    assert not is_found(answers, 4)

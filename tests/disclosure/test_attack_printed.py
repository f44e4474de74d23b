"""Nothing about too few people follows from a printed report: neither by algebra nor from how it is rounded."""

import json
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from hypothesis import given

from selfassess.definition.library import find
from selfassess.definition.reader import read
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round, Rules, SmallGroups, Thresholds, asked_for_consent, decided
from selfassess.report.data import to_json
from selfassess.report.round_data import round_document
from selfassess.scoring.score import score
from tests.disclosure.attack_printed import Known, algebra, misread, rounding
from tests.examples import attack
from tests.scoring import made
from tests.scoring.made_rounds import MadeRound, made_round

SIZES = ({"board": 9, "staff": 14}, {"board": 10, "staff": 16, "external": 4})
RULES = (Thresholds(5, 10), Thresholds(10, 10))
SMALL: tuple[SmallGroups, ...] = ("consent", "leave_out", "pool")


@cache
def shipped() -> Edition:
    return read(find("partnership"))


def shipped_round(random: Random) -> MadeRound:
    """A round of the shipped questionnaire in which all are in. One to eight in a hundred answers were left open."""
    sizes, thresholds, small = random.choice(SIZES), random.choice(RULES), random.choice(SMALL)
    edition = shipped()
    questionnaire = edition.questionnaire
    blanks = random.uniform(0.01, 0.08)
    rows = []
    for group, size in sizes.items():
        for _ in range(size):
            leaning = random.gauss(3.5, 0.7)
            given: dict[str, object] = {}
            for item in questionnaire.items:
                if item.kind == "choice":
                    said = min(5, max(1, round(random.gauss(leaning, 0.9))))
                    given[item.id] = "skipped" if random.random() < blanks else said
            rows.append(made.Row(group, given))
    answers = made.answers(questionnaire, rows)
    invited = {group.id: sizes.get(group.id, 0) for group in questionnaire.groups}
    rules = Rules(thresholds=thresholds, small_groups=small)
    rules = Rules(thresholds=thresholds, small_groups=small, asks_consent=asked_for_consent(invited, rules))
    closed = Round(
        id="r", key="k", title="R", questionnaire=edition.sha256, form="full", invited=invited, rules=rules,
        state="closed",
    )  # fmt: skip
    closed = replace(closed, standing=decided(closed, invited, {}))
    return MadeRound({}, edition, closed, answers, score(answers), ())


def printed(made_round: MadeRound) -> dict[str, Any] | None:
    """The text of a report, read again; None where nothing is released."""
    report, _ = made_round.report()
    found: dict[str, Any] | None = None if report is None else json.loads(to_json(round_document(report)))
    return found


def known(made_round: MadeRound) -> Known:
    """Who is in which group, who was asked what, and who left what open."""
    ids = made_round.results.shares
    asked = {item.id: made_round.asked(item.id) for item in made_round.edition.questionnaire.items if item.id in ids}
    return Known(made_round.group_of, asked, {id: made_round.has(id) for id in ids})


def attacked(made_round: MadeRound, *, rounded: bool) -> list[str]:
    """What follows from the report of a round about too few people."""
    document = printed(made_round)
    if document is None:
        return []
    attacker = rounding if rounded else algebra
    return [str(one) for one in attacker(document, made_round.edition.questionnaire, known(made_round))]


def mistaken(made_round: MadeRound) -> list[str]:
    document = printed(made_round)
    if document is None:
        return []
    return misread(document, made_round.edition.questionnaire, known(made_round), made_round.results.shares)


# That the attack is one


@attack(100)
@given(made.SEEDS)
def test_the_attack_knows_what_printed_numbers_are_made_from(random: Random) -> None:
    assert mistaken(made_round(random)) == []


@attack(20)
@given(made.SEEDS)
def test_it_knows_that_of_the_shipped_questionnaire(random: Random) -> None:
    assert mistaken(shipped_round(random)) == []


def test_it_finds_an_item_of_nine_people_where_a_mean_is_printed_too_many() -> None:
    one = next(one for one in map(shipped_round, map(Random, range(100))) if one.round.invited["board"] == 9
               and one.round.rules.thresholds.min_group == 5)  # fmt: skip
    document = printed(one)
    assert document is not None
    board = next(cell for cell in document["rounds"][0]["groups"] if cell["id"] == "board")
    item = board["strands"][0]["benchmarks"][0]["items"][0]
    assert item["mean"] is None
    assert algebra(document, one.edition.questionnaire, known(one)) == []
    item["mean"] = round(one.mean(item["id"], frozenset(["board"])))
    found = algebra(document, one.edition.questionnaire, known(one))
    assert any(item["id"] in recovery.ids and recovery.people for recovery in found)


def test_it_finds_an_item_of_nine_people_by_taking_the_staff_from_all() -> None:
    one = next(one for one in map(shipped_round, map(Random, range(100))) if one.round.invited["board"] == 9
               and one.round.rules.thresholds.min_group == 5)  # fmt: skip
    document = printed(one)
    assert document is not None
    all_, staff = document["rounds"][0]["all"], document["rounds"][0]["groups"][1]
    assert staff["id"] == "staff"
    told, hidden = (cell["strands"][0]["benchmarks"][0]["items"][0] for cell in (all_, staff))
    for item, groups in ((told, one.kept), (hidden, frozenset(["staff"]))):
        counts = _counts(one, item["id"], groups)
        item |= {"counts": counts, "mean": round(one.mean(item["id"], groups) + 1e-9), "withheld": None}
    for attacker in (algebra, rounding):
        found = attacker(document, one.edition.questionnaire, known(one))
        assert any(recovery.ids == (told["id"],) for recovery in found)


def _counts(one: MadeRound, id: str, groups: frozenset[str]) -> dict[str, int]:
    people = zip(one.results.shares[id], one.group_of, one.has(id), strict=True)
    shares = [round(4 * float(share)) for share, group, has in people if has and group in groups]
    reverse = one.edition.questionnaire.item(id).reverse
    return {str(5 - step if reverse else step + 1): shares.count(step) for step in range(5)}


# What it finds


@attack(120)
@given(made.SEEDS)
def test_nothing_of_too_few_follows_from_a_report_by_adding_and_subtracting(random: Random) -> None:
    assert attacked(made_round(random), rounded=False) == []


@attack(40)
@given(made.SEEDS)
def test_nor_from_a_report_on_the_shipped_questionnaire(random: Random) -> None:
    assert attacked(shipped_round(random), rounded=False) == []


@attack(40)
@given(made.SEEDS)
def test_nor_is_one_whole_number_left_by_how_a_report_on_it_is_rounded(random: Random) -> None:
    assert attacked(shipped_round(random), rounded=True) == []

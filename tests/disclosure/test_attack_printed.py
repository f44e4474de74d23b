"""Nothing about too few people follows from a printed report: neither by algebra nor from how it is rounded."""

from random import Random

import pytest
from hypothesis import given

from tests.disclosure.attack_printed import algebra, misread, rounding
from tests.disclosure.made_rounds import MadeRound, made_round
from tests.disclosure.printed_rounds import known, printed, shipped_round
from tests.examples import attack
from tests.scoring import made


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
               and one.round.rules.thresholds.min_group == 5)  # fmt: skip  # in few lines
    document = printed(one)
    assert document is not None
    board = next(cell for cell in document["rounds"][0]["groups"] if cell["id"] == "board")
    item = board["strands"][0]["benchmarks"][0]["items"][0]
    assert item["mean"] is None
    assert algebra(document, one.edition.questionnaire, known(one)) == []
    item["mean"] = round(one.mean(item["id"], frozenset(["board"])))
    found = algebra(document, one.edition.questionnaire, known(one))
    assert any(item["id"] in recovery.ids and recovery.people for recovery in found)


@pytest.mark.slow
def test_it_finds_an_item_of_nine_people_by_taking_the_staff_from_all() -> None:
    one = next(one for one in map(shipped_round, map(Random, range(100))) if one.round.invited["board"] == 9
               and one.round.rules.thresholds.min_group == 5)  # fmt: skip  # in few lines
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

"""The ways with small groups: what each means, and which is recommended."""

import pytest

from selfassess.definition.tables import build
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Thresholds
from selfassess.services.small_groups import Choice, choices, recommended
from tests.cli.conftest import SMALL
from tests.services.made import PLAIN

TITLES = {"board": "Board members", "staff": "Staff", "external": "External partners"}
TEN = {"board": 10, "staff": 16, "external": 4}


@pytest.fixture(scope="module")
def ten(leadership: Edition) -> tuple[Choice, ...]:
    return choices(TEN, Thresholds(), leadership.questionnaire, "full", TITLES)


def of_small(invited: dict[str, int]) -> tuple[Choice, ...]:
    return choices(invited, Thresholds(), build(parse("small.toml", SMALL.encode()).table), "full", TITLES)


def meanings(some: tuple[Choice, ...]) -> dict[str, str]:
    return {one.way: one.meaning for one in some}


@pytest.mark.slow
def test_what_shows_most_is_recommended(ten: tuple[Choice, ...], leadership: Edition) -> None:
    assert recommended(ten) == "pool"
    for sizes, best in (((12, 18, 4), "leave_out"), ((4, 4, 4), "consent")):
        invited = dict(zip(TEN, sizes, strict=True))
        assert recommended(choices(invited, Thresholds(), leadership.questionnaire, "full", TITLES)) == best


def test_where_all_show_the_same_nobody_is_asked() -> None:
    assert recommended(of_small({"board": 40, "staff": 40})) == "leave_out"


def test_a_choice_says_whom_it_asks() -> None:
    consent = meanings(of_small({"board": 11, "staff": 4}))["consent"]
    assert consent.startswith("Staff are asked; shown with 3 or more if all agree")
    assert meanings(of_small({"board": 12, "staff": 12}))["consent"] == "nobody has to be asked here"


def test_it_says_what_the_consent_of_a_small_group_costs_a_larger_one(ten: tuple[Choice, ...]) -> None:
    assert meanings(ten)["consent"].endswith("; then most single questions of Board members are not shown")
    assert "not shown" not in meanings(ten)["leave_out"] + meanings(ten)["pool"]
    assert "not shown" not in meanings(of_small({"board": 30, "staff": 30}))["consent"]


def test_a_group_alone_is_joined_with_nothing() -> None:
    plain = build(parse("plain.toml", PLAIN.encode()).table)
    assert meanings(choices({"": 6}, Thresholds(), plain, "full", {}))["pool"] == "there is nothing to join it with"

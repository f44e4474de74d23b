"""Groups and numbers of people, as they are typed."""

import pytest

from selfassess.errors import UsageError
from selfassess.model.round import Round
from selfassess.numbers import whole_number
from selfassess.services.groups import MOST, group_of, groups_meant, invited_group, read_invited, read_number
from tests.cli.rounds import EDITION

SMALL = EDITION.questionnaire
ROUND = Round(id="autumn", key="k", title="Autumn", questionnaire=EDITION.sha256, invited={"staff": 4})
FAR_TOO_MANY = ["0000000019999999999", "00000199999999999", "1000001", "9" * 5_000]
NO_NUMBER = ["", " ", "x", "-1", "1.5", "²", "१२", "1 2", "0x1f", "1_000"]


@pytest.mark.parametrize("text", FAR_TOO_MANY + NO_NUMBER)
def test_what_is_no_number_of_people(text: str) -> None:
    assert whole_number(text, MOST) is None
    with pytest.raises(UsageError) as raised:
        read_number(text)
    assert len(raised.value.message) < 80


def test_figures_are_read_however_many_there_are() -> None:
    assert read_number(" 0012 ") == 12
    assert read_number("0" * 5_000 + "1000000") == MOST
    assert read_number("000", may_be_none=True) == 0
    assert whole_number("0003", 2) is None


def test_a_group_is_named_by_its_id_or_title() -> None:
    assert group_of(SMALL, " Staff ") == group_of(SMALL, "staff") == "staff"
    with pytest.raises(UsageError) as raised:
        group_of(SMALL, "stuff")
    assert raised.value.hint == "Did you mean “staff”?"


def test_the_only_group_of_a_round_need_not_be_named() -> None:
    assert invited_group(ROUND, SMALL, None) == "staff"
    with pytest.raises(UsageError, match="does not take part in this round"):
        invited_group(ROUND, SMALL, "board")


def test_without_a_name_all_groups_are_meant() -> None:
    assert groups_meant(ROUND, SMALL, None) == ["staff"]
    assert groups_meant(None, SMALL, None) == [group.id for group in SMALL.groups]
    assert groups_meant(None, SMALL, "board") == ["board"]


def test_numbers_come_in_the_order_of_the_groups() -> None:
    assert list(read_invited(("staff=4", "board=6"), SMALL)) == ["board", "staff"]
    for texts in (("staff=4", "Staff=5"), ("4",), ("staff=0",)):
        with pytest.raises(UsageError):
            read_invited(texts, SMALL)

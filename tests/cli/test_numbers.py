"""Numbers that a facilitator types: whatever stands there, the project can be read afterwards."""

import pytest

from selfassess.errors import UsageError
from selfassess.numbers import whole_number
from selfassess.services.groups import MOST, read_number
from tests.cli.conftest import Command
from tests.cli.rounds_made import NEW, at_a_terminal, made

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


@pytest.mark.parametrize("number", FAR_TOO_MANY)
def test_a_number_that_is_too_large_leaves_the_project_as_it_was(selfassess: Command, small: str, number: str) -> None:
    made(selfassess, small)
    assert selfassess("round", "correct", "autumn", f"staff={number}").code == 2
    assert selfassess("round", "change", "autumn", "--invited", f"staff={number}").code == 2
    new = ("round", "new", "winter", "--title", "Winter", "--questionnaire", small, "--yes")
    assert selfassess(*new, "--invited", f"board={number}").code == 2
    assert "Staff: 0 of 4 handed in" in selfassess("round", "status", "autumn").out


@pytest.mark.parametrize("typed", ["00019999", "9" * 5_000, "0"])
def test_a_choice_that_is_none_is_asked_again(
    selfassess: Command, small: str, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    options = ("--invited", "board=6", "--small-groups", "leave_out", "--no-codes", "--no-matching", "--full")
    done = selfassess(*NEW, *options, "--questionnaire", small, typed="")
    assert done.code == 0, done.err
    done = selfassess("round", "new", "winter", "--title", "Winter", *options, typed=f"{typed}\n{small}\n")
    assert done.code == 0, done.err
    made_so = (
        "round",
        "new",
        "spring",
        "--title",
        "Spring",
        "--questionnaire",
        small,
        "--invited",
        "board=6",
        "--full",
    )
    done = selfassess(*made_so, "--no-codes", "--no-matching", typed=f"{typed}\n2\n")
    assert done.code == 0, done.err
    assert "Please type a number from 1 to 3." in done.err

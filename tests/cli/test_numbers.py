"""Numbers that a facilitator types: whatever stands there, the project can be read afterwards."""

import pytest

from tests.cli.conftest import Command
from tests.cli.rounds_made import NEW, at_a_terminal, made

FAR_TOO_MANY = ["0000000019999999999", "00000199999999999", "1000001", "9" * 5_000]


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

"""What was not understood of a command line is said in our own words."""

from collections.abc import Iterator

import click
import pytest

from selfassess.cli.main import front
from selfassess.cli.param_types import Number, OneOf, WholeNumber, WholeNumberFrom
from tests.cli.conftest import Command
from tests.cli.rounds_made import at_a_terminal, made

WHAT_ANYTHING_FITS = (click.Path, click.types.StringParamType, click.types.BoolParamType)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("round status --hlp", "No such option"),
        ("round close", "Which round? Such as: selfassess round close autumn_2026"),
        ("round agree autumn", "Which strand, benchmark or skill? Such as: selfassess round agree autumn_2026 vision"),
        ("round agree autumn vision fifty", "SCORE: “fifty” is not a number. Such as: 55."),
        ("round correct autumn", "How many of which group? Such as: selfassess round correct autumn_2026 board=13"),
        ("round invite autumn", "How many? Such as: selfassess round invite autumn_2026 --number 12"),
        ("round invite autumn --number six", "--number: “six” is not a whole number. Such as: 12."),
        ("round invite autumn --number 0", "--number: “0” is not a whole number from 1 to 1,000."),
        ("round new autumn --min-group x", "--min-group: “x” is not a whole number."),
        ("round new autumn --min-group it's", "--min-group: “it's” is not a whole number."),
        (
            "round new autumn --small-groups keep",
            "--small-groups: “keep” is not one of these: consent, leave_out, pool.",
        ),
        ("plan set", "Which action of the plan? Such as: selfassess plan set a1"),
        ("plan import", "Which file? Such as: selfassess plan import plan.csv"),
        ("check", "Which files? Such as: selfassess check ours.toml"),
        ("backup", "Which file? Such as: selfassess backup ours-2026.selfassess"),
        ("collect", "Which files, or which folder? Such as: selfassess collect returned"),
    ],
)
def test_what_was_not_understood_is_said_in_plain_words(selfassess: Command, typed: str, said: str) -> None:
    done = selfassess(*typed.split(" "))
    command = " ".join(word for word in typed.split(" ")[: 2 if typed.startswith(("round", "plan")) else 1])
    assert done.code == 2
    assert done.err.startswith(said)
    assert done.err.endswith(f"\nSee: selfassess {command} --help\n")


def commands(group: click.Group) -> Iterator[click.Command]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        yield command
        if isinstance(command, click.Group):
            yield from commands(command)


def test_what_was_typed_is_kept_for_every_number_and_choice() -> None:
    kinds = {type(param.type) for command in commands(front) for param in command.params}
    assert kinds <= {OneOf, Number, WholeNumber, WholeNumberFrom, *WHAT_ANYTHING_FITS}


def test_whoever_interrupts_a_question_is_told_what_stays(
    selfassess: Command, small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    selfassess("round", "open", "autumn")
    at_a_terminal(monkeypatch)
    assert selfassess("round", "close", "autumn").err.endswith("\nThe round stays open.\n")
    monkeypatch.setattr("tests.cli.rounds_made.Terminal.readline", _interrupt)
    done = selfassess("round", "new")
    assert (done.code, done.err.endswith("\nStopped. No round was made.\n")) == (130, True)


def _interrupt(*_: object) -> str:
    raise KeyboardInterrupt

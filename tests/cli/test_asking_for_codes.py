"""Codes and receipts are asked for, so that no shell keeps them; behind an option they can be given all the same."""

import re
from pathlib import Path

import pytest

from selfassess.cli.prompts import without_codes
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from tests.cli.conftest import Command, Done
from tests.cli.rounds import add_round, shared
from tests.cli.rounds_made import at_a_terminal
from tests.cli.test_taking_part import ANSWERS, receipt_of

NOBODYS = "AAAA-AAAA-AAAA-AAAA-AAAA"
CODE = re.compile(r"\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}(?:-[0-9A-Z]{4}-[0-9A-Z]{4})?\b")


@pytest.fixture
def ours(tmp_path: Path) -> str:
    """A shared project with an open round."""
    with shared(tmp_path) as project:
        add_round(project)
    return str(tmp_path / "ours.selfassess")


@pytest.fixture
def receipt(selfassess: Command, ours: str) -> str:
    """That of somebody who has handed in."""
    return receipt_of(handed_in(selfassess, ours))


def handed_in(selfassess: Command, ours: str, round: str = "autumn") -> Done:
    done = selfassess("--project", ours, "take", "--round", round, "--plain", typed=f"\nstaff\nyes\n{ANSWERS}")
    assert done.code == 0, done.err
    return done


def test_no_command_that_is_printed_has_a_code_in_it(
    selfassess: Command, ours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = handed_in(selfassess, ours)
    begun = selfassess("--project", ours, "take", "--plain", typed="\nstaff\nyes\n2\ns\n")
    with open_project(Path(ours)) as project:
        Rounds(project).close("autumn")
    closed = selfassess("--project", ours, "take", "--round", "autumn", "--plain")
    monkeypatch.delenv("SELFASSESS_PROJECT")
    monkeypatch.chdir(Path(ours).parent)
    elsewhere = selfassess("take", "--again", receipt_of(first), "--round", "autumn", "--plain")
    for done in (first, begun, closed, elsewhere):
        commands = [line for line in (done.out + done.err).splitlines() if "selfassess " in line or " --" in line]
        assert commands
        assert not [line for line in commands if CODE.search(line)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("take", "--again", NOBODYS, "--plain"), ("take", "--again", "--plain")),
        (("take", "--again", "--plain"), ("take", "--again", "--plain")),
        (("take", f"--code={NOBODYS}"), ("take", "--code")),
        (("report", "--receipt", NOBODYS, "--format", "json"), ("report", "--receipt", "--format", "json")),
        (("compare", "--receipt", NOBODYS, "--receipt", NOBODYS), ("compare", "--receipt", "--receipt")),
        (("forget", NOBODYS, "--yes"), ("forget", "--yes")),
        (("forget", "--draft", "partnership"), ("forget", "--draft", "partnership")),
        (("round", "close", "spring_of_2027"), ("round", "close", "spring_of_2027")),
        ((), ()),
    ],
)
def test_a_command_is_said_once_more_without_the_codes_in_it(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert tuple(without_codes(before)) == after


def test_one_s_own_result_is_asked_for(selfassess: Command, ours: str, receipt: str) -> None:
    given = selfassess("--project", ours, "report", "--receipt", receipt)
    asked = selfassess("--project", ours, "report", "--receipt", typed=f"{receipt.lower()}\n")
    assert (asked.code, asked.out) == (0, given.out)
    assert asked.err == "Your receipt: "
    assert selfassess("--project", ours, "report", "--receipt", "--format", "json", typed=receipt).code == 0


def test_one_s_own_change_is_asked_for(selfassess: Command, ours: str, receipt: str) -> None:
    with open_project(Path(ours)) as project:
        Rounds(project).close("autumn")
        add_round(project, id="winter")
    other = receipt_of(handed_in(selfassess, ours, "winter"))
    given = selfassess("--project", ours, "compare", "--receipt", receipt, "--receipt", other)
    assert given.code == 0, given.err
    for options in (("--receipt",), ("--receipt", "--receipt")):
        asked = selfassess("--project", ours, "compare", *options, typed=f"{receipt}\n{other}\n")
        assert (asked.code, asked.out) == (0, given.out)
        assert asked.err == "Your receipt of the earlier round: Your receipt of the later round: "
    asked = selfassess("--project", ours, "compare", "--receipt", receipt, "--receipt", typed=f"{other}\n")
    assert (asked.out, asked.err) == (given.out, "Your receipt of the later round: ")
    done = selfassess("--project", ours, "compare", "--receipt", typed=f"{receipt}\n{receipt}\n")
    assert (done.code, "two different receipts are needed" in done.err) == (2, True)


def test_what_is_taken_back_is_asked_for(selfassess: Command, ours: str, receipt: str) -> None:
    done = selfassess("--project", ours, "forget", typed=f"{receipt}\n")
    assert (done.code, "Add --yes if you are sure." in done.err) == (2, True)
    done = selfassess("--project", ours, "forget", "--yes", typed=f"{receipt}\n")
    assert done.code == 0
    assert done.err.startswith("Your receipt, or your code: Deleted: your answers and comments.")
    assert selfassess("--project", ours, "report", "--receipt", receipt).code == 2


def test_a_sitting_is_gone_on_with_and_answered_again(selfassess: Command, ours: str, receipt: str) -> None:
    begun = selfassess("--project", ours, "take", "--plain", typed="\nstaff\nyes\n2\ns\n")
    code = begun.err.split("Your code, to come back later: ")[1].split(". ")[0]
    done = selfassess("--project", ours, "take", "--code", "--plain", typed=f"{code}\ns\n")
    assert done.err.startswith("Your code: Autumn 2026\nWelcome back. 1 of 2 answered.")
    done = selfassess("--project", ours, "take", "--again", "--plain", typed=f"{receipt}\n3\n1\n\n\nh\nhand in\n")
    assert done.code == 0, done.err
    assert receipt_of(done) == receipt


@pytest.mark.parametrize(
    "command", [("report", "--receipt"), ("compare", "--receipt"), ("forget",), ("take", "--again"), ("take", "--code")]
)
def test_where_nothing_or_no_code_is_typed_that_is_said(
    selfassess: Command, ours: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for typed, words in (("", "Nothing was typed."), ("\n", "“” is not a code."), ("mine\n", "“mine” is not a code.")):
        done = selfassess("--project", ours, *command, typed=typed)
        assert (done.code, done.out, words in done.err) == (2, "", True), done.err
    at_a_terminal(monkeypatch)
    done = selfassess("--project", ours, *command, typed=f"mine\n{NOBODYS}\n{NOBODYS[:-1]}1\n")
    assert "“mine” is not a code." in done.err
    assert NOBODYS in done.err
    assert done.code in (2, 130)

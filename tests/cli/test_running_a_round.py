"""The guide for facilitators: every command in it is there, and its examples run, in its order."""

import datetime
import re
import shlex
from pathlib import Path

import click
import pytest

from selfassess.cli.main import front
from selfassess.cli.round.commands import round_group
from selfassess.model.questionnaire import Edition
from selfassess.project.exchange_files import read_invitation
from selfassess.services.paper import layout
from tests.cli.conftest import Command
from tests.cli.rounds_made import answered, at_a_terminal

pytestmark = pytest.mark.slow

GUIDE = (Path(__file__).parent.parent.parent / "docs" / "running-a-round.md").read_text(encoding="utf-8")
EXAMPLES = [
    line
    for block in re.findall(r"```\n(.*?)```", GUIDE, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("selfassess ")
]


def command_of(arguments: list[str]) -> click.Command:
    found: click.Command = front
    for word in arguments:
        if not isinstance(found, click.Group):
            break
        inside = found.get_command(click.Context(found), word)
        assert inside is not None, word
        found = inside
    return found


def test_every_command_and_option_of_the_guide_is_there() -> None:
    named = {" ".join(shlex.split(line)[1:3]) for line in EXAMPLES}
    for name in round_group.list_commands(click.Context(round_group)):
        assert f"round {name}" in named
    for line in EXAMPLES:
        arguments = shlex.split(line)[1:]
        known = {option for param in command_of(arguments).params for option in (*param.opts, *param.secondary_opts)}
        assert {word for word in arguments if word.startswith("--")} <= known, line


def test_the_examples_run_in_their_order(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: Edition, staff_row: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELFASSESS_PROJECT", "ours.selfassess")
    for module in ("notice", "round.calendar", "round.commands"):  # the day of the guide
        monkeypatch.setattr(f"selfassess.cli.{module}.today", lambda: datetime.date(2026, 11, 1))
    at_a_terminal(monkeypatch)
    for line in EXAMPLES:
        arguments = shlex.split(line.partition(" < ")[0])[1:]
        match arguments:
            case ["round", "new"] | ["round", "new", "--like", *_]:
                continue  # its questions are tried elsewhere
            case ["take", *_]:
                continue  # and so are sittings
            case ["round", "preview", *_]:
                continue
            case ["collect", folder]:
                come_back(tmp_path / folder)
            case ["round", "reopen", *_]:
                assert selfassess("round", "reopen", "autumn_2026").code == 0
                arguments = ["round", "close", "autumn_2026"]
            case ["diff", _, newer]:
                (tmp_path / newer).write_bytes(shipped.content.replace(b"2026.2", b"2027.1", 1))
            case ["report", "spring_2027"]:
                ask_again(selfassess, staff_row)
        done = selfassess(*arguments, typed=typed(arguments, staff_row))
        assert done.code == 0, (line, done.err)
    assert not (tmp_path / "ours.selfassess").exists()


def typed(arguments: list[str], staff_row: str) -> str:
    match arguments:
        case ["round", "enter", _, "--group", *_]:
            return f"17\n{staff_row}\n\n"
        case ["round", "enter", _, "--check"]:
            return f"17 {staff_row}\n\n"
        case ["round", "enter", _, "--paper", "17"]:
            return f"{staff_row}\n"
        case _:
            return "y\n"


def come_back(folder: Path) -> None:
    invitations = sorted(folder.parent.glob("autumn_2026-invitations/board-*.invitation"))
    assert len(invitations) == 13
    for number, path in enumerate(invitations[:10]):
        assert read_invitation(path).group == "board"
        answered(path, folder / f"{path.stem}.sheet", {"vision_say": 1 + number % 5, "vision_same": 2 + number % 3})


def ask_again(selfassess: Command, row: str) -> None:
    assert selfassess("round", "open", "spring_2027").code == 0
    rows = "".join(f"{number} {row}\n" for number in range(1, 13))
    assert selfassess("round", "enter", "spring_2027", "--group", "staff", typed=f"{rows}\n").code == 0
    rows = "".join(f"{number} {row}\n" for number in range(21, 33))
    assert selfassess("round", "enter", "spring_2027", "--group", "board", typed=f"{rows}\n").code == 0
    assert selfassess("round", "close", "spring_2027", "--yes").code == 0


@pytest.fixture
def staff_row(shipped: Edition) -> str:
    return "2" * len(layout(shipped, "staff", "full").numbered)

"""Every command that is printed works as it is printed, in the window that it is printed in."""

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfassess import paths
from selfassess.cli.main import COMMANDS
from tests.cli.conftest import Command, Done
from tests.cli.rounds_made import at_a_terminal, made
from tests.source import HOUSE, everything_in

SCRIPT = Path(sys.executable).with_name("selfassess")
NOT_UNDERSTOOD = re.compile(
    r"No such (option|command)|There is no (round|file|folder)|is missing|unexpected extra|needs more than was said"
)
ON_THIS_COMPUTER = re.compile(rf"(?<![\w./-])selfassess (--project|{'|'.join(COMMANDS)})\b")
ANSWERED = "1\n1\n3\n\nTea\n\nresults\n"


def printed(text: str, called: str) -> list[str]:
    """The commands in what was printed."""
    return re.findall(rf"(?m)(?:^ *|: )({re.escape(called)} .+)$", text)


# How it was called


def run(words: list[str] | str, folder: Path, search: str) -> Done:
    """A process of its own, where programs are looked for in `search`."""
    done = subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, "PATH": search, "PYTHONPATH": ""},
        shell=isinstance(words, str),
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder with the program in a folder of it."""
    (tmp_path / "our tools").mkdir()
    (tmp_path / "our tools" / "selfassess").symlink_to(SCRIPT)
    (tmp_path / "python").symlink_to(sys.executable)
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="other shells quote otherwise")
@pytest.mark.parametrize(
    ("words", "on_path", "called"),
    [
        (["our tools/selfassess"], False, "'our tools/selfassess'"),
        (["{}/our tools/selfassess"], False, "'{}/our tools/selfassess'"),
        (["selfassess"], True, "selfassess"),
        ([str(SCRIPT)], True, "selfassess"),
        ([sys.executable, "-m", "selfassess"], False, f"{sys.executable} -m selfassess"),
    ],
)
def test_a_printed_command_is_called_as_this_one_was(
    elsewhere: Path, words: list[str], on_path: bool, called: str
) -> None:
    search = f"{elsewhere / 'our tools'}:{os.defpath}" if on_path else os.defpath
    first = [word.format(elsewhere) for word in words]
    called = called.format(elsewhere)
    done = run([*first, "project", "new", "ours.selfassess", "--shared"], elsewhere, search)
    assert (done.code, done.out) == (0, "")
    assert printed(done.err, called) == [f"{called} --project ours.selfassess round new"]
    done = run([*first, "--project", "ous.selfassess", "round", "list"], elsewhere, search)
    (command,) = printed(done.err, called)
    done = run(command, elsewhere, search)
    assert (done.code, (elsewhere / "ous.selfassess").exists()) == (0, True), done
    assert f"Usage: {called}" in " ".join(run([*first, "--help"], elsewhere, search).out.split())


def test_from_another_program_it_has_its_plain_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "selfassess").mkdir()
    for first in ("", "-c", "/usr/bin/pytest", "/opt/other/__main__.py", str(tmp_path / "selfassess")):
        monkeypatch.setattr(sys, "argv", [first])
        assert paths.called() == "selfassess"


def test_a_program_in_the_folder_itself_is_no_other_of_that_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("selfassess").touch()
    monkeypatch.setattr(sys, "argv", ["selfassess"])
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert paths.called() == os.path.join(".", "selfassess")  # noqa: PTH118  # a Path has no "./"


def test_windows_leaves_the_ending_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    there = tmp_path / "Scripts" / "selfassess"
    monkeypatch.setattr(sys, "argv", [str(there)])
    monkeypatch.setattr("shutil.which", lambda name: f"{there}.exe")
    assert paths.called() == "selfassess"
    monkeypatch.setattr("shutil.which", lambda name: str(tmp_path / "selfassess.exe"))
    assert paths.called() == str(there)


# What is printed


class Reader:
    """Somebody who types every command that is printed, once."""

    def __init__(self, selfassess: Command, called: str) -> None:
        self.selfassess = selfassess
        self.called = called
        self.typed: set[str] = set()
        self.waiting: list[str] = []

    def type(self, *words: str, typed: str = "") -> Done:
        """Type a command; note down those that it prints. None may be printed as if it were called otherwise."""
        done = self.selfassess(*words, typed=typed)
        text = done.out + done.err
        assert not ON_THIS_COMPUTER.search(text), text
        if "--help" not in words:  # its examples are of no project here
            self.waiting += [one for one in printed(text, self.called) if one not in self.typed]
        return done

    def follow(self) -> dict[str, Done]:
        """Type what was printed, and what that prints: each of them is understood, and finds what it is about. What
        became of each."""
        became: dict[str, Done] = {}
        while self.waiting:
            command = self.waiting.pop(0)
            if command in self.typed:
                continue
            self.typed.add(command)
            assert self.called == shlex.split(command)[0]
            done = self.type(*shlex.split(command)[1:])
            assert not NOT_UNDERSTOOD.search(done.err), (command, done.err)
            assert done.code not in (1, 3, 6), (command, done)
            became[command] = done
        return became


@pytest.fixture
def reader(selfassess: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Reader:
    """Somebody at home who calls the program by the way to it, and has named no project."""
    monkeypatch.delenv("SELFASSESS_PROJECT")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path / "home")
    monkeypatch.setattr(sys, "argv", [".venv/bin/selfassess"])
    return Reader(selfassess, ".venv/bin/selfassess")


@pytest.mark.slow
def test_all_that_the_demonstration_names_can_be_typed(reader: Reader) -> None:
    assert reader.type("demo", "--no-open").code == 0
    became = reader.follow()
    assert len(became) >= 11
    (guest,) = [done for command, done in became.items() if " take " in command]
    assert "External partners" in guest.err


def test_all_that_is_printed_on_the_way_of_a_round_can_be_typed(reader: Reader, small: str) -> None:
    """From the project to the report, with everything that can go wrong on the way."""
    ours = ("--project", "ours.selfassess")
    reader.type("project", "new", "ours.selfassess", "--shared")
    reader.waiting.clear()  # it asks, and nobody answers

    def in_ours(*words: str, typed: str = "") -> Done:
        return reader.type(*ours, *words, typed=typed)

    in_ours("round", "list")
    reader.waiting.clear()
    in_ours("plan")
    in_ours("plan", "set", "a1")
    made(in_ours, small)
    for early in (("report", "autumn"), ("round", "enter", "autumn"), ("round", "target", "autumn", "meeting")):
        assert in_ours(*early).code == 2
    reader.waiting = [one for one in reader.waiting if " round close" not in one]
    reader.follow()
    in_ours("round", "correct", "autumn", "board=1")
    in_ours("round", "invite", "autumn", "--group", "board", "--number", "3", "--yes")
    in_ours("round", "uninvite", "autumn", "--group", "board", "--unused", "--yes")
    in_ours("round", "target", "autumn", "meeting", "--remove")
    in_ours("round", "change", "autumn")
    in_ours("round", "agree", "autumn", "meeting")
    in_ours("take", "--try", "--round", "autumn")
    in_ours("diff", "autumn", "small.toml")
    reader.waiting = [one for one in reader.waiting if " round close" not in one]
    reader.follow()
    in_ours("round", "close", "autumn", "--yes")
    reader.follow()
    assert {"report", "round", "take", "plan"} <= {shlex.split(one)[3] for one in reader.typed if "--project" in one}


def test_all_that_is_printed_to_one_person_can_be_typed(
    reader: Reader, small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reader.type("report").code == 5
    assert reader.type("check", small).code == 0
    assert reader.type("new", "ours").code == 2
    assert reader.type("new", "our questions.toml").code == 0
    assert reader.type("take", "nothing.toml").code == 3
    assert reader.type("take", small, "--plain", typed=ANSWERED).code == 0
    reader.waiting = [one for one in reader.waiting if not one.endswith(" take")]
    reader.type("forget")
    reader.waiting = [one for one in reader.waiting if " forget " not in one]
    assert reader.type("compare").code == 5
    at_a_terminal(monkeypatch)
    reader.follow()
    assert {f"{reader.called} sittings", f"{reader.called} check 'our questions.toml'"} <= reader.typed


def test_on_a_narrow_terminal_a_command_is_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    from selfassess.cli import terminal

    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((40, 20)))
    command = "selfassess --project ours.selfassess round invite autumn --group board --number 12"
    said = terminal._wrapped(f"Go on, all of you who run this, and type: {command}\n  {command}\nThat is all.")
    assert said == f"Go on, all of you who run this, and\ntype:\n  {command}\n  {command}\nThat is all."
    assert terminal._wrapped("A long line in which selfassess take is named") == (
        "A long line in which selfassess take is\nnamed"
    )


# What the source says


def texts(path: Path) -> Iterator[str]:
    """Every text in a module but its docstrings."""
    there = everything_in(path)
    about = {id(node.value) for node in there if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    for node in there:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about:
            yield node.value


WITH_THE_PLAIN_NAME = {"cli/main.py", "services/survey_map.py"}
"""The help, in which the name is put right; and a file that goes to other computers."""


@pytest.mark.slow
def test_no_sentence_says_how_the_program_is_called_by_itself() -> None:
    modules = {path.relative_to(HOUSE).as_posix(): path for path in HOUSE.rglob("*.py")}
    found = {
        name: said
        for name, path in modules.items()
        if name not in WITH_THE_PLAIN_NAME and (said := [text for text in texts(path) if ON_THIS_COMPUTER.search(text)])
    }
    assert not found

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from selfassess.cli.main import run


@dataclass(frozen=True)
class Done:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def selfassess(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs the command with what is typed; its project is a file of this test alone."""
    monkeypatch.setenv("SELFASSESS_PROJECT", str(tmp_path / "mine.selfassess"))

    def command(*arguments: str, typed: str = "") -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = run(list(arguments))
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return command


SMALL = """
format = 1
id = "small"
version = "1"
title = "Small"
bands = [{ from = 0, title = "Act now" }, { from = 50, title = "Strong" }]
[[groups]]
id = "board"
title = "Board members"
[[groups]]
id = "staff"
title = "Staff"
[scales.agree]
points = [{ value = 1, label = "No" }, { value = 2, label = "Partly" }, { value = 3, label = "Yes" }]
dont_know = "Don't know"
not_applicable = "Doesn't apply"
[scoring]
target = 75
[[strands]]
id = "one"
title = "How we meet"
  [[strands.benchmarks]]
  id = "meeting"
  title = "We meet in good time"
  discuss = "When did we last begin late?"
    [[strands.benchmarks.items]]
    id = "begin"
    text = "Meetings begin on the hour."
    help = "The hour on the invitation."
    [[strands.benchmarks.items]]
    id = "late"
    text = "Papers come late."
    reverse = true
    comment_if = "late == 3"
    [[strands.benchmarks.actions]]
    id = "chair"
    text = "Let the chair begin on the hour."
    groups = ["board"]
    source = "ours"
    [[strands.benchmarks.actions]]
    id = "door"
    text = "Put the hour on the door."
    groups = ["staff"]
    source = "9.1"
  [[strands.questions]]
  id = "well"
  text = "What works well?"
"""


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def made(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, for the tests of one file."""
    return shutil.copyfile(demonstration, tmp_path_factory.mktemp("made") / "demo.selfassess")

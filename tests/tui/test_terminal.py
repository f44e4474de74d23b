"""The program in a terminal of its own: what stays on it, and what is saved, when it ends in some other way."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from selfassess.model.sheet import Response
from selfassess.project.project import open_project

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of POSIX", allow_module_level=True)

import fcntl
import pty
import struct
import termios

pytestmark = pytest.mark.slow

PROGRAM = """
import sys
from pathlib import Path
from selfassess.definition.loader import restore
from selfassess.model.sheet import Response
from selfassess.project.project import open_or_create
from selfassess.tui.app import run
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.screens.questions import Questions
from selfassess.tui.screens.review import Review

def fail(self, *_, **__):
    secret = "An answer that nobody else should read."
    raise RuntimeError("our own fault")

Questions.explain = Review.__init__ = fail
with open_or_create(Path(sys.argv[1])) as project:
    garden = restore("garden", Path(sys.argv[2]).read_bytes())
    try:
        code = run(LaunchOptions(project=project, edition=garden, group="growers"), print)
    except RuntimeError as error:
        print("fault:", error)
        code = 1
sys.exit(code)
"""


@dataclass
class Terminal:
    """The near end of a terminal, and the program in it."""

    end: int
    process: subprocess.Popen[bytes]
    seen: str = ""

    def wait_for(self, words: str) -> None:
        until = time.monotonic() + 10
        while words not in self.seen:
            assert time.monotonic() < until, self.seen[-500:]
            self.read(0.1)

    def read(self, patience: float) -> bool:
        if not select.select([self.end], [], [], patience)[0]:
            return False
        try:
            some = os.read(self.end, 65536)
        except OSError:  # nobody is at the other end
            return False
        self.seen += some.decode(errors="replace")
        return bool(some)

    def type(self, keys: str) -> None:
        os.write(self.end, keys.encode())

    def finish(self) -> int:
        """Read to the end. The exit code."""
        while self.read(0.5):
            pass
        return self.process.wait(10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.selfassess"


@contextmanager
def running(path: Path, **environment: str) -> Iterator[Terminal]:
    end, far_end = pty.openpty()
    fcntl.ioctl(far_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path), str(Path(__file__).parent / "garden.toml")],
        stdin=far_end,
        stdout=far_end,
        stderr=far_end,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color", **environment},
    )
    os.close(far_end)
    terminal = Terminal(end, process)
    try:
        terminal.wait_for("Start")
        terminal.type("1")
        terminal.wait_for("Question 1 of")
        terminal.type("4")
        terminal.wait_for("(*)")
        yield terminal
    finally:
        process.kill()
        process.wait()
        os.close(end)


def answered(path: Path) -> dict[str, Response]:
    with open_project(path) as project:
        (saved,) = project.drafts()
        return dict(saved.draft.responses)


@pytest.mark.parametrize("key", ["h", "r"], ids=["in a screen", "in the navigation"])
def test_our_own_fault_is_raised_when_the_terminal_is_as_it_was(path: Path, key: str) -> None:
    with running(path) as terminal:
        terminal.type(key)
        assert terminal.finish() == 1
    _, _, after = terminal.seen.rpartition("\x1b[?1049l")
    assert "fault: our own fault" in after
    assert "nobody else should read" not in terminal.seen
    assert "Traceback" not in terminal.seen
    assert answered(path) == {"watering": 4}


def test_leaving_says_where_the_answers_are(path: Path) -> None:
    with running(path) as terminal:
        assert "38;" in terminal.seen
        terminal.type("\x1b")
        assert terminal.finish() == 0
    assert f"saved in {path}. To carry on later" in terminal.seen.replace("\r\n", "")


def test_without_colours_none_is_asked_of_the_terminal(path: Path) -> None:
    with running(path, NO_COLOR="1") as terminal:
        assert "38;" not in terminal.seen
        assert "48;" not in terminal.seen


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, -signal.SIGHUP), (signal.SIGKILL, -signal.SIGKILL)],
    ids=["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"],
)
def test_nothing_is_lost_however_the_program_is_ended(path: Path, number: int, code: int) -> None:
    with running(path) as terminal:
        terminal.process.send_signal(number)
        assert terminal.finish() == code
    assert answered(path) == {"watering": 4}

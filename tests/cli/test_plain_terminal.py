"""The sitting line by line in a terminal of its own: what is typed, and what is pasted."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from selfassess.project.project import create, open_project

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of POSIX", allow_module_level=True)

import pty

pytestmark = pytest.mark.slow


@dataclass
class Terminal:
    """The near end of a terminal, and all that was seen in it."""

    end: int
    seen: str = field(default="")

    def wait_for(self, words: str, times: int = 1) -> None:
        until = time.monotonic() + 20
        while self.seen.count(words) < times:
            assert time.monotonic() < until, self.seen[-600:]
            if select.select([self.end], [], [], 0.1)[0]:
                self.seen += os.read(self.end, 65536).decode(errors="replace")

    def type(self, keys: str) -> None:
        os.write(self.end, keys.encode())


@contextmanager
def running(*arguments: str) -> Iterator[Terminal]:
    end, far_end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "selfassess", *arguments],
        stdin=far_end, stdout=far_end, stderr=far_end, start_new_session=True, env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip  # the streams on one line
    os.close(far_end)
    try:
        yield Terminal(end)
    finally:
        process.kill()
        process.wait()
        os.close(end)


def test_the_lines_of_a_paste_belong_to_the_comment_with_their_empty_ones(small: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine.selfassess"
    with running("--project", str(mine), "take", small, "--group", "board") as terminal:
        terminal.wait_for("Answer:")
        terminal.type("c\r")
        terminal.wait_for("Comment, ending")
        terminal.type("Why so:\r3\r\r2\r1")  # the last line of a paste often has no end
        terminal.wait_for("More, or Enter alone")
        terminal.type("\r")
        terminal.wait_for("More, or Enter alone", 2)
        terminal.type("\r")
        terminal.wait_for("Comment saved.")
    with open_project(mine) as project:
        (saved,) = project.drafts()
        assert saved.draft.comments == {"begin": "Why so:\n3\n\n2\n1"}
        assert saved.draft.responses == {}


def test_lines_that_were_typed_before_handing_in_was_asked_for_do_not_count(small: str, tmp_path: Path) -> None:
    ours = tmp_path / "ours.selfassess"
    create(ours, "shared").close()
    with running("--project", str(ours), "take", small, "--group", "board") as terminal:
        terminal.wait_for("Enter alone: begin now")
        terminal.type("\r")
        terminal.wait_for("Answer:")
        terminal.type("2\r")
        terminal.wait_for("Answer:", 2)
        terminal.type("r\r")
        terminal.wait_for("or h to hand in:")
        terminal.type("h\rhand in\rhand in\r")
        terminal.wait_for("To hand in now, type: hand in")
        terminal.type("\r")
        terminal.wait_for("Nothing is handed in.")
        terminal.type("h\r")
        terminal.wait_for("To hand in now, type: hand in", 2)
        terminal.type("hand in\r")
        terminal.wait_for("Thank you. Your answers are handed in.")
    with open_project(ours) as project:
        assert len(project.sheets()) == 1

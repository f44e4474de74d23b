"""The dashboard in a terminal of its own, without colours."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of POSIX", allow_module_level=True)

import fcntl
import pty
import struct
import termios

from tests.tui.test_terminal import Terminal

pytestmark = pytest.mark.slow

PROGRAM = """
import sys
from pathlib import Path
from selfassess.definition.loader import read
from selfassess.tui.app import run
from selfassess.tui.dashboard_navigation import show_dashboard
from selfassess.tui.launch import LaunchOptions
from tests.tui.made_round import made_report
report = made_report(read(Path(sys.argv[1])))
sys.exit(run(LaunchOptions(), print, lambda navigator: lambda: show_dashboard(navigator, report, None)))
"""


def test_without_colours_none_is_asked_of_the_terminal_and_every_sign_is_in_the_text() -> None:
    end, far_end = pty.openpty()
    fcntl.ioctl(far_end, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 80, 0, 0))  # no line has a colour's number
    here = Path(__file__)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(here.parent / "dashboard.toml")],
        stdin=far_end,
        stdout=far_end,
        stderr=far_end,
        start_new_session=True,
        cwd=here.parent.parent.parent,
        env={**os.environ, "TERM": "xterm-256color", "NO_COLOR": "1"},
    )
    os.close(far_end)
    terminal = Terminal(end, process)
    try:
        for keys, words in (("", "talk about first"), ("1", "two camps"), ("1", "Strongly disagree"), ("1", "low end")):
            terminal.type(keys)
            terminal.wait_for(words)
        terminal.type("\x03")
        assert terminal.finish() == 0
    finally:
        process.kill()
        process.wait()
        os.close(end)
    assert "38;" not in terminal.seen
    assert "48;" not in terminal.seen
    assert "│" in terminal.seen

"""The program as a process of its own: pipes, odd terminals, and an end without warning."""

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PROGRAM = [sys.executable, "-m", "selfassess"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return {**kept, "SELFASSESS_PROJECT": str(tmp_path / "mine.selfassess"), "TERM": "xterm"}


def run(
    environment: dict[str, str], *arguments: str, typed: bytes = b"", **more: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *arguments], env={**environment, **more}, input=typed, capture_output=True, timeout=30, check=False
    )


def test_a_sitting_killed_without_warning_loses_nothing(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "take", "--plain", "--group", "board"],
        env=environment,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stderr
    process.stdin.write(b"4\n5\n2\n")
    process.stdin.flush()
    seen = b""
    while b"Question 4 of" not in seen:
        seen += os.read(process.stderr.fileno(), 65536)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stderr.close()
    again = run(environment, "take", "--plain", typed=b"s\n")
    assert b"Welcome back. 3 of 44 answered." in again.stderr


@pytest.mark.parametrize("more", [{"PYTHONIOENCODING": "ascii"}, {}])
def test_a_terminal_of_letters_only_gets_the_whole_report(environment: dict[str, str], more: dict[str, str]) -> None:
    run(environment, "take", "--plain", "--short", typed=b"1\n" + b"3\n" * 16 + b"s\n", **more)
    done = run(environment, "take", "--plain", "--short", typed=b"/r\nresults\n", **more)
    assert done.returncode == 0, done.stderr
    assert b"Leadership and vision: 50 of 100, Build on it, 25 below the target of 75." in done.stdout
    done = run(environment, "report", typed=b"", **more)
    bar = b"##########-----|----" if more else "██████████·····│····".encode()
    assert b"Leadership and vision                        50 " + bar in done.stdout


def test_a_dumb_terminal_is_asked_line_by_line(environment: dict[str, str]) -> None:
    far, near = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "take", "--group", "board"],
        env={**environment, "TERM": "dumb"},
        stdin=near,
        stdout=near,
        stderr=near,
        close_fds=True,
    )
    os.close(near)
    seen = b""
    end = time.monotonic() + 20
    while b"Answer: " not in seen and time.monotonic() < end:
        seen += os.read(far, 65536)
    assert b"Question 1 of 44" in seen
    assert b"\x1b" not in seen
    os.write(far, b"s\n")
    assert process.wait(timeout=20) == 0
    os.close(far)


@pytest.mark.parametrize("arguments", [["take"], ["take", "--plain"], []])
def test_a_closed_input_ends_with_a_sentence(environment: dict[str, str], arguments: list[str]) -> None:
    line = " ".join([*PROGRAM, *arguments]) + " <&-"
    done = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, timeout=30, check=False)
    assert done.returncode == 130
    assert b"Traceback" not in done.stderr
    assert b"Nothing was" in done.stderr


def test_whoever_reads_may_stop_reading(environment: dict[str, str]) -> None:
    line = " ".join([*PROGRAM, "schema"]) + " | head -c 10"
    done = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, timeout=30, check=False)
    assert done.stderr == b""


def test_bytes_that_are_no_text_are_asked_for_again(environment: dict[str, str]) -> None:
    done = run(environment, "take", "--plain", "--group", "board", typed=b"\xff\xfe\n4\ns\n")
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 130)


@pytest.mark.parametrize("arguments", ["where", "check partnership", "schema", "--help"])
def test_a_full_disk_behind_the_output_is_told_in_a_sentence(environment: dict[str, str], arguments: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has a device that is always full")
    line = " ".join([*PROGRAM, arguments]) + " > /dev/full"
    done = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, timeout=30, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"The output could not be written:")


def test_json_is_json_in_every_locale(environment: dict[str, str]) -> None:
    done = run(environment, "check", "nosuch", "--format", "json", PYTHONIOENCODING="latin-1")
    assert "“nosuch”" in json.loads(done.stdout.decode("utf-8"))[0]["message"]


def test_leaving_the_screens_says_where_the_answers_are(environment: dict[str, str]) -> None:
    far, near = pty.openpty()
    fcntl.ioctl(near, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [*PROGRAM, "take", "--group", "board"]
    process = subprocess.Popen(command, env=environment, stdin=near, stdout=near, stderr=near, close_fds=True)
    os.close(near)
    seen = b""

    def read_until(words: bytes) -> None:
        nonlocal seen
        end = time.monotonic() + 20
        while words not in seen and time.monotonic() < end:
            seen += os.read(far, 65536)
        assert words in seen

    read_until(b"Not now")
    os.write(far, b"1")
    read_until(b"Question 1 of 44")
    os.write(far, b"4")
    read_until(b"1 of 44 answered")
    os.write(far, b"\x1b")
    read_until(b"Your answers are saved in")
    assert process.wait(timeout=20) == 0
    os.close(far)


def test_linear_algebra_does_not_wait_for_its_own_threads() -> None:
    """More than one thread over small matrices takes ten times as long where the processors have other work."""
    script = (
        "import os, sys; sys.argv = ['selfassess', '--version']; from selfassess.cli.main import main; import atexit; "
    )
    script += "atexit.register(lambda: print(os.environ['OPENBLAS_NUM_THREADS'])); main()"
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "1"

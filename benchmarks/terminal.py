"""A program in a pseudo-terminal, and how long it takes until something is on its screen."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[ -/]*[0-~])", re.DOTALL
)


class Terminal:
    """The near end of a terminal of 80 columns and 24 lines."""

    def __init__(self, descriptor: int, process: int) -> None:
        self.descriptor = descriptor
        self.process = process
        self.seen = b""

    def type(self, keys: str) -> None:
        """Send some keys."""
        os.write(self.descriptor, keys.encode())

    def read(self, patience: float) -> bytes:
        """What comes within so many seconds: the first of it, or nothing."""
        ready, _, _ = select.select([self.descriptor], [], [], patience)
        return os.read(self.descriptor, 65536) if ready else b""

    def wait_for(self, words: str, patience: float = 20) -> None:
        """Read until the words have been drawn."""
        end = time.perf_counter() + patience
        while words.encode() not in ESCAPES.sub(b"", self.seen):
            if time.perf_counter() > end:
                raise TimeoutError(f"{words!r} never came; the end was {self.seen[-500:]!r}")
            self.seen += self.read(0.2)

    def rest(self, quiet: float = 0.15) -> None:
        """Read until nothing has come for a while."""
        while self.read(quiet):
            pass

    def answer(self, key: str) -> float:
        """Seconds from a key to the last of what it draws: until nothing has come for 30 ms."""
        start = last = time.perf_counter()
        self.type(key)
        while self.read(0.03 if last > start else 1):
            last = time.perf_counter()
        return last - start


@contextmanager
def terminal(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """A command running in a terminal of its own; it is ended with the block."""
    process, descriptor = pty.fork()
    if process == 0:
        os.execvpe(command[0], list(command), dict(environment))
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    try:
        yield Terminal(descriptor, process)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(descriptor)

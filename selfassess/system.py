"""What only some operating systems have, each with what is done elsewhere."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType

_BY_THE_LOCK = 1 << 30
"""Where Windows locks a byte of a file: far behind all that stands in it, since what is locked there cannot be read."""


def sync_folder(folder: Path) -> None:
    """Make sure that a new name in a folder is on the disk. POSIX asks for that; elsewhere a folder cannot be opened,
    and need not be."""
    if os.name != "posix":
        return
    with suppress(OSError):  # some network drives cannot
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


PASTE = 0.05
"""Seconds within which the lines of one paste follow each other."""


def has_typed_ahead(terminal: int) -> bool:
    """Whether a line that nobody has read is waiting at a terminal, by its file descriptor."""
    if os.name == "posix":
        import select

        return bool(select.select([terminal], [], [], PASTE)[0])
    import msvcrt  # this is Windows
    import time

    time.sleep(PASTE)
    return bool(msvcrt.kbhit())  # type: ignore[attr-defined,unused-ignore]  # only Windows has it


def forget_typed_ahead(terminal: int) -> None:
    """Leave out what was typed at a terminal and not read yet."""
    if os.name == "posix":
        import termios

        with suppress(termios.error):
            termios.tcflush(terminal, termios.TCIFLUSH)
        return
    import msvcrt  # this is Windows

    while msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]  # only Windows has it
        msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]  # likewise


def lock(descriptor: int) -> bool:
    """Lock an open file for this process, at once or not at all. The system lets go of it when the process ends in
    whatever way. False where another process holds it. OSError where the disk knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _BY_THE_LOCK, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def end_in_order() -> None:
    """From now on, where the window is closed or the program is told to stop, it ends by SystemExit, so that it can
    clean up after itself. The caller may have said that it is not to end (nohup): that stays. A second signal
    does not stop the clearing up."""
    for number in _endings():
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _endings() -> Iterator[signal.Signals]:
    """The signals that say so. On Windows closing the window is one, SIGBREAK."""
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if number := getattr(signal, name, None):
            yield number


def _end(number: int, _: FrameType | None) -> None:
    for other in _endings():
        signal.signal(other, signal.SIG_IGN)
    sys.exit(128 + number)


def on_closing(save: Callable[[], object], close: Callable[[], object], end: Callable[[int], None]) -> None:
    """Within a running event loop: save what is not saved yet, and end, when the program is told to stop; where the
    window is closed, `close` what is open and be gone. Only POSIX says so; elsewhere the program is gone there and
    then, with every answer saved as it was given."""
    import asyncio  # the screens have it already

    def stop(number: int) -> None:
        save()
        end(128 + number)

    def hang_up(number: int) -> None:
        save()
        close()
        signal.signal(number, signal.SIG_DFL)  # there is no terminal left to put in order
        signal.raise_signal(number)

    for name, act in (("SIGTERM", stop), ("SIGINT", stop), ("SIGHUP", hang_up)):
        if number := getattr(signal, name, None):
            with suppress(NotImplementedError):  # Windows has no such handlers
                asyncio.get_running_loop().add_signal_handler(number, act, number)

"""What only some operating systems have, each with what is done elsewhere."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """See to it that a new name in a folder is on the disk. POSIX asks for that; elsewhere a folder cannot be opened,
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


def on_closing(save: Callable[[], object], end: Callable[[int], None]) -> None:
    """Within a running event loop: save what is not saved yet, and end, when the window is closed or the program is
    told to stop. Only POSIX says so; elsewhere the program is gone there and then, with every answer saved as it was
    given."""
    import asyncio  # the screens have it already
    import signal

    def stop(number: int) -> None:
        save()
        end(128 + number)

    def hang_up(number: int) -> None:
        save()
        signal.signal(number, signal.SIG_DFL)  # there is no terminal left to put in order
        signal.raise_signal(number)

    for name, act in (("SIGTERM", stop), ("SIGINT", stop), ("SIGHUP", hang_up)):
        if number := getattr(signal, name, None):
            with suppress(NotImplementedError):  # Windows has no such handlers
                asyncio.get_running_loop().add_signal_handler(number, act, number)

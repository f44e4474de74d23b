"""The content of a file that somebody names: whole, of a bounded size, and never from a pipe or a device."""

import os
import stat
from pathlib import Path

from selfassess.text import clean

MEGABYTE = 1_000_000


class UnreadError(Exception):
    """A file was not read. The text says why, as what follows the file's name in a sentence: "is a folder, not a
    file"."""

    def __init__(self, why: str, cure: str = "Check the name, and that you are allowed to read the file.") -> None:
        super().__init__(why)
        self.why = why
        self.cure = cure
        """What to do about it."""


class MissingError(UnreadError):
    """There is no such file."""


class TooLargeError(UnreadError):
    """The file has more bytes than are read."""


def content_of(path: Path, largest: int) -> bytes:
    """All of a file of at most so many bytes. UnreadError, or one of its children, where that cannot be had: at once,
    whatever stands at the path."""
    try:
        _check(path.stat(), largest)  # opening alone can wait for ever, or wind a tape back
        # What stands here may be another by now, and nothing is to keep us waiting.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            _check(os.fstat(file.fileno()), largest)
            content = file.read(largest + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise _unread(error) from error
    if len(content) > largest:
        raise _too_large(largest)
    return content


def _check(status: os.stat_result, largest: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadError("is a folder, not a file", "Name the file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadError("is a pipe or a device, not a file", "Save what comes from it as a file, then name that.")
    if status.st_size > largest:
        raise _too_large(largest)


def _unread(error: OSError | ValueError) -> UnreadError:
    reason = (isinstance(error, OSError) and error.strerror) or "no file can have this name"
    kind = MissingError if isinstance(error, FileNotFoundError) else UnreadError
    return kind(f"cannot be read: {clean(reason, 200).lower()}")


def _too_large(largest: int) -> TooLargeError:
    return TooLargeError(f"is larger than {largest // MEGABYTE} MB", "Check that this is the file you mean.")

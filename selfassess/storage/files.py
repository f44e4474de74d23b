"""Files that are put in their place whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from selfassess.model.text import clean
from selfassess.system import sync_folder

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite may keep beside a project file while it is open, by the end of the name."""


@contextmanager
def put_in_place(path: Path, *, overwrite: bool) -> Iterator[Path]:
    """A new empty file in the same folder, for its owner alone (0600 where POSIX). It becomes `path` when the
    block ends well, and is gone when it does not. OSError; FileExistsError if `path` exists by then and may not
    be overwritten.
    """
    if not path.name:
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
    new = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.new")
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield new
        _to_disk(new)
        if overwrite:
            new.replace(path)
        else:
            _take_free_name(new, path)
        _to_disk(path.parent)
    finally:
        for end in ("", *BESIDE):
            new.with_name(new.name + end).unlink(missing_ok=True)


class Together:
    """New files that come into a folder all together or not at all: use it in a `with`. They are written in `at`, a
    folder of their own that nobody sees, and `put` gives them their places. What goes wrong before the block ends
    takes them away again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.at = folder / f".{secrets.token_hex(4)}.new"
        self._put: list[Path] = []

    def __enter__(self) -> Self:
        self.at.mkdir(mode=0o700)
        return self

    def put(self) -> None:
        """Put every file in its place. OSError; FileExistsError where somebody has taken one by now."""
        for new in sorted(self.at.iterdir()):
            path = self.folder / new.name
            _take_free_name(new, path)
            self._put.append(path)
        _to_disk(self.folder)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if kind is not None:
            for path in self._put:
                path.unlink(missing_ok=True)
        for new in self.at.iterdir():
            new.unlink(missing_ok=True)
        self.at.rmdir()


def beside(path: Path, end: str) -> Path:
    """The file beside a project file whose name ends so."""
    return path.with_name(path.name + end)


def shown(path: Path | str, longest: int = 1_000) -> str:
    """A path or a name on one line, safe to show: a file's name can hold anything."""
    return clean(str(path), longest).replace("\n", " ").replace("\t", " ")


def exists(path: Path) -> bool:
    """Whether something can be seen at the path."""
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def is_writable(path: Path) -> bool:
    """Whether a project file can be written to: SQLite makes files beside it, so its folder has to be writable too."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def size(path: Path) -> int:
    """Bytes of a file; 0 if there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _take_free_name(new: Path, path: Path) -> None:
    try:
        os.link(new, path)  # unlike a rename this never takes a name that somebody else was quicker to take
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links, such as a stick
        if path.exists():
            raise FileExistsError(path) from None
        new.rename(path)


def _to_disk(path: Path) -> None:
    if path.is_dir():
        sync_folder(path)
        return
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

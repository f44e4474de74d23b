"""Files that are written atomically: whole or not at all."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from selfassess.errors import UsageError, reason_of
from selfassess.project.unfinished_files import IsTakenIn, is_workplace, workplace
from selfassess.system import sync_folder
from selfassess.text import clean

BESIDE = ("-wal", "-shm", "-journal")
"""The suffixes of the files that SQLite may keep beside a project file while it is open."""


@contextmanager
def put_in_place(path: Path, *, overwrite: bool) -> Iterator[Path]:
    """A new empty file that only its owner may read (0600 on POSIX), in a hidden folder beside `path`. It becomes
    `path` when the block ends without an error and is deleted otherwise, by the next start if the program is killed.
    OSError; FileExistsError if `path` exists by then and may not be overwritten.
    """
    if not path.name:
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
    if is_workplace(path.parent):  # it is moved together with the other files there
        _make(path)
        yield path
        _to_disk(path)
        return
    with workplace(path.parent) as work:
        new = work.at / path.name
        _make(new)
        yield new
        _to_disk(new)
        if overwrite:
            new.replace(path)
        else:
            _take_free_name(new, path)
        _to_disk(path.parent)


def check_folder(path: Path) -> None:
    """UsageError where no new file can be made in the folder of a path."""
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {shown(path.parent)}.", "Make it first, or name another place.")
    if not os.access(path.parent, os.W_OK):
        raise UsageError(f"Nothing can be saved in {shown(path.parent)}: it is read-only.", "Name another folder.")


def make_folder(folder: Path, hint: str, *, mode: int = 0o777) -> None:
    """Make a folder, and those above it, where there is none. UsageError with the hint if that fails."""
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {folder} cannot be made: {reason_of(error)}.", hint) from None


def write_whole(path: Path, content: str | bytes | Iterable[str], *, overwrite: bool) -> None:
    """Write a file whole or not at all, in one piece or in several. UsageError if that fails, or if it exists and may
    not be overwritten."""
    try:
        with put_in_place(path, overwrite=overwrite) as fresh:
            if isinstance(content, bytes):
                fresh.write_bytes(content)
            else:
                with fresh.open("w", encoding="utf-8") as file:
                    file.writelines([content] if isinstance(content, str) else content)
    except FileExistsError:
        raise UsageError(f"There is a file {path} already.", hint="Choose another name.") from None
    except OSError as error:
        hint = "Choose a folder that exists, that you can write to, and that has room."
        raise UsageError(f"{path} cannot be written: {reason_of(error)}.", hint=hint) from None


class Together:
    """New files that appear in a folder all together or not at all: use it in a `with`. They are written in `at`, a
    hidden folder, and `put` moves them. An error before the block ends deletes them again, unless the project file has
    already stored what they depend on. If the program is killed, the next start does the same.
    """

    def __init__(self, folder: Path, is_taken_in: IsTakenIn) -> None:
        self.folder = folder
        self._is_taken_in = is_taken_in
        self._end = ExitStack()

    def __enter__(self) -> Self:
        self._work = self._end.enter_context(workplace(self.folder))
        self.at = self._work.at
        return self

    def put(self, project: Path, admission: str) -> None:
        """Move every file to its place. They stay if the project file stores what they depend on: the admission code
        with that key, or "" if there is none. OSError; FileExistsError if a name is taken by now."""
        self._work.place(project, admission)
        for new in sorted(self.at.iterdir()):
            _take_free_name(new, self.folder / new.name)
        _to_disk(self.folder)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        with self._end:
            if kind is not None:
                self._work.withdraw(self._is_taken_in)


def beside(path: Path, end: str) -> Path:
    """The file beside a project file with this suffix."""
    return path.with_name(path.name + end)


def shown(path: Path | str, longest: int = 1_000) -> str:
    """A path or a name on one line, safe to show: a file's name can hold anything."""
    return clean(str(path), longest).replace("\n", " ").replace("\t", " ")


def exists(path: Path) -> bool:
    """Whether there is anything at the path."""
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def is_writable(path: Path) -> bool:
    """Whether a project file can be written to: SQLite creates files beside it, so its folder must be writable too."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def size(path: Path) -> int:
    """The size of a file in bytes; 0 if there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _make(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _take_free_name(new: Path, path: Path) -> None:
    try:
        os.link(new, path)  # unlike a rename, this never replaces a file that another process has just made
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as that of many USB sticks
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

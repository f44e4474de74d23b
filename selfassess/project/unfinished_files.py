"""Hidden folders in which files are written before they are moved to their places beside them.

For each there is a note in the user's state folder, and the writing process holds a lock on the note as long as it
lives. So the next start knows which folders a killed process left behind, wherever they are, and which are in use.
"""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from selfassess import paths
from selfassess.system import lock

_PREFIX = ".selfassess-"
_KEY = re.compile(r"[0-9a-f]{16}")
_TRIES = 5
_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Files that are moved to their places together, and stay only if a project file stores what they depend on."""

    sums: Mapping[str, str]
    """The SHA-256 of each, by its name."""
    project: str
    """The path of the project file."""
    admission: str
    """The key of an admission code that the project file then has; "" if there is none."""


IsTakenIn = Callable[[Placing], bool | None]
"""Whether a project file has stored what the files depend on; None if it cannot be read at the moment."""


class Workplace:
    """A hidden folder, which only its owner may read, in which files are written."""

    def __init__(self, at: Path, note: "_Note | None") -> None:
        self.at = at
        self._note = note
        self._placing: Placing | None = None

    def place(self, project: Path, admission: str) -> None:
        """Note that its files are about to be moved, for which project file, and the key of an admission code that the
        file has afterwards ("" for none). OSError if the note cannot be written."""
        sums = {path.name: _sum(path) for path in sorted(self.at.iterdir())}
        self._placing = Placing(sums=sums, project=str(project.absolute()), admission=admission)
        if self._note is not None:
            self._note.add(asdict(self._placing))

    def withdraw(self, is_taken_in: IsTakenIn) -> None:
        """Delete the files that were moved, unless what they depend on has just been stored."""
        if self._placing is not None and not is_taken_in(self._placing):
            _withdraw(self._placing, self.at)


@contextmanager
def workplace(folder: Path) -> Iterator[Workplace]:
    """A place to write in, inside a folder. It is deleted at the end of the block, with everything that was not moved
    out of it. OSError if it cannot be made."""
    note = _Note.new(folder)
    at = folder / f"{_PREFIX}{note.path.name if note else secrets.token_hex(8)}"
    try:
        at.mkdir(mode=0o700)
        yield Workplace(at, note)
    finally:
        _remove(at)
        if note is not None:
            note.leave(remove=True)


def is_workplace(folder: Path) -> bool:
    """Whether a folder is a workplace, by its name."""
    name = folder.name
    return name.startswith(_PREFIX) and _KEY.fullmatch(name, len(_PREFIX)) is not None


def abandoned(folder: Path) -> list[Path]:
    """The workplaces in a folder that no running process is known to use."""
    found = [path for path in sorted(folder.iterdir()) if is_workplace(path)]
    return [path for path in found if not _Note.is_held(path.name.removeprefix(_PREFIX))]


def remove(at: Path) -> None:
    """Delete an abandoned workplace with everything in it. OSError if that fails."""
    _remove(at)
    note = paths.unfinished() / at.name.removeprefix(_PREFIX)
    note.unlink(missing_ok=True)


def clear_up(is_taken_in: IsTakenIn) -> None:
    """Delete what killed processes left. Files that they were just moving to their places are deleted too, unless the
    project has stored what they depend on. The note stays if the folder cannot be reached now, such as one on a USB
    stick that is not plugged in. Never an error."""
    with suppress(OSError):
        for path in sorted(paths.unfinished().iterdir()):
            if not _KEY.fullmatch(path.name):
                continue
            with suppress(OSError):
                note = _Note.of(path)
                if note is not None:
                    note.leave(remove=_cleared(note, is_taken_in))


def _cleared(note: "_Note", is_taken_in: IsTakenIn) -> bool:
    """Whether nothing is left of what a note describes."""
    try:
        said = note.read()
        folder = Path(said[0]["folder"]) if said else None
        placing = Placing(**said[1]) if len(said) > 1 else None
    except (KeyError, TypeError, ValueError):
        return True  # it is not our note, or was cut short before anything was written
    if folder is None:
        return True
    try:
        at = folder / f"{_PREFIX}{note.path.name}"
        taken_in = placing and is_taken_in(placing)
        if placing and taken_in is None:
            return False
        if placing and not taken_in:
            _withdraw(placing, at)
        _remove(at)
    except OSError:
        return False
    return folder.is_dir()


def _withdraw(placing: Placing, at: Path) -> None:
    """Delete the files that were moved. A file that somebody else has put there stays."""
    for name, sum in placing.sums.items():
        path, new = at.parent / name, at / name
        with suppress(FileNotFoundError):
            if path.samefile(new) if new.exists() else _sum(path) == sum:
                path.unlink()


class _Note:
    """The note of a workplace, open and locked. Each line is an entry in JSON."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def new(cls, folder: Path) -> "_Note | None":
        """The note of a workplace in a folder. None if there is no room for notes, or if the file system has no locks:
        files are written all the same."""
        notes = paths.unfinished()
        with suppress(OSError):
            notes.mkdir(mode=0o700, parents=True, exist_ok=True)
            for _ in range(_TRIES):  # a process that is clearing up can have locked it first
                note = cls.of(notes / secrets.token_hex(8), os.O_CREAT | os.O_EXCL)
                if note is None:
                    continue
                try:
                    note.add({"folder": str(folder.absolute())})
                except BaseException:
                    note.leave(remove=True)
                    raise
                return note
        return None

    @classmethod
    def of(cls, path: Path, how: int = 0) -> "_Note | None":
        """None if another process holds it. OSError if it cannot be opened or locked."""
        descriptor = os.open(path, os.O_RDWR | how, 0o600)
        try:
            if lock(descriptor) and path.exists():  # else it was cleared up in the meantime
                return cls(path, descriptor)
        except BaseException:
            os.close(descriptor)
            if how:
                path.unlink(missing_ok=True)
            raise
        os.close(descriptor)
        return None

    @classmethod
    def is_held(cls, key: str) -> bool:
        """Whether a running process holds the note with that key."""
        try:
            note = cls.of(paths.unfinished() / key)
        except OSError:
            return False
        if note is not None:
            note.leave(remove=False)
        return note is None

    def add(self, table: Mapping[str, Any]) -> None:
        os.lseek(self._descriptor, 0, os.SEEK_END)
        left = f"{json.dumps(table)}\n".encode()
        while left:
            left = left[os.write(self._descriptor, left) :]
        os.fsync(self._descriptor)

    def read(self) -> list[dict[str, Any]]:
        """Its entries. A line that was cut short is ignored."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        found = b"".join(iter(lambda: os.read(self._descriptor, _AT_ONCE), b""))
        return [json.loads(line) for line in found.split(b"\n")[:-1]]

    def leave(self, *, remove: bool) -> None:
        """Close it. If it is to be removed, no other process can lock it in between."""
        if remove and os.name == "posix":
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)
        if remove and os.name != "posix":  # Windows deletes no file that is open, here or in another process
            self.path.unlink(missing_ok=True)


def _remove(at: Path) -> None:
    with suppress(FileNotFoundError):
        for path in at.iterdir():
            path.unlink(missing_ok=True)
        at.rmdir()


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

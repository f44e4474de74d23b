"""Files of JSON that state what they are and the version of their format, and carry a checksum of their content.

They come from other computers and through many hands, so reading one assumes nothing: whatever is found at a path is
either such a file or a ResponsesError.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from selfassess.content import MEGABYTE, TooLargeError, UnreadError, content_of
from selfassess.errors import ResponsesError
from selfassess.project import database_errors
from selfassess.project.atomic_files import put_in_place, shown
from selfassess.project.database_errors import Trouble

FORMATS = {"sheet": (1, 2), "invitation": (1, 2)}
"""The versions of each kind of file that can be read. The last one is written, unless the caller names another."""
_WHAT = {"sheet": "a sheet of a round", "invitation": "an invitation to a round"}


class StrangeFileError(ResponsesError):
    """A file at a path is not what it should be. `alone` is the sentence without the file's name."""

    def __init__(self, path: Path, what: str, hint: str) -> None:
        super().__init__(f"“{shown(path.name or path, 200)}” {what}", hint=hint)
        self.alone = f"It {what}"


class _NotPlainError(ValueError):
    """JSON that is valid but ambiguous, which no program writes by accident."""


def seal(kind: str, table: dict[str, Any], *, version: int | None = None) -> bytes:
    """The content of a file with this table, in the current version or another."""
    whole = _whole(kind, table, version)
    whole["sum"] = _sum(whole)
    return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode()


def digest(kind: str, table: dict[str, Any]) -> str:
    """The checksum of a table in a file of the current version."""
    return _sum(_whole(kind, table))


def write(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write a file whole or not at all; only its owner may read it. ProjectError if that fails."""
    with database_errors.in_words(path):
        if path.is_dir():
            raise Trouble.EXISTS.at(path)
        with put_in_place(path, overwrite=overwrite) as new:
            new.write_bytes(content)


def open_up(path: Path, kind: str, largest: int) -> tuple[int, dict[str, Any]]:
    """The version and the table of a file of at most `largest` bytes. ResponsesError if it is not of this kind."""
    return unseal(path, kind, read(path, kind, largest))


def unseal(path: Path, kind: str, content: bytes) -> tuple[int, dict[str, Any]]:
    """The same of what was found in a file, which may hold other things too."""
    try:
        table = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_table, parse_constant=_refuse)
        found = _sum({key: value for key, value in table.items() if key != "sum"}) if isinstance(table, dict) else ""
        json.dumps(table, ensure_ascii=False).encode()  # half a surrogate pair can be escaped in JSON, but not stored
    except (ValueError, RecursionError) as error:
        raise (changed if b'"selfassess"' in content[:200] else _foreign)(path, kind) from error
    if not isinstance(table, dict) or table.pop("selfassess", None) != kind:
        raise _foreign(path, kind)
    version = table.pop("format", None)
    if isinstance(version, int) and version > FORMATS[kind][-1]:
        raise StrangeFileError(
            path, "was made by a newer version of this program.", "Update the program, then try again."
        )
    if version is True or version not in FORMATS[kind] or table.pop("sum", None) != found:
        raise changed(path, kind)
    return version, table


def changed(path: Path, kind: str) -> StrangeFileError:
    """The error for a file that is no longer as the program wrote it."""
    if kind == "sheet":
        return StrangeFileError(
            path,
            "was changed after it was handed in, or damaged on its way.",
            "Ask the person for it again, as the program wrote it.",
        )
    return StrangeFileError(
        path,
        "was changed after it was written, or damaged on its way.",
        "Ask the person who sent it to send it again.",
    )


def read(path: Path, kind: str, largest: int) -> bytes:
    """The bytes of a file that may be of this kind. ResponsesError where it cannot be read, or is larger."""
    try:
        return content_of(path, largest)
    except TooLargeError as error:
        what = f"is larger than {_WHAT[kind]} can be, which is {largest // MEGABYTE} MB."
        raise StrangeFileError(path, what, f"{error.cure} It was not read.") from error
    except UnreadError as error:
        cure = error.cure
        if kind == "sheet" and isinstance(error.__cause__, PermissionError):
            cure = "Only the person who wrote it may read it here. Ask them to send it to you."
        raise StrangeFileError(path, f"{error.why}.", cure) from error


def _foreign(path: Path, kind: str) -> StrangeFileError:
    return StrangeFileError(path, f"is not {_WHAT[kind]}.", "Check that this is the file you mean. It was not changed.")


def _whole(kind: str, table: dict[str, Any], version: int | None = None) -> dict[str, Any]:
    return {"selfassess": kind, "format": version or FORMATS[kind][-1], **table}


def _sum(table: dict[str, Any]) -> str:
    # Escaped to ASCII, because half a surrogate pair could not be encoded otherwise.
    canonical = json.dumps(table, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise _NotPlainError("a key used twice")
    return table


def _refuse(name: str) -> Any:
    raise _NotPlainError(name)

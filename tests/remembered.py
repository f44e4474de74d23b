"""What is worked out of answers is worked out once for the same ones, whichever tests and processes ask for it, in this
run or the next, until anything changes that it follows from."""

import io
import os
import pickle
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import numpy as np

from selfassess.disclosure import matching, release
from selfassess.disclosure.cells import Cells
from selfassess.disclosure.matching import Pair
from selfassess.scoring.scores import Results
from selfassess.services import comparisons, reports
from tests.source import HOUSE

Found = TypeVar("Found")

PLACES: tuple[tuple[ModuleType, str], ...] = (
    (release, "reasons"),
    (matching, "reasons"),
    (matching, "score"),
    (reports, "score"),
    (reports, "release_round"),
    (comparisons, "compare"),
)
"""Functions from value to value that take most of the time of reports and comparisons, where they are called."""
LONG = ("reasons", "release_round", "compare")
"""Those of them that take longer than to read a file."""
IN_ANY_ORDER = ("reasons",)
"""Those that say the same in whatever order sheets are; tests/disclosure proves it."""
GENUINE = tuple((where, name, getattr(where, name)) for where, name in PLACES)


ROOMS = ("disclosure", "scoring", "sitting", "definition", "model")
"""Where everything is that those functions call, with what stands beside the rooms."""
LIBRARIES = ("numpy", "highspy")
LONG_AGO = 7 * 24 * 3600
"""Seconds after which what nothing asked for is gone."""


def remembered(work_out: Callable[..., Found], folder: Path | None = None) -> Callable[..., Found]:
    """The same function, which gives what it gave before where it is asked the same: from a file in the folder, if one
    is given, where another process was asked."""
    found: dict[bytes, Found] = {}

    @wraps(work_out)
    def of(*given: Any, **named: Any) -> Found:
        given = tuple(tuple(one) if isinstance(one, Iterator) else one for one in given)
        asked = _ordered(given) if work_out.__name__ in IN_ANY_ORDER else given
        key = _digest(asked, sorted(named.items()))
        if key not in found:
            path = folder / f"{work_out.__name__}-{key.hex()}" if folder else None
            found[key] = _kept(path, lambda: work_out(*given, **named)) if path else work_out(*given, **named)
        return found[key]

    return of


def _kept(path: Path, work_out: Callable[[], Found]) -> Found:
    with suppress(FileNotFoundError):
        os.utime(path)
        return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]  # as it was written below
    found = work_out()
    part = path.with_name(f"part-{os.getpid()}")
    part.write_bytes(pickle.dumps(found))
    part.replace(path)
    return found


def basis() -> str:
    """A name for all that those functions follow from but what they are asked."""
    sources = [*HOUSE.glob("*.py"), *(path for room in ROOMS for path in (HOUSE / room).rglob("*.py"))]
    said = sha256(" ".join([platform.python_version(), platform.platform(), *map(version, LIBRARIES)]).encode())
    for path in sorted(sources):
        said.update(str(path.relative_to(HOUSE)).encode() + path.read_bytes())
    return said.hexdigest()[:20]


def forget_what_is_old(folder: Path) -> None:
    """Take away files that nothing asked for lately, whatever they followed from."""
    for path in folder.glob("*/*"):
        with suppress(FileNotFoundError):  # another process does the same
            if path.stat().st_mtime < time.time() - LONG_AGO:
                path.unlink()


def _ordered(given: tuple[Any, ...]) -> list[Any]:
    """Results and their cells with people in the order of their groups and answers, and what else is given."""
    (answers,) = (one.answers for one in given if isinstance(one, Results))
    order = np.lexsort((*answers.codes, answers.group_of))

    def ordered(one: Any) -> Any:
        if isinstance(one, Results):
            names = tuple(answers.respondents[place] for place in order.tolist())
            return Results(
                replace(answers, respondents=names, group_of=answers.group_of[order], codes=answers.codes[:, order])
            )
        if isinstance(one, Cells):
            flags = {
                name: {key: who[order] for key, who in getattr(one, name).items()}
                for name in ("members", "left_out", "joined")
            }
            return replace(one, **flags)
        return one

    return [ordered(one) for one in given]


class _ByValue(pickle.Pickler):
    """Equal values become equal bytes: of a dataclass its attributes count, and not what it found out since; scores
    follow from answers, and a pair of rounds from the two and what they have in common."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.fast = True  # else a value that is met again is written as a place, and an equal one is not

    def reducer_override(self, one: Any) -> Any:
        if isinstance(one, Results):
            return Results, (one.answers,)
        if isinstance(one, Pair):
            return Pair, (*one.sides, one.alike.comparability)
        if is_dataclass(one) and not isinstance(one, type):
            return type(one), tuple(_in_order(getattr(one, field.name)) for field in fields(one))
        return NotImplemented


def _in_order(one: Any) -> Any:
    """The same, with sets in an order that is not another one in the next process."""
    if isinstance(one, frozenset | set):
        return "set", sorted(one)
    if type(one) in (tuple, list):
        return tuple(map(_in_order, one))
    if isinstance(one, dict):
        return {key: _in_order(value) for key, value in one.items()}
    return one


def _digest(*values: object) -> bytes:
    file = io.BytesIO()
    _ByValue(file).dump(_in_order(values))
    return sha256(file.getbuffer()).digest()

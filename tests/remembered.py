"""What is worked out of answers is worked out once in a process for the same ones, whichever tests ask for it."""

import io
import pickle
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import wraps
from hashlib import sha256
from types import ModuleType
from typing import Any, TypeVar

from selfassess.disclosure import matching, release
from selfassess.disclosure.matching import Pair
from selfassess.scoring.scores import Results
from selfassess.services import comparisons, reports

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
GENUINE = tuple((where, name, getattr(where, name)) for where, name in PLACES)


def remembered(work_out: Callable[..., Found]) -> Callable[..., Found]:
    """The same function, which gives what it gave before where it is asked the same."""
    found: dict[bytes, Found] = {}

    @wraps(work_out)
    def of(*given: Any, **named: Any) -> Found:
        given = tuple(tuple(one) if isinstance(one, Iterator) else one for one in given)
        key = _digest(given, sorted(named.items()))
        if key not in found:
            found[key] = work_out(*given, **named)
        return found[key]

    return of


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
            return type(one), tuple(getattr(one, field.name) for field in fields(one))
        return NotImplemented


def _digest(*values: object) -> bytes:
    file = io.BytesIO()
    _ByValue(file).dump(values)
    return sha256(file.getbuffer()).digest()

"""What a round suppresses is worked out once in a run for the same answers, whichever tests ask for its report."""

import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from selfassess.disclosure.cells import Cells
from selfassess.disclosure.release_log import Shown
from selfassess.disclosure.suppression import Reasons, reasons
from selfassess.model.round import Thresholds
from selfassess.scoring.scores import Results

Decide = Callable[..., Mapping[str, Reasons]]


def remembered(decide: Decide = reasons) -> Decide:
    """The same function, which finds what it found before where nothing is different: scores follow from answers."""
    found: dict[bytes, Mapping[str, Reasons]] = {}

    def of(
        results: Results, thresholds: Thresholds, cells: Cells, before: frozenset[Shown] = frozenset()
    ) -> Mapping[str, Reasons]:
        key = sha256(_by_value(results.answers, thresholds, cells, sorted(before))).digest()
        if key not in found:
            found[key] = decide(results, thresholds, cells, before)
        return found[key]

    return of


class _ByValue(pickle.Pickler):
    """Equal values become equal bytes: of a dataclass its attributes count, and not what it found out since."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.fast = True  # else a value that is met again is written as a place, and an equal one is not

    def reducer_override(self, one: Any) -> Any:
        if is_dataclass(one) and not isinstance(one, type):
            return type(one), tuple(getattr(one, field.name) for field in fields(one))
        return NotImplemented


def _by_value(*values: object) -> bytes:
    file = io.BytesIO()
    _ByValue(file).dump(values)
    return file.getvalue()

"""How values are written to JSON and to the columns of tables, and read back.

A codec knows both directions for one kind of value. Larger codecs are built from smaller ones, so that each kind of
record is declared once (in `records` and `exchange_files`). Reading trusts nothing: it raises UnreadableRowError for
every value that this program cannot have written.
"""

import datetime
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar

from selfassess.project import codes
from selfassess.project.database_errors import UnreadableRowError
from selfassess.text import clean

T = TypeVar("T")
Name = TypeVar("Name", bound=str)

TOO_MANY = 10**9
"""Limit for people, or whatever else is counted."""
_COMPACT = (",", ":")


class Codec(Generic[T]):
    """Writes and reads one kind of value."""

    def __init__(self, write: Callable[[T], Any], read: Callable[[Any], T]) -> None:
        self.write = write
        self.read = read


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a table, or one column of a row."""

    name: str
    codec: Codec[Any]
    attribute: str = ""
    """Where the value is found in the record, if not under the same name; with dots where it is in a part of it."""
    may_be_absent: bool = False
    """Whether the key is left out for None."""

    @property
    def path(self) -> str:
        return self.attribute or self.name


class Record(Codec[T]):
    """Writes and reads a record, as a table of JSON or as a row. `make` is called with the values read, each under the
    last part of its field's attribute. An exact table has all of the keys and no others; in any other, unknown keys
    are ignored and missing ones read as None."""

    def __init__(self, make: Callable[..., T], *fields: Field, exact: bool = True) -> None:
        super().__init__(self._write_table, self._read_table)
        self._make = make
        self._exact = exact
        self._fields = fields
        self._names = {field.name for field in fields}
        self._writers = [(attrgetter(field.path), field.codec.write) for field in fields]
        self._readers = [(field.path.rpartition(".")[2], field.codec.read) for field in fields]

    def write_row(self, record: T) -> tuple[Any, ...]:
        """The columns of a record, in the order of the fields."""
        return tuple(write(get(record)) for get, write in self._writers)

    def read_row(self, *columns: Any) -> T:
        """The record in a row that has the columns in the order of the fields."""
        given = zip(self._readers, columns, strict=True)
        return self._make(**{name: read(value) for (name, read), value in given})

    def _write_table(self, record: T) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for field, (get, write) in zip(self._fields, self._writers, strict=True):
            value = get(record)
            if value is not None or not field.may_be_absent:
                table[field.name] = write(value)
        return table

    def _read_table(self, table: Any) -> T:
        if not isinstance(table, dict) or (self._exact and table.keys() != self._names):
            raise UnreadableRowError(table)
        return self._make(
            **{
                name: read(table.get(field.name))
                for field, (name, read) in zip(self._fields, self._readers, strict=True)
                if field.name in table or not field.may_be_absent
            }
        )


def optional(codec: Codec[T]) -> Codec[T | None]:
    """None, or what the codec reads."""
    return Codec(
        lambda value: None if value is None else codec.write(value),
        lambda value: None if value is None else codec.read(value),
    )


def choice(names: Iterable[Name]) -> Codec[Name]:
    """One of a few names."""
    known = tuple(names)

    def read(value: Any) -> Name:
        for name in known:
            if name == value:
                return name
        raise UnreadableRowError(value)

    return Codec(_same, read)


def sequence(codec: Codec[T], *, may_be_empty: bool = True) -> Codec[tuple[T, ...]]:
    """A list of values."""

    def read(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list) or not (value or may_be_empty):
            raise UnreadableRowError(value)
        return tuple(map(codec.read, value))

    return Codec(lambda values: list(map(codec.write, values)), read)


def mapping(codec: Codec[T], *, keys: Codec[Name] | None = None, in_order: bool = False) -> Codec[Mapping[Name, T]]:
    """A table whose keys are ids. It is written in the order of the ids where `in_order` is set, and otherwise in its
    own."""

    def write(table: Mapping[Name, T]) -> dict[Name, Any]:
        return {key: codec.write(table[key]) for key in (sorted(table) if in_order else table)}

    def read(table: Any) -> dict[Name, T]:
        if not isinstance(table, dict):
            raise UnreadableRowError(table)
        return {keys.read(key) if keys else key: codec.read(value) for key, value in table.items()}

    return Codec(write, read)


def as_json(codec: Codec[T], separators: tuple[str, str] = _COMPACT) -> Codec[T]:
    """The text of a column that holds JSON."""
    return Codec(
        lambda value: to_json(codec.write(value), separators),
        lambda content: codec.read(from_json(content)),
    )


def to_json(value: Any, separators: tuple[str, str] = _COMPACT) -> str:
    """Plain values as JSON."""
    # Escaped to ASCII, because half a surrogate pair cannot be stored otherwise. It is cleaned when it is read.
    return json.dumps(value, separators=separators)


def from_json(content: Any) -> Any:
    """The plain values in a column of JSON."""
    try:
        return json.loads(content)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnreadableRowError(content) from error


def _same(value: Any) -> Any:
    return value


def _read_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise UnreadableRowError(value)


def _read_flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise UnreadableRowError(value)


def _read_number(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max:
        return value
    raise UnreadableRowError(value)


def whole_number(least: int, most: int) -> Codec[int]:
    """A whole number between two ends, both included."""

    def read(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise UnreadableRowError(value)

    return Codec(_same, read)


def _read_key(value: Any) -> str:
    if isinstance(value, str) and codes.is_key(value):
        return value
    raise UnreadableRowError(value)


def _read_day(value: Any) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(value) from error


def _write_moment(moment: datetime.datetime) -> str:
    # In UTC and of one length, so that the text sorts as time does. A moment without a zone is taken for local time.
    return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def _read_moment(value: Any) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(value) from error
    if moment.tzinfo is None:
        raise UnreadableRowError(value)
    return moment


TEXT = Codec[str](_same, _read_text)
CLEANED = Codec[str](_same, lambda value: clean(_read_text(value)))
"""Text that is cleaned when it is read: a file can have been changed by another program."""
FLAG = Codec[bool](_same, _read_flag)
NUMBER = Codec[float](_same, _read_number)
COUNT = whole_number(0, TOO_MANY - 1)
KEY = Codec[str](_same, _read_key)
"""A key or a checksum."""
KEY_OR_NOTHING = Codec[str](_same, lambda value: value if value == "" else _read_key(value))
DAY = Codec[datetime.date](datetime.date.isoformat, _read_day)
MOMENT = Codec[datetime.datetime](_write_moment, _read_moment)

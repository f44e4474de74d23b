"""What is written is read back the same, and nothing else is read."""

from dataclasses import dataclass
from typing import Any

import pytest

from selfassess.project.codec import (
    COUNT,
    DAY,
    FLAG,
    KEY,
    KEY_OR_NOTHING,
    MOMENT,
    NUMBER,
    TEXT,
    Codec,
    Field,
    Record,
    as_json,
    choice,
    mapping,
    optional,
    sequence,
)
from selfassess.project.database_errors import UnreadableRowError


@dataclass(frozen=True)
class Part:
    size: int


@dataclass(frozen=True)
class Whole:
    name: str
    part: Part
    note: str | None = None


def whole(*, size: int, **rest: Any) -> Whole:
    return Whole(part=Part(size), **rest)


FIELDS = (Field("title", TEXT, "name"), Field("size", COUNT, "part.size"), Field("note", TEXT, may_be_absent=True))
STRICT = Record(whole, *FIELDS[:2])
LENIENT = Record(whole, *FIELDS, exact=False)


@pytest.mark.parametrize(
    ("codec", "values"),
    [
        (TEXT, [None, 1, b"a"]),
        (FLAG, [None, 0, "true"]),
        (COUNT, [None, True, -1, 1.0, "1", 10**9]),
        (NUMBER, [None, True, "1", float("inf"), float("nan"), 10**400]),
        (KEY, [None, "", "a" * 31, "A" * 32]),
        (KEY_OR_NOTHING, [None, "a" * 31]),
        (DAY, [None, 1, "2026-02-30"]),
        (MOMENT, [None, "2026-01-01T00:00:00"]),
        (choice(["full", "short"]), [None, "long", ["full"]]),
        (optional(TEXT), [1]),
        (sequence(COUNT), [None, "1", {}, [1, "2"]]),
        (sequence(COUNT, may_be_empty=False), [[]]),
        (mapping(COUNT), [None, [], {"a": "1"}]),
        (mapping(COUNT, keys=KEY), [{"a": 1}]),
        (as_json(mapping(COUNT)), [None, 1, "", "{", "[]", '{"a":1.5}', "[" * 100_000]),
    ],
)
def test_what_the_program_cannot_have_written_is_unreadable(codec: Codec[Any], values: list[Any]) -> None:
    for value in values:
        with pytest.raises(UnreadableRowError):
            codec.read(value)


def test_a_record_is_written_as_a_table_and_as_a_row() -> None:
    record = Whole("one", Part(2))
    assert STRICT.write(record) == {"title": "one", "size": 2}
    assert STRICT.read({"size": 2, "title": "one"}) == record
    assert STRICT.write_row(record) == ("one", 2)
    assert STRICT.read_row("one", 2) == record


@pytest.mark.parametrize("table", [None, [], {}, {"title": "one"}, {"title": "one", "size": 2, "note": "more"}])
def test_an_exact_table_has_its_keys_and_no_others(table: object) -> None:
    with pytest.raises(UnreadableRowError):
        STRICT.read(table)


def test_other_tables_may_have_more_keys_and_leave_out_what_is_none() -> None:
    assert LENIENT.write(Whole("one", Part(2))) == {"title": "one", "size": 2}
    assert LENIENT.read({"title": "one", "size": 2, "more": 3}) == Whole("one", Part(2))
    assert LENIENT.read(LENIENT.write(Whole("one", Part(2), "said"))) == Whole("one", Part(2), "said")
    for table in ({"title": "one"}, {"title": "one", "size": 2, "note": None}):
        with pytest.raises(UnreadableRowError):
            LENIENT.read(table)


def test_json_is_ascii_and_in_the_order_that_was_asked_for() -> None:
    assert as_json(mapping(TEXT)).write({"b": "ü", "a": "\ud800"}) == '{"b":"\\u00fc","a":"\\ud800"}'
    assert as_json(mapping(COUNT, in_order=True)).write({"b": 1, "a": 2}) == '{"a":2,"b":1}'

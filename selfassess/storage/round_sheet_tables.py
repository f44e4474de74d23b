"""The tables of sheets, texts and refusals, as far as rounds go. The other tables of a round: see `round_tables`."""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from selfassess.model.round import EVERYBODY
from selfassess.model.sheet import Ticket
from selfassess.model.text import clean
from selfassess.storage import codes, rows
from selfassess.storage.database import Database
from selfassess.storage.exchange import Parcel
from selfassess.storage.trouble import UnreadableRowError

_GROUPS_AT_ONCE = 16
"""Each sheet is held against so many groups at a time."""
_ENDS = ("", *"123456789abcdef", chr(sys.maxunicode))
"""Between these is a sixteenth of the random ids, which are hexadecimal."""


class There(NamedTuple):
    """What is known of a sheet that is in the project, by its key."""

    round: str | None
    """The key of its round; None outside rounds."""
    group: str
    revision: int
    proof: str | None
    """What a later revision of it has to lead to; None where it came without one."""


def there(database: Database, key: str) -> There | None:
    """Where the sheet with that key is, or None."""
    question = "SELECT round, group_id, revision, proof FROM sheets WHERE id = ?"
    return database.first(lambda round, group, *rest: There(round, group or EVERYBODY, *rest), question, key)


def is_same(database: Database, parcel: Parcel, *, refuses: bool) -> bool:
    """Whether what is there with the key of a parcel says what the parcel says; but for texts that the parcel leaves
    out, which nothing but the receipt finds."""
    question = "SELECT questionnaire, group_id, form, answers, beside, NULL FROM sheets WHERE id = ?"
    sheet, ticket = parcel.sheet, parcel.sheet.ticket
    plain = replace(sheet, group=sheet.group or None, texts={}, ticket=None, date=None)
    return (
        database.first(rows.unpack_sheet, question, parcel.key) == plain
        and matching(database, parcel.key) == (ticket.matching if ticket else "")
        and (database.first(bool, "SELECT 1 FROM refusals WHERE key = ?", parcel.refusal) or False) == refuses
        and all(_has_text(database, key, about, clean(text)) for key, (about, text) in parcel.texts.items())
    )


def _has_text(database: Database, key: str, about: str, text: str) -> bool:
    found = database.first(lambda *row: row, "SELECT about, content FROM texts WHERE id = ?", key)
    return found == ((about, text) if text.strip() else None)


def are_of_another(database: Database, parcel: Parcel, round: str, *, is_new: bool) -> bool:
    """Whether a key of a parcel, for a text or a refusal, is that of another sheet. A new sheet has keys that nothing
    has; one that replaces another has keys of its own round, of the same group and about the same."""
    refusal = database.first(lambda *row: row, "SELECT round, group_id FROM refusals WHERE key = ?", parcel.refusal)
    if refusal and (is_new or refusal != (round, parcel.sheet.group or EVERYBODY)):
        return True
    for key, (about, _) in parcel.texts.items():
        text = database.first(lambda *row: row, "SELECT round, about FROM texts WHERE id = ?", key)
        if text and (is_new or text != (round, about)):
            return True
    return False


def put_sheet(connection: sqlite3.Connection, parcel: Parcel, ticket: Ticket) -> None:
    """Put a sheet and, apart from it, its texts in the place of what there was in the same round. A text of which
    nothing is left takes the one before away."""
    sheet, round = parcel.sheet, ticket.round
    connection.execute("DELETE FROM sheets WHERE id = ? AND round = ?", (parcel.key, round))
    connection.execute(
        "INSERT INTO sheets (id, questionnaire, group_id, form, answers, beside, round, matching, revision, proof) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            parcel.key,
            sheet.questionnaire,
            sheet.group or None,
            sheet.form,
            sheet.answers,
            rows.pack_beside(sheet),
            round,
            ticket.matching or None,
            parcel.revision,
            parcel.proof or None,
        ),
    )
    connection.executemany("DELETE FROM texts WHERE id = ? AND round = ?", [(key, round) for key in parcel.texts])
    texts = [(key, sheet.questionnaire, about, clean(text), round) for key, (about, text) in parcel.texts.items()]
    connection.executemany(
        "INSERT INTO texts (id, questionnaire, about, content, round) VALUES (?, ?, ?, ?, ?)",
        [row for row in texts if row[3].strip()],
    )


def put_refusal(connection: sqlite3.Connection, key: str, round: str, group: str, *, refuses: bool) -> None:
    """Note that somebody does not agree, or that they do now."""
    connection.execute("DELETE FROM refusals WHERE key = ? AND round = ?", (key, round))
    if refuses:
        connection.execute("INSERT INTO refusals (key, round, group_id) VALUES (?, ?, ?)", (key, round, group))


def remove_refusal(connection: sqlite3.Connection, receipt: str) -> None:
    """Remove what a person said of consent."""
    connection.execute("DELETE FROM refusals WHERE key = ?", (codes.refusal_key(receipt),))


def refuses(database: Database, receipt: str) -> bool:
    """Whether the person with that receipt does not agree."""
    return database.first(bool, "SELECT 1 FROM refusals WHERE key = ?", codes.refusal_key(receipt)) or False


def matching(database: Database, key: str) -> str:
    """The key of the code that the person of a sheet made up, or nothing."""
    return database.first(lambda found: found or "", "SELECT matching FROM sheets WHERE id = ?", key) or ""


def answers(database: Database, round: str) -> Iterator[tuple[Any, ...]]:
    """Group and characters of every sheet of a round, by its random id."""
    return database.rows("SELECT group_id, answers FROM sheets WHERE round = ? ORDER BY id", round)


def answers_by_group(database: Database, round: str, groups: Sequence[str | None]) -> Iterator[tuple[str | None, str]]:
    """Each of these groups, with the characters of many of its sheets of a round one after the other, in an order that
    tells nothing; then the sheets of any other group, one by one."""
    is_other = " AND ".join(["TRUE", *["group_id IS NOT ?"] * len(groups)])
    strange = f"({is_other} OR typeof(answers) <> 'text')"
    are_strange = False
    for start in range(0, max(len(groups), 1), _GROUPS_AT_ONCE):
        some = groups[start : start + _GROUPS_AT_ONCE]
        together = ["group_concat(answers, '') FILTER (WHERE group_id IS ?)"] * len(some)
        columns = ", ".join([f"count(*) FILTER (WHERE {strange})", *together])
        # A part of the ids at a time, so that no text gets too long.
        question = f"SELECT {columns} FROM sheets WHERE round = ? AND id >= ? AND id < ?"  # noqa: S608
        for first, last in pairwise(_ENDS):
            for number, *texts in database.rows(question, *groups, *some, round, first, last):
                are_strange = are_strange or bool(number)
                yield from ((group, text) for group, text in zip(some, texts, strict=True) if text)
    if are_strange:
        question = f"SELECT group_id, answers FROM sheets WHERE round = ? AND {strange} ORDER BY id"  # noqa: S608
        yield from database.read(_group_and_answers, question, round, *groups)


def _group_and_answers(group: str | None, answers: str) -> tuple[str | None, str]:
    if not (isinstance(answers, str) and isinstance(group, str | None)):
        raise UnreadableRowError(answers)
    return group, answers


def texts(database: Database, round: str) -> Iterator[tuple[str, str]]:
    """What each text of a round is about, and the text, by its random id."""
    question = "SELECT about, content FROM texts WHERE round = ? ORDER BY id"
    return database.read(lambda about, content: (about, rows.unpack_text(content)), question, round)


def abouts(database: Database, round: str) -> tuple[str, ...]:
    """What there are texts about in a round."""
    return tuple(database.read(str, "SELECT DISTINCT about FROM texts WHERE round = ? ORDER BY about", round))

"""The queries and changes of all tables but those of rounds (`round_queries`) and of the plan (`plan_queries`).

Functions that change something take the connection of a transaction; those that only read take the database. The SQL
is limited to what PostgreSQL understands too.
"""

import datetime
import hashlib
import sqlite3
from collections.abc import Iterator

from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Receipt, Sheet
from selfassess.project import acceptance, codes, records
from selfassess.project.codec import CLEANED
from selfassess.project.database import Database
from selfassess.project.database_errors import UnreadableRowError
from selfassess.text import clean

_LOOKED_AT = 50_000
"""The most sheets of one questionnaire that are checked: more would take longer than their report."""


def set_up(connection: sqlite3.Connection, kind: str, salt: str, *, made_up: bool) -> None:
    """Store the settings of a new project."""
    settings = [("kind", kind), ("salt", salt), *([("made_up", "yes")] if made_up else [])]
    connection.executemany("INSERT INTO project (key, value) VALUES (?, ?)", settings)


def setting(database: Database, key: str) -> str | None:
    """A setting of the project, or None."""
    return database.first(str, "SELECT value FROM project WHERE key = ?", key)


def set_setting(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Store a setting of the project; an empty value deletes it."""
    connection.execute("DELETE FROM project WHERE key = ?", (key,))
    if value:
        connection.execute("INSERT INTO project (key, value) VALUES (?, ?)", (key, value))


def add_questionnaire(connection: sqlite3.Connection, edition: Edition) -> None:
    """Freeze a questionnaire. Does nothing if it is stored already."""
    connection.execute(
        "INSERT INTO questionnaires (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (edition.sha256, edition.content),
    )


def questionnaire(database: Database, sha256: str) -> bytes | None:
    """The bytes of a frozen questionnaire, or None."""
    found = database.first(_whole, "SELECT sha256, content FROM questionnaires WHERE sha256 = ?", sha256)
    return found and found[1]


def questionnaires(database: Database) -> Iterator[tuple[str, bytes]]:
    """Hash and bytes of every frozen questionnaire."""
    return database.read(_whole, "SELECT sha256, content FROM questionnaires ORDER BY sha256")


def _whole(sha256: str, content: bytes) -> tuple[str, bytes]:
    if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != sha256:
        raise UnreadableRowError(sha256)
    return sha256, content


def add_draft(connection: sqlite3.Connection, id: str, draft: Draft, saved: datetime.datetime | None) -> None:
    """Store a new draft, in revision 0."""
    connection.execute(
        "INSERT INTO drafts (id, questionnaire, content, revision, saved) VALUES (?, ?, ?, 0, ?)",
        (id, draft.questionnaire, records.write_draft(draft), records.DATE.write(saved)),
    )


def save_draft(
    connection: sqlite3.Connection,
    id: str,
    revision: int,
    draft: Draft,
    saved: datetime.datetime | None,
    receipt: Receipt | None = None,
) -> bool:
    """Replace a draft; `receipt` is that of the sheet for which it is being handed in. False if there is none with that
    id in that revision."""
    found = connection.execute(
        "UPDATE drafts SET content = ?, saved = ?, revision = revision + 1 WHERE id = ? AND revision = ?",
        (records.write_draft(draft, receipt), records.DATE.write(saved), id, revision),
    )
    return found.rowcount > 0


def remove_draft(connection: sqlite3.Connection, id: str, revision: int | None = None) -> bool:
    """Delete a draft. False if there is none with that id, and in that revision if one is given."""
    if revision is None:
        return connection.execute("DELETE FROM drafts WHERE id = ?", (id,)).rowcount > 0
    return connection.execute("DELETE FROM drafts WHERE id = ? AND revision = ?", (id, revision)).rowcount > 0


def has_draft(connection: sqlite3.Connection, id: str) -> bool:
    """Whether there is a draft with that id, in any revision."""
    return connection.execute("SELECT 1 FROM drafts WHERE id = ?", (id,)).fetchone() is not None


def draft(database: Database, id: str) -> records.SavedDraft | None:
    """The draft with that id, or None."""
    question = "SELECT id, questionnaire, content, saved, revision FROM drafts WHERE id = ?"
    return database.first(records.read_saved_draft, question, id)


def receipt_of_draft(database: Database, id: str) -> Receipt | None:
    """The receipt of the sheet for which a draft was being handed in; None if that was not begun."""
    return database.first(records.read_receipt, "SELECT content FROM drafts WHERE id = ?", id)


def drafts(database: Database) -> Iterator[records.SavedDraft]:
    """Every draft, the most recently saved first."""
    question = "SELECT id, questionnaire, content, saved, revision FROM drafts ORDER BY saved DESC, id"
    return database.read(records.read_saved_draft, question)


def add_sheet(connection: sqlite3.Connection, sheet: Sheet, receipt: Receipt, kept: Receipt | None) -> None:
    """Store a sheet and, apart from it, its texts. `kept` is the receipt where the project may know it."""
    connection.execute(
        "INSERT INTO sheets (id, questionnaire, group_id, form, answers, beside, date, receipt, revision) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (codes.sheet_key(receipt), *records.SHEET.write_row(sheet), kept),
    )
    for about, text in sheet.texts.items():
        add_text(connection, sheet.questionnaire, receipt, about, text)


def add_text(connection: sqlite3.Connection, questionnaire: str, receipt: Receipt, about: str, text: str) -> None:
    """Store what was written about something, by the person with a receipt."""
    connection.execute(
        "INSERT INTO texts (id, questionnaire, about, content) VALUES (?, ?, ?, ?)",
        (codes.text_key(receipt, about), questionnaire, about, clean(text)),
    )


def remove_text(connection: sqlite3.Connection, receipt: Receipt, about: str) -> None:
    """Delete what the person with a receipt wrote about something, if they wrote anything."""
    connection.execute("DELETE FROM texts WHERE id = ?", (codes.text_key(receipt, about),))


def remove_sheet(connection: sqlite3.Connection, receipt: Receipt) -> bool:
    """Delete a sheet and its texts. False if no sheet has that receipt."""
    key = (codes.sheet_key(receipt),)
    found = connection.execute("SELECT questionnaire FROM sheets WHERE id = ?", key).fetchone()
    if found is None:
        return False
    abouts = connection.execute("SELECT DISTINCT about FROM texts WHERE questionnaire = ?", found).fetchall()
    texts = [(codes.text_key(receipt, about),) for (about,) in abouts]
    connection.executemany("DELETE FROM texts WHERE id = ?", texts)
    connection.execute("DELETE FROM sent WHERE id = ?", key)
    connection.execute("DELETE FROM sheets WHERE id = ?", key)
    return True


def note_sent(connection: sqlite3.Connection, receipt: Receipt) -> None:
    """Note that a sheet was sent, and that its row is a copy."""
    connection.execute("INSERT INTO sent (id) VALUES (?)", (codes.sheet_key(receipt),))


def sent(database: Database) -> frozenset[str]:
    """The ids of the sheets that were sent."""
    return frozenset(database.read(str, "SELECT id FROM sent"))


def set_revision(connection: sqlite3.Connection, receipt: Receipt, revision: int) -> None:
    """Store how often a sheet was answered again."""
    connection.execute("UPDATE sheets SET revision = ? WHERE id = ?", (revision, codes.sheet_key(receipt)))


def revision(database: Database, receipt: Receipt) -> int:
    """How often a sheet was answered again; 0 if there is none."""
    return database.first(int, "SELECT revision FROM sheets WHERE id = ?", codes.sheet_key(receipt)) or 0


def has_sheet(connection: sqlite3.Connection, receipt: Receipt) -> bool:
    """Whether a sheet has that receipt."""
    key = (codes.sheet_key(receipt),)
    return connection.execute("SELECT 1 FROM sheets WHERE id = ?", key).fetchone() is not None


def sheet(database: Database, receipt: Receipt) -> Sheet | None:
    """The sheet with a receipt, without its texts, or None."""
    question = "SELECT questionnaire, group_id, form, answers, beside, date FROM sheets WHERE id = ?"
    return database.first(records.SHEET.read_row, question, codes.sheet_key(receipt))


def sheets(database: Database, questionnaire: str | None) -> Iterator[tuple[Sheet, Receipt | None]]:
    """The sheets outside rounds, of one questionnaire or of all, without their texts, by date and then by id; each
    with its receipt if the project knows it."""
    question = (
        "SELECT questionnaire, group_id, form, answers, beside, date, receipt FROM sheets "
        "WHERE round IS NULL AND (questionnaire = ? OR ? IS NULL) ORDER BY date, id"
    )
    return database.read(_sheet_and_receipt, question, questionnaire, questionnaire)


def _sheet_and_receipt(*row: str | None) -> tuple[Sheet, Receipt | None]:
    *sheet, receipt = row
    return records.SHEET.read_row(*sheet), None if receipt is None else Receipt(receipt)


def texts(database: Database, receipt: Receipt, questionnaire: str) -> dict[str, str]:
    """The texts with a receipt, by what they are about."""
    question = "SELECT DISTINCT about FROM texts WHERE questionnaire = ? ORDER BY about"
    abouts = tuple(database.read(str, question, questionnaire))
    found = {about: _text(database, codes.text_key(receipt, about)) for about in abouts}
    return {about: text for about, text in found.items() if text is not None}


def fit(database: Database, edition: Edition) -> bool:
    """Whether every draft and sheet of a questionnaire can be an answer to it."""
    questionnaire, sha256 = edition.questionnaire, edition.sha256
    question = "SELECT 1 FROM sheets WHERE questionnaire = ? AND length(answers) <> ?"
    if database.first(bool, question, sha256, len(questionnaire.items)):
        return False
    drafts = "SELECT questionnaire, content FROM drafts WHERE questionnaire = ?"
    sheets = "SELECT questionnaire, group_id, form, answers, beside, date FROM sheets WHERE questionnaire = ? LIMIT ?"
    readable = acceptance.Readable(questionnaire)

    def is_readable(*row: str | None) -> bool:
        return readable.is_plain(*row[1:]) or readable(records.SHEET.read_row(*row))

    return all(
        acceptance.can_be_begun(draft, questionnaire) for draft in database.read(records.read_draft, drafts, sha256)
    ) and all(database.read(is_readable, sheets, sha256, _LOOKED_AT))


def _text(database: Database, id: str) -> str | None:
    return database.first(CLEANED.read, "SELECT content FROM texts WHERE id = ?", id)

"""What people keep in their own project of what they send off: the receipt while it is on its way, then a copy."""

import datetime
from contextlib import suppress

from selfassess.errors import UsageError
from selfassess.model.sheet import Draft, Sheet
from selfassess.storage import codes, rows, schema, tables
from selfassess.storage.project import Project
from selfassess.storage.rows import SavedDraft, pack_moment


def save_draft(project: Project, last: SavedDraft, draft: Draft, receipt: str) -> SavedDraft:
    """Save a draft that is being sent off, with the receipt of its sheet. ProjectError as for any draft."""
    now = datetime.datetime.now(datetime.UTC)
    content = rows.to_json({**rows.table_of(rows.pack_draft(draft)), "receipt": receipt})
    change = "UPDATE drafts SET content = ?, saved = ?, revision = revision + 1 WHERE id = ? AND revision = ?"
    with project.database.transaction() as connection:
        if not connection.execute(change, (content, pack_moment(now), last.id, last.revision)).rowcount:
            raise project.overtaken(connection, last)
    return SavedDraft(last.id, draft, now, last.revision + 1)


def receipt_of(project: Project, draft_id: str) -> str:
    """The receipt of the sheet that a draft was being sent off as; "" where that was not begun."""
    content = project.database.first(str, "SELECT content FROM drafts WHERE id = ?", draft_id)
    receipt = rows.table_of(content).get("receipt") if content else None
    with suppress(UsageError):
        return codes.normalise(receipt) if isinstance(receipt, str) else ""
    return ""


def keep(project: Project, sheet: Sheet, receipt: str, revision: int, last: SavedDraft) -> None:
    """Keep a sheet that was sent, with its date, in the place of what the same receipt found before, and let go of the
    draft that it was: all of it or nothing. ProjectError as for a draft that is saved."""
    with project.database.transaction() as connection:
        if not tables.remove_draft(connection, last.id, last.revision):
            raise project.overtaken(connection, last)
        tables.remove_sheet(connection, receipt)
        tables.add_sheet(connection, sheet, receipt, pack_moment(sheet.date), receipt)
        question = "UPDATE sheets SET revision = ? WHERE id = ?"
        connection.execute(question, (revision, codes.sheet_key(receipt)))
        schema.note_untidy(connection)


def revision(project: Project, receipt: str) -> int:
    """How often the sheet of a receipt was answered again, as far as the copy knows; 0 where there is none."""
    question = "SELECT revision FROM sheets WHERE id = ?"
    return project.database.first(int, question, codes.sheet_key(receipt)) or 0

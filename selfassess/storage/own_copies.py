"""What people keep in their own project of what they send off: the receipt while it is on its way, then a copy."""

from selfassess.model.sheet import Sheet
from selfassess.storage import schema, tables
from selfassess.storage.project import Project
from selfassess.storage.rows import SavedDraft, pack_moment


def receipt_of(project: Project, draft_id: str) -> str:
    """The receipt of the sheet that a draft was being sent off as; "" where that was not begun."""
    return tables.receipt_of_draft(project.database, draft_id)


def keep(project: Project, sheet: Sheet, receipt: str, revision: int, last: SavedDraft) -> None:
    """Keep a sheet that was sent, with its date, in the place of what the same receipt found before, and let go of the
    draft that it was: all of it or nothing. ProjectError as for a draft that is saved."""
    with project.database.transaction() as connection:
        if not tables.remove_draft(connection, last.id, last.revision):
            raise project.overtaken(connection, last)
        tables.remove_sheet(connection, receipt)
        tables.add_sheet(connection, sheet, receipt, pack_moment(sheet.date), receipt)
        tables.set_revision(connection, receipt, revision)
        schema.note_untidy(connection)


def revision(project: Project, receipt: str) -> int:
    """How often the sheet of a receipt was answered again, as far as the copy knows; 0 where there is none."""
    return tables.revision(project.database, receipt)

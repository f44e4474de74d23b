"""What people keep in their own project of what they send off: the receipt while it is on its way, then a copy."""

from selfassess.model.sheet import Sheet
from selfassess.storage import tables
from selfassess.storage.project import Project
from selfassess.storage.rows import SavedDraft


def receipt_of(project: Project, draft_id: str) -> str:
    """The receipt of the sheet that a draft was being sent off as; "" where that was not begun."""
    return tables.receipt_of_draft(project.database, draft_id)


def keep(project: Project, sheet: Sheet, receipt: str, revision: int, last: SavedDraft) -> None:
    """Keep a sheet that was sent, with its date, in the place of what the same receipt found before, and let go of the
    draft that it was: all of it or nothing. ProjectError as for a draft that is saved."""
    with project.database.transaction() as connection:
        project.replace_sheet(connection, sheet, receipt, last)
        tables.set_revision(connection, receipt, revision)
        tables.note_sent(connection, receipt)


def revision(project: Project, receipt: str) -> int:
    """How often the sheet of a receipt was answered again, as far as the copy knows; 0 where there is none."""
    return tables.revision(project.database, receipt)

"""The copies that people keep in their own project of the sheets that they sent off."""

from selfassess.model.sheet import Sheet
from selfassess.storage import codes, schema, tables
from selfassess.storage.project import Project
from selfassess.storage.rows import SavedDraft, pack_moment


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

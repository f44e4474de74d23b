"""Taking a sheet back with its receipt, in a round or outside."""

import sqlite3

from selfassess.errors import UsageError
from selfassess.storage import codes, round_sheet_tables, round_tables, schema, tables


def withdraw(connection: sqlite3.Connection, receipt: str, draft: str) -> bool:
    """Remove the sheet that a receipt finds, its texts, what it said of consent, and the draft with that id, in which
    the same person answers again. False where nothing has that receipt; UsageError where its round is closed."""
    if round_tables.state_of(connection, codes.sheet_key(receipt)) == "closed":
        raise UsageError(
            "The round of this sheet is closed, and what its report says has been fixed with the sheet in it.",
            "Only the whole round can be deleted, with every sheet in it. Ask the person who invited you.",
            facilitator="Only the whole round can be deleted, with every sheet in it.",
        )
    round_tables.note_withdrawn(connection, receipt)
    if not tables.remove_sheet(connection, receipt):
        return False
    round_sheet_tables.remove_refusal(connection, receipt)
    round_tables.remove_paper(connection, receipt)
    tables.remove_draft(connection, draft)
    schema.note_untidy(connection)
    return True

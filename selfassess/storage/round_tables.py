"""Every question to the tables about rounds and every change of them, as `tables` has it for the rest."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress

from selfassess.errors import UsageError
from selfassess.model.round import EVERYBODY, Agreed, Round
from selfassess.model.text import clean
from selfassess.storage import codes, round_rows, rows
from selfassess.storage.database import Database
from selfassess.storage.trouble import UnreadableRowError

_BEFORE = "before "
"""What stands before the key of a round where the project notes which one it comes after."""
_REPORTED = "reported "
"""And where it notes the numbers of people invited that a report had before they were corrected."""
_ROUND = "SELECT key, id, title, questionnaire, form, invited, rules, state, standing, targets FROM rounds"


def add_round(connection: sqlite3.Connection, round: Round) -> None:
    """Keep a new round."""
    connection.execute(
        "INSERT INTO rounds (key, id, title, questionnaire, form, invited, rules, state, standing, targets, fixed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        round_rows.pack_round(round),
    )


def change_round(connection: sqlite3.Connection, round: Round) -> None:
    """Keep a round as it is now, by its key; its id and its questionnaire stay."""
    key, _, title, _, *rest = round_rows.pack_round(round)
    connection.execute(
        "UPDATE rounds SET title = ?, form = ?, invited = ?, rules = ?, state = ?, standing = ?, targets = ? "
        "WHERE key = ?",
        (title, *rest, key),
    )


def rounds(database: Database) -> Iterator[Round]:
    """Every round, by id."""
    return database.read(round_rows.unpack_round, f"{_ROUND} ORDER BY id")


def round_of(database: Database, id: str) -> Round | None:
    """The round with that id, or None."""
    return database.first(round_rows.unpack_round, f"{_ROUND} WHERE id = ?", id)


def round_with_key(database: Database, key: str) -> Round | None:
    """The round with that key, or None."""
    return database.first(round_rows.unpack_round, f"{_ROUND} WHERE key = ?", key)


def note_before(connection: sqlite3.Connection, key: str, before: str) -> None:
    """Note after which round a round comes, by their keys."""
    connection.execute("INSERT INTO project (key, value) VALUES (?, ?)", (f"{_BEFORE}{key}", before))


def key_before(database: Database, key: str) -> str | None:
    """The key of the round that a round comes after, or None."""
    return database.first(str, "SELECT value FROM project WHERE key = ?", f"{_BEFORE}{key}")


def note_reported(connection: sqlite3.Connection, key: str, numbers: round_rows.Numbers) -> None:
    """Note the numbers of people invited, by group, that a round had since its first report and has no longer."""
    connection.execute(
        "INSERT INTO project (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (f"{_REPORTED}{key}", rows.to_json({group: list(some) for group, some in numbers.items()})),
    )


def reported(database: Database, key: str) -> dict[str, tuple[int, ...]]:
    """The numbers that `note_reported` noted; none where nothing was corrected."""
    question = "SELECT value FROM project WHERE key = ?"
    return database.first(round_rows.unpack_reported, question, f"{_REPORTED}{key}") or {}


def is_fixed(database: Database, key: str) -> bool:
    """Whether somebody can have read the rules of a round."""
    return database.first(bool, "SELECT fixed FROM rounds WHERE key = ?", key) or False


def fix(connection: sqlite3.Connection, key: str) -> None:
    """Note that somebody can have read the rules."""
    connection.execute("UPDATE rounds SET fixed = 1 WHERE key = ?", (key,))


def sheets_in(database: Database, key: str) -> dict[str, int]:
    """How many sheets there are of a round, by group."""
    return _counted(database, "SELECT group_id, count(*) FROM sheets WHERE round = ? GROUP BY group_id", key)


def admissions(database: Database, key: str, least: int = 0) -> dict[str, int]:
    """How many admission codes there are of a round, by group; with 1 only those that were used."""
    question = "SELECT group_id, count(*) FROM admissions WHERE round = ? AND used >= ? GROUP BY group_id"
    return _counted(database, question, key, least)


def refusals(database: Database, key: str) -> dict[str, int]:
    """How many of those who handed in do not agree, by group."""
    return _counted(database, "SELECT group_id, count(*) FROM refusals WHERE round = ? GROUP BY group_id", key)


def _counted(database: Database, question: str, *values: str | int) -> dict[str, int]:
    return {group or EVERYBODY: number for group, number in database.rows(question, *values)}


def drafts(database: Database, round: Round) -> Iterator[rows.SavedDraft]:
    """The drafts of a round."""
    question = "SELECT id, questionnaire, content, saved, revision FROM drafts WHERE questionnaire = ? ORDER BY id"
    for saved in database.read(rows.unpack_saved, question, round.questionnaire):
        if saved.draft.ticket and saved.draft.ticket.round == round.key:
            yield saved


def add_admissions(connection: sqlite3.Connection, round: str, group: str, keys: Iterable[str]) -> None:
    """Keep the keys of new admission codes."""
    connection.executemany(
        "INSERT INTO admissions (key, round, group_id, used) VALUES (?, ?, ?, 0)", [(key, round, group) for key in keys]
    )


def admission(database: Database, round: str, key: str) -> tuple[str, bool] | None:
    """The group that an admission code was given out for and whether it was used; None if it is none of the round."""
    question = "SELECT group_id, used FROM admissions WHERE key = ? AND round = ?"
    return database.first(lambda group, used: (group, bool(used)), question, key, round)


def admission_keys(database: Database, round: str) -> Iterator[str]:
    """The keys of all admission codes of a round."""
    return database.read(str, "SELECT key FROM admissions WHERE round = ? ORDER BY key", round)


def is_admission(database: Database, key: str) -> bool:
    """Whether there is an admission code with that key, of any round."""
    return database.first(bool, "SELECT 1 FROM admissions WHERE key = ?", key) or False


def take_admissions_back(connection: sqlite3.Connection, round: str, group: str) -> int:
    """Remove the admission codes of a group that were not used. How many."""
    question = "DELETE FROM admissions WHERE round = ? AND group_id = ? AND used = 0"
    return connection.execute(question, (round, group)).rowcount


def use_admission(connection: sqlite3.Connection, key: str, round: str) -> None:
    """Use an admission code up."""
    connection.execute("UPDATE admissions SET used = 1 WHERE key = ? AND round = ?", (key, round))


def note_withdrawn(connection: sqlite3.Connection, receipt: str) -> None:
    """Note that the sheet of a round with that receipt is taken back; nothing for what never was a file: a sheet
    outside rounds, or one from paper."""
    connection.execute(
        "INSERT INTO withdrawn (key, round) SELECT id, round FROM sheets WHERE id = ? AND round IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM papers WHERE receipt = ?)",
        (codes.sheet_key(receipt), receipt),
    )


def is_withdrawn(database: Database, key: str) -> bool:
    """Whether the sheet with that key was taken back."""
    return database.first(bool, "SELECT 1 FROM withdrawn WHERE key = ?", key) or False


def remove_round(connection: sqlite3.Connection, round: Round) -> None:
    """Remove every row of a round but its drafts, and the questionnaire where nothing else needs it."""
    for table in ("released", "agreed", "papers", "withdrawn", "refusals", "admissions", "texts", "sheets"):
        connection.execute(f"DELETE FROM {table} WHERE round = ?", (round.key,))  # noqa: S608  # a name from above
    connection.execute(
        "DELETE FROM project WHERE key = ? OR (substr(key, 1, ?) = ? AND value = ?)",
        (f"{_BEFORE}{round.key}", len(_BEFORE), _BEFORE, round.key),
    )
    connection.execute("DELETE FROM project WHERE key = ?", (f"{_REPORTED}{round.key}",))
    connection.execute("DELETE FROM rounds WHERE key = ?", (round.key,))
    connection.execute(
        "DELETE FROM questionnaires WHERE sha256 = ?"
        " AND NOT EXISTS (SELECT 1 FROM rounds WHERE questionnaire = sha256)"
        " AND NOT EXISTS (SELECT 1 FROM sheets WHERE questionnaire = sha256)"
        " AND NOT EXISTS (SELECT 1 FROM texts WHERE questionnaire = sha256)"
        " AND NOT EXISTS (SELECT 1 FROM drafts WHERE questionnaire = sha256)",
        (round.questionnaire,),
    )


def paper(database: Database, round: str, number: str) -> str | None:
    """The receipt of what was keyed in under a number, or None. It can have been kept with noughts before it."""
    return database.first(
        _receipt,
        "SELECT receipt FROM papers WHERE round = ? AND (number = ? OR"
        " (number NOT GLOB '*[^0-9]*' AND ltrim(number, '0') = ltrim(?, '0'))) ORDER BY number = ? DESC",
        round,
        number,
        number,
        number,
    )


def _receipt(text: str) -> str:
    with suppress(UsageError):
        if codes.normalise(text) == text and not codes.is_resume_code(text):
            return text
    raise UnreadableRowError(text)


def papers(database: Database, round: str) -> Iterator[str]:
    """The numbers that were keyed in."""
    return database.read(str, "SELECT number FROM papers WHERE round = ? ORDER BY number", round)


def add_paper(connection: sqlite3.Connection, round: str, number: str, receipt: str) -> None:
    """Keep under which number a sheet was keyed in; nothing happens if it is there."""
    connection.execute(
        "INSERT INTO papers (round, number, receipt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (round, number, receipt)
    )


def remove_paper(connection: sqlite3.Connection, receipt: str) -> None:
    """Forget under which number a sheet was keyed in."""
    connection.execute("DELETE FROM papers WHERE receipt = ?", (receipt,))


def released(database: Database, round: str) -> Iterator[tuple[str, str, str]]:
    """Everything that was shown of a round."""
    return database.read(_shown, "SELECT cell, id, kind FROM released WHERE round = ? ORDER BY cell, id, kind", round)


def _shown(cell: str, id: str, kind: str) -> tuple[str, str, str]:
    if not (isinstance(cell, str) and isinstance(id, str) and isinstance(kind, str)):
        raise UnreadableRowError(cell)
    return cell, id, kind


def release(connection: sqlite3.Connection, round: str, shown: Iterable[tuple[str, str, str]]) -> None:
    """Note down what is shown. From then on the round stays closed, so what only an open one needs is let go: codes
    that were not used, the numbers on paper, and which sheets were taken back."""
    for rows_of in ("admissions WHERE used = 0 AND", "papers WHERE", "withdrawn WHERE"):
        connection.execute(f"DELETE FROM {rows_of} round = ?", (round,))  # noqa: S608  # all of it is above
    connection.executemany(
        "INSERT INTO released (round, cell, id, kind) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(round, *one) for one in sorted(shown)],
    )


def agreed(database: Database, round: str) -> Iterator[Agreed]:
    """The scores that a meeting agreed on, by node."""
    question = "SELECT node, score, why FROM agreed WHERE round = ? ORDER BY node"
    return database.read(round_rows.unpack_agreed, question, round)


def agree(connection: sqlite3.Connection, round: str, agreed: Agreed) -> None:
    """Keep the score that a meeting agreed on for a node, in place of the one before."""
    disagree(connection, round, agreed.node)
    connection.execute(
        "INSERT INTO agreed (round, node, score, why) VALUES (?, ?, ?, ?)",
        (round, agreed.node, agreed.score, clean(agreed.why)),
    )


def disagree(connection: sqlite3.Connection, round: str, node: str) -> None:
    """Take such a score away."""
    connection.execute("DELETE FROM agreed WHERE round = ? AND node = ?", (round, node))


def state_of(connection: sqlite3.Connection, key: str) -> str | None:
    """The state of the round that a sheet is in; None where it is in none."""
    question = "SELECT state FROM rounds WHERE key = (SELECT round FROM sheets WHERE id = ?)"
    found = connection.execute(question, (key,)).fetchone()
    return None if found is None else str(found[0])

"""Every question to the tables about rounds and every change of them, as `tables` has it for the rest.

The tables of sheets, texts and refusals, as far as rounds go. The other tables of a round: see `round_tables`."""

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from selfassess.errors import UsageError
from selfassess.model.round import EVERYBODY, Agreed, Round
from selfassess.model.sheet import Ticket
from selfassess.project import codes, records
from selfassess.project.database import Database
from selfassess.project.database_errors import UnreadableRowError
from selfassess.project.exchange_files import Parcel
from selfassess.text import clean

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
        records.pack_round(round),
    )


def change_round(connection: sqlite3.Connection, round: Round) -> None:
    """Keep a round as it is now, by its key; its id and its questionnaire stay."""
    key, _, title, _, *rest = records.pack_round(round)
    connection.execute(
        "UPDATE rounds SET title = ?, form = ?, invited = ?, rules = ?, state = ?, standing = ?, targets = ? "
        "WHERE key = ?",
        (title, *rest, key),
    )


def rounds(database: Database) -> Iterator[Round]:
    """Every round, by id."""
    return database.read(records.unpack_round, f"{_ROUND} ORDER BY id")


def round_of(database: Database, id: str) -> Round | None:
    """The round with that id, or None."""
    return database.first(records.unpack_round, f"{_ROUND} WHERE id = ?", id)


def round_with_key(database: Database, key: str) -> Round | None:
    """The round with that key, or None."""
    return database.first(records.unpack_round, f"{_ROUND} WHERE key = ?", key)


def note_before(connection: sqlite3.Connection, key: str, before: str) -> None:
    """Note after which round a round comes, by their keys."""
    connection.execute("INSERT INTO project (key, value) VALUES (?, ?)", (f"{_BEFORE}{key}", before))


def key_before(database: Database, key: str) -> str | None:
    """The key of the round that a round comes after, or None."""
    return database.first(str, "SELECT value FROM project WHERE key = ?", f"{_BEFORE}{key}")


def note_reported(connection: sqlite3.Connection, key: str, numbers: records.Numbers) -> None:
    """Note the numbers of people invited, by group, that a round had since its first report and has no longer."""
    connection.execute(
        "INSERT INTO project (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (f"{_REPORTED}{key}", records.to_json({group: list(some) for group, some in numbers.items()})),
    )


def reported(database: Database, key: str) -> dict[str, tuple[int, ...]]:
    """The numbers that `note_reported` noted; none where nothing was corrected."""
    question = "SELECT value FROM project WHERE key = ?"
    return database.first(records.unpack_reported, question, f"{_REPORTED}{key}") or {}


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


def drafts(database: Database, round: Round) -> Iterator[records.SavedDraft]:
    """The drafts of a round."""
    question = "SELECT id, questionnaire, content, saved, revision FROM drafts WHERE questionnaire = ? ORDER BY id"
    for saved in database.read(records.unpack_saved, question, round.questionnaire):
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
    """The receipt of what was keyed in under a number, or None. It can have been kept with zeros before it."""
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
    return database.read(records.unpack_agreed, question, round)


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
        database.first(records.unpack_sheet, question, parcel.key) == plain
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
            records.pack_beside(sheet),
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
    return database.read(lambda about, content: (about, records.unpack_text(content)), question, round)


def abouts(database: Database, round: str) -> tuple[str, ...]:
    """What there are texts about in a round."""
    return tuple(database.read(str, "SELECT DISTINCT about FROM texts WHERE round = ? ORDER BY about", round))

"""The queries and changes of the tables of rounds, and of sheets and texts as far as they belong to rounds.

As in `queries`, functions that change something take the connection of a transaction."""

import datetime
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from selfassess.errors import UsageError
from selfassess.model.questionnaire import GroupKey
from selfassess.model.round import EVERYBODY, Agreed, Days, Foreseen, OwnFinding, Round, RowsTaken
from selfassess.model.sheet import Receipt, RoundKey, Ticket
from selfassess.project import codes, records, round_rules
from selfassess.project.codec import CLEANED, DAY
from selfassess.project.database import Database, Made
from selfassess.project.database_errors import UnreadableRowError
from selfassess.project.parcel import Parcel
from selfassess.text import clean

Showing = Literal["report", "comparison"]
"""By what something of a round is shown."""
_PREVIOUS, _REPORTED, _OPENED, _CLOSED, _ROWS = "before", "reported", "opened", "closed", "rows"
_LETTERS = "letters"
_FORESEEN = {"report": "foreseen", "comparison": "comparison foreseen"}
"""What can be noted of a round: the key of the round that it follows, the numbers of people invited that a report
contained before they were corrected, the days on which it was opened and closed, which rows of exports of a survey
service were taken in, which letter brought which admission code, and what its report will show, and its comparison
with the round before it."""
_ROUND = "SELECT key, id, title, questionnaire, form, invited, rules, state, standing, targets FROM rounds"


def add_round(connection: sqlite3.Connection, round: Round) -> None:
    """Store a new round."""
    connection.execute(
        "INSERT INTO rounds (key, id, title, questionnaire, form, invited, rules, state, standing, targets, fixed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        records.write_round(round),
    )


def change_round(connection: sqlite3.Connection, round: Round) -> None:
    """Store a round as it is now, by its key; its id and its questionnaire stay."""
    key, _, title, _, *rest = records.write_round(round)
    connection.execute(
        "UPDATE rounds SET title = ?, form = ?, invited = ?, rules = ?, state = ?, standing = ?, targets = ? "
        "WHERE key = ?",
        (title, *rest, key),
    )


def rounds(database: Database) -> Iterator[Round]:
    """Every round, by id."""
    return database.read(records.ROUND.read_row, f"{_ROUND} ORDER BY id")


def round_of(database: Database, id: str) -> Round | None:
    """The round with that id, or None."""
    return database.first(records.ROUND.read_row, f"{_ROUND} WHERE id = ?", id)


def existing_round(database: Database, id: str) -> Round:
    """The round with that id. UsageError if there is none."""
    round = round_of(database, id)
    if round is None:
        raise round_rules.no_round(id, (each.id for each in rounds(database)))
    return round


def round_with_key(database: Database, key: RoundKey) -> Round | None:
    """The round with that key, or None."""
    return database.first(records.ROUND.read_row, f"{_ROUND} WHERE key = ?", key)


def set_previous(connection: sqlite3.Connection, key: RoundKey, previous: RoundKey) -> None:
    """Store which round a round follows."""
    _set_note(connection, _PREVIOUS, key, previous)


def previous(database: Database, key: RoundKey) -> Round | None:
    """The round that a round follows. None if that is not known, or if it was deleted."""
    found = _note(database, _PREVIOUS, key, RoundKey)
    return None if found is None else round_with_key(database, found)


def note_reported(connection: sqlite3.Connection, key: RoundKey, numbers: Mapping[GroupKey, tuple[int, ...]]) -> None:
    """Store the numbers of people invited, by group, that were corrected after the first report."""
    _set_note(connection, _REPORTED, key, records.REPORTED.write(numbers))


def reported(database: Database, key: RoundKey) -> Mapping[GroupKey, tuple[int, ...]]:
    """The numbers that `note_reported` stored; none if nothing was corrected."""
    return _note(database, _REPORTED, key, records.REPORTED.read) or {}


def note_opened(connection: sqlite3.Connection, key: RoundKey, day: datetime.date) -> None:
    """Store the day on which a round was first opened."""
    connection.execute(
        "INSERT INTO project (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (f"{_OPENED} {key}", DAY.write(day)),
    )


def note_closed(connection: sqlite3.Connection, key: RoundKey, day: datetime.date) -> None:
    """Store the day on which a round was closed last."""
    _set_note(connection, _CLOSED, key, DAY.write(day))


def days(database: Database, key: RoundKey) -> Days:
    """The days between which a round was open, as far as they are known."""
    return Days(_note(database, _OPENED, key, DAY.read), _note(database, _CLOSED, key, DAY.read))


def note_foreseen(connection: sqlite3.Connection, key: RoundKey, by: Showing, found: Foreseen) -> None:
    """Store what will be shown of a closed round."""
    _set_note(connection, _FORESEEN[by], key, records.FORESEEN.write(found))


def foreseen(database: Database, key: RoundKey, by: Showing) -> Foreseen | None:
    """What `note_foreseen` stored; None if nothing was."""
    return _note(database, _FORESEEN[by], key, records.FORESEEN.read)


def remove_foreseen(connection: sqlite3.Connection, key: RoundKey) -> None:
    """Delete all of it."""
    for name in _FORESEEN.values():
        _remove_note(connection, name, key)


def note_rows(connection: sqlite3.Connection, key: RoundKey, rows: RowsTaken) -> None:
    """Store which rows of exports were taken in."""
    _set_note(connection, _ROWS, key, records.ROWS_TAKEN.write(replace(rows, keys=tuple(sorted(rows.keys)))))


def rows_taken(database: Database, key: RoundKey) -> RowsTaken:
    """Which rows of exports were taken in."""
    return _note(database, _ROWS, key, records.ROWS_TAKEN.read) or RowsTaken()


def note_letters(connection: sqlite3.Connection, key: RoundKey, letters: Mapping[str, str]) -> None:
    """Store the names of letters, by the keys of the admission codes in them; nothing where there are none."""
    if letters:
        _set_note(connection, _LETTERS, key, records.LETTERS.write(letters))
    else:
        _remove_note(connection, _LETTERS, key)


def letters(database: Database, key: RoundKey) -> Mapping[str, str]:
    """The names of letters that `note_letters` stored."""
    return _note(database, _LETTERS, key, records.LETTERS.read) or {}


# Notes are stored among the settings of the project, under their name and the key of the round.


def _set_note(connection: sqlite3.Connection, name: str, key: RoundKey, value: str) -> None:
    connection.execute(
        "INSERT INTO project (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (f"{name} {key}", value),
    )


def _note(database: Database, name: str, key: RoundKey, read: Callable[[str], Made]) -> Made | None:
    return database.first(read, "SELECT value FROM project WHERE key = ?", f"{name} {key}")


def _remove_note(connection: sqlite3.Connection, name: str, key: RoundKey) -> None:
    connection.execute("DELETE FROM project WHERE key = ?", (f"{name} {key}",))


def _remove_notes(connection: sqlite3.Connection, key: RoundKey) -> None:
    for name in (_PREVIOUS, _REPORTED, _OPENED, _CLOSED, _ROWS, _LETTERS):
        _remove_note(connection, name, key)
    remove_foreseen(connection, key)
    later = f"{_PREVIOUS} "
    connection.execute(
        "DELETE FROM project WHERE substr(key, 1, ?) = ? AND value = ?",
        (len(later), later, key),
    )


def is_fixed(database: Database, key: RoundKey) -> bool:
    """Whether somebody can have read the rules of a round."""
    return database.first(bool, "SELECT fixed FROM rounds WHERE key = ?", key) or False


def fix(connection: sqlite3.Connection, key: RoundKey) -> None:
    """Note that somebody can have read the rules."""
    connection.execute("UPDATE rounds SET fixed = 1 WHERE key = ?", (key,))


def sheets_in(database: Database, key: RoundKey) -> dict[GroupKey, int]:
    """How many sheets there are of a round, by group."""
    return _counted(database, "SELECT group_id, count(*) FROM sheets WHERE round = ? GROUP BY group_id", key)


def admissions(database: Database, key: RoundKey, least: int = 0) -> dict[GroupKey, int]:
    """How many admission codes there are of a round, by group; with 1 only those that were used."""
    question = "SELECT group_id, count(*) FROM admissions WHERE round = ? AND used >= ? GROUP BY group_id"
    return _counted(database, question, key, least)


def refusals(database: Database, key: RoundKey) -> dict[GroupKey, int]:
    """How many of those who handed in do not consent, by group."""
    return _counted(database, "SELECT group_id, count(*) FROM refusals WHERE round = ? GROUP BY group_id", key)


def _counted(database: Database, question: str, *values: str | int) -> dict[GroupKey, int]:
    return {group or EVERYBODY: number for group, number in database.rows(question, *values)}


def drafts(database: Database, round: Round) -> Iterator[records.SavedDraft]:
    """The drafts of a round."""
    question = "SELECT id, questionnaire, content, saved, revision FROM drafts WHERE questionnaire = ? ORDER BY id"
    for saved in database.read(records.read_saved_draft, question, round.questionnaire):
        if saved.draft.ticket and saved.draft.ticket.round == round.key:
            yield saved


def add_admissions(connection: sqlite3.Connection, round: RoundKey, group: GroupKey, keys: Iterable[str]) -> None:
    """Store the keys of new admission codes."""
    connection.executemany(
        "INSERT INTO admissions (key, round, group_id, used) VALUES (?, ?, ?, 0)", [(key, round, group) for key in keys]
    )


def admission(database: Database, ticket: Ticket) -> tuple[GroupKey, bool] | None:
    """The group for which the admission code of a ticket was issued, and whether it was used; None if the round does
    not have it."""
    question = "SELECT group_id, used FROM admissions WHERE key = ? AND round = ?"
    return database.first(lambda group, used: (group, bool(used)), question, ticket.admission, ticket.round)


def admission_keys(database: Database, round: RoundKey) -> Iterator[str]:
    """The keys of all admission codes of a round."""
    return database.read(str, "SELECT key FROM admissions WHERE round = ? ORDER BY key", round)


def unused_admissions(database: Database, round: RoundKey) -> dict[str, GroupKey]:
    """The groups of the admission codes that nobody has handed in with, by their keys."""
    question = "SELECT key, group_id FROM admissions WHERE round = ? AND used = 0 ORDER BY key"
    return dict(database.rows(question, round))


def is_admission(database: Database, key: str) -> bool:
    """Whether there is an admission code with that key, of any round."""
    return database.first(bool, "SELECT 1 FROM admissions WHERE key = ?", key) or False


def take_admissions_back(connection: sqlite3.Connection, round: RoundKey, group: GroupKey) -> int:
    """Delete the unused admission codes of a group. Returns how many."""
    question = "DELETE FROM admissions WHERE round = ? AND group_id = ? AND used = 0"
    return connection.execute(question, (round, group)).rowcount


def use_admission(connection: sqlite3.Connection, key: str, round: RoundKey) -> None:
    """Mark an admission code as used."""
    connection.execute("UPDATE admissions SET used = 1 WHERE key = ? AND round = ?", (key, round))


def note_withdrawn(connection: sqlite3.Connection, receipt: Receipt) -> None:
    """Note that the sheet of a round with that receipt is withdrawn. Does nothing for sheets of which there cannot be a
    file: those outside rounds, and those from paper."""
    connection.execute(
        "INSERT INTO withdrawn (key, round) SELECT id, round FROM sheets WHERE id = ? AND round IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM papers WHERE receipt = ?)",
        (codes.sheet_key(receipt), receipt),
    )


def is_withdrawn(database: Database, key: str) -> bool:
    """Whether the sheet with that key was withdrawn."""
    return database.first(bool, "SELECT 1 FROM withdrawn WHERE key = ?", key) or False


def remove_round(connection: sqlite3.Connection, round: Round) -> None:
    """Delete every row of a round but its drafts, and the questionnaire if nothing else needs it."""
    for table in ("released", "agreed", "findings", "papers", "withdrawn", "refusals", "admissions", "texts", "sheets"):
        connection.execute(f"DELETE FROM {table} WHERE round = ?", (round.key,))  # noqa: S608  # a name from above
    _remove_notes(connection, round.key)
    connection.execute("DELETE FROM rounds WHERE key = ?", (round.key,))
    connection.execute(
        "DELETE FROM questionnaires WHERE sha256 = ?"
        " AND NOT EXISTS (SELECT 1 FROM rounds WHERE questionnaire = sha256)"
        " AND NOT EXISTS (SELECT 1 FROM sheets WHERE questionnaire = sha256)"
        " AND NOT EXISTS (SELECT 1 FROM texts WHERE questionnaire = sha256)"
        " AND NOT EXISTS (SELECT 1 FROM drafts WHERE questionnaire = sha256)",
        (round.questionnaire,),
    )


def paper(database: Database, round: RoundKey, number: str) -> Receipt | None:
    """The receipt of the sheet that was entered from paper under a number, or None. The number can have been stored
    with leading zeros."""
    return database.first(
        _receipt,
        "SELECT receipt FROM papers WHERE round = ? AND (number = ? OR"
        " (number NOT GLOB '*[^0-9]*' AND ltrim(number, '0') = ltrim(?, '0'))) ORDER BY number = ? DESC",
        round,
        number,
        number,
        number,
    )


def _receipt(text: str) -> Receipt:
    with suppress(UsageError):
        receipt = codes.as_receipt(codes.normalise(text))
        if receipt == text:
            return receipt
    raise UnreadableRowError(text)


def papers(database: Database, round: RoundKey) -> Iterator[str]:
    """The numbers of the sheets that were entered from paper."""
    return database.read(str, "SELECT number FROM papers WHERE round = ? ORDER BY number", round)


def add_paper(connection: sqlite3.Connection, round: RoundKey, number: str, receipt: Receipt) -> None:
    """Store the number under which a sheet was entered from paper. Does nothing if it is stored already."""
    connection.execute(
        "INSERT INTO papers (round, number, receipt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (round, number, receipt)
    )


def remove_paper(connection: sqlite3.Connection, receipt: Receipt) -> None:
    """Delete the number under which a sheet was entered from paper."""
    connection.execute("DELETE FROM papers WHERE receipt = ?", (receipt,))


def released(database: Database, round: RoundKey) -> Iterator[tuple[str, str, str]]:
    """Everything that was published of a round."""
    return database.read(_shown, "SELECT cell, id, kind FROM released WHERE round = ? ORDER BY cell, id, kind", round)


def _shown(cell: str, id: str, kind: str) -> tuple[str, str, str]:
    if not (isinstance(cell, str) and isinstance(id, str) and isinstance(kind, str)):
        raise UnreadableRowError(cell)
    return cell, id, kind


def release(connection: sqlite3.Connection, round: RoundKey, shown: Iterable[tuple[str, str, str]]) -> None:
    """Add to the release log. From then on the round stays closed, so what only an open one needs is deleted: unused
    codes, which letters brought codes, the numbers on paper, and which sheets were withdrawn."""
    _remove_note(connection, _LETTERS, round)
    for rows_of in ("admissions WHERE used = 0 AND", "papers WHERE", "withdrawn WHERE"):
        connection.execute(f"DELETE FROM {rows_of} round = ?", (round,))  # noqa: S608  # all of it is above
    connection.executemany(
        "INSERT INTO released (round, cell, id, kind) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(round, *one) for one in sorted(shown)],
    )


def agreed(database: Database, round: RoundKey) -> Iterator[Agreed]:
    """The scores on which a meeting agreed, by node."""
    question = "SELECT node, score, why FROM agreed WHERE round = ? ORDER BY node"
    return database.read(records.AGREED.read_row, question, round)


def agree(connection: sqlite3.Connection, round: RoundKey, agreed: Agreed) -> None:
    """Store, or replace, the agreed score of a node."""
    disagree(connection, round, agreed.node)
    connection.execute(
        "INSERT INTO agreed (round, node, score, why) VALUES (?, ?, ?, ?)",
        (round, *records.AGREED.write_row(replace(agreed, why=clean(agreed.why)))),
    )


def disagree(connection: sqlite3.Connection, round: RoundKey, node: str) -> None:
    """Delete the agreed score of a node."""
    connection.execute("DELETE FROM agreed WHERE round = ? AND node = ?", (round, node))


def findings(database: Database, round: RoundKey) -> Iterator[OwnFinding]:
    """What was written that was found in a round, by group and node."""
    question = "SELECT node, group_id, content FROM findings WHERE round = ? ORDER BY group_id, node"
    return database.read(records.FINDING.read_row, question, round)


def put_finding(connection: sqlite3.Connection, round: RoundKey, finding: OwnFinding) -> None:
    """Store what was written of a node and a group, in place of what was before; an empty text deletes that."""
    kept = replace(finding, text=clean(finding.text).strip())
    connection.execute(
        "DELETE FROM findings WHERE round = ? AND group_id = ? AND node = ?", (round, kept.group, kept.node)
    )
    if kept.text:
        connection.execute(
            "INSERT INTO findings (round, node, group_id, content) VALUES (?, ?, ?, ?)",
            (round, *records.FINDING.write_row(kept)),
        )


def state_of(connection: sqlite3.Connection, key: str) -> str | None:
    """The state of the round of a sheet; None if it is in no round."""
    question = "SELECT state FROM rounds WHERE key = (SELECT round FROM sheets WHERE id = ?)"
    found = connection.execute(question, (key,)).fetchone()
    return None if found is None else str(found[0])


_GROUPS_AT_ONCE = 16
"""How many groups each pass over the sheets collects."""
_ENDS = ("", *"123456789abcdef", chr(sys.maxunicode))
"""A sixteenth of the ids, which are random hexadecimal digits, lies between each two of these."""


class SheetState(NamedTuple):
    """What the project knows of a sheet by its key."""

    round: RoundKey | None
    """The key of its round; None outside rounds."""
    group: GroupKey
    revision: int
    proof: str | None
    """What the proof of a later revision has to lead to; None if the sheet came without one."""


def sheet_state(database: Database, key: str) -> SheetState | None:
    """What is known of the sheet with that key, or None."""
    question = "SELECT round, group_id, revision, proof FROM sheets WHERE id = ?"
    return database.first(lambda round, group, *rest: SheetState(round, group or EVERYBODY, *rest), question, key)


def is_same(database: Database, parcel: Parcel, *, refuses: bool) -> bool:
    """Whether the stored sheet with the key of a parcel says the same as the parcel. Texts that are not in the parcel
    cannot be compared, because only the receipt leads to them."""
    question = "SELECT questionnaire, group_id, form, answers, beside, NULL FROM sheets WHERE id = ?"
    sheet, ticket = parcel.sheet, parcel.sheet.ticket
    plain = replace(sheet, group=sheet.group or None, texts={}, ticket=None, date=None)
    return (
        database.first(records.SHEET.read_row, question, parcel.key) == plain
        and matching(database, parcel.key) == (ticket.matching if ticket else "")
        and (database.first(bool, "SELECT 1 FROM refusals WHERE key = ?", parcel.refusal) or False) == refuses
        and all(_has_text(database, key, about, clean(text)) for key, (about, text) in parcel.texts.items())
    )


def _has_text(database: Database, key: str, about: str, text: str) -> bool:
    found = database.first(lambda *row: row, "SELECT about, content FROM texts WHERE id = ?", key)
    return found == ((about, text) if text.strip() else None)


def are_of_another(database: Database, parcel: Parcel, round: RoundKey, *, is_new: bool) -> bool:
    """Whether a key of a parcel, for a text or a refusal, belongs to another sheet. The keys of a new sheet must be
    unused; those of a sheet that replaces another must have the same round, group and subject."""
    refusal = database.first(lambda *row: row, "SELECT round, group_id FROM refusals WHERE key = ?", parcel.refusal)
    if refusal and (is_new or refusal != (round, parcel.sheet.group or EVERYBODY)):
        return True
    for key, (about, _) in parcel.texts.items():
        text = database.first(lambda *row: row, "SELECT round, about FROM texts WHERE id = ?", key)
        if text and (is_new or text != (round, about)):
            return True
    return False


def put_sheet(connection: sqlite3.Connection, parcel: Parcel, ticket: Ticket) -> None:
    """Store a sheet and, apart from it, its texts, in place of those with the same keys in the same round. An empty
    text deletes the one before."""
    sheet, round = parcel.sheet, ticket.round
    connection.execute("DELETE FROM sheets WHERE id = ? AND round = ?", (parcel.key, round))
    connection.execute(
        "INSERT INTO sheets (id, questionnaire, group_id, form, answers, beside, date, round, matching, revision,"
        " proof) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            parcel.key,
            *records.SHEET.write_row(replace(sheet, group=sheet.group or None, date=None)),
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


def put_refusal(connection: sqlite3.Connection, key: str, round: RoundKey, group: GroupKey, *, refuses: bool) -> None:
    """Note that somebody does not consent, or that they do now."""
    connection.execute("DELETE FROM refusals WHERE key = ? AND round = ?", (key, round))
    if refuses:
        connection.execute("INSERT INTO refusals (key, round, group_id) VALUES (?, ?, ?)", (key, round, group))


def remove_refusal(connection: sqlite3.Connection, receipt: Receipt) -> None:
    """Delete what a person said of consent."""
    connection.execute("DELETE FROM refusals WHERE key = ?", (codes.refusal_key(receipt),))


def refuses(database: Database, receipt: Receipt) -> bool:
    """Whether the person with that receipt does not consent."""
    return database.first(bool, "SELECT 1 FROM refusals WHERE key = ?", codes.refusal_key(receipt)) or False


def matching(database: Database, key: str) -> str:
    """The key of the matching code of a sheet, or ""."""
    return database.first(lambda found: found or "", "SELECT matching FROM sheets WHERE id = ?", key) or ""


def answers(database: Database, round: RoundKey) -> Iterator[tuple[Any, ...]]:
    """Group and characters of every sheet of a round, by its random id."""
    return database.rows("SELECT group_id, answers FROM sheets WHERE round = ? ORDER BY id", round)


def answers_by_group(
    database: Database, round: RoundKey, groups: Sequence[GroupKey | None]
) -> Iterator[tuple[GroupKey | None, str]]:
    """Each of these groups with the characters of many of its sheets joined, in random order; then the sheets of any
    other group, one by one."""
    is_other = " AND ".join(["TRUE", *["group_id IS NOT ?"] * len(groups)])
    strange = f"({is_other} OR typeof(answers) <> 'text')"
    are_strange = False
    for start in range(0, max(len(groups), 1), _GROUPS_AT_ONCE):
        some = groups[start : start + _GROUPS_AT_ONCE]
        together = ["group_concat(answers, '') FILTER (WHERE group_id IS ?)"] * len(some)
        columns = ", ".join([f"count(*) FILTER (WHERE {strange})", *together])
        # A part of the ids at a time, so that no joined text gets too long.
        question = f"SELECT {columns} FROM sheets WHERE round = ? AND id >= ? AND id < ?"  # noqa: S608  # all of it is above
        for first, last in pairwise(_ENDS):
            for number, *texts in database.rows(question, *groups, *some, round, first, last):
                are_strange = are_strange or bool(number)
                yield from ((group, text) for group, text in zip(some, texts, strict=True) if text)
    if are_strange:
        question = f"SELECT group_id, answers FROM sheets WHERE round = ? AND {strange} ORDER BY id"  # noqa: S608  # all of it is above
        yield from database.read(_group_and_answers, question, round, *groups)


def _group_and_answers(group: GroupKey | None, answers: str) -> tuple[GroupKey | None, str]:
    if not (isinstance(answers, str) and isinstance(group, str | None)):
        raise UnreadableRowError(answers)
    return group, answers


def matched_answers(database: Database, round: RoundKey) -> Iterator[tuple[GroupKey | None, str, str | None]]:
    """Group, characters and the key of the matching code of every sheet of a round, by its random id."""
    return database.read(_matched, "SELECT group_id, answers, matching FROM sheets WHERE round = ? ORDER BY id", round)


def is_any_matched(database: Database, round: RoundKey) -> bool:
    """Whether any sheet of a round has a matching code."""
    question = "SELECT EXISTS (SELECT 1 FROM sheets WHERE round = ? AND matching <> '')"
    return any(bool(found) for (found,) in database.rows(question, round))


def _matched(group: GroupKey | None, answers: str, matching: str | None) -> tuple[GroupKey | None, str, str | None]:
    if not (isinstance(answers, str) and isinstance(group, str | None) and isinstance(matching, str | None)):
        raise UnreadableRowError(answers)
    return group, answers, matching


def texts(database: Database, round: RoundKey) -> Iterator[tuple[str, str]]:
    """What each text of a round is about, and the text, by its random id."""
    question = "SELECT about, content FROM texts WHERE round = ? ORDER BY id"
    return database.read(lambda about, content: (about, CLEANED.read(content)), question, round)


def abouts(database: Database, round: RoundKey) -> tuple[str, ...]:
    """The ids about which there are texts in a round."""
    return tuple(database.read(str, "SELECT DISTINCT about FROM texts WHERE round = ? ORDER BY about", round))

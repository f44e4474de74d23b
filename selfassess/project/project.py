"""The project: one file that holds the answers of a person or of a partnership.

A project is personal (one person's own) or shared (several people's). A shared project stores neither times nor order
nor names of those who answer, and texts are stored apart from their sheet: only the receipt leads from one to the
other. In a personal project sheets have their date and their receipt, so that people see their own comments in their
own result.
"""

import datetime
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from selfassess.errors import ProjectError, UsageError
from selfassess.model.privacy_notice import NO_NOTICE, PrivacyNotice, can_be
from selfassess.model.questionnaire import Edition
from selfassess.model.round import LONGEST_TITLE, titled
from selfassess.model.sheet import Draft, ProjectKind, Receipt, Sheet
from selfassess.project import codes, database_errors, integrity, queries, records, round_queries, schema
from selfassess.project.atomic_files import beside, exists, is_writable, put_in_place, size
from selfassess.project.database import PATIENCE, Database, Look, connect
from selfassess.project.database_errors import Trouble
from selfassess.project.records import SavedDraft

NOTE = "note:"
"""Before the id of a node: the key of what a person noted about it on their own result."""


def create_file(path: Path, kind: ProjectKind, *, made_up: bool) -> None:
    """Turn an empty file into a project file."""
    with closing(connect(path, "rw", 0)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        schema.create_tables(connection)
        queries.set_up(connection, kind, secrets.token_hex(16), made_up=made_up)
        integrity.put_sum(connection)
        connection.execute("COMMIT")


def bring_up_to_date(database: Database) -> None:
    """Migrate a file of an older version, and keep a copy of the old file beside it. ProjectError if the file is
    read-only."""
    if database.first(int, "PRAGMA user_version") == schema.VERSION:
        return
    if database.read_only:
        raise Trouble.OLDER.at(database.path)
    with database.transaction() as connection:
        version = schema.version_of(connection)
        if version < schema.VERSION:  # or another process has migrated it meanwhile
            database.copy(database.path.with_name(f"{database.path.name}.version-{version}"), overwrite=True)
            schema.migrate(connection)


Waits = Callable[[], object]


def create(
    path: Path,
    kind: ProjectKind,
    *,
    made_up: bool = False,
    patience: float = PATIENCE,
    waits: Waits | None = None,
) -> "Project":
    """A new project file, which appears whole or not at all, and the folders that lead to it. `made_up` says that its
    answers will be invented. ProjectError if the path is taken or the file cannot be made. For the other arguments see
    `open_project`."""
    with database_errors.in_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with put_in_place(path, overwrite=False) as new:
            create_file(new, kind, made_up=made_up)
    return open_project(path, patience=patience, waits=waits)


def open_project(
    path: Path, *, read_only: bool = False, patience: float = PATIENCE, waits: Waits | None = None
) -> "Project":
    """The project in a file. `patience` is how many seconds to wait while another process has locked the file; `waits`
    is called once each time that this takes more than a moment.

    ProjectError if there is no file or it is a folder, empty, not a project, damaged, of a newer format, locked,
    or may not be opened; without `read_only` also if it cannot be written to. A file of an older format is
    migrated, and a copy of the old file is kept beside it.
    """
    database = Database(path, read_only=read_only, patience=patience, waits=waits)
    try:
        database.check()
        bring_up_to_date(database)
        return Project(database)
    except BaseException:
        database.close()
        raise


def open_to_look(path: Path, *, waits: Waits | None = None) -> "Project":
    """The project in a file, opened for writing only if the file is writable. A file of an older format is migrated if
    possible. ProjectError as from `open_project`."""
    return open_project(path, read_only=not is_writable(path), waits=waits)


def kind_of(path: Path, *, patience: float = PATIENCE) -> ProjectKind:
    """The kind of the project in a file of any version, without changing the file. ProjectError as from
    `open_project`."""
    with closing(Database(path, read_only=True, patience=patience)) as database:
        return _kind(database)


def open_or_create(
    path: Path, kind: ProjectKind = "personal", *, patience: float = PATIENCE, waits: Waits | None = None
) -> "Project":
    """The project in a file, or a new one if there is none. Several processes may do this at once."""
    if not exists(path):
        try:
            return create(path, kind, patience=patience, waits=waits)
        except ProjectError:
            if not exists(path):
                raise
    return open_project(path, patience=patience, waits=waits)


class Project:
    """An open project file. Close it, or use it in a `with`: closing leaves the file tidy.

    Every method raises ProjectError, in words, where the file is locked, read-only, full, damaged or gone. What
    was saved before is safe then, and the same call may be made again.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.path = database.path
        self.read_only = database.read_only
        self.kind: ProjectKind = _kind(database)
        self._vetted: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. The last process to close it tidies it. Never an error."""
        self.database.close(tidily=True)

    def wait_no_longer_than(self, seconds: float) -> None:
        """From now on wait at most this long while another process has locked the file, and do not call `waits`. For
        screens, which do not react meanwhile: they show a message themselves, and try again."""
        self.database.wait_no_longer_than(seconds)

    def fold(self) -> bool:
        """Move the contents of the write-ahead log into the file, as far as no other process prevents it. Whether a
        copy of the file alone would be complete. Never an error."""
        return self.database.fold()

    def tidy(self) -> bool:
        """Remove every trace of deleted rows and of the order of arrival from the file.

        False, and never an error, if somebody else has the file open or the disk is full: then it is done when
        the last one closes it.
        """
        return self.database.tidy()

    def backup(self, to: Path, *, overwrite: bool = False, look: Look | None = None) -> None:
        """A copy of the project in another file, while it may be in use. `to` is the whole copy or is untouched. `look`
        is called with the copy before it takes its place, and can prevent that with an error.

        ProjectError if `to` exists and may not be overwritten, is the project itself or one that is in use, or
        cannot be written.
        """
        with database_errors.in_words(to):
            if to.is_dir():
                raise Trouble.FOLDER.at(to)
            if exists(to) and (not overwrite or to.samefile(self.path)):
                raise Trouble.EXISTS.at(to)
            if size(beside(to, "-wal")):
                raise Trouble.LOCKED.at(to)
        self.database.copy(to, overwrite=overwrite, look=look)

    def freeze(self, edition: Edition) -> None:
        """Store the bytes of a questionnaire. They never change again."""
        if queries.questionnaire(self.database, edition.sha256) is None:
            with self.database.transaction() as connection:
                queries.add_questionnaire(connection, edition)

    def frozen(self, sha256: str) -> bytes:
        """The bytes of a frozen questionnaire. ProjectError if there is none with that hash."""
        content = queries.questionnaire(self.database, sha256)
        if content is None:
            raise Trouble.NOT_FROZEN.at(self.path)
        return content

    def vet(self, edition: Edition) -> None:
        """ProjectError if a draft or a sheet cannot be an answer to the questionnaire that it names. Checks nothing if
        the checksum of the file already vouches for every row, and nothing twice."""
        if self.database.is_vouched_for or edition.sha256 in self._vetted:
            return
        if not queries.fit(self.database, edition):
            raise Trouble.DAMAGED.at(self.path)
        self._vetted.add(edition.sha256)

    def frozen_all(self) -> dict[str, bytes]:
        """The bytes of every frozen questionnaire, by hash."""
        return dict(queries.questionnaires(self.database))

    def drafts(self) -> tuple[SavedDraft, ...]:
        """The drafts that may be opened without a code, the most recently saved first; none in a shared project."""
        return () if self.kind == "shared" else tuple(queries.drafts(self.database))

    def draft(self, id: str) -> SavedDraft | None:
        """The draft with that id, or None. In a shared project only the resume code leads to an id."""
        return queries.draft(self.database, id)

    @property
    def salt(self) -> str:
        """The salt of the keys of the codes of this project."""
        salt = queries.setting(self.database, "salt")
        if salt is None:
            raise Trouble.DAMAGED.at(self.path)
        return salt

    @property
    def partnership(self) -> str:
        """What the partnership is called, for reports and letters; nothing where it was not said."""
        return queries.setting(self.database, "partnership") or ""

    def call_partnership(self, name: str) -> None:
        """Store what the partnership is called; an empty name deletes it. UsageError as from `partnership_name`."""
        name = partnership_name(name)
        with self.database.transaction() as connection:
            queries.set_setting(connection, "partnership", name)

    @property
    def notice(self) -> PrivacyNotice:
        """What people are told of who looks after their answers; empty where nothing was said."""
        question = "SELECT value FROM project WHERE key = 'notice'"
        return self.database.first(records.KEPT_NOTICE.read, question) or NO_NOTICE

    def set_notice(self, notice: PrivacyNotice) -> None:
        """Store what people are told; an empty notice takes it away. ValueError for what could not be read back."""
        if not can_be(notice):
            raise ValueError("a notice is made of what the functions of its module read")
        with self.database.transaction() as connection:
            queries.set_setting(connection, "notice", records.KEPT_NOTICE.write(notice) if notice else "")

    @property
    def is_made_up(self) -> bool:
        """Whether its answers are invented, to show what the program can do."""
        return queries.setting(self.database, "made_up") is not None

    def draft_of(self, code: str) -> SavedDraft | None:
        """The draft that a code opens, or None. The code is as `codes.normalise` returns it."""
        saved = self.draft(self.draft_id(code))
        ticket = saved and saved.draft.ticket
        if not saved or not ticket or not codes.is_resume_code(code) or self.kind == "personal":
            return saved
        round = round_queries.round_with_key(self.database, ticket.round)
        if round is None or not round.rules.codes:
            return saved
        admission = codes.admission_key(code, self.salt)
        return replace(saved, draft=replace(saved.draft, ticket=replace(ticket, admission=admission)))

    def draft_id(self, code: str) -> str:
        """The id of the draft that a resume code opens, whether or not there is one. Takes about 40 ms."""
        return codes.draft_key(code, self.salt)

    def add_draft(self, id: str, draft: Draft) -> SavedDraft:
        """Store a new draft. Its questionnaire must be frozen."""
        saved = self._now()
        with self.database.transaction() as connection:
            queries.add_draft(connection, id, self.as_stored(draft), saved)
        return SavedDraft(id, draft, saved, 0)

    def save_draft(self, last: SavedDraft, draft: Draft, receipt: Receipt | None = None) -> SavedDraft:
        """Save a draft in place of `last`, as it was last saved here; with the receipt of its sheet, if it is being
        handed in. ProjectError if it is gone, or if another window has saved it since: nothing is overwritten then."""
        saved = self._now()
        with self.database.transaction() as connection:
            if not queries.save_draft(connection, last.id, last.revision, self.as_stored(draft), saved, receipt):
                raise self.overtaken(connection, last)
        return SavedDraft(last.id, draft, saved, last.revision + 1)

    def remove_draft(self, id: str) -> bool:
        """Delete a draft. False if there was none with that id."""
        with self.database.transaction() as connection:
            if not queries.remove_draft(connection, id):
                return False
            schema.note_untidy(connection)
        self.tidy()
        return True

    def hand_in(self, sheet: Sheet, receipt: Receipt, last: SavedDraft | None = None) -> None:
        """Store a sheet, and its texts apart from it, and delete its draft: all of it or nothing.

        The sheet's date is kept in a personal project (now, if it has none) and left out of a shared one. A
        second call with the same receipt changes nothing. ProjectError as in `save_draft`. ValueError for a round's
        sheet in a shared project: see `RoundSheets.hand_in`.
        """
        if self.kind == "shared" and (sheet.ticket or (last and last.draft.ticket)):
            raise ValueError("a round's sheet comes in by its round")
        now = self._now()
        sheet = replace(sheet, date=now and (sheet.date or now))
        with self.database.transaction() as connection:
            if queries.has_sheet(connection, receipt):
                return
            if last and not queries.remove_draft(connection, last.id, last.revision):
                raise self.overtaken(connection, last)
            queries.add_sheet(connection, sheet, receipt, receipt if self.kind == "personal" else None)
            schema.note_untidy(connection)

    def change_sheet(self, sheet: Sheet, receipt: Receipt, last: SavedDraft) -> None:
        """Replace the sheet with a receipt, and delete the draft that changed it: all of it or nothing. Only in a
        personal project. ProjectError as in `save_draft`."""
        with self.database.transaction() as connection:
            self.replace_sheet(connection, sheet, receipt, last)

    def replace_sheet(self, connection: sqlite3.Connection, sheet: Sheet, receipt: Receipt, last: SavedDraft) -> None:
        """`change_sheet`, inside a transaction that the caller holds."""
        if not queries.remove_draft(connection, last.id, last.revision):
            raise self.overtaken(connection, last)
        queries.remove_sheet(connection, receipt)
        queries.add_sheet(connection, sheet, receipt, receipt)
        for about, text in sheet.notes.items():
            queries.add_text(connection, sheet.questionnaire, receipt, NOTE + about, text)
        schema.note_untidy(connection)

    def note(self, receipt: Receipt, about: str, text: str) -> Sheet:
        """Keep what a person notes on their own result about a strand or benchmark, in place of what they noted before;
        an empty text removes it. The sheet with it. UsageError if there is no such sheet, ValueError in a shared
        project, whose sheets tell nobody's thoughts."""
        if self.kind == "shared":
            raise ValueError("notes are for a personal project")
        sheet = self.sheet(receipt)
        with self.database.transaction() as connection:
            queries.remove_text(connection, receipt, NOTE + about)
            if text.strip():
                queries.add_text(connection, sheet.questionnaire, receipt, NOTE + about, text)
            schema.note_untidy(connection)
        self.tidy()
        return self.sheet(receipt)

    def sheets_and_receipts(self) -> tuple[tuple[Sheet, Receipt], ...]:
        """The sheets of a personal project with their texts and receipts, the earliest first; none in a shared one."""
        kept = [(sheet, receipt) for sheet, receipt in queries.sheets(self.database, None) if receipt]
        return tuple((self._with_texts(sheet, receipt), receipt) for sheet, receipt in kept)

    @property
    def sent(self) -> frozenset[str]:
        """The keys of the sheets of a personal project that are copies of sheets that were sent."""
        return queries.sent(self.database)

    def sheets(self, questionnaire: str | None = None) -> tuple[Sheet, ...]:
        """The sheets outside rounds of one frozen questionnaire (by its hash), or all.

        In a personal project with their texts, the earliest first. In a shared project without: these are for
        counting, and a person's own sheet is found by `sheet`.
        """
        every = tuple(queries.sheets(self.database, questionnaire))
        return tuple(self._with_texts(sheet, receipt) if receipt else sheet for sheet, receipt in every)

    def sheet(self, receipt: str) -> Sheet:
        """The sheet with a receipt, with its texts. UsageError if there is none."""
        receipt = codes.receipt(receipt)
        if codes.is_resume_code(receipt):
            raise UsageError(
                f"{receipt} is a resume code, not a receipt: it opens a sitting that was not handed in yet.",
                f"A receipt has {codes.RECEIPT_LENGTH} letters and digits. It was shown when you handed in.",
            )
        sheet = queries.sheet(self.database, receipt)
        if sheet is None:
            raise _nothing_has(receipt)
        return self._with_texts(sheet, receipt)

    def last_sheet(self, questionnaire: str | None = None) -> Sheet | None:
        """The sheet handed in last in a personal project, of one questionnaire or of all; None if there is none.
        UsageError in a shared project, where people open their own sheet with its receipt."""
        if self.kind == "shared":
            raise UsageError(
                "This project is shared by several people, so your own result opens with your receipt.",
                f"It is the code of {codes.RECEIPT_LENGTH} letters and digits shown when you handed in.",
            )
        return next(reversed(self.sheets(questionnaire)), None)

    def forget(self, code: str) -> Literal["draft", "sheet"]:
        """Delete a draft by its resume code, or a sheet and its texts by its receipt. Returns which it was. UsageError
        if nothing has that code, or if its round is closed."""
        code = codes.normalise(code)
        receipt = codes.as_receipt(code)
        if receipt is None:
            if not self.remove_draft(self.draft_id(code)):
                raise _nothing_has(code)
            return "draft"

        with self.database.transaction() as connection:
            if not withdraw(connection, receipt, self.draft_id(code)):
                raise _nothing_has(code)
        self.tidy()
        return "sheet"

    def _now(self) -> datetime.datetime | None:
        return datetime.datetime.now(datetime.UTC) if self.kind == "personal" else None

    def as_stored(self, draft: Draft) -> Draft:
        """The draft as it is stored: in a shared project without the key of its admission code."""
        if self.kind == "personal" or draft.ticket is None:
            return draft
        return replace(draft, ticket=replace(draft.ticket, admission=""))

    def _with_texts(self, sheet: Sheet, receipt: Receipt) -> Sheet:
        written = queries.texts(self.database, receipt, sheet.questionnaire)
        notes = {about.removeprefix(NOTE): text for about, text in written.items() if about.startswith(NOTE)}
        texts = {about: text for about, text in written.items() if not about.startswith(NOTE)}
        return replace(sheet, texts=texts, notes=notes)

    def overtaken(self, connection: sqlite3.Connection, last: SavedDraft) -> ProjectError:
        """The error for a draft that is not there as it was last saved here."""
        is_there = queries.has_draft(connection, last.id)
        return (Trouble.OVERTAKEN if is_there else Trouble.GONE).at(self.path)


def partnership_name(text: str) -> str:
    """The name of a partnership as it is stored. UsageError for more than LONGEST_TITLE characters."""
    name = titled(text)
    if len(name) > LONGEST_TITLE:
        given = len(" ".join(text.split()))
        raise UsageError(f"This name is too long: {given} characters.", f"Use {LONGEST_TITLE} or fewer.")
    return name


def _kind(database: Database) -> ProjectKind:
    kind = queries.setting(database, "kind")
    if kind == "personal" or kind == "shared":
        return "personal" if kind == "personal" else "shared"
    raise Trouble.DAMAGED.at(database.path)


def _nothing_has(code: str) -> UsageError:
    return UsageError(
        f"Nothing in this project has the code {code}.",
        "Check each group of four. Once deleted or handed in, a sitting no longer has its resume code.",
    )


def withdraw(connection: sqlite3.Connection, receipt: Receipt, draft: str) -> bool:
    """Delete the sheet with a receipt, its texts, what it said of consent, and the draft with that id, in which the
    same person answers again. False if no sheet has that receipt; UsageError if its round is closed."""
    if round_queries.state_of(connection, codes.sheet_key(receipt)) == "closed":
        raise UsageError(
            "The round of this sheet is closed, and what its report says has been fixed with the sheet in it.",
            "Only the whole round can be deleted, with every sheet in it. Ask the person who invited you.",
            facilitator="Only the whole round can be deleted, with every sheet in it.",
        )
    round_queries.note_withdrawn(connection, receipt)
    if not queries.remove_sheet(connection, receipt):
        return False
    round_queries.remove_refusal(connection, receipt)
    round_queries.remove_paper(connection, receipt)
    queries.remove_draft(connection, draft)
    schema.note_untidy(connection)
    return True
